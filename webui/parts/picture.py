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

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.selection import Selection
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

# The room of a picture on a page. A larger one scrolls, so that its text is not made smaller.
PAGE_ROOM = ScreenRoom(940, 900)
# That of a phone, for pictures that are wider.
_PHONE_ROOM = ScreenRoom(356, 1400)
_MOST_LAYERS = 40


@dataclass(frozen=True, slots=True)
class Picture:
    """A static picture of a chart, with its description in one sentence and in full.

    Attributes
    ----------
    narrow
        The same chart arranged for a phone; empty if the picture is as narrow.
    fits
        Whether it is legible at the width of a page; otherwise it scrolls.
    """

    svg: Markup
    narrow: Markup
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

    def arranged(room: ScreenRoom) -> Chart:
        palette = Palette(Coloring.LAYER, loaded.facets)
        drawing = Drawing(palette, relations=False, lit=lit, room=room)
        return draw_chart(loaded.cards(language), loaded.posts, selection, drawing)

    def drawn(chart: Chart) -> Markup:
        made = svg(chart, label=short, selected=selected, href=href, buttons=False, follows=True)
        return Markup(made)  # noqa: S704 - the SVG is put together from escaped parts

    chart = arranged(PAGE_ROOM)
    short = short_description(chart, language)
    width = chart.layout.width + 2 * MARGIN
    return Picture(
        drawn(chart),
        drawn(arranged(_PHONE_ROOM)) if width > _PHONE_ROOM.width else Markup(),
        width <= PAGE_ROOM.width,
        short,
        long_description(chart, language),
    )
