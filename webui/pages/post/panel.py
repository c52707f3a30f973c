"""The panel beside a chart: a summary of a post or a unit, with short lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import direct_reports, groups_of, peers
from orgmodel.drawing.card_texts import status_chip
from webui.pages.post.page import (
    chain_steps,
    figures_of,
    note_on_status,
    post_views,
    spans_href,
    trace_of_holder,
    words_of_reports,
)
from webui.parts.building import (
    MOST_LISTED,
    group_href,
    more_words,
    phrase,
    post_link,
    role_words,
    seats_of,
)
from webui.parts.context import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webui.asking.viewer import Viewer
    from webui.pages.post.context import FigureContext
    from webui.parts.context import Phrase, PostLink, Trace
    from webui.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class PanelItem:
    """An entry in a list of the panel.

    Attributes
    ----------
    is_here
        Whether it is an entry of the same chart, so that the link selects it there.
    note
        A note on the entry, such as its role in a group.
    line
        The provenance of the line from the previous entry to this one.
    """

    link: PostLink
    is_here: bool
    note: str = ""
    line: Trace | None = None


@dataclass(frozen=True, slots=True)
class PanelList:
    """A list of the panel; `more` says how many entries it omits."""

    heading: str
    count: str
    items: tuple[PanelItem, ...]
    is_ordered: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class PanelContext:
    """The panel of a post or a unit."""

    id: str
    href: str
    open_words: str
    title: Phrase
    where: Phrase
    holder: str
    holder_trace: Trace | None
    status: str
    chip: str
    note: str
    actions: tuple[Section, ...]
    figures: tuple[FigureContext, ...]
    lists: tuple[PanelList, ...]
    groups: tuple[tuple[str, str], ...]


def post_panel(viewer: Viewer, loaded: Loaded, position_id: str) -> PanelContext:
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
    chain = chain_steps(viewer, loaded, position_id)
    lists = [
        PanelList(
            viewer._("Chain to the top"),
            "",
            tuple(
                PanelItem(
                    step.post,
                    is_here=True,
                    note=step.left_out_words or step.inherited,
                    line=step.line,
                )
                for step in chain
            ),
            is_ordered=True,
        ),
        _posts(
            viewer,
            loaded,
            viewer._("Direct reports"),
            words_of_reports(viewer, organisation, position_id),
            below,
        ),
        _posts(
            viewer,
            loaded,
            viewer._("Peers"),
            viewer.number(seats_of(organisation, beside)),
            beside,
        ),
    ]
    return PanelContext(
        id=position_id,
        href=viewer.url_for("posts.page", position_id=position_id),
        open_words=viewer._("Open the page of this post"),
        title=phrase(viewer, position.title),
        where=phrase(viewer, organisation.units[position.unit_id].name),
        holder=organisation.holder_names(position_id),
        holder_trace=trace_of_holder(viewer, loaded, position_id),
        status=status.value,
        chip=chip.text(viewer.language) if chip else "",
        note=note_on_status(viewer, organisation, position_id),
        actions=_actions(viewer, loaded, position_id),
        figures=tuple(figures_of(viewer, loaded, position_id)),
        lists=tuple(one for one in lists if one.items),
        groups=_groups(viewer, loaded, position_id),
    )


def _actions(viewer: Viewer, loaded: Loaded, position_id: str) -> tuple[Section, ...]:
    found = post_views(viewer, position_id)
    href = spans_href(viewer, loaded, position_id)
    return (
        (*found, Section(viewer._("Span of control"), href, is_current=False)) if href else found
    )


def _posts(
    viewer: Viewer, loaded: Loaded, heading: str, count: str, position_ids: Sequence[str]
) -> PanelList:
    items = [
        PanelItem(post_link(viewer, loaded, one), is_here=True)
        for one in position_ids[:MOST_LISTED]
    ]
    return PanelList(heading, count, tuple(items), more=more_words(viewer, len(position_ids)))


def _groups(viewer: Viewer, loaded: Loaded, position_id: str) -> tuple[tuple[str, str], ...]:
    """Return the groups that a post sits in, each with the URL of its place on the page of groups."""
    organisation = loaded.organisation
    found = []
    for group, membership in groups_of(organisation, position_id)[:MOST_LISTED]:
        name, role = group.name.text(viewer.language), role_words(viewer, membership.role)
        found.append((f"{name} ({role})" if role else name, group_href(viewer, group.id)))
    return tuple(found)
