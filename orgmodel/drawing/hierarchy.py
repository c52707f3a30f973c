"""The hierarchy under a chart: posts by reporting line, or units by parent unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Self

from orgmodel.model.provenance import Basis
from orgmodel.model.wording import line_doubt_words, line_origin_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from orgmodel.model.entities import Relation
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded

Joint = tuple["Relation", str, str]


class Hierarchy(ABC):
    """The posts or the units of an organisation as a forest.

    Attributes
    ----------
    entries
        The ids of all entries, in the order of the file.
    roots
        The entries without a parent, in reading order.
    total
        The sum of the weights of all entries.
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
        """Return the parent of an entry."""

    @abstractmethod
    def weight(self, entry_id: str) -> int:
        """Return the weight of an entry: the seats of a post, or the number of identical units."""

    @abstractmethod
    def is_staff(self, entry_id: str) -> bool:
        """Tell whether an entry is staff (stab), drawn beside the line."""

    @abstractmethod
    def is_inferred(self, entry_id: str) -> bool:
        """Tell whether no source states the line from an entry to its parent."""

    def line_origin(self, entry_id: str) -> Worded | None:  # noqa: ARG002 - for posts only
        """Return how the line from an entry to its parent is derived; None where it is stated."""
        return None

    def line_doubt(self, entry_id: str) -> Worded | None:  # noqa: ARG002 - for posts only
        """Return what the sources leave open about an entry's parent; None if it is settled."""
        return None

    @abstractmethod
    def entry_of(self, entity_id: str) -> str | None:
        """Return the entry that represents a post, a unit or another entity, or None."""

    def children(self, entry_id: str) -> Sequence[str]:
        """Return the children of an entry, in reading order."""
        return self._shown_below.get(entry_id, ())

    def weight_below(self, entry_id: str) -> int:
        """Return the sum of the weights of an entry's children."""
        known = self._weights_below.get(entry_id)
        if known is None:
            known = sum(map(self.weight, self._below.get(entry_id, ())))
            self._weights_below[entry_id] = known
        return known

    def has(self, entry_id: str) -> bool:
        """Tell whether an entry exists."""
        return entry_id in self.entries

    def rank(self, entry_id: str) -> int:
        """Return an entry's position in the file, which is the reading order of siblings."""
        return self._ranks[entry_id]

    def part(
        self, kept: Collection[str], whole: Collection[str] = (), top: str | None = None
    ) -> Self:
        """Return the hierarchy restricted to some entries.

        Parameters
        ----------
        kept
            The entries to keep.
        whole
            Entries whose children are all kept as well.
        top
            An entry that becomes a root.
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
        """The relations beside the line, with both ends, by the entry that they start at."""
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
        """Return the post at an end of a relation: the post itself, or the leader of a unit."""
        if entity_id in self.organisation.positions:
            return entity_id
        is_unit = entity_id in self.organisation.units
        return self.organisation.leader_of(entity_id) if is_unit else None

    def is_inferred(self, entry_id: str) -> bool:
        """Tell whether no source states who a post reports to."""
        return self.organisation.lines[entry_id].basis is Basis.INFERRED

    def line_origin(self, entry_id: str) -> Worded | None:
        """Return how the line of a post is derived; None where a source states it."""
        return line_origin_words(self.organisation, entry_id)

    def line_doubt(self, entry_id: str) -> Worded | None:
        """Return who else a post may report to, where the sources leave it open."""
        return line_doubt_words(self.organisation, entry_id)

    def is_staff(self, entry_id: str) -> bool:
        """Tell whether a post leads a staff unit (stab)."""
        led = self.organisation.led_units.get(entry_id, ())
        return any(_is_staff_unit(self.organisation, unit_id) for unit_id in led)


class UnitHierarchy(Hierarchy):
    """The units of an organisation, each below its parent unit."""

    def __init__(self, organisation: Organisation) -> None:
        below = {key: ids for key, ids in organisation.subunits.items() if key is not None}
        roots, total = organisation.subunits[None], organisation.unit_count
        super().__init__(organisation, organisation.units, roots, below, total)

    def parent(self, entry_id: str) -> str | None:
        """Return the parent unit of a unit."""
        return self.organisation.units[entry_id].parent_id

    def weight(self, entry_id: str) -> int:
        """Return the number of identical units that an entry represents."""
        return self.organisation.units[entry_id].count

    def entry_of(self, entity_id: str) -> str | None:
        """Return the unit at an end of a relation: the unit itself, or the unit of a post."""
        if entity_id in self.organisation.units:
            return entity_id
        position = self.organisation.positions.get(entity_id)
        return position.unit_id if position is not None else None

    def is_inferred(self, entry_id: str) -> bool:  # noqa: ARG002 - it holds for all
        """Return False: a unit's entry always states its parent unit."""
        return False

    def is_staff(self, entry_id: str) -> bool:
        """Tell whether a unit is a staff unit (stab)."""
        return _is_staff_unit(self.organisation, entry_id)


def _is_staff_unit(organisation: Organisation, unit_id: str) -> bool:
    kind = organisation.kinds.get(organisation.units[unit_id].kind_id)
    return kind is not None and kind.staff


def above(hierarchy: Hierarchy, entry_id: str) -> Iterator[str]:
    """Yield the ancestors of an entry, the nearest first."""
    here = hierarchy.parent(entry_id)
    while here is not None:
        yield here
        here = hierarchy.parent(here)
