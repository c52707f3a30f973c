"""Partial dates (a day, a month or a year), as given by sources, and periods between them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING

from orgmodel.texts import format_day

if TYPE_CHECKING:
    from orgmodel.texts import Language

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of day, month or year precision, as given by its source."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date of a text like 2026, 2026-05 or 2026-05-01.

        Raises
        ------
        ValueError
            If it has another format, or no such day exists.
        """
        match = _SHAPE.match(text)
        if match is None:
            reason = f"{text!r} is not a date"
            raise ValueError(reason)
        year, month, day = (int(part) if part else None for part in match.groups())
        date(year or 0, month or 1, day or 1)
        return cls(year or 0, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return a day as a date of day precision."""
        return cls(day.year, day.month, day.day)

    def a_year_later(self) -> PartialDate | None:
        """Return the same date a year later, 28 February for 29; None past the last year."""
        if self.year >= MAXYEAR:
            return None
        is_leap_day = (self.month, self.day) == (2, 29)
        return PartialDate(self.year + 1, self.month, 28 if is_leap_day else self.day)

    def first_day(self) -> date:
        """Return the first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def text(self, language: Language) -> str:
        """Return the date in words, at its precision: 1. maj 2026, maj 2026, 2026."""
        if self.month is None:
            return str(self.year)
        return format_day(self.first_day(), language, "long" if self.day is not None else "LLLL y")

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """The time from `start` to `end`, both included; None if an end is open.

    A start in May means from 1 May, an end in May means until 31 May.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the period is in force on `day`."""
        begun = self.start is None or self.start.first_day() <= day
        ended = self.end is not None and self.end.last_day() < day
        return begun and not ended

    def is_in_order(self) -> bool:
        """Tell whether the period does not end before it starts."""
        if self.start is None or self.end is None:
            return True
        return self.start.first_day() <= self.end.last_day()


ALWAYS = Period()
