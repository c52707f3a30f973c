"""Records: the keys that an entry of the file may have, and the entity that it is read into.

Each field is defined once: its key, its shape, its description, and the attribute of the entity.
Reading, writing and the JSON Schema are derived from that.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from types import EllipsisType, MappingProxyType
from typing import TYPE_CHECKING, Any

from orgmodel.model.dates import Period
from orgmodel.model.entities import Audience
from orgmodel.model.names import Text
from orgmodel.model.provenance import NO_EVIDENCE, Citation, Evidence
from orgmodel.reading.documents import Mapping, Node, Scalar
from orgmodel.reading.shapes import INVALID, JsonSchema, Reading, Shape, unknown_key, wrong_type
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.reading.problems import Mark, ProblemList
    from orgmodel.reading.yaml_text import Value

CITE = "cite"
# Attributes with values whose parts have separate keys in an entry.
_IN_PARTS: dict[str, type] = {
    "audience": Audience,
    "evidence": Evidence,
    "message": Text,
    "name": Text,
    "period": Period,
    "text": Text,
}


@dataclass(frozen=True)
class Field:
    """One key of an entry.

    Attributes
    ----------
    doc
        Its description, for editors and for `data/README.md`.
    attribute
        The attribute of the entity that has the value, by default the key. A dot refers to a part
        of it: `period.start`. Empty if the entity has no such attribute.
    example
        An example for messages about a missing value.
    citable
        Whether `{value: …, cite: …}` is allowed in place of the plain value.
    check
        Notes problems of the value in combination with others of its entry.
    """

    key: str
    shape: Shape
    doc: str
    attribute: str | None = None
    required: bool = False
    example: str = "…"
    citable: bool = False
    check: Callable[[Entry, ProblemList], None] | None = None


@dataclass(slots=True)
class Entry:
    """The parsed values of one record by key, and their positions."""

    mark: Mark
    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    field_citations: dict[str, tuple[Citation, ...]] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key."""
        return self.values.get(key, default)

    def where(self, key: str) -> Mark:
        """Return the position of a key's value, or else of the entry."""
        return self.marks.get(key, self.mark)


class EntryType:
    """A mapping with known keys.

    Parameters
    ----------
    name
        Its name in the JSON Schema.
    doc
        Its description, for editors.
    fields
        Its keys; set later with `define` if a record is recursive.
    entity
        The class that it is read into.
    is_made_later
        Whether `read` returns the Entry because the entity needs data from elsewhere. `make` then
        builds the entity after the whole file has been read.
    shorthand
        The key for a plain value: `holder: NAME` means `holder: {name: NAME}`.
    order
        The keys in writing order, `...` for all others; None for the order of `fields`.
    """

    def __init__(
        self,
        name: str,
        doc: str,
        *record_fields: Field,
        entity: type,
        is_made_later: bool = False,
        shorthand: str = "",
        order: Sequence[str | EllipsisType] = (...,),
    ) -> None:
        self.name = name
        self.doc = doc
        self.shorthand = shorthand
        self.entity = entity
        self.fields: dict[str, Field] = {}
        self._is_made_later = is_made_later
        self._order = order
        self.define(*record_fields)

    def define(self, *record_fields: Field) -> None:
        """Set the keys."""
        self.fields = {one.key: one for one in record_fields}
        self._required = [one for one in record_fields if one.required]
        self._checked = [(one.key, one.check) for one in record_fields if one.check]
        places = {one.key: _attribute(one).partition(".") for one in record_fields}
        self._places = {key: (attribute, part) for key, (attribute, _, part) in places.items()}
        named = [key for key in self._order if key is not ...]
        others = [key for key in self.fields if key not in named]
        ordered = [key for one in self._order for key in (others if one is ... else [one])]
        self._written = [
            (self.fields[key], _getter(self.fields[key]), self._default(key))
            for key in ordered
            if key in self.fields
        ]

    def attributes(self) -> set[str]:
        """Return the attributes of the entity that have a key."""
        return {attribute for attribute, _part in self._places.values() if attribute}

    def _default(self, key: str) -> object:
        """Return the default of the entity's class, which is not written."""
        attribute, part = self._places[key]
        owner, name = (_IN_PARTS[attribute], part) if part else (self.entity, attribute)
        return next((one.default for one in fields(owner) if one.name == name), MISSING)

    # Reading --------------------------------------------------------------------------------

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the entity of a node, or its Entry if the entity is built later."""
        entry = self.read_entry(node, key, reading)
        return INVALID if entry is None else self.build(entry, reading)

    def read_entry(self, node: Node, key: str, reading: Reading) -> Entry | None:
        """Return the parsed entry; values with problems are left out."""
        if isinstance(node, Scalar) and self.shorthand and not node.is_null:
            entry = Entry(node.mark)
            self._read_field(entry, self.fields[self.shorthand], node, reading)
            return entry if entry.values else None
        if not isinstance(node, Mapping):
            wrong_type(node, key, reading, N_("a mapping of keys and values"))
            return None
        return self._read_mapping(node, reading)

    def build(self, entry: Entry, reading: Reading, **given: Any) -> object:  # noqa: ARG002 - for overrides
        """Return the entity of an entry; INVALID if a required key has no value."""
        if self._is_made_later:
            return entry
        return self.make(entry, **given) if self.is_whole(entry) else INVALID

    def is_whole(self, entry: Entry) -> bool:
        """Tell whether an entry has a value for each required key."""
        return all(one.key in entry.values for one in self._required)

    def make(self, entry: Entry, **given: Any) -> Any:
        """Return the entity of an entry; `given` are attributes from elsewhere."""
        parts: dict[str, dict[str, Any]] = {}
        for key, value in entry.values.items():
            attribute, part = self._places[key]
            if part:
                parts.setdefault(attribute, {})[part] = value
            elif attribute:
                given[attribute] = value
        if entry.field_citations:
            parts.setdefault("evidence", {})["fields"] = MappingProxyType(entry.field_citations)
        for attribute, found in parts.items():
            given[attribute] = _IN_PARTS[attribute](**found)
        return self.entity(**given)

    def _read_mapping(self, node: Mapping, reading: Reading) -> Entry:
        entry = Entry(node.mark)
        for name, (key_node, value) in node.entries.items():
            if name in self.fields:
                self._read_field(entry, self.fields[name], value, reading)
            else:
                unknown_key(key_node, tuple(self.fields), reading)
        for wanted in self._required:
            if wanted.key not in node.entries:
                reading.problems.add(
                    node.mark, "missing-key", key=wanted.key, example=wanted.example
                )
        for key, check in self._checked:
            if key in entry.values:
                check(entry, reading.problems)
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

    # Writing --------------------------------------------------------------------------------

    def write(self, entity: Any) -> Value:
        """Return an entity in its file format."""
        return self.shortened(self.node(entity))

    def shortened(self, node: dict[str, Any]) -> Value:
        """Return the shorthand of an entry that has no other key."""
        is_short = list(node) == [self.shorthand] and not isinstance(node[self.shorthand], dict)
        return node[self.shorthand] if is_short else node

    def node(self, entity: Any, **said: Value | None) -> dict[str, Any]:
        """Return an entity as a mapping, without values equal to their default.

        `said` has written values by key that replace those of the entity; None omits a key.
        """
        cited = getattr(entity, "evidence", NO_EVIDENCE).fields
        node: dict[str, Any] = {}
        for wanted, get, default in self._written:
            key = wanted.key
            if key in said:
                written = said[key]
            else:
                value = None if get is None else get(entity)
                if value is None or (value == default and key not in cited):
                    continue
                written = wanted.shape.write(value)
            if key in cited and written is not None:
                written = {"value": written, CITE: self.fields[CITE].shape.write(cited[key])}
            # A required list is written even if it is empty.
            if written not in (None, "") and (written != [] or wanted.required):
                node[key] = written
        return node

    # Describing -----------------------------------------------------------------------------

    @property
    def schema(self) -> JsonSchema:
        """A reference to the definition."""
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> JsonSchema:
        """Return the JSON Schema of the record."""
        mapping: JsonSchema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: _field_schema(wanted) for key, wanted in self.fields.items()},
        }
        if self._required:
            mapping["required"] = [wanted.key for wanted in self._required]
        if not self.shorthand:
            return {"description": self.doc, **mapping}
        short = self.fields[self.shorthand].shape.schema
        return {"description": self.doc, "anyOf": [short, mapping]}


def _attribute(wanted: Field) -> str:
    return wanted.key if wanted.attribute is None else wanted.attribute


def _getter(wanted: Field) -> Callable[[Any], Any] | None:
    attribute = _attribute(wanted)
    return attrgetter(attribute) if attribute else None


def _field_schema(wanted: Field) -> JsonSchema:
    plain = wanted.shape.schema
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
    """A mapping from ids to records; each id is the `id` of an entity.

    Attributes
    ----------
    id_shape
        The shape of the ids.
    """

    record: EntryType
    id_shape: Shape

    @property
    def schema(self) -> JsonSchema:
        """The JSON Schema of the value."""
        return {"type": "object", "additionalProperties": self.record.schema}

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return the entities as a tuple."""
        if not isinstance(node, Mapping):
            wrong_type(node, key, reading, N_("a mapping of ids and what they stand for"))
            return INVALID
        found = []
        for key_node, value in node.entries.values():
            name = self.id_shape.read(key_node, key, reading)
            entry = self.record.read_entry(value, key_node.value, reading)
            if entry is not None and name is not INVALID:
                found.append(self.record.build(entry, reading, id=name))
        return tuple(one for one in found if one is not INVALID)

    def write(self, entities: Sequence[Any]) -> Value:
        """Return the entities by their ids."""
        return {one.id: self.record.write(one) for one in entities}


def complete_entries(values: Any, *keys: str) -> list[Entry]:
    """Return the entries that have a value for each of the keys."""
    return [one for one in values or () if all(key in one.values for key in keys)]
