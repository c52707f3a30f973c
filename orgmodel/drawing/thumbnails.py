"""Thumbnails of slides: the pages of a chart and the slide on spans of control."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.cards import DOT
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, font_style, text_width, wrap
from orgmodel.drawing.page_cards import LINE, MOST_LINES, PADDING_Y, PageCard
from orgmodel.drawing.plot_parts import CERTAINTY_FILLS, EDGE, certainty_words, whole_axis
from orgmodel.drawing.styles import FRAMES, LIGHT, LINES
from orgmodel.drawing.svg import (
    AT_THE_END,
    FONT_FAMILY,
    box_pen,
    dashes,
    line_pen,
    rect_mark,
    short,
    text_mark,
    way,
)
from orgmodel.texts import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.chart import ShownCard
    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.pages import Page
    from orgmodel.drawing.shown_spans import Column, ShownSpans
    from orgmodel.texts import Language

# In points, as the slides themselves.
_SLIDE_WIDTH, _SLIDE_HEIGHT = 960, 540
_MARGIN, _TITLE, _TITLE_HEIGHT = 32, 26, 64
_GAP = 40
_INSET = 14
# On the slide on spans.
_TEXT, _SWATCH, _SPACE = 18, 16, 8
_LEGEND_Y = _TITLE_HEIGHT + 20
_TOP, _BOTTOM = _TITLE_HEIGHT + 70, _SLIDE_HEIGHT - 110
_LEFT = _MARGIN + 50
_FILLED = 0.62
_WORD_LINES = 2


def contact_sheet(pages: Sequence[Page], label: str, *, columns: int, spans: str = "") -> str:
    """Return the pages of a chart as slides side by side, as the text of an SVG file.

    Parameters
    ----------
    label
        A text on what it shows, for screen readers.
    spans
        The last slide, on spans of control, as drawn by `spans_slide_marks`.
    """
    count = len(pages) + bool(spans)
    rows = -(-count // columns)
    across = min(columns, count)
    width = across * _SLIDE_WIDTH + (across - 1) * _GAP
    height = rows * _SLIDE_HEIGHT + max(0, rows - 1) * _GAP
    drawn = "".join(
        _slide(page, n % columns * (_SLIDE_WIDTH + _GAP), n // columns * (_SLIDE_HEIGHT + _GAP))
        for n, page in enumerate(pages)
    )
    if spans:
        left, top = (
            len(pages) % columns * (_SLIDE_WIDTH + _GAP),
            len(pages) // columns * (_SLIDE_HEIGHT + _GAP),
        )
        drawn += f'<g transform="translate({short(left)} {short(top)})">{spans}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {width + 4} {height + 4}"'
        f' width="{width + 4}" height="{height + 4}" role="img" aria-label={quoteattr(label)}'
        f' font-family="{FONT_FAMILY}">{font_style(drawn)}{drawn}</svg>\n'
    )


def _slide_marks(title: str) -> Iterator[str]:
    """Draw an empty slide with its title."""
    ground = f'fill="{LIGHT.ground}" stroke="{LIGHT.pens["line"]}"'
    yield rect_mark((0, 0), _SLIDE_WIDTH, _SLIDE_HEIGHT, ground, 4)
    for line in wrap(title, _SLIDE_WIDTH - 2 * _MARGIN, _TITLE, weight=SEMIBOLD, lines=1):
        at = (_MARGIN, _TITLE_HEIGHT / 2)
        yield text_mark(line, at, _TITLE, LIGHT.pens["ink"], weight=SEMIBOLD)


def _slide(page: Page, left: float, top: float) -> str:
    layout, scale = page.chart.layout, page.scale
    x = (_SLIDE_WIDTH - layout.width * scale) / 2
    y = _TITLE_HEIGHT + max(
        0, (_SLIDE_HEIGHT - _TITLE_HEIGHT - _MARGIN - layout.height * scale) / 2
    )
    parts = [
        f'<g transform="translate({short(left)} {short(top)})">',
        *_slide_marks(page.title),
        f'<g transform="translate({short(x)} {short(y)}) scale({scale:.4f})">',
        *_lines(page),
        *(mark for one in page.chart.cards for mark in _card(page, one)),
        "</g></g>",
    ]
    return "".join(parts)


def _lines(page: Page) -> Iterator[str]:
    for line in page.chart.connectors:
        style = "dashed" if line.child_id in page.chart.inferred else "solid"
        yield f'<path d="{way(line.points)}" {line_pen(style, LIGHT)}/>'
    for cross in page.chart.cross_lines:
        yield f'<path d="{way(cross.points)}" {line_pen("dotted", LIGHT)}/>'


def _card(page: Page, one: ShownCard) -> Iterator[str]:
    place = page.chart.layout.places[one.card.id]
    colors = LIGHT.colors(page.chart.looks[one.value])
    frame = FRAMES[one.card.status]
    # The outline of a filled card has the colour of its stripe.
    edge = "band" if frame.edge == "edge" else frame.edge
    pen = box_pen(replace(frame, edge=edge, width=1.5), colors)
    yield rect_mark((place.left, place.y), place.width, place.height, pen)
    if isinstance(one.card, PageCard):
        yield from _words(one.card, place, colors["ink"])


def _words(card: PageCard, place: Place, ink: str) -> Iterator[str]:
    room = place.width - 2 * _INSET
    y = place.y + PADDING_Y
    for row in card.rows():
        is_title = row[0][0] == "title"
        words, weight = DOT.join(text for _style, text in row), SEMIBOLD if is_title else REGULAR
        height = card.style.size(is_title=is_title) * LINE
        # Slides use another font: the shipped font is scaled to the same width.
        size = card.style.size(is_title=is_title) * card.style.breadth
        for line in wrap(words, room, size, weight=weight, lines=MOST_LINES):
            at = (place.left + _INSET, y + height / 2)
            yield text_mark(line, at, size, ink, weight=weight)
            y += height
    if card.badge:
        size = card.style.text_size
        at = (place.right - _INSET, place.bottom - PADDING_Y - size * LINE / 2)
        yield text_mark(card.badge, at, size, ink, weight=SEMIBOLD, extra=AT_THE_END)


# The slide on spans of control ---------------------------------------------------------------


def spans_slide_marks(found: ShownSpans, language: Language) -> str:
    """Return the slide as marks of an SVG picture, from its upper left corner."""
    return "".join(
        (
            *_slide_marks(found.title),
            *_legend(found, language),
            *_columns(found, language),
            *_spans_words(found, language),
        )
    )


def _legend(found: ShownSpans, language: Language) -> Iterator[str]:
    x: float = _LEFT
    for certainty in Knowing:
        if any(one.numbers.get(certainty) for one in found.columns):
            words = certainty_words(certainty, language)
            yield rect_mark((x, _LEGEND_Y - _SWATCH / 2), _SWATCH, _SWATCH, _look(certainty), 0)
            x += _SWATCH + _SPACE
            yield text_mark(words, (x, _LEGEND_Y), _TEXT, LIGHT.pens["ink"])
            x += text_width(words, _TEXT) + 3 * _SPACE


def _look(certainty: Knowing) -> str:
    dash = dashes(LINES["dashed"].dash if certainty is Knowing.UNKNOWN else ())
    return f'fill="{CERTAINTY_FILLS[certainty]}" stroke="{EDGE}" stroke-width="1"{dash}'


def _columns(found: ShownSpans, language: Language) -> Iterator[str]:
    _axis, ticks = whole_axis(max(one.total for one in found.columns), None, language)
    height = (_BOTTOM - _TOP) / ticks[-1]
    for tick in ticks:
        y = _BOTTOM - tick * height
        line = f'fill="{LIGHT.pens["line"]}"'
        yield rect_mark((_LEFT, y), _SLIDE_WIDTH - _MARGIN - _LEFT, 0.6, line, 0)
        words = format_number(tick, language)
        yield text_mark(words, (_LEFT - _SPACE, y), _TEXT, LIGHT.pens["ink"], extra=AT_THE_END)
    # The unknown spans are set apart by an empty column.
    places = len(found.bands) + (0 if found.unknown is None else 2)
    width = (_SLIDE_WIDTH - _MARGIN - _LEFT) / places
    for n, one in enumerate(found.bands):
        yield from _column(one, _LEFT + n * width, width, height, language)
    if found.unknown is not None:
        x = _LEFT + (places - 1) * width
        yield from _column(found.unknown, x, width, height, language)


def _column(
    one: Column, left: float, width: float, height: float, language: Language
) -> Iterator[str]:
    y: float = _BOTTOM
    for certainty, number in one.numbers.items():
        if number:
            y -= number * height
            corner = (left + width * (1 - _FILLED) / 2, y)
            yield rect_mark(corner, width * _FILLED, number * height, _look(certainty), 0)
    ink = LIGHT.pens["ink"]
    for words, at in (
        (format_number(one.total, language), y - _TEXT * 0.7),
        (one.name.text(language), _BOTTOM + _TEXT),
    ):
        x = left + (width - text_width(words, _TEXT)) / 2
        yield text_mark(words, (x, at), _TEXT, ink)


def _spans_words(found: ShownSpans, language: Language) -> Iterator[str]:
    room = _SLIDE_WIDTH - 2 * _MARGIN
    for n, line in enumerate(wrap(found.words(language), room, _TEXT, lines=_WORD_LINES)):
        at = (_MARGIN, _BOTTOM + 60 + n * _TEXT * 1.4)
        yield text_mark(line, at, _TEXT, LIGHT.pens["quiet"])
