"""An exhibit on a sheet of paper or a slide, as a self-contained SVG file.

The chart is the one on the screen, scaled to the available room, with its title, legend, date and
sources around it. All sizes are in points; a sheet has the size of its paper. The text size of
titles and footers does not depend on the scale of the chart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing.captions import POINTS, Key, Lines, items, key, lines, title_lines
from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.describing import short_description
from orgmodel.drawing.measuring import font_style
from orgmodel.drawing.styles import DARK, LIGHT
from orgmodel.drawing.svg import FONT_FAMILY, MARGIN, smallest_size, still_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.captions import Item
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.styles import ColorScheme

    Rows = tuple[tuple[Item, ...], ...]

_INCH, _MILLIMETRE = 72, 72 / 25.4
_LARGEST_SCALE = 1.6
# Margin around a chart for frames, shadows and fold badges, which extend beyond its edge.
_PADDING = 12
_GAP = 10
_NARROWEST_FIT = 330
# Portrait, or text beside the chart, is used if it makes the chart larger by this factor.
_WORTH_A_CHANGE = 1.08
_COLUMN, _COLUMN_TITLE = 0.22, 0.75
_TITLE_LINES = 2


@dataclass(frozen=True, slots=True)
class _Paper:
    """A sheet's size, its margin, and the sizes of its text, in points."""

    width: float
    height: float
    margin: float
    title: float
    key: float
    footer: float

    def turned(self) -> _Paper:
        return replace(self, width=self.height, height=self.width)

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.margin

    @property
    def inner_height(self) -> float:
        return self.height - 2 * self.margin


_PAPERS = {
    PageSize.FIT: _Paper(0, 0, MARGIN * POINTS, 15, 9, 8.5),
    PageSize.SLIDE: _Paper(40 / 3 * _INCH, 7.5 * _INCH, 30, 24, 10.5, 9),
    PageSize.A4: _Paper(297 * _MILLIMETRE, 210 * _MILLIMETRE, 28, 17, 9, 8),
    PageSize.A3: _Paper(420 * _MILLIMETRE, 297 * _MILLIMETRE, 36, 22, 10.5, 9),
}
_MAY_STAND = {PageSize.A4, PageSize.A3}


@dataclass(frozen=True, slots=True)
class _Composition:
    """The layout of a sheet; `scale` is in points per pixel of the chart."""

    paper: _Paper
    title: Lines
    key: Key
    footer: Lines
    key_top: float
    footer_top: float
    scale: float
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class _Room:
    """The area available to the chart."""

    left: float
    top: float
    width: float
    height: float


def sheet_svg(
    exhibit: Exhibit,
    *,
    sheet: PageSize = PageSize.FIT,
    transparent: bool = False,
    dark: bool = False,
    embed_fonts: bool = True,
) -> str:
    """Return an exhibit on a sheet as the text of an SVG file.

    Parameters
    ----------
    transparent
        Whether the background is left out; cards keep theirs.
    dark
        Whether to use light text on a dark background.
    embed_fonts
        Whether the font is in the file, so that it looks the same everywhere; programs without
        support for that use Carlito, Calibri or Arial, in which text is narrower.
    """
    scheme = DARK if dark else LIGHT
    composed = _compose(exhibit, sheet, scheme)
    paper = composed.paper
    width, height = _exact(paper.width), _exact(paper.height)
    ground = (
        "" if transparent else f'<rect width="{width}" height="{height}" fill="{scheme.ground}"/>'
    )
    drawn = "".join(_marks(exhibit, composed, scheme))
    described = short_description(exhibit.chart, exhibit.language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}pt" height="{height}pt" role="img" xml:lang={quoteattr(exhibit.language)}'
        f' font-family="{FONT_FAMILY}"><title>{escape(exhibit.title)}</title>'
        f"<desc>{escape(f'{described} {exhibit.footer}')}</desc>"
        f"{font_style(drawn) if embed_fonts else ''}{ground}{drawn}</svg>\n"
    )


def sheet_size(exhibit: Exhibit, sheet: PageSize) -> tuple[float, float]:
    """Return the width and the height of an exhibit's sheet in points."""
    paper = _compose(exhibit, sheet).paper
    return paper.width, paper.height


def smallest_text(exhibit: Exhibit, sheet: PageSize) -> float:
    """Return the size in points of the smallest text of the chart on a sheet."""
    return smallest_size(exhibit.chart) * _compose(exhibit, sheet).scale


def chart_room(exhibit: Exhibit, sheet: PageSize) -> tuple[float, float]:
    """Return the width and height in points available to a chart, whatever its title.

    The texts of the sheet take the room that they need for the whole exhibit.
    """
    paper = _PAPERS[sheet]
    composed = _above_and_below(exhibit, paper, items(exhibit, LIGHT))
    top = paper.margin + Lines(("",) * _TITLE_LINES, paper.title).height + _GAP
    edges = 2 * _PADDING * _LARGEST_SCALE * POINTS
    return paper.inner_width - edges, composed.key_top - _GAP - top - edges


def _marks(exhibit: Exhibit, composed: _Composition, scheme: ColorScheme) -> Iterator[str]:
    """Yield the marks of a sheet in reading order."""
    margin = composed.paper.margin
    yield from composed.title.marks((margin, margin), scheme.pens["ink"])
    corner = f"{_exact(composed.left)} {_exact(composed.top)}"
    yield f'<g transform="translate({corner}) scale({composed.scale:.5f})">'
    yield from still_marks(exhibit.chart, scheme, exhibit.selected)
    yield "</g>"
    yield from composed.key.marks((margin, composed.key_top), scheme)
    yield from composed.footer.marks((margin, composed.footer_top), scheme.pens["quiet"])


def _compose(exhibit: Exhibit, sheet: PageSize, scheme: ColorScheme = LIGHT) -> _Composition:
    """Lay out a sheet so that the chart is as large as possible."""
    rows = items(exhibit, scheme)
    paper = _PAPERS[sheet]
    if sheet is PageSize.FIT:
        return _fitting(exhibit, paper, rows)
    best = _above_and_below(exhibit, paper, rows)
    others = [_beside(exhibit, paper, rows)]
    if sheet in _MAY_STAND:
        others.append(_above_and_below(exhibit, paper.turned(), rows))
    for other in others:
        if other is not None and other.scale > best.scale * _WORTH_A_CHANGE:
            best = other
    return best


def _fitting(exhibit: Exhibit, paper: _Paper, rows: Rows) -> _Composition:
    """Lay out a sheet as large as the chart at scale 1 and its texts."""
    layout = exhibit.chart.layout
    width = max(_NARROWEST_FIT, layout.width * POINTS)
    title = title_lines(exhibit, width, paper.title, most=4)
    drawn = key(rows, width, paper.key)
    footer = lines(exhibit.footer, width, paper.footer, most=6)
    top = paper.margin + title.height + _GAP
    key_top = top + layout.height * POINTS + 2 * _GAP
    footer_top = key_top + drawn.height + (_GAP / 2 if drawn.height else 0)
    sheet = replace(
        paper,
        width=width + 2 * paper.margin,
        height=footer_top + footer.height + paper.margin,
    )
    left = (sheet.width - layout.width * POINTS) / 2
    return _Composition(sheet, title, drawn, footer, key_top, footer_top, POINTS, left, top)


def _above_and_below(exhibit: Exhibit, paper: _Paper, rows: Rows) -> _Composition:
    """Place the title above the chart, and the legend and the footer below it."""
    width = paper.inner_width
    title = title_lines(exhibit, width, paper.title, most=_TITLE_LINES)
    drawn = key(rows, width, paper.key)
    footer = lines(exhibit.footer, width, paper.footer, most=2)
    footer_top = paper.height - paper.margin - footer.height
    key_top = footer_top - drawn.height - (_GAP / 2 if drawn.height else 0)
    top = paper.margin + title.height + _GAP
    room = _Room(paper.margin, top, width, key_top - _GAP - top)
    return _Composition(paper, title, drawn, footer, key_top, footer_top, *_placed(exhibit, room))


def _beside(exhibit: Exhibit, paper: _Paper, rows: Rows) -> _Composition | None:
    """Place all texts in a column beside the chart, if they fit into it."""
    column = paper.inner_width * _COLUMN
    title = title_lines(exhibit, column, paper.title * _COLUMN_TITLE, most=6)
    drawn = key([(item,) for row in rows for item in row], column, paper.key)
    footer = lines(exhibit.footer, column, paper.footer, most=8)
    footer_top = paper.height - paper.margin - footer.height
    key_top = footer_top - drawn.height - _GAP
    if key_top < paper.margin + title.height + _GAP:
        return None
    left = paper.margin + column + 2 * _GAP
    room = _Room(left, paper.margin, paper.width - paper.margin - left, paper.inner_height)
    return _Composition(paper, title, drawn, footer, key_top, footer_top, *_placed(exhibit, room))


def _placed(exhibit: Exhibit, room: _Room) -> tuple[float, float, float]:
    """Return the scale of the chart in a room, and the place of its upper left corner."""
    layout = exhibit.chart.layout
    width, height = layout.width + 2 * _PADDING, layout.height + 2 * _PADDING
    scale = min(room.width / width, room.height / height, _LARGEST_SCALE * POINTS)
    left = room.left + (room.width - layout.width * scale) / 2
    return scale, left, room.top + (room.height - layout.height * scale) / 2


def _exact(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
