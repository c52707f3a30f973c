"""A forest as one array: for each entry the index of the one above, -1 at a top.

Built once: one pass upwards finds an order in which everyone comes before their leader, with the
number of reports and the height; one pass down the depths. Every further question is one pass along
that order. Time and memory grow with the number of entries and with nothing else, and no depth can
break a pass: a chain of a million is walked like a star.

*Depth* is the number of steps to the top (0 there), *height* that to the furthest entry below.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from orgmodel.arrays.kernels import kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

Indices: TypeAlias = "npt.NDArray[np.int32]"
Mask: TypeAlias = "npt.NDArray[np.bool_]"
Numbers: TypeAlias = "npt.NDArray[Any]"
NONE = -1


class CyclicParentsError(ValueError):
    """Some entries stand above themselves.

    Attributes
    ----------
    indices
        Those that are on a circle; what merely hangs below one is not among them.
    """

    def __init__(self, indices: Indices) -> None:
        super().__init__(f"{len(indices)} entries are on a circle")
        self.indices = indices


class Forest:
    """Entries by index, each with the one above.

    Parameters
    ----------
    parents
        The index of the entry above, -1 at a top.

    Raises
    ------
    CyclicParentsError
        If an entry is above itself.
    ValueError
        If something is no index, or out of range.

    Attributes
    ----------
    order
        Every index once, each before the one above.
    report_counts
        How many stand right below each.
    heights
        The steps to the furthest entry below each.
    """

    def __init__(self, parents: npt.ArrayLike) -> None:
        given = np.asarray(parents)
        # A copy: nobody changes it afterwards, and one that may be written to needs no machine code
        # of its own.
        self.parents: Indices = as_indices(given, NONE, len(given)).copy()
        self.order, self.report_counts, self.heights = _peel(self.parents)
        if len(self.order) < len(self.parents):
            on_circle = np.ones(len(self.parents), np.bool_)
            on_circle[self.order] = False
            raise CyclicParentsError(np.flatnonzero(on_circle).astype(np.int32))

    def __len__(self) -> int:
        return len(self.parents)

    @cached_property
    def depths(self) -> Indices:
        """The steps from each entry to its top."""
        return _depths(self.parents, self.order)

    @property
    def tops(self) -> Indices:
        """The entries with nobody above."""
        return np.flatnonzero(self.parents == NONE).astype(np.int32)

    def sums_of_reports(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over those right below it."""
        return _sums_of_reports(self.parents, self._wide(values))

    def sums_below(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over everyone below it, itself left out."""
        return _sums_below(self.parents, self.order, self._wide(values))

    def sums_to_top(self, values: Numbers) -> Numbers:
        """Return for each entry the sum of a value over itself and everyone above it."""
        return _sums_to_top(self.parents, self.order, self._wide(values))

    def _wide(self, values: Numbers) -> Numbers:
        """Return values in numbers that their sums fit in, ready for a kernel; a copy only if need be.

        What is read-only or not in one piece would be compiled for once more.
        """
        if len(values) != len(self):
            msg = "each entry needs one value"
            raise ValueError(msg)
        return np.require(values, np.result_type(values.dtype, np.int64), ["C", "W"])

    def below(self, index: int, *, itself: bool = False) -> Mask:
        """Return whether each entry is below one entry."""
        self._check(index)
        found = _below(self.parents, self.order, index)
        found[index] = itself
        return found

    @cached_property
    def _places(self) -> Indices:
        return _places(self.parents, self.order, self.sums_below(np.ones(len(self), np.int64)))

    def reading_order(self) -> Indices:
        """Return every index once, each before those below it, siblings by their index."""
        found = np.empty(len(self), np.int32)
        found[self._places] = np.arange(len(self), dtype=np.int32)
        return found

    def chain(self, index: int) -> Iterator[int]:
        """Yield an entry and those above it, upwards."""
        self._check(index)
        while index != NONE:
            yield index
            index = int(self.parents[index])

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            msg = f"no entry has the index {index}"
            raise ValueError(msg)


def as_indices(values: npt.ArrayLike, least: int, size: int) -> Indices:
    """Return whole numbers as indices of so many entries.

    Raises
    ------
    ValueError
        If something is no whole number, or out of range.
    """
    array = np.asarray(values)
    # Looked at before they are made small, where they would come round to others.
    if array.size and (
        array.dtype.kind not in "iu" or not least <= array.min() <= array.max() < size
    ):
        msg = "an index is no whole number, or out of range"
        raise ValueError(msg)
    return np.ascontiguousarray(array, np.int32)


def circles(parents: npt.ArrayLike) -> list[list[int]]:
    """Return each circle as its members, the lowest index first, then each one's parent."""
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
            here = int(array[here])  # noqa: PLW2901 - around the circle, back to where it began
        if circle:
            found.append(circle)
    return found


@kernel
def _sums_to_top(parents: Indices, order: Indices, values: Numbers) -> Numbers:
    found = values.copy()
    for place in range(len(order) - 1, -1, -1):
        entry = order[place]
        above = parents[entry]
        if above >= 0:
            found[entry] += found[above]
    return found


@kernel
def _peel(parents: Indices) -> tuple[Indices, Indices, Indices]:
    """Return an order from below, the number of reports and the height of each.

    Whoever has no report left that is not finished is next; what is on a circle never is. The two
    counters of an entry stand side by side, since it is memory that takes the time.
    """
    size = len(parents)
    counters = np.zeros((size, 2), np.int32)
    for entry in range(size):
        above = parents[entry]
        if above >= 0:
            counters[above, 0] += 1
    reports = counters[:, 0].copy()
    order = np.empty(size, np.int32)
    done = 0
    for start in range(size):
        if reports[start] != 0:
            continue
        entry = start
        height = 0
        while True:
            order[done] = entry
            done += 1
            above = parents[entry]
            if above < 0:
                break
            counters[above, 1] = max(counters[above, 1], height + 1)
            counters[above, 0] -= 1
            if counters[above, 0] != 0:
                break
            entry = above
            height = counters[entry, 1]
    return order[:done], reports, counters[:, 1].copy()


@kernel
def _depths(parents: Indices, order: Indices) -> Indices:
    depths = np.zeros(len(parents), np.int32)
    for place in range(len(order) - 1, -1, -1):
        entry = order[place]
        above = parents[entry]
        if above >= 0:
            depths[entry] = depths[above] + 1
    return depths


@kernel
def _sums_of_reports(parents: Indices, values: Numbers) -> Numbers:
    sums = np.zeros_like(values)
    for entry in range(len(parents)):
        above = parents[entry]
        if above >= 0:
            sums[above] += values[entry]
    return sums


@kernel
def _sums_below(parents: Indices, order: Indices, values: Numbers) -> Numbers:
    sums = np.zeros_like(values)
    for place in range(len(order)):
        entry = order[place]
        above = parents[entry]
        if above >= 0:
            sums[above] += sums[entry] + values[entry]
    return sums


@kernel
def _below(parents: Indices, order: Indices, index: int) -> Mask:
    found = np.zeros(len(parents), np.bool_)
    found[index] = True
    for place in range(len(order) - 1, -1, -1):
        entry = order[place]
        above = parents[entry]
        if above >= 0 and found[above]:
            found[entry] = True
    return found


@kernel
def _places(parents: Indices, order: Indices, sizes: Numbers) -> Indices:
    """Return each entry's place in reading order.

    A family is given its stretch of places by whoever stands first in it: siblings are met by their
    index, and each leaves the next free place of the family behind.
    """
    size = len(parents)
    starts = np.zeros(size, np.int64)
    # From the index order, each entry's distance from its leader's place: 1 + those before it.
    taken = np.zeros(size, np.int64)
    tops = 0
    for entry in range(size):
        above = parents[entry]
        if above >= 0:
            starts[entry] = taken[above] + 1
            taken[above] += sizes[entry] + 1
        else:
            starts[entry] = tops
            tops += sizes[entry] + 1
    places = np.zeros(size, np.int32)
    for place in range(len(order) - 1, -1, -1):
        entry = order[place]
        above = parents[entry]
        places[entry] = starts[entry] + (places[above] if above >= 0 else 0)
    return places
