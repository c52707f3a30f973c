"""Small pictures of the pages of a chart, side by side: how it is spread over slides."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from orgmodel.drawing.marks import (
    AT_THE_END,
    DASHED,
    DOTTED,
    FONT_FAMILY,
    rect_mark,
    short,
    text_mark,
    way,
)
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, wrap
from orgmodel.drawing.page_cards import LINE, MOST_LINES, PADDING_Y, PageCard
from orgmodel.drawing.themes import LIGHT
from orgmodel.drawing.typefaces import font_style
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.chart import ShownCard
    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.pages import Page

# In points, as the slides themselves.
SLIDE_WIDTH, SLIDE_HEIGHT = 960, 540
MARGIN, _TITLE, TITLE_HEIGHT = 32, 26, 64
_GAP = 40
_INSET = 14
_OPEN_POSTS = {Status.VACANT, Status.PLANNED}


def contact_sheet(pages: Sequence[Page], label: str, *, columns: int, spans: str = "") -> str:
    """Return the pages of a chart as slides side by side, as the text of an SVG file.

    Parameters
    ----------
    label
        What it shows, for those who do not see it.
    spans
        The slide on spans of control, which comes last, as `spans_slide_marks` draws it.
    """
    count = len(pages) + bool(spans)
    rows = -(-count // columns)
    across = min(columns, count)
    width = across * SLIDE_WIDTH + (across - 1) * _GAP
    height = rows * SLIDE_HEIGHT + max(0, rows - 1) * _GAP
    drawn = "".join(
        _slide(page, n % columns * (SLIDE_WIDTH + _GAP), n // columns * (SLIDE_HEIGHT + _GAP))
        for n, page in enumerate(pages)
    )
    if spans:
        left, top = (
            len(pages) % columns * (SLIDE_WIDTH + _GAP),
            len(pages) // columns * (SLIDE_HEIGHT + _GAP),
        )
        drawn += f'<g transform="translate({short(left)} {short(top)})">{spans}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {width + 4} {height + 4}"'
        f' width="{width + 4}" height="{height + 4}" role="img" aria-label={quoteattr(label)}'
        f' font-family="{FONT_FAMILY}">{font_style(drawn)}{drawn}</svg>\n'
    )


def slide_marks(title: str) -> Iterator[str]:
    """Draw an empty slide with its title."""
    ground = f'fill="{LIGHT.ground}" stroke="{LIGHT.pens["line"]}"'
    yield rect_mark((0, 0), SLIDE_WIDTH, SLIDE_HEIGHT, ground, 4)
    for line in wrap(title, SLIDE_WIDTH - 2 * MARGIN, _TITLE, weight=SEMIBOLD, lines=1):
        at = (MARGIN, TITLE_HEIGHT / 2)
        yield text_mark(line, at, _TITLE, LIGHT.pens["ink"], weight=SEMIBOLD)


def _slide(page: Page, left: float, top: float) -> str:
    layout, scale = page.chart.layout, page.scale
    x = (SLIDE_WIDTH - layout.width * scale) / 2
    y = TITLE_HEIGHT + max(0, (SLIDE_HEIGHT - TITLE_HEIGHT - MARGIN - layout.height * scale) / 2)
    parts = [
        f'<g transform="translate({short(left)} {short(top)})">',
        *slide_marks(page.title),
        f'<g transform="translate({short(x)} {short(y)}) scale({scale:.4f})">',
        *_lines(page),
        *(mark for one in page.chart.cards for mark in _card(page, one)),
        "</g></g>",
    ]
    return "".join(parts)


def _lines(page: Page) -> Iterator[str]:
    pen = f'fill="none" stroke="{LIGHT.pens["line"]}" stroke-width="1.6"'
    for line in page.chart.connectors:
        dash = DASHED if line.child_id in page.chart.inferred else ""
        yield f'<path d="{way(line.points)}" {pen}{dash}/>'
    for cross in page.chart.cross_lines:
        pen = f'fill="none" stroke="{LIGHT.pens["cross"]}" stroke-width="2.2"'
        yield f'<path d="{way(cross.points)}" {pen}{DOTTED}/>'


def _card(page: Page, one: ShownCard) -> Iterator[str]:
    place, look = page.chart.layout.places[one.card.id], page.chart.looks[one.value]
    is_open_post = one.card.status in _OPEN_POSTS
    fill = LIGHT.pens["paper"] if one.card.status is Status.PLANNED else look.fill
    edge = LIGHT.pens["vacant"] if is_open_post else look.band
    frame = f'fill="{fill}" stroke="{edge}" stroke-width="1.5"{DASHED if is_open_post else ""}'
    yield rect_mark((place.left, place.y), place.width, place.height, frame)
    ink = LIGHT.pens["ink"] if one.card.status is Status.PLANNED else look.ink
    if isinstance(one.card, PageCard):
        yield from _words(one.card, place, ink)


def _words(card: PageCard, place: Place, ink: str) -> Iterator[str]:
    style, room = card.style, place.width - 2 * _INSET
    # Slides are set in another font: ours is drawn as wide as that one runs.
    title, text = style.title_size * style.breadth, style.text_size * style.breadth
    texts = (
        (card.said_title, title, SEMIBOLD),
        (" · ".join(card.holder_parts), text, REGULAR),
        (card.said_unit, text, REGULAR),
        (card.said_figures, text, REGULAR),
    )
    y = place.y + PADDING_Y
    for words, size, weight in texts:
        height = size / style.breadth * LINE
        for line in wrap(words, room, size, weight=weight, lines=MOST_LINES):
            at = (place.left + _INSET, y + height / 2)
            yield text_mark(line, at, size, ink, weight=weight)
            y += height
    if card.badge:
        at = (place.right - _INSET, place.bottom - PADDING_Y - style.text_size * LINE / 2)
        yield text_mark(card.badge, at, style.text_size, ink, weight=SEMIBOLD, extra=AT_THE_END)
