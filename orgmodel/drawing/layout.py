"""The layout of cards and lines: a tidy tree with compact families.

- Children are in reading order, a parent is centred over its children, and a layer has one height.
- A family too wide for the room stands in rows, or in columns along rails; see `families.py`.
- *Beside*: closed staff units (stabe) are placed beside their leader or the line that runs down.
- A room too narrow for two cards gets an outline: cards below each other, indented.

Sizes are in pixels at scale 1; a place is a card's horizontal centre and upper edge. Time is
linear in the number of cards; nothing recurses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.drawing.cards import LEAST_HEIGHT, WIDTH
from orgmodel.drawing.families import (
    GAP_X,
    GAP_Y,
    ON_SCREEN,
    STRAIGHT_GAP,
    Arrangement,
    Block,
    Card,
    Node,
    family_tree,
    group_block,
    head_height,
    node_block,
    outline,
)
from orgmodel.drawing.tidy import Box, place

if TYPE_CHECKING:
    from collections.abc import Sequence


# The space around a chart; below it, the space for the fold buttons of its last cards.
MARGIN, _BELOW_CARDS = 20, 12
# The most cards for which all arrangements are tried.
_CARDS_FOR_EVERY_WAY = 120


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a card: its horizontal centre, its upper edge and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The vertical centre."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Connector:
    """The line from a card to a child: its corners; every segment is horizontal or vertical."""

    parent_id: str
    child_id: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a chart; the upper left corner is (0, 0)."""

    places: dict[str, Place]
    connectors: tuple[Connector, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ScreenRoom:
    """The part of a screen that a chart is arranged for, in pixels."""

    width: float
    height: float

    def holds(self, layout: Layout) -> bool:
        """Tell whether a layout fits at scale 1; an outline may be as high as two screens."""
        down = self.height if self.side_by_side > 1 else 2 * self.height
        return (
            layout.width <= self.width - 2 * MARGIN
            and layout.height <= down - MARGIN - _BELOW_CARDS
        )

    def excess(self, layout: Layout) -> float:
        """Return how many times larger than the room a layout is, across or down."""
        return max(layout.width / self.width, layout.height / self.height)

    @property
    def side_by_side(self) -> int:
        """The number of cards beside each other; 1 for an outline."""
        return max(1, int((self.width - 2 * MARGIN + GAP_X) // (WIDTH + GAP_X)))

    @property
    def most_cards(self) -> int:
        """An upper bound on the number of cards that it holds."""
        rows = 2 * self.height if self.side_by_side == 1 else self.height
        return int(self.side_by_side * rows / LEAST_HEIGHT)

    @property
    def most_layers(self) -> int:
        """An upper bound on the number of layers below the top that it holds."""
        return int(2 * self.height / LEAST_HEIGHT)

    def arrangements(self, count: int) -> list[Arrangement]:
        """Return the arrangements to try for a number of cards, the widest first."""
        most = self.side_by_side
        if count > _CARDS_FOR_EVERY_WAY:
            return [Arrangement(most, 2)]
        nested = [Arrangement(most, one) for one in range(most, 0, -1)]
        apart = [
            Arrangement(across, one, nests=False)
            for across in range(most, 1, -1)
            for one in dict.fromkeys((across, 2, 1))
        ]
        return [*nested, *apart]


SCREEN_ROOM = ScreenRoom(1400, 750)


def lay_out_in(room: ScreenRoom, cards: Sequence[Card]) -> Layout:
    """Return the first layout that fits into a room, else the one that exceeds it the least."""
    if room.side_by_side == 1:
        places: dict[str, Place] = {}
        lines = _move(outline(cards), 0, 0, places)
        return _from_corner(places, lines)
    best: Layout | None = None
    for arrangement in room.arrangements(len(cards)):
        layout = lay_out(cards, arrangement)
        if room.holds(layout):
            return layout
        if best is None or room.excess(layout) < room.excess(best):
            best = layout
    assert best is not None  # noqa: S101 - at least one arrangement is tried
    return best


def lay_out(cards: Sequence[Card], arrangement: Arrangement = ON_SCREEN) -> Layout:
    """Place cards and connect them.

    Parameters
    ----------
    cards
        Every card after its parent, siblings in reading order.
    arrangement
        How families are arranged.

    Returns
    -------
    layout
        A place for every card, a connector for every card with a parent.
    """
    nodes = family_tree(cards, arrangement)
    standing = [node for node in nodes if not node.inside]
    tops = _layer_tops(standing)
    crown = Box(0, 0, 0)
    boxes: dict[str, Box] = {}
    groups: list[tuple[Node, Block, Box]] = []
    for node in standing:
        # A parent's box is created before the boxes of its children, which are added to it here.
        box = _box(node_block(node), tops[node.depth])
        boxes[node.card.id] = box
        holder = boxes[node.parent.card.id] if node.parent else crown
        holder.children.append(box)
        if node.families:
            box.height = tops[node.depth + 1] - tops[node.depth]
    for node in standing:
        groups += _add_groups(node, boxes, tops, arrangement)
    place(crown)
    return _drawn(standing, boxes, groups, tops)


def _layer_tops(standing: Sequence[Node]) -> list[float]:
    """Return the upper edge of each layer of cards, and of one more layer below."""
    heads: list[float] = []
    gaps: list[float] = []
    for node in standing:
        if node.depth == len(heads):
            heads.append(0)
            gaps.append(STRAIGHT_GAP)
        heads[node.depth] = max(heads[node.depth], head_height(node))
        if sum(map(len, node.families)) > 1:
            gaps[node.depth] = GAP_Y
    tops = [0.0]
    for head, gap in zip(heads, gaps, strict=True):
        tops.append(tops[-1] + head + gap)
    return tops


def _box(block: Block, top: float) -> Box:
    return Box(2 * block.half_width + GAP_X, block.height + GAP_Y, top)


def _add_groups(
    node: Node, boxes: dict[str, Box], tops: Sequence[float], arrangement: Arrangement
) -> list[tuple[Node, Block, Box]]:
    """Add the boxes of a family: single members and groups."""
    if not node.families:
        return []
    groups = []
    box = boxes[node.card.id]
    box.children = []
    for family in node.families:
        if len(family) == 1:
            box.children.append(boxes[family[0].card.id])
        else:
            block = group_block(family, arrangement)
            group = _box(block, tops[node.depth + 1])
            box.children.append(group)
            groups.append((node, block, group))
    return groups


def _drawn(
    standing: Sequence[Node],
    boxes: dict[str, Box],
    groups: Sequence[tuple[Node, Block, Box]],
    tops: Sequence[float],
) -> Layout:
    """Move every block to the place of its box, and draw the lines between layers."""
    places: dict[str, Place] = {}
    connectors: list[Connector] = []
    for node in standing:
        box = boxes[node.card.id]
        connectors += _move(node_block(node), box.centre, box.top, places)
        if node.parent:
            start = _start(node.parent, boxes, tops)
            path = (*start, (box.centre, start[-1][1]), (box.centre, box.top))
            parent_id = node.parent.card.id
            connectors.append(Connector(parent_id, node.card.id, _without_repeats(path)))
    for parent, block, box in groups:
        start = _start(parent, boxes, tops)
        way_down = (*start, (box.centre, start[-1][1]))
        hanging = _move(block, box.centre, box.top, places)
        # Only lines from the parent start above the group; lines inside it are complete already.
        connectors += [
            Connector(line.parent_id, line.child_id, _without_repeats((*way_down, *line.points)))
            if line.parent_id == parent.card.id
            else line
            for line in hanging
        ]
    return _from_corner(places, connectors)


def _start(
    parent: Node, boxes: dict[str, Box], tops: Sequence[float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the segment from a card down to the line of its family."""
    x = boxes[parent.card.id].centre
    top = tops[parent.depth]
    return (x, top + parent.card.height), (x, tops[parent.depth + 1] - GAP_Y / 2)


def _move(block: Block, x: float, y: float, places: dict[str, Place]) -> list[Connector]:
    """Place the cards of a block at (x, y), and return its lines in the same coordinates."""
    for card, dx, dy in block.cards:
        places[card.id] = Place(x + dx, y + dy, card.width, card.height)
    return [
        Connector(parent_id, child_id, _without_repeats([(x + dx, y + dy) for dx, dy in points]))
        for parent_id, child_id, points in block.lines
    ]


def _without_repeats(path: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return a path without repeated points and without points inside a straight segment."""
    kept: list[tuple[float, float]] = []
    for x, y in path:
        point = (round(x, 1), round(y, 1))
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _from_corner(places: dict[str, Place], connectors: Sequence[Connector]) -> Layout:
    """Return the layout moved so that its upper left corner is (0, 0)."""
    if not places:
        return Layout({}, (), 0, 0)
    left = min(place.left for place in places.values())
    moved = {
        key: Place(round(place.x - left, 1), round(place.y, 1), place.width, place.height)
        for key, place in places.items()
    }
    shifted = tuple(
        Connector(
            line.parent_id,
            line.child_id,
            tuple((round(x - left, 1), y) for x, y in line.points),
        )
        for line in connectors
    )
    width = max(place.right for place in moved.values())
    height = max(place.bottom for place in moved.values())
    return Layout(moved, shifted, width, height)
