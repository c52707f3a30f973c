"""The panel beside a chart: a post or a unit in short, no longer than what a reader takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import direct_reports, groups_of, peers
from orgmodel.drawing.cards import status_chip
from orgmodel.model.entities import MemberRole
from orgmodel.model.wording import ROLE_WORDS
from webui.asking.languages import _, current_language
from webui.asking.urls import groups_url, post_url
from webui.pages.post.page import (
    chain_steps,
    figures_of,
    note_on_status,
    post_views,
    spans_href,
    trace_of_holder,
    words_of_reports,
)
from webui.pages.post.panel_context import PanelContext, PanelItem, PanelList
from webui.parts.building import MOST_LISTED, more_words, phrase, post_link, say_number
from webui.parts.context import Section
from webui.parts.members import seats_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webui.store.loaded import Loaded


def post_panel(loaded: Loaded, position_id: str) -> PanelContext:
    """Return the panel of a post.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation = loaded.organisation
    position = organisation.position(position_id)
    status = organisation.status(position_id)
    chip = status_chip(organisation, position_id)
    beside, below = peers(organisation, position_id), direct_reports(organisation, position_id)
    chain = chain_steps(loaded, position_id)
    lists = [
        PanelList(
            _("Chain to the top"),
            "",
            tuple(
                PanelItem(step.post, is_here=True, note=step.inherited, line=step.line)
                for step in chain
            ),
            is_ordered=True,
        ),
        _posts(loaded, _("Direct reports"), words_of_reports(organisation, position_id), below),
        _posts(loaded, _("Peers"), say_number(seats_of(organisation, beside)), beside),
    ]
    return PanelContext(
        id=position_id,
        href=post_url(organisation.id, position_id),
        open_words=_("Open the page of this post"),
        title=phrase(position.title),
        where=phrase(organisation.units[position.unit_id].name),
        holder=organisation.holder_names(position_id),
        holder_trace=trace_of_holder(loaded, position_id),
        status=status.value,
        chip=chip.text(current_language()) if chip else "",
        note=note_on_status(organisation, position_id),
        actions=_actions(loaded, position_id),
        figures=tuple(figures_of(loaded, position_id)),
        lists=tuple(one for one in lists if one.items),
        groups=_groups(loaded, position_id),
    )


def _actions(loaded: Loaded, position_id: str) -> tuple[Section, ...]:
    found = post_views(loaded.organisation, position_id)
    href = spans_href(loaded, position_id)
    return (*found, Section(_("Span of control"), href, is_current=False)) if href else found


def _posts(loaded: Loaded, heading: str, count: str, position_ids: Sequence[str]) -> PanelList:
    items = [PanelItem(post_link(loaded, one), is_here=True) for one in position_ids[:MOST_LISTED]]
    return PanelList(heading, count, tuple(items), more=more_words(len(position_ids)))


def _groups(loaded: Loaded, position_id: str) -> tuple[tuple[str, str], ...]:
    """Return the groups that a post sits in, each with the address where it stands."""
    organisation = loaded.organisation
    found = []
    for group, membership in groups_of(organisation, position_id)[:MOST_LISTED]:
        name = group.name.text(current_language())
        if membership.role is not MemberRole.MEMBER:
            name = f"{name} ({_(ROLE_WORDS[membership.role])})"
        found.append((name, groups_url(organisation.id, group.id)))
    return tuple(found)
