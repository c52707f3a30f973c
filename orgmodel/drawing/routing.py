"""Routes of relations beside the reporting line: horizontal and vertical, around the cards."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from orgmodel.drawing.families import GAP_X, GAP_Y

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgmodel.drawing.layout import Place

_INSET = 24
_OUTSIDE = 9
# The distance between two lines that would otherwise overlap.
_LANE = 5

Point = tuple[float, float]
Segment = tuple[Point, Point]
Points = tuple[Point, ...]


def route(
    start: Place, end: Place, others: Collection[Place], drawn: Collection[Points] = ()
) -> Points:
    """Return the corners of the line between two cards.

    Neighbours in a row are joined side to side, cards above each other by a bracket beside them;
    all others meet above the lower card, beside the reporting line. The route that passes behind
    the fewest `others` is used; ties are decided by the fewest overlaps with lines in `drawn`,
    then by order.
    """
    left, right = (start, end) if start.x <= end.x else (end, start)
    in_one_row = abs(left.y - right.y) < min(left.height, right.height) / 2
    if in_one_row and right.left - left.right <= 2 * GAP_X:
        level = (max(left.y, right.y) + min(left.bottom, right.bottom)) / 2
        return ((left.right, level), (right.left, level))
    lower, upper = (start, end) if start.y >= end.y else (end, start)
    ways = [*_brackets(start, end, others)] if abs(left.x - right.x) < _INSET else []
    ways += _over(lower, upper)
    return min(
        ways,
        key=lambda way: (
            sum(
                runs_behind(way, other.left, other.y, other.right, other.bottom)
                for other in others
            ),
            sum(runs_along(way, other) for other in drawn),
        ),
    )


def _brackets(start: Place, end: Place, others: Collection[Place]) -> Iterator[Points]:
    """Yield routes around the cards between two cards above each other, right or left."""
    top, bottom = min(start.middle, end.middle), max(start.middle, end.middle)
    between = [
        other
        for other in others
        if other.y < bottom and other.bottom > top and abs(other.x - start.x) < start.width
    ]
    right = max(place.right for place in (start, end, *between)) + _OUTSIDE
    left = min(place.left for place in (start, end, *between)) - _OUTSIDE
    for outside, first, last in ((right, start.right, end.right), (left, start.left, end.left)):
        yield (
            (first, start.middle),
            (outside, start.middle),
            (outside, end.middle),
            (last, end.middle),
        )


def _over(lower: Place, upper: Place) -> Iterator[Points]:
    """Yield routes up from the lower card, across, and to the upper card's nearer edge."""
    level = lower.y - GAP_Y / 4
    to_y = upper.bottom
    if upper.bottom >= level:
        level = min(lower.y, upper.y) - GAP_Y / 4
        to_y = upper.y
    lanes = (level, level + _LANE)
    from_xs = (lower.right - _INSET, lower.left + _INSET)
    to_xs = (upper.left + _INSET, upper.right - _INSET)
    for at, from_x, to_x in itertools.product(lanes, from_xs, to_xs):
        yield ((from_x, lower.y), (from_x, at), (to_x, at), (to_x, to_y))


def runs_behind(
    way: Sequence[Point], left: float, top: float, right: float, bottom: float
) -> bool:
    """Tell whether a line of horizontal and vertical segments passes behind a box."""
    return any(
        min(x1, x2) < right and max(x1, x2) > left and min(y1, y2) < bottom and max(y1, y2) > top
        for (x1, y1), (x2, y2) in itertools.pairwise(way)
    )


def runs_along(way: Sequence[Point], other: Sequence[Point], near: float = _LANE) -> bool:
    """Tell whether two lines have segments too close to tell apart."""
    return any(
        _lies_on(first, second, near)
        for first in itertools.pairwise(way)
        for second in itertools.pairwise(other)
    )


def _lies_on(first: Segment, second: Segment, near: float) -> bool:
    for across, along in ((0, 1), (1, 0)):
        places = [point[across] for point in (*first, *second)]
        if max(places) - min(places) < near:
            (a, b), (c, d) = (sorted(point[along] for point in one) for one in (first, second))
            return min(b, d) > max(a, c)
    return False
