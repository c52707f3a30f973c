"""The page of one post: holder, chain, figures, groups, relations and vacancies."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from orgmodel.analysis.findings.grouping import findings_about_post
from orgmodel.analysis.questions.chains import chain_to_top, direct_reports, groups_of, peers
from orgmodel.analysis.questions.onboarding import chairs, deputies
from orgmodel.drawing.card_texts import status_chip
from orgmodel.model.amounts import Interval
from orgmodel.model.statuses import Status
from orgmodel.model.wording import (
    RELATION_WORDS,
    RELATION_WORDS_BACK,
    amount_words,
    headline_words,
    interval_words,
    seats_words,
)
from orgmodel.texts import N_
from webui.pages.post.context import (
    ChainStep,
    FigureContext,
    GroupSeat,
    PostContext,
    RelationContext,
)
from webui.pages.post.onboarding import onboarding_context, profile_context
from webui.parts.building import (
    MOST_LISTED,
    between_words,
    evidence_trace,
    figure_steps,
    finding_context,
    group_context,
    kind_phrase,
    line_trace,
    more_words,
    optional_phrase,
    phrase,
    post_link,
    post_links,
    quotes,
    role_words,
    seats_of,
    source_contexts,
    stated,
    trace,
    without_middle,
)
from webui.parts.context import Section, Trace, TraceStep
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.model.entities import Group, Membership
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

_MOST_VACANCIES = 20


def post_context(viewer: Viewer, loaded: Loaded, position_id: str) -> PostContext:
    """Return the page of a post.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation, language = loaded.organisation, viewer.language
    position = organisation.position(position_id)
    unit = organisation.units[position.unit_id]
    status = organisation.status(position_id)
    line = organisation.lines[position_id]
    profile = organisation.profiles.get(position_id)
    beside, below = peers(organisation, position_id), direct_reports(organisation, position_id)
    open_posts = list(itertools.islice(_vacancies(loaded, position_id), _MOST_VACANCIES))
    open_seats = loaded.open_below.get(position_id, 0)
    return PostContext(
        organisation=organisation_link(viewer, organisation),
        id=position_id,
        views=(
            Section(
                viewer._("Show in the chart"),
                viewer.url_for("charts.page", select=position_id),
                is_current=False,
            ),
            *post_views(viewer, position_id),
        ),
        spans_href=spans_href(viewer, loaded, position_id),
        title=phrase(viewer, position.title),
        other_names=tuple(alias.name for alias in position.aliases),
        holder=organisation.holder_names(position_id),
        initials=post_link(viewer, loaded, position_id).initials,
        holder_trace=trace_of_holder(viewer, loaded, position_id),
        status=status.value,
        chip=chip.text(language) if (chip := status_chip(organisation, position_id)) else "",
        status_note=note_on_status(viewer, organisation, position_id),
        unit=phrase(viewer, unit.name),
        unit_href=viewer.url_for("units.page", unit_id=unit.id),
        unit_kind=kind_phrase(viewer, organisation, unit.kind_id),
        unit_about=optional_phrase(viewer, unit.description),
        unit_quotes=quotes(viewer, organisation, unit.evidence.of("description")),
        level=loaded.spans.level_words(position_id).text(viewer.language),
        note=optional_phrase(viewer, position.note),
        seats_words=seats.text(language) if (seats := seats_words(position)) else "",
        chain=chain_steps(viewer, loaded, position_id),
        alternatives=post_links(viewer, loaded, line.alternative_ids),
        deputies=post_links(viewer, loaded, deputies(organisation, position_id)),
        peers=post_links(viewer, loaded, beside[:MOST_LISTED]),
        peers_words=viewer.number(seats_of(organisation, beside)),
        peers_more=more_words(viewer, len(beside)),
        reports=post_links(viewer, loaded, below[:MOST_LISTED]),
        reports_more=more_words(viewer, len(below)),
        reports_words=words_of_reports(viewer, organisation, position_id),
        figures=tuple(figures_of(viewer, loaded, position_id)),
        vacancies=post_links(viewer, loaded, open_posts),
        vacancies_words=viewer.number(open_seats),
        vacancies_more=more_words(viewer, open_seats, seats_of(organisation, open_posts)),
        groups=tuple(
            _group_seat(viewer, loaded, group, membership)
            for group, membership in groups_of(organisation, position_id)
        ),
        relations=tuple(_relations(viewer, loaded, position_id)),
        profile=profile_context(viewer, loaded, profile) if profile else None,
        onboarding=onboarding_context(viewer, loaded, position_id),
        findings=tuple(
            finding_context(viewer, organisation, finding)
            for finding in findings_about_post(organisation, loaded.finding_index, position_id)
        ),
        sources=source_contexts(viewer, organisation),
    )


def spans_href(viewer: Viewer, loaded: Loaded, position_id: str) -> str:
    """Return the URL of the explanation of a leader's span; empty for a post that leads nobody."""
    leads = loaded.spans.get(position_id) is not None
    return viewer.url_for("spans.explanation", position_id=position_id) if leads else ""


def post_views(viewer: Viewer, position_id: str) -> tuple[Section, ...]:
    """Return the views of one post, each with its URL."""
    views = (
        (viewer._("Focus"), viewer.url_for("chains.focus", position_id=position_id)),
        (viewer._("Chain"), viewer.url_for("chains.page", position_id=position_id)),
        (viewer._("Path to another post"), viewer.url_for("chains.between", first=position_id)),
        (viewer._("Network"), viewer.url_for("networks.page", of=f"post:{position_id}")),
        (
            viewer._("I am new here"),
            viewer.url_for("walks.step", position_id=position_id, step="1"),
        ),
    )
    return tuple(Section(name, href, is_current=False) for name, href in views)


def trace_of_holder(viewer: Viewer, loaded: Loaded, position_id: str) -> Trace:
    """Return the provenance of a post's holder."""
    organisation = loaded.organisation
    holdings = organisation.holdings(position_id)
    if holdings:
        citations = [cite for holding in holdings for cite in holding.evidence.all()]
        return stated(viewer, organisation, citations)
    own = organisation.positions[position_id].evidence.of("status")
    if organisation.status(position_id).facts.is_open:
        return stated(viewer, organisation, own)
    found = quotes(viewer, organisation, own)
    return trace(viewer, "unknown", [TraceStep("", (), found)] if found else [])


def note_on_status(viewer: Viewer, organisation: Organisation, position_id: str) -> str:
    """Return the meaning of a status that is easily misread."""
    status, n = organisation.status(position_id), organisation.open_seats(position_id)
    is_advertised = organisation.positions[position_id].declared_status is Status.VACANT
    if n and not is_advertised:
        return viewer.ngettext(
            "{n} seat is open: the sources do not say who holds it.",
            "{n} seats are open: the sources do not say who holds them.",
            n,
        )
    day = organisation.record.as_of.text(viewer.language)
    note = Status.VACANT.facts.note if n else status.facts.note
    return viewer._(note, day=day) if note else ""


def chain_steps(viewer: Viewer, loaded: Loaded, position_id: str) -> tuple[ChainStep, ...]:
    """Return the chain from a post to the top, with the provenance of each line.

    Of a very long chain the middle is left out, and the step after it says how much.
    """
    chain = chain_to_top(loaded.organisation, position_id)
    start, left_out, end = without_middle(len(chain))
    steps = [_chain_step(viewer, loaded, chain, at) for at in (*start, *end)]
    if left_out:
        words = between_words(viewer, left_out)
        steps[len(start)] = ChainStep(steps[len(start)].post, None, "", left_out, words)
    return tuple(steps)


def _chain_step(viewer: Viewer, loaded: Loaded, chain: Sequence[str], at: int) -> ChainStep:
    """Return a post of a chain with the line from the post before it."""
    link = post_link(viewer, loaded, chain[at])
    if not at:
        return ChainStep(link, None)
    line = loaded.organisation.lines[chain[at - 1]]
    inherited = _inherited_words(viewer, loaded.organisation, line.inherited_from_id)
    return ChainStep(link, line_trace(viewer, loaded, line), inherited)


def steps_to_top(chain: Sequence[ChainStep]) -> int:
    """Return the number of steps of a chain, also those left out of it."""
    return len(chain) - 1 + sum(step.left_out for step in chain)


def _inherited_words(viewer: Viewer, organisation: Organisation, unit_id: str | None) -> str:
    """Return the unit from which a leader is inherited; empty if it is the nearest unit."""
    if unit_id is None:
        return ""
    return viewer._(
        "inherited from {unit}", unit=phrase(viewer, organisation.units[unit_id].name).text
    )


def words_of_reports(viewer: Viewer, organisation: Organisation, position_id: str) -> str:
    """Return the number of reports in words; planned posts are given separately."""
    reports = direct_reports(organisation, position_id)
    planned = [one for one in reports if not organisation.status(one).facts.exists]
    seats = seats_of(organisation, [one for one in reports if one not in planned])
    led = (organisation.units[unit] for unit in organisation.led_units.get(position_id, ()))
    if any(unit.complete is False for unit in led):
        return headline_words(Interval(seats, None)).text(viewer.language)
    if planned:
        count = viewer.number(seats_of(organisation, planned))
        return viewer._("{posts} and {planned} planned", posts=viewer.number(seats), planned=count)
    return viewer.number(seats)


def figures_of(viewer: Viewer, loaded: Loaded, position_id: str) -> Iterator[FigureContext]:
    """Return the figures of a post, each with its derivation."""
    span = loaded.figures.span(position_id)
    reach = loaded.figures.reach(position_id)
    if span is not None:
        yield _figure(viewer, loaded, viewer._("Span of control"), span, "span")
    if reach is not None:
        yield _figure(viewer, loaded, viewer._("Reach"), reach, "reach")
    row = loaded.spans.get(position_id)
    if row is not None:
        label = viewer._("Layers of leaders above / below")
        words = f"{viewer.number(row.layers_above)} / {viewer.number(row.layers_below)}"
        text = viewer._("Counted along the reporting line of the known posts.")
        steps = [TraceStep(text, (), ())]
        yield FigureContext(label, words, "", trace(viewer, "derived", steps), "layer")
    for unit_id in loaded.organisation.led_units.get(position_id, ()):
        yield from stated_amounts(viewer, loaded.organisation, unit_id)


def _figure(
    viewer: Viewer, loaded: Loaded, label: str, figure: Figure, term: str
) -> FigureContext:
    language = viewer.language
    between = ""
    if not figure.interval.is_exact and figure.interval.high is not None:
        between = f"({interval_words(figure.interval).text(language)})"
    steps = figure_steps(viewer, loaded, figure.steps)
    return FigureContext(
        label,
        figure.words.text(language),
        between,
        trace(viewer, figure.origin.value, steps),
        term,
    )


def stated_amounts(
    viewer: Viewer, organisation: Organisation, unit_id: str, *, employees: bool = False
) -> Iterator[FigureContext]:
    """Return stated full-time posts and budgets, and optionally employees, as separate figures."""
    unit = organisation.units[unit_id]
    for amounts, label, term in (
        (unit.employees if employees else (), N_("Employees in {unit}"), "headcount"),
        (unit.fte, N_("Full-time posts in {unit}"), "fte"),
        (unit.budget, N_("Budget of {unit}"), ""),
    ):
        for amount in amounts:
            name = viewer._(label, unit=phrase(viewer, unit.name).text)
            words = amount_words(amount).text(viewer.language)
            if amount.note:
                words = f"{words} {phrase(viewer, amount.note).text}"
            found = stated(viewer, organisation, amount.evidence.all())
            yield FigureContext(name, words, "", found, term)


def _vacancies(loaded: Loaded, position_id: str) -> Iterator[str]:
    """Yield the open posts below a post in reading order; subtrees without any are skipped."""
    reports = loaded.organisation.reports
    waiting = list(reversed(reports[position_id]))
    while waiting:
        here = waiting.pop()
        if loaded.is_open(here):
            yield here
        if here in loaded.open_below:
            waiting.extend(reversed(reports[here]))


def _group_seat(viewer: Viewer, loaded: Loaded, group: Group, own: Membership) -> GroupSeat:
    organisation = loaded.organisation
    return GroupSeat(
        group=group_context(viewer, loaded, group),
        role=role_words(viewer, own.role),
        chair=post_links(viewer, loaded, chairs(organisation, group)),
        trace=evidence_trace(viewer, organisation, own.basis, own.reason, own.evidence),
    )


def _relations(viewer: Viewer, loaded: Loaded, position_id: str) -> Iterator[RelationContext]:
    """Return the cross-cutting lines of a post and of the units that it leads."""
    led = loaded.organisation.led_units.get(position_id, ())
    return relations_of(viewer, loaded, {position_id, *led})


def relations_of(viewer: Viewer, loaded: Loaded, own: set[str]) -> Iterator[RelationContext]:
    """Return the cross-cutting lines of some entries, worded from their side."""
    organisation = loaded.organisation
    for relation in organisation.relations:
        if not own & {relation.from_id, relation.to_id}:
            continue
        goes_out = relation.from_id in own
        end_id = relation.to_id if goes_out else relation.from_id
        words = (RELATION_WORDS if goes_out else RELATION_WORDS_BACK)[relation.kind]
        yield RelationContext(
            words=viewer._(words),
            end=phrase(viewer, _entity_name(organisation, end_id)),
            about=optional_phrase(viewer, relation.about),
            trace=evidence_trace(
                viewer, organisation, relation.basis, relation.reason, relation.evidence
            ),
        )


def _entity_name(organisation: Organisation, entity_id: str) -> Text:
    if entity_id in organisation.positions:
        return organisation.positions[entity_id].title
    if entity_id in organisation.units:
        return organisation.units[entity_id].name
    return organisation.groups[entity_id].name
