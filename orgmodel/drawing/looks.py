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

_INK, _QUIET, _PAPER = "#16212e", "#52606d", "#ffffff"
# Colours that are the same in every picture, whatever property colours the cards.
PENS: Mapping[str, str] = {
    "line": "#64748b",
    "cross": "#9a3fa0",
    "shadow": "#e3e8ee",
    "select": "#e8590c",
    "ink": _INK,
    "quiet": _QUIET,
    "badge": _INK,
    "paper": _PAPER,
    **{
        name: color
        for facts in STATUS_FACTS.values()
        if facts.chip
        for name, color in facts.chip.pens().items()
    },
}
_RULE, _EDGE = "#e3e8ee", "#c3ccd6"
_BOLD_RULE = "#8fa0b3"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a card, as #rrggbb.

    Attributes
    ----------
    band
        The stripe at its left edge.
    fill
        Its background.
    ink, quiet
        Its text, and its smaller text.
    rule
        The line over its figures.
    edge
        Its outline.
    """

    band: str
    fill: str = _PAPER
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


def _solid(fill: str, quiet: str) -> Look:
    return Look(fill, fill, _PAPER, quiet, _BOLD_RULE, fill)


def _tint(band: str, fill: str, quiet: str = "#44515f") -> Look:
    return Look(band, fill, _INK, quiet, _EDGE, band)


_PLAIN = Look("#97a3b0")
DIMMED = Look("#dde3ea", _PAPER, "#626e7a", "#626e7a", "#eef1f5", "#dde3ea")
_POLITICAL = _solid("#5a2d6e", "#efe6f3")
_LAYERS = (
    _solid("#0b1f38", "#dfe8f2"),
    _solid("#14365c", "#dfe8f2"),
    _solid("#1f6494", "#eef4f9"),
    Look("#5b93ba"),
    Look("#a9c6da"),
)
_BANDS = (
    _tint("#8fb7d8", "#e8f1fa"),
    _tint("#6a9fc8", "#c9def1", "#33414f"),
    _tint("#3f7fb0", "#97c1e2", "#1e2a36"),
    _solid("#1f5d90", "#e6eff7"),
    _solid("#14365c", "#dfe8f2"),
    _solid("#2e1a47", "#ece4f5"),
)
# Eight tints that colour-blind readers can tell apart, after Okabe and Ito's palette.
_KINDS = (
    _tint("#0072b2", "#e0eff9"),
    _tint("#d55e00", "#fdebdd"),
    _tint("#009e73", "#ddf3ec"),
    _tint("#cc79a7", "#f9ebf3"),
    _tint("#b08d00", "#fbf4d6"),
    _tint("#56b4e9", "#eef8fe"),
    _tint("#5a2d6e", "#efe6f3"),
    _tint("#4d4d4d", "#ececec"),
)
_OTHER_KINDS = _PLAIN
_STATUSES: Mapping[str, Look] = {
    status: _tint(facts.band, facts.fill) if facts.fill else Look(facts.band)
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
            if value == _POLITICAL_VALUE:
                return _POLITICAL
            return _LAYERS[min(int(value), len(_LAYERS)) - 1]
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
            _NO_LEADER: N_("No leader known"),
        }
        if value in special:
            return message(special[value])
        return self._facets.words(_PROPERTIES[self.coloring], value)
