"""Exhibits as PNG and PDF, made of the same SVG without a browser and with the shipped font alone."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING

import resvg_py
import typst

from orgmodel.drawing.describing import short_description
from orgmodel.drawing.measuring import FONT_FILES, FONTS
from orgmodel.drawing.sheets import Sheet, sheet_size, sheet_svg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.texts import Language

_INCH = 72
_METRE = 39.3701
# Sharp where it is shown: a slide on a screen of 2560 pixels, paper in print, the rest on a fine screen.
_DOTS_PER_INCH = {Sheet.FIT: 192.0, Sheet.SLIDE: 192.0, Sheet.A4: 200.0, Sheet.A3: 200.0}
# What is larger than this few programs open; it takes four bytes a pixel, twice.
_MOST_PIXELS, _LONGEST_SIDE = 60_000_000, 30_000
_PNG_HEAD = 8 + 25


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


def picture_size(exhibit: Exhibit, sheet: Sheet) -> PictureSize:
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
    exhibit: Exhibit, *, sheet: Sheet = Sheet.FIT, transparent: bool = False, dark: bool = False
) -> bytes:
    """Return an exhibit on a sheet as a PNG; see `picture_size`."""
    drawn = sheet_svg(exhibit, sheet=sheet, transparent=transparent, dark=dark, embed_fonts=False)
    size = picture_size(exhibit, sheet)
    return with_density(png_of(drawn, size.width, size.height), size.dots_per_inch)


def png_of(svg: str, width: int, height: int) -> bytes:
    """Return an SVG of ours as a PNG of so many pixels."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        height=height,
        dpi=96,
        skip_system_fonts=True,
        font_files=[str(path) for path in FONT_FILES.values()],
    )


def with_density(png: bytes, dots_per_inch: float) -> bytes:
    """Return a PNG that says how large it is on paper, so that it is placed in its size."""
    each = round(dots_per_inch * _METRE)
    chunk = b"pHYs" + struct.pack(">IIB", each, each, 1)
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_PNG_HEAD] + whole + png[_PNG_HEAD:]


def picture_pdf(
    exhibit: Exhibit, *, sheet: Sheet = Sheet.FIT, transparent: bool = False, dark: bool = False
) -> bytes:
    """Return an exhibit on a sheet as a PDF of one page of exactly that size, with real text."""
    drawn = sheet_svg(exhibit, sheet=sheet, transparent=transparent, dark=dark, embed_fonts=False)
    return pdf_of([(drawn, *sheet_size(exhibit, sheet))], about(exhibit))


def about(exhibit: Exhibit) -> About:
    """Return what a document of an exhibit says of itself."""
    described = short_description(exhibit.chart, exhibit.language)
    return About(
        exhibit.title,
        f"{described} {exhibit.footer}",
        exhibit.language,
        exhibit.organisation.record.as_of.last_day(),
    )


# All that typst reads as its own language; what we say goes in as values, which it never reads so.
_TEMPLATE = b"""
#let given = sys.inputs
#let number(name) = int(given.at(name))
#set document(
  title: given.title,
  description: given.description,
  date: datetime(year: number("year"), month: number("month"), day: number("day")),
)
#set text(lang: given.language)
#set page(margin: 0pt)
#for i in range(number("pages")) {
  let at(name) = given.at(name + str(i))
  page(width: float(at("width")) * 1pt, height: float(at("height")) * 1pt, {
    image(bytes(at("svg")), format: "svg", width: 100%, height: 100%, alt: given.description)
  })
}
"""


def pdf_of(pages: Sequence[tuple[str, float, float]], about: About) -> bytes:
    """Return SVGs of ours as a PDF, each on a page of its own.

    Parameters
    ----------
    pages
        The SVG of each page with its width and height in points.
    """
    day = about.day
    inputs = {
        "title": about.title,
        "description": about.description,
        "language": about.language,
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
        "pages": str(len(pages)),
    }
    for i, (svg, width, height) in enumerate(pages):
        inputs |= {f"svg{i}": svg, f"width{i}": repr(width), f"height{i}": repr(height)}
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        sys_inputs=inputs,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=datetime.combine(day, time(), tzinfo=UTC),
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
