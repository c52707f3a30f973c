"""The table of all leaders: sorted, filtered and searched as arrays, its rows made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

from orgmodel.analysis.leader_texts import text_ranks
from orgmodel.analysis.search import folded
from orgmodel.analysis.span_report import FITS
from orgmodel.analysis.tables import Column, Sort, Table, described
from orgmodel.model.bands import FIT_WORDS, Fit
from orgmodel.model.wording import STATUS_WORDS, KindWords, level_words
from orgmodel.texts import N_, message, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from orgmodel.analysis.span_report import SpanReport
    from orgmodel.analysis.spans import LeaderSpan
    from orgmodel.analysis.tables import Value
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded

    Places = npt.NDArray[np.int64]
    Words = Callable[[Organisation, Position], str | Worded | None]

# The table's id.
LEADERS = "leaders"
ONE_TO_ONE_WORDS = {1: N_("yes"), 0: N_("no"), -1: N_("open")}


@dataclass(frozen=True, slots=True)
class LeaderQuery:
    """Which of the leaders a table shows, and in which order.

    Attributes
    ----------
    text
        Words that a leader's title, unit or name begins with, whichever way they are written.
    fit, band
        Only those whose span is so; None for all. A band is named by its id, or `unknown`.
    sort
        The key of the column to sort by; None for reading order.
    descending
        Whether the greatest come first. What is not known comes last either way.
    """

    text: str = ""
    fit: Fit | None = None
    band: str | None = None
    sort: str | None = None
    descending: bool = False


ALL_LEADERS = LeaderQuery()


def leader_columns(report: SpanReport, *, names: bool) -> tuple[Column, ...]:
    """Return the columns of the table; people are named only where `names` is set."""
    counts = report.counts
    states_fte = bool(np.isfinite(counts.fte_high).any() and counts.fte_low.any())
    found = [
        described("post", N_("Post"), Sort.TEXT, N_("The title of the leader's post.")),
        described(
            "holder", N_("Holder"), Sort.TEXT, N_("Who holds the post, where that is known.")
        ),
        described("unit", N_("Unit"), Sort.TEXT, N_("The unit that the post is in.")),
        described("kind", N_("Kind of unit"), Sort.TEXT, N_("In the organisation's own word.")),
        described("status", N_("Status"), Sort.TEXT, N_("What is known of the holder.")),
        described("level", N_("Level"), Sort.TEXT, N_("By the leaders below, not by the title.")),
        described("layer", N_("Layer"), Sort.COUNT, N_("Posts up to the top, itself included.")),
        described(
            "seats", N_("Seats"), Sort.COUNT, N_("How many identical posts the row stands for.")
        ),
        described(
            "span",
            N_("Span"),
            Sort.INTERVAL,
            N_("Whom the leader leads directly: direct leaders and direct staff."),
        ),
        described("fit", N_("Against its band"), Sort.TEXT, N_("By the kind of work.")),
        described("work", N_("Kind of work"), Sort.TEXT, N_("By the kind of the leader's unit.")),
        described(
            "direct_leaders",
            N_("Direct leaders"),
            Sort.INTERVAL,
            N_(
                "Seats among the direct reports that are leaders, or what a source states of them."
            ),
        ),
        described(
            "direct_staff",
            N_("Direct staff"),
            Sort.INTERVAL,
            N_("Direct reports who lead nobody, and staff in no listed post."),
        ),
        described("reach", N_("Reach"), Sort.INTERVAL, N_("Everyone below; this is not a span.")),
        described(
            "leaders_below",
            N_("Leaders below"),
            Sort.INTERVAL,
            N_("Seats of leaders at any depth; there may be more whom no source names."),
        ),
        described(
            "leader_share",
            N_("Leader share"),
            Sort.INTERVAL,
            N_("Leaders below per person below, from 0 to 1."),
        ),
        described("layers_below", N_("Layers below"), Sort.COUNT, N_("Layers of leaders below.")),
        described(
            "one_to_one",
            N_("One-to-one link"),
            Sort.TEXT,
            N_("Leads exactly one leader and nobody else."),
        ),
        described(
            "direct_fte",
            N_("Direct full-time equivalents"),
            Sort.INTERVAL,
            N_("Of the listed posts that report directly; never mixed with headcounts."),
        ),
    ]
    left_out = {"holder"} if not names else set()
    if not states_fte:
        left_out.add("direct_fte")
    if not (counts.seats > 1).any():
        left_out.add("seats")
    return tuple(column for column in found if column.key not in left_out)


def leaders_table(
    report: SpanReport, query: LeaderQuery = ALL_LEADERS, *, names: bool, language: Language = "da"
) -> Table:
    """Return the leaders that a query asks for; `language` decides how texts sort."""
    columns = leader_columns(report, names=names)
    rows = LeaderRows(report, found_places(report, query, names=names, language=language), columns)
    return Table(
        LEADERS,
        message(N_("All leaders")),
        message(N_("One row per leader's post. Posts are compared, people are not ranked.")),
        columns,
        rows,
    )


class LeaderRows(Sequence[tuple["Value", ...]]):
    """The rows of the table; `places` are those of the leaders among the chosen."""

    def __init__(self, report: SpanReport, places: Places, columns: tuple[Column, ...]) -> None:
        self._report = report
        self._columns = columns
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Value, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Value, ...] | Sequence[tuple[Value, ...]]:
        if isinstance(index, slice):
            return LeaderRows(self._report, self.places[index], self._columns)
        place = int(self.places[index])
        row = self.leader(index)
        return tuple(_VALUES[column.key](self._report, place, row) for column in self._columns)

    def leader(self, index: int) -> LeaderSpan:
        """Return the figures of the leader in a row."""
        return self._report.spans[int(self._report.places[self.places[index]])]


def found_places(
    report: SpanReport, query: LeaderQuery, *, names: bool, language: Language
) -> Places:
    """Return the places, among the chosen, of the leaders that a query asks for, in its order."""
    found = np.ones(len(report.counts), np.bool_)
    if query.fit is not None:
        found &= report.fit_codes == FITS.index(query.fit)
    if query.band is not None:
        ids = [band.id for band in report.band_list]
        is_in_band = (
            report.is_known & (report.band_codes == ids.index(query.band))
            if query.band in ids
            else ~report.is_known
        )
        found &= is_in_band
    places = np.flatnonzero(found)
    words = folded(query.text).split()
    if words:
        fits = report.leaders.texts.having(words, names=names)
        places = places[fits[report.places[places]]]
    # An order by names would tell them.
    is_sorted = query.sort is not None and (names or query.sort != "holder")
    return _sorted(report, places, query, language) if is_sorted else places


def _sorted(report: SpanReport, places: Places, query: LeaderQuery, language: Language) -> Places:
    """Return places in a query's order; what is equal stays in reading order either way."""
    keys = _sort_keys(report, query.sort or "", language)
    if keys is None:
        return places
    keys = keys[places].astype(np.float64)
    unknown = np.isnan(keys)
    signed = -keys if query.descending else keys
    order = np.lexsort((np.arange(len(places)), np.where(unknown, 0, signed), unknown))
    return places[order]


def _sort_keys(report: SpanReport, key: str, language: Language) -> npt.NDArray[np.float64] | None:
    """Return the numbers that a column sorts by, one a chosen leader; None of no column."""
    arrays = _sort_arrays(report)
    if key in arrays:
        return arrays[key]
    if key == "work":
        # What no band speaks of has the code -1, the last.
        names = [say(work.name, language) for work in report.bands.work]
        return text_ranks([*names, ""], language)[report.work_codes]
    words = _WORDS.get(key)
    if words is None:
        return None

    def texts() -> list[str]:
        organisation = report.spans.organisation
        positions = (organisation.positions[one] for one in report.spans.ids)
        found = (words(organisation, position) for position in positions)
        return ["" if one is None else say(one, language) for one in found]

    return report.leaders.texts.ranks(key, language, texts)[report.places]


def _sort_arrays(report: SpanReport) -> dict[str, npt.NDArray[np.float64]]:
    """Return what numbers sort by: the lower end, not a number where nothing is known."""
    counts = report.counts

    def interval(name: str) -> npt.NDArray[np.float64]:
        low, high = getattr(counts, f"{name}_low"), getattr(counts, f"{name}_high")
        return np.where((low == 0) & np.isinf(high), np.nan, low)

    return {
        "layer": counts.layers_above,
        "seats": counts.seats,
        "span": interval("span"),
        "direct_leaders": interval("leaders"),
        "direct_staff": interval("staff"),
        "reach": interval("reach"),
        "leaders_below": interval("leaders_below"),
        "leader_share": np.where(counts.share_is_known, counts.share_low, np.nan),
        "layers_below": counts.layers_below,
        "direct_fte": interval("fte"),
        # A level that is only the least may be higher than the same one that is certain.
        "level": 2 * counts.levels + counts.level_is_least,
        "fit": report.fit_codes,
        "one_to_one": -report.one_to_one_codes,
    }


def _kind_words(organisation: Organisation, position: Position) -> Worded:
    unit = organisation.units[position.unit_id]
    return KindWords(organisation.kinds.get(unit.kind_id), unit.kind_id)


def _value_of(words: Words) -> Callable[[SpanReport, int, LeaderSpan], Value]:
    """Return what makes a cell of a leader's row from what makes words of a post."""

    def value(report: SpanReport, _place: int, row: LeaderSpan) -> Value:
        organisation = report.spans.organisation
        return words(organisation, organisation.positions[row.position_id])

    return value


def _work_words(report: SpanReport, place: int) -> Worded | None:
    code = int(report.work_codes[place])
    return None if code < 0 else report.bands.work[code].name


def fit_of(report: SpanReport, place: int) -> Fit:
    """Return how the span of a chosen leader lies to its band."""
    return FITS[int(report.fit_codes[place])]


# What is told of a post in words; for an order by them no row is made.
_WORDS: dict[str, Words] = {
    "post": lambda _organisation, position: position.title,
    "holder": lambda organisation, position: organisation.holder_names(position.id) or None,
    "unit": lambda organisation, position: organisation.units[position.unit_id].name,
    "kind": _kind_words,
    "status": lambda organisation, position: message(
        STATUS_WORDS[organisation.status(position.id)]
    ),
}
_VALUES: dict[str, Callable[[SpanReport, int, LeaderSpan], Value]] = {
    **{key: _value_of(words) for key, words in _WORDS.items()},
    "level": lambda _report, _place, row: level_words(row.level, is_least=row.level_is_least),
    "layer": lambda _report, _place, row: row.layers_above + 1,
    "seats": lambda _report, _place, row: row.seats,
    "span": lambda _report, _place, row: row.span,
    "fit": lambda report, place, _row: message(FIT_WORDS[fit_of(report, place)]),
    "work": lambda report, place, _row: _work_words(report, place),
    "direct_leaders": lambda _report, _place, row: row.direct_leaders,
    "direct_staff": lambda _report, _place, row: row.direct_staff,
    "reach": lambda _report, _place, row: row.reach,
    "leaders_below": lambda _report, _place, row: row.leaders_below,
    "leader_share": lambda _report, _place, row: row.leader_share,
    "layers_below": lambda _report, _place, row: row.layers_below,
    "one_to_one": lambda report, place, _row: message(
        ONE_TO_ONE_WORDS[int(report.one_to_one_codes[place])]
    ),
    "direct_fte": lambda _report, _place, row: row.direct_fte,
}
# The names of all columns, as addresses and programs use them.
COLUMN_KEYS = tuple(_VALUES)
