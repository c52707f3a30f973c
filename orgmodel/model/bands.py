"""Bands of spans of control: descriptive ranges, and ranges that a reference calls fitting.

Bands are guidance: each names its reference, and users can set their own. A reference applies only
to the kind of work that it studied. For other kinds, published figures are shown without a
judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.entities import Level
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.names import Text
    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True)
class Band:
    """Spans from `low` to `high`, both included; `high` is None if there is no upper bound."""

    low: float
    high: float | None = None

    @property
    def id(self) -> str:
        """The name of the band in URLs: 4-7, 17-."""
        if self.high == self.low:
            return f"{self.low:g}"
        return f"{self.low:g}-{'' if self.high is None else f'{self.high:g}'}"

    def holds(self, span: float) -> bool:
        """Tell whether a span is in the band."""
        return self.low <= span and (self.high is None or span <= self.high)

    def words(self) -> Worded:
        """Return the band in words."""
        if self.high is None:
            return message(N_("{low} and more"), low=self.low)
        if self.high == self.low:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)


# The bands published by tools for organisation design, the narrowest first. They are descriptive:
# no band is right or wrong in itself.
SPAN_BANDS = (Band(1, 1), Band(2, 3), Band(4, 7), Band(8, 12), Band(13, 16), Band(17))
# The same, preceded by a band for spans of 0.
BANDS_FROM_ZERO = (Band(0, 0), *SPAN_BANDS)


def band_of(span: float) -> Band | None:
    """Return the band that a span lies in; None below the narrowest."""
    return next((band for band in SPAN_BANDS if band.holds(span)), None)


class Fit(StrEnum):
    """The relation of a span to the range that a reference calls fitting for its kind of work."""

    NARROW = "narrow"
    FITTING = "fitting"
    WIDE = "wide"
    OPEN = "open"
    NONE = "none"


FIT_WORDS: Mapping[Fit, str] = {
    Fit.NARROW: N_("Narrow"),
    Fit.FITTING: N_("Fitting"),
    Fit.WIDE: N_("Wide"),
    Fit.OPEN: N_("Cannot be told"),
    Fit.NONE: N_("No guideline for this work"),
}


class Figure(StrEnum):
    """The kind of a published figure."""

    MEAN = "mean"
    OPTIMUM = "optimum"
    CEILING = "ceiling"
    OBSERVED = "observed"
    MEDIUM = "medium"
    BEST = "best"
    LARGE = "large"
    TYPICAL = "typical"


FIGURE_WORDS: Mapping[Figure, str] = {
    Figure.MEAN: N_("Mean"),
    Figure.OPTIMUM: N_("Optimum"),
    Figure.CEILING: N_("Ceiling"),
    Figure.OBSERVED: N_("Observed"),
    Figure.MEDIUM: N_("Called medium"),
    Figure.BEST: N_("Found best"),
    Figure.LARGE: N_("Called large above"),
    Figure.TYPICAL: N_("Called typical"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published figure about spans, shown without a judgement.

    Attributes
    ----------
    low, high
        Its bounds; equal for a single number.
    among
        The leaders whose spans it describes.
    reference
        The publication.
    reported_by
        The publication that reports it, if the reference itself was not read.
    """

    figure: Figure
    low: float
    high: float
    among: Text
    reference: Text
    reported_by: str = ""

    def value_words(self) -> Worded:
        """Return its number or range."""
        if self.low == self.high:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)

    def source_words(self) -> Worded:
        """Return its source."""
        if not self.reported_by:
            return self.reference
        return message(
            N_("{reference}, as reported by {reporter}"),
            reference=self.reference,
            reporter=self.reported_by,
        )


class RangeOrigin(StrEnum):
    """The origin of the range that is applied to a kind of work."""

    REFERENCE = "reference"
    OURS = "ours"
    YOURS = "yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBand:
    """One kind of work: its fitting spans and the published figures about them.

    Attributes
    ----------
    fitting
        The fitting spans, both ends included; below is narrow, above is wide. None if no reference
        studied such work: its spans are then not judged.
    basis
        The origin of the range `fitting`.
    own
        Our own range, used only if the user chooses it.
    leads_leaders
        Whether it applies to leaders of leaders; otherwise to leaders of staff.
    unit_kinds
        The kinds of unit whose leaders do such work, in the organisations' words.
    reference
        The source of the range, or of our own.
    published
        Published figures about such work.
    """

    id: str
    name: Text
    fitting: tuple[int, int] | None = None
    basis: RangeOrigin = RangeOrigin.REFERENCE
    own: tuple[int, int] | None = None
    leads_leaders: bool = False
    unit_kinds: tuple[str, ...] = ()
    reference: Text | None = None
    published: tuple[Published, ...] = ()

    def range_words(self) -> Worded | None:
        """Return the fitting spans in words; None if there is no range."""
        if self.fitting is None:
            return None
        low, high = self.fitting
        return message("{low}–{high}", low=low, high=high)

    def basis_words(self) -> Worded:
        """Return the source of the range, or that no reference applies to such work."""
        if self.fitting is None:
            return message(FIT_WORDS[Fit.NONE])
        if self.basis is RangeOrigin.YOURS:
            return message(N_("Set by you"))
        if self.basis is RangeOrigin.OURS:
            ours = message(N_("our own range, not from a study"))
            return ours if self.reference is None else Joined((self.reference, ours), "; ")
        return self.reference or message(N_("The file of guideline spans names no reference"))


@dataclass(frozen=True, slots=True)
class BandSet:
    """The bands that a set of figures is compared with.

    Attributes
    ----------
    work
        The kinds of work, with their ranges and published figures.
    published
        Published figures that are not about a single kind of work.
    rest_id
        The kind of work assumed for leaders of staff whose kind of unit is in none of `work`; None
        if nothing is assumed about them.
    """

    work: tuple[WorkBand, ...] = ()
    published: tuple[Published, ...] = ()
    rest_id: str | None = None

    def with_own(self) -> BandSet:
        """Return the set with our own ranges where no reference applies."""
        work = tuple(
            replace(one, fitting=one.own, basis=RangeOrigin.OURS)
            if one.fitting is None and one.own is not None
            else one
            for one in self.work
        )
        return replace(self, work=work)

    def with_limits(self, limits: Mapping[str, tuple[int, int]]) -> BandSet:
        """Return the set with fitting ranges set by the user for some kinds of work."""
        work = tuple(
            replace(one, fitting=limits[one.id], basis=RangeOrigin.YOURS)
            if one.id in limits and limits[one.id] != one.fitting
            else one
            for one in self.work
        )
        return replace(self, work=work)

    def assuming(self, rest_id: str | None) -> BandSet:
        """Return the set with a kind of work assumed for leaders of staff who are in no other."""
        return replace(self, rest_id=rest_id)

    def work_of(self, level: Level, kind_id: str) -> WorkBand | None:
        """Return the kind of work of a leader by level and kind of unit, or None."""
        if level is Level.POLITICAL:
            return None
        leads_leaders = level is not Level.LEADER_OF_STAFF
        fitting = [one for one in self.work if one.leads_leaders is leads_leaders]
        named = next((one for one in fitting if kind_id in one.unit_kinds), None)
        if named is not None or leads_leaders:
            return named or next((one for one in fitting if not one.unit_kinds), None)
        return next((one for one in fitting if one.id == self.rest_id), None)
