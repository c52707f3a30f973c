"""What the front page, the search and the error pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import (
        OrganisationLink,
        Phrase,
        PostLink,
    )


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the front page."""

    link: OrganisationLink
    description: Phrase | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """An error in a file."""

    place: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FaultyContext:
    """A file with errors.

    Attributes
    ----------
    is_served
        Whether its last content without errors is shown.
    """

    name: str
    problems: tuple[ProblemLine, ...]
    is_served: bool


@dataclass(frozen=True, slots=True)
class IndexContext:
    """The front page."""

    organisations: tuple[OrganisationCard, ...]
    faulty: tuple[FaultyContext, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A post that a search found, with the chain above it."""

    post: PostLink
    chain: str


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a search found."""

    organisation: OrganisationLink
    query: str
    hits: tuple[SearchHit, ...]
    count: int
    count_words: str


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """A page that says what is wrong, and where to go instead or again."""

    status: int
    title: str
    text: str
    suggestions: tuple[tuple[str, str], ...] = ()
    faulty: tuple[FaultyContext, ...] = ()
    again_href: str = ""
