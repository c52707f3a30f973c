"""The graphs: their content, and that NetworkX algorithms work on them."""

import io
import json

import networkx as nx


def test_the_reporting_tree_of_a_complete_organisation_is_a_forest(aalborg):
    tree = aalborg.reporting_tree()
    assert nx.is_branching(tree)
    assert [post for post, degree in tree.in_degree() if degree == 0] == [
        "raadmand",
        "dagtilbudschef",
    ]
    assert tree.edges["direktoer", "chef-voksensocial"]["basis"] == "explicit"
    assert tree.edges["raadmand", "direktoer"]["basis"] == "inferred"


def test_the_graph_holds_every_kind_of_line(aalborg):
    graph = aalborg.graph()
    assert isinstance(graph, nx.MultiDiGraph)
    for start, end, kind in (
        ("chef-voksensocial", "direktoer", "reports_to"),
        ("chef-voksensocial", "voksensocialafdelingen", "leads"),
        ("voksensocialafdelingen", "job-og-social", "part_of"),
        ("person:peter-larsen", "raadmand", "holds"),
        ("raadmand", "forvaltningsledelsen", "member_of"),
        ("fla", "forvaltningsledelsen", "part_of"),
        ("chef-voksensocial", "job-og-socialudvalget", "serves"),
        ("boerne-og-familieafdelingen", "dagtilbud", "coordinates-with"),
    ):
        assert graph.has_edge(start, end, key=kind), (start, end, kind)
    kinds = {data["entity"] for _node, data in graph.nodes(data=True)}
    assert kinds == {"position", "unit", "group", "person"}


def test_the_graph_has_no_line_more_than_the_data(aalborg):
    counts: dict[str, int] = {}
    for _start, _end, kind in aalborg.graph().edges(keys=True):
        counts[kind] = counts.get(kind, 0) + 1
    # 22 entries of posts, two of them at the top.
    assert counts["reports_to"] == 20
    assert counts["leads"] == len([u for u in aalborg.units.values() if u.leader_id])
    assert counts["holds"] == 11
    assert counts["serves"] == 1
    # day care, children and youth, adults, and the national board
    assert counts["coordinates-with"] == 4


def test_every_writer_of_networkx_takes_the_graphs(aalborg):
    for graph in (aalborg.reporting_tree(), aalborg.graph()):
        json.dumps(nx.node_link_data(graph))
        nx.write_graphml(graph, io.BytesIO())
