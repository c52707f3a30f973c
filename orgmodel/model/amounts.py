"""Amounts with their precision, and the intervals derived from them.

An amount is stored as in its source: a value and a qualifier. For calculations it is converted to
an interval. Sources do not define the width of "ca." or "godt", so the widths are a convention of
this product, stated here and wherever an interval is explained, and not attributed to the source:

- exact: the value itself
- approximate ("ca."): 5 % to either side
- just over ("godt"): from the value to 10 % above it
- just under ("knap"): from 10 % below the value to the value
- at least / at most: unbounded on the other side (the lower bound is never below 0)
- a range: its two ends
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.provenance import NO_EVIDENCE, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.model.dates import PartialDate
    from orgmodel.model.names import Text

APPROXIMATE_SHARE = 0.05
JUST_SHARE = 0.10


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; `high` is None if there is no upper bound."""

    low: float
    high: float | None

    @property
    def is_exact(self) -> bool:
        """Whether the interval contains a single value."""
        return self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known: the interval is from 0, without an upper bound."""
        return self.low == 0 and self.high is None

    def __add__(self, other: Interval) -> Interval:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that contains both."""
        is_open = self.high is None or other.high is None
        high = None if is_open else max(self.high or 0, other.high or 0)
        return Interval(min(self.low, other.low), high)

    def less(self, other: Interval) -> Interval:
        """Return the interval minus a part of it; never below 0."""
        low = 0 if other.high is None else max(0, self.low - other.high)
        high = None if self.high is None else max(0, self.high - other.low)
        return Interval(low, high)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two intervals have a common value."""
        return (other.high is None or self.low <= other.high) and (
            self.high is None or other.low <= self.high
        )

    def as_dict(self) -> dict[str, float | None]:
        """Return both ends by name, an open end as None."""
        return {"low": self.low, "high": self.high}


def exactly(value: float) -> Interval:
    """Return the interval that contains only `value`."""
    return Interval(value, value)


ZERO = exactly(0)
UNKNOWN = Interval(0, None)


def total(parts: list[Interval]) -> Interval:
    """Return the sum of intervals; exactly 0 if there are none."""
    result = ZERO
    for part in parts:
        result = result + part
    return result


def hull(parts: Iterable[Interval]) -> Interval | None:
    """Return the smallest interval that contains all, or None if there are none."""
    found: Interval | None = None
    for part in parts:
        found = part if found is None else found.hull(part)
    return found


class Precision(StrEnum):
    """How a source qualifies an amount."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    JUST_OVER = "just-over"
    JUST_UNDER = "just-under"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    RANGE = "range"


class Measure(StrEnum):
    """What an amount counts. Employees and full-time equivalents are never mixed."""

    EMPLOYEES = "employees"
    FTE = "fte"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number that a source states, with its precision.

    Attributes
    ----------
    value
        The number, or the lower end of a range. None for a share of an unknown total.
    upper
        The upper end of a range, else None.
    share, of_unit_id
        Set where the source states a share of another unit's amount ("ca. halvdelen"); `value` is
        then computed from that amount.
    currency
        Of a budget: the unit of account, such as "kr.".
    without_leaders
        Whether the number excludes leaders, who have to be added to it.
    leader_included
        Whether the number includes the leader of the unit; None if that is not stated.
    """

    measure: Measure
    value: float | None
    precision: Precision = Precision.EXACT
    upper: float | None = None
    share: float | None = None
    of_unit_id: str | None = None
    currency: str | None = None
    without_leaders: bool = False
    leader_included: bool | None = None
    as_of: PartialDate | None = None
    note: Text | None = None
    evidence: Evidence = NO_EVIDENCE

    def interval(self) -> Interval:
        """Return the interval of the amount, in whole numbers for heads (see the module)."""
        if self.value is None:
            return UNKNOWN
        low, high = self._bounds(self.value)
        if self.measure is not Measure.EMPLOYEES:
            return Interval(low, high)
        # Heads are integers: 90 ± 5 % is 85.5 to 94.5, so 85 to 95. Rounded outwards, so that "ca.
        # 10" is not exactly 10; to six decimals first, so that 100 × 1.1 does not become 111.
        return Interval(
            math.floor(round(low, 6)), None if high is None else math.ceil(round(high, 6))
        )

    def _bounds(self, value: float) -> tuple[float, float | None]:
        bounds: dict[Precision, tuple[float, float | None]] = {
            Precision.EXACT: (value, value),
            Precision.APPROXIMATE: (
                value * (1 - APPROXIMATE_SHARE),
                value * (1 + APPROXIMATE_SHARE),
            ),
            Precision.JUST_OVER: (value, value * (1 + JUST_SHARE)),
            Precision.JUST_UNDER: (value * (1 - JUST_SHARE), value),
            Precision.AT_LEAST: (value, None),
            Precision.AT_MOST: (0, value),
            Precision.RANGE: (value, self.upper),
        }
        return bounds[self.precision]
