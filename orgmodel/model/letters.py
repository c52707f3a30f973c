"""Letters of any script: removal of diacritics, and romanisation to ASCII.

Marks are accents and the vowel points of Arabic and Hebrew. The dependent vowels of scripts such
as Devanagari and Thai are treated as letters: without them different names would become equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The same set as in the search of the offline file (webui/offline/finding.js).
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Lower-case Latin letters that do not decompose into a letter and a mark.
BARE = {
    "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n", "þ": "th", "ŧ": "t",
}  # fmt: skip
_DANISH = {"æ": "ae", "ø": "oe", "å": "aa"}
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o"
_CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh"
    " щ shch ы y э e ю iu я ia є ie і i ґ g ђ dj ј j љ lj њ nj ћ c џ dz"
)


def _pairs(words: str) -> dict[str, str]:
    parts = words.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


_ROMAN = {
    **BARE, **_DANISH, "œ": "oe", "ə": "e", **_pairs(_GREEK), **_pairs(_CYRILLIC), "ъ": "", "ь": "",
}  # fmt: skip


def without_marks(text: str) -> str:
    """Return a text without marks on its letters, also å, ö and é."""
    return MARKS.sub("", unicodedata.normalize("NFD", text))


def is_letter(letter: str) -> bool:
    """Tell whether a character is part of a word: a letter, a digit or a dependent vowel."""
    return unicodedata.category(letter)[0] in "LNM"


def romanised(text: str, *, danish: bool = False) -> str:
    """Return a text in lower-case ASCII letters; different texts mostly stay different.

    Latin, Greek and Cyrillic letters are transliterated: ü is u, æ is ae. A letter of another
    script becomes its code point: 王 is u738b. Other characters are kept.

    Parameters
    ----------
    danish
        Whether æ, ø and å are kept too.
    """
    # Normalised again because casefold decomposes some letters.
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return "".join(
        letter if letter.isascii() or (danish and letter in _DANISH) else _roman(letter)
        for letter in small
    )


@cache
def _roman(letter: str) -> str:
    bare = without_marks(letter)
    found = "".join(_ROMAN.get(one, one) for one in (letter if letter in _ROMAN else bare))
    return f"u{ord(letter):x}" if is_letter(letter) and not found.isascii() else found
