"""What the page of an organisation's groups shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.post.context import Member
    from webui.parts.context import OrganisationLink, Phrase, PostLink


@dataclass(frozen=True, slots=True)
class GroupContext:
    """A group with its members.

    Attributes
    ----------
    chart_href
        The chart with its members lit.
    """

    id: str
    name: Phrase
    kind: Phrase
    chart_href: str
    cadence: Phrase | None
    purpose: Phrase | None
    size_words: str
    members: tuple[Member, ...]
    members_more: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Whether a post sits in a group, and as what; empty where it does not."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A post and its seat in every group."""

    post: PostLink
    cells: tuple[MatrixCell, ...]
    count: str


@dataclass(frozen=True, slots=True)
class GroupsContext:
    """The groups, and the matrix of posts and groups."""

    organisation: OrganisationLink
    groups: tuple[GroupContext, ...]
    groups_more: str
    columns: tuple[tuple[str, Phrase], ...]
    rows: tuple[MatrixRow, ...]
    rows_more: str
    columns_more: str
