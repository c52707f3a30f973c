"""The states of a chart in a file: as it was exported, and each branch opened by itself.

There is no layout in the browser. So a file brings the places of the cards for every state that its
reader can reach: opening a branch closes the others, which makes one state for each leader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.drawing.chart import draw_chart
from orgmodel.drawing.selection import MORE, Selection, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.chart import Cards, Chart
    from orgmodel.drawing.exhibits import Exhibit
    from webui.offline.part import Part

# Above an opened branch, a family wider than this shows the one on the way, and how many follow.
WIDE = 40
# A place of a card takes some 20 bytes; chains of thousands would else multiply with their length.
MOST_PLACES = 100_000


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
