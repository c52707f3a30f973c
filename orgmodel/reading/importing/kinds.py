"""The kinds of tables that can be imported: plain ones, and the two files of a UK organogram.

In a plain table, a row is a post, or several identical posts with a headcount.

UK government bodies publish an organogram as a file of senior posts and one of junior posts. A senior
row is one post. A junior row is a group of identical posts below one senior post, stated in full-time
equivalents only. Nobody holds more than one full-time post, so its headcount is at least the
equivalents rounded up, and is marked as a lower bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.cells import all_false, all_true
from orgmodel.reading.importing.headings import (
    ORGANOGRAM_NAMES,
    Role,
    find_columns,
    find_roles,
    plain_name,
)
from orgmodel.reading.importing.refusals import refusal
from orgmodel.reading.importing.report import FileKind
from orgmodel.reading.importing.rows import FileRows
from orgmodel.reading.importing.values import (
    MOST_HEADS,
    DecimalMark,
    decimal_mark,
    find_holders,
    full_time,
    has_statuses,
    heads,
    with_statuses,
)
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.findings import Problem
    from orgmodel.reading.importing.headings import Columns
    from orgmodel.reading.importing.report import Notes
    from orgmodel.reading.importing.tables import Table

# The headings by which each kind is recognised.
_MARKS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.SENIOR: ("postuniquereference", "reportstoseniorpost"),
    FileKind.JUNIOR: ("reportingseniorpost", "numberofpostsinfte"),
}
_TITLE_WORDS = N_("the title of a post")
# Required columns: the role of each in words, and a recognised heading.
_NEEDED = {
    FileKind.PLAIN: (
        (Role.ID, N_("the id of a post"), "id"),
        (Role.TITLE, _TITLE_WORDS, "title"),
    ),
    FileKind.SENIOR: ((Role.TITLE, _TITLE_WORDS, "Job Title"),),
    FileKind.JUNIOR: ((Role.TITLE, _TITLE_WORDS, "Generic Job Title"),),
}
_SUPERIOR_WORDS = re.compile(
    r"manager|supervis|report|parent|boss|superior|leder|chef|overordn|refer|vorgesetz"
)


def kind_of(table: Table) -> FileKind:
    """Return the kind of a table, by its headings."""
    names = {plain_name(heading) for heading in table.headings}
    return next(
        (kind for kind, marks in _MARKS.items() if names.issuperset(marks)), FileKind.PLAIN
    )


def _columns_of(table: Table, kind: FileKind) -> Columns:
    if kind is FileKind.PLAIN:
        return find_roles(table.headings)
    return find_columns(table.headings, ORGANOGRAM_NAMES[kind])


def problems_of(table: Table, kind: FileKind) -> list[Problem]:
    """Return why a table cannot be imported."""
    places = _columns_of(table, kind).places
    shown = ", ".join(heading.strip() for heading in table.headings)
    found = [
        refusal(
            table.name, "import-no-column", wanted=message(wanted), example=example, columns=shown
        )
        for role, wanted, example in _NEEDED[kind]
        if role not in places
    ]
    if not found and table.frame.is_empty():
        found = [refusal(table.name, "import-no-rows")]
    return found


def organisation_name(table: Table) -> str | None:
    """Return the name of the organisation, where all rows agree on it."""
    places = find_columns(table.headings, {"name": ("organisation",)}).places
    if "name" not in places:
        return None
    names = table.frame[str(places["name"])].drop_nulls().str.strip_chars().unique()
    found: str | None = names[0] if len(names) == 1 else None
    return found or None


def read_rows(
    table: Table, kind: FileKind, source: int, notes: Notes
) -> tuple[FileRows, pl.DataFrame]:
    """Return the rows of a table, and the frame of those that are kept."""
    columns = _columns_of(table, kind)
    if kind is FileKind.PLAIN:
        columns = _with_known_status(columns, table)
    rows = FileRows.of(table, source, columns, notes)
    return rows, _READERS[kind](rows)


def _plain_frame(rows: FileRows) -> pl.DataFrame:
    _look_for_superiors(rows)
    holders = find_holders(rows.cell(Role.HOLDER))
    if Role.STATUS in rows.cells:
        holders, lost = with_statuses(holders, rows.cell(Role.STATUS))
        rows.note_rows("status-unclear", lost & ~holders.abolished, Role.STATUS, "value")
    rows.leave_out("post-abolished", holders.abolished)
    mark = _decimal_mark(rows, Role.HEADCOUNT, Role.FTE)
    seats, at_least = _seats(rows, mark)
    fte = full_time(rows.cell(Role.FTE), mark)
    _note_unclear(rows, "fte-unclear", Role.FTE, fte)
    return rows.frame(holders, seats, at_least, fte)


def _senior_frame(rows: FileRows) -> pl.DataFrame:
    holders = find_holders(rows.cell(Role.HOLDER))
    rows.leave_out("post-abolished", holders.abolished)
    fte = full_time(rows.cell(Role.FTE), _decimal_mark(rows, Role.FTE))
    _note_unclear(rows, "fte-unclear", Role.FTE, fte)
    seats = pl.repeat(1, len(fte), dtype=pl.Int32, eager=True)
    return rows.frame(holders, seats, all_false(len(fte)), fte)


def _junior_frame(rows: FileRows) -> pl.DataFrame:
    fte = full_time(rows.cell(Role.FTE), _decimal_mark(rows, Role.FTE))
    rows.leave_out("no-posts", (fte == 0).fill_null(value=False))
    _note_unclear(rows, "fte-unclear", Role.FTE, fte)
    seats = fte.ceil().fill_null(1).clip(1, MOST_HEADS).cast(pl.Int32)
    frame = rows.frame(find_holders(rows.cell(Role.HOLDER)), seats, all_true(len(fte)), fte)
    if len(frame):
        rows.notes.add("heads-not-stated", rows.source, n=len(frame))
    return frame


_READERS = {
    FileKind.PLAIN: _plain_frame,
    FileKind.SENIOR: _senior_frame,
    FileKind.JUNIOR: _junior_frame,
}


def _decimal_mark(rows: FileRows, *roles: Role) -> DecimalMark:
    return decimal_mark([rows.cell(role) for role in roles], rows.table.delimiter)


def _note_unclear(rows: FileRows, code: str, role: Role, numbers: pl.Series) -> pl.Series:
    """Note where a cell states a number that was not understood; return in which rows."""
    stated = rows.cell(role)
    unclear = stated.is_not_null() & numbers.is_null()
    if unclear.any():
        rows.note_rows(code, unclear, role, "value")
    return unclear


def _seats(rows: FileRows, mark: DecimalMark) -> tuple[pl.Series, pl.Series]:
    """Return how many identical posts each row represents, and whether that is a lower bound.

    A row without a headcount is one post. A headcount that is not a whole number counts as at least
    one.
    """
    seats = heads(rows.cell(Role.HEADCOUNT), mark)
    rows.leave_out("no-heads", (seats == 0).fill_null(value=False))
    unclear = _note_unclear(rows, "headcount-unclear", Role.HEADCOUNT, seats)
    return seats.fill_null(1), unclear


def _with_known_status(columns: Columns, table: Table) -> Columns:
    """Return the columns; one named "status" is used only if it contains a known status."""
    place = columns.places.get(Role.STATUS)
    if place is None or has_statuses(table.frame[str(place)]):
        return columns
    places = {role: other for role, other in columns.places.items() if role != Role.STATUS}
    unused = (*columns.unused, table.headings[place].strip())
    return columns._replace(places=places, unused=unused)


def _look_for_superiors(rows: FileRows) -> None:
    """Note a column that seems to state superiors and has no known heading.

    Both its heading and its cells must say so: more than half of the cells are ids of other rows.
    """
    if Role.SUPERIOR in rows.columns.places:
        return
    ids = rows.cell(Role.ID)
    taken = rows.columns.places.values()
    for place, heading in enumerate(rows.table.headings):
        if place in taken or not _SUPERIOR_WORDS.search(plain_name(heading)):
            continue
        cells = rows.table.frame[str(place)].str.strip_chars()
        known = int((cells.is_in(ids.drop_nulls().to_list()) & rows.kept).sum())
        stated = int((cells.is_not_null() & rows.kept).sum())
        if known * 2 > stated:
            rows.lines_unread = stated
            rows.notes.add("superiors-not-taken", rows.source, column=heading, n=stated)
            return
