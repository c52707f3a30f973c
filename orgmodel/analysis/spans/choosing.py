"""Which leaders a set of figures is about: all, or those of a unit, a kind of unit, a layer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.leader_texts import LeaderTexts
from orgmodel.arrays.forest import NONE, Forest

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.arrays.forest import Indices, Mask


@dataclass(frozen=True, slots=True)
class Choice:
    """Which leaders are asked about; what is empty asks for nothing.

    Attributes
    ----------
    unit_id
        The leaders in this unit and those below it.
    kind_ids
        Those in units of these kinds.
    layers
        Those on these layers, 1 at the top.
    """

    unit_id: str | None = None
    kind_ids: tuple[str, ...] = ()
    layers: tuple[int, ...] = ()

    @property
    def is_everybody(self) -> bool:
        """Whether nothing is asked for."""
        return self == EVERYBODY


EVERYBODY = Choice()


class Leaders:
    """The leaders of one organisation with what they are chosen by, worked out once.

    Arrays have a number a leader, in the order of the figures.
    """

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self._organisation = spans.organisation

    @cached_property
    def units(self) -> Indices:
        """The number of each leader's unit."""
        numbers = self.unit_numbers
        positions = self._organisation.positions
        found = (numbers[positions[one].unit_id] for one in self.spans.ids)
        return np.fromiter(found, np.int32, len(self.spans))

    @cached_property
    def unit_numbers(self) -> dict[str, int]:
        """The number of each unit, by its id."""
        return {unit_id: n for n, unit_id in enumerate(self._organisation.units)}

    @cached_property
    def kind_ids(self) -> tuple[str, ...]:
        """The kinds of unit that leaders are in, each once."""
        units = list(self._organisation.units.values())
        return tuple(dict.fromkeys(units[n].kind_id for n in self.units.tolist()))

    @cached_property
    def kinds(self) -> Indices:
        """The place in `kind_ids` of each leader's kind of unit."""
        places = {kind_id: n for n, kind_id in enumerate(self.kind_ids)}
        units = list(self._organisation.units.values())
        found = (places[units[n].kind_id] for n in self.units.tolist())
        return np.fromiter(found, np.int32, len(self.spans))

    @cached_property
    def layers(self) -> tuple[int, ...]:
        """The layers that leaders are on, 1 at the top."""
        return tuple((np.unique(self.spans.counts.layers_above) + 1).tolist())

    @cached_property
    def texts(self) -> LeaderTexts:
        """Their texts, for searching and sorting."""
        return LeaderTexts(self.spans)

    @cached_property
    def unit_forest(self) -> Forest:
        """The units, each below the one that it is part of."""
        numbers = self.unit_numbers
        units = self._organisation.units.values()
        return Forest([NONE if one.parent_id is None else numbers[one.parent_id] for one in units])

    @cached_property
    def superiors(self) -> Indices:
        """The place among the leaders of the one that each reports to, -1 at a top."""
        posts = self.spans.counts.posts
        places = np.full(len(self._organisation.positions) + 1, NONE, np.int32)
        places[posts] = np.arange(len(posts), dtype=np.int32)
        superiors: npt.NDArray[np.int32] = places[self._organisation.forest.parents[posts]]
        return superiors

    def chosen(self, choice: Choice) -> Mask:
        """Return whether each leader is asked about; those whose seats do not count never are."""
        found = self.spans.counted()
        if choice.unit_id is not None:
            number = self.unit_numbers[choice.unit_id]
            found &= self.unit_forest.below(number, itself=True)[self.units]
        if choice.kind_ids:
            of_kind = np.array([one in choice.kind_ids for one in self.kind_ids], np.bool_)
            found &= of_kind[self.kinds]
        if choice.layers:
            found &= np.isin(self.spans.counts.layers_above + 1, choice.layers)
        return found

    def units_may_lack_leaders(self, choice: Choice) -> bool:
        """Tell whether some of the units asked about have no leader, or parts that are missing."""
        organisation = self._organisation
        numbers = self.unit_numbers
        is_inside = np.ones(len(numbers), np.bool_)
        if choice.unit_id is not None:
            is_inside = self.unit_forest.below(numbers[choice.unit_id], itself=True)
        return any(
            is_inside[numbers[unit.id]]
            and (not choice.kind_ids or unit.kind_id in choice.kind_ids)
            and (unit.complete is False or organisation.leader_of(unit.id) is None)
            for unit in organisation.units.values()
        )

    def tops(self, chosen: Mask) -> Mask:
        """Return whether each chosen leader reports to none that is chosen."""
        above = np.append(chosen, False)[self.superiors]
        found: Mask = chosen & ~above
        return found

    def right_below(self, tops: Mask, chosen: Mask) -> Mask:
        """Return whether each chosen leader reports to one of `tops`."""
        found: Mask = chosen & np.append(tops, False)[self.superiors]
        return found
