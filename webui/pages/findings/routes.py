"""The page of what an organisation's data leave open or contradict, and its JSON twin."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import seen
from webui.pages.findings.page import findings_context

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("findings", __name__)


@bp.get("/<organisation_id>/findings")
def page(organisation_id: str) -> str:
    """Show them."""
    context = findings_context(seen(organisation_id))
    return render_template("pages/findings/page.html", page=context)


@bp.get("/<organisation_id>/findings.json")
def data(organisation_id: str) -> Response:
    """Return what the page says."""
    return jsonify(asdict(findings_context(seen(organisation_id))))
