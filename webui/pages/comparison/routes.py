"""The page that compares organisations, and its JSON twin."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import all_seen
from webui.pages.comparison.page import comparison_context

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("comparison", __name__)


@bp.get("/compare")
def page() -> str:
    """Show the organisations side by side."""
    return render_template("pages/comparison/page.html", page=comparison_context(all_seen()))


@bp.get("/compare.json")
def data() -> Response:
    """Return what the page says."""
    return jsonify(asdict(comparison_context(all_seen())))
