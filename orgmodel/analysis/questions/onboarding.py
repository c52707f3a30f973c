"""Onboarding of a new leader: whom to meet, and what the frameworks ask of the post's level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import direct_reports, groups_of, peers
from orgmodel.model.entities import Level, MemberRole
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.model.entities import Ask, Audience, Framework, Group, Principle
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True)
class Meeting:
    """A post to meet, and why.

    Attributes
    ----------
    reasons
        At least one; the most important first.
    """

    position_id: str
    reasons: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """A principle that applies to a post, with those of its asks that apply."""

    framework: Framework
    principle: Principle
    asks: tuple[Ask, ...]


def people_to_meet(organisation: Organisation, position_id: str) -> tuple[Meeting, ...]:
    """Return the posts that the holder of a post meets first.

    The leader, peers, direct reports, then those who chair the groups that the post sits in, in that
    order. A post with several of these roles is listed once, with all reasons.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation.position(position_id)
    reasons: dict[str, list[Worded]] = {}
    for other_id, reason in _reasons(organisation, position_id):
        if other_id != position_id:
            reasons.setdefault(other_id, []).append(reason)
    return tuple(Meeting(other_id, tuple(found)) for other_id, found in reasons.items())


def _reasons(organisation: Organisation, position_id: str) -> Iterator[tuple[str, Worded]]:
    line = organisation.lines[position_id]
    if line.superior_id is not None:
        yield line.superior_id, message(N_("you report to this post"))
    for other_id in line.alternative_ids:
        if other_id in organisation.positions:
            yield other_id, message(N_("may also be your leader; the source leaves it open"))
    for other_id in peers(organisation, position_id):
        yield other_id, message(N_("has the same leader as you"))
    for other_id in direct_reports(organisation, position_id):
        yield other_id, message(N_("reports to you"))
    for group, _seat in groups_of(organisation, position_id):
        for chair_id in chairs(organisation, group):
            yield chair_id, message(N_("chairs {group}"), group=group.name)


def chairs(organisation: Organisation, group: Group) -> tuple[str, ...]:
    """Return the posts that chair a group; empty where the sources do not say."""
    return tuple(
        member.position_id
        for member in group.members
        if member.role is MemberRole.CHAIR and member.position_id in organisation.positions
    )


def expectations(
    organisation: Organisation, levels: Mapping[str, Level], position_id: str
) -> tuple[Expectation, ...]:
    """Return what the frameworks ask of a post, in their order.

    A framework holds for the posts of its unit and the units below it. A principle or one of its
    asks applies to a post whose level it names, or which leads a unit of a kind that it names. If it
    names neither, it applies to all but politicians, who lead from outside the administration.

    Parameters
    ----------
    levels
        The level of each post, as `counting.levels` returns them.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    position = organisation.position(position_id)
    found = []
    for framework in organisation.frameworks:
        if framework.unit_id is not None and not _is_within(
            organisation, position.unit_id, framework.unit_id
        ):
            continue
        for principle in (*framework.definition, *framework.principles, *framework.steering):
            asks = tuple(
                ask
                for ask in principle.asks
                if _speaks_to(ask.audience, organisation, levels[position_id], position_id)
            )
            is_meant = _speaks_to(
                principle.audience, organisation, levels[position_id], position_id
            )
            if asks or (is_meant and not principle.asks):
                found.append(Expectation(framework, principle, asks))
    return tuple(found)


def _speaks_to(
    audience: Audience, organisation: Organisation, level: Level, position_id: str
) -> bool:
    if not audience.levels and level is Level.POLITICAL:
        return False
    if audience.levels and level not in audience.levels:
        return False
    led = organisation.led_units.get(position_id, ())
    kinds = {organisation.units[unit_id].kind_id for unit_id in led}
    return not audience.kind_ids or bool(kinds.intersection(audience.kind_ids))


def _is_within(organisation: Organisation, unit_id: str, outer_id: str) -> bool:
    here: str | None = unit_id
    while here is not None and here != outer_id:
        here = organisation.units[here].parent_id
    return here is not None
