"""What holds for a whole visit and stays in every address: names shown or not, and the date."""

from __future__ import annotations

from datetime import date

from flask import current_app, request

OFF = "off"
VISIT = ("lang", "names", "date")
_EARLIEST, _LATEST = 1800, 2200


def names_are_shown() -> bool:
    """Tell whether people are named on the page that is being made."""
    return names_can_be_shown() and request.args.get("names") != OFF


def names_can_be_shown() -> bool:
    """Tell whether the server names people at all."""
    return bool(current_app.config["NAMES"])


def stated_names() -> str | None:
    """Return what the address says of names, None where it says nothing."""
    return OFF if request.args.get("names") == OFF else None


def stated_day() -> date | None:
    """Return the date that the address asks for, None where it names none that can be read."""
    return parse_day(request.args.get("date"))


def parse_day(text: str | None) -> date | None:
    """Return the day that an address writes as 2026-05-01; None for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def visit_params() -> tuple[tuple[str, str], ...]:
    """Return the names and values that a form passes on, so that the visit stays as it is."""
    return tuple((name, request.args[name]) for name in VISIT if name in request.args)
