"""Onboarding of a new leader: whom to meet, which dates count, and what the frameworks ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import direct_reports, groups_of, peers
from orgmodel.model.entities import Level, MemberRole, RelationKind
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.wording import RELATION_WORDS, RELATION_WORDS_BACK
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from orgmodel.model.entities import Ask, Audience, Framework, Group, Principle, Relation
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.profiles import Milestone, Profile
    from orgmodel.texts import Worded

    Reason = tuple[str, "Weight", Worded]

_MOST_GROUPS_NAMED = 3
_SERVING = (RelationKind.SERVES, RelationKind.SUPPLIES)


class Weight(IntEnum):
    """Why to meet a post, the most important reason first."""

    LEADER = 0
    PERHAPS_LEADER = 1
    DEPUTY = 2
    REPORT = 3
    CHAIR = 4
    SAME_GROUP = 5
    SAME_LEADER = 6
    RELATION = 7


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


# Whom to meet -------------------------------------------------------------------------------------


def people_to_meet(organisation: Organisation, position_id: str) -> tuple[Meeting, ...]:
    """Return the posts that the holder of a post meets first, in the order of `Weight`.

    A post with several of these roles is listed once. A shared leader is no reason beside a shared
    group, and a cross-cutting line none for the own leader; of several such lines the first counts.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation.position(position_id)
    found: dict[str, list[tuple[Weight, Worded]]] = {}
    for other_id, weight, reason in _reasons(organisation, position_id):
        if other_id != position_id:
            found.setdefault(other_id, []).append((weight, reason))
    in_order = sorted(found.items(), key=lambda one: min(_weights(one[1])))
    return tuple(Meeting(other_id, _told(reasons)) for other_id, reasons in in_order)


def _told(reasons: list[tuple[Weight, Worded]]) -> tuple[Worded, ...]:
    """Return the reasons to tell, the most important first."""
    weights = _weights(reasons)
    lines = [one for one in reasons if one[0] is Weight.RELATION]
    left_out = {id(one) for one in (lines if Weight.LEADER in weights else lines[1:])}
    if Weight.SAME_GROUP in weights:
        left_out |= {id(one) for one in reasons if one[0] is Weight.SAME_LEADER}
    told = [one for one in reasons if id(one) not in left_out]
    return tuple(words for _weight, words in sorted(told, key=lambda one: one[0]))


def _weights(reasons: list[tuple[Weight, Worded]]) -> set[Weight]:
    return {weight for weight, _words in reasons}


def _reasons(organisation: Organisation, position_id: str) -> Iterator[Reason]:
    line = organisation.lines[position_id]
    beside, below = peers(organisation, position_id), direct_reports(organisation, position_id)
    if line.superior_id is not None:
        yield line.superior_id, Weight.LEADER, message(N_("your leader"))
    for other_id in line.alternative_ids:
        if other_id in organisation.positions:
            words = message(N_("may also be your leader; the source leaves it open"))
            yield other_id, Weight.PERHAPS_LEADER, words
    for other_id in deputies(organisation, position_id):
        yield other_id, Weight.DEPUTY, message(N_("your deputy"))
    for other_id in _deputised(organisation, position_id):
        yield other_id, Weight.DEPUTY, message(N_("you are the deputy"))
    for other_id in below:
        yield other_id, Weight.REPORT, message(N_("reports to you"))
    yield from _reasons_of_groups(organisation, position_id)
    for other_id in beside:
        yield other_id, Weight.SAME_LEADER, message(N_("has the same leader as you"))
    for other_id in (*below, *beside):
        yield from _reasons_of_staff(organisation, other_id)
    yield from _reasons_of_relations(organisation, position_id)


def _reasons_of_groups(organisation: Organisation, position_id: str) -> Iterator[Reason]:
    # A hiring committee meets for one post only.
    passing = {profile.committee_id for profile in organisation.profiles.values()}
    shared: dict[str, list[Text]] = {}
    for group, _seat in groups_of(organisation, position_id):
        if group.id in passing:
            continue
        leading = chairs(organisation, group)
        for other_id in leading:
            words = message(N_("chairs {group}, where you sit"), group=group.name)
            yield other_id, Weight.CHAIR, words
        for member in group.members:
            if member.position_id in organisation.positions and member.position_id not in leading:
                shared.setdefault(member.position_id, []).append(group.name)
    for other_id, names in shared.items():
        groups = Joined(tuple(names[:_MOST_GROUPS_NAMED]))
        yield other_id, Weight.SAME_GROUP, message(N_("you both sit in {groups}"), groups=groups)


def _reasons_of_staff(organisation: Organisation, other_id: str) -> Iterator[Reason]:
    for unit_id in organisation.led_units.get(other_id, ()):
        unit = organisation.units[unit_id]
        kind = organisation.kinds.get(unit.kind_id)
        if kind is not None and kind.staff and unit.parent_id is not None:
            whole = organisation.units[unit.parent_id].name
            words = N_("leads {unit}, a staff unit of {whole}")
            yield other_id, Weight.RELATION, message(words, unit=unit.name, whole=whole)


def _reasons_of_relations(organisation: Organisation, position_id: str) -> Iterator[Reason]:
    """Yield those whose unit or post has a cross-cutting line to the post's own surroundings."""
    led = organisation.led_units.get(position_id, ())
    below = [one for unit_id in led for one in organisation.subunits.get(unit_id, ())]
    groups = [group.id for group, _seat in groups_of(organisation, position_id)]
    own = {position_id, *led, *below, *groups}
    above = set(_units_above(organisation, organisation.positions[position_id].unit_id))
    for relation in organisation.relations:
        if relation.kind is RelationKind.DEPUTISES_FOR:
            continue
        is_served = relation.kind in _SERVING and relation.to_id in above
        if relation.to_id in own or is_served:
            yield from _reason_of(organisation, position_id, relation, goes_out=True)
        if relation.from_id in own:
            yield from _reason_of(organisation, position_id, relation, goes_out=False)


def _reason_of(
    organisation: Organisation, position_id: str, relation: Relation, *, goes_out: bool
) -> Iterator[Reason]:
    """Yield the leader at the other end of a line: where it begins if it goes out from there."""
    other_end, own_end = relation.from_id, relation.to_id
    if not goes_out:
        other_end, own_end = own_end, other_end
    words = (RELATION_WORDS if goes_out else RELATION_WORDS_BACK)[relation.kind]
    values = {
        "relation": message(words),
        "end": message(N_("you")) if own_end == position_id else _name(organisation, own_end),
    }
    text = message(N_("{relation} {end}"), **values)
    other_id: str | None = other_end
    if other_end in organisation.units:
        other_id = organisation.leader_of(other_end)
        unit = organisation.units[other_end].name
        text = message(N_("leads {unit}, which {relation} {end}"), unit=unit, **values)
    if other_id is not None and other_id in organisation.positions:
        about = (" (", relation.about, ")") if relation.about is not None else ()
        yield other_id, Weight.RELATION, Joined((text, *about), "")


def _units_above(organisation: Organisation, unit_id: str) -> Iterator[str]:
    """Yield a unit and those that it is part of."""
    here: str | None = unit_id
    while here is not None:
        yield here
        here = organisation.units[here].parent_id


def _name(organisation: Organisation, entity_id: str) -> Text:
    if entity_id in organisation.positions:
        return organisation.positions[entity_id].title
    if entity_id in organisation.units:
        return organisation.units[entity_id].name
    return organisation.groups[entity_id].name


def deputies(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the posts that deputise for a post; empty where the sources name none."""
    return tuple(start for start, end in _deputy_lines(organisation) if end == position_id)


def _deputised(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    return tuple(end for start, end in _deputy_lines(organisation) if start == position_id)


def _deputy_lines(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Yield each deputy with the post that it deputises for."""
    for relation in organisation.relations:
        if relation.kind is RelationKind.DEPUTISES_FOR:
            ends = relation.from_id, relation.to_id
            if all(end in organisation.positions for end in ends):
                yield ends


def chairs(organisation: Organisation, group: Group) -> tuple[str, ...]:
    """Return the posts that chair a group; empty where the sources do not say."""
    return tuple(
        member.position_id
        for member in group.members
        if member.role is MemberRole.CHAIR and member.position_id in organisation.positions
    )


# Dates --------------------------------------------------------------------------------------------


def first_year_dates(profile: Profile, today: date | None = None) -> tuple[Milestone, ...]:
    """Return the dates of a profile in order.

    Once the start has come, those that ended before it are left out: they concern the application.

    Parameters
    ----------
    today
        None keeps all dates.
    """
    start = profile.milestone(MilestoneKind.START)
    found = sorted(profile.milestones, key=lambda one: one.date.first_day())
    if start is None or today is None or today < start.date.first_day():
        return tuple(found)
    return tuple(one for one in found if last_day(one) >= start.date.first_day())


def last_day(stone: Milestone) -> date:
    """Return the last day that a date may mean."""
    last = stone.end or stone.alternative or stone.date
    return max(last.last_day(), stone.date.last_day())


# What the frameworks ask --------------------------------------------------------------------------


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
        if framework.unit_id is not None and framework.unit_id not in _units_above(
            organisation, position.unit_id
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
