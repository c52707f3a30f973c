"""The figures of a leader: their arrays, and the name and meaning of each figure.

One column in `FIGURES` is one figure in every output: a column of the table, of Excel and CSV, of data
frames, of the API and of `orgmodel spans --format json`. Its key names the array in `Counts` and the
value in `LeaderSpan`; `counting.py` sums it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.tables import count_column, interval_column
from orgmodel.model.amounts import Interval
from orgmodel.model.entities import Level
from orgmodel.model.glossary import definition
from orgmodel.texts import N_

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.tables import Column
    from orgmodel.arrays.forest import Indices, Mask

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]


class Knowing(StrEnum):
    """How well a span is known: one certain number, one assumed number, an interval, or unknown."""

    SETTLED = "settled"
    ASSUMED = "assumed"
    BOUNDED = "bounded"
    UNKNOWN = "unknown"


LEVELS = tuple(Level)
KNOWINGS = tuple(Knowing)

FIGURES: tuple[Column, ...] = (
    count_column("seats", N_("Seats"), definition("seats")),
    interval_column("span", N_("Span"), definition("span")),
    interval_column(
        "firm_span",
        N_("Span without assumptions"),
        definition("firm_span"),
    ),
    interval_column(
        "direct_leaders",
        N_("Direct leaders"),
        definition("direct_leaders"),
    ),
    interval_column(
        "direct_staff",
        N_("Direct staff"),
        definition("direct_staff"),
    ),
    interval_column("reach", N_("Reach"), definition("reach")),
    interval_column(
        "leaders_below",
        N_("Leaders below"),
        definition("leaders_below"),
    ),
    count_column("layers_above", N_("Layers above"), definition("layers_above")),
    count_column("layers_below", N_("Layers below"), definition("layers_below")),
    interval_column(
        "direct_fte",
        N_("Direct full-time equivalents"),
        N_("Of the listed posts that report directly; never mixed with headcounts."),
    ),
    interval_column(
        "fte_below",
        N_("Full-time equivalents below"),
        N_("Of the listed posts below; never mixed with headcounts."),
    ),
)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Many intervals as two arrays; an open upper end is infinite."""

    low: Floats
    high: Floats

    def __add__(self, other: Intervals) -> Intervals:
        return Intervals(self.low + other.low, self.high + other.high)

    def per(self, seats: Integers) -> Intervals:
        """Return each interval divided by its number of seats."""
        return Intervals(self.low / seats, self.high / seats)

    def of(self, chosen: Mask | Indices) -> Intervals:
        """Return the selected intervals."""
        return Intervals(self.low[chosen], self.high[chosen])

    def at(self, place: int) -> Interval:
        """Return the interval at an index."""
        return interval_of(self.low[place], self.high[place])

    @property
    def is_exact(self) -> Mask:
        """Whether each interval is a single value."""
        found: Mask = self.low == self.high
        return found

    @property
    def is_known(self) -> Mask:
        """Whether anything is known of each; an open interval from 0 says nothing."""
        found: Mask = (self.low > 0) | np.isfinite(self.high)
        return found


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The figures of leaders as arrays, one number per leader's post; intervals are in heads.

    Attributes
    ----------
    posts
        The number of the post among all.
    seats, statuses, levels
        Those of the post; the latter two as indices into `STATUSES` and `LEVELS`.
    level_is_least
        Whether nobody below is known, so that the level is a lower bound.
    unlisted_staff
        The part of the direct staff that is in no listed post.
    reach_about
        The lower end of the reach, with rough numbers ("ca. 1.700") as their sources give them.
    others
        Defined in `FIGURES`.
    """

    posts: Indices
    seats: Integers
    statuses: npt.NDArray[np.int8]
    levels: npt.NDArray[np.int8]
    level_is_least: Mask
    direct_leaders: Intervals
    direct_staff: Intervals
    unlisted_staff: Intervals
    span: Intervals
    firm_span: Intervals
    reach: Intervals
    reach_about: Floats
    leaders_below: Intervals
    direct_fte: Intervals
    fte_below: Intervals
    layers_above: Integers
    layers_below: Integers

    def __len__(self) -> int:
        return len(self.posts)

    @property
    def is_settled(self) -> Mask:
        """Whether each leader's span is one number regardless of unknowns and assumptions."""
        return self.span.is_exact & self.firm_span.is_exact

    @property
    def knowing(self) -> npt.NDArray[np.int8]:
        """How well each leader's span is known: indices into `KNOWINGS`."""
        codes = {one: np.int8(KNOWINGS.index(one)) for one in Knowing}
        exact = np.where(self.is_settled, codes[Knowing.SETTLED], codes[Knowing.ASSUMED])
        open_ended = np.where(self.span.is_known, codes[Knowing.BOUNDED], codes[Knowing.UNKNOWN])
        return np.where(self.span.is_exact, exact, open_ended)

    @property
    def leader_share(self) -> Intervals:
        """Leaders below per person below, from 0 to 1, as `LeaderSpan.leader_share` has it."""
        leaders, reach = self.leaders_below, self.reach
        is_open = np.isinf(leaders.high) | (reach.low == 0)
        most = np.minimum(1.0, leaders.high / np.where(is_open, 1, reach.low))
        high = np.where(is_open, 1.0, most)
        return Intervals(np.minimum(leaders.low / np.maximum(reach.high, 1), high), high)

    def of(self, chosen: Mask | Indices) -> Counts:
        """Return the figures of some of the leaders."""
        some: dict[str, Any] = {}
        for name in _ARRAYS:
            values = getattr(self, name)
            some[name] = values.of(chosen) if isinstance(values, Intervals) else values[chosen]
        return Counts(**some)

    def row(self, place: int) -> dict[str, Any]:
        """Return the figures of one leader by their names, as Python values."""
        found = {}
        for name in _ARRAYS:
            values = getattr(self, name)
            is_pair = isinstance(values, Intervals)
            found[name] = values.at(place) if is_pair else plain_number(values[place])
        return found

    def order(self, key: str) -> Floats:
        """Return the sort keys of a figure: its lower ends, NaN where nothing is known."""
        values = getattr(self, key)
        if not isinstance(values, Intervals):
            return np.asarray(values, np.float64)
        return np.where(values.is_known, values.low, np.nan)


_ARRAYS = tuple(one.name for one in fields(Counts))


def plain_number(value: Any) -> Any:
    """Return an array's number as a Python one: an int if whole, None if infinite."""
    number = float(value)
    if math.isinf(number):
        return None
    return int(number) if number.is_integer() else number


def interval_of(low: float, high: float) -> Interval:
    """Return the interval between two array numbers; an infinite end is open."""
    return Interval(plain_number(low), plain_number(high))
