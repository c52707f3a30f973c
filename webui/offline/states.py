"""Which part of an organisation a file holds, and the charts of it that a reader can reach.

There is no layout in the browser. So a file brings the places of the cards for every state that its
reader can reach: opening a branch closes the others, which makes one state for each leader.
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
# Above an opened branch, a family wider than this shows the one on the way, and how many follow.
WIDE = 40
# Chains of thousands would else multiply with their length.
MOST_PLACES = 100_000


class Part:
    """The entries of a file, each under the one above it.

    A view of opened branches takes along all posts or units, the upper layers first, as far as
    `MOST_ENTRIES` go; every other view shows a part that somebody has chosen, and takes along that
    and no more. What is shown is there in any case.

    Attributes
    ----------
    parents
        The entry right above each one.
    contexts
        The entries that are there only because they stand over what was asked for.
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
        """Return the entries right below one, or the tops, in reading order."""
        return self._children.get(leader, ())

    def path(self, entry_id: str | None) -> list[str]:
        """Return an entry with all above it, the nearest first."""
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
        """Yield every entry after the one above it, siblings in reading order, with its layer."""
        waiting = [(top, 0) for top in reversed(self.children(None))]
        while waiting:
            entry, layer = waiting.pop()
            yield entry, layer
            waiting.extend((child, layer + 1) for child in reversed(self.children(entry)))

    def leave_out(self, leaders: Collection[str]) -> None:
        """Leave out all that stands below these leaders."""
        gone = [child for leader in leaders for child in self._children.pop(leader, ())]
        while gone:
            entry = gone.pop()
            self.parents.pop(entry)
            gone.extend(self._children.pop(entry, ()))

    def weight(self, entries: Collection[str]) -> int:
        """Return how many entries stand for: seats of posts, alike units."""
        return sum(map(self._hierarchy.weight, entries))

    def left_out(self, leader: str | None) -> int:
        """Return how many right below a leader are not in the file, and are told on a card."""
        if not self._is_whole:
            return self._rests.get(leader, 0)
        if leader is None:
            return self.weight(self._hierarchy.roots) - self.weight(self.children(None))
        return self._hierarchy.weight_below(leader) - self.weight(self.children(leader))


@dataclass(frozen=True, slots=True)
class State:
    """A chart that a reader can reach.

    Attributes
    ----------
    leader
        Whose branch is opened; None where only the tops are shown, and for the exported chart.
    """

    leader: str | None
    chart: Chart


def states(exhibit: Exhibit, part: Part) -> list[State]:
    """Return the chart as exported, its tops alone, and the branch of every leader.

    Where there would be too many places, what is below the last leaders leaves the part.
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
    """The cards of an exhibit, each made once however many states show it."""

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
    """Yield what a state shows: the way to a leader, the families along it, and its own."""
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
    """Return the members of a family that are shown, and how many follow."""
    members = part.children(parent)
    more = part.left_out(parent)
    if not is_own and len(members) > WIDE:
        more += part.weight([one for one in members if one not in path])
        members = [one for one in members if one in path]
    found: list[tuple[str, str | None, int]] = [(one, parent, 0) for one in members]
    return [*found, ("", parent, more)] if more else found
