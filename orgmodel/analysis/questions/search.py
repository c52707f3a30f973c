"""Search for posts by holder, title or unit, in any script, ignoring case and accents."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import islice, pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.spelling import folded, words_of
from orgmodel.errors import AmbiguousNameError, UnknownIdError
from orgmodel.model.organisation import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.model.entities import Alias, Position, Unit
    from orgmodel.model.organisation import Organisation

_LAST = "\U0010ffff"  # sorts after every letter

_FIELDS = (0, 1, 2)  # holder, title, unit
_STEPS = 4  # within a field: whole word as spelled, whole word, prefix as spelled, prefix
_ORDERING_WORDS = 8
# Measured at 100,000 posts: below the first limit, setting bits one by one is fastest; above the
# second, collecting the set again for every letter typed becomes slow.
_FEW = 100
_MANY = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that a search found, and the field that matched: 0 holder, 1 title, 2 unit."""

    position_id: str
    rank: int


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search: the best hits, and the number of all posts that match."""

    hits: tuple[Hit, ...]
    total: int


class SearchIndex:
    """An index of the words of one organisation's posts, sorted once and reused by each search.

    A set of posts is an integer with one bit per post: the posts that match all words of a query
    are the bitwise "and" of the posts that match each word.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._ids = tuple(organisation.positions)
        posts: dict[str, list[int]] = defaultdict(list)
        words = array("I", [0]) * len(self._ids)
        for keys, numbers in _keys_of_posts(organisation):
            for key in keys:
                posts[key].extend(numbers)
            for number in numbers:
                words[number] += len(keys)
        self._most_words = max(words, default=0)
        self._postings = _Postings(posts, len(self._ids))

    def find(self, query: str, *, limit: int = 20) -> Found:
        """Return the posts that match all words of a query, best match first.

        A query word matches a word that begins with it. Hits in holders come before titles, titles
        before units; then whole words before prefixes, and the same spelling before a match of
        folded text only. For several words, the best match is compared first, then the worst; only
        the first eight words affect the order. Ties keep reading order.
        """
        words = dict(words_of(query))
        longest = _no_beginnings(words)
        if not 0 < len(longest) <= self._most_words:
            return Found((), 0)
        fits = {word: self._fits(word, words[word]) for word in islice(words, _ORDERING_WORDS)}
        every = -1
        for word in longest:
            every &= (fits.get(word) or self._fits(word, words[word]))[-1]
            if not every:
                return Found((), 0)
        hits = islice(self._ordered(every, list(fits.values())), max(limit, 0))
        return Found(tuple(hits), every.bit_count())

    def _fits(self, plain: str, spelled: str) -> list[int]:
        """Return the posts that match a word at each step or better, best step first."""
        postings, sets = self._postings, [0]
        for field in _FIELDS:
            same, alike, respelled = f"{field}={spelled}", f"{field}={plain}", f"{field}~{plain}"
            sets.append(sets[-1] | postings.whole(same))
            sets.append(sets[-1] | postings.whole(alike) | postings.whole(respelled))
            sets.append(sets[-1] | postings.beginning(same))
            sets.append(sets[-1] | postings.beginning(alike) | postings.beginning(respelled))
        return sets[1:]

    def _ordered(self, posts: int, words: Sequence[Sequence[int]]) -> Iterator[Hit]:
        """Yield hits sorted by the step of their best word, then of their worst, then in reading order.

        If any word matches at a step, a post's best step is that one or better; if all words match
        there, its worst step is.
        """
        any_fits = [reduce(or_, sets) for sets in zip(*words, strict=True)]
        all_fit = [reduce(and_, sets) for sets in zip(*words, strict=True)]
        for best, those in enumerate(any_fits):
            group = posts & those
            posts ^= group
            for worst in all_fit[best:]:
                part = group & worst
                group ^= part
                for number in self._postings.numbers(part):
                    yield Hit(self._ids[number], best // _STEPS)


class _Postings:
    """The posting lists: for a word or a prefix, the set of posts that have it, as a bit set.

    The first post is the highest bit, so that the bits are in reading order.
    """

    def __init__(self, posts: Mapping[str, Sequence[int]], size: int) -> None:
        self._size = size
        self._words = sorted(posts)
        self._posts = array("I")
        self._starts = array("I", [0])
        for word in self._words:
            self._posts.extend(posts[word])
            self._starts.append(len(self._posts))
        self._kept = {span: self._bits(*span) for span in set(self._large_spans())}

    def whole(self, word: str) -> int:
        """Return the posts that have a word."""
        at = bisect_left(self._words, word)
        there = at < len(self._words) and self._words[at] == word
        return self._set(at, at + 1) if there else 0

    def beginning(self, letters: str) -> int:
        """Return the posts that have a word with this prefix."""
        low = bisect_left(self._words, letters)
        return self._set(low, bisect_left(self._words, letters + _LAST, low))

    def numbers(self, posts: int) -> Iterator[int]:
        """Yield the posts of a set in reading order."""
        bits = f"{posts:0{self._size}b}" if posts else ""
        at = bits.find("1")
        while at >= 0:
            yield at
            at = bits.find("1", at + 1)

    def _set(self, low: int, high: int) -> int:
        return self._kept.get((low, high)) or self._bits(low, high)

    def _bits(self, low: int, high: int) -> int:
        posts = self._posts[self._starts[low] : self._starts[high]]
        if len(posts) <= _FEW:
            return reduce(or_, (1 << (self._size - 1 - post) for post in posts), 0)
        digits, one = bytearray(b"0") * self._size, ord("1")
        for post in posts:
            digits[post] = one
        return int(digits, 2)

    def _large_spans(self) -> Iterator[tuple[int, int]]:
        """Yield the words and prefixes with so many posts that their sets are cached."""
        waiting = [(0, len(self._words), 0)]
        while waiting:
            low, high, length = waiting.pop()
            while low < high:
                word = self._words[low]
                end = low + 1
                if len(word) > length:
                    end = bisect_left(self._words, word[: length + 1] + _LAST, low, high)
                if self._starts[end] - self._starts[low] > _MANY:
                    yield low, end
                    if len(word) > length:
                        waiting.append((low, end, length + 1))
                low = end


def resolve_position(organisation: Organisation, name: str) -> str:
    """Return the id of the post that `name` means: its id, its title or its holder's name.

    Raises
    ------
    UnknownIdError
        If nothing has that name; carries the nearest ids, titles and holders.
    AmbiguousNameError
        If several posts have that name; carries their ids.
    """
    names = {
        position_id: (*titles(position), *holder_names(organisation, position_id))
        for position_id, position in organisation.positions.items()
    }
    return _resolve(name, names, "position")


def resolve_unit(organisation: Organisation, name: str) -> str:
    """Return the id of the unit that `name` means: its id or one of its names.

    Raises
    ------
    UnknownIdError
        If nothing has that name; carries the nearest ids and names.
    AmbiguousNameError
        If several units have that name; carries their ids.
    """
    names = {unit.id: unit_names(unit) for unit in organisation.units.values()}
    return _resolve(name, names, "unit")


def _resolve(name: str, names: Mapping[str, Sequence[str]], kind: str) -> str:
    """Return the id that a name refers to: the id itself, or one with that name."""
    if name in names:
        return name
    wanted = folded(name)
    candidates = [
        one for one, texts in names.items() if wanted and any(folded(t) == wanted for t in texts)
    ]
    if len(candidates) > 1:
        # The exact spelling comes before a match of folded text.
        spelled = list(words_of(name))
        same = [one for one in candidates if any(list(words_of(t)) == spelled for t in names[one])]
        candidates = same or candidates
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousNameError(name, candidates)
    known = dict.fromkeys(names)
    known.update(dict.fromkeys(text for texts in names.values() for text in texts))
    raise UnknownIdError(name, kind=kind, nearest=nearest_names(name, known))


def holder_names(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the names of a post's holders, aliases included."""
    people = organisation.holders(position_id)
    return tuple(text for person in people for text in (person.name, *_other(person.aliases)))


def titles(position: Position) -> tuple[str, ...]:
    """Return the titles of a post in every language, aliases included."""
    return (*position.title.all(), *_other(position.aliases))


def unit_names(unit: Unit) -> tuple[str, ...]:
    """Return the names of a unit in every language, aliases included."""
    return (*unit.name.all(), *_other(unit.aliases))


def _other(aliases: Iterable[Alias]) -> list[str]:
    return [alias.name for alias in aliases]


def _keys_of_posts(organisation: Organisation) -> Iterator[tuple[set[str], Sequence[int]]]:
    """Yield the search keys with the numbers of their posts; a unit's key has many posts."""
    posts_of_units: dict[str, list[int]] = defaultdict(list)
    for number, (position_id, position) in enumerate(organisation.positions.items()):
        posts_of_units[position.unit_id].append(number)
        yield _keys(0, holder_names(organisation, position_id)), (number,)
        yield _keys(1, titles(position)), (number,)
    for unit_id, numbers in posts_of_units.items():
        unit = organisation.units[unit_id]
        yield _keys(2, unit_names(unit)), numbers


def _keys(field: int, names: Iterable[str]) -> set[str]:
    """Return the search keys of a field: its words as spelled, and folded where that differs."""
    found = set()
    for plain, spelled in words_of(" ".join(names)):
        found.add(f"{field}={spelled}")
        if plain != spelled:
            found.add(f"{field}~{plain}")
    return found


def _no_beginnings(words: Iterable[str]) -> list[str]:
    """Return the words without those that are a prefix of another, which add no condition."""
    ordered = [*sorted(words), ""]
    return [word for word, after in pairwise(ordered) if not after.startswith(word)]
