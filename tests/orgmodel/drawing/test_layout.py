"""The layout: nothing overlaps, everything is in order, parents stand over their children."""

import itertools
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.drawing.families import GAP_Y, INDENT, SIDE_BY_SIDE, Card
from orgmodel.drawing.layout import lay_out
from tests.builders import apart
from tests.series import series


@st.composite
def charts(draw):
    """Cards of unequal size in a forest, each after its parent, children in order."""
    size = draw(st.integers(1, 40))
    parents = {}
    for n in range(size):
        parents[n] = draw(st.sampled_from([None, *range(n)])) if n else None
    order, waiting = [], [n for n in reversed(range(size)) if parents[n] is None]
    while waiting:
        n = waiting.pop()
        order.append(n)
        waiting.extend(child for child in reversed(range(size)) if parents[child] == n)
    return [
        Card(
            str(n),
            draw(st.sampled_from([150, 220, 300])),
            draw(st.sampled_from([60, 90, 140])),
            None if parents[n] is None else str(parents[n]),
            beside=draw(st.booleans()),
        )
        for n in order
    ]


def star(leaves, **options):
    return [
        Card("top", 220, 80),
        *(Card(f"c{n}", 220, 80, "top", **options) for n in range(leaves)),
    ]


@pytest.mark.slow
@series(sample=80, full=4_000)
@given(charts())
def test_no_two_cards_overlap(cards):
    places = lay_out(cards).places.values()
    assert all(itertools.starmap(apart, itertools.combinations(places, 2)))


@pytest.mark.slow
@series(sample=80, full=4_000)
@given(charts())
def test_sizes_are_kept_and_everything_lies_inside(cards):
    layout = lay_out(cards)
    assert sorted(layout.places) == sorted(card.id for card in cards)
    for card in cards:
        found = layout.places[card.id]
        assert (found.width, found.height) == (card.width, card.height)
        assert found.left >= -0.1
        assert found.y >= 0
        assert found.right <= layout.width + 0.1
        assert found.bottom <= layout.height + 0.1


@pytest.mark.slow
@series(sample=80, full=4_000)
@given(charts())
def test_children_stand_below_their_parent_in_reading_order(cards):
    layout = lay_out(cards)
    children: dict[str, list[Card]] = {}
    for card in cards:
        if card.parent_id is not None:
            children.setdefault(card.parent_id, []).append(card)
            assert layout.places[card.id].y >= layout.places[card.parent_id].bottom
    for family in children.values():
        leaves = {card.id for card in family if card.id not in children}
        line = [card for card in family if not (card.beside and card.id in leaves)] or family
        for one, other in itertools.pairwise(line):
            first, second = layout.places[one.id], layout.places[other.id]
            # the next one is further right, or in a row further down
            assert second.x > first.x or second.y >= first.bottom


@pytest.mark.slow
@series(sample=80, full=4_000)
@given(charts())
def test_every_line_is_level_and_upright_and_ends_at_its_cards(cards):
    layout = lay_out(cards)
    assert {line.child_id for line in layout.connectors} == {
        card.id for card in cards if card.parent_id is not None
    }
    for line in layout.connectors:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            assert x1 == x2 or y1 == y2
        parent, child = layout.places[line.parent_id], layout.places[line.child_id]
        (start_x, start_y), (end_x, end_y) = line.points[0], line.points[-1]
        assert start_y == pytest.approx(parent.bottom, abs=0.2)
        assert parent.left <= start_x <= parent.right
        at_top = end_y == pytest.approx(child.y, abs=0.2) and child.left <= end_x <= child.right
        at_side = min(abs(end_x - child.left), abs(end_x - child.right)) < 0.2
        assert at_top or (at_side and child.y <= end_y <= child.bottom)


@series(sample=40, full=2_000)
@given(charts())
def test_one_organisation_has_one_picture(cards):
    assert lay_out(cards) == lay_out(list(cards))


class TestShapes:
    def test_a_parent_stands_over_the_middle_of_its_children(self):
        #  top > a (> a1, a2), b, c
        cards = [
            Card("top", 220, 80),
            Card("a", 220, 80, "top"),
            Card("a1", 220, 80, "a"),
            Card("a2", 220, 80, "a"),
            Card("b", 220, 80, "top"),
            Card("c", 220, 80, "top"),
        ]
        places = lay_out(cards).places
        assert places["top"].x == pytest.approx((places["a"].x + places["c"].x) / 2, abs=0.2)
        assert places["a"].y == places["b"].y == places["c"].y

    def test_a_small_family_at_the_top_stands_side_by_side(self):
        places = lay_out(star(SIDE_BY_SIDE)).places
        assert len({places[f"c{n}"].y for n in range(SIDE_BY_SIDE)}) == 1

    @pytest.mark.parametrize("leaves", [7, 12, 30, 60, 200])
    def test_a_wide_family_of_leaves_is_compact(self, leaves):
        layout = lay_out(star(leaves))
        assert layout.width < 5 * layout.height
        assert layout.height < 3 * layout.width
        # side by side it would be as wide as all of them
        assert layout.width < leaves * 248 / 2
        middle = (layout.places["c0"].left + max(p.right for p in layout.places.values())) / 2
        assert layout.places["top"].x == pytest.approx(middle, abs=1)

    def test_the_families_of_siblings_hang_from_a_rail(self):
        cards = [Card("top", 220, 80)]
        for name in "ab":
            cards.append(Card(name, 220, 80, "top"))
            cards += [Card(f"{name}{n}", 220, 80, name) for n in range(3)]
        places = lay_out(cards).places
        assert [places[f"a{n}"].left - places["a"].left for n in range(3)] == [INDENT] * 3

    def test_staff_units_stand_beside_the_line_between_leader_and_departments(self):
        cards = [
            Card("top", 220, 80),
            Card("stab1", 220, 60, "top", beside=True),
            Card("a", 220, 80, "top"),
            Card("stab2", 220, 60, "top", beside=True),
            Card("b", 220, 80, "top"),
        ]
        places = lay_out(cards).places
        assert places["stab1"].right < places["top"].x < places["stab2"].left
        assert places["top"].bottom < places["stab1"].y
        assert places["stab1"].bottom < places["a"].y == places["b"].y

    def test_staff_units_alone_are_a_family_like_any_other(self):
        places = lay_out(star(2, beside=True)).places
        assert places["c0"].y == places["c1"].y == places["top"].bottom + GAP_Y

    def test_an_empty_chart(self):
        assert lay_out([]).places == {}


class TestSize:
    @pytest.mark.slow
    def test_a_chain_of_20_000_cards_breaks_nothing(self):
        cards = [Card(str(n), 220, 80, str(n - 1) if n else None) for n in range(20_000)]
        layout = lay_out(cards)
        assert len(layout.places) == 20_000 > sys.getrecursionlimit()
        assert layout.places["19999"].x == layout.places["0"].x

    @pytest.mark.slow
    def test_a_star_of_20_000_cards_breaks_nothing(self):
        assert len(lay_out(star(20_000)).places) == 20_001
