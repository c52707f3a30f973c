"""The template context of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from webui.pages.search.page import Chooser
    from webui.parts.context import OptionGroup, OrganisationLink, Phrase, Section


@dataclass(frozen=True, slots=True)
class NodeLink:
    """A post, a unit or a group in a list.

    Attributes
    ----------
    kind_words
        Its kind in words.
    href
        Its own page.
    network_href
        The network around it.
    detail
        Its holder, its unit or its kind.
    reason
        Why it is in the list; empty where the heading says so.
    """

    id: str
    kind: str
    kind_words: str
    title: Phrase
    detail: str
    href: str
    network_href: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NodeList:
    """Nodes under a heading; `more` says how many it omits, `more_href` shows them."""

    heading: str
    count: str
    items: tuple[NodeLink, ...]
    more: str = ""
    more_href: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A post among those that sit in most groups."""

    node: NodeLink
    groups: str
    fellows: str
    between: str


@dataclass(frozen=True, slots=True)
class ForumsTable:
    """Who sits in most groups, with what the figures mean."""

    rows: tuple[SittingRow, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An entry of the key: a sign or a line, and its meaning."""

    svg: Markup
    words: str


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The network as a picture and as data for the canvas."""

    svg: Markup
    short: str
    data: dict[str, object]
    key: tuple[KeyItem, ...]
    hidden_words: str
    files: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NetworkContext:
    """The page of a network, of what ties two nodes, or the page on which one is chosen.

    Attributes
    ----------
    centre, other
        What it is around; the second of two. None where they are not chosen.
    sentences
        The answers in words.
    steps
        The same network with fewer or more steps.
    lists
        What the centre is tied to, by kind, or what ties the two.
    rings
        What is further away.
    choices
        The groups and units to choose from beside the posts that are searched for.
    kept
        Names and values of that form's hidden fields.
    alone_href
        The network of the first of two alone.
    at_first
        How many nodes of a list are shown before the rest is opened.
    """

    organisation: OrganisationLink
    centre: NodeLink | None
    other: NodeLink | None
    heading: str
    sentences: tuple[str, ...]
    steps: tuple[Section, ...]
    picture: NetworkPicture | None
    lists: tuple[NodeList, ...]
    rings: tuple[NodeList, ...]
    forums: ForumsTable | None
    groups: tuple[NodeLink, ...]
    groups_more: str
    choosers: tuple[Chooser, ...]
    choices: tuple[OptionGroup, ...]
    kept: tuple[tuple[str, str], ...]
    alone_href: str
    at_first: int
    texts: dict[str, str]
    addresses: dict[str, str]
