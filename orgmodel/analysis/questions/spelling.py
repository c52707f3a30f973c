"""Text comparison: folded text for search, and keys that are equal for spellings of one name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from orgmodel.model.letters import BARE, is_letter, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE = str.maketrans({**BARE, "æ": "a", "ø": "o", "œ": "oe", "ـ": ""})
# Letters that act as apostrophes; Chinese writes names without spaces, so each sign is a word.
_APOSTROPHES = range(0x2B9, 0x300)
_IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
_A_AND_E, _O_AND_E, _U_AND_E = re.compile("a[ae]+"), re.compile("oe+"), re.compile("ue+")
# All alphabets lie below this code point; letters above it are not cached.
_KEPT_BELOW = 0x3100


class _Plain(dict[int, str]):
    """Maps each letter to itself without marks, other signs to a space, a Chinese sign to a word."""

    def __missing__(self, code: int) -> str:
        found = "".join(map(self._plain, without_marks(chr(code)).translate(_BASE)))
        if any(code in signs for signs in _IDEOGRAPHS):
            found = f" {found} "
        return self.setdefault(code, found) if code < _KEPT_BELOW else found

    @staticmethod
    def _plain(letter: str) -> str:
        if is_letter(letter) and ord(letter) not in _APOSTROPHES:
            return letter
        # Signs that only join letters or set their direction are dropped.
        return "" if unicodedata.category(letter) == "Cf" else " "


class _Parting(dict[int, str]):
    """Maps each letter to itself, and every other sign as `_Plain` does."""

    def __missing__(self, code: int) -> str:
        plain = _PLAIN[code]
        found = plain.replace(plain.strip(), chr(code)) if plain.strip() else plain
        return self.setdefault(code, found) if code < _KEPT_BELOW else found


_PLAIN = _Plain()
_PARTING = _Parting()


def folded(text: str) -> str:
    """Return a text as search compares it: "Søndag", "sondag" and "Soendag" are alike.

    Case, accents and punctuation do not count; å, aa, æ, ä and ae are a, ø, ö and oe are o, and ü
    and ue are u. Letters of other scripts stay; each sign of Chinese is a word.
    """
    return " ".join(plain for plain, _spelled in words_of(text))


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """Return the words of a text, each folded and as it is spelled.

    A prefix of a word stays a prefix once both are folded, and folding is idempotent.
    """
    # Normalised again, since casefold decomposes some letters.
    spelled = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    spelled = spelled.translate(_PARTING)
    plain = spelled if spelled.isascii() else spelled.translate(_PLAIN)
    plain = _U_AND_E.sub("u", _O_AND_E.sub("o", _A_AND_E.sub("a", plain)))
    return zip(plain.split(), spelled.split(), strict=True)


# Danish names differ in these pairs without differing in sound: Dalgaard and Dahlgaard, Kristensen
# and Christensen, Nord and Nørd do not count as such, Midtvest and Midt-Vest do.
_ALIKE = (
    ("aa", "å"),
    ("ae", "æ"),
    ("oe", "ø"),
    ("ch", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("w", "v"),
    ("z", "s"),
    ("c", "k"),
    ("x", "ks"),
    ("q", "k"),
)
_NEARLY = 0.93
# Letters in their own right, which are not reduced to the letter without marks.
_OWN = {"æ": "æ", "ø": "ø", "å": "å", "ä": "æ", "ö": "ø", "ü": "ue"}
_SILENT_H = re.compile(r"(?<=[a-zæøå])h(?=[^aeiouyæøå]|$)")
_DOUBLE = re.compile(r"([a-zæøå])\1+")


def spelling_key(name: str) -> str:
    """Return a key that is equal for spellings of one name and differs for other names."""
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    letters = "".join(_plain(letter) for letter in letters)
    for written, sounded in _ALIKE:
        letters = letters.replace(written, sounded)
    return _DOUBLE.sub(r"\1", _SILENT_H.sub("", letters))


def _plain(letter: str) -> str:
    """Return a letter without its accent; an empty text for a sign that is no letter of any script."""
    if letter in _OWN:
        return _OWN[letter]
    plain = without_marks(letter)
    return "".join(BARE.get(one, one) for one in plain if is_letter(one))


def is_spelling(name: str, other: str) -> bool:
    """Tell whether two names of one thing differ in spelling only, or nearly so."""
    key, other_key = spelling_key(name), spelling_key(other)
    alike = difflib.SequenceMatcher(None, key, other_key, autojunk=False).ratio()
    return key == other_key or alike >= _NEARLY
