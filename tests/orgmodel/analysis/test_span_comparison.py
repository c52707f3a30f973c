"""Comparison of two reports: certain differences and their size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Interval, spans
from orgmodel.analysis.statistics.leaders import LeaderFilter
from orgmodel.analysis.statistics.span_comparison import Difference, differences
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.model.names import Text
from tests.builders import STATED_COMPLETE, forests, post, tree, unit, units


def report(data, **choice):
    return span_report(spans(data), leader_filter=LeaderFilter(**choice))


def compared(first, second):
    return {one.id: one for one in differences(first, second)}


#      a          a leads two, b three, c one       p        p leads three, the others one each
#    ┌─┴─┐                                        ┌─┼─┐
#    b   c                                        q r s
#   ┌┼┐  │                                        │ │ │
#   def  g                                        t u v
FIRST = {"a": None, "b": "a", "c": "a", "d": "b", "e": "b", "f": "b", "g": "c"}
SECOND = {"p": None, "q": "p", "r": "p", "s": "p", "t": "q", "u": "r", "v": "s"}


def closed(edges, complete=STATED_COMPLETE):
    """The organisation of these posts, each leader in a unit of its own that a source calls complete."""
    leaders = set(edges.values()) - {None}

    def line(one):
        return post(one, reports_to=edges[one]) if edges[one] else post(one)

    def led_by(leader):
        staff = [line(one) for one in edges if edges[one] == leader and one not in leaders]
        return unit(f"u-{leader}", line(leader), complete=complete, positions=staff)

    return units(*(led_by(one) for one in edges if one in leaders), sourced=True)


class TestWorkedOut:
    @pytest.fixture
    def found(self):
        return compared(report(closed(FIRST)), report(closed(SECOND)))

    @pytest.mark.parametrize(
        ("measure", "first", "second"),
        [
            ("leaders", 3, 4),
            ("layers", 2, 2),
            ("mean-all", 2.0, 1.5),  # (2 + 3 + 1) / 3 and (3 + 1 + 1 + 1) / 4
            ("median-all", 2.0, 1.0),
            ("mean-tops", 2.0, 3.0),
            ("mean-right-below", 2.0, 1.0),  # (3 + 1) / 2
            ("mean-below", 2.0, 1.0),
            ("share-1", 0.3333, 0.75),
            ("share-2-3", 0.6667, 0.25),
            ("share-4-7", 0.0, 0.0),
            ("share-unknown", 0.0, 0.0),
            ("one-to-one", 0, 0),  # C, Q, R and S each lead one who leads nobody
            ("vacant", 0, 0),
        ],
    )
    def test_both_sides(self, found, measure, first, second):
        one = found[measure]
        assert (one.first, one.second) == (Interval(first, first), Interval(second, second))
        assert one.least == one.most == pytest.approx(second - first, abs=1e-4)
        assert one.is_certain == (first != second)
        assert one.is_share == measure.startswith("share-")

    def test_certain_differences_come_first_the_greatest_before_others(self, found):
        weights = [one.weight() for one in found.values()]
        assert weights == sorted(weights, reverse=True)
        certain = [one.is_certain for one in found.values()]
        assert certain == sorted(certain, reverse=True)


def test_what_may_be_missing_or_rests_on_an_assumption_is_not_certain():
    open_above = compared(report(tree(FIRST)), report(tree(SECOND)))
    # the one unit has no leader, but there may be an unlisted one
    assert open_above["leaders"].first == Interval(3, None)
    assert open_above["layers"].second == Interval(2, None)
    assert open_above["one-to-one"].first == Interval(0, None)
    assert not any(one.is_certain for one in open_above.values())
    # without a source, it is assumed that a unit has no unlisted people
    assumed = compared(report(closed(FIRST, True)), report(closed(SECOND, True)))
    mean = assumed["mean-all"]
    assert (mean.first, mean.second) == (Interval(2.0, 2.0), Interval(1.5, 1.5))
    assert mean.first_firm is not None
    assert mean.first_firm.high is None
    assert not mean.is_certain


def difference(first, second, is_share=False, firm=None, **more):
    """A difference of two figures; `firm` are the values without assumptions."""
    first_firm, second_firm = firm or (first, second)
    more = {"is_whole": True} | more
    return Difference("x", Text("x"), is_share, first, second, first_firm, second_firm, **more)


@pytest.mark.parametrize(
    ("first", "second", "ends", "certain"),
    [
        (Interval(1, 2), Interval(4, 6), (2, 5), True),
        (Interval(4, 6), Interval(1, 2), (-5, -2), True),
        (Interval(1, 4), Interval(4, 6), (0, 5), False),
        (Interval(1, None), Interval(4, 6), (None, 5), False),
        (Interval(7, None), Interval(4, 6), (None, -1), True),
        (Interval(1, 2), Interval(4, None), (2, None), True),
        (Interval(1, None), Interval(4, None), (None, None), False),
        (None, Interval(4, 6), (None, None), False),
        (Interval(3, 3), None, (None, None), False),
    ],
)
def test_a_difference_is_certain_where_it_cannot_be_nothing(first, second, ends, certain):
    found = difference(first, second)
    assert (found.least, found.most) == ends
    assert found.is_certain is certain
    assert (found.weight() > 0) is certain


@pytest.mark.parametrize(
    ("more", "certain"),
    [
        ({}, True),
        # 1 to 5 without assumptions, against 4
        ({"firm": (Interval(1, 5), Interval(4, 4))}, False),
        ({"firm": (Interval(1, 3), Interval(4, 4))}, True),
        # the ends show whether there may be more leaders, but not for shares and means
        ({"is_whole": False}, True),
        ({"is_whole": False, "is_share": True}, False),
        ({"is_whole": False, "first_over": (2, 2), "second_over": (3, 3)}, False),
        ({"first_over": (2, 2), "second_over": (3, 3)}, True),
        # a mean over two of three leaders
        ({"first_over": (2, 2), "second_over": (2, 3)}, False),
    ],
)
def test_a_difference_is_certain_where_no_assumption_and_no_leader_left_out_turns_it(
    more, certain
):
    found = difference(Interval(2, 2), Interval(4, 4), **more)
    assert found.is_certain is certain
    assert (found.weight() > 0) is certain


def test_a_side_without_leaders_has_no_shares_and_no_mean():
    found = compared(report(tree(FIRST)), report(tree({"a": None})))
    # the unit may have an unlisted leader
    assert found["leaders"].second == Interval(0, None)
    assert found["layers"].second == Interval(0, None)
    assert found["mean-all"].second is None
    assert found["share-1"].second is None
    assert not found["share-1"].is_certain


def test_a_share_that_may_be_none_or_all_is_not_known():
    # Two leaders, one leading the other, whose staff is not stated.
    open_ended = units(unit("a", "l"), unit("b", post("m", reports_to="l")))
    found = compared(report(open_ended), report(closed(FIRST)))["share-4-7"]
    assert (found.first, found.first_firm) == (None, None)
    assert (found.least, found.most, found.is_certain) == (None, None, False)
    assert found.second is not None


def test_vacant_and_acting_leaders_count_by_seats():
    vacant = unit("b", post("m", seats=3, status="vacant"))
    data = units(unit("a", post("l", holder={"name": "N", "acting": True}), units=[vacant]))
    found = compared(report(data), report(data))
    # at least: the number of leaders below M's three seats is not stated
    assert found["vacant"].first == Interval(3, None)
    assert found["acting"].first == Interval(1, None)


def test_a_part_of_an_organisation_may_be_compared(aalborg):
    found = compared(
        report(aalborg, unit_id="voksensocialafdelingen"),
        report(aalborg, unit_id="boerne-og-familieafdelingen"),
    )
    # the head, 1 + 4 + 1 + 1 chiefs and two leaders below; the head, 7 chiefs and one below; there may
    # be more leaders below either, whom no source names
    leaders = found["leaders"]
    assert (leaders.first, leaders.second) == (Interval(10, None), Interval(9, None))
    assert not leaders.is_certain


@pytest.mark.slow
@given(forests(), forests())
def test_turned_round_a_difference_is_the_opposite(one, other):
    first, second = report(tree(one)), report(tree(other))
    there, back = compared(first, second), compared(second, first)
    assert set(there) == set(back)
    for key, found in there.items():
        assert (back[key].first, back[key].second) == (found.second, found.first)
        if found.least is not None and found.most is not None:
            assert back[key].most == -found.least
            assert found.least <= found.most
        assert back[key].is_certain == found.is_certain


@pytest.mark.slow
@given(forests(), st.booleans())
def test_nothing_differs_from_itself(edges, only_top):
    one = report(tree(edges), layers=(1,) if only_top else ())
    assert not any(found.is_certain for found in differences(one, one))
