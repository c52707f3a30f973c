"""Writing organisations as YAML, which is read back as the same record.

Default values are not written, and people are written in the posts that they hold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmodel.errors import InvalidOrganisation
from orgmodel.files import write_whole
from orgmodel.reading.documents import MAX_BYTES, MAX_NODES
from orgmodel.reading.problems import START, ProblemList
from orgmodel.reading.schema import ORGANISATION, RELATION
from orgmodel.reading.unit_fields import HOLDING, PERSON, POSITION, UNIT
from orgmodel.reading.yaml_text import count_nodes, yaml_text

if TYPE_CHECKING:
    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Holding, Person, Position, Unit
    from orgmodel.model.organisation import Organisation, Record
    from orgmodel.reading.yaml_text import Value

Node = dict[str, Any]
_HEAD = "# yaml-language-server: $schema=organisation.schema.json\n"
# The reader's prefix for ids of people who are not listed.
_UNLISTED = "person:"


def write_organisation(organisation: Organisation) -> str:
    """Return an organisation as the text of a data file.

    It is read back as the same record, except that ids of unlisted people are derived from their
    names.

    Raises
    ------
    ValueError
        If a holder has no name.
    """
    return _HEAD + yaml_text(_record_node(organisation.record))


def dump(organisation: Organisation, path: str | Path, *, force: bool = False) -> None:
    """Write an organisation to a data file atomically.

    Parameters
    ----------
    force
        Whether to replace an existing file.

    Raises
    ------
    FileExistsError
        If the file exists and `force` is not set.
    InvalidOrganisation
        If it exceeds the limits of a data file.
    """
    path = Path(path)
    if path.exists() and not force:
        raise FileExistsError(path)
    problems = ProblemList(str(path))
    node = _record_node(organisation.record)
    if count_nodes(node) > MAX_NODES:
        problems.add(START, "too-many-entries", limit=MAX_NODES)
        raise InvalidOrganisation(problems.sorted())
    data = (_HEAD + yaml_text(node)).encode()
    if len(data) > MAX_BYTES:
        problems.add(START, "too-large", limit=MAX_BYTES // 2**20)
        raise InvalidOrganisation(problems.sorted())
    write_whole(path, data, force=force)


def _record_node(record: Record) -> Node:
    """Return a record as the mapping of its file."""
    writer = _UnitWriter(record)
    # The reader numbers relations without an id.
    relations: list[Value] = [
        RELATION.node(one) if one.id != f"relation-{n}" else RELATION.node(one, id=None)
        for n, one in enumerate(record.relations, 1)
    ]
    return ORGANISATION.node(
        record, people=writer.people(), units=writer.units(), relations=relations
    )


class _UnitWriter:
    """Writes the units of a record with their contents."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._units = {unit.id: unit for unit in record.units}
        self._people = {person.id: person for person in record.people}
        self._below: defaultdict[str | None, list[Unit]] = defaultdict(list)
        for unit in record.units:
            self._below[unit.parent_id].append(unit)
        self._posts: defaultdict[str, list[Position]] = defaultdict(list)
        for position in record.positions:
            self._posts[position.unit_id].append(position)
        self._listed = self._list_ids()
        self._met: set[str] = set()

    def people(self) -> list[Value]:
        """Return the people who have to be listed."""
        return [
            PERSON.node(person, id=self._listed[person.id])
            for person in self._record.people
            if person.id in self._listed
        ]

    def units(self) -> list[Value]:
        """Return the root units with their nested subunits, in the order of the reader."""
        nodes: dict[str, Node] = {}
        waiting = self._below[None][::-1]
        while waiting:
            unit = waiting.pop()
            nodes[unit.id] = self._unit(unit)
            if unit.parent_id is not None:
                nodes[unit.parent_id].setdefault("units", []).append(nodes[unit.id])
            waiting.extend(reversed(self._below[unit.id]))
        return [nodes[unit.id] for unit in self._below[None]]

    def _list_ids(self) -> dict[str, str]:
        """Return the ids of the people whom the reader could not identify by name alone."""
        first: dict[str, Holding] = {}
        for position in self._record.positions:
            for holding in position.holdings:
                first.setdefault(holding.person_id, holding)
        names = Counter(person.name for person in self._record.people)
        taken = {unit.id for unit in self._record.units}
        taken |= {position.id for position in self._record.positions}
        taken |= {group.id for group in self._record.groups} | self._people.keys()
        found = {}
        for person in self._record.people:
            if not person.id.startswith(_UNLISTED):
                found[person.id] = person.id
            elif (
                names[person.name] > 1
                or person.id not in first
                or first[person.id].evidence != person.evidence
            ):
                found[person.id] = _free_id(person, taken)
        return found

    def _unit(self, unit: Unit) -> Node:
        amounts: Node = {
            name: tuple(map(self._stated, getattr(unit, name)))
            for name in ("employees", "fte", "budget")
        }
        node = UNIT.node(replace(unit, **amounts))
        posts = [self._position(post) for post in self._posts[unit.id]]
        # The leader is written as `leader` only if it is the first post, as in reading order.
        if posts and posts[0]["id"] == unit.leader_id:
            leader = node["leader"] = posts.pop(0)
            if leader["id"] == f"{unit.id}-leder":
                del leader["id"]
        return node | {"positions": posts} if posts else node

    def _stated(self, amount: Amount) -> Amount:
        """Return a share without its value, which the reader computes again."""
        base = self._units.get(amount.of_unit_id or "")
        stated = getattr(base, amount.measure.value) if base else ()
        known = stated[0].value if stated else None
        if amount.share is None or known is None or round(amount.share * known) != amount.value:
            return amount
        return replace(amount, value=None)

    def _position(self, post: Position) -> Node:
        holders = [self._holding(holding) for holding in post.holdings]
        return POSITION.node(post, holder=holders[0] if len(holders) == 1 else holders)

    def _holding(self, holding: Holding) -> Value:
        person = self._people[holding.person_id]
        if not person.name:
            reason = "a holder without a name cannot be written"
            raise ValueError(reason)
        listed_id = self._listed.get(person.id)
        by_name = listed_id is None or "name" in holding.evidence.fields
        is_first = person.id not in self._met
        self._met.add(person.id)
        aliases = person.aliases if is_first and listed_id is None else ()
        node = HOLDING.node(
            holding,
            name=person.name if by_name else None,
            person=None if by_name else listed_id,
            also=HOLDING.fields["also"].shape.write(aliases),
        )
        return HOLDING.shortened(node)


def _free_id(person: Person, taken: set[str]) -> str:
    wanted = re.sub(r"[^a-z0-9]+", "-", person.id.removeprefix(_UNLISTED)).strip("-") or "x"
    found, n = f"person-{wanted}", 1
    while found in taken:
        n += 1
        found = f"person-{wanted}-{n}"
    taken.add(found)
    return found
