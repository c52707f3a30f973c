"""The counts of a span report: leaders by band, by layer and by kind of work, and averages.

A post with several seats enters averages once per seat, with an even share of its span for each. Since
spans may be intervals, a figure is computed twice: over the lower ends and over the upper ends. Its
upper end is open (None) if an open span contributes to it. Unknown spans (open intervals from 0) are
left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.model.amounts import Interval
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.leader_figures import Counts, Floats
    from orgmodel.model.bands import Band, Fit, WorkBand
    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many leaders' seats are in a band.

    Attributes
    ----------
    band
        None for unknown spans.
    leaders
        Leaders whose span has its lower end in the band.
    settled
        Those of them whose span is one number regardless of unknowns and assumptions.
    assumed
        Those of them whose span is one number under the assumptions.
    certain
        Leaders who are in the band regardless of unknowns and assumptions.
    possible
        Leaders who may be in the band.
    """

    band: Band | None
    leaders: int
    settled: int
    assumed: int
    certain: int
    possible: int

    @property
    def by_knowing(self) -> dict[Knowing, int]:
        """Its leaders by how well their spans are known."""
        if self.band is None:
            return {Knowing.UNKNOWN: self.leaders}
        return {
            Knowing.SETTLED: self.settled,
            Knowing.ASSUMED: self.assumed,
            Knowing.BOUNDED: self.leaders - self.settled - self.assumed,
        }

    @property
    def is_shown(self) -> bool:
        """Whether charts show it; they hide the band of span 0 and that of unknown spans if empty."""
        return bool(self.leaders) or (self.band is not None and self.band.low > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCount:
    """The leaders and their staff on a layer, in seats.

    Attributes
    ----------
    layer
        1 at the top.
    leaders_of_leaders, leaders_of_staff, political
        The leaders who lead leaders, who lead staff alone, and the politicians.
    staff
        Those who lead nobody and report to a chosen leader of the layer above.
    """

    layer: int
    leaders: int
    leaders_of_leaders: int
    leaders_of_staff: int
    political: int
    staff: Interval
    median_span: Interval | None


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How many spans of a kind of work are below, in or above its band; `work` None is other work."""

    work: WorkBand | None
    fits: dict[Fit, int]

    @property
    def leaders(self) -> int:
        """All leaders of this kind of work."""
        return sum(self.fits.values())


AVERAGE_WORDS: Mapping[str, str] = {
    "all": N_("All leaders here"),
    "of-leaders": N_("Leaders of leaders"),
    "of-staff": N_("Leaders of staff"),
    "tops": N_("The top leaders here"),
    "right-below": N_("Their direct leaders"),
    "below": N_("All leaders below the top"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """The mean and the median of some leaders' spans, with and without vacant seats.

    The firm values are those without assumptions.
    """

    id: str
    leaders: int
    known: int
    mean: Interval | None
    median: Interval | None
    mean_without_vacant: Interval | None
    median_without_vacant: Interval | None
    firm_mean: Interval | None
    firm_median: Interval | None

    @property
    def over(self) -> Worded:
        """The leaders whose spans are averaged, in words."""
        return message(AVERAGE_WORDS[self.id])


@dataclass(frozen=True, slots=True)
class OneToOne:
    """Leaders of exactly one leader and nobody else: certain ones, and possible ones."""

    certain: int
    possible: int


@dataclass(frozen=True)
class SpansPerSeat:
    """The known spans of leaders, each repeated for every seat of its post.

    Attributes
    ----------
    lows, highs
        The lower and the upper ends, sorted separately; an open end is infinite.
    settled
        The spans whose two ends are equal.
    """

    lows: Floats
    highs: Floats
    settled: Floats

    @classmethod
    def of(cls, counts: Counts, *, firm: bool = False) -> SpansPerSeat:
        """Return the spans of some leaders; if `firm`, without assumptions."""
        known = counts.span.is_known
        spans = (counts.firm_span if firm else counts.span).per(counts.seats).of(known)
        lows, highs = (np.repeat(ends, counts.seats[known]) for ends in (spans.low, spans.high))
        return cls(np.sort(lows), np.sort(highs), lows[lows == highs])

    def __len__(self) -> int:
        return len(self.lows)

    def mean(self) -> Interval | None:
        """Return the mean; None without spans."""
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
        """Return the number of seats by settled whole span, in ascending order of spans."""
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
