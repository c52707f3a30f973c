"""The second pass, across entries: references, cycles, and shares of other amounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from orgmodel.model.organisation import nearest_names, posts_in_force, units_in_force
from orgmodel.model.reporting import find_cycles, resolve_lines
from orgmodel.reading.problems import suggestion
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Unit
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Record
    from orgmodel.reading.problems import Mark, ProblemList
    from orgmodel.reading.shapes import Reference

ENTITY_WORDS = {
    "unit": N_("unit"),
    "position": N_("post"),
    "group": N_("group"),
    "person": N_("person"),
    "source": N_("source"),
    "kind": N_("kind"),
}
_MOST_SUGGESTIONS = 20
_MOST_DATES = 366


def check_references(
    references: Iterable[Reference], record: Record, problems: ProblemList
) -> None:
    """Note every reference to an unknown id, with the most similar known id."""
    known: dict[str, Collection[str]] = {
        "unit": {unit.id for unit in record.units},
        "position": {position.id for position in record.positions},
        "group": {group.id for group in record.groups},
        "person": {person.id for person in record.people},
        "source": {source.id for source in record.sources},
        "kind": {kind.id for kind in record.kinds} | {unit.kind_id for unit in record.units},
    }
    suggested = 0
    for reference in references:
        if any(reference.id in known[kind] for kind in reference.kinds):
            continue
        nearest: tuple[str, ...] = ()
        if suggested < _MOST_SUGGESTIONS:  # comparing spellings is slow, and a few suffice
            ids = [name for kind in reference.kinds for name in known[kind]]
            nearest = nearest_names(reference.id, sorted(ids), 1)
            suggested += 1
        words = tuple(message(ENTITY_WORDS[kind]) for kind in reference.kinds)
        problems.add(
            reference.mark,
            "unknown-reference",
            entity=Joined(words, " / "),
            id=reference.id,
            suggestion=suggestion(nearest, ()),
        )


def check_cycles(record: Record, marks: Mapping[str, Mark], problems: ProblemList) -> None:
    """Note every cycle of reporting lines, on any date, and of groups within groups.

    Lines depend on the date: they are checked on the date of the data, before any unit or post starts
    or ceases to exist, and on each day on which one does. `marks` has the position of each id.
    """
    titles = {position.id: position.title for position in record.positions}
    seen: set[frozenset[str]] = set()
    for when in (None, *_days(record)):
        units = units_in_force(record.units, when)
        posts = posts_in_force(record.positions, units, when)
        lines = resolve_lines(units.values(), tuple(posts.values()))
        cycles = find_cycles({key: line.superior_id for key, line in lines.items()})
        for cycle in cycles:
            if frozenset(cycle) not in seen:
                seen.add(frozenset(cycle))
                first = min(cycle, key=lambda member: marks[member])
                problems.add(marks[first], "reporting-cycle", members=_ring(first, cycle, titles))
    names = {group.id: group.name for group in record.groups}
    for cycle in find_cycles({group.id: group.part_of_id for group in record.groups}):
        first = cycle[0]
        problems.add(marks[first], "membership-cycle", members=_ring(first, cycle, names))


def resolve_shares(record: Record, marks: Mapping[str, Mark], problems: ProblemList) -> Record:
    """Return the record with the amounts computed that are a share of another unit's amount."""
    units = {unit.id: unit for unit in record.units}
    names = {unit.id: unit.name for unit in record.units}
    for measure in ("employees", "fte", "budget"):
        based_on = {unit.id: _base_id(getattr(unit, measure)) for unit in record.units}
        cycles = find_cycles(based_on)
        for cycle in cycles:
            first = cycle[0]
            problems.add(marks[first], "share-cycle", members=_ring(first, cycle, names))
        if cycles:
            continue
        for unit_id in _bases_first(based_on):
            unit = units[unit_id]
            amounts = tuple(_resolved(one, measure, units) for one in getattr(unit, measure))
            if amounts != getattr(unit, measure):
                changed: dict[str, Any] = {measure: amounts}
                units[unit_id] = replace(unit, **changed)
    return replace(record, units=tuple(units.values()))


def _base_id(amounts: tuple[Amount, ...]) -> str | None:
    """Return the unit whose amount a unit's first amount is a share of."""
    return amounts[0].of_unit_id if amounts and amounts[0].share is not None else None


def _bases_first(based_on: Mapping[str, str | None]) -> list[str]:
    """Return ids in topological order, each after its base; there must be no cycles."""
    ordered: dict[str, None] = {}
    for start in based_on:
        path = []
        here: str | None = start
        while here is not None and here not in ordered and here in based_on:
            path.append(here)
            here = based_on[here]
        ordered.update(dict.fromkeys(reversed(path)))
    return list(ordered)


def _resolved(amount: Amount, measure: str, units: Mapping[str, Unit]) -> Amount:
    base = units.get(amount.of_unit_id or "")
    stated = getattr(base, measure) if base else ()
    if amount.share is None or amount.value is not None or not stated or stated[0].value is None:
        return amount
    return replace(amount, value=round(amount.share * stated[0].value))


def _days(record: Record) -> list[date]:
    """Return the date of the data, the day before units or posts first change, and each later one."""
    periods = {unit.period for unit in record.units}
    periods |= {position.period for position in record.positions}
    days = {period.start.first_day() for period in periods if period.start}
    # A period is over on the day after its last day, except for the last supported date.
    ends = {period.end.last_day() for period in periods if period.end}
    days |= {end + timedelta(days=1) for end in ends if end < date.max}
    first = min(days, default=date.min)
    if first > date.min:
        days.add(first - timedelta(days=1))
    return [record.as_of.last_day(), *sorted(days)[:_MOST_DATES]]


def _ring(first: str, cycle: list[str], names: Mapping[str, Text]) -> Joined:
    """Return the members of a cycle, with the first one repeated at the end."""
    start = cycle.index(first)
    ring = [*cycle[start:], *cycle[:start], first]
    shown = ring if len(ring) <= _MOST_SUGGESTIONS else [*ring[:_MOST_SUGGESTIONS], "…", first]
    return Joined(tuple(_name(one, names) for one in shown), " → ")


def _name(entity_id: str, names: Mapping[str, Text]) -> str:
    return f"{entity_id} ({names[entity_id].da})" if entity_id in names else entity_id
