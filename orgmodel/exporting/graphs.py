"""A chart as a NetworkX graph of plain values, as GraphML and as node-link JSON."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from orgmodel.drawing.graph import LINE, chart_graph
from orgmodel.exporting.contents import entries, known, plain, subject
from orgmodel.model.provenance import Basis
from orgmodel.model.wording import BASIS_WORDS, RELATION_WORDS
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit

Edge = tuple[str, str, str, dict[str, Any]]

# The kinds of edge besides relations: a leader leads a report, a unit contains a subunit.
LEADS, CONTAINS = "leads", "contains"
_LINE_WORDS = {LEADS: N_("leads"), CONTAINS: N_("contains")}


def file_graph(exhibit: Exhibit) -> nx.MultiDiGraph[str]:
    """Return a new NetworkX graph of an exhibit's chart with all data of exported files.

    Returns
    -------
    graph
        Attributes are plain values; unknown ones are absent. Nodes are the chart's entries in its
        order. The attributes of the graph and of nodes are described in
        `orgmodel.exporting.contents`. Edges are the lines of the chart, then the relations, with
        the keys e1, e2 and so on. Each has its `kind` ("leads", "contains" or the kind of a
        relation) and its `basis` (stated or inferred), both in words as well; `about` is the
        subject of a relation.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**subject(exhibit))
    graph.add_nodes_from(entries(exhibit).items())
    language = exhibit.language
    line = CONTAINS if exhibit.view.units else LEADS
    words = {
        kind: message(word).text(language)
        for kind, word in (*_LINE_WORDS.items(), *RELATION_WORDS.items())
    }
    basis_words = {basis: message(word).text(language) for basis, word in BASIS_WORDS.items()}
    edges = _edges(exhibit.chart, graph)
    for number, (start, end, _drawn_as, edge) in enumerate(edges, start=1):
        kind = line if edge["kind"] == LINE else edge["kind"]
        about = edge.get("about")
        values = {
            "kind": kind,
            "words": words[kind],
            "basis": edge["basis"].value,
            "basis_words": basis_words[edge["basis"]],
            "about": plain(about.text(language)) if about else None,
        }
        graph.add_edge(start, end, key=f"e{number}", **known(values))
    return graph


def _edges(chart: Chart, ids: Iterable[str]) -> list[tuple[str, str, int, dict[str, Any]]]:
    """Return the edges between ids: lines by their lower end, then relations by their first."""
    places = {entry_id: n for n, entry_id in enumerate(ids)}

    def order(edge: tuple[str, str, int, dict[str, Any]]) -> tuple[bool, int, int]:
        start, end, number, values = edge
        is_line = values["kind"] == LINE
        return not is_line, places[end if is_line else start], number

    edges = chart_graph(chart).edges(keys=True, data=True)
    return sorted((edge for edge in edges if edge[1] in places), key=order)


def edges_of(graph: nx.MultiDiGraph[str]) -> list[Edge]:
    """Return the edges of a file's graph in order, each as its ends, its key and its attributes."""
    return sorted(graph.edges(keys=True, data=True), key=lambda edge: int(edge[2][1:]))


def is_relation(edge: Mapping[str, str]) -> bool:
    """Tell whether an edge is a relation, not a line of the chart."""
    return edge["kind"] not in {LEADS, CONTAINS}


def is_inferred(edge: Mapping[str, str]) -> bool:
    """Tell whether no source states an edge."""
    return edge["basis"] == Basis.INFERRED.value


def graphml(exhibit: Exhibit) -> str:
    """Return a chart as GraphML, with typed keys: for Gephi, yEd, igraph, NetworkX and others."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(file_graph(exhibit))
    out = BytesIO()
    writer.dump(out)
    return out.getvalue().decode()


def node_link(exhibit: Exhibit) -> str:
    """Return a chart as JSON with nodes and edges, one per line, in the order of the chart.

    `networkx.node_link_graph` (NetworkX 3.4 or later) reads it without options and returns
    `file_graph` again. d3 accepts both lists too:
    `forceSimulation(data.nodes).force("link", forceLink(data.edges).id(d => d.id))`.
    """
    graph = file_graph(exhibit)
    nodes = ({"id": entry_id, **node} for entry_id, node in graph.nodes(data=True))
    edges = (
        {"source": start, "target": end, "key": key, **edge}
        for start, end, key, edge in edges_of(graph)
    )
    members = {
        "directed": "true",
        "multigraph": "true",
        "graph": _json(graph.graph),
        "nodes": _json_list(nodes),
        "edges": _json_list(edges),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}\n"


def _json_list(members: Iterable[object]) -> str:
    return "[\n" + ",\n".join(map(_json, members)) + "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
