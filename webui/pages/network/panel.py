"""The panel of a group beside a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.statuses import Status
from webui.pages.post.panel import PanelContext, PanelItem, PanelList
from webui.parts.building import group_context, group_href

if TYPE_CHECKING:
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded


def group_panel(viewer: Viewer, loaded: Loaded, group_id: str) -> PanelContext:
    """Return the panel of a group.

    Raises
    ------
    UnknownIdError
        If the organisation has no such group.
    """
    group = loaded.organisation.group(group_id)
    page = group_context(viewer, loaded, group)
    said = (page.cadence, page.purpose)
    members = tuple(PanelItem(one.post, is_here=True, note=one.role) for one in page.members)
    lists = PanelList(viewer._("Members"), page.size_words, members, more=page.members_more)
    return PanelContext(
        id=group_id,
        href=group_href(viewer, group_id),
        open_words=viewer._("Open the page of groups"),
        buttons=(),
        title=page.name,
        where=page.kind,
        holder="",
        holder_trace=None,
        status=Status.NAMED.value,
        chip="",
        note=" · ".join(one.text for one in said if one is not None),
        age="",
        report_href="",
        actions=(),
        superior=None,
        tiles=(),
        figures=(),
        lists=(lists,) if members else (),
        groups=(),
    )
