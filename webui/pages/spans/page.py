"""The page of the spans of control of an organisation's leaders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import current_app

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.statistics.leader_table import LeaderQuery, leaders_table
from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.analysis.statistics.span_tables import TABLES, averages_table, published_table
from orgmodel.drawing.plots import PLOT_NAMES, PLOTS, SHOWN, is_blank
from orgmodel.drawing.views import Cut
from orgmodel.errors import EngineError
from orgmodel.model.amounts import total
from orgmodel.model.bands import Basis
from orgmodel.model.entities import Status
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.texts import join_words
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import api_url, presentation_url, span_comparison_url, this_page_as
from webui.asking.view_params import UNITS, WHOLE
from webui.pages.spans.context import Headline, PlotContext, SpansContext
from webui.pages.spans.controls import span_controls
from webui.pages.spans.leader_table import leader_table
from webui.pages.spans.plots import drawn_svg
from webui.pages.spans.tables import leaders_url, table_context
from webui.parts.building import kind_phrase, organisation_link, phrase, say_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.analysis.spans.tables import Table
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.drawing.plots import Spec
    from webui.asking.span_params import SpanView

_WIDEST_COLUMNS = frozenset({"post", "unit", "span", "fit"})


def spans_context(view: SpanView) -> SpansContext:
    """Return the page for the leaders that are asked about."""
    report = view.report()
    scope, lang = scope_words(view)
    plots = tuple(_plots(report)) if report.seats else ()
    return SpansContext(
        organisation=organisation_link(view.loaded.organisation, "spans"),
        scope=scope,
        scope_lang=lang,
        controls=span_controls(view),
        headlines=tuple(headlines(view, report)),
        plots=plots,
        lacks_plots=any(plot.svg is None for plot in plots),
        averages=table_context(averages_table(report)),
        published=table_context(published_table(report)),
        leaders=leader_table(report),
        excel_href=this_page_as("spans.excel"),
        json_href=this_page_as("spans.data"),
        api_href=api_url(),
        present_href=_present_url(view),
        compare_href=span_comparison_url(
            **{
                "first-organisation": view.loaded.organisation.id,
                "first-unit": view.choice.unit_id,
                "first-kind": list(view.choice.kind_ids),
                "first-layer": list(map(str, view.choice.layers)),
                **view.counted_params(),
            }
        ),
        has_leaders=bool(report.seats),
        notes=tuple(_notes(view)),
        left_out=left_out_words(report.spans).text(current_language()),
    )


def _present_url(view: SpanView) -> str:
    """Return the address where the leaders' part of the chart is made ready for a presentation."""
    organisation_id, unit_id = view.loaded.organisation.id, view.choice.unit_id
    if unit_id is None:
        return presentation_url(organisation_id, cut=WHOLE)
    return presentation_url(organisation_id, chart=UNITS, cut=Cut.BRANCH.value, post=unit_id)


def scope_words(view: SpanView) -> tuple[str, str | None]:
    """Return which leaders the page is about, and the language where it is not the page's."""
    organisation, choice = view.loaded.organisation, view.choice
    unit = organisation.units.get(choice.unit_id or "")
    name = phrase(organisation.name if unit is None else unit.name)
    parts = [name.text]
    parts += [kind_phrase(organisation, one).text for one in choice.kind_ids]
    if choice.layers:
        layers = join_words(map(say_number, choice.layers), current_language())
        parts.append(_("layer {layers}", layers=layers))
    return " · ".join(parts), name.lang


def headlines(view: SpanView, report: SpanReport) -> Iterator[Headline]:
    """Yield the figures at the top, each with how it was found and what is uncertain."""
    known, language = report.known, current_language()
    of_all = ngettext("{n} leader", "{n} leaders", report.seats)
    yield Headline(
        _("Leaders"),
        say_number(report.seats),
        _("listed; there may be more") if report.may_lack_leaders else "",
        (
            _("Posts that lead a unit or a post, or are called a leader's; by seats."),
            left_out_words(report.spans).text(language),
        ),
        leaders_url("among", "all"),
    )
    median = known.median()
    yield Headline(
        _("Median span"),
        _("not known") if median is None else headline_words(median).text(language),
        _("known for {known} of {all}", known=say_number(len(known)), all=of_all),
        (
            _("Half of the leaders lead at most this many directly."),
            _(
                "Between: {interval}.",
                interval=_("not known")
                if median is None
                else interval_words(median).text(language),
            ),
            _("Leaders whose span is not known are left out; open spans leave the figure open."),
        ),
        leaders_url("among", "known"),
    )
    by = report.by_knowing()
    yield Headline(
        _("Spans we know exactly"),
        say_number(by[Knowing.SETTLED]),
        _(
            "{assumed} assumed, {n} “at least”, {unknown} not known",
            assumed=say_number(by[Knowing.ASSUMED]),
            n=say_number(by[Knowing.BOUNDED]),
            unknown=say_number(by[Knowing.UNKNOWN]),
        ),
        (
            _("Spans that are one number, whatever the data leave open or assume."),
            _(
                "Assumed is what rests on a line that no source states, on seats that no source "
                "counts, or on all parts being listed where no source says so."
            ),
        ),
        leaders_url("among", Knowing.SETTLED.value),
    )
    layers = {int(one) for one in report.counts.layers_above}
    yield Headline(
        _("Layers of leaders"),
        say_number(max(layers) - min(layers) + 1 if layers else 0),
        _(
            "from layer {first} to {last}",
            first=say_number(min(layers) + 1),
            last=say_number(max(layers) + 1),
        )
        if layers
        else "",
        (
            _(
                "Counted from the top post that is known. Anyone above it whom no source names "
                "is not counted."
            ),
        ),
    )
    links = report.one_to_one()
    yield Headline(
        _("One-to-one links"),
        say_number(links.certain),
        ngettext("open for {n} leader", "open for {n} leaders", links.possible)
        if links.possible
        else "",
        (_("Leaders who lead exactly one leader and nobody else."),),
        leaders_url("among", "one-to-one" if links.certain else "maybe-one-to-one"),
    )
    yield Headline(
        _("Advertised"),
        say_number(report.with_status(Status.VACANT)),
        "",
        (
            _(
                "Leaders' posts that are advertised on the data's date; the sources do not say "
                "what came of it."
            ),
            left_out_words(report.spans).text(language),
        ),
        leaders_url("among", "vacant"),
    )
    yield Headline(
        _("Acting"),
        say_number(report.with_status(Status.ACTING)),
        "",
        (_("Leaders' posts that are held for the time being."),),
        leaders_url("among", "acting"),
    )
    yield _unreported(view)


def _unreported(view: SpanView) -> Headline:
    """Return how many people of stated totals are in no part that states its own."""
    organisation = view.loaded.organisation
    found = view.loaded.undistributed
    unit_id = view.choice.unit_id
    if unit_id is not None:
        leaders = view.loaded.counting().leaders
        is_below = leaders.unit_forest.below(leaders.unit_numbers[unit_id], itself=True)
        numbers = leaders.unit_numbers
        found = {one: rest for one, rest in found.items() if is_below[numbers[one]]}
    words: list[str] = [
        _(
            "{unit}: {n}.",
            unit=phrase(organisation.units[one].name).text,
            n=interval_words(rest).text(current_language()),
        )
        for one, rest in found.items()
    ]
    how = _(
        "People of a stated headcount who are in no listed post and in no unit below that states its own."
    )
    if not found:
        none = _("No unit here states a headcount that its parts can be compared with.")
        return Headline(_("Unreported headcount"), "–", "", (how, none))
    rest = total(list(found.values()))
    return Headline(
        _("Unreported headcount"),
        headline_words(rest).text(current_language()),
        "" if rest.is_exact else interval_words(rest).text(current_language()),
        (how, *words),
    )


def _table_of(plot_id: str, report: SpanReport) -> Table:
    """Return the table whose numbers a plot draws."""
    if plot_id in TABLES:
        return TABLES[plot_id](report)
    query = LeaderQuery(sort="span", descending=True)
    widest = leaders_table(report, query, names=False, language=current_language())
    return replace(widest, id=plot_id, rows=widest.rows[:SHOWN])


def _plots(report: SpanReport) -> Iterator[PlotContext]:
    specs = {plot_id: draw(report, current_language()) for plot_id, draw in PLOTS.items()}
    drawn = _drawn(specs)
    for plot_id in PLOTS:
        table = _table_of(plot_id, report)
        keys = {column.key for column in table.columns}
        left_out = frozenset(keys - _WIDEST_COLUMNS) if plot_id == "widest" else frozenset()
        yield PlotContext(
            id=plot_id,
            name=_(PLOT_NAMES[plot_id]),
            about=_about(plot_id, table),
            words=_widest_words(report) if plot_id == "widest" else "",
            svg=drawn[plot_id],
            svg_href=this_page_as("spans.plot", plot_id=plot_id, form="svg"),
            png_href=this_page_as("spans.plot", plot_id=plot_id, form="png"),
            table=table_context(table, without=left_out),
        )


def _drawn(specs: Mapping[str, Spec]) -> dict[str, str | None]:
    """Return plots as SVG: empty where there is nothing to draw, None where what draws them fails."""
    try:
        return {
            plot_id: "" if is_blank(spec) else drawn_svg(spec) for plot_id, spec in specs.items()
        }
    except EngineError as error:
        current_app.logger.warning("a page of spans goes without plots: %s", error)
    return dict.fromkeys(specs)


def _about(plot_id: str, table: Table) -> str:
    if plot_id == "widest":
        return _(
            "From the least to the most that each span can be. Posts are compared, people are not ranked."
        )
    return table.about.text(current_language())


def _widest_words(report: SpanReport) -> str:
    """Return the narrowest spans that the data settle, in a sentence."""
    organisation, language = report.spans.organisation, current_language()
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
    return _("The narrowest that are settled: {posts}.", posts="; ".join(found))


def _notes(view: SpanView) -> Iterator[str]:
    posts = view.loaded.organisation.positions.values()
    lost = sum(position.line_lost is not None for position in posts)
    if lost:
        yield ngettext(
            "{n} reporting line was lost on import: spans and layers may be larger than shown.",
            "{n} reporting lines were lost on import: spans and layers may be larger than shown.",
            lost,
        )
    if any(one.basis is Basis.OURS for one in view.bands.chosen.work):
        yield _("Where no reference judges, the ranges are our own: they are no reference's.")
    if view.bands.is_changed:
        yield _("The bands are changed for this visit; the address keeps them.")
