"""What a chart shows in words: a short description, a full one, and what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import PROPERTY_WORDS
from orgmodel.model.wording import RELATION_WORDS
from orgmodel.texts import N_, join_words, message, plural_message

if TYPE_CHECKING:
    from orgmodel.analysis.spans.facets import Facets
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.views import View
    from orgmodel.model.entities import RelationKind
    from orgmodel.texts import Language, Message, Worded

_MOST_NAMED = 12
_MOST_TOPS = 3


def short_description(chart: Chart, language: Language) -> str:
    """Return one or two sentences on a chart: its size, its depth and who is at the top."""
    cards = [one for one in chart.cards if not one.shown.more]
    name = chart.organisation.name
    if not cards:
        return message(N_("The chart of {name} is empty."), name=name).text(language)
    layers = 1 + max(one.shown.layer for one in cards)
    tops = [_named(one) for one in cards if one.shown.parent_id is None]
    more = f" … (+{len(tops) - _MOST_TOPS})" if len(tops) > _MOST_TOPS else ""
    words: list[Worded] = [
        plural_message(
            "Chart of {name}: {n} card", "Chart of {name}: {n} cards", len(cards), name=name
        ),
        plural_message("in {n} layer", "in {n} layers", layers),
    ]
    head = " ".join(one.text(language) for one in words)
    top = message(N_("At the top: {tops}."), tops="; ".join(tops[:_MOST_TOPS]) + more)
    return f"{head}. {top.text(language)}"


def long_description(chart: Chart, language: Language) -> tuple[str, ...]:
    """Return the full text: the children of each open card, then the lines beside the hierarchy."""
    below: dict[str | None, list[ShownCard]] = {}
    by_id = {one.card.id: one for one in chart.cards}
    for one in chart.cards:
        below.setdefault(one.shown.parent_id, []).append(one)
    found = [
        _family(one, below[one.card.id], language) for one in chart.cards if one.card.id in below
    ]
    found.extend(
        _cross_line(line.relation.kind, by_id[line.from_id], by_id[line.to_id], language)
        for line in chart.cross_lines
    )
    return tuple(found)


def hidden_words(chart: Chart, view: View) -> tuple[Message, ...]:
    """Return how many entries match the filter of a view, and how many the view does not show."""
    found = []
    if view.filters:
        fitting = chart.selection.fitting or 0
        matched = plural_message("{n} matches the filter", "{n} match the filter", fitting)
        found.append(matched if fitting else message(N_("Nothing matches the filter")))
    if chart.hidden:
        found.append(_not_shown(chart.hidden, view))
    return tuple(found)


def _not_shown(count: int, view: View) -> Message:
    if view.units:
        return plural_message("{n} unit is not shown", "{n} units are not shown", count)
    if view.filters:
        return plural_message("{n} post is not shown", "{n} posts are not shown", count)
    return plural_message("{n} post is folded away", "{n} posts are folded away", count)


def filter_words(facets: Facets, view: View, language: Language) -> str:
    """Return the filter of a view by its properties and their values; empty without a filter."""
    either = N_("or")
    return "; ".join(
        f"{message(PROPERTY_WORDS[one]).text(language)}: {join_words(words, language, either)}"
        for one, chosen in view.filters.items()
        if (words := [v.words.text(language) for v in facets.values(one) if v.id in chosen])
    )


def _family(leader: ShownCard, members: list[ShownCard], language: Language) -> str:
    named = [_named(one) for one in members if not one.shown.more]
    left = sum(one.shown.more for one in members) + max(0, len(named) - _MOST_NAMED)
    words = message(
        N_("Directly below {leader} ({n}): {members}"),
        n=leader.shown.below,
        leader=_named(leader),
        members="; ".join(named[:_MOST_NAMED]),
    )
    rest = message(N_("and {n} more of them"), n=left)
    parts = [words, rest] if left else [words]
    return f"{'; '.join(one.text(language) for one in parts)}."


def _cross_line(kind: RelationKind, start: ShownCard, end: ShownCard, language: Language) -> str:
    text = message(
        N_("Cross-cutting: {start} {relation} {end}."),
        start=_named(start),
        relation=message(RELATION_WORDS[kind]),
        end=_named(end),
    )
    return text.text(language)


def _named(one: ShownCard) -> str:
    card = one.card
    return ", ".join(filter(None, (card.full_title, card.holder_words(), card.full_unit)))
