"""The page of one post, and its panel beside a chart."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.edge import current_viewer, requested_organisation
from webui.pages.post.page import post_context
from webui.pages.post.panel import post_panel

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("posts", __name__, url_prefix="/<organisation_id>/positions")


@bp.get("/<position_id>")
def page(organisation_id: str, position_id: str) -> str:
    """Show a post."""
    context = post_context(current_viewer(), requested_organisation(organisation_id), position_id)
    return render_template("pages/post/page.html", page=context)


@bp.get("/<position_id>/panel.json")
def panel(organisation_id: str, position_id: str) -> Response:
    """Return the panel of a post beside a chart."""
    return jsonify(
        asdict(post_panel(current_viewer(), requested_organisation(organisation_id), position_id))
    )
