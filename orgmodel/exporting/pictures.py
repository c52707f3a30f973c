"""Exhibits as PNG and PDF, rendered from the same SVG without a browser, using the shipped font.

Both are typeset from one template with one picture per page. Our texts are passed as values, never
as template source; no files, packages or fonts of the machine are read.
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
# The resolution of typical use: slides at 2560 pixels, paper in print, others on dense screens.
_DOTS_PER_INCH = {
    PageSize.FIT: 192.0,
    PageSize.SLIDE: 192.0,
    PageSize.A4: 200.0,
    PageSize.A3: 200.0,
}
# Rendering takes up to twelve bytes per pixel: half a gigabyte at most.
_MOST_PIXELS, _LONGEST_SIDE = 40_000_000, 30_000
# The difference in width and height between a page and its picture; see `_in_pixels`.
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
# A large picture takes half a gigabyte; if that is not available, the process is aborted.
_engine = Engine("pictures and documents")


@dataclass(frozen=True, slots=True)
class PictureSize:
    """The size of a picture in pixels.

    Attributes
    ----------
    dots_per_inch
        The resolution relative to the sheet, reduced where the picture would be too large.
    """

    width: int
    height: int
    dots_per_inch: float


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of a document: its title, its subject and its date."""

    title: str
    description: str
    language: Language
    day: date


def about(exhibit: Exhibit) -> About:
    """Return the metadata of an exhibit's document."""
    described = short_description(exhibit.chart, exhibit.language)
    return About(
        exhibit.title,
        f"{described} {exhibit.footer}",
        exhibit.language,
        exhibit.organisation.record.as_of.last_day(),
    )


def picture_size(exhibit: Exhibit, sheet: PageSize) -> PictureSize:
    """Return the size of the PNG of an exhibit."""
    width, height = sheet_size(exhibit, sheet)
    possible = min(
        _DOTS_PER_INCH[sheet],
        _INCH * math.sqrt(_MOST_PIXELS / (width * height)),
        _INCH * _LONGEST_SIDE / max(width, height),
    )
    pixels = possible / _INCH
    return PictureSize(round(width * pixels), round(height * pixels), possible)


def picture_png(
    exhibit: Exhibit,
    *,
    sheet: PageSize = PageSize.FIT,
    transparent: bool = False,
    dark: bool = False,
) -> bytes:
    """Return an exhibit on a sheet as a PNG; see `picture_size`.

    Its resolution is recorded, so that other programs insert it in the size of its sheet.
    """
    ground = "" if transparent else (DARK if dark else LIGHT).ground
    density = picture_size(exhibit, sheet).dots_per_inch
    return png_of(
        lambda: sheet_page(exhibit, sheet, transparent=transparent, dark=dark),
        about(exhibit),
        density,
        ground=ground,
    )


def pdf_of(pages: Iterable[Page], about: About) -> bytes:
    """Return our SVGs as a PDF, one per page; the same SVGs give the same bytes.

    An iterator of pages is consumed when the job starts, not before.
    """
    stamp = datetime.combine(about.day, time(), tzinfo=UTC).isoformat()
    return _typeset(lambda: _inputs(tuple(pages), about), kind="pdf", stamp=stamp)


def png_of(
    draw: Callable[[], Page], about: About, dots_per_inch: float, *, ground: str = ""
) -> bytes:
    """Return one of our SVGs as a PNG.

    Parameters
    ----------
    draw
        Returns the page. It is called once the engine is free, so that waiting jobs use no memory.
    ground
        The background colour of partly covered pixels at the edges; empty for none.
    """
    extra = {"ground": ground, "less": str(_LESS)}

    def inputs() -> dict[str, str]:
        return _inputs([_in_pixels(draw(), dots_per_inch)], about) | extra

    return _with_density(_typeset(inputs, kind="png", ppi=_INCH), dots_per_inch)


def _typeset(inputs: Callable[[], dict[str, str]], **options: object) -> bytes:
    """Return a document of the template; the inputs are computed when the job starts."""

    def given() -> dict[str, object]:
        return {"template": _TEMPLATE, "inputs": inputs(), "fonts": str(FONTS), **options}

    return _engine.ask("typeset", given)


def sheet_page(
    exhibit: Exhibit, sheet: PageSize, *, transparent: bool = False, dark: bool = False
) -> Page:
    """Return an exhibit as a page to be typeset."""
    drawn = sheet_svg(exhibit, sheet=sheet, transparent=transparent, dark=dark, embed_fonts=False)
    return (drawn, *sheet_size(exhibit, sheet))


def _inputs(pages: Collection[Page], about: About) -> dict[str, str]:
    """Return the inputs of the template, all as text."""
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
    """Return a page with one point per pixel, so that typst does not resample it.

    Typst first renders a picture into a pixel grid whose width is that of the placed picture and
    whose height follows from its aspect ratio, both rounded up, and then copies the nearest grid
    pixel to each page pixel. If the two sizes differ by one, a column or row is lost. With a
    picture placed a quarter of a pixel smaller than the page, and its aspect ratio an eighth of a
    pixel lower, the grid is rounded up to exactly the page size.
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
    """Return a PNG with its resolution recorded in a pHYs chunk after the header."""
    each = round(dots_per_inch * _METRE)
    note = b"pHYs" + struct.pack(">IIB", each, each, 1)
    head = len(_PNG_START) + 25
    whole = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    return png[:head] + whole + png[head:]
