"""What the page of an organisation's leadership frameworks shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import OrganisationLink, Phrase, PostLink, Quote, SourceContext


@dataclass(frozen=True, slots=True)
class AskContext:
    """One thing that a principle asks; `of` says of whom."""

    text: Phrase
    of: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PrincipleContext:
    """A principle; `speaks_to` is empty where each of its asks says it."""

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
    """A leadership level and the posts of the organisation on it."""

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
