"""The page and the panel of one unit: what it is a part of, who leads it, what it consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.cards import holder_line, status_chip
from orgmodel.drawing.hierarchy import above
from orgmodel.drawing.unit_cards import unit_title
from orgmodel.model.entities import Status
from webui.asking.languages import _, current_language
from webui.asking.urls import chart_url, groups_url, spans_url, unit_url
from webui.pages.post.page import relations_of, stated_amounts, trace_of_holder
from webui.pages.post.panel_context import PanelContext, PanelItem, PanelList
from webui.pages.unit.context import UnitContext
from webui.parts.building import (
    MOST_LISTED,
    kind_phrase,
    more_words,
    optional_phrase,
    organisation_link,
    phrase,
    post_link,
    post_links,
    quotes,
    say_number,
)
from webui.parts.context import PostLink, Section
from webui.parts.members import seats_of

if TYPE_CHECKING:
    from webui.store.loaded import Loaded


def unit_link(loaded: Loaded, unit_id: str) -> PostLink:
    """Return a unit for a list, with who leads it."""
    organisation, language = loaded.organisation, current_language()
    unit = organisation.units[unit_id]
    leader_id = loaded.organisation.leader_of(unit_id)
    chip = status_chip(organisation, leader_id) if leader_id else None
    return PostLink(
        id=unit_id,
        href=unit_url(organisation.id, unit_id),
        chart_href=chart_url(organisation.id, units=True, select=unit_id),
        title=phrase(unit_title(unit)),
        holder=holder_line(organisation, leader_id, language) if leader_id else "",
        status=(organisation.status(leader_id) if leader_id else Status.UNNAMED).value,
        status_words=chip.text(language) if chip else "",
        unit=kind_phrase(organisation, unit.kind_id),
        figures="",
    )


def unit_context(loaded: Loaded, unit_id: str) -> UnitContext:
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
        organisation=organisation_link(organisation),
        id=unit_id,
        chart_href=chart_url(organisation.id, units=True, select=unit_id),
        spans_href=spans_url(organisation.id, unit=unit_id),
        name=phrase(unit_title(unit)),
        kind=kind_phrase(organisation, unit.kind_id),
        other_names=tuple(alias.name for alias in unit.aliases),
        about=optional_phrase(unit.description),
        about_quotes=quotes(organisation, unit.evidence.of("description")),
        above=tuple(
            unit_link(loaded, one) for one in reversed(list(above(loaded.units, unit_id)))
        ),
        leader=post_link(loaded, leader_id) if leader_id else None,
        figures=tuple(stated_amounts(organisation, unit_id, employees=True)),
        parts=tuple(unit_link(loaded, one) for one in parts[:MOST_LISTED]),
        parts_words=say_number(loaded.units.weight_below(unit_id)),
        parts_more=more_words(len(parts)),
        posts=post_links(loaded, posts[:MOST_LISTED]),
        posts_words=say_number(seats_of(organisation, posts)),
        posts_more=more_words(len(posts)),
        groups=tuple(
            (
                group.name.text(current_language()),
                groups_url(organisation.id, group.id),
            )
            for group in organisation.groups.values()
            if group.unit_id == unit_id
        ),
        relations=tuple(relations_of(loaded, {unit_id})),
    )


def unit_panel(loaded: Loaded, unit_id: str) -> PanelContext:
    """Return the panel of a unit.

    Raises
    ------
    UnknownIdError
        If the organisation has no such unit.
    """
    page = unit_context(loaded, unit_id)
    leader_id = loaded.organisation.leader_of(unit_id)
    leader = page.leader
    lists = [
        PanelList(_("Leader"), "", (PanelItem(leader, is_here=False),) if leader else ()),
        PanelList(
            _("A part of"),
            "",
            tuple(PanelItem(one, is_here=True) for one in reversed(page.above)),
            is_ordered=True,
        ),
        PanelList(
            _("Its parts"),
            page.parts_words,
            tuple(PanelItem(one, is_here=True) for one in page.parts),
            more=page.parts_more,
        ),
        PanelList(
            _("Other posts in the unit"),
            page.posts_words,
            tuple(PanelItem(one, is_here=False) for one in page.posts),
            more=page.posts_more,
        ),
    ]
    return PanelContext(
        id=unit_id,
        href=unit_url(loaded.organisation.id, unit_id),
        open_words=_("Open the page of this unit"),
        title=page.name,
        where=page.kind,
        holder=leader.holder if leader else "",
        holder_trace=trace_of_holder(loaded, leader_id) if leader_id else None,
        status=leader.status if leader else Status.UNNAMED.value,
        chip=leader.status_words if leader else _("No leader known"),
        note="",
        actions=(Section(_("Spans of control"), page.spans_href, is_current=False),),
        figures=page.figures,
        lists=tuple(one for one in lists if one.items),
        groups=page.groups,
    )
