"""Headcounts along the units: what is stated, what is known, and whom no entry lists.

A unit's *effective leader* is its own leader, else that of the nearest unit above. The units with
the same effective leader that hang together are that leader's *domain*; where another leader's unit
begins, the domain ends.

The *unlisted staff* of a domain are the people of a stated headcount who are in no listed post and
in no other leader's unit. They are the leader's direct staff as far as the data go. The remainder
of a stated total is certain only where nothing below can hide people: every other leader's unit
states its own headcount, no unit is without a leader, no leader sits in the domain whose staff
nobody states, no post of somebody else's sits in it that may have more seats, and the data do not
say that parts are missing. Else it is an upper bound only, and the lower bound is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from orgmodel.model.amounts import UNKNOWN, ZERO, Interval, exactly, total
from orgmodel.model.entities import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgmodel.model.entities import Position, Unit
    from orgmodel.model.organisation import Organisation


def employed_seats(organisation: Organisation) -> Callable[[Position], int]:
    """Return a count of employees: every post's seats, none for planned and political posts."""

    def seats(position: Position) -> int:
        is_planned = organisation.status(position.id) is Status.PLANNED
        return 0 if position.political or is_planned else position.seats

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


@dataclass(slots=True)
class _Domain:
    """What is below one unit inside its leader's domain."""

    listed: int = 0
    accounted: Interval = ZERO
    settled: bool = True
    inner_low: float = 0
    inner_high: float | None = 0


class Headcounts:
    """Headcounts of one organisation on its date; every table is made in one pass over the units.

    Parameters
    ----------
    organisation
        The organisation.
    heads
        How many employees a post counts for: its seats, or 0 where it does not count.
    """

    def __init__(self, organisation: Organisation, heads: Callable[[Position], int]) -> None:
        self._organisation = organisation
        self._heads = heads

    def stated(self, unit_id: str) -> Interval | None:
        """Return the stated headcount of a unit, None where none is stated.

        Where the number leaves out those who lead, the known leaders in the unit come on top; there
        may be more of them where the data say that parts are missing.
        """
        employees = self._organisation.units[unit_id].employees
        if not employees or employees[0].value is None:
            return None
        interval = employees[0].interval()
        if employees[0].without_leaders:
            first, last = self.places[unit_id]
            leaders = self.leaders_in(unit_id)
            is_all = self._leaders_open_until[last + 1] == self._leaders_open_until[first]
            interval = interval + Interval(leaders, leaders if is_all else None)
        return interval

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
        """How many of the units before each, in reading order, may have leaders not listed."""
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
        """Tell whether a post may stand for more employees than its seats."""
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

    def unlisted(self, leader_id: str) -> Interval:
        """Return the unlisted staff of a leader's domain; unknown for a leader without units."""
        tops = self.top_units.get(leader_id)
        if tops is None:
            return UNKNOWN
        return total([self._unlisted[unit_id] for unit_id in tops])

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
    def _unlisted(self) -> dict[str, Interval]:
        """The unlisted staff of each unit and those below it in the same domain."""
        domains = {unit_id: _Domain() for unit_id in self._organisation.units}
        for unit_id, heads in self._own_heads().items():
            domains[unit_id].listed = int(heads)
        self._unsettle_by_leaders(domains)
        self._unsettle_by_seats(domains)
        found: dict[str, Interval] = {}
        leaders = self.effective_leaders
        for unit in self._bottom_up():
            domain = domains[unit.id]
            domain.settled = domain.settled and unit.complete is not False
            found[unit.id] = self._own_interval(unit, domain)
            if unit.parent_id is not None:
                same = leaders[unit.id] == leaders[unit.parent_id]
                self._hand_up(unit, domain, found[unit.id], domains[unit.parent_id], same=same)
        return found

    def _own_interval(self, unit: Unit, domain: _Domain) -> Interval:
        stated = self.stated(unit.id)
        if stated is None:
            is_all = unit.complete is True
            return Interval(domain.inner_low, domain.inner_high if is_all else None)
        rest = stated.less(exactly(domain.listed)).less(domain.accounted)
        low = rest.low if domain.settled else 0
        high = rest.high
        listed_high = domain.inner_high if unit.complete is True else None
        if listed_high is not None and listed_high >= low:
            # All its parts and posts are listed: whoever is left over is in one of the parts.
            high = listed_high if high is None else min(high, listed_high)
        inner = domain.inner_low if high is None else min(domain.inner_low, high)
        return Interval(max(low, inner), high)

    def _hand_up(
        self, unit: Unit, domain: _Domain, own: Interval, above: _Domain, *, same: bool
    ) -> None:
        """Add a unit to the one above: as part of its domain, or as another leader's unit."""
        stated = self.stated(unit.id)
        if not same:
            above.accounted = above.accounted + (stated or Interval(self.known[unit.id], None))
            above.settled = above.settled and stated is not None
            return
        is_led = unit.leader_id in self._organisation.positions
        above.listed += domain.listed
        above.accounted = above.accounted + domain.accounted
        # A unit without a leader of its own may have one whom no source mentions.
        above.settled = above.settled and domain.settled and is_led
        above.inner_low += own.low if is_led else 0
        if above.inner_high is not None:
            above.inner_high = None if own.high is None else above.inner_high + own.high

    def _unsettle_by_leaders(self, domains: dict[str, _Domain]) -> None:
        """Note where a leader without a unit may lead people of the domain that they sit in."""
        organisation = self._organisation
        for leader_id in organisation.leader_ids:
            position = organisation.positions[leader_id]
            if not self.top_units.get(leader_id) and not position.political:
                domains[position.unit_id].settled = False

    def _unsettle_by_seats(self, domains: dict[str, _Domain]) -> None:
        """Note where posts that may have more seats are not the direct staff of their domain's leader.

        Those of the direct staff are no matter: whoever is in one of their seats is direct staff,
        listed or not.
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
            found[position.unit_id] += self._heads(position)
        return found

    def _bottom_up(self) -> Iterable[Unit]:
        return reversed(list(self._organisation.units.values()))
