"""The chart of an organisation's posts or units: as a picture, on a canvas, as a tree and in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template
from markupsafe import Markup

from orgmodel.drawing.choices import COLORING_WORDS, Coloring, PageSize
from orgmodel.drawing.describing import hidden_words, long_description, short_description
from orgmodel.drawing.hierarchy import above
from orgmodel.drawing.network import network_data
from orgmodel.drawing.selection import MOST_SIBLINGS
from orgmodel.drawing.styles import OF_PAGE, styles_as_dict
from orgmodel.drawing.svg import svg
from orgmodel.drawing.views import draw_view, hierarchy_of
from webui.asking.addresses import PLACEHOLDER
from webui.asking.edge import current_viewer, requested_organisation
from webui.asking.params import ALL, DEEPEST, UNITS, asked_opening, chart_view, opens_all
from webui.pages.chart.context import (
    ChartContext,
    ChartWords,
    LegendItem,
    TreePost,
)
from webui.pages.chart.controls import controls, filter_words, layer_choices, layers_shown
from webui.parts.building import phrase, status_legend
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from orgmodel.analysis.spans.facets import Facets
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.texts import Language
    from webui.asking.viewer import Args, Viewer
    from webui.store.loaded import Loaded

bp = Blueprint("charts", __name__, url_prefix="/<organisation_id>")


@bp.get("/")
def page(organisation_id: str) -> str:
    """Show the chart of the posts."""
    return _page(organisation_id, units=False)


@bp.get("/units")
def units(organisation_id: str) -> str:
    """Show the chart of the units."""
    return _page(organisation_id, units=True)


@bp.get("/chart.json")
def data(organisation_id: str) -> Response:
    """Return the chart of the posts in the requested state."""
    return _data(organisation_id, units=False)


@bp.get("/units.json")
def units_data(organisation_id: str) -> Response:
    """Return the chart of the units in the requested state."""
    return _data(organisation_id, units=True)


def _page(organisation_id: str, *, units: bool) -> str:
    viewer = current_viewer()
    asked = ChartRequest(requested_organisation(organisation_id), viewer.args, units=units)
    return render_template("pages/chart/page.html", page=chart_context(viewer, asked))


def _data(organisation_id: str, *, units: bool) -> Response:
    viewer = current_viewer()
    asked = ChartRequest(requested_organisation(organisation_id), viewer.args, units=units)
    chart = asked.draw(viewer.language)
    return jsonify(chart_data(chart, chart_words(viewer, asked, chart)))


class ChartRequest:
    """A requested chart.

    Attributes
    ----------
    view
        The posts or the units, and the state of the chart.
    everything
        Whether all entries were requested open, up to the limit of a chart.
    opening
        The entries opened and closed one by one.
    path
        The entries above the selected one.
    """

    def __init__(self, loaded: Loaded, args: Args, *, units: bool) -> None:
        self.loaded = loaded
        self.units = units
        self.facets: Facets = loaded.unit_facets if units else loaded.facets
        self.view = chart_view(loaded, args, units=units)
        self.everything = opens_all(args)
        hierarchy = hierarchy_of(loaded, self.view)
        self.opening = asked_opening(hierarchy, args)
        selected = self.view.selected
        self.path = frozenset(above(hierarchy, selected) if selected else ())

    def draw(self, language: Language) -> Chart:
        """Return the chart."""
        return draw_view(self.loaded, self.view, language)

    def page_url(self, viewer: Viewer, entry_id: str) -> str:
        """Return the URL of an entry's page."""
        if self.units:
            return viewer.url_for("units.page", unit_id=entry_id)
        return viewer.url_for("posts.page", position_id=entry_id)


def chart_context(viewer: Viewer, asked: ChartRequest) -> ChartContext:
    """Return the page of a chart in the state that its URL requests."""
    organisation = asked.loaded.organisation
    view = asked.view
    chart = asked.draw(viewer.language)
    words = chart_words(viewer, asked, chart)
    return ChartContext(
        organisation=organisation_link(
            viewer, organisation, "chart", "units" if asked.units else "posts"
        ),
        tree=_tree(viewer, asked, chart, words.notes),
        data=chart_data(chart, words),
        svg=Markup(  # noqa: S704 - made of escaped parts
            svg(chart, label=words.short, selected=view.selected, ident="picture", follows=True)
        ),
        sheet_href=viewer.this_page_as(
            "presentations.preview", chart=UNITS if asked.units else None, size=PageSize.A4.value
        ),
        words=words,
        status_legend=status_legend(viewer),
        legend_title=viewer._(COLORING_WORDS[view.coloring]),
        is_posts=not asked.units,
        controls=controls(viewer, asked),
        layers=layer_choices(viewer, words.layers),
        texts=explorer_texts(viewer),
        styles=styles_as_dict(),
        addresses={
            "chart": viewer.url_for("charts.units_data" if asked.units else "charts.data"),
            "sheets": viewer.bare_url_for("presentations.sheets", organisation_id=organisation.id),
            "vis": viewer.url_for("assets.vis_network"),
            **_entry_addresses(viewer, asked),
        },
        selected=view.selected,
        here_href=viewer.this_page_with(),
        focus_href=viewer.url_for("chains.focus", position_id=organisation.roots[0])
        if organisation.roots
        else "",
    )


def _entry_addresses(viewer: Viewer, asked: ChartRequest) -> dict[str, str]:
    """Return the URL templates of an entry, which a script completes; units have no further views."""
    if asked.units:
        return {"entry": viewer.url_for("units.panel", unit_id=PLACEHOLDER)}
    return {
        "entry": viewer.url_for("posts.panel", position_id=PLACEHOLDER),
        "focus": viewer.url_for("chains.focus", position_id=PLACEHOLDER),
        "chain": viewer.url_for("chains.page", position_id=PLACEHOLDER),
    }


def chart_words(viewer: Viewer, asked: ChartRequest, chart: Chart) -> ChartWords:
    """Return the texts that describe a chart, for its page and its data."""
    language = viewer.language
    return ChartWords(
        short=short_description(chart, language),
        long=long_description(chart, language),
        legend=() if asked.view.coloring is Coloring.LAYER else legend_items(viewer, chart),
        hidden_words=_hidden_words(viewer, asked, chart),
        filters=filter_words(viewer, asked.view),
        filter_count=sum(map(len, asked.view.filters.values())),
        named=_named(viewer, asked, chart),
        layers=layers_shown(chart),
        key=chart_key(chart),
        notes={one.card.id: note for one in chart.cards if (note := _note(viewer, asked, one))},
    )


def chart_data(chart: Chart, words: ChartWords) -> dict[str, object]:
    """Return the data that the browser draws, with the texts about them."""
    return {**network_data(chart), **asdict(words)}


def legend_items(viewer: Viewer, chart: Chart) -> tuple[LegendItem, ...]:
    """Return the meanings of the chart's colours."""
    found = []
    for entry in chart.legend:
        words = phrase(viewer, entry.words).text
        words = words[:1].upper() + words[1:]
        colors = OF_PAGE.colors(entry.look)
        found.append(LegendItem(words, entry.value, colors["tint"], colors["band"]))
    return tuple(found)


def chart_key(chart: Chart) -> tuple[str, ...]:
    """Return the kinds of lines and the statuses that a chart shows, for its key."""
    shown = (one.card.status for one in chart.cards if not one.shown.more)
    found = {status.value for status in shown if status.facts.chip}
    inferred = {line.child_id in chart.inferred for line in chart.connectors}
    found |= {"dashed" if is_inferred else "solid" for is_inferred in inferred}
    if chart.cross_lines:
        found.add("dotted")
    if any(one.card.doubt or one.line_doubt for one in chart.cards):
        found.add("uncertain")
    return tuple(sorted(found))


def _named(viewer: Viewer, asked: ChartRequest, chart: Chart) -> str:
    """Return the filter and the highlighted group by name, with what they leave; empty without."""
    view, parts = asked.view, []
    if view.filters:
        names = [
            phrase(viewer, value.words).text
            for shared, chosen in view.filters.items()
            for value in asked.facets.values(shared)
            if value.id in chosen
        ]
        parts.append(viewer._("Filter: {values}", values=", ".join(names)))
        fitting = chart.selection.fitting or 0
        words = (
            viewer.ngettext("{n} unit", "{n} units", fitting)
            if asked.units
            else viewer.ngettext("{n} post", "{n} posts", fitting)
        )
        parts.append(words)
    if view.lit is not None:
        group = asked.loaded.organisation.groups[view.lit].name.text(viewer.language)
        parts.append(viewer._("Highlighted: {group}", group=group))
    return " · ".join(parts)


def _hidden_words(viewer: Viewer, asked: ChartRequest, chart: Chart) -> str:
    view = asked.view
    if not chart.cards and not view.filters:
        return viewer._("This organisation has no posts yet")
    words = [one.text(viewer.language) for one in hidden_words(chart, view)]
    if not chart.hidden:
        words.append(
            viewer._("All units are shown") if asked.units else viewer._("All posts are shown")
        )
    has_all = asked.everything or view.opening.layers == DEEPEST
    is_all = has_all and not view.filters and not view.opening.closed
    if chart.selection.is_cut or (is_all and chart.hidden):
        words.append(viewer._("a chart holds no more: fold or filter to see others"))
    if chart.cross_lines_left:
        left = chart.cross_lines_left
        words.append(
            viewer.ngettext(
                "{n} cross-cutting line is not drawn",
                "{n} cross-cutting lines are not drawn",
                left,
            )
        )
    return " · ".join(words)


def _note(viewer: Viewer, asked: ChartRequest, one: ShownCard) -> str:
    """Return in words why a card is dimmed or highlighted; empty where it is neither."""
    if one.shown.more:
        return ""
    if one.shown.is_context:
        return viewer._("shown because it leads a post in the filter")
    lit = asked.view.lit
    if lit is not None and not one.is_dimmed:
        group = asked.loaded.organisation.groups[lit].name
        return viewer._("in {group}", group=group.text(viewer.language))
    return ""


def _tree(
    viewer: Viewer, asked: ChartRequest, chart: Chart, notes: Mapping[str, str]
) -> tuple[TreePost, ...]:
    found = []
    for i, one in enumerate(chart.cards):
        shown, card = one.shown, one.card
        after = chart.cards[i + 1].shown.layer if i + 1 < len(chart.cards) else 0
        found.append(
            TreePost(
                id=card.id,
                href="" if shown.more else asked.page_url(viewer, card.id),
                toggle_href=_toggle_url(viewer, asked, one) if shown.below else "",
                title=card.full_title,
                holder=card.holder_words(),
                unit=card.full_unit,
                figures=card.figures_in_words,
                is_open=shown.is_open,
                closes=max(0, shown.layer - after),
                more_href=_more_url(viewer, asked, shown.parent_id) if shown.more else "",
                note=notes.get(card.id, ""),
            )
        )
    return tuple(found)


def _toggle_url(viewer: Viewer, asked: ChartRequest, one: ShownCard) -> str:
    """Return the URL of the chart with one entry opened or closed, for browsers without scripts.

    The entries above the selected one are open because it is selected, and are not named; if one of
    them is closed, it is selected instead.
    """
    own = {one.shown.id}
    opened = [ALL] if asked.everything else sorted(asked.opening.opened - own)
    closed = sorted(asked.opening.closed - own)
    selected = asked.view.selected
    if one.shown.is_open:
        closed.append(one.shown.id)
        selected = one.shown.id if one.shown.id in asked.path else selected
    elif not asked.everything or one.shown.id not in asked.view.opening.opened:
        opened.append(one.shown.id)
    return viewer.this_page_with(
        open=",".join(opened) or None, closed=",".join(closed) or None, select=selected
    )


def _more_url(viewer: Viewer, asked: ChartRequest, parent_id: str | None) -> str:
    """Return the URL of the chart with more of a wide family."""
    more = dict(asked.view.opening.more)
    key = parent_id or ""
    more[key] = more.get(key, MOST_SIBLINGS) + MOST_SIBLINGS
    return viewer.this_page_with(more=",".join(f"{one}~{count}" for one, count in more.items()))


def explorer_texts(viewer: Viewer) -> dict[str, str]:
    """Return the texts that scripts put on the page."""
    return {
        **_panel_texts(viewer),
        "fold": viewer._("Fold"),
        "unfold": viewer._("Unfold"),
        "closePanel": viewer._("Close"),
        "selected": viewer._("{title}, {unit} selected", title="{title}", unit="{unit}"),
        "closedPanel": viewer._("What was selected is no longer shown"),
        "opened": viewer._("{title} unfolded", title="{title}"),
        "closed": viewer._("{title} folded", title="{title}"),
        "tooLong": viewer._(
            "An address cannot hold so many entries opened one by one: unfold all, or show a branch."
        ),
        "failed": viewer._(
            "The information could not be fetched. Check the connection and try again."
        ),
        "still": viewer._(
            "The chart cannot be moved, since a script could not be fetched. Reload the page."
        ),
        "offline": viewer._("There is no connection. What is shown can still be read."),
        "online": viewer._("The connection is back."),
        "loading": viewer._("Fetching …"),
        "retry": viewer._("Try again"),
        "copied": viewer._("The address is copied"),
        "cleared": viewer._("The list of recently seen is cleared"),
        "line": viewer._("{child} → {leader}", child="{child}", leader="{leader}"),
        "stated": viewer._("Stated in the source"),
        "inferred": viewer._("Derived"),
        "cross": viewer._("Cross-cutting line"),
        "showList": viewer._("The list is open"),
        "hideList": viewer._("The list is closed"),
    }


def _panel_texts(viewer: Viewer) -> dict[str, str]:
    return {
        "groups": viewer._("Groups"),
        "figures": viewer._("Figures"),
        "notSaid": viewer._("The sources do not say."),
        "report": viewer._("Report an error"),
        "reportsTo": viewer._("Reports to"),
        "moreViews": viewer._("Other views"),
        "taller": viewer._("Show all of it"),
        "lower": viewer._("Show less"),
    }
