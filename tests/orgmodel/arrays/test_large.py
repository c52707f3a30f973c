"""A million entries in shapes that break recursive and quadratic algorithms."""

import numpy as np
import pytest

from orgmodel.arrays.common_leaders import CommonLeaders
from orgmodel.arrays.forest import Forest
from tests.orgmodel.arrays._slow import shuffled

MANY = 1_000_000
PAIRS = 100_000
CHAIN = np.arange(-1, MANY - 1)
STAR = np.where(np.arange(MANY) == 0, -1, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [None, 1], ids=["in order", "shuffled"])
def test_a_chain(seed):
    parents, place = shuffled(CHAIN, seed)
    forest = Forest(parents)
    steps = np.arange(MANY)
    assert (forest.depths[place] == steps).all()
    assert (forest.heights[place] == steps[::-1]).all()
    assert (forest.sums_below(np.ones(MANY, np.int8))[place] == steps[::-1]).all()
    assert (forest.reading_order() == place).all()
    assert forest.below(int(place[10])).sum() == MANY - 11
    assert sum(1 for _entry in forest.chain(int(place[-1]))) == MANY


@pytest.mark.parametrize("seed", [None, 1], ids=["in order", "shuffled"])
def test_a_star(seed):
    parents, place = shuffled(STAR, seed)
    forest = Forest(parents)
    top = place[0]
    assert forest.report_counts[top] == forest.depths.sum() == MANY - 1
    assert forest.heights.sum() == forest.heights[top] == 1
    assert forest.sums_below(np.full(MANY, 2.0))[top] == 2 * (MANY - 1)
    order = forest.reading_order()
    assert order[0] == top
    assert (np.diff(order[1:]) > 0).all()


def test_common_leaders_of_a_chain():
    parents, place = shuffled(CHAIN, 1)
    one, other = np.random.default_rng(3).integers(0, MANY, (2, PAIRS))
    found = CommonLeaders(Forest(parents)).of(place[one], place[other])
    assert (found == place[np.minimum(one, other)]).all()


def test_common_leaders_of_a_star():
    parents, place = shuffled(STAR, 1)
    one, other = np.random.default_rng(3).integers(0, MANY, (2, PAIRS))
    found = CommonLeaders(Forest(parents)).of(place[one], place[other])
    assert (found == np.where(one == other, place[one], place[0])).all()
