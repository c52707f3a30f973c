"""The table of all leaders: a page of rows, with the links that sort, filter and turn pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leader_table import LeaderRows, leader_columns, leaders_table
from orgmodel.analysis.statistics.span_tables import band_words
from orgmodel.model.bands import FIT_WORDS
from orgmodel.texts import message
from webui.asking.languages import _, current_language, ngettext
from webui.asking.span_params import (
    DESCENDING,
    PAGE_SIZE,
    asked_columns,
    leader_query,
    names_are_asked_for,
    page_number,
)
from webui.asking.urls import chart_url, this_page_as, this_page_with
from webui.asking.viewing import names_are_shown
from webui.pages.spans.context import LeaderRow, LeaderTable, Option, TableHead
from webui.pages.spans.controls import kept_params
from webui.pages.spans.tables import table_cell, table_head
from webui.parts.building import say_number

if TYPE_CHECKING:
    from orgmodel.analysis.spans.tables import Column
    from orgmodel.analysis.statistics.span_report import SpanReport

_TABLE = "#leaders"
_SET_HERE = frozenset({"q", "fit", "band", "column", "page"})


def leader_table(report: SpanReport) -> LeaderTable:
    """Return the part of the table that the address asks for."""
    query, language = leader_query(), current_language()
    asked = asked_columns()
    table = leaders_table(report, query, names=names_are_asked_for(), language=language)
    rows = table.rows
    assert isinstance(rows, LeaderRows)  # noqa: S101 - it is what the table holds
    shown = [n for n, column in enumerate(table.columns) if column.key in asked or n == 0]
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(page_number(), pages)
    first = (page - 1) * PAGE_SIZE
    on_page = range(first, min(first + PAGE_SIZE, len(rows)))
    words = _("Page {n} of {all}", n=say_number(page), all=say_number(pages))
    return LeaderTable(
        name=table.name.text(language),
        about=table.about.text(language),
        heads=tuple(_head(table.columns[n], query.sort, query.descending) for n in shown),
        rows=tuple(_row(report, rows, n, table.columns, shown) for n in on_page),
        count=ngettext("{n} row", "{n} rows", len(rows)),
        page_words=words if pages > 1 else "",
        previous_href=_turned(page - 1) if page > 1 else "",
        next_href=_turned(page + 1) if page < pages else "",
        query=query.text,
        fits=tuple(
            Option(fit.value, message(text).text(language), fit is query.fit)
            for fit, text in FIT_WORDS.items()
        ),
        bands=tuple(_band_options(report, query.band)),
        columns=tuple(
            Option(column.key, column.name.text(language), column.key in asked or n == 0)
            for n, column in enumerate(leader_columns(report, names=names_are_shown()))
        ),
        kept=tuple(kept_params(_SET_HERE.__contains__)),
        csv_href=this_page_as("spans.table", table_id="leaders"),
        clear_href=this_page_with(
            q=None, fit=None, band=None, among=None, sort=None, order=None, page=None
        )
        + _TABLE,
    )


def _band_options(report: SpanReport, chosen: str | None) -> list[Option]:
    language = current_language()
    found = []
    for one in report.band_counts():
        band_id = "unknown" if one.band is None else one.band.id
        found.append(Option(band_id, band_words(one).text(language), band_id == chosen))
    return found


def _head(column: Column, sort: str | None, descending: object) -> TableHead:
    """Return a heading that sorts: the greatest number first, texts from a to å."""
    head = table_head(column)
    is_sorted = column.key == sort
    goes_down = (not descending) if is_sorted else head.is_number
    order = DESCENDING if goes_down else None
    state = "" if not is_sorted else "descending" if descending else "ascending"
    href = this_page_with(sort=column.key, order=order, page=None) + _TABLE
    return TableHead(head.key, head.name, head.meaning, head.is_number, href, state)


def _row(
    report: SpanReport, rows: LeaderRows, n: int, columns: tuple[Column, ...], shown: list[int]
) -> LeaderRow:
    organisation = report.spans.organisation
    position_id = rows.leader(n).position_id
    values = rows[n]
    explained = this_page_as("spans.explanation", position_id=position_id, page=None)
    cells = tuple(
        table_cell(columns[place], values[place], explained if place == 0 else "")
        for place in shown
    )
    return LeaderRow(
        cells=cells,
        chart_href=chart_url(organisation.id, select=position_id),
        chart_words=organisation.positions[position_id].title.text(current_language()),
    )


def _turned(page: int) -> str:
    return this_page_with(page=str(page)) + _TABLE
