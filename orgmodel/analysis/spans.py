"""Span of control (ledelsesspænd), reach and layers, per leader.

Definitions, from the research that Danish public leaders are measured by (Ledelseskommissionen;
KORA and VIVE ask who holds the appraisal interview): the *span* counts those whom a leader leads
directly, the *reach* everyone below. They never share a label.

- *direct leaders*: seats among the direct reports that are leaders
- *direct staff*: seats among the direct reports that are not, and the unlisted staff of the
  leader's own units (`headcounts.py` says when these are certain)
- *span* = direct leaders + direct staff
- *reach*: the stated headcount of the units led, less the leader's own seat, and those below who
  sit outside them; without a stated headcount the sum of what is known below
- *layers above*: posts over the leader; *layers below*: layers of leaders under the leader
- *leader share* = leaders below / reach

A post whose superior is not settled (`or:`) may or may not refer to the one that its line is drawn
to, and to each of the others: it widens the span and the reach of all of them.

Vacant posts count, since the post exists; planned ones do not; both can be switched. A politician
is no employee and counts in no headcount.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from orgmodel.analysis.chains import layers, reading_order
from orgmodel.analysis.headcounts import Headcounts
from orgmodel.analysis.levels import leader_layers_below, levels
from orgmodel.errors import UnknownIdError
from orgmodel.model.amounts import UNKNOWN, ZERO, Interval, exactly, total
from orgmodel.model.entities import Level, Position, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model.organisation import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderSpan:
    """The figures of one leader's post.

    Attributes
    ----------
    position_id, title, unit, holder, status, level
        The post; `holder` is None where nobody is named.
    seats
        How many alike posts the row stands for; its counts are for all of them together.
    direct_leaders
        Seats among the direct reports that are leaders, as the lines are drawn.
    unsettled
        How far the span may lie below and above, because it is open whom some posts refer to.
    direct_staff, span, reach, leaders_below
        Heads, as intervals; `leaders_below` counts known leaders' seats.
    unlisted_staff
        The part of the direct staff that is in no listed post.
    layers_above, layers_below
        Posts above; layers of leaders below.
    """

    position_id: str
    title: str
    unit: str
    holder: str | None
    status: Status
    level: Level
    seats: int
    direct_leaders: int
    unsettled: tuple[int, int]
    direct_staff: Interval
    unlisted_staff: Interval
    span: Interval
    reach: Interval
    leaders_below: int
    layers_above: int
    layers_below: int

    @property
    def leader_share(self) -> Interval | None:
        """Leaders below per person below, from 0 to 1; None where nobody is known to be below."""
        if self.reach.low == 0:
            return None
        high = self.leaders_below / self.reach.low
        low = 0.0 if self.reach.high is None else self.leaders_below / self.reach.high
        return Interval(low, min(1.0, high))

    def as_dict(self) -> dict[str, object]:
        """Return the row as plain values, as `orgmodel spans --format json` prints it."""
        return {
            "id": self.position_id,
            "title": self.title,
            "holder": self.holder,
            "unit": self.unit,
            "status": self.status.value,
            "direct_leaders": self.direct_leaders,
            "direct_staff": self.direct_staff.as_dict(),
            "span": self.span.as_dict(),
            "reach": self.reach.as_dict(),
            "layers_above": self.layers_above,
            "layers_below": self.layers_below,
        }


class Spans(Sequence[LeaderSpan]):
    """The figures of every leader, in reading order; also found by the id of the post.

    Attributes
    ----------
    left_out
        The statuses whose seats were not counted.
    """

    def __init__(
        self,
        organisation: Organisation,
        leaders: Sequence[LeaderSpan],
        left_out: Collection[Status] = (Status.PLANNED,),
    ) -> None:
        self.organisation = organisation
        self.left_out = frozenset(left_out)
        self._leaders = tuple(leaders)
        self._by_id = {leader.position_id: leader for leader in leaders}

    def __len__(self) -> int:
        return len(self._leaders)

    @overload
    def __getitem__(self, index: int) -> LeaderSpan: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LeaderSpan]: ...
    def __getitem__(self, index: int | slice) -> LeaderSpan | Sequence[LeaderSpan]:
        return self._leaders[index]

    def __iter__(self) -> Iterator[LeaderSpan]:
        return iter(self._leaders)

    def of(self, position_id: str) -> LeaderSpan:
        """Return the figures of a post, or raise UnknownIdError where it leads nobody."""
        try:
            return self._by_id[position_id]
        except KeyError:
            raise UnknownIdError(position_id, kind="leader") from None

    def for_nameless(self, organisation: Organisation, renamed: Callable[[str], str]) -> Spans:
        """Return the same figures for the same organisation without names.

        `renamed` gives the id that a post has there.
        """
        rows = []
        for row in self._leaders:
            position = organisation.positions[renamed(row.position_id)]
            unit = organisation.units[position.unit_id].name.da
            title = position.title.da
            row_there = replace(row, position_id=position.id, title=title, unit=unit, holder=None)
            rows.append(row_there)
        return Spans(organisation, rows, self.left_out)

    def get(self, position_id: str) -> LeaderSpan | None:
        """Return the figures of a post, or None where it leads nobody."""
        return self._by_id.get(position_id)


def spans(
    organisation: Organisation, *, count_vacant: bool = True, count_planned: bool = False
) -> Spans:
    """Return span, reach and layers of every leader.

    Works in time proportional to posts and units.

    Parameters
    ----------
    organisation
        The organisation on its date.
    count_vacant
        Whether vacant seats count in spans and reaches.
    count_planned
        Whether posts that are only considered count.

    Returns
    -------
    spans
        One row a leader's post, in reading order.
    """
    return _Counting(organisation, count_vacant=count_vacant, count_planned=count_planned).spans()


class _Counting:
    """One count over one organisation."""

    def __init__(
        self, organisation: Organisation, *, count_vacant: bool, count_planned: bool
    ) -> None:
        self._organisation = organisation
        left_out = {Status.VACANT: not count_vacant, Status.PLANNED: not count_planned}
        self._left_out = {status for status, is_left_out in left_out.items() if is_left_out}
        self._headcounts = Headcounts(organisation, self._heads)
        self._order = reading_order(organisation)
        self._may_refer = may_refer(organisation)
        self._unlisted: dict[str, Interval] = {}
        self._reach: dict[str, Interval] = {}
        self._leaders_below: dict[str, int] = {}

    def spans(self) -> Spans:
        organisation = self._organisation
        for position_id in reversed(self._order):
            self._unlisted[position_id] = self._unlisted_staff(position_id)
            self._reach[position_id] = self._reach_of(position_id)
            self._leaders_below[position_id] = sum(
                self._leaders_below[report] + self._leader_seats(report)
                for report in organisation.reports[position_id]
            )
        above, below = layers(organisation), leader_layers_below(organisation)
        level_of = levels(organisation)
        rows = [
            self._row(position_id, above[position_id], below[position_id], level_of[position_id])
            for position_id in self._order
            if position_id in organisation.leader_ids
        ]
        return Spans(organisation, rows, self._left_out)

    def _row(
        self, position_id: str, layers_above: int, layers_below: int, level: Level
    ) -> LeaderSpan:
        organisation = self._organisation
        position = organisation.positions[position_id]
        holders = organisation.holders(position_id)
        direct_leaders = sum(map(self._leader_seats, organisation.reports[position_id]))
        direct_staff = self._direct_staff(position_id)
        unsettled = self._unsettled(position_id)
        drawn = exactly(direct_leaders) + direct_staff
        return LeaderSpan(
            position_id=position_id,
            title=position.title.da,
            unit=organisation.units[position.unit_id].name.da,
            holder=", ".join(person.name for person in holders) or None,
            status=organisation.status(position_id),
            level=level,
            seats=position.seats,
            direct_leaders=direct_leaders,
            unsettled=unsettled,
            direct_staff=direct_staff,
            unlisted_staff=self._unlisted[position_id],
            span=drawn.widened(*unsettled),
            reach=self._reach[position_id],
            leaders_below=self._leaders_below[position_id],
            layers_above=layers_above,
            layers_below=layers_below,
        )

    def _unsettled(self, position_id: str) -> tuple[int, int]:
        """Return how many drawn reports may refer to others, and how many others to this post."""
        positions = self._organisation.positions
        drawn = [one for one in self._organisation.reports[position_id] if self._is_unsettled(one)]
        others = self._may_refer.get(position_id, ())
        fewer, more = (
            sum(self._seats(positions[one]) for one in ones) for ones in (drawn, others)
        )
        return fewer, more

    def _is_unsettled(self, position_id: str) -> bool:
        return bool(self._organisation.lines[position_id].alternative_ids)

    def _seats(self, position: Position) -> int:
        counts = self._organisation.status(position.id) not in self._left_out
        return position.seats if counts else 0

    def _heads(self, position: Position) -> int:
        return 0 if position.political else self._seats(position)

    def _leader_seats(self, position_id: str) -> int:
        if position_id not in self._organisation.leader_ids:
            return 0
        return self._seats(self._organisation.positions[position_id])

    def _direct_staff(self, position_id: str) -> Interval:
        listed = sum(
            self._seats(self._organisation.positions[report])
            for report in self._organisation.reports[position_id]
            if report not in self._organisation.leader_ids
        )
        return exactly(listed) + self._unlisted[position_id]

    def _unlisted_staff(self, position_id: str) -> Interval:
        """Return a leader's unlisted staff; a post without a unit has those who are listed."""
        position = self._organisation.positions[position_id]
        leads_unit = position_id in self._headcounts.top_units
        if leads_unit or position.is_stated_leader:
            return self._headcounts.unlisted(position_id)
        return ZERO

    def _reach_of(self, position_id: str) -> Interval:
        reports = self._organisation.reports[position_id]
        tops = self._headcounts.top_units.get(position_id, ())
        stated = [self._headcounts.stated(unit_id) for unit_id in tops]
        if not tops or None in stated:
            known = total([self._below(report) for report in reports])
            others = UNKNOWN if position_id in self._may_refer else ZERO
            return known + others + self._unlisted[position_id]
        position = self._organisation.positions[position_id]
        is_inside = self._headcounts.contains(tops, position.unit_id)
        own = exactly(self._heads(position) if is_inside else 0)
        outside = [
            self._below(report)
            for report in reports
            if not self._headcounts.contains(tops, self._organisation.positions[report].unit_id)
        ]
        return total([one for one in stated if one is not None]).less(own) + total(outside)

    def _below(self, position_id: str) -> Interval:
        """Return a report and everyone below it; from 0 where it may refer to another."""
        seats = self._seats(self._organisation.positions[position_id])
        everyone = exactly(seats) + self._reach[position_id]
        return Interval(0, everyone.high) if self._is_unsettled(position_id) else everyone


def may_refer(organisation: Organisation) -> dict[str, list[str]]:
    """Return, for each post that lines name as another possible superior, where they come from."""
    found: dict[str, list[str]] = {}
    for position_id, line in organisation.lines.items():
        for other_id in line.alternative_ids:
            found.setdefault(other_id, []).append(position_id)
    return found
