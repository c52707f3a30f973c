"""Routes of relations beside the reporting line: horizontal and vertical, around the cards."""

from __future__ import annotations

import bisect
import heapq
import itertools
from typing import TYPE_CHECKING

from orgmodel.drawing.families import GAP_X, GAP_Y

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgmodel.drawing.layout import Place

_INSET = 24
_OUTSIDE = 9
# The distance between two lines that would otherwise overlap, and between a detour and the cards.
_LANE = 5
# A detour is as long as it is, and longer by this for each bend.
_BEND = 60

Point = tuple[float, float]
Segment = tuple[Point, Point]
Points = tuple[Point, ...]


def route(
    start: Place,
    end: Place,
    others: Collection[Place],
    drawn: Collection[Points] = (),
) -> Points:
    """Return the corners of the line between two cards; none if each would pass behind a card.

    Neighbours in a row are joined side to side, cards above each other by a bracket beside them;
    all others meet above the lower card, beside the reporting line. Of the routes that pass behind
    none of the `others`, the one with the fewest overlaps with lines in `drawn` is used, the first
    of several.
    """
    left, right = (start, end) if start.x <= end.x else (end, start)
    in_one_row = abs(left.y - right.y) < min(left.height, right.height) / 2
    if in_one_row and right.left - left.right <= 2 * GAP_X:
        level = (max(left.y, right.y) + min(left.bottom, right.bottom)) / 2
        return ((left.right, level), (right.left, level))
    lower, upper = (start, end) if start.y >= end.y else (end, start)
    ways = [*_brackets(start, end, others)] if abs(left.x - right.x) < _INSET else []
    ways += _over(lower, upper)
    free = [
        way
        for way in ways
        if not any(
            runs_behind(way, other.left, other.y, other.right, other.bottom) for other in others
        )
    ]
    if free:
        return min(free, key=lambda way: sum(runs_along(way, other) for other in drawn))
    return ()


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


def detour(start: Place, end: Place, others: Collection[Place]) -> Points:
    """Return the shortest line in the lanes around all cards, with few bends; () if there is none."""
    lanes = _Lanes((start, end, *others), (start, end))
    goals = {outside: port for port, outside in _ports(end)}
    waiting: list[tuple[float, int, Point, int, Points]] = []
    number = itertools.count()
    for port, outside in _ports(start):
        axis = 1 if port[0] == outside[0] else 0
        waiting.append((0, next(number), outside, axis, (port, outside)))
    heapq.heapify(waiting)
    seen: set[tuple[Point, int]] = set()
    while waiting:
        cost, _number, here, axis, way = heapq.heappop(waiting)
        if (here, axis) in seen:
            continue
        seen.add((here, axis))
        if here in goals:
            return _corners((*way, goals[here]))
        for there, turn in lanes.neighbours(here):
            length = abs(there[0] - here[0]) + abs(there[1] - here[1])
            price = cost + length + (_BEND if turn != axis else 0)
            heapq.heappush(waiting, (price, next(number), there, turn, (*way, there)))
    return ()


def _ports(place: Place) -> Iterator[tuple[Point, Point]]:
    """Yield the points at which a line may leave a card, each with the point outside it."""
    for x in (place.left + _INSET, place.right - _INSET):
        yield (x, place.y), (x, place.y - _LANE)
        yield (x, place.bottom), (x, place.bottom + _LANE)
    yield (place.left, place.middle), (place.left - _LANE, place.middle)
    yield (place.right, place.middle), (place.right + _LANE, place.middle)


class _Lanes:
    """The lanes beside, above and below all cards, in which detours run."""

    def __init__(self, places: Sequence[Place], ends: Sequence[Place]) -> None:
        outside = [point for end in ends for _port, point in _ports(end)]
        xs = {x for one in places for x in (one.left - _LANE, one.right + _LANE)}
        ys = {y for one in places for y in (one.y - _LANE, one.bottom + _LANE)}
        self._lanes = (
            sorted(xs.union(x for x, _y in outside)),
            sorted(ys.union(y for _x, y in outside)),
        )
        # The extent of every card across, and up and down.
        self._extents = [((one.left, one.right), (one.y, one.bottom)) for one in places]
        self._stops: dict[tuple[int, float], list[tuple[float, float]]] = {}

    def neighbours(self, here: Point) -> Iterator[tuple[Point, int]]:
        """Yield the next free points of the lanes through a point: across (0), up and down (1)."""
        for axis, lane in enumerate(self._lanes):
            fixed = here[1 - axis]
            stops = self._in_the_way(axis, fixed)
            at = bisect.bisect_left(lane, here[axis])
            for n in (at - 1, at + 1):
                if not 0 <= n < len(lane):
                    continue
                low, high = sorted((here[axis], lane[n]))
                if all(high <= first or low >= last for first, last in stops):
                    yield ((lane[n], fixed) if axis == 0 else (fixed, lane[n])), axis

    def _in_the_way(self, axis: int, fixed: float) -> list[tuple[float, float]]:
        """Return the extents of the cards that a lane runs into."""
        key = (axis, fixed)
        if key not in self._stops:
            self._stops[key] = [
                one[axis] for one in self._extents if one[1 - axis][0] < fixed < one[1 - axis][1]
            ]
        return self._stops[key]


def _corners(way: Points) -> Points:
    """Return a line without the points inside a straight segment."""
    inner = [
        here
        for before, here, after in zip(way, way[1:], way[2:], strict=False)
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
    ]
    return (way[0], *inner, way[-1])


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
