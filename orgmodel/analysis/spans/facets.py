"""Index of the properties by which a chart of posts or of units is filtered and coloured.

A post has one value of each property, except for groups, where it has one per membership. A leader's
span is banded by its lower end, as in its headline. A unit has its own kind and layer, and its
leader's status, span and groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import layers
from orgmodel.model.amounts import ZERO
from orgmodel.model.bands import SPAN_BANDS, band_of
from orgmodel.model.statuses import Status
from orgmodel.model.wording import STATUS_WORDS, KindWords
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.texts import Worded

_KEPT_FILTERS = 64
UNKNOWN = "unknown"
LEADS_NOBODY = "none"


class Property(StrEnum):
    """A property by which posts are filtered and coloured."""

    KIND = "kind"
    LAYER = "layer"
    STATUS = "status"
    BAND = "band"
    GROUP = "group"


PROPERTY_WORDS: Mapping[Property, str] = {
    Property.KIND: N_("Kind of unit"),
    Property.LAYER: N_("Layer"),
    Property.STATUS: N_("Status"),
    Property.BAND: N_("Span of control"),
    Property.GROUP: N_("Group"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a property that at least one post has.

    Attributes
    ----------
    count
        How many seats have it.
    """

    id: str
    words: Worded
    count: int


class Facets:
    """The values of every post of one organisation."""

    def __init__(self, spans: Spans) -> None:
        self._organisation = spans.organisation
        self._spans = spans
        self._fitting: dict[frozenset[tuple[Property, frozenset[str]]], dict[str, None]] = {}

    def of(self, entry_id: str, asked: Property) -> tuple[str, ...]:
        """Return the values that an entry has."""
        if asked is Property.KIND:
            return (self._organisation.units[self._unit(entry_id)].kind_id,)
        if asked is Property.LAYER:
            return (str(self._layers[entry_id] + 1),)
        position_id = self._post(entry_id)
        if position_id is None:
            return ()
        if asked is Property.STATUS:
            return (self._organisation.status(position_id).value,)
        if asked is Property.BAND:
            return (self._band(position_id),)
        seats = self._organisation.memberships.get(position_id, ())
        return tuple(group.id for group, _membership in seats)

    def _unit(self, entry_id: str) -> str:
        return self._organisation.positions[entry_id].unit_id

    def _post(self, entry_id: str) -> str | None:
        return entry_id

    def _weight(self, entry_id: str) -> int:
        return self._organisation.positions[entry_id].seats

    def values(self, asked: Property) -> tuple[FacetValue, ...]:
        """Return the values that posts have, in display order."""
        return self._values[asked]

    @cached_property
    def _values(self) -> dict[Property, tuple[FacetValue, ...]]:
        return {
            asked: tuple(
                FacetValue(one, self.words(asked, one), sum(map(self._weight, index[one])))
                for one in self.order(asked)
                if one in index
            )
            for asked, index in self._index.items()
        }

    def fitting(self, wanted: Mapping[Property, Collection[str]]) -> dict[str, None]:
        """Return the entries that have one of the wanted values of every property, in reading order.

        A value that no entry has matches none.
        """
        key = frozenset((one, frozenset(values)) for one, values in wanted.items())
        found = self._fitting.get(key)
        if found is None:
            if len(self._fitting) >= _KEPT_FILTERS:
                self._fitting.clear()
            found = self._fitting[key] = self._find(wanted)
        return found

    def _find(self, wanted: Mapping[Property, Collection[str]]) -> dict[str, None]:
        sets = [
            {entry for value in values for entry in self._index[one].get(value, ())}
            for one, values in wanted.items()
        ]
        found = set.intersection(*sets) if sets else set(self._layers)
        return {entry: None for entry in self._layers if entry in found}

    @cached_property
    def _layers(self) -> dict[str, int]:
        return layers(self._organisation)

    @cached_property
    def _index(self) -> dict[Property, dict[str, list[str]]]:
        found: dict[Property, dict[str, list[str]]] = {one: {} for one in Property}
        for entry_id in self._layers:
            for one in Property:
                for value in self.of(entry_id, one):
                    found[one].setdefault(value, []).append(entry_id)
        return found

    def _band(self, position_id: str) -> str:
        row = self._spans.get(position_id)
        if row is None or row.span == ZERO:
            return LEADS_NOBODY
        band = band_of(row.span.low)
        return band.id if band else UNKNOWN

    def order(self, asked: Property) -> Iterable[str]:
        """Return the values that a property can have in this organisation, in display order."""
        if asked is Property.LAYER:
            return sorted(self._index[asked], key=int)
        if asked is Property.STATUS:
            return [status.value for status in Status]
        if asked is Property.BAND:
            return [*(band.id for band in SPAN_BANDS), UNKNOWN, LEADS_NOBODY]
        return self._organisation.groups if asked is Property.GROUP else self._index[asked]

    def words(self, asked: Property, value: str) -> Worded:
        """Return a value in words."""
        organisation = self._organisation
        if asked is Property.GROUP:
            return organisation.groups[value].name
        if asked is Property.KIND:
            return KindWords(organisation.kinds.get(value), value)
        if asked is Property.LAYER:
            return message(N_("Layer {n}"), n=int(value))
        if asked is Property.STATUS:
            return message(STATUS_WORDS[Status(value)])
        return _band_words(value)


def _band_words(value: str) -> Worded:
    special = {UNKNOWN: N_("Span not stated"), LEADS_NOBODY: N_("Leads nobody")}
    if value in special:
        return message(special[value])
    band = next(band for band in SPAN_BANDS if band.id == value)
    return message(N_("{band} direct"), band=band.words())


class UnitFacets(Facets):
    """The values of every unit of one organisation."""

    def _unit(self, entry_id: str) -> str:
        return entry_id

    def _post(self, entry_id: str) -> str | None:
        return self._organisation.leader_of(entry_id)

    def _weight(self, entry_id: str) -> int:
        return self._organisation.units[entry_id].count

    @cached_property
    def _layers(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for unit in self._organisation.units.values():
            found[unit.id] = 0 if unit.parent_id is None else found[unit.parent_id] + 1
        return found
