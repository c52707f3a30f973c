"""The network in words: what a node is tied to, by kind; who sits with whom; what ties two nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.forums import fellows, overlaps
from orgmodel.analysis.questions.network import ties_between
from orgmodel.analysis.questions.ties import NodeKind, TieKind
from orgmodel.drawing.tie_words import bundle_words, tie_details, tie_words
from orgmodel.model.entities import MemberRole
from orgmodel.texts import format_percent
from webui.pages.network.asked import node_key, node_link
from webui.pages.network.context import ForumsTable, NodeList, SittingRow
from webui.parts.building import MOST_LISTED, more_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.analysis.questions.network import TiesOfTwo
    from orgmodel.analysis.questions.ties import Tie
    from webui.asking.viewer import Viewer
    from webui.pages.network.asked import NetworkRequest
    from webui.pages.network.context import NodeLink
    from webui.store.loaded import Loaded

_MOST_RANKED = 10
_LEAST_SHARE = 0.01
_MOST_NAMED = 2


# Around one node ----------------------------------------------------------------------------------


def tie_lists(asked: NetworkRequest, centre_id: str) -> tuple[NodeList, ...]:
    """Return what a node is tied to, one list for each kind of tie."""
    viewer, loaded = asked.viewer, asked.loaded
    found = {one: tie for tie in asked.network.ties for one in _far_ends(tie, centre_id)}
    lists = []
    for bundle in loaded.ties.bundles(centre_id):
        shown = bundle.ids[:MOST_LISTED]
        items = tuple(
            node_link(viewer, loaded, one, _reason(viewer, found.get((one, bundle.kind))))
            for one in shown
        )
        left = len(bundle.ids) - len(shown)
        href = ""
        if left and centre_id not in asked.unfolded:
            href = viewer.this_page_with(unfold=[node_key(loaded, centre_id)])
        lists.append(
            NodeList(
                bundle_words(bundle).text(viewer.language),
                viewer.number(len(bundle.ids)),
                items,
                more_words(viewer, len(bundle.ids)),
                href,
            )
        )
    return tuple(lists)


def _far_ends(tie: Tie, centre_id: str) -> Iterator[tuple[str, TieKind]]:
    if tie.from_id == centre_id:
        yield tie.to_id, tie.kind
    if tie.to_id == centre_id:
        yield tie.from_id, tie.kind


def _reason(viewer: Viewer, tie: Tie | None) -> str:
    """Return what the heading does not say of a tie: a role, what it is about, that it is inferred."""
    if tie is None:
        return ""
    details = tie_details(tie)
    is_special = tie.role not in {None, MemberRole.MEMBER}
    parts = (
        tie_words(tie).text(viewer.language) if is_special else "",
        details.text(viewer.language) if details else "",
    )
    return " · ".join(filter(None, parts))


def ring_lists(asked: NetworkRequest) -> tuple[NodeList, ...]:
    """Return what is two steps away, then three, each node with what leads to it."""
    viewer, network = asked.viewer, asked.network
    rings = []
    ties: dict[frozenset[str], Tie] = {}
    for tie in network.ties:
        ties.setdefault(frozenset((tie.from_id, tie.to_id)), tie)
    for step in range(2, asked.steps + 1):
        ids = [one for one, steps in network.steps.items() if steps == step]
        if not ids:
            continue
        items = tuple(
            node_link(viewer, asked.loaded, one, _through(asked, one, ties))
            for one in ids[:MOST_LISTED]
        )
        heading = viewer.ngettext("{n} step away", "{n} steps away", step)
        more = more_words(viewer, len(ids))
        rings.append(NodeList(heading, viewer.number(len(ids)), items, more))
    return tuple(rings)


def _through(asked: NetworkRequest, node_id: str, ties: dict[frozenset[str], Tie]) -> str:
    parent_id = asked.network.parents[node_id]
    return _sentence(asked, ties[frozenset((node_id, parent_id))])


def _sentence(asked: NetworkRequest, tie: Tie) -> str:
    words = tie_words(tie).text(asked.viewer.language)
    return f"{asked.name(tie.from_id)} {words} {asked.name(tie.to_id)}"


def fellow_list(asked: NetworkRequest, centre_id: str) -> NodeList | None:
    """Return who sits in groups with a post, or which groups share members with a group."""
    viewer, loaded = asked.viewer, asked.loaded
    kind = loaded.ties.kind(centre_id)
    if kind is NodeKind.POST:
        pairs = [
            (one.position_id, one.group_ids) for one in fellows(loaded.organisation, centre_id)
        ]
        heading = viewer._("Sit in groups with the post")
    elif kind is NodeKind.GROUP:
        pairs = [
            (one.group_id, one.position_ids) for one in overlaps(loaded.organisation, centre_id)
        ]
        heading = viewer._("Groups with the same members")
    else:
        return None
    items = tuple(
        node_link(viewer, loaded, one, _shared(asked, kind, shared))
        for one, shared in pairs[:MOST_LISTED]
    )
    more = more_words(viewer, len(pairs))
    return NodeList(heading, viewer.number(len(pairs)), items, more) if items else None


def _shared(asked: NetworkRequest, kind: NodeKind, shared: Sequence[str]) -> str:
    """Return how many groups two posts share, or posts two groups, and which."""
    viewer = asked.viewer
    more = more_words(viewer, len(shared), _MOST_NAMED)
    names = " ".join(filter(None, (_names(asked, shared[:_MOST_NAMED]), more)))
    if kind is NodeKind.POST:
        return viewer.ngettext(
            "{n} group: {names}", "{n} groups: {names}", len(shared), names=names
        )
    return viewer.ngettext("{n} member: {names}", "{n} members: {names}", len(shared), names=names)


def _names(asked: NetworkRequest, node_ids: Sequence[str]) -> str:
    return ", ".join(asked.name(one) for one in node_ids)


def sentences(asked: NetworkRequest, centre_id: str) -> tuple[str, ...]:
    """Return the answers about one node, in words."""
    viewer, loaded = asked.viewer, asked.loaded
    organisation = loaded.organisation
    if loaded.ties.kind(centre_id) is not NodeKind.POST:
        return ()
    seats = len(organisation.memberships.get(centre_id, ()))
    if not seats:
        return (viewer._("The sources name no group that the post sits in."),)
    others = len(fellows(organisation, centre_id))
    groups = viewer.ngettext("{n} group", "{n} groups", seats)
    words = viewer.ngettext(
        "The post sits in {groups} with {n} other post.",
        "The post sits in {groups} with {n} other posts.",
        others,
        groups=groups,
    )
    return (words,)


# Between two nodes --------------------------------------------------------------------------------


def between_sentences(asked: NetworkRequest, found: TiesOfTwo) -> tuple[str, ...]:
    """Return what ties two nodes, in sentences."""
    viewer = asked.viewer
    first, second = asked.name(found.first_id), asked.name(found.second_id)
    words = []
    if found.leader_id is None:
        words.append(viewer._("They have no known common leader."))
    else:
        words.append(
            viewer._(
                "The closest common leader of {first} and {second} is {leader}.",
                first=first,
                second=second,
                leader=asked.name(found.leader_id),
            )
        )
    count = len(found.groups)
    if count:
        words.append(viewer.ngettext("They meet in {n} group.", "They meet in {n} groups.", count))
    else:
        words.append(viewer._("The sources name no group in which they meet."))
    if not found.way:
        words.append(viewer._("Nothing links the two."))
    return tuple(words)


def between_lists(asked: NetworkRequest, found: TiesOfTwo) -> tuple[NodeList, ...]:
    """Return what ties two nodes, one list for each kind."""
    viewer, loaded = asked.viewer, asked.loaded

    def listed(heading: str, items: list[NodeLink], about: str = "") -> NodeList:
        more = more_words(viewer, len(items))
        return NodeList(
            heading, viewer.number(len(items)), tuple(items[:MOST_LISTED]), more, about=about
        )

    groups = [
        node_link(
            viewer,
            loaded,
            one.group_id,
            _names(asked, tuple(dict.fromkeys((*one.first_ids, *one.second_ids)))),
        )
        for one in found.groups
    ]
    relations = [
        node_link(viewer, loaded, tie.from_id, _with_details(asked, tie))
        for tie in found.relations
    ]
    people = [
        node_link(viewer, loaded, tie.from_id, _with_details(asked, tie)) for tie in found.people
    ]
    posts = [node_link(viewer, loaded, one) for one in found.posts]
    leader = [node_link(viewer, loaded, found.leader_id)] if found.leader_id else []
    lists = (
        listed(viewer._("Closest common leader"), leader),
        listed(viewer._("Groups in which they meet"), groups),
        listed(viewer._("Cross-cutting lines"), relations),
        listed(viewer._("Held by the same person"), people),
        listed(viewer._("Posts of both"), posts),
        listed(viewer._("The shortest way"), _way(asked, found.way)),
    )
    return tuple(one for one in lists if one.items)


def _with_details(asked: NetworkRequest, tie: Tie) -> str:
    details = tie_details(tie)
    return " · ".join(
        filter(
            None, (_sentence(asked, tie), details.text(asked.viewer.language) if details else "")
        )
    )


def _way(asked: NetworkRequest, way: Sequence[str]) -> list[NodeLink]:
    found = []
    for one, before in zip(way, (None, *way), strict=False):
        reason = ""
        if before is not None:
            tie = next(iter(ties_between(asked.loaded.ties, {before, one})))
            reason = _sentence(asked, tie)
        found.append(node_link(asked.viewer, asked.loaded, one, reason))
    return found


# The whole organisation -----------------------------------------------------------------------------


def forums_table(viewer: Viewer, loaded: Loaded) -> ForumsTable | None:
    """Return who sits in most groups; None where no seat in a group is known."""
    found = loaded.forums
    if not found.sittings:
        return None

    def least(number: int) -> str:
        words = viewer.number(number)
        return words if found.is_complete else viewer._("at least {value}", value=words)

    rows = tuple(
        SittingRow(
            node_link(viewer, loaded, one.position_id),
            least(one.groups),
            least(one.fellows),
            _share(viewer, one.between),
        )
        for one in found.sittings[:_MOST_RANKED]
    )
    about = [
        viewer._(
            "“Links others” is the share of all pairs of other posts whose shortest way from group to group leads through the post. The higher, the more others meet only through it."
        ),
    ]
    if not found.is_complete:
        about.append(
            viewer._(
                "The sources do not list all members of every group, so that a post may sit in more."
            )
        )
    if found.is_sampled:
        about.append(
            viewer._(
                "How much posts link others is estimated from {n} of {all} posts.",
                n=viewer.number(found.starts),
                all=viewer.number(len(found.sittings)),
            )
        )
    about.append(viewer._("Posts whose groups are not stated are not in the list."))
    return ForumsTable(rows, tuple(about))


def _share(viewer: Viewer, share: float | None) -> str:
    if share is None:
        return viewer._("not stated")
    if 0 < share < _LEAST_SHARE:
        return viewer._("less than {share}", share=format_percent(_LEAST_SHARE, viewer.language))
    return format_percent(share, viewer.language)
