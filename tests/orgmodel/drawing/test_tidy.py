"""The tidy tree: boxes as close as they may be, in linear time at any depth."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.drawing.tidy import Box, place
from tests.series import series

SIZES = st.sampled_from([1, 2, 3.5, 7])


@st.composite
def trees(draw):
    """Boxes of unequal size, each below its parent, the root first."""
    boxes = [Box(draw(SIZES), draw(SIZES), 0)]
    for _n in range(draw(st.integers(0, 25))):
        above = draw(st.sampled_from(boxes))
        box = Box(draw(SIZES), draw(SIZES), above.bottom)
        above.children.append(box)
        boxes.append(box)
    return boxes


def box_tree(shape, depth=0):
    """Boxes from nested lists, each of a layer."""
    return Box(1, 1, depth, [box_tree(child, depth + 1) for child in shape])


def below(box):
    found = [box]
    for one in found:
        found += one.children
    return found


def gap(left, right):
    """How far a subtree could move to the left before it met another; less than none: they overlap."""
    return min(
        (
            other.x - one.x - one.width
            for one in below(left)
            for other in below(right)
            if one.top < other.bottom and other.top < one.bottom
        ),
        default=float("inf"),
    )


def assert_in_the_middle_and_in_order(boxes):
    for box in boxes:
        for one, other in itertools.pairwise(box.children):
            assert one.x + one.width <= other.x + 1e-6
        if box.children:
            middle = (box.children[0].centre + box.children[-1].centre) / 2
            assert abs(box.centre - middle) < 1e-9


@pytest.mark.slow
@series(sample=200, full=10_000)
@given(trees())
def test_neighbours_and_their_families_touch_something_and_overlap_nothing(boxes):
    place(boxes[0])
    for box in boxes:
        for n, child in enumerate(box.children[1:], 1):
            gaps = [gap(other, child) for other in box.children[:n]]
            assert min(gaps) > -1e-9
        if len(box.children) == 2:
            assert abs(gap(*box.children)) < 1e-9


@series(sample=100, full=10_000)
@given(trees())
def test_parents_stand_over_the_middle_of_their_first_and_last_child(boxes):
    place(boxes[0])
    assert_in_the_middle_and_in_order(boxes)


@given(st.recursive(st.just([]), lambda children: st.lists(children, max_size=5), max_leaves=40))
def test_boxes_of_one_size_stand_so_too(shape):
    root = box_tree(shape)
    place(root)
    assert_in_the_middle_and_in_order(below(root))


def test_small_subtrees_between_large_ones_are_spread_evenly():
    # the middle two of four children are leaves; the outer ones are three wide
    root = box_tree([[[], [], []], [], [], [[], [], []]])
    place(root)
    first, second, third, last = (child.centre for child in root.children)
    assert second - first == pytest.approx(third - second) == pytest.approx(last - third)


def test_a_wide_family_reaches_under_a_shorter_neighbour():
    root = box_tree([[], [[], [], [], []]])
    place(root)
    leaf, leader = root.children
    assert leader.x - leaf.x == 1
    assert leader.children[0].x < leaf.x + leaf.width


@pytest.mark.slow
def test_no_depth_and_no_number_breaks_it():
    for parents in (range(-1, 99_999), [-1, *[0] * 99_999]):
        boxes: list[Box] = []
        for above in parents:
            box = Box(10, 10, boxes[above].bottom if above >= 0 else 0)
            if above >= 0:
                boxes[above].children.append(box)
            boxes.append(box)
        place(boxes[0])
        rows = itertools.groupby(boxes, key=lambda box: box.top)
        for _top, row in rows:
            lefts = [box.x for box in row]
            assert all(b - a == 10 for a, b in itertools.pairwise(lefts))
