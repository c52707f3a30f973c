"""Two spellings of one name: told from two names by a key, and by how much they share."""

from __future__ import annotations

import difflib
import re
import unicodedata

from orgmodel.model.letters import BARE, is_letter, without_marks

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
# Letters of their own, which lose too much without their marks.
_OWN = {"æ": "æ", "ø": "ø", "å": "å", "ä": "æ", "ö": "ø", "ü": "ue"}
_SILENT_H = re.compile(r"(?<=[a-zæøå])h(?=[^aeiouyæøå]|$)")
_DOUBLE = re.compile(r"([a-zæøå])\1+")


def spelling_key(name: str) -> str:
    """Return a key that is alike for spellings of one name, and else differs as the names do."""
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    letters = "".join(_plain(letter) for letter in letters)
    for written, sounded in _ALIKE:
        letters = letters.replace(written, sounded)
    return _DOUBLE.sub(r"\1", _SILENT_H.sub("", letters))


def _plain(letter: str) -> str:
    """Return a letter without its accent; nothing for what is no letter of any script."""
    if letter in _OWN:
        return _OWN[letter]
    plain = without_marks(letter)
    return "".join(BARE.get(one, one) for one in plain if is_letter(one))


def is_spelling(name: str, other: str) -> bool:
    """Tell whether two names of one thing differ in spelling only, or nearly so."""
    key, other_key = spelling_key(name), spelling_key(other)
    alike = difflib.SequenceMatcher(None, key, other_key, autojunk=False).ratio()
    return key == other_key or alike >= _NEARLY
