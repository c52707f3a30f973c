"""The figures of a leader: each with its name, its meaning, and how it is summed and shown.

One entry here is one figure on every face: a column of the table, of Excel and CSV, of data frames, of
the API and of `orgmodel spans --format json`. Its number is summed in `counting.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.tables import Column, Sort, described
from orgmodel.texts import N_

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.counting import Counts
    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.analysis.spans.tables import Value


@dataclass(frozen=True, slots=True)
class LeaderFigure:
    """A figure of a leader's post.

    Attributes
    ----------
    key
        Its name for programs, and in `LeaderSpan`; it never changes its meaning.
    name, meaning
        Its heading, and what it holds and how that is found.
    sort
        Of an interval both ends are arrays of `Counts`, of a count it is one.
    array
        The name that these have there, without `_low` and `_high`.
    """

    key: str
    name: str
    meaning: str
    sort: Sort
    array: str

    @property
    def column(self) -> Column:
        """The figure as a column of a table."""
        return described(self.key, self.name, self.sort, self.meaning)

    def value(self, row: LeaderSpan) -> Value:
        """Return the figure of a leader."""
        found: Value = getattr(row, self.key)
        return found

    def order(self, counts: Counts) -> npt.NDArray[np.float64]:
        """Return what it sorts by: the lower end, not a number where nothing is known."""
        if self.sort is Sort.COUNT:
            return np.asarray(getattr(counts, self.array), np.float64)
        low, high = self.ends(counts)
        return np.where((low == 0) & np.isinf(high), np.nan, low)

    def ends(self, counts: Counts) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return both ends of an interval, of all leaders."""
        return getattr(counts, f"{self.array}_low"), getattr(counts, f"{self.array}_high")


SPAN = LeaderFigure(
    "span",
    N_("Span"),
    N_("Whom the leader leads directly: direct leaders and direct staff."),
    Sort.INTERVAL,
    "span",
)
FIGURES: tuple[LeaderFigure, ...] = (
    LeaderFigure(
        "seats",
        N_("Seats"),
        N_("How many identical posts the row stands for."),
        Sort.COUNT,
        "seats",
    ),
    SPAN,
    LeaderFigure(
        "firm_span",
        N_("Span without assumptions"),
        N_("Between what the span lies where nothing is assumed of lines, seats and parts."),
        Sort.INTERVAL,
        "firm",
    ),
    LeaderFigure(
        "direct_leaders",
        N_("Direct leaders"),
        N_("Seats among the direct reports that are leaders, or what a source states of them."),
        Sort.INTERVAL,
        "leaders",
    ),
    LeaderFigure(
        "direct_staff",
        N_("Direct staff"),
        N_("Direct reports who lead nobody, and staff in no listed post."),
        Sort.INTERVAL,
        "staff",
    ),
    LeaderFigure(
        "reach", N_("Reach"), N_("Everyone below; this is not a span."), Sort.INTERVAL, "reach"
    ),
    LeaderFigure(
        "leaders_below",
        N_("Leaders below"),
        N_("Seats of leaders at any depth; there may be more whom no source names."),
        Sort.INTERVAL,
        "leaders_below",
    ),
    LeaderFigure(
        "layers_above",
        N_("Layers above"),
        N_("Posts above, up to the top."),
        Sort.COUNT,
        "layers_above",
    ),
    LeaderFigure(
        "layers_below",
        N_("Layers below"),
        N_("Layers of leaders below."),
        Sort.COUNT,
        "layers_below",
    ),
    LeaderFigure(
        "direct_fte",
        N_("Direct full-time equivalents"),
        N_("Of the listed posts that report directly; never mixed with headcounts."),
        Sort.INTERVAL,
        "fte",
    ),
    LeaderFigure(
        "fte_below",
        N_("Full-time equivalents below"),
        N_("Of the listed posts below; never mixed with headcounts."),
        Sort.INTERVAL,
        "fte_below",
    ),
)
BY_KEY = {figure.key: figure for figure in FIGURES}
INTERVALS = tuple(figure for figure in FIGURES if figure.sort is Sort.INTERVAL)
