"""Entries that need nothing but themselves -> frozen entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgmodel.model.entities import (
    LEADER_LEVELS,
    Alias,
    Ask,
    Audience,
    Framework,
    Kind,
    Level,
    Principle,
    Relation,
)
from orgmodel.model.names import Text
from orgmodel.model.profiles import Contact, Milestone, Profile, ProfileItem
from orgmodel.model.provenance import Numbering, Source
from orgmodel.reading.records import entries
from orgmodel.reading.schema import LevelWord

if TYPE_CHECKING:
    from orgmodel.model.provenance import Basis
    from orgmodel.reading.records import Entry


def complete_entries(values: Any, *keys: str) -> list[Entry]:
    """Return the entries that hold all of the keys they cannot do without."""
    return [entry for entry in entries(values) if all(key in entry.values for key in keys)]


def build_aliases(entry: Entry) -> tuple[Alias, ...]:
    """Return the other names that an entry gives."""
    return tuple(
        Alias(name=one.get("name"), evidence=one.evidence())
        for one in complete_entries(entry.get("also"), "name")
    )


def build_source(entry: Entry) -> Source:
    """Return a source."""
    return Source(
        id=entry.get("id"),
        title=entry.get("title"),
        file=entry.get("file"),
        kind=entry.get("kind"),
        publisher=entry.get("publisher"),
        date=entry.get("date"),
        url=entry.get("url"),
        numbered_by=entry.get("numbered_by", Numbering.LINE),
    )


def build_kind(entry: Entry) -> Kind:
    """Return a kind; its id is its Danish word unless the entry gives another."""
    danish = entry.get("da", entry.get("id"))
    name = Text(danish, entry.get("en"))
    return Kind(id=entry.get("id"), name=name, staff=entry.get("staff", False))


def build_relation(entry: Entry, number: int, basis: Basis) -> Relation:
    """Return a relation; without an id it is called by its number in the file."""
    return Relation(
        id=entry.get("id", f"relation-{number}"),
        kind=entry.get("kind"),
        from_id=entry.get("from"),
        to_id=entry.get("to"),
        about=entry.get("about"),
        basis=basis,
        reason=entry.get("reason"),
        evidence=entry.evidence(),
    )


def build_framework(entry: Entry) -> Framework:
    """Return a framework with its principles."""
    return Framework(
        id=entry.get("id"),
        name=entry.get("name"),
        unit_id=entry.get("unit"),
        summary=entry.get("summary"),
        definition=_principles(entry, "definition"),
        principles=_principles(entry, "principles"),
        steering=_principles(entry, "steering"),
        evidence=entry.evidence(),
    )


def _principles(entry: Entry, key: str) -> tuple[Principle, ...]:
    return tuple(
        Principle(
            text=Text(one.get("da"), one.get("en")),
            meaning=one.get("meaning"),
            asks=tuple(_ask(ask, one) for ask in complete_entries(one.get("asks"), "da")),
            audience=_audience(one),
            evidence=one.evidence(),
        )
        for one in complete_entries(entry.get(key), "da")
    )


def _ask(entry: Entry, principle: Entry) -> Ask:
    names_audience = "levels" in entry.values or "kinds" in entry.values
    return Ask(
        text=Text(entry.get("da"), entry.get("en")),
        audience=_audience(entry if names_audience else principle),
        evidence=entry.evidence(),
    )


def _audience(entry: Entry) -> Audience:
    levels: dict[Level, None] = {}
    for word in entry.get("levels", ()):
        named = LEADER_LEVELS if word is LevelWord.LEADERS else (Level(word.value),)
        levels.update(dict.fromkeys(named))
    return Audience(levels=tuple(levels), kind_ids=entry.get("kinds", ()))


def build_profile(entry: Entry) -> Profile:
    """Return a profile."""
    return Profile(
        position_id=entry.get("position"),
        summary=entry.get("summary"),
        responsibilities=_items(entry, "responsibilities"),
        first_year=_items(entry, "first_year"),
        success=_items(entry, "success"),
        expectations=_items(entry, "expectations"),
        milestones=tuple(
            Milestone(
                date=one.get("date"),
                end=one.get("end"),
                alternative=one.get("or"),
                kind=one.get("kind"),
                text=one.get("what"),
                evidence=one.evidence(),
            )
            for one in complete_entries(entry.get("dates"), "date", "kind")
        ),
        contacts=tuple(
            Contact(position_id=one.get("position"), evidence=one.evidence())
            for one in complete_entries(entry.get("contacts"), "position")
        ),
        committee_id=entry.get("committee"),
        further_reading=_items(entry, "further_reading"),
        evidence=entry.evidence(),
    )


def _items(entry: Entry, key: str) -> tuple[ProfileItem, ...]:
    return tuple(
        ProfileItem(text=Text(one.get("da"), one.get("en")), evidence=one.evidence())
        for one in complete_entries(entry.get(key), "da")
    )
