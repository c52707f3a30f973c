"""The page of an organisation's leadership frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.entities import LEADER_LEVELS, Level
from orgmodel.model.wording import LEVEL_WORDS
from orgmodel.texts import join_words
from webui.asking.languages import _, current_language
from webui.pages.frameworks.context import (
    AskContext,
    FrameworkContext,
    FrameworkPart,
    FrameworksContext,
    LevelPosts,
    PrincipleContext,
)
from webui.parts.building import (
    kind_phrase,
    optional_phrase,
    organisation_link,
    phrase,
    post_links,
    quotes,
    say_number,
    source_contexts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.model.entities import Ask, Audience, Framework, Principle
    from orgmodel.model.organisation import Organisation
    from webui.store.loaded import Loaded

_MOST_POSTS = 30


def frameworks_context(loaded: Loaded) -> FrameworksContext:
    """Return the frameworks in full, and which posts are on which level."""
    organisation = loaded.organisation
    return FrameworksContext(
        organisation=organisation_link(organisation, "frameworks"),
        frameworks=tuple(_framework(organisation, one) for one in organisation.frameworks),
        levels=tuple(_levels(loaded)),
        sources=source_contexts(organisation),
    )


def _framework(organisation: Organisation, framework: Framework) -> FrameworkContext:
    parts = (
        (_("What good leadership is"), framework.definition),
        (_("Principles"), framework.principles),
        (_("Steering and division of work"), framework.steering),
    )
    unit = organisation.units.get(framework.unit_id or "")
    return FrameworkContext(
        id=framework.id,
        name=phrase(framework.name),
        holds_for=phrase(unit.name if unit else organisation.name),
        summary=optional_phrase(framework.summary),
        quotes=quotes(organisation, framework.evidence.all()),
        parts=tuple(
            FrameworkPart(heading, tuple(_principle(organisation, one) for one in principles))
            for heading, principles in parts
            if principles
        ),
    )


def _principle(organisation: Organisation, principle: Principle) -> PrincipleContext:
    audiences = {ask.audience for ask in principle.asks} or {principle.audience}
    speaks_to = audience_words(organisation, audiences.pop()) if len(audiences) == 1 else ""
    return PrincipleContext(
        text=phrase(principle.text),
        meaning=optional_phrase(principle.meaning),
        meaning_quotes=quotes(organisation, principle.evidence.fields.get("meaning", ())),
        speaks_to=speaks_to,
        asks=tuple(_ask(organisation, ask, says_whom=not speaks_to) for ask in principle.asks),
        quotes=quotes(organisation, principle.evidence.whole),
    )


def _ask(organisation: Organisation, ask: Ask, *, says_whom: bool) -> AskContext:
    return AskContext(
        text=phrase(ask.text),
        of=audience_words(organisation, ask.audience) if says_whom else "",
        quotes=quotes(organisation, ask.evidence.all()),
    )


def audience_words(organisation: Organisation, audience: Audience) -> str:
    """Return to whom a principle speaks: everybody, all leaders, or whoever leads a section."""
    language = current_language()
    levels = _level_words(audience.levels)
    if not audience.kind_ids:
        return levels
    kinds = join_words(
        (kind_phrase(organisation, one).text for one in audience.kind_ids), language
    )
    if not audience.levels:
        return _("leaders of: {kinds}", kinds=kinds)
    return _("{levels} of: {kinds}", levels=levels, kinds=kinds)


def _level_words(levels: Sequence[Level]) -> str:
    if not levels:
        return _("everybody")
    if set(levels) == set(LEADER_LEVELS):
        return _("all leaders")
    return join_words((_(LEVEL_WORDS[level]) for level in levels), current_language())


def _levels(loaded: Loaded) -> Iterator[LevelPosts]:
    """Return the levels from the top down, each with the posts on it."""
    for level in reversed(Level):
        ids = [one for one, own in loaded.levels.items() if own is level]
        if ids:
            seats = sum(loaded.organisation.positions[one].seats for one in ids)
            yield LevelPosts(
                name=_(LEVEL_WORDS[level]),
                posts=post_links(loaded, ids[:_MOST_POSTS]),
                count=say_number(seats),
            )
