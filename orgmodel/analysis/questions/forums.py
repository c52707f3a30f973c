"""Who sits in groups with whom, and who sits in most of them.

The measures are those of NetworkX on the graph of posts and groups, in which a post is tied to each
group that it sits in:

- the *degree* of a post is the number of its groups;
- its *betweenness* is the share of the pairs of other posts in groups whose shortest ways lead
  through it (of several shortest ways between two posts, the part that does). A pair without a way
  counts as a pair.

Posts for which no group is known are in neither list: unknown is not 0.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.organisation import Organisation

# Betweenness takes the steps of one search along all ties for each post; above so many steps, only
# some of the posts are starting points.
MOST_WORK = 400_000
_FEWEST_STARTS = 24
_SEED = 16


@dataclass(frozen=True, slots=True)
class Fellow:
    """A post that shares groups with another, with those groups."""

    position_id: str
    group_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a post's seats in groups amount to.

    Attributes
    ----------
    groups
        The number of groups that it is known to sit in.
    fellows
        The number of other posts in them.
    between
        The share of pairs of other posts whose shortest ways lead through it, 0 to 1; None where
        there is no pair.
    """

    position_id: str
    groups: int
    fellows: int
    between: float | None


@dataclass(frozen=True, slots=True)
class Forums:
    """The posts that sit in groups.

    Attributes
    ----------
    sittings
        The posts, those in most groups first, among them those with most fellows first.
    starts
        The number of posts from which shortest ways were followed; all of them if that is exact.
    is_complete
        Whether the sources list all members of every group; otherwise a post may sit in more.
    """

    sittings: tuple[Sitting, ...]
    starts: int
    is_complete: bool

    @property
    def is_sampled(self) -> bool:
        """Whether betweenness is an estimate from some of the posts."""
        return self.starts < len(self.sittings)


def fellows(organisation: Organisation, position_id: str) -> tuple[Fellow, ...]:
    """Return the other posts in the groups of a post, those in most of them first.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    found: dict[str, dict[str, None]] = {}
    seats = organisation.memberships.get(organisation.position(position_id).id, ())
    for group, _seat in seats:
        for member in group.members:
            other_id = member.position_id
            if other_id != position_id and other_id in organisation.positions:
                found.setdefault(other_id, {})[group.id] = None
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple(Fellow(other_id, tuple(groups)) for other_id, groups in ordered)


def forum_graph(organisation: Organisation) -> nx.Graph[str]:
    """Return the graph of the posts that sit in groups and of their groups."""
    graph: nx.Graph[str] = nx.Graph()
    for post_id, seats in organisation.memberships.items():
        graph.add_edges_from((post_id, group.id) for group, _seat in seats)
    return graph


def forums(organisation: Organisation, *, most_work: int = MOST_WORK) -> Forums:
    """Return who sits in most groups, and whom the ways between others lead through.

    Parameters
    ----------
    most_work
        The largest number of steps along ties; above it betweenness is estimated from a sample of
        the posts, the same one each time.
    """
    graph = forum_graph(organisation)
    posts = [one for one in organisation.positions if one in graph]
    starts = _starts(posts, graph.number_of_edges(), most_work)
    between = _between(graph, posts, starts)
    sittings = [
        Sitting(post_id, graph.degree(post_id), _fellow_count(graph, post_id), between[post_id])
        for post_id in posts
    ]
    sittings.sort(key=lambda one: (-one.groups, -one.fellows))
    is_complete = all(group.complete for group in organisation.groups.values())
    return Forums(tuple(sittings), len(starts), is_complete)


def _fellow_count(graph: nx.Graph[str], post_id: str) -> int:
    return len({one for group_id in graph[post_id] for one in graph[group_id]}) - 1


def _starts(posts: list[str], edges: int, most_work: int) -> list[str]:
    count = max(_FEWEST_STARTS, most_work // max(1, edges))
    if count >= len(posts):
        return posts
    return random.Random(_SEED).sample(posts, count)  # noqa: S311 - the same posts each time


def _between(
    graph: nx.Graph[str], posts: list[str], starts: list[str]
) -> Mapping[str, float | None]:
    """Return the betweenness of each post, from the shortest ways between `starts` and all posts."""
    # An undirected way is found from both of its ends, and NetworkX halves what it sums up.
    passing = nx.betweenness_centrality_subset(graph, starts, posts)
    chosen = set(starts)
    found: dict[str, float | None] = {}
    for post_id in posts:
        pairs = (len(starts) - (post_id in chosen)) * (len(posts) - 2)
        found[post_id] = 2 * passing[post_id] / pairs if pairs > 0 else None
    return found


@dataclass(frozen=True, slots=True)
class Overlap:
    """A group that shares posts with another, with those posts."""

    group_id: str
    position_ids: tuple[str, ...]


def overlaps(organisation: Organisation, group_id: str) -> tuple[Overlap, ...]:
    """Return the other groups that the members of a group sit in, those with most of them first.

    Raises
    ------
    UnknownIdError
        If the organisation has no such group.
    """
    found: dict[str, dict[str, None]] = {}
    for member in organisation.group(group_id).members:
        for group, _seat in organisation.memberships.get(member.position_id, ()):
            if group.id != group_id:
                found.setdefault(group.id, {})[member.position_id] = None
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple(Overlap(other_id, tuple(posts)) for other_id, posts in ordered)
