"""Headcounts of units: stated numbers, known people, and staff in no listed post.

A unit's *effective leader* is its own leader, else that of the nearest unit above. Connected
units with the same effective leader are that leader's *domain*; the domain ends where another leader's
unit begins.

Where several sources state a headcount it lies anywhere between them. The
statement says whether it includes the unit's leader (`leader_included`, `without_leaders`); otherwise
the leader may or may not be included.

The *unlisted staff* of a domain are the people of a stated headcount who are in no listed post and
in no other leader's unit. By the data they are the leader's direct staff. The remainder
of a stated total is certain only where nothing below can hide people: every other leader's unit
states its own headcount, every unit has a leader, the domain holds no leader whose staff is not
stated and no post of another leader that may have more seats, and the data do not say that parts
are missing. Otherwise it is only an upper *limit* of the unlisted staff.

Two assumptions are made unless `assuming` is False: that a unit is complete although no source says
so, and that a domain that could hide people, but shows no sign of it, hides nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from orgmodel.model.amounts import UNKNOWN, ZERO, Interval, exactly, hull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Position, Unit
    from orgmodel.model.organisation import Organisation


def employed_seats(organisation: Organisation) -> Callable[[Position], int]:
    """Return a count of employees per post: its seats, or 0 for planned, political and outside posts."""

    def seats(position: Position) -> int:
        exists = organisation.status(position.id).facts.exists
        is_employed = exists and not (position.political or position.outside)
        return position.seats if is_employed else 0

    return seats


def highest_stated(
    organisation: Organisation, stated: Callable[[str], Interval | None]
) -> tuple[dict[str, Interval], frozenset[str]]:
    """Return the amounts of the highest units that state one, by unit, and all units in those."""
    found: dict[str, Interval] = {}
    covered: set[str | None] = set()
    for unit in organisation.units.values():
        if unit.parent_id in covered:
            covered.add(unit.id)
        elif (amount := stated(unit.id)) is not None:
            found[unit.id] = amount
            covered.add(unit.id)
    return found, frozenset(one for one in covered if one is not None)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The staff of a domain who are in no listed post.

    Attributes
    ----------
    staff
        The interval of their number, as far as it is known.
    limit
        Their greatest possible number by the stated headcount; None without one.
    """

    staff: Interval
    limit: float | None

    def __add__(self, other: Unlisted) -> Unlisted:
        is_open = self.limit is None or other.limit is None
        limit = None if is_open else (self.limit or 0) + (other.limit or 0)
        return Unlisted(self.staff + other.staff, limit)


NOBODY_UNLISTED = Unlisted(ZERO, 0)
NOT_STATED = Unlisted(UNKNOWN, None)


@dataclass(slots=True)
class _Domain:
    """The part of a leader's domain at and below one unit."""

    listed: Interval = ZERO
    accounted: Interval = ZERO
    settled: bool = True
    inner: Unlisted = NOBODY_UNLISTED


class Headcounts:
    """Headcounts of one organisation on its date; each table takes one pass over the units.

    Parameters
    ----------
    organisation
        The organisation.
    heads
        How many employees a post counts for: its seats, or 0 where it does not count.
    assuming
        Whether the assumptions on parts and people (see the module) apply.
    """

    def __init__(
        self,
        organisation: Organisation,
        heads: Callable[[Position], int],
        *,
        assuming: bool = True,
    ) -> None:
        self._organisation = organisation
        self._heads = heads
        self._assuming = assuming

    def amounts(self, unit_id: str) -> tuple[Amount, ...]:
        """Return the stated headcounts of a unit whose number is known, one per statement."""
        employees = self._organisation.units[unit_id].employees
        return tuple(amount for amount in employees if amount.value is not None)

    def stated(self, unit_id: str) -> Interval | None:
        """Return a unit's headcount with its leader, by all statements; None without one."""
        return hull(self.in_unit(unit_id, amount) for amount in self.amounts(unit_id))

    def as_stated(self, unit_id: str) -> Interval | None:
        """Return a unit's headcount as its sources give it, leaders included or not; None without one."""
        return hull(self.counted(unit_id, amount) for amount in self.amounts(unit_id))

    def counted(self, unit_id: str, amount: Amount) -> Interval:
        """Return the headcount of one statement, with leaders added where it excludes them.

        The number of leaders is open above where the data say that parts are missing.
        """
        interval = amount.interval()
        if not amount.without_leaders:
            return interval
        first, last = self.places[unit_id]
        leaders = self.leaders_in(unit_id)
        is_all = self._leaders_open_until[last + 1] == self._leaders_open_until[first]
        return interval + Interval(leaders, leaders if is_all else None)

    def in_unit(self, unit_id: str, amount: Amount) -> Interval:
        """Return the headcount of a unit, leader included, by one statement."""
        counted, own = self.counted(unit_id, amount), self._own_seats(unit_id)
        if amount.without_leaders or amount.leader_included is True:
            return counted
        if amount.leader_included is False:
            return counted + own
        return counted.hull(counted + own)

    def below_leader(self, unit_id: str, amount: Amount) -> Interval:
        """Return the headcount of a unit without its leader, by one statement."""
        counted, own = self.counted(unit_id, amount), self._own_seats(unit_id)
        if amount.without_leaders or amount.leader_included is True:
            return counted.less(own)
        if amount.leader_included is False:
            return counted
        return counted.hull(counted.less(own))

    def _own_seats(self, unit_id: str) -> Interval:
        """Return the seats of a unit's effective leader, where that post is in the unit."""
        leader_id = self.effective_leaders[unit_id]
        if leader_id is None:
            return ZERO
        position = self._organisation.positions[leader_id]
        if not self.contains((unit_id,), position.unit_id):
            return ZERO
        heads = self._heads(position)
        return Interval(heads, None if self._may_have_more(position) else heads)

    def leaders_in(self, unit_id: str) -> int:
        """Return how many employed leaders are listed in a unit and below it."""
        first, last = self.places[unit_id]
        return self._leaders_until[last + 1] - self._leaders_until[first]

    @cached_property
    def _leaders_until(self) -> list[int]:
        """How many employed leaders are listed in the units before each, in reading order."""
        organisation = self._organisation
        own = dict.fromkeys(organisation.units, 0)
        for leader_id in organisation.leader_ids:
            position = organisation.positions[leader_id]
            own[position.unit_id] += self._heads(position)
        return [0, *accumulate(own.values())]

    @cached_property
    def _leaders_open_until(self) -> list[int]:
        """How many of the units before each, in reading order, may have unlisted leaders."""
        organisation = self._organisation
        may_have_more = {
            organisation.positions[one].unit_id
            for one in organisation.leader_ids
            if self._may_have_more(organisation.positions[one])
        }
        is_open = (
            unit.complete is False or unit.id in may_have_more
            for unit in organisation.units.values()
        )
        return [0, *accumulate(is_open)]

    def _may_have_more(self, position: Position) -> bool:
        """Tell whether a post may represent more employees than its seats."""
        return position.seats_at_least and self._heads(position) > 0

    @cached_property
    def effective_leaders(self) -> dict[str, str | None]:
        """The leader of each unit, else of the nearest unit above."""
        found: dict[str, str | None] = {}
        for unit in self._organisation.units.values():
            own = unit.leader_id if unit.leader_id in self._organisation.positions else None
            found[unit.id] = own or (found[unit.parent_id] if unit.parent_id else None)
        return found

    @cached_property
    def top_units(self) -> dict[str, tuple[str, ...]]:
        """The units that begin a domain, by their leader."""
        leaders = self.effective_leaders
        found: dict[str, list[str]] = {}
        for unit in self._organisation.units.values():
            leader = leaders[unit.id]
            above = leaders[unit.parent_id] if unit.parent_id else None
            if leader is not None and leader != above:
                found.setdefault(leader, []).append(unit.id)
        return {leader: tuple(unit_ids) for leader, unit_ids in found.items()}

    @cached_property
    def known(self) -> dict[str, float]:
        """How many people each unit holds at least: stated, or listed in it and below."""
        found = self._own_heads()
        for unit in self._bottom_up():
            stated = self.stated(unit.id)
            found[unit.id] = max(found[unit.id], stated.low if stated else 0)
            if unit.parent_id is not None:
                found[unit.parent_id] += found[unit.id]
        return found

    def unlisted(self, leader_id: str) -> Unlisted:
        """Return the unlisted staff of a leader's domain; unknown for a leader without units."""
        tops = self.top_units.get(leader_id)
        if tops is None:
            return NOT_STATED
        return sum((self._unlisted[unit_id] for unit_id in tops), NOBODY_UNLISTED)

    def contains(self, outer_ids: Iterable[str], unit_id: str) -> bool:
        """Tell whether a unit is one of `outer_ids` or below one of them."""
        place = self.places[unit_id][0]
        return any(self.places[outer][0] <= place <= self.places[outer][1] for outer in outer_ids)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Each unit's number in reading order, and the last number below it."""
        first = {unit_id: n for n, unit_id in enumerate(self._organisation.units)}
        last = dict(first)
        for unit in self._bottom_up():
            if unit.parent_id is not None:
                last[unit.parent_id] = max(last[unit.parent_id], last[unit.id])
        return {unit_id: (first[unit_id], last[unit_id]) for unit_id in first}

    @cached_property
    def _unlisted(self) -> dict[str, Unlisted]:
        """The unlisted staff of each unit and those below it in the same domain."""
        domains = {unit_id: _Domain() for unit_id in self._organisation.units}
        for position in self._organisation.positions.values():
            domain = domains[position.unit_id]
            domain.listed = domain.listed + self._listed(position)
        self._unsettle_by_leaders(domains)
        self._unsettle_by_seats(domains)
        found: dict[str, Unlisted] = {}
        leaders = self.effective_leaders
        for unit in self._bottom_up():
            domain = domains[unit.id]
            is_whole = unit.complete is not False if self._assuming else unit.is_stated_complete
            domain.settled = domain.settled and is_whole
            found[unit.id] = self._own_unlisted(unit, domain)
            if unit.parent_id is not None:
                same = leaders[unit.id] == leaders[unit.parent_id]
                self._hand_up(unit, domain, found[unit.id], domains[unit.parent_id], same=same)
        return found

    def _own_unlisted(self, unit: Unit, domain: _Domain) -> Unlisted:
        stated, inner = self.stated(unit.id), domain.inner
        is_complete = unit.complete is True if self._assuming else unit.is_stated_complete
        if stated is None:
            if is_complete:
                return inner
            return Unlisted(Interval(inner.staff.low, None), None)
        rest = stated.less(domain.listed).less(domain.accounted)
        low = rest.low if domain.settled else 0
        # All parts and posts of a complete unit are listed, so the remainder is in its parts.
        limit = _lesser(rest.high, inner.limit if is_complete else None, low)
        high = rest.high if domain.settled else None
        high = _lesser(high, inner.staff.high if is_complete else None, low)
        least = inner.staff.low if limit is None else min(inner.staff.low, limit)
        low = max(low, least)
        return Unlisted(Interval(low, high if high is None else max(low, high)), limit)

    def _hand_up(
        self, unit: Unit, domain: _Domain, own: Unlisted, above: _Domain, *, same: bool
    ) -> None:
        """Add a unit to the one above: as part of its domain, or as another leader's unit."""
        stated = self.stated(unit.id)
        if not same:
            above.accounted = above.accounted + (stated or Interval(self.known[unit.id], None))
            above.settled = above.settled and stated is not None
            return
        is_led = unit.leader_id in self._organisation.positions
        above.listed = above.listed + domain.listed
        above.accounted = above.accounted + domain.accounted
        # A unit without a leader may have one that no source mentions.
        above.settled = above.settled and domain.settled and is_led
        least = own.staff.low if is_led else 0
        above.inner = above.inner + Unlisted(Interval(least, own.staff.high), own.limit)

    def _listed(self, position: Position) -> Interval:
        """Return how many employees a listed post counts for; fewer where its seats are assumed."""
        heads = self._heads(position)
        few = position.seats_assumed
        if self._assuming or few is None or not heads:
            return Interval(heads, heads)
        return Interval(few.least, heads)

    def _unsettle_by_leaders(self, domains: dict[str, _Domain]) -> None:
        """Mark domains in which a leader without a unit may lead some of the people."""
        organisation = self._organisation
        for leader_id in organisation.leader_ids:
            position = organisation.positions[leader_id]
            if not self.top_units.get(leader_id) and not position.political:
                domains[position.unit_id].settled = False

    def _unsettle_by_seats(self, domains: dict[str, _Domain]) -> None:
        """Mark domains with a post that may have more seats and is not its leader's direct staff.

        Posts of the direct staff do not matter: anyone in one of their seats is direct staff, listed
        or not.
        """
        organisation = self._organisation
        for position in organisation.positions.values():
            if self._may_have_more(position):
                line = organisation.lines[position.id]
                is_staff = (
                    position.id not in organisation.leader_ids
                    and line.superior_id == self.effective_leaders[position.unit_id]
                    and not line.alternative_ids
                )
                domains[position.unit_id].settled &= is_staff

    def _own_heads(self) -> dict[str, float]:
        found: dict[str, float] = dict.fromkeys(self._organisation.units, 0)
        for position in self._organisation.positions.values():
            found[position.unit_id] += self._listed(position).low
        return found

    def _bottom_up(self) -> Iterable[Unit]:
        return reversed(list(self._organisation.units.values()))


def undistributed(organisation: Organisation) -> dict[str, Interval]:
    """Return the remainder of each stated total after stated parts and listed posts are deducted.

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
        # The number as the sources give it: a leader who is not included does not count as missing.
        whole = counts.as_stated(unit_id)
        assert whole is not None  # noqa: S101 - only units with a headcount stand above parts
        rest = whole.less(part)
        if rest.high != 0:
            found[unit_id] = rest
    return found


def _nearest_stated(
    organisation: Organisation, stated: Mapping[str, Interval | None]
) -> dict[str, str | None]:
    """Return, for each unit, the nearest one that states a headcount: itself or a unit above."""
    found: dict[str, str | None] = {}
    for unit in organisation.units.values():
        above = found[unit.parent_id] if unit.parent_id else None
        found[unit.id] = unit.id if stated[unit.id] is not None else above
    return found


def _lesser(high: float | None, other: float | None, low: float) -> float | None:
    """Return the lesser of two upper ends; an `other` below `low` is ignored."""
    if other is None or other < low:
        return high
    return other if high is None else min(high, other)
