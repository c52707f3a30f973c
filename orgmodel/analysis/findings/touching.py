"""Which findings touch a post: found by what they are about, without going through all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Organisation

    FindingIndex = Mapping[str, Sequence[tuple[int, Finding]]]

_SHOWN_BY_GROUPS = {"group-without-chair", "several-names"}


def index_findings(found: Iterable[Finding]) -> FindingIndex:
    """Return findings by the ids that they are about, each with its place among all.

    Of a finding about several alike entries each entry has its own part.
    """
    index: dict[str, list[tuple[int, Finding]]] = {}
    for place, one in enumerate(part for whole in found for part in whole.parts or (whole,)):
        for entity_id in dict.fromkeys(one.entity_ids):
            index.setdefault(entity_id, []).append((place, one))
    return index


def findings_touching(
    organisation: Organisation, index: FindingIndex, position_id: str
) -> tuple[Finding, ...]:
    """Return those findings that touch a post, in their order.

    They are about the post, its unit or the units that it leads, or tell of a group that it sits in
    more than that the group's chair or other names are open, which the group itself shows.
    """
    position = organisation.position(position_id)
    own = (position_id, position.unit_id, *organisation.led_units.get(position_id, ()))
    groups = (group.id for group, _seat in organisation.memberships.get(position_id, ()))
    touching = {place: one for entity_id in own for place, one in index.get(entity_id, ())}
    touching |= {
        place: one
        for entity_id in groups
        for place, one in index.get(entity_id, ())
        if one.code not in _SHOWN_BY_GROUPS
    }
    return tuple(touching[place] for place in sorted(touching))
