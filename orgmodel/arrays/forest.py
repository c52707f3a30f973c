"""A forest as one array: the index of each entry's parent, -1 for a root.

All figures are computed by a few operations on whole arrays. The leaders (entries with reports)
are divided into layers: leaders in the lowest layer have no leaders as reports, leaders in each
further layer only leaders from lower layers. A sum or maximum over all descendants is one pass
over the layers upwards, a sum over all ancestors one pass downwards. After `MOST_LAYERS` layers
the remaining leaders are divided into paths; along a path a figure is a running sum or maximum.
Each path has `MOST_LAYERS` leaders below its start that belong to no other path, so there are few
paths, and time and memory are proportional to the number of entries for any shape: a chain of a
million entries is one path.

*Depth* is the number of steps to the root (0 for a root), *height* the number of steps to the
furthest descendant.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

Indices: TypeAlias = "npt.NDArray[np.int32]"
Mask: TypeAlias = "npt.NDArray[np.bool_]"
Numbers: TypeAlias = "npt.NDArray[Any]"
NONE = -1
# Real organisations have up to 15 layers of leaders. A higher limit costs deep forests 10 µs per
# layer, and leaves fewer paths.
MOST_LAYERS = 64


class CyclicParentsError(ValueError):
    """Raised when the parents contain a cycle.

    Attributes
    ----------
    indices
        The entries on a cycle, without entries that are merely below one.
    """

    def __init__(self, indices: Indices) -> None:
        super().__init__(f"{len(indices)} entries are on a circle")
        self.indices = indices


class Forest:
    """A forest of entries, numbered by index.

    Parameters
    ----------
    parents
        The index of each entry's parent, -1 for a root.

    Raises
    ------
    CyclicParentsError
        If an entry is its own ancestor.
    ValueError
        If a value is not an index, or out of range.

    Attributes
    ----------
    report_counts
        The number of direct reports of each entry.
    """

    # Private arrays have an extra first element: element 0 is the parent of all roots, and the
    # element of an entry is its index plus 1.

    def __init__(self, parents: npt.ArrayLike) -> None:
        given = np.asarray(parents)
        # A copy, which is not modified afterwards.
        self.parents: Indices = as_indices(given, NONE, len(given)).copy()
        size = len(self) + 1
        self._above = np.zeros(size, np.intp)
        np.add(self.parents, 1, out=self._above[1:])
        counts = np.bincount(self._above[1:], minlength=size)
        self.report_counts: Indices = counts[1:].astype(np.int32)
        leads = counts > 0
        leads[0] = False
        # The number of each leader's direct reports that are leaders in no layer yet; negative for
        # leaders in a layer and for entries that are not leaders.
        waiting = np.bincount(self._above[leads], minlength=size)
        waiting[0] = -1
        waiting[~leads] = -1
        self._layers = list(self._taken_off(waiting))
        self._paths = list(self._walked(waiting))
        for leaders in (*self._layers, *self._paths):
            leads[leaders] = False
        if leads.any():
            raise CyclicParentsError(np.flatnonzero(leads[1:]).astype(np.int32))

    def _taken_off(self, waiting: Numbers) -> Iterator[Numbers]:
        """Yield up to `MOST_LAYERS` layers of leaders, from below; mark their members in `waiting`."""
        layer = np.flatnonzero(waiting == 0)
        for _n in range(MOST_LAYERS):
            if not len(layer):
                break
            yield layer
            waiting[layer] = -1
            above = self._above[layer]
            np.subtract.at(waiting, above, 1)
            ready = above[waiting[above] == 0]
            # A leader occurs in `ready` once for each report in this layer; keep one occurrence.
            numbers = np.arange(len(ready))
            waiting[ready] = numbers
            layer = ready[waiting[ready] == numbers]
            waiting[layer] = 0

    def _walked(self, waiting: Numbers) -> Iterator[Numbers]:
        """Yield the leaders in no layer as upward paths, each path after those that end below it.

        A path ends where the next leader has several of these leaders as reports. That leader
        starts a path once all paths to it are found, which never happens on a cycle.
        """
        left = np.flatnonzero(waiting >= 0)
        numbers = np.full(len(waiting), NONE, np.int32)
        numbers[left] = np.arange(len(left), dtype=np.int32)
        above = numbers[self._above[left]]
        joining = waiting[left]
        # A memoryview is faster to iterate than a list because the numbers are contiguous in
        # memory.
        onward = np.where((above >= 0) & (joining[above] == 1), above, np.int32(NONE)).data
        starts = np.flatnonzero(joining == 0).tolist()
        for start in starts:
            path, here = [], start
            while here >= 0:
                path.append(here)
                here = onward[here]
            yield left[path]
            leader = int(above[path[-1]])
            if leader >= 0:
                joining[leader] -= 1
                if not joining[leader]:
                    starts.append(leader)

    def __len__(self) -> int:
        return len(self.parents)

    @cached_property
    def order(self) -> Indices:
        """All indices, each before its parent."""
        leaves = np.flatnonzero(self.report_counts == 0) + 1
        order: Indices = np.concatenate([leaves, *self._layers, *self._paths]).astype(np.int32) - 1
        return order

    @cached_property
    def depths(self) -> Indices:
        """The number of steps from each entry to its root."""
        return self._sums_to_top(np.ones(len(self), np.int32)) - 1

    @cached_property
    def heights(self) -> Indices:
        """The number of steps from each entry to its furthest descendant."""
        return self.greatest_below(self.depths) - self.depths

    @property
    def tops(self) -> Indices:
        """The indices of the roots."""
        return np.flatnonzero(self.parents == NONE).astype(np.int32)

    def sums_of_reports(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over its direct reports."""
        return self._sums_of_reports(values)[1:]

    def sums_below(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over its descendants, excluding itself."""
        sums = self._sums_of_reports(values)
        self._pass_up(np.add, sums)
        return sums[1:]

    def greatest_below(self, values: Numbers) -> Numbers:
        """Return for each entry the greatest value among itself and its descendants."""
        found = np.concatenate((values[:1], values))
        np.maximum.at(found, self._above[1:], values)
        self._pass_up(np.maximum, found)
        return found[1:]

    def _sums_of_reports(self, values: Numbers) -> Numbers:
        values = self._wide(values)
        sums = np.zeros(len(self) + 1, values.dtype)
        np.add.at(sums, self._above[1:], values)
        return sums

    def _pass_up(self, combine: np.ufunc, found: Numbers) -> None:
        """Combine each leader's values with those of the leaders below, from the lowest layer up."""
        for layer in self._layers:
            combine.at(found, self._above[layer], found[layer])
        for path in self._paths:
            found[path] = combine.accumulate(found[path])
            combine.at(found, self._above[path[-1]], found[path[-1]])

    def sums_to_top(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over itself and its ancestors."""
        return self._sums_to_top(self._wide(values))

    def _sums_to_top(self, values: Numbers) -> Numbers:
        sums = np.concatenate((np.zeros(1, values.dtype), values))
        for path in reversed(self._paths):
            downwards = path[::-1]
            sums[downwards[0]] += sums[self._above[downwards[0]]]
            sums[downwards] = np.add.accumulate(sums[downwards])
        for layer in reversed(self._layers):
            sums[layer] += sums[self._above[layer]]
        found: Numbers = sums[1:]
        np.add(found, sums[self._above[1:]], out=found, where=self.report_counts == 0)
        return found

    def _wide(self, values: Numbers) -> Numbers:
        """Return values in a type that is wide enough for their sums."""
        if len(values) != len(self):
            msg = "each entry needs one value"
            raise ValueError(msg)
        return values.astype(np.result_type(values.dtype, np.int64), copy=False)

    def below(self, index: int, *, itself: bool = False) -> Mask:
        """Return for each entry whether it is a descendant of a given entry."""
        self._check(index)
        marked = np.zeros(len(self), np.int64)
        marked[index] = 1
        found: Mask = self.sums_to_top(marked) > 0
        found[index] = itself
        return found

    @cached_property
    def _places(self) -> Indices:
        """The position of each entry in reading order (preorder)."""
        # Group siblings, ordered by index: one combined key sorts faster than a pair of keys.
        keys = (self._above[1:] << 32) + np.arange(len(self))
        keys.sort()
        above, entries = keys >> 32, keys & 0xFFFF_FFFF
        sizes = self.sums_below(np.ones(len(self), np.int64)) + 1
        sizes = sizes[entries]
        before = np.cumsum(sizes) - sizes
        is_first = np.diff(above, prepend=NONE) > 0
        before_family = np.maximum.accumulate(np.where(is_first, before, 0))
        # The distance from the leader: earlier siblings and their descendants come between.
        steps = np.empty(len(self), np.int64)
        steps[entries] = before - before_family + 1
        return (self._sums_to_top(steps) - 1).astype(np.int32)

    def reading_order(self) -> Indices:
        """Return all indices, each before its descendants, siblings by index."""
        found = np.empty(len(self), np.int32)
        found[self._places] = np.arange(len(self), dtype=np.int32)
        return found

    def chain(self, index: int) -> Iterator[int]:
        """Yield an entry and its ancestors, upwards."""
        self._check(index)
        while index != NONE:
            yield index
            index = int(self.parents[index])

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            msg = f"no entry has the index {index}"
            raise ValueError(msg)


def as_indices(values: npt.ArrayLike, least: int, size: int) -> Indices:
    """Return integers as indices of a given number of entries.

    Raises
    ------
    ValueError
        If a value is not an integer, or out of range.
    """
    array = np.asarray(values)
    # Checked before the conversion to 32 bits, where a larger number would wrap around.
    if array.size and (
        array.dtype.kind not in "iu" or not least <= array.min() <= array.max() < size
    ):
        msg = "an index is no whole number, or out of range"
        raise ValueError(msg)
    return np.ascontiguousarray(array, np.int32)


def circles(parents: npt.ArrayLike) -> list[list[int]]:
    """Return the members of each cycle: the lowest index first, then each one's parent."""
    array = np.asarray(parents)
    try:
        Forest(array)
    except CyclicParentsError as error:
        members = error.indices.tolist()
    else:
        return []
    found: list[list[int]] = []
    waiting = set(members)
    for here in members:
        circle = []
        while here in waiting:
            waiting.remove(here)
            circle.append(here)
            here = int(array[here])  # noqa: PLW2901 - follow the cycle back to its start
        if circle:
            found.append(circle)
    return found
