"""Routes of the spans of an organisation's leaders: page, JSON, files and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, make_response, render_template, request

from orgmodel.analysis.statistics.leader_table import LEADERS, leaders_table
from orgmodel.analysis.statistics.span_tables import TABLES, span_tables
from orgmodel.drawing.plots import PLOTS as DRAWINGS
from orgmodel.drawing.plots import headed_plot
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.span_reports import span_workbook
from webui.asking.edge import current_viewer, requested_organisation
from webui.asking.span_params import span_request
from webui.limits import ROWS_AT_ONCE
from webui.pages.spans.explanations import explanation_context
from webui.pages.spans.page import drawn_png, drawn_svg, scope_words, spans_context
from webui.server.downloads import CSV, EXCEL, file_answer
from webui.server.jobs import FILES, PLOTS

if TYPE_CHECKING:
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Table
    from webui.asking.span_params import SpanRequest
    from webui.asking.viewer import Viewer

bp = Blueprint("spans", __name__, url_prefix="/<organisation_id>")

_NOT_FOUND = 404


@bp.get("/spans")
def page(organisation_id: str) -> Response:
    """Show the spans."""
    viewer, asked = _asked(organisation_id)

    def make() -> Response:
        context = spans_context(viewer, asked)
        answer = make_response(render_template("pages/spans/page.html", page=context))
        if context.lacks_plots:
            # The same URL succeeds after a short time.
            answer.headers["Cache-Control"] = "no-store"
        return answer

    return PLOTS.do_once(request.full_path, make)


@bp.get("/spans.xlsx")
def excel(organisation_id: str) -> Response:
    """Return all tables as a workbook."""
    viewer, asked = _asked(organisation_id)

    def make() -> bytes:
        report = asked.report()
        scope = scope_words(viewer, asked)[0]
        tables = span_tables(report, asked.query, names=asked.names, language=viewer.language)
        return span_workbook(report, tables, scope, viewer.language)

    return file_answer(FILES.do(make), EXCEL, f"{organisation_id}-spans.xlsx")


@bp.get("/spans/tables/<table_id>.csv")
def table(organisation_id: str, table_id: str) -> Response:
    """Return one table as CSV."""
    viewer, asked = _asked(organisation_id)
    report = asked.report()
    found = asked_table(viewer, asked, report, table_id)
    if found is None:
        abort(_NOT_FOUND)

    def make() -> str:
        return csv_text(found, viewer.language)

    # A report of many leaders waits in the queue of files.
    text = make() if report.seats <= ROWS_AT_ONCE else FILES.do(make)
    return file_answer(text.encode(), CSV, f"{organisation_id}-{table_id}.csv")


@bp.get("/spans/plots/<plot_id>.<any(svg, png):form>")
def plot(organisation_id: str, plot_id: str, form: str) -> Response:
    """Return a plot as a picture."""
    viewer, asked = _asked(organisation_id)
    if plot_id not in DRAWINGS:
        abort(_NOT_FOUND)
    name = f"{organisation_id}-{plot_id}.{form}"

    def make() -> Response:
        spec = headed_plot(plot_id, asked.report(), scope_words(viewer, asked)[0], viewer.language)
        if form == "svg":
            return file_answer(drawn_svg(spec).encode(), "image/svg+xml", name)
        return file_answer(drawn_png(spec), "image/png", name)

    return PLOTS.do_once(request.full_path, make)


@bp.get("/spans/of/<position_id>")
def explanation(organisation_id: str, position_id: str) -> str:
    """Explain the figures of one leader."""
    viewer, asked = _asked(organisation_id)
    context = explanation_context(viewer, asked, position_id)
    return render_template("pages/spans/explanation.html", page=context)


def _asked(organisation_id: str) -> tuple[Viewer, SpanRequest]:
    viewer = current_viewer()
    return viewer, span_request(viewer, requested_organisation(organisation_id))


def asked_table(
    viewer: Viewer, asked: SpanRequest, report: SpanReport, table_id: str
) -> Table | None:
    """Return one table without building the others; None if there is no such table.

    The URL's query applies to the table of leaders.
    """
    if table_id == LEADERS:
        return leaders_table(report, asked.query, names=asked.names, language=viewer.language)
    make = TABLES.get(table_id)
    return None if make is None else make(report)
