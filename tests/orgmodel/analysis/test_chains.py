"""Chains, common leaders, everyone below, peers."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import (
    UnknownIdError,
    chain_between,
    chain_to_top,
    closest_common_leader,
    direct_reports,
    everyone_below,
    groups_of,
    layers,
    peers,
)
from tests.builders import forests, tree

#        a
#      /   \
#     b     c        x
#    / \    |
#   d   e   f
FAMILY = {"a": None, "b": "a", "d": "b", "e": "b", "c": "a", "f": "c", "x": None}


@pytest.fixture(scope="module")
def family():
    return tree(FAMILY)


class TestChainToTop:
    def test_lists_from_the_post_upwards(self, family):
        assert chain_to_top(family, "d") == ("d", "b", "a")

    def test_of_the_top_is_the_top_alone(self, family):
        assert chain_to_top(family, "a") == ("a",)

    def test_of_an_unknown_post_is_an_error(self, family):
        with pytest.raises(UnknownIdError, match="no position 'q'"):
            chain_to_top(family, "q")


class TestClosestCommonLeader:
    @pytest.mark.parametrize(
        ("first", "second", "leader"),
        [
            ("d", "e", "b"),
            ("d", "f", "a"),
            ("d", "b", "b"),  # one of them stands over the other
            ("d", "d", "d"),
            ("d", "x", None),  # under different tops
        ],
    )
    def test_whichever_comes_first(self, family, first, second, leader):
        assert closest_common_leader(family, first, second) == leader
        assert closest_common_leader(family, second, first) == leader


class TestChainBetween:
    @pytest.mark.parametrize(
        ("start", "end", "chain"),
        [
            ("d", "f", ("d", "b", "a", "c", "f")),
            ("a", "e", ("a", "b", "e")),
            ("e", "a", ("e", "b", "a")),
            ("d", "d", ("d",)),
            ("d", "x", ()),
        ],
    )
    def test_goes_up_to_the_common_leader_and_down(self, family, start, end, chain):
        assert chain_between(family, start, end) == chain


def test_everyone_below_comes_in_reading_order(family):
    assert list(everyone_below(family, "a")) == ["b", "d", "e", "c", "f"]
    assert direct_reports(family, "a") == ("b", "c")
    assert list(everyone_below(family, "f")) == []


def test_peers_have_the_same_superior(family):
    assert peers(family, "d") == ("e",)
    assert peers(family, "a") == ()


def test_layers_count_from_the_top(family):
    assert layers(family) == {"a": 0, "b": 1, "d": 2, "e": 2, "c": 1, "f": 2, "x": 0}


def test_groups_of_a_post_come_with_its_seat(aalborg):
    found = groups_of(aalborg, "chef-boern-og-familie")
    roles = {group.id: seat.role.value for group, seat in found}
    assert roles["med-boern-og-familie"] == "chair"
    assert roles["forvaltningsledelsen"] == "member"


@pytest.mark.slow
def test_a_chain_of_20_000_posts_breaks_nothing():
    deep = tree({f"p{n}": f"p{n - 1}" if n else None for n in range(20_000)})
    assert len(chain_to_top(deep, "p19999")) == 20_000
    assert closest_common_leader(deep, "p19999", "p10000") == "p10000"
    assert sum(1 for _post in everyone_below(deep, "p0")) == 19_999
    assert layers(deep)["p19999"] == 19_999


@pytest.mark.slow
@given(forests(), st.data())
def test_chains_agree_with_networkx(edges, data):
    organisation = tree(edges)
    graph = organisation.reporting_tree()
    first, second = (data.draw(st.sampled_from(sorted(edges))) for _ in range(2))
    assert set(everyone_below(organisation, first)) == nx.descendants(graph, first)
    assert set(chain_to_top(organisation, first)) == nx.ancestors(graph, first) | {first}
    common = closest_common_leader(organisation, first, second)
    assert common == nx.lowest_common_ancestor(graph, first, second)
    if common is not None:
        path = nx.shortest_path(graph.to_undirected(), first, second)
        assert list(chain_between(organisation, first, second)) == path
