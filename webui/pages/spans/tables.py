"""Tables of figures in words, for pages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leader_table import LeaderRows, leader_columns, leaders_table
from orgmodel.analysis.statistics.span_tables import band_words
from orgmodel.analysis.tables import Column, ColumnType, Table
from orgmodel.model.amounts import Interval
from orgmodel.model.bands import FIT_WORDS
from orgmodel.model.wording import interval_words
from orgmodel.texts import N_, format_number, format_percent, message
from webui.asking.span_params import DESCENDING, PAGE_SIZE
from webui.asking.viewer import text_in
from webui.pages.spans.context import (
    LeaderRow,
    LeaderTable,
    TableCell,
    TableContext,
    TableHead,
)
from webui.parts.building import MOST_LISTED, more_words, phrase
from webui.parts.context import Option

if TYPE_CHECKING:
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Column, Value
    from orgmodel.texts import Language
    from webui.asking.span_params import SpanRequest
    from webui.asking.viewer import Viewer

SHARE_DIGITS = 1


def table_context(
    viewer: Viewer, table: Table, *, without: frozenset[str] = frozenset()
) -> TableContext:
    """Return a table in words; columns in `without` are left out.

    A page limits the number of rows and says how many more the files have.
    """
    kept = [n for n, column in enumerate(table.columns) if column.key not in without]
    columns = [table.columns[n] for n in kept]
    return TableContext(
        id=table.id,
        name=table.name.text(viewer.language),
        about=table.about.text(viewer.language),
        heads=tuple(table_head(viewer, column) for column in columns),
        rows=tuple(
            tuple(
                table_cell(
                    viewer,
                    table.columns[n],
                    row[n],
                    _whom_href(viewer, table, place) if n == 0 else "",
                )
                for n in kept
            )
            for place, row in enumerate(table.rows[:MOST_LISTED])
        ),
        more=more_words(viewer, len(table.rows)),
    )


def _whom_href(viewer: Viewer, table: Table, place: int) -> str:
    """Return the URL of the leaders that a row counts; empty if it counts no listed leaders."""
    question = table.whom[place] if place < len(table.whom) else None
    return "" if question is None else leaders_url(viewer, *question)


def leaders_url(viewer: Viewer, name: str, value: str) -> str:
    """Return the URL of this page's table of leaders with one more filter."""
    question = {**dict.fromkeys(("band", "among", "fit", "q", "page")), name: value}
    return viewer.this_page_with(**question) + "#leaders"


def table_head(viewer: Viewer, column: Column) -> TableHead:
    """Return the heading of a column."""
    language = viewer.language
    return TableHead(
        key=column.key,
        name=column.name.text(language),
        meaning=column.meaning.text(language),
        is_number=column.type is not ColumnType.TEXT,
    )


def table_cell(viewer: Viewer, column: Column, value: Value, href: str = "") -> TableCell:
    """Return a table cell with a value in words, also for an unknown value."""
    is_number = column.type is not ColumnType.TEXT
    lang = None
    if value is None:
        words = viewer._("not stated") if is_number else "–"
    elif isinstance(value, Interval | int | float):
        is_share = column.type is ColumnType.SHARE or column.key.endswith("share")
        words = _figure_words(value, viewer.language, is_share=is_share)
    elif isinstance(value, str):
        words = value
    else:
        found = phrase(viewer, value)
        words, lang = found.text, found.lang
    return TableCell(words, is_number, href, lang)


@lru_cache(maxsize=8192)
def _figure_words(value: Interval | float, language: Language, *, is_share: bool) -> str:
    """Return a number in words; cached, since a page repeats the same numbers in up to 1,000 cells."""
    if isinstance(value, Interval):
        return _share_words(value, language) if is_share else interval_words(value).text(language)
    return format_percent(value, language) if is_share else format_number(value, language)


def _share_words(share: Interval, language: Language) -> str:
    """Return an interval of shares in percent."""
    if share.low == 0 and share.high == 0:
        return format_percent(0, language)
    low, high = (
        format_percent(end, language, SHARE_DIGITS)
        for end in (share.low, 1.0 if share.high is None else share.high)
    )
    if share.low == share.high:
        return low
    if share.high in {None, 1.0}:
        return text_in(language, N_("at least {value}"), value=low)
    return (
        text_in(language, N_("at most {value}"), value=high)
        if not share.low
        else f"{low} – {high}"
    )


_TABLE = "#leaders"
_SET_HERE = frozenset({"q", "fit", "band", "column", "page"})


def leader_table(viewer: Viewer, asked: SpanRequest, report: SpanReport) -> LeaderTable:
    """Return the page of the table that the URL requests."""
    query, language = asked.query, viewer.language
    table = leaders_table(report, query, names=asked.names, language=language)
    rows = table.rows
    assert isinstance(rows, LeaderRows)  # noqa: S101 - it is what the table holds
    shown = [n for n, column in enumerate(table.columns) if column.key in asked.columns or n == 0]
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(asked.page, pages)
    first = (page - 1) * PAGE_SIZE
    on_page = range(first, min(first + PAGE_SIZE, len(rows)))
    words = viewer._("Page {n} of {all}", n=viewer.number(page), all=viewer.number(pages))
    return LeaderTable(
        name=table.name.text(language),
        about=table.about.text(language),
        heads=tuple(_head(viewer, table.columns[n], query.sort, query.descending) for n in shown),
        rows=tuple(_row(viewer, report, rows, n, table.columns, shown) for n in on_page),
        count=viewer.ngettext("{n} row", "{n} rows", len(rows)),
        page_words=words if pages > 1 else "",
        previous_href=_turned(viewer, page - 1) if page > 1 else "",
        next_href=_turned(viewer, page + 1) if page < pages else "",
        query=query.text,
        fits=tuple(
            Option(fit.value, message(text).text(language), fit is query.fit)
            for fit, text in FIT_WORDS.items()
        ),
        bands=tuple(_band_options(viewer, report, query.band)),
        columns=tuple(
            Option(column.key, column.name.text(language), column.key in asked.columns or n == 0)
            for n, column in enumerate(leader_columns(report, names=viewer.names))
        ),
        kept=viewer.kept_params(*_SET_HERE),
        clear_href=viewer.this_page_with(
            q=None, fit=None, band=None, among=None, sort=None, order=None, page=None
        )
        + _TABLE,
    )


def _band_options(viewer: Viewer, report: SpanReport, chosen: str | None) -> list[Option]:
    language = viewer.language
    found = []
    for one in report.band_counts():
        band_id = "unknown" if one.band is None else one.band.id
        found.append(Option(band_id, band_words(one).text(language), band_id == chosen))
    return found


def _head(viewer: Viewer, column: Column, sort: str | None, descending: object) -> TableHead:
    """Return a sortable heading: numbers sort in descending order first, texts in ascending order."""
    head = table_head(viewer, column)
    is_sorted = column.key == sort
    goes_down = (not descending) if is_sorted else head.is_number
    order = DESCENDING if goes_down else None
    state = "" if not is_sorted else "descending" if descending else "ascending"
    href = viewer.this_page_with(sort=column.key, order=order, page=None) + _TABLE
    return TableHead(head.key, head.name, head.meaning, head.is_number, href, state)


def _row(
    viewer: Viewer,
    report: SpanReport,
    rows: LeaderRows,
    n: int,
    columns: tuple[Column, ...],
    shown: list[int],
) -> LeaderRow:
    organisation = report.spans.organisation
    position_id = rows.leader(n).position_id
    values = rows[n]
    explained = viewer.this_page_as("spans.explanation", position_id=position_id, page=None)
    cells = tuple(
        table_cell(viewer, columns[place], values[place], explained if place == 0 else "")
        for place in shown
    )
    return LeaderRow(
        cells=cells,
        chart_href=viewer.url_for("charts.page", select=position_id),
        chart_words=organisation.positions[position_id].title.text(viewer.language),
    )


def _turned(viewer: Viewer, page: int) -> str:
    return viewer.this_page_with(page=str(page)) + _TABLE
