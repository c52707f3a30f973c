"""Adds the offline page to the export formats; it contains the explorer's scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.exporting.formats import Format, Use, add_format
from orgmodel.texts import N_

if TYPE_CHECKING:
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.exporting.formats import Choices


# It contains every state of the chart and takes about half a millisecond per card.
_MOST_IN_PAGE = 6_000


def add_formats() -> None:
    """Register the formats of this package."""
    add_format(
        Format(
            "html",
            "html",
            "text/html; charset=utf-8",
            Use.PAGE,
            N_("HTML"),
            N_("One file that works offline: zoom, search and open branches."),
            _html,
            _MOST_IN_PAGE,
        )
    )


def _html(exhibit: Exhibit, _choices: Choices) -> bytes:
    from webui.offline.page import offline_page

    return offline_page(exhibit).encode()
