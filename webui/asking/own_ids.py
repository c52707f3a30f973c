"""Ids from an address, as entries have them on the page that is being made.

Without names the entries whose ids hold one have others; an address may be from a page with names,
and the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webui.asking.state import repository
from webui.asking.viewing import names_are_shown, names_can_be_shown, stated_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.model.organisation import Record
    from webui.store.loaded import Loaded


def own_ids(loaded: Loaded) -> Mapping[str, str]:
    """Return the ids that entries have here by those that they have with names, or without."""
    if not names_can_be_shown():
        return {}
    day, names = stated_day(), names_are_shown()
    other = repository().get(loaded.organisation.id, day, names=not names)
    here, there = loaded.organisation.record, other.organisation.record
    pairs = renamed(here, there) if names else renamed(there, here)
    return {after: before for before, after in pairs.items()} if names else pairs


def own_unit(loaded: Loaded, unit_id: str) -> str:
    """Return the id that a unit has here; of no unit that is known, the one that was asked for."""
    return _own(loaded, unit_id, loaded.organisation.units)


def own_post(loaded: Loaded, position_id: str) -> str:
    """Return the id that a post has here; of no post that is known, the one that was asked for."""
    return _own(loaded, position_id, loaded.organisation.positions)


def _own(loaded: Loaded, entry_id: str, known: Mapping[str, object]) -> str:
    return entry_id if entry_id in known else own_ids(loaded).get(entry_id, entry_id)


def renamed(named: Record, nameless: Record) -> Mapping[str, str]:
    """Return the ids without names of the entries whose own ids hold one."""
    pairs = zip(_ids(named), _ids(nameless), strict=True)
    return {before: after for before, after in pairs if before != after}


def _ids(record: Record) -> Iterator[str]:
    yield from (one.id for one in record.units)
    yield from (one.id for one in record.positions)
    yield from (one.id for one in record.groups)
