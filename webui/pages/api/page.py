"""The API in words and as an OpenAPI document; both come from one list, and tests hold it to answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template

import orgmodel
from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS
from orgmodel.analysis.statistics.span_report import AMONG
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.drawing.plots import PLOTS
from orgmodel.drawing.views import Cut
from orgmodel.exporting.formats import formats
from orgmodel.model.bands import Fit
from orgmodel.texts import LANGUAGES, N_
from webui.asking.addresses import COUNTED, FIT_PREFIX, ON
from webui.asking.edge import current_viewer, requested_listings, served_bands
from webui.asking.params import TRANSPARENT, UNITS, WHOLE
from webui.asking.span_params import DESCENDING, HOLDER
from webui.pages.api.schemas import Schema, reference, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgmodel.model.bands import BandSet
    from webui.asking.viewer import Viewer

bp = Blueprint("api", __name__)


@bp.get("/api")
def page() -> str:
    """Explain the API."""
    listings = requested_listings()
    example_id = listings[0].id if listings else None
    context = api_context(current_viewer(), served_bands(), example_id)
    return render_template("pages/api/page.html", page=context)


@bp.get("/openapi.json")
def document() -> Response:
    """Describe the API for programs (OpenAPI 3.1)."""
    return jsonify(openapi(served_bands()))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that programs can ask."""

    path: str
    about: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiContext:
    """The page."""

    endpoints: tuple[Endpoint, ...]
    document_href: str
    example_href: str


Described = tuple[str, str, str]
_LANG = (
    "lang",
    " | ".join(LANGUAGES),
    N_("Language of texts; without it, the request's or Danish."),
)
_NAMES = ("names", "off", N_("Without names of people."))
_DATE = ("date", "2026-05-01", N_("The organisation as on this date."))
_CHOICE = (
    ("unit", "<unit id>", N_("Only leaders in this unit and below it.")),
    ("kind", "<kind of unit>", N_("Only leaders in units of this kind; may be repeated.")),
    ("layer", "<number>", N_("Only leaders in this layer, 1 at the top; may be repeated.")),
)
_COUNTED = (
    ("vacant", "off", N_("Advertised posts do not count; those below them do.")),
    ("planned", "on", N_("Planned posts count.")),
    ("assistants", "off", N_("Assistants do not count.")),
    ("staff-units", "off", N_("Posts in staff units do not count.")),
    ("politicians", "on", N_("Politicians are among the leaders.")),
    ("outside", "on", N_("Posts of other organisations are among the leaders.")),
)
_QUERY = (
    ("q", "<words>", N_("Only leaders whose post or unit has words that begin this way.")),
    ("band", "4-7", N_("Only leaders in this band, or unknown.")),
    (
        "fit",
        " | ".join(one.value for one in Fit),
        N_("Only leaders placed this way against their band."),
    ),
    ("among", " | ".join(AMONG), N_("Only leaders that a figure counts, or work-<kind of work>.")),
    ("sort", " | ".join(COLUMN_KEYS), N_("The column to sort by.")),
    ("order", DESCENDING, N_("The greatest first.")),
    ("column", HOLDER, N_("The people who hold the posts are named, and found by name.")),
)
_VISIT = (_DATE, _NAMES, _LANG)
_VIEW = (
    ("chart", UNITS, N_("The chart of units; else that of posts.")),
    (
        "cut",
        " | ".join((WHOLE, *(one.value for one in Cut if one is not Cut.OPENED))),
        N_("Which part of the chart; without it, what is open."),
    ),
    ("post", "<post or unit id>", N_("What the part is about.")),
    ("other", "<post id>", N_("The second of two posts.")),
    ("depth", "<number>", N_("This many layers below the top of a branch.")),
    ("open", "<ids with commas, or all>", N_("What is open beside the first layers.")),
    ("closed", "<ids with commas>", N_("What is folded.")),
    ("color", " | ".join(Coloring), N_("What the colours mean.")),
    ("light", "<group id>", N_("The group whose members stand out.")),
    ("cross", "off", N_("Without cross-cutting lines.")),
    ("size", " | ".join(PageSize), N_("Size of a picture.")),
    ("ground", TRANSPARENT, N_("A picture without a background.")),
    ("spans", ON, N_("With slides: one more, on the spans of the leaders that are shown.")),
)
_SIDES = tuple(
    (f"{side}-{name}", example, meaning)
    for side in ("first", "second")
    for name, example, meaning in (
        ("organisation", "<organisation id>", N_("The organisation on that side.")),
        ("unit", "<unit id>", N_("Only leaders in this unit and below it, on that side.")),
        ("kind", "<kind of unit>", N_("Only leaders in units of this kind, on that side.")),
        ("layer", "<number>", N_("Only leaders in this layer, on that side.")),
        ("date", "2026-05-01", N_("The date on that side.")),
    )
)
_JSON = "application/json"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CLOSED = (
    "lang", "names", *COUNTED, "own", "fit", "order",
    "chart", "cut", "color", "cross", "size", "ground", "spans",
)  # fmt: skip
_REPEATED = ("kind", "layer", "column")
_TABLES = ("bands", "work", "published", "layers", "matrix", "averages", "leaders")
_PATH_VALUES: Mapping[str, Sequence[str]] = {
    "table": _TABLES,
    "plot": tuple(PLOTS),
    "form": ("svg", "png"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address, what it answers with, and its parameters as name, example and meaning."""

    path: str
    about: str
    kinds: tuple[str, ...]
    parameters: tuple[Described, ...]
    schema: str = ""


def api_context(viewer: Viewer, bands: BandSet, example_id: str | None) -> ApiContext:
    """Return the page of the API; the example is an address about one organisation."""
    example = viewer.url_for("spans.data", organisation_id=example_id) if example_id else ""
    return ApiContext(
        endpoints=tuple(
            Endpoint(
                one.path,
                viewer._(one.about),
                tuple(
                    Parameter(name, like, viewer._(about)) for name, like, about in one.parameters
                ),
            )
            for one in _asked(bands)
        ),
        document_href=viewer.url_for("api.document"),
        example_href=example,
    )


def _asked(bands: BandSet) -> Iterator[_Asked]:
    """Yield every address."""
    ranges = _ranges(bands)
    leaders = (*_CHOICE, *_COUNTED, *ranges, *_QUERY, *_VISIT)
    sides = (*_SIDES, *_COUNTED, *ranges, *_VISIT)
    yield _Asked(
        "/{organisation}/spans.json",
        N_("Spans of control: every leader, and the tables of the page."),
        (_JSON,),
        leaders,
        "Spans",
    )
    yield _Asked(
        "/{organisation}/spans.xlsx",
        N_("The same tables as an Excel workbook."),
        (_EXCEL,),
        leaders,
    )
    yield _Asked(
        "/{organisation}/spans/tables/{table}.csv",
        N_("One table as CSV: bands, work, published, layers, matrix, averages, leaders."),
        ("text/csv",),
        leaders,
    )
    yield _Asked(
        "/{organisation}/spans/plots/{plot}.{form}",
        N_("One plot as a picture, svg or png: bands, work, layers, matrix, widest."),
        ("image/svg+xml", "image/png"),
        (*_CHOICE, *_COUNTED, *ranges, *_VISIT),
    )
    yield _Asked(
        "/spans/compare.json",
        N_("Two sets of spans side by side, certain differences first."),
        (_JSON,),
        sides,
        "Comparison",
    )
    made = formats()
    yield _Asked(
        "/{organisation}/present/files/{format}",
        N_("A part of the chart as a file: slides, a picture, a page or data."),
        tuple(dict.fromkeys(one.mimetype.partition(";")[0] for one in made.values())),
        (*_VIEW, *_VISIT),
    )
    yield _Asked("/spans/compare.csv", N_("The same comparison as CSV."), ("text/csv",), sides)


def _ranges(bands: BandSet) -> tuple[Described, ...]:
    """Return the parameters of the bands that the server holds spans against."""
    work = bands.work
    limits = tuple(
        (
            f"{FIT_PREFIX}{one.id}",
            "12-20" if one.fitting is None else "{}-{}".format(*one.fitting),
            N_("Another fitting range for this kind of work."),
        )
        for one in work
    )
    staff = " | ".join(one.id for one in work if not one.leads_leaders)
    rest = N_("What is assumed of leaders of staff in other kinds of unit.")
    own = N_("Our own ranges judge, too, where no reference does.")
    return (*limits, ("rest", staff, rest), ("own", ON, own))


def openapi(bands: BandSet) -> Schema:
    """Return the OpenAPI 3.1 document of all answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Organisation explorer",
            "version": orgmodel.__version__,
            "description": "Every figure that the data leave open is an interval: low and high, "
            "where high is null without an end. Unknown is never 0.",
        },
        "servers": [{"url": "/"}],
        "paths": {
            one.path: {
                "get": {
                    "operationId": _operation_id(one.path),
                    "summary": one.about,
                    "parameters": [
                        *map(_path_parameter, re.findall(r"\{(\w+)\}", one.path)),
                        *(_parameter(*parameter) for parameter in one.parameters),
                    ],
                    "responses": {
                        "200": _answer(one),
                        "400": _refused(
                            "Something is asked that there is not; nothing else is answered instead.",
                            is_json=one.path.endswith(".json"),
                        ),
                        "404": _refused(
                            "There is no such organisation, or no such part of it.",
                            is_json=one.path.endswith(".json"),
                        ),
                    },
                }
            }
            for one in _asked(bands)
        },
        "components": {"schemas": schemas()},
    }


def _operation_id(path: str) -> str:
    """Return a name for programs: spans.json, spans-tables.csv, spans-compare.json."""
    return re.sub(r"/?\.?\{\w+\}", "", path).strip("/").replace("/", "-")


def _path_parameter(name: str) -> Schema:
    schema: Schema = {"type": "string"}
    values = tuple(formats()) if name == "format" else _PATH_VALUES.get(name)
    if values is not None:
        schema["enum"] = list(values)
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(name: str, example: str, about: str) -> Schema:
    item: Schema = {"type": "string"}
    if name in _CLOSED:
        item["enum"] = example.split(" | ")
    many = name.removeprefix("first-").removeprefix("second-") in _REPEATED
    schema: Schema = {"type": "array", "items": item} if many else item
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _refused(about: str, *, is_json: bool) -> Schema:
    if is_json:
        return {"description": about, "content": {_JSON: {"schema": reference("Error")}}}
    return {"description": about, "content": {"text/html": {}}}


def _answer(one: _Asked) -> Schema:
    content: Schema = {kind: {} for kind in one.kinds}
    if one.schema:
        content[_JSON] = {"schema": reference(one.schema)}
    return {"description": one.about, "content": content}
