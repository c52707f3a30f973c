"""Explains the figures of one leader: the counted entries with their rules and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.ledger import ENTRY_KIND_WORDS, EntryKind
from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.model.glossary import TERMS
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.wording import BASIS_WORDS, interval_words, open_seats_words, rule_words
from orgmodel.texts import Joined, message, quoted
from webui.pages.spans.context import CountedRow, ExplanationContext, LeaderExplanationContext
from webui.parts.building import phrase, quotes
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans.explaining import Counted, Explanation
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded
    from webui.asking.span_params import SpanRequest
    from webui.asking.viewer import Viewer

MOST_COUNTED = 200


def explanation_context(
    viewer: Viewer, asked: SpanRequest, position_id: str
) -> LeaderExplanationContext:
    """Return the explanation of a leader's figures.

    Raises
    ------
    UnknownIdError
        If the post does not exist, or leads nobody.
    """
    organisation = asked.loaded.organisation
    position = organisation.position(position_id)
    explainer = asked.counting.explainer
    explained = (
        explainer.span(position_id, limit=MOST_COUNTED),
        explainer.reach(position_id, limit=MOST_COUNTED),
    )
    return LeaderExplanationContext(
        organisation=organisation_link(viewer, organisation, "spans"),
        title=phrase(viewer, position.title),
        unit=phrase(viewer, organisation.units[position.unit_id].name),
        holder=_holder(viewer, organisation, position_id),
        post_href=viewer.url_for("posts.page", position_id=position_id),
        chart_href=viewer.url_for("charts.page", select=position_id),
        spans_href=viewer.this_page_as("spans.page", position_id=None),
        counted=left_out_words(asked.counting.spans).text(viewer.language),
        figures=tuple(_context(viewer, organisation, one) for one in explained),
    )


def _holder(viewer: Viewer, organisation: Organisation, position_id: str) -> str:
    some = open_seats_words(organisation, position_id)
    words = some.text(viewer.language) if some else ""
    return ", ".join(filter(None, (organisation.holder_names(position_id), words)))


def _context(
    viewer: Viewer, organisation: Organisation, explanation: Explanation
) -> ExplanationContext:
    language = viewer.language
    measure = explanation.measure
    term = TERMS[measure.value]
    texts = (step.text.text(language) for step in explanation.figure.steps)
    # A step that introduces a list of posts is redundant here: the table lists them.
    steps = tuple(text for text in texts if not text.endswith(":"))
    return ExplanationContext(
        id=measure.value,
        name=viewer._(term.name),
        meaning=viewer._(term.definition),
        number=interval_words(explanation.figure.interval).text(language),
        steps=steps,
        rows=tuple(_row(viewer, organisation, one) for one in explanation.counted),
        more=_more(viewer, explanation),
        # Sentences that a step contains are not repeated.
        unknowns=tuple(
            text for one in explanation.unknowns if (text := one.text(language)) not in steps
        ),
    )


def _more(viewer: Viewer, explanation: Explanation) -> str:
    """Return how many entries the list omits, and how many posts a headcount includes instead."""
    parts = []
    if explanation.more:
        words = interval_words(explanation.rest).text(viewer.language)
        left_out = viewer.ngettext("and {n} more entry", "and {n} more entries", explanation.more)
        parts.append(f"{left_out}: {words}")
    if explanation.included:
        parts.append(
            viewer.ngettext(
                "{n} listed post below is in the stated headcount and is not counted again",
                "{n} listed posts below are in the stated headcount and are not counted again",
                explanation.included,
            )
        )
    return "; ".join(parts)


def _row(viewer: Viewer, organisation: Organisation, one: Counted) -> CountedRow:
    language = viewer.language
    is_unit = bool(one.unit_ids)
    name: Worded
    if is_unit:
        name = Joined(tuple(organisation.units[unit_id].name for unit_id in one.unit_ids))
        href = viewer.url_for("units.page", unit_id=one.unit_ids[0])
    else:
        position = organisation.positions[one.position_id]
        name = Joined((position.title, organisation.units[position.unit_id].name))
        href = viewer.url_for("posts.page", position_id=one.position_id)
    return CountedRow(
        name=phrase(viewer, name),
        href=href,
        number=_number(viewer, one),
        part=message(ENTRY_KIND_WORDS[one.kind]).text(language),
        rule=" ".join(_rules(viewer, one)),
        sources=tuple(_sources(viewer, organisation, one)),
    )


def _number(viewer: Viewer, one: Counted) -> str:
    """Return the number that an entry adds, with a minus for a deduction."""
    low, high = one.adds.low, one.adds.high
    if low < 0 or (high is not None and high < 0):
        words = interval_words(type(one.adds)(abs(low), None if high is None else abs(high)))
        return f"−{words.text(viewer.language)}"
    return interval_words(one.adds).text(viewer.language)


def _rules(viewer: Viewer, one: Counted) -> Iterator[str]:
    language = viewer.language
    if one.text is not None:
        yield one.text.text(language)
    basis = "" if one.basis is None else f"({message(BASIS_WORDS[one.basis]).text(language)})"
    if one.rule is not None and one.kind is not EntryKind.OWN_SEAT:
        rule = rule_words(one.rule, one.basis).text(language)
        # The words of the rule for a stated line already name the basis.
        is_said = one.rule is LineRule.STATED or not basis
        yield rule if is_said else f"{rule.rstrip('.')} {basis}."
    elif basis:
        yield basis
    if one.reason is not None and one.basis is Basis.INFERRED:
        yield one.reason.text(language)


def _sources(viewer: Viewer, organisation: Organisation, one: Counted) -> Iterator[str]:
    for quote in quotes(viewer, organisation, one.citations):
        parts = [quoted(quote.words, viewer.language), quote.source.text, quote.place or ""]
        yield ", ".join(part for part in parts if part)
