"""What of a text a search found: the text in pieces, and a part of a long one around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.spelling import words_of
from orgmodel.model.letters import MARKS
from orgmodel.model.names import Text
from orgmodel.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from orgmodel.analysis.questions.findable import Entry
    from orgmodel.arrays.vocabulary import Vocabulary
    from orgmodel.texts import Language

_WORD = re.compile(rf"(?:[^\W_]|{MARKS.pattern})+")
_LEAST_INSIDE = 4
# The letters of a long text that are shown, and of those the ones before the first mark.
_LONGEST, _BEFORE = 140, 50
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces: every second one, from the second on, was found.

    Attributes
    ----------
    language
        The language of a text of the data; None for a name.
    """

    pieces: tuple[str, ...]
    language: Language | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


class Marker:
    """Marks the words of a query in texts.

    Parameters
    ----------
    words
        The words of the query by their folded form.
    vocabulary
        The words of the index.
    """

    def __init__(self, words: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._alike: dict[str, frozenset[int]] = {}

    def add_alike(self, plain: str, numbers: Iterable[int]) -> None:
        """Add the numbers of the words that a word of the query resembles."""
        self._alike[plain] = frozenset(numbers)

    def marked(self, text: str, language: Language | None = None) -> Marked:
        """Return a text with what was found in it."""
        pieces, at = [], 0
        for start, end, _word in self._spans(text):
            pieces += [text[at:start], text[start:end]]
            at = end
        return Marked((*pieces, text[at:]), language)

    def words_in(self, text: str) -> set[str]:
        """Return the words of the query that are found in a text."""
        return {word for _start, _end, found in self._spans(text) for word in found}

    def reason(self, entry: Entry, shown: Iterable[str], language: Language) -> Marked | None:
        """Return the part of an entry that has a word of the query which the shown texts lack.

        A text in `language` comes before one in the other language, and one with more such words
        before both. None if the shown texts have all words.
        """
        lacking = set(self._words)
        for text in shown:
            lacking -= self.words_in(text)
        best, most = None, 0
        for text, own in _texts(entry, language) if lacking else ():
            count = len(lacking & self.words_in(text))
            if count > most:
                best, most = (text, own), count
        if best is None:
            return None
        return excerpt(self.marked(*best))

    def _spans(self, text: str) -> Iterator[tuple[int, int, Collection[str]]]:
        """Yield the start and the end of every mark, and the words of the query found there."""
        for token in _WORD.finditer(text):
            found = {word for word in self._words if self._fits(word, token.group())}
            if found:
                longest = max(found, key=len)
                start, end = _place(longest, token.group())
                yield token.start() + start, token.start() + end, found

    def _fits(self, word: str, token: str) -> bool:
        for plain, spelled in words_of(token):
            if plain.startswith(word) or spelled.startswith(self._words[word]):
                return True
            if len(word) >= _LEAST_INSIDE and word in plain:
                return True
            alike = self._alike.get(word)
            if alike:
                low, high = self._vocabulary.whole(plain)
                if high > low and low in alike:
                    return True
        return False


def excerpt(marked: Marked) -> Marked:
    """Return a part of a long text, from shortly before its first mark, at whole words."""
    text = marked.text
    if len(text) <= _LONGEST or len(marked.pieces) == 1:
        return marked
    start = max(0, len(marked.pieces[0]) - _BEFORE)
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = len(text) if start + _LONGEST >= len(text) else text.rfind(" ", start, start + _LONGEST)
    end = end if end > start else start + _LONGEST
    pieces, at = [], 0
    for piece in marked.pieces:
        low, high = max(at, start), min(at + len(piece), end)
        pieces.append(text[low:high] if low < high else "")
        at += len(piece)
    while len(pieces) > 1 and not pieces[-1] and not pieces[-2]:
        del pieces[-2:]
    if start:
        pieces[0] = f"{ELLIPSIS} {pieces[0]}"
    if end < len(text):
        pieces[-1] = f"{pieces[-1]} {ELLIPSIS}"
    return Marked(tuple(pieces), marked.language)


def _texts(entry: Entry, language: Language) -> Iterator[tuple[str, Language | None]]:
    """Yield all texts of an entry, field by field, those in a language first."""
    order = sorted(LANGUAGES, key=lambda one: one != language)
    for field in entry.fields():
        for one in order:
            for text in field:
                if isinstance(text, Text):
                    if text.language(one) == one:
                        yield text.text(one), one
                elif one == language:
                    yield text, None


def _place(word: str, token: str) -> tuple[int, int]:
    """Return the start and the end of a folded word in a token; all of it where letters differ."""
    for start in range(len(token)):
        rest = token[start:]
        if not _folded(rest).startswith(word):
            continue
        ends = range(1, len(rest) + 1)
        length = next(n for n in ends if _folded(rest[:n]).startswith(word))
        # The e of øe belongs to the ø.
        while length < len(rest) and _folded(rest[: length + 1]) == _folded(rest[:length]):
            length += 1
        return start, start + length
    return 0, len(token)


def _folded(text: str) -> str:
    return "".join(plain for plain, _spelled in words_of(text))
