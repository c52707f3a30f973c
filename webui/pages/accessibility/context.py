"""What the accessibility statement shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessibilityContext:
    """The accessibility statement.

    Attributes
    ----------
    owner
        Who answers for the site; empty where the server has not been told.
    contact, contact_href
        Where barriers are reported, and its address where it is one.
    prepared
        The day on which the statement was made.
    """

    owner: str
    contact: str
    contact_href: str
    prepared: str
