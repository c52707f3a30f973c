"""The data of a file, small: every text once, every card once, a state as whole numbers.

What each list holds, in order, is said here and read in `data.js`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from orgmodel.drawing.describing import long_description, short_description
from webui.offline.finding import search_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.layout import Place
    from webui.offline.part import Part
    from webui.offline.states import State

    Row = list[object]
    Points = Sequence[tuple[float, float]]

INFERRED, ELSEWHERE = 1, 2


class Packed:
    """The entries, cards and states of a file.

    Attributes
    ----------
    strings
        Every text of an entry or a card once; all else names it by its number.
    entries
        What is known of an entry, whatever the state: its id; as texts its title, holder, unit,
        figures and status in words, its status, its look, its note in the list, a sentence on its
        family, and its holders, titles and units as search knows them; the number of the entry
        above it, else -1; how many are right below it, and how many of these are not in the file;
        the state in which its branch is open, else -1; for how many others a card stands for the
        rest of a family; and marks.
    cards
        The entry, twice its number and one more where its family is open; the frame; width and
        height; and five values for each mark: style, place, text and width.
    states
        What is said of the chart, and of what is folded away; width and height; three numbers a
        card: its own, its middle, its upper edge; the way of the line to each card; and the lines beside: a sentence and the way.
    """

    def __init__(self, exhibit: Exhibit, part: Part, elsewhere: str) -> None:
        self.strings: list[str] = []
        self.entries: list[Row] = []
        self.cards: list[Row] = []
        self.states: list[Row] = []
        self._exhibit = exhibit
        self._part = part
        self._elsewhere = elsewhere
        self._texts: dict[str, int] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._card_numbers: dict[tuple[int, bool, bool], int] = {}
        self._sentences: dict[str, str] = {}
        self._beside_words: list[tuple[str, ...]] = []
        self._openings: dict[str, int] = {}

    def add(
        self,
        states: Sequence[State],
        notes: Mapping[str, str],
        hidden_words: Callable[[Chart], str],
    ) -> None:
        """Add all states, and the entries that they show.

        Parameters
        ----------
        notes
            What the list of all notes of an entry.
        hidden_words
            What is said of a chart's entries that are folded away.
        """
        for number, state in enumerate(states):
            if state.leader is not None:
                self._openings[state.leader] = number
            self._add_sentences(state)
        for state, beside in zip(states, self._beside_words, strict=True):
            packed = self._state(state.chart, notes)
            lines = zip(beside, state.chart.cross_lines, strict=True)
            self.states.append(
                [
                    short_description(state.chart, self._exhibit.language),
                    hidden_words(state.chart),
                    *packed,
                    [[self._text(said), *_way(line.points, None)] for said, line in lines],
                ]
            )

    def as_dict(self) -> dict[str, object]:
        """Return everything under its name."""
        return {
            "strings": self.strings,
            "entries": self.entries,
            "cards": self.cards,
            "states": self.states,
        }

    def _text(self, text: str) -> int:
        number = self._texts.setdefault(text, len(self.strings))
        if number == len(self.strings):
            self.strings.append(text)
        return number

    def _add_sentences(self, state: State) -> None:
        """Keep what is said of each family, as its own state says it where there is one.

        What is said of the lines beside is kept for each state.
        """
        said = long_description(state.chart, self._exhibit.language)
        leaders = {one.shown.parent_id for one in state.chart.cards}
        in_order = [one.card.id for one in state.chart.cards if one.card.id in leaders]
        for leader, sentence in zip(in_order, said, strict=False):
            if leader == state.leader or leader not in self._sentences:
                self._sentences[leader] = sentence
        self._beside_words.append(said[len(in_order) :])

    def _number(self, one: ShownCard, notes: Mapping[str, str]) -> int:
        """Return the number of an entry, which is added when it is first shown."""
        key = (one.card.id, one.shown.more)
        number = self._numbers.setdefault(key, len(self.entries))
        if number == len(self.entries):
            self.entries.append(self._entry(one, notes.get(one.card.id, "")))
        return number

    def _is_elsewhere(self, one: ShownCard) -> bool:
        """Tell whether a card stands for entries of which none is in the file."""
        left_out = self._part.left_out(one.shown.parent_id)
        return 0 < one.shown.more <= left_out

    def _entry(self, one: ShownCard, note: str) -> Row:
        card, shown, text = one.card, one.shown, self._text
        parent = shown.parent_id
        is_elsewhere, is_rest = self._is_elsewhere(one), bool(shown.more)
        unit = self._elsewhere if is_elsewhere else card.full_unit
        hierarchy = self._exhibit.hierarchy
        is_inferred = not is_rest and parent is not None and hierarchy.is_inferred(card.id)
        below, inside = self._below(one)
        found = ("", "", "") if is_rest else search_words(self._exhibit, card.id)
        return [
            card.id,
            *map(text, (card.full_title, card.full_name, unit, card.figures_in_words)),
            *map(text, (card.chip, card.status.value, one.value, note)),
            text(self._sentences.get(card.id, "")),
            *map(text, found),
            -1 if parent is None else self._numbers[(parent, 0)],
            below,
            below - inside,
            self._openings.get(card.id, -1),
            shown.more,
            INFERRED * is_inferred + ELSEWHERE * is_elsewhere,
        ]

    def _below(self, one: ShownCard) -> tuple[int, int]:
        """Return how many are right below an entry, and how many of these are in the file."""
        if one.shown.more:
            return 0, 0
        inside = self._part.weight(self._part.children(one.card.id))
        return self._exhibit.hierarchy.weight_below(one.card.id), inside

    def _card(self, one: ShownCard, entry: int) -> int:
        """Return the number of a card, which is added when it is first shown."""
        card, is_open = one.card, one.shown.is_open
        key = (entry, card.is_compact, is_open)
        number = self._card_numbers.setdefault(key, len(self.cards))
        if number == len(self.cards):
            if self._is_elsewhere(one):
                card = replace(card, unit=(self._elsewhere,))
            # A branch that cannot be opened in this file has no button.
            below, inside = self._below(one)
            has_button = is_open or (inside > 0 and card.id in self._openings)
            shown = replace(one.shown, below=below if has_button else 0, folded=0)
            marks = replace(one, card=card, shown=shown).marks()
            row: Row = [2 * entry + is_open, self._text(card.status), card.width, _n(card.height)]
            for style, x, y, text, width in marks:
                row += (self._text(style), round(x, 2), y, self._text(text), round(width, 2))
            self.cards.append(row)
        return number

    def _state(self, chart: Chart, notes: Mapping[str, str]) -> Row:
        places = chart.layout.places
        ways = {line.child_id: line for line in chart.connectors}
        numbers: list[int] = []
        lines: list[list[int]] = []
        for one in chart.cards:
            place = places[one.card.id]
            card = self._card(one, self._number(one, notes))
            numbers += (card, round(place.x), round(place.y))
            line = ways.get(one.card.id)
            lines.append(_way(line.points, places[line.parent_id]) if line else [])
        return [_n(chart.layout.width), _n(chart.layout.height), numbers, lines]


def _way(points: Points, above: Place | None) -> list[int]:
    """Return where a line begins, from the card above, and its steps: down, across, down."""
    left, top = (round(above.x), round(above.y)) if above else (0, 0)
    rounded = [(round(x), round(y)) for x, y in points]
    (x, y), *_rest = rounded
    found = [x - left, y - top]
    for (x1, y1), (x2, y2) in pairwise(rounded):
        is_down_next = len(found) % 2 == 0
        if x1 == x2:
            found += [y2 - y1] if is_down_next else [0, y2 - y1]
        else:
            found += [y2 - y1, x2 - x1] if is_down_next else [x2 - x1]
    return found


def _n(number: float) -> float:
    """Return a number without a fraction where it has none."""
    return int(number) if number == int(number) else round(number, 1)
