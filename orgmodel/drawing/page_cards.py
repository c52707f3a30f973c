"""Cards for printed pages and slides: full texts in as many lines as they need.

A card on a screen truncates a long title after two lines and offers the full text on demand; paper
cannot. Text is measured word by word in the shipped font, so that a card's height can be computed
cheaply for many widths.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.cards import DOT, PADDING_X, CardText
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width
from orgmodel.drawing.styles import STRIPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Line spacing as a multiple of the text size.
LINE = 1.22
PADDING_Y = 7
# A title, a name or a unit that needs more lines is shortened.
MOST_LINES = 12
# Cards become wider, up to a limit, before a text takes more lines than this.
_WANTED_LINES = 4
# Width lost to a rounded corner, plus slack for programs that measure text differently.
_CORNER, _SLACK = 2, 0.985
_MARGINS = STRIPE + 2 * PADDING_X + 2 * _CORNER
# A word wider than any card breaks at any letter, so its lines are not quite full.
_BROKEN_LINE = 0.93
_ELLIPSIS = "…"

# A piece of text that is broken only as a last resort: the gap before it and its width, in ems.
Piece = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The style of the cards on a page, in pixels at scale 1.

    Attributes
    ----------
    width
        The usual width of cards; `widest` is the limit when their longest word needs more.
    title_size, text_size
        The size of the title and of all other text.
    has_figures
        Whether a leader's figures are shown.
    breadth
        The width of text in the font it will be drawn in, relative to the shipped font.
    """

    width: float
    widest: float
    title_size: float
    text_size: float
    has_figures: bool = False
    breadth: float = 1.0

    def size(self, *, is_title: bool) -> float:
        """Return the size of the title, or of all other text."""
        return self.title_size if is_title else self.text_size

    @property
    def smallest(self) -> float:
        """The size of the smallest text."""
        return min(self.title_size, self.text_size)


# From the most to the least spacious.
SLIDE_STYLES = (
    PageStyle(220, 300, 14.5, 12.5, has_figures=True),
    PageStyle(204, 300, 14, 12.5),
    PageStyle(180, 280, 14, 13),
    PageStyle(160, 280, 14, 14),
    PageStyle(168, 310, 16, 16),
)


@dataclass(frozen=True, slots=True)
class PageCard(CardText):
    """A card on a page: its full texts, shortened only where they would fill the page.

    Its title and its unit are not broken into lines: the format that draws the page does that.

    Attributes
    ----------
    badge
        The number of posts below that are on another page or folded, such as "+12"; or empty.
    style
        The style of its page.
    """

    badge: str = ""
    style: PageStyle = SLIDE_STYLES[0]

    def rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Return its texts without the badge; a row is one or two pairs of style and text."""
        figures = figure_words(self)
        return (
            *((("title", line),) for line in self.title),
            *filter(None, (self.holder_parts(self.name),)),
            *((("unit", line),) for line in self.unit),
            *(((("figure", figures),),) if figures else ()),
        )

    @property
    def is_shortened(self) -> bool:
        """Whether some of its texts are shortened."""
        shown = (*self.title, self.name, "".join(self.unit))
        whole = (self.full_title, self.full_name, self.full_unit)
        return any(_plain(text) != one for text, one in zip(whole, shown, strict=True))


class Measured:
    """A card with the measured widths of its words."""

    __slots__ = ("_heights", "_needed", "card", "figures", "name", "title", "unit")

    def __init__(self, card: CardText) -> None:
        self.card = card
        self.title = _pieces(card.full_title, SEMIBOLD)
        # The status is bold, so it is measured separately from the name.
        self.name = _joined(_pieces(card.full_name, REGULAR), _pieces(card.chip, SEMIBOLD))
        self.unit = _pieces(card.full_unit, REGULAR)
        self.figures = _pieces(figure_words(card), REGULAR)
        text = max(_needed(self.name), _needed(self.unit))
        self._needed = (_needed(self.title), text, _needed(self.figures))
        self._heights: dict[tuple[float, float, float, bool], float] = {}

    def needed_width(self, style: PageStyle) -> float:
        """Return the width that the card needs for its longest word and for few lines."""
        title, text, figures = self._needed
        if style.has_figures:
            text = max(text, figures)
        needed = max(title * style.title_size, text * style.text_size)
        return needed * style.breadth / _SLACK + _MARGINS

    def height(self, style: PageStyle, width: float, *, has_badge: bool, most_lines: int) -> float:
        """Return the height of the card at a width."""
        key = (style.title_size, style.text_size, width, has_badge)
        found = self._heights.get(key)
        if found is None:
            lines = self._limited(style, width, has_badge=has_badge, most_lines=most_lines)
            found = self._heights[key] = _height(style, lines, has_badge=has_badge)
        return found

    def is_shortened(
        self, style: PageStyle, width: float, *, has_badge: bool, most_lines: int
    ) -> bool:
        """Tell whether its texts have to be shortened at a width."""
        limits = self._limited(style, width, has_badge=has_badge, most_lines=most_lines)
        return any(
            limit < line for limit, line in zip(limits, self._lines(style, width), strict=True)
        )

    def set(self, style: PageStyle, width: float, badge: str, most_lines: int) -> CardText:
        """Return the card for a page."""
        card = self.card
        limits = self._limited(style, width, has_badge=bool(badge), most_lines=most_lines)
        room = _text_width(style, width)
        chip = len(card.chip) * style.text_size * 0.62 if card.chip else 0
        size = style.text_size
        title = _shortened(card.full_title, self.title, room, style.title_size, limits[0])
        unit = _shortened(card.full_unit, self.unit, room, size, limits[2])
        return PageCard(
            id=card.id,
            full_title=card.full_title,
            full_name=card.full_name,
            full_unit=card.full_unit,
            title=(title,),
            name=_shortened(card.full_name, self.name, room, size, limits[1], chip),
            status=card.status,
            chip=card.chip,
            chip_stands_alone=False,
            unit=(unit,) if unit else (),
            figures=card.figures if style.has_figures else (),
            figures_in_words=card.figures_in_words,
            level=card.level,
            height=_height(style, limits, has_badge=bool(badge)),
            width=width,
            badge=badge,
            style=style,
        )

    def _limited(
        self, style: PageStyle, width: float, *, has_badge: bool, most_lines: int
    ) -> tuple[int, int, int, int]:
        """Return the number of lines for title, holder, unit and figures, reduced if necessary."""
        *found, figures = self._lines(style, width)
        lines = [min(MOST_LINES, one) for one in found]
        while sum(lines) + figures + has_badge > most_lines and max(lines) > 1:
            lines[lines.index(max(lines))] -= 1
        return lines[0], lines[1], lines[2], figures

    def _lines(self, style: PageStyle, width: float) -> tuple[int, int, int, int]:
        """Return the number of lines that title, holder, unit and figures need."""
        room = _text_width(style, width)
        figures = line_count(self.figures, room / style.text_size) if style.has_figures else 0
        return (
            line_count(self.title, room / style.title_size),
            line_count(self.name, room / style.text_size),
            line_count(self.unit, room / style.text_size),
            figures,
        )


class ScreenCard(Measured):
    """A card that looks on a page as on the screen: same size, same truncated texts."""

    __slots__ = ()

    def needed_width(self, style: PageStyle) -> float:  # noqa: ARG002 - fixed style
        """Return its width."""
        return self.card.width

    def height(self, *_setting: object, **_limits: object) -> float:
        """Return its height."""
        return self.card.height

    def is_shortened(self, *_setting: object, **_limits: object) -> bool:
        """Return False: its texts are as on the screen."""
        return False

    def set(self, *_setting: object) -> CardText:
        """Return the card."""
        return self.card


def page_width(style: PageStyle, cards: Iterable[Measured]) -> float:
    """Return the common width of the cards of a page, wide enough for their longest word."""
    needed = max((card.needed_width(style) for card in cards), default=style.width)
    # Rounded to a few steps, so that pages differ little from each other.
    return min(style.widest, max(style.width, 10 * math.ceil(needed / 10)))


def most_lines(style: PageStyle, height: float, gap: float) -> int:
    """Return the most lines that a card may have so that two layers of cards fit into a height."""
    line = max(style.title_size, style.text_size) * LINE
    return int(((height - gap) / 2 - 2 * PADDING_Y) / line)


def figure_words(card: CardText) -> str:
    """Return a card's figures in one line; empty if it has none."""
    return card.figures_in_words if card.figures else ""


def line_count(pieces: Sequence[Piece], width: float) -> int:
    """Return the number of lines that pieces of text need at a width in ems."""
    if not pieces:
        return 0
    lines, used = 1, 0.0
    for gap, piece in pieces:
        if used and used + gap + piece <= width:
            used += gap + piece
            continue
        if used:
            lines += 1
        used = piece
        if piece > width:
            broken = math.ceil(piece / (width * _BROKEN_LINE)) - 1
            lines += broken
            used = piece - broken * width * _BROKEN_LINE
    return lines


def _needed(pieces: Sequence[Piece]) -> float:
    """Return the width that a text needs, in ems."""
    if not pieces:
        return 0
    longest = max(width for _gap, width in pieces)
    return max(longest, sum(gap + width for gap, width in pieces) / _WANTED_LINES)


def _height(style: PageStyle, lines: tuple[int, int, int, int], *, has_badge: bool) -> float:
    title, *others = lines
    text = (sum(others) + has_badge) * style.text_size
    return 2 * PADDING_Y + math.ceil((title * style.title_size + text) * LINE)


def _text_width(style: PageStyle, width: float) -> float:
    """Return the width available for text on a card, in pixels of the shipped font."""
    return (width - _MARGINS) * _SLACK / style.breadth


@lru_cache(maxsize=20_000)
def _pieces(text: str, weight: int) -> tuple[Piece, ...]:
    """Return the pieces of a text between possible breaks: spaces, and after hyphens."""
    space = text_width(" ", 1, weight)
    found: list[Piece] = []
    for word in text.split():
        gap = space
        for piece in re.findall(r"[^-–]+[-–]*|[-–]+", word):
            found.append((gap, text_width(piece, 1, weight)))
            gap = 0
    return tuple(found)


def _joined(first: tuple[Piece, ...], second: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a name and a status separated by a dot."""
    if not first or not second:
        return first or second
    dot = _pieces(DOT, REGULAR)
    return (*first, *dot, *second)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shortened(
    text: str,
    pieces: Sequence[Piece],
    room: float,
    size: float,
    lines: int,
    beside: float = 0,
) -> str:
    """Return a text truncated to a number of lines, with an ellipsis if it does not fit."""
    text = _plain(text)
    width = room / size
    if not text or line_count(pieces, width) <= lines:
        return text
    # Start from letters about half an em wide; the loop corrects the estimate.
    end = min(len(text), max(1, int((lines * width - beside / size) / 0.5)))
    while end > 1:
        start = text[:end].rstrip(" -,") + _ELLIPSIS
        if line_count(_pieces(start, SEMIBOLD), width - 0.5) <= lines - (beside > 0):
            return start
        end -= max(1, end // 20)
    return text[:1] + _ELLIPSIS
