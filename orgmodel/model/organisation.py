"""An organisation: all recorded facts (Record), and its state on a date (Organisation)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from orgmodel.arrays.forest import NONE, Forest
from orgmodel.errors import StructureError, UnknownIdError
from orgmodel.model.reporting import find_cycles, resolve_lines
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import networkx as nx

    from orgmodel.model.dates import PartialDate
    from orgmodel.model.entities import (
        Framework,
        Group,
        Holding,
        Kind,
        Membership,
        Person,
        Position,
        Relation,
        Unit,
    )
    from orgmodel.model.findings import Finding
    from orgmodel.model.names import Text
    from orgmodel.model.profiles import Profile
    from orgmodel.model.provenance import Source
    from orgmodel.model.reporting import ReportingLine

Entity = TypeVar("Entity")
_SUGGESTIONS = 3
_MOST_COMPARED = 5_000


@dataclass(frozen=True, kw_only=True)
class Record:
    """All facts about an organisation, past, present and future, in the order of its file."""

    id: str
    name: Text
    as_of: PartialDate
    description: Text | None = None
    units: tuple[Unit, ...] = ()
    positions: tuple[Position, ...] = ()
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    relations: tuple[Relation, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    profiles: tuple[Profile, ...] = ()
    sources: tuple[Source, ...] = ()
    kinds: tuple[Kind, ...] = ()
    findings: tuple[Finding, ...] = ()


class Organisation:
    """An organisation on a date: the units, posts and holders that are in force then.

    Everything is read-only: entities are frozen, sequences are tuples and mappings are views.
    Graphs are rebuilt on every call.

    Parameters
    ----------
    record
        All recorded facts.
    day
        The date; None means the date of the data.
    """

    def __init__(self, record: Record, day: date | None = None) -> None:
        self._record = record
        self._day = day or record.as_of.last_day()

    # Identity and date ------------------------------------------------------------------------

    @property
    def record(self) -> Record:
        """All recorded facts, independent of the date."""
        return self._record

    @property
    def id(self) -> str:
        """The name of the organisation in URLs."""
        return self._record.id

    @property
    def name(self) -> Text:
        """The organisation's name."""
        return self._record.name

    @property
    def as_of(self) -> PartialDate:
        """The date of the data."""
        return self._record.as_of

    @property
    def day(self) -> date:
        """The date of this state of the organisation."""
        return self._day

    def on(self, day: date) -> Organisation:
        """Return the organisation on another date."""
        return Organisation(self._record, day)

    # The entries in force, in the order of the file -----------------------------------------

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by id. A unit is not in force if an ancestor is not."""
        return MappingProxyType(units_in_force(self._record.units, self._day))

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """Posts by id."""
        return MappingProxyType(posts_in_force(self._record.positions, self.units, self._day))

    @cached_property
    def seats(self) -> int:
        """The number of posts, counting the seats of each entry."""
        return sum(position.seats for position in self.positions.values())

    @cached_property
    def unit_count(self) -> int:
        """The number of units, counting the units that each entry represents."""
        return sum(unit.count for unit in self.units.values())

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """People by id, whether or not they hold a post on the date."""
        return _by_id(self._record.people)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Groups by id."""
        return _by_id(self._record.groups)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return _by_id(self._record.sources)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The organisation's words for its units and groups, by id."""
        return _by_id(self._record.kinds)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Profiles by the id of their post."""
        return MappingProxyType(
            {profile.position_id: profile for profile in self._record.profiles}
        )

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The relations beside the reporting line whose two ends are in force."""
        return tuple(
            relation
            for relation in self._record.relations
            if self.has(relation.from_id) and self.has(relation.to_id)
        )

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """The stated leadership principles."""
        return self._record.frameworks

    def has(self, entity_id: str) -> bool:
        """Tell whether a unit, post or group with this id is in force."""
        return entity_id in self.units or entity_id in self.positions or entity_id in self.groups

    # Lookup by id ------------------------------------------------------------

    def position(self, position_id: str) -> Position:
        """Return a post, or raise UnknownIdError with similar ids."""
        return _found("position", position_id, self.positions)

    def unit(self, unit_id: str) -> Unit:
        """Return a unit, or raise UnknownIdError with similar ids."""
        return _found("unit", unit_id, self.units)

    def group(self, group_id: str) -> Group:
        """Return a group, or raise UnknownIdError with similar ids."""
        return _found("group", group_id, self.groups)

    # The reporting line -------------------------------------------------------------------------

    @cached_property
    def lines(self) -> Mapping[str, ReportingLine]:
        """The reporting line of every post, stated or inferred, by post id.

        Raises
        ------
        StructureError
            If the lines contain a cycle, which is impossible in organisations read from files.
        """
        lines = resolve_lines(self.units.values(), tuple(self.positions.values()))
        for cycle in find_cycles({key: line.superior_id for key, line in lines.items()}):
            raise StructureError(cycle)
        return MappingProxyType(lines)

    @cached_property
    def reports(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the direct reports of every post, in reading order."""
        found: dict[str, list[str]] = {position_id: [] for position_id in self.positions}
        for position_id, line in self.lines.items():
            if line.superior_id is not None:
                found[line.superior_id].append(position_id)
        return MappingProxyType({key: tuple(ids) for key, ids in found.items()})

    @cached_property
    def forest(self) -> Forest:
        """The reporting lines as arrays; posts are numbered in the order of `positions`."""
        numbers = {position_id: n for n, position_id in enumerate(self.positions)}
        above = (line.superior_id for line in self.lines.values())
        return Forest([NONE if one is None else numbers[one] for one in above])

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The ids of the posts without a superior, in reading order."""
        return tuple(key for key, line in self.lines.items() if line.superior_id is None)

    @cached_property
    def led_units(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the units led by each post."""
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            leader_id = self.leader_of(unit.id)
            if leader_id is not None:
                found.setdefault(leader_id, []).append(unit.id)
        return MappingProxyType({key: tuple(ids) for key, ids in found.items()})

    def leader_of(self, unit_id: str) -> str | None:
        """Return the post that leads a unit; None if it is unknown or not in force."""
        leader_id = self.units[unit_id].leader_id
        return leader_id if leader_id in self.positions else None

    @cached_property
    def subunits(self) -> Mapping[str | None, tuple[str, ...]]:
        """The ids of the direct subunits of each unit; under None, those at the top."""
        found: dict[str | None, list[str]] = {None: []}
        for unit in self.units.values():
            found.setdefault(unit.parent_id, []).append(unit.id)
        return MappingProxyType({key: tuple(ids) for key, ids in found.items()})

    @cached_property
    def positions_in(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the posts in each unit, in reading order, without those of its subunits."""
        found: dict[str, list[str]] = {}
        for position in self.positions.values():
            found.setdefault(position.unit_id, []).append(position.id)
        return MappingProxyType({key: tuple(ids) for key, ids in found.items()})

    @cached_property
    def leader_ids(self) -> frozenset[str]:
        """The ids of the posts that lead a unit, have a report, or are stated to lead.

        A planned report does not make its superior a leader.
        """
        stated = {
            key
            for key, position in self.positions.items()
            if position.is_stated_leader or position.direct_leaders or position.direct_staff
        }
        superiors = {
            line.superior_id
            for key, line in self.lines.items()
            if line.superior_id is not None and self.status(key).facts.exists
        }
        # The superior of a lost line has a report according to the source.
        meant = {
            one
            for key, position in self.positions.items()
            if position.line_lost is not None
            for one in self.lines[key].alternative_ids
        }
        return frozenset(stated | superiors | meant | self.led_units.keys())

    # Holders ------------------------------------------------------------------------------------

    def holdings(self, position_id: str) -> tuple[Holding, ...]:
        """Return the holdings of a post on the date."""
        position = self.position(position_id)
        return tuple(h for h in position.holdings if h.period.covers(self._day))

    def holders(self, position_id: str) -> tuple[Person, ...]:
        """Return the people who hold a post on the date; none if the record is anonymised."""
        people = (self.people[holding.person_id] for holding in self.holdings(position_id))
        return tuple(person for person in people if person.name)

    def holder_names(self, position_id: str) -> str:
        """Return the names of a post's holders as one text; empty if none are named."""
        return ", ".join(person.name for person in self.holders(position_id))

    def status(self, position_id: str) -> Status:
        """Return the status of a post on the date.

        The status stated in the entry is used if it agrees with the holdings (vacant and planned:
        no holder). Otherwise the post is named if it has a holder, else unnamed: a post whose
        holder no source names is not a vacancy.
        """
        declared = self.position(position_id).declared_status
        holdings = self.holdings(position_id)
        if declared is not None and declared.facts.may_be_declared(is_held=bool(holdings)):
            return declared
        if holdings:
            return Status.ACTING if all(h.acting for h in holdings) else Status.NAMED
        return Status.UNNAMED

    def open_seats(self, position_id: str) -> int:
        """Return the number of seats of a held post for which no source names a holder."""
        held = len(self.holdings(position_id))
        return max(0, self.position(position_id).seats - held) if held else 0

    # Groups -------------------------------------------------------------------------------------

    @cached_property
    def memberships(self) -> Mapping[str, tuple[tuple[Group, Membership], ...]]:
        """The memberships of each post with their groups, in the order of the groups."""
        found: dict[str, list[tuple[Group, Membership]]] = {}
        for group in self.groups.values():
            for membership in group.members:
                if membership.position_id in self.positions:
                    found.setdefault(membership.position_id, []).append((group, membership))
        return MappingProxyType({key: tuple(pairs) for key, pairs in found.items()})

    # Graphs -------------------------------------------------------------------------------------

    def graph(self) -> nx.MultiDiGraph[str]:
        """Return posts, units, groups and people with all their lines, as a new NetworkX graph.

        See Also
        --------
        orgmodel.model.graphs.organisation_graph : the attributes of its nodes and edges.
        """
        from orgmodel.model.graphs import organisation_graph  # noqa: PLC0415 - NetworkX takes long to load

        return organisation_graph(self)

    def reporting_tree(self) -> nx.DiGraph[str]:
        """Return the reporting lines, leader → report, as a new NetworkX graph.

        See Also
        --------
        orgmodel.model.graphs.reporting_tree : the attributes of its nodes and edges.
        """
        from orgmodel.model.graphs import reporting_tree  # noqa: PLC0415 - NetworkX takes long to load

        return reporting_tree(self)

    def __repr__(self) -> str:
        return f"<Organisation {self.id!r} on {self._day}: {len(self.positions)} positions>"


def units_in_force(units: Iterable[Unit], day: date | None) -> dict[str, Unit]:
    """Return the units in force on a day, by id; all ancestors must be in force, too.

    Each unit comes after its parent. A day of None returns all units.
    """
    found: dict[str, Unit] = {}
    for unit in units:
        parent_is_there = unit.parent_id is None or unit.parent_id in found
        if parent_is_there and (day is None or unit.period.covers(day)):
            found[unit.id] = unit
    return found


def posts_in_force(
    posts: Iterable[Position], units: Mapping[str, Unit], day: date | None
) -> dict[str, Position]:
    """Return the posts in force on a day in one of the given units, by id."""
    return {
        post.id: post
        for post in posts
        if post.unit_id in units and (day is None or post.period.covers(day))
    }


def nearest_names(name: str, names: Iterable[str], n: int = _SUGGESTIONS) -> tuple[str, ...]:
    """Return the names most similar to `name`, best first; the number of comparisons is bounded."""
    alike = [known for known in names if abs(len(known) - len(name)) <= max(2, len(name) // 2)]
    return tuple(difflib.get_close_matches(name, alike[:_MOST_COMPARED], n=n, cutoff=0.6))


def _by_id(entities: Iterable[Entity]) -> Mapping[str, Entity]:
    return MappingProxyType({entity.id: entity for entity in entities})  # type: ignore[attr-defined]


def _found(kind: str, name: str, entities: Mapping[str, Entity]) -> Entity:
    try:
        return entities[name]
    except KeyError:
        raise UnknownIdError(name, kind=kind, nearest=nearest_names(name, entities)) from None
