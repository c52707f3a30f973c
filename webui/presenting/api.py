"""The API in words and as an OpenAPI document; both come from one list, and tests hold it to answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgmodel import __version__
from orgmodel.analysis.span_columns import INTERVALS
from orgmodel.model.bands import Fit
from orgmodel.model.entities import Level, Status
from orgmodel.texts import LANGUAGES, N_
from webui.contexts.api import ApiContext, Endpoint, Parameter
from webui.languages import _
from webui.state import repository
from webui.urls import api_document_url, spans_data_url

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]
_LANG = ("lang", "da, en", "Language of texts; without it, the request's or Danish.")
_NAMES = ("names", "off", "Without names of people.")
_DATE = ("date", "2026-05-01", "The organisation as on this date.")
_CHOICE = (
    ("unit", "<unit id>", "Only leaders in this unit and below it."),
    ("kind", "<kind of unit>", "Only leaders in units of this kind; may be repeated."),
    ("layer", "<number>", "Only leaders on this layer, 1 at the top; may be repeated."),
    ("vacant", "off", "Advertised posts do not count."),
    ("planned", "on", "Planned posts count."),
    ("fit-<kind of work>", "<from>-<to>", "Another fitting range for a kind of work."),
    ("rest", "<kind of work>", "What is assumed of leaders of staff in other kinds of unit."),
)
_QUERY = (
    ("q", "<words>", "Only leaders whose post, unit or name has words that begin so."),
    ("band", "4-7", "Only leaders in this band."),
    ("fit", ", ".join(one.value for one in Fit), "Only leaders who lie so to their band."),
    ("sort", "<column>", "The column to sort by."),
    ("order", "desc", "The greatest first."),
)
_SIDES = tuple(
    (f"{side}-{name}", example, f"{meaning} on the {side} side.")
    for side in ("first", "second")
    for name, example, meaning in (
        ("organisation", "<organisation id>", "The organisation"),
        ("unit", "<unit id>", "The unit"),
        ("date", "2026-05-01", "The date"),
    )
)
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


def api_context() -> ApiContext:
    """Return the page of the API."""
    found = repository().all()
    example = spans_data_url(found[0].organisation.id) if found else ""
    return ApiContext(
        endpoints=tuple(
            Endpoint(path, _(about), tuple(Parameter(*one) for one in parameters))
            for path, about, parameters in _endpoints()
        ),
        document_href=api_document_url(),
        example_href=example,
    )


def _endpoints() -> Iterable[tuple[str, str, tuple[tuple[str, str, str], ...]]]:
    yield (
        "/{organisation}/spans.json",
        N_("Spans of control: every leader, and the tables of the page."),
        (*_CHOICE, *_QUERY, _DATE, _NAMES, _LANG),
    )
    yield (
        "/{organisation}/spans.xlsx",
        N_("The same tables as an Excel workbook."),
        (*_CHOICE, *_QUERY, _DATE, _NAMES, _LANG),
    )
    yield (
        "/{organisation}/spans/tables/{table}.csv",
        N_("One table as CSV: bands, work, layers, matrix, averages, leaders."),
        (*_CHOICE, *_QUERY, _DATE, _NAMES, _LANG),
    )
    yield (
        "/spans/compare.json",
        N_("Two sets of spans side by side, certain differences first."),
        (*_SIDES, _LANG),
    )


def openapi() -> Schema:
    """Return the OpenAPI 3.1 document of the answers in JSON."""
    schemas = {"/{organisation}/spans.json": "Spans", "/spans/compare.json": "Comparison"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Organisation explorer", "version": __version__},
        "servers": [{"url": "/"}],
        "paths": {
            path: {
                "get": {
                    "summary": about,
                    "parameters": [
                        *(
                            {
                                "name": name,
                                "in": "path",
                                "required": True,
                                "schema": {"type": "string"},
                            }
                            for name in ("organisation",)
                            if f"{{{name}}}" in path
                        ),
                        *(
                            _parameter(*one)
                            for one in parameters
                            if "<kind of work>" not in one[0]
                        ),
                    ],
                    "responses": {
                        "200": _answer(schemas[path], "The figures."),
                        "404": _answer("Error", "There is no such organisation."),
                    },
                }
            }
            for path, about, parameters in _endpoints()
            if path in schemas
        },
        "components": {"schemas": _schemas()},
    }


def _parameter(name: str, _example: str, about: str) -> Schema:
    many = name in {"kind", "layer"}
    schema: Schema = {"type": "array", "items": {"type": "string"}} if many else {"type": "string"}
    if name == "lang":
        schema["enum"] = list(LANGUAGES)
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _answer(schema: str, about: str) -> Schema:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": about, "content": {"application/json": {"schema": reference}}}


def _schemas() -> Schema:
    leader_numbers = {name: {"$ref": "#/components/schemas/Interval"} for name in INTERVALS}
    return {
        "Interval": _INTERVAL,
        "Leader": {
            "type": "object",
            "description": "A leader's post. Further keys are the columns of the table, in words.",
            "properties": {
                "id": {"type": "string"},
                "status_code": {"enum": [one.value for one in Status]},
                "level_code": {"enum": [one.value for one in Level]},
                "post": {"type": "string"},
                "holder": {"type": ["string", "null"]},
                "unit": {"type": "string"},
                "layer": {"type": "integer", "minimum": 1},
                "direct_leaders": {"type": "integer", "minimum": 0},
                "leaders_below": {"type": "integer", "minimum": 0},
                "layers_below": {"type": "integer", "minimum": 0},
                "leader_share": _OPEN_INTERVAL,
                **leader_numbers,
            },
            "required": ["id", "status_code", "level_code", "post", "unit", "layer", *INTERVALS],
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
                        "vacant_counted": {"type": "boolean"},
                        "planned_counted": {"type": "boolean"},
                    },
                    "required": ["unit", "kinds", "layers", "vacant_counted", "planned_counted"],
                    "additionalProperties": False,
                },
                "tables": {
                    "type": "object",
                    "properties": {
                        name: {"type": "array", "items": {"type": "object"}}
                        for name in ("bands", "work", "layers", "matrix", "averages")
                    },
                    "required": ["bands", "work", "layers", "matrix", "averages"],
                    "additionalProperties": False,
                },
                "leaders": {"type": "array", "items": {"$ref": "#/components/schemas/Leader"}},
            },
            "required": ["organisation", "day", "language", "choice", "tables", "leaders"],
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
            },
            "required": ["ok", "status", "error", "message", "suggestions", "problems"],
            "additionalProperties": False,
        },
    }
