"""The page of one unit, and its panel as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import seen
from webui.pages.unit.page import unit_context, unit_panel

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("units", __name__, url_prefix="/<organisation_id>/units")


@bp.get("/<unit_id>")
def page(organisation_id: str, unit_id: str) -> str:
    """Show a unit."""
    return render_template(
        "pages/unit/page.html", page=unit_context(seen(organisation_id), unit_id)
    )


@bp.get("/<unit_id>.json")
def data(organisation_id: str, unit_id: str) -> Response:
    """Return a unit in short."""
    return jsonify(asdict(unit_panel(seen(organisation_id), unit_id)))
