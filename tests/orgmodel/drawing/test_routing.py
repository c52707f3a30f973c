"""The ways of cross-cutting lines."""

import itertools

from orgmodel.drawing.layout import Place
from orgmodel.drawing.routing import detour, route, runs_behind


def card(x, y):
    return Place(x, y, 220, 80)


def test_neighbours_in_a_row_are_joined_side_to_side():
    assert route(card(110, 0), card(370, 0), []) == ((220, 40), (260, 40))


def test_cards_above_each_other_get_a_bracket_beside_them():
    way = route(card(110, 0), card(110, 200), [])
    assert way == ((220, 40), (229, 40), (229, 240), (220, 240))


def test_a_bracket_goes_round_what_is_between():
    way = route(card(110, 0), card(110, 200), [card(134, 100)])
    assert way[1][0] > 134 + 110


def test_others_meet_over_the_lower_card():
    way = route(card(110, 300), card(600, 0), [])
    assert way[0][1] == 300
    assert way[-1][1] == 80
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in itertools.pairwise(way))


def test_a_way_that_runs_behind_no_card_is_preferred():
    blocking = card(500, 150)
    way = route(card(110, 300), card(600, 0), [blocking])
    assert way[-1][0] == 600 + 110 - 24


def test_a_way_along_a_line_that_is_drawn_already_takes_another_lane():
    lower, left, right = card(600, 300), card(110, 300), card(1200, 0)
    first = route(lower, left, [])
    second = route(lower, right, [], [first])
    assert first[1][1] != second[1][1]
    assert first[0][0] != second[0][0]


def test_where_every_way_runs_behind_a_card_there_is_a_detour():
    #  start, with a row of cards between it and end
    start, end = card(110, 0), card(110, 400)
    others = [card(x, 200) for x in (110, 340)] + [card(340, 400), card(340, 0)]
    wall = [Place(110, 120, 800, 40)]
    assert route(start, card(600, 400), [*others, *wall]) == ()
    way = detour(start, end, [*others, *wall])
    assert way[0][1] in {0, 40, 80}
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in itertools.pairwise(way))
    for one in [*others, *wall]:
        assert not runs_behind(way, one.left, one.y, one.right, one.bottom)


def test_a_card_that_is_walled_in_has_no_way():
    walls = [
        Place(110, -60, 400, 56),
        Place(110, 84, 400, 56),
        Place(-60, -60, 110, 200),
        Place(280, -60, 110, 200),
    ]
    assert detour(card(110, 0), card(900, 0), walls) == ()
