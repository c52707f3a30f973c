"""The places of a network's cards: the centre in the middle, what is one step away around it.

Three steps, all of them the same each time:

1. each node gets a sector of the circle as wide as what it leads to, so that the ways outwards do
   not cross; the order around the centre is that of its bundles, the leader on top;
2. distances approach the number of lines between two nodes (stress majorisation: E. Gansner,
   Y. Koren, S. North, "Graph drawing by stress majorization", 2004);
3. cards that overlap are moved apart, and cards on lines that are not theirs are moved aside.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.drawing.tie_cards import REST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from orgmodel.drawing.tie_cards import TieCards

    Places = NDArray[np.float64]

# Pixels of one line; pictures are wider than they are high, as screens are.
_LINE, _STRETCH = 128.0, 1.5
# A line besides the ways outwards may be longer.
_BESIDE = 1.7
_SWAPS, _ROUNDS, _APART = 6, 30, 60
# Cards that still overlap after so many turns need more room.
_PATIENCE, _GROWTH = 16, 1.06
_GAP_ACROSS, _GAP_DOWN = 18.0, 14.0
_ASIDE = 8.0
# Less overlap than this many pixels, and a card this close to the end of a line, do not count.
_TOUCHING, _NEAR = 0.5, 0.02
_TOP = -math.pi / 2


@dataclass(frozen=True, slots=True)
class TieLayout:
    """The middle of each card, in pixels; the picture goes from (left, top) by width and height."""

    places: Mapping[str, tuple[float, float]]
    left: float
    top: float
    width: float
    height: float


def tie_layout(cards: TieCards, centres: Sequence[str], parents: Mapping[str, str]) -> TieLayout:
    """Return the places of the cards of a network around one centre, or between two."""
    ids = [one.id for one in cards.cards]
    numbers = {one: n for n, one in enumerate(ids)}
    sizes = np.array([(one.width, one.height) for one in cards.cards], dtype=float)
    edges = [(numbers[one.from_id], numbers[one.to_id]) for one in cards.lines]
    lengths = [1.0 if one.is_way else _BESIDE for one in cards.lines]
    hops = _hops(len(ids), edges, lengths)
    if len(centres) > 1:
        first = _between(hops, numbers[centres[0]], numbers[centres[1]])
    else:
        own = {one.to_id: one.from_id for one in cards.lines if one.style == REST}
        first = _around(ids, centres[0], {**parents, **own}, cards)
    fixed = [numbers[one] for one in centres]
    places = _settled(first, hops, fixed if len(fixed) > 1 else [])
    places -= places[fixed].mean(axis=0)
    places[:, 0] *= _STRETCH
    _move_apart(places, sizes, edges, fixed)
    low, high = (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)
    found = {
        one: (round(float(x), 1), round(float(y), 1))
        for one, (x, y) in zip(ids, places, strict=True)
    }
    left, top = (math.floor(one) for one in low)
    width, height = math.ceil(high[0]) - left, math.ceil(high[1]) - top
    return TieLayout(found, left, top, width, height)


# The first places -------------------------------------------------------------------------------


def _around(
    ids: Sequence[str], centre: str, parents: Mapping[str, str], cards: TieCards
) -> Places:
    """Return places on rings: every node in the middle of a sector of its own."""
    below: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        if one in parents:
            below[parents[one]].append(one)
    branches = {centre: centre}
    for one in _outwards(centre, below)[1:]:
        branches[one] = one if parents[one] == centre else branches[parents[one]]
    others = [
        (line.from_id, line.to_id)
        for line in cards.lines
        if branches[line.from_id] != branches[line.to_id]
        and centre not in {line.from_id, line.to_id}
    ]
    weights: dict[str, float] = {}
    for one in reversed(_outwards(centre, below)):
        weights[one] = max(1.0, sum(weights[each] for each in below[one]))
    crossing = Counter(frozenset((branches[one], branches[other])) for one, other in others)
    below[centre] = _ordered(below[centre], weights, crossing)
    angles = _angles(centre, below, weights)
    # Within its sector, each node is on the side of what else it has lines to.
    pulls: dict[str, list[float]] = defaultdict(list)
    for one, other in others:
        for start, there in ((one, other), (other, one)):
            turn = math.remainder(angles[there] - angles[branches[start]], 2 * math.pi)
            here = start
            while here != centre:
                pulls[here].append(turn)
                here = parents[here]
    for one in [each for each in below if each != centre]:
        below[one].sort(key=lambda each: sum(pulls[each]) / len(pulls[each]) if pulls[each] else 0)
    angles = _angles(centre, below, weights)
    rings = {centre: 0}
    for one in _outwards(centre, below)[1:]:
        rings[one] = rings[parents[one]] + 1
    return np.array(
        [
            (
                rings[one] * _LINE * math.cos(angles[one]),
                rings[one] * _LINE * math.sin(angles[one]),
            )
            for one in ids
        ]
    )


def _ordered(
    branches: Sequence[str], weights: Mapping[str, float], crossing: Mapping[frozenset[str], int]
) -> list[str]:
    """Return the branches around the centre, those with lines between them close to each other.

    Two branches change places as long as that makes the lines between branches shorter.
    """
    order = list(branches)
    pairs = [(min(pair), max(pair), count) for pair, count in crossing.items()]

    def length() -> float:
        angles: dict[str, float] = {}
        at = 0.0
        for one in order:
            angles[one] = at + weights[one] / 2
            at += weights[one]
        total = 0.0
        for one, other, count in pairs:
            gap = abs(angles[one] - angles[other])
            total += min(gap, at - gap) * count
        return total

    best, is_better = length(), bool(pairs)
    for _round in range(_SWAPS):
        if not is_better:
            break
        is_better = False
        for one, other in itertools.combinations(range(1, len(order)), 2):
            order[one], order[other] = order[other], order[one]
            now = length()
            if now < best - 1e-9:
                best, is_better = now, True
            else:
                order[one], order[other] = order[other], order[one]
    return order


def _angles(
    centre: str, below: Mapping[str, Sequence[str]], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return the angle of each node; the first one around the centre is on top."""
    first = below[centre][0] if below[centre] else centre
    start = _TOP - math.pi * weights[first] / weights[centre]
    sectors = {centre: (start, start + 2 * math.pi)}
    for here in _outwards(centre, below):
        low, high = sectors[here]
        whole = sum(weights[one] for one in below[here]) or 1.0
        for one in below[here]:
            end = low + (high - sectors[here][0]) * weights[one] / whole
            sectors[one] = low, end
            low = end
    return {one: (low + high) / 2 for one, (low, high) in sectors.items()}


def _outwards(centre: str, below: Mapping[str, Sequence[str]]) -> list[str]:
    found = [centre]
    for one in found:
        found.extend(below.get(one, ()))
    return found


def _between(hops: Places, first: int, second: int) -> Places:
    """Return places from left to right: the first node, what is between, the second node."""
    apart = max(2.0, hops[first, second])
    across = (hops[first] - hops[second]) / 2 * _LINE
    across[first], across[second] = -apart * _LINE / 2 - _LINE, apart * _LINE / 2 + _LINE
    places = np.zeros((len(hops), 2))
    places[:, 0] = across
    columns: dict[float, list[int]] = defaultdict(list)
    for n, x in enumerate(across):
        columns[round(float(x))].append(n)
    for members in columns.values():
        for place, n in enumerate(members):
            places[n, 1] = (place - (len(members) - 1) / 2) * _LINE / 2
    return places


# Distances --------------------------------------------------------------------------------------


def _hops(count: int, edges: Sequence[tuple[int, int]], lengths: Sequence[float]) -> Places:
    """Return the length of the shortest way between every two nodes, in lines."""
    found = np.full((count, count), np.inf)
    np.fill_diagonal(found, 0.0)
    for (start, end), length in zip(edges, lengths, strict=True):
        found[start, end] = found[end, start] = min(found[start, end], length)
    for middle in range(count):
        np.minimum(found, found[:, middle, None] + found[None, middle, :], out=found)
    found[np.isinf(found)] = found[np.isfinite(found)].max() + 1
    return found


def _settled(places: Places, hops: Places, fixed: Sequence[int]) -> Places:
    """Return places whose distances are closer to the hops."""
    count = len(places)
    if count <= len(fixed) + 1:
        return places
    wanted = hops * _LINE
    weights = np.zeros_like(wanted)
    np.divide(1.0, hops**2, out=weights, where=hops > 0)
    totals = weights.sum(axis=1)[:, None]
    kept = places[list(fixed)].copy()
    for _round in range(_ROUNDS):
        gaps = places[:, None, :] - places[None, :, :]
        lengths = np.sqrt((gaps**2).sum(axis=2))
        np.fill_diagonal(lengths, 1.0)
        aims = places[None, :, :] + gaps * (wanted / np.maximum(lengths, 1.0))[:, :, None]
        places = (weights[:, :, None] * aims).sum(axis=1) / totals
        places[list(fixed)] = kept
    return places


# Overlaps ---------------------------------------------------------------------------------------


def _move_apart(
    places: Places, sizes: Places, edges: Sequence[tuple[int, int]], fixed: Sequence[int]
) -> None:
    """Move cards until none overlaps another, away from lines as far as there is room."""
    needed = (sizes[:, None, :] + sizes[None, :, :]) / 2 + (_GAP_ACROSS, _GAP_DOWN)
    pairs = np.array(edges, dtype=int).reshape(-1, 2)
    for turn in itertools.count():
        if turn < _APART:
            _step_aside(places, sizes, pairs)
        elif (turn - _APART) % _PATIENCE == _PATIENCE - 1:
            # There is too little room: everything gets more.
            places *= _GROWTH
        moves = _pushes(places, needed)
        if moves is None and turn >= _APART:
            return
        if moves is not None:
            moves[list(fixed)] = 0
            places += moves


def _pushes(places: Places, needed: Places) -> Places | None:
    """Return by how much each card is pushed by those that it overlaps; None without overlaps."""
    gaps = places[:, None, :] - places[None, :, :]
    over = needed - np.abs(gaps)
    np.einsum("iik->ik", over)[:] = -1.0
    hit = (over > _TOUCHING).all(axis=2)
    if not hit.any():
        return None
    numbers = np.arange(len(places))
    order = np.sign(numbers[:, None] - numbers)[:, :, None]
    pushes = np.where(gaps == 0, order, np.sign(gaps)) * over
    is_across = over[:, :, 0] / _STRETCH < over[:, :, 1]
    pushes[:, :, 0][~(hit & is_across)] = 0
    pushes[:, :, 1][~(hit & ~is_across)] = 0
    count = np.maximum(1, hit.sum(axis=1))[:, None]
    moved: Places = pushes.sum(axis=1) / 2 / np.sqrt(count)
    return moved


def _step_aside(places: Places, sizes: Places, pairs: NDArray[np.int_]) -> None:
    """Move cards a little from lines that run behind them without ending there."""
    if not len(pairs):
        return
    starts, ends = places[pairs[:, 0]], places[pairs[:, 1]]
    along = ends - starts
    squares = np.maximum((along**2).sum(axis=1), 1.0)
    away = places[None, :, :] - starts[:, None, :]
    part = np.clip((away * along[:, None, :]).sum(axis=2) / squares[:, None], 0.0, 1.0)
    offset = away - part[:, :, None] * along[:, None, :]
    lengths = np.sqrt((offset**2).sum(axis=2))
    # How far a card reaches towards the line.
    normals = np.stack((-along[:, 1], along[:, 0]), axis=1) / np.sqrt(squares)[:, None]
    reach = (np.abs(normals)[:, None, :] * (sizes / 2)[None, :, :]).sum(axis=2) + _ASIDE
    is_end = np.zeros(lengths.shape, dtype=bool)
    rows = np.arange(len(pairs))
    is_end[rows, pairs[:, 0]] = True
    is_end[rows, pairs[:, 1]] = True
    missing = np.where((part > _NEAR) & (part < 1 - _NEAR) & ~is_end, reach - lengths, 0.0)
    missing = np.maximum(missing, 0.0)
    signs = np.sign((offset * normals[:, None, :]).sum(axis=2))
    signs = np.where(signs == 0, 1.0, signs)
    moves = (missing * signs)[:, :, None] * normals[:, None, :]
    places += 0.15 * moves.sum(axis=0) / np.sqrt(np.maximum(1, (missing > 0).sum(axis=0)))[:, None]
