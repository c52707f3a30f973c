"""Entries as they were read -> frozen entities, one kind of record a function.

What a single entry can get wrong beyond its types is noted here: a period that ends before it
starts, an inferred line without a reason. `linking.py` follows the references afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgmodel.model.amounts import Amount, Measure, Precision
from orgmodel.model.dates import ALWAYS, Period
from orgmodel.model.entities import (
    AssumedSeats,
    Framework,
    Group,
    Holding,
    Kind,
    LostLine,
    MemberRole,
    Membership,
    Person,
    Position,
    Relation,
    StatedLine,
    Unit,
)
from orgmodel.model.finding_kinds import FINDING_KINDS, is_recorded_code
from orgmodel.model.findings import Finding
from orgmodel.model.letters import romanised
from orgmodel.model.names import Text
from orgmodel.model.provenance import Basis, Source
from orgmodel.reading.plain_entities import (
    build_aliases,
    build_framework,
    build_kind,
    build_profile,
    build_relation,
    build_source,
    complete_entries,
)
from orgmodel.reading.problems import suggestion
from orgmodel.reading.records import CITE, Entry, entries

if TYPE_CHECKING:
    from orgmodel.model.profiles import Profile
    from orgmodel.reading.amounts import NaturalAmount
    from orgmodel.reading.documents import Mark
    from orgmodel.reading.problems import ProblemList


@dataclass(slots=True)
class Parts:
    """The entities of one file, and where each id was given."""

    units: list[Unit] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    frameworks: list[Framework] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)


def build_parts(root: Entry, problems: ProblemList) -> Parts:
    """Return the entities of a file; entries without what they cannot do without are left out."""
    return _Builder(problems).build(root)


class _Builder:
    def __init__(self, problems: ProblemList) -> None:
        self._problems = problems
        self._parts = Parts()
        self._people: dict[str, Person] = {}
        self._person_ids: dict[str, str] = {}
        self._slugs: Counter[str] = Counter()

    def build(self, root: Entry) -> Parts:
        parts = self._parts
        parts.sources = [
            build_source(entry) for entry in complete_entries(root.get("sources"), "title")
        ]
        parts.kinds = [build_kind(entry) for entry in entries(root.get("kinds"))]
        for entry in complete_entries(root.get("people"), "id", "name"):
            self._listed_person(entry)
        self._units(root)
        parts.groups = [self._group(entry) for entry in complete_entries(root.get("groups"), "id")]
        relations = complete_entries(root.get("relations"), "from", "to", "kind")
        parts.relations = [
            build_relation(entry, n, self._basis(entry)) for n, entry in enumerate(relations, 1)
        ]
        parts.frameworks = [
            build_framework(entry)
            for entry in complete_entries(root.get("frameworks"), "id", "name")
        ]
        parts.profiles = [
            build_profile(entry) for entry in complete_entries(root.get("profiles"), "position")
        ]
        findings = complete_entries(root.get("findings"), "code", "about", "da")
        parts.findings = [found for entry in findings if (found := self._finding(entry))]
        parts.people = list(self._people.values())
        return parts

    # Units and posts --------------------------------------------------------------------------

    def _units(self, root: Entry) -> None:
        """Walk the nested units in reading order: a unit, its leader, its posts, its units."""
        waiting: list[tuple[Entry, str | None]] = [
            (entry, None) for entry in reversed(entries(root.get("units")))
        ]
        while waiting:
            entry, parent_id = waiting.pop()
            # A unit whose id is missing is a problem already noted; what is in it is still read.
            unit_id = entry.get("id", f"?{entry.mark.line}:{entry.mark.column}")
            self._take_id(unit_id, entry.where("id"))
            leader = entry.get("leader")
            leader_id = leader if isinstance(leader, str) else None
            if isinstance(leader, Entry):
                leader_id = leader.get("id", f"{unit_id}-leder")
                self._position(leader, leader_id, unit_id)
            for position in complete_entries(entry.get("positions"), "id"):
                self._position(position, position.get("id"), unit_id)
            self._parts.units.append(self._unit(entry, unit_id, parent_id, leader_id))
            nested = entries(entry.get("units"))
            waiting.extend((below, unit_id) for below in reversed(nested))

    def _unit(
        self, entry: Entry, unit_id: str, parent_id: str | None, leader_id: str | None
    ) -> Unit:
        return Unit(
            id=unit_id,
            name=entry.get("name", Text(unit_id)),
            kind_id=entry.get("kind", ""),
            parent_id=parent_id,
            leader_id=leader_id,
            description=entry.get("description"),
            aliases=build_aliases(entry),
            count=entry.get("count", 1),
            complete=entry.get("complete"),
            employees=self._amounts(entry, Measure.EMPLOYEES),
            fte=self._amounts(entry, Measure.FTE),
            budget=self._amounts(entry, Measure.BUDGET),
            period=self._period(entry),
            evidence=entry.evidence(),
        )

    def _amounts(
        self, entry: Entry, measure: Measure, key: str | None = None
    ) -> tuple[Amount, ...]:
        said = entries(entry.get(key or measure.value))
        found = (self._amount(one, measure) for one in said)
        return tuple(amount for amount in found if amount is not None)

    def _amount(self, entry: Entry, measure: Measure) -> Amount | None:
        natural: NaturalAmount | None = entry.get("value")
        if natural is None and "share" not in entry.marks:
            if "value" not in entry.marks:
                self._problems.add(entry.mark, "missing-key", key="value", example="4320")
            return None
        if "share" in entry.values and "of" not in entry.values:
            self._problems.add(entry.mark, "missing-key", key="of", example="…")
        upper: NaturalAmount | None = entry.get("upper")
        high = upper.value if upper else natural.upper if natural else None
        if natural and high is not None and high < natural.value:
            self._problems.add(entry.where("upper"), "range-order", low=natural.value, high=high)
        given = natural.precision if natural else None
        default = Precision.RANGE if high is not None else Precision.EXACT
        return Amount(
            measure=measure,
            value=natural.value if natural else None,
            upper=high,
            precision=entry.get("precision", given or default),
            share=entry.get("share"),
            of_unit_id=entry.get("of"),
            currency="kr." if measure is Measure.BUDGET else None,
            without_leaders=entry.get("without_leaders", False),
            leader_included=entry.get("leader_included"),
            as_of=entry.get("as_of"),
            note=entry.get("note"),
            evidence=entry.evidence(),
        )

    def _position(self, entry: Entry, position_id: str, unit_id: str) -> None:
        self._take_id(position_id, entry.where("id"))
        self._parts.positions.append(
            Position(
                id=position_id,
                # A missing title is a problem already noted; the id keeps references to it alive.
                title=entry.get("title", Text(position_id)),
                unit_id=unit_id,
                declared_status=entry.get("status"),
                seats=entry.get("seats", 1),
                seats_at_least=entry.get("seats_at_least", False),
                seats_assumed=self._assumed_seats(entry),
                direct_leaders=self._amounts(entry, Measure.EMPLOYEES, "direct_leaders"),
                direct_staff=self._amounts(entry, Measure.EMPLOYEES, "direct_staff"),
                fte=self._amount(fte, Measure.FTE) if (fte := entry.get("fte")) else None,
                political=entry.get("political", False),
                outside=entry.get("outside", False),
                assistant=entry.get("assistant", False),
                is_stated_leader=entry.get("is_leader", False),
                reports_to=self._stated_line(entry.get("reports_to")),
                line_lost=self._lost_line(entry),
                holdings=tuple(
                    holding
                    for one in entries(entry.get("holder"))
                    if (holding := self._holding(one))
                ),
                aliases=build_aliases(entry),
                note=entry.get("note"),
                period=self._period(entry),
                evidence=entry.evidence(),
            )
        )

    def _assumed_seats(self, entry: Entry) -> AssumedSeats | None:
        assumed: Entry | None = entry.get("seats_assumed")
        if assumed is None or not {"least", "reason"} <= assumed.values.keys():
            return None
        least, seats = assumed.get("least"), entry.get("seats", 1)
        if least >= seats:
            self._problems.add(assumed.where("least"), "least-not-less", least=least, seats=seats)
            return None
        return AssumedSeats(least=least, reason=assumed.get("reason"))

    def _stated_line(self, entry: Entry | None) -> StatedLine | None:
        if entry is None or "position" not in entry.values:
            return None
        return StatedLine(
            superior_id=entry.get("position"),
            basis=self._basis(entry),
            reason=entry.get("reason"),
            alternative_ids=entry.get("or", ()),
            evidence=entry.evidence(),
        )

    def _lost_line(self, entry: Entry) -> LostLine | None:
        lost: Entry | None = entry.get("line_lost")
        if lost is None or "stated" not in lost.values:
            return None
        if "reports_to" in entry.marks:
            self._problems.add(entry.where("line_lost"), "line-both-lost-and-stated")
        return LostLine(
            stated=lost.get("stated"), superior_id=lost.get("to"), reason=lost.get("reason")
        )

    def _basis(self, entry: Entry) -> Basis:
        basis: Basis = entry.get("basis", Basis.EXPLICIT)
        if basis is Basis.INFERRED and "reason" not in entry.values:
            self._problems.add(entry.where("basis"), "missing-key", key="reason", example="…")
        return basis

    # People -----------------------------------------------------------------------------------

    def _holding(self, entry: Entry) -> Holding | None:
        person_id = entry.get("person")
        if person_id is None:
            name = entry.get("name")
            if name is None:
                if "name" not in entry.marks and "person" not in entry.marks:
                    self._problems.add(entry.mark, "missing-key", key="name", example="…")
                return None
            person_id = self._named_person(name, entry)
        return Holding(
            person_id=person_id,
            acting=entry.get("acting", False),
            period=self._period(entry),
            evidence=entry.evidence(),
        )

    def _named_person(self, name: str, entry: Entry) -> str:
        """Return the id of the person of this name; one name in one file is one person."""
        person_id = self._person_ids.get(name)
        aliases = build_aliases(entry)
        if person_id is None:
            person_id = self._free_person_id(name)
            self._person_ids[name] = person_id
            evidence = entry.evidence()
            self._people[person_id] = Person(
                id=person_id, name=name, aliases=aliases, evidence=evidence
            )
        elif aliases:
            person = self._people[person_id]
            merged = tuple(dict.fromkeys(person.aliases + aliases))
            self._people[person_id] = replace(person, aliases=merged)
        return person_id

    def _listed_person(self, entry: Entry) -> None:
        person_id, name = entry.get("id"), entry.get("name")
        self._take_id(person_id, entry.where("id"))
        self._person_ids.setdefault(name, person_id)
        self._people[person_id] = Person(
            id=person_id, name=name, aliases=build_aliases(entry), evidence=entry.evidence()
        )

    def _free_person_id(self, name: str) -> str:
        """Return an id for a name; the colon keeps it apart from the ids that files give."""
        slug = _slug(name)
        self._slugs[slug] += 1
        number = self._slugs[slug]
        return f"person:{slug}" if number == 1 else f"person:{slug}:{number}"

    # The rest -----------------------------------------------------------------------------------

    def _group(self, entry: Entry) -> Group:
        group_id = entry.get("id")
        self._take_id(group_id, entry.where("id"))
        members: dict[str, Membership] = {}
        for one in complete_entries(entry.get("members"), "position"):
            position_id = one.get("position")
            if position_id in members:
                self._problems.add(one.where("position"), "two-memberships", id=position_id)
            members[position_id] = Membership(
                position_id=position_id,
                role=one.get("role", MemberRole.MEMBER),
                basis=self._basis(one),
                reason=one.get("reason"),
                evidence=one.evidence(),
            )
        return Group(
            id=group_id,
            name=entry.get("name", Text(group_id)),
            kind_id=entry.get("kind", ""),
            unit_id=entry.get("unit"),
            part_of_id=entry.get("part_of"),
            members=tuple(members.values()),
            size=entry.get("size"),
            complete=entry.get("complete", True),
            cadence=entry.get("cadence"),
            purpose=entry.get("purpose"),
            aliases=build_aliases(entry),
            evidence=entry.evidence(),
        )

    def _finding(self, entry: Entry) -> Finding | None:
        code = entry.get("code")
        if not is_recorded_code(code):
            known = tuple(name for name in FINDING_KINDS if is_recorded_code(name))
            self._problems.add(
                entry.where("code"),
                "bad-choice",
                value=code,
                key="code",
                suggestion=suggestion((), known),
            )
            return None
        return Finding(
            code=code,
            severity=FINDING_KINDS[code].severity,
            entity_ids=entry.get("about"),
            message=Text(entry.get("da"), entry.get("en")),
            citations=entry.get(CITE, ()),
            recorded=True,
        )

    def _period(self, entry: Entry) -> Period:
        start, end = entry.get("from"), entry.get("to")
        if start is None and end is None:
            return ALWAYS
        period = Period(start, end)
        if not period.is_in_order():
            self._problems.add(entry.where("to"), "date-order", start=str(start), end=str(end))
        return period

    def _take_id(self, entity_id: str, mark: Mark) -> None:
        first = self._parts.marks.setdefault(entity_id, mark)
        if first is not mark:
            self._problems.add(mark, "duplicate-id", id=entity_id, line=str(first.line))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", romanised(name)).strip("-") or "x"
