"""The page and the panel of one unit: its parents, leader, parts and posts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from orgmodel.drawing.card_texts import holder_line, status_chip, unit_title
from orgmodel.drawing.hierarchy import above
from orgmodel.model.statuses import Status
from webui.asking.edge import current_viewer, requested_organisation
from webui.pages.post.page import relations_of, stated_amounts, trace_of_holder
from webui.pages.post.panel import PanelContext, PanelItem, PanelList, group_of_panel
from webui.parts.building import (
    MOST_LISTED,
    group_href,
    kind_phrase,
    more_words,
    optional_phrase,
    phrase,
    post_link,
    post_links,
    quotes,
    seats_of,
)
from webui.parts.context import PostLink, Section
from webui.parts.navigation import organisation_link
from webui.parts.report import report_href

if TYPE_CHECKING:
    from flask import Response

    from webui.asking.viewer import Viewer
    from webui.pages.post.context import FigureContext, RelationContext
    from webui.parts.context import OrganisationLink, Phrase, Quote
    from webui.store.loaded import Loaded

bp = Blueprint("units", __name__, url_prefix="/<organisation_id>/units")


@bp.get("/<unit_id>")
def page(organisation_id: str, unit_id: str) -> str:
    """Show a unit."""
    return render_template(
        "pages/unit/page.html",
        page=unit_context(current_viewer(), requested_organisation(organisation_id), unit_id),
    )


@bp.get("/<unit_id>/panel.json")
def panel(organisation_id: str, unit_id: str) -> Response:
    """Return a unit in short, for the panel beside a chart."""
    return jsonify(
        asdict(unit_panel(current_viewer(), requested_organisation(organisation_id), unit_id))
    )


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The page of one unit."""

    organisation: OrganisationLink
    id: str
    chart_href: str
    spans_href: str
    name: Phrase
    kind: Phrase
    other_names: tuple[str, ...]
    about: Phrase | None
    about_quotes: tuple[Quote, ...]
    above: tuple[PostLink, ...]
    leader: PostLink | None
    figures: tuple[FigureContext, ...]
    parts: tuple[PostLink, ...]
    parts_words: str
    parts_more: str
    posts: tuple[PostLink, ...]
    posts_words: str
    posts_more: str
    groups: tuple[tuple[str, str], ...]
    relations: tuple[RelationContext, ...]


def unit_link(viewer: Viewer, loaded: Loaded, unit_id: str) -> PostLink:
    """Return a unit for a list, with who leads it."""
    organisation, language = loaded.organisation, viewer.language
    unit = organisation.units[unit_id]
    leader_id = loaded.organisation.leader_of(unit_id)
    chip = status_chip(organisation, leader_id) if leader_id else None
    return PostLink(
        id=unit_id,
        href=viewer.url_for("units.page", unit_id=unit_id),
        chart_href=viewer.url_for("charts.units", select=unit_id),
        title=phrase(viewer, unit_title(unit)),
        holder=holder_line(organisation, leader_id, language) if leader_id else "",
        status=(organisation.status(leader_id) if leader_id else Status.UNNAMED).value,
        status_words=chip.text(language) if chip else "",
        unit=kind_phrase(viewer, organisation, unit.kind_id),
        figures="",
        initials=loaded.cards(language).card(leader_id).initials if leader_id else "",
    )


def unit_context(viewer: Viewer, loaded: Loaded, unit_id: str) -> UnitContext:
    """Return the page of a unit.

    Raises
    ------
    UnknownIdError
        If the organisation has no such unit.
    """
    organisation = loaded.organisation
    unit = organisation.unit(unit_id)
    leader_id = loaded.organisation.leader_of(unit_id)
    parts = organisation.subunits.get(unit_id, ())
    posts = [one for one in organisation.positions_in.get(unit_id, ()) if one != leader_id]
    return UnitContext(
        organisation=organisation_link(viewer, organisation),
        id=unit_id,
        chart_href=viewer.url_for("charts.units", select=unit_id),
        spans_href=viewer.url_for("spans.page", unit=unit_id),
        name=phrase(viewer, unit_title(unit)),
        kind=kind_phrase(viewer, organisation, unit.kind_id),
        other_names=tuple(alias.name for alias in unit.aliases),
        about=optional_phrase(viewer, unit.description),
        about_quotes=quotes(viewer, organisation, unit.evidence.of("description")),
        above=tuple(
            unit_link(viewer, loaded, one) for one in reversed(list(above(loaded.units, unit_id)))
        ),
        leader=post_link(viewer, loaded, leader_id) if leader_id else None,
        figures=tuple(stated_amounts(viewer, organisation, unit_id, employees=True)),
        parts=tuple(unit_link(viewer, loaded, one) for one in parts[:MOST_LISTED]),
        parts_words=viewer.number(loaded.units.weight_below(unit_id)),
        parts_more=more_words(viewer, len(parts)),
        posts=post_links(viewer, loaded, posts[:MOST_LISTED]),
        posts_words=viewer.number(seats_of(organisation, posts)),
        posts_more=more_words(viewer, len(posts)),
        groups=tuple(
            (group.name.text(viewer.language), group_href(viewer, group.id))
            for group in organisation.groups.values()
            if group.unit_id == unit_id
        ),
        relations=tuple(relations_of(viewer, loaded, {unit_id})),
    )


def unit_panel(viewer: Viewer, loaded: Loaded, unit_id: str) -> PanelContext:
    """Return the panel of a unit.

    Raises
    ------
    UnknownIdError
        If the organisation has no such unit.
    """
    page = unit_context(viewer, loaded, unit_id)
    organisation = loaded.organisation
    leader_id = loaded.organisation.leader_of(unit_id)
    leader = page.leader
    lists = [
        PanelList(
            viewer._("Leader"),
            "",
            (PanelItem(leader, is_here=False),) if leader else (),
            is_first=True,
        ),
        PanelList(
            viewer._("A part of"),
            "",
            tuple(PanelItem(one, is_here=True) for one in reversed(page.above)),
            is_ordered=True,
        ),
        PanelList(
            viewer._("Its parts"),
            page.parts_words,
            tuple(PanelItem(one, is_here=True) for one in page.parts),
            more=page.parts_more,
            is_first=True,
        ),
        PanelList(
            viewer._("Other posts in the unit"),
            page.posts_words,
            tuple(PanelItem(one, is_here=False) for one in page.posts),
            more=page.posts_more,
        ),
    ]
    return PanelContext(
        id=unit_id,
        href=viewer.url_for("units.page", unit_id=unit_id),
        open_words=viewer._("Open the unit"),
        buttons=(
            Section(
                viewer._("Network"),
                viewer.url_for("networks.page", of=f"unit:{unit_id}"),
                is_current=False,
            ),
        ),
        title=page.name,
        where=page.kind,
        holder=leader.holder if leader else "",
        holder_trace=trace_of_holder(viewer, loaded, leader_id) if leader_id else None,
        status=leader.status if leader else Status.UNNAMED.value,
        chip=leader.status_words if leader else viewer._("Leader not stated"),
        note="",
        age="",
        report_href=report_href(
            viewer,
            page.name.text,
            viewer.whole_url_for(
                "units.page", organisation_id=loaded.organisation.id, unit_id=unit_id
            ),
        ),
        superior=None,
        tiles=(),
        actions=(Section(viewer._("Spans of control"), page.spans_href, is_current=False),),
        figures=page.figures,
        lists=tuple(one for one in lists if one.items),
        groups=tuple(
            group_of_panel(viewer, loaded, group)
            for group in organisation.groups.values()
            if group.unit_id == unit_id
        ),
    )
