"""A card: its texts broken into lines, its size, and its marks.

A card is drawn from a list of marks, each of which names a style. The canvas and the SVG pictures
draw the marks; slides and their thumbnails break lines at other widths and use only the styles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.drawing.measuring import text_width, wrap
from orgmodel.drawing.styles import BOX_PADDING, STRIPE, TEXTS
from orgmodel.model.entities import Level
from orgmodel.model.statuses import Status
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.texts import Language

# All in pixels at scale 1.
WIDTH, COMPACT_WIDTH = 220, 190
PADDING_X, PADDING_Y, _COMPACT_PADDING_Y = 12, 8, 5
TITLE_LINE, _NAME_LINE, _UNIT_LINE, _FIGURE_LINE, _RULE = 17, 19, 15, 15, 7
_COMPACT_LINE = 15
_CHIP_GAP, _FIGURE_GAP = 7, 5
# Space for the fold button on the lower edge, below a line of text that may reach the middle.
_BUTTON_ROOM = 6
_LEFT = STRIPE + PADDING_X
_TEXT_WIDTH = WIDTH - _LEFT - PADDING_X
# Figures may extend closer to the edge than other text.
_FIGURE_WIDTH = _TEXT_WIDTH + PADDING_X / 3


class Mark(NamedTuple):
    """A text, a text in a box, or a line on a card.

    Attributes
    ----------
    style
        Its key in the tables of styles; a mark without text is a line.
    x, y
        Its left end (or the end of its text) and its vertical middle, from the card's upper left
        corner.
    width
        The width of its box, or the length of its line.
    """

    style: str
    x: float
    y: float
    text: str
    width: float = 0


@dataclass(frozen=True, slots=True)
class CardText:
    """A card: its texts, line by line, and its size in pixels at scale 1.

    Attributes
    ----------
    full_title, full_name, full_unit
        The full texts, for use outside the card. The name is the holder's, or what is known in its
        place; empty if nothing is known.
    title, name, unit
        The same, broken into lines and truncated where they do not fit.
    chip
        The status in a word; empty if every seat has a named holder.
    chip_stands_alone
        Whether the chip needs its own line because it does not fit beside the name.
    figures
        The leader's reach and span of control, on one line or two. Empty for a post that leads
        nobody and where neither is known; an absent figure does not mean 0.
    figures_in_words
        The same for use outside the card; says so where they are unknown.
    is_compact
        Whether it is one of many in a wide family: one line of title and one of `unit`.
    """

    id: str
    full_title: str
    full_name: str
    full_unit: str
    title: tuple[str, ...]
    name: str
    status: Status
    chip: str
    chip_stands_alone: bool
    unit: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    figures_in_words: str
    level: Level
    height: float
    width: float = WIDTH
    is_compact: bool = False

    def holder_parts(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return name and chip as pairs of style and text; an advertised post's status is first."""
        named, chip = ("name", name), (self.status.value, self.chip)
        if not (name and self.chip):
            return (named,) if name else (chip,) if self.chip else ()
        return (chip, named) if self.status.facts.leads_card else (named, chip)

    def holder_words(self) -> str:
        """Return the full name and the status in one line, in the order of the card."""
        return ", ".join(words for _style, words in self.holder_parts(self.full_name))

    def marks(self) -> Iterator[Mark]:
        """Yield the marks of the card in drawing order."""
        if self.is_compact:
            lines = [("compact-title", line) for line in self.title]
            lines += [("compact-text", line) for line in self.unit]
            for n, (style, line) in enumerate(lines):
                yield Mark(style, _LEFT, _COMPACT_PADDING_Y + (n + 0.5) * _COMPACT_LINE, line)
            return
        y: float = PADDING_Y
        for line in self.title:
            yield Mark("title", _LEFT, y + TITLE_LINE / 2, line)
            y += TITLE_LINE
        if self.name or self.chip:
            yield from self._holder_marks(y + _NAME_LINE / 2)
            y += _NAME_LINE * (2 if self.chip_stands_alone else 1)
        for line in self.unit:
            yield Mark("unit", _LEFT, y + _UNIT_LINE / 2, line)
            y += _UNIT_LINE
        right = self.width - PADDING_X
        if self.figures:
            yield Mark("rule", _LEFT, y + _RULE - 2.5, "", right - _LEFT)
        for n, row in enumerate(self.figures):
            middle = y + _RULE + _FIGURE_LINE * (n + 0.5) + 0.5
            yield Mark("figure", _LEFT, middle, row[0])
            for second in row[1:]:
                yield Mark("figure-end", right, middle, second)

    def _holder_marks(self, y: float) -> list[Mark]:
        """Return the name and the chip, side by side or below each other."""
        found: list[Mark] = []
        x: float = _LEFT
        for style, text in self.holder_parts(self.name):
            if found and self.chip_stands_alone:
                y += _NAME_LINE
            elif found:
                x += _width(found[0].style, found[0].text) + _CHIP_GAP
            found.append(Mark(style, x, y, text, _width(style, text) if TEXTS[style].box else 0))
        # The name is drawn first, whatever its position.
        return found[::-1] if self.status.facts.leads_card else found


def badge(words: str, x: float, y: float) -> Mark:
    """Return the mark on a card's lower edge that shows or toggles the folded cards."""
    width = 20 if len(words) == 1 else 13 + 7 * len(words)
    return Mark("badge", x - width / 2, y, words, width)


def set_card(  # noqa: PLR0913 - the texts of a card
    card_id: str,
    *,
    title: str,
    name: str,
    unit: str,
    status: Status,
    level: Level,
    chip: str = "",
    figures: tuple[tuple[str, ...], ...] = (),
    figures_in_words: str = "",
    has_button: bool = False,
) -> CardText:
    """Return a card with its size and its texts broken into lines; see `CardText`."""
    title_lines = _lines("title", title, _TEXT_WIDTH)
    unit_lines = _lines("unit", unit, _TEXT_WIDTH)
    cut_name, chip_stands_alone = _name_and_chip(name, chip)
    rows = [
        len(title_lines) * TITLE_LINE,
        _NAME_LINE if cut_name or chip else 0,
        _NAME_LINE if chip_stands_alone else 0,
        len(unit_lines) * _UNIT_LINE,
        len(figures) * _FIGURE_LINE + _RULE if figures else 0,
        _BUTTON_ROOM if has_button and not figures else 0,
    ]
    return CardText(
        id=card_id,
        full_title=title,
        full_name=name,
        full_unit=unit,
        title=title_lines,
        name=cut_name,
        status=status,
        chip=chip,
        chip_stands_alone=chip_stands_alone,
        unit=unit_lines,
        figures=figures,
        figures_in_words=figures_in_words,
        level=level,
        height=2 * PADDING_Y + sum(rows),
    )


def compacted(card: CardText) -> CardText:
    """Return a compact card for a wide family: the title, and the holder or the unit."""
    width = COMPACT_WIDTH - _LEFT - PADDING_X
    second = card.holder_words() or card.full_unit
    lines = _lines("compact-text", second, width, most=1)
    return replace(
        card,
        title=_lines("compact-title", card.full_title, width, most=1),
        name="",
        chip_stands_alone=False,
        unit=lines,
        figures=(),
        height=2 * _COMPACT_PADDING_Y + (1 + len(lines)) * _COMPACT_LINE,
        width=COMPACT_WIDTH,
        is_compact=True,
    )


def more_card(card_id: str, count: int, language: Language) -> CardText:
    """Return the card for the rest of a wide family."""
    title = plural_message("{n} more", "{n} more", count).text(language)
    text = message(N_("Show more of them")).text(language)
    card = set_card(
        card_id, title=title, name="", unit=text, status=Status.NAMED, level=Level.STAFF
    )
    return compacted(card)


def figure_rows(*words: str) -> tuple[tuple[str, ...], ...]:
    """Return figures in rows, two in a row where they fit; a figure wider than a row is wrapped."""
    rows: list[tuple[str, ...]] = []
    has_room = False
    for one in words:
        together = (*rows[-1], one) if has_room else (one,)
        gaps = _FIGURE_GAP * (len(together) - 1)
        width = sum(_width("figure", piece) for piece in together) + gaps
        if has_room and width <= _FIGURE_WIDTH:
            rows[-1] = together
            # One at each edge.
            has_room = False
            continue
        lines = _lines("figure", one, _FIGURE_WIDTH)
        rows.extend((line,) for line in lines)
        # A wrapped figure shares no row, so that its last word is not read with the next figure.
        has_room = len(lines) == 1
    return tuple(rows)


def _name_and_chip(holder: str, chip: str) -> tuple[str, bool]:
    """Return the holder's name, truncated to fit, and whether the chip needs its own line."""
    name = "".join(_lines("name", holder, _TEXT_WIDTH, most=1))
    if not name or not chip:
        return name, False
    # A chip without a box takes as much space as a chip with a box.
    boxed = _width(Status.VACANT, chip)
    return name, _width("name", name) + _CHIP_GAP + boxed > _TEXT_WIDTH


def _width(style: str, text: str) -> float:
    """Return the width of a text in its style, including its box."""
    found = TEXTS[style]
    padding = 2 * BOX_PADDING if found.box else 0
    return text_width(text, found.size, found.weight) + padding


def _lines(style: str, text: str, width: float, *, most: int = 2) -> tuple[str, ...]:
    found = TEXTS[style]
    return wrap(text, width, found.size, weight=found.weight, lines=most)
