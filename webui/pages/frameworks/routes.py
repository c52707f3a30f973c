"""The page of an organisation's leadership frameworks, and its JSON twin."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import seen
from webui.pages.frameworks.page import frameworks_context

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("frameworks", __name__)


@bp.get("/<organisation_id>/frameworks")
def page(organisation_id: str) -> str:
    """Show them."""
    context = frameworks_context(seen(organisation_id))
    return render_template("pages/frameworks/page.html", page=context)


@bp.get("/<organisation_id>/frameworks.json")
def data(organisation_id: str) -> Response:
    """Return what the page says."""
    return jsonify(asdict(frameworks_context(seen(organisation_id))))
