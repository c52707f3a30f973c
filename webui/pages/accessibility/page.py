"""The accessibility statement that Danish law asks of public bodies' sites.

Its parts follow the model statement of Commission Implementing Decision (EU) 2018/1523, which the
Danish act on the accessibility of public bodies' websites and mobile applications (no. 692 of 8 June
2018) builds on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template

from orgmodel.texts import format_day
from webui.asking.edge import current_viewer

if TYPE_CHECKING:
    from webui.asking.viewer import Viewer

bp = Blueprint("accessibility", __name__)


@bp.get("/accessibility")
def page() -> str:
    """Show the statement."""
    config = current_app.config
    context = accessibility_context(current_viewer(), str(config["OWNER"]), str(config["CONTACT"]))
    return render_template("pages/accessibility/page.html", page=context)


@dataclass(frozen=True, slots=True)
class AccessibilityContext:
    """The accessibility statement.

    Attributes
    ----------
    owner
        Who is responsible for the site; empty if not configured.
    contact, contact_href
        Where barriers are reported, and its link if it is an address.
    prepared
        The day on which the statement was made.
    """

    owner: str
    contact: str
    contact_href: str
    prepared: str


# The day of the last review of the pages, by hand and with axe, for this statement.
PREPARED = date(2026, 11, 21)


def accessibility_context(viewer: Viewer, owner: str, contact: str) -> AccessibilityContext:
    """Return the statement with the settings of this server's operator."""
    return AccessibilityContext(
        owner=owner,
        contact=contact,
        contact_href=contact_address(contact),
        prepared=format_day(PREPARED, viewer.language),
    )


def contact_address(contact: str) -> str:
    """Return the link of a contact: a URL, a mailto link, or an empty text."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
