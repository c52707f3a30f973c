"""The page of an organisation's leadership frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.model.entities import LEADER_LEVELS, Level
from orgmodel.model.wording import LEVEL_WORDS
from orgmodel.texts import join_words
from webui.asking.edge import current_viewer, requested_organisation
from webui.parts.building import (
    kind_phrase,
    optional_phrase,
    phrase,
    post_links,
    quotes,
    source_contexts,
)
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.model.entities import Ask, Audience, Framework, Principle
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Viewer
    from webui.parts.context import OrganisationLink, Phrase, PostLink, Quote, SourceContext
    from webui.store.loaded import Loaded

bp = Blueprint("frameworks", __name__)


@bp.get("/<organisation_id>/frameworks")
def page(organisation_id: str) -> str:
    """Show the frameworks."""
    context = frameworks_context(current_viewer(), requested_organisation(organisation_id))
    return render_template("pages/frameworks/page.html", page=context)


@dataclass(frozen=True, slots=True)
class AskContext:
    """One ask of a principle; `of` names its audience."""

    text: Phrase
    of: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PrincipleContext:
    """A principle; `speaks_to` is empty if each of its asks names its own audience."""

    text: Phrase
    meaning: Phrase | None
    meaning_quotes: tuple[Quote, ...]
    speaks_to: str
    asks: tuple[AskContext, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FrameworkPart:
    """The definition, the principles or the steering of a framework."""

    heading: str
    principles: tuple[PrincipleContext, ...]


@dataclass(frozen=True, slots=True)
class FrameworkContext:
    """A framework in full."""

    id: str
    name: Phrase
    holds_for: Phrase
    summary: Phrase | None
    quotes: tuple[Quote, ...]
    parts: tuple[FrameworkPart, ...]


@dataclass(frozen=True, slots=True)
class LevelPosts:
    """A leadership level and the posts of the organisation on it; `key` is that of its term."""

    key: str
    name: str
    posts: tuple[PostLink, ...]
    count: str


@dataclass(frozen=True, slots=True)
class FrameworksContext:
    """The page of an organisation's frameworks."""

    organisation: OrganisationLink
    frameworks: tuple[FrameworkContext, ...]
    levels: tuple[LevelPosts, ...]
    sources: tuple[SourceContext, ...]


_MOST_POSTS = 30


def frameworks_context(viewer: Viewer, loaded: Loaded) -> FrameworksContext:
    """Return the frameworks in full, and which posts are on which level."""
    organisation = loaded.organisation
    return FrameworksContext(
        organisation=organisation_link(viewer, organisation, "frameworks"),
        frameworks=tuple(_framework(viewer, organisation, one) for one in organisation.frameworks),
        levels=tuple(_levels(viewer, loaded)),
        sources=source_contexts(viewer, organisation),
    )


def _framework(
    viewer: Viewer, organisation: Organisation, framework: Framework
) -> FrameworkContext:
    parts = (
        (viewer._("What good leadership is"), framework.definition),
        (viewer._("Principles"), framework.principles),
        (viewer._("Steering and division of work"), framework.steering),
    )
    unit = organisation.units.get(framework.unit_id or "")
    return FrameworkContext(
        id=framework.id,
        name=phrase(viewer, framework.name),
        holds_for=phrase(viewer, unit.name if unit else organisation.name),
        summary=optional_phrase(viewer, framework.summary),
        quotes=quotes(viewer, organisation, framework.evidence.all()),
        parts=tuple(
            FrameworkPart(
                heading, tuple(_principle(viewer, organisation, one) for one in principles)
            )
            for heading, principles in parts
            if principles
        ),
    )


def _principle(
    viewer: Viewer, organisation: Organisation, principle: Principle
) -> PrincipleContext:
    audiences = {ask.audience for ask in principle.asks} or {principle.audience}
    speaks_to = (
        audience_words(viewer, organisation, audiences.pop()) if len(audiences) == 1 else ""
    )
    return PrincipleContext(
        text=phrase(viewer, principle.text),
        meaning=optional_phrase(viewer, principle.meaning),
        meaning_quotes=quotes(viewer, organisation, principle.evidence.fields.get("meaning", ())),
        speaks_to=speaks_to,
        asks=tuple(
            _ask(viewer, organisation, ask, says_whom=not speaks_to) for ask in principle.asks
        ),
        quotes=quotes(viewer, organisation, principle.evidence.whole),
    )


def _ask(viewer: Viewer, organisation: Organisation, ask: Ask, *, says_whom: bool) -> AskContext:
    return AskContext(
        text=phrase(viewer, ask.text),
        of=audience_words(viewer, organisation, ask.audience) if says_whom else "",
        quotes=quotes(viewer, organisation, ask.evidence.all()),
    )


def audience_words(viewer: Viewer, organisation: Organisation, audience: Audience) -> str:
    """Return the audience of a principle, such as everybody, all leaders, or leaders of a section."""
    language = viewer.language
    levels = _level_words(viewer, audience.levels)
    if not audience.kind_ids:
        return levels
    kinds = join_words(
        (kind_phrase(viewer, organisation, one).text for one in audience.kind_ids), language
    )
    if not audience.levels:
        return viewer._("leaders of: {kinds}", kinds=kinds)
    return viewer._("{levels} of: {kinds}", levels=levels, kinds=kinds)


def _level_words(viewer: Viewer, levels: Sequence[Level]) -> str:
    if not levels:
        return viewer._("everybody")
    if set(levels) == set(LEADER_LEVELS):
        return viewer._("all leaders")
    return join_words((viewer._(LEVEL_WORDS[level]) for level in levels), viewer.language)


def _levels(viewer: Viewer, loaded: Loaded) -> Iterator[LevelPosts]:
    """Return the levels from the top down, each with the posts on it."""
    for level in reversed(Level):
        ids = [one for one, own in loaded.levels.items() if own is level]
        if ids:
            seats = sum(loaded.organisation.positions[one].seats for one in ids)
            yield LevelPosts(
                key=level.value,
                name=viewer._(LEVEL_WORDS[level]),
                posts=post_links(viewer, loaded, ids[:_MOST_POSTS]),
                count=viewer.number(seats),
            )
