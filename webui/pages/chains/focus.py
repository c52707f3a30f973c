"""The view of one post with those around it."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.asking.state import seen
from webui.pages.chains.page import focus_context

bp = Blueprint("focus", __name__, url_prefix="/<organisation_id>/focus")


@bp.get("/<position_id>")
def page(organisation_id: str, position_id: str) -> str:
    """Show the chain above a post, its peers, and the two layers below."""
    context = focus_context(seen(organisation_id), position_id)
    return render_template("pages/chains/focus.html", page=context)
