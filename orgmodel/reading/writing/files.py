"""Organisations -> files, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.errors import InvalidOrganisation
from orgmodel.files import write_whole
from orgmodel.reading.documents import MAX_BYTES, MAX_NODES, Mark
from orgmodel.reading.problems import ProblemList
from orgmodel.reading.writing.records import record_node
from orgmodel.reading.writing.yaml_text import count_nodes, yaml_text

if TYPE_CHECKING:
    from orgmodel.model.organisation import Organisation

_HEAD = "# yaml-language-server: $schema=organisation.schema.json\n"
_START = Mark(1, 1)


def write_organisation(organisation: Organisation) -> str:
    """Return an organisation as the text of a data file.

    What is read from it is the same record again; but people who are not listed have ids that are
    made of their names.

    Raises
    ------
    ValueError
        If somebody who holds a post has no name.
    """
    return _HEAD + yaml_text(record_node(organisation.record))


def dump(organisation: Organisation, path: str | Path, *, force: bool = False) -> None:
    """Write an organisation to a data file, whole or not at all.

    Parameters
    ----------
    force
        Whether to replace a file that is there.

    Raises
    ------
    FileExistsError
        If the file is there and `force` is not set.
    InvalidOrganisation
        If there is more than a data file may hold.
    """
    path = Path(path)
    if path.exists() and not force:
        raise FileExistsError(path)
    problems = ProblemList(str(path))
    node = record_node(organisation.record)
    if count_nodes(node) > MAX_NODES:
        problems.add(_START, "too-many-entries", limit=MAX_NODES)
        raise InvalidOrganisation(problems.sorted())
    data = (_HEAD + yaml_text(node)).encode()
    if len(data) > MAX_BYTES:
        problems.add(_START, "too-large", limit=MAX_BYTES // 2**20)
        raise InvalidOrganisation(problems.sorted())
    write_whole(path, data, force=force)
