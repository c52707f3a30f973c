"""The text around a chart on a sheet: its title, the legend, the date and the sources.

Sizes are in points. The caller sets a caption's width; its height follows from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.drawing.cards import badge
from orgmodel.drawing.choices import COLORING_WORDS
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width, wrap
from orgmodel.drawing.svg import line_pen, mark_svg, rect_mark, text_mark
from orgmodel.model.statuses import STATUS_FACTS
from orgmodel.texts import N_, join_words, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.styles import ColorScheme

_LEADING = 1.3
_ROW = 1.75
_GAP, _GAP_BETWEEN = 5, 16
# A pixel of the chart in points, at scale 1.
POINTS = 0.75
_LINE, _SWATCH, _BADGE = 26, 15, 20
_LONGEST_ITEM = 3


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines."""

    lines: tuple[str, ...]
    size: float
    weight: int = REGULAR

    @property
    def height(self) -> float:
        """The height in points."""
        return len(self.lines) * self.size * _LEADING

    def marks(self, corner: tuple[float, float], fill: str) -> Iterator[str]:
        """Draw it from its upper left corner."""
        x, y = corner
        for i, line in enumerate(self.lines):
            at = (x, y + (i + 0.5) * self.size * _LEADING)
            yield text_mark(line, at, self.size, fill, weight=self.weight)


def lines(text: str, width: float, size: float, *, most: int, weight: int = REGULAR) -> Lines:
    """Return a text in at most a given number of lines of a given width."""
    return Lines(wrap(text, width, size, weight=weight, lines=most), size, weight)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the legend: a sample and its meaning; without a sample, a heading.

    Attributes
    ----------
    sample
        The sample as SVG; its left end is at (0, 0), vertically centred.
    """

    words: str
    sample: str = ""
    sample_width: float = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    item: Item
    x: float
    y: float
    words: Lines


@dataclass(frozen=True, slots=True)
class Key:
    """The legend: items side by side, in as many rows as they need."""

    placed: tuple[_Placed, ...]
    height: float

    def marks(self, corner: tuple[float, float], scheme: ColorScheme) -> Iterator[str]:
        """Draw it from its upper left corner."""
        left, top = corner
        for one in self.placed:
            x, y = left + one.x, top + one.y
            size = one.words.size
            if one.item.sample:
                middle = y + size * _LEADING / 2
                yield f'<g transform="translate({x:.2f} {middle:.2f})">{one.item.sample}</g>'
                x += one.item.sample_width + _GAP
            is_heading = not one.item.sample
            yield from one.words.marks((x, y), scheme.pens["ink" if is_heading else "quiet"])


def key(rows: Sequence[Sequence[Item]], width: float, size: float) -> Key:
    """Place items from left to right; each sequence starts a new row."""
    placed: list[_Placed] = []
    y = 0.0
    for row in rows:
        x, height = 0.0, size * _ROW
        for item in row:
            start = item.sample_width + _GAP if item.sample else 0
            words = lines(item.words, width - start, size, most=_LONGEST_ITEM)
            wide = start + max((text_width(one, size) for one in words.lines), default=0)
            if x and x + wide > width:
                x, y, height = 0.0, y + height, size * _ROW
            placed.append(_Placed(item, x, y, words))
            x += wide + (_GAP_BETWEEN if item.sample else _GAP * 1.5)
            height = max(height, words.height + size * (_ROW - _LEADING))
        y += height if row else 0
    return Key(tuple(placed), y)


def items(exhibit: Exhibit, scheme: ColorScheme) -> tuple[tuple[Item, ...], ...]:
    """Return the legend of an exhibit: its colours, its lines and outlines, and what is hidden."""
    hidden = (Item(exhibit.hidden_words),) if exhibit.hidden_words else ()
    rows = (tuple(_colours(exhibit, scheme)), tuple(_strokes(exhibit, scheme)), hidden)
    return tuple(row for row in rows if row)


def _colours(exhibit: Exhibit, scheme: ColorScheme) -> Iterator[Item]:
    language, legend = exhibit.language, exhibit.chart.legend
    if not legend:
        return
    yield Item(f"{message(COLORING_WORDS[exhibit.view.coloring]).text(language)}:")
    for entry in legend:
        yield Item(entry.words.text(language), _swatch(scheme.look(entry.look)), _SWATCH)


def _strokes(exhibit: Exhibit, scheme: ColorScheme) -> Iterator[Item]:
    """Yield the legend entries of the lines and outlines that occur on the chart."""
    chart, language = exhibit.chart, exhibit.language
    if chart.inferred:
        text = message(N_("derived, not stated in the source")).text(language)
        yield Item(text, _stroke(line_pen("dashed", scheme)), _LINE)
    if chart.cross_lines:
        words = message(N_("cross-cutting line")).text(language)
        if chart.cross_lines_left:
            left = plural_message(
                "{n} more is not drawn", "{n} more are not drawn", chart.cross_lines_left
            )
            words = f"{words} ({left.text(language)})"
        yield Item(words, _stroke(line_pen("dotted", scheme)), _LINE)
    yield from _outlines(exhibit, scheme)
    if any(one.card.id == exhibit.selected for one in chart.cards):
        frame = f'fill="none" stroke="{scheme.pens["select"]}" stroke-width="2.2"'
        box = rect_mark((1, -5), _SWATCH + 2, 10, frame, 3)
        yield Item(message(N_("in focus")).text(language), box, _SWATCH + 4)
    if any(one.shown.folded for one in chart.cards):
        sample = mark_svg(badge("+n", _BADGE / 2 / POINTS, 0), scheme.pens)
        text = message(N_("n more directly below, not shown")).text(language)
        yield Item(text, f'<g transform="scale({POINTS})">{sample}</g>', _BADGE)


def _outlines(exhibit: Exhibit, scheme: ColorScheme) -> Iterator[Item]:
    """Yield the legend entries of dashed outlines, one for each colour."""
    shown = {one.card.status for one in exhibit.chart.cards if not one.shown.more}
    words: dict[str, list[str]] = {}
    for status, facts in STATUS_FACTS.items():
        if facts.outline and status in shown:
            text = message(facts.outline_words).text(exhibit.language)
            words.setdefault(facts.outline, []).append(text)
    for pen, texts in words.items():
        frame = f'fill="{scheme.pens["paper"]}" stroke="{scheme.pens[pen]}" stroke-width="1.2"'
        box = rect_mark((0.5, -5), _LINE - 1, 10, f'{frame} stroke-dasharray="4 2.5"', 3)
        yield Item(join_words(texts, exhibit.language, N_("or")), box, _LINE)


def _stroke(pen: str) -> str:
    """Draw a sample of a line as it looks on a chart at scale 1."""
    return f'<g transform="scale({POINTS})"><path d="M1 0H{_LINE / POINTS - 1:.1f}" {pen}/></g>'


def _swatch(look: Look) -> str:
    frame = f'fill="{look.tint}" stroke="{look.band}" stroke-width="0.75"'
    return rect_mark(((_SWATCH - 10) / 2, -5), 10, 10, frame, 5)


def title_lines(exhibit: Exhibit, width: float, size: float, most: int) -> Lines:
    """Return the title of an exhibit, broken into lines of a given width."""
    return lines(exhibit.title, width, size, most=most, weight=SEMIBOLD)
