"""The dates of a first year on a line to scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.texts import format_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgmodel.texts import Language

# The line leaves room for half a label at both ends, in percent of the width.
_FIRST_AT, _LAST_AT = 5.0, 95.0
# Two numbers closer than this, in percent, would touch on a phone: the second stands a row higher.
_APART = 8.0
_MOST_MONTHS = 4
_MONTHS_OF_A_YEAR = 12
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200)


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered date on the line.

    Attributes
    ----------
    at, until
        Where it begins and ends, in percent of the width.
    row
        How many rows its number stands above the lowest.
    """

    number: int
    kind: str
    at: float
    until: float
    row: int


@dataclass(frozen=True, slots=True)
class MonthMark:
    """The first day of a month on the line."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A line on which equal times have equal lengths.

    Attributes
    ----------
    rows
        The number of rows of numbers above it.
    today_at
        The place of today; None if it is not on the line.
    """

    marks: tuple[Mark, ...]
    months: tuple[MonthMark, ...]
    rows: int
    today_at: float | None


@dataclass(frozen=True, slots=True)
class Span:
    """A date to place: its first and last day; `is_year` if no more than the year is known."""

    kind: str
    first: date
    last: date
    is_year: bool = False


def timeline(
    spans: Sequence[Span], language: Language, *, begins: date | None, today: date | None
) -> Timeline | None:
    """Return dates on a line to scale; None without two days to scale it by.

    A date of which only the year is known does not stretch the line.

    Parameters
    ----------
    begins
        The first day of the line; None for that of the first date.
    """
    days = [day for one in spans if not one.is_year for day in (one.first, one.last)]
    if not days:
        return None
    low, high = begins or min(days), max(days)
    if low >= high:
        return None

    def place(day: date) -> float:
        share = (min(max(day, low), high) - low) / (high - low)
        return round(_FIRST_AT + (_LAST_AT - _FIRST_AT) * share, 2)

    marks = tuple(_marks([(one.kind, place(one.first), place(one.last)) for one in spans]))
    return Timeline(
        marks=marks,
        months=tuple(
            MonthMark(place(day), format_day(day, language, "MMM y")) for day in _months(low, high)
        ),
        rows=max(mark.row for mark in marks) + 1,
        today_at=place(today) if today is not None and low <= today <= high else None,
    )


def _marks(places: Sequence[tuple[str, float, float]]) -> Iterator[Mark]:
    """Yield the marks; each number stands in the lowest row in which it touches no other."""
    ends: list[float] = []
    for number, (kind, at, until) in sorted(
        enumerate(places, start=1), key=lambda one: (one[1][1], one[0])
    ):
        free = [row for row, end in enumerate(ends) if at - end >= _APART]
        row = free[0] if free else len(ends)
        ends[row : row + 1] = [at]
        yield Mark(number, kind, at, until, row)


def _months(low: date, high: date) -> Iterator[date]:
    """Yield a few first days of months, at equal steps from January on."""
    first = low.year * _MONTHS_OF_A_YEAR + low.month - (low.day == 1)
    last = high.year * _MONTHS_OF_A_YEAR + high.month - 1
    step = next((one for one in _STEPS if last // one - (first - 1) // one <= _MOST_MONTHS), None)
    if step is None:
        return
    for month in range(-(-first // step) * step, last + 1, step):
        yield low.replace(
            year=month // _MONTHS_OF_A_YEAR, month=month % _MONTHS_OF_A_YEAR + 1, day=1
        )
