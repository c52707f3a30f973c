"""Import of CSV files: the posts of one organisation as columns, and a report on every row."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.errors import InvalidOrganisation
from orgmodel.model.columns import PositionColumns
from orgmodel.model.dates import PartialDate
from orgmodel.model.names import Text
from orgmodel.model.provenance import Numbering, Source
from orgmodel.reading.importing.decoding import BYTES_OF_WINDOWS, file_status, name_of
from orgmodel.reading.importing.ids import is_id, is_name, slug
from orgmodel.reading.importing.kinds import (
    kind_of,
    organisation_name,
    problems_of,
    read_rows,
)
from orgmodel.reading.importing.linking import link
from orgmodel.reading.importing.refusals import Refused, refusal
from orgmodel.reading.importing.report import LONGEST_TEXT, FileKind, ImportReport, Notes
from orgmodel.reading.importing.tables import Table, read_table
from orgmodel.texts import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.findings import Problem
    from orgmodel.model.organisation import Organisation

_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?)(?![0-9])")
_KIND_IN_NAME = re.compile(r"(?i)[-_ ]*(?:senior|junior)(?:[-_ ]*(?:data|posts?))?$")
_UNTIDY = re.compile(r"[^\w .,()&+@'-]+")
_FROM_FILE = N_("{value}, from the name of the file")


@dataclass(frozen=True)
class Imported:
    """The posts of an import, and a report on every row."""

    columns: PositionColumns
    report: ImportReport

    def organisation(self) -> Organisation:
        """Return the organisation with its entities, which take a hundred times the memory of columns."""
        return self.columns.organisation()

    def written_nodes(self) -> int:
        """Return a lower bound of how many keys and values of posts a data file would have."""
        table = self.columns.table
        stated = ("id", "title", "reports_to", "holder", "fte", "row")
        pairs = sum(len(table) - table[name].null_count() for name in stated if name in table)
        # The note on a lost line, with its reason in two languages.
        pairs += 4 * len(self.columns.lost_lines)
        pairs += int((self.columns.seats > 1).sum()) + int(self.columns.seats_at_least.sum())
        return len(table) + 2 * pairs


def import_files(
    paths: Sequence[str | Path],
    *,
    id: str | None = None,  # noqa: A002 - what it is called everywhere
    name: str | None = None,
    as_of: PartialDate | str | None = None,
) -> Imported:
    """Read the posts of one organisation from CSV files.

    Parameters
    ----------
    paths
        Tables with a row for each post; or a file of senior posts of a UK organogram, alone or with
        its file of junior posts. The headings tell which kind a file is.
    id, name, as_of
        Those of the organisation. By default, the id is derived from the first file's name; the name is
        the one that all rows of an organogram state, else the file's; the date is the one in a
        file's name, else the day of a file's last change.

    Returns
    -------
    imported
        The posts, and a report that accounts for every row.

    Raises
    ------
    InvalidOrganisation
        If a file cannot be imported; it carries every problem at once.
    ValueError
        If no file is given, or `id`, `name` or `as_of` is invalid.
    """
    _check_identity(id, name)
    if isinstance(as_of, str):
        as_of = PartialDate.parse(as_of)
    files = [Path(path) for path in paths]
    if not files:
        reason = "name at least one file"
        raise ValueError(reason)
    tables, kinds, changed = _tables(files)
    notes = Notes(tuple(table.name for table in tables))
    read = [
        read_rows(table, kind, source, notes)
        for source, (table, kind) in enumerate(zip(tables, kinds, strict=True))
    ]
    file_rows = [rows for rows, _frame in read]
    frames = [frame for _rows, frame in read]
    assumed: dict[str, Message] = {}
    stem = _stem(files[0])
    if id is None:
        id = slug(stem) or "organisation"  # noqa: A001 - the public name of the argument
        assumed["id"] = message(_FROM_FILE, value=id)
    if name is None:
        name, words = _name(stem, tables, kinds)
        assumed["name"] = message(words, value=name)
    else:
        name = " ".join(name.split())
    if as_of is None:
        as_of, words = _date(files, changed)
        assumed["as_of"] = message(words, value=str(as_of))
    posts = link(
        frames[0] if len(frames) == 1 else pl.concat(frames),
        pl.concat([rows.keys_left_out() for rows in file_rows]),
        kinds,
        notes,
    )
    columns = PositionColumns(
        id=id,
        name=name,
        as_of=as_of,
        table=posts.table,
        forest=posts.forest,
        sources=tuple(_source(n, file) for n, file in enumerate(files, 1)),
        lost_lines=posts.lost_lines,
    )
    reports = tuple(rows.report(kind) for rows, kind in zip(file_rows, kinds, strict=True))
    for source, file in enumerate(reports):
        if file.private:
            notes.add("columns-private", source, columns=", ".join(file.private))
        if file.unused:
            notes.add("columns-unused", source, columns=", ".join(file.unused))
    unread = sum(rows.lines_unread for rows in file_rows)
    report = ImportReport(
        files=reports,
        assumed=assumed,
        notes=tuple(notes.found),
        posts=len(columns),
        rows_shared=posts.rows_shared,
        seats=int(columns.seats.sum(dtype="int64")),
        lines_stated=posts.lines_stated + unread,
        lines_lost=len(posts.lost_lines) + unread,
    )
    return Imported(columns, report)


def _check_identity(organisation_id: str | None, name: str | None) -> None:
    if organisation_id is not None and not is_id(organisation_id):
        reason = f"{organisation_id!r} is not an id"
        raise ValueError(reason)
    if name is not None and not is_name(name):
        reason = f"{name!r} is not a name"
        raise ValueError(reason)


def _tables(files: Sequence[Path]) -> tuple[list[Table], list[FileKind], float]:
    """Return the tables of files that belong together, their kinds, and when the last was changed."""
    problems: list[Problem] = []
    tables: list[Table] = []
    changed: dict[str, float] = {}
    for file in files:
        try:
            status = file_status(file)
            real = os.path.realpath(file)
            if real in changed:
                problems.append(refusal(name_of(file), "import-twice"))
                continue
            changed[real] = status.st_mtime
            tables.append(read_table(file))
        except Refused as error:
            problems.extend(error.problems)
            continue
        problems.extend(problems_of(tables[-1], kind_of(tables[-1])))
    kinds = [kind_of(table) for table in tables]
    problems = problems or _misfits(tables, kinds)
    if problems:
        raise InvalidOrganisation(problems)
    return tables, kinds, max(changed.values())


def _misfits(tables: Sequence[Table], kinds: Sequence[FileKind]) -> list[Problem]:
    """Return the files that cannot belong to the same organisation as the others."""
    if set(kinds) == {FileKind.PLAIN}:
        return []
    found = []
    first: dict[FileKind, str] = {}
    for table, kind in zip(tables, kinds, strict=True):
        others = [
            name
            for other, name in first.items()
            if kind is other or FileKind.PLAIN in {kind, other}
        ]
        if others:
            found.append(refusal(table.name, "import-mixed", other=others[0]))
        first.setdefault(kind, table.name)
    if FileKind.SENIOR not in kinds and not found:
        found.append(refusal(tables[0].name, "import-no-senior"))
    return found


def _stem(file: Path) -> str:
    """Return the name of a file without its ending, its date and its kind."""
    whole = Path(_readable(file)).stem
    return _DATE.sub("", _KIND_IN_NAME.sub("", whole)).strip(" -_.") or whole


def _name(stem: str, tables: Sequence[Table], kinds: Sequence[FileKind]) -> tuple[str, str]:
    """Return the name of the organisation, and its origin in words."""
    stated = next(filter(None, map(organisation_name, tables)), None)
    if stated and kinds[0] is not FileKind.PLAIN:
        return _tidy(stated), N_("{value}, from the column Organisation")
    return _tidy(stem), _FROM_FILE


def _readable(file: Path) -> str:
    """Return the name of a file as a text; bytes that are not UTF-8 are read as Windows-1252."""
    return unicodedata.normalize("NFC", os.fsencode(file.name).decode(errors=BYTES_OF_WINDOWS))


def _date(files: Sequence[Path], changed: float) -> tuple[PartialDate, str]:
    for file in files:
        for match in _DATE.finditer(file.stem):
            try:
                return PartialDate.parse(match[1]), _FROM_FILE
            except ValueError:
                continue
    try:
        day = datetime.fromtimestamp(changed, UTC).astimezone()
    except (OSError, OverflowError, ValueError):
        return PartialDate.of(datetime.now().astimezone()), N_("{value}, today")
    return PartialDate.of(day), N_("{value}, the day that the file was last changed")


def _tidy(text: str) -> str:
    """Return a name as one line of allowed characters."""
    return " ".join(_UNTIDY.sub(" ", text).split())[:LONGEST_TEXT] or "organisation"


def _source(number: int, file: Path) -> Source:
    shown = _tidy(_readable(file))
    return Source(id=f"fil-{number}", title=Text(shown), file=shown, numbered_by=Numbering.ROW)
