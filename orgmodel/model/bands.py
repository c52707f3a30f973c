"""Bands of spans of control: ranges that describe, and ranges that a reference calls fitting.

Bands are guidance and not truth: each names the reference that it comes from, and whoever uses them
may set others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.entities import Level
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.amounts import Interval
    from orgmodel.model.names import Text
    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True)
class Band:
    """Spans from `low` to `high`, both included; None where it has no upper end."""

    low: float
    high: float | None = None

    @property
    def id(self) -> str:
        """The name of the band in addresses: 4-7, 17-."""
        if self.high == self.low:
            return f"{self.low:g}"
        return f"{self.low:g}-{'' if self.high is None else f'{self.high:g}'}"

    def holds(self, span: float) -> bool:
        """Tell whether a span lies in the band."""
        return self.low <= span and (self.high is None or span <= self.high)

    def settles(self, span: Interval) -> bool | None:
        """Tell whether a span lies in the band whatever it is; None where that is open."""
        if self.high is not None and span.low > self.high:
            return False
        if span.high is not None and span.high < self.low:
            return False
        is_below_high = self.high is None or (span.high is not None and span.high <= self.high)
        return True if span.low >= self.low and is_below_high else None

    def words(self) -> Worded:
        """Return the band in words."""
        if self.high is None:
            return message(N_("{low} and more"), low=self.low)
        if self.high == self.low:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)


class Fit(StrEnum):
    """How a span lies to the range that a reference calls fitting for its kind of work."""

    NARROW = "narrow"
    FITTING = "fitting"
    WIDE = "wide"
    OPEN = "open"
    NONE = "none"


FIT_WORDS: Mapping[Fit, str] = {
    Fit.NARROW: N_("Narrow"),
    Fit.FITTING: N_("Fitting"),
    Fit.WIDE: N_("Wide"),
    Fit.OPEN: N_("Left open"),
    Fit.NONE: N_("No reference"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBand:
    """Which spans a reference calls fitting for one kind of work.

    Attributes
    ----------
    low, high
        The fitting spans, both included; below is narrow, above is wide.
    leads_leaders
        Whether it speaks of leaders of leaders; else of leaders of staff.
    unit_kinds
        The organisations' words for units whose leaders do such work.
    reference
        Where the range comes from.
    is_ours
        Whether the range is set around a reference by us, and is not the reference's own.
    """

    id: str
    name: Text
    low: int
    high: int
    leads_leaders: bool = False
    unit_kinds: tuple[str, ...] = ()
    reference: Text
    is_ours: bool = False

    def fit(self, low: float, high: float | None) -> Fit:
        """Return how a span between two numbers lies to the band."""
        if high is not None and high < self.low:
            return Fit.NARROW
        if low > self.high:
            return Fit.WIDE
        return (
            Fit.FITTING if low >= self.low and high is not None and high <= self.high else Fit.OPEN
        )


@dataclass(frozen=True, slots=True)
class BandSet:
    """The bands that a set of figures is held against.

    Attributes
    ----------
    work
        The ranges by kind of work.
    rest_id
        The kind of work that is taken for leaders of staff whose unit's kind is in none; None
        where nothing is assumed of them.
    """

    work: tuple[WorkBand, ...] = ()
    rest_id: str | None = None

    def with_limits(self, limits: Mapping[str, tuple[int, int]]) -> BandSet:
        """Return the set with other fitting ranges for some kinds of work."""
        work = tuple(
            replace(one, low=limits[one.id][0], high=limits[one.id][1], is_ours=True)
            if one.id in limits and limits[one.id] != (one.low, one.high)
            else one
            for one in self.work
        )
        return replace(self, work=work)

    def assuming(self, rest_id: str | None) -> BandSet:
        """Return the set with a kind of work for leaders of staff of whom no other speaks."""
        return replace(self, rest_id=rest_id)

    def work_of(self, level: Level, kind_id: str) -> WorkBand | None:
        """Return the band for a leader of a level in a unit of a kind; None where none speaks."""
        if level is Level.POLITICAL:
            return None
        leads_leaders = level is not Level.LEADER_OF_STAFF
        fitting = [one for one in self.work if one.leads_leaders is leads_leaders]
        named = next((one for one in fitting if kind_id in one.unit_kinds), None)
        if named is not None or leads_leaders:
            return named or next((one for one in fitting if not one.unit_kinds), None)
        return next((one for one in fitting if one.id == self.rest_id), None)
