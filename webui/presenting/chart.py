"""The page of a chart: the same posts for the canvas, the tree and readers without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.chart import draw_chart
from orgmodel.drawing.network import network_data
from webui.contexts.chart import (
    ChartContext,
    TreePost,
)
from webui.languages import _, current_language, ngettext
from webui.presenting.parts import count_words, optional_phrase, organisation_link
from webui.urls import (
    chart_data_url,
    chart_url,
    post_data_url,
    post_url,
    search_data_url,
    search_url,
    vis_url,
)

if TYPE_CHECKING:
    from orgmodel.drawing.chart import Chart, ShownPost
    from webui.params import ChartParams
    from webui.repository import Loaded

PLACEHOLDER = "__id__"


def chart_context(loaded: Loaded, params: ChartParams) -> ChartContext:
    """Return the page of a chart in the state that its address asks for."""
    organisation = loaded.organisation
    chart = draw_chart(loaded.cards(current_language()), organisation, params.opening)
    return ChartContext(
        organisation=organisation_link(organisation, "chart"),
        description=optional_phrase(organisation.record.description),
        tree=_tree(chart, params),
        data=chart_data(chart),
        texts=_texts(),
        addresses={
            "chart": chart_data_url(organisation.id),
            "page": chart_url(organisation.id),
            "search": search_data_url(organisation.id),
            "vis": vis_url(),
            "post": post_data_url(organisation.id, PLACEHOLDER),
        },
        hidden_words=_hidden_words(chart),
        counts=count_words(loaded.summary),
        selected=params.selected,
        search_href=search_url(organisation.id),
    )


def chart_data(chart: Chart) -> dict[str, object]:
    """Return what the browser draws, with the words on how much is hidden."""
    return {**network_data(chart), "hidden_words": _hidden_words(chart)}


def _hidden_words(chart: Chart) -> str:
    if not chart.posts:
        return _("The file of this organisation holds no posts yet")
    if not chart.hidden:
        return _("All posts are shown")
    return ngettext("{n} post is folded away", "{n} posts are folded away", chart.hidden)


def _tree(chart: Chart, params: ChartParams) -> tuple[TreePost, ...]:
    siblings: dict[str | None, int] = {}
    for post in chart.posts:
        siblings[post.parent_id] = siblings.get(post.parent_id, 0) + 1
    seen: dict[str | None, int] = {}
    found = []
    for i, post in enumerate(chart.posts):
        seen[post.parent_id] = seen.get(post.parent_id, 0) + 1
        after = chart.posts[i + 1].layer if i + 1 < len(chart.posts) else 0
        card = post.card
        found.append(
            TreePost(
                id=card.position_id,
                href=post_url(chart.organisation.id, card.position_id),
                toggle_href=_toggle_url(chart, post, params),
                title=card.full_title,
                holder=card.holder_words(),
                unit=card.full_unit,
                figures=card.figure_words(),
                level=post.layer + 1,
                position_in_set=seen[post.parent_id],
                set_size=siblings[post.parent_id],
                reports=post.reports,
                is_open=post.is_open,
                closes=max(0, post.layer - after),
            )
        )
    return tuple(found)


def _toggle_url(chart: Chart, post: ShownPost, params: ChartParams) -> str:
    """Return the address of the chart with one post opened or closed, for who has no script."""
    own = {post.card.position_id}
    opened = sorted(params.opening.opened - own)
    closed = sorted(params.opening.closed - own)
    (closed if post.is_open else opened).append(post.card.position_id)
    return chart_url(chart.organisation.id, opened=opened, closed=closed)


def _texts() -> dict[str, str]:
    """Return the texts that scripts put on the page."""
    return {
        "fold": _("Fold"),
        "unfold": _("Unfold"),
        "openPost": _("Open the page of this post"),
        "closePanel": _("Close"),
        "selected": _("{title}, {unit} selected", title="{title}", unit="{unit}"),
        "opened": _("{title} unfolded", title="{title}"),
        "closed": _("{title} folded", title="{title}"),
        "noHits": _("No post fits"),
        "failed": _("This could not be fetched. Is the server still running?"),
        "retry": _("Try again"),
        "chain": _("Chain to the top"),
        "reports": _("Direct reports"),
        "peers": _("Peers"),
        "groups": _("Groups"),
        "figures": _("Figures"),
        "notSaid": _("The sources do not say."),
    }
