"""Builders of shared contexts: phrases, posts, quotes, traces, members of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.card_texts import position_title, status_chip
from orgmodel.model.entities import MemberRole
from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.names import Text
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.statuses import LEGEND_STATUSES
from orgmodel.model.wording import BASIS_WORDS, ROLE_WORDS, KindWords, place_words
from orgmodel.texts import N_, Joined
from webui.parts.context import (
    FindingContext,
    GroupContext,
    Item,
    Member,
    Phrase,
    PostLink,
    Quote,
    Reference,
    SourceContext,
    Trace,
    TraceStep,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.analysis.spans.figures import Step
    from orgmodel.model.entities import Ask, Group, Membership
    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.profiles import ProfileItem
    from orgmodel.model.provenance import Citation, Evidence
    from orgmodel.model.reporting import ReportingLine
    from orgmodel.texts import Worded
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

# Lists on pages are limited to a readable length; charts, filters and search show the rest.
MOST_LISTED = 60
_LAST_LISTED = 20
_MOST_ABOUT = 12
_FEW_OF_SEVERAL = 6
_ORIGIN_WORDS = {
    "stated": N_("Stated in the source"),
    "derived": N_("Derived"),
    "inferred": N_("Derived"),
    "assumed": N_("Assumed"),
    "unknown": N_("Why"),
}
_WITHOUT_SOURCE = N_("It is in the data file, without a source.")
_RULE_WORDS = {
    LineRule.UNIT_LEADER: N_("The post is in a unit and reports to the unit's leader."),
    LineRule.UNIT_ABOVE: N_(
        "The leader of a unit reports to the leader of the nearest unit above."
    ),
}


def phrase(viewer: Viewer, value: Worded) -> Phrase:
    """Return a text of the data in the page's language, marked if it is in another language."""
    language = viewer.language
    own = _languages(value, language)
    is_foreign = own == {"da"} and language == "en"
    return Phrase(value.text(language), "da" if is_foreign else None)


def optional_phrase(viewer: Viewer, value: Worded | None) -> Phrase | None:
    """Return a text of the data; None without one."""
    return None if value is None else phrase(viewer, value)


def _languages(value: object, wanted: str) -> set[str]:
    if isinstance(value, Joined):
        parts = [_languages(part, wanted) for part in value.parts if not isinstance(part, str)]
        return set().union(*parts)
    if isinstance(value, Text):
        return {value.language("en" if wanted == "en" else "da")}
    return {wanted}


def kind_phrase(viewer: Viewer, organisation: Organisation, kind_id: str) -> Phrase:
    """Return a kind of unit in words; in English with the Danish word: Section (sektion)."""
    words = KindWords(organisation.kinds.get(kind_id), kind_id)
    is_danish = viewer.language == "en" and words.english is None
    return Phrase(words.text(viewer.language), "da" if is_danish else None)


def status_legend(viewer: Viewer) -> tuple[tuple[str, str, str], ...]:
    """Return the statuses that have a chip, for the explorer's key: kind, word, meaning."""
    return tuple(
        (one.value, viewer._(one.facts.words), viewer._(one.facts.meaning))
        for one in LEGEND_STATUSES
        if one.facts.chip
    )


def post_link(viewer: Viewer, loaded: Loaded, position_id: str) -> PostLink:
    """Return a post for a list."""
    organisation = loaded.organisation
    status = organisation.status(position_id)
    position = organisation.positions[position_id]
    card = loaded.cards(viewer.language).card(position_id)
    chip = status_chip(organisation, position_id)
    return PostLink(
        id=position_id,
        href=viewer.url_for("posts.page", position_id=position_id),
        chart_href=viewer.url_for("charts.page", select=position_id),
        title=phrase(viewer, position_title(organisation, position_id)),
        holder=organisation.holder_names(position_id),
        status=status.value,
        status_words=chip.text(viewer.language) if chip else "",
        unit=phrase(viewer, organisation.units[position.unit_id].name),
        figures=card.figures_in_words,
        initials=card.initials,
    )


def post_links(
    viewer: Viewer, loaded: Loaded, position_ids: Iterable[str]
) -> tuple[PostLink, ...]:
    """Return posts for a list, in the given order."""
    return tuple(post_link(viewer, loaded, one) for one in position_ids)


def without_middle(length: int) -> tuple[range, int, range]:
    """Return the places of a chain that a list shows first, how many it leaves out, and the last.

    A chain of a readable length is shown whole, with no last places.
    """
    left_out = length - MOST_LISTED
    if left_out <= 0:
        return range(length), 0, range(0)
    return range(MOST_LISTED - _LAST_LISTED), left_out, range(length - _LAST_LISTED, length)


def between_words(viewer: Viewer, left_out: int) -> str:
    """Return in words how many posts of a chain a list leaves out; empty if it leaves out none."""
    return viewer.ngettext("{n} post between", "{n} posts between", left_out) if left_out else ""


def more_words(viewer: Viewer, count: int, listed: int = MOST_LISTED) -> str:
    """Return in words how many entries a list omits; empty if it omits none."""
    return (
        viewer.ngettext("and {n} more", "and {n} more", count - listed) if count > listed else ""
    )


def quotes(
    viewer: Viewer, organisation: Organisation, citations: Iterable[Citation]
) -> tuple[Quote, ...]:
    """Return citations in words."""
    found = []
    for citation in dict.fromkeys(citations):
        source = organisation.sources[citation.source_id]
        place = place_words(citation, source)
        found.append(
            Quote(
                words=citation.words,
                place=place.text(viewer.language) if place else None,
                source=phrase(viewer, source.title),
                file=source.file,
            )
        )
    return tuple(found)


def trace(viewer: Viewer, origin: str, steps: Sequence[TraceStep] = ()) -> Trace:
    """Return the provenance of a fact."""
    return Trace(origin, viewer._(_ORIGIN_WORDS[origin]), tuple(steps))


def stated(viewer: Viewer, organisation: Organisation, citations: Sequence[Citation]) -> Trace:
    """Return the trace of a fact that an entry states, with its sources, if any."""
    if not citations:
        text = viewer._(_WITHOUT_SOURCE)
        return trace(viewer, "stated", [TraceStep(text, (), ())])
    return trace(viewer, "stated", [TraceStep("", (), quotes(viewer, organisation, citations))])


def figure_steps(viewer: Viewer, loaded: Loaded, steps: Iterable[Step]) -> tuple[TraceStep, ...]:
    """Return the steps of a figure in words; a list names the first posts, the text their number."""
    return tuple(
        TraceStep(
            step.text.text(viewer.language),
            post_links(viewer, loaded, step.position_ids[:MOST_LISTED]),
            quotes(viewer, loaded.organisation, step.citations),
        )
        for step in steps
    )


def line_trace(viewer: Viewer, loaded: Loaded, line: ReportingLine) -> Trace:
    """Return the provenance of the line from a post to its superior."""
    organisation = loaded.organisation
    found = quotes(viewer, organisation, line.evidence.all())
    if line.basis is Basis.EXPLICIT:
        text = "" if found else viewer._(_WITHOUT_SOURCE)
        return Trace("stated", viewer._(BASIS_WORDS[line.basis]), (TraceStep(text, (), found),))
    reason = phrase(viewer, line.reason).text if line.reason else viewer._(_RULE_WORDS[line.rule])
    return Trace("inferred", viewer._(BASIS_WORDS[line.basis]), (TraceStep(reason, (), found),))


def evidence_trace(
    viewer: Viewer,
    organisation: Organisation,
    basis: Basis,
    reason: Text | None,
    evidence: Evidence,
) -> Trace:
    """Return the provenance of a seat or a cross-cutting line: stated, or inferred with its reason."""
    if basis is Basis.EXPLICIT:
        return stated(viewer, organisation, evidence.all())
    why = phrase(viewer, reason).text if reason else ""
    return trace(
        viewer, "inferred", [TraceStep(why, (), quotes(viewer, organisation, evidence.all()))]
    )


def items(
    viewer: Viewer, organisation: Organisation, found: Iterable[ProfileItem | Ask]
) -> tuple[Item, ...]:
    """Return the items of a profile or a principle."""
    return tuple(
        Item(phrase(viewer, one.text), quotes(viewer, organisation, one.evidence.all()))
        for one in found
    )


def reference(viewer: Viewer, organisation: Organisation, entity_id: str) -> Reference | None:
    """Return a reference to an entry; None for an id that does not exist on the date."""
    if entity_id in organisation.positions:
        position = organisation.positions[entity_id]
        name = Joined((position.title, organisation.units[position.unit_id].name))
        return Reference(phrase(viewer, name), viewer.url_for("posts.page", position_id=entity_id))
    if entity_id in organisation.units:
        name_of_unit = phrase(viewer, organisation.units[entity_id].name)
        return Reference(name_of_unit, viewer.url_for("units.page", unit_id=entity_id))
    if entity_id in organisation.groups:
        name_of_group = phrase(viewer, organisation.groups[entity_id].name)
        return Reference(name_of_group, group_href(viewer, entity_id))
    return None


def finding_context(
    viewer: Viewer, organisation: Organisation, finding: Finding
) -> FindingContext:
    """Return a finding in words."""
    about = [one for one in finding.subject_ids if organisation.has(one)]
    # A finding about several similar entries lists them; otherwise the entries are context.
    listed = about[: MOST_LISTED if finding.parts else _MOST_ABOUT]
    named = [
        one
        for one in (reference(viewer, organisation, each) for each in listed)
        if one is not None
    ]
    shown = _FEW_OF_SEVERAL if finding.parts else _MOST_ABOUT
    return FindingContext(
        about=tuple(named),
        folded=len(named) - shown if len(named) > shown else 0,
        about_more=more_words(viewer, len(about), len(listed)),
        entries=len(finding.parts) or 1,
        recorded=finding.recorded,
        code=finding.code,
        severity=finding.severity.value,
        title=viewer._(FINDING_KINDS[finding.code].title),
        text=phrase(viewer, finding.message),
        quotes=quotes(viewer, organisation, finding.citations[:MOST_LISTED]),
    )


def source_contexts(viewer: Viewer, organisation: Organisation) -> tuple[SourceContext, ...]:
    """Return the source documents of an organisation's data."""
    language = viewer.language
    return tuple(
        SourceContext(
            title=phrase(viewer, source.title),
            publisher=source.publisher,
            file=source.file,
            date=source.date.text(language) if source.date else None,
        )
        for source in organisation.record.sources
    )


def count_words(viewer: Viewer, posts: int, leaders: int) -> str:
    """Return the size of an organisation's chart in words."""
    words = viewer.ngettext("{n} post", "{n} posts", posts)
    return viewer.ngettext(
        "{posts}, {n} of them a leader", "{posts}, {n} of them leaders", leaders, posts=words
    )


def group_context(viewer: Viewer, loaded: Loaded, group: Group) -> GroupContext:
    """Return a group with its first members, each with its role."""
    organisation = loaded.organisation
    known = known_members(organisation, group)
    return GroupContext(
        id=group.id,
        name=phrase(viewer, group.name),
        kind=kind_phrase(viewer, organisation, group.kind_id),
        href=group_href(viewer, group.id),
        cadence=optional_phrase(viewer, group.cadence),
        purpose=optional_phrase(viewer, group.purpose),
        size_words=size_of(viewer, organisation, group),
        members=tuple(
            Member(post_link(viewer, loaded, one.position_id), role_words(viewer, one.role))
            for one in known[:MOST_LISTED]
        ),
        members_more=more_words(viewer, len(known)),
    )


def group_href(viewer: Viewer, group_id: str) -> str:
    """Return the URL of a group on the page of all groups."""
    return viewer.url_for("groups.page", group=group_id, _anchor=f"group-{group_id}")


def role_words(viewer: Viewer, role: MemberRole) -> str:
    """Return the role of a member of a group in words; empty for an ordinary member."""
    return "" if role is MemberRole.MEMBER else viewer._(ROLE_WORDS[role])


def known_members(organisation: Organisation, group: Group) -> list[Membership]:
    """Return the members of a group whose posts exist on the date."""
    return [one for one in group.members if one.position_id in organisation.positions]


def size_of(viewer: Viewer, organisation: Organisation, group: Group) -> str:
    """Return the number of seats in a group, and whether it is complete."""
    known = [one.position_id for one in known_members(organisation, group)]
    size = viewer.ngettext("{n} member", "{n} members", seats_of(organisation, known))
    if group.complete:
        return size
    if group.size is not None:
        return viewer._(
            "{members} named by post, {size} in all", members=size, size=viewer.number(group.size)
        )
    return viewer._("{members} known, more may sit in it", members=size)


def seats_of(organisation: Organisation, position_ids: Sequence[str]) -> int:
    """Return the number of seats of these posts: an entry of four heads of centre counts as four."""
    return sum(organisation.positions[one].seats for one in position_ids)
