"""The groups of an organisation: each with its members, and all as a matrix of posts and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.model.entities import MemberRole
from orgmodel.model.wording import ROLE_WORDS
from webui.asking.languages import _
from webui.asking.urls import chart_url
from webui.pages.groups.context import GroupContext, GroupsContext, MatrixCell, MatrixRow
from webui.parts.building import (
    MOST_LISTED,
    kind_phrase,
    more_words,
    optional_phrase,
    organisation_link,
    phrase,
    post_link,
    say_number,
)
from webui.parts.members import known_members, members_of, size_of

if TYPE_CHECKING:
    from orgmodel.model.entities import Group
    from webui.store.loaded import Loaded

_MOST_ROWS, _MOST_COLUMNS = 200, 12
_MARKS = {
    MemberRole.MEMBER: "●",
    MemberRole.CHAIR: "★",
    MemberRole.DEPUTY_CHAIR: "☆",
    MemberRole.SECRETARY: "✎",
}


def groups_context(loaded: Loaded) -> GroupsContext:
    """Return the groups and the matrix; of many, the first."""
    organisation = loaded.organisation
    asked = request.args.get("group")
    groups = sorted(organisation.groups.values(), key=lambda group: group.id != asked)
    filled = [one for one in organisation.groups.values() if known_members(organisation, one)]
    columns = filled[:_MOST_COLUMNS]
    members = {one.position_id for group in columns for one in known_members(organisation, group)}
    posts = sorted(members, key=loaded.posts.rank)
    return GroupsContext(
        organisation=organisation_link(organisation, "chart", "groups"),
        groups=tuple(_group(loaded, group) for group in groups[:MOST_LISTED]),
        rows=tuple(_row(loaded, one, columns) for one in posts[:_MOST_ROWS]),
        rows_more=more_words(len(posts), _MOST_ROWS),
        groups_more=more_words(len(groups)),
        columns=tuple((group.id, phrase(group.name)) for group in columns),
        columns_more=more_words(len(filled), _MOST_COLUMNS),
    )


def _group(loaded: Loaded, group: Group) -> GroupContext:
    organisation = loaded.organisation
    return GroupContext(
        id=group.id,
        name=phrase(group.name),
        kind=kind_phrase(organisation, group.kind_id),
        chart_href=chart_url(organisation.id, light=group.id),
        cadence=optional_phrase(group.cadence),
        purpose=optional_phrase(group.purpose),
        size_words=size_of(organisation, group),
        members=members_of(loaded, group),
        members_more=more_words(len(known_members(organisation, group))),
    )


def _row(loaded: Loaded, position_id: str, columns: list[Group]) -> MatrixRow:
    seats = {
        group.id: seat for group, seat in loaded.organisation.memberships.get(position_id, ())
    }
    cells = []
    for group in columns:
        seat = seats.get(group.id)
        if seat is None:
            cells.append(MatrixCell("", ""))
        else:
            cells.append(MatrixCell(_MARKS[seat.role], _(ROLE_WORDS[seat.role])))
    return MatrixRow(post_link(loaded, position_id), tuple(cells), say_number(len(seats)))
