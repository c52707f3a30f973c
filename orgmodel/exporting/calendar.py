"""Dates as an iCalendar file (RFC 5545), for the calendars of Outlook, Google and phones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from orgmodel.exporting.contents import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_MOST_OCTETS = 75
_DAY = timedelta(days=1)
_ESCAPED = re.compile(r"[\\;,\n]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of whole days.

    Attributes
    ----------
    key
        What it is, whatever its words and dates: a calendar replaces the event of the same key.
    last
        The last day, included.
    url
        The page that it is from; empty without one.
    """

    key: str
    first: date
    last: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(events: Iterable[Event], *, name: str, stamp: date) -> bytes:
    """Return an iCalendar file of events.

    Parameters
    ----------
    name
        The name of the calendar.
    stamp
        The day on which the information was last changed.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//orgmodel//Organisation explorer//DA",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, event.key)}"
    yield f"DTSTAMP:{_digits(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_digits(event.first)}"
    # The end is the first day that no longer belongs to it; the calendar has no day after the last.
    if event.last < event.last.max:
        yield f"DTEND;VALUE=DATE:{_digits(event.last + _DAY)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{_address(event.url)}"
    # It takes no time from the day.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _digits(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """Return a value of type TEXT: escaped, without control characters (RFC 5545, 3.3.11)."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], plain(text))


def _address(url: str) -> str:
    return "".join(url.split())


def _folded(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets, each a line (RFC 5545, 3.1)."""
    pieces = [b""]
    for letter in line:
        octets = letter.encode()
        # The space at the start of a continued line counts too.
        if len(pieces[-1]) + len(octets) > _MOST_OCTETS - (len(pieces) > 1):
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
