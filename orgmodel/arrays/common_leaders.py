"""Closest common leaders for many pairs at once.

In reading order every entry comes after its leader, and everyone below a leader directly follows it.
Among the entries after the first of two, up to the second, the one whose leader comes earliest has the
closest common leader of the two (the reduction of common ancestors to the least value in a range:
M. A. Bender, M. Farach-Colton, The LCA problem revisited, 2000). The least values of all stretches whose
length is a power of two are computed in advance; two of them cover any stretch, so that a pair takes the
same time in a forest of any shape.

Memory: four bytes for each entry and power of two, 80 MB for a million entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.arrays.forest import NONE, Forest, Indices, as_indices

if TYPE_CHECKING:
    import numpy.typing as npt


class CommonLeaders:
    """Answers which entry is the lowest above two, or is one of them and above the other."""

    def __init__(self, forest: Forest) -> None:
        self._order = forest.reading_order()
        self._places = np.empty(len(forest), np.int32)
        self._places[self._order] = np.arange(len(forest), dtype=np.int32)
        parents = forest.parents[self._order]
        above = np.where(parents == NONE, NONE, self._places[parents])
        self._least = _least_of_stretches(above.astype(np.int32))

    def of(self, first: npt.ArrayLike, second: npt.ArrayLike) -> Indices:
        """Return the closest common leader of each pair, -1 where the two have different tops.

        Raises
        ------
        ValueError
            If something is no index or out of range, or one side has more than the other.
        """
        one, other = (self._places_of(side) for side in (first, second))
        if one.shape != other.shape:
            msg = "each entry needs another to be compared with"
            raise ValueError(msg)
        start, end = np.minimum(one, other), np.maximum(one, other)
        length = end - start
        # The greatest power of two that fits. A length of 0 is an entry with itself, answered below.
        power = np.frexp(np.maximum(length, 1))[1].astype(np.int32) - 1
        begin = np.minimum(start + 1, end)
        last = end + 1 - (np.int32(1) << power)
        found = np.minimum(self._least[power, begin], self._least[power, last])
        found = np.where(length == 0, start, found)
        return np.where(found == NONE, NONE, self._order[found]).astype(np.int32)

    def _places_of(self, entries: npt.ArrayLike) -> Indices:
        return self._places[as_indices(np.atleast_1d(entries), 0, len(self._places))]


def _least_of_stretches(values: Indices) -> Indices:
    """Return for each power of two and each start the least value of the stretch; -1 past the end."""
    size = len(values)
    powers = max(1, size.bit_length())
    least = np.full((powers, size), NONE, np.int32)
    least[0] = values
    for power in range(1, powers):
        half = 1 << (power - 1)
        starts = size - 2 * half + 1
        if starts <= 0:
            break
        np.minimum(
            least[power - 1, :starts],
            least[power - 1, half : half + starts],
            out=least[power, :starts],
        )
    return least
