"""Tables of figures in words, for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.tables import Column, Sort, Table
from orgmodel.model.amounts import Interval
from orgmodel.model.wording import interval_words
from orgmodel.texts import format_percent, say
from webui.contexts.spans import TableCell, TableContext, TableHead
from webui.languages import _, current_language
from webui.presenting.parts import phrase, say_number
from webui.urls import this_page_as

if TYPE_CHECKING:
    from orgmodel.analysis.tables import Value


def table_context(table: Table, *, without: frozenset[str] = frozenset()) -> TableContext:
    """Return a table in words; columns in `without` are left out."""
    kept = [n for n, column in enumerate(table.columns) if column.key not in without]
    columns = [table.columns[n] for n in kept]
    return TableContext(
        id=table.id,
        name=table.name.text(current_language()),
        about=table.about.text(current_language()),
        heads=tuple(table_head(column) for column in columns),
        rows=tuple(
            tuple(table_cell(table.columns[n], row[n]) for n in kept) for row in table.rows
        ),
        csv_href=this_page_as("spans.table", table_id=table.id),
    )


def table_head(column: Column) -> TableHead:
    """Return the heading of a column."""
    language = current_language()
    return TableHead(
        key=column.key,
        name=column.name.text(language),
        meaning=column.meaning.text(language),
        is_number=column.sort is not Sort.TEXT,
    )


def table_cell(column: Column, value: Value, href: str = "") -> TableCell:
    """Return a value in words; what is not known says so."""
    is_number = column.sort is not Sort.TEXT
    lang = None
    if value is None:
        words = _("not known") if is_number else "–"
    elif isinstance(value, Interval):
        is_share = column.key.endswith("share")
        words = _share_words(value) if is_share else interval_words(value).text(current_language())
    elif column.sort is Sort.SHARE and isinstance(value, int | float):
        words = format_percent(value, current_language())
    elif isinstance(value, int | float):
        words = say_number(value)
    elif isinstance(value, str):
        words = value
    else:
        found = phrase(value)
        words, lang = found.text, found.lang
    return TableCell(words, is_number, href, lang)


def _share_words(share: Interval) -> str:
    """Return a share in percent, from one end to the other."""
    language = current_language()
    low = format_percent(share.low, language)
    high = format_percent(1 if share.high is None else share.high, language)
    return low if low == high else f"{low} – {high}"


def words_of(value: object) -> str:
    """Return any value in the page's language."""
    return say(value, current_language())
