"""Static pictures of parts of the chart, drawn by the server; they need no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from orgmodel.drawing.chart import Drawing, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.layout import MARGIN, ScreenRoom
from orgmodel.drawing.looks import Palette
from orgmodel.drawing.selection import layers_near
from orgmodel.drawing.svg import svg

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from orgmodel.drawing.selection import Selection
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

# The room of a picture on a page. A larger one scrolls, so that its text is not made smaller.
PAGE_ROOM = ScreenRoom(940, 900)
_MOST_LAYERS = 40


@dataclass(frozen=True, slots=True)
class Picture:
    """A static picture of a chart, with its description in one sentence and in full.

    Attributes
    ----------
    fits
        Whether it is legible at the width of a page; otherwise it scrolls.
    """

    svg: Markup
    fits: bool
    short: str
    long: tuple[str, ...]


def picture(
    viewer: Viewer,
    loaded: Loaded,
    selection: Selection,
    href: Callable[[str], str],
    *,
    selected: str | None = None,
    lit: Collection[str] | None = None,
) -> Picture:
    """Return a picture of a selection of posts; `href` returns the URL of a card.

    It shows at most 40 layers, those around the selected post.
    """
    language = viewer.language
    near = selected or next((one.id for one in selection.shown), None)
    if near is not None:
        selection = layers_near(loaded.posts, selection, near, _MOST_LAYERS)
    drawing = Drawing(
        Palette(Coloring.LAYER, loaded.facets), relations=False, lit=lit, room=PAGE_ROOM
    )
    chart = draw_chart(loaded.cards(language), loaded.posts, selection, drawing)
    short = short_description(chart, language)
    drawn = svg(chart, label=short, selected=selected, href=href, buttons=False, follows=True)
    return Picture(
        Markup(drawn),  # noqa: S704 - the SVG is put together from escaped parts
        chart.layout.width + 2 * MARGIN <= PAGE_ROOM.width,
        short,
        long_description(chart, language),
    )
