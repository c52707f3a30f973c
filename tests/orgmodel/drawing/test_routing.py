"""The ways of cross-cutting lines."""

import itertools

from orgmodel.drawing.layout import Place
from orgmodel.drawing.routing import route


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
