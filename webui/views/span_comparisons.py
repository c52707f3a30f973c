"""Two sets of spans of control side by side: two organisations, two parts, or two dates."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from orgmodel.exporting.csv_tables import csv_text
from webui.downloads import CSV, file_answer
from webui.languages import current_language
from webui.presenting.span_comparison import compared_table, comparison_data, context

bp = Blueprint("span_comparisons", __name__)


@bp.get("/spans/compare")
def page() -> str:
    """Show them, the differences first."""
    return render_template("spans/comparison.html", page=context())


@bp.get("/spans/compare.json")
def data() -> Response:
    """Return what the page says."""
    return jsonify(comparison_data())


@bp.get("/spans/compare.csv")
def table() -> Response:
    """Return the differences as CSV."""
    text = csv_text(compared_table(), current_language())
    return file_answer(text.encode(), CSV, "spans-compared.csv")
