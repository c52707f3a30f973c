"""An exhibit as a legible PDF: on one sheet if possible, else on several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.page_fitting import AS_ON_SCREEN, Room
from orgmodel.drawing.pages import pages
from orgmodel.drawing.sheets import chart_room, smallest_text
from orgmodel.exporting.pictures import about, pdf_of, picture_pdf, sheet_page

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


def chart_pdf(exhibit: Exhibit, sheet: PageSize, *, transparent: bool = False) -> bytes:
    """Return an exhibit as a PDF: the screen's picture if it is legible on the sheet.

    Otherwise an overview and its branches, each on a separate sheet; see `pages`.
    """
    if is_readable(exhibit, sheet):
        return picture_pdf(exhibit, sheet=sheet, transparent=transparent)
    width, height = chart_room(exhibit, sheet)
    found = pages(
        exhibit,
        Room(width, height),
        smallest=SMALLEST_READABLE,
        largest=_LARGEST,
        setting=AS_ON_SCREEN,
    )
    parts = (replace(exhibit, chart=page.chart, title=page.title) for page in found)
    drawn = (sheet_page(part, sheet, transparent=transparent) for part in parts)
    return pdf_of(drawn, about(exhibit))
