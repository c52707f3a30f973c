"""Anonymised organisations: names are removed, so that posts are shown by title only.

The following count as names in any text of the record:

- A person's name or alias of two or more words, with or without its middle names, whatever its
  spacing, hyphens and case, also if spelled without Danish letters (as in addresses).
- A single capitalised word of a name, of three letters or more, in exactly that spelling, and a
  name or alias of one word, unless the word also occurs in the name or title of a unit, post,
  group, kind or framework.
- Even such an excepted word if it is next to a word that is a name by itself.

A genitive s is part of the name. Ids are changed only if they contain a whole name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property
from itertools import count, pairwise
from operator import is_
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from orgmodel.model.entities import Person
from orgmodel.model.names import Text
from orgmodel.model.provenance import Evidence, Source, every_citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Record

MASK = "…"
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"\W+")
_IN_RUNS = " \t\n\u00a0-\u2010\u2011"
_IN_NAMES = _IN_RUNS + "._+'\u2019\u2013"
_SHORTEST_ALONE = 3
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
# Fields with the program's own texts, such as message ids and codes of findings.
_AS_IDS = frozenset({"id", "code", "template", "plural"})

# The key and field with a source's name for a person who may be missing from the record.
_FOREIGN = "stated"
_LETTERS_OF_NAME = re.compile(r"[^\W\d_]{3}")


class Anonymous:
    """A record without names, and conversion of texts, ids and findings about it.

    People have empty names, no aliases and neutral ids. Holdings are kept, and so are all
    citations, with names removed from their texts; the citation of an alias moves to its person.
    The record's own id is kept because it is the organisation's address.
    """

    def __init__(self, record: Record) -> None:
        self._named = record
        self._hider = _Hider(record)

    @cached_property
    def record(self) -> Record:
        """The record without names, built on first use."""
        nameless = [_nameless(person) for person in self._named.people]
        hidden: Record = self._hider.rebuilt(replace(self._named, people=tuple(nameless)))
        return hidden

    def text(self, text: Text) -> Text:
        """Return a text of the record without names."""
        hidden: Text = self._hider.rebuilt(text)
        return hidden

    def findings(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return findings about the original record, converted to the record without names."""
        _ = self.record  # entries are numbered in its order
        hidden: tuple[Finding, ...] = self._hider.rebuilt(found)
        return hidden

    def id(self, entity_id: str) -> str:
        """Return an entry's id in the record without names: unchanged unless it contains a name."""
        _ = self.record  # entries are numbered in its order
        hidden: str = self._hider.rebuilt(entity_id, is_id=True)
        return hidden


def without_names(record: Record) -> Record:
    """Return the record without names; see `Anonymous`."""
    return Anonymous(record).record


def _nameless(person: Person) -> Person:
    if not person.aliases:
        return replace(person, name="")
    whole = (*person.evidence.whole, *every_citation(person.aliases))
    evidence = Evidence(whole, person.evidence.fields)
    return replace(person, name="", aliases=(), evidence=evidence)


class _Names:
    """All names of a record's people, indexed by their words."""

    def __init__(self, record: Record) -> None:
        # A cache per object: a module cache would keep names as long as the program runs.
        self._key = cache(_folded)
        self._whole: set[str] = set()
        self._lengths: dict[str, tuple[int, ...]] = {}  # name lengths by first word
        self._parts: dict[str, bool] = {}  # words of names, and whether each is a name by itself
        for person in record.people:
            for name in (person.name, *(alias.name for alias in person.aliases)):
                self._learn(_WORD.findall(name))
        titles = " ".join({self.cut_whole(title) for title in _titles(record)})
        for word in set(_WORD.findall(titles)):
            cases = {word, word.title(), word.lower(), word.upper()}
            self._parts |= dict.fromkeys(cases & self._parts.keys(), False)

    def _learn(self, words: list[str]) -> None:
        single = len(words) == 1
        for word in words:
            if single or word[0].isupper():
                alone = single or (len(word) >= _SHORTEST_ALONE and word.isalpha())
                for form in (word, f"{word}s"):
                    self._parts[form] = alone or self._parts.get(form, False)
        keys = [self._key(word) for word in words]
        for name in (keys, [*keys[:1], *keys[2:][-1:]]):
            if len(name) > 1:
                self._whole.add(" ".join(name))
                lengths = {len(name), *self._lengths.get(name[0], ())}
                self._lengths[name[0]] = tuple(sorted(lengths, reverse=True))

    def cut(self, text: str) -> str:
        """Return a text without names and parts of names."""
        rest = self.cut_whole(text)
        if self._parts.keys().isdisjoint(_WORD.findall(rest)):
            return rest
        runs: list[list[re.Match[str]]] = [[]]
        for word in _WORD.finditer(rest):
            if word.group() not in self._parts:
                runs.append([])
            elif _touch(rest, [*runs[-1][-1:], word], _IN_RUNS):
                runs[-1].append(word)
            else:
                runs.append([word])
        named = [run for run in runs if any(self._parts[word.group()] for word in run)]
        return _masked(rest, [(run[0].start(), run[-1].end()) for run in named])

    def cut_whole(self, text: str) -> str:
        """Return a text without the names that occur in full."""
        keys = [self._key(word) for word in _WORD.findall(text)]
        if self._lengths.keys().isdisjoint(keys):
            return text
        words = list(_WORD.finditer(text))
        spans, n = [], 0
        while n < len(words):
            length = self._length(text, words, keys, n)
            if length:
                spans.append((words[n].start(), words[n + length - 1].end()))
            n += length or 1
        return _masked(text, spans)

    def _length(self, text: str, words: list[re.Match[str]], keys: list[str], n: int) -> int:
        """Return the number of words of the longest name that starts at word `n`; 0 if none."""
        for length in self._lengths.get(keys[n], ()):
            run = words[n : n + length]
            name = " ".join(keys[n : n + length])
            is_name = name in self._whole or (name[-1:] == "s" and name[:-1] in self._whole)
            if is_name and _touch(text, run, _IN_NAMES):
                return len(run)
        return 0


class _Hider:
    """Rebuilds objects that contain a name, and returns all others unchanged."""

    def __init__(self, record: Record) -> None:
        self._names = _Names(record)
        self._texts: dict[str, str] = {}
        # Keyed by identity, because most entries share one default. The input is kept with the
        # output, so that its identity is not reused while it is in the cache.
        self._done: dict[int, tuple[Any, Any]] = {}
        self._taken = {entry.id for entry in _entries(record) if hasattr(entry, "id")}
        self._numbers = {stem: count(1) for stem in ("person", "entry")}
        self._ids = {record.id: record.id}
        self._ids |= {person.id: self._free_id("person") for person in record.people}

    def rebuilt(self, value: Any, *, is_id: bool = False) -> Any:
        """Return a value without names; the same object if it contains none."""
        kind: Any = type(value)
        if kind is str:
            return self._id(value) if is_id else self._text(value)
        if kind is tuple:
            parts = tuple([self.rebuilt(part, is_id=is_id) for part in value])
            return value if all(map(is_, parts, value)) else parts
        if kind is dict or kind is MappingProxyType:
            return MappingProxyType({key: self._named(key, part) for key, part in value.items()})
        if not _fields(kind):
            return value
        if id(value) not in self._done:
            self._done[id(value)] = (value, self._entity(value, kind))
        return self._done[id(value)][1]

    def _entity(self, entity: Any, kind: Any) -> Any:
        ids = _fields(kind)
        before = [getattr(entity, name) for name in ids]
        pairs = zip(before, ids.values(), strict=True)
        after = [self.rebuilt(one, is_id=is_id) if one else one for one, is_id in pairs]
        if _FOREIGN in ids:
            after = [_masked_foreign(*pair) for pair in zip(ids, after, strict=True)]
        is_same = all(map(is_, after, before))
        return entity if is_same else kind(**dict(zip(ids, after, strict=True)))

    def _named(self, key: str, value: Any) -> Any:
        return _masked_foreign(key, self.rebuilt(value))

    def _text(self, text: str) -> str:
        if text not in self._texts:
            plain = unquote(text) if "%" in text else text  # URLs contain "Ida%20Bo"
            cut = self._names.cut(plain)
            self._texts[text] = text if cut == plain else cut
        return self._texts[text]

    def _id(self, entity_id: str) -> str:
        if entity_id not in self._ids:
            is_named = self._names.cut_whole(entity_id) != entity_id
            self._ids[entity_id] = self._free_id("entry") if is_named else entity_id
        return self._ids[entity_id]

    def _free_id(self, stem: str) -> str:
        numbered = (f"{stem}-{n}" for n in self._numbers[stem])
        return next(one for one in numbered if one not in self._taken)


def _masked_foreign(key: str, value: Any) -> Any:
    """Return a value, masked if it may name a person who is not in the record.

    This applies to the stated superior of a lost line: a name, or an id made of one.
    """
    may_name = key == _FOREIGN and type(value) is str and _LETTERS_OF_NAME.search(value)
    return MASK if may_name else value


@cache
def _fields(kind: type) -> dict[str, bool]:
    """Return the fields of a dataclass, and whether each contains ids."""
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else []
    return {name: name in _AS_IDS or name.endswith(("_id", "_ids")) for name in names}


def _entries(record: Record) -> Iterator[Any]:
    lists = [getattr(record, one.name) for one in fields(record)]
    yield from (entry for entries in lists if isinstance(entries, tuple) for entry in entries)


def _titles(record: Record) -> Iterator[str]:
    """Yield the names of the organisation and its entries, without people and sources."""
    for entry in (record, *_entries(record)):
        if not isinstance(entry, Person | Source):
            called = [getattr(entry, name, None) for name in ("name", "title")]
            yield from (text for one in called if isinstance(one, Text) for text in one.all())
            yield from (alias.name for alias in getattr(entry, "aliases", ()))


def _folded(word: str) -> str:
    """Return a word normalised for comparing whole names: without case, accents, Danish letters."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    return _MARKS.sub("", unicodedata.normalize("NFD", letters))


def _touch(text: str, run: list[re.Match[str]], joints: str) -> bool:
    gaps = (text[one.end() : other.start()] for one, other in pairwise(run))
    return not any(gap.strip(joints) for gap in gaps)


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    return MASK.join(text[end:start] for end, start in zip(ends, starts, strict=True))
