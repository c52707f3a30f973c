"""Value shapes: how one value of the file is written, read, and described to editors.

Each shape reads a node into a Python value and gives its JSON Schema, so that what is read and what
editors are told cannot drift apart. A value that cannot be read becomes a problem and `INVALID`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from orgmodel.model.dates import PartialDate
from orgmodel.model.names import Text
from orgmodel.model.organisation import nearest_names
from orgmodel.reading.documents import Mapping, Mark, Node, Scalar, Sequence
from orgmodel.reading.problems import suggestion
from orgmodel.texts import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.reading.problems import ProblemList

JsonSchema = dict[str, object]
ID_PATTERN = r"^[a-z0-9æøå]+([_-]+[a-z0-9æøå]+)*$"
_ID = re.compile(ID_PATTERN.removesuffix("$") + r"\Z")
LONGEST_ID = 100
LONGEST_LINE = 300
_LARGEST_WHOLE = 1_000_000
WORDS_SCHEMA: JsonSchema = {
    "description": "A text in Danish, or a mapping with da and en.",
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"da": {"type": "string"}, "en": {"type": "string"}},
            "required": ["da"],
        },
    ],
}


class Invalid(Enum):
    """The value of what could not be read."""

    INVALID = "invalid"


INVALID: Final = Invalid.INVALID


@dataclass(frozen=True, slots=True)
class Reference:
    """An id somewhere in the file that must be the id of an entity."""

    kinds: tuple[str, ...]
    id: str
    mark: Mark


@dataclass(slots=True)
class Reading:
    """What one pass over a file collects: problems, and references to follow later."""

    problems: ProblemList
    references: list[Reference] = field(default_factory=list)


class Shape(Protocol):
    """One way to write a value."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the value of a node, or INVALID after noting the problem."""
        ...

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        ...


def describe(node: Node) -> Message:
    """Return what a node is, for people."""
    if isinstance(node, Mapping):
        return message(N_("a mapping"))
    if isinstance(node, Sequence):
        return message(N_("a list"))
    return message(N_("nothing")) if node.is_null else message(N_("a text"))


def scalar_text(
    node: Node, key: str, reading: Reading, expected: str = N_("a text")
) -> Scalar | None:
    """Return a node that holds a text, or note that it holds something else."""
    if isinstance(node, Scalar) and not node.is_null and node.value.strip():
        return node
    wrong_type(node, key, reading, expected)
    return None


def wrong_type(node: Node, key: str, reading: Reading, expected: str) -> None:
    """Note that a value is of the wrong type."""
    reading.problems.add(
        node.mark, "wrong-type", key=key, found=describe(node), expected=message(expected)
    )


@dataclass(frozen=True)
class Line:
    """A text of one line."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the text without surrounding space."""
        scalar = scalar_text(node, key, reading, N_("a text of one line"))
        if scalar is None:
            return INVALID
        text = " ".join(scalar.value.split())
        if len(text) > LONGEST_LINE:
            reading.problems.add(node.mark, "text-too-long", length=len(text), limit=LONGEST_LINE)
            return INVALID
        return text

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        # A number or a date is a text too: `name: 2026` is read as it is written.
        return {"type": ["string", "number", "boolean"], "maxLength": LONGEST_LINE}


@dataclass(frozen=True)
class Words:
    """A text in Danish, or in Danish and English."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return a Text."""
        if not isinstance(node, Mapping):
            scalar = scalar_text(node, key, reading, N_("a text, or a mapping with da and en"))
            return INVALID if scalar is None else Text(" ".join(scalar.value.split()))
        parts: dict[str, str] = {}
        for name, (key_node, value) in node.entries.items():
            if name not in {"da", "en"}:
                unknown_key(key_node, ("da", "en"), reading)
            elif (scalar := scalar_text(value, name, reading)) is not None:
                parts[name] = " ".join(scalar.value.split())
        if "da" not in node.entries:
            reading.problems.add(node.mark, "missing-key", key="da", example="…")
        return Text(parts["da"], parts.get("en")) if "da" in parts else INVALID

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"$ref": "#/$defs/text"}


def unknown_key(key: Scalar, known: tuple[str, ...], reading: Reading) -> None:
    """Note a key that the entry does not have, with the nearest that it has."""
    nearest = nearest_names(key.value, known)
    reading.problems.add(
        key.mark, "unknown-key", key=key.value, suggestion=suggestion(nearest, known)
    )


@dataclass(frozen=True)
class Id:
    """The id of an entity."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the id."""
        scalar = scalar_text(node, key, reading, N_("an id"))
        if scalar is None:
            return INVALID
        if len(scalar.value) > LONGEST_ID or not _ID.match(scalar.value):
            reading.problems.add(node.mark, "bad-id", value=scalar.value)
            return INVALID
        return scalar.value

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"$ref": "#/$defs/id"}


@dataclass(frozen=True)
class Ref:
    """The id of an entity that stands elsewhere in the file."""

    kinds: tuple[str, ...]

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the id, after noting that it must be somewhere."""
        scalar = scalar_text(node, key, reading, N_("an id"))
        if scalar is None:
            return INVALID
        reading.references.append(Reference(self.kinds, scalar.value, node.mark))
        return scalar.value

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"$ref": "#/$defs/id"}


class KindWord(Line):
    """The organisation's own word for a kind of unit that is in the file."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the word, after noting that something must be of that kind."""
        word = super().read(node, key, reading)
        if isinstance(word, str):
            reading.references.append(Reference(("kind",), word, node.mark))
        return word


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: type[StrEnum]

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the member of the enumeration."""
        scalar = scalar_text(node, key, reading, N_("one word"))
        if scalar is None:
            return INVALID
        known = tuple(option.value for option in self.options)
        if scalar.value not in known:
            nearest = nearest_names(scalar.value, known, 1)
            reading.problems.add(
                node.mark,
                "bad-choice",
                value=scalar.value,
                key=key,
                suggestion=suggestion(nearest, known),
            )
            return INVALID
        return self.options(scalar.value)

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"enum": [option.value for option in self.options]}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the truth value."""
        if isinstance(node, Scalar) and node.plain and node.value in {"true", "false"}:
            return node.value == "true"
        wrong_type(node, key, reading, N_("true or false"))
        return INVALID

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` up."""

    least: int = 1

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the number."""
        scalar = scalar_text(node, key, reading, N_("a whole number"))
        if scalar is None:
            return INVALID
        text = scalar.value
        if text.startswith("-") and text[1:].isdecimal():
            reading.problems.add(node.mark, "negative-amount", value=text)
            return INVALID
        if not text.isascii() or not text.isdecimal() or len(text) > len(str(_LARGEST_WHOLE)):
            number = -1
        else:
            number = int(text)
        if not self.least <= number <= _LARGEST_WHOLE:
            reading.problems.add(node.mark, "bad-number", value=text, limit=_LARGEST_WHOLE)
            return INVALID
        return number

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"type": "integer", "minimum": self.least, "maximum": _LARGEST_WHOLE}


@dataclass(frozen=True)
class Day:
    """A date of day, month or year precision."""

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the date."""
        scalar = scalar_text(node, key, reading, N_("a date"))
        if scalar is None:
            return INVALID
        try:
            return PartialDate.parse(scalar.value)
        except ValueError:
            reading.problems.add(node.mark, "bad-date", value=scalar.value)
            return INVALID

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        pattern = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        return {
            "anyOf": [
                {"type": "string", "pattern": pattern},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }


@dataclass(frozen=True)
class Many:
    """A list; where `single` is set one value may stand for a list of one."""

    item: Shape
    single: bool = False

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the values that could be read, as a tuple."""
        if not isinstance(node, Sequence):
            if not self.single:
                wrong_type(node, key, reading, N_("a list"))
                return INVALID
            items: list[Node] = [node]
        else:
            items = node.items
        values = [self.item.read(item, key, reading) for item in items]
        return tuple(value for value in values if value is not INVALID)

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        items = self.item.json_schema()
        many: JsonSchema = {"type": "array", "items": items}
        return {"anyOf": [items, many]} if self.single else many


@dataclass(frozen=True)
class Parsed:
    """A text with a small grammar of its own.

    Attributes
    ----------
    parse
        Returns the value, or INVALID after noting the problem.
    schema
        What editors need to know.
    """

    parse: Callable[[Scalar, str, Reading], object]
    schema: JsonSchema

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the value of the text."""
        scalar = scalar_text(node, key, reading)
        return INVALID if scalar is None else self.parse(scalar, key, reading)

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return self.schema
