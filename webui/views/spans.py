"""The spans of control of an organisation's leaders: as a page, as data, as files and pictures."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template

from orgmodel.drawing.plots import PLOTS, plot_png, plot_svg
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.span_reports import span_workbook
from webui.downloads import CSV, EXCEL, file_answer
from webui.languages import current_language
from webui.presenting.span_data import asked_table, asked_tables, span_data
from webui.presenting.span_explanations import explanation_context
from webui.presenting.spans import scope_words, spans_context
from webui.span_params import span_view
from webui.state import seen

bp = Blueprint("spans", __name__, url_prefix="/<organisation_id>")

_NOT_FOUND = 404


@bp.get("/spans")
def page(organisation_id: str) -> str:
    """Show them."""
    view = span_view(seen(organisation_id))
    return render_template("spans/page.html", page=spans_context(view))


@bp.get("/spans.json")
def data(organisation_id: str) -> Response:
    """Return all tables of the leaders that are asked about."""
    return jsonify(span_data(span_view(seen(organisation_id))))


@bp.get("/spans.xlsx")
def excel(organisation_id: str) -> Response:
    """Return all tables as a workbook."""
    view = span_view(seen(organisation_id))
    report = view.report()
    content = span_workbook(report, asked_tables(report), scope_words(view)[0], current_language())
    return file_answer(content, EXCEL, f"{organisation_id}-spans.xlsx")


@bp.get("/spans/tables/<table_id>.csv")
def table(organisation_id: str, table_id: str) -> Response:
    """Return one table as CSV."""
    found = asked_table(span_view(seen(organisation_id)).report(), table_id)
    if found is None:
        abort(_NOT_FOUND)
    text = csv_text(found, current_language())
    return file_answer(text.encode(), CSV, f"{organisation_id}-{table_id}.csv")


@bp.get("/spans/plots/<plot_id>.<any(svg, png):form>")
def plot(organisation_id: str, plot_id: str, form: str) -> Response:
    """Return a plot as a picture."""
    view = span_view(seen(organisation_id))
    if plot_id not in PLOTS:
        abort(_NOT_FOUND)
    spec = PLOTS[plot_id](view.report(), current_language())
    name = f"{organisation_id}-{plot_id}.{form}"
    if form == "svg":
        return file_answer(plot_svg(spec).encode(), "image/svg+xml", name)
    return file_answer(plot_png(spec), "image/png", name)


@bp.get("/spans/of/<position_id>")
def explanation(organisation_id: str, position_id: str) -> str:
    """Explain the figures of one leader."""
    context = explanation_context(span_view(seen(organisation_id)), position_id)
    return render_template("spans/explanation.html", page=context)
