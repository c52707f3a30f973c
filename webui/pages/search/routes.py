"""Searching an organisation for posts, as a page and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.params import search_query
from webui.asking.state import seen
from webui.pages.index.page import search_context

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("searches", __name__)


@bp.get("/<organisation_id>/search")
def page(organisation_id: str) -> str:
    """Show what a search finds."""
    context = search_context(seen(organisation_id), search_query())
    return render_template("pages/search/page.html", page=context)


@bp.get("/<organisation_id>/search.json")
def data(organisation_id: str) -> Response:
    """Return what a search finds."""
    return jsonify(asdict(search_context(seen(organisation_id), search_query())))
