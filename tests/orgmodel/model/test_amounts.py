"""Intervals, and what the words before a number allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.model.amounts import (
    UNKNOWN,
    Amount,
    Interval,
    Measure,
    Precision,
    exactly,
    hull,
    total,
)

heads = st.integers(0, 10_000)


@st.composite
def intervals(draw):
    low = draw(heads)
    return Interval(low, draw(st.none() | st.integers(low, 20_000)))


@st.composite
def held(draw):
    """An interval and a value in it."""
    interval = draw(intervals())
    high = 30_000 if interval.high is None else interval.high
    return interval, draw(st.integers(interval.low, high))


def holds(interval, value):
    return interval.low <= value and (interval.high is None or value <= interval.high)


class TestInterval:
    @pytest.mark.slow
    @given(held(), held())
    def test_a_sum_holds_the_sum_of_what_its_parts_hold(self, one, other):
        assert holds(one[0] + other[0], one[1] + other[1])

    @pytest.mark.slow
    @given(held(), held())
    def test_a_rest_holds_what_is_left(self, whole, part):
        if part[1] <= whole[1]:
            assert holds(whole[0].less(part[0]), whole[1] - part[1])

    @given(intervals(), intervals())
    def test_a_rest_is_never_below_zero(self, whole, part):
        assert whole.less(part).low >= 0

    @given(held())
    def test_intervals_that_hold_one_value_overlap(self, pair):
        interval, value = pair
        assert interval.overlaps(exactly(value))

    @given(held(), held())
    def test_a_hull_holds_what_either_holds(self, one, other):
        both = one[0].hull(other[0])
        assert holds(both, one[1])
        assert holds(both, other[1])
        assert both == other[0].hull(one[0])

    def test_a_hull_of_several_begins_and_ends_where_one_does(self):
        assert hull([exactly(1400), exactly(1000), Interval(1100, 1200)]) == Interval(1000, 1400)
        assert hull([exactly(7), Interval(8, None)]) == Interval(7, None)
        assert hull([exactly(7), exactly(7)]) == exactly(7)
        assert hull([]) is None

    def test_apart(self):
        assert not Interval(1, 2).overlaps(Interval(3, None))

    def test_unknown_is_not_zero(self):
        assert UNKNOWN.is_unknown
        assert not exactly(0).is_unknown
        assert total([exactly(2), UNKNOWN]) == Interval(2, None)


@pytest.mark.parametrize(
    ("precision", "value", "upper", "expected"),
    [
        (Precision.EXACT, 4320, None, (4320, 4320)),
        (Precision.APPROXIMATE, 1000, None, (950, 1050)),
        (Precision.APPROXIMATE, 90, None, (85, 95)),  # 85.5 to 94.5, in whole heads
        (Precision.APPROXIMATE, 10, None, (9, 11)),  # 9.5 to 10.5: never exactly 10
        (Precision.JUST_OVER, 2000, None, (2000, 2200)),
        (Precision.JUST_OVER, 100, None, (100, 110)),  # 100 × 1.1 is not 111
        (Precision.JUST_UNDER, 300, None, (270, 300)),
        (Precision.AT_LEAST, 20, None, (20, None)),
        (Precision.AT_MOST, 50, None, (0, 50)),
        (Precision.RANGE, 30, 40, (30, 40)),
    ],
)
def test_what_the_words_allow(precision, value, upper, expected):
    amount = Amount(measure=Measure.EMPLOYEES, value=value, upper=upper, precision=precision)
    assert amount.interval() == Interval(*expected)


def test_a_share_of_an_unknown_total_is_unknown():
    assert Amount(measure=Measure.BUDGET, value=None, share=0.44).interval() == UNKNOWN
