"""Exhibits as PNG and PDF, made of the same SVG without a browser and with the shipped font alone.

Both are typeset from one template that holds a picture a page. What we say goes in as values, never
as words of the template's language; no file, no package and no font of the machine is read.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from orgmodel.drawing.captions import POINTS
from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.describing import short_description
from orgmodel.drawing.measuring import FONTS
from orgmodel.drawing.sheets import sheet_size, sheet_svg
from orgmodel.drawing.styles import DARK, LIGHT
from orgmodel.engines.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.texts import Language

    # The SVG of a page with its width and height in points.
    Page = tuple[str, float, float]

_INCH, _METRE = 72, 39.3701
# Sharp where it is shown: a slide on a screen of 2560 pixels, paper in print, the rest on a fine screen.
_DOTS_PER_INCH = {
    PageSize.FIT: 192.0,
    PageSize.SLIDE: 192.0,
    PageSize.A4: 200.0,
    PageSize.A3: 200.0,
}
# A picture takes up to twelve bytes a pixel while it is made: half a gigabyte at most.
_MOST_PIXELS, _LONGEST_SIDE = 40_000_000, 30_000
# By how much less than a page its picture is wide and high; see `_in_pixels`.
_LESS = 0.25
_PNG_START = b"\x89PNG\r\n\x1a\n"
_TEMPLATE = """
#let given = sys.inputs
#let number(name) = int(given.at(name))
#set document(
  title: given.title,
  description: given.description,
  date: datetime(year: number("year"), month: number("month"), day: number("day")),
)
#set text(lang: given.language)
#set page(margin: 0pt, fill: if given.ground == "" { none } else { rgb(given.ground) })
#for i in range(number("pages")) {
  let at(name) = given.at(name + str(i))
  let (width, height) = (float(at("width")) * 1pt, float(at("height")) * 1pt)
  let less = float(given.less) * 1pt
  page(width: width, height: height, image(
    bytes(at("svg")), format: "svg", fit: "stretch", alt: given.description,
    width: width - less, height: height - less,
  ))
}
"""
# A large picture takes half a gigabyte while it is set, and where that is not to be had, its process ends.
_engine = Engine("pictures and documents")


@dataclass(frozen=True, slots=True)
class PictureSize:
    """How large a picture in pixels is.

    Attributes
    ----------
    dots_per_inch
        How many pixels an inch of its sheet has.
    is_reduced
        Whether that is fewer than it should, because the picture would become too large.
    """

    width: int
    height: int
    dots_per_inch: float
    is_reduced: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself: its title, what it shows, of when it is."""

    title: str
    description: str
    language: Language
    day: date


def about(exhibit: Exhibit) -> About:
    """Return what a document of an exhibit says of itself."""
    described = short_description(exhibit.chart, exhibit.language)
    return About(
        exhibit.title,
        f"{described} {exhibit.footer}",
        exhibit.language,
        exhibit.organisation.record.as_of.last_day(),
    )


def picture_size(exhibit: Exhibit, sheet: PageSize) -> PictureSize:
    """Return how large the PNG of an exhibit is."""
    width, height = sheet_size(exhibit, sheet)
    wanted = _DOTS_PER_INCH[sheet]
    possible = min(
        wanted,
        _INCH * math.sqrt(_MOST_PIXELS / (width * height)),
        _INCH * _LONGEST_SIDE / max(width, height),
    )
    pixels = possible / _INCH
    return PictureSize(
        round(width * pixels), round(height * pixels), possible, is_reduced=possible < wanted
    )


def picture_png(
    exhibit: Exhibit,
    *,
    sheet: PageSize = PageSize.FIT,
    transparent: bool = False,
    dark: bool = False,
) -> bytes:
    """Return an exhibit on a sheet as a PNG; see `picture_size`.

    It says how many pixels it has an inch, so that it is placed in the size of its sheet.
    """
    ground = "" if transparent else (DARK if dark else LIGHT).ground
    density = picture_size(exhibit, sheet).dots_per_inch
    return png_of(
        lambda: sheet_page(exhibit, sheet, transparent=transparent, dark=dark),
        about(exhibit),
        density,
        ground=ground,
    )


def picture_pdf(
    exhibit: Exhibit,
    *,
    sheet: PageSize = PageSize.FIT,
    transparent: bool = False,
    dark: bool = False,
) -> bytes:
    """Return an exhibit on a sheet as a PDF of one page of exactly that size, with real text."""
    return pdf_of(
        (sheet_page(one, sheet, transparent=transparent, dark=dark) for one in (exhibit,)),
        about(exhibit),
    )


def pdf_of(pages: Iterable[Page], about: About) -> bytes:
    """Return SVGs of ours as a PDF, each on a page of its own; the same ones give the same bytes.

    Pages that are drawn as they are asked for are drawn when it is their turn.
    """
    stamp = datetime.combine(about.day, time(), tzinfo=UTC).isoformat()
    return _typeset(lambda: _inputs(tuple(pages), about), kind="pdf", stamp=stamp)


def png_of(
    draw: Callable[[], Page], about: About, dots_per_inch: float, *, ground: str = ""
) -> bytes:
    """Return an SVG of ours as a PNG.

    Parameters
    ----------
    draw
        Returns the page. It is called once the engine is free, so that waiting jobs use no memory.
    ground
        The colour of the pixels at the edges that a page fills in part; empty for none.
    """
    extra = {"ground": ground, "less": str(_LESS)}

    def inputs() -> dict[str, str]:
        return _inputs([_in_pixels(draw(), dots_per_inch)], about) | extra

    return _with_density(_typeset(inputs, kind="png", ppi=_INCH), dots_per_inch)


def _typeset(inputs: Callable[[], dict[str, str]], **options: object) -> bytes:
    """Return a document of the template; the inputs are made when it is its turn."""

    def given() -> dict[str, object]:
        return {"template": _TEMPLATE, "inputs": inputs(), "fonts": str(FONTS), **options}

    return _engine.ask("typeset", given)


def sheet_page(
    exhibit: Exhibit, sheet: PageSize, *, transparent: bool = False, dark: bool = False
) -> Page:
    """Return an exhibit on a sheet as a page to be typeset."""
    drawn = sheet_svg(exhibit, sheet=sheet, transparent=transparent, dark=dark, embed_fonts=False)
    return (drawn, *sheet_size(exhibit, sheet))


def _inputs(pages: Collection[Page], about: About) -> dict[str, str]:
    """Return what the template is given, all as text."""
    return {
        "title": about.title,
        "description": about.description,
        "language": about.language,
        "year": str(about.day.year),
        "month": str(about.day.month),
        "day": str(about.day.day),
        "pages": str(len(pages)),
        "ground": "",
        "less": "0",
        **dict(_page_inputs(pages)),
    }


def _page_inputs(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    for i, (svg, width, height) in enumerate(pages):
        yield f"svg{i}", svg
        yield f"width{i}", repr(float(width))
        yield f"height{i}", repr(float(height))


def _in_pixels(page: Page, dots_per_inch: float) -> Page:
    """Return a page of as many points as it has pixels, so that typst draws it pixel by pixel.

    Typst first draws a picture into a grid of its own, as wide as the picture is placed and as high
    as its proportions make that, both rounded up, and then copies the nearest pixel of the grid to
    each of the page. Where the two differ by one, a column or a row is lost, and with it half a
    line. Placed a quarter of a pixel smaller than the page, and an eighth lower in its proportions,
    the grid is rounded up to exactly the page.
    """
    svg, width, height = page
    across, down = (round(side * dots_per_inch / _INCH) for side in (width, height))
    scale = f"{across / width * POINTS:.9f} {down / height * POINTS:.9f}"
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down - _LESS / 2}"'
        f' viewBox="0 0 {across} {down}" preserveAspectRatio="none">'
        f'<g transform="scale({scale})">{svg}</g></svg>'
    )
    return drawn, across, down


def _with_density(png: bytes, dots_per_inch: float) -> bytes:
    """Return a PNG that says how many pixels it has an inch; the note goes after its head."""
    each = round(dots_per_inch * _METRE)
    note = b"pHYs" + struct.pack(">IIB", each, each, 1)
    head = len(_PNG_START) + 25
    whole = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    return png[:head] + whole + png[head:]
