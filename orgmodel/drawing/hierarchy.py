"""What a chart is made of: posts by their reporting line, or units by where they belong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from orgmodel.model.entities import Relation
    from orgmodel.model.organisation import Organisation

Joint = tuple["Relation", str, str]


class Forest(Protocol):
    """Entries below each other: all that choosing among them needs."""

    @property
    def roots(self) -> Sequence[str]:
        """The entries that have nothing above them, in reading order."""
        ...

    @property
    def total(self) -> int:
        """How many there are, each entry as many as it stands for."""
        ...

    def children(self, entry_id: str) -> Sequence[str]:
        """Return the entries right below one, in reading order."""
        ...

    def parent(self, entry_id: str) -> str | None:
        """Return the entry right above one."""
        ...

    def weight(self, entry_id: str) -> int:
        """Return how many an entry stands for: seats of a post, alike units."""
        ...

    def weight_below(self, entry_id: str) -> int:
        """Return how many are right below an entry, each as many as it stands for."""
        ...


class Hierarchy(ABC):
    """The posts or the units of an organisation, each under another; a `Forest`."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._weights_below: dict[str, int] = {}

    @property
    @abstractmethod
    def roots(self) -> Sequence[str]:
        """The entries that have nothing above them, in reading order."""

    @property
    @abstractmethod
    def total(self) -> int:
        """How many there are, each entry as many as it stands for."""

    @property
    @abstractmethod
    def entries(self) -> Collection[str]:
        """The ids of all entries, in the order of the file."""

    @abstractmethod
    def children(self, entry_id: str) -> Sequence[str]:
        """Return the entries right below one, in reading order."""

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

    def has(self, entry_id: str) -> bool:
        """Tell whether there is such an entry."""
        return entry_id in self.entries

    def rank(self, entry_id: str) -> int:
        """Return an entry's place in the file, by which siblings stand in reading order."""
        return self._ranks[entry_id]

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {entry_id: i for i, entry_id in enumerate(self.entries)}

    def weight_below(self, entry_id: str) -> int:
        """Return how many are right below an entry, each as many as it stands for."""
        known = self._weights_below.get(entry_id)
        if known is None:
            known = sum(map(self.weight, self.children(entry_id)))
            self._weights_below[entry_id] = known
        return known

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

    @property
    def roots(self) -> Sequence[str]:
        """The posts that report to nobody."""
        return self.organisation.roots

    @property
    def total(self) -> int:
        """How many seats there are."""
        return self.organisation.seats

    @property
    def entries(self) -> Collection[str]:
        """The ids of all posts, in the order of the file."""
        return self.organisation.positions

    def children(self, entry_id: str) -> Sequence[str]:
        """Return a post's direct reports."""
        return self.organisation.reports[entry_id]

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

    @property
    def roots(self) -> Sequence[str]:
        """The units that are part of no other."""
        return self.organisation.subunits[None]

    @property
    def total(self) -> int:
        """How many units there are."""
        return self.organisation.unit_count

    @property
    def entries(self) -> Collection[str]:
        """The ids of all units, in the order of the file."""
        return self.organisation.units

    def children(self, entry_id: str) -> Sequence[str]:
        """Return the units right below a unit."""
        return self.organisation.subunits.get(entry_id, ())

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


def above(hierarchy: Forest, entry_id: str) -> Iterator[str]:
    """Yield the entries above one, the nearest first."""
    here = hierarchy.parent(entry_id)
    while here is not None:
        yield here
        here = hierarchy.parent(here)
