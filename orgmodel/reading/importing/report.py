"""The report of an import: counts of rows, and a note on every change."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.texts import N_, Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.texts import Language


class NoteKind(NamedTuple):
    """The kind of a note.

    Attributes
    ----------
    title
        What the import found, and how it handled it, in general.
    detail
        What it found in a single row, with `{name}` for parameters; may be empty.
    leaves_out
        Whether the row is left out of the model.
    """

    title: str
    detail: str = ""
    leaves_out: bool = False


# `data/README.md` lists the codes; a code never changes its meaning.
NOTE_KINDS: Mapping[str, NoteKind] = {
    # Rows that are not in the model
    "extra-cells": NoteKind(
        N_("more cells than headings, so that it is unclear what they mean: row left out"),
        N_("{n} cells, {width} headings"),
        leaves_out=True,
    ),
    "no-heads": NoteKind(N_("a headcount of 0: row left out"), "{id}", leaves_out=True),
    "no-posts": NoteKind(N_("posts of 0 full-time equivalents: row left out"), leaves_out=True),
    "post-abolished": NoteKind(
        N_("the post is said to be gone: row left out"), "{id}", leaves_out=True
    ),
    "row-repeated": NoteKind(
        N_("the same post with the same holder again: row left out"),
        N_("{id}, as in row {first}"),
        leaves_out=True,
    ),
    # Rows that are
    "missing-cells": NoteKind(
        N_("fewer cells than headings: the others are taken to be empty"),
        N_("{n} cells, {width} headings"),
    ),
    "id-made": NoteKind(N_("no id: one is made of the row's number"), "{id}"),
    "id-repeated": NoteKind(
        N_("an id a second time, for another post: kept as a post of its own"),
        N_("{reference} is now {id}; whoever reports to {reference} reports to row {first}"),
    ),
    "ids-alike": NoteKind(
        N_("ids that differ only in letters that ours do not have: a number keeps them apart"),
        N_("{reference} is now {id}"),
    ),
    "title-missing": NoteKind(N_("no title: the id stands for it"), "{id}"),
    "job-share": NoteKind(
        N_("one post in several rows: one post, with all their seats"),
        N_("{id}, with row {first}"),
    ),
    "superior-unknown": NoteKind(
        N_("reports to a post that does not exist: now reports to nobody"), "{id} → {reference}"
    ),
    "superior-left-out": NoteKind(
        N_("reports to a post whose row is left out: now reports to nobody"), "{id} → {reference}"
    ),
    "superior-itself": NoteKind(N_("reports to itself: now reports to nobody"), "{id}"),
    "circle": NoteKind(
        N_("posts that report to each other in a circle: the first of them now reports to nobody"),
        "{members}",
    ),
    "headcount-unclear": NoteKind(
        N_("the headcount is not a whole number: counted as at least one"), "{value}"
    ),
    "fte-unclear": NoteKind(
        N_("the full-time equivalents are not a number, or can be read in two ways: not imported"),
        "{value}",
    ),
    "status-unclear": NoteKind(
        N_("the status is not one of ours, or does not go with the name: not imported"), "{value}"
    ),
    "private-cell": NoteKind(
        N_("a CPR number or an e-mail address: the cell is not imported"), N_("column {column}")
    ),
    "text-cleaned": NoteKind(
        N_("invisible characters: removed from the text"), N_("column {column}")
    ),
    "text-shortened": NoteKind(
        N_("a text longer than {limit} characters: cut there"),
        N_("column {column}, {n} characters"),
    ),
    "letters-lost": NoteKind(
        N_("letters that the file itself has lost (�): kept as they are"), N_("column {column}")
    ),
    # Of the whole
    "superiors-not-taken": NoteKind(
        N_(
            "the column seems to say who a post reports to, but its heading is not "
            "recognised: all lines are lost; call it reports_to"
        ),
        N_("column {column}, {n} rows"),
    ),
    "several-tops": NoteKind(N_("several posts report to nobody"), N_("{n} posts")),
    "heads-not-stated": NoteKind(
        N_(
            "the junior posts are stated in full-time equivalents only: as nobody holds more "
            "than one full-time post, they have at least as many seats, which are marked “at "
            "least”"
        ),
        N_("{n} rows"),
    ),
    "columns-private": NoteKind(
        N_("columns with contact data or personal numbers: not imported"), "{columns}"
    ),
    "columns-unused": NoteKind(N_("columns that are not imported"), "{columns}"),
}
LONGEST_TEXT = 300
# An import that loses a larger share of the lines does not show the organisation.
MOST_LOST_SHARE = 0.1


class FileKind(StrEnum):
    """What a file lists."""

    PLAIN = "plain"
    SENIOR = "senior"
    JUNIOR = "junior"


@dataclass(frozen=True, slots=True)
class Note:
    """One finding of the import, and how it was handled.

    Attributes
    ----------
    row
        The row number in a spreadsheet; None for a note on the file.
    """

    code: str
    file: str | None
    row: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def leaves_out(self) -> bool:
        """Whether the row is not in the model."""
        return NOTE_KINDS[self.code].leaves_out

    def title(self) -> Message:
        """Return the general text of the note."""
        return message(NOTE_KINDS[self.code].title, limit=LONGEST_TEXT)

    def detail(self) -> Message:
        """Return the text on this row."""
        return Message(NOTE_KINDS[self.code].detail, self.params)

    def as_dict(self, language: Language) -> dict[str, object]:
        """Return the note as plain values."""
        return {
            "code": self.code,
            "file": self.file,
            "row": self.row,
            "left_out": self.leaves_out,
            "message": self.title().text(language),
            "detail": self.detail().text(language),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """The report on one file.

    Attributes
    ----------
    taken
        The heading of the column for each kind of value.
    unused, private
        The headings of columns that were not imported; private ones hold personal data.
    rows
        How many rows it has, without the headings.
    """

    name: str
    kind: FileKind
    encoding: str
    delimiter: str
    taken: Mapping[str, str]
    unused: tuple[str, ...]
    private: tuple[str, ...]
    rows: int
    blank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The report of an import.

    Every row is in the model, left out with a note on the reason, or blank; and every row in the
    model is a post, or a further row of a shared post.

    Attributes
    ----------
    assumed
        Arguments that the caller omitted, by name, with the origin of their values.
    posts
        How many entries the model has.
    rows_shared
        How many rows are further rows of a shared post.
    seats
        How many posts the entries represent.
    lines_stated, lines_lost
        How many reporting lines the files state, and how many of those are not in the model.
    """

    files: tuple[FileReport, ...]
    assumed: Mapping[str, Message]
    notes: tuple[Note, ...]
    posts: int
    rows_shared: int
    seats: int
    lines_stated: int = 0
    lines_lost: int = 0

    def __post_init__(self) -> None:
        counted = self.rows_in_model + self.rows_left_out + self.rows_blank
        if counted != self.rows_read:
            reason = f"{self.rows_read} rows were read, {counted} are accounted for"
            raise AssertionError(reason)

    @property
    def rows_read(self) -> int:
        """How many rows the files have, without the headings."""
        return sum(file.rows for file in self.files)

    @property
    def rows_blank(self) -> int:
        """How many rows are blank."""
        return sum(file.blank for file in self.files)

    @property
    def rows_left_out(self) -> int:
        """How many rows are not in the model, each with a note."""
        return sum(note.leaves_out for note in self.notes)

    @property
    def rows_in_model(self) -> int:
        """How many rows are in the model."""
        return self.posts + self.rows_shared

    @property
    def loses_too_much(self) -> bool:
        """Whether more than a tenth of the lines are lost."""
        return self.lines_lost > MOST_LOST_SHARE * self.lines_stated

    def headline(self) -> Message | None:
        """Return the effect of lost lines on the organisation; None without lost lines."""
        if not self.lines_lost:
            return None
        return plural_message(
            "{lost} of {n} reporting line was lost: the chart and its spans are incomplete",
            "{lost} of {n} reporting lines were lost: the chart and its spans are incomplete",
            self.lines_stated,
            lost=self.lines_lost,
        )

    def by_kind(self) -> Iterator[tuple[str, list[Note]]]:
        """Yield each code with its notes, in the order of `NOTE_KINDS`."""
        found: dict[str, list[Note]] = {}
        for note in self.notes:
            found.setdefault(note.code, []).append(note)
        for code in NOTE_KINDS:
            if code in found:
                yield code, found[code]

    def counts(self) -> dict[str, int]:
        """Return the counts by name."""
        return {
            "rows_read": self.rows_read,
            "rows_in_model": self.rows_in_model,
            "rows_left_out": self.rows_left_out,
            "rows_blank": self.rows_blank,
            "posts": self.posts,
            "rows_shared": self.rows_shared,
            "seats": self.seats,
        }

    def as_dict(self, language: Language) -> dict[str, object]:
        """Return the whole report as plain values."""
        return {
            "counts": self.counts(),
            "lines": {"stated": self.lines_stated, "lost": self.lines_lost},
            "headline": None if (words := self.headline()) is None else words.text(language),
            "notes_by_code": dict(Counter(note.code for note in self.notes)),
            "assumed": {name: words.text(language) for name, words in self.assumed.items()},
            "files": [asdict(file) for file in self.files],
            "notes": [note.as_dict(language) for note in self.notes],
        }


@dataclass(slots=True)
class Notes:
    """Collects the notes of an import."""

    files: tuple[str, ...]
    found: list[Note] = field(default_factory=list)

    def add(
        self, code: str, source: int | None = None, row: int | None = None, **params: object
    ) -> None:
        """Note something in a row of the file with the index `source`."""
        file = None if source is None else self.files[source]
        self.found.append(Note(code, file, row, params))
