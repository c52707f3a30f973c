"""Bands of spans of control: ranges that describe, and ranges that a reference calls fitting.

Bands are guidance and not truth: each names the reference that it comes from, and whoever uses them
may set others. A reference judges only the kind of work that it studied. Of other kinds the figures
that others publish are told, and judge nothing.
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

    def words(self) -> Worded:
        """Return the band in words."""
        if self.high is None:
            return message(N_("{low} and more"), low=self.low)
        if self.high == self.low:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)


# The bands that tools for organisation design publish, the narrowest first. They describe and do not
# judge: no band is right or wrong by itself.
SPAN_BANDS = (Band(1, 1), Band(2, 3), Band(4, 7), Band(8, 12), Band(13, 16), Band(17))
# The same, and before them one for spans of nobody.
BANDS_FROM_ZERO = (Band(0, 0), *SPAN_BANDS)


def band_of(span: float) -> Band | None:
    """Return the band that a span lies in; None below the narrowest."""
    return next((band for band in SPAN_BANDS if band.holds(span)), None)


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
    Fit.NONE: N_("No reference judges this work"),
}


class Figure(StrEnum):
    """What a published figure is."""

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
    """A figure that somebody published about spans; it judges nothing.

    Attributes
    ----------
    low, high
        Its ends; the same where it is one number.
    among
        Whose spans it is about.
    reference
        Who found it.
    reported_by
        Who reports it, where the reference itself was not read.
    """

    figure: Figure
    low: float
    high: float
    among: Text
    reference: Text
    reported_by: str = ""

    def value_words(self) -> Worded:
        """Return its number, or its range."""
        if self.low == self.high:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)

    def source_words(self) -> Worded:
        """Return where it comes from."""
        if not self.reported_by:
            return self.reference
        return message(
            N_("{reference}, as reported by {reporter}"),
            reference=self.reference,
            reporter=self.reported_by,
        )


class Basis(StrEnum):
    """Whose range it is that judges a kind of work."""

    REFERENCE = "reference"
    OURS = "ours"
    YOURS = "yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBand:
    """One kind of work: which spans are fitting for it, and what is published of them.

    Attributes
    ----------
    fitting
        The fitting spans, both ends included; below is narrow, above is wide. None where no
        reference studied such work: then nothing is judged.
    basis
        Whose range `fitting` is.
    own
        A range of our own, which holds only where it is chosen.
    leads_leaders
        Whether it speaks of leaders of leaders; else of leaders of staff.
    unit_kinds
        The organisations' words for units whose leaders do such work.
    reference
        Where the range, or our own, comes from.
    published
        What others publish of such work.
    """

    id: str
    name: Text
    fitting: tuple[int, int] | None = None
    basis: Basis = Basis.REFERENCE
    own: tuple[int, int] | None = None
    leads_leaders: bool = False
    unit_kinds: tuple[str, ...] = ()
    reference: Text | None = None
    published: tuple[Published, ...] = ()

    def range_words(self) -> Worded | None:
        """Return the fitting spans; None where nothing judges them."""
        if self.fitting is None:
            return None
        low, high = self.fitting
        return message("{low}–{high}", low=low, high=high)

    def basis_words(self) -> Worded:
        """Return where the range comes from, or that no reference judges such work."""
        if self.fitting is None:
            return message(FIT_WORDS[Fit.NONE])
        if self.basis is Basis.YOURS:
            return message(N_("Set for this visit; no reference's range"))
        if self.basis is Basis.OURS:
            ours = message(N_("our own range, no reference's"))
            return ours if self.reference is None else Joined((self.reference, ours), "; ")
        return self.reference or message(N_("The file of bands names no reference"))


@dataclass(frozen=True, slots=True)
class BandSet:
    """The bands that a set of figures is held against.

    Attributes
    ----------
    work
        The kinds of work, with their ranges and with what is published of them.
    published
        What is published of no kind of work alone.
    rest_id
        The kind of work that is taken for leaders of staff whose unit's kind is in none; None
        where nothing is assumed of them.
    """

    work: tuple[WorkBand, ...] = ()
    published: tuple[Published, ...] = ()
    rest_id: str | None = None

    def with_own(self) -> BandSet:
        """Return the set with our own ranges where no reference judges."""
        work = tuple(
            replace(one, fitting=one.own, basis=Basis.OURS)
            if one.fitting is None and one.own is not None
            else one
            for one in self.work
        )
        return replace(self, work=work)

    def with_limits(self, limits: Mapping[str, tuple[int, int]]) -> BandSet:
        """Return the set with fitting ranges that somebody sets for some kinds of work."""
        work = tuple(
            replace(one, fitting=limits[one.id], basis=Basis.YOURS)
            if one.id in limits and limits[one.id] != one.fitting
            else one
            for one in self.work
        )
        return replace(self, work=work)

    def assuming(self, rest_id: str | None) -> BandSet:
        """Return the set with a kind of work for leaders of staff of whom no other speaks."""
        return replace(self, rest_id=rest_id)

    def work_of(self, level: Level, kind_id: str) -> WorkBand | None:
        """Return the kind of work of a leader of a level in a unit of a kind; None of none."""
        if level is Level.POLITICAL:
            return None
        leads_leaders = level is not Level.LEADER_OF_STAFF
        fitting = [one for one in self.work if one.leads_leaders is leads_leaders]
        named = next((one for one in fitting if kind_id in one.unit_kinds), None)
        if named is not None or leads_leaders:
            return named or next((one for one in fitting if not one.unit_kinds), None)
        return next((one for one in fitting if one.id == self.rest_id), None)
