"""What files for other programs say of a chart's entries and of the lines between them.

One record an entry and one a line, for Mermaid, Graphviz, GraphML, JSON and CSV alike. What is not
known is None, and absent from a file: never 0. `contents.py` beside this makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from orgmodel.model.entities import RelationKind
from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.looks import Look

_RELATIONS = frozenset(kind.value for kind in RelationKind)
# What XML 1.0 or YAML cannot hold: control characters, halves of pairs, and what is no character.
_NO_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_GAPS = re.compile("[^\\S\xa0\u202f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is said of a chart as a whole.

    Attributes
    ----------
    organisation, name
        The organisation's id and name.
    title
        What the chart shows.
    language
        The language of all words.
    entries
        Whether they are `posts` or `units`.
    as_of, date_words
        Of when the data are: as precise as is known (2026-05), and as a sentence.
    shown_on
        The day on which the organisation is shown.
    sources
        The sources in short; None where none is named.
    hidden, hidden_words
        How many posts or units of the organisation are not in the chart; the words None where all
        are.
    """

    organisation: str
    name: str
    title: str
    language: str
    entries: str
    as_of: str
    date_words: str
    shown_on: str
    sources: str | None
    hidden: int
    hidden_words: str | None

    @property
    def footer(self) -> tuple[str, ...]:
        """The date, the sources and what is hidden, in a line each."""
        return tuple(filter(None, (self.date_words, self.sources, self.hidden_words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What is said of a post or a unit.

    Attributes
    ----------
    label
        Its title; of a unit, its name.
    holder
        Who holds the post or leads the unit; None where nobody is named.
    status, status_words
        What is known of that; None for a unit of which no leader is known.
    unit_id, unit
        The unit that it is in; None for a unit that is part of no other.
    leader_id, leader
        Of a unit: the post that leads it.
    kind
        The kind of the post's unit, or of the unit itself, in the organisation's own word.
    level, level_words
        The leadership level of the post, or of the unit's leader.
    layer
        Its layer in the organisation, 1 at the top.
    seats
        How many alike posts or units it stands for.
    seats_at_least
        True where there may be more of them.
    open_seats
        How many of the seats nobody is named for, where somebody is for others.
    fte
        The full-time equivalents that the post states.
    span_low, span_high, reach_low, reach_high
        Whom the leader leads directly, and everyone below: at least and at most, in heads.
    line, line_words
        How the line to the entry above is known: stated or inferred; None at the top of the chart.
    sources
        The titles of the documents that its entry cites.
    """

    id: str
    label: str
    holder: str | None
    status: str | None
    status_words: str | None
    unit_id: str | None
    unit: str | None
    leader_id: str | None = None
    leader: str | None = None
    kind: str
    level: str | None
    level_words: str | None
    layer: int
    seats: int
    seats_at_least: bool | None = None
    open_seats: int | None = None
    fte: float | None = None
    span_low: int | None = None
    span_high: int | None = None
    reach_low: int | None = None
    reach_high: int | None = None
    line: str | None
    line_words: str | None
    sources: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two entries of a chart, read from its first end to its other.

    Attributes
    ----------
    id
        Unlike every other of the chart.
    kind, words
        `leads` from a leader to a report, `contains` from a unit to its part, or the kind of a
        relation beside the line.
    basis, basis_words
        How it is known: stated or inferred.
    about
        What a relation is about, where that is said.
    """

    id: str
    source: str
    target: str
    kind: str
    words: str
    basis: str
    basis_words: str
    about: str | None = None

    @property
    def is_relation(self) -> bool:
        """Whether it is a relation beside the line."""
        return self.kind in _RELATIONS

    @property
    def is_inferred(self) -> bool:
        """Whether no source states it."""
        return self.basis == Basis.INFERRED.value


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node with its card, and the colours of that."""

    node: Node
    card: CardText
    look: Look
    value: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a file for another program says of an exhibit.

    Attributes
    ----------
    drawn
        The entries in the order of the chart, without the cards that stand for more of them.
    edges
        The lines of the chart, then the relations beside them, however many there are.
    """

    subject: Subject
    drawn: tuple[Drawn, ...]
    edges: tuple[Edge, ...]


def attributes(record: Subject | Node | Edge) -> dict[str, str | int | float]:
    """Return a record as plain values by name, without those that are not known."""
    values = ((one.name, getattr(record, one.name)) for one in fields(record))
    return {name: value for name, value in values if value is not None}


def plain(text: str) -> str:
    r"""Return a text with nothing in it that a file cannot hold, and `\n` for every end of line."""
    return _NO_CHARACTERS.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text in one line, with one space where it has any white space but a fixed one."""
    return _GAPS.sub(" ", text).strip()
