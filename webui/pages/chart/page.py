"""The page of a chart: the same cards for the picture, the canvas, the tree and in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from markupsafe import Markup

from orgmodel.drawing.choices import COLORING_WORDS
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.network import network_data
from orgmodel.drawing.selection import MOST_SIBLINGS
from orgmodel.drawing.svg import svg
from orgmodel.drawing.views import draw_view
from webui.asking.languages import _, current_language, ngettext
from webui.asking.params import ALL
from webui.asking.urls import (
    PLACEHOLDER,
    chain_url,
    chart_data_url,
    focus_url,
    panel_data_url,
    post_url,
    search_data_url,
    search_url,
    this_page_with,
    unit_data_url,
    unit_url,
    vis_url,
)
from webui.pages.chart.context import ChartContext, ChartWords, LegendItem, TreePost
from webui.pages.chart.controls import controls, filter_words
from webui.parts.building import count_words, organisation_link, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.facets import Facets
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.hierarchy import Hierarchy
    from webui.asking.params import ChartParams
    from webui.store.loaded import Loaded


class ChartView:
    """One of an organisation's two charts, of its posts or of its units."""

    def __init__(self, loaded: Loaded, *, units: bool) -> None:
        self.loaded = loaded
        self.units = units
        self.hierarchy: Hierarchy = loaded.units if units else loaded.posts
        self.facets: Facets = loaded.unit_facets if units else loaded.facets

    def draw(self, params: ChartParams) -> Chart:
        """Return the chart in a state."""
        return draw_view(self.loaded, params.view(units=self.units), current_language())

    def page_url(self, entry_id: str) -> str:
        """Return the address of an entry's own page."""
        organisation_id = self.loaded.organisation.id
        return (
            unit_url(organisation_id, entry_id)
            if self.units
            else post_url(organisation_id, entry_id)
        )


def chart_context(view: ChartView, params: ChartParams) -> ChartContext:
    """Return the page of a chart in the state that its address asks for."""
    loaded, organisation = view.loaded, view.loaded.organisation
    chart = view.draw(params)
    words = chart_words(view, chart, params)
    panel = unit_data_url if view.units else panel_data_url
    return ChartContext(
        organisation=organisation_link(organisation, "chart", "units" if view.units else "posts"),
        tree=_tree(view, chart, params, words.notes),
        data=chart_data(chart, words),
        svg=Markup(svg(chart, label=words.short, selected=params.selected, ident="picture")),  # noqa: S704 - made of escaped parts
        words=words,
        legend_title=_(COLORING_WORDS[params.coloring]),
        is_posts=not view.units,
        controls=controls(loaded, view.facets, params),
        texts=_texts(),
        addresses={
            "chart": chart_data_url(organisation.id, units=view.units),
            "search": search_data_url(organisation.id),
            "vis": vis_url(),
            "entry": panel(organisation.id, PLACEHOLDER),
            **_post_views(view),
        },
        counts=count_words(loaded.summary.positions, loaded.summary.leaders),
        selected=params.selected,
        search_href=search_url(organisation.id),
        focus_href=focus_url(organisation.id, first)
        if (first := _first(organisation.roots))
        else "",
    )


def _post_views(view: ChartView) -> dict[str, str]:
    """Return the addresses of a post's views; units have none of their own."""
    if view.units:
        return {}
    organisation_id = view.loaded.organisation.id
    return {
        "focus": focus_url(organisation_id, PLACEHOLDER),
        "chain": chain_url(organisation_id, PLACEHOLDER),
    }


def chart_words(view: ChartView, chart: Chart, params: ChartParams) -> ChartWords:
    """Return what is said of a chart, on its page and with its data."""
    language = current_language()
    return ChartWords(
        short=short_description(chart, language),
        long=long_description(chart, language),
        legend=_legend(chart),
        hidden_words=_hidden_words(view, chart, params),
        filters=filter_words(params),
        notes={one.card.id: note for one in chart.cards if (note := _note(view, one, params))},
    )


def chart_data(chart: Chart, words: ChartWords) -> dict[str, object]:
    """Return what the browser draws, with the words about it."""
    return {**network_data(chart), **asdict(words)}


def _legend(chart: Chart) -> tuple[LegendItem, ...]:
    found = []
    for entry in chart.legend:
        words = phrase(entry.words).text
        words = words[:1].upper() + words[1:]
        found.append(LegendItem(words, entry.look.fill, entry.look.band, entry.look.edge))
    return tuple(found)


def _hidden_words(view: ChartView, chart: Chart, params: ChartParams) -> str:
    if not chart.cards and not params.filters:
        return _("The file of this organisation holds no posts yet")
    words = [_filter_words(chart)] if params.filters else []
    if view.units:
        folded = ngettext("{n} unit is not shown", "{n} units are not shown", chart.hidden)
    elif params.filters:
        folded = ngettext("{n} post is not shown", "{n} posts are not shown", chart.hidden)
    else:
        folded = ngettext("{n} post is folded away", "{n} posts are folded away", chart.hidden)
    everything = _("All units are shown") if view.units else _("All posts are shown")
    words.append(folded if chart.hidden else everything)
    is_all = params.everything and not params.filters and not params.opening.closed
    if chart.selection.is_cut or (is_all and chart.hidden):
        words.append(_("a chart holds no more: fold or filter to see others"))
    if chart.cross_lines_left:
        left = chart.cross_lines_left
        words.append(
            ngettext(
                "{n} cross-cutting line is not drawn",
                "{n} cross-cutting lines are not drawn",
                left,
            )
        )
    return " · ".join(words)


def _filter_words(chart: Chart) -> str:
    fitting = chart.selection.fitting or 0
    if not fitting:
        return _("Nothing matches the filter")
    return ngettext("{n} matches the filter", "{n} match the filter", fitting)


def _note(view: ChartView, one: ShownCard, params: ChartParams) -> str:
    """Return what dimming and lighting tell of a card."""
    if one.shown.more:
        return ""
    if one.shown.is_context:
        return _("shown because it leads a post in the filter")
    if params.lit is not None and not one.is_dimmed:
        group = view.loaded.organisation.groups[params.lit].name
        return _("in {group}", group=group.text(current_language()))
    return ""


def _tree(
    view: ChartView, chart: Chart, params: ChartParams, notes: Mapping[str, str]
) -> tuple[TreePost, ...]:
    siblings: dict[str | None, int] = {}
    for one in chart.cards:
        parent_id = one.shown.parent_id
        siblings[parent_id] = siblings.get(parent_id, 0) + 1
    seen: dict[str | None, int] = {}
    found = []
    for i, one in enumerate(chart.cards):
        shown, card = one.shown, one.card
        seen[shown.parent_id] = seen.get(shown.parent_id, 0) + 1
        after = chart.cards[i + 1].shown.layer if i + 1 < len(chart.cards) else 0
        found.append(
            TreePost(
                id=card.id,
                href="" if shown.more else view.page_url(card.id),
                toggle_href=_toggle_url(one, params) if shown.below else "",
                title=card.full_title,
                holder=card.holder_words(),
                unit=card.full_unit,
                figures=card.figures_in_words,
                level=shown.layer + 1,
                position_in_set=seen[shown.parent_id],
                set_size=siblings[shown.parent_id],
                reports=shown.below,
                is_open=shown.is_open,
                closes=max(0, shown.layer - after),
                more_href=_more_url(shown.parent_id, params) if shown.more else "",
                note=notes.get(card.id, ""),
            )
        )
    return tuple(found)


def _toggle_url(one: ShownCard, params: ChartParams) -> str:
    """Return the address of the chart with one entry opened or closed, for who has no script."""
    own = {one.shown.id}
    opened = [ALL] if params.everything else sorted(params.opening.opened - own)
    closed = sorted(params.opening.closed - own)
    if one.shown.is_open:
        closed.append(one.shown.id)
    elif not params.everything or one.shown.id not in params.opening.opened:
        opened.append(one.shown.id)
    return this_page_with(
        open=",".join(opened) or None, closed=",".join(closed) or None, select=None
    )


def _more_url(parent_id: str | None, params: ChartParams) -> str:
    """Return the address of the chart with more of a wide family."""
    more = dict(params.opening.more)
    key = parent_id or ""
    more[key] = more.get(key, MOST_SIBLINGS) + MOST_SIBLINGS
    return this_page_with(more=",".join(f"{one}~{count}" for one, count in more.items()))


def _first(ids: tuple[str, ...]) -> str | None:
    return ids[0] if ids else None


def _texts() -> dict[str, str]:
    """Return the texts that scripts put on the page."""
    return {
        "fold": _("Fold"),
        "unfold": _("Unfold"),
        "closePanel": _("Close"),
        "selected": _("{title}, {unit} selected", title="{title}", unit="{unit}"),
        "closedPanel": _("What was selected is no longer shown"),
        "opened": _("{title} unfolded", title="{title}"),
        "closed": _("{title} folded", title="{title}"),
        "noHits": _("No post matches"),
        "tooLong": _(
            "An address cannot hold so many entries opened one by one: unfold all, or show a branch."
        ),
        "failed": _("The information could not be fetched. Check the connection and try again."),
        "still": _(
            "The chart cannot be moved, since a script could not be fetched. Reload the page."
        ),
        "offline": _("There is no connection. What is shown can still be read."),
        "online": _("The connection is back."),
        "loading": _("Fetching …"),
        "retry": _("Try again"),
        "groups": _("Groups"),
        "figures": _("Figures"),
        "notSaid": _("The sources do not say."),
    }
