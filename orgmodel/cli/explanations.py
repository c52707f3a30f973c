"""`orgmodel spans --explain`: the entries of a leader's span and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Cell

from orgmodel.analysis.spans.explaining import Explained, Explainer
from orgmodel.analysis.spans.ledger import ENTRY_KIND_WORDS, EntryKind
from orgmodel.cli.common import (
    citation_as_dict,
    console,
    holder_words,
    position_at,
    print_json,
    print_table,
    step_as_dict,
    usage_error,
)
from orgmodel.model.wording import (
    BASIS_WORDS,
    interval_words,
    open_seats_words,
    place_words,
    rule_words,
)
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.explaining import Counted, Explanation
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.model.amounts import Interval
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Language, Worded

_TITLES: Mapping[Explained, str] = {
    Explained.SPAN: N_("Span of control: {figure}"),
    Explained.REACH: N_("Reach: {figure}"),
}


def show_explanations(
    figures: Spans, name: str, *, limit: int, output: str, language: Language
) -> None:
    """Print the entries of a leader's span and reach; exit if the post leads nobody."""
    organisation = figures.organisation
    position_id = position_at(organisation, name, language)
    if figures.get(position_id) is None:
        text = N_("“{name}” leads nobody, so there is no span to explain")
        raise usage_error(text, language, name=name)
    explainer = Explainer(figures)
    found = (
        explainer.span(position_id, limit=limit),
        explainer.reach(position_id, limit=limit),
    )
    if output == "json":
        content = {
            "organisation": organisation.id,
            "leader": step_as_dict(organisation, position_id),
            "explanations": [_as_dict(organisation, one, language) for one in found],
        }
        print_json(content)
        return
    position = organisation.positions[position_id]
    unit = organisation.units[position.unit_id].name
    leader = Joined((position.title, holder_words(organisation, position_id), unit))
    console().print(Cell(leader.text(language), style="bold"))
    for one in found:
        _print_explanation(organisation, one, language)


# Text -------------------------------------------------------------------------------------------


def _print_explanation(organisation: Organisation, found: Explanation, language: Language) -> None:
    out = console()
    title = message(_TITLES[found.measure], figure=found.figure.words).text(language)
    out.print()
    out.print(Cell(title, style="bold"))
    columns = (
        N_("Counted"), N_("Counts"), N_("As"), N_("Line"), N_("How we know"), N_("Source"),
    )  # fmt: skip
    rows = (
        (
            _what(organisation, one),
            _adds(one.adds),
            message(ENTRY_KIND_WORDS[one.kind]),
            "" if one.basis is None else message(BASIS_WORDS[one.basis]),
            _how(one),
            Joined(tuple(_citation(organisation, cite) for cite in one.citations), "; "),
        )
        for one in found.counted
    )
    print_table(columns, rows, language, numeric={1})
    steps = [step.text for step in found.figure.steps]
    for words in (*found.figure.notes, *steps, *_notes(found)):
        out.print(words.text(language), soft_wrap=True)


def _notes(found: Explanation) -> list[Worded]:
    """Return the entries that the table omits, and the unknowns, in words."""
    notes: list[Worded] = []
    if found.more:
        notes.append(
            plural_message(
                "… and {n} more entry, which adds {rest}.",
                "… and {n} more entries, which add {rest}.",
                found.more,
                rest=_adds(found.rest),
            )
        )
    if found.included:
        notes.append(
            plural_message(
                "{n} listed post below is in a stated headcount, and is not added again.",
                "{n} listed posts below are in a stated headcount, and are not added again.",
                found.included,
            )
        )
    steps = [step.text for step in found.figure.steps]
    notes.extend(
        message(N_("Not stated: {what}"), what=one) for one in found.unknowns if one not in steps
    )
    return notes


def _what(organisation: Organisation, one: Counted) -> Worded:
    """Return the units of a headcount, or the post with its holder and unit."""
    if one.unit_ids and one.kind is not EntryKind.OWN_SEAT:
        return Joined(tuple(organisation.units[unit].name for unit in one.unit_ids))
    position = organisation.positions[one.position_id]
    names = organisation.holder_names(one.position_id)
    unit = organisation.units[position.unit_id].name
    open_seats = open_seats_words(organisation, one.position_id)
    return Joined(tuple(part for part in (position.title, names, open_seats, unit) if part))


def _adds(interval: Interval) -> Worded:
    """Return the number that an entry adds, with a minus sign for a deduction."""
    if interval.low >= 0 and (interval.high is None or interval.high >= interval.low):
        return interval_words(interval)
    if interval.is_exact:
        return message("−{value}", value=-interval.low)
    high = message(N_("not stated")) if interval.high is None else interval.high
    low = message("−{value}", value=-interval.low) if interval.low < 0 else interval.low
    return message(N_("{low} to {high}"), low=low, high=high)


def _how(one: Counted) -> Worded | str:
    if one.text is not None:
        return one.text
    if one.reason is not None:
        return one.reason
    return "" if one.rule is None else rule_words(one.rule, one.basis)


def _citation(organisation: Organisation, cite: Citation) -> Worded:
    source = organisation.sources[cite.source_id]
    place = place_words(cite, source)
    return Joined((source.title, place) if place else (source.title,))


# JSON -------------------------------------------------------------------------------------------


def _as_dict(
    organisation: Organisation, found: Explanation, language: Language
) -> dict[str, object]:
    figure = found.figure
    return {
        "measure": found.measure.value,
        "figure": figure.words.text(language),
        **figure.interval.as_dict(),
        "origin": figure.origin.value,
        "steps": [step.text.text(language) for step in figure.steps],
        "counted": [_counted_as_dict(organisation, one, language) for one in found.counted],
        "more": found.more,
        "rest": found.rest.as_dict(),
        "included": found.included,
        "unknowns": [one.text(language) for one in found.unknowns],
    }


def _counted_as_dict(
    organisation: Organisation, one: Counted, language: Language
) -> dict[str, object]:
    return {
        "part": one.kind.value,
        "adds": one.adds.as_dict(),
        "position": one.position_id,
        "seats": one.seats,
        "units": list(one.unit_ids),
        "rule": None if one.rule is None else one.rule.value,
        "basis": None if one.basis is None else one.basis.value,
        "reason": None if one.reason is None else one.reason.text(language),
        "others": list(one.other_ids),
        "text": None if one.text is None else one.text.text(language),
        "sources": [citation_as_dict(organisation, cite) for cite in one.citations],
    }
