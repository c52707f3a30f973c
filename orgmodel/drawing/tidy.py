"""Tidy trees of boxes of unequal size: the horizontal position of each box.

The algorithm is van der Ploeg's (Drawing non-layered tidy trees in linear time, 2014), which
extends Reingold and Tilford's: subtrees are moved apart along their contours just as far as their
boxes need, and the smaller ones between are spread evenly. It takes linear time. Both walks are
loops, so depth is not limited. Names follow the paper.

A parent is centred between its first and its last child.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True, eq=False)
class Box:
    """A box to place: its size includes the gap to its neighbours; `top` is input, `x` is output.

    Attributes
    ----------
    x
        The left edge, set by `place`.
    """

    width: float
    height: float
    top: float
    children: list[Box] = field(default_factory=list)
    x: float = 0

    prelim: float = 0
    mod: float = 0
    shift: float = 0
    change: float = 0
    left_thread: Box | None = None
    right_thread: Box | None = None
    extreme_left: Box | None = None
    extreme_right: Box | None = None
    mod_to_extreme_left: float = 0
    mod_to_extreme_right: float = 0

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def centre(self) -> float:
        """The horizontal centre, valid after `place`."""
        return self.x + self.width / 2


def place(root: Box) -> None:
    """Set `x` of every box of a tree; children keep their order from left to right."""
    for box in reversed(list(_before(root))):
        _first_walk(box)
    waiting = [(root, 0.0)]
    while waiting:
        box, mod = waiting.pop()
        mod += box.mod
        box.x = box.prelim + mod
        _spread_children(box)
        waiting.extend((child, mod) for child in reversed(box.children))


def _before(root: Box) -> Iterator[Box]:
    waiting = [root]
    while waiting:
        box = waiting.pop()
        yield box
        waiting.extend(reversed(box.children))


@dataclass(slots=True)
class _Low:
    """A left sibling's index and its lower edge; `next` extends further down."""

    bottom: float
    index: int
    next: _Low | None


def _first_walk(box: Box) -> None:
    children = box.children
    if not children:
        box.extreme_left = box.extreme_right = box
        return
    lows = _update_lows(_extreme(children[0].extreme_left).bottom, 0, None)
    for i in range(1, len(children)):
        lowest = _extreme(children[i].extreme_right).bottom
        _separate(box, i, lows)
        lows = _update_lows(lowest, i, lows)
    first, last = children[0], children[-1]
    middle = first.prelim + first.mod + first.width / 2 + last.prelim + last.mod + last.width / 2
    box.prelim = (middle - box.width) / 2
    box.extreme_left, box.mod_to_extreme_left = first.extreme_left, first.mod_to_extreme_left
    box.extreme_right, box.mod_to_extreme_right = last.extreme_right, last.mod_to_extreme_right


def _separate(parent: Box, i: int, lows: _Low | None) -> None:
    """Move the i-th child's subtree until it just clears the contour of its left siblings."""
    left: Box | None = parent.children[i - 1]
    right: Box | None = parent.children[i]
    assert left is not None  # noqa: S101 - both are children
    assert right is not None  # noqa: S101
    left_mod, right_mod = left.mod, right.mod
    # Adjacent siblings touch, even if that moves the right one to the left: otherwise a parent
    # placed far to the right by its children would leave an unnecessary gap.
    touching = True
    while left is not None and right is not None:
        if lows is not None and left.bottom > lows.bottom:
            lows = lows.next
        overlap = (left_mod + left.prelim + left.width) - (right_mod + right.prelim)
        if overlap > 0 or touching:
            right_mod += overlap
            _move_subtree(parent, i, lows.index if lows is not None else i - 1, overlap)
        touching = False
        left_bottom, right_bottom = left.bottom, right.bottom
        if left_bottom <= right_bottom:
            left = left.children[-1] if left.children else left.right_thread
            left_mod += left.mod if left is not None else 0
        if left_bottom >= right_bottom:
            right = right.children[0] if right.children else right.left_thread
            right_mod += right.mod if right is not None else 0
    if left is None and right is not None:
        _thread_left(parent, i, right, right_mod)
    elif left is not None and right is None:
        _thread_right(parent, i, left, left_mod)


def _move_subtree(parent: Box, i: int, from_index: int, distance: float) -> None:
    child = parent.children[i]
    child.mod += distance
    child.mod_to_extreme_left += distance
    child.mod_to_extreme_right += distance
    if from_index != i - 1:
        between = i - from_index
        parent.children[from_index + 1].shift += distance / between
        child.shift -= distance / between
        child.change -= distance - distance / between


def _thread_left(parent: Box, i: int, box: Box, mod: float) -> None:
    first, child = parent.children[0], parent.children[i]
    extreme = _extreme(first.extreme_left)
    extreme.left_thread = box
    difference = (mod - box.mod) - first.mod_to_extreme_left
    extreme.mod += difference
    extreme.prelim -= difference
    first.extreme_left = child.extreme_left
    first.mod_to_extreme_left = child.mod_to_extreme_left


def _thread_right(parent: Box, i: int, box: Box, mod: float) -> None:
    before, child = parent.children[i - 1], parent.children[i]
    extreme = _extreme(child.extreme_right)
    extreme.right_thread = box
    difference = (mod - box.mod) - child.mod_to_extreme_right
    extreme.mod += difference
    extreme.prelim -= difference
    child.extreme_right = before.extreme_right
    child.mod_to_extreme_right = before.mod_to_extreme_right


def _spread_children(box: Box) -> None:
    distance = mod = 0.0
    for child in box.children:
        distance += child.shift
        mod += distance + child.change
        child.mod += mod


def _update_lows(bottom: float, index: int, lows: _Low | None) -> _Low:
    while lows is not None and bottom >= lows.bottom:
        lows = lows.next
    return _Low(bottom, index, lows)


def _extreme(box: Box | None) -> Box:
    assert box is not None  # noqa: S101 - children are walked before their parents
    return box
