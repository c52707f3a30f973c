"""Which part of an organisation is in a file: what its chart can unfold, and what a search finds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from orgmodel.drawing.views import Cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgmodel.drawing.exhibits import Exhibit

MOST_ENTRIES = 3_000


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

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self.parents

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
