"""The page that compares organisations: a column for each, and the meaning of every row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.model.findings import Severity
from orgmodel.model.glossary import definition
from orgmodel.model.statuses import STATUS_FACTS, Status
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.texts import join_words, sort_key
from webui.asking.edge import current_viewer, requested_organisations
from webui.parts.building import kind_phrase
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.analysis.findings.coverage import Tally
    from orgmodel.model.amounts import Interval
    from webui.asking.viewer import Viewer
    from webui.parts.context import OrganisationLink
    from webui.store.loaded import Loaded

    Figure = Callable[[Loaded], "Cell"]

bp = Blueprint("comparison", __name__)


@bp.get("/compare")
def page() -> str:
    """Show the organisations side by side."""
    return render_template(
        "pages/comparison/page.html",
        page=comparison_context(current_viewer(), requested_organisations()),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A segment of a bar: its kind, its share of the whole in percent and its start."""

    sort: str
    words: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one organisation; `bars` holds the segments if it has several kinds."""

    words: str
    note: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every organisation, with its meaning; `term` is its key in the glossary or empty."""

    term: str
    name: str
    meaning: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows on one subject."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ComparisonContext:
    """The page that compares organisations; one column per organisation."""

    organisations: tuple[OrganisationLink, ...]
    groups: tuple[RowGroup, ...]


def comparison_context(viewer: Viewer, organisations: Sequence[Loaded]) -> ComparisonContext:
    """Return the organisations side by side."""
    return ComparisonContext(
        organisations=tuple(organisation_link(viewer, one.organisation) for one in organisations),
        groups=tuple(
            RowGroup(
                heading,
                tuple(
                    Row(term, name, meaning, tuple(figure(one) for one in organisations))
                    for term, name, meaning, figure in rows
                ),
            )
            for heading, rows in (
                (viewer._("Size"), _size(viewer)),
                (viewer._("Layers and spans of control"), _spans(viewer)),
                (viewer._("Posts"), _posts(viewer)),
                (viewer._("How much we know"), _knowledge(viewer)),
                (viewer._("Same word, different layers"), _words(viewer, organisations)),
                (viewer._("Sources"), _sources(viewer)),
            )
            if rows
        ),
    )


def _size(viewer: Viewer) -> list[tuple[str, str, str, Figure]]:
    return [
        (
            "headcount",
            viewer._("Employees"),
            viewer._("As stated for the highest units."),
            partial(_employees, viewer),
        ),
        (
            "fte",
            viewer._("Full-time posts"),
            viewer._("As a source states it. Never added to employees."),
            lambda one: _interval(viewer, one.summary.fte),
        ),
        (
            "post",
            viewer._("Posts in the chart"),
            viewer._("Counted in seats, without planned posts."),
            lambda one: Cell(viewer.number(one.summary.positions)),
        ),
        (
            "leader",
            viewer._("Leaders"),
            viewer._(definition("leader")),
            lambda one: Cell(viewer.number(one.summary.leaders)),
        ),
        (
            "unit",
            viewer._("Units"),
            viewer._(
                "Combined units are counted one by one: “Fire øvrige centre” (four "
                "other centres) are four."
            ),
            lambda one: Cell(viewer.number(sum(u.count for u in one.organisation.units.values()))),
        ),
        (
            "group",
            viewer._("Groups"),
            viewer._("Management groups and committees."),
            lambda one: Cell(viewer.number(len(one.organisation.groups))),
        ),
    ]


def _spans(viewer: Viewer) -> list[tuple[str, str, str, Figure]]:
    return [
        (
            "layer",
            viewer._("Layers"),
            viewer._("Posts on the longest chain, from the top post that is known."),
            lambda one: Cell(viewer.number(one.summary.layers)),
        ),
        (
            "employees_per_leader",
            viewer._("Employees per leader"),
            viewer._(definition("employees_per_leader")),
            lambda one: _interval(viewer, one.summary.employees_per_leader),
        ),
        (
            "median",
            viewer._("Median span"),
            viewer._("For the leaders whose span is known exactly or in part."),
            partial(_median, viewer),
        ),
        (
            "span",
            viewer._("Widest known span"),
            viewer._("The largest number that is certain."),
            partial(_widest, viewer),
        ),
        (
            "one_to_one",
            viewer._("Leaders of one leader"),
            viewer._(definition("one_to_one")),
            partial(_one_to_one, viewer),
        ),
    ]


def _posts(viewer: Viewer) -> list[tuple[str, str, str, Figure]]:
    return [
        (
            status.value,
            viewer._(facts.words),
            viewer._(facts.posts_note),
            partial(_seats, viewer, status),
        )
        for status, facts in STATUS_FACTS.items()
        if facts.posts_note
    ]


def _seats(viewer: Viewer, status: Status, one: Loaded) -> Cell:
    """Return how many seats have a status; unnamed seats include those of partly held posts."""
    is_unnamed = status is Status.UNNAMED
    seats = one.coverage.holders.unknown if is_unnamed else one.summary.statuses[status]
    return Cell(viewer.number(seats))


def _knowledge(viewer: Viewer) -> list[tuple[str, str, str, Figure]]:
    return [
        (
            "reports_to",
            viewer._("Who each post reports to"),
            viewer._("Stated in the source, where it says “refererer til” (reports to)."),
            lambda one: _tally(viewer, one.coverage.lines),
        ),
        (
            "holder",
            viewer._("Who holds each post"),
            viewer._("An advertised post counts as stated."),
            lambda one: _tally(viewer, one.coverage.holders),
        ),
        (
            "span",
            viewer._("How many each leader leads directly"),
            viewer._("Partly: an interval, or “at least”."),
            lambda one: _tally(viewer, one.coverage.spans),
        ),
        (
            "reach",
            viewer._("How many are below each leader"),
            viewer._("Stated in the source, or derived from what is known."),
            lambda one: _tally(viewer, one.coverage.reaches),
        ),
        (
            "chair",
            viewer._("Who chairs each group"),
            viewer._("Stated or not stated. It is never derived."),
            lambda one: _tally(viewer, one.coverage.chairs),
        ),
        (
            "",
            viewer._("Everything above"),
            viewer._("The five rows together."),
            lambda one: _tally(viewer, one.coverage.total),
        ),
    ]


def _words(viewer: Viewer, organisations: Sequence[Loaded]) -> list[tuple[str, str, str, Figure]]:
    """Return, for kinds of unit that several organisations use, the layers of their leaders."""
    used: dict[str, int] = {}
    for one in organisations:
        for kind_id in {
            unit.kind_id for unit in one.organisation.units.values() if unit.parent_id
        }:
            used[kind_id] = used.get(kind_id, 0) + 1
    shared = [kind_id for kind_id, count in used.items() if count > 1]
    meaning = viewer._(
        "The layer of the leaders of such units, counted from the top post that is known."
    )
    return [
        (
            "kind",
            _kind_name(viewer, organisations, kind_id),
            meaning,
            partial(_layers_of, viewer, kind_id),
        )
        for kind_id in sorted(shared, key=lambda one: sort_key(one, viewer.language))
    ]


def _kind_name(viewer: Viewer, organisations: Sequence[Loaded], kind_id: str) -> str:
    known = (one.organisation for one in organisations if kind_id in one.organisation.kinds)
    organisation = next(known, None)
    return kind_phrase(viewer, organisation, kind_id).text if organisation else kind_id


def _layers_of(viewer: Viewer, kind_id: str, one: Loaded) -> Cell:
    units = [unit for unit in one.organisation.units.values() if unit.kind_id == kind_id]
    if not units:
        return Cell(viewer._("not used"))
    rows = [row for unit in units if unit.leader_id and (row := one.spans.get(unit.leader_id))]
    layers = sorted({row.layers_above + 1 for row in rows})
    if not layers:
        return Cell(viewer._("leader not stated"))
    numbers = join_words(map(viewer.number, layers), viewer.language)
    return Cell(viewer._("layer {layers} of {all}", layers=numbers, all=one.summary.layers))


def _sources(viewer: Viewer) -> list[tuple[str, str, str, Figure]]:
    return [
        (
            "",
            viewer._("Documents"),
            viewer._("The documents that the information comes from."),
            lambda one: Cell(viewer.number(len(one.organisation.sources))),
        ),
        (
            "",
            viewer._("Citations"),
            viewer._("Places in the documents that the information is cited from."),
            lambda one: Cell(viewer.number(one.citations)),
        ),
        (
            "finding",
            viewer._("Findings"),
            viewer._("What is not stated, contradictory or assumed."),
            partial(_findings, viewer),
        ),
        (
            "as_of",
            viewer._("As of"),
            viewer._("The date of the data, not of today."),
            lambda one: Cell(one.organisation.record.as_of.text(viewer.language)),
        ),
    ]


def _employees(viewer: Viewer, one: Loaded) -> Cell:
    figure = one.figures.employees()
    if figure is None:
        return Cell(viewer._("not stated"))
    language = viewer.language
    is_exact = figure.interval.is_exact
    note = "" if is_exact else interval_words(figure.interval).text(language)
    return Cell(figure.words.text(language), note)


def _interval(viewer: Viewer, interval: Interval | None) -> Cell:
    if interval is None:
        return Cell(viewer._("not stated"))
    if interval.low == 0 and interval.high is not None:
        return Cell(viewer._("at most {number}", number=viewer.number(interval.high)))
    return Cell(interval_words(interval).text(viewer.language))


def _median(viewer: Viewer, one: Loaded) -> Cell:
    summary = one.summary
    known = summary.spans_settled + summary.spans_assumed + summary.spans_bounded
    if summary.span_median is None:
        return Cell(viewer._("not stated"))
    words = headline_words(summary.span_median).text(viewer.language)
    return Cell(
        words, viewer._("{known} of {all} leaders", known=known, all=known + summary.spans_unknown)
    )


def _widest(viewer: Viewer, one: Loaded) -> Cell:
    known = [row for row in one.spans if not row.span.is_unknown]
    if not known:
        return Cell(viewer._("not stated"))
    widest = max(known, key=lambda row: row.span.low / row.seats)
    number = viewer.number(widest.span.low)
    words = number if widest.span.is_exact else viewer._("at least {number}", number=number)
    organisation = one.organisation
    title = organisation.positions[widest.position_id].title.text(viewer.language)
    return Cell(words, title)


def _one_to_one(viewer: Viewer, one: Loaded) -> Cell:
    """Return the number of certain one-to-one links, and of possible ones."""
    number = one.summary.one_to_one
    seats = SpanReport(one.counting().leaders).one_to_one().possible
    if not seats:
        return Cell(viewer.number(number))
    note = viewer.ngettext("perhaps {n} more", "perhaps {n} more", seats)
    return Cell(viewer.number(number) if number else viewer._("none known"), note)


def _findings(viewer: Viewer, one: Loaded) -> Cell:
    warnings = sum(finding.severity is Severity.WARNING for finding in one.findings)
    note = viewer.ngettext("{n} to look into", "{n} to look into", warnings)
    return Cell(viewer.number(len(one.findings)), note)


def _tally(viewer: Viewer, tally: Tally) -> Cell:
    parts = (
        (
            "stated",
            tally.stated,
            viewer._("{n} stated in the source", n=viewer.number(tally.stated)),
        ),
        ("derived", tally.derived, viewer._("{n} derived", n=viewer.number(tally.derived))),
        ("bounded", tally.bounded, viewer._("{n} partly", n=viewer.number(tally.bounded))),
        ("unknown", tally.unknown, viewer._("{n} not stated", n=viewer.number(tally.unknown))),
    )
    bars = []
    start = 0.0
    for sort, count, words in parts:
        if count:
            width = 100 * count / tally.total
            bars.append(Bar(sort, words, round(start, 3), round(width, 3)))
            start += width
    return Cell(
        " · ".join(bar.words for bar in bars) or viewer._("nothing to count"), "", tuple(bars)
    )
