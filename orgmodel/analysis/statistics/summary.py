"""The figures of a whole organisation, or of any part of it, from its leaders' figures.

Means, medians and quartiles are computed twice where spans are intervals: over their lower ends and
over their upper ends. An upper figure is open (None) if an open span contributes to it. A post
with several seats enters once per seat, with an even share of the post's span.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.headcounts import (
    Headcounts,
    employed_seats,
    highest_stated,
    undistributed,
)
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.statistics.leaders import Leaders
from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.model.amounts import Interval, hull, total
from orgmodel.model.statuses import STATUS_FACTS, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from orgmodel.analysis.spans.leader_figures import Counts
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.bands import Band
    from orgmodel.model.organisation import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of an organisation.

    Attributes
    ----------
    positions, leaders
        Seats of positions that exist.
    statuses
        Seats of each status.
    employees, fte
        Stated for the units at the top, else None.
    employees_per_leader
        Employees / leaders who are employees, in the units with a counted headcount; None without a
        stated headcount. An upper bound unless every span below is settled: where not all
        leaders are known there may be more of them.
    layers
        Posts on the longest chain.
    span_mean, span_median, span_quartiles
        Over the leaders with a known span; None without any.
    spans_settled, spans_assumed, spans_bounded, spans_unknown
        Leaders' seats whose span is one number for certain, is one under assumptions, is an
        interval, or is not known at all.
    distribution
        The number of leaders' seats by exact span.
    bands
        The number of leaders' seats certainly in each band.
    one_to_one
        Leaders with exactly one report that is a leader, and no staff.
    unreported_headcount
        The part of stated totals that is in no listed post and no unit below with its own headcount.
    """

    positions: int
    leaders: int
    employees: Interval | None
    fte: Interval | None
    employees_per_leader: Interval | None
    layers: int
    span_mean: Interval | None
    span_median: Interval | None
    span_quartiles: tuple[Interval, Interval] | None
    spans_settled: int
    spans_assumed: int
    spans_bounded: int
    spans_unknown: int
    distribution: dict[int, int]
    bands: dict[str, int]
    one_to_one: int
    statuses: Mapping[Status, int]
    unreported_headcount: Interval

    @property
    def vacant(self) -> int:
        """Vacant seats."""
        return self.statuses[Status.VACANT]

    @property
    def acting(self) -> int:
        """Seats with an acting holder."""
        return self.statuses[Status.ACTING]

    @property
    def planned(self) -> int:
        """Seats that do not exist yet."""
        return self.statuses[Status.PLANNED]

    @property
    def unnamed(self) -> int:
        """Seats whose holder no source names."""
        return self.statuses[Status.UNNAMED]

    @property
    def vacant_share(self) -> float:
        """Vacant seats per seat, from 0 to 1."""
        return self.share(Status.VACANT)

    @property
    def acting_share(self) -> float:
        """Seats with an acting holder per seat, from 0 to 1."""
        return self.share(Status.ACTING)

    def share(self, status: Status) -> float:
        """Return the seats of a status per seat, from 0 to 1."""
        return self.statuses[status] / self.positions if self.positions else 0.0

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values, as `orgmodel spans --format json` prints them."""
        found: dict[str, object] = {}
        for one in fields(self):
            if one.name == "statuses":
                found.update(self._by_status())
            else:
                found[one.name] = _plain(getattr(self, one.name))
        return found

    def _by_status(self) -> Iterator[tuple[str, float]]:
        for status, facts in STATUS_FACTS.items():
            name = status.value.replace("-", "_")
            if facts.posts_note:
                yield name, self.statuses[status]
            if facts.leaders_words:
                yield f"{name}_share", round(self.share(status), 4)


def _plain(value: object) -> object:
    """Return a figure as a JSON value: intervals as their two ends."""
    if isinstance(value, Interval):
        return value.as_dict()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {str(key): n for key, n in value.items()} if isinstance(value, dict) else value


def summarise(
    figures: Spans,
    *,
    only: Callable[[LeaderSpan], bool] | Mask | None = None,
    bands: Sequence[Band] = (),
) -> Summary:
    """Return the figures of the organisation.

    Parameters
    ----------
    figures
        The result of `spans`.
    only
        Which leaders the span figures cover, such as those of a layer or a kind of unit: a
        predicate on rows, or a boolean array; None means all. Counts of posts and
        headcounts stay those of the organisation.
    bands
        Ranges of spans to count leaders in; `Summary.bands` names them by their ids.
    """
    organisation = figures.organisation
    chosen = figures.counted()
    if callable(only):
        chosen &= np.array([only(row) for row in figures], np.bool_)
    elif only is not None:
        chosen &= only
    report = SpanReport(Leaders(figures), chosen=chosen)
    counts, known = report.counts, report.known
    seats = Counter[Status]()
    for position in organisation.positions.values():
        seats[organisation.status(position.id)] += position.seats
    headcounts = Headcounts(organisation, employed_seats(organisation))
    heads, covered = highest_stated(organisation, headcounts.as_stated)
    fte, _covered = highest_stated(organisation, lambda unit: _stated_fte(organisation, unit))
    employees = _sum(heads)
    rows = [figures[n] for n in report.places.tolist()]
    return Summary(
        positions=sum(seats[one] for one in Status if one.facts.exists),
        leaders=report.seats,
        statuses=seats,
        employees=employees,
        fte=_sum(fte),
        employees_per_leader=_per_leader(employees, _leaders_in(organisation, covered, rows)),
        layers=int(counts.layers_above.max(initial=-1)) + 1,
        span_mean=known.mean(),
        span_median=known.median(),
        span_quartiles=known.quartiles(),
        **{f"spans_{one.value}": n for one, n in report.by_knowing().items()},
        distribution=known.distribution(),
        bands={band.id: report.seats_of(_is_in(counts, band)) for band in bands},
        one_to_one=report.one_to_one().certain,
        unreported_headcount=unreported_headcount(organisation),
    )


def _is_in(counts: Counts, band: Band) -> Mask:
    """Return whether each leader's span, per seat, is certainly in a band."""
    firm = counts.firm_span.per(counts.seats)
    high = np.inf if band.high is None else band.high
    # An unknown span is certainly in no band, not even in an open band from 0.
    return (firm.low >= band.low) & (firm.high <= high) & counts.span.is_known


def unreported_headcount(organisation: Organisation) -> Interval:
    """Return how many people of stated totals are in no listed post and no stated part.

    Only units with a stated part below them count: without stated parts there is nothing to
    compare.
    """
    return total(list(undistributed(organisation).values()))


def _sum(amounts: Mapping[str, Interval]) -> Interval | None:
    return total(list(amounts.values())) if amounts else None


def _stated_fte(organisation: Organisation, unit_id: str) -> Interval | None:
    amounts = organisation.units[unit_id].fte
    return hull(one.interval() for one in amounts if one.value is not None)


def _leaders_in(
    organisation: Organisation, unit_ids: frozenset[str], rows: Iterable[LeaderSpan]
) -> list[LeaderSpan]:
    """Return the leaders who are employees of some units."""
    positions = organisation.positions
    return [
        row
        for row in rows
        if not positions[row.position_id].political
        and positions[row.position_id].unit_id in unit_ids
    ]


def _per_leader(employees: Interval | None, rows: Sequence[LeaderSpan]) -> Interval | None:
    leaders = sum(row.seats for row in rows)
    if employees is None or not leaders:
        return None
    high = None if employees.high is None else round(employees.high / leaders, 1)
    if all(row.knowing is Knowing.SETTLED for row in rows):
        return Interval(round(employees.low / leaders, 1), high)
    return Interval(0, high)
