"""The API's answer on a network: its nodes, its links, and what links two nodes."""

# No `from __future__ import annotations` here: `schemas.py` evaluates the annotations.

from dataclasses import dataclass
from datetime import date

from orgmodel.analysis.questions.network import MOST_STEPS, TiesOfTwo
from orgmodel.analysis.questions.ties import NodeKind, Tie, TieKind
from orgmodel.texts import N_
from webui.pages.network.asked import NetworkRequest

NETWORK_PARAMETERS = (
    ("of", "<post | unit | group>:<id>", N_("What the network is around.")),
    ("and", "<post | unit | group>:<id>", N_("A second one: the answer is what links the two.")),
    ("steps", f"1 – {MOST_STEPS}", N_("How far the network reaches; 1 by default.")),
    (
        "unfold",
        "<post | unit | group>:<id>",
        N_("What is shown as far as the largest network allows; may be repeated."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNode:
    """A post, a unit or a group.

    Attributes
    ----------
    steps
        How many steps from the nearest centre it is.
    """

    id: str
    kind: NodeKind
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRest:
    """How many of a node's links of one kind lead to nodes that are left out.

    Attributes
    ----------
    is_outgoing
        Whether the links begin at the node.
    of
        The kind of the nodes that are left out.
    """

    id: str
    kind: TieKind
    is_outgoing: bool
    of: NodeKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network around a node, or what links two nodes.

    Attributes
    ----------
    centres
        The ids that it is around: one, or two.
    nodes
        The nearest first.
    ties
        Every link between the nodes.
    rests
        The links to nodes that are left out, counted.
    between
        What links the two; None for one.
    """

    organisation_id: str
    day: date
    centres: tuple[str, ...]
    nodes: tuple[NetworkNode, ...]
    ties: tuple[Tie, ...]
    rests: tuple[NetworkRest, ...]
    between: TiesOfTwo | None


def network_answer(asked: NetworkRequest) -> Network:
    """Return the requested network, which has a centre."""
    organisation, network = asked.loaded.organisation, asked.network
    return Network(
        organisation_id=organisation.id,
        day=organisation.day,
        centres=network.centres,
        nodes=tuple(
            NetworkNode(id=one, kind=asked.loaded.ties.kind(one), steps=steps)
            for one, steps in network.steps.items()
        ),
        ties=network.ties,
        rests=tuple(
            NetworkRest(
                id=rest.node_id,
                kind=rest.bundle.kind,
                is_outgoing=rest.bundle.is_outgoing,
                of=rest.bundle.of,
                count=rest.count,
            )
            for rest in network.rests
        ),
        between=asked.between,
    )
