"""The groups of an organisation, as a page and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import seen
from webui.pages.groups.page import groups_context

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("groups", __name__, url_prefix="/<organisation_id>")


@bp.get("/groups")
def page(organisation_id: str) -> str:
    """Show the groups."""
    return render_template("pages/groups/page.html", page=groups_context(seen(organisation_id)))


@bp.get("/groups.json")
def data(organisation_id: str) -> Response:
    """Return what the page says."""
    return jsonify(asdict(groups_context(seen(organisation_id))))
