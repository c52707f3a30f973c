"""Finding posts by holder, title or unit, however the Danish letters are typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.errors import AmbiguousNameError, UnknownIdError
from orgmodel.model.organisation import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.model.entities import Alias
    from orgmodel.model.organisation import Organisation

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Return a text as search compares it: "Søndag", "sondag" and "Soendag" are alike.

    Case, accents and punctuation do not count; å is aa is a, ø is oe is o, æ is ae.
    """
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    letters = unicodedata.normalize("NFD", letters)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = letters.replace("aa", "a").replace("oe", "o")
    return _NOT_WORD.sub(" ", letters).strip()


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that a search found, and by what: its holder, its title, its unit or a group's."""

    position_id: str
    rank: int


class SearchIndex:
    """The names of one organisation's posts, folded once and compared many times."""

    def __init__(self, organisation: Organisation) -> None:
        self._entries: list[tuple[str, tuple[tuple[int, str], ...]]] = []
        for position_id, position in organisation.positions.items():
            people = organisation.holders(position_id)
            unit = organisation.units[position.unit_id]
            names = [
                *(
                    (0, text)
                    for person in people
                    for text in (person.name, *_other(person.aliases))
                ),
                *((1, text) for text in (*position.title.all(), *_other(position.aliases))),
                *((2, text) for text in (*unit.name.all(), *_other(unit.aliases))),
            ]
            self._entries.append(
                (position_id, tuple((rank, f" {folded(text)}") for rank, text in names))
            )

    def find(self, query: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Return the posts that fit all words of a query, the best first.

        A word fits at the beginning of a word. Holders come before titles, titles before units;
        among equals the reading order decides.
        """
        words = [f" {word}" for word in folded(query).split()]
        if not words:
            return ()
        hits = []
        for position_id, names in self._entries:
            found = [_best(word, names) for word in words]
            best = [rank for rank in found if rank is not None]
            if len(best) == len(words):
                hits.append(Hit(position_id, min(best)))
        return tuple(sorted(hits, key=lambda hit: hit.rank)[:limit])


def resolve_position(organisation: Organisation, name: str) -> str:
    """Return the id of the post that `name` means: its id, its title or its holder's name.

    Raises
    ------
    UnknownIdError
        If nothing is called so; carries the nearest ids, titles and holders.
    AmbiguousNameError
        If several posts are called so; carries their ids.
    """
    if name in organisation.positions:
        return name
    wanted = folded(name)
    names = {
        position_id: _names(organisation, position_id) for position_id in organisation.positions
    }
    candidates = [
        position_id
        for position_id, texts in names.items()
        if wanted and any(folded(text) == wanted for text in texts)
    ]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousNameError(name, candidates)
    known = dict.fromkeys(organisation.positions)
    known.update(dict.fromkeys(text for texts in names.values() for text in texts))
    raise UnknownIdError(name, kind="position", nearest=nearest_names(name, known))


def _names(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    position = organisation.positions[position_id]
    people = organisation.holders(position_id)
    spellings = [text for person in people for text in (person.name, *_other(person.aliases))]
    return (*position.title.all(), *_other(position.aliases), *spellings)


def _other(aliases: Iterable[Alias]) -> list[str]:
    return [alias.name for alias in aliases]


def _best(word: str, names: tuple[tuple[int, str], ...]) -> int | None:
    return min((rank for rank, text in names if word in text), default=None)
