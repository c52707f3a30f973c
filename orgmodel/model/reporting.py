"""Reporting lines: the superior of each post, with the rule and the basis.

A post reports to at most one other post:

1. the one named in its own entry (`reports_to`), if that post is in force;
2. else the leader of its unit;
3. else, and for a unit's leader, the leader of the nearest unit above that has one.

A post whose stated line is lost reports to nobody; the listed post that was meant is an
alternative.

For a post that leads units above its own, the search starts at the highest of them, so that no
cycle arises from posts in units that they lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.provenance import NO_EVIDENCE, Basis, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgmodel.model.entities import Position, Unit
    from orgmodel.model.names import Text


class LineRule(StrEnum):
    """The rule that found a line."""

    STATED = "stated"
    UNIT_LEADER = "unit-leader"
    UNIT_ABOVE = "unit-above"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine:
    """The superior of a post; `superior_id` is None at the top.

    Attributes
    ----------
    inherited_from_id
        The unit whose leader is inherited because no unit between it and the post has one.
    """

    position_id: str
    superior_id: str | None
    basis: Basis
    rule: LineRule
    reason: Text | None = None
    alternative_ids: tuple[str, ...] = ()
    evidence: Evidence = NO_EVIDENCE
    inherited_from_id: str | None = None


def resolve_lines(
    units: Iterable[Unit], positions: Sequence[Position]
) -> dict[str, ReportingLine]:
    """Return the reporting line of every post, in the order of `positions`.

    Time is linear in the number of units and posts. The data need not be valid: dangling
    references count as absent, and cycles are kept.
    """
    above = _Above(units, {position.id for position in positions})
    return {position.id: _line(position, above) for position in positions}


def find_cycles(superiors: Mapping[str, str | None]) -> list[list[str]]:
    """Return every cycle of a superior mapping: its members, upwards from the first encountered."""
    finished: set[str] = set()
    cycles = []
    for start in superiors:
        path: dict[str, int] = {}
        here: str | None = start
        while here is not None and here not in finished and here not in path:
            path[here] = len(path)
            here = superiors.get(here)
        if here is not None and here in path:
            cycles.append(list(path)[path[here] :])
        finished.update(path)
    return cycles


def _line(position: Position, above: _Above) -> ReportingLine:
    stated = position.reports_to
    if stated is not None and stated.superior_id in above.position_ids:
        return ReportingLine(
            position_id=position.id,
            superior_id=stated.superior_id,
            basis=stated.basis,
            rule=LineRule.STATED,
            reason=stated.reason,
            alternative_ids=stated.alternative_ids,
            evidence=stated.evidence,
        )
    if position.line_lost is not None:
        # The source states a superior, so none is inferred.
        meant = position.line_lost.superior_id
        return ReportingLine(
            position_id=position.id,
            superior_id=None,
            basis=Basis.INFERRED,
            rule=LineRule.NONE,
            alternative_ids=(meant,) if meant is not None and meant in above.position_ids else (),
        )
    superior_id, found_in, looked_in = above.nearest_leader(position)
    rule = LineRule.UNIT_LEADER if found_in == position.unit_id else LineRule.UNIT_ABOVE
    return ReportingLine(
        position_id=position.id,
        superior_id=superior_id,
        basis=Basis.INFERRED,
        rule=rule if superior_id is not None else LineRule.NONE,
        inherited_from_id=found_in if found_in != looked_in else None,
    )


class _Above:
    """Finds the nearest leader above; each run of units without a leader is walked only once."""

    def __init__(self, units: Iterable[Unit], position_ids: set[str]) -> None:
        self.position_ids = position_ids
        self._parents: dict[str, str | None] = {}
        self._leaders: dict[str, str] = {}
        self._led: dict[str, set[str]] = {}
        for unit in units:
            self._parents[unit.id] = unit.parent_id
            if unit.leader_id in position_ids:
                assert unit.leader_id is not None  # noqa: S101 - member of the set
                self._leaders[unit.id] = unit.leader_id
                self._led.setdefault(unit.leader_id, set()).add(unit.id)
        self._nearest: dict[str, str | None] = {}

    def nearest_leader(self, position: Position) -> tuple[str | None, str | None, str | None]:
        """Return the nearest leader of a post, its unit, and the unit where the search started."""
        looked_in = self._start(position)
        unit_id = self._led_unit(looked_in)
        passed = set()
        while unit_id is not None and self._leaders[unit_id] == position.id:
            if unit_id in passed:
                return None, None, None
            passed.add(unit_id)
            looked_in = self._parents.get(unit_id)
            unit_id = self._led_unit(looked_in)
        if unit_id is None:
            return None, None, None
        return self._leaders[unit_id], unit_id, looked_in

    def _start(self, position: Position) -> str | None:
        """Return the unit to start from: the parent of the highest ancestor that the post leads."""
        start: str | None = position.unit_id
        led = self._led.get(position.id, set()) - {position.unit_id}
        if led:
            seen: set[str] = set()
            here: str | None = position.unit_id
            while here is not None and here not in seen:
                seen.add(here)
                if here in led:
                    start = here
                here = self._parents.get(here)
        return start

    def _led_unit(self, unit_id: str | None) -> str | None:
        """Return the nearest unit, from this one upwards, that has a leader."""
        passed: dict[str, None] = {}
        here = unit_id
        while here is not None and here not in self._leaders and here not in passed:
            if here in self._nearest:
                here = self._nearest[here]
                break
            passed[here] = None
            here = self._parents.get(here)
        found = here if here in self._leaders else None
        self._nearest.update(dict.fromkeys(passed, found))
        return found
