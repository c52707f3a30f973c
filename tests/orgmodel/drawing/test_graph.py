"""The shown chart as a NetworkX graph, from which the pyvis network and the files are built."""

import networkx as nx
import pytest
from pyvis.network import Network

from orgmodel.drawing.graph import LINE, chart_graph
from orgmodel.drawing.network import chart_network
from orgmodel.drawing.views import Cut
from orgmodel.exporting.graphs import CONTAINS, LEADS, edges_of, file_graph
from tests.builders import show
from tests.orgmodel.exporting.interchange import many_relations

IDS = ("aalborg", "ballerup", "silkeborg", "skanderborg")
CHARTS = [(name, units) for name in IDS for units in (False, True)]


def lines_of(graph):
    return {
        (start, end): edge["basis"]
        for start, end, edge in graph.edges(data=True)
        if edge["kind"] == LINE
    }


@pytest.mark.parametrize("name", IDS)
def test_it_holds_the_shown_part_of_the_reporting_tree(shipped, name):
    data = shipped[name]
    graph = chart_graph(show(data, cut=Cut.OPENED).chart)
    assert isinstance(graph, nx.MultiDiGraph)
    part = data.reporting_tree().subgraph(graph)
    assert set(part) == set(graph)
    assert lines_of(graph) == {
        (start, end): basis for start, end, basis in part.edges(data="basis")
    }
    statuses = nx.get_node_attributes(part, "status")
    assert nx.get_node_attributes(graph, "status") == statuses


@pytest.mark.parametrize(("name", "units"), CHARTS)
def test_the_explorer_draws_the_pyvis_network_of_it(shipped, client, name, units):
    graph = chart_graph(show(shipped[name], cut=Cut.OPENED, units=units).chart)
    network = chart_network(graph)
    assert isinstance(network, Network)
    assert [node["id"] for node in network.nodes] == list(graph)
    drawn = [(start, end) for start, end, edge in graph.edges(data=True) if edge["points"]]
    assert sorted((edge["from"], edge["to"]) for edge in network.edges) == sorted(drawn)

    answer = client.get(f"/{name}/{'units' if units else 'chart'}.json").json
    middles = {node["id"]: (node["x"], node["y"]) for node in answer["nodes"]}
    assert middles == {entry: (node["x"], node["y"]) for entry, node in graph.nodes.items()}
    ends = [(edge["from"], edge["to"]) for edge in answer["edges"]]
    assert ends == [(edge["from"], edge["to"]) for edge in network.edges]


@pytest.mark.parametrize(("name", "units"), CHARTS)
def test_files_hold_its_entries_and_edges(shipped, name, units):
    exhibit = show(shipped[name], cut=Cut.OPENED, units=units)
    graph, written = chart_graph(exhibit.chart), file_graph(exhibit)
    assert list(written) == [entry for entry, more in graph.nodes(data="more") if not more]
    kinds = {LINE: CONTAINS if units else LEADS}
    found = [
        (start, end, kinds.get(edge["kind"], edge["kind"]), edge["basis"])
        for start, end, edge in graph.edges(data=True)
        if end in written
    ]
    assert sorted(found) == sorted(
        (start, end, edge["kind"], edge["basis"]) for start, end, _key, edge in edges_of(written)
    )


def test_relations_that_are_too_many_to_draw_are_in_it_without_a_way():
    graph = chart_graph(show(many_relations(60)).chart)
    relations = [edge for *_ends, edge in graph.edges(data=True) if edge["kind"] != LINE]
    assert [bool(edge["points"]) for edge in relations].count(True) == 40
    assert len(relations) == 60
