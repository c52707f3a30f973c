"""What the page of one unit shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.post.context import FigureContext, RelationContext
    from webui.parts.context import OrganisationLink, Phrase, PostLink, Quote


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The page of one unit."""

    organisation: OrganisationLink
    id: str
    chart_href: str
    spans_href: str
    name: Phrase
    kind: Phrase
    other_names: tuple[str, ...]
    about: Phrase | None
    about_quotes: tuple[Quote, ...]
    above: tuple[PostLink, ...]
    leader: PostLink | None
    figures: tuple[FigureContext, ...]
    parts: tuple[PostLink, ...]
    parts_words: str
    parts_more: str
    posts: tuple[PostLink, ...]
    posts_words: str
    posts_more: str
    groups: tuple[tuple[str, str], ...]
    relations: tuple[RelationContext, ...]
