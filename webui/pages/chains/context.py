"""What the views of one or two posts show: a still picture of a part of the chart, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from webui.pages.index.context import SearchHit
    from webui.pages.post.context import ChainStep
    from webui.parts.context import OrganisationLink, PostLink, Section


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture of a chart, and what it shows in a sentence and at length.

    Attributes
    ----------
    fits
        Whether it can still be read when it is made as narrow as a page; else it is scrolled.
    """

    svg: Markup
    fits: bool
    short: str
    long: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A post that the view can go to; `below` tells what is under it."""

    post: PostLink
    href: str
    below: str = ""
    reports: tuple[Step, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class FocusContext:
    """One post: the chain above it, its peers beside it, the two layers below it.

    Attributes
    ----------
    before, after
        The posts to its left and right under the same leader.
    place
        Which of how many it is.
    """

    organisation: OrganisationLink
    here: Step
    views: tuple[Section, ...]
    chain: tuple[Step, ...]
    peers: tuple[Step, ...]
    peers_more: str
    before: Step | None
    after: Step | None
    place: str
    reports: tuple[Step, ...]
    reports_words: str
    reports_more: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class ChainContext:
    """The chain from one post to the top."""

    organisation: OrganisationLink
    post: PostLink
    views: tuple[Section, ...]
    words: str
    chain: tuple[ChainStep, ...]
    picture: Picture


@dataclass(frozen=True, slots=True)
class Chooser:
    """A search for a post.

    Attributes
    ----------
    name
        The parameter that holds what is searched for.
    kept
        Names and values that the form passes on.
    target
        The address that a choice leads to, with `__id__` for the post's id.
    search
        Where hits are fetched as one types.
    """

    label: str
    name: str
    query: str
    kept: tuple[tuple[str, str], ...]
    target: str
    search: str
    hits: tuple[tuple[SearchHit, str], ...]
    count_words: str


@dataclass(frozen=True, slots=True)
class BetweenContext:
    """Two posts, the chain between them and their closest common leader."""

    organisation: OrganisationLink
    first: PostLink | None
    second: PostLink | None
    choosers: tuple[Chooser, ...]
    swap_href: str
    words: tuple[str, ...]
    common: PostLink | None
    chain: tuple[PostLink, ...]
    picture: Picture | None
