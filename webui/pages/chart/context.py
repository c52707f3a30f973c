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
    """A colour of the chart and its meaning; `look` names it among the looks of the chart."""

    words: str
    look: str
    fill: str
    band: str


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """A number of layers that the chart can show; `unit` follows its words where it is chosen."""

    value: str
    words: str
    unit: str
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Controls:
    """The form controls of a chart.

    Attributes
    ----------
    kept
        Names and values of the form's hidden fields.
    clear_href, unnamed_href, reset_href
        The URL of the chart without filters; without filters and the highlighted group; as it first
        opens.
    """

    colorings: tuple[Option, ...]
    filters: tuple[OptionGroup, ...]
    lights: tuple[Option, ...]
    cross_lines: bool
    has_cross_lines: bool
    day: str
    kept: tuple[tuple[str, str], ...]
    clear_href: str
    unnamed_href: str
    reset_href: str


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The texts that describe a chart.

    Attributes
    ----------
    short, long
        Its description in one sentence and in full.
    hidden_words
        How many entries it hides.
    filters, filter_count
        The number of filter values, in words and as a number; empty and 0 without a filter.
    named
        The filter and the highlighted group by their names, with what they leave.
    layers
        How many layers below the tops are shown: a number, `all`, or empty if branches differ.
    key
        The kinds of lines and statuses on the chart, for the key.
    notes
        Why cards are dimmed or highlighted, by the id of the entry.
    """

    short: str
    long: tuple[str, ...]
    legend: tuple[LegendItem, ...]
    hidden_words: str
    filters: str
    filter_count: int
    named: str
    layers: str
    key: tuple[str, ...]
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
    layers
        The numbers of layers that can be chosen.
    sheet_href
        The URL of the chart on one sheet of paper.
    styles
        The styles with which the canvas draws lines and cards.
    """

    organisation: OrganisationLink
    tree: tuple[TreePost, ...]
    data: dict[str, object]
    svg: Markup
    sheet_href: str
    words: ChartWords
    status_legend: tuple[tuple[str, str, str], ...]
    legend_title: str
    is_posts: bool
    controls: Controls
    layers: tuple[LayerChoice, ...]
    texts: dict[str, str]
    styles: Mapping[str, object]
    addresses: dict[str, str]
    selected: str | None
    here_href: str
    focus_href: str
