"""What the walk for a new leader shows: five steps, each a view of the same chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.chains.context import Chooser, Picture
    from webui.pages.post.context import PostContext
    from webui.parts.context import OrganisationLink, PostLink


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A step of the walk.

    Attributes
    ----------
    key
        What the step is about: place, leader, team, groups or year.
    words
        What the step shows, in sentences.
    """

    number: int
    key: str
    title: str
    href: str
    words: tuple[str, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the line of steps."""

    title: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class WalkContext:
    """A step of the walk, or all of them on the page to keep."""

    organisation: OrganisationLink
    post: PostContext
    here: PostLink
    steps: tuple[StepLink, ...]
    shown: tuple[WalkStep, ...]
    progress: str
    before_href: str
    next_href: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class WalkStart:
    """Where a new leader chooses the post."""

    organisation: OrganisationLink
    chooser: Chooser
    open_posts: tuple[tuple[PostLink, str], ...]
