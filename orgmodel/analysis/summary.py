"""The figures of a whole organisation, or of any part of it, from its leaders' figures.

Means, medians and quartiles are taken twice where spans are intervals: over their lower ends and
over their upper ends. An upper figure is open (None) where an open span takes part in it. A post
with several seats enters once per seat, with an even share of the post's span.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.headcounts import Headcounts, employed_seats, highest_stated
from orgmodel.model.amounts import ZERO, Interval, exactly, total
from orgmodel.model.entities import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from orgmodel.analysis.spans import LeaderSpan, Spans
    from orgmodel.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Band:
    """A range of spans with a name, from a source that the user chooses; guidance, not truth.

    Attributes
    ----------
    low, high
        The least and the greatest span in it, both included; None is open.
    """

    name: str
    low: int
    high: int | None

    def holds(self, span: Interval) -> bool | None:
        """Tell whether a span lies in the band; None where the data do not settle it."""
        if self.high is not None and span.low > self.high:
            return False
        if span.high is not None and span.high < self.low:
            return False
        is_below_high = self.high is None or (span.high is not None and span.high <= self.high)
        return True if span.low >= self.low and is_below_high else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of an organisation.

    Attributes
    ----------
    positions, leaders, vacant, acting, planned, unnamed
        Seats.
    employees, fte
        Stated for the units at the top, else None.
    employees_per_leader
        Employees / leaders who are employees, of the units whose employees are counted; None
        without a stated headcount. At most so many, unless every span below is settled: where
        not all leaders are known there may be more of them.
    layers
        Posts on the longest chain.
    span_mean, span_median, span_quartiles
        Over the leaders whose span is known at all; None where there is none.
    spans_exact, spans_bounded, spans_unknown
        Leaders' seats whose span is one number, is an interval, or is not known at all.
    distribution
        How many leaders' seats have each exact span.
    bands
        For each band, how many leaders' seats lie in it for certain.
    one_to_one
        Leaders with exactly one report that is a leader, and no staff: links without a fork.
    unreported_headcount
        The part of stated totals that is in no listed post and no unit below with its own.
    """

    positions: int
    leaders: int
    vacant: int
    acting: int
    planned: int
    unnamed: int
    employees: Interval | None
    fte: Interval | None
    employees_per_leader: Interval | None
    layers: int
    span_mean: Interval | None
    span_median: Interval | None
    span_quartiles: tuple[Interval, Interval] | None
    spans_exact: int
    spans_bounded: int
    spans_unknown: int
    distribution: dict[int, int]
    bands: dict[str, int]
    one_to_one: int
    unreported_headcount: Interval

    @property
    def vacant_share(self) -> float:
        """Vacant seats per seat, from 0 to 1."""
        return self.vacant / self.positions if self.positions else 0.0

    @property
    def acting_share(self) -> float:
        """Seats with an acting holder per seat, from 0 to 1."""
        return self.acting / self.positions if self.positions else 0.0

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values, as `orgmodel spans --format json` prints them."""
        quartiles = self.span_quartiles
        return {
            "positions": self.positions,
            "leaders": self.leaders,
            "employees": _ends(self.employees),
            "fte": _ends(self.fte),
            "employees_per_leader": _ends(self.employees_per_leader),
            "layers": self.layers,
            "span_mean": _ends(self.span_mean),
            "span_median": _ends(self.span_median),
            "span_quartiles": None if quartiles is None else [_ends(one) for one in quartiles],
            "spans_exact": self.spans_exact,
            "spans_bounded": self.spans_bounded,
            "spans_unknown": self.spans_unknown,
            "distribution": {str(span): count for span, count in self.distribution.items()},
            "bands": self.bands,
            "one_to_one": self.one_to_one,
            "vacant": self.vacant,
            "vacant_share": round(self.vacant_share, 4),
            "acting": self.acting,
            "acting_share": round(self.acting_share, 4),
            "unnamed": self.unnamed,
            "planned": self.planned,
            "unreported_headcount": self.unreported_headcount.as_dict(),
        }


def summarise(
    figures: Spans,
    *,
    only: Callable[[LeaderSpan], bool] | None = None,
    bands: Sequence[Band] = (),
) -> Summary:
    """Return the figures of the organisation.

    Parameters
    ----------
    figures
        What `spans` returned.
    only
        Which leaders to take the span figures of, such as those of a layer or a kind of unit;
        None means all. Counts of posts and headcounts stay those of the organisation.
    bands
        Ranges of spans to count leaders in.
    """
    organisation = figures.organisation
    rows = [
        row
        for row in figures
        if row.status not in figures.left_out and (only is None or only(row))
    ]
    known = [row for row in rows if not row.span.is_unknown]
    seats = Counter[Status]()
    for position in organisation.positions.values():
        seats[organisation.status(position.id)] += position.seats
    leaders = sum(row.seats for row in rows)
    headcounts = Headcounts(organisation, employed_seats(organisation))
    heads, covered = highest_stated(organisation, headcounts.stated)
    fte, _covered = highest_stated(organisation, lambda unit: _stated_fte(organisation, unit))
    employees = _sum(heads)
    return Summary(
        positions=seats.total() - seats[Status.PLANNED],
        leaders=leaders,
        vacant=seats[Status.VACANT],
        acting=seats[Status.ACTING],
        planned=seats[Status.PLANNED],
        unnamed=seats[Status.UNNAMED],
        employees=employees,
        fte=_sum(fte),
        employees_per_leader=_per_leader(employees, _leaders_in(organisation, covered, rows)),
        layers=max((row.layers_above + 1 for row in rows), default=0),
        span_mean=_statistic(known, _mean),
        span_median=_statistic(known, lambda values: _quantile(values, 0.5)),
        span_quartiles=_quartiles(known),
        spans_exact=sum(row.seats for row in known if row.span.is_exact),
        spans_bounded=sum(row.seats for row in known if not row.span.is_exact),
        spans_unknown=sum(row.seats for row in rows) - sum(row.seats for row in known),
        distribution=_distribution(known),
        bands={
            band.name: sum(row.seats for row in known if band.holds(_per_seat(row)))
            for band in bands
        },
        one_to_one=sum(row.seats for row in rows if _is_one_to_one(row)),
        unreported_headcount=unreported_headcount(organisation),
    )


def unreported_headcount(organisation: Organisation) -> Interval:
    """Return how many people of stated totals are in no listed post and no stated part.

    Only units with a stated part below them are asked: where no part is stated, there is nothing
    to compare.
    """
    return total(list(undistributed(organisation).values()))


def undistributed(organisation: Organisation) -> dict[str, Interval]:
    """Return, for each unit with a stated total and stated parts, what they and posts leave open.

    A stated part is a unit below that states its own headcount; posts in it belong to it.
    """
    heads = employed_seats(organisation)
    counts = Headcounts(organisation, heads)
    stated = {unit_id: counts.stated(unit_id) for unit_id in organisation.units}
    holder = _nearest_stated(organisation, stated)
    parts: dict[str, Interval] = {}
    for unit in organisation.units.values():
        own, over = stated[unit.id], holder[unit.parent_id] if unit.parent_id else None
        if own is not None and over is not None:
            parts[over] = parts.get(over, ZERO) + own
    for position in organisation.positions.values():
        over = holder[position.unit_id]
        if over in parts:
            parts[over] = parts[over] + exactly(heads(position))
    found = {}
    for unit_id, part in parts.items():
        whole = stated[unit_id]
        assert whole is not None  # noqa: S101 - only units with a headcount stand above parts
        rest = whole.less(part)
        if rest.high != 0:
            found[unit_id] = rest
    return found


def _nearest_stated(
    organisation: Organisation, stated: Mapping[str, Interval | None]
) -> dict[str, str | None]:
    """Return for each unit itself, or the nearest unit above, that states a headcount."""
    found: dict[str, str | None] = {}
    for unit in organisation.units.values():
        above = found[unit.parent_id] if unit.parent_id else None
        found[unit.id] = unit.id if stated[unit.id] is not None else above
    return found


def _sum(amounts: Mapping[str, Interval]) -> Interval | None:
    return total(list(amounts.values())) if amounts else None


def _stated_fte(organisation: Organisation, unit_id: str) -> Interval | None:
    amounts = organisation.units[unit_id].fte
    return amounts[0].interval() if amounts and amounts[0].value is not None else None


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
    if all(row.span.is_exact for row in rows):
        return Interval(round(employees.low / leaders, 1), high)
    return Interval(0, high)


def _is_one_to_one(row: LeaderSpan) -> bool:
    return row.direct_leaders == row.seats and row.direct_staff == ZERO


def _distribution(rows: Iterable[LeaderSpan]) -> dict[int, int]:
    counts = Counter[int]()
    for row in rows:
        span = _per_seat(row)
        if span.is_exact and float(span.low).is_integer():
            counts[int(span.low)] += row.seats
    return dict(sorted(counts.items()))


def _per_seat(row: LeaderSpan) -> Interval:
    if row.seats == 1:
        return row.span
    high = None if row.span.high is None else row.span.high / row.seats
    return Interval(row.span.low / row.seats, high)


def _quartiles(rows: Sequence[LeaderSpan]) -> tuple[Interval, Interval] | None:
    lower = _statistic(rows, lambda values: _quantile(values, 0.25))
    upper = _statistic(rows, lambda values: _quantile(values, 0.75))
    return None if lower is None or upper is None else (lower, upper)


def _statistic(
    rows: Sequence[LeaderSpan], function: Callable[[list[float]], float]
) -> Interval | None:
    """Return a figure of the spans' lower ends, and of their upper ends."""
    if not rows:
        return None
    spans = [(_per_seat(row), row.seats) for row in rows]
    lows = sorted(span.low for span, seats in spans for _ in range(seats))
    highs = sorted(
        math.inf if span.high is None else span.high for span, seats in spans for _ in range(seats)
    )
    low, high = function(lows), function(highs)
    return Interval(round(low, 1), None if math.isinf(high) else round(high, 1))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _quantile(values: list[float], share: float) -> float:
    """Return a quantile of sorted values, linear between neighbours (Hyndman & Fan, type 7)."""
    place = share * (len(values) - 1)
    before, after = values[math.floor(place)], values[math.ceil(place)]
    if before == after:
        return before
    return before + (after - before) * (place - math.floor(place))


def _ends(interval: Interval | None) -> dict[str, float | None] | None:
    return None if interval is None else interval.as_dict()
