"""Forests: every figure agrees with its definition, computed by layers and by paths."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel.arrays.forest import CyclicParentsError, Forest, circles
from tests.effort import works_at_most
from tests.orgmodel.arrays._slow import (
    below,
    chain,
    forests,
    on_circle,
    parent_arrays,
)

pytestmark = pytest.mark.usefixtures("either_way")


@given(forests())
def test_depth_is_the_number_of_steps_to_the_top(parents):
    assert Forest(parents).depths.tolist() == [
        len(chain(parents, entry)) - 1 for entry in range(len(parents))
    ]


@given(forests())
def test_height_is_the_number_of_steps_to_the_furthest_below(parents):
    depths = [len(chain(parents, entry)) for entry in range(len(parents))]
    assert Forest(parents).heights.tolist() == [
        max((depths[one] for one in below(parents, entry)), default=depths[entry]) - depths[entry]
        for entry in range(len(parents))
    ]


@given(forests())
def test_reports_and_tops_are_counted(parents):
    forest = Forest(parents)
    assert forest.report_counts.tolist() == [parents.count(n) for n in range(len(parents))]
    assert forest.tops.tolist() == [n for n, above in enumerate(parents) if above == -1]
    assert len(forest) == len(parents)


@given(forests())
def test_the_order_has_everyone_once_and_before_their_leader(parents):
    order = Forest(parents).order.tolist()
    assert sorted(order) == list(range(len(parents)))
    place = {entry: n for n, entry in enumerate(order)}
    assert all(place[n] < place[above] for n, above in enumerate(parents) if above != -1)


@given(forests(), st.data())
def test_sums_are_of_everyone_below_or_right_below(parents, data):
    size = len(parents)
    values = data.draw(st.lists(st.integers(-1000, 1000), min_size=size, max_size=size))
    forest, array = Forest(parents), np.array(values, np.int32)
    assert forest.sums_below(array).tolist() == [
        sum(values[one] for one in below(parents, entry)) for entry in range(size)
    ]
    assert forest.sums_of_reports(array).tolist() == [
        sum(values[n] for n in range(size) if parents[n] == entry) for entry in range(size)
    ]


@given(forests(), st.data())
def test_sums_to_the_top_and_greatest_values_below_are_with_the_entry_itself(parents, data):
    size = len(parents)
    values = data.draw(st.lists(st.integers(-1000, 1000), min_size=size, max_size=size))
    forest, array = Forest(parents), np.array(values, np.int32)
    assert forest.sums_to_top(array).tolist() == [
        sum(values[one] for one in chain(parents, entry)) for entry in range(size)
    ]
    assert forest.greatest_below(array).tolist() == [
        max(values[one] for one in (entry, *below(parents, entry))) for entry in range(size)
    ]


@pytest.mark.parametrize(
    ("dtype", "wide"),
    [
        (np.bool_, np.int64),
        (np.int8, np.int64),
        (np.float32, np.float64),
        (np.float64, np.float64),
    ],
)
def test_sums_are_wide_enough_for_what_is_added(dtype, wide):
    forest = Forest([-1, *[0] * 300])
    for sums in (forest.sums_below, forest.sums_of_reports):
        found = sums(np.ones(301, dtype))
        assert found.dtype == wide
        assert found[0] == 300


def test_sums_of_whole_numbers_are_exact():
    values = np.array([0, 2**53, 1, 2**60])
    forest = Forest([-1, 0, 0, 0])
    for sums in (forest.sums_below, forest.sums_of_reports):
        assert sums(values)[0] == 2**53 + 1 + 2**60


@pytest.mark.slow
@given(forests(least=1), st.data())
def test_below_one_entry(parents, data):
    entry = data.draw(st.integers(0, len(parents) - 1))
    forest = Forest(parents)
    assert np.flatnonzero(forest.below(entry)).tolist() == below(parents, entry)
    assert np.flatnonzero(forest.below(entry, itself=True)).tolist() == sorted(
        [*below(parents, entry), entry]
    )


@given(forests())
def test_reading_order_is_depth_first_siblings_by_their_index(parents):
    expected, waiting = [], [n for n in reversed(range(len(parents))) if parents[n] == -1]
    while waiting:
        entry = waiting.pop()
        expected.append(entry)
        waiting += [n for n in reversed(range(len(parents))) if parents[n] == entry]
    assert Forest(parents).reading_order().tolist() == expected


@pytest.mark.slow
@given(forests(least=1), st.data())
def test_a_chain_goes_up_to_the_top(parents, data):
    entry = data.draw(st.integers(0, len(parents) - 1))
    assert list(Forest(parents).chain(entry)) == chain(parents, entry)


# Moving ------------------------------------------------------------------------------------------


@given(forests(least=2), st.data())
def test_moving_a_subtree_changes_only_the_chains_above_it(parents, data):
    size = len(parents)
    moved = data.draw(st.integers(0, size - 1))
    above = data.draw(st.integers(-1, size - 1))
    assume(above == -1 or moved not in chain(parents, above))
    values = np.array(data.draw(st.lists(st.integers(1, 99), min_size=size, max_size=size)))
    before, after = Forest(parents), Forest([*parents[:moved], above, *parents[moved + 1 :]])
    differ = np.zeros(size, np.bool_)
    for figure in (
        lambda forest: forest.sums_below(values),
        lambda forest: forest.sums_of_reports(values),
        lambda forest: forest.report_counts,
        lambda forest: forest.heights,
    ):
        differ |= figure(before) != figure(after)
    assert set(np.flatnonzero(differ)) <= {*chain(parents, moved), *chain(parents, above)}
    assert moved not in np.flatnonzero(differ)
    deeper = after.depths - before.depths
    inside = before.below(moved, itself=True)
    assert not deeper[~inside].any()
    assert len(set(deeper[inside].tolist())) == 1


# Cycles and other invalid forests ----------------------------------------------------------------


@given(parent_arrays())
def test_circles_are_found_and_nothing_that_hangs_below_them(parents):
    members = [n for n in range(len(parents)) if on_circle(parents, n)]
    if members:
        with pytest.raises(CyclicParentsError) as caught:
            Forest(parents)
        assert caught.value.indices.tolist() == members
    else:
        assert len(Forest(parents)) == len(parents)
    found = circles(parents)
    assert sorted(n for circle in found for n in circle) == members
    for circle in found:
        assert circle[0] == min(circle)
        assert [parents[n] for n in circle] == [*circle[1:], circle[0]]
    assert [circle[0] for circle in found] == sorted(circle[0] for circle in found)


@pytest.mark.slow
def test_very_many_circles_take_no_longer_than_one():
    size = 400_000
    pairs = np.arange(size) ^ 1
    with works_at_most(10):
        assert len(circles(pairs)) == size // 2


@pytest.mark.parametrize(
    "parents",
    [[-2], [1], [0, 2], [0.5], [np.nan], np.array([2**32 - 1]), np.array([-1, 2**32])],
    ids=str,
)
def test_an_index_that_is_none_is_refused(parents):
    with pytest.raises(ValueError, match="index"):
        Forest(parents)


@pytest.mark.parametrize("entry", [-2, -1, 3, 2**40])
def test_a_question_about_nobody_is_refused(entry):
    forest = Forest([-1, 0, 0])
    with pytest.raises(ValueError, match="index"):
        forest.below(entry)
    with pytest.raises(ValueError, match="index"):
        next(forest.chain(entry))


@pytest.mark.parametrize("count", [0, 2, 4])
def test_every_entry_needs_a_value(count):
    forest = Forest([-1, 0, 0])
    for sums in (forest.sums_below, forest.sums_of_reports):
        with pytest.raises(ValueError, match="one value"):
            sums(np.ones(count))


def test_a_forest_of_nobody():
    forest = Forest([])
    nobody = np.zeros(0, np.int64)
    assert forest.depths.tolist() == forest.heights.tolist() == forest.tops.tolist() == []
    assert forest.sums_below(nobody).tolist() == forest.sums_of_reports(nobody).tolist() == []
    assert forest.reading_order().tolist() == circles([]) == []


def test_a_forest_keeps_what_it_was_made_of():
    parents = np.array([-1, 0, 1], np.int32)
    forest = Forest(parents)
    parents[:] = -1
    assert forest.depths.tolist() == [0, 1, 2]
