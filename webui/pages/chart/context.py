"""The template context of the chart pages."""

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
        The URL with the rest of a wide family, on the entry that represents the rest.
    note
        Why the chart dims or highlights the card, in words.
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
    """A colour of the chart and its meaning."""

    words: str
    fill: str
    band: str
    edge: str


@dataclass(frozen=True, slots=True)
class Controls:
    """The form controls of a chart.

    Attributes
    ----------
    kept
        Names and values of the form's hidden fields.
    clear_href
        The URL of the chart without filters.
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
    """The texts that describe a chart.

    Attributes
    ----------
    short, long
        Its description in one sentence and in full.
    hidden_words
        How many entries it hides.
    filters
        The number of filter values, in words; empty without a filter.
    notes
        Why cards are dimmed or highlighted, by the id of the entry.
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
        The SVG of the first rendering.
    status_legend
        The statuses in the legend: their kind, word and meaning.
    styles
        The styles with which the canvas draws lines and cards.
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
    texts: dict[str, str]
    styles: Mapping[str, object]
    addresses: dict[str, str]
    counts: str
    selected: str | None
    focus_href: str
