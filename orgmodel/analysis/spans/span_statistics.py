"""Means, medians and quartiles of spans that may be intervals; a post enters once per seat.

A post with several seats enters with an even share of its span for each. A figure is taken twice:
over the lower ends and over the upper ends. Its upper end is open (None) where an open span takes
part in it. Spans of which nothing is known, from 0 without an end, are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.model.amounts import Interval

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.counting import Counts

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SpansPerSeat:
    """The spans of leaders whose span is known at all, each as often as its post has seats.

    Attributes
    ----------
    lows, highs
        Both ends, each sorted by itself; an open end is infinite.
    settled
        Those whose two ends are one.
    """

    lows: Floats
    highs: Floats
    settled: Floats

    @classmethod
    def of(cls, counts: Counts, *, firm: bool = False) -> SpansPerSeat:
        """Return the spans of some leaders, `firm` ones as they are without what is assumed."""
        known = counts.is_known
        seats = counts.seats[known]
        both = (counts.firm_low, counts.firm_high) if firm else (counts.span_low, counts.span_high)
        lows, highs = (np.repeat((ends / counts.seats)[known], seats) for ends in both)
        return cls(np.sort(lows), np.sort(highs), lows[lows == highs])

    def __len__(self) -> int:
        return len(self.lows)

    def mean(self) -> Interval | None:
        """Return the mean; None without any span."""
        if not len(self):
            return None
        return _rounded(float(self.lows.mean()), float(self.highs.mean()))

    def quantile(self, share: float) -> Interval | None:
        """Return a quantile, linear between neighbours (Hyndman & Fan, type 7)."""
        if not len(self):
            return None
        return _rounded(_quantile(self.lows, share), _quantile(self.highs, share))

    def median(self) -> Interval | None:
        """Return the median."""
        return self.quantile(0.5)

    def quartiles(self) -> tuple[Interval, Interval] | None:
        """Return the first and the third quartile."""
        first, third = self.quantile(0.25), self.quantile(0.75)
        return None if first is None or third is None else (first, third)

    def distribution(self) -> dict[int, int]:
        """Return how many seats have each whole span that is settled, the narrowest first."""
        values, times = np.unique(self.settled, return_counts=True)
        pairs = zip(values.tolist(), times.tolist(), strict=True)
        return {int(value): count for value, count in pairs if float(value).is_integer()}


def _rounded(low: float, high: float) -> Interval:
    return Interval(round(low, 1), None if math.isinf(high) else round(high, 1))


def _quantile(values: Floats, share: float) -> float:
    place = share * (len(values) - 1)
    before, after = float(values[math.floor(place)]), float(values[math.ceil(place)])
    if before == after:
        return before
    return before + (after - before) * (place - math.floor(place))
