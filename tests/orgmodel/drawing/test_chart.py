"""What a chart shows, and the pyvis network made of it."""

import itertools
import json

import pytest
from pyvis.network import Network

from orgmodel import levels, spans
from orgmodel.drawing.cards import CardTexts
from orgmodel.drawing.chart import (
    FIRST_CARDS,
    MOST_CARDS,
    Opening,
    all_opening,
    draw_chart,
    first_opening,
)
from orgmodel.drawing.network import VIS_NETWORK, chart_network, network_data
from tests.builders import tree

ALLOWED = {
    "id", "label", "shape", "size", "x", "y", "parent", "layer", "reports", "open", "card", "color",
}  # fmt: skip


def chart(data, opening=None):
    texts = CardTexts(spans(data), levels(data), "da")
    return draw_chart(texts, data, opening or Opening())


def shown(found):
    return [post.card.position_id for post in found.posts]


#  seven layers of two: 127 posts
BINARY = tree({f"p{n}": f"p{(n - 1) // 2}" if n else None for n in range(127)})


class TestOpening:
    def test_a_small_organisation_is_all_open(self, aalborg):
        found = chart(aalborg)
        assert len(found.posts) == len(aalborg.positions) == 22
        assert found.hidden == 0

    def test_a_large_one_opens_whole_layers_as_far_as_they_fit(self):
        found = chart(BINARY)
        assert len(found.posts) == 31 <= FIRST_CARDS
        assert found.hidden == 127 - 31
        assert {post.layer for post in found.posts} == {0, 1, 2, 3, 4}

    def test_one_post_opened_and_one_closed(self):
        found = chart(BINARY, Opening(frozenset({"p15"}), frozenset({"p2"})))
        assert {"p31", "p32"} <= set(shown(found))
        assert not {"p5", "p6"} & set(shown(found))
        closed = next(post for post in found.posts if post.card.position_id == "p2")
        assert (closed.is_open, closed.reports) == (False, 2)

    def test_a_hidden_post_can_be_revealed(self):
        opening = Opening(closed=frozenset({"p1"})).revealing(BINARY, "p126")
        assert "p126" in shown(chart(BINARY, opening))
        assert "p1" in opening.closed

    def test_everything_is_opened_up_to_what_can_be_read(self):
        assert len(chart(BINARY, all_opening(BINARY)).posts) == 127
        wide = tree({"top": None, **{f"p{n}": "top" for n in range(10)}, **{
            f"q{n}": f"p{n % 10}" for n in range(5000)
        }})  # fmt: skip
        assert len(chart(wide, all_opening(wide)).posts) <= MOST_CARDS

    def test_the_first_opening_of_a_deep_chain(self):
        deep = tree({f"p{n}": f"p{n - 1}" if n else None for n in range(1000)})
        assert len(first_opening(deep)) == FIRST_CARDS - 1


def steps(points):
    """Return the pixels that a level or upright line passes."""
    found = set()
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        length = round(max(abs(x2 - x1), abs(y2 - y1)))
        found |= {
            (round(x1 + (x2 - x1) * n / length), round(y1 + (y2 - y1) * n / length))
            for n in range(length + 1)
        }
    return found


class TestLines:
    def test_relations_are_drawn_between_the_leaders_of_their_units(self, aalborg):
        ends = {(line.from_id, line.to_id) for line in chart(aalborg).cross_lines}
        assert ends == {
            ("chef-boern-og-familie", "chef-voksensocial"),
            ("chef-boern-og-familie", "dagtilbudschef"),
        }

    def test_a_relation_up_the_chain_is_not_drawn_beside_the_reporting_line(self, skanderborg):
        relations = {(one.from_id, one.to_id) for one in skanderborg.relations}
        assert ("aktivitet-og-traening", "soh") in relations
        ends = {line.to_id for line in chart(skanderborg).cross_lines}
        assert ends
        assert "chef-soh" not in ends

    def test_a_relation_is_not_drawn_to_a_card_that_is_folded_away(self, aalborg):
        found = chart(aalborg, Opening(closed=frozenset({"direktoer"})))
        assert found.cross_lines == ()

    def test_two_lines_never_lie_on_one_another(self, aalborg):
        first, second = (line.points for line in chart(aalborg).cross_lines)
        assert steps(first).isdisjoint(steps(second))

    def test_what_is_hidden_counts_seats(self, aalborg):
        # under the head of Voksen: 1 + 4 centres, the secretariat, 1 unit, 2 leaders of sections
        folded = chart(aalborg, Opening(closed=frozenset({"chef-voksensocial"})))
        assert folded.hidden == 1 + 4 + 1 + 1 + 2
        (node,) = (post for post in folded.posts if post.card.position_id == "chef-voksensocial")
        assert node.reports == 7


class TestNetwork:
    def test_is_a_pyvis_network_of_the_shown_posts(self, aalborg):
        network = chart_network(chart(aalborg))
        assert isinstance(network, Network)
        assert [node["id"] for node in network.nodes] == shown(chart(aalborg))
        reporting = [edge for edge in network.edges if edge["kind"] == "reports-to"]
        assert len(reporting) == 20
        lines = {(edge["from"], edge["to"]) for edge in reporting}
        assert lines == set(aalborg.reporting_tree().edges)

    def test_lines_carry_their_basis(self, aalborg):
        edges = chart_network(chart(aalborg)).edges
        basis = {edge["to"]: edge["basis"] for edge in edges if edge["kind"] == "reports-to"}
        # the source's explicit lines: two departments, and Voksen's five centres in two entries
        assert sorted(key for key, value in basis.items() if value == "explicit") == [
            "centerchef-livskraft",
            "centerchefer-oevrige",
            "chef-boern-og-familie",
            "chef-voksensocial",
        ]

    def test_nodes_carry_an_allow_list_and_no_title(self, aalborg):
        for node in chart_network(chart(aalborg)).get_network_data()[0]:
            assert set(node) <= ALLOWED

    def test_everything_is_plain_json_with_physics_off(self, aalborg):
        found = json.loads(json.dumps(network_data(chart(aalborg))))
        assert found["options"]["physics"] == {"enabled": False}
        assert found["width"] > found["nodes"][0]["card"]["width"]

    def test_the_script_is_the_one_that_pyvis_brings(self):
        assert VIS_NETWORK.stat().st_size > 100_000


def test_names_cannot_become_markup():
    hostile = "</script><img src=x onerror=alert(1)>"
    data = tree({"a": None})
    assert hostile not in json.dumps(network_data(chart(data)))


@pytest.mark.parametrize("posts", [1, 2])
def test_tiny_organisations(posts):
    found = chart(tree({f"p{n}": None for n in range(posts)}))
    assert len(found.posts) == posts
