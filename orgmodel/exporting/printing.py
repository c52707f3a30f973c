"""An exhibit as legible print: on one sheet if possible, else on several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.page_fitting import AS_ON_SCREEN, Room
from orgmodel.drawing.pages import pages
from orgmodel.drawing.sheets import chart_room, sheet_svg, smallest_text
from orgmodel.exporting.pictures import about, pdf_of, sheet_page

if TYPE_CHECKING:
    from orgmodel.drawing.exhibits import Exhibit

# The smallest legible print, in points.
SMALLEST_READABLE = 6.0
_LARGEST = 16


def is_readable(exhibit: Exhibit, sheet: PageSize) -> bool:
    """Tell whether the text of a chart is legible with the whole chart on one sheet."""
    if sheet is PageSize.FIT or not exhibit.chart.cards:
        return True
    return smallest_text(exhibit, sheet) >= SMALLEST_READABLE


def on_sheets(exhibit: Exhibit, sheet: PageSize) -> tuple[Exhibit, ...]:
    """Return an exhibit as one for each sheet: the screen's picture if it is legible on a sheet.

    Otherwise an overview and its branches, each on a separate sheet; see `pages`.
    """
    if is_readable(exhibit, sheet):
        return (exhibit,)
    width, height = chart_room(exhibit, sheet)
    found = pages(
        exhibit,
        Room(width, height),
        smallest=SMALLEST_READABLE,
        largest=_LARGEST,
        setting=AS_ON_SCREEN,
    )
    return tuple(replace(exhibit, chart=page.chart, title=page.title) for page in found)


def chart_pdf(exhibit: Exhibit, sheet: PageSize, *, transparent: bool = False) -> bytes:
    """Return an exhibit as a PDF, each of its sheets a page."""
    parts = on_sheets(exhibit, sheet)
    drawn = (sheet_page(part, sheet, transparent=transparent) for part in parts)
    return pdf_of(drawn, about(exhibit))


def sheets_svg(exhibit: Exhibit, sheet: PageSize) -> str:
    """Return the sheets of an exhibit as one SVG, each an `svg` element of its own in it.

    Their text is in the font of the page that they are put into.
    """
    parts = on_sheets(exhibit, sheet)
    drawn = "".join(sheet_svg(part, sheet=sheet, embed_fonts=False) for part in parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>\n'
