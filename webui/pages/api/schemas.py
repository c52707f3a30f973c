"""JSON Schemas of the API's answers, made from their dataclasses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from orgmodel.model.amounts import Interval
from orgmodel.model.dates import PartialDate
from webui.pages.api.answers import DERIVED, NAMES, field_names

Schema = dict[str, Any]
_PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    PartialDate: {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    Interval: {"anyOf": [{"$ref": "#/components/schemas/Interval"}, {"type": "null"}]},
}
_INTERVAL: Schema = {
    "type": "object",
    "description": "From low to high; `high` is null if there is no upper bound.",
    "properties": {"low": {"type": "number"}, "high": {"type": ["number", "null"]}},
    "required": ["low", "high"],
}
_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_ERROR: Schema = {
    "type": "object",
    "properties": {
        "ok": {"const": False},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "The kind of error."},
        "error": {"type": "string"},
        "message": {"type": "string"},
        "suggestions": {**_TEXTS, "description": "The most similar ids."},
        "problems": _TEXTS,
        "parameters": {
            "type": "array",
            "description": "Each wrong parameter, with its allowed values.",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "given": {"type": "string"},
                    "reason": {"type": "string"},
                    "nearest": _TEXTS,
                    "allowed": _TEXTS,
                },
                "required": ["name", "given", "reason", "nearest", "allowed"],
            },
        },
    },
    "required": ["ok", "status", "code", "error", "message", "suggestions", "problems"],
}
_ATTRIBUTE = re.compile(r"^(\w[\w, ]*)\n((?: {4}.*\n?)+)", re.MULTILINE)


def reference(name: str) -> Schema:
    """Return a reference to one of the shapes."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_schema(kind: type) -> Schema:
    """Return the shape of one page of a list."""
    return {
        "type": "object",
        "description": "One page of a list; `next` is the address of those that follow.",
        "properties": {
            "organisation_id": {"type": ["string", "null"]},
            "day": {"type": ["string", "null"], "format": "date"},
            "total": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"]},
            "items": {"type": "array", "items": reference(kind.__name__)},
        },
        "required": ["organisation_id", "day", "total", "next", "items"],
    }


def schemas(*kinds: type) -> Schema:
    """Return the shapes of answers, and of all that they hold, by their names."""
    found: Schema = {"Interval": _INTERVAL, "Error": _ERROR}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if kind.__name__ not in found:
            found[kind.__name__] = _schema(kind, waiting)
    return dict(sorted(found.items()))


def _schema(kind: type, waiting: list[type]) -> Schema:
    """Return the shape of a dataclass; those that it holds are added to `waiting`."""
    meanings: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        _about, _heading, rest = (getdoc(one) or "").partition("\nAttributes\n----------\n")
        for names, words in _ATTRIBUTE.findall(rest):
            meanings |= dict.fromkeys(names.split(", "), _described(words))
    properties = {
        name: _field(hint, waiting) | ({"description": meanings[name]} if name in meanings else {})
        for name, hint in fields_of(kind).items()
    }
    return {
        "type": "object",
        "description": _described((getdoc(kind) or "").partition("\n\n")[0]),
        "properties": properties,
        "required": list(properties),
    }


@cache
def fields_of(kind: type) -> Mapping[str, Any]:
    """Return the type of each field of an answer, with those that are derived from it."""
    hints = get_type_hints(kind, localns=dict(NAMES))
    own = {name: hints[name] for name in field_names(kind)}
    return {**own, **DERIVED.get(kind, {})}


def _described(words: str) -> str:
    """Return what a docstring says, in words of JSON."""
    return re.sub(r"\bNone\b", "null", " ".join(words.split()))


def _field(hint: Any, waiting: list[type]) -> Schema:
    """Return the shape of a field by its type."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if get_args(hint):
        return _composed(get_origin(hint), get_args(hint), waiting)
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [one.value for one in hint]}
    waiting.append(hint)
    return reference(hint.__name__)


def _composed(origin: Any, inner: tuple[Any, ...], waiting: list[type]) -> Schema:
    """Return the shape of a type that is made of others."""
    if origin in {Union, UnionType}:
        return _either([_field(one, waiting) for one in inner])
    if origin is not tuple:
        assert issubclass(origin, Mapping), origin  # noqa: S101 - as in `_field`
        return {"type": "object", "additionalProperties": _field(inner[1], waiting)}
    if inner[1:] == (...,):
        return {"type": "array", "items": _field(inner[0], waiting)}
    items = [_field(one, waiting) for one in inner]
    return {"type": "array", "prefixItems": items, "minItems": len(items)}


def _either(shapes: list[Schema]) -> Schema:
    """Return a shape that is one of several; of plain types shorter."""
    parts = [part for one in shapes for part in one.get("anyOf", [one])]
    parts = [part for n, part in enumerate(parts) if part not in parts[:n]]
    if all(set(part) == {"type"} for part in parts):
        return {"type": [part["type"] for part in parts]}
    return {"anyOf": parts}
