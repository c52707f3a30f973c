"""Organograms as UK government bodies publish them: a file of senior posts, and one of junior ones.

A senior row is one post. A junior row is a group of alike posts below one senior post, stated in
full-time equivalents alone. Its heads are not stated; since nobody holds more than one full-time
post, they are the equivalents rounded up at the least, and are marked as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.entries import Sheet
from orgmodel.reading.importing.headings import find_columns, plain_name
from orgmodel.reading.importing.holders import find_holders
from orgmodel.reading.importing.numbers import MOST_HEADS, decimal_mark, full_time
from orgmodel.reading.importing.plain import TITLE_WORDS
from orgmodel.reading.importing.refusals import refusal
from orgmodel.reading.importing.report import FileKind
from orgmodel.reading.importing.series import always, never
from orgmodel.texts import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.model.findings import Problem
    from orgmodel.reading.importing.report import Notes
    from orgmodel.reading.importing.tables import Table

_SENIOR: Mapping[str, Sequence[str]] = {
    "id": ("postuniquereference",),
    "reports_to": ("reportstoseniorpost",),
    "title": ("jobtitle",),
    "name": ("name",),
    "unit": ("unit",),
    "fte": ("fte",),
}
_JUNIOR: Mapping[str, Sequence[str]] = {
    "reports_to": ("reportingseniorpost",),
    "title": ("genericjobtitle",),
    "unit": ("unit",),
    "fte": ("numberofpostsinfte",),
}
_MARKS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.SENIOR: ("postuniquereference", "reportstoseniorpost"),
    FileKind.JUNIOR: ("reportingseniorpost", "numberofpostsinfte"),
}
KNOWN = frozenset(
    name for columns in (_SENIOR, _JUNIOR) for names in columns.values() for name in names
)


def kind_of(table: Table) -> FileKind:
    """Return what a table lists, by its headings."""
    names = {plain_name(heading) for heading in table.headings}
    return next(
        (kind for kind, marks in _MARKS.items() if names.issuperset(marks)), FileKind.PLAIN
    )


def problems_of(table: Table) -> list[Problem]:
    """Return why a table of an organogram cannot be imported: nothing where it can."""
    wanted = {FileKind.SENIOR: "Job Title", FileKind.JUNIOR: "Generic Job Title"}[kind_of(table)]
    names = {plain_name(heading) for heading in table.headings}
    if plain_name(wanted) not in names:
        shown = ", ".join(heading.strip() for heading in table.headings)
        title = message(TITLE_WORDS)
        return [
            refusal(table.name, "import-no-column", wanted=title, example=wanted, columns=shown)
        ]
    if table.frame.is_empty():
        return [refusal(table.name, "import-no-rows")]
    return []


def organisation_name(table: Table) -> str | None:
    """Return the name of the organisation, where all rows agree on it."""
    places = find_columns(table.headings, {"name": ("organisation",)}).places
    if "name" not in places:
        return None
    names = table.frame[str(places["name"])].drop_nulls().str.strip_chars().unique()
    found: str | None = names[0] if len(names) == 1 else None
    return found or None


def read_senior(table: Table, source: int, notes: Notes) -> tuple[Sheet, pl.DataFrame]:
    """Return the sheet and the entries of senior posts."""
    sheet = Sheet.of(table, source, find_columns(table.headings, _SENIOR), notes)
    holders = find_holders(sheet.cell("name"))
    sheet.leave_out("post-abolished", holders.gone)
    fte, unclear = _full_time(sheet)
    sheet.note_rows("fte-unclear", unclear, "fte", "value")
    seats = pl.repeat(1, len(fte), dtype=pl.Int32, eager=True)
    return sheet, sheet.entries(holders, seats, never(len(fte)), fte)


def read_junior(table: Table, source: int, notes: Notes) -> tuple[Sheet, pl.DataFrame]:
    """Return the sheet and the entries of groups of junior posts."""
    sheet = Sheet.of(table, source, find_columns(table.headings, _JUNIOR), notes)
    fte, unclear = _full_time(sheet)
    sheet.leave_out("no-posts", (fte == 0).fill_null(value=False))
    sheet.note_rows("fte-unclear", unclear, "fte", "value")
    seats = fte.ceil().fill_null(1).clip(1, MOST_HEADS).cast(pl.Int32)
    entries = sheet.entries(find_holders(sheet.cell("name")), seats, always(len(fte)), fte)
    if len(entries):
        notes.add("heads-not-stated", source, n=len(entries))
    return sheet, entries


def _full_time(sheet: Sheet) -> tuple[pl.Series, pl.Series]:
    """Return the full-time equivalents, and where something stands that is not certainly any."""
    stated = sheet.cell("fte")
    fte = full_time(stated, decimal_mark([stated], sheet.table.delimiter))
    return fte, stated.is_not_null() & fte.is_null()
