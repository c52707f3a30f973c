"""By which words an entry is found: those by which the explorer's own search finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.model.entities import Alias
    from orgmodel.model.organisation import Organisation


def search_words(exhibit: Exhibit, entry_id: str) -> tuple[str, str, str]:
    """Return the holders, titles and unit names of an entry, in every language and spelling.

    A unit is found by its leader's holders, by its own names, and by its leader's titles.
    """
    organisation = exhibit.organisation
    if not exhibit.view.units:
        unit_id = organisation.positions[entry_id].unit_id
        return (
            _holders(organisation, entry_id),
            _titles(organisation, entry_id),
            _unit(organisation, unit_id),
        )
    leader_id = organisation.leader_of(entry_id)
    if leader_id is None:
        return ("", _unit(organisation, entry_id), "")
    return (
        _holders(organisation, leader_id),
        _unit(organisation, entry_id),
        _titles(organisation, leader_id),
    )


def _holders(organisation: Organisation, position_id: str) -> str:
    people = organisation.holders(position_id)
    return _line(text for person in people for text in (person.name, *_names(person.aliases)))


def _titles(organisation: Organisation, position_id: str) -> str:
    position = organisation.positions[position_id]
    return _line((*position.title.all(), *_names(position.aliases)))


def _unit(organisation: Organisation, unit_id: str) -> str:
    unit = organisation.units[unit_id]
    return _line((*unit.name.all(), *_names(unit.aliases)))


def _names(aliases: Iterable[Alias]) -> list[str]:
    return [alias.name for alias in aliases]


def _line(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(texts))
