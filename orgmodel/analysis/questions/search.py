"""Search in an organisation, in any script, ignoring case and accents, and forgiving wrong letters.

A query's words are each looked for in the texts of every entry (`findable.py`). How well a word fits
an entry is a step, the best first:

- in the holder, the title or name, the unit: the whole word as spelled, the whole word, a beginning
  as spelled, a beginning; all of the holder before any of the title, and so on;
- inside a word of the same three texts;
- a status or a kind: the whole word, its beginning, inside it; then the same in a text;
- with wrong letters: fewer before more, the whole word before its beginning before inside it.

An entry is found if every word of the query fits. Entries are sorted by the step of their best word,
then by that of their worst, then in reading order.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.questions.findable import Entry, Field, HitKind, entries, post_entry
from orgmodel.analysis.questions.marking import Marker
from orgmodel.analysis.questions.spelling import words_of
from orgmodel.arrays.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from orgmodel.analysis.questions.findable import Texts
    from orgmodel.model.organisation import Organisation

    Steps = NDArray[np.uint8]

NAMES = (Field.HOLDER, Field.NAME, Field.UNIT)
# Fewer letters are found in names only, or as whole words.
LEAST_IN_TEXTS, LEAST_INSIDE = 3, 4
# One wrong letter is forgiven from so many letters on, two from so many, and inside a word.
ONE_WRONG, TWO_WRONG, WRONG_INSIDE = 4, 8, 6
_NO_FIT = 255
_MOST_NEAR = 4
_WHOLE_AS_SPELLED, _WHOLE, _BEGINNING_AS_SPELLED, _BEGINNING = range(4)
_LAYERS = 2 * len(Field)
_PLACES = 3  # a whole word, its beginning, inside it
# The steps of tags and texts follow those of names; wrong letters follow them all.
_INSIDE_NAMES = 4 * len(NAMES)
_TAGS = _INSIDE_NAMES + len(NAMES)
_TEXTS = _TAGS + _PLACES
_WRONG = _TEXTS + _PLACES
# Words that hardly any text lacks; in capitals they are abbreviations (MED).
COMMON_WORDS = frozenset(
    "af alle at af de dem den der deres det din dine du eller en end er et for fra frem har hos hvad"
    " hvem hvor i ikke ind med mod når og om op os på samt sig sin sine skal som til ud under ved"
    " vi vil a an and are as at be by for from has have in is it its of on or that the their this"
    " to we what which who will with you your".split()
)
_ABBREVIATION = re.compile(r"\b[A-ZÆØÅ]{2,}\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found, and the field that its best word was found in."""

    id: str
    field: Field
    kind: HitKind = HitKind.POST


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of one kind that a search found.

    Attributes
    ----------
    hits
        The best ones.
    total
        The number of all.
    steps
        How well the first one fits, by its best and its worst word; less is better.
    """

    hits: tuple[Hit, ...]
    total: int
    kind: HitKind = HitKind.POST
    steps: tuple[int, int] = field(default=(_NO_FIT, _NO_FIT), compare=False)


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
    """How well each entry of an index fits a query."""

    def __init__(self, index: SearchIndex, best: Steps, worst: Steps, marker: Marker) -> None:
        self._index = index
        self._best, self._worst = best, worst
        self._fits = worst < _NO_FIT
        self.marker = marker

    def __bool__(self) -> bool:
        return bool(self._fits.any())

    def posts(self, limit: int) -> Found:
        """Return the posts, whether found by their holder or otherwise."""
        return self._found(self._index.is_of(HitKind.POST), HitKind.POST, limit)

    def groups(self, limit: int) -> tuple[Found, ...]:
        """Return what was found by kinds, that with the best entry first."""
        posts = self._index.is_of(HitKind.POST)
        by_holder = _FIELDS[self._best] == Field.HOLDER
        of = {one: self._index.is_of(one) for one in HitKind}
        of |= {HitKind.PERSON: posts & by_holder, HitKind.POST: posts & ~by_holder}
        found = [self._found(are, kind, limit) for kind, are in of.items()]
        return tuple(sorted((one for one in found if one.total), key=lambda one: one.steps))

    def _found(self, are: NDArray[np.bool_], kind: HitKind, limit: int) -> Found:
        numbers = np.flatnonzero(self._fits & are)
        if not len(numbers):
            return Found((), 0, kind)
        steps = self._best[numbers].astype(np.uint16) << 8 | self._worst[numbers]
        order = np.argsort(steps, kind="stable")
        first = int(steps[order[0]])
        hits = tuple(
            Hit(self._index.id(number), Field(int(_FIELDS[self._best[number]])), kind)
            for number in numbers[order[: max(limit, 0)]].tolist()
        )
        return Found(hits, len(numbers), kind, (first >> 8, first & 0xFF))


class SearchIndex:
    """The words of all entries of an organisation, sorted once and reused by each search."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._posts = tuple(organisation.positions)
        self._others = tuple(entries(organisation))
        postings = _Postings()
        for position_id in self._posts:
            postings.add(post_entry(organisation, position_id).fields())
        for entry in self._others:
            postings.add(entry.fields())
        self._vocabulary, self._starts, self._entries, self._layers = postings.sorted()
        self._has_text = np.frombuffer(postings.has_text, np.bool_)
        kinds = [HitKind.POST] * len(self._posts) + [one.kind for one in self._others]
        order = {kind: n for n, kind in enumerate(HitKind)}
        self._kinds = np.fromiter((order[kind] for kind in kinds), np.uint8, len(kinds))
        self._numbers = {
            (one.kind, one.id): n for n, one in enumerate(self._others, len(self._posts))
        }

    def __len__(self) -> int:
        return len(self._kinds)

    def find(self, query: str, *, limit: int = 20) -> Found:
        """Return the posts that match all words of a query as they are spelled, best match first."""
        return self.matches(Query.of(query)).posts(limit)

    def search(self, query: str) -> Matches:
        """Return what matches a query with as few wrong letters as possible."""
        return next(iter(first_that_match([self], query)))

    def matches(self, query: Query, *, errors: int = 0) -> Matches:
        """Return what fits all words of a query, with at most so many wrong letters in a word.

        Wrong letters are forgiven in words that no entry has.
        """
        marker = Marker(query.words, self._vocabulary)
        best = np.full(len(self), _NO_FIT, np.uint8)
        worst = np.zeros(len(self), np.uint8)
        for plain, spelled in query.words.items():
            steps = self._steps(plain, spelled)
            if query.is_common(plain):
                steps[self._has_text & (steps == _NO_FIT)] = _TEXTS
            # A word that the entries have is meant as it is spelled.
            if errors and steps.min(initial=_NO_FIT) == _NO_FIT:
                self._forgive(plain, min(errors, _forgiven(plain)), steps, marker)
            np.minimum(best, steps, out=best)
            np.maximum(worst, steps, out=worst)
            if worst.min(initial=_NO_FIT) == _NO_FIT:
                break
        if not query.words:
            worst[:] = _NO_FIT
        return Matches(self, best, worst, marker)

    def near(self, query: str) -> Matches:
        """Return what fits any word of a query, with one wrong letter more than is forgiven.

        Only the first words of a long query count.
        """
        words = dict(islice(Query.of(query).words.items(), _MOST_NEAR))
        marker = Marker(words, self._vocabulary)
        best, lacking = (np.full(len(self), n, np.uint8) for n in (_NO_FIT, len(words)))
        for plain, spelled in words.items():
            if spelled in COMMON_WORDS:
                continue
            steps = self._steps(plain, spelled)
            if steps.min(initial=_NO_FIT) == _NO_FIT and len(plain) >= LEAST_IN_TEXTS:
                self._forgive(plain, _forgiven(plain) + 1, steps, marker)
            np.minimum(best, steps, out=best)
            lacking -= steps < _NO_FIT
        return Matches(self, best, np.where(best < _NO_FIT, lacking, _NO_FIT), marker)

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
        return self._kinds == [*HitKind].index(kind)

    def _steps(self, plain: str, spelled: str) -> Steps:
        """Return how well a word fits each entry."""
        steps = np.full(len(self), _NO_FIT, np.uint8)
        words = self._vocabulary
        for table, (low, high) in (
            (_TABLES[_WHOLE_AS_SPELLED], words.whole(spelled)),
            (_TABLES[_WHOLE], words.whole(plain)),
            (_TABLES[_BEGINNING_AS_SPELLED], words.beginning(spelled)),
            (_beginning(len(plain)), words.beginning(plain)),
        ):
            part = slice(self._starts[low], self._starts[high])
            np.minimum.at(steps, self._entries[part], table[self._layers[part]])
        if len(plain) >= LEAST_INSIDE and not plain.isdigit():
            fitting = words.containing(plain)
            places = self._places(fitting)
            np.minimum.at(steps, self._entries[places], _INSIDE[self._layers[places]])
        return steps

    def _forgive(self, plain: str, errors: int, steps: Steps, marker: Marker) -> None:
        """Add to the steps of a word where it fits with wrong letters."""
        if not errors:
            return
        inside = len(plain) >= WRONG_INSIDE
        alike = self._vocabulary.resembling(plain, errors, inside=inside)
        grades = (alike.errors.astype(np.int64) - 1) * _PLACES + alike.places
        places = self._places(alike.words)
        each = np.repeat(grades, self._starts[alike.words + 1] - self._starts[alike.words])
        fields = self._layers[places] // 2
        np.minimum.at(
            steps,
            self._entries[places],
            (_WRONG + each * len(Field) + fields).astype(np.uint8),
        )
        marker.add_alike(plain, alike.words.tolist())

    def _places(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the postings of some words."""
        starts = self._starts[words]
        sizes = self._starts[words + 1] - starts
        ends = np.cumsum(sizes)
        return np.repeat(starts - ends + sizes, sizes) + np.arange(sizes.sum())


def first_that_match(indexes: Sequence[SearchIndex], query: str) -> tuple[Matches, ...]:
    """Return what matches a query in each index, with the fewest wrong letters that find anything."""
    words = Query.of(query)
    found: tuple[Matches, ...] = ()
    for errors in range(max(map(_forgiven, words.words), default=0) + 1):
        found = tuple(index.matches(words, errors=errors) for index in indexes)
        if any(found):
            break
    return found


class _Postings:
    """Which entries have which words, gathered entry by entry.

    A key is the number of a word and a layer. The layer is twice the number of a field, and one more
    for words that are folded there.
    """

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._folded: set[str] = set()
        self._keys_of: dict[tuple[Field, Texts], list[int]] = {}
        self._keys, self._sizes = array("Q"), array("I")
        self.has_text = bytearray()

    def add(self, fields: tuple[Texts, ...]) -> None:
        """Add the next entry."""
        before = len(self._keys)
        for one, texts in zip(Field, fields, strict=True):
            if not texts:
                continue
            # Many posts have the same title and unit.
            known = self._keys_of.get((one, texts))
            if known is None:
                known = self._read(one, texts)
                if one is not Field.HOLDER:
                    self._keys_of[one, texts] = known
            self._keys.extend(known)
        self._sizes.append(len(self._keys) - before)
        self.has_text.append(bool(fields[Field.TEXT]))

    def _read(self, field: Field, texts: Texts) -> list[int]:
        """Return the keys of a field of an entry."""
        written = " ".join(word for text in texts for word in _all(text))
        words = dict(words_of(written)) if field not in NAMES else words_of(written)
        if field is Field.TEXT:
            words = {plain: one for plain, one in words.items() if one not in COMMON_WORDS}
            words |= dict(words_of(" ".join(_ABBREVIATION.findall(written))))
        if field not in NAMES:
            self._folded.update(words)
            return [self._key(word, 2 * field) for word in words]
        keys = set()
        for plain, spelled in words:
            self._folded.add(plain)
            keys.add(self._key(spelled, 2 * field))
            if plain != spelled:
                keys.add(self._key(plain, 2 * field + 1))
        return [*keys]

    def _key(self, word: str, layer: int) -> int:
        return self._words.setdefault(word, len(self._words)) * _LAYERS + layer

    def sorted(
        self,
    ) -> tuple[Vocabulary, NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8]]:
        """Return the words, and for the postings of each word their start, entries and layers."""
        known = sorted(self._words)
        vocabulary = Vocabulary(known, map(self._folded.__contains__, known))
        places = np.empty(len(known), np.int64)
        places[np.fromiter(map(self._words.__getitem__, known), np.int64, len(known))] = np.arange(
            len(known)
        )
        keys = np.array(self._keys, np.int64)
        numbers = np.repeat(np.arange(len(self._sizes), dtype=np.uint32), self._sizes)
        words = places[keys // _LAYERS]
        order = np.argsort(words, kind="stable")
        starts = np.zeros(len(known) + 1, np.int64)
        np.cumsum(np.bincount(words, minlength=len(known)), out=starts[1:])
        return vocabulary, starts, numbers[order], (keys % _LAYERS).astype(np.uint8)[order]


def _all(text: object) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text.all()  # type: ignore[attr-defined]


def _forgiven(plain: str) -> int:
    """Return how many letters of a word may be wrong; another number is another thing."""
    is_number = any(letter.isdigit() for letter in plain)
    return 0 if is_number else (len(plain) >= ONE_WRONG) + (len(plain) >= TWO_WRONG)


def _table(names: Mapping[Field, int], folded: Mapping[Field, int]) -> Steps:
    """Return the steps by layer, of words as spelled and of folded ones."""
    table = np.full(_LAYERS, _NO_FIT, np.uint8)
    for field, step in names.items():
        table[2 * field] = step
    for field, step in folded.items():
        table[2 * field + 1] = step
    return table


def _name_steps(step: int) -> dict[Field, int]:
    return {field: 4 * field + step for field in NAMES}


def _tables() -> tuple[Steps, ...]:
    whole, beginning = _name_steps(_WHOLE), _name_steps(_BEGINNING)
    texts = [{Field.TAG: _TAGS + n, Field.TEXT: _TEXTS + n} for n in range(_PLACES)]
    return (
        _table(_name_steps(_WHOLE_AS_SPELLED), {}),
        _table(whole | texts[0], whole),
        _table(_name_steps(_BEGINNING_AS_SPELLED), {}),
        _table(beginning | texts[1], beginning),
    )


_TABLES = _tables()
_SHORT_BEGINNING = _table(_name_steps(_BEGINNING), _name_steps(_BEGINNING))
_INSIDE = _table(
    {field: _INSIDE_NAMES + field for field in NAMES}
    | {Field.TAG: _TAGS + 2, Field.TEXT: _TEXTS + 2},
    {field: _INSIDE_NAMES + field for field in NAMES},
)


def _beginning(letters: int) -> Steps:
    return _TABLES[_BEGINNING] if letters >= LEAST_IN_TEXTS else _SHORT_BEGINNING


def _fields() -> NDArray[np.uint8]:
    """Return the field of each step."""
    fields = np.full(_NO_FIT + 1, Field.TEXT, np.uint8)
    for field, n in product(NAMES, range(4)):
        fields[4 * field + n] = field
    for field in NAMES:
        fields[_INSIDE_NAMES + field] = field
    fields[_TAGS:_TEXTS] = Field.TAG
    wrong = fields[_WRONG:]
    wrong[:] = np.arange(len(wrong)) % len(Field)
    return fields


_FIELDS = _fields()
