"""CSV files -> the posts of one organisation as columns, and a report on every row."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.errors import InvalidOrganisation
from orgmodel.model.columns import PositionColumns
from orgmodel.model.dates import PartialDate
from orgmodel.model.names import Text
from orgmodel.model.provenance import Numbering, Source
from orgmodel.reading.importing import organograms, plain
from orgmodel.reading.importing.decoding import BYTES_OF_WINDOWS, file_status, name_of
from orgmodel.reading.importing.headings import KNOWN, plain_name
from orgmodel.reading.importing.ids import is_id, is_name, slug
from orgmodel.reading.importing.linking import GROUP_PREFIX, POST_PREFIX, Posts, link
from orgmodel.reading.importing.refusals import Refused, refusal
from orgmodel.reading.importing.report import LONGEST_TEXT, FileKind, ImportReport, Notes
from orgmodel.reading.importing.tables import Table, read_table
from orgmodel.texts import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.findings import Problem
    from orgmodel.model.organisation import Organisation
    from orgmodel.reading.importing.entries import Sheet

_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?)(?![0-9])")
_KIND_IN_NAME = re.compile(r"(?i)[-_ ]*(?:senior|junior)(?:[-_ ]*(?:data|posts?))?$")
_READERS = {
    FileKind.PLAIN: plain.read_sheet,
    FileKind.SENIOR: organograms.read_senior,
    FileKind.JUNIOR: organograms.read_junior,
}
_PREFIXES = {
    FileKind.PLAIN: POST_PREFIX,
    FileKind.SENIOR: POST_PREFIX,
    FileKind.JUNIOR: GROUP_PREFIX,
}
_UNTIDY = re.compile(r"[^\w .,()&+@'-]+")


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    columns
        The posts.
    report
        What was done with every row.
    """

    columns: PositionColumns
    report: ImportReport

    def organisation(self) -> Organisation:
        """Return the organisation with its entities; takes a hundred times the room of columns."""
        return self.columns.organisation()

    def written_nodes(self) -> int:
        """Return how many keys and values of posts a data file would have, at the least."""
        table = self.columns.table
        stated = ("id", "title", "reports_to", "holder", "fte", "row")
        pairs = sum(len(table) - table[name].null_count() for name in stated if name in table)
        # What was lost, with its reason in two languages.
        pairs += 4 * len(self.columns.lost_lines)
        pairs += int((self.columns.seats > 1).sum()) + int(self.columns.seats_at_least.sum())
        return len(table) + 2 * pairs


class _Identity(NamedTuple):
    """What the organisation is called, and as of when; and where that was taken from."""

    id: str
    name: str
    as_of: PartialDate
    assumed: dict[str, Message]


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
        its file of junior posts. What a file is shows by its headings.
    id, name, as_of
        Of the organisation. Else the id is made of the first file's name, the name is the one that
        all rows give, or the file's; the date is the one in the file's name, or that of its last
        change.

    Returns
    -------
    imported
        The posts, each row of the files among them or in the report.

    Raises
    ------
    InvalidOrganisation
        If a file cannot be imported; it carries every problem at once.
    ValueError
        If no file is named, or `id`, `name` or `as_of` cannot be one.
    """
    if isinstance(as_of, str):
        as_of = PartialDate.parse(as_of)
    if id is not None and not is_id(id):
        reason = f"{id!r} is not an id"
        raise ValueError(reason)
    if name is not None and not is_name(name):
        reason = f"{name!r} is not a name"
        raise ValueError(reason)
    files = [Path(path) for path in paths]
    tables, changed = _tables(files)
    kinds = [organograms.kind_of(table) for table in tables]
    notes = Notes(tuple(table.name for table in tables))
    read = [
        _READERS[kind](table, source, notes)
        for source, (table, kind) in enumerate(zip(tables, kinds, strict=True))
    ]
    sheets = [sheet for sheet, _entries in read]
    identity = _identity(files, tables, changed, id=id, name=name, as_of=as_of)
    frames = [entries for _sheet, entries in read]
    gone = pl.concat([sheet.keys_left_out() for sheet in sheets])
    posts = link(
        frames[0] if len(frames) == 1 else pl.concat(frames),
        gone,
        {source: _PREFIXES[kind] for source, kind in enumerate(kinds)},
        notes,
    )
    columns = PositionColumns(
        id=identity.id,
        name=identity.name,
        as_of=identity.as_of,
        table=posts.table,
        forest=posts.forest,
        sources=tuple(_source(n, file) for n, file in enumerate(files, 1)),
        lost_lines=posts.lost_lines,
    )
    return Imported(columns, _report(sheets, kinds, columns, posts, notes, identity.assumed))


def _tables(files: Sequence[Path]) -> tuple[list[Table], float]:
    """Return the tables of files that belong together, and when the last was changed."""
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
            table = read_table(file, _is_known)
        except Refused as error:
            problems.extend(error.problems)
            continue
        tables.append(table)
        problems.extend(_problems_of(table))
    if not problems:
        problems = _strangers(tables)
    if problems:
        raise InvalidOrganisation(problems)
    return tables, max(changed.values())


def _is_known(heading: str) -> bool:
    name = plain_name(heading)
    return name in KNOWN or name in organograms.KNOWN


def _problems_of(table: Table) -> list[Problem]:
    if organograms.kind_of(table) is FileKind.PLAIN:
        return plain.problems_of(table)
    return organograms.problems_of(table)


def _strangers(tables: Sequence[Table]) -> list[Problem]:
    """Return which files are not of one organisation with the others."""
    if not tables:
        reason = "name at least one file"
        raise ValueError(reason)
    kinds = [organograms.kind_of(table) for table in tables]
    if set(kinds) == {FileKind.PLAIN}:
        return []
    found = []
    first: dict[FileKind, str] = {}
    for table, kind in zip(tables, kinds, strict=True):
        others = [name for other, name in first.items() if _excludes(kind, other)]
        if others:
            found.append(refusal(table.name, "import-mixed", other=others[0]))
        first.setdefault(kind, table.name)
    if FileKind.SENIOR not in kinds and not found:
        found.append(refusal(tables[0].name, "import-no-senior"))
    return found


def _excludes(kind: FileKind, other: FileKind) -> bool:
    return kind is other or FileKind.PLAIN in {kind, other}


def _identity(
    files: Sequence[Path],
    tables: Sequence[Table],
    changed: float,
    *,
    id: str | None,  # noqa: A002 - what it is called everywhere
    name: str | None,
    as_of: PartialDate | None,
) -> _Identity:
    """Return what the organisation is called, with what the caller left open filled in."""
    assumed: dict[str, Message] = {}
    whole = Path(_readable(files[0])).stem
    stem = _DATE.sub("", _KIND_IN_NAME.sub("", whole)).strip(" -_.") or whole
    if id is None:
        id = slug(stem) or "organisation"  # noqa: A001 - what it is called everywhere
        assumed["id"] = message(N_("{value}, from the name of the file"), value=id)
    if name is not None:
        name = " ".join(name.split())
    else:
        stated = next(filter(None, map(organograms.organisation_name, tables)), None)
        is_organogram = organograms.kind_of(tables[0]) is not FileKind.PLAIN
        if stated and is_organogram:
            name = _tidy(stated)
            words = N_("{value}, from the column Organisation")
        else:
            name = _tidy(stem)
            words = N_("{value}, from the name of the file")
        assumed["name"] = message(words, value=name)
    if as_of is None:
        as_of, words = _date(files, changed)
        assumed["as_of"] = message(words, value=str(as_of))
    return _Identity(id, name, as_of, assumed)


def _readable(file: Path) -> str:
    """Return the name of a file as a text; one that is not UTF-8 is read as a content would be."""
    return unicodedata.normalize("NFC", os.fsencode(file.name).decode(errors=BYTES_OF_WINDOWS))


def _date(files: Sequence[Path], changed: float) -> tuple[PartialDate, str]:
    for file in files:
        for match in _DATE.finditer(file.stem):
            try:
                return PartialDate.parse(match[1]), N_("{value}, from the name of the file")
            except ValueError:
                continue
    try:
        day = datetime.fromtimestamp(changed, UTC).astimezone()
    except (OSError, OverflowError, ValueError):
        return PartialDate.of(datetime.now().astimezone()), N_("{value}, today")
    return PartialDate.of(day), N_("{value}, the day that the file was last changed")


def _tidy(text: str) -> str:
    """Return a name as a line of our texts."""
    return " ".join(_UNTIDY.sub(" ", text).split())[:LONGEST_TEXT] or "organisation"


def _source(number: int, file: Path) -> Source:
    shown = _tidy(_readable(file))
    return Source(id=f"fil-{number}", title=Text(shown), file=shown, numbered_by=Numbering.ROW)


def _report(
    sheets: Sequence[Sheet],
    kinds: Sequence[FileKind],
    columns: PositionColumns,
    posts: Posts,
    notes: Notes,
    assumed: dict[str, Message],
) -> ImportReport:
    files = tuple(sheet.report(kind) for sheet, kind in zip(sheets, kinds, strict=True))
    for source, file in enumerate(files):
        if file.private:
            notes.add("columns-private", source, columns=", ".join(file.private))
        if file.unused:
            notes.add("columns-unused", source, columns=", ".join(file.unused))
    unread = sum(sheet.lines_unread for sheet in sheets)
    return ImportReport(
        files=files,
        assumed=assumed,
        notes=tuple(notes.found),
        posts=len(columns),
        rows_shared=posts.rows_shared,
        seats=int(columns.seats.sum(dtype="int64")),
        lines_stated=posts.lines_stated + unread,
        lines_lost=len(posts.lost_lines) + unread,
    )
