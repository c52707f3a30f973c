"""The part of an organisation in a file, and its reachable chart states.

The browser has no layout code. A file therefore contains the positions of the cards for every
reachable state: opening a branch closes the others, so there is one state per leader.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.drawing.chart import draw_chart
from orgmodel.drawing.selection import MORE, Selection, Shown
from orgmodel.drawing.views import Cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.chart import Cards, Chart
    from orgmodel.drawing.exhibits import Exhibit

MOST_ENTRIES = 3_000
# Above an opened branch, a wider family shows only the entry on the path, and how many follow.
WIDE = 40
# Otherwise the number of positions would grow with the square of a chain's length.
MOST_PLACES = 100_000


class Part:
    """The entries of a file, each under the one above it.

    A view of open branches includes all posts or units, upper layers first, up to `MOST_ENTRIES`;
    any other view includes only the chosen part. The shown entries are always included.

    Attributes
    ----------
    parents
        The parent of each entry.
    contexts
        Entries included only as ancestors of the requested ones.
    """

    def __init__(self, exhibit: Exhibit) -> None:
        self._hierarchy = exhibit.hierarchy
        shown = exhibit.chart.selection.shown
        self.parents = {one.id: one.parent_id for one in shown if not one.more}
        self.contexts = frozenset(one.id for one in shown if one.is_context)
        self._rests = {one.parent_id: one.more for one in shown if one.more}
        self._is_whole = exhibit.view.cut is Cut.OPENED and not exhibit.view.filters
        if self._is_whole:
            self._add_layers()
        self._children: dict[str | None, list[str]] = {}
        for entry, parent in self.parents.items():
            self._children.setdefault(parent, []).append(entry)
        if self._is_whole:
            for family in self._children.values():
                family.sort(key=self._hierarchy.rank)

    def _add_layers(self) -> None:
        layer: deque[tuple[str, str | None]] = deque((top, None) for top in self._hierarchy.roots)
        while layer:
            entry, parent = layer.popleft()
            if entry not in self.parents:
                if len(self.parents) >= MOST_ENTRIES:
                    continue
                self.parents[entry] = parent
            layer.extend((child, entry) for child in self._hierarchy.children(entry))

    def children(self, leader: str | None) -> Sequence[str]:
        """Return the children of an entry, or the tops, in reading order."""
        return self._children.get(leader, ())

    def path(self, entry_id: str | None) -> list[str]:
        """Return an entry and its ancestors, the nearest first."""
        found: list[str] = []
        while entry_id is not None:
            found.append(entry_id)
            entry_id = self.parents[entry_id]
        return found

    def leaders(self) -> Iterator[str]:
        """Yield the entries that have others below them, layer by layer."""
        waiting = deque(self.children(None))
        while waiting:
            entry = waiting.popleft()
            below = self.children(entry)
            if below:
                yield entry
                waiting.extend(below)

    def in_order(self) -> Iterator[tuple[str, int]]:
        """Yield every entry with its layer: parents before children, siblings in reading order."""
        waiting = [(top, 0) for top in reversed(self.children(None))]
        while waiting:
            entry, layer = waiting.pop()
            yield entry, layer
            waiting.extend((child, layer + 1) for child in reversed(self.children(entry)))

    def leave_out(self, leaders: Collection[str]) -> None:
        """Leave out all entries below these leaders."""
        gone = [child for leader in leaders for child in self._children.pop(leader, ())]
        while gone:
            entry = gone.pop()
            self.parents.pop(entry)
            gone.extend(self._children.pop(entry, ()))

    def weight(self, entries: Collection[str]) -> int:
        """Return the number that entries represent: seats of posts, or identical units."""
        return sum(map(self._hierarchy.weight, entries))

    def left_out(self, leader: str | None) -> int:
        """Return how many direct children of a leader are not in the file, as shown on its card."""
        if not self._is_whole:
            return self._rests.get(leader, 0)
        if leader is None:
            return self.weight(self._hierarchy.roots) - self.weight(self.children(None))
        return self._hierarchy.weight_below(leader) - self.weight(self.children(leader))


@dataclass(frozen=True, slots=True)
class State:
    """A reachable state of the chart.

    Attributes
    ----------
    leader
        The leader whose branch is open; None for the tops alone, and for the exported chart.
    """

    leader: str | None
    chart: Chart


def states(exhibit: Exhibit, part: Part) -> list[State]:
    """Return the chart as exported, its tops alone, and the branch of every leader.

    If there would be too many positions, entries below the last leaders are left out.
    """
    found = [State(None, exhibit.chart), _state(exhibit, part, None)]
    count = sum(len(one.chart.cards) for one in found)
    shown = {one.id for one in exhibit.chart.selection.shown if one.is_open}
    left: list[str] = []
    for leader in part.leaders():
        if count < MOST_PLACES:
            state = _state(exhibit, part, leader)
            count += len(state.chart.cards)
            found.append(state)
        elif leader not in shown:
            left.append(leader)
    part.leave_out(left)
    return found


class KeptCards:
    """The cards of an exhibit, each built once for all states."""

    def __init__(self, cards: Cards) -> None:
        self.organisation = cards.organisation
        self.language = cards.language
        self._cards = cards
        self._kept: dict[str, CardText] = {}

    def card(self, entry_id: str) -> CardText:
        """Return the card of an entry."""
        kept = self._kept.get(entry_id)
        if kept is None:
            kept = self._kept[entry_id] = self._cards.card(entry_id)
        return kept


def _state(exhibit: Exhibit, part: Part, leader: str | None) -> State:
    shown = tuple(_shown(part, exhibit, leader))
    hidden = exhibit.hierarchy.total - part.weight([one.id for one in shown if not one.more])
    selection = Selection(shown, hidden)
    return State(leader, draw_chart(exhibit.cards, exhibit.hierarchy, selection, exhibit.drawing))


def _shown(part: Part, exhibit: Exhibit, leader: str | None) -> Iterator[Shown]:
    """Yield the entries of a state: the path to a leader, the families along it, and its own."""
    path = frozenset(part.path(leader))
    waiting = _family(part, None, path, is_own=leader is None)[::-1]
    layers: dict[str | None, int] = {None: -1}
    while waiting:
        entry, parent, more = waiting.pop()
        layer = layers[parent] + 1
        if more:
            yield Shown(f"{MORE}{parent or ''}", parent, layer, more=more)
            continue
        layers[entry] = layer
        is_open = entry in path
        below = exhibit.hierarchy.weight_below(entry) if part.children(entry) else 0
        is_context = entry in part.contexts
        yield Shown(entry, parent, layer, below, is_open, 0 if is_open else below, is_context)
        if is_open:
            waiting.extend(_family(part, entry, path, is_own=entry == leader)[::-1])


def _family(
    part: Part, parent: str | None, path: frozenset[str], *, is_own: bool
) -> list[tuple[str, str | None, int]]:
    """Return the shown members of a family, and how many follow."""
    members = part.children(parent)
    more = part.left_out(parent)
    if not is_own and len(members) > WIDE:
        more += part.weight([one for one in members if one not in path])
        members = [one for one in members if one in path]
    found: list[tuple[str, str | None, int]] = [(one, parent, 0) for one in members]
    return [*found, ("", parent, more)] if more else found
