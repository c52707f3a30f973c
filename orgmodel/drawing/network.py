"""The graph of a chart as a pyvis network: nodes, edges and options for vis-network in the browser.

Pyvis builds and validates the network; the page around it is ours. Coordinates come from our
layout, so vis-network does no layout and no measuring; it pans, zooms and reports clicks. Nodes
and edges carry an allow-list of plain values and no HTML.
"""

from __future__ import annotations

import itertools
import json
import sys
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from orgmodel.drawing.graph import LINE, chart_graph
from orgmodel.drawing.styles import looks_as_dict
from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from orgmodel.drawing.chart import Chart


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

__all__ = ["OPTIONS", "VIS_NETWORK", "Network", "chart_network", "network_data"]

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
        network.add_node(entry_id, shape="custom", size=size, **values, card=shown)
    relations = itertools.count()
    for start, end, _number, edge in sorted(graph.edges(keys=True, data=True), key=itemgetter(2)):
        kind, points = edge["kind"], edge["points"]
        if kind == LINE:
            style = "dashed" if edge["basis"] is Basis.INFERRED else "solid"
            network.add_edge(start, end, kind=kind, style=style, points=points)
        elif points:
            name = f"relation-{next(relations)}"
            network.add_edge(start, end, id=name, kind=kind, style="dotted", points=points)
    return network


def network_data(chart: Chart) -> dict[str, object]:
    """Return the data for the browser: pyvis's nodes and edges, options and the size."""
    network = chart_network(chart_graph(chart))
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options) if isinstance(options, str) else options,
        "looks": looks_as_dict(chart.looks),
        "width": chart.layout.width,
        "height": chart.layout.height,
        "hidden": chart.hidden,
    }
