"""Value shapes: how a value of the file is read, written, and described to editors.

A shape reads a node into a Python value, writes such a value as plain YAML, and has its JSON
Schema, which keeps the three consistent. An invalid value is noted as a problem and read as
`INVALID`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeGuard

from orgmodel.model.dates import PartialDate
from orgmodel.model.names import Text
from orgmodel.model.organisation import nearest_names
from orgmodel.reading.documents import Mapping, Node, Scalar, Sequence
from orgmodel.reading.problems import suggestion
from orgmodel.reading.yaml_text import Bare, Value
from orgmodel.texts import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.reading.problems import Mark, ProblemList

JsonSchema = dict[str, object]
ID_PATTERN = r"^[a-z0-9æøå]+([_-]+[a-z0-9æøå]+)*$"
_ID = re.compile(ID_PATTERN.removesuffix("$") + r"\Z")
LONGEST_ID = 100
LONGEST_LINE = 300
_LARGEST_WHOLE = 1_000_000


class Invalid(Enum):
    """The type of the marker for values that could not be read."""

    INVALID = "invalid"


INVALID: Final = Invalid.INVALID


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in the file, which must be the id of an entity."""

    kinds: tuple[str, ...]
    id: str
    mark: Mark


@dataclass(slots=True)
class Reading:
    """The state of one pass over a file: problems, and references to be checked later."""

    problems: ProblemList
    references: list[Reference] = field(default_factory=list)


class Shape(Protocol):
    """A format of a value, with its JSON Schema."""

    @property
    def schema(self) -> JsonSchema:
        """The JSON Schema of the value."""
        ...

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the value of a node, or INVALID after noting the problem."""
        ...

    def write(self, value: Any) -> Value:
        """Return a value in its file format."""
        ...


def describe(node: Node) -> Message:
    """Return a description of a node for messages."""
    if isinstance(node, Mapping):
        return message(N_("a mapping"))
    if isinstance(node, Sequence):
        return message(N_("a list"))
    return message(N_("nothing")) if node.is_null else message(N_("a text"))


def wrong_type(node: Node, key: str, reading: Reading, expected: str) -> None:
    """Note that a value is of the wrong type."""
    reading.problems.add(
        node.mark, "wrong-type", key=key, found=describe(node), expected=message(expected)
    )


def unknown_key(key: Scalar, known: tuple[str, ...], reading: Reading) -> None:
    """Note an unknown key, with the most similar known key."""
    nearest = nearest_names(key.value, known)
    reading.problems.add(
        key.mark, "unknown-key", key=key.value, suggestion=suggestion(nearest, known)
    )


def is_text(node: Node) -> TypeGuard[Scalar]:
    """Tell whether a node is a non-empty text."""
    return isinstance(node, Scalar) and not node.is_null and bool(node.value.strip())


def _as_it_is(value: Value) -> Value:
    return value


@dataclass(frozen=True)
class Parsed:
    """A value written as one text.

    Attributes
    ----------
    parse
        Returns the value of the text under a key, or INVALID after noting the problem.
    expected
        A description of valid values, for messages.
    write
        Returns a value in its file format.
    """

    parse: Callable[[Scalar, str, Reading], object]
    schema: JsonSchema
    expected: str = N_("a text")
    write: Callable[[Any], Value] = _as_it_is

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the value of the text."""
        if is_text(node):
            return self.parse(node, key, reading)
        wrong_type(node, key, reading, self.expected)
        return INVALID


def _line(scalar: Scalar, _key: str, reading: Reading) -> object:
    text = " ".join(scalar.value.split())
    if len(text) > LONGEST_LINE:
        reading.problems.add(scalar.mark, "text-too-long", length=len(text), limit=LONGEST_LINE)
        return INVALID
    return text


def _kind_word(scalar: Scalar, key: str, reading: Reading) -> object:
    word = _line(scalar, key, reading)
    if isinstance(word, str):
        reading.references.append(Reference(("kind",), word, scalar.mark))
    return word


def _id(scalar: Scalar, _key: str, reading: Reading) -> object:
    if len(scalar.value) > LONGEST_ID or not _ID.match(scalar.value):
        reading.problems.add(scalar.mark, "bad-id", value=scalar.value)
        return INVALID
    return scalar.value


def _day(scalar: Scalar, _key: str, reading: Reading) -> object:
    try:
        return PartialDate.parse(scalar.value)
    except ValueError:
        reading.problems.add(scalar.mark, "bad-date", value=scalar.value)
        return INVALID


_FLAG_WORDS = N_("true or false")


def _flag(scalar: Scalar, key: str, reading: Reading) -> object:
    if scalar.plain and scalar.value in {"true", "false"}:
        return scalar.value == "true"
    wrong_type(scalar, key, reading, _FLAG_WORDS)
    return INVALID


# A text of one line. Numbers and dates are texts too: `name: 2026` is read as written.
_LINE_WORDS = N_("a text of one line")
_LINE_SCHEMA: JsonSchema = {"type": ["string", "number", "boolean"], "maxLength": LONGEST_LINE}
LINE = Parsed(_line, _LINE_SCHEMA, _LINE_WORDS)
# A kind of unit defined in the file.
KIND_WORD = Parsed(_kind_word, _LINE_SCHEMA, _LINE_WORDS)
ID = Parsed(_id, {"$ref": "#/$defs/id"}, N_("an id"))
ID_SCHEMA: JsonSchema = {
    "description": "Lower-case letters, digits, '-' and '_'.",
    "type": ["string", "integer"],
    "pattern": ID_PATTERN,
    "maxLength": LONGEST_ID,
}
# A date of day, month or year precision.
DAY = Parsed(
    _day,
    {
        "anyOf": [
            {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ]
    },
    N_("a date"),
    lambda day: Bare(str(day)),
)
FLAG = Parsed(_flag, {"type": "boolean"}, _FLAG_WORDS)


def ref(*kinds: str) -> Parsed:
    """Return the shape of a reference to an entity in the file, of one of some kinds."""

    def parse(scalar: Scalar, _key: str, reading: Reading) -> object:
        reading.references.append(Reference(kinds, scalar.value, scalar.mark))
        return scalar.value

    return Parsed(parse, {"$ref": "#/$defs/id"}, N_("an id"))


def choice(options: type[StrEnum]) -> Parsed:
    """Return the shape of a member of an enumeration."""
    return word_of({option.value: option for option in options})


def word_of(meanings: dict[str, Any]) -> Parsed:
    """Return the shape of one of a few words, each with its value."""
    known = tuple(meanings)

    def parse(scalar: Scalar, key: str, reading: Reading) -> object:
        if scalar.value in meanings:
            return meanings[scalar.value]
        nearest = suggestion(nearest_names(scalar.value, known, 1), known)
        reading.problems.add(
            scalar.mark, "bad-choice", value=scalar.value, key=key, suggestion=nearest
        )
        return INVALID

    return Parsed(parse, {"enum": list(known)}, N_("one word"), str)


def whole(least: int = 1) -> Parsed:
    """Return the shape of an integer of at least `least`."""

    def parse(scalar: Scalar, _key: str, reading: Reading) -> object:
        text = scalar.value
        if text.startswith("-") and text[1:].isdecimal():
            reading.problems.add(scalar.mark, "negative-amount", value=text)
            return INVALID
        is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_LARGEST_WHOLE))
        if not is_number or not least <= int(text) <= _LARGEST_WHOLE:
            reading.problems.add(scalar.mark, "bad-number", value=text, limit=_LARGEST_WHOLE)
            return INVALID
        return int(text)

    schema: JsonSchema = {"type": "integer", "minimum": least, "maximum": _LARGEST_WHOLE}
    return Parsed(parse, schema, N_("a whole number"))


class _Words:
    """A text in Danish, or in Danish and English."""

    schema: JsonSchema = {"$ref": "#/$defs/text"}  # noqa: RUF012 - as in all shapes

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return a Text."""
        if is_text(node):
            return Text(" ".join(node.value.split()))
        if not isinstance(node, Mapping):
            wrong_type(node, key, reading, N_("a text, or a mapping with da and en"))
            return INVALID
        parts: dict[str, str] = {}
        for name, (key_node, value) in node.entries.items():
            if name not in {"da", "en"}:
                unknown_key(key_node, ("da", "en"), reading)
            elif is_text(value):
                parts[name] = " ".join(value.value.split())
            else:
                wrong_type(value, name, reading, N_("a text"))
        if "da" not in node.entries:
            reading.problems.add(node.mark, "missing-key", key="da", example="…")
        return Text(parts["da"], parts.get("en")) if "da" in parts else INVALID

    def write(self, text: Text) -> Value:
        """Return a text, with its English version if it has one."""
        return text.da if text.en is None else {"da": text.da, "en": text.en}


WORDS = _Words()
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


@dataclass(frozen=True)
class Many:
    """A list; if `single` is set, a single value means a list of one."""

    item: Shape
    single: bool = False

    @property
    def schema(self) -> JsonSchema:
        """The JSON Schema of the value."""
        items = self.item.schema
        many: JsonSchema = {"type": "array", "items": items}
        return {"anyOf": [items, many]} if self.single else many

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the valid values, as a tuple."""
        if isinstance(node, Sequence):
            items = node.items
        elif self.single:
            items = [node]
        else:
            wrong_type(node, key, reading, N_("a list"))
            return INVALID
        values = [self.item.read(item, key, reading) for item in items]
        return tuple(value for value in values if value is not INVALID)

    def write(self, values: tuple[Any, ...]) -> Value:
        """Return a list, or its only value."""
        items = [self.item.write(value) for value in values]
        return items[0] if self.single and len(items) == 1 else items


@dataclass(frozen=True)
class Either:
    """A text of one shape, or a mapping of another."""

    text: Shape
    mapping: Shape

    @property
    def schema(self) -> JsonSchema:
        """The JSON Schema of the value."""
        return {"anyOf": [self.text.schema, self.mapping.schema]}

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the value read by the matching shape."""
        shape = self.mapping if isinstance(node, Mapping) else self.text
        return shape.read(node, key, reading)

    def write(self, value: Any) -> Value:
        """Return a value as a text if it has one that is not empty, else as a mapping."""
        return self.text.write(value) or self.mapping.write(value)
