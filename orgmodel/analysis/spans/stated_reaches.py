"""Finds the leaders whose units' stated headcounts count exactly the people below them.

A reach begins with the stated headcounts of the units that the leader leads only where everyone in
those units is below the leader. Where a line leaves the units, or enters them further down, the
headcount counts other people, and the reach is the sum of what is known below instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.questions.chains import may_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from orgmodel.analysis.spans.headcounts import Headcounts
    from orgmodel.arrays.forest import Forest
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation

    Stretches = npt.NDArray[np.int32]

_EMPTY = (np.iinfo(np.int32).max, -1)
_ANYWHERE = (-1, np.iinfo(np.int32).max)


class StatedReaches:
    """The leaders whose reach begins with stated headcounts, and the units that state them.

    Posts are numbered in the reading order of the reporting line, units in that of the file. The
    range of numbers that each unit and post covers is precomputed in a few passes over posts and units,
    so that the test of one leader is a comparison of ranges.

    Attributes
    ----------
    stated
        By leader, the units whose headcounts the leader's reach begins with.
    from_outside
        The posts from outside these units that may report to such a leader.
    """

    def __init__(self, organisation: Organisation, headcounts: Headcounts) -> None:
        self._organisation = organisation
        self._headcounts = headcounts
        self.stated: dict[str, tuple[str, ...]] = {}
        self.from_outside: dict[str, tuple[str, ...]] = {}
        outermost = {
            leader_id: tuple(self._outermost(unit_ids))
            for leader_id, unit_ids in headcounts.top_units.items()
        }
        whole = {
            leader_id: unit_ids
            for leader_id, unit_ids in outermost.items()
            if all(headcounts.stated(one) is not None for one in unit_ids)
        }
        if whole:
            self._find(whole)

    def _find(self, whole: dict[str, tuple[str, ...]]) -> None:
        organisation = self._organisation
        forest = organisation.forest
        first = np.empty(len(forest), np.int64)
        first[forest.reading_order()] = np.arange(len(forest))
        last = first + forest.sums_below(np.ones(len(forest), np.int64))
        ends = zip(first.tolist(), last.tolist(), strict=True)
        self._below = dict(zip(organisation.positions, ends, strict=True))
        self._may_report = may_report(organisation)
        self._in_units = self._lines_of_units()
        places, possible = self._places_of_posts()
        self._units_below = dict(zip(self._below, places.tolist(), strict=True))
        self._possible_below = dict(zip(self._below, possible.tolist(), strict=True))
        for leader_id, unit_ids in whole.items():
            stretches = [self._headcounts.places[one] for one in unit_ids]
            if self._holds(leader_id, unit_ids, stretches):
                self.stated[leader_id] = unit_ids
                self.from_outside[leader_id] = tuple(
                    one
                    for one in self._may_report.get(leader_id, ())
                    if not _within(self._below[one], self._below[leader_id])
                )

    def _outermost(self, unit_ids: Iterable[str]) -> Iterator[str]:
        """Yield the units that are inside none of the other given units, in reading order."""
        end = -1
        for unit_id in unit_ids:
            first, last = self._headcounts.places[unit_id]
            if first > end:
                yield unit_id
                end = last

    def _holds(
        self, leader_id: str, unit_ids: tuple[str, ...], stretches: list[tuple[int, int]]
    ) -> bool:
        """Tell whether a leader's units hold exactly the posts below that could be in them."""
        own = self._below[leader_id]
        if not all(_within(self._in_units[one], own) for one in unit_ids):
            return False
        positions = self._organisation.positions
        for report in self._organisation.reports[leader_id]:
            units = self._units_below[report]
            if self._headcounts.contains(unit_ids, positions[report].unit_id):
                is_inside = any(_within(units, stretch) for stretch in stretches)
                if not (is_inside and _within(self._possible_below[report], own)):
                    return False
            elif any(_meets(units, stretch) for stretch in stretches):
                return False
        return True

    def _lines_of_units(self) -> dict[str, tuple[int, int]]:
        """Return the range of forest positions that the posts in each unit, and below it, cover.

        A post that may report to another leader counts at that position too.
        """
        organisation = self._organisation
        found = dict.fromkeys(organisation.units, _EMPTY)

        def add(unit_id: str, stretch: tuple[int, int]) -> None:
            found[unit_id] = _around(found[unit_id], stretch)

        for unit_id, leader_id in self._headcounts.effective_leaders.items():
            if leader_id is not None:
                add(unit_id, _point(self._below[leader_id]))
        for position in organisation.positions.values():
            add(position.unit_id, _point(self._below[position.id]))
            around = self._around_own_units(position)
            if around is not None and organisation.lines[position.id].alternative_ids:
                add(around, self._possible_lines(position.id))
        for unit in reversed(list(organisation.units.values())):
            if unit.parent_id is not None:
                add(unit.parent_id, found[unit.id])
        return found

    def _around_own_units(self, position: Position) -> str | None:
        """Return the unit of a post; for a leader, the nearest unit above that others lead."""
        unit_id: str | None = position.unit_id
        while unit_id is not None and self._headcounts.effective_leaders[unit_id] == position.id:
            unit_id = self._organisation.units[unit_id].parent_id
        return unit_id

    def _possible_lines(self, position_id: str) -> tuple[int, int]:
        """Return the range of forest positions of the posts that an unsettled line may go to."""
        lines, found = self._organisation.lines, _EMPTY
        for other_id in lines[position_id].alternative_ids:
            here: str | None = other_id
            while here is not None and here in lines:
                if lines[here].alternative_ids:
                    return _ANYWHERE
                here = lines[here].superior_id
            found = _around(found, _point(self._below.get(other_id, _ANYWHERE)))
        return found

    def _places_of_posts(self) -> tuple[Stretches, Stretches]:
        """Return two ranges of positions for each post together with all below it.

        The first covers the units that they are in or lead, the second posts that may report to them.
        """
        organisation, places = self._organisation, self._headcounts.places
        units = [
            _span(
                places[position.unit_id][:1] * 2,
                *(places[one] for one in self._headcounts.top_units.get(position.id, ())),
            )
            for position in organisation.positions.values()
        ]
        possible = [
            _span(*(_point(self._below[one]) for one in self._may_report.get(position_id, ())))
            for position_id in organisation.positions
        ]
        first, second = (
            _stretches(organisation.forest, np.array(own, np.int32).reshape(-1, 2))
            for own in (units, possible)
        )
        return first, second


def _span(*stretches: Iterable[int]) -> tuple[int, int]:
    found = _EMPTY
    for low, high in stretches:
        found = _around(found, (low, high))
    return found


def _point(stretch: tuple[int, int]) -> tuple[int, int]:
    return stretch[0], stretch[0]


def _around(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])


def _within(inner: Iterable[int], outer: Iterable[int]) -> bool:
    """Tell whether one range is inside another; an empty range is inside every range."""
    (low, high), (least, most) = inner, outer
    return least <= low and high <= most


def _meets(one: Iterable[int], other: Iterable[int]) -> bool:
    (low, high), (least, most) = one, other
    return low <= most and least <= high


def _stretches(forest: Forest, own: Stretches) -> Stretches:
    """Return, for each entry, the smallest range that covers its own and those of all below it."""
    low, high = own.T
    return np.column_stack((-forest.greatest_below(-low), forest.greatest_below(high)))
