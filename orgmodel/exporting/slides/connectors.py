"""Lines as native PowerPoint connectors, attached to the cards and routed as in the layout.

A connector of type `bentConnectorN` has N segments at right angles. Its geometry is defined in a
local frame in which the first segment is horizontal; a line whose first segment is vertical has
its axes exchanged: rotated by 90 degrees and mirrored. Its bends are given by up to three numbers,
in 100,000ths of the frame's width and height alternately.

A connector keeps this shape until the user moves one of its cards.

A relation beside the reporting line is routed around all other cards. On a screen it may end
anywhere on a card's edge; here it ends at the midpoint of an edge, and has at most five segments,
the most that connectors support.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from orgmodel.drawing.routing import runs_along, runs_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Way = tuple["Site", "Site", tuple["Point", ...]]
    Corners = tuple["Point", ...]

Point = tuple[int, int]
_FULL = 100_000
_MOST_BENDS = 3
_EXCHANGED = 5_400_000
# The gap between a template's own shapes and added content: eight points.
_GAP = 8 * 12_700


class Site(IntEnum):
    """The connection sites of a card, as PowerPoint numbers them on a rectangle."""

    TOP = 0
    LEFT = 1
    BOTTOM = 2
    RIGHT = 3


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a slide, or the bounds of a card, in English Metric Units."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """The width."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """The height."""
        return max(0, self.bottom - self.top)

    def touches(self, other: Area) -> bool:
        """Tell whether two areas overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def without(self, other: Area) -> Area:
        """Return its largest part above, below or beside another area."""
        if not self.touches(other):
            return self
        parts = (
            Area(self.left, self.top, self.right, other.top - _GAP),
            Area(self.left, other.bottom + _GAP, self.right, self.bottom),
            Area(self.left, self.top, other.left - _GAP, self.bottom),
            Area(other.right + _GAP, self.top, self.right, self.bottom),
        )
        return max(parts, key=lambda part: part.width * part.height)

    def site(self, site: Site) -> Point:
        """Return the point of a connection site."""
        x, y = self.left + self.width // 2, self.top + self.height // 2
        return {
            Site.TOP: (x, self.top),
            Site.LEFT: (self.left, y),
            Site.BOTTOM: (x, self.bottom),
            Site.RIGHT: (self.right, y),
        }[site]


@dataclass(frozen=True, slots=True)
class Shape:
    """The geometry of a connector, as in DrawingML.

    Attributes
    ----------
    preset
        The name of its preset geometry.
    bends
        The adjust values of its bends.
    left, top, width, height
        Its frame before rotation, in English Metric Units.
    turn
        Its rotation, in 60,000ths of a degree.
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
    """Return the geometry of a line of horizontal and vertical segments through points.

    The first and the last point must be even numbers, so that a rotated frame preserves them.
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
    """Return the bends of a line, as fractions of its frame."""
    found = []
    for n, corner in enumerate(points[2:-1]):
        axis, size = (along, length) if n % 2 == 0 else (1 - along, breadth)
        found.append(round((corner[axis] - points[0][axis]) / size * _FULL) if size else 0)
    return tuple(found)


def simple(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line reduced to the number of segments of a connector.

    Of two horizontal segments on the way down to a rail, the first is extended to replace both.
    """
    way = list(points)
    while len(way) > _MOST_BENDS + 3:
        way[1:5] = [way[1], (way[4][0], way[1][1])]
    return way


# Lines beside the reporting line -------------------------------------------------------------

_OUTWARD = {Site.TOP: (0, -1), Site.LEFT: (-1, 0), Site.BOTTOM: (0, 1), Site.RIGHT: (1, 0)}
_UPRIGHT = {Site.TOP, Site.BOTTOM}
# The maximum number of candidate routes; the shortest with the fewest bends come first.
_MOST_TRIED = 400


def cross_way(
    start: Area,
    end: Area,
    others: Sequence[Area],
    drawn: Sequence[Sequence[Point]],
    *,
    gap: int,
    bounds: Area,
) -> Way:
    """Return the connection sites and the corners of a line between two cards.

    The first route that passes behind no card and overlaps no line in `drawn` is used; otherwise
    the route with the fewest conflicts.

    Parameters
    ----------
    gap
        Its distance from cards, in English Metric Units.
    bounds
        The area that it has to stay in.
    """
    ways = sorted(
        (way for way in _ways(start, end, others, gap) if _is_inside(way[2], bounds)),
        key=lambda way: (len(way[2]), _length(way[2])),
    )
    best: tuple[tuple[int, int], Way] | None = None
    for way in ways[:_MOST_TRIED]:
        behind = sum(
            runs_behind(way[2], one.left, one.top, one.right, one.bottom)
            for one in (start, end, *others)
        )
        along = sum(runs_along(way[2], other, gap // 3) for other in drawn)
        if not behind and not along:
            return way
        if best is None or (behind, along) < best[0]:
            best = ((behind, along), way)
    if best is not None:
        return best[1]
    straight = (start.site(Site.BOTTOM), end.site(Site.TOP))
    return Site.BOTTOM, Site.TOP, (straight[0], (straight[0][0], straight[1][1]), straight[1])


@dataclass(frozen=True, slots=True)
class _Lanes:
    """The lanes for lines between cards: horizontal levels and vertical sides."""

    gap: int
    levels: tuple[int, ...]
    sides: tuple[int, ...]


def _ways(start: Area, end: Area, others: Sequence[Area], gap: int) -> Iterator[Way]:
    frames = (start, end, *others)
    lanes = _Lanes(
        gap,
        tuple(sorted({at for one in frames for at in (one.top - gap, one.bottom + gap)})),
        tuple(sorted({at for one in frames for at in (one.left - gap, one.right + gap)})),
    )
    for first, last in itertools.product(Site, Site):
        make = _MAKERS[first in _UPRIGHT, last in _UPRIGHT]
        a, b = start.site(first), end.site(last)
        for corners in make(a, _outside(a, first, gap), b, _outside(b, last, gap), lanes):
            points = (a, *corners, b)
            if _leaves(points, first) and _leaves(points[::-1], last) and _is_drawable(points):
                yield first, last, points


def _outside(point: Point, site: Site, gap: int) -> Point:
    dx, dy = _OUTWARD[site]
    return point[0] + gap * dx, point[1] + gap * dy


def _upright(a: Point, out: Point, b: Point, into: Point, lanes: _Lanes) -> Iterator[Corners]:
    """Yield the corners of routes that start and end vertically."""
    if a[0] == b[0]:
        yield ()
    for y in (*lanes.levels, (a[1] + b[1]) // 2):
        yield (a[0], y), (b[0], y)
    for x in lanes.sides:
        yield (a[0], out[1]), (x, out[1]), (x, into[1]), (b[0], into[1])


def _level(a: Point, out: Point, b: Point, into: Point, lanes: _Lanes) -> Iterator[Corners]:
    """Yield the corners of routes that start and end horizontally."""
    if a[1] == b[1]:
        yield ()
    for x in (*lanes.sides, (a[0] + b[0]) // 2):
        yield (x, a[1]), (x, b[1])
    for y in lanes.levels:
        yield (out[0], a[1]), (out[0], y), (into[0], y), (into[0], b[1])


def _upright_first(
    a: Point, out: Point, b: Point, _into: Point, lanes: _Lanes
) -> Iterator[Corners]:
    yield ((a[0], b[1]),)
    for x in lanes.sides:
        yield (a[0], out[1]), (x, out[1]), (x, b[1])


def _level_first(a: Point, out: Point, b: Point, _into: Point, lanes: _Lanes) -> Iterator[Corners]:
    yield ((b[0], a[1]),)
    for y in lanes.levels:
        yield (out[0], a[1]), (out[0], y), (b[0], y)


# By whether a route starts vertically and whether it ends vertically.
_MAKERS = {
    (True, True): _upright,
    (False, False): _level,
    (True, False): _upright_first,
    (False, True): _level_first,
}


def _leaves(points: Sequence[Point], site: Site) -> bool:
    """Tell whether a line leaves a card outwards."""
    (x1, y1), (x2, y2) = points[:2]
    dx, dy = _OUTWARD[site]
    return (x2 - x1) * dx + (y2 - y1) * dy > 0


def _is_drawable(points: Sequence[Point]) -> bool:
    """Tell whether a connector can have this shape: its bends are fractions of its frame."""
    if any(first == second for first, second in itertools.pairwise(points)):
        return False
    (x1, y1), (x2, y2) = points[0], points[-1]
    is_upright = points[0][0] == points[1][0]
    length, breadth = (y2 - y1, x2 - x1) if is_upright else (x2 - x1, y2 - y1)
    bends = len(points) - 3
    return (bends < 1 or length != 0) and (bends <= 1 or breadth != 0)


def _is_inside(points: Iterable[Point], bounds: Area) -> bool:
    return all(
        bounds.left <= x <= bounds.right and bounds.top <= y <= bounds.bottom for x, y in points
    )


def _length(points: Sequence[Point]) -> int:
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in itertools.pairwise(points))
