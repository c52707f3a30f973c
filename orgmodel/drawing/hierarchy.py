"""What a chart is made of: posts by their reporting line, or units by where they belong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Self

from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from orgmodel.model.entities import Relation
    from orgmodel.model.organisation import Organisation

Joint = tuple["Relation", str, str]


class Hierarchy(ABC):
    """The posts or the units of an organisation, each under another.

    Attributes
    ----------
    entries
        The ids of all entries, in the order of the file.
    roots
        The entries that have nothing above them, in reading order.
    total
        How many entries there are, each as many as it stands for.
    """

    def __init__(
        self,
        organisation: Organisation,
        entries: Collection[str],
        roots: Sequence[str],
        below: Mapping[str, Sequence[str]],
        total: int,
    ) -> None:
        self.organisation = organisation
        self.entries = entries
        self.roots = roots
        self.total = total
        self._below = self._shown_below = below
        self._weights_below: dict[str, int] = {}

    @abstractmethod
    def parent(self, entry_id: str) -> str | None:
        """Return the entry right above one."""

    @abstractmethod
    def weight(self, entry_id: str) -> int:
        """Return how many an entry stands for: seats of a post, alike units."""

    @abstractmethod
    def is_staff(self, entry_id: str) -> bool:
        """Tell whether an entry stands beside the line (stab)."""

    @abstractmethod
    def is_inferred(self, entry_id: str) -> bool:
        """Tell whether no source states the line from an entry to the one above it."""

    @abstractmethod
    def entry_of(self, entity_id: str) -> str | None:
        """Return the entry that stands for a post, a unit or another entity; None where none does."""

    def children(self, entry_id: str) -> Sequence[str]:
        """Return the entries right below one, in reading order."""
        return self._shown_below.get(entry_id, ())

    def weight_below(self, entry_id: str) -> int:
        """Return how many are right below an entry, each as many as it stands for."""
        known = self._weights_below.get(entry_id)
        if known is None:
            known = sum(map(self.weight, self._below.get(entry_id, ())))
            self._weights_below[entry_id] = known
        return known

    def has(self, entry_id: str) -> bool:
        """Tell whether there is such an entry."""
        return entry_id in self.entries

    def rank(self, entry_id: str) -> int:
        """Return an entry's place in the file, by which siblings stand in reading order."""
        return self._ranks[entry_id]

    def part(
        self, kept: Collection[str], whole: Collection[str] = (), top: str | None = None
    ) -> Self:
        """Return a hierarchy that is walked through some entries only.

        Parameters
        ----------
        kept
            The entries that are there.
        whole
            Entries of which all that are right below are there as well.
        top
            An entry that has nothing above it there.
        """
        below: dict[str | None, list[str]] = {}
        for entry in kept:
            parent = None if entry == top else self.parent(entry)
            below.setdefault(parent, []).append(entry)
        for siblings in below.values():
            siblings.sort(key=self.rank)
        part = copy(self)
        part.roots = below.pop(None, [])
        families = {entry: self.children(entry) for entry in whole}
        part._shown_below = {entry: one for entry, one in below.items() if entry} | families
        return part

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {entry_id: i for i, entry_id in enumerate(self.entries)}

    @cached_property
    def relations(self) -> Mapping[str, Sequence[Joint]]:
        """The relations beside the line by the entry that they begin at, with both ends."""
        found: dict[str, list[Joint]] = {}
        for relation in self.organisation.relations:
            from_id, to_id = self.entry_of(relation.from_id), self.entry_of(relation.to_id)
            if from_id is not None and to_id is not None:
                found.setdefault(from_id, []).append((relation, from_id, to_id))
        return found


class PostHierarchy(Hierarchy):
    """The posts of an organisation by their reporting line."""

    def __init__(self, organisation: Organisation) -> None:
        one = organisation
        super().__init__(one, one.positions, one.roots, one.reports, one.seats)

    def parent(self, entry_id: str) -> str | None:
        """Return the post that a post reports to."""
        return self.organisation.lines[entry_id].superior_id

    def weight(self, entry_id: str) -> int:
        """Return a post's seats."""
        return self.organisation.positions[entry_id].seats

    def entry_of(self, entity_id: str) -> str | None:
        """Return the post that stands for an end of a relation: itself, or a unit's leader."""
        if entity_id in self.organisation.positions:
            return entity_id
        is_unit = entity_id in self.organisation.units
        return self.organisation.leader_of(entity_id) if is_unit else None

    def is_inferred(self, entry_id: str) -> bool:
        """Tell whether no source states who a post reports to."""
        return self.organisation.lines[entry_id].basis is Basis.INFERRED

    def is_staff(self, entry_id: str) -> bool:
        """Tell whether a post leads a staff unit (stab)."""
        led = self.organisation.led_units.get(entry_id, ())
        return any(_is_staff_unit(self.organisation, unit_id) for unit_id in led)


class UnitHierarchy(Hierarchy):
    """The units of an organisation, each under the one that it is part of."""

    def __init__(self, organisation: Organisation) -> None:
        below = {key: ids for key, ids in organisation.subunits.items() if key is not None}
        roots, total = organisation.subunits[None], organisation.unit_count
        super().__init__(organisation, organisation.units, roots, below, total)

    def parent(self, entry_id: str) -> str | None:
        """Return the unit that a unit is part of."""
        return self.organisation.units[entry_id].parent_id

    def weight(self, entry_id: str) -> int:
        """Return for how many alike units an entry stands."""
        return self.organisation.units[entry_id].count

    def entry_of(self, entity_id: str) -> str | None:
        """Return the unit that stands for an end of a relation: itself, or a post's unit."""
        if entity_id in self.organisation.units:
            return entity_id
        position = self.organisation.positions.get(entity_id)
        return position.unit_id if position is not None else None

    def is_inferred(self, entry_id: str) -> bool:  # noqa: ARG002 - it holds for all
        """Tell that none is: what a unit is a part of, its entry says."""
        return False

    def is_staff(self, entry_id: str) -> bool:
        """Tell whether a unit is a staff unit (stab)."""
        return _is_staff_unit(self.organisation, entry_id)


def _is_staff_unit(organisation: Organisation, unit_id: str) -> bool:
    kind = organisation.kinds.get(organisation.units[unit_id].kind_id)
    return kind is not None and kind.staff


def above(hierarchy: Hierarchy, entry_id: str) -> Iterator[str]:
    """Yield the entries above one, the nearest first."""
    here = hierarchy.parent(entry_id)
    while here is not None:
        yield here
        here = hierarchy.parent(here)
