"""Still pictures of parts of the chart, drawn by the server: they need no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from orgmodel.drawing.chart import Drawing, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.looks import Palette
from orgmodel.drawing.svg import svg
from webui.asking.languages import current_language
from webui.pages.chains.context import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from orgmodel.drawing.selection import Selection
    from webui.store.loaded import Loaded

_WIDEST_THAT_FITS = 1500


def picture(
    loaded: Loaded,
    selection: Selection,
    href: Callable[[str], str],
    *,
    selected: str | None = None,
    lit: Collection[str] | None = None,
) -> Picture:
    """Return a picture of what a selection of posts shows; `href` gives where a card leads."""
    language = current_language()
    drawing = Drawing(Palette(Coloring.LAYER, loaded.facets), cross_lines=False, lit=lit)
    chart = draw_chart(loaded.cards(language), loaded.posts, selection, drawing)
    short = short_description(chart, language)
    drawn = svg(chart, label=short, selected=selected, href=href, buttons=False)
    return Picture(
        Markup(drawn),  # noqa: S704 - the SVG is put together from escaped parts
        chart.layout.width <= _WIDEST_THAT_FITS,
        short,
        long_description(chart, language),
    )
