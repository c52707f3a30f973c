"""What ties posts, units and groups to each other: the lines of `Organisation.graph()`, by node.

A *tie* is a line of that graph between two posts, units or groups, with its direction. People are
no nodes here: two posts with one holder are tied to each other instead. A *bundle* is the ties of
one kind at a node, in reading order; it is a slice of a sequence that exists already, so that asking
for the ties of one node costs nothing for the rest of the organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.errors import UnknownIdError
from orgmodel.model.entities import MemberRole, RelationKind
from orgmodel.model.organisation import nearest_names
from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgmodel.model.entities import Group, Relation
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Organisation


class NodeKind(StrEnum):
    """The kinds of node."""

    POST = "post"
    UNIT = "unit"
    GROUP = "group"


class TieKind(StrEnum):
    """The kinds of tie, named as the edges of `Organisation.graph()`."""

    REPORTS_TO = "reports_to"
    LEADS = "leads"
    PART_OF = "part_of"
    MEMBER_OF = "member_of"
    SAME_HOLDER = "same_holder"
    SERVES = RelationKind.SERVES.value
    SUPPLIES = RelationKind.SUPPLIES.value
    COORDINATES_WITH = RelationKind.COORDINATES_WITH.value
    PROFESSIONAL_REFERENCE = RelationKind.PROFESSIONAL_REFERENCE.value
    DEPUTISES_FOR = RelationKind.DEPUTISES_FOR.value

    @property
    def is_cross_cutting(self) -> bool:
        """Whether it is a relation beside the line."""
        return self.value in {kind.value for kind in RelationKind}


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie from one node to another.

    Attributes
    ----------
    role
        The role of a member in a group.
    basis
        Whether a source states it.
    about
        What a cross-cutting relation is about.
    """

    kind: TieKind
    from_id: str
    to_id: str
    role: MemberRole | None = None
    basis: Basis = Basis.EXPLICIT
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """The ties of one kind at a node.

    Attributes
    ----------
    is_outgoing
        Whether the node is where they begin.
    of
        The kind of the other ends.
    ids
        The other ends, in reading order.
    """

    kind: TieKind
    is_outgoing: bool
    of: NodeKind
    ids: Sequence[str]


def _outgoing(kind: TieKind, of: NodeKind, ids: Sequence[str]) -> Bundle:
    return Bundle(kind, is_outgoing=True, of=of, ids=ids)


def _incoming(kind: TieKind, of: NodeKind, ids: Sequence[str]) -> Bundle:
    return Bundle(kind, is_outgoing=False, of=of, ids=ids)


class Ties:
    """The ties of an organisation on its date."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    def kind(self, node_id: str) -> NodeKind:
        """Return the kind of a node, or raise UnknownIdError."""
        if node_id in self.organisation.positions:
            return NodeKind.POST
        if node_id in self.organisation.units:
            return NodeKind.UNIT
        if node_id in self.organisation.groups:
            return NodeKind.GROUP
        known = (*self.organisation.groups, *self.organisation.units)
        raise UnknownIdError(node_id, kind="node", nearest=nearest_names(node_id, known))

    # The ties of one node -----------------------------------------------------------------------

    def bundles(self, node_id: str) -> tuple[Bundle, ...]:
        """Return the ties of a node by kind, the most important kind first; none is empty."""
        kind = self.kind(node_id)
        if kind is NodeKind.POST:
            found = self._of_post(node_id)
        elif kind is NodeKind.UNIT:
            found = self._of_unit(node_id)
        else:
            found = self._of_group(node_id)
        return tuple(one for one in (*found, *self._relations_at(node_id)) if one.ids)

    def _of_post(self, post_id: str) -> Iterator[Bundle]:
        organisation = self.organisation
        superior_id = organisation.lines[post_id].superior_id
        above = () if superior_id is None else (superior_id,)
        yield _outgoing(TieKind.REPORTS_TO, NodeKind.POST, above)
        yield _outgoing(TieKind.LEADS, NodeKind.UNIT, organisation.led_units.get(post_id, ()))
        home = (organisation.positions[post_id].unit_id,)
        yield _outgoing(TieKind.PART_OF, NodeKind.UNIT, home)
        seats = organisation.memberships.get(post_id, ())
        groups = tuple(dict.fromkeys(group.id for group, _seat in seats))
        yield _outgoing(TieKind.MEMBER_OF, NodeKind.GROUP, groups)
        shared = self._same_holder.get(post_id, ())
        yield _outgoing(TieKind.SAME_HOLDER, NodeKind.POST, shared)
        yield _incoming(TieKind.REPORTS_TO, NodeKind.POST, organisation.reports[post_id])

    def _of_unit(self, unit_id: str) -> Iterator[Bundle]:
        organisation = self.organisation
        leader_id = organisation.leader_of(unit_id)
        led_by = () if leader_id is None else (leader_id,)
        yield _incoming(TieKind.LEADS, NodeKind.POST, led_by)
        parent_id = organisation.units[unit_id].parent_id
        above = () if parent_id is None else (parent_id,)
        yield _outgoing(TieKind.PART_OF, NodeKind.UNIT, above)
        groups = self._groups_part_of.get(unit_id, ())
        yield _incoming(TieKind.PART_OF, NodeKind.GROUP, groups)
        parts = organisation.subunits.get(unit_id, ())
        yield _incoming(TieKind.PART_OF, NodeKind.UNIT, parts)
        posts = organisation.positions_in.get(unit_id, ())
        yield _incoming(TieKind.PART_OF, NodeKind.POST, posts)

    def _of_group(self, group_id: str) -> Iterator[Bundle]:
        group = self.organisation.groups[group_id]
        yield _incoming(TieKind.MEMBER_OF, NodeKind.POST, self.members(group))
        for kind in (NodeKind.UNIT, NodeKind.GROUP):
            wholes = tuple(one for one in self._wholes(group) if self.kind(one) is kind)
            yield _outgoing(TieKind.PART_OF, kind, wholes)
        parts = self._groups_part_of.get(group_id, ())
        yield _incoming(TieKind.PART_OF, NodeKind.GROUP, parts)

    def _relations_at(self, node_id: str) -> Iterator[Bundle]:
        found: dict[tuple[TieKind, bool, NodeKind], dict[str, None]] = {}
        for relation, is_outgoing in self._relations.get(node_id, ()):
            other_id = relation.to_id if is_outgoing else relation.from_id
            key = (TieKind(relation.kind.value), is_outgoing, self.kind(other_id))
            found.setdefault(key, {})[other_id] = None
        for (kind, is_outgoing, of), ids in found.items():
            yield Bundle(kind, is_outgoing, of, tuple(ids))

    def members(self, group: Group) -> tuple[str, ...]:
        """Return the posts that sit in a group, its chair first, otherwise in the group's order."""
        ranked = sorted(group.members, key=lambda one: _RANKS[one.role])
        found = dict.fromkeys(one.position_id for one in ranked)
        return tuple(one for one in found if one in self.organisation.positions)

    # The ties between nodes ---------------------------------------------------------------------

    def own(self, node_id: str) -> Iterator[Tie]:
        """Yield the ties that a node holds: those to what it is under, in or a member of.

        Each tie of the organisation is held by one of its ends, so that the ties between some nodes
        are found without those to all others.
        """
        organisation, kind = self.organisation, self.kind(node_id)
        if kind is NodeKind.POST:
            yield from self._own_of_post(node_id)
        elif kind is NodeKind.UNIT:
            leader_id, parent_id = (
                organisation.leader_of(node_id),
                organisation.units[node_id].parent_id,
            )
            if leader_id is not None:
                yield Tie(TieKind.LEADS, leader_id, node_id)
            if parent_id is not None:
                yield Tie(TieKind.PART_OF, node_id, parent_id)
        else:
            for whole_id in self._wholes(organisation.groups[node_id]):
                yield Tie(TieKind.PART_OF, node_id, whole_id)
        for relation, is_outgoing in self._relations.get(node_id, ()):
            if is_outgoing:
                kind_of_tie = TieKind(relation.kind.value)
                yield Tie(
                    kind_of_tie, node_id, relation.to_id, None, relation.basis, relation.about
                )

    def _own_of_post(self, post_id: str) -> Iterator[Tie]:
        organisation = self.organisation
        line = organisation.lines[post_id]
        if line.superior_id is not None:
            basis = line.basis or Basis.EXPLICIT
            yield Tie(TieKind.REPORTS_TO, post_id, line.superior_id, basis=basis)
        yield Tie(TieKind.PART_OF, post_id, organisation.positions[post_id].unit_id)
        seen = set()
        for group, seat in organisation.memberships.get(post_id, ()):
            if group.id not in seen:
                seen.add(group.id)
                yield Tie(TieKind.MEMBER_OF, post_id, group.id, seat.role, seat.basis)
        for other_id in self._same_holder.get(post_id, ()):
            if post_id < other_id:
                yield Tie(TieKind.SAME_HOLDER, post_id, other_id)

    # Indexes, each made once --------------------------------------------------------------------

    def _wholes(self, group: Group) -> tuple[str, ...]:
        wholes = dict.fromkeys((group.unit_id, group.part_of_id))
        return tuple(one for one in wholes if one is not None and self.organisation.has(one))

    @cached_property
    def _groups_part_of(self) -> Mapping[str, tuple[str, ...]]:
        """The groups of each unit, and those under each group."""
        found: dict[str, list[str]] = {}
        for group in self.organisation.groups.values():
            for whole_id in self._wholes(group):
                found.setdefault(whole_id, []).append(group.id)
        return {whole_id: tuple(ids) for whole_id, ids in found.items()}

    @cached_property
    def _relations(self) -> Mapping[str, tuple[tuple[Relation, bool], ...]]:
        """The relations at each node, and whether they begin there."""
        found: dict[str, list[tuple[Relation, bool]]] = {}
        for relation in self.organisation.relations:
            found.setdefault(relation.from_id, []).append((relation, True))
            found.setdefault(relation.to_id, []).append((relation, False))
        return {node_id: tuple(pairs) for node_id, pairs in found.items()}

    @cached_property
    def _same_holder(self) -> Mapping[str, tuple[str, ...]]:
        """The other posts of each post's holders; nothing where nobody is named."""
        posts: dict[str, list[str]] = {}
        for post_id, post in self.organisation.positions.items():
            if post.holdings:
                for person in self.organisation.holders(post_id):
                    posts.setdefault(person.id, []).append(post_id)
        found: dict[str, dict[str, None]] = {}
        for held in posts.values():
            for post_id in held if len(held) > 1 else ():
                others = (one for one in held if one != post_id)
                found.setdefault(post_id, {}).update(dict.fromkeys(others))
        return {post_id: tuple(others) for post_id, others in found.items()}


_RANKS = {
    MemberRole.CHAIR: 0,
    MemberRole.DEPUTY_CHAIR: 1,
    MemberRole.MEMBER: 2,
    MemberRole.SECRETARY: 2,
}
