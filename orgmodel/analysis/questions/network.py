"""The network around a post, a unit or a group, and what ties two of them.

The network of some *centres* has every node within a number of steps from them, and every tie
between its nodes. It is bounded: of a wide bundle only the first nodes are in it, and the rest is
counted. The work grows with the nodes that are in it, not with the organisation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import chain_to_top
from orgmodel.analysis.questions.onboarding import chairs
from orgmodel.analysis.questions.ties import Bundle, NodeKind, Tie, TieKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from orgmodel.analysis.questions.ties import Ties

MOST_STEPS = 3
MOST_NODES = 150
# How many nodes of one bundle are in a network, by the steps of its node from the centre.
_WIDTHS = (30, 12, 6)
_MOST_RESTS = 40
# A search for the shortest way between two nodes gives up after so many of them.
_MOST_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class Rest:
    """The nodes of a bundle that a network leaves out."""

    node_id: str
    bundle: Bundle
    count: int


@dataclass(frozen=True, slots=True)
class Network:
    """Some nodes, with every tie between them.

    Attributes
    ----------
    centres
        The nodes that it is around.
    steps
        The steps of each node from the nearest centre, nearest first.
    parents
        The node through which each node was reached; none for a centre.
    ties
        The ties between the nodes.
    rests
        What is left out next to its nodes, nearest first.
    more
        How many bundles are left out besides.
    """

    centres: tuple[str, ...]
    steps: Mapping[str, int]
    parents: Mapping[str, str]
    ties: tuple[Tie, ...]
    rests: tuple[Rest, ...] = ()
    more: int = 0


def network_around(
    ties: Ties,
    node_id: str,
    steps: int,
    *,
    unfolded: Collection[str] = (),
    most: int = MOST_NODES,
) -> Network:
    """Return the network of a node.

    Parameters
    ----------
    steps
        How far it reaches, 1 to 3.
    unfolded
        Nodes whose bundles are shown as far as the largest network allows.
    most
        The largest number of nodes.

    Raises
    ------
    UnknownIdError
        If the organisation has no such node.
    """
    ties.kind(node_id)
    found, parents = {node_id: 0}, dict[str, str]()
    ring = [node_id]
    for step in range(1, steps + 1):
        following: list[str] = []
        for here in ring:
            width = most if here in unfolded else _WIDTHS[min(step, len(_WIDTHS)) - 1]
            for bundle in ties.bundles(here):
                room = min(width, most - len(found))
                for other_id in _first_new(bundle.ids, found, room):
                    found[other_id] = step
                    parents[other_id] = here
                    following.append(other_id)
        ring = following
    kept = ties_between(ties, found)
    rests = list(_rests(ties, [one for one in found if found[one] < steps], kept))
    return Network(
        (node_id,), found, parents, kept, tuple(rests[:_MOST_RESTS]), len(rests[_MOST_RESTS:])
    )


def _first_new(ids: Sequence[str], known: Collection[str], count: int) -> list[str]:
    found: list[str] = []
    for one in ids if count > 0 else ():
        if one not in known:
            found.append(one)
            if len(found) == count:
                break
    return found


def ties_between(ties: Ties, node_ids: Collection[str]) -> tuple[Tie, ...]:
    """Return every tie with both ends among some nodes."""
    return tuple(
        tie
        for one in node_ids
        for tie in ties.own(one)
        if tie.from_id in node_ids and tie.to_id in node_ids
    )


def _rests(ties: Ties, node_ids: Iterable[str], kept: Iterable[Tie]) -> Iterator[Rest]:
    shown: Counter[tuple[str, TieKind, bool, NodeKind]] = Counter()
    seen = set()
    for tie in kept:
        ends = (tie.kind, tie.from_id, tie.to_id)
        if ends in seen:
            continue  # two relations of one kind between the same two
        seen.add(ends)
        shown[tie.from_id, tie.kind, True, ties.kind(tie.to_id)] += 1
        is_mutual = tie.kind is TieKind.SAME_HOLDER
        shown[tie.to_id, tie.kind, is_mutual, ties.kind(tie.from_id)] += 1
    for node_id in node_ids:
        for bundle in ties.bundles(node_id):
            here = shown[node_id, bundle.kind, bundle.is_outgoing, bundle.of]
            if len(bundle.ids) > here:
                yield Rest(node_id, bundle, len(bundle.ids) - here)


# What ties two nodes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """A group with posts of both sides; a post of both sides stands on both."""

    group_id: str
    first_ids: tuple[str, ...]
    second_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TiesOfTwo:
    """What links two nodes; a side is a post, the posts in a unit and below it, or those in a group.

    Attributes
    ----------
    groups
        The groups with posts of both sides, the most seats first.
    relations
        The cross-cutting relations from one side to the other.
    posts
        The posts that are on both sides.
    people
        The posts of each side that one person holds.
    leader_id
        The closest common leader of those who lead the two; None without one.
    way
        The nodes of a shortest way along links, both ends included; empty without one.
    """

    first_id: str
    second_id: str
    groups: tuple[SharedGroup, ...]
    relations: tuple[Tie, ...]
    posts: tuple[str, ...]
    people: tuple[Tie, ...]
    leader_id: str | None
    way: tuple[str, ...]


def what_ties(ties: Ties, first_id: str, second_id: str) -> TiesOfTwo:
    """Return what ties two nodes.

    Raises
    ------
    UnknownIdError
        If the organisation lacks either of them.
    """
    sides = _Side(ties, first_id), _Side(ties, second_id)
    first, second = sides
    crossing = _crossing(ties, *sides)
    return TiesOfTwo(
        first_id,
        second_id,
        groups=tuple(_shared_groups(ties, *sides)),
        relations=tuple(one for one in crossing if one.kind.is_cross_cutting),
        posts=tuple(one for one in first.posts if one in second.posts),
        people=tuple(one for one in crossing if one.kind is TieKind.SAME_HOLDER),
        leader_id=common_leader(ties, (*first.leaders(), *second.leaders())),
        way=shortest_way(ties, first_id, second_id),
    )


class _Side:
    """One of two nodes: the posts and the units that belong to it."""

    def __init__(self, ties: Ties, node_id: str) -> None:
        organisation = ties.organisation
        self.ties, self.id, self.kind = ties, node_id, ties.kind(node_id)
        self.units: dict[str, None] = {}
        if self.kind is NodeKind.POST:
            posts: Iterable[str] = (node_id,)
        elif self.kind is NodeKind.GROUP:
            posts = ties.members(organisation.groups[node_id])
        else:
            waiting = [node_id]
            while waiting:
                here = waiting.pop()
                self.units[here] = None
                waiting.extend(reversed(organisation.subunits.get(here, ())))
            posts = (one for u in self.units for one in organisation.positions_in.get(u, ()))
        self.posts = dict.fromkeys(posts)
        if self.kind is NodeKind.UNIT:
            leads = (organisation.leader_of(one) for one in self.units)
            self.posts.update(dict.fromkeys(one for one in leads if one is not None))

    @property
    def nodes(self) -> dict[str, None]:
        """The nodes whose relations are those of this side."""
        return {self.id: None, **self.units, **self.posts}

    def leaders(self) -> tuple[str, ...]:
        """Return the post, the leader of the unit or of one around it, the chairs or the members."""
        organisation = self.ties.organisation
        if self.kind is NodeKind.POST:
            return (self.id,)
        if self.kind is NodeKind.GROUP:
            group = organisation.groups[self.id]
            return chairs(organisation, group) or tuple(self.posts)
        here: str | None = self.id
        while here is not None:
            leader_id = organisation.leader_of(here)
            if leader_id is not None:
                return (leader_id,)
            here = organisation.units[here].parent_id
        return ()


def _crossing(ties: Ties, first: _Side, second: _Side) -> list[Tie]:
    """Return the ties from what is only on one side to what is only on the other."""
    one_side, other_side = first.nodes, second.nodes
    only_first = one_side.keys() - other_side.keys()
    only_second = other_side.keys() - one_side.keys()
    nodes = [
        *(n for n in one_side if n in only_first),
        *(n for n in other_side if n in only_second),
    ]
    return [
        tie
        for node_id in nodes
        for tie in ties.own(node_id)
        if (tie.from_id in only_first and tie.to_id in only_second)
        or (tie.from_id in only_second and tie.to_id in only_first)
    ]


def _shared_groups(ties: Ties, first: _Side, second: _Side) -> list[SharedGroup]:
    memberships = ties.organisation.memberships
    seats: dict[str, tuple[list[str], list[str]]] = {}
    for number, side in enumerate((first, second)):
        for post_id in side.posts:
            for group_id in dict.fromkeys(group.id for group, _ in memberships.get(post_id, ())):
                seats.setdefault(group_id, ([], []))[number].append(post_id)
    shared = [
        SharedGroup(group_id, tuple(ours), tuple(theirs))
        for group_id, (ours, theirs) in seats.items()
        if ours and theirs and group_id not in {first.id, second.id}
    ]
    return sorted(shared, key=lambda one: -len({*one.first_ids, *one.second_ids}))


def common_leader(ties: Ties, post_ids: Iterable[str]) -> str | None:
    """Return the closest post that is above all of some posts, or is one of them; None without one."""
    common: tuple[str, ...] | None = None
    for post_id in dict.fromkeys(post_ids):
        chain = chain_to_top(ties.organisation, post_id)
        above = set(chain)
        common = chain if common is None else tuple(one for one in common if one in above)
    return common[0] if common else None


def shortest_way(ties: Ties, start_id: str, end_id: str) -> tuple[str, ...]:
    """Return the nodes of a shortest way between two nodes, both included; empty without one.

    The search runs from both ends at once and gives up after 20,000 nodes.

    Raises
    ------
    UnknownIdError
        If the organisation lacks either of them.
    """
    ties.kind(start_id), ties.kind(end_id)
    reached: tuple[dict[str, str | None], ...] = ({start_id: None}, {end_id: None})
    rings: list[list[str]] = [[start_id], [end_id]]
    if start_id == end_id:
        return (start_id,)
    while rings[0] and rings[1]:
        number = 0 if len(rings[0]) <= len(rings[1]) else 1
        own, other = reached[number], reached[1 - number]
        following: list[str] = []
        for here in rings[number]:
            for bundle in ties.bundles(here):
                for node_id in bundle.ids:
                    if node_id in own:
                        continue
                    own[node_id] = here
                    following.append(node_id)
                    if node_id in other:
                        return _joined(node_id, *reached)
            if len(own) + len(other) > _MOST_SEARCHED:
                return ()
        rings[number] = following
    return ()


def _joined(
    middle: str, before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> tuple[str, ...]:
    first = [middle]
    while (step := before[first[-1]]) is not None:
        first.append(step)
    second = [middle]
    while (step := after[second[-1]]) is not None:
        second.append(step)
    return (*reversed(first), *second[1:])


def network_between(ties: Ties, found: TiesOfTwo, *, most: int = MOST_NODES) -> Network:
    """Return the network of what ties two nodes: the two, and what is between them.

    Posts in many shared groups come first where not all have room.
    """
    ends = (found.first_id, found.second_id)
    steps = dict.fromkeys(ends, 0)
    shared = (
        one
        for group in found.groups
        for one in (group.group_id, *group.first_ids, *group.second_ids)
    )
    related = (
        one for tie in (*found.relations, *found.people) for one in (tie.from_id, tie.to_id)
    )
    leader = () if found.leader_id is None else (found.leader_id,)
    for one in (*found.way, *leader, *related, *found.posts, *shared):
        if len(steps) < most:
            steps.setdefault(one, 1)
    # What a post sits in, and the unit that it stands in, so that it is seen to be on a side.
    for side in (_Side(ties, one) for one in ends):
        for post_id in [one for one in steps if one in side.posts and side.kind is NodeKind.UNIT]:
            here = ties.organisation.positions[post_id].unit_id
            while here in side.units and here not in steps and len(steps) < most:
                steps[here] = 1
                above = ties.organisation.units[here].parent_id
                if above is None:
                    break
                here = above
    return Network(ends, steps, {}, ties_between(ties, steps))
