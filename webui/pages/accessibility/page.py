"""The accessibility statement that Danish law asks of public bodies' sites.

Its parts follow the model statement of Commission Implementing Decision (EU) 2018/1523, which the
Danish act on the accessibility of public bodies' websites and mobile applications (no. 692 of 8 June
2018) builds on.
"""

from __future__ import annotations

from datetime import date

from flask import current_app

from orgmodel.texts import format_day
from webui.asking.languages import current_language
from webui.pages.accessibility.context import AccessibilityContext

# The day on which the pages were last gone through by hand and by axe for this statement.
PREPARED = date(2026, 11, 21)


def accessibility_context() -> AccessibilityContext:
    """Return the statement of whoever runs this server."""
    contact = str(current_app.config["CONTACT"])
    return AccessibilityContext(
        owner=str(current_app.config["OWNER"]),
        contact=contact,
        contact_href=contact_address(contact),
        prepared=format_day(PREPARED, current_language()),
    )


def contact_address(contact: str) -> str:
    """Return the address of a contact: a page's, a mailbox's, or none."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
