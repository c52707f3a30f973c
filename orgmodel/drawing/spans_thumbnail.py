"""A small picture of the slide on spans of control: its columns, its legend, and who is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.marks import AT_THE_END, DASHED, rect_mark, text_mark
from orgmodel.drawing.measuring import text_width, wrap
from orgmodel.drawing.plot_parts import (
    CERTAINTY_FILLS,
    EDGE,
    certainty_words,
    whole_axis,
)
from orgmodel.drawing.themes import LIGHT
from orgmodel.drawing.thumbnails import (
    MARGIN,
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    TITLE_HEIGHT,
    slide_marks,
)
from orgmodel.texts import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.shown_spans import Column, ShownSpans
    from orgmodel.texts import Language

_TEXT, _SWATCH, _GAP = 18, 16, 8
_LEGEND_Y = TITLE_HEIGHT + 20
_TOP, _BOTTOM = TITLE_HEIGHT + 70, SLIDE_HEIGHT - 110
_LEFT = MARGIN + 50
_FILLED = 0.62
_MOST_LINES = 2


def spans_slide_marks(found: ShownSpans, language: Language) -> str:
    """Return the slide as marks of an SVG picture, from its upper left corner."""
    return "".join(
        (
            *slide_marks(found.title),
            *_legend(found, language),
            *_columns(found, language),
            *_words(found, language),
        )
    )


def _legend(found: ShownSpans, language: Language) -> Iterator[str]:
    x: float = _LEFT
    for certainty in Knowing:
        if any(one.numbers.get(certainty) for one in found.columns):
            words = certainty_words(certainty, language)
            yield rect_mark((x, _LEGEND_Y - _SWATCH / 2), _SWATCH, _SWATCH, _look(certainty), 0)
            x += _SWATCH + _GAP
            yield text_mark(words, (x, _LEGEND_Y), _TEXT, LIGHT.pens["ink"])
            x += text_width(words, _TEXT) + 3 * _GAP


def _look(certainty: Knowing) -> str:
    dash = DASHED if certainty is Knowing.UNKNOWN else ""
    return f'fill="{CERTAINTY_FILLS[certainty]}" stroke="{EDGE}" stroke-width="1"{dash}'


def _columns(found: ShownSpans, language: Language) -> Iterator[str]:
    _axis, ticks = whole_axis(max(one.total for one in found.columns), None, language)
    height = (_BOTTOM - _TOP) / ticks[-1]
    for tick in ticks:
        y = _BOTTOM - tick * height
        line = f'fill="{LIGHT.pens["line"]}"'
        yield rect_mark((_LEFT, y), SLIDE_WIDTH - MARGIN - _LEFT, 0.6, line, 0)
        words = format_number(tick, language)
        yield text_mark(words, (_LEFT - _GAP, y), _TEXT, LIGHT.pens["ink"], extra=AT_THE_END)
    # What is not known stands apart: a place is left free before it.
    places = len(found.bands) + (0 if found.unknown is None else 2)
    width = (SLIDE_WIDTH - MARGIN - _LEFT) / places
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


def _words(found: ShownSpans, language: Language) -> Iterator[str]:
    room = SLIDE_WIDTH - 2 * MARGIN
    for n, line in enumerate(wrap(found.words(language), room, _TEXT, lines=_MOST_LINES)):
        at = (MARGIN, _BOTTOM + 60 + n * _TEXT * 1.4)
        yield text_mark(line, at, _TEXT, LIGHT.pens["quiet"])
