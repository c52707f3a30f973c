"""The table of all leaders: sorted, filtered and searched as arrays, its rows created on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

from orgmodel.analysis.questions.spelling import folded
from orgmodel.analysis.spans.leader_figures import FIGURES, Knowing
from orgmodel.analysis.statistics.leaders import left_out_words, text_ranks
from orgmodel.analysis.statistics.span_report import FITS
from orgmodel.analysis.tables import (
    Column,
    Table,
    count_column,
    interval_column,
    text_column,
)
from orgmodel.model.bands import BANDS_FROM_ZERO, FIT_WORDS, Fit
from orgmodel.model.glossary import definition
from orgmodel.model.provenance import every_citation
from orgmodel.model.wording import KindWords, held_words, level_words
from orgmodel.texts import N_, Joined, message, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Value
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded

    Places = npt.NDArray[np.int64]
    Order = npt.NDArray[np.float64]
    Words = Callable[[Organisation, Position], str | Worded | None]

# The table's id.
LEADERS = "leaders"
KNOWING_WORDS = {
    Knowing.SETTLED: N_("exact"),
    Knowing.ASSUMED: N_("assumed"),
    Knowing.BOUNDED: N_("at least"),
    Knowing.UNKNOWN: N_("not stated"),
}
ONE_TO_ONE_WORDS = {1: N_("yes"), 0: N_("no"), -1: N_("open")}


@dataclass(frozen=True, slots=True)
class LeaderQuery:
    """The filter and the order of the table of leaders.

    Attributes
    ----------
    text
        Prefixes of words of a leader's title, unit or name, compared as folded text.
    fit, band
        Only those whose span is so; None for all. A band is named by its id, or `unknown`.
    among
        Only leaders counted by a figure; its name is one of `AMONG` (`span_report.py`), or `work-`
        with a kind of work.
    sort
        The key of the column to sort by; None for reading order.
    descending
        Whether the greatest come first. Unknown values come last either way.
    """

    text: str = ""
    fit: Fit | None = None
    band: str | None = None
    among: str | None = None
    sort: str | None = None
    descending: bool = False


ALL_LEADERS = LeaderQuery()


def leader_columns(report: SpanReport, *, names: bool) -> tuple[Column, ...]:
    """Return the columns of the table; people's names are included only if `names` is set."""
    counts = report.counts
    fte = counts.direct_fte
    states_fte = bool(np.isfinite(fte.high).any() and fte.low.any())
    left_out = {"holder"} if not names else set()
    if not states_fte:
        left_out |= {"direct_fte", "fte_below"}
    if not (counts.seats > 1).any():
        left_out.add("seats")
    return tuple(one.column for one in COLUMNS.values() if one.column.key not in left_out)


def leaders_table(
    report: SpanReport, query: LeaderQuery = ALL_LEADERS, *, names: bool, language: Language = "da"
) -> Table:
    """Return the leaders that match a query; `language` decides how texts sort."""
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
    """The rows of the table; `places` are the leaders' indices among the chosen."""

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
        return tuple(
            COLUMNS[column.key].value(self._report, place, row) for column in self._columns
        )

    def leader(self, index: int) -> LeaderSpan:
        """Return the figures of the leader in a row."""
        return self._report.spans[int(self._report.places[self.places[index]])]


def found_places(
    report: SpanReport, query: LeaderQuery, *, names: bool, language: Language
) -> Places:
    """Return the indices, among the chosen, of the leaders that match a query, in its order."""
    found = np.ones(len(report.counts), np.bool_)
    if query.fit is not None:
        found &= report.fit_codes == FITS.index(query.fit)
    if query.band is not None:
        ids = [*(band.id for band in BANDS_FROM_ZERO), query.band]
        found &= report.band_codes == ids.index(query.band)
    if query.among is not None:
        found &= report.counted_by(query.among)
    places = np.flatnonzero(found)
    words = folded(query.text).split()
    if words:
        fits = report.leaders.texts.having(words, names=names)
        places = places[fits[report.places[places]]]
    # Sorting by hidden names would disclose them.
    is_sorted = query.sort is not None and (names or query.sort != "holder")
    return _sorted(report, places, query, language) if is_sorted else places


def _sorted(report: SpanReport, places: Places, query: LeaderQuery, language: Language) -> Places:
    """Return indices in a query's order; the sort is stable in both directions."""
    keys = _sort_keys(report, query.sort or "", language)
    if keys is None:
        return places
    keys = keys[places].astype(np.float64)
    unknown = np.isnan(keys)
    signed = -keys if query.descending else keys
    order = np.lexsort((np.arange(len(places)), np.where(unknown, 0, signed), unknown))
    return places[order]


def _sort_keys(report: SpanReport, key: str, language: Language) -> Order | None:
    """Return the numbers that a column sorts by, one per chosen leader; None for an unknown column."""
    column = COLUMNS.get(key)
    if column is None:
        return None
    if column.order is not None:
        return column.order(report)
    if key == "work":
        # Work without a band has the code -1, which indexes the empty last name.
        names = [say(work.name, language) for work in report.bands.work]
        return text_ranks([*names, ""], language)[report.work_codes]
    words = column.words
    if words is None:
        return None

    def texts() -> list[str]:
        organisation = report.spans.organisation
        positions = (organisation.positions[one] for one in report.spans.ids)
        found = (words(organisation, position) for position in positions)
        return ["" if one is None else say(one, language) for one in found]

    return report.leaders.texts.ranks(key, language, texts)[report.places]


def _kind_words(organisation: Organisation, position: Position) -> Worded:
    unit = organisation.units[position.unit_id]
    return KindWords(organisation.kinds.get(unit.kind_id), unit.kind_id)


def _work_words(report: SpanReport, place: int) -> Worded | None:
    code = int(report.work_codes[place])
    return None if code < 0 else report.bands.work[code].name


def fit_of(report: SpanReport, place: int) -> Fit:
    """Return whether the span of a chosen leader is below, in or above its band."""
    return FITS[int(report.fit_codes[place])]


def _level_order(report: SpanReport) -> Order:
    """Return levels as sort keys; a level that is a lower bound sorts above the same certain level."""
    counts = report.counts
    return (2 * counts.levels + counts.level_is_least).astype(np.float64)


def _share_order(report: SpanReport) -> Order:
    share = report.counts.leader_share
    return np.where((share.low > 0) | (share.high < 1), share.low, np.nan)


def _sources(report: SpanReport, row: LeaderSpan) -> Worded | None:
    """Return the source documents of the post and of the headcounts of its units."""
    organisation = report.spans.organisation
    position = organisation.positions[row.position_id]
    led = organisation.led_units.get(position.id, ())
    amounts = [one for unit_id in led for one in organisation.units[unit_id].employees]
    cited = every_citation([position, organisation.lines[position.id], amounts])
    titles = [
        organisation.sources[one].title
        for one in dict.fromkeys(cite.source_id for cite in cited)
        if one in organisation.sources
    ]
    return Joined(tuple(titles), "; ") if titles else None


@dataclass(frozen=True, slots=True)
class LeaderColumn:
    """A column of the table of leaders.

    Attributes
    ----------
    value
        Returns the cell of a leader from the report, the index among the chosen and the figures.
    words
        Returns the cell from the post alone; sorting by it creates no rows.
    order
        Returns the numbers to sort by, for a column of numbers.
    """

    column: Column
    value: Callable[[SpanReport, int, LeaderSpan], Value]
    words: Words | None = None
    order: Callable[[SpanReport], Order] | None = None


def _in_words(key: str, name: str, meaning: str, words: Words) -> LeaderColumn:
    """Return a column whose texts depend on the post alone."""

    def value(report: SpanReport, _place: int, row: LeaderSpan) -> Value:
        organisation = report.spans.organisation
        return words(organisation, organisation.positions[row.position_id])

    return LeaderColumn(text_column(key, name, meaning), value, words)


def _figures(*keys: str) -> tuple[LeaderColumn, ...]:
    """Return the columns of figures."""
    return tuple(_figure(one) for key in keys for one in FIGURES if one.key == key)


def _figure(column: Column) -> LeaderColumn:
    return LeaderColumn(
        column,
        lambda _report, _place, row: getattr(row, column.key),
        order=lambda report: report.counts.order(column.key),
    )


_ALL_COLUMNS = (
    _in_words(
        "post",
        N_("Post"),
        N_("The title of the leader's post."),
        lambda _organisation, position: position.title,
    ),
    _in_words(
        "holder",
        N_("Holder"),
        N_("Who holds the post, where that is known."),
        lambda organisation, position: organisation.holder_names(position.id) or None,
    ),
    _in_words(
        "unit",
        N_("Unit"),
        N_("The unit that the post is in."),
        lambda organisation, position: organisation.units[position.unit_id].name,
    ),
    _in_words("kind", N_("Kind of unit"), definition("kind"), _kind_words),
    _in_words(
        "status",
        N_("Status"),
        N_("What is known of the holder."),
        lambda organisation, position: held_words(organisation, position.id),
    ),
    LeaderColumn(
        text_column("level", N_("Level"), definition("level")),
        lambda _report, _place, row: level_words(row.level, is_least=row.level_is_least),
        order=_level_order,
    ),
    LeaderColumn(
        count_column("layer", N_("Layer"), N_("Posts up to the top, itself included.")),
        lambda _report, _place, row: row.layers_above + 1,
        order=lambda report: report.counts.layers_above.astype(np.float64),
    ),
    *_figures("seats", "span"),
    LeaderColumn(
        text_column("known", N_("The span is"), N_("Exact, assumed, at least, or not stated.")),
        lambda _report, _place, row: message(KNOWING_WORDS[row.knowing]),
        order=lambda report: report.counts.knowing.astype(np.float64),
    ),
    *_figures("firm_span"),
    LeaderColumn(
        text_column("fit", N_("Compared with the guideline"), definition("fit")),
        lambda report, place, _row: message(FIT_WORDS[fit_of(report, place)]),
        order=lambda report: report.fit_codes.astype(np.float64),
    ),
    LeaderColumn(
        text_column("work", N_("Kind of work"), N_("By the kind of the leader's unit.")),
        lambda report, place, _row: _work_words(report, place),
    ),
    *_figures("direct_leaders", "direct_staff", "reach", "leaders_below"),
    LeaderColumn(
        interval_column("leader_share", N_("Leader share"), definition("leader_share")),
        lambda _report, _place, row: row.leader_share,
        order=_share_order,
    ),
    *_figures("layers_below"),
    LeaderColumn(
        text_column("one_to_one", N_("Leader of one leader"), definition("one_to_one")),
        lambda report, place, _row: message(ONE_TO_ONE_WORDS[int(report.one_to_one_codes[place])]),
        order=lambda report: -report.one_to_one_codes.astype(np.float64),
    ),
    *_figures("direct_fte", "fte_below"),
    _in_words(
        "post_id",
        N_("Id of the post"),
        N_("Its id in the data, for joining tables."),
        lambda _organisation, position: position.id,
    ),
    _in_words(
        "unit_id",
        N_("Id of the unit"),
        N_("Its id in the data, for joining tables."),
        lambda _organisation, position: position.unit_id,
    ),
    LeaderColumn(
        text_column(
            "sources",
            N_("Sources"),
            N_("The documents that the post, its line and its headcounts are from."),
        ),
        lambda report, _place, row: _sources(report, row),
    ),
    LeaderColumn(
        text_column(
            "left_out",
            N_("Left out"),
            N_(
                "Who is left out of these figures; the same in every row, so that a row can stand alone."
            ),
        ),
        lambda report, _place, _row: left_out_words(report.spans),
    ),
)
COLUMNS = {one.column.key: one for one in _ALL_COLUMNS}
# The names of all columns, as addresses and programs use them.
COLUMN_KEYS = tuple(COLUMNS)
