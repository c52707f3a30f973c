"""The front page: the organisations, and the files that could not be read."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.asking.state import listings, repository
from webui.pages.index.page import index_context

bp = Blueprint("organisations", __name__)


@bp.get("/")
def index() -> str:
    """Show all organisations."""
    context = index_context(listings(), repository().faulty(), repository().unread())
    return render_template("pages/index/page.html", page=context)
