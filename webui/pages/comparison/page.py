"""The page that compares organisations: one column each, and what every row means."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.model.findings import Severity
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.texts import join_words, sort_key
from webui.asking.languages import _, current_language, ngettext
from webui.pages.comparison.context import Bar, Cell, ComparisonContext, Row, RowGroup
from webui.parts.building import kind_phrase, organisation_link, say_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.analysis.findings.coverage import Tally
    from orgmodel.model.amounts import Interval
    from webui.store.loaded import Loaded

    Figure = Callable[[Loaded], Cell]


def comparison_context(organisations: Sequence[Loaded]) -> ComparisonContext:
    """Return the organisations side by side."""
    return ComparisonContext(
        organisations=tuple(organisation_link(one.organisation) for one in organisations),
        groups=tuple(
            RowGroup(
                heading,
                tuple(
                    Row(name, meaning, tuple(figure(one) for one in organisations))
                    for name, meaning, figure in rows
                ),
            )
            for heading, rows in (
                (_("Size"), _size()),
                (_("Layers and spans of control"), _spans()),
                (_("Posts"), _posts()),
                (_("How much we know"), _knowledge()),
                (_("One word, different places"), _words(organisations)),
                (_("Sources"), _sources()),
            )
            if rows
        ),
    )


def _size() -> list[tuple[str, str, Figure]]:
    return [
        (_("Employees"), _("As the highest units state it."), _employees),
        (
            _("Full-time posts"),
            _("As stated; never mixed with employees."),
            lambda one: _interval(one.summary.fte),
        ),
        (
            _("Posts in the chart"),
            _("With all seats; planned posts are not counted."),
            lambda one: Cell(say_number(one.summary.positions)),
        ),
        (
            _("Leaders"),
            _("Posts that lead a unit or a post, or are called a leader's."),
            lambda one: Cell(say_number(one.summary.leaders)),
        ),
        (
            _("Units"),
            _("Combined units are counted one by one: “Four other centres” are four."),
            lambda one: Cell(say_number(sum(u.count for u in one.organisation.units.values()))),
        ),
        (
            _("Groups"),
            _("Forums, management groups and committees."),
            lambda one: Cell(say_number(len(one.organisation.groups))),
        ),
    ]


def _spans() -> list[tuple[str, str, Figure]]:
    return [
        (
            _("Layers"),
            _("Posts on the longest chain, from the top post that is known."),
            lambda one: Cell(say_number(one.summary.layers)),
        ),
        (
            _("Employees per leader"),
            _("Employees divided by the leaders whose units are counted in them."),
            lambda one: _interval(one.summary.employees_per_leader),
        ),
        (
            _("Median span of control"),
            _("Over the leaders whose figures are at least partly known."),
            _median,
        ),
        (
            _("Widest known span"),
            _("The greatest number that the data are sure of."),
            _widest,
        ),
        (
            _("One-to-one links"),
            _("Leaders who lead exactly one leader and nobody else."),
            _one_to_one,
        ),
    ]


def _posts() -> list[tuple[str, str, Figure]]:
    return [
        (
            _("Advertised"),
            _("On the data's date; the sources do not say what came of it."),
            lambda one: Cell(say_number(one.summary.vacant)),
        ),
        (
            _("Acting"),
            _("Held for the time being."),
            lambda one: Cell(say_number(one.summary.acting)),
        ),
        (
            _("Not named"),
            _("The post exists, the sources do not say who holds it: not a vacancy."),
            lambda one: Cell(say_number(one.coverage.holders.unknown)),
        ),
        (
            _("Planned"),
            _("Under consideration; does not exist yet."),
            lambda one: Cell(say_number(one.summary.planned)),
        ),
    ]


def _knowledge() -> list[tuple[str, str, Figure]]:
    return [
        (
            _("Who each post reports to"),
            _("Stated where a source says “refererer til” (reports to)."),
            lambda one: _tally(one.coverage.lines),
        ),
        (
            _("Who holds each post"),
            _("An advert answers it too."),
            lambda one: _tally(one.coverage.holders),
        ),
        (
            _("How many each leader leads directly"),
            _("In part: an interval, or at least this many."),
            lambda one: _tally(one.coverage.spans),
        ),
        (
            _("How many are below each leader"),
            _("Stated where a source gives the number."),
            lambda one: _tally(one.coverage.reaches),
        ),
        (
            _("Who chairs each group"),
            _("Stated or not; we do not conclude it."),
            lambda one: _tally(one.coverage.chairs),
        ),
        (
            _("All of these"),
            _("The five questions together."),
            lambda one: _tally(one.coverage.total),
        ),
    ]


def _words(organisations: Sequence[Loaded]) -> list[tuple[str, str, Figure]]:
    """Return, for words that several organisations use, where the leaders of such units stand."""
    used: dict[str, int] = {}
    for one in organisations:
        for kind_id in {
            unit.kind_id for unit in one.organisation.units.values() if unit.parent_id
        }:
            used[kind_id] = used.get(kind_id, 0) + 1
    shared = [kind_id for kind_id, count in used.items() if count > 1]
    meaning = _(
        "The layer of those who lead such a unit, counted from the top post that is known."
    )
    return [
        (_kind_name(organisations, kind_id), meaning, partial(_layers_of, kind_id))
        for kind_id in sorted(shared, key=lambda one: sort_key(one, current_language()))
    ]


def _kind_name(organisations: Sequence[Loaded], kind_id: str) -> str:
    known = (one.organisation for one in organisations if kind_id in one.organisation.kinds)
    organisation = next(known, None)
    return kind_phrase(organisation, kind_id).text if organisation else kind_id


def _layers_of(kind_id: str, one: Loaded) -> Cell:
    units = [unit for unit in one.organisation.units.values() if unit.kind_id == kind_id]
    if not units:
        return Cell(_("not used"))
    rows = [row for unit in units if unit.leader_id and (row := one.spans.get(unit.leader_id))]
    layers = sorted({row.layers_above + 1 for row in rows})
    if not layers:
        return Cell(_("leader not stated"))
    numbers = join_words(map(say_number, layers), current_language())
    return Cell(_("layer {layers} of {all}", layers=numbers, all=one.summary.layers))


def _sources() -> list[tuple[str, str, Figure]]:
    return [
        (
            _("Documents"),
            _("That the data rest on."),
            lambda one: Cell(say_number(len(one.organisation.sources))),
        ),
        (
            _("Citations"),
            _("Places in the documents that single facts name."),
            lambda one: Cell(say_number(one.citations)),
        ),
        (_("Findings"), _("What the sources contradict or leave open."), _findings),
        (
            _("As of"),
            _("The date of the data, not of today."),
            lambda one: Cell(one.organisation.record.as_of.text(current_language())),
        ),
    ]


def _employees(one: Loaded) -> Cell:
    figure = one.figures.employees()
    if figure is None:
        return Cell(_("not stated"))
    language = current_language()
    is_exact = figure.interval.is_exact
    note = "" if is_exact else interval_words(figure.interval).text(language)
    return Cell(figure.words.text(language), note)


def _interval(interval: Interval | None) -> Cell:
    if interval is None:
        return Cell(_("not stated"))
    if interval.low == 0 and interval.high is not None:
        return Cell(_("at most {number}", number=say_number(interval.high)))
    return Cell(interval_words(interval).text(current_language()))


def _median(one: Loaded) -> Cell:
    summary = one.summary
    known = summary.spans_settled + summary.spans_assumed + summary.spans_bounded
    if summary.span_median is None:
        return Cell(_("not known"))
    words = headline_words(summary.span_median).text(current_language())
    return Cell(
        words, _("{known} of {all} leaders", known=known, all=known + summary.spans_unknown)
    )


def _widest(one: Loaded) -> Cell:
    known = [row for row in one.spans if not row.span.is_unknown]
    if not known:
        return Cell(_("not known"))
    widest = max(known, key=lambda row: row.span.low / row.seats)
    number = say_number(widest.span.low)
    words = number if widest.span.is_exact else _("at least {number}", number=number)
    organisation = one.organisation
    title = organisation.positions[widest.position_id].title.text(current_language())
    return Cell(words, title)


def _one_to_one(one: Loaded) -> Cell:
    """Return the links that are certain, and how many leaders may be such a link too."""
    number = one.summary.one_to_one
    seats = SpanReport(one.counting().leaders).one_to_one().possible
    if not seats:
        return Cell(say_number(number))
    note = ngettext("open for {n} leader", "open for {n} leaders", seats)
    return Cell(say_number(number) if number else _("none known"), note)


def _findings(one: Loaded) -> Cell:
    warnings = sum(finding.severity is Severity.WARNING for finding in one.findings)
    note = ngettext("{n} to look into", "{n} to look into", warnings)
    return Cell(say_number(len(one.findings)), note)


def _tally(tally: Tally) -> Cell:
    parts = (
        ("stated", tally.stated, _("{n} stated", n=say_number(tally.stated))),
        ("derived", tally.derived, _("{n} derived", n=say_number(tally.derived))),
        ("bounded", tally.bounded, _("{n} in part", n=say_number(tally.bounded))),
        ("unknown", tally.unknown, _("{n} not known", n=say_number(tally.unknown))),
    )
    bars = []
    start = 0.0
    for sort, count, words in parts:
        if count:
            width = 100 * count / tally.total
            bars.append(Bar(sort, words, round(start, 3), round(width, 3)))
            start += width
    return Cell(" · ".join(bar.words for bar in bars) or _("nobody to ask about"), "", tuple(bars))
