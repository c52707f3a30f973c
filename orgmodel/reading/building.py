"""Building the record of an organisation from parsed entries, with the position of every id."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import Group, Holding, Membership, Person, Position, Unit
from orgmodel.model.letters import romanised
from orgmodel.model.names import Text
from orgmodel.reading.entry_types import Entry, complete_entries
from orgmodel.reading.schema import GROUP, MEMBER, ORGANISATION, RELATION
from orgmodel.reading.unit_fields import HOLDING, PERSON, POSITION, UNIT

if TYPE_CHECKING:
    from orgmodel.model.organisation import Record
    from orgmodel.reading.problems import Mark, ProblemList


def build_record(root: Entry, problems: ProblemList) -> tuple[Record, dict[str, Mark]]:
    """Return the record of a file, and the position of each id.

    An entry without a required value is left out, or gets a placeholder so that references to it
    still resolve. In both cases a problem has been noted, and the record will be rejected.
    """
    builder = _Builder(problems)
    return builder.build(root), builder.marks


# The placeholder for an invalid date, so late that all periods with an end are over.
_LAST_DAY = PartialDate(MAXYEAR)


class _Builder:
    def __init__(self, problems: ProblemList) -> None:
        self.marks: dict[str, Mark] = {}
        self._problems = problems
        self._positions: list[Position] = []
        self._people: dict[str, Person] = {}
        self._person_ids: dict[str, str] = {}
        self._slugs: Counter[str] = Counter()

    def build(self, root: Entry) -> Record:
        for entry in complete_entries(root.get("people"), "id", "name"):
            self._listed_person(entry)
        units = tuple(self._units(root))
        groups = tuple(map(self._group, complete_entries(root.get("groups"), "id")))
        relations = complete_entries(root.get("relations"), "from", "to", "kind")
        root.values |= {
            "units": units,
            "people": tuple(self._people.values()),
            "groups": groups,
            # A relation without an id gets its number in the file.
            "relations": tuple(
                RELATION.make(entry, id=f"relation-{n}") for n, entry in enumerate(relations, 1)
            ),
        }
        found: Record = ORGANISATION.make(
            root, id="", name=Text(""), as_of=_LAST_DAY, positions=tuple(self._positions)
        )
        return found

    def _units(self, root: Entry) -> list[Unit]:
        """Walk the nested units in reading order: a unit, its leader, its posts, its subunits."""
        found: list[Unit] = []
        waiting: list[tuple[Entry, str | None]] = [
            (entry, None) for entry in reversed(root.get("units", ()))
        ]
        while waiting:
            entry, parent_id = waiting.pop()
            # The missing id of a unit has been noted as a problem; its contents are still read.
            unit_id = entry.get("id", f"?{entry.mark.line}:{entry.mark.column}")
            self._take_id(unit_id, entry.where("id"))
            leader = entry.get("leader")
            if isinstance(leader, Entry):
                entry.values["leader"] = leader.get("id", f"{unit_id}-leder")
                self._position(leader, entry.values["leader"], unit_id)
            for position in complete_entries(entry.get("positions"), "id"):
                self._position(position, position.get("id"), unit_id)
            stand_ins = {"id": unit_id, "name": Text(unit_id), "kind_id": ""}
            found.append(UNIT.make(entry, parent_id=parent_id, **stand_ins))
            waiting.extend((below, unit_id) for below in reversed(entry.get("units", ())))
        return found

    def _position(self, entry: Entry, position_id: str, unit_id: str) -> None:
        self._take_id(position_id, entry.where("id"))
        if "holder" in entry.values:
            holdings = map(self._holding, entry.values["holder"])
            entry.values["holder"] = tuple(one for one in holdings if one is not None)
        self._positions.append(
            POSITION.make(entry, id=position_id, title=Text(position_id), unit_id=unit_id)
        )

    def _holding(self, entry: Entry) -> Holding | None:
        """Return the holding of a post; equal names in a file are one person."""
        holding: Holding
        if "person" in entry.values:
            holding = HOLDING.make(entry)
            return holding
        name, aliases = entry.get("name"), entry.get("also", ())
        if name is None:
            if "name" not in entry.marks and "person" not in entry.marks:
                self._problems.add(entry.mark, "missing-key", key="name", example="…")
            return None
        known_id = self._person_ids.get(name)
        person_id = self._free_person_id(name) if known_id is None else known_id
        holding = HOLDING.make(entry, person_id=person_id)
        if known_id is None:
            self._person_ids[name] = person_id
            self._people[person_id] = Person(
                id=person_id, name=name, aliases=aliases, evidence=holding.evidence
            )
        elif aliases:
            person = self._people[person_id]
            merged = tuple(dict.fromkeys(person.aliases + aliases))
            self._people[person_id] = replace(person, aliases=merged)
        return holding

    def _listed_person(self, entry: Entry) -> None:
        person: Person = PERSON.make(entry)
        self._take_id(person.id, entry.where("id"))
        self._person_ids.setdefault(person.name, person.id)
        self._people[person.id] = person

    def _free_person_id(self, name: str) -> str:
        """Return an id for a name; its colon avoids collisions with ids given in files."""
        slug = re.sub(r"[^a-z0-9]+", "-", romanised(name)).strip("-") or "x"
        self._slugs[slug] += 1
        number = self._slugs[slug]
        return f"person:{slug}" if number == 1 else f"person:{slug}:{number}"

    def _group(self, entry: Entry) -> Group:
        group_id = entry.get("id")
        self._take_id(group_id, entry.where("id"))
        members: dict[str, Membership] = {}
        for one in complete_entries(entry.get("members"), "position"):
            membership: Membership = MEMBER.make(one)
            position_id = membership.position_id
            if position_id in members:
                self._problems.add(one.where("position"), "two-memberships", id=position_id)
            members[position_id] = membership
        entry.values["members"] = tuple(members.values())
        group: Group = GROUP.make(entry, name=Text(group_id), kind_id="")
        return group

    def _take_id(self, entity_id: str, mark: Mark) -> None:
        first = self.marks.setdefault(entity_id, mark)
        if first is not mark:
            self._problems.add(mark, "duplicate-id", id=entity_id, line=str(first.line))
