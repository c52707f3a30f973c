"""What the page of a chart shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.contexts.parts import (
        OrganisationLink,
        Phrase,
    )


@dataclass(frozen=True, slots=True)
class TreePost:
    """A post in the tree beside the chart; levels count from 1."""

    id: str
    href: str
    toggle_href: str
    title: str
    holder: str
    unit: str
    figures: str
    level: int
    position_in_set: int
    set_size: int
    reports: int
    is_open: bool
    closes: int


@dataclass(frozen=True, slots=True)
class ChartContext:
    """The page of a chart."""

    organisation: OrganisationLink
    description: Phrase | None
    tree: tuple[TreePost, ...]
    data: dict[str, object]
    texts: dict[str, str]
    addresses: dict[str, str]
    hidden_words: str
    counts: str
    selected: str | None
    search_href: str
