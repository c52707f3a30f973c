"""The tables of a span report, with the meaning of each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leader_table import ALL_LEADERS, LeaderQuery, leaders_table
from orgmodel.analysis.statistics.span_counts import AVERAGE_WORDS
from orgmodel.analysis.tables import (
    Column,
    ColumnType,
    Table,
    count_column,
    interval_column,
    share_column,
    text_column,
)
from orgmodel.model.bands import FIGURE_WORDS, FIT_WORDS, Fit
from orgmodel.model.glossary import TERMS, definition
from orgmodel.texts import DEFAULT_LANGUAGE, N_, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orgmodel.analysis.statistics.span_counts import BandCount
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Value
    from orgmodel.model.bands import WorkBand
    from orgmodel.texts import Language, Worded

_LEADERS = N_("Leaders, counted in seats.")


def band_words(count: BandCount) -> Worded:
    """Return a band of a distribution in words."""
    if count.band is None:
        return message(N_("not stated"))
    return count.band.words()


def work_words(work: WorkBand | None) -> Worded:
    """Return a kind of work in words."""
    return message(N_("Other work")) if work is None else work.name


def _rows(columns: tuple[Column, ...], items: Iterable[object]) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of a table whose columns are attributes of its items."""
    return tuple(tuple(getattr(one, column.key) for column in columns) for one in items)


def bands_table(report: SpanReport) -> Table:
    """Return the number of leaders in each published band."""
    total = report.seats
    return Table(
        "bands",
        message(N_("Spans of control by size")),
        message(
            N_(
                "Tools for organisation design use these sizes. None is right or wrong by "
                "itself. A leader is counted by the lowest number that is certain."
            )
        ),
        (
            text_column("band", N_("Span"), definition("span")),
            count_column("leaders", N_("Leaders"), _LEADERS),
            share_column("share", N_("Share"), N_("Of all leaders here.")),
            count_column(
                "settled",
                N_("Exact"),
                definition("exact"),
            ),
            count_column(
                "assumed",
                N_("Assumed"),
                N_("One number, if the assumptions hold."),
            ),
            count_column(
                "at_least",
                N_("At least this many"),
                N_("Leaders whose span is this many or more."),
            ),
        ),
        tuple(
            (
                band_words(one),
                one.leaders,
                one.leaders / total if total else None,
                one.settled,
                one.assumed,
                0 if one.band is None else one.leaders - one.settled - one.assumed,
            )
            for one in report.band_counts()
        ),
        whom=tuple(
            ("band", "unknown" if one.band is None else one.band.id)
            for one in report.band_counts()
        ),
    )


def fits_table(report: SpanReport) -> Table:
    """Return how many spans are below, in or above the reference ranges, by kind of work."""
    fits = (Fit.NARROW, Fit.FITTING, Fit.WIDE, Fit.OPEN)
    rows: list[tuple[Value, ...]] = []
    for one in report.work_counts():
        work = one.work
        span = None if work is None else work.range_words()
        numbers = [None if span is None else one.fits[fit] for fit in fits]
        basis = message(FIT_WORDS[Fit.NONE]) if work is None else work.basis_words()
        rows.append((work_words(work), span, *numbers, one.leaders, basis))
    return Table(
        "work",
        message(N_("Spans of control by kind of work")),
        message(TERMS["fit"].more),
        (
            text_column("work", N_("Kind of work"), N_("By the kind of the leader's unit.")),
            text_column("range", N_("Guideline span"), definition("fit")),
            *(count_column(fit.value, FIT_WORDS[fit], definition(fit.value)) for fit in fits),
            count_column("leaders", N_("Leaders"), _LEADERS),
            text_column("reference", N_("Reference"), N_("Where the range comes from.")),
        ),
        tuple(rows),
        whom=tuple(
            None if one.work is None else ("among", f"work-{one.work.id}")
            for one in report.work_counts()
        ),
    )


def published_table(report: SpanReport) -> Table:
    """Return published figures on spans, each with its source, for information only."""
    return Table(
        "published",
        message(N_("What others have published")),
        message(
            N_(
                "Averages, ceilings and ranges. The work may be different, and it may have "
                "been counted in other ways."
            )
        ),
        (
            text_column("work", N_("Kind of work"), N_("The kind of work here that it is about.")),
            text_column("figure", N_("Figure"), N_("What the number is.")),
            text_column("value", N_("Number"), N_("As it is published.")),
            text_column("among", N_("Among"), N_("Whose spans it is about.")),
            text_column("source", N_("Source"), N_("Who found it, and who reports it.")),
        ),
        tuple(
            (
                message(N_("All work")) if work is None else work.name,
                message(FIGURE_WORDS[one.figure]),
                one.value_words(),
                one.among,
                one.source_words(),
            )
            for work, one in report.published()
        ),
    )


def layers_table(report: SpanReport) -> Table:
    """Return leaders and staff on each layer."""
    layers = report.layer_counts()
    columns = (
        count_column("layer", N_("Layer"), N_("1 at the top.")),
        count_column("leaders", N_("Leaders"), _LEADERS),
        count_column(
            "leaders_of_leaders",
            N_("Leaders of leaders"),
            N_("At least one leader reports to them."),
        ),
        count_column(
            "leaders_of_staff",
            N_("Leaders of staff"),
            N_("No leader is known to report to them."),
        ),
        count_column("political", N_("Politicians"), N_("They are not employees.")),
        interval_column(
            "staff",
            N_("Staff"),
            N_("Those who lead nobody and report to a leader here in the layer above."),
        ),
        interval_column(
            "median_span",
            N_("Median span"),
            N_("For the leaders of the layer whose span is known exactly or in part."),
        ),
    )
    return Table(
        "layers",
        message(N_("Layers")),
        message(
            N_(
                "A layer counts from the top post that is known. Staff are one layer below the "
                "leader they report to; where their number is not stated it is “at least”."
            )
        ),
        columns,
        _rows(columns, layers),
        # A layer of staff alone has no leaders to list.
        whom=tuple(("layer", str(one.layer)) if one.leaders else None for one in layers),
    )


def matrix_table(report: SpanReport) -> Table:
    """Return how many leaders of each layer are in each band."""
    bands = report.band_counts()
    columns = tuple(
        Column(
            "unknown" if one.band is None else f"band_{one.band.id}",
            band_words(one),
            ColumnType.COUNT,
            message(_LEADERS),
        )
        for one in bands
    )
    return Table(
        "matrix",
        message(N_("Layers and spans")),
        message(
            N_("How many leaders of a layer have a span of this size, by the lowest it can be.")
        ),
        (count_column("layer", N_("Layer"), N_("1 at the top.")), *columns),
        tuple((layer, *numbers) for layer, numbers in report.matrix().items()),
        whom=tuple(("layer", str(layer)) for layer in report.matrix()),
    )


def averages_table(report: SpanReport) -> Table:
    """Return average spans, each with the leaders it is over."""
    known = N_("Leaders whose span is known exactly or in part. The others are in no average.")
    columns = (
        text_column("over", N_("Over"), N_("Whose spans are averaged.")),
        count_column("leaders", N_("Leaders"), _LEADERS),
        count_column("known", N_("Known"), known),
        interval_column("mean", N_("Mean"), definition("mean")),
        interval_column("median", N_("Median"), definition("median")),
        interval_column(
            "mean_without_vacant",
            N_("Mean without advertised posts"),
            N_("Advertised posts are not counted in spans, but those they lead are."),
        ),
        interval_column(
            "median_without_vacant",
            N_("Median without advertised posts"),
            N_("Advertised posts are not counted in spans, but those they lead are."),
        ),
    )
    return Table(
        "averages",
        message(N_("Average spans")),
        message(
            N_(
                "Each average is named after the leaders it covers. If spans are “at least”, "
                "so is the average."
            )
        ),
        columns,
        _rows(columns, report.averages()),
        whom=tuple(("among", name) for name in AVERAGE_WORDS),
    )


# The tables of a report by id, except the table of leaders, which takes a query.
TABLES: Mapping[str, Callable[[SpanReport], Table]] = {
    "bands": bands_table,
    "work": fits_table,
    "published": published_table,
    "layers": layers_table,
    "matrix": matrix_table,
    "averages": averages_table,
}


def span_tables(
    report: SpanReport,
    query: LeaderQuery = ALL_LEADERS,
    *,
    names: bool,
    language: Language = DEFAULT_LANGUAGE,
) -> tuple[Table, ...]:
    """Return all tables of a report, that of the leaders last.

    Parameters
    ----------
    query, names, language
        Arguments of `leaders_table`.
    """
    leaders = leaders_table(report, query, names=names, language=language)
    return (*(make(report) for make in TABLES.values()), leaders)
