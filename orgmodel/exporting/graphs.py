"""A chart as a NetworkX graph, and in the two formats by which graphs go to other programs.

Nodes are the entries by their ids, in the order of the chart; edges are its lines, from a leader
to a report or from a unit to its part, and the relations beside them. What is not known is absent.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from orgmodel.exporting.contents import contents
from orgmodel.exporting.records import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.exporting.records import Edge, Node

_NAMED = {"id", "source", "target"}


def chart_graph(exhibit: Exhibit) -> nx.MultiDiGraph[str]:
    """Return a chart as a new NetworkX graph.

    Returns
    -------
    graph
        Plain values only. The graph has what is said of the whole (`title`, `as_of`, `sources`, …),
        nodes and edges what `Node` and `Edge` of `orgmodel.exporting.records` tell; edges go by ids
        that are unlike each other.
    """
    found = contents(exhibit)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(attributes(found.subject))
    graph.add_nodes_from((one.node.id, _besides(one.node)) for one in found.drawn)
    for edge in found.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, **_besides(edge))
    return graph


def _besides(record: Node | Edge) -> dict[str, str | int | float]:
    """Return what is said of a node or an edge beside its id and its ends."""
    values = attributes(record)
    return {name: values[name] for name in values if name not in _NAMED}


def graphml(exhibit: Exhibit) -> str:
    """Return a chart as GraphML, with typed keys: for Gephi, yEd, igraph, NetworkX and others."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(chart_graph(exhibit))
    out = BytesIO()
    writer.dump(out)
    return out.getvalue().decode()


def node_link(exhibit: Exhibit) -> str:
    """Return a chart as JSON of nodes and edges, a line each, in the order of the chart.

    `networkx.node_link_graph` reads it as it is, and has `chart_graph` again: `edges` is what
    NetworkX calls them from 3.4 on. d3 takes both lists too:
    `forceSimulation(data.nodes).force("link", forceLink(data.edges).id(d => d.id))`.
    """
    found = contents(exhibit)
    nodes = ({"id": one.node.id, **_besides(one.node)} for one in found.drawn)
    edges = (
        {"source": edge.source, "target": edge.target, "key": edge.id, **_besides(edge)}
        for edge in found.edges
    )
    members = {
        "directed": "true",
        "multigraph": "true",
        "graph": _json(attributes(found.subject)),
        "nodes": _json_list(nodes),
        "edges": _json_list(edges),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}\n"


def _json_list(members: Iterable[object]) -> str:
    return "[\n" + ",\n".join(map(_json, members)) + "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
