"""The layout: nothing overlaps, everything is in order, parents stand over their children."""

import itertools
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.drawing.families import (
    GAP_Y,
    INDENT,
    SIDE_BY_SIDE,
    Arrangement,
    Card,
)
from orgmodel.drawing.layout import ScreenRoom, lay_out, lay_out_in
from orgmodel.drawing.routing import runs_behind
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
            leader = layout.places[card.parent_id]
            # staff may stand level with an only leader
            found = layout.places[card.id]
            is_level = card.beside and not leader.left < found.x < leader.right
            assert found.y >= (leader.y if is_level else leader.bottom)
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
        at_bottom = start_y == pytest.approx(parent.bottom, abs=0.2)
        on_side = min(abs(start_x - parent.left), abs(start_x - parent.right)) < 0.2
        assert (at_bottom and parent.left <= start_x <= parent.right) or (
            on_side and parent.y <= start_y <= parent.bottom
        )
        at_top = end_y == pytest.approx(child.y, abs=0.2) and child.left <= end_x <= child.right
        at_side = min(abs(end_x - child.left), abs(end_x - child.right)) < 0.2
        assert at_top or (at_side and child.y <= end_y <= child.bottom)


def assert_lines_touch_no_other_card(layout):
    for line in layout.connectors:
        for key, place in layout.places.items():
            edges = (place.left - 2, place.y - 2, place.right + 2, place.bottom + 2)
            if key not in {line.parent_id, line.child_id}:
                assert not runs_behind(line.points, *edges), (line, key)


@pytest.mark.slow
@series(sample=80, full=4_000)
@given(charts())
def test_no_line_touches_a_card_that_is_not_its_end(cards):
    assert_lines_touch_no_other_card(lay_out(cards))


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
        assert layout.width < leaves * 248 * 0.6
        middle = (layout.places["c0"].left + max(p.right for p in layout.places.values())) / 2
        assert layout.places["top"].x == pytest.approx(middle, abs=1)

    def test_nine_peers_stand_in_two_rows_each_below_a_line_of_its_own(self):
        layout = lay_out(star(9))
        rows = [[layout.places[f"c{n}"].y for n in row] for row in (range(4), range(4, 9))]
        assert [len(set(row)) for row in rows] == [1, 1]
        assert rows[0][0] < rows[1][0]
        # the line to the second row passes through the middle of the first
        top = layout.places["top"]
        (trunk,) = {line.points[1][0] for line in layout.connectors if line.child_id == "c5"}
        assert trunk == top.x
        assert layout.places["c1"].right < trunk < layout.places["c2"].left

    def test_the_families_of_siblings_stand_in_pairs_of_columns(self):
        cards = families(2, 4)
        places = lay_out(cards).places
        columns = [{places[f"{leader}-{n}"].x for n in range(4)} for leader in ("a", "b")]
        assert [len(one) for one in columns] == [2, 2]
        assert max(columns[0]) < min(columns[1])

    def test_the_children_of_a_card_in_a_column_are_indented_under_it(self):
        #  top > 9 leaders, of whom the third has two children
        cards = star(9)
        cards[4:4] = [Card(f"n{n}", 220, 80, "c2") for n in range(2)]
        for arrangement in (Arrangement(4), Arrangement(2)):
            places = lay_out(cards, arrangement).places
            lefts = {places[f"c{n}"].left for n in range(9)}
            for n in range(2):
                child = places[f"n{n}"]
                assert abs(child.left - places["c2"].left) == INDENT
                assert child.left not in lefts
                assert places["c2"].bottom < child.y

    def test_staff_units_stand_beside_an_only_leader(self):
        cards = [
            Card("top", 220, 80),
            Card("stab1", 220, 60, "top", beside=True),
            Card("a", 220, 80, "top"),
            Card("stab2", 220, 60, "top", beside=True),
            Card("stab3", 220, 60, "top", beside=True),
            Card("b", 220, 80, "top"),
        ]
        places = lay_out(cards).places
        assert (
            places["stab1"].right < places["top"].left < places["top"].right < places["stab2"].left
        )
        assert places["stab1"].middle == places["top"].middle
        # and the third below them, beside the line to the departments
        assert places["top"].bottom < places["stab3"].y
        assert places["stab3"].bottom < places["a"].y == places["b"].y

    def test_among_siblings_staff_units_stand_beside_the_line(self):
        cards = [
            Card("root", 220, 80),
            Card("peer", 220, 80, "root"),
            Card("top", 220, 80, "root"),
        ]
        cards += [Card(f"stab{n}", 220, 60, "top", beside=True) for n in range(2)]
        cards += [Card("a", 220, 80, "top")]
        places = lay_out(cards).places
        assert places["stab0"].right < places["top"].x < places["stab1"].left
        assert places["top"].bottom < places["stab0"].y < places["stab0"].bottom < places["a"].y

    def test_staff_units_alone_are_a_family_like_any_other(self):
        places = lay_out(star(2, beside=True)).places
        assert places["c0"].y == places["c1"].y == places["top"].bottom + GAP_Y

    def test_an_empty_chart(self):
        assert lay_out([]).places == {}


def families(leaders, members):
    """A top, so many leaders below it, and so many members below each."""
    cards = [Card("top", 220, 80)]
    for leader in "abcdefghij"[:leaders]:
        cards.append(Card(leader, 220, 80, "top"))
        cards += [Card(f"{leader}-{n}", 220, 80, leader) for n in range(members)]
    return cards


class TestRooms:
    @pytest.mark.parametrize(
        ("room", "rows"),
        [
            # nine peers: the wider the room, the fewer rows
            (ScreenRoom(2400, 750), 1),
            (ScreenRoom(1400, 750), 2),
            (ScreenRoom(900, 900), 4),
            (ScreenRoom(390, 650), 9),
        ],
    )
    def test_a_family_is_arranged_for_the_width(self, room, rows):
        layout = lay_out_in(room, star(9))
        assert len({layout.places[f"c{n}"].y for n in range(9)}) == rows
        assert layout.width <= room.width - 40

    def test_where_there_is_height_families_stand_in_columns(self):
        wide, high = (
            lay_out_in(room, families(3, 4))
            for room in (ScreenRoom(3000, 500), ScreenRoom(900, 900))
        )
        assert len({wide.places[f"a-{n}"].y for n in range(4)}) == 1
        assert len({high.places[f"a-{n}"].y for n in range(4)}) == 4
        assert wide.height < high.height
        assert high.width < wide.width

    def test_a_narrow_room_gets_an_outline(self):
        layout = lay_out_in(ScreenRoom(390, 650), families(2, 3))
        lefts = {key: place.left for key, place in layout.places.items()}
        assert lefts["top"] == 0
        assert lefts["a"] == lefts["b"] == INDENT
        assert {lefts[f"a-{n}"] for n in range(3)} == {2 * INDENT}
        tops = [layout.places[one].y for one in ("top", "a", "a-0", "a-1", "a-2", "b", "b-0")]
        assert tops == sorted(tops)

    @pytest.mark.slow
    @series(sample=80, full=2_000)
    @given(charts(), st.sampled_from([(390, 650), (800, 900), (1400, 750), (2500, 1000)]))
    def test_in_every_room_cards_and_lines_keep_apart(self, cards, size):
        room = ScreenRoom(*size)
        layout = lay_out_in(room, cards)
        assert all(itertools.starmap(apart, itertools.combinations(layout.places.values(), 2)))
        assert_lines_touch_no_other_card(layout)
        if room.holds(layout):
            most = 2 * room.height if room.side_by_side == 1 else room.height
            assert layout.width <= room.width
            assert layout.height <= most


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
