"""The walk for a new leader."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.asking.state import seen
from webui.pages.walk.page import walk_context, walk_start

bp = Blueprint("walks", __name__, url_prefix="/<organisation_id>/new")


@bp.get("")
def start(organisation_id: str) -> str:
    """Ask for the post."""
    return render_template("pages/walk/start.html", page=walk_start(seen(organisation_id)))


@bp.get("/<position_id>/<step>")
def step(organisation_id: str, position_id: str, step: str) -> str:
    """Show a step, or all of them."""
    context = walk_context(seen(organisation_id), position_id, step)
    return render_template("pages/walk/page.html", page=context)
