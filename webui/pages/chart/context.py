"""What the page of a chart shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from webui.parts.context import Option, OptionGroup, OrganisationLink


@dataclass(frozen=True, slots=True)
class TreePost:
    """An entry in the tree beside the chart.

    Attributes
    ----------
    more_href
        Where the rest of a wide family is shown, for the entry that stands for it.
    note
        What the chart tells by dimming and lighting.
    """

    id: str
    href: str
    toggle_href: str
    title: str
    holder: str
    unit: str
    figures: str
    is_open: bool
    closes: int
    more_href: str
    note: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A colour of the chart and what it tells."""

    words: str
    fill: str
    band: str
    edge: str


@dataclass(frozen=True, slots=True)
class Controls:
    """What can be set for a chart.

    Attributes
    ----------
    kept
        Names and values that the form passes on.
    clear_href
        The same chart without a filter.
    """

    colorings: tuple[Option, ...]
    filters: tuple[OptionGroup, ...]
    lights: tuple[Option, ...]
    cross_lines: bool
    has_cross_lines: bool
    day: str
    kept: tuple[tuple[str, str], ...]
    clear_href: str


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What is said of a chart.

    Attributes
    ----------
    short, long
        What it shows, in a sentence and at length.
    hidden_words
        How much it does not show.
    filters
        By how many values it is filtered; empty without a filter.
    notes
        What dimming and lighting tell, by the id of the entry.
    """

    short: str
    long: tuple[str, ...]
    legend: tuple[LegendItem, ...]
    hidden_words: str
    filters: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChartContext:
    """The page of a chart.

    Attributes
    ----------
    svg
        The first picture.
    status_legend
        What the legend says of statuses: their kind, their word, and what it means.
    hit_list
        The name of the list of search hits.
    styles
        How the canvas draws lines and cards.
    """

    organisation: OrganisationLink
    tree: tuple[TreePost, ...]
    data: dict[str, object]
    svg: Markup
    words: ChartWords
    status_legend: tuple[tuple[str, str, str], ...]
    legend_title: str
    is_posts: bool
    controls: Controls
    hit_list: str
    texts: dict[str, str]
    styles: Mapping[str, object]
    addresses: dict[str, str]
    counts: str
    selected: str | None
    focus_href: str
