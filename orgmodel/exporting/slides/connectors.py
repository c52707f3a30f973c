"""Lines as PowerPoint's own connectors: glued to the cards, and drawn where the layout has them.

A connector of the kind `bentConnectorN` has N stretches at right angles. Its shape is described in
a frame of its own, in which the first stretch is level; a line whose first stretch is upright is the
same one with its axes exchanged: turned by 90 degrees and mirrored. Where it bends is told by up to
three numbers, in 100,000ths of the frame's width or height in turn.

A connector keeps this shape until somebody moves one of its cards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[int, int]
_FULL = 100_000
_MOST_BENDS = 3
_EXCHANGED = 5_400_000


class Site(IntEnum):
    """Where a connector can hold on to a card, as PowerPoint numbers them on a rectangle."""

    TOP = 0
    LEFT = 1
    BOTTOM = 2
    RIGHT = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a card is on a slide, in English Metric Units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    def site(self, site: Site) -> Point:
        """Return where a connector holds on."""
        x, y = self.left + self.width // 2, self.top + self.height // 2
        return {
            Site.TOP: (x, self.top),
            Site.LEFT: (self.left, y),
            Site.BOTTOM: (x, self.bottom),
            Site.RIGHT: (self.right, y),
        }[site]


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a connector, as it is written down.

    Attributes
    ----------
    preset
        The name of its kind.
    bends
        Where it bends.
    left, top, width, height
        Its frame before it is turned, in English Metric Units.
    turn
        By how much it is turned, in 60,000ths of a degree.
    """

    preset: str
    bends: tuple[int, ...]
    left: int
    top: int
    width: int
    height: int
    turn: int = 0
    flip_x: bool = False
    flip_y: bool = False


def shape_of(points: Sequence[Point]) -> Shape:
    """Return the shape of a line through these points, every stretch level or upright.

    The first and the last point have to be even numbers, so that a turned frame keeps them.
    """
    (x1, y1), (x2, y2) = points[0], points[-1]
    if not points[2:]:
        return Shape(
            "straightConnector1",
            (),
            min(x1, x2),
            min(y1, y2),
            abs(x2 - x1),
            abs(y2 - y1),
            flip_x=x2 < x1,
            flip_y=y2 < y1,
        )
    is_upright = points[0][0] == points[1][0]
    along, across = (1, 0) if is_upright else (0, 1)
    length = points[-1][along] - points[0][along]
    breadth = points[-1][across] - points[0][across]
    preset = f"bentConnector{len(points) - 1}"
    bends = _bends(points, along, length, breadth)
    if not is_upright:
        frame = (min(x1, x2), min(y1, y2), abs(length), abs(breadth))
        return Shape(preset, bends, *frame, flip_x=length < 0, flip_y=breadth < 0)
    left = (x1 + x2 - abs(length)) // 2
    top = (y1 + y2 - abs(breadth)) // 2
    frame = (left, top, abs(length), abs(breadth))
    return Shape(preset, bends, *frame, _EXCHANGED, flip_x=length < 0, flip_y=breadth > 0)


def _bends(points: Sequence[Point], along: int, length: int, breadth: int) -> tuple[int, ...]:
    """Return where a line bends, as shares of its frame."""
    found = []
    for n, corner in enumerate(points[2:-1]):
        axis, size = (along, length) if n % 2 == 0 else (1 - along, breadth)
        found.append(round((corner[axis] - points[0][axis]) / size * _FULL) if size else 0)
    return tuple(found)


def simple(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line with no more stretches than a connector can have.

    Where two levels follow each other on the way down to a rail, the first goes all the way.
    """
    way = list(points)
    while len(way) > _MOST_BENDS + 3:
        way[1:5] = [way[1], (way[4][0], way[1][1])]
    return way
