"""Who sits in a group, and how many that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.entities import MemberRole
from orgmodel.model.wording import ROLE_WORDS
from webui.asking.languages import _, ngettext
from webui.pages.post.context import Member
from webui.parts.building import MOST_LISTED, post_link, say_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.entities import Group, Membership
    from orgmodel.model.organisation import Organisation
    from webui.store.loaded import Loaded


def members_of(loaded: Loaded, group: Group) -> tuple[Member, ...]:
    """Return the first members of a group, each with what it does there."""
    known = known_members(loaded.organisation, group)
    return tuple(
        Member(
            post_link(loaded, one.position_id),
            "" if one.role is MemberRole.MEMBER else _(ROLE_WORDS[one.role]),
        )
        for one in known[:MOST_LISTED]
    )


def known_members(organisation: Organisation, group: Group) -> list[Membership]:
    """Return the members of a group whose posts are there on the date."""
    return [one for one in group.members if one.position_id in organisation.positions]


def size_of(organisation: Organisation, group: Group) -> str:
    """Return how many sit in a group, by seats, and whether that is all."""
    known = [one.position_id for one in known_members(organisation, group)]
    size = ngettext("{n} member", "{n} members", seats_of(organisation, known))
    if group.complete:
        return size
    if group.size is not None:
        return _(
            "{members} named by post, {size} in all", members=size, size=say_number(group.size)
        )
    return _("{members} known, more may sit in it", members=size)


def seats_of(organisation: Organisation, position_ids: Sequence[str]) -> int:
    """Return how many posts these are: four heads of centre in one entry are four."""
    return sum(organisation.positions[one].seats for one in position_ids)
