"""The marks that pictures are made of, as SVG: plain attributes, escaped text, short numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from orgmodel.drawing.measuring import REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    Point = tuple[float, float]

FONT_FAMILY = "Inter, Carlito, Calibri, Arial, sans-serif"
AT_THE_END, IN_THE_MIDDLE = ' text-anchor="end"', ' text-anchor="middle"'
CARD_RADIUS = 7
# What tells: inferred, not there yet, beside the line.
DASHED, DOTTED = ' stroke-dasharray="6 4"', ' stroke-linecap="round" stroke-dasharray="0.5 5"'
# From the middle of Inter's em square down to its baseline, in ems: what a canvas calls "middle".
_BASELINE = 0.3006
# How far browsers lean a letter that has no italic of its own, for each pixel of its height.
_LEAN = 0.25


def text_mark(
    text: str, at: Point, size: float, fill: str, *, weight: int = REGULAR, extra: str = ""
) -> str:
    """Draw a text from the left; `at` is its left end, half way up a line."""
    x, middle = at
    bold = f' font-weight="{weight}"' if weight != REGULAR else ""
    return (
        f'<text x="{short(x)}" y="{short(middle + _BASELINE * size)}" font-size="{size}"{bold}'
        f' fill="{fill}"{extra}>{escape(text)}</text>'
    )


def leaning(middle: float, size: float) -> str:
    """Lean a text as a browser leans what has no italic; other painters would leave it upright."""
    baseline = middle + _BASELINE * size
    return f' transform="matrix(1 0 {-_LEAN} 1 {_LEAN * baseline:.2f} 0)"'


def rect_mark(
    corner: Point, width: float, height: float, frame: str, radius: float = CARD_RADIUS
) -> str:
    """Draw a box with round corners from its upper left corner."""
    x, y = corner
    return (
        f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
        f' rx="{radius}" {frame}/>'
    )


def way(points: Iterable[Point]) -> str:
    """Return the way of a line through points."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)


def short(number: float) -> str:
    """Return a number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
