"""The network around a node and what ties two: worked examples, and the graph as the definition."""

import itertools

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import UnknownIdError, loads
from orgmodel.analysis.questions.network import (
    common_leader,
    network_around,
    network_between,
    shortest_way,
    what_ties,
)
from orgmodel.analysis.questions.ties import NodeKind, Ties
from tests.builders import HEAD, body, nameless, organisation, post, posts, unit

# a (top) leads b and c; x is in b; y in c. The group g: a (chair), b's leader and y.
SMALL = """
units:
  - id: town
    name: Town
    kind: k
    leader: {id: top, title: Top}
    units:
      - {id: b, name: B, kind: k, leader: {id: lb, title: LB}, positions: [{id: x, title: X}]}
      - {id: c, name: C, kind: k, leader: {id: lc, title: LC}, positions: [{id: y, title: Y}]}
groups:
  - id: g
    name: G
    kind: k
    members: [{position: top, role: chair}, {position: lb}, {position: y}]
relations:
  - {id: r, kind: serves, from: b, to: c}
"""


@pytest.fixture(scope="module")
def small():
    return Ties(organisation(SMALL))


def without_people(data):
    """The graph of an organisation, posts of one holder tied to each other, people left out."""
    graph: nx.Graph[str] = nx.Graph(data.graph())
    people = [one for one, node in graph.nodes(data=True) if node["entity"] == "person"]
    for person in people:
        held = list(graph[person])
        graph.add_edges_from((one, other) for one in held for other in held if one != other)
    graph.remove_nodes_from(people)
    return graph


def around(ties, node_id, steps, **more):
    return dict(network_around(ties, node_id, steps, **more).steps)


class TestTies:
    def test_one_step_reaches_what_a_post_reports_to_leads_and_sits_in(self, small):
        assert around(small, "lb", 1) == {"lb": 0, "top": 1, "b": 1, "g": 1, "x": 1}

    def test_one_step_from_a_group_reaches_its_members_the_chair_first(self, small):
        assert list(around(small, "g", 1)) == ["g", "top", "lb", "y"]

    def test_one_step_from_a_unit_reaches_what_it_works_across_with(self, small):
        assert around(small, "b", 1) == {"b": 0, "lb": 1, "town": 1, "x": 1, "c": 1}

    def test_two_steps_reach_through_a_group(self, small):
        assert around(small, "y", 2)["lb"] == 2

    def test_a_tie_has_its_role(self, small):
        (tie,) = [t for t in network_around(small, "top", 1).ties if t.to_id == "g"][:1]
        assert (tie.kind, tie.role) == ("member_of", "chair")

    def test_an_unknown_node_is_refused(self, small):
        with pytest.raises(UnknownIdError):
            network_around(small, "nobody", 1)

    def test_two_posts_of_one_person_are_tied_where_it_is_named(self):
        people = [{"id": "ann", "name": "Ann Bo"}]
        held = [post("p", holder={"person": "ann"}), post("q", holder={"person": "ann"})]
        data = loads(HEAD + body(unit("u", positions=held), people=people))
        assert around(Ties(data), "p", 1) == {"p": 0, "u": 1, "q": 1}
        assert around(Ties(nameless(data)), "p", 1) == {"p": 0, "u": 1}


@pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_network_is_that_part_of_the_graph(shipped, name, steps):
    data = shipped[name]
    graph, ties = without_people(data), Ties(data)
    for node_id in graph:
        found = network_around(ties, node_id, steps, unfolded=list(graph), most=10_000)
        expected = nx.single_source_shortest_path_length(graph, node_id, cutoff=steps)
        assert dict(found.steps) == dict(expected)
        lines = {frozenset((tie.from_id, tie.to_id)) for tie in found.ties}
        assert lines == {frozenset(pair) for pair in graph.subgraph(expected).edges}
        assert found.rests == ()


@st.composite
def networks(draw):
    """Draw an organisation with units in units, posts, groups and relations."""
    size = draw(st.integers(1, 8))
    units = [
        unit(f"u{n}", **({"leader": f"l{n}"} if draw(st.booleans()) else {})) for n in range(size)
    ]
    posts_of = [f"p{n}" for n in range(draw(st.integers(0, 8)))]
    for one in posts_of:
        draw(st.sampled_from(units)).setdefault("positions", []).append(post(one))
    for n in range(size - 1, 0, -1):
        units[draw(st.integers(0, n - 1))].setdefault("units", []).append(units[n])
    held = [*posts_of, *(f"l{n}" for n in range(size) if "leader" in units[n])]
    groups = [
        {
            "id": f"g{n}",
            "name": f"G{n}",
            "kind": "k",
            "members": [
                {"position": one} for one in draw(st.lists(st.sampled_from(held), unique=True))
            ],
        }
        for n in range(draw(st.integers(0, 3)) if held else 0)
    ]
    ends = [*held, *(f"u{n}" for n in range(size)), *(one["id"] for one in groups)]
    relations = [
        {"id": f"r{n}", "kind": "serves", "from": pair[0], "to": pair[1]}
        for n, pair in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(ends)), max_size=3))
        )
        if pair[0] != pair[1]
    ]
    content = body(units[0], **({"groups": groups} if groups else {}), relations=relations)
    return loads(HEAD + content)


class TestAnyNetwork:
    @given(networks(), st.data())
    def test_shown_and_left_out_are_all_ties_of_a_node(self, data, draw):
        ties = Ties(data)
        start = draw.draw(st.sampled_from(sorted(data.units)))
        most = draw.draw(st.integers(1, 12))
        found = network_around(ties, start, 2, most=most)
        assert len(found.steps) <= max(1, most)
        every = without_people(data)
        for one in (one for one, steps in found.steps.items() if steps < 2):
            left = [rest for rest in found.rests if rest.node_id == one]
            seen = {frozenset((t.from_id, t.to_id)) for t in found.ties}
            beside = {other for other in every[one] if frozenset((one, other)) in seen}
            hidden = {other for rest in left for other in rest.bundle.ids} - beside
            assert beside | hidden == set(every[one]) - {one}

    @given(networks(), st.data())
    def test_a_shortest_way_is_as_long_as_that_of_networkx(self, data, draw):
        graph, ties = without_people(data), Ties(data)
        start, end = (draw.draw(st.sampled_from(sorted(graph))) for _n in range(2))
        way = shortest_way(ties, start, end)
        if nx.has_path(graph, start, end):
            assert len(way) == nx.shortest_path_length(graph, start, end) + 1
            assert all(graph.has_edge(*pair) for pair in itertools.pairwise(way))
        else:
            assert way == ()

    @given(networks(), st.data())
    def test_what_ties_two_is_the_same_from_either_side(self, data, draw):
        ties = Ties(data)
        nodes = sorted([*data.units, *data.positions, *data.groups])
        first, second = (draw.draw(st.sampled_from(nodes)) for _n in range(2))
        one, other = what_ties(ties, first, second), what_ties(ties, second, first)
        assert {g.group_id for g in one.groups} == {g.group_id for g in other.groups}
        assert set(one.relations) == set(other.relations)
        assert set(one.posts) == set(other.posts)
        assert one.leader_id == other.leader_id
        network = network_between(ties, one)
        assert {*one.way} <= network.steps.keys()


class TestWidth:
    def wide(self, count):
        return Ties(loads(HEAD + body(unit("u", "top", positions=posts(count)))))

    def test_a_wide_bundle_is_folded_and_counted(self):
        found = network_around(self.wide(242), "top", 1)
        (rest,) = found.rests
        assert (rest.bundle.kind, rest.bundle.is_outgoing, rest.count) == (
            "reports_to",
            False,
            212,
        )

    def test_an_unfolded_one_is_shown_up_to_the_largest_network(self):
        found = network_around(self.wide(242), "top", 1, unfolded=["top"])
        assert len(found.steps) == 150
        assert sum(rest.count for rest in found.rests) == 242 - 148

    def test_two_steps_never_exceed_the_largest_network(self):
        assert len(network_around(self.wide(400), "p3", 3, unfolded=["top", "u"]).steps) == 150


class TestTwoNodes:
    def test_two_sections_meet_in_a_group_and_work_across(self, small):
        found = what_ties(small, "b", "c")
        (group,) = found.groups
        assert (group.group_id, group.first_ids, group.second_ids) == ("g", ("lb",), ("y",))
        assert [(tie.kind, tie.from_id, tie.to_id) for tie in found.relations] == [
            ("serves", "b", "c")
        ]
        assert (found.leader_id, found.posts, found.way) == ("top", (), ("b", "c"))

    def test_two_posts_without_a_group_are_tied_by_their_leader(self, small):
        found = what_ties(small, "x", "lc")
        assert (found.groups, found.relations, found.leader_id) == ((), (), "top")
        assert found.way == ("x", "lb", "top", "lc")

    def test_two_groups_share_posts(self):
        text = SMALL + "  - {id: s, kind: supplies, from: c, to: b}\n"
        text = text.replace(
            "relations:", "  - {id: h, name: H, kind: k, members: [{position: y}]}\nrelations:"
        )
        found = what_ties(Ties(organisation(text)), "g", "h")
        assert found.posts == ("y",)

    def test_a_leader_is_its_own_common_leader(self, small):
        assert common_leader(small, ["lb", "x"]) == "lb"

    def test_posts_under_two_tops_have_none(self):
        data = organisation(
            "units:\n  - {id: u, name: U, kind: k, positions: [{id: p, title: P}, {id: q, title: Q}]}\n"
        )
        assert common_leader(Ties(data), ["p", "q"]) is None

    def test_sections_of_skanderborg(self, skanderborg):
        """By hand: both leaders sit in the secretariat's team and on the hiring committee."""
        found = what_ties(Ties(skanderborg), "konsulentafdelingen", "visitation-og-hjaelpemidler")
        assert {one.group_id for one in found.groups} == {
            "ledergruppen-fagsekretariatet",
            "ansaettelsesudvalget",
        }
        assert found.leader_id == "myndigheds-og-sekretariatschef"


def test_a_node_has_a_kind(small):
    assert [small.kind(one) for one in ("top", "b", "g")] == [*NodeKind]
