"""Charts and networks of ties as pyvis networks: nodes, edges, options for vis-network in browsers.

Pyvis builds and validates the network; the page around it is ours. Coordinates come from our
layout, so vis-network does no layout and no measuring; it pans, zooms and reports clicks. Nodes
and edges carry an allow-list of plain values and no HTML.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from contextlib import contextmanager
from dataclasses import asdict
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from orgmodel.drawing.cards import doubt_on
from orgmodel.drawing.graph import LINE, chart_graph
from orgmodel.drawing.styles import looks_as_dict
from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.tie_picture import TiePicture


@contextmanager
def _without_ipython() -> Iterator[None]:
    """Let pyvis be imported without IPython.

    pyvis needs IPython only to show a network in a notebook, where it is installed anyway.
    """
    name = "IPython.display"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name])["IFrame"] = None
    try:
        yield
    finally:
        del sys.modules[name]


with _without_ipython():
    import pyvis
    from pyvis.network import Network

__all__ = [
    "OPTIONS",
    "TIE_OPTIONS",
    "VIS_NETWORK",
    "Network",
    "chart_network",
    "network_data",
    "tie_network",
    "tie_network_data",
]

VIS_NETWORK = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "fixed": True},
    "edges": {"smooth": False, "hidden": True},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "zoomSpeed": 0.6,
    },
}
# The network of ties: its cards begin at rest in the places of the picture. Physics runs while one
# is dragged, and until the others have followed; each line is a spring of the length that it has
# in the picture.
TIE_OPTIONS: dict[str, object] = {
    "physics": {
        "enabled": True,
        "stabilization": False,
        "minVelocity": 0.75,
        "maxVelocity": 60,
        "barnesHut": {
            "gravitationalConstant": -600,
            "centralGravity": 0,
            "springConstant": 0.04,
            "damping": 0.4,
            "avoidOverlap": 0,
        },
    },
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom"},
    "edges": {"smooth": False, "hidden": True},
    "interaction": {
        "dragNodes": True,
        "hover": False,
        "keyboard": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "zoomSpeed": 0.6,
    },
}
# Attributes of a node that the browser gets in addition to its card.
_SHOWN = ("label", "x", "y", "parent", "layer", "reports", "open", "more", "dimmed", "look")


def chart_network(graph: nx.MultiDiGraph[str]) -> Network:
    """Return a chart as a pyvis network of all its nodes and the edges that are drawn."""
    network = Network(directed=True, notebook=False)
    network.options = OPTIONS
    for entry_id, node in graph.nodes(data=True):
        card = node["card"]
        # vis-network treats a node as a square around its centre with sides of twice this size.
        values = {name: node[name] for name in _SHOWN}
        size, shown = card.card.width / 2, card.as_dict()
        values["why"] = card.card.doubt
        network.add_node(entry_id, shape="custom", size=size, **values, card=shown)
    relations = itertools.count()
    for start, end, _number, edge in sorted(graph.edges(keys=True, data=True), key=itemgetter(2)):
        kind, points = edge["kind"], edge["points"]
        if kind == LINE:
            style = "dashed" if edge["basis"] is Basis.INFERRED else "solid"
            known = {"why": edge["doubt"] or edge["origin"]}
            if edge["doubt"]:
                known["mark"] = doubt_on(points)
            network.add_edge(start, end, kind=kind, style=style, points=points, **known)
        elif points:
            name = f"relation-{next(relations)}"
            network.add_edge(start, end, id=name, kind=kind, style="dotted", points=points)
    return network


def tie_network(picture: TiePicture) -> Network:
    """Return a network of ties as a pyvis network, in the places of its picture."""
    network = Network(directed=True, notebook=False)
    network.options = TIE_OPTIONS
    places = picture.layout.places
    for card in picture.cards.cards:
        x, y = places[card.id]
        shown = asdict(card)
        del shown["id"]
        # An empty label would become the id.
        network.add_node(
            card.id, label=" ", shape="custom", size=card.width / 2, x=x, y=y, card=shown
        )
    for number, line in enumerate(picture.cards.lines):
        length = round(math.dist(places[line.from_id], places[line.to_id]), 1)
        values = {name: value for name, value in asdict(line).items() if not name.endswith("_id")}
        network.add_edge(line.from_id, line.to_id, id=f"line-{number}", length=length, **values)
    return network


def tie_network_data(picture: TiePicture) -> dict[str, object]:
    """Return the data of a network of ties for the browser, as `network_data` for a chart."""
    return _data(tie_network(picture))


def _data(network: Network) -> dict[str, object]:
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options) if isinstance(options, str) else options,
    }


def network_data(chart: Chart) -> dict[str, object]:
    """Return the data for the browser: pyvis's nodes and edges, options and the size."""
    return {
        **_data(chart_network(chart_graph(chart))),
        "looks": looks_as_dict(chart.looks),
        "width": chart.layout.width,
        "height": chart.layout.height,
        "hidden": chart.hidden,
    }
