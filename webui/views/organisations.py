"""The front page: the organisations, and the files that could not be read."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.presenting.index import index_context
from webui.state import all_seen, repository

bp = Blueprint("organisations", __name__)


@bp.get("/")
def index() -> str:
    """Show all organisations."""
    return render_template(
        "organisations/index.html", page=index_context(all_seen(), repository().broken())
    )
