"""Closest common leaders: what walking up from both would find."""

import numpy as np
import pytest
from hypothesis import given

from orgmodel.arrays.common_leaders import CommonLeaders
from orgmodel.arrays.forest import Forest
from tests.orgmodel.arrays._slow import closest_common, forests

pytestmark = pytest.mark.usefixtures("either_way")


@given(forests())
def test_every_pair_meets_where_their_chains_do(parents):
    one, other = (side.ravel() for side in np.indices((len(parents), len(parents))))
    found = CommonLeaders(Forest(parents)).of(one, other)
    assert found.dtype == np.int32
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    assert found.tolist() == [closest_common(parents, *pair) for pair in pairs]


def test_one_pair_may_come_as_numbers():
    leaders = CommonLeaders(Forest([-1, 0, 0, 1]))
    assert leaders.of(3, 2).tolist() == [0]
    assert leaders.of(3, 1).tolist() == [1]


def test_no_pairs_and_nobody():
    for parents in ([], [-1, 0]):
        assert CommonLeaders(Forest(parents)).of([], []).tolist() == []


@pytest.mark.parametrize("entry", [-1, 2, 2**32, 0.5])
def test_an_index_that_is_none_is_refused(entry):
    leaders = CommonLeaders(Forest([-1, 0]))
    for pair in (([0], np.array([entry])), (np.array([entry]), [0])):
        with pytest.raises(ValueError, match="index"):
            leaders.of(*pair)


def test_nobody_can_be_asked_about_in_an_empty_forest():
    with pytest.raises(ValueError, match="index"):
        CommonLeaders(Forest([])).of([0], [0])


def test_each_needs_another():
    with pytest.raises(ValueError, match="another"):
        CommonLeaders(Forest([-1, 0])).of([0, 1], [0])
