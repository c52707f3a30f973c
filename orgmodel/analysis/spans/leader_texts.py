"""The texts of an organisation's leaders for searching and sorting, worked out once each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.questions.folding import folded
from orgmodel.texts import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.texts import Language

    Ranks = npt.NDArray[np.float64]
    Searchable = tuple[str, npt.NDArray[np.int64]]


class LeaderTexts:
    """What is searched and what texts sort by; a number a leader, in the order of the figures."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._ranks: dict[tuple[str, Language], Ranks] = {}
        self._searchable: dict[bool, Searchable] = {}

    def ranks(self, key: str, language: Language, texts: Callable[[], list[str]]) -> Ranks:
        """Return the place of each leader's text among all; not a number where there is none.

        `texts` gives the texts of a column the first time that its key is asked for.
        """
        if (key, language) not in self._ranks:
            self._ranks[key, language] = text_ranks(texts(), language)
        return self._ranks[key, language]

    def having(self, words: Iterable[str], *, names: bool) -> Mask:
        """Return whether title, unit and, where `names` is set, holder of each have all words.

        The words are folded; each must begin one of the text.
        """
        text, starts = self._text(names=names)
        found = np.ones(len(starts), np.bool_)
        for word in words:
            hits = [hit.start() for hit in re.finditer(re.escape(f" {word}"), text)]
            mine = np.zeros(len(starts), np.bool_)
            mine[np.searchsorted(starts, hits, side="right") - 1] = True
            found &= mine
        return found

    def _text(self, *, names: bool) -> Searchable:
        """Return the texts of all leaders, a line each, and where each line begins."""
        if names not in self._searchable:
            lines = [
                f" {folded(' '.join(self._parts(one, names=names)))}" for one in self._spans.ids
            ]
            lengths = [len(line) + 1 for line in lines]
            starts = np.cumsum([0, *lengths], dtype=np.int64)[: len(lines)]
            self._searchable[names] = ("\n".join(lines), starts)
        return self._searchable[names]

    def _parts(self, position_id: str, *, names: bool) -> list[str]:
        organisation = self._spans.organisation
        position = organisation.positions[position_id]
        parts = [*position.title.all(), *organisation.units[position.unit_id].name.all()]
        return [*parts, organisation.holder_names(position_id)] if names else parts


def text_ranks(texts: list[str], language: Language) -> Ranks:
    """Return the place of each text among them as `language` sorts; equal ones share it.

    Where there is no text it is not a number.
    """
    keys = {text: sort_key(text, language) for text in set(texts) if text}
    places = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    found = [places[keys[text]] if text else np.nan for text in texts]
    return np.array(found, np.float64)
