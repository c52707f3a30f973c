"""The front page: the organisations, and the files that could not be read."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.presenting.index import index_context
from webui.state import listings, repository

bp = Blueprint("organisations", __name__)


@bp.get("/")
def index() -> str:
    """Show all organisations."""
    context = index_context(listings(), repository().faulty(), repository().unread())
    return render_template("organisations/index.html", page=context)
