"""The day of today: the one place where pages read the system's clock."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """Return the day of today where the server is."""
    return datetime.now().astimezone().date()
