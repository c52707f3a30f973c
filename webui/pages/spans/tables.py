"""Tables of figures in words, for pages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.tables import Column, ColumnType, Table
from orgmodel.model.amounts import Interval
from orgmodel.model.wording import interval_words
from orgmodel.texts import format_number, format_percent
from webui.asking.languages import _, current_language
from webui.asking.urls import this_page_as, this_page_with
from webui.pages.spans.context import TableCell, TableContext, TableHead
from webui.parts.building import MOST_LISTED, more_words, phrase

SHARE_DIGITS = 1

if TYPE_CHECKING:
    from orgmodel.analysis.spans.tables import Value
    from orgmodel.texts import Language


def table_context(table: Table, *, without: frozenset[str] = frozenset()) -> TableContext:
    """Return a table in words; columns in `without` are left out.

    A page lists as many rows as people read, and says how many more the files have.
    """
    kept = [n for n, column in enumerate(table.columns) if column.key not in without]
    columns = [table.columns[n] for n in kept]
    return TableContext(
        id=table.id,
        name=table.name.text(current_language()),
        about=table.about.text(current_language()),
        heads=tuple(table_head(column) for column in columns),
        rows=tuple(
            tuple(
                table_cell(table.columns[n], row[n], _whom_href(table, place) if n == 0 else "")
                for n in kept
            )
            for place, row in enumerate(table.rows[:MOST_LISTED])
        ),
        more=more_words(len(table.rows)),
        csv_href=this_page_as("spans.table", table_id=table.id),
    )


def _whom_href(table: Table, place: int) -> str:
    """Return the address of the leaders that a row counts; none where it counts nobody by name."""
    question = table.whom[place] if place < len(table.whom) else None
    return "" if question is None else leaders_url(*question)


def leaders_url(name: str, value: str) -> str:
    """Return the address of this page's table of leaders with one more question put to it."""
    asked = {**dict.fromkeys(("band", "among", "fit", "q", "page")), name: value}
    return this_page_with(**asked) + "#leaders"


def table_head(column: Column) -> TableHead:
    """Return the heading of a column."""
    language = current_language()
    return TableHead(
        key=column.key,
        name=column.name.text(language),
        meaning=column.meaning.text(language),
        is_number=column.type is not ColumnType.TEXT,
    )


def table_cell(column: Column, value: Value, href: str = "") -> TableCell:
    """Return a value in words; what is not known says so."""
    is_number = column.type is not ColumnType.TEXT
    lang = None
    if value is None:
        words = _("not known") if is_number else "–"
    elif isinstance(value, Interval | int | float):
        is_share = column.type is ColumnType.SHARE or column.key.endswith("share")
        words = _figure_words(value, current_language(), is_share=is_share)
    elif isinstance(value, str):
        words = value
    else:
        found = phrase(value)
        words, lang = found.text, found.lang
    return TableCell(words, is_number, href, lang)


@lru_cache(maxsize=8192)
def _figure_words(value: Interval | float, language: Language, *, is_share: bool) -> str:
    """Return a number in words; the same ones stand in many rows, and a page has a thousand."""
    if isinstance(value, Interval):
        return _share_words(value, language) if is_share else interval_words(value).text(language)
    return format_percent(value, language) if is_share else format_number(value, language)


def _share_words(share: Interval, language: Language) -> str:
    """Return a share in percent, from one end to the other."""
    if share.low == 0 and share.high == 0:
        return format_percent(0, language)
    low, high = (
        format_percent(end, language, SHARE_DIGITS)
        for end in (share.low, 1.0 if share.high is None else share.high)
    )
    if share.low == share.high:
        return low
    if share.high in {None, 1.0}:
        return _("at least {value}", value=low)
    return _("at most {value}", value=high) if not share.low else f"{low} – {high}"
