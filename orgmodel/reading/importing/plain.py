"""A plain table, a row a post or a row several alike, -> entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgmodel.reading.importing.entries import Sheet
from orgmodel.reading.importing.headings import Role, find_roles, plain_name
from orgmodel.reading.importing.holders import find_holders, has_statuses, with_statuses
from orgmodel.reading.importing.numbers import DecimalMark, decimal_mark, full_time, heads
from orgmodel.reading.importing.refusals import refusal
from orgmodel.reading.importing.series import never
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    import polars as pl

    from orgmodel.model.findings import Problem
    from orgmodel.reading.importing.headings import Columns
    from orgmodel.reading.importing.report import Notes
    from orgmodel.reading.importing.tables import Table

_SUPERIOR_WORDS = re.compile(
    r"manager|supervis|report|parent|boss|superior|leder|chef|overordn|refer|vorgesetz"
)
TITLE_WORDS = N_("the title of a post")
_NEEDED = ((Role.ID, N_("the id of a post"), "id"), (Role.TITLE, TITLE_WORDS, "title"))


def problems_of(table: Table) -> list[Problem]:
    """Return why a plain table cannot be imported: nothing where it can."""
    places = find_roles(table.headings).places
    shown = ", ".join(heading.strip() for heading in table.headings)
    found = [
        refusal(
            table.name, "import-no-column", wanted=message(wanted), example=example, columns=shown
        )
        for role, wanted, example in _NEEDED
        if role not in places
    ]
    if not found and table.frame.is_empty():
        found = [refusal(table.name, "import-no-rows")]
    return found


def read_sheet(table: Table, source: int, notes: Notes) -> tuple[Sheet, pl.DataFrame]:
    """Return a plain table's sheet and its entries."""
    sheet = Sheet.of(table, source, _columns(table), notes)
    _look_for_lines(sheet)
    holders = find_holders(sheet.cell(Role.HOLDER))
    if Role.STATUS in sheet.cells:
        holders, lost = with_statuses(holders, sheet.cell(Role.STATUS))
        sheet.note_rows("status-unclear", lost & ~holders.gone, Role.STATUS, "value")
    sheet.leave_out("post-abolished", holders.gone)
    numbers = [sheet.cell(role) for role in (Role.HEADCOUNT, Role.FTE)]
    mark = decimal_mark(numbers, table.delimiter)
    seats, at_least = _seats(sheet, mark)
    stated = sheet.cell(Role.FTE)
    fte = full_time(stated, mark)
    if fte.null_count() > stated.null_count():
        sheet.note_rows("fte-unclear", stated.is_not_null() & fte.is_null(), Role.FTE, "value")
    return sheet, sheet.entries(holders, seats, at_least, fte)


def _columns(table: Table) -> Columns:
    """Return which columns are taken; what is called a status, only where it holds any of ours."""
    columns = find_roles(table.headings)
    place = columns.places.get(Role.STATUS)
    if place is None or has_statuses(table.frame[str(place)]):
        return columns
    return columns.without(Role.STATUS, table.headings)


def _look_for_lines(sheet: Sheet) -> None:
    """Note a column that holds ids of other rows and is called as if it were of superiors.

    What it is called alone is not enough, and neither are numbers that ids are too.
    """
    if Role.SUPERIOR in sheet.columns.places:
        return
    ids = sheet.cell(Role.ID)
    taken = sheet.columns.places.values()
    for place, heading in enumerate(sheet.table.headings):
        if place in taken or not _SUPERIOR_WORDS.search(plain_name(heading)):
            continue
        cells = sheet.table.frame[str(place)].str.strip_chars()
        known = int((cells.is_in(ids.drop_nulls().to_list()) & sheet.stays).sum())
        stated = int((cells.is_not_null() & sheet.stays).sum())
        if known * 2 > stated:
            sheet.lines_unread = stated
            sheet.notes.add("superiors-not-taken", sheet.source, column=heading, n=stated)
            return


def _seats(sheet: Sheet, mark: DecimalMark) -> tuple[pl.Series, pl.Series]:
    """Return how many alike posts each row stands for, and whether there may be more.

    What is stated but not a whole number is one at the least: there is a row. What is not stated is
    one: a row is a post.
    """
    stated = sheet.cell(Role.HEADCOUNT)
    seats = heads(stated, mark)
    sheet.leave_out("no-heads", (seats == 0).fill_null(value=False))
    unclear = never(len(stated))
    if seats.null_count() > stated.null_count():
        unclear = stated.is_not_null() & seats.is_null()
        sheet.note_rows("headcount-unclear", unclear, Role.HEADCOUNT, "value")
    return seats.fill_null(1), unclear
