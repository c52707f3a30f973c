"""A card: its texts broken into lines, its size, and its marks.

A card is drawn from a list of marks, each of which names a style. The canvas and the SVG pictures
draw the marks; slides and their thumbnails break lines at other widths and use only the styles.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.drawing.measuring import text_width, wrap
from orgmodel.drawing.styles import BOX_PADDING, TEXTS
from orgmodel.model.entities import Level
from orgmodel.model.statuses import Status
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.texts import Language

# All in pixels at scale 1.
WIDTH, COMPACT_WIDTH = 216, 190
PADDING_X, PADDING_Y = 11, 9
TITLE_LINE, _NAME_LINE, _UNIT_LINE, _FIGURE_LINE, _RULE = 17, 17, 16, 16, 11
_COMPACT_PADDING_Y, _COMPACT_LINE = 6, 16
_CIRCLE, _CIRCLE_GAP = 28, 9
_CHIP_GAP, _FIGURE_GAP = 6, 8
# The "?" of what is not settled: its size, and how far its middle is inside the card's corner.
_DOUBT, _INSIDE = 18, 2
# Space for the fold button on the lower edge.
_BUTTON_ROOM = 4
_LEFT = PADDING_X + _CIRCLE + _CIRCLE_GAP
_TEXT_WIDTH = WIDTH - _LEFT - PADDING_X
_FIGURE_WIDTH = WIDTH - 2 * PADDING_X
# A card is as high as its circle at least.
LEAST_HEIGHT = _CIRCLE + 2 * PADDING_Y
DOT, _NOBODY = " · ", "·"
_WORDS = re.compile(r"[^\W\d_]\S*")
_NUMBERS = re.compile(r"(\d[\d.,\u00a0\u202f–/-]*\d|\d)(\+?)")


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
        The leader's span of control and reach, at the two ends of one line. Empty for a post that
        leads nobody and where neither is known; an absent figure does not mean 0.
    figures_in_words
        The same for use outside the card; says so where they are unknown.
    initials
        The initials of the holder, or the number of several holders; empty where none is named.
    doubt
        What the sources leave open about the post, in words; empty where they settle everything.
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
    figures: tuple[str, ...]
    figures_in_words: str
    level: Level
    height: float
    initials: str = ""
    doubt: str = ""
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
        top = (self.height - _CIRCLE) / 2 if self.is_compact else PADDING_Y
        yield Mark("initials", PADDING_X, top + _CIRCLE / 2, self.initials or _NOBODY, _CIRCLE)
        yield from self._compact_marks() if self.is_compact else self._whole_marks()
        if self.doubt:
            yield Mark("doubt", self.width - _INSIDE - _DOUBT / 2, _INSIDE, "?", _DOUBT)

    def _compact_marks(self) -> Iterator[Mark]:
        lines = [("title", line) for line in self.title] + [("unit", line) for line in self.unit]
        for n, (style, line) in enumerate(lines):
            yield Mark(style, _LEFT, _COMPACT_PADDING_Y + (n + 0.5) * _COMPACT_LINE, line)

    def _whole_marks(self) -> Iterator[Mark]:
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
        if self.figures:
            y = max(y, PADDING_Y + _CIRCLE)
            yield Mark("rule", PADDING_X, y + _RULE / 2, "", self.width - 2 * PADDING_X)
            middle = y + _RULE + _FIGURE_LINE / 2
            first, *second = self.figures
            yield from _figure_marks(first, PADDING_X, middle)
            for words in second:
                right = self.width - PADDING_X - _figure_width(words)
                yield from _figure_marks(words, right, middle)

    def _holder_marks(self, y: float) -> list[Mark]:
        """Return the name and the chip, side by side or below each other."""
        if self.holder_in_chip:
            words = self.holder_in_chip
            return [Mark(self.status.value, _LEFT, y, words, _width(self.status.value, words))]
        found: list[Mark] = []
        x: float = _LEFT
        for kind, text in self.holder_parts(self.name):
            is_start = kind == "name" and self.status.facts.leads_card
            style = "unit" if is_start else kind
            if found and self.chip_stands_alone:
                y += _NAME_LINE
            elif found:
                x += _width(found[0].style, found[0].text) + _CHIP_GAP
            found.append(Mark(style, x, y, text, _width(style, text) if TEXTS[style].box else 0))
        # The name is drawn first, whatever its position.
        return found[::-1] if self.status.facts.leads_card else found

    @property
    def holder_in_chip(self) -> str:
        """The chip with what is known in place of a holder (Advertised from 1 May), if it fits."""
        if not (self.status.facts.leads_card and self.name):
            return ""
        words = f"{self.chip} {self.name}"
        return words if _width(self.status.value, words) <= _TEXT_WIDTH else ""


def initials_of(names: Sequence[str]) -> str:
    """Return the initials of a holder: of the first word and of the last one, in any script.

    Several holders are told by their number.
    """
    known = [name for name in names if name.strip()]
    if len(known) > 1:
        return str(len(known))
    letters = [word[0].upper() for name in known for word in _WORDS.findall(name)]
    return "".join((*letters[:1], *letters[1:][-1:]))


def badge(words: str, x: float, y: float) -> Mark:
    """Return the mark on a card's lower edge that shows or toggles the folded cards."""
    width = 22 if len(words) == 1 else 14 + 7 * len(words)
    return Mark("badge", x - width / 2, y, words, width)


def doubt_on(points: Sequence[tuple[float, float]]) -> Mark:
    """Return the "?" on a line that is not settled: at its last corner, or on a straight line."""
    x, y = points[-2]
    if len(points) == len(("start", "end")):
        x, y = (x + points[-1][0]) / 2, (y + points[-1][1]) / 2
    return Mark("doubt", x - _DOUBT / 2, y, "?", _DOUBT)


def set_card(  # noqa: PLR0913 - the texts of a card
    card_id: str,
    *,
    title: str,
    name: str,
    unit: str,
    status: Status,
    level: Level,
    chip: str = "",
    figures: tuple[str, ...] = (),
    figures_in_words: str = "",
    initials: str = "",
    doubt: str = "",
    has_button: bool = False,
) -> CardText:
    """Return a card with its size and its texts broken into lines; see `CardText`."""
    title_lines = _lines("title", title, _TEXT_WIDTH)
    unit_lines = _lines("unit", unit, _TEXT_WIDTH)
    cut_name, chip_stands_alone = _name_and_chip(name, chip)
    card = CardText(
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
        height=0,
        initials=initials,
        doubt=doubt,
    )
    if card.holder_in_chip:
        card = replace(card, chip_stands_alone=False)
    rows = (
        len(title_lines) * TITLE_LINE,
        _NAME_LINE if cut_name or chip else 0,
        _NAME_LINE if card.chip_stands_alone else 0,
        len(unit_lines) * _UNIT_LINE,
    )
    height = max(LEAST_HEIGHT, 2 * PADDING_Y + sum(rows))
    height += _RULE + _FIGURE_LINE if figures else 0
    return replace(card, height=height + (_BUTTON_ROOM if has_button else 0))


def compacted(card: CardText) -> CardText:
    """Return a compact card for a wide family: the title, and the holder or the unit."""
    width = COMPACT_WIDTH - _LEFT - PADDING_X
    second = card.holder_words() or card.full_unit
    lines = _lines("unit", second, width, most=1)
    return replace(
        card,
        title=_lines("title", card.full_title, width, most=1),
        name="",
        chip_stands_alone=False,
        unit=lines,
        figures=(),
        height=2 * _COMPACT_PADDING_Y + max(2, 1 + len(lines)) * _COMPACT_LINE,
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


def figure_row(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Return two figures for one row, each in the longest of its wordings that fits.

    Parameters
    ----------
    first, second
        The wordings of each figure, the longest first; nothing where it is not known.
    """
    rows = [tuple(filter(None, row)) for row in itertools.product(first or ("",), second or ("",))]
    for row in rows:
        gaps = _FIGURE_GAP * (len(row) - 1)
        if sum(map(_figure_width, row)) + gaps <= _FIGURE_WIDTH:
            return row
    return _lines("figure", rows[-1][0], _FIGURE_WIDTH, most=1)


def _figure_marks(words: str, x: float, y: float) -> Iterator[Mark]:
    """Yield the pieces of a figure, its numbers in bold; without spaces, which SVG drops."""
    for style, piece in _pieces(words):
        indent = _width(style, piece[: len(piece) - len(piece.lstrip())])
        yield Mark(style, x + indent, y, piece.strip())
        x += _width(style, piece)


def _figure_width(words: str) -> float:
    return sum(_width(style, piece) for style, piece in _pieces(words))


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a text and what is between them, each with its style."""
    at = 0
    for found in _NUMBERS.finditer(words):
        if found.start() > at:
            yield "figure", words[at : found.start()]
        yield "number", found.group()
        at = found.end()
    if at < len(words):
        yield "figure", words[at:]


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
    """Return a text in lines; what follows a dot begins a new line rather than being broken."""
    found = TEXTS[style]
    text = " ".join(text.split())
    parts = text.rsplit(DOT, most - 1)
    widths = [text_width(one, found.size, found.weight) for one in (text, *parts)]
    if widths[0] > width >= max(widths[1:]):
        return tuple(parts)
    return wrap(text, width, found.size, weight=found.weight, lines=most)
