"""Two sets of spans of control side by side: two organisations, two parts, or two dates."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from orgmodel.exporting.csv_tables import csv_text
from webui.asking.languages import current_language
from webui.pages.span_comparison.page import compared_table, comparison_data, context
from webui.server.downloads import CSV, file_answer

bp = Blueprint("span_comparisons", __name__)


@bp.get("/spans/compare")
def page() -> str:
    """Show them, the differences first."""
    return render_template("pages/span_comparison/page.html", page=context())


@bp.get("/spans/compare.json")
def data() -> Response:
    """Return what the page says."""
    return jsonify(comparison_data())


@bp.get("/spans/compare.csv")
def table() -> Response:
    """Return the differences as CSV."""
    text = csv_text(compared_table(), current_language())
    return file_answer(text.encode(), CSV, "spans-compared.csv")
