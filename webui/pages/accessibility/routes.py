"""The accessibility statement."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.pages.accessibility.page import accessibility_context

bp = Blueprint("accessibility", __name__)


@bp.get("/accessibility")
def page() -> str:
    """Show the statement."""
    return render_template("pages/accessibility/page.html", page=accessibility_context())
