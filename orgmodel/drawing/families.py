"""Families of cards: members side by side, hanging from a rail, or beside the line.

A *family* is the cards under one leader. A *block* is a card with everything that moves with it,
measured from the middle of its upper edge; a group of cards on one rail is a block too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP_X = 28
GAP_Y = 30
RAIL_GAP = 14
ROW_GAP = 11
INDENT = 24
SIDE_BY_SIDE = 4
ONE_COLUMN = 3
LONGEST_COLUMN = 6
RUN_THAT_HANGS = 3
SCREEN_RATIO = 1.8


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How families are arranged.

    Attributes
    ----------
    ratio
        The target ratio of width to height of a grid of hanging cards; 0 means a pair of columns.
    side_by_side
        The largest family placed side by side; a larger one hangs if its members are short.
    has_runs
        Whether adjacent short members of a wide family hang together if other members do not hang.
    """

    ratio: float = SCREEN_RATIO
    side_by_side: int = SIDE_BY_SIDE
    has_runs: bool = True


ON_SCREEN = Arrangement()


@dataclass(frozen=True, slots=True)
class Card:
    """A card to place.

    Attributes
    ----------
    parent_id
        The parent card, which comes earlier in the list; None at the top.
    beside
        Whether it may be placed beside the line (a staff unit's leader).
    """

    id: str
    width: float
    height: float
    parent_id: str | None = None
    beside: bool = False


@dataclass(slots=True, eq=False)
class Node:
    """A card in its tree.

    Attributes
    ----------
    layers_below
        The number of layers of cards below it.
    beside
        Children placed beside the line that leads down.
    hanging
        Children that hang from a rail below it, each with its own children.
    families
        Children side by side in the next layer: each a single card, or a run of hanging cards.
    inside
        Whether it moves with a card above it and belongs to no layer of its own.
    """

    card: Card
    parent: Node | None = None
    depth: int = 0
    children: list[Node] = field(default_factory=list)
    layers_below: int = 0
    beside: list[Node] = field(default_factory=list)
    hanging: list[Node] = field(default_factory=list)
    families: list[list[Node]] = field(default_factory=list)
    inside: bool = False
    block: Block | None = None


Point = tuple[float, float]


@dataclass(slots=True)
class Block:
    """Cards and lines that move together.

    Attributes
    ----------
    cards
        Each card with the middle of its upper edge.
    lines
        Parent, child and the corners of the line between them.
    half_width
        The larger of its extents to the left and to the right.
    """

    cards: list[tuple[Card, float, float]] = field(default_factory=list)
    lines: list[tuple[str, str, list[Point]]] = field(default_factory=list)
    half_width: float = 0
    height: float = 0

    def add(self, card: Card, x: float, y: float) -> None:
        """Place a card."""
        self.cards.append((card, x, y))
        self.half_width = max(self.half_width, abs(x) + card.width / 2)
        self.height = max(self.height, y + card.height)


def family_tree(cards: Sequence[Card], arrangement: Arrangement = ON_SCREEN) -> list[Node]:
    """Return the cards as a tree, parents first, with the arrangement of each card decided."""
    nodes: dict[str, Node] = {}
    for card in cards:
        parent = nodes[card.parent_id] if card.parent_id is not None else None
        node = nodes[card.id] = Node(card, parent)
        if parent is not None:
            parent.children.append(node)
    for node in reversed(nodes.values()):
        if node.parent is not None:
            node.parent.layers_below = max(node.parent.layers_below, node.layers_below + 1)
    for node in nodes.values():
        _decide(node, arrangement)
    return list(nodes.values())


def _decide(node: Node, arrangement: Arrangement) -> None:
    """Divide a card's children into those beside the line, hanging and side by side."""
    if node.inside:
        for child in node.children:
            child.inside = True
        return
    node.depth = node.parent.depth + 1 if node.parent else 0
    node.beside = [child for child in node.children if _may_stand_beside(child)]
    below = [child for child in node.children if not _may_stand_beside(child)]
    if not below:
        node.beside, below = [], node.children
    if _hangs(node, below, arrangement):
        node.hanging = below
    else:
        node.families = _families(below, arrangement)
    for child in node.beside + node.hanging:
        child.inside = True
    for family in node.families:
        for child in family:
            child.inside = len(family) > 1


def _may_stand_beside(node: Node) -> bool:
    return node.card.beside and not node.children


def _is_short(node: Node) -> bool:
    """Tell whether a card with its descendants is small enough to hang from a rail."""
    return node.layers_below == 0 or (
        node.layers_below == 1 and len(node.children) <= LONGEST_COLUMN
    )


def _hangs(node: Node, below: Sequence[Node], arrangement: Arrangement) -> bool:
    """Tell whether all of a card's children hang from a rail."""
    is_short = all(_is_short(child) for child in below)
    has_siblings = node.parent is not None and len(node.parent.children) > 1
    is_wide = len(below) > arrangement.side_by_side
    return is_short and (is_wide or (has_siblings and len(below) > 1))


def _families(below: Sequence[Node], arrangement: Arrangement) -> list[list[Node]]:
    """Return the children side by side; in a wide family, runs of short children hang."""
    if len(below) <= arrangement.side_by_side or not arrangement.has_runs:
        return [[child] for child in below]
    families: list[list[Node]] = []
    run: list[Node] = []
    for child in [*below, None]:
        if child is not None and _is_short(child):
            run.append(child)
            continue
        families += [run] if len(run) >= RUN_THAT_HANGS else [[one] for one in run]
        run = []
        if child is not None:
            families.append([child])
    return families


def head_height(node: Node) -> float:
    """Return the height of a card and of the cards beside its line."""
    rows = _beside_rows(node)
    return node.card.height + sum(GAP_Y / 2 + height for height in rows)


def _beside_rows(node: Node) -> list[float]:
    heights = [child.card.height for child in node.beside]
    return [max(heights[i : i + 2]) for i in range(0, len(heights), 2)]


def node_block(node: Node, ratio: float = SCREEN_RATIO) -> Block:
    """Return a card with the cards beside its line and the cards hanging below it.

    Parameters
    ----------
    ratio
        The target ratio of width to height of a grid of cards.
    """
    if node.block is None:
        block = node.block = Block()
        block.add(node.card, 0, 0)
        _add_beside(block, node)
        if node.hanging:
            _add_hanging(block, node, ratio)
    return node.block


def _add_beside(block: Block, node: Node) -> None:
    top = node.card.height
    for i, height in enumerate(_beside_rows(node)):
        top += GAP_Y / 2
        middle = top + height / 2
        for side, child in zip((-1, 1), node.beside[2 * i : 2 * i + 2], strict=False):
            card = child.card
            block.add(card, side * (RAIL_GAP + card.width / 2), top + (height - card.height) / 2)
            path: list[Point] = [
                (0, node.card.height),
                (0, middle),
                (side * RAIL_GAP, middle),
            ]
            block.lines.append((node.card.id, card.id, path))
        top += height


def _add_hanging(block: Block, node: Node, ratio: float) -> None:
    start = head_height(node)
    if len(node.hanging) <= ONE_COLUMN and not node.beside:
        _add_column(block, node, node.hanging, x=0, y=0, side=1)
        return
    way_down: list[Point] = [(0, node.card.height)]
    _add_grid(block, node.card.id, node.hanging, start + GAP_Y / 2, way_down, ratio)


def group_block(members: Sequence[Node], ratio: float = SCREEN_RATIO) -> Block:
    """Return a run of cards that hang from the line of their layer; see `node_block`."""
    block = Block()
    parent = members[0].parent
    assert parent is not None  # noqa: S101 - a run is part of a family
    _add_grid(block, parent.card.id, members, 0, [], ratio)
    return block


def _add_column(
    block: Block, parent: Node, members: Sequence[Node], *, x: float, y: float, side: int
) -> None:
    """Place cards in one column below a card at (x, y), indented to one side."""
    top = y + parent.card.height
    rail = x - side * (parent.card.width / 2 - INDENT / 2)
    for child in members:
        top += ROW_GAP
        card = child.card
        edge = rail + side * INDENT / 2
        centre = edge + side * card.width / 2
        middle = top + card.height / 2
        block.add(card, centre, top)
        path = [(rail, y + parent.card.height), (rail, middle), (edge, middle)]
        block.lines.append((parent.card.id, card.id, path))
        _add_column(block, child, child.children, x=centre, y=top, side=side)
        top += _column_height(child)


def _column_height(node: Node) -> float:
    """Return the height of a card and the column below it."""
    return node.card.height + sum(ROW_GAP + _column_height(child) for child in node.children)


def _add_grid(
    block: Block,
    parent_id: str,
    members: Sequence[Node],
    top: float,
    way_down: list[Point],
    ratio: float,
) -> None:
    """Place cards in pairs of columns around rails, row by row in reading order."""
    heights = [_column_height(member) for member in members]
    indent = INDENT if any(member.children for member in members) else 0
    width = max(member.card.width for member in members)
    columns = _columns(len(members), width, sum(heights) / len(heights), ratio)
    pair = 2 * (width + indent + RAIL_GAP) + GAP_X
    rails = [(i - (columns / 2 - 1) / 2) * pair for i in range(columns // 2)]
    level = top - GAP_Y / 4
    for start in range(0, len(members), columns):
        row = members[start : start + columns]
        for i, member in enumerate(row):
            rail, side = rails[i // 2], 1 if i % 2 else -1
            card = member.card
            edge = rail + side * RAIL_GAP
            centre, middle = edge + side * card.width / 2, top + card.height / 2
            block.add(card, centre, top)
            path = [*way_down, (0, level), (rail, level), (rail, middle), (edge, middle)]
            block.lines.append((parent_id, card.id, path))
            _add_column(block, member, member.children, x=centre, y=top, side=side)
        top += max(heights[start : start + columns]) + ROW_GAP


@lru_cache(maxsize=256)
def _columns(count: int, width: float, height: float, ratio: float) -> int:
    """Return the even number of columns whose grid comes closest to a ratio of width to height."""
    wanted = math.sqrt(ratio * count * (height + ROW_GAP) / (width + RAIL_GAP + GAP_X / 2))
    return max(2, 2 * round(wanted / 2))
