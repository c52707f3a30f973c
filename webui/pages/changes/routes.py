"""What changes between two dates, as a page and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.state import repository, seen
from webui.pages.changes.page import changes_context

if TYPE_CHECKING:
    from flask import Response

    from webui.pages.changes.context import ChangesContext

bp = Blueprint("changes", __name__, url_prefix="/<organisation_id>")


@bp.get("/changes")
def page(organisation_id: str) -> str:
    """Show the changes."""
    return render_template("pages/changes/page.html", page=_context(organisation_id))


@bp.get("/changes.json")
def data(organisation_id: str) -> Response:
    """Return what the page says."""
    return jsonify(asdict(_context(organisation_id)))


def _context(organisation_id: str) -> ChangesContext:
    return changes_context(seen(organisation_id), repository().versions(organisation_id))
