"""Loading organisations from paths and texts: the entry point for reading data files."""

from __future__ import annotations

import gc
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.errors import InvalidOrganisation
from orgmodel.files import shown_name
from orgmodel.model.organisation import Organisation, Record
from orgmodel.reading.building import build_record
from orgmodel.reading.documents import MAX_BYTES, parse_document
from orgmodel.reading.entry_types import Entry
from orgmodel.reading.linking import check_cycles, check_references, resolve_shares
from orgmodel.reading.problems import START, ProblemList, TooManyProblems
from orgmodel.reading.schema import ORGANISATION
from orgmodel.reading.shapes import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model.findings import Problem

SUFFIXES = (".yaml", ".yml")


class Outcome(NamedTuple):
    """The result of reading one file: an organisation, or its problems."""

    path: Path
    organisation: Organisation | None
    problems: tuple[Problem, ...]


def load(path: str | Path) -> Organisation:
    """Read one organisation from its YAML file.

    Parameters
    ----------
    path
        The file. A symbolic link that leads out of its folder is rejected.

    Returns
    -------
    organisation
        The organisation on the date of its data.

    Raises
    ------
    InvalidOrganisation
        If the file has errors; the exception has all of them.

    Examples
    --------
    >>> organisation = load("data/aalborg.yaml")
    >>> organisation.name.da
    'Aalborg Kommune'
    """
    outcome = read(path)
    if outcome.organisation is None:
        raise InvalidOrganisation(outcome.problems)
    return outcome.organisation


def loads(text: str | bytes, *, name: str = "<text>") -> Organisation:
    """Read one organisation from YAML text; `name` is its file name in problems.

    Raises
    ------
    InvalidOrganisation
        If the text has errors; the exception has all of them.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    outcome = read_bytes(data, Path(name))
    if outcome.organisation is None:
        raise InvalidOrganisation(outcome.problems)
    return outcome.organisation


def read(path: str | Path) -> Outcome:
    """Read one file; problems are returned and not raised."""
    problems = ProblemList(str(path))
    data = file_bytes(Path(path), problems)
    if data is None:
        return Outcome(Path(path), None, problems.sorted())
    return read_bytes(data, Path(path))


def read_bytes(data: bytes, path: Path) -> Outcome:
    """Read the content of a file; `path` is its name in problems."""
    problems = ProblemList(str(path))
    try:
        with collector_paused():
            record = _record(data, problems)
    except TooManyProblems:
        record = None
    if record is None or len(problems):
        return Outcome(path, None, problems.sorted())
    return Outcome(path, Organisation(record), ())


def read_all(paths: list[Path]) -> list[Outcome]:
    """Read several files and the files of folders, each organisation once.

    A folder means the YAML files directly in it, sorted by name. A file whose id was used by an
    earlier file is rejected, and so is a path that is not a file or folder.
    """
    first: dict[str, Path] = {}
    outcomes = []
    for file in data_files(paths):
        outcome = read(file)
        if outcome.organisation is not None:
            problem = duplicate_problem(outcome.organisation.id, file, first)
            if problem is not None:
                outcome = Outcome(file, None, (problem,))
        outcomes.append(outcome)
    return outcomes


def data_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield each file once, and for a folder the data files directly in it, sorted by name."""
    seen = set()
    for path in map(Path, paths):
        for file in _files_at(path):
            if file not in seen:
                seen.add(file)
                yield file


def _files_at(path: Path) -> list[Path]:
    try:
        return organisation_files(path) if path.is_dir() else [path]
    except OSError:
        # Reading it as a file reports the problem.
        return [path]


def organisation_files(folder: Path) -> list[Path]:
    """Return the data files of a folder, sorted by name, without hidden ones."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in SUFFIXES and not path.name.startswith(".")
    )


def duplicate_problem(organisation_id: str, path: Path, first: dict[str, Path]) -> Problem | None:
    """Return the problem of a file whose id is that of an earlier one, None for a new id.

    `first` has the first file of each id; a new id is added.
    """
    other = first.setdefault(organisation_id, path)
    if other == path:
        return None
    return file_problem(
        path, "duplicate-organisation", id=organisation_id, other=shown_name(other)
    )


def file_problem(path: Path, code: str, **params: object) -> Problem:
    """Return a problem with a file as a whole."""
    problems = ProblemList(str(path))
    problems.add(START, code, **params)
    return problems.sorted()[0]


def file_bytes(path: Path, problems: ProblemList) -> bytes | None:
    """Return the bytes of a regular file that does not link out of its folder."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(path.parent.resolve()):
            problems.add(START, "outside-folder")
            return None
        if not stat.S_ISREG(real.stat().st_mode):
            problems.add(START, "not-a-file")
            return None
        with real.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        problems.add(START, "not-found")
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        problems.add(START, "not-readable", detail=reason)
    return None


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector, which repeatedly scans all objects being built.

    It takes two thirds of the time for 100,000 posts; reading leaves no reference cycles.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _record(data: bytes, problems: ProblemList) -> Record | None:
    """Return the record of a file without problems."""
    node = parse_document(data, problems)
    if node is None:
        return None
    reading = Reading(problems)
    root = ORGANISATION.read(node, "organisation", reading)
    if not isinstance(root, Entry):
        return None
    record, marks = build_record(root, problems)
    check_references(reading.references, record, problems)
    record = resolve_shares(record, marks, problems)
    check_cycles(record, marks, problems)
    return None if len(problems) else record
