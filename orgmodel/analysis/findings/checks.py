"""Checks that find gaps and contradictions in the data; errors are found by the reader instead.

Each check looks at one thing and yields findings; `findings` runs them all, gathers what would be said
again and again (`grouping.py`) and adds what people have written down. Codes, severities and the rank
of each kind stand in `model/finding_kinds.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgmodel.analysis.findings.grouping import grouped, recoded_if_one_source
from orgmodel.analysis.findings.seat_checks import (
    crowded_posts,
    partly_held_posts,
    posts_advertised_and_held,
    unlikely_full_time,
)
from orgmodel.analysis.questions.spelling import is_spelling, spelling_key
from orgmodel.analysis.spans.headcounts import Headcounts, employed_seats, undistributed
from orgmodel.model.entities import MemberRole
from orgmodel.model.finding_kinds import finding_of, rank
from orgmodel.model.statuses import Status
from orgmodel.model.wording import amount_words, interval_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orgmodel.model.entities import Alias, Unit
    from orgmodel.model.findings import Finding
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Citation, Evidence
    from orgmodel.texts import Worded


def findings(organisation: Organisation) -> tuple[Finding, ...]:
    """Return all findings of an organisation on its date, each kind together.

    Findings that need attention come first. Within each severity, findings about figures come before
    those about lines, and those before findings about words.
    """
    checks = (
        _roots,
        _chairs,
        _group_sizes,
        _totals,
        _figures,
        _undistributed,
        _names,
        _like_named_people,
        _leaders,
        _partly_named,
        _unnamed_superiors,
        _unstated_superiors,
        _unsettled,
        _seats,
        _lost_lines,
        crowded_posts,
        partly_held_posts,
        unlikely_full_time,
        posts_advertised_and_held,
        _kinds,
        _profiles,
    )
    worked_out = [finding for check in checks for finding in check(organisation)]
    recorded = [recoded_if_one_source(one) for one in organisation.record.findings]
    found = [*grouped(worked_out), *recorded]
    return tuple(sorted(found, key=lambda one: rank(one.code)))


def _roots(organisation: Organisation) -> Iterator[Finding]:
    roots = organisation.roots
    if len(roots) > 1:
        titles = Joined(tuple(organisation.positions[one].title for one in roots[:10]))
        text = message(
            N_("{n} posts report to nobody: {titles}. A complete chart has one top."),
            n=len(roots),
            titles=titles,
        )
        yield finding_of("several-roots", roots, text)


def _chairs(organisation: Organisation) -> Iterator[Finding]:
    for group in organisation.groups.values():
        if not any(member.role is MemberRole.CHAIR for member in group.members):
            text = message(N_("It is not stated who chairs {group}."), group=group.name)
            yield finding_of("group-without-chair", [group.id], text, group.evidence.whole)


def _group_sizes(organisation: Organisation) -> Iterator[Finding]:
    for group in organisation.groups.values():
        listed = sum(
            organisation.positions[member.position_id].seats
            for member in group.members
            if member.position_id in organisation.positions
        )
        differs = listed > (group.size or 0) if not group.complete else listed != group.size
        if group.size is not None and differs:
            text = message(
                N_("{group} is said to have {size} members; {listed} are listed."),
                group=group.name,
                size=group.size,
                listed=listed,
            )
            citations = (*group.evidence.of("size"), *_cited(group.members))
            yield finding_of("group-size-differs", [group.id], text, citations)


def _cited(entities: Iterable[Any]) -> list[Citation]:
    """Return the citations of some entities, in the order of the entities."""
    return [cite for one in entities for cite in one.evidence.all()]


def _totals(organisation: Organisation) -> Iterator[Finding]:
    """Find units whose listed people and stated parts are more than the unit's stated total."""
    heads = employed_seats(organisation)
    counts = Headcounts(organisation, heads)
    own: dict[str, float] = dict.fromkeys(organisation.units, 0)
    for position in organisation.positions.values():
        own[position.unit_id] += heads(position)
    for unit in organisation.units.values():
        own[unit.id] += sum(
            counts.known[below] for below in organisation.subunits.get(unit.id, ())
        )
    for unit in organisation.units.values():
        stated = counts.stated(unit.id)
        if stated is None or stated.high is None or own[unit.id] <= stated.high:
            continue
        text = message(
            N_("{unit} is stated to have {stated}; its parts have at least {parts}."),
            unit=unit.name,
            stated=amount_words(unit.employees[0]),
            parts=own[unit.id],
        )
        below = [organisation.units[one] for one in organisation.subunits.get(unit.id, ())]
        amounts = [unit.employees[0], *(one.employees[0] for one in below if one.employees)]
        yield finding_of(
            "totals-disagree",
            [unit.id, *(one.id for one in below)],
            text,
            _cited(amounts),
        )


def _figures(organisation: Organisation) -> Iterator[Finding]:
    for unit in organisation.units.values():
        for amounts in (unit.employees, unit.fte, unit.budget):
            stated = [amount for amount in amounts if amount.value is not None]
            if any(not stated[0].interval().overlaps(other.interval()) for other in stated[1:]):
                text = message(
                    N_("For {unit} the sources give {figures}."),
                    unit=unit.name,
                    figures=Joined(tuple(amount_words(amount) for amount in stated), " / "),
                )
                yield finding_of("figures-differ", [unit.id], text, _cited(stated))


def _undistributed(organisation: Organisation) -> Iterator[Finding]:
    for unit_id, rest in undistributed(organisation).items():
        unit = organisation.units[unit_id]
        text = message(
            N_(
                "Of {stated} in {unit}, {rest} are in no listed post and in no part with its own headcount."
            ),
            stated=amount_words(unit.employees[0]),
            unit=unit.name,
            rest=interval_words(rest),
        )
        citations = unit.employees[0].evidence.all()
        yield finding_of("headcount-not-distributed", [unit_id], text, citations)


def _names(organisation: Organisation) -> Iterator[Finding]:
    """Find entries that the sources call by several names, and names in several spellings."""
    posts_of = _posts_of(organisation)
    for person in organisation.people.values():
        about = posts_of.get(person.id, [])
        yield from _aliases(about, person.name, person.aliases, person.evidence)
    for unit in organisation.units.values():
        yield from _aliases([unit.id], unit.name, unit.aliases, unit.evidence)
    for position in organisation.positions.values():
        yield from _aliases([position.id], position.title, position.aliases, position.evidence)
    for group in organisation.groups.values():
        yield from _aliases([group.id], group.name, group.aliases, group.evidence)


def _posts_of(organisation: Organisation) -> dict[str, list[str]]:
    """Return the posts that each person holds."""
    found: dict[str, list[str]] = {}
    for position_id in organisation.positions:
        for holding in organisation.holdings(position_id):
            found.setdefault(holding.person_id, []).append(position_id)
    return found


def _aliases(
    about: Sequence[str], name: Text | str, aliases: Sequence[Alias], evidence: Evidence
) -> Iterator[Finding]:
    spelled = [alias for alias in aliases if is_spelling(alias.name, str(name))]
    others = [alias for alias in aliases if alias not in spelled]
    for code, found, template in (
        ("two-spellings", spelled, N_("{name} is also spelled {others}.")),
        ("several-names", others, N_("{name} is also called {others}.")),
    ):
        if found:
            text = message(template, name=name, others=Joined(tuple(one.name for one in found)))
            yield finding_of(code, about, text, [*evidence.of("name"), *_cited(found)])


def _like_named_people(organisation: Organisation) -> Iterator[Finding]:
    """Find different people whose names are spellings of one name."""
    posts_of = _posts_of(organisation)
    alike: dict[str, list[str]] = {}
    for person in organisation.people.values():
        alike.setdefault(spelling_key(person.name), []).append(person.id)
    for ids in alike.values():
        if len(ids) > 1:
            people = [organisation.people[one] for one in ids]
            posts = [post for one in ids for post in posts_of.get(one, [])]
            text = message(
                N_("{names} may be one person in two spellings."),
                names=Joined(tuple(person.name for person in people)),
            )
            citations = _cited(people)
            yield finding_of("two-spellings", posts, text, citations)


def _leaders(organisation: Organisation) -> Iterator[Finding]:
    for unit in organisation.units.values():
        is_top = unit.parent_id is None
        if unit.leader_id not in organisation.positions and not is_top:
            text = message(N_("It is not stated who leads {unit}."), unit=unit.name)
            yield finding_of("unit-without-leader", [unit.id], text, unit.evidence.whole)


def _partly_named(organisation: Organisation) -> Iterator[Finding]:
    """Find sibling units of one kind where only some of the leaders are named."""
    alike: dict[tuple[str | None, str], list[Unit]] = {}
    for unit in organisation.units.values():
        if unit.leader_id in organisation.positions:
            alike.setdefault((unit.parent_id, unit.kind_id), []).append(unit)
    for units in alike.values():
        leaders = [organisation.positions[unit.leader_id or ""] for unit in units]
        asked = [one for one in leaders if not organisation.status(one.id).facts.is_open]
        total = sum(leader.seats for leader in asked)
        holdings = [one for leader in asked for one in organisation.holdings(leader.id)]
        if not 0 < len(holdings) < total:
            continue
        text = message(
            N_("Leaders of units of the type “{kind}”: {total}, {known} of them named: {names}."),
            total=total,
            kind=_kind_name(organisation, units[0].kind_id),
            known=len(holdings),
            names=Joined(tuple(organisation.people[one.person_id].name for one in holdings)),
        )
        cited = [cite for unit in units for cite in unit.evidence.whole]
        cited += _cited(holdings)
        ids = [units[0].parent_id, *(unit.id for unit in units), *(one.id for one in leaders)]
        yield finding_of("leaders-partly-named", [one for one in ids if one], text, cited)


def _kind_name(organisation: Organisation, kind_id: str) -> Worded | str:
    kind = organisation.kinds.get(kind_id)
    return kind.name if kind else kind_id


def _unnamed_superiors(organisation: Organisation) -> Iterator[Finding]:
    """Find named holders whose superior's post exists, but whose holder no source names."""
    for superior_id, report_ids in organisation.reports.items():
        named = [one for one in report_ids if organisation.holders(one)]
        if not named or organisation.status(superior_id) is not Status.UNNAMED:
            continue
        people = [person for one in named for person in organisation.holders(one)]
        text = plural_message(
            "{names} reports to a post whose holder is not named: {superior}.",
            "{names} report to a post whose holder is not named: {superior}.",
            len(people),
            names=Joined(tuple(person.name for person in people)),
            superior=_title_in_unit(organisation, superior_id),
        )
        cited = _cited(holding for one in named for holding in organisation.holdings(one))
        yield finding_of("superior-not-named", [superior_id, *named], text, cited)


def _unstated_superiors(organisation: Organisation) -> Iterator[Finding]:
    """Find leaders without a superior whose unit is a part of a larger one."""
    for position_id in organisation.roots:
        position = organisation.positions[position_id]
        whole_id = organisation.units[position.unit_id].parent_id
        if position.political or whole_id is None or position_id not in organisation.leader_ids:
            continue
        text = message(
            N_("{post} is a part of {whole}; who the post reports to there is not stated."),
            post=_title_in_unit(organisation, position_id),
            whole=organisation.units[whole_id].name,
        )
        ids = [position_id, position.unit_id, whole_id]
        yield finding_of("superior-not-stated", ids, text, position.evidence.all())


def _unsettled(organisation: Organisation) -> Iterator[Finding]:
    for position_id, line in organisation.lines.items():
        if not line.alternative_ids or line.superior_id is None:
            continue
        others = [one for one in line.alternative_ids if one in organisation.positions]
        text = message(
            N_("{post} is drawn under {superior}, but may report to {others}."),
            post=_title_in_unit(organisation, position_id),
            superior=_title_in_unit(organisation, line.superior_id),
            others=Joined(tuple(_title_in_unit(organisation, one) for one in others)),
        )
        ids = [position_id, line.superior_id, *others]
        yield finding_of("superior-unsettled", ids, text, line.evidence.all())


def _lost_lines(organisation: Organisation) -> Iterator[Finding]:
    for position in organisation.positions.values():
        line = position.line_lost
        if line is None:
            continue
        text = message(
            N_("According to the source, {post} reports to “{stated}”. The line was not kept."),
            post=_title_in_unit(organisation, position.id),
            stated=line.stated,
        )
        if line.reason is not None:
            text = message(
                N_(
                    "According to the source, {post} reports to “{stated}”. The line was not "
                    "kept: {reason}"
                ),
                **text.params,
                reason=line.reason,
            )
        meant = [line.superior_id] if line.superior_id in organisation.positions else []
        ids = [position.id, *(one for one in meant if one)]
        yield finding_of("line-lost", ids, text, position.evidence.all())


def _title_in_unit(organisation: Organisation, position_id: str) -> Worded:
    position = organisation.positions[position_id]
    return Joined((position.title, organisation.units[position.unit_id].name))


def _seats(organisation: Organisation) -> Iterator[Finding]:
    for position in organisation.positions.values():
        if position.seats_at_least:
            text = plural_message(
                "{post} has at least {n} seat; how many is not stated.",
                "{post} has at least {n} seats; how many is not stated.",
                position.seats,
                post=_title_in_unit(organisation, position.id),
            )
            yield finding_of("seats-not-stated", [position.id], text, position.evidence.all())


def _kinds(organisation: Organisation) -> Iterator[Finding]:
    used: dict[str, list[str]] = {}
    words = [(unit.kind_id, unit.id) for unit in organisation.units.values()]
    words += [(group.kind_id, group.id) for group in organisation.groups.values()]
    for kind_id, entity_id in words:
        if kind_id not in organisation.kinds:
            used.setdefault(kind_id, []).append(entity_id)
    for kind_id, ids in used.items():
        text = message(
            N_("The word “{word}” is not in the list of kinds, so it has no English translation."),
            word=kind_id,
        )
        yield finding_of("kind-not-described", ids, text)


def _profiles(organisation: Organisation) -> Iterator[Finding]:
    for position_id, profile in organisation.profiles.items():
        if position_id not in organisation.positions:
            text = message(N_("There is a profile of {id}, which is not there."), id=position_id)
            yield finding_of("profile-without-post", [position_id], text, profile.evidence.all())
