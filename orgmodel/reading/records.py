"""Record shapes: the keys that an entry of the file may have, and entries as they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from orgmodel.model.provenance import NO_EVIDENCE, Citation, Evidence
from orgmodel.reading.documents import Mapping, Mark, Node, Scalar
from orgmodel.reading.shapes import (
    INVALID,
    JsonSchema,
    Reading,
    Shape,
    unknown_key,
    wrong_type,
)
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CITE = "cite"


@dataclass(frozen=True)
class Field:
    """One key of an entry.

    Attributes
    ----------
    doc
        What it means, for editors and for `data/README.md`.
    example
        What a missing value could look like.
    citable
        Whether `{value: …, cite: …}` may stand for the plain value.
    """

    key: str
    shape: Shape
    doc: str
    required: bool = False
    example: str = "…"
    citable: bool = False


@dataclass(slots=True)
class Entry:
    """What was read of one record: the values by key, and where they stood."""

    mark: Mark
    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    field_citations: dict[str, tuple[Citation, ...]] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key."""
        return self.values.get(key, default)

    def where(self, key: str) -> Mark:
        """Return where a key's value stands, else where the entry does."""
        return self.marks.get(key, self.mark)

    def evidence(self) -> Evidence:
        """Return the citations of the entry and of its fields."""
        whole = self.values.get(CITE, ())
        if not whole and not self.field_citations:
            return NO_EVIDENCE
        return Evidence(whole, MappingProxyType(dict(self.field_citations)))


class RecordShape:
    """A mapping with known keys.

    Parameters
    ----------
    name
        Its name in the JSON Schema.
    doc
        What it is, for editors.
    fields
        Its keys; set later with `define` where a record holds its own kind.
    shorthand
        The key that a plain value stands for: `holder: NAME` is `holder: {name: NAME}`.
    """

    def __init__(self, name: str, doc: str, *fields: Field, shorthand: str | None = None) -> None:
        self.name = name
        self.doc = doc
        self.shorthand = shorthand
        self.fields: dict[str, Field] = {}
        self.define(*fields)

    def define(self, *fields: Field) -> None:
        """Set the keys."""
        self.fields = {field.key: field for field in fields}

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return an Entry; problems in single values leave them out of it."""
        if isinstance(node, Scalar) and self.shorthand and not node.is_null:
            entry = Entry(node.mark)
            self._read_field(entry, self.fields[self.shorthand], node, reading)
            return entry if entry.values else INVALID
        if not isinstance(node, Mapping):
            wrong_type(node, key, reading, N_("a mapping of keys and values"))
            return INVALID
        return self._read_mapping(node, reading)

    def _read_mapping(self, node: Mapping, reading: Reading) -> Entry:
        entry = Entry(node.mark)
        for name, (key_node, value) in node.entries.items():
            if name in self.fields:
                self._read_field(entry, self.fields[name], value, reading)
            else:
                unknown_key(key_node, tuple(self.fields), reading)
        for wanted in self.fields.values():
            if wanted.required and wanted.key not in node.entries:
                reading.problems.add(
                    node.mark, "missing-key", key=wanted.key, example=wanted.example
                )
        return entry

    def _read_field(self, entry: Entry, wanted: Field, node: Node, reading: Reading) -> None:
        entry.marks[wanted.key] = node.mark
        if wanted.citable and isinstance(node, Mapping) and "value" in node.entries:
            node = self._unwrap(entry, wanted, node, reading)
        value = wanted.shape.read(node, wanted.key, reading)
        if value is not INVALID:
            entry.values[wanted.key] = value

    def _unwrap(self, entry: Entry, wanted: Field, node: Mapping, reading: Reading) -> Node:
        """Take the citations of `{value: …, cite: …}` and return the value's node."""
        for name, (key_node, value) in node.entries.items():
            if name == CITE:
                citations = self.fields[CITE].shape.read(value, CITE, reading)
                if isinstance(citations, tuple):
                    entry.field_citations[wanted.key] = citations
            elif name != "value":
                unknown_key(key_node, ("value", CITE), reading)
        return node.entries["value"][1]

    def json_schema(self) -> JsonSchema:
        """Return a reference to the definition."""
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> JsonSchema:
        """Return what editors need to know of the record."""
        mapping: JsonSchema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {wanted.key: _field_schema(wanted) for wanted in self.fields.values()},
        }
        required = [wanted.key for wanted in self.fields.values() if wanted.required]
        if required:
            mapping["required"] = required
        if self.shorthand is None:
            return {"description": self.doc, **mapping}
        short = self.fields[self.shorthand].shape.json_schema()
        return {"description": self.doc, "anyOf": [short, mapping]}


def _field_schema(wanted: Field) -> JsonSchema:
    plain = wanted.shape.json_schema()
    if not wanted.citable:
        return {"description": wanted.doc, **plain}
    cited: JsonSchema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"value": plain, CITE: {"$ref": "#/$defs/citations"}},
        "required": ["value"],
    }
    return {"description": wanted.doc, "anyOf": [plain, cited]}


@dataclass(frozen=True)
class Named:
    """A mapping from ids to records; the id is added to each entry as `id`.

    Attributes
    ----------
    id_shape
        How the ids are written.
    """

    record: RecordShape
    id_shape: Shape

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the entries as a tuple."""
        if not isinstance(node, Mapping):
            wrong_type(node, key, reading, N_("a mapping of ids and what they stand for"))
            return INVALID
        entries = []
        for key_node, value in node.entries.values():
            name = self.id_shape.read(key_node, key, reading)
            entry = self.record.read(value, key_node.value, reading)
            if isinstance(entry, Entry) and name is not INVALID:
                entry.mark = key_node.mark
                entry.values["id"] = name
                entries.append(entry)
        return tuple(entries)

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"type": "object", "additionalProperties": self.record.json_schema()}


@dataclass(frozen=True)
class Either:
    """A text of one shape, or a mapping of another."""

    text: Shape
    mapping: Callable[[], Shape]

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return what the fitting shape reads."""
        shape = self.mapping() if isinstance(node, Mapping) else self.text
        return shape.read(node, key, reading)

    def json_schema(self) -> JsonSchema:
        """Return what editors need to know."""
        return {"anyOf": [self.text.json_schema(), self.mapping().json_schema()]}


def entries(values: Sequence[object] | None) -> list[Entry]:
    """Return those values that are entries; records read into nothing else."""
    return [value for value in values or () if isinstance(value, Entry)]
