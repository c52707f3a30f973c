"""Walks along the reporting line: to the top, between two posts, downwards, sideways.

A *chain* lists posts upwards from a given post. The *top* is a post that reports to nobody.
A *peer* has the same superior. Every walk is a loop, not a recursion, so depth is unlimited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model.entities import Group, Membership
    from orgmodel.model.organisation import Organisation


def chain_to_top(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the chain from a post to the top, both included.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post on its date.
    """
    here: str | None = organisation.position(position_id).id
    chain = []
    while here is not None:
        chain.append(here)
        here = organisation.lines[here].superior_id
    return tuple(chain)


def closest_common_leader(organisation: Organisation, first_id: str, second_id: str) -> str | None:
    """Return the lowest common ancestor of two posts; it may be one of the two.

    Returns
    -------
    leader_id
        None if the two posts are under different tops.

    Raises
    ------
    UnknownIdError
        If either post does not exist.
    """
    above_first = set(chain_to_top(organisation, first_id))
    chain = chain_to_top(organisation, second_id)
    return next((post for post in chain if post in above_first), None)


def chain_between(organisation: Organisation, start_id: str, end_id: str) -> tuple[str, ...]:
    """Return the posts from one to another: up to their closest common leader, then down.

    Returns
    -------
    chain
        Both ends included; empty where the two have no common leader.

    Raises
    ------
    UnknownIdError
        If either post does not exist.
    """
    common = closest_common_leader(organisation, start_id, end_id)
    if common is None:
        return ()
    up = chain_to_top(organisation, start_id)
    down = chain_to_top(organisation, end_id)
    return (*up[: up.index(common) + 1], *reversed(down[: down.index(common)]))


def direct_reports(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the posts that report to a post, in reading order.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post on its date.
    """
    return organisation.reports[organisation.position(position_id).id]


def everyone_below(organisation: Organisation, position_id: str) -> Iterator[str]:
    """Yield every post below a post in reading order (depth first, each before those below it).

    Raises
    ------
    UnknownIdError
        If the organisation has no such post on its date.
    """
    waiting = list(reversed(direct_reports(organisation, position_id)))
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(organisation.reports[here]))


def peers(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the other posts with the same superior, in reading order; a top has none.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post on its date.
    """
    superior_id = organisation.lines[organisation.position(position_id).id].superior_id
    if superior_id is None:
        return ()
    return tuple(post for post in organisation.reports[superior_id] if post != position_id)


def may_report(organisation: Organisation) -> dict[str, list[str]]:
    """Return, for each post named as an alternative superior, the posts whose lines name it."""
    found: dict[str, list[str]] = {}
    for position_id, line in organisation.lines.items():
        for other_id in line.alternative_ids:
            found.setdefault(other_id, []).append(position_id)
    return found


def groups_of(
    organisation: Organisation, position_id: str
) -> tuple[tuple[Group, Membership], ...]:
    """Return the groups that a post sits in, each with its seat there.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post on its date.
    """
    return organisation.memberships.get(organisation.position(position_id).id, ())


def reading_order(organisation: Organisation) -> list[str]:
    """Return every post once, each before those below it, siblings in the order of the file."""
    position_ids = list(organisation.positions)
    return [position_ids[n] for n in organisation.forest.reading_order().tolist()]


def layers(organisation: Organisation) -> dict[str, int]:
    """Return every post's layer, 0 at the top, one more with each step down, in reading order."""
    position_ids = list(organisation.positions)
    order = organisation.forest.reading_order()
    depths = organisation.forest.depths[order]
    pairs = zip(order.tolist(), depths.tolist(), strict=True)
    return {position_ids[n]: depth for n, depth in pairs}
