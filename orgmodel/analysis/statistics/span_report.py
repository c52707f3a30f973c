"""The spans of control of some of an organisation's leaders, seen from every side that HR asks about.

All of it is worked out from the figures of the leaders (`spans.py`) in passes over arrays. Shares and
bands count seats: a post that stands for six leaders is six. A leader's span is banded by the least
that it can be, as its headline says it; how many are in the band whatever it is stands beside.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.spans.leader_figures import KNOWINGS, LEVELS, Knowing, interval_of
from orgmodel.analysis.spans.post_arrays import STATUSES
from orgmodel.analysis.spans.spans import spans as count_spans
from orgmodel.analysis.statistics.leaders import EVERYBODY, LeaderFilter, Leaders
from orgmodel.analysis.statistics.span_counts import (
    Average,
    BandCount,
    LayerCount,
    OneToOne,
    SpansPerSeat,
    WorkCount,
)
from orgmodel.model.bands import BANDS_FROM_ZERO, BandSet, Fit
from orgmodel.model.entities import Level
from orgmodel.model.statuses import LEADERS_STATUSES, Status, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from orgmodel.analysis.spans.leader_figures import Counts, Integers
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.amounts import Interval
    from orgmodel.model.bands import Published, WorkBand

FITS = tuple(Fit)
# Beside `BANDS_FROM_ZERO`: the last place of a count by band is that of spans not known.
_BAND_STARTS = [band.low for band in BANDS_FROM_ZERO]
_LEADS_LEADERS = [
    LEVELS.index(level) for level in (Level.LEADER_OF_LEADERS, Level.FUNCTIONAL, Level.TOP)
]
_LEADS_STAFF = LEVELS.index(Level.LEADER_OF_STAFF)
_POLITICAL = LEVELS.index(Level.POLITICAL)

_STATUSES = {one.value: one for one in LEADERS_STATUSES}
_KNOWINGS = [one.value for one in KNOWINGS]
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
        The same organisation's figures where vacant posts do not count, if they are there already.
    bands
        What the spans are held against.
    leader_filter
        Which leaders are asked about.
    chosen
        Whether each leader of the organisation is among them, else as the filter says.
    """

    def __init__(
        self,
        leaders: Leaders,
        without_vacant: Spans | None = None,
        bands: BandSet | None = None,
        leader_filter: LeaderFilter = EVERYBODY,
        *,
        chosen: Mask | None = None,
    ) -> None:
        self.leaders = leaders
        self.spans = leaders.spans
        self.bands = bands or BandSet()
        self.leader_filter = leader_filter
        self.chosen = leaders.chosen(leader_filter) if chosen is None else chosen
        self.places = np.flatnonzero(self.chosen)
        self._without_vacant = without_vacant

    @property
    def without_vacant(self) -> Spans:
        """The same organisation's figures where vacant posts do not count."""
        if self._without_vacant is None:
            left_out = self.spans.left_out | {Who.VACANT}
            self._without_vacant = count_spans(self.spans.source, leave_out=left_out)
        return self._without_vacant

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
        found = SpanReport(
            self.leaders,
            self._without_vacant,
            self.bands,
            self.leader_filter,
            chosen=self.chosen & mask,
        )
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
        is_open = bool(np.isinf(counts.leaders_below.high).any())
        is_open |= bool(posts.seats_at_least[counts.posts].any() or posts.lost.any())
        return is_open or self.leaders.units_may_lack_leaders(self.leader_filter)

    @cached_property
    def known(self) -> SpansPerSeat:
        """The spans that are known at all."""
        return SpansPerSeat.of(self.counts)

    @property
    def seats(self) -> int:
        """How many leaders there are."""
        return int(self.counts.seats.sum())

    def seats_of(self, mask: Mask) -> int:
        """Return how many leaders' seats some of the chosen leaders have."""
        return int(self.counts.seats[mask].sum())

    def with_status(self, status: Status) -> int:
        """Return how many leaders' seats are of a status."""
        return self.seats_of(self.counts.statuses == STATUSES.index(status))

    def by_knowing(self) -> dict[Knowing, int]:
        """Return of how many leaders' seats the span is settled, assumed, bounded or unknown."""
        codes = self.counts.knowing
        return {one: self.seats_of(codes == n) for n, one in enumerate(KNOWINGS)}

    # Bands ------------------------------------------------------------------------------------

    @cached_property
    def band_codes(self) -> Integers:
        """The place of each leader's band in `BANDS_FROM_ZERO`; after the last, of the unknown."""
        codes = _bands(self.counts.span.low / self.counts.seats)
        return np.where(self.counts.span.is_known, codes, len(BANDS_FROM_ZERO))

    def band_counts(self) -> list[BandCount]:
        """Return how many leaders are in each band, those of whom nothing is known last."""
        counts = self.counts
        firm = counts.firm_span.per(counts.seats)
        first, last = _bands(firm.low), _bands(firm.high)
        settled, exact = counts.is_settled, counts.span.is_exact
        found = []
        for n, band in enumerate(BANDS_FROM_ZERO):
            mine = self.band_codes == n
            may_be = (first <= n) & (last >= n)
            is_certain = mine & (first == n) & (last == n)
            masks = (mine, mine & settled, mine & exact & ~settled, is_certain, may_be)
            found.append(BandCount(band, *map(self.seats_of, masks)))
        unknown = self.seats_of(self.band_codes == len(BANDS_FROM_ZERO))
        return [*found, BandCount(None, unknown, 0, 0, 0, unknown)]

    @cached_property
    def work_codes(self) -> Integers:
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
    def fit_codes(self) -> Integers:
        """The place in `FITS` of how each leader's span lies to its band; NONE where none judges it.

        What rests on an assumption is judged only where it makes no difference.
        """
        found = np.full(len(self.counts), FITS.index(Fit.NONE))
        firm = self.counts.firm_span.per(self.counts.seats)
        for n, work in enumerate(self.bands.work):
            if work.fitting is None:
                continue
            low, high = work.fitting
            mine = self.work_codes == n
            found[mine] = FITS.index(Fit.OPEN)
            found[mine & (firm.high < low)] = FITS.index(Fit.NARROW)
            found[mine & (firm.low > high)] = FITS.index(Fit.WIDE)
            found[mine & (firm.low >= low) & (firm.high <= high)] = FITS.index(Fit.FITTING)
        return found

    def work_counts(self) -> list[WorkCount]:
        """Return how the spans lie to their bands, by kind of work; without a band last."""
        found = []
        for n, work in [*enumerate(self.bands.work), (-1, None)]:
            mine = self.work_codes == n
            fits = {fit: self.seats_of(mine & (self.fit_codes == m)) for m, fit in enumerate(FITS)}
            found.append(WorkCount(work, fits))
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
        depths, levels = counts.layers_above, counts.levels
        if not len(counts):
            return []
        deepest = int(depths.max()) + 1

        def by_depth(mask: Mask) -> list[int]:
            seats = np.where(mask, counts.seats, 0)
            found: list[int] = (
                np.bincount(depths, seats, minlength=deepest + 1).astype(int).tolist()
            )
            return found

        leaders = by_depth(np.ones(len(counts), np.bool_))
        of_leaders = by_depth(np.isin(levels, _LEADS_LEADERS))
        of_staff, political = by_depth(levels == _LEADS_STAFF), by_depth(levels == _POLITICAL)
        low, high = (
            np.bincount(depths + 1, ends, minlength=deepest + 1)
            for ends in (counts.direct_staff.low, counts.direct_staff.high)
        )
        medians = self._medians_by_depth()
        return [
            LayerCount(
                layer=depth + 1,
                leaders=leaders[depth],
                leaders_of_leaders=of_leaders[depth],
                leaders_of_staff=of_staff[depth],
                political=political[depth],
                staff=interval_of(low[depth], high[depth]),
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
        width = len(BANDS_FROM_ZERO) + 1
        depths, rows = np.unique(counts.layers_above, return_inverse=True)
        cells = np.bincount(
            rows * width + self.band_codes, counts.seats, minlength=len(depths) * width
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
        if name in self.averaged:
            return self.averaged[name][self.chosen]
        if name == "known":
            return self.counts.span.is_known
        codes: npt.NDArray[np.integer[Any]]
        if name in _STATUSES:
            codes, wanted = self.counts.statuses, STATUSES.index(_STATUSES[name])
        elif name in _KNOWINGS:
            codes, wanted = self.counts.knowing, _KNOWINGS.index(name)
        elif name in _ONE_TO_ONE:
            codes, wanted = self.one_to_one_codes, _ONE_TO_ONE[name]
        else:
            ids = [f"work-{one.id}" for one in self.bands.work]
            codes, wanted = self.work_codes, ids.index(name) if name in ids else len(ids)
        found: Mask = codes == wanted
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
                id=name,
                leaders=int(counts.seats.sum()),
                known=len(known),
                mean=known.mean(),
                median=known.median(),
                mean_without_vacant=without.mean(),
                median_without_vacant=without.median(),
                firm_mean=firm.mean(),
                firm_median=firm.median(),
            )

    # Single leaders -----------------------------------------------------------------------------

    @cached_property
    def one_to_one_codes(self) -> Integers:
        """1 for a leader of exactly one leader and nobody else, 0 for others, -1 where it is open."""
        counts = self.counts
        seats, span = counts.seats, counts.span
        leads_one = (
            (span.low == seats) & (span.high == seats) & (counts.direct_leaders.low == seats)
        )
        is_settled = counts.is_settled
        may_lead_one = ~span.is_exact & (span.low <= seats) & (span.high >= seats)
        is_open = may_lead_one | (leads_one & ~is_settled)
        return np.where(leads_one & is_settled, 1, np.where(is_open, -1, 0))

    def one_to_one(self) -> OneToOne:
        """Return how many leaders lead exactly one leader and nobody else."""
        codes = self.one_to_one_codes
        return OneToOne(self.seats_of(codes == 1), self.seats_of(codes == -1))

    def widest(self, size: int) -> npt.NDArray[np.int64]:
        """Return the places, among the chosen, of the widest spans by the least that they can be."""
        order = np.argsort(-self.counts.span.per(self.counts.seats).low, kind="stable")
        return order[self.counts.span.is_known[order]][:size]

    def narrowest(self, size: int) -> npt.NDArray[np.int64]:
        """Return the places, among the chosen, of the narrowest spans by the most they can be."""
        most = self.counts.span.per(self.counts.seats).high
        order = np.argsort(most, kind="stable")
        return order[np.isfinite(most[order])][:size]


def span_report(
    spans: Spans, bands: BandSet | None = None, leader_filter: LeaderFilter = EVERYBODY
) -> SpanReport:
    """Return the spans of an organisation seen from every side; without `bands` against none.

    Parameters
    ----------
    spans
        What `orgmodel.spans` returned.
    """
    return SpanReport(Leaders(spans), bands=bands, leader_filter=leader_filter)


def _bands(spans: npt.NDArray[np.float64]) -> Integers:
    """Return the place in `BANDS_FROM_ZERO` of the band that each span is in."""
    return np.digitize(spans, _BAND_STARTS) - 1
