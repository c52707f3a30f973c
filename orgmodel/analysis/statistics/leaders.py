"""Selects the leaders of a set of figures: all, or those of a unit, a kind of unit, a layer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

import numpy as np

from orgmodel.analysis.questions.spelling import folded
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.statuses import Who
from orgmodel.texts import N_, Joined, message, plural_message, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.texts import Language

    Ranks = npt.NDArray[np.float64]
    Searchable = tuple[str, npt.NDArray[np.int64]]
    from collections.abc import Mapping

    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True)
class LeaderFilter:
    """A filter of leaders; an empty field does not filter.

    Attributes
    ----------
    unit_id
        The leaders in this unit and those below it.
    kind_ids
        Those in units of these kinds.
    layers
        Those on these layers, 1 at the top.
    """

    unit_id: str | None = None
    kind_ids: tuple[str, ...] = ()
    layers: tuple[int, ...] = ()

    @property
    def is_everybody(self) -> bool:
        """Whether the filter selects all leaders."""
        return self == EVERYBODY


EVERYBODY = LeaderFilter()


class Leaders:
    """The leaders of one organisation with the properties that filters use, computed once.

    Arrays have one number per leader, in the order of the figures.
    """

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self._organisation = spans.organisation

    @cached_property
    def units(self) -> Indices:
        """The number of each leader's unit."""
        numbers = self.unit_numbers
        positions = self._organisation.positions
        found = (numbers[positions[one].unit_id] for one in self.spans.ids)
        return np.fromiter(found, np.int32, len(self.spans))

    @cached_property
    def unit_numbers(self) -> dict[str, int]:
        """The number of each unit, by its id."""
        return {unit_id: n for n, unit_id in enumerate(self._organisation.units)}

    @cached_property
    def kind_ids(self) -> tuple[str, ...]:
        """The distinct kinds of unit that leaders are in."""
        units = list(self._organisation.units.values())
        return tuple(dict.fromkeys(units[n].kind_id for n in self.units.tolist()))

    @cached_property
    def kinds(self) -> Indices:
        """The index in `kind_ids` of each leader's kind of unit."""
        places = {kind_id: n for n, kind_id in enumerate(self.kind_ids)}
        units = list(self._organisation.units.values())
        found = (places[units[n].kind_id] for n in self.units.tolist())
        return np.fromiter(found, np.int32, len(self.spans))

    @cached_property
    def layers(self) -> tuple[int, ...]:
        """The layers that leaders are on, 1 at the top."""
        return tuple((np.unique(self.spans.counts.layers_above) + 1).tolist())

    @cached_property
    def texts(self) -> LeaderTexts:
        """The leaders' texts, for searching and sorting."""
        return LeaderTexts(self.spans)

    @cached_property
    def unit_forest(self) -> Forest:
        """The units as a forest, each below its parent."""
        numbers = self.unit_numbers
        units = self._organisation.units.values()
        return Forest([NONE if one.parent_id is None else numbers[one.parent_id] for one in units])

    @cached_property
    def superiors(self) -> Indices:
        """The index of the leader that each leader reports to, -1 at a top."""
        posts = self.spans.counts.posts
        places = np.full(len(self._organisation.positions) + 1, NONE, np.int32)
        places[posts] = np.arange(len(posts), dtype=np.int32)
        superiors: npt.NDArray[np.int32] = places[self._organisation.forest.parents[posts]]
        return superiors

    def chosen(self, choice: LeaderFilter) -> Mask:
        """Return whether the filter selects each leader; it selects none whose seats do not count."""
        found = self.spans.counted()
        if choice.unit_id is not None:
            number = self.unit_numbers[choice.unit_id]
            found &= self.unit_forest.below(number, itself=True)[self.units]
        if choice.kind_ids:
            of_kind = np.array([one in choice.kind_ids for one in self.kind_ids], np.bool_)
            found &= of_kind[self.kinds]
        if choice.layers:
            found &= np.isin(self.spans.counts.layers_above + 1, choice.layers)
        return found

    def units_may_lack_leaders(self, choice: LeaderFilter) -> bool:
        """Tell whether some of the selected units have no leader, or parts that are missing."""
        organisation = self._organisation
        numbers = self.unit_numbers
        is_inside = np.ones(len(numbers), np.bool_)
        if choice.unit_id is not None:
            is_inside = self.unit_forest.below(numbers[choice.unit_id], itself=True)
        return any(
            is_inside[numbers[unit.id]]
            and (not choice.kind_ids or unit.kind_id in choice.kind_ids)
            and (unit.complete is False or organisation.leader_of(unit.id) is None)
            for unit in organisation.units.values()
        )

    def tops(self, chosen: Mask) -> Mask:
        """Return whether each chosen leader reports to no other chosen leader."""
        above = np.append(chosen, False)[self.superiors]
        found: Mask = chosen & ~above
        return found

    def right_below(self, tops: Mask, chosen: Mask) -> Mask:
        """Return whether each chosen leader reports to one of `tops`."""
        found: Mask = chosen & np.append(tops, False)[self.superiors]
        return found


class LeaderTexts:
    """Search index and sort keys of texts; arrays have one number per leader, in the figures' order."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._ranks: dict[tuple[str, Language], Ranks] = {}
        self._searchable: dict[bool, Searchable] = {}

    def ranks(self, key: str, language: Language, texts: Callable[[], list[str]]) -> Ranks:
        """Return the rank of each leader's text among all; NaN without a text.

        `texts` returns the texts of a column; it is called once per key.
        """
        if (key, language) not in self._ranks:
            self._ranks[key, language] = text_ranks(texts(), language)
        return self._ranks[key, language]

    def having(self, words: Iterable[str], *, names: bool) -> Mask:
        """Return whether title, unit and, if `names` is set, holder of each leader contain all words.

        The words are folded; each must be a prefix of a word of the text.
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
        """Return the texts of all leaders, one per line, and the offset of each line."""
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
    """Return the rank of each text as `language` sorts; equal texts share a rank.

    The rank of a missing text is NaN.
    """
    keys = {text: sort_key(text, language) for text in set(texts) if text}
    places = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    found = [places[keys[text]] if text else np.nan for text in texts]
    return np.array(found, np.float64)


WHO_WORDS: Mapping[Who, str] = {
    Who.PLANNED: N_("Planned posts"),
    Who.VACANT: N_("Advertised posts"),
    Who.ASSISTANT: N_("Assistants"),
    Who.STAFF_UNIT: N_("Staff units"),
    Who.POLITICAL: N_("Politicians"),
    Who.OUTSIDE: N_("Posts of other organisations"),
}


def left_out_posts(spans: Spans) -> dict[Who, int]:
    """Return how many seats of each kind figures leave out, each seat once, without zeros."""
    posts, found = spans.ledger.posts, {}
    waiting = np.ones(len(posts), np.bool_)
    for who in Who:
        if who not in spans.left_out:
            continue
        mine = posts.are(who) & waiting
        waiting &= ~mine
        if mine.any():
            found[who] = int(posts.seats[mine].sum())
    return found


def left_out_words(spans: Spans) -> Worded:
    """Return in words which posts figures leave out, and how many."""
    found = left_out_posts(spans)
    if not found:
        return message(N_("Nobody is left out."))
    return message(
        N_("Left out: {posts}."),
        posts=Joined(tuple(_words(who, n) for who, n in found.items())),
    )


def _words(who: Who, n: int) -> Worded:
    match who:
        case Who.PLANNED:
            return plural_message("{n} planned post", "{n} planned posts", n)
        case Who.VACANT:
            return plural_message(
                "{n} advertised post (those it leads are counted)",
                "{n} advertised posts (those they lead are counted)",
                n,
            )
        case Who.ASSISTANT:
            return plural_message("{n} assistant", "{n} assistants", n)
        case Who.STAFF_UNIT:
            return plural_message("{n} post in staff units", "{n} posts in staff units", n)
        case Who.POLITICAL:
            return plural_message("{n} politician", "{n} politicians", n)
        case Who.OUTSIDE:
            return plural_message(
                "{n} post of another organisation", "{n} posts of other organisations", n
            )
        case _:
            assert_never(who)
