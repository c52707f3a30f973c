"""The export formats of exhibits, by the id used on the command line and in URLs.

Packages in higher layers may register further formats; see `add_format`. The code of a format is
imported when a file is made, because most formats need a library that nothing else uses.
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
# Fitting cards on pages takes about five milliseconds per card.
_MOST_ON_PAGES = 1_500
# The limit of a legible picture, which takes a second and a third of a gigabyte.
_MOST_IN_PICTURES = 3_000
# Two seconds for the cards and two for their data.
_MOST_IN_DATA = 10_000


class Use(StrEnum):
    """The use of a format."""

    SLIDES = "slides"
    PICTURE = "picture"
    PAGE = "page"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of an export in addition to its view.

    Attributes
    ----------
    sheet
        The size of pictures.
    transparent
        Whether pictures have a transparent background.
    template
        The PowerPoint file whose theme is used for slides.
    spans_slide
        Whether to append a slide on the spans of the leaders shown.
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
        Its name in URLs and on the command line.
    ending
        The file extension, without the dot.
    name, about
        Its name and its purpose: English msgids of the catalogue.
    make
        Returns the file of an exhibit.
    most_cards
        The maximum number of cards for which the server makes it; None for no limit. The command
        line has no limit.
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
        """Tell whether a number of cards exceeds the server's limit for this format."""
        return self.most_cards is not None and cards > self.most_cards


def formats() -> Mapping[str, Format]:
    """Return all formats by id, in the order in which they are offered."""
    return dict(_formats)


def add_format(made: Format) -> None:
    """Register a format of a higher layer; registering it again has no effect."""
    _formats[made.id] = made


def file_name(exhibit: Exhibit, ending: str) -> str:
    """Return a file name for an exhibit: its ids, reduced to letters, digits and hyphens."""
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
