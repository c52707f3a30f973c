"""The colours of cards by layer, span, kind, vacancy or none, with their legend.

Every picture of a chart takes its colours from here. The meaning of a colour is always also in
words on the card or in the legend, and text has a contrast of at least 4.5 to its background.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.choices import Coloring
from orgmodel.model.bands import SPAN_BANDS
from orgmodel.model.entities import Level
from orgmodel.model.statuses import STATUS_FACTS
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.analysis.spans.facets import Facets
    from orgmodel.texts import Worded

_INK, _QUIET, _PAPER = "#13202f", "#566577", "#ffffff"
# Colours that are the same in every picture, whatever property colours the cards.
PENS: Mapping[str, str] = {
    "line": "#7b8a9d",
    "cross": "#9a3fa0",
    "shadow": "#e6ebf0",
    "select": "#1b5fa7",
    "ring": "#d3e2f1",
    "ink": _INK,
    "quiet": _QUIET,
    "paper": _PAPER,
    **{
        name: color
        for facts in STATUS_FACTS.values()
        if facts.chip
        for name, color in facts.chip.pens().items()
    },
}
_RULE, _EDGE = "#e6ebf0", "#d3dce6"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a card, as #rrggbb; cards are white, and one colour is their accent.

    Attributes
    ----------
    band
        The accent: on slides a stripe, elsewhere the outline of samples and of distant cards.
    tint
        The circle with the holder's initials.
    mark
        The initials.
    ink, quiet
        The text, and the smaller text.
    rule
        The line over the figures.
    edge
        The outline.
    """

    band: str
    tint: str
    mark: str
    ink: str = _INK
    quiet: str = _QUIET
    rule: str = _RULE
    edge: str = _EDGE

    def as_dict(self) -> dict[str, str]:
        """Return the colours by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A look and its meaning; `value` is the value that it encodes."""

    value: str
    look: Look
    words: Worded


def _shade(band: str, tint: str) -> Look:
    """Return a step of a scale, whose circles differ by lightness."""
    return Look(band, tint, _INK)


_PLAIN = Look("#97a3b0", "#eef1f5", "#566577")
DIMMED = Look("#dde3ea", "#f4f6f8", "#626e7a", "#626e7a", "#626e7a", "#eef1f5", "#dde3ea")
_POLITICAL = Look("#6b3fa0", "#efe7f8", "#5b3391")
_LAYERS = (
    Look("#12355b", "#e0e7f0", "#12355b"),
    Look("#1b5fa7", "#dfecf9", "#175494"),
    Look("#2c8a8a", "#dcf0ef", "#1c6363"),
    Look("#6c7f93", "#e8edf2", "#4a5d70"),
    Look("#a08a6a", "#f3eee6", "#6b5836"),
)
_BANDS = (
    _shade("#8fb7d8", "#eef5fb"),
    _shade("#6a9fc8", "#d8e7f4"),
    _shade("#4b8bbd", "#bdd7ed"),
    _shade("#2f77b0", "#9cc3e3"),
    _shade("#1f5d90", "#84b5dc"),
    _shade("#14365c", "#6ba3d1"),
)
# Eight hues that colour-blind readers can tell apart, after Okabe and Ito's palette.
_KINDS = (
    Look("#0072b2", "#dcedf8", "#005b8f"),
    Look("#d55e00", "#fce8d9", "#8f3f00"),
    Look("#009e73", "#d9f1e9", "#00644a"),
    Look("#cc79a7", "#f8e6f0", "#8b3b68"),
    Look("#b08d00", "#f8f0cd", "#6a5500"),
    Look("#56b4e9", "#e4f4fd", "#1a6691"),
    Look("#5a2d6e", "#ebe0f0", "#5a2d6e"),
    Look("#4d4d4d", "#e6e6e6", "#4d4d4d"),
)
_OTHER_KINDS = _PLAIN
_STATUSES: Mapping[str, Look] = {
    status: Look(facts.band, facts.fill, facts.chip.ink if facts.chip else _QUIET)
    for status, facts in STATUS_FACTS.items()
}
# Values that no property has: ids contain no colon, so no kind of unit collides with them.
_OTHER, _NO_LEADER, _POLITICAL_VALUE = ":other", ":no-leader", ":political"
_PROPERTIES = {
    Coloring.LAYER: Property.LAYER,
    Coloring.BAND: Property.BAND,
    Coloring.KIND: Property.KIND,
    Coloring.STATUS: Property.STATUS,
}


def every_look() -> tuple[Look, ...]:
    """Return all looks that cards may have."""
    looks = (_PLAIN, DIMMED, _POLITICAL, *_LAYERS, *_BANDS, *_KINDS, *_STATUSES.values())
    return tuple(dict.fromkeys(looks))


def layer_look(layer: int) -> Look:
    """Return the look of a layer, 1 at the top; 0 is that of politicians."""
    return _LAYERS[min(layer, len(_LAYERS)) - 1] if layer else _POLITICAL


class Palette:
    """The looks of one chart's cards."""

    def __init__(self, coloring: Coloring, facets: Facets) -> None:
        self.coloring = coloring
        self._facets = facets
        self._kinds: dict[str, int] = {}
        if coloring is Coloring.KIND:
            values = sorted(facets.values(Property.KIND), key=lambda value: -value.count)
            self._kinds = {value.id: i for i, value in enumerate(values[: len(_KINDS)])}

    def value(self, entry_id: str, level: Level) -> str:
        """Return the value that the colour of an entry's card encodes."""
        if self.coloring is Coloring.LAYER and level is Level.POLITICAL:
            return _POLITICAL_VALUE
        if self.coloring is Coloring.NONE:
            return ""
        values = self._facets.of(entry_id, _PROPERTIES[self.coloring])
        value = values[0] if values else _NO_LEADER
        is_other = self.coloring is Coloring.KIND and value not in self._kinds
        return _OTHER if is_other else value

    def look(self, value: str) -> Look:
        """Return the look of a value."""
        if self.coloring is Coloring.LAYER:
            return layer_look(0 if value == _POLITICAL_VALUE else int(value))
        if self.coloring is Coloring.BAND:
            numbers = {band.id: i for i, band in enumerate(SPAN_BANDS)}
            return _BANDS[min(numbers[value], len(_BANDS) - 1)] if value in numbers else _PLAIN
        if self.coloring is Coloring.KIND:
            return _KINDS[self._kinds[value]] if value in self._kinds else _OTHER_KINDS
        return _STATUSES.get(value, _PLAIN)

    def legend(self, values: Iterable[str]) -> tuple[LegendEntry, ...]:
        """Return the legend for the values that a chart shows."""
        if self.coloring is Coloring.NONE:
            return ()
        shown = set(values)
        return tuple(
            LegendEntry(value, self.look(value), self._words(value))
            for value in self._order()
            if value in shown
        )

    def _order(self) -> list[str]:
        """Return the values in legend order; kinds by number of posts, largest first."""
        is_kinds = self.coloring is Coloring.KIND
        known = self._kinds if is_kinds else self._facets.order(_PROPERTIES[self.coloring])
        return [_POLITICAL_VALUE, *known, _OTHER, _NO_LEADER]

    def _words(self, value: str) -> Worded:
        special = {
            _POLITICAL_VALUE: N_("Political"),
            _OTHER: N_("Other kinds"),
            _NO_LEADER: N_("Leader not stated"),
        }
        if value in special:
            return message(special[value])
        return self._facets.words(_PROPERTIES[self.coloring], value)
