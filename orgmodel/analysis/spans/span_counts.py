"""What a span report counts: leaders by band, by layer, by kind of work, and averages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.counting import Knowing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from orgmodel.model.amounts import Interval
    from orgmodel.model.bands import Band, Fit, WorkBand

    Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many leaders' seats are in a band.

    Attributes
    ----------
    band
        None for spans of which nothing is known.
    leaders
        Those whose least span is in it.
    settled
        Those of them whose span is one number, whatever the data leave open or assume.
    assumed
        Those of them whose span is one number under what is assumed.
    certain
        Those who are in the band whatever the data leave open or assume.
    possible
        Those who may be in it.
    """

    band: Band | None
    leaders: int
    settled: int
    assumed: int
    certain: int
    possible: int

    @property
    def by_knowing(self) -> dict[Knowing, int]:
        """Its leaders by what is known of their spans."""
        if self.band is None:
            return {Knowing.UNKNOWN: self.leaders}
        return {
            Knowing.SETTLED: self.settled,
            Knowing.ASSUMED: self.assumed,
            Knowing.BOUNDED: self.leaders - self.settled - self.assumed,
        }

    @property
    def is_shown(self) -> bool:
        """Whether charts show it: an empty one only if it is a band of spans above 0."""
        return bool(self.leaders) or (self.band is not None and self.band.low > 0)


@dataclass(frozen=True, slots=True)
class LayerCount:
    """The leaders and their staff on a layer, in seats.

    Attributes
    ----------
    layer
        1 at the top.
    of_leaders, of_staff, political
        The leaders who lead leaders, who lead staff alone, and the politicians.
    staff
        Those who lead nobody and report to a chosen leader of the layer above.
    """

    layer: int
    leaders: int
    of_leaders: int
    of_staff: int
    political: int
    staff: Interval
    median_span: Interval | None


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How the spans of one kind of work lie to its band; `work` None of kinds that nobody names."""

    work: WorkBand | None
    fits: dict[Fit, int]

    @property
    def leaders(self) -> int:
        """All of them."""
        return sum(self.fits.values())


@dataclass(frozen=True, slots=True)
class Average:
    """The mean and the median of some leaders' spans, with vacant seats counted and without.

    The firm ones are those without what is assumed.
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


@dataclass(frozen=True, slots=True)
class OneToOne:
    """Leaders of exactly one leader and nobody else: for certain, and where the data leave it open."""

    certain: int
    possible: int
