"""The spans of control of some of an organisation's leaders, seen from every side that HR asks about.

All of it is worked out from the figures of the leaders (`spans.py`) in passes over arrays. Shares and
bands count seats: a post that stands for six leaders is six. A leader's span is banded by the least
that it can be, as its headline says it; how many are in the band whatever it is stands beside.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.bands import band_list
from orgmodel.analysis.spans.choosing import EVERYBODY, Choice, Leaders
from orgmodel.analysis.spans.counting import KNOWINGS, LEVELS, Knowing
from orgmodel.analysis.spans.post_arrays import STATUSES
from orgmodel.analysis.spans.span_counts import Average, BandCount, LayerCount, OneToOne, WorkCount
from orgmodel.analysis.spans.span_statistics import SpansPerSeat
from orgmodel.analysis.spans.spans import spans as count_spans
from orgmodel.analysis.spans.summary import may_be_one_to_one, one_to_one
from orgmodel.model.amounts import Interval
from orgmodel.model.bands import BandSet, Fit
from orgmodel.model.entities import Level
from orgmodel.model.statuses import LEADERS_STATUSES, Status, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from orgmodel.analysis.spans.counting import Counts
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.bands import Band, Published, WorkBand

    Codes = npt.NDArray[np.int64]

FITS = tuple(Fit)
_LEADS_LEADERS = tuple(
    LEVELS.index(level) for level in (Level.LEADER_OF_LEADERS, Level.FUNCTIONAL, Level.TOP)
)
_LEADS_STAFF = LEVELS.index(Level.LEADER_OF_STAFF)
_POLITICAL = LEVELS.index(Level.POLITICAL)


_STATUSES = {one.value: one for one in LEADERS_STATUSES}
_KNOWINGS = {one.value: one for one in Knowing}
_ONE_TO_ONE = {"one-to-one": 1, "maybe-one-to-one": -1}
# Whom the figures of a report count: the names by which the table of leaders lists them.
AMONG = (
    *("all", "of-leaders", "of-staff", "tops", "right-below", "below", "known"),
    *_STATUSES,
    *_KNOWINGS,
    *_ONE_TO_ONE,
)


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
    def may_lack_leaders(self) -> bool:
        """Whether there may be leaders here whom the data do not list.

        Below one whose people are not all accounted for, in a unit without a leader or with parts
        missing, behind a lost line, or in seats that are not counted.
        """
        posts = self.spans.ledger.posts
        counts = self.counts
        is_open = bool(np.isinf(counts.leaders_below_high).any())
        is_open |= bool(posts.seats_at_least[counts.posts].any() or posts.lost.any())
        return is_open or self.leaders.units_may_lack_leaders(self.choice)

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
        counts = self.counts
        first, last = (
            np.digitize(ends / seats, [band.low for band in self.band_list]) - 1
            for ends in (counts.firm_low, counts.firm_high)
        )
        found = []
        for n, band in enumerate(self.band_list):
            is_least = self.is_known & (self.band_codes == n)
            may_be = (first <= n) & (last >= n)
            is_certain = is_least & (first == n) & (last == n)
            is_assumed = is_least & counts.is_exact & ~counts.is_settled
            counted = (is_least, is_least & counts.is_settled, is_assumed, is_certain, may_be)
            found.append(BandCount(band, *(int(seats[mask].sum()) for mask in counted)))
        unknown = int(seats[~self.is_known].sum())
        return [*found, BandCount(None, unknown, 0, 0, 0, unknown)]

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
        """The place in `FITS` of how each leader's span lies to its band; NONE where none judges it.

        What rests on an assumption is judged only where it makes no difference.
        """
        found = np.full(len(self.counts), FITS.index(Fit.NONE))
        seats = self.counts.seats
        least, most = self.counts.firm_low / seats, self.counts.firm_high / seats
        for n, work in enumerate(self.bands.work):
            if work.fitting is None:
                continue
            low, high = work.fitting
            mine = self.work_codes == n
            found[mine] = FITS.index(Fit.OPEN)
            found[mine & (most < low)] = FITS.index(Fit.NARROW)
            found[mine & (least > high)] = FITS.index(Fit.WIDE)
            fitting = (least >= low) & (most <= high)
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

    @cached_property
    def averaged(self) -> dict[str, Mask]:
        """Whether each leader of the organisation is in an average, by the average's id."""
        levels = self.spans.counts.levels
        tops = self.leaders.tops(self.chosen)
        return {
            "all": self.chosen,
            "of-leaders": self.chosen & np.isin(levels, _LEADS_LEADERS),
            "of-staff": self.chosen & (levels == _LEADS_STAFF),
            "tops": tops,
            "right-below": self.leaders.right_below(tops, self.chosen),
            "below": self.chosen & ~tops,
        }

    def counted_by(self, name: str) -> Mask:
        """Return whether each chosen leader is one of those whom a figure counts.

        Parameters
        ----------
        name
            One of `AMONG`, or `work-` with the id of a kind of work; of another nobody is found.
        """
        counts = self.counts
        found: Mask = self._of_work(name)
        if name in self.averaged:
            found = self.averaged[name][self.chosen]
        elif name in _STATUSES:
            found = counts.statuses == STATUSES.index(_STATUSES[name])
        elif name in _KNOWINGS:
            found = counts.knowing == KNOWINGS.index(_KNOWINGS[name])
        elif name == "known":
            found = counts.is_known
        elif name in _ONE_TO_ONE:
            found = self.one_to_one_codes == _ONE_TO_ONE[name]
        return found

    def _of_work(self, name: str) -> Mask:
        ids = [f"work-{one.id}" for one in self.bands.work]
        found: Mask = self.work_codes == (ids.index(name) if name in ids else len(ids))
        return found

    def averages(self) -> Iterator[Average]:
        """Yield the average spans, each of whom its id says.

        `all`, `of-leaders` and `of-staff` are of the chosen leaders; `tops` of those among them who
        report to none of them, `right-below` of those who report to these, `below` of everyone but the
        tops. Tools for organisation design publish the latter three as the span of a manager alone,
        of direct managers, and of all managers below.
        """
        for name, mask in self.averaged.items():
            counts = self.spans.counts.of(mask)
            known = SpansPerSeat.of(counts)
            firm = SpansPerSeat.of(counts, firm=True)
            without = SpansPerSeat.of(self.without_vacant.counts.of(mask))
            yield Average(
                name,
                int(counts.seats.sum()),
                len(known),
                known.mean(),
                known.median(),
                without.mean(),
                without.median(),
                firm.mean(),
                firm.median(),
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
    without_vacant = count_spans(spans.source, leave_out=spans.left_out | {Who.VACANT})
    return SpanReport(Leaders(spans), without_vacant, bands or BandSet(), choice)


def _interval(low: float, high: float) -> Interval:
    return Interval(int(low), None if np.isinf(high) else int(high))
