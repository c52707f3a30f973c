"""The shapes of what the API answers, as JSON Schema."""

from __future__ import annotations

from typing import Any

from orgmodel.analysis.spans.leader_figures import FIGURES, Knowing
from orgmodel.analysis.statistics.span_tables import TABLES
from orgmodel.analysis.tables import ColumnType
from orgmodel.model.entities import Level
from orgmodel.model.statuses import Status, Who
from orgmodel.texts import LANGUAGES

Schema = dict[str, Any]
_INTERVAL: Schema = {
    "type": "object",
    "description": "From the least to the most; `high` is null where nothing bounds it.",
    "properties": {
        "low": {"type": "number"},
        "high": {"anyOf": [{"type": "number"}, {"type": "null"}]},
    },
    "required": ["low", "high"],
}
_OPEN_INTERVAL: Schema = {"anyOf": [{"$ref": "#/components/schemas/Interval"}, {"type": "null"}]}
_ENDS: Schema = {"anyOf": [{"type": "number"}, {"type": "null"}]}


def reference(schema: str) -> Schema:
    """Return a reference to one of the shapes."""
    return {"$ref": f"#/components/schemas/{schema}"}


def schemas() -> Schema:
    """Return all shapes by their names."""
    figures = {
        one.key: _OPEN_INTERVAL
        if one.type is ColumnType.INTERVAL
        else {"type": "integer", "minimum": 0, "description": one.meaning.text("en")}
        for one in FIGURES
    }
    return {
        "Interval": _INTERVAL,
        "Leader": {
            "type": "object",
            "description": "A leader's post. Further keys are the columns of the table, in words.",
            "properties": {
                "id": {"type": "string"},
                "status_code": {"enum": [one.value for one in Status]},
                "level_code": {"enum": [one.value for one in Level]},
                "known_code": {"enum": [one.value for one in Knowing]},
                "post": {"type": "string"},
                "holder": {"type": ["string", "null"]},
                "unit": {"type": "string"},
                "layer": {"type": "integer", "minimum": 1},
                "leader_share": _OPEN_INTERVAL,
                **figures,
            },
            "required": ["id", "status_code", "level_code", "known_code", "post", "unit", "layer"]
            + [one for one in figures if one != "seats"],
        },
        "Spans": {
            "type": "object",
            "properties": {
                "organisation": {"type": "string"},
                "day": {"type": "string", "format": "date"},
                "language": {"enum": list(LANGUAGES)},
                "choice": {
                    "type": "object",
                    "properties": {
                        "unit": {"type": ["string", "null"]},
                        "kinds": {"type": "array", "items": {"type": "string"}},
                        "layers": {"type": "array", "items": {"type": "integer"}},
                    },
                    "required": ["unit", "kinds", "layers"],
                    "additionalProperties": False,
                },
                "left_out": {
                    "type": "object",
                    "description": "How many posts are not counted, by why.",
                    "properties": {one.value: {"type": "integer", "minimum": 1} for one in Who},
                    "additionalProperties": False,
                },
                "tables": {
                    "type": "object",
                    "properties": {
                        name: {"type": "array", "items": {"type": "object"}} for name in TABLES
                    },
                    "required": list(TABLES),
                    "additionalProperties": False,
                },
                "leaders": {"type": "array", "items": {"$ref": "#/components/schemas/Leader"}},
            },
            "required": [
                "organisation",
                "day",
                "language",
                "choice",
                "left_out",
                "tables",
                "leaders",
            ],
            "additionalProperties": False,
        },
        "Comparison": {
            "type": "object",
            "properties": {
                "sides": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "organisation": {"type": "string"},
                            "unit": {"type": ["string", "null"]},
                            "day": {"type": "string", "format": "date"},
                        },
                        "required": ["organisation", "unit", "day"],
                        "additionalProperties": False,
                    },
                },
                "differences": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "id": {"type": "string"},
                            "name": {"type": "string"},
                            "first": _OPEN_INTERVAL,
                            "second": _OPEN_INTERVAL,
                            "difference": {
                                "type": "object",
                                "properties": {"low": _ENDS, "high": _ENDS},
                                "required": ["low", "high"],
                            },
                            "certain": {"type": "boolean"},
                        },
                        "required": ["id", "name", "first", "second", "difference", "certain"],
                        "additionalProperties": False,
                    },
                },
            },
            "required": ["sides", "differences"],
            "additionalProperties": False,
        },
        "Error": {
            "type": "object",
            "properties": {
                "ok": {"const": False},
                "status": {"type": "integer"},
                "error": {"type": "string"},
                "message": {"type": "string"},
                "suggestions": {"type": "array", "items": {"type": "string"}},
                "problems": {"type": "array", "items": {"type": "string"}},
                "parameters": {
                    "type": "array",
                    "description": "Every parameter that cannot be asked so, with what can.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "name": {"type": "string"},
                            "given": {"type": "string"},
                            "reason": {"type": "string"},
                            "nearest": {"type": "array", "items": {"type": "string"}},
                            "allowed": {"type": "array", "items": {"type": "string"}},
                        },
                        "required": ["name", "given", "reason", "nearest", "allowed"],
                        "additionalProperties": False,
                    },
                },
            },
            "required": ["ok", "status", "error", "message", "suggestions", "problems"],
            "additionalProperties": False,
        },
    }
