"""The spans of control of an organisation's leaders: as a page, as data, as files and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request

from orgmodel.drawing.plots import PLOTS as DRAWINGS
from orgmodel.drawing.plots import headed_plot
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.span_reports import span_workbook
from webui.asking.languages import current_language
from webui.asking.span_params import span_view
from webui.asking.state import seen
from webui.limits import ROWS_AT_ONCE
from webui.pages.spans.data import asked_table, asked_tables, span_data
from webui.pages.spans.explanations import explanation_context
from webui.pages.spans.page import scope_words, spans_context
from webui.pages.spans.plots import drawn_png, drawn_svg
from webui.server.downloads import CSV, EXCEL, file_answer
from webui.server.jobs import FILES, PLOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.analysis.statistics.span_report import SpanReport

bp = Blueprint("spans", __name__, url_prefix="/<organisation_id>")

Made = TypeVar("Made")

_NOT_FOUND = 404


@bp.get("/spans")
def page(organisation_id: str) -> Response:
    """Show them."""
    view = span_view(seen(organisation_id))

    def make() -> Response:
        context = spans_context(view)
        answer = make_response(render_template("pages/spans/page.html", page=context))
        if context.lacks_plots:
            # The same address shows them again soon.
            answer.headers["Cache-Control"] = "no-store"
        return answer

    return PLOTS.do_once(request.full_path, make)


@bp.get("/spans.json")
def data(organisation_id: str) -> Response:
    """Return all tables of the leaders that are asked about."""
    view = span_view(seen(organisation_id))
    return _in_turn(view.report(), lambda: jsonify(span_data(view)))


@bp.get("/spans.xlsx")
def excel(organisation_id: str) -> Response:
    """Return all tables as a workbook."""
    view = span_view(seen(organisation_id))

    def make() -> bytes:
        report = view.report()
        scope = scope_words(view)[0]
        return span_workbook(report, asked_tables(report), scope, current_language())

    return file_answer(FILES.do(make), EXCEL, f"{organisation_id}-spans.xlsx")


@bp.get("/spans/tables/<table_id>.csv")
def table(organisation_id: str, table_id: str) -> Response:
    """Return one table as CSV."""
    report = span_view(seen(organisation_id)).report()
    found = asked_table(report, table_id)
    if found is None:
        abort(_NOT_FOUND)
    text = _in_turn(report, lambda: csv_text(found, current_language()))
    return file_answer(text.encode(), CSV, f"{organisation_id}-{table_id}.csv")


@bp.get("/spans/plots/<plot_id>.<any(svg, png):form>")
def plot(organisation_id: str, plot_id: str, form: str) -> Response:
    """Return a plot as a picture."""
    view = span_view(seen(organisation_id))
    if plot_id not in DRAWINGS:
        abort(_NOT_FOUND)
    name = f"{organisation_id}-{plot_id}.{form}"

    def make() -> Response:
        spec = headed_plot(plot_id, view.report(), scope_words(view)[0], current_language())
        if form == "svg":
            return file_answer(drawn_svg(spec).encode(), "image/svg+xml", name)
        return file_answer(drawn_png(spec), "image/png", name)

    return PLOTS.do_once(request.full_path, make)


@bp.get("/spans/of/<position_id>")
def explanation(organisation_id: str, position_id: str) -> str:
    """Explain the figures of one leader."""
    context = explanation_context(span_view(seen(organisation_id)), position_id)
    return render_template("pages/spans/explanation.html", page=context)


def _in_turn(report: SpanReport, work: Callable[[], Made]) -> Made:
    """Return what is written of a report: at once, or of many leaders when it is its turn."""
    return work() if report.seats <= ROWS_AT_ONCE else FILES.do(work)
