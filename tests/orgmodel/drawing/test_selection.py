"""The entries that a chart shows: bounded, with hidden ones counted, in proportional time."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.drawing.hierarchy import PostHierarchy, UnitHierarchy, above
from orgmodel.drawing.selection import (
    CARDS_WHEN_ALL_IS_OPENED,
    FIRST_CARDS,
    MOST_CARDS,
    MOST_SIBLINGS,
    Opening,
    branch,
    chains,
    first_opening,
    layers_near,
    matches,
    neighbourhood,
    opened_branches,
    whole_branch,
    whole_opening,
)
from tests.builders import chain, forests, spread, star, tree

#  seven layers of two: 127 posts
BINARY = PostHierarchy(tree(spread(127, 2)))
#  one leader of 1,000, the tenth of whom leads two
STAR = PostHierarchy(
    tree({"top": None, **{f"p{n}": "top" for n in range(1000)}, "q0": "p9", "q1": "p9"})
)


def opened(hierarchy, opening=None, keep=()):
    return opened_branches(hierarchy, opening or Opening(), keep)


def ids(selection):
    return [one.id for one in selection.shown]


def of(selection, entry_id):
    return next(one for one in selection.shown if one.id == entry_id)


class TestOpening:
    def test_a_small_organisation_is_all_open(self, aalborg):
        found = opened(PostHierarchy(aalborg))
        assert len(found.shown) == len(aalborg.positions) == 22
        assert found.hidden == 0

    def test_a_large_one_opens_whole_layers_as_far_as_they_fit(self):
        found = opened(BINARY)
        assert len(found.shown) == 31 <= FIRST_CARDS
        assert found.hidden == 127 - 31
        assert {one.layer for one in found.shown} == {0, 1, 2, 3, 4}

    def test_one_post_opened_and_one_closed(self):
        found = opened(BINARY, Opening(frozenset({"p15"}), frozenset({"p2"})))
        assert {"p31", "p32"} <= set(ids(found))
        assert not {"p5", "p6"} & set(ids(found))
        closed = of(found, "p2")
        assert (closed.is_open, closed.below, closed.folded) == (False, 2, 2)

    def test_a_hidden_post_can_be_revealed(self):
        opening = Opening(closed=frozenset({"p1"})).revealing(BINARY, "p126")
        assert "p126" in ids(opened(BINARY, opening))
        assert "p1" in opening.closed

    def test_everything_is_opened_up_to_what_can_be_read(self):
        assert len(opened(BINARY, Opening(whole_opening(BINARY))).shown) == 127
        edges = star(10)
        edges |= {f"q{n}": f"p{n % 10}" for n in range(5000)}
        wide = PostHierarchy(tree(edges))
        assert (
            len(opened(wide, Opening(whole_opening(wide))).shown) <= CARDS_WHEN_ALL_IS_OPENED + 11
        )

    def test_the_first_opening_of_a_deep_chain(self):
        deep = PostHierarchy(tree(chain(1000)))
        assert len(first_opening(deep)) == FIRST_CARDS - 1

    @pytest.mark.slow
    def test_whatever_an_address_opens_a_chart_stays_bounded_and_says_so(self):
        edges = star(50)
        edges |= {f"q{n}": f"p{n % 50}" for n in range(5000)}
        wide = PostHierarchy(tree(edges))
        found = opened(wide, Opening(frozenset(edges)))
        assert len(found.shown) <= MOST_CARDS
        assert found.is_cut
        assert not opened(wide).is_cut

    def test_what_is_hidden_counts_seats(self, aalborg):
        # under the head of Voksen: 1 + 4 centres, the secretariat, 1 unit, 2 leaders of sections
        closed = Opening(closed=frozenset({"chef-voksensocial"}))
        folded = opened(PostHierarchy(aalborg), closed)
        assert folded.hidden == 1 + 4 + 1 + 1 + 2
        assert of(folded, "chef-voksensocial").below == 7

    def test_many_roots_are_not_opened_when_their_reports_would_not_fit(self):
        edges = {f"p{n}": None for n in range(50)} | {f"q{n}": f"p{n % 50}" for n in range(500)}
        assert len(opened(PostHierarchy(tree(edges))).shown) == 50

    def test_what_is_selected_is_shown_in_a_chart_that_is_full(self):
        edges = {f"p{n}": None for n in range(40)} | {f"q{n}": f"p{n % 40}" for n in range(4000)}
        hierarchy = PostHierarchy(tree(edges))
        opening = Opening(frozenset(edges)).revealing(hierarchy, "q3999")
        found = opened(hierarchy, opening, keep=["q3999"])
        assert "q3999" in ids(found)
        assert len(found.shown) <= MOST_CARDS + 2
        assert found.hidden == len(edges) - sum(1 for one in found.shown if not one.more)


class TestTheLayersNearAnEntry:
    def test_of_a_chain_are_those_above_its_end(self):
        deep = PostHierarchy(tree(chain(100)))
        found = layers_near(deep, chains(deep, ["p99"]), "p99", 3)
        assert [(one.id, one.parent_id, one.layer) for one in found.shown] == [
            ("p97", None, 0),
            ("p98", "p97", 1),
            ("p99", "p98", 2),
        ]
        assert found.hidden == 97

    def test_of_a_whole_chart_are_those_below_its_top(self):
        found = layers_near(BINARY, whole_branch(BINARY), "p0", 3)
        assert ids(found) == ["p0", "p1", "p3", "p4", "p2", "p5", "p6"]
        assert [(one.is_open, one.folded) for one in found.shown if one.layer == 2] == [
            (False, 2)
        ] * 4

    @given(edges=forests(), most=st.integers(1, 8), data=st.data())
    def test_are_a_chart_that_holds_the_entry(self, edges, most, data):
        hierarchy = PostHierarchy(tree(edges))
        whole = whole_branch(hierarchy)
        entry = data.draw(st.sampled_from(ids(whole)))
        found = layers_near(hierarchy, whole, entry, most)
        assert entry in ids(found)
        opened = {one.id: one.layer for one in found.shown if one.is_open}
        for one in found.shown:
            assert one.layer < most
            assert one.layer == (0 if one.parent_id is None else opened[one.parent_id] + 1)
            assert one.folded == (0 if one.is_open else len(hierarchy.children(one.id)))
        assert found.hidden == len(edges) - len(found.shown)
        count = 1 + max(one.layer for one in whole.shown)
        assert count > most or found == whole


class TestWideFamilies:
    def test_the_first_are_shown_and_a_card_tells_how_many_follow(self):
        found = opened(STAR, Opening(frozenset({"top"})))
        assert len(found.shown) == 1 + MOST_SIBLINGS + 1
        more = found.shown[-1]
        assert (more.id, more.parent_id, more.more) == ("more:top", "top", 1000 - MOST_SIBLINGS)
        assert found.hidden == 1002 - MOST_SIBLINGS

    def test_more_are_shown_when_asked_for(self):
        found = opened(STAR, Opening(frozenset({"top"}), more={"top": 2 * MOST_SIBLINGS}))
        assert of(found, "more:top").more == 1000 - 2 * MOST_SIBLINGS

    def test_one_that_is_selected_is_shown_wherever_it_stands(self):
        found = opened(STAR, Opening(frozenset({"top"})), keep=["p777"])
        assert "p777" in ids(found)
        assert of(found, "more:top").more == 1000 - MOST_SIBLINGS - 1

    def test_there_is_no_card_for_a_single_one(self):
        edges = star(MOST_SIBLINGS + 1)
        found = opened(PostHierarchy(tree(edges)), Opening(frozenset({"top"})))
        assert len(found.shown) == 1 + MOST_SIBLINGS + 1
        assert found.hidden == 0

    def test_many_roots_are_a_wide_family_too(self):
        found = opened(PostHierarchy(tree({f"p{n}": None for n in range(500)})))
        assert len(found.shown) == MOST_SIBLINGS + 1
        assert of(found, "more:").more == 500 - MOST_SIBLINGS


class TestMatches:
    def test_matches_come_with_those_above_them_and_nothing_else(self):
        found = matches(BINARY, {"p30": None, "p126": None}, Opening())
        contexts = {one.id for one in found.shown if one.is_context}
        assert contexts == {"p0", "p2", "p6", "p14", "p62"}
        assert set(ids(found)) - contexts == {"p30", "p126"}
        assert (found.fitting, found.hidden) == (2, 127 - 7)

    def test_a_branch_of_them_can_be_folded(self):
        found = matches(BINARY, {"p30": None, "p126": None}, Opening(closed=frozenset({"p14"})))
        assert "p14" in ids(found)
        assert "p126" not in ids(found)

    def test_of_too_many_the_first_are_shown_and_that_is_told(self):
        fitting = {f"p{n}": None for n in range(1000)}
        found = matches(STAR, fitting, Opening(more={"top": 1000}))
        assert found.is_cut
        assert found.fitting == 1000
        assert len(found.shown) == CARDS_WHEN_ALL_IS_OPENED + 1

    def test_what_is_selected_is_there_though_it_does_not_fit(self):
        found = matches(BINARY, {"p30": None}, Opening(), keep=["p3"])
        assert of(found, "p3").is_context

    def test_nothing_fits(self):
        found = matches(BINARY, {}, Opening())
        assert (found.shown, found.fitting, found.hidden) == ((), 0, 127)


class TestViews:
    def test_a_neighbourhood_is_the_chain_the_peers_and_two_layers_below(self):
        found = set(ids(neighbourhood(BINARY, "p5")))
        assert found == {"p0", "p2", "p5", "p6", "p11", "p12", "p23", "p24", "p25", "p26"}

    def test_at_the_top_there_is_nobody_beside(self):
        assert ids(neighbourhood(BINARY, "p0", 1)) == ["p0", "p1", "p2"]

    def test_a_branch_has_nothing_above(self):
        found = branch(BINARY, "p5", 1)
        assert ids(found) == ["p5", "p11", "p12"]
        assert found.shown[0].parent_id is None

    def test_a_chain_folds_the_siblings_and_tells_how_many(self):
        found = chains(BINARY, ["p12"])
        assert [(one.id, one.folded) for one in found.shown] == [
            ("p0", 1), ("p2", 1), ("p5", 1), ("p12", 2),
        ]  # fmt: skip

    def test_two_chains_end_at_their_common_leader(self):
        found = chains(BINARY, ["p11", "p25"], top="p5")
        assert ids(found) == ["p5", "p11", "p12", "p25"]
        assert found.shown[0].parent_id is None

    def test_a_neighbour_far_out_in_a_wide_family_is_there(self):
        found = neighbourhood(STAR, "p900")
        assert {"top", "p900", "more:top"} <= set(ids(found))
        assert len(found.shown) <= MOST_SIBLINGS + 3


def test_units_make_a_hierarchy_too(aalborg):
    hierarchy = UnitHierarchy(aalborg)
    assert hierarchy.total == sum(unit.count for unit in aalborg.units.values())
    assert list(above(hierarchy, "voksensocialafdelingen")) == ["job-og-social", "aalborg-kommune"]
    assert hierarchy.is_staff("ledelse-og-jura")
    assert not hierarchy.is_staff("voksensocialafdelingen")


@pytest.mark.slow
@given(forests(), st.data())
def test_every_selection_is_a_forest_in_reading_order(edges, data):
    hierarchy = PostHierarchy(tree(edges))
    names = st.sampled_from(sorted(edges))
    one, other = data.draw(names), data.draw(names)
    some = dict.fromkeys(data.draw(st.lists(names, unique=True)))
    for found in (
        opened(hierarchy, Opening(frozenset(some), frozenset({one}))),
        matches(hierarchy, some, Opening()),
        neighbourhood(hierarchy, one),
        branch(hierarchy, one),
        chains(hierarchy, [one, other]),
    ):
        seen = set()
        for card in found.shown:
            assert card.parent_id is None or card.parent_id in seen
            seen.add(card.id)
        assert max(Counter(ids(found)).values(), default=1) == 1
        assert found.hidden == len(edges) - len(found.shown)
        for card in found.shown:
            shown_below = sum(1 for kin in found.shown if kin.parent_id == card.id)
            left = len(hierarchy.children(card.id)) - shown_below
            # under a filter nothing that does not fit can be unfolded
            assert card.folded == left or (found.fitting is not None and card.below == 0)


@pytest.mark.slow
@pytest.mark.parametrize("size", [300, 3000])
def test_the_work_is_that_of_what_is_shown(size):
    """The number of reads of the hierarchy is the same for large and small organisations."""

    class Counting(PostHierarchy):
        looks = 0

        def children(self, entry_id):
            Counting.looks += 1
            return super().children(entry_id)

    hierarchy = Counting(tree(spread(size, 5)))
    opened(hierarchy)
    neighbourhood(hierarchy, f"p{size - 1}")
    assert Counting.looks < 400
