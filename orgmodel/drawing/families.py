"""Families of cards: members side by side, in rows or columns under a line, or beside the line.

A *family* is the cards under one leader. A *block* is a card with everything that moves with it,
measured from the middle of its upper edge; a family in rows or columns is a block too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# All in pixels at scale 1. Lines run half-way between two layers, and between two rows.
GAP_X, GAP_Y, ROWS_GAP = 28, 38, 36
# Between two layers in which every card has only one below it.
STRAIGHT_GAP = 26
# Between a rail and the cards beside it; between the cards below each other along a rail, and
# between a card and its own children there, which are indented.
RAIL_GAP, ROW_GAP, CHILD_GAP, INDENT = 10, 18, 14, 24
STAFF_GAP = 32
SIDE_BY_SIDE = 5
MOST_ROWS = 6
LONGEST_COLUMN = 6
RUN_THAT_HANGS = 3
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How families are arranged.

    Attributes
    ----------
    side_by_side
        The most members of a family beside each other; a larger family of short members is
        arranged in rows, or in columns along rails.
    among_siblings
        The same for the family of a leader who has siblings.
    nests
        Whether the members of rows and columns may have children of their own below them.
    has_rows
        Whether families may stand in rows.
    columns
        The number of columns along rails; 0 for as many as are side by side.
    has_runs
        Whether adjacent short members of a wide family are arranged together if other members are
        not short.
    """

    side_by_side: int = SIDE_BY_SIDE
    among_siblings: int = _PAIR
    nests: bool = True
    has_rows: bool = True
    columns: int = 0
    has_runs: bool = True

    def most_across(self, leader: Node) -> int:
        """Return the most members of a leader's family beside each other."""
        has_siblings = leader.parent is not None and len(leader.parent.children) > 1
        return self.among_siblings if has_siblings else self.side_by_side

    def groups(self, node: Node) -> bool:
        """Tell whether a card with its descendants is small enough for rows and columns."""
        is_nest = node.layers_below == 1 and len(node.children) <= LONGEST_COLUMN
        return node.layers_below == 0 or (self.nests and is_nest)


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
    families
        Children in the next layer: each a single card, or a group in rows or columns.
    inside
        Whether it moves with a card above it and belongs to no layer of its own.
    """

    card: Card
    parent: Node | None = None
    depth: int = 0
    children: list[Node] = field(default_factory=list)
    layers_below: int = 0
    beside: list[Node] = field(default_factory=list)
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
    """Divide a card's children into those beside the line and those in the next layer."""
    if node.inside:
        for child in node.children:
            child.inside = True
        return
    node.depth = node.parent.depth + 1 if node.parent else 0
    node.beside = [child for child in node.children if _may_stand_beside(child)]
    below = [child for child in node.children if not _may_stand_beside(child)]
    if not below:
        node.beside, below = [], node.children
    node.families = _families(below, arrangement, arrangement.most_across(node))
    for child in node.beside:
        child.inside = True
    for family in node.families:
        for child in family:
            child.inside = len(family) > 1


def _may_stand_beside(node: Node) -> bool:
    return node.card.beside and not node.children


def _families(below: list[Node], arrangement: Arrangement, most: int) -> list[list[Node]]:
    """Return the children one by one; those of a wide family that are short together."""
    if len(below) <= most:
        return [[child] for child in below]
    if all(map(arrangement.groups, below)):
        return [below]
    if not arrangement.has_runs:
        return [[child] for child in below]
    families: list[list[Node]] = []
    run: list[Node] = []
    for child in [*below, None]:
        if child is not None and arrangement.groups(child):
            run.append(child)
            continue
        families += [run] if len(run) >= RUN_THAT_HANGS else [[one] for one in run]
        run = []
        if child is not None:
            families.append([child])
    return families


def head_height(node: Node) -> float:
    """Return the height of a card and of the cards beside it or beside its line."""
    return node_block(node).height


def node_block(node: Node) -> Block:
    """Return a card with the cards beside it or beside its line."""
    if node.block is None:
        node.block = Block()
        node.block.add(node.card, 0, 0)
        _add_beside(node.block, node)
    return node.block


def _add_beside(block: Block, node: Node) -> None:
    """Place staff in pairs: level with an only child's card, else beside the line below a card."""
    card = node.card
    is_level = node.parent is None or len(node.parent.children) == 1
    top = 0.0 if is_level else card.height + GAP_Y / 2
    gap = card.width / 2 + STAFF_GAP if is_level else RAIL_GAP
    for i in range(0, len(node.beside), _PAIR):
        pair = node.beside[i : i + _PAIR]
        # The first pair stands at the middle of its leader's card.
        height = max(child.card.height for child in pair)
        if is_level and i == 0:
            height = max(height, card.height)
        middle = top + height / 2
        start: list[Point] = [(0, card.height), (0, middle)]
        for side, child in zip((-1, 1), pair, strict=False):
            at = side * (gap + child.card.width / 2)
            block.add(child.card, at, middle - child.card.height / 2)
            begin = [(side * card.width / 2, middle)] if middle < card.height else start
            block.lines.append((card.id, child.card.id, [*begin, (side * gap, middle)]))
        top += height + GAP_Y / 2


def group_block(members: Sequence[Node], arrangement: Arrangement) -> Block:
    """Return a family, or a part of it, in rows or in columns along rails.

    Its lines begin above it, half-way between its layer and the one above.
    """
    parent = members[0].parent
    assert parent is not None  # noqa: S101 - a group is part of a family
    most = arrangement.most_across(parent)
    block = Block()
    if arrangement.has_rows and most > _PAIR and len(members) <= MOST_ROWS * most:
        _add_rows(block, members, _rows(len(members), most))
    else:
        _add_grid(block, members, arrangement.columns or most)
    return block


def _rows(count: int, most: int) -> list[int]:
    """Return how many members each row has.

    The line to lower rows passes through the middle of the upper ones, whose number of members is
    therefore even; the last row has about as many.
    """
    for rows in range(-(-count // most), count):
        choices = [
            (abs(even - last), even, last)
            for even in range(_PAIR, most + 1, _PAIR)
            if 0 < (last := count - (rows - 1) * even) <= most
        ]
        if choices:
            _difference, even, last = min(choices)
            return [even] * (rows - 1) + [last]
    return [count]


def _add_rows(block: Block, members: Sequence[Node], rows: Sequence[int]) -> None:
    """Place cards in rows, each below a line of its own."""
    width = max(member.card.width for member in members)
    indent = INDENT if any(member.children for member in members) else 0
    slot = width + indent + GAP_X
    waiting = iter(members)
    top, level, first = 0.0, -GAP_Y / 2, -GAP_Y / 2
    for count in rows:
        row = [next(waiting) for _n in range(count)]
        for i, member in enumerate(row):
            # Indented children need room beside the line that passes through an even row.
            aside = indent / 2 if count % _PAIR == 0 else 0
            centre = (i - (count - 1) / 2) * slot - aside
            block.add(member.card, centre, top)
            path: list[Point] = [(0, first), (0, level), (centre, level), (centre, top)]
            block.lines.append((_leader_id(member), member.card.id, path))
            _add_column(block, member, x=centre, y=top, side=1)
        top += max(map(_column_height, row)) + ROWS_GAP
        level = top - ROWS_GAP / 2


def _add_grid(block: Block, members: Sequence[Node], columns: int) -> None:
    """Place cards in columns along rails, row by row in reading order.

    There is one column, or an even number of them in pairs.
    """
    columns += columns % _PAIR if columns > 1 else 0
    indent = INDENT if any(member.children for member in members) else 0
    width = max(member.card.width for member in members)
    pair = 2 * (width + indent + RAIL_GAP) + GAP_X
    rails = [(i - (columns / 2 - 1) / 2) * pair for i in range(columns // 2)] or [-width / 2]
    top, level = 0.0, -GAP_Y / 2
    for start in range(0, len(members), columns):
        row = members[start : start + columns]
        for i, member in enumerate(row):
            rail, side = rails[i // 2], 1 if i % 2 or columns == 1 else -1
            card = member.card
            edge = rail + side * RAIL_GAP
            centre, middle = edge + side * card.width / 2, top + card.height / 2
            block.add(card, centre, top)
            path: list[Point] = [(0, level), (rail, level), (rail, middle), (edge, middle)]
            block.lines.append((_leader_id(member), card.id, path))
            _add_column(block, member, x=centre, y=top, side=side)
        top += max(map(_column_height, row)) + ROW_GAP


def _add_column(block: Block, leader: Node, *, x: float, y: float, side: int) -> None:
    """Place the children of a card at (x, y) in a column below it, indented to one side."""
    bottom = y + leader.card.height
    rail = x - side * (leader.card.width / 2 - INDENT / 2)
    top = bottom
    for child in leader.children:
        top += CHILD_GAP
        card = child.card
        edge = rail + side * INDENT / 2
        block.add(card, edge + side * card.width / 2, top)
        middle = top + card.height / 2
        path: list[Point] = [(rail, bottom), (rail, middle), (edge, middle)]
        block.lines.append((leader.card.id, card.id, path))
        top += card.height


def _column_height(node: Node) -> float:
    """Return the height of a card and the column below it."""
    return node.card.height + sum(CHILD_GAP + child.card.height for child in node.children)


def _leader_id(member: Node) -> str:
    assert member.parent is not None  # noqa: S101 - it is part of a family
    return member.parent.card.id


# Outline ------------------------------------------------------------------------------------------


def outline(cards: Sequence[Card]) -> Block:
    """Return cards below each other for a narrow room, each indented under its leader."""
    nodes = family_tree(cards)
    block = Block()
    top = 0.0
    bottoms: dict[str, tuple[float, float]] = {}
    for node in _in_order(nodes):
        card = node.card
        left, bottom = bottoms[card.parent_id] if card.parent_id is not None else (-INDENT, 0)
        if node.parent is None and top:
            top += GAP_X - CHILD_GAP
        edge, middle = left + INDENT, top + card.height / 2
        block.add(card, edge + card.width / 2, top)
        if card.parent_id is not None:
            rail = left + INDENT / 2
            path: list[Point] = [(rail, bottom), (rail, middle), (edge, middle)]
            block.lines.append((card.parent_id, card.id, path))
        bottoms[card.id] = edge, top + card.height
        top += card.height + CHILD_GAP
    return block


def _in_order(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield cards in reading order, each followed by those below it."""
    waiting = [node for node in reversed(nodes) if node.parent is None]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
