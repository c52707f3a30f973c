"""The span report: bands, layers, averages and outliers of the spans of chosen leaders.

It is computed from the figures of the leaders (`spans.py`) in passes over arrays. Shares and bands
count seats: a post of six leaders counts as six. A leader's span is banded by its lower end, as in its
headline; the number of leaders who are certainly in the band is given as well.
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
# A count by band follows `BANDS_FROM_ZERO`, plus a last item for unknown spans.
_BAND_STARTS = [band.low for band in BANDS_FROM_ZERO]
_LEADS_LEADERS = [
    LEVELS.index(level) for level in (Level.LEADER_OF_LEADERS, Level.FUNCTIONAL, Level.TOP)
]
_LEADS_STAFF = LEVELS.index(Level.LEADER_OF_STAFF)
_POLITICAL = LEVELS.index(Level.POLITICAL)

_STATUSES = {one.value: one for one in LEADERS_STATUSES}
_KNOWINGS = [one.value for one in KNOWINGS]
_ONE_TO_ONE = {"one-to-one": 1, "maybe-one-to-one": -1}
# The figures of a report by the names with which the table of leaders filters for their leaders.
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
        The figures of the same organisation without vacant posts, if they are already computed.
    bands
        The reference ranges to compare the spans with.
    leader_filter
        The filter of leaders.
    chosen
        Whether each leader of the organisation is chosen; by default, as the filter selects.
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
        """The figures of the same organisation without vacant posts."""
        if self._without_vacant is None:
            left_out = self.spans.left_out | {Who.VACANT}
            self._without_vacant = count_spans(self.spans.source, leave_out=left_out)
        return self._without_vacant

    def among(self, position_ids: Iterable[str]) -> tuple[SpanReport, int]:
        """Return the report of those chosen leaders whose posts are given.

        Returns
        -------
        report
            The report; it leaves out the same leaders as this one.
        left_out
            The seats of the given leaders that it leaves out.
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
        """Whether there may be leaders here that the data do not list.

        They may be below a leader whose staff is not fully known, in a unit without a leader or with
        missing parts, behind a lost line, or in seats that are not counted.
        """
        posts = self.spans.ledger.posts
        counts = self.counts
        is_open = bool(np.isinf(counts.leaders_below.high).any())
        is_open |= bool(posts.seats_at_least[counts.posts].any() or posts.lost.any())
        return is_open or self.leaders.units_may_lack_leaders(self.leader_filter)

    @cached_property
    def known(self) -> SpansPerSeat:
        """The known spans."""
        return SpansPerSeat.of(self.counts)

    @property
    def seats(self) -> int:
        """The number of chosen leaders' seats."""
        return int(self.counts.seats.sum())

    def seats_of(self, mask: Mask) -> int:
        """Return the number of seats of some of the chosen leaders."""
        return int(self.counts.seats[mask].sum())

    def with_status(self, status: Status) -> int:
        """Return how many leaders' seats have a status."""
        return self.seats_of(self.counts.statuses == STATUSES.index(status))

    def by_knowing(self) -> dict[Knowing, int]:
        """Return the number of leaders' seats whose span is settled, assumed, bounded or unknown."""
        codes = self.counts.knowing
        return {one: self.seats_of(codes == n) for n, one in enumerate(KNOWINGS)}

    # Bands ------------------------------------------------------------------------------------

    @cached_property
    def band_codes(self) -> Integers:
        """The index of each leader's band in `BANDS_FROM_ZERO`; one past the last for unknown spans."""
        codes = _bands(self.counts.span.low / self.counts.seats)
        return np.where(self.counts.span.is_known, codes, len(BANDS_FROM_ZERO))

    def band_counts(self) -> list[BandCount]:
        """Return how many leaders are in each band, unknown spans last."""
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
        """The index of each leader's kind of work in the bands, -1 if none covers it."""
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
        """The index in `FITS` of each leader's span relative to its band; NONE where no band applies.

        A span under assumptions is judged only if they make no difference.
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
        """Return how spans compare with their bands, by kind of work; work without a band last."""
        found = []
        for n, work in [*enumerate(self.bands.work), (-1, None)]:
            mine = self.work_codes == n
            fits = {fit: self.seats_of(mine & (self.fit_codes == m)) for m, fit in enumerate(FITS)}
            found.append(WorkCount(work, fits))
        return [one for one in found if one.work is not None or one.leaders]

    def published(self) -> list[tuple[WorkBand | None, Published]]:
        """Return published figures on the kinds of work of these leaders; those on all kinds come last."""
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
        """Return the leaders on each layer, and the staff that report to leaders of the layer above."""
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
        """Return the median span of each layer; spans are sorted once for all layers."""
        depths = self.counts.layers_above
        order = np.argsort(depths, kind="stable").astype(np.int32)
        found, starts = np.unique(depths[order], return_index=True)
        groups = np.split(order, starts[1:])
        return {
            depth: SpansPerSeat.of(self.counts.of(group)).median()
            for depth, group in zip(found.tolist(), groups, strict=True)
        }

    def matrix(self) -> dict[int, list[int]]:
        """Return how many leaders of each layer are in each band; the last number is of unknown spans."""
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
        """Return whether a figure counts each chosen leader.

        Parameters
        ----------
        name
            One of `AMONG`, or `work-` with the id of a kind of work; an unknown name selects nobody.
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
        """Yield the average spans; the id of each names the leaders it is over.

        `all`, `of-leaders` and `of-staff` cover the chosen leaders; `tops` those of them who report to
        no chosen leader, `right-below` those who report to the tops, `below` everyone but the
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
        """1 for a leader of exactly one leader and nobody else, 0 for others, -1 where unknown."""
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
        """Return the indices, among the chosen, of the widest spans by their lower ends."""
        order = np.argsort(-self.counts.span.per(self.counts.seats).low, kind="stable")
        return order[self.counts.span.is_known[order]][:size]

    def narrowest(self, size: int) -> npt.NDArray[np.int64]:
        """Return the indices, among the chosen, of the narrowest spans by their upper ends."""
        most = self.counts.span.per(self.counts.seats).high
        order = np.argsort(most, kind="stable")
        return order[np.isfinite(most[order])][:size]


def span_report(
    spans: Spans, bands: BandSet | None = None, leader_filter: LeaderFilter = EVERYBODY
) -> SpanReport:
    """Return the span report of an organisation; without `bands` it compares with no ranges.

    Parameters
    ----------
    spans
        The result of `orgmodel.spans`.
    """
    return SpanReport(Leaders(spans), bands=bands, leader_filter=leader_filter)


def _bands(spans: npt.NDArray[np.float64]) -> Integers:
    """Return the index in `BANDS_FROM_ZERO` of each span's band."""
    return np.digitize(spans, _BAND_STARTS) - 1
