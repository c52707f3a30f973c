"""The groups of an organisation: each with its members, and all as a matrix of posts and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.model.wording import ROLE_MARKS, ROLE_WORDS
from webui.asking.edge import current_viewer, requested_organisation
from webui.parts.building import (
    MOST_LISTED,
    group_context,
    known_members,
    more_words,
    phrase,
    post_link,
)
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from orgmodel.model.entities import Group
    from webui.asking.viewer import Viewer
    from webui.parts.context import GroupContext, OrganisationLink, Phrase, PostLink
    from webui.store.loaded import Loaded

bp = Blueprint("groups", __name__, url_prefix="/<organisation_id>")


@bp.get("/groups")
def page(organisation_id: str) -> str:
    """Show the groups."""
    return render_template(
        "pages/groups/page.html",
        page=groups_context(current_viewer(), requested_organisation(organisation_id)),
    )


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The role of a post in a group; empty if it is not a member."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A post and its seat in every group."""

    post: PostLink
    cells: tuple[MatrixCell, ...]
    count: str


@dataclass(frozen=True, slots=True)
class GroupsContext:
    """The groups, and the matrix of posts and groups."""

    organisation: OrganisationLink
    groups: tuple[GroupContext, ...]
    groups_more: str
    columns: tuple[tuple[str, Phrase], ...]
    rows: tuple[MatrixRow, ...]
    rows_more: str
    columns_more: str


_MOST_ROWS, _MOST_COLUMNS = 200, 12


def groups_context(viewer: Viewer, loaded: Loaded) -> GroupsContext:
    """Return the groups and the matrix, limited to the first ones if there are many."""
    organisation = loaded.organisation
    asked = viewer.args.get("group")
    groups = sorted(organisation.groups.values(), key=lambda group: group.id != asked)
    filled = [one for one in organisation.groups.values() if known_members(organisation, one)]
    columns = filled[:_MOST_COLUMNS]
    members = {one.position_id for group in columns for one in known_members(organisation, group)}
    posts = sorted(members, key=loaded.posts.rank)
    return GroupsContext(
        organisation=organisation_link(viewer, organisation, "chart", "groups"),
        groups=tuple(group_context(viewer, loaded, group) for group in groups[:MOST_LISTED]),
        rows=tuple(_row(viewer, loaded, one, columns) for one in posts[:_MOST_ROWS]),
        rows_more=more_words(viewer, len(posts), _MOST_ROWS),
        groups_more=more_words(viewer, len(groups)),
        columns=tuple((group.id, phrase(viewer, group.name)) for group in columns),
        columns_more=more_words(viewer, len(filled), _MOST_COLUMNS),
    )


def _row(viewer: Viewer, loaded: Loaded, position_id: str, columns: list[Group]) -> MatrixRow:
    seats = {
        group.id: seat for group, seat in loaded.organisation.memberships.get(position_id, ())
    }
    cells = []
    for group in columns:
        seat = seats.get(group.id)
        if seat is None:
            cells.append(MatrixCell("", ""))
        else:
            cells.append(MatrixCell(ROLE_MARKS[seat.role], viewer._(ROLE_WORDS[seat.role])))
    return MatrixRow(
        post_link(viewer, loaded, position_id), tuple(cells), viewer.number(len(seats))
    )
