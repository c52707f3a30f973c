"""The kinds of problem a file can have, and the list that collects them.

`data/README.md` documents every code, which a test verifies. A code never changes its meaning,
because programs filter by it.
"""

from __future__ import annotations

from typing import NamedTuple

from orgmodel.model.findings import Location, Problem
from orgmodel.texts import N_, Message, message

MOST_PROBLEMS = 200
_LONGEST_QUOTE = 80


class Mark(NamedTuple):
    """A position in the text; lines and columns count from 1."""

    line: int
    column: int


START = Mark(1, 1)


class ProblemKind(NamedTuple):
    """What is wrong, and what would be correct, with `{name}` for parameters."""

    what: str
    right: str


PROBLEM_KINDS: dict[str, ProblemKind] = {
    # The file
    "not-found": ProblemKind(N_("there is no such file"), N_("check the path")),
    "not-a-file": ProblemKind(
        N_("this is not an ordinary file"), N_("name a YAML file, or a folder that holds some")
    ),
    "not-readable": ProblemKind(
        N_("the file cannot be read ({detail})"), N_("check who may read it")
    ),
    "outside-folder": ProblemKind(
        N_("the link leads out of its folder"), N_("put the file itself into the folder")
    ),
    "too-large": ProblemKind(
        N_("the file is larger than {limit} MiB"), N_("split it into one file per organisation")
    ),
    "not-utf8": ProblemKind(
        N_("the byte {byte} is not UTF-8 text"), N_("save the file with the encoding UTF-8")
    ),
    "empty-file": ProblemKind(
        N_("the file is empty"), N_("begin with the line “organisation: an-id”")
    ),
    "too-many-problems": ProblemKind(
        N_("there are more than {limit} problems"), N_("correct those above, then check again")
    ),
    # YAML
    "bad-range": ProblemKind(
        N_("“{value}” is not a range"), N_("write two whole numbers up to {limit}: 12-20")
    ),
    "bad-figure": ProblemKind(
        N_("“{value}” is not a figure"),
        N_("write a number up to {limit}, or a range: 55.5, 16-130"),
    ),
    "yaml-syntax": ProblemKind(
        N_("this is not YAML ({detail})"),
        N_("check the indentation, and put quotation marks around texts with “: ” or “#”"),
    ),
    "yaml-alias": ProblemKind(
        N_("{name} is an anchor or alias"), N_("write the value out in each place")
    ),
    "yaml-merge-key": ProblemKind(N_("“<<” merges mappings"), N_("write the keys out")),
    "yaml-tag": ProblemKind(N_("{tag} is a tag"), N_("write the plain value")),
    "nested-too-deep": ProblemKind(
        N_("this is nested deeper than {limit} levels"),
        N_("nest less; deep reporting lines are written with reports_to"),
    ),
    "too-many-entries": ProblemKind(
        N_("the file holds more than {limit} values"),
        N_("split it into one file per organisation"),
    ),
    "several-documents": ProblemKind(
        N_("a second document begins here"), N_("one file holds one organisation: remove “---”")
    ),
    "duplicate-key": ProblemKind(
        N_("the key “{key}” is given twice, first in line {line}"), N_("keep one of them")
    ),
    "key-not-text": ProblemKind(N_("this key is not a text"), N_("write “key: value”")),
    "text-too-long": ProblemKind(
        N_("the text has {length} characters"), N_("at most {limit} are allowed")
    ),
    "forbidden-character": ProblemKind(
        N_("the invisible character {letter} stands here"),
        N_("remove it: control characters and marks that turn the reading direction are refused"),
    ),
    # One entry
    "unknown-key": ProblemKind(N_("there is no key “{key}” here"), "{suggestion}"),
    "missing-key": ProblemKind(N_("the key “{key}” is missing"), N_("add {key}: {example}")),
    "wrong-type": ProblemKind(N_("“{key}” contains {found}"), N_("it takes {expected}")),
    "bad-id": ProblemKind(
        N_("“{value}” is not an id"),
        N_("use lower-case letters, digits, “-” and “_”, such as job-og-social"),
    ),
    "bad-choice": ProblemKind(N_("“{value}” is not a value of “{key}”"), "{suggestion}"),
    "bad-date": ProblemKind(
        N_("“{value}” is not a date"), N_("write 2026, 2026-05 or 2026-05-01")
    ),
    "date-order": ProblemKind(
        N_("the period ends on {end}, before it starts on {start}"), N_("exchange the two")
    ),
    "bad-number": ProblemKind(
        N_("“{value}” is not a whole number"),
        N_("write digits alone, such as 6, at most {limit}"),
    ),
    "bad-amount": ProblemKind(
        N_("“{value}” is not an amount"),
        N_("write 4320, 'ca. 1000', 'godt 2000', '30-40' or {{value: 4320, cite: …}}"),
    ),
    "unclear-amount": ProblemKind(
        N_("“{value}” can be read as {large} or as {small}"), N_("write {large} or {small}")
    ),
    "negative-amount": ProblemKind(
        N_("{value} is below zero"), N_("write how many there are, 0 or more")
    ),
    "range-order": ProblemKind(
        N_("the range ends at {high}, below its start at {low}"), N_("exchange the two")
    ),
    "least-not-less": ProblemKind(
        N_("the least, {least}, is not less than the {seats} seats that are assumed"),
        N_("write how few there may be, or leave the assumption out"),
    ),
    "line-both-lost-and-stated": ProblemKind(
        N_("the post has both a reporting line and a lost one"),
        N_("remove line_lost once reports_to says who it reports to"),
    ),
    "bad-citation": ProblemKind(
        N_("“{value}” is not a citation"),
        N_("write the source, the place and a few words: 'profil 159-161 \"refererer til\"'"),
    ),
    # Several entries
    "duplicate-id": ProblemKind(
        N_("the id “{id}” is already used in line {line}"),
        N_("give every unit, post, person and group an id of its own"),
    ),
    "unknown-reference": ProblemKind(
        N_("there is no {entity} with the id “{id}”"), "{suggestion}"
    ),
    "reporting-cycle": ProblemKind(
        N_("the reporting line runs in a circle: {members}"),
        N_("let one of these posts report to somebody outside the circle"),
    ),
    "membership-cycle": ProblemKind(
        N_("groups are part of each other: {members}"), N_("remove part_of from one of them")
    ),
    "share-cycle": ProblemKind(
        N_("amounts are shares of each other: {members}"),
        N_("give one of them as a number"),
    ),
    "two-memberships": ProblemKind(
        N_("“{id}” is a member of the group twice"), N_("keep one of them")
    ),
    "duplicate-organisation": ProblemKind(
        N_("the organisation “{id}” is also in {other}"), N_("give each file its own id")
    ),
}


class TooManyProblems(Exception):  # noqa: N818 - stops the reading and is caught
    """Raised when the limit of reported problems is reached."""


class ProblemList:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[tuple[Location, str, str], Problem] = {}

    def __len__(self) -> int:
        return len(self._problems)

    def add(self, mark: Mark, code: str, **params: object) -> None:
        """Add a problem at a position; raise TooManyProblems when the limit is reached."""
        if len(self._problems) >= MOST_PROBLEMS:
            self._note(mark, "too-many-problems", {"limit": MOST_PROBLEMS})
            raise TooManyProblems
        self._note(mark, code, params)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the file."""
        last = "too-many-problems"
        return tuple(
            sorted(self._problems.values(), key=lambda found: (found.code == last, found.location))
        )

    def _note(self, mark: Mark, code: str, params: dict[str, object]) -> None:
        kind = PROBLEM_KINDS[code]
        params = {name: shortened(value) for name, value in params.items()}
        location = Location(self.file, mark.line, mark.column)
        what, right = message(kind.what, **params), message(kind.right, **params)
        # One position may have two problems of a kind, but identical ones are listed once.
        key = (location, code, what.text("en"))
        self._problems.setdefault(key, Problem(location, code, what, right))


def suggestion(nearest: tuple[str, ...], known: tuple[str, ...]) -> Message:
    """Return what to write instead: the most similar known name, or else all known names."""
    if nearest:
        return message(N_("did you mean “{name}”?"), name=nearest[0])
    if known:
        return message(N_("one of {names}"), names=", ".join(known))
    return message(N_("remove it, or add what it names"))


def shortened(value: object, limit: int = _LONGEST_QUOTE) -> object:
    """Shorten a value, so that a hostile one cannot fill the report."""
    if isinstance(value, str) and len(value) > limit:
        return value[: limit - 1] + "…"
    return value
