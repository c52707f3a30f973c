"""Which entries have which words, and how well a word fits each entry.

How well a word fits is a step, the best first:

- in the holder, the title or name, the unit: the whole word as spelled, the whole word, a beginning
  as spelled, a beginning; all of the holder before any of the title, and so on;
- inside a word of the same three texts;
- a status or a kind: the whole word, its beginning, inside it; then the same in a text;
- with wrong letters: fewer before more, the whole word before its beginning before inside it.
"""

from __future__ import annotations

import re
from array import array
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.questions.findable import Field
from orgmodel.analysis.questions.spelling import words_of
from orgmodel.arrays.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from orgmodel.analysis.questions.findable import Texts
    from orgmodel.model.names import Text

    Steps = NDArray[np.uint8]

NO_FIT = 255
NAMES = (Field.HOLDER, Field.NAME, Field.UNIT)
# Fewer letters are found in names only, or as whole words, and not inside a word.
LEAST_IN_TEXTS = LEAST_INSIDE = 4
# From so many letters on, wrong ones are forgiven inside a word.
WRONG_INSIDE = 6
_WHOLE_AS_SPELLED, _WHOLE, _BEGINNING_AS_SPELLED, _BEGINNING = range(4)
_LAYERS = 2 * len(Field)
_PLACES = 3  # a whole word, its beginning, inside it
# The steps of tags and texts follow those of names; wrong letters follow them all.
_INSIDE_NAMES = 4 * len(NAMES)
_TAGS = _INSIDE_NAMES + len(NAMES)
_TEXTS = _TAGS + _PLACES
_WRONG = _TEXTS + _PLACES
# Words that hardly any text lacks; in capitals they are abbreviations (MED).
COMMON_WORDS = frozenset((
    "af", "alle", "at", "de", "dem", "den", "der", "deres", "det", "din", "dine", "du", "eller",
    "en", "end", "er", "et", "for", "fra", "frem", "har", "hos", "hvad", "hvem", "hvor", "i",
    "ikke", "ind", "med", "mod", "når", "og", "om", "op", "os", "på", "samt", "sig", "sin",
    "sine", "skal", "som", "til", "ud", "under", "ved", "vi", "vil", "a", "an", "and", "are",
    "as", "be", "by", "from", "has", "have", "in", "is", "it", "its", "of", "on", "or", "that",
    "the", "their", "this", "to", "we", "what", "which", "who", "will", "with", "you", "your",
))  # fmt: skip
_ABBREVIATION = re.compile(r"\b[A-ZÆØÅ]{2,}\b")


class WordIndex:
    """The words of entries, sorted once and reused by each search.

    Parameters
    ----------
    entries
        The texts of each entry, in the order of `Field`.
    """

    def __init__(self, entries: Iterable[tuple[Texts, ...]]) -> None:
        postings = _Postings()
        for fields in entries:
            postings.add(fields)
        self.vocabulary, self._starts, self._entries, self._layers = postings.sorted()
        self._has_text = np.frombuffer(postings.has_text, np.bool_)

    def __len__(self) -> int:
        return len(self._has_text)

    def steps(self, plain: str, spelled: str) -> Steps:
        """Return how well a word fits each entry."""
        steps = np.full(len(self), NO_FIT, np.uint8)
        words = self.vocabulary
        for table, (low, high) in (
            (_TABLES[_WHOLE_AS_SPELLED], words.whole(spelled)),
            (_TABLES[_WHOLE], words.whole(plain)),
            (_TABLES[_BEGINNING_AS_SPELLED], words.beginning(spelled)),
            (_beginning(len(plain)), words.beginning(plain)),
        ):
            part = slice(self._starts[low], self._starts[high])
            np.minimum.at(steps, self._entries[part], table[self._layers[part]])
        if len(plain) >= LEAST_INSIDE and not plain.isdigit():
            places = self._places(words.containing(plain))
            np.minimum.at(steps, self._entries[places], _INSIDE[self._layers[places]])
        return steps

    def allow_common(self, steps: Steps) -> None:
        """Let a word fit every text."""
        steps[self._has_text & (steps == NO_FIT)] = _TEXTS

    def forgive(self, plain: str, errors: int, steps: Steps, fields: Iterable[Field]) -> list[int]:
        """Let a word fit where some fields have it with at most so many wrong letters.

        Return the numbers of the words that it resembles.
        """
        alike = self.vocabulary.resembling(plain, errors, inside=len(plain) >= WRONG_INSIDE)
        grades = (alike.errors.astype(np.int64) - 1) * _PLACES + alike.places
        places = self._places(alike.words)
        each = np.repeat(grades, self._starts[alike.words + 1] - self._starts[alike.words])
        found_in = self._layers[places] // 2
        wrong = (_WRONG + each * len(Field) + found_in).astype(np.uint8)
        these = np.isin(found_in, [*fields])
        np.minimum.at(steps, self._entries[places[these]], wrong[these])
        return [int(word) for word in alike.words]

    def _places(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the postings of some words."""
        starts = self._starts[words]
        sizes = self._starts[words + 1] - starts
        ends = np.cumsum(sizes)
        return np.repeat(starts - ends + sizes, sizes) + np.arange(sizes.sum())


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
        pairs = [*words_of(written)]
        if field in NAMES:
            self._folded.update(plain for plain, _spelled in pairs)
            keys = {self._key(spelled, 2 * field) for _plain, spelled in pairs}
            other = {plain for plain, spelled in pairs if plain != spelled}
            return [*keys, *(self._key(plain, 2 * field + 1) for plain in other)]
        if field is Field.TEXT:
            pairs = [pair for pair in pairs if pair[1] not in COMMON_WORDS]
            pairs += words_of(" ".join(_ABBREVIATION.findall(written)))
        words = dict(pairs)
        self._folded.update(words)
        return [self._key(plain, 2 * field) for plain in words]

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


def _all(text: Text | str) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text.all()


def _table(names: Mapping[Field, int], folded: Mapping[Field, int]) -> Steps:
    """Return the steps by layer, of words as spelled and of folded ones."""
    table = np.full(_LAYERS, NO_FIT, np.uint8)
    for one, step in names.items():
        table[2 * one] = step
    for one, step in folded.items():
        table[2 * one + 1] = step
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
    fields = np.full(NO_FIT + 1, Field.TEXT, np.uint8)
    for field, n in product(NAMES, range(4)):
        fields[4 * field + n] = field
    for field in NAMES:
        fields[_INSIDE_NAMES + field] = field
    fields[_TAGS:_TEXTS] = Field.TAG
    wrong = fields[_WRONG:]
    wrong[:] = np.arange(len(wrong)) % len(Field)
    return fields


# The field of each step.
FIELDS = _fields()
