"""How the figures of one leader were found: who was counted, by which rule, from which source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.explaining import Explained
from orgmodel.analysis.spans.ledger import ENTRY_KIND_WORDS, EntryKind
from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.wording import BASIS_WORDS, interval_words, open_seats_words, rule_words
from orgmodel.texts import N_, Joined, message
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import chart_url, post_url, this_page_as, unit_url
from webui.pages.spans.context import CountedRow, ExplanationContext, LeaderExplanationContext
from webui.parts.building import organisation_link, phrase, quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans.explaining import Counted, Explanation
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded
    from webui.asking.span_params import SpanView

MOST_COUNTED = 200
_NAMES = {Explained.SPAN: N_("Span of control"), Explained.REACH: N_("Reach")}
_MEANINGS = {
    Explained.SPAN: N_("Whom the leader leads directly: direct leaders and direct staff."),
    Explained.REACH: N_("Everyone below the leader; this is not a span."),
}


def explanation_context(view: SpanView, position_id: str) -> LeaderExplanationContext:
    """Return what the figures of a leader rest on.

    Raises
    ------
    UnknownIdError
        If the post is not there, or leads nobody.
    """
    organisation = view.loaded.organisation
    position = organisation.position(position_id)
    explainer = view.counting.explainer
    explained = (
        explainer.span(position_id, limit=MOST_COUNTED),
        explainer.reach(position_id, limit=MOST_COUNTED),
    )
    return LeaderExplanationContext(
        organisation=organisation_link(organisation, "spans"),
        title=phrase(position.title),
        unit=phrase(organisation.units[position.unit_id].name),
        holder=_holder(organisation, position_id),
        post_href=post_url(organisation.id, position_id),
        chart_href=chart_url(organisation.id, select=position_id),
        spans_href=this_page_as("spans.page", position_id=None),
        counted=left_out_words(view.counting.spans).text(current_language()),
        figures=tuple(_context(organisation, one) for one in explained),
    )


def _holder(organisation: Organisation, position_id: str) -> str:
    some = open_seats_words(organisation, position_id)
    words = some.text(current_language()) if some else ""
    return ", ".join(filter(None, (organisation.holder_names(position_id), words)))


def _context(organisation: Organisation, explanation: Explanation) -> ExplanationContext:
    language = current_language()
    measure = explanation.measure
    texts = (step.text.text(language) for step in explanation.figure.steps)
    # What leads into a list of posts says nothing without it: the table lists them.
    steps = tuple(text for text in texts if not text.endswith(":"))
    return ExplanationContext(
        id=measure.value,
        name=_(_NAMES[measure]),
        meaning=_(_MEANINGS[measure]),
        number=interval_words(explanation.figure.interval).text(language),
        steps=steps,
        rows=tuple(_row(organisation, one) for one in explanation.counted),
        more=_more(explanation),
        # What a step says already is not said again.
        unknowns=tuple(
            text for one in explanation.unknowns if (text := one.text(language)) not in steps
        ),
    )


def _more(explanation: Explanation) -> str:
    """Return what the list leaves out, and who stands in a headcount instead of in it."""
    parts = []
    if explanation.more:
        words = interval_words(explanation.rest).text(current_language())
        left_out = ngettext("and {n} more entry", "and {n} more entries", explanation.more)
        parts.append(f"{left_out}: {words}")
    if explanation.included:
        parts.append(
            ngettext(
                "{n} listed post below is in the stated headcount and is not counted again",
                "{n} listed posts below are in the stated headcount and are not counted again",
                explanation.included,
            )
        )
    return "; ".join(parts)


def _row(organisation: Organisation, one: Counted) -> CountedRow:
    language = current_language()
    is_unit = bool(one.unit_ids)
    name: Worded
    if is_unit:
        name = Joined(tuple(organisation.units[unit_id].name for unit_id in one.unit_ids))
        href = unit_url(organisation.id, one.unit_ids[0])
    else:
        position = organisation.positions[one.position_id]
        name = Joined((position.title, organisation.units[position.unit_id].name))
        href = post_url(organisation.id, one.position_id)
    return CountedRow(
        name=phrase(name),
        href=href,
        number=_number(one),
        part=message(ENTRY_KIND_WORDS[one.kind]).text(language),
        rule=" ".join(_rules(one)),
        sources=tuple(_sources(organisation, one)),
    )


def _number(one: Counted) -> str:
    """Return what an entry adds, with a minus where something is taken off."""
    low, high = one.adds.low, one.adds.high
    if low < 0 or (high is not None and high < 0):
        words = interval_words(type(one.adds)(abs(low), None if high is None else abs(high)))
        return f"−{words.text(current_language())}"
    return interval_words(one.adds).text(current_language())


def _rules(one: Counted) -> Iterator[str]:
    language = current_language()
    if one.text is not None:
        yield one.text.text(language)
    basis = "" if one.basis is None else f"({message(BASIS_WORDS[one.basis]).text(language)})"
    if one.rule is not None and one.kind is not EntryKind.OWN_SEAT:
        rule = rule_words(one.rule, one.basis).text(language)
        # An entry of its own says in the rule whether it states the line.
        is_said = one.rule is LineRule.STATED or not basis
        yield rule if is_said else f"{rule.rstrip('.')} {basis}."
    elif basis:
        yield basis
    if one.reason is not None and one.basis is Basis.INFERRED:
        yield one.reason.text(language)


def _sources(organisation: Organisation, one: Counted) -> Iterator[str]:
    for quote in quotes(organisation, one.citations):
        parts = [f"“{quote.words}”" if quote.words else "", quote.source.text, quote.place or ""]
        yield ", ".join(part for part in parts if part)
