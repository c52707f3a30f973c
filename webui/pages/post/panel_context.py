"""What the panel beside a chart shows of a post or a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.post.context import FigureContext
    from webui.parts.context import Phrase, PostLink, Section, Trace


@dataclass(frozen=True, slots=True)
class PanelItem:
    """An entry in a list of the panel.

    Attributes
    ----------
    is_here
        Whether it is an entry of the same chart, which is selected there.
    note
        What it is in the list: a role in a group.
    line
        How the line from the entry before it to this one is known.
    """

    link: PostLink
    is_here: bool
    note: str = ""
    line: Trace | None = None


@dataclass(frozen=True, slots=True)
class PanelList:
    """A list of the panel; `more` tells how many it leaves out."""

    heading: str
    count: str
    items: tuple[PanelItem, ...]
    is_ordered: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class PanelContext:
    """The panel of a post or a unit."""

    id: str
    href: str
    open_words: str
    title: Phrase
    where: Phrase
    holder: str
    holder_trace: Trace | None
    status: str
    chip: str
    note: str
    actions: tuple[Section, ...]
    figures: tuple[FigureContext, ...]
    lists: tuple[PanelList, ...]
    groups: tuple[tuple[str, str], ...]
