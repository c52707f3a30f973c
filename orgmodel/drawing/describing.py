"""Text alternatives of a chart: a short description and a full one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.wording import RELATION_WORDS
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.model.entities import RelationKind
    from orgmodel.texts import Language, Worded

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
