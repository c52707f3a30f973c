"""The page of the spans of control of an organisation's leaders."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.statistics.leader_table import LeaderQuery, leaders_table
from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.analysis.statistics.span_tables import TABLES, averages_table, published_table
from orgmodel.drawing.plots import PLOT_NAMES, PLOTS, SHOWN, is_blank, plot_png, plot_svg
from orgmodel.drawing.views import Cut
from orgmodel.errors import EngineError
from orgmodel.model.amounts import total
from orgmodel.model.bands import RangeOrigin
from orgmodel.model.glossary import definition
from orgmodel.model.statuses import LEADERS_STATUSES
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.texts import join_words
from webui.asking.params import UNITS, WHOLE
from webui.limits import PLOTS_KEPT
from webui.pages.spans.context import Headline, PlotContext, SpansContext
from webui.pages.spans.controls import span_controls
from webui.pages.spans.tables import leader_table, leaders_url, table_context
from webui.parts.building import kind_phrase, phrase
from webui.parts.navigation import organisation_link
from webui.server.jobs import PLOTS as QUEUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Table
    from orgmodel.drawing.plots import Spec
    from webui.asking.span_params import SpanRequest
    from webui.asking.viewer import Viewer

_LOG = logging.getLogger("webui")
_WIDEST_COLUMNS = frozenset({"post", "unit", "span", "fit"})


def spans_context(viewer: Viewer, asked: SpanRequest) -> SpansContext:
    """Return the page for the selected leaders."""
    report = asked.report()
    scope, lang = scope_words(viewer, asked)
    plots = tuple(_plots(viewer, report)) if report.seats else ()
    return SpansContext(
        organisation=organisation_link(viewer, asked.loaded.organisation, "spans"),
        scope=scope,
        scope_lang=lang,
        controls=span_controls(viewer, asked),
        headlines=tuple(headlines(viewer, asked, report)),
        plots=plots,
        lacks_plots=any(plot.svg is None for plot in plots),
        averages=table_context(viewer, averages_table(report)),
        published=table_context(viewer, published_table(report)),
        leaders=leader_table(viewer, asked, report),
        present_href=_present_url(viewer, asked),
        compare_href=viewer.url_for(
            "span_comparisons.page",
            **{
                "first-organisation": asked.loaded.organisation.id,
                "first-unit": asked.choice.unit_id,
                "first-kind": list(asked.choice.kind_ids),
                "first-layer": list(map(str, asked.choice.layers)),
                **asked.counted_params(),
            },
        ),
        has_leaders=bool(report.seats),
        notes=tuple(_notes(viewer, asked)),
        left_out=left_out_words(report.spans).text(viewer.language),
    )


def _present_url(viewer: Viewer, asked: SpanRequest) -> str:
    """Return the URL that exports the leaders' part of the chart for a presentation."""
    _organisation_id, unit_id = asked.loaded.organisation.id, asked.choice.unit_id
    if unit_id is None:
        return viewer.url_for("presentations.page", cut=WHOLE)
    return viewer.url_for("presentations.page", chart=UNITS, cut=Cut.BRANCH.value, post=unit_id)


def scope_words(viewer: Viewer, asked: SpanRequest) -> tuple[str, str | None]:
    """Return the selection of leaders in words, and its language if it differs from the page's."""
    organisation, choice = asked.loaded.organisation, asked.choice
    unit = organisation.units.get(choice.unit_id or "")
    name = phrase(viewer, organisation.name if unit is None else unit.name)
    parts = [name.text]
    parts += [kind_phrase(viewer, organisation, one).text for one in choice.kind_ids]
    if choice.layers:
        layers = join_words(map(viewer.number, choice.layers), viewer.language)
        parts.append(viewer._("layer {layers}", layers=layers))
    return " · ".join(parts), name.lang


def headlines(viewer: Viewer, asked: SpanRequest, report: SpanReport) -> Iterator[Headline]:
    """Yield the figures at the top, each with its derivation and uncertainty."""
    known, language = report.known, viewer.language
    of_all = viewer.ngettext("{n} leader", "{n} leaders", report.seats)
    yield Headline(
        "leader",
        viewer._("Leaders"),
        viewer.number(report.seats),
        viewer._("listed; there may be more") if report.may_lack_leaders else "",
        (
            viewer._(definition("leader")),
            left_out_words(report.spans).text(language),
        ),
        leaders_url(viewer, "among", "all"),
    )
    median = known.median()
    yield Headline(
        "median",
        viewer._("Median span"),
        viewer._("not stated") if median is None else headline_words(median).text(language),
        viewer._("known for {known} of {all}", known=viewer.number(len(known)), all=of_all),
        (
            viewer._(definition("median")),
            viewer._(
                "Between: {interval}.",
                interval=viewer._("not stated")
                if median is None
                else interval_words(median).text(language),
            ),
            viewer._(
                "Leaders whose span is not stated are left out. If spans are “at least”, so "
                "is the median."
            ),
        ),
        leaders_url(viewer, "among", "known"),
    )
    by = report.by_knowing()
    yield Headline(
        "exact",
        viewer._("Spans we know exactly"),
        viewer.number(by[Knowing.SETTLED]),
        viewer._(
            "{assumed} assumed, {n} “at least”, {unknown} not stated",
            assumed=viewer.number(by[Knowing.ASSUMED]),
            n=viewer.number(by[Knowing.BOUNDED]),
            unknown=viewer.number(by[Knowing.UNKNOWN]),
        ),
        (
            viewer._(definition("exact")),
            viewer._(
                "Assumed spans depend on something that no source says, for example that all "
                "units are listed."
            ),
        ),
        leaders_url(viewer, "among", Knowing.SETTLED.value),
    )
    layers = {int(one) for one in report.counts.layers_above}
    yield Headline(
        "layers",
        viewer._("Layers of leaders"),
        viewer.number(max(layers) - min(layers) + 1 if layers else 0),
        viewer._(
            "from layer {first} to {last}",
            first=viewer.number(min(layers) + 1),
            last=viewer.number(max(layers) + 1),
        )
        if layers
        else "",
        (
            viewer._(
                "Counted from the top post that is known. Leaders above it whom no source "
                "names are not counted."
            ),
        ),
    )
    links = report.one_to_one()
    yield Headline(
        "one_to_one",
        viewer._("Leaders of one leader"),
        viewer.number(links.certain),
        viewer.ngettext("perhaps {n} more", "perhaps {n} more", links.possible)
        if links.possible
        else "",
        (viewer._(definition("one_to_one")),),
        leaders_url(viewer, "among", "one-to-one" if links.certain else "maybe-one-to-one"),
    )
    left_out = left_out_words(report.spans).text(language)
    for status in LEADERS_STATUSES:
        facts = status.facts
        yield Headline(
            status.value,
            viewer._(facts.leaders_words),
            viewer.number(report.with_status(status)),
            "",
            (viewer._(facts.leaders_note), *((left_out,) if facts.left_out_as else ())),
            leaders_url(viewer, "among", status.value),
        )
    yield _unreported(viewer, asked)


def _unreported(viewer: Viewer, asked: SpanRequest) -> Headline:
    """Return how many people of stated totals are in no part with its own headcount."""
    organisation = asked.loaded.organisation
    found = asked.loaded.undistributed
    unit_id = asked.choice.unit_id
    if unit_id is not None:
        leaders = asked.loaded.counting().leaders
        is_below = leaders.unit_forest.below(leaders.unit_numbers[unit_id], itself=True)
        numbers = leaders.unit_numbers
        found = {one: rest for one, rest in found.items() if is_below[numbers[one]]}
    words: list[str] = [
        viewer._(
            "{unit}: {n}.",
            unit=phrase(viewer, organisation.units[one].name).text,
            n=interval_words(rest).text(viewer.language),
        )
        for one, rest in found.items()
    ]
    how = viewer._(definition("unreported"))
    if not found:
        none = viewer._(
            "No unit here has a stated number of employees that its parts can be compared with."
        )
        return Headline(
            "unreported", viewer._("Employees in no listed unit"), "–", "", (how, none)
        )
    rest = total(list(found.values()))
    return Headline(
        "unreported",
        viewer._("Employees in no listed unit"),
        headline_words(rest).text(viewer.language),
        "" if rest.is_exact else interval_words(rest).text(viewer.language),
        (how, *words),
    )


def _table_of(viewer: Viewer, plot_id: str, report: SpanReport) -> Table:
    """Return the table of a plot's numbers."""
    if plot_id in TABLES:
        return TABLES[plot_id](report)
    query = LeaderQuery(sort="span", descending=True)
    widest = leaders_table(report, query, names=False, language=viewer.language)
    return replace(widest, id=plot_id, rows=widest.rows[:SHOWN])


def _plots(viewer: Viewer, report: SpanReport) -> Iterator[PlotContext]:
    specs = {plot_id: draw(report, viewer.language) for plot_id, draw in PLOTS.items()}
    drawn = _drawn(specs)
    for plot_id in PLOTS:
        table = _table_of(viewer, plot_id, report)
        keys = {column.key for column in table.columns}
        left_out = frozenset(keys - _WIDEST_COLUMNS) if plot_id == "widest" else frozenset()
        yield PlotContext(
            id=plot_id,
            name=viewer._(PLOT_NAMES[plot_id]),
            about=_about(viewer, plot_id, table),
            words=_widest_words(viewer, report) if plot_id == "widest" else "",
            svg=drawn[plot_id],
            table=table_context(viewer, table, without=left_out),
        )


def _drawn(specs: Mapping[str, Spec]) -> dict[str, str | None]:
    """Return plots as SVG: empty if there is nothing to draw, None if drawing fails."""
    try:
        return {
            plot_id: "" if is_blank(spec) else drawn_svg(spec) for plot_id, spec in specs.items()
        }
    except EngineError as error:
        _LOG.warning("a page of spans goes without plots: %s", error)
    return dict.fromkeys(specs)


def _about(viewer: Viewer, plot_id: str, table: Table) -> str:
    if plot_id == "widest":
        return viewer._(
            "Each line goes from the lowest to the highest that the span can be. Posts are "
            "compared, not people."
        )
    return table.about.text(viewer.language)


def _widest_words(viewer: Viewer, report: SpanReport) -> str:
    """Return the narrowest settled spans in a sentence."""
    organisation, language = report.spans.organisation, viewer.language
    found = []
    for place in report.narrowest(SHOWN // 2).tolist():
        row = report.spans[int(report.places[place])]
        if row.firm_span.is_exact:
            position = organisation.positions[row.position_id]
            unit = organisation.units[position.unit_id].name.text(language)
            n = interval_words(row.span).text(language)
            found.append(f"{position.title.text(language)}, {unit} ({n})")
    if not found:
        return ""
    return viewer._("The narrowest known exactly: {posts}.", posts="; ".join(found))


def _notes(viewer: Viewer, asked: SpanRequest) -> Iterator[str]:
    posts = asked.loaded.organisation.positions.values()
    lost = sum(position.line_lost is not None for position in posts)
    if lost:
        yield viewer.ngettext(
            "{n} reporting line was lost on import: spans and layers may be larger than shown.",
            "{n} reporting lines were lost on import: spans and layers may be larger than shown.",
            lost,
        )
    if any(one.basis is RangeOrigin.OURS for one in asked.bands.work):
        yield viewer._(
            "Where there is no guideline span, our own ranges are used. They do not come "
            "from a study."
        )
    if asked.bands_changed:
        yield viewer._(
            "You have changed the guideline spans. They are kept in the address of the page."
        )


def drawn_svg(spec: Spec) -> str:
    """Return a plot as SVG; a cached one is returned without waiting.

    Raises
    ------
    BusyError
        If too many plots wait to be drawn.
    EngineError
        If the plotting process fails.
    """
    return _svg(json.dumps(spec))


def drawn_png(spec: Spec) -> bytes:
    """Return a plot as PNG; see `drawn_svg`."""
    return QUEUE.do(lambda: plot_png(spec))


@lru_cache(maxsize=PLOTS_KEPT)
def _svg(spec: str) -> str:
    return QUEUE.do(lambda: plot_svg(json.loads(spec)))
