"""Units, their posts and who holds them, as plain values."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from orgmodel.reading.writing.statements import (
    Node,
    aliases,
    amount,
    amounts,
    basis,
    citations,
    cited,
    entry,
    period,
    short,
    single,
    text,
)
from orgmodel.reading.writing.yaml_text import Bare

if TYPE_CHECKING:
    from orgmodel.model.entities import Holding, LostLine, Person, Position, StatedLine, Unit
    from orgmodel.model.organisation import Record
    from orgmodel.reading.writing.yaml_text import Value

# How the reader begins the ids of people whom no list names.
_UNLISTED = "person:"


class UnitWriter:
    """Writes the units of a record, with all that is in them."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._units = {unit.id: unit for unit in record.units}
        self._people = {person.id: person for person in record.people}
        self._below: dict[str | None, list[Unit]] = {}
        for unit in record.units:
            self._below.setdefault(unit.parent_id, []).append(unit)
        self._posts: dict[str, list[Position]] = {}
        for position in record.positions:
            self._posts.setdefault(position.unit_id, []).append(position)
        self._listed = self._list_ids()
        self._met: set[str] = set()

    def people(self) -> list[Value]:
        """Return those who are listed."""
        return [
            entry(
                id=listed_id,
                name=cited(person.evidence, "name", person.name, default=""),
                also=aliases(person.aliases),
                cite=citations(person.evidence.whole),
            )
            for person in self._record.people
            if (listed_id := self._listed.get(person.id))
        ]

    def units(self) -> list[Value]:
        """Return the units at the top, with those below in them."""
        nodes: dict[str, Node] = {}
        for unit in self._in_reading_order():
            nodes[unit.id] = self._unit(unit)
            if unit.parent_id is not None:
                nodes[unit.parent_id].setdefault("units", []).append(nodes[unit.id])
        return [nodes[unit.id] for unit in self._below.get(None, ())]

    def _in_reading_order(self) -> list[Unit]:
        """Return each unit before those in it, which come before the next: as the reader goes."""
        found = []
        waiting = list(reversed(self._below.get(None, ())))
        while waiting:
            unit = waiting.pop()
            found.append(unit)
            waiting.extend(reversed(self._below.get(unit.id, ())))
        return found

    def _list_ids(self) -> dict[str, str]:
        """Return the id of everyone whom the reader could not find again by the name alone."""
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
        evidence = unit.evidence
        leader, posts = self._leader_and_posts(unit)
        # Where all else leaves out what is not said, here no is something else than nothing.
        complete = cited(evidence, "complete", unit.complete, default=None)
        node = entry(
            id=unit.id,
            name=cited(evidence, "name", text(unit.name), default=""),
            kind=cited(evidence, "kind", unit.kind_id, default=""),
            description=cited(evidence, "description", text(unit.description), default=""),
            also=aliases(unit.aliases),
            count=cited(evidence, "count", unit.count, default=1),
        )
        node |= {} if complete is None else {"complete": complete}
        return node | entry(
            employees=amounts(unit.employees, self._units),
            fte=amounts(unit.fte, self._units),
            budget=amounts(unit.budget, self._units),
            **period(unit.period),
            cite=citations(evidence.whole),
            leader=leader,
            positions=posts,
        )

    def _leader_and_posts(self, unit: Unit) -> tuple[Value | None, list[Value]]:
        """Return the leader, written out where the reader takes it first anyway, and the others."""
        posts = self._posts.get(unit.id, [])
        if not posts or posts[0].id != unit.leader_id:
            return unit.leader_id, [self._position(post) for post in posts]
        node = self._position(posts[0])
        if node["id"] == f"{unit.id}-leder":
            del node["id"]
        return node, [self._position(post) for post in posts[1:]]

    def _position(self, post: Position) -> Node:
        evidence = post.evidence
        return entry(
            id=post.id,
            title=cited(evidence, "title", text(post.title), default=""),
            reports_to=self._line(post.reports_to),
            line_lost=_lost_line(post.line_lost),
            holder=single([self._holding(holding) for holding in post.holdings]),
            status=post.declared_status and post.declared_status.value,
            seats=cited(evidence, "seats", post.seats, default=1),
            seats_at_least=post.seats_at_least,
            seats_assumed=self._assumed_seats(post),
            direct_leaders=amounts(post.direct_leaders, self._units),
            direct_staff=amounts(post.direct_staff, self._units),
            fte=None if post.fte is None else amount(post.fte, self._units),
            political=post.political,
            outside=post.outside,
            assistant=post.assistant,
            is_leader=cited(evidence, "is_leader", post.is_stated_leader, default=False),
            also=aliases(post.aliases),
            note=text(post.note),
            **period(post.period),
            cite=citations(evidence.whole),
        )

    def _assumed_seats(self, post: Position) -> Value | None:
        assumed = post.seats_assumed
        if assumed is None:
            return None
        return {"least": Bare(str(assumed.least)), "reason": text(assumed.reason) or ""}

    def _line(self, line: StatedLine | None) -> Value | None:
        if line is None:
            return None
        node = entry(
            position=line.superior_id,
            **basis(line.basis, line.reason),
            or_=single(list(line.alternative_ids)),
            cite=citations(line.evidence.whole),
        )
        return short(node, "position")

    def _holding(self, holding: Holding) -> Value:
        person = self._people[holding.person_id]
        if not person.name:
            reason = "a holder without a name cannot be written"
            raise ValueError(reason)
        listed_id = self._listed.get(person.id)
        by_name = listed_id is None or "name" in holding.evidence.fields
        is_first = person.id not in self._met
        self._met.add(person.id)
        who: dict[str, Any] = {"person": listed_id}
        if by_name:
            who = {"name": cited(holding.evidence, "name", person.name, default="")}
        node = entry(
            **who,
            acting=holding.acting,
            **period(holding.period),
            also=aliases(person.aliases) if is_first and listed_id is None else None,
            cite=citations(holding.evidence.whole),
        )
        return short(node, "name")


def _lost_line(line: LostLine | None) -> Value | None:
    if line is None:
        return None
    return short(
        entry(stated=line.stated, to=line.superior_id, reason=text(line.reason)), "stated"
    )


def _free_id(person: Person, taken: set[str]) -> str:
    wanted = re.sub(r"[^a-z0-9]+", "-", person.id.removeprefix(_UNLISTED)).strip("-") or "x"
    found, n = f"person-{wanted}", 1
    while found in taken:
        n += 1
        found = f"person-{wanted}-{n}"
    taken.add(found)
    return found
