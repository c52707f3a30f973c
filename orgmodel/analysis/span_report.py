"""The spans of control of some of an organisation's leaders, seen from every side that HR asks about.

All of it is worked out from the figures of the leaders (`spans.py`) in passes over arrays. Shares and
bands count seats: a post that stands for six leaders is six. A leader's span is banded by the least
that it can be, as its headline says it; how many are in the band whatever it is stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.bands import band_list
from orgmodel.analysis.choosing import EVERYBODY, Choice, Leaders
from orgmodel.analysis.counting import LEVELS
from orgmodel.analysis.post_arrays import STATUSES
from orgmodel.analysis.span_statistics import SpansPerSeat
from orgmodel.analysis.spans import spans as count_spans
from orgmodel.analysis.summary import may_be_one_to_one, one_to_one
from orgmodel.model.amounts import Interval
from orgmodel.model.bands import BandSet, Fit
from orgmodel.model.entities import Level, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from orgmodel.analysis.counting import Counts
    from orgmodel.analysis.spans import Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.bands import Band, Published, WorkBand

    Codes = npt.NDArray[np.int64]

FITS = tuple(Fit)
_LEADS_LEADERS = tuple(
    LEVELS.index(level) for level in (Level.LEADER_OF_LEADERS, Level.FUNCTIONAL, Level.TOP)
)
_LEADS_STAFF = LEVELS.index(Level.LEADER_OF_STAFF)
_POLITICAL = LEVELS.index(Level.POLITICAL)


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
        Those of them whose span is one number, whatever the data leave open.
    possible
        Those who may be in it.
    """

    band: Band | None
    leaders: int
    settled: int
    possible: int


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
        Those who lead nobody and refer to a chosen leader of the layer above.
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
    """The mean and the median of some leaders' spans, with vacant posts counted and without."""

    id: str
    leaders: int
    known: int
    mean: Interval | None
    median: Interval | None
    mean_without_vacant: Interval | None
    median_without_vacant: Interval | None


@dataclass(frozen=True, slots=True)
class OneToOne:
    """Leaders of exactly one leader and nobody else: for certain, and where the data leave it open."""

    certain: int
    possible: int


class SpanReport:
    """The figures of the chosen leaders.

    Parameters
    ----------
    leaders
        The leaders of the organisation.
    without_vacant
        The same organisation's figures where vacant posts do not count.
    bands
        What the spans are held against.
    choice
        Which leaders are asked about.
    """

    def __init__(
        self,
        leaders: Leaders,
        without_vacant: Spans,
        bands: BandSet,
        choice: Choice = EVERYBODY,
    ) -> None:
        self.leaders = leaders
        self.spans = leaders.spans
        self.without_vacant = without_vacant
        self.bands = bands
        self.choice = choice
        self.chosen = leaders.chosen(choice)
        self.places = np.flatnonzero(self.chosen)

    def among(self, position_ids: Iterable[str]) -> tuple[SpanReport, int]:
        """Return the figures of those chosen leaders whose posts are given.

        Returns
        -------
        report
            What this report leaves out it leaves out, too.
        left_out
            The seats of the given leaders whom it leaves out.
        """
        places = self.spans.places
        mask = np.zeros(len(self.spans), np.bool_)
        mask[[places[one] for one in set(position_ids) if one in places]] = True
        found = SpanReport(self.leaders, self.without_vacant, self.bands, self.choice)
        found.chosen = self.chosen & mask
        found.places = np.flatnonzero(found.chosen)
        return found, int(self.spans.counts.seats[mask & ~self.chosen].sum())

    @cached_property
    def counts(self) -> Counts:
        """The figures of the chosen leaders, in reading order."""
        return self.spans.counts.of(self.chosen)

    @cached_property
    def known(self) -> SpansPerSeat:
        """The spans that are known at all."""
        return SpansPerSeat.of(self.counts)

    @property
    def seats(self) -> int:
        """How many leaders there are."""
        return int(self.counts.seats.sum())

    def with_status(self, status: Status) -> int:
        """Return how many leaders' seats are of a status."""
        return int(self.counts.seats[self.counts.statuses == STATUSES.index(status)].sum())

    # Bands ------------------------------------------------------------------------------------

    @cached_property
    def least(self) -> npt.NDArray[np.float64]:
        """The least that each leader's span can be, for each seat."""
        return self.counts.least

    @cached_property
    def most(self) -> npt.NDArray[np.float64]:
        """The most that each leader's span can be, for each seat; infinite where it is open."""
        return self.counts.most

    @cached_property
    def is_known(self) -> Mask:
        """Whether anything is known of each leader's span."""
        return self.counts.is_known

    @cached_property
    def band_codes(self) -> Codes:
        """The place of each leader's band in `band_list`, by the least that the span can be."""
        return np.digitize(self.least, [band.low for band in self.band_list]) - 1

    @cached_property
    def band_list(self) -> tuple[Band, ...]:
        """The bands that others publish, and before them one for spans of nobody."""
        return band_list()

    def band_counts(self) -> list[BandCount]:
        """Return how many leaders are in each band, those of whom nothing is known last."""
        seats = self.counts.seats
        last = np.digitize(self.most, [band.low for band in self.band_list]) - 1
        found = []
        for n, band in enumerate(self.band_list):
            is_least = self.is_known & (self.band_codes == n)
            may_be = (self.band_codes <= n) & (last >= n)
            counted = (is_least, is_least & self.counts.is_settled, may_be)
            found.append(BandCount(band, *(int(seats[mask].sum()) for mask in counted)))
        unknown = int(seats[~self.is_known].sum())
        return [*found, BandCount(None, unknown, 0, unknown)]

    @cached_property
    def work_codes(self) -> Codes:
        """The place of each leader's kind of work in the bands, -1 where none speaks of it."""
        work = list(self.bands.work)
        kinds = self.leaders.kind_ids
        table = np.full((len(LEVELS), max(1, len(kinds))), -1)
        for level_code, level in enumerate(LEVELS):
            for kind_code, kind_id in enumerate(kinds):
                found = self.bands.work_of(level, kind_id)
                table[level_code, kind_code] = -1 if found is None else work.index(found)
        return table[self.counts.levels, self.leaders.kinds[self.places]]

    @cached_property
    def fit_codes(self) -> Codes:
        """The place in `FITS` of how each leader's span lies to its band; NONE where none judges it."""
        found = np.full(len(self.counts), FITS.index(Fit.NONE))
        for n, work in enumerate(self.bands.work):
            if work.fitting is None:
                continue
            low, high = work.fitting
            mine = self.work_codes == n
            found[mine] = FITS.index(Fit.OPEN)
            found[mine & (self.most < low)] = FITS.index(Fit.NARROW)
            found[mine & (self.least > high)] = FITS.index(Fit.WIDE)
            fitting = (self.least >= low) & (self.most <= high)
            found[mine & fitting] = FITS.index(Fit.FITTING)
        return found

    def work_counts(self) -> list[WorkCount]:
        """Return how the spans lie to their bands, by kind of work; without a band last."""
        found = []
        for n, work in [*enumerate(self.bands.work), (-1, None)]:
            mine = self.work_codes == n
            seats = np.bincount(
                self.fit_codes[mine], self.counts.seats[mine], minlength=len(FITS)
            ).astype(int)
            found.append(WorkCount(work, dict(zip(FITS, seats.tolist(), strict=True))))
        return [one for one in found if one.work is not None or one.leaders]

    def published(self) -> list[tuple[WorkBand | None, Published]]:
        """Return what others publish of the work that leaders here do, of all kinds together last."""
        present = set(self.work_codes.tolist())
        found: list[tuple[WorkBand | None, Published]] = [
            (work, one)
            for n, work in enumerate(self.bands.work)
            if n in present
            for one in work.published
        ]
        return [*found, *((None, one) for one in self.bands.published)]

    # Layers -----------------------------------------------------------------------------------

    def layer_counts(self) -> list[LayerCount]:
        """Return the leaders on each layer, and the staff right below those of the layer above."""
        counts = self.counts
        depths = counts.layers_above
        if not len(counts):
            return []
        deepest = int(depths.max()) + 1
        levels = counts.levels
        leaders, of_leaders, of_staff, political = (
            np.bincount(depths, np.where(mask, counts.seats, 0), minlength=deepest + 1).astype(int)
            for mask in (
                np.ones(len(counts), np.bool_),
                np.isin(levels, _LEADS_LEADERS),
                levels == _LEADS_STAFF,
                levels == _POLITICAL,
            )
        )
        low, high = (
            np.bincount(depths + 1, ends, minlength=deepest + 1)
            for ends in (counts.staff_low, counts.staff_high)
        )
        medians = self._medians_by_depth()
        return [
            LayerCount(
                layer=depth + 1,
                leaders=int(leaders[depth]),
                of_leaders=int(of_leaders[depth]),
                of_staff=int(of_staff[depth]),
                political=int(political[depth]),
                staff=_interval(low[depth], high[depth]),
                median_span=medians.get(depth),
            )
            for depth in range(int(depths.min()), deepest + 1)
            if leaders[depth] or high[depth]
        ]

    def _medians_by_depth(self) -> dict[int, Interval | None]:
        """Return the median span of each layer; sorted once, so that many layers cost no more."""
        depths = self.counts.layers_above
        order = np.argsort(depths, kind="stable").astype(np.int32)
        found, starts = np.unique(depths[order], return_index=True)
        groups = np.split(order, starts[1:])
        return {
            depth: SpansPerSeat.of(self.counts.of(group)).median()
            for depth, group in zip(found.tolist(), groups, strict=True)
        }

    def matrix(self) -> dict[int, list[int]]:
        """Return how many leaders of each layer are in each band; the last number is not known."""
        counts = self.counts
        width = len(self.band_list) + 1
        columns = np.where(self.is_known, self.band_codes, width - 1)
        depths, rows = np.unique(counts.layers_above, return_inverse=True)
        cells = np.bincount(
            rows * width + columns, counts.seats, minlength=len(depths) * width
        ).astype(int)
        table = cells.reshape(len(depths), width).tolist()
        return {depth + 1: row for depth, row in zip(depths.tolist(), table, strict=True)}

    # Averages ---------------------------------------------------------------------------------

    def averages(self) -> Iterator[Average]:
        """Yield the average spans, each of whom its id says.

        `all`, `of-leaders` and `of-staff` are of the chosen leaders; `tops` of those among them who
        refer to none of them, `right-below` of those who refer to these, `below` of everyone but the
        tops. Tools for organisation design publish the latter three as the span of a manager alone,
        of direct managers, and of all managers below.
        """
        levels = self.spans.counts.levels
        tops = self.leaders.tops(self.chosen)
        groups = {
            "all": self.chosen,
            "of-leaders": self.chosen & np.isin(levels, _LEADS_LEADERS),
            "of-staff": self.chosen & (levels == _LEADS_STAFF),
            "tops": tops,
            "right-below": self.leaders.right_below(tops, self.chosen),
            "below": self.chosen & ~tops,
        }
        for name, mask in groups.items():
            counts = self.spans.counts.of(mask)
            known = SpansPerSeat.of(counts)
            held = mask & self.without_vacant.counted()
            without = SpansPerSeat.of(self.without_vacant.counts.of(held))
            yield Average(
                name,
                int(counts.seats.sum()),
                len(known),
                known.mean(),
                known.median(),
                without.mean(),
                without.median(),
            )

    # Single leaders -----------------------------------------------------------------------------

    @cached_property
    def one_to_one_codes(self) -> Codes:
        """1 for a leader of exactly one leader and nobody else, 0 for others, -1 where it is open."""
        certain = one_to_one(self.counts)
        return np.where(certain, 1, np.where(may_be_one_to_one(self.counts), -1, 0))

    def one_to_one(self) -> OneToOne:
        """Return how many leaders lead exactly one leader and nobody else."""
        codes = self.one_to_one_codes
        seats = self.counts.seats
        return OneToOne(int(seats[codes == 1].sum()), int(seats[codes == -1].sum()))

    def widest(self, size: int) -> npt.NDArray[np.int64]:
        """Return the places, among the chosen, of the widest spans by the least that they can be."""
        order = np.lexsort((np.arange(len(self.least)), -self.least))
        return order[self.is_known[order]][:size]

    def narrowest(self, size: int) -> npt.NDArray[np.int64]:
        """Return the places, among the chosen, of the narrowest spans by the most they can be."""
        order = np.lexsort((np.arange(len(self.most)), self.most))
        return order[np.isfinite(self.most[order])][:size]


def span_report(
    spans: Spans, bands: BandSet | None = None, choice: Choice = EVERYBODY
) -> SpanReport:
    """Return the spans of an organisation seen from every side; without `bands` against none.

    Parameters
    ----------
    spans
        What `orgmodel.spans` returned.
    """
    without_vacant = count_spans(spans.source, count_vacant=False)
    return SpanReport(Leaders(spans), without_vacant, bands or BandSet(), choice)


def _interval(low: float, high: float) -> Interval:
    return Interval(int(low), None if np.isinf(high) else int(high))
