"""The network that a URL requests, and the nodes and the file made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.network import network_around, network_between, what_ties
from orgmodel.analysis.questions.ties import NodeKind
from orgmodel.drawing.card_texts import position_title, unit_title
from orgmodel.drawing.tie_picture import tie_picture
from webui.asking.edge import own_id
from webui.pages.network.context import NodeLink
from webui.parts.building import group_href, kind_phrase, known_members, phrase

if TYPE_CHECKING:
    from orgmodel.analysis.questions.network import Network, TiesOfTwo
    from orgmodel.drawing.tie_picture import TiePicture
    from orgmodel.texts import Worded
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

STEPS_AT_FIRST = 1


@dataclass(frozen=True)
class NetworkRequest:
    """A network, or what ties two nodes, as a URL requests it.

    Attributes
    ----------
    centre_id, other_id
        What it is around, and the second of two; None without one.
    """

    viewer: Viewer
    loaded: Loaded
    centre_id: str | None
    other_id: str | None
    steps: int
    unfolded: tuple[str, ...]

    @cached_property
    def between(self) -> TiesOfTwo | None:
        """What ties the two nodes; None for one."""
        if self.centre_id is None or self.other_id is None:
            return None
        return what_ties(self.loaded.ties, self.centre_id, self.other_id)

    @cached_property
    def network(self) -> Network:
        """The network that is shown."""
        assert self.centre_id is not None  # noqa: S101 - asked only with a centre
        if self.between is not None:
            return network_between(self.loaded.ties, self.between)
        return network_around(self.loaded.ties, self.centre_id, self.steps, unfolded=self.unfolded)

    @cached_property
    def picture(self) -> TiePicture:
        """The network with the places of its cards."""
        return tie_picture(self.loaded.ties, self.network, self.viewer.language)

    def name(self, node_id: str) -> str:
        """Return the name of a node."""
        return node_name(self.loaded, node_id).text(self.viewer.language)

    @cached_property
    def title(self) -> str:
        """What is shown, in words."""
        viewer = self.viewer
        if self.centre_id is None:
            return viewer._("Who works with whom")
        first = self.name(self.centre_id)
        if self.other_id is None:
            return viewer._("The network around {name}", name=first)
        return viewer._(
            "What links {first} and {second}", first=first, second=self.name(self.other_id)
        )


def network_request(viewer: Viewer, loaded: Loaded) -> NetworkRequest:
    """Return the requested network; wrong parameters are refused earlier."""
    args = viewer.args
    centre_id, other_id = (_node(loaded, args.get(name, "")) for name in ("of", "and"))
    unfolded = (_node(loaded, one) for one in args.getlist("unfold"))
    return NetworkRequest(
        viewer,
        loaded,
        centre_id,
        other_id if centre_id is not None and other_id != centre_id else None,
        int(args.get("steps", "").strip() or STEPS_AT_FIRST),
        tuple(one for one in unfolded if one is not None),
    )


def _node(loaded: Loaded, asked: str) -> str | None:
    """Return the id of a node written as post:id; None without one."""
    organisation = loaded.organisation
    kind, _sign, entry_id = asked.partition(":")
    for one, known in (
        (NodeKind.POST, organisation.positions),
        (NodeKind.UNIT, organisation.units),
        (NodeKind.GROUP, organisation.groups),
    ):
        if kind == one:
            own = own_id(loaded, entry_id, known)
            return own if own in known else None
    return None


def node_key(loaded: Loaded, node_id: str) -> str:
    """Return a node as URLs name it: post:id."""
    return f"{loaded.ties.kind(node_id).value}:{node_id}"


def node_name(loaded: Loaded, node_id: str) -> Worded:
    """Return the title of a post, the name of a unit or a group."""
    organisation = loaded.organisation
    kind = loaded.ties.kind(node_id)
    if kind is NodeKind.POST:
        return position_title(organisation, node_id)
    if kind is NodeKind.UNIT:
        return unit_title(organisation.units[node_id])
    return organisation.groups[node_id].name


def network_href(viewer: Viewer, loaded: Loaded, node_id: str, steps: int = STEPS_AT_FIRST) -> str:
    """Return the URL of the network around a node."""
    number = None if steps == STEPS_AT_FIRST else str(steps)
    return viewer.url_for("networks.page", of=node_key(loaded, node_id), steps=number)


def node_link(viewer: Viewer, loaded: Loaded, node_id: str, reason: str = "") -> NodeLink:
    """Return a node for a list."""
    organisation = loaded.organisation
    kind = loaded.ties.kind(node_id)
    if kind is NodeKind.POST:
        unit = organisation.units[organisation.positions[node_id].unit_id].name
        parts = (organisation.holder_names(node_id), unit.text(viewer.language))
        detail = ", ".join(filter(None, parts))
        href = viewer.url_for("posts.page", position_id=node_id)
    elif kind is NodeKind.UNIT:
        detail = kind_phrase(viewer, organisation, organisation.units[node_id].kind_id).text
        href = viewer.url_for("units.page", unit_id=node_id)
    else:
        group = organisation.groups[node_id]
        known = len(known_members(organisation, group))
        size = viewer.ngettext("{n} member", "{n} members", known) if known else ""
        kind_of_group = kind_phrase(viewer, organisation, group.kind_id).text
        detail = " · ".join(filter(None, (kind_of_group, size)))
        href = group_href(viewer, node_id)
    words = {
        NodeKind.POST: viewer._("Post"),
        NodeKind.UNIT: viewer._("Unit"),
        NodeKind.GROUP: viewer._("Group"),
    }
    return NodeLink(
        id=node_id,
        kind=kind.value,
        kind_words=words[kind],
        title=phrase(viewer, node_name(loaded, node_id)),
        detail=detail,
        href=href,
        network_href=network_href(viewer, loaded, node_id),
        reason=reason,
    )
