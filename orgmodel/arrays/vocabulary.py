"""A sorted vocabulary as arrays: the words that begin with, contain or resemble some letters."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

# Longer than any letter in UTF-8, for the end of a range of words with one beginning.
_AFTER_EVERY_LETTER = b"\xff"
_END = b"\n"
_MOST_COLUMNS = 64  # the bits of a column of the table of distances


class Alike(NamedTuple):
    """Words that contain some letters with mistakes.

    Attributes
    ----------
    words
        Their numbers.
    errors
        The least number of mistakes of each, 1 or more.
    places
        Where each has so few: 0 as the whole word, 1 at its beginning, 2 inside it.
    """

    words: Numbers
    errors: NDArray[np.int8]
    places: NDArray[np.int8]


class Vocabulary:
    """Distinct words in the order of their letters, numbered from 0, in one text of UTF-8.

    Parameters
    ----------
    words
        The words, sorted.
    searched
        Those among which `containing` and `resembling` look. Words that begin with a digit are
        left out: another number is not a misspelled one.
    """

    def __init__(self, words: Sequence[str], searched: Iterable[bool]) -> None:
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        self._text = _END.join([*encoded, b""])
        self._letters = np.frombuffer(self._text, np.uint8)
        self._starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum(lengths + len(_END), out=self._starts[1:])
        self._lengths = lengths.astype(np.uint16)
        self._searched = np.fromiter(searched, np.bool_, len(encoded))
        self._after_numbers = bisect_left(self, b":")
        self._searched[: self._after_numbers] = False
        # One bit for each kind of letter that a word has.
        bits = np.left_shift(np.uint32(1), (self._letters & 31).astype(np.uint32))
        if encoded:
            self._kinds = np.bitwise_or.reduceat(bits, self._starts[:-1])
        else:
            self._kinds = np.zeros(0, np.uint32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._text[self._starts[number] : self._starts[number + 1] - len(_END)]

    def word(self, number: int) -> str:
        """Return a word by its number."""
        return self[number].decode("utf-8", "surrogatepass")

    def whole(self, word: str) -> tuple[int, int]:
        """Return the range of the numbers of a word: one or none."""
        wanted = word.encode("utf-8", "surrogatepass")
        at = bisect_left(self, wanted)
        return at, at + (at < len(self) and self[at] == wanted)

    def beginning(self, letters: str) -> tuple[int, int]:
        """Return the range of the numbers of the words that begin with some letters."""
        wanted = letters.encode("utf-8", "surrogatepass")
        low = bisect_left(self, wanted)
        return low, bisect_left(self, wanted + _AFTER_EVERY_LETTER, low)

    def containing(self, letters: str) -> Numbers:
        """Return the numbers of the words that contain some letters."""
        wanted = letters.encode("utf-8", "surrogatepass")
        # Words that begin with a digit come first.
        low, high = int(self._starts[self._after_numbers]), len(self._letters) - len(wanted) + 1
        if low >= high or not wanted:
            return np.zeros(0, np.int64)
        at = low + np.flatnonzero(self._letters[low:high] == wanted[0])
        for n, letter in enumerate(wanted[1:], 1):
            at = at[self._letters[at + n] == letter]
        numbers = np.searchsorted(self._starts, at, "right") - 1
        return numbers[self._searched[numbers]]

    def resembling(self, letters: str, errors: int, *, inside: bool) -> Alike:
        """Return the words that contain some letters with at most so many mistakes.

        A mistake is a wrong, missing or extra letter, or two letters in each other's place, counted
        in bytes of UTF-8. The letters must be the whole word or its beginning, or with `inside` any
        part of it.
        """
        wanted = letters.encode("utf-8", "surrogatepass")
        if not errors <= len(wanted) < _MOST_COLUMNS:
            none = np.zeros(0, np.int8)
            return Alike(np.zeros(0, np.int64), none, none)
        kinds = 0
        for letter in wanted:
            kinds |= 1 << (letter & 31)
        # Each kind of letter that a word lacks is a mistake.
        lacking = np.bitwise_count(np.uint32(kinds) & ~self._kinds)
        fits = (lacking <= errors) & (self._lengths >= len(wanted) - errors) & self._searched
        words = np.flatnonzero(fits)
        # The longest first, so that those that have a certain column are at the front.
        words = words[np.argsort(-self._lengths[words].astype(np.int64), kind="stable")]
        whole, start = self._distances(wanted, words, columns=len(wanted) + errors)
        whole[self._lengths[words] > len(wanted) + errors] = errors + 1
        least = [whole, start]
        if inside:
            least.append(self._distances(wanted, words)[1])
        table = np.stack(least)
        fewest, places = table.min(axis=0), table.argmin(axis=0).astype(np.int8)
        near = (fewest <= errors) & (fewest > 0)
        return Alike(words[near], fewest[near], places[near])

    def _distances(
        self, wanted: bytes, words: Numbers, *, columns: int | None = None
    ) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Return the distances from some letters to words: to each word, and least to any part.

        With `columns`, a part begins where the word does, and only so many letters of a word count.
        The distance is that of Hyyrö 2003 ("A bit-vector algorithm for computing Levenshtein and
        Damerau edit distances"): a column of the table of distances is the bits of two numbers,
        computed here for all words at once.
        """
        bits: Any = np.uint32 if len(wanted) <= np.iinfo(np.uint32).bits else np.uint64
        matches = np.zeros(256, bits)
        for n, letter in enumerate(wanted):
            matches[letter] |= bits(1 << n)
        one, last, first = bits(1), bits(1 << (len(wanted) - 1)), bits(columns is not None)
        starts, lengths = self._starts[words], self._lengths[words]
        more = np.full(len(words), np.iinfo(bits).max, bits)
        less, same, before = (np.zeros(len(words), bits) for _n in range(3))
        now = np.full(len(words), len(wanted), np.int8)
        least = now.copy()
        longest = int(lengths[0]) if len(words) else 0
        for column in range(longest if columns is None else min(columns, longest)):
            n = int(np.count_nonzero(lengths > column))
            match = matches[self._letters[starts[:n] + column]]
            up, down = more[:n], less[:n]
            swapped = ((~same[:n] & match) << one) & before[:n]
            equal = (((match & up) + up) ^ up) | match | down | swapped
            rising, falling = down | ~(equal | up), equal & up
            now[:n] += ((rising & last) != 0).astype(np.int8)
            now[:n] -= ((falling & last) != 0).astype(np.int8)
            rising, falling = (rising << one) | first, falling << one
            more[:n], less[:n] = falling | ~(equal | rising), rising & equal
            same[:n], before[:n] = equal, match
            np.minimum(least[:n], now[:n], out=least[:n])
        return now, least
