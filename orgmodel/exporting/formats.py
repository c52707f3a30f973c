"""The formats in which an exhibit can be had, by the name that the command line and pages use.

Rooms above may add formats of their own; see `add_format`. What makes a file is imported when one is
made: the formats are known long before, and most need a library that nothing else does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.drawing.choices import PageSize
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from orgmodel.drawing.exhibits import Exhibit


_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME = 80
# Each page is tried until it fits, which takes some five milliseconds a card.
_MOST_ON_PAGES = 1_500
# What can still be looked at: a picture takes a second then, and a third of a gigabyte.
_MOST_IN_PICTURES = 3_000
# Two seconds for the cards, and as much for their data.
_MOST_IN_DATA = 10_000


class Use(StrEnum):
    """What one does with a format."""

    SLIDES = "slides"
    PICTURE = "picture"
    PAGE = "page"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen of an export beside its view.

    Attributes
    ----------
    sheet
        The size of pictures.
    transparent
        Whether pictures have no ground.
    template
        The PowerPoint file whose theme slides take on.
    spans_slide
        Whether a slide on the spans of the leaders that are shown follows the chart.
    """

    sheet: PageSize = PageSize.SLIDE
    transparent: bool = False
    template: Path | bytes | None = None
    spans_slide: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes
    ----------
    id
        Its name in addresses and on the command line.
    ending
        How its files' names end, without the dot.
    name, about
        What it is called, and what it is good for, in English; for a catalogue.
    make
        Makes the file of an exhibit.
    most_cards
        Of how many cards it is made while somebody waits for a page; None of as many as there are.
        A command makes it of any number.
    """

    id: str
    ending: str
    mimetype: str
    use: Use
    name: str
    about: str
    make: Callable[[Exhibit, Choices], bytes]
    most_cards: int | None = None

    def is_too_much(self, cards: int) -> bool:
        """Tell whether to make it of so many cards takes longer than one waits for a page."""
        return self.most_cards is not None and cards > self.most_cards


def formats() -> Mapping[str, Format]:
    """Return every format by its name, in the order in which people are offered them."""
    return dict(_formats)


def add_format(made: Format) -> None:
    """Add a format that is made in a room above this one; the same twice changes nothing."""
    _formats[made.id] = made


def file_name(exhibit: Exhibit, ending: str) -> str:
    """Return a name for an exhibit's file: its ids, of which only letters, digits and hyphens stay."""
    parts = [exhibit.organisation.id, *exhibit.view.entries]
    if exhibit.view.units:
        parts.insert(1, "units")
    name = _NOT_IN_NAMES.sub("-", "-".join(parts))[:_LONGEST_NAME].strip("-")
    return f"{name or 'chart'}.{ending}"


def _pptx(exhibit: Exhibit, choices: Choices) -> bytes:
    from orgmodel.exporting.slides import deck

    return deck(exhibit, template=choices.template, spans_slide=choices.spans_slide)


def _png(exhibit: Exhibit, choices: Choices) -> bytes:
    from orgmodel.exporting.pictures import picture_png

    return picture_png(exhibit, sheet=choices.sheet, transparent=choices.transparent)


def _svg(exhibit: Exhibit, choices: Choices) -> bytes:
    from orgmodel.drawing.sheets import sheet_svg

    return sheet_svg(exhibit, sheet=choices.sheet, transparent=choices.transparent).encode()


def _pdf(exhibit: Exhibit, choices: Choices) -> bytes:
    from orgmodel.exporting.printing import chart_pdf

    return chart_pdf(exhibit, choices.sheet, transparent=choices.transparent)


def _csv(exhibit: Exhibit, _choices: Choices) -> bytes:
    from orgmodel.exporting.entry_tables import entries_csv

    return entries_csv(exhibit).encode()


def _json(exhibit: Exhibit, _choices: Choices) -> bytes:
    from orgmodel.exporting.graphs import node_link

    return node_link(exhibit).encode()


def _graphml(exhibit: Exhibit, _choices: Choices) -> bytes:
    from orgmodel.exporting.graphs import graphml

    return graphml(exhibit).encode()


def _dot(exhibit: Exhibit, _choices: Choices) -> bytes:
    from orgmodel.exporting.dot import dot

    return dot(exhibit).encode()


def _mermaid(exhibit: Exhibit, _choices: Choices) -> bytes:
    from orgmodel.exporting.mermaid import mermaid

    return mermaid(exhibit).encode()


_SHIPPED = (
    Format(
        "pptx",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Use.SLIDES,
        N_("PowerPoint"),
        N_("Shapes, text and lines that can be changed; large charts on several slides."),
        _pptx,
        _MOST_ON_PAGES,
    ),
    Format(
        "png",
        "png",
        "image/png",
        Use.PICTURE,
        N_("PNG"),
        N_("Goes anywhere; sharp on a screen and in print."),
        _png,
        _MOST_IN_PICTURES,
    ),
    Format(
        "svg",
        "svg",
        "image/svg+xml",
        Use.PICTURE,
        N_("SVG"),
        N_("Sharp at any size; for web pages and drawing programs."),
        _svg,
        _MOST_IN_PICTURES,
    ),
    Format(
        "pdf",
        "pdf",
        "application/pdf",
        Use.PICTURE,
        N_("PDF"),
        N_("To print and to mail; its text can be searched."),
        _pdf,
        _MOST_ON_PAGES,
    ),
    Format(
        "csv",
        "csv",
        "text/csv; charset=utf-8",
        Use.DATA,
        N_("CSV"),
        N_("One row per post or unit, for spreadsheets; posts can be imported again."),
        _csv,
        _MOST_IN_DATA,
    ),
    Format(
        "json",
        "json",
        "application/json",
        Use.DATA,
        N_("JSON"),
        N_("Nodes and edges, for NetworkX and d3."),
        _json,
        _MOST_IN_DATA,
    ),
    Format(
        "graphml",
        "graphml",
        "application/graphml+xml; charset=utf-8",
        Use.DATA,
        N_("GraphML"),
        N_("For yEd, Gephi and igraph."),
        _graphml,
        _MOST_IN_DATA,
    ),
    Format(
        "dot",
        "dot",
        "text/vnd.graphviz; charset=utf-8",
        Use.DATA,
        N_("Graphviz DOT"),
        N_("For Graphviz."),
        _dot,
        _MOST_IN_DATA,
    ),
    Format(
        "mermaid",
        "mmd",
        "text/plain; charset=utf-8",
        Use.DATA,
        N_("Mermaid"),
        N_("For Markdown, wikis and DevOps pages."),
        _mermaid,
        _MOST_IN_DATA,
    ),
)
_formats = {one.id: one for one in _SHIPPED}
