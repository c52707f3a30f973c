"""Search in an organisation, in any script, ignoring case and accents, and forgiving wrong letters.

A query's words are each looked for in the texts of every entry (`findable.py`). An entry is found if
every word fits. Entries are sorted by how well their best word fits (`word_index.py`), then their
worst, then in reading order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.questions.findable import Entry, Field, HitKind, entries, post_entry
from orgmodel.analysis.questions.marking import Marker
from orgmodel.analysis.questions.spelling import words_of
from orgmodel.analysis.questions.word_index import (
    COMMON_WORDS,
    FIELDS,
    NO_FIT,
    WordIndex,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from orgmodel.analysis.questions.findable import Texts
    from orgmodel.analysis.questions.word_index import Steps
    from orgmodel.model.organisation import Organisation

# One wrong letter is forgiven from so many letters on, two from so many.
ONE_WRONG, TWO_WRONG = 4, 8
# For how many words of a query something near is looked for, from how many letters on, and in which
# fields: in a text some word is always similar.
_MOST_NEAR, _LEAST_NEAR = 4, 3
_NEAR_IN = (Field.HOLDER, Field.NAME, Field.UNIT, Field.TAG)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found.

    Attributes
    ----------
    found_in
        The field that its best word was found in.
    steps
        How well it fits, by its best and its worst word; less is better.
    """

    id: str
    found_in: Field
    kind: HitKind = HitKind.POST
    steps: tuple[int, int] = field(default=(NO_FIT, NO_FIT), compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """The best entries of one kind that a search found, and the number of all."""

    hits: tuple[Hit, ...]
    total: int
    kind: HitKind = HitKind.POST


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a query by their folded form, each as it is spelled."""

    words: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> Query:
        """Return the words of a text."""
        return cls(dict(words_of(text)))

    def is_common(self, plain: str) -> bool:
        """Tell whether a word is a common one beside others, which texts need not contain."""
        return len(self.words) > 1 and self.words[plain] in COMMON_WORDS


class Matches:
    """How well each entry of an index fits a query.

    Attributes
    ----------
    index
        The index.
    marker
        Marks what was found in texts.
    """

    def __init__(self, index: SearchIndex, best: Steps, worst: Steps, marker: Marker) -> None:
        self.index = index
        self.marker = marker
        self._best, self._worst = best, worst
        self._fits = worst < NO_FIT

    def __bool__(self) -> bool:
        return bool(self._fits.any())

    def posts(self, limit: int) -> Found:
        """Return the posts, whether found by their holder or otherwise."""
        return self._found(self.index.is_of(HitKind.POST), HitKind.POST, limit)

    def groups(self, limit: int) -> tuple[Found, ...]:
        """Return what was found by kinds, that with the best entry first."""
        posts = self.index.is_of(HitKind.POST)
        by_holder = FIELDS[self._best] == Field.HOLDER
        of = {one: self.index.is_of(one) for one in HitKind}
        of |= {HitKind.PERSON: posts & by_holder, HitKind.POST: posts & ~by_holder}
        found = [self._found(are, kind, limit) for kind, are in of.items()]
        return tuple(sorted((one for one in found if one.hits), key=lambda one: one.hits[0].steps))

    def _found(self, are: NDArray[np.bool_], kind: HitKind, limit: int) -> Found:
        numbers = np.flatnonzero(self._fits & are)
        steps = self._best[numbers].astype(np.uint16) << 8 | self._worst[numbers]
        order = np.argsort(steps, kind="stable")[: max(limit, 0)]
        hits = tuple(
            Hit(self.index.id(number), Field(int(FIELDS[step >> 8])), kind, divmod(step, 256))
            for number, step in zip(numbers[order].tolist(), steps[order].tolist(), strict=True)
        )
        return Found(hits, len(numbers), kind)


class SearchIndex:
    """The words of all entries of an organisation, sorted once and reused by each search."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._posts = tuple(organisation.positions)
        self._others = tuple(entries(organisation))
        self._words = WordIndex(self._texts())
        kinds = [HitKind.POST] * len(self._posts) + [one.kind for one in self._others]
        order = {kind: n for n, kind in enumerate(HitKind)}
        self._kinds = np.fromiter((order[kind] for kind in kinds), np.uint8, len(kinds))
        self._numbers = {
            (one.kind, one.id): n for n, one in enumerate(self._others, len(self._posts))
        }

    def _texts(self) -> Iterator[tuple[Texts, ...]]:
        for position_id in self._posts:
            yield post_entry(self.organisation, position_id).fields()
        for entry in self._others:
            yield entry.fields()

    def __len__(self) -> int:
        return len(self._kinds)

    def find(self, query: str, *, limit: int = 20) -> Found:
        """Return the posts that match all words of a query as they are spelled, best match first."""
        return self.matches(Query.of(query)).posts(limit)

    def search(self, query: str) -> Matches:
        """Return what matches a query with as few wrong letters as possible."""
        return first_that_match([self], query)[0][0]

    def matches(self, query: Query, *, errors: int = 0) -> Matches:
        """Return what fits all words of a query, with at most so many wrong letters in a word.

        Wrong letters are forgiven in words that no entry has.
        """
        marker = Marker(query.words, self._words.vocabulary)
        best = np.full(len(self), NO_FIT, np.uint8)
        worst = np.zeros(len(self), np.uint8)
        for plain, spelled in query.words.items():
            steps = self._words.steps(plain, spelled)
            if query.is_common(plain):
                self._words.allow_common(steps)
            allowed = min(errors, _forgiven(plain))
            if allowed and steps.min(initial=NO_FIT) == NO_FIT:
                marker.add_alike(plain, self._words.forgive(plain, allowed, steps, Field))
            np.minimum(best, steps, out=best)
            np.maximum(worst, steps, out=worst)
            if worst.min(initial=NO_FIT) == NO_FIT:
                break
        if not query.words:
            worst[:] = NO_FIT
        return Matches(self, best, worst, marker)

    def near(self, query: str) -> Matches:
        """Return what fits any word of a query, with one wrong letter more than is forgiven.

        Only the first words of a long query count.
        """
        words = dict(islice(Query.of(query).words.items(), _MOST_NEAR))
        marker = Marker(words, self._words.vocabulary)
        best, lacking = (np.full(len(self), n, np.uint8) for n in (NO_FIT, len(words)))
        for plain, spelled in words.items():
            if spelled in COMMON_WORDS:
                continue
            steps = self._words.steps(plain, spelled)
            if steps.min(initial=NO_FIT) == NO_FIT and len(plain) >= _LEAST_NEAR:
                allowed = _forgiven(plain) + 1
                alike = self._words.forgive(plain, allowed, steps, _NEAR_IN)
                marker.add_alike(plain, alike)
            np.minimum(best, steps, out=best)
            lacking -= steps < NO_FIT
        return Matches(self, best, np.where(best < NO_FIT, lacking, NO_FIT), marker)

    def entry(self, hit: Hit) -> Entry:
        """Return the entry of a hit."""
        if hit.kind in {HitKind.POST, HitKind.PERSON}:
            return post_entry(self.organisation, hit.id)
        return self._others[self._numbers[hit.kind, hit.id] - len(self._posts)]

    def id(self, number: int) -> str:
        """Return the id of an entry by its number."""
        others = number - len(self._posts)
        return self._posts[number] if others < 0 else self._others[others].id

    def is_of(self, kind: HitKind) -> NDArray[np.bool_]:
        """Return which entries are of a kind."""
        number = [*HitKind].index(kind)
        are: NDArray[np.bool_] = self._kinds == number
        return are


def first_that_match(
    indexes: Sequence[SearchIndex], query: str
) -> tuple[tuple[Matches, ...], bool]:
    """Return what matches a query in each index, with the fewest wrong letters that find anything.

    Also returned is whether a letter had to be wrong.
    """
    words = Query.of(query)
    exact = found = tuple(index.matches(words) for index in indexes)
    for errors in range(1, max(map(_forgiven, words.words), default=0) + 1):
        if any(found):
            break
        found = tuple(index.matches(words, errors=errors) for index in indexes)
    return found, any(found) and found is not exact


def _forgiven(plain: str) -> int:
    """Return how many letters of a word may be wrong; another number is another thing."""
    is_number = any(letter.isdigit() for letter in plain)
    return 0 if is_number else (len(plain) >= ONE_WRONG) + (len(plain) >= TWO_WRONG)
