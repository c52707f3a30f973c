"""The page and the OpenAPI document of the API, made from one list of addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orgmodel
from orgmodel.analysis.questions.changes import Change
from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS
from orgmodel.analysis.statistics.span_report import AMONG
from orgmodel.drawing.plots import PLOTS
from orgmodel.exporting.formats import formats
from orgmodel.model.bands import Fit
from orgmodel.model.entities import Group
from orgmodel.texts import LANGUAGES, N_
from webui.asking.addresses import COUNTED, FIT_PREFIX, ON
from webui.asking.span_params import DESCENDING, HOLDER
from webui.limits import ENTRIES_AT_FIRST, ENTRIES_AT_ONCE
from webui.pages.api import answers
from webui.pages.api.building import LISTS
from webui.pages.api.network import NETWORK_PARAMETERS, Network
from webui.pages.api.parameters import SIDE_PARAMETERS, VIEW_PARAMETERS
from webui.pages.api.schemas import page_schema, reference, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgmodel.model.bands import BandSet
    from webui.asking.viewer import Viewer
    from webui.pages.api.schemas import Schema


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the API."""

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
    N_("Language of texts; otherwise the request's or Danish."),
)
_SORTED_IN = (
    "lang",
    " | ".join(LANGUAGES),
    N_(
        "The language by which texts are sorted; by default that of the request, otherwise Danish."
    ),
)
_NAMES = ("names", "off", N_("Without names of people."))
_DATE = ("date", "2026-05-01", N_("The organisation as on this date."))
_CHOICE = (
    ("unit", "<unit id>", N_("Only leaders in this unit and below it.")),
    ("kind", "<kind of unit>", N_("Only leaders in units of this kind; may be repeated.")),
    ("layer", "<number>", N_("Only leaders in this layer, 1 at the top; may be repeated.")),
)
_COUNTED = (
    ("vacant", "off", N_("Advertised posts do not count, but the posts below them do.")),
    ("planned", "on", N_("Planned posts count.")),
    ("assistants", "off", N_("Assistants do not count.")),
    ("staff-units", "off", N_("Posts in staff units do not count.")),
    ("politicians", "on", N_("Politicians are among the leaders.")),
    ("outside", "on", N_("Posts of other organisations are among the leaders.")),
)
_QUERY = (
    ("q", "<words>", N_("Only leaders whose post or unit has words that begin this way.")),
    (
        "band",
        "4-7",
        N_("Only leaders with a span of this size; unknown for those whose span is not stated."),
    ),
    (
        "fit",
        " | ".join(one.value for one in Fit),
        N_("Only leaders whose span compares this way with the guideline span."),
    ),
    ("among", " | ".join(AMONG), N_("Only leaders that a figure counts, or work-<kind of work>.")),
    ("sort", " | ".join(COLUMN_KEYS), N_("The column to sort by.")),
    ("order", DESCENDING, N_("The largest first.")),
    ("column", HOLDER, N_("Holders are shown, and can be searched for by name.")),
)
_SHOWN = (_DATE, _NAMES)
_VISIT = (*_SHOWN, _LANG)
_PAGED = (
    (
        "limit",
        f"1 – {ENTRIES_AT_ONCE}",
        N_("The largest number of entries in the answer; {n} by default."),
    ),
    ("offset", "<number>", N_("The number of entries to skip.")),
)
_JSON = "application/json"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CLOSED = (
    "lang", "names", *COUNTED, "own", "fit", "order",
    "chart", "cut", "color", "cross", "size", "ground", "spans",
)  # fmt: skip
_REPEATED = ("kind", "layer", "column", "unfold")
_TABLES = ("bands", "work", "published", "layers", "matrix", "averages", "leaders")
_PATH_VALUES: Mapping[str, Sequence[str]] = {
    "table": _TABLES,
    "plot": tuple(PLOTS),
    "form": ("svg", "png"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address with the type of its answer, and its parameters as name, example and meaning.

    Attributes
    ----------
    kinds
        The media types of files; empty for JSON.
    answer
        The type of the answer; for a list, the type of an item.
    """

    path: str
    about: str
    parameters: tuple[Described, ...]
    kinds: tuple[str, ...] = ()
    answer: type | None = None
    is_list: bool = False


def api_context(viewer: Viewer, bands: BandSet, example_id: str | None) -> ApiContext:
    """Return the page of the API; `example_id` is the organisation of its example."""
    example = viewer.url_for("api.spans", organisation_id=example_id) if example_id else ""
    return ApiContext(
        endpoints=tuple(
            Endpoint(
                one.path,
                viewer._(one.about),
                tuple(
                    Parameter(name, like, viewer._(about, n=ENTRIES_AT_FIRST))
                    for name, like, about in one.parameters
                ),
            )
            for one in _asked(bands)
        ),
        document_href=viewer.url_for("api.document"),
        example_href=example,
    )


_ONE = "/api/v1/organisations/{organisation}"
_SINGLE: Mapping[str, tuple[str, type]] = {
    _ONE: (N_("One organisation."), answers.Organisation),
    f"{_ONE}/units/{{unit}}": (N_("One unit."), answers.Unit),
    f"{_ONE}/posts/{{post}}": (
        N_("One post, with its figures, groups and findings."),
        answers.PostInFull,
    ),
    f"{_ONE}/groups/{{group}}": (N_("One group."), Group),
}


def _asked(bands: BandSet) -> Iterator[_Asked]:
    """Yield every address: those of version 1 of the API, then those of files."""
    lists = {
        "/api/v1/organisations": (
            N_("All organisations with their size."),
            answers.Listed,
        ),
        **{f"{_ONE}/{name}": (one.about, one.answer) for name, one in LISTS.items()},
        f"{_ONE}/posts/{{post}}/chain": (N_("The chain from a post to the top."), answers.Post),
    }
    for path, (about, kind) in lists.items():
        yield _Asked(path, about, (*_PAGED, *_SHOWN), answer=kind, is_list=True)
    for path, (about, kind) in _SINGLE.items():
        yield _Asked(path, about, _SHOWN, answer=kind)
    yield _Asked(
        f"{_ONE}/between",
        N_("The path between two posts, through their closest common leader."),
        (
            ("first", "<post id>", N_("Where the chain begins.")),
            ("second", "<post id>", N_("Where it ends.")),
            *_PAGED,
            *_SHOWN,
        ),
        answer=answers.Between,
    )
    yield _Asked(
        f"{_ONE}/network",
        N_("The network around a post, a unit or a group, or what links two of them."),
        (*NETWORK_PARAMETERS, *_SHOWN),
        answer=Network,
    )
    yield _Asked(
        f"{_ONE}/changes",
        N_("What changes between two dates."),
        (
            ("from", "2026-05-01", N_("The first date; by default that of the information.")),
            (
                "to",
                "2027-05-01",
                N_(
                    "The second date; by default a year later, or the date of the last known change if that is later."
                ),
            ),
            *_PAGED,
            *_SHOWN,
        ),
        answer=Change,
        is_list=True,
    )
    yield _Asked(
        f"{_ONE}/search",
        N_("What a search finds: posts, and units, groups, tasks and other entries; best first."),
        (
            (
                "q",
                "<words>",
                N_("Words or parts of words; wrong letters are forgiven where nothing matches."),
            ),
            *_PAGED,
            *_SHOWN,
        ),
        answer=answers.SearchResult,
    )
    leaders = (*_CHOICE, *_COUNTED, *_ranges(bands), *_QUERY)
    sides = (*SIDE_PARAMETERS, *_COUNTED, *_ranges(bands))
    yield _Asked(
        f"{_ONE}/spans",
        N_("Spans of control: statistics, and every leader."),
        (*leaders, *_PAGED, *_SHOWN, _SORTED_IN),
        answer=answers.Spans,
    )
    yield _Asked(
        "/api/v1/spans/compare",
        N_("Two sets of spans side by side, certain differences first."),
        (*sides, *_SHOWN),
        answer=answers.Comparison,
    )
    yield _Asked(
        "/{organisation}/spans.xlsx",
        N_("The same tables as an Excel workbook."),
        (*leaders, *_VISIT),
        (_EXCEL,),
    )
    yield _Asked(
        "/{organisation}/spans/tables/{table}.csv",
        N_("One table as CSV: bands, work, published, layers, matrix, averages, leaders."),
        (*leaders, *_VISIT),
        ("text/csv",),
    )
    yield _Asked(
        "/{organisation}/spans/plots/{plot}.{form}",
        N_("One plot as a picture, svg or png: bands, work, layers, matrix, widest."),
        (*_CHOICE, *_COUNTED, *_ranges(bands), *_VISIT),
        ("image/svg+xml", "image/png"),
    )
    yield _Asked(
        "/{organisation}/present/files/{format}",
        N_("A part of the chart as a file: slides, a picture, a page or data."),
        (*VIEW_PARAMETERS, *_VISIT),
        tuple(dict.fromkeys(one.mimetype.partition(";")[0] for one in formats().values())),
    )
    yield _Asked(
        "/spans/compare.csv",
        N_("The same comparison as CSV."),
        (*sides, *_VISIT),
        ("text/csv",),
    )


def _ranges(bands: BandSet) -> tuple[Described, ...]:
    """Return the parameters for the fitting ranges that the server uses."""
    work = bands.work
    limits = tuple(
        (
            f"{FIT_PREFIX}{one.id}",
            "12-20" if one.fitting is None else "{}-{}".format(*one.fitting),
            N_("Another guideline span for this kind of work."),
        )
        for one in work
    )
    staff = " | ".join(one.id for one in work if not one.leads_leaders)
    rest = N_("What is assumed of leaders of staff in other kinds of unit.")
    own = N_("Use our own ranges where there is no guideline span.")
    return (*limits, ("rest", staff, rest), ("own", ON, own))


def openapi(bands: BandSet, root: str) -> Schema:
    """Return the OpenAPI 3.1 document; `root` is the URL of the explorer, with a prefix if it has one."""
    asked = tuple(_asked(bands))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Organisation explorer",
            "version": orgmodel.__version__,
            "description": "Every figure that the data leave open is an interval: low and high, "
            "where high is null without an end. Unknown is never 0. Names of things are given in "
            "Danish (da) and, where there is one, in English (en).",
        },
        "servers": [{"url": root}],
        "paths": {one.path: {"get": _operation(one)} for one in asked},
        "components": {"schemas": schemas(*(one.answer for one in asked if one.answer))},
    }


def _operation(one: _Asked) -> Schema:
    return {
        "operationId": _operation_id(one.path),
        "summary": one.about,
        "parameters": [
            *map(_path_parameter, re.findall(r"\{(\w+)\}", one.path)),
            *(_parameter(one, *parameter) for parameter in one.parameters),
        ],
        "responses": {
            "200": {"description": one.about, "content": _content(one)},
            "400": _refused(one, "A parameter has a value that does not exist or is not allowed."),
            "404": _refused(one, "The organisation, or the entry in it, does not exist."),
        },
    }


def _operation_id(path: str) -> str:
    """Return the operationId of an address: post, posts, post-chain, spans, spans-tables.csv."""
    path = path.removeprefix(_ONE).removeprefix("/api/v1")
    singular = re.sub(r"\w+s/\{(\w+)\}", r"\1", path.replace("/{organisation}", ""))
    return re.sub(r"/?\.?\{\w+\}", "", singular).strip("/").replace("/", "-") or "organisation"


def _path_parameter(name: str) -> Schema:
    schema: Schema = {"type": "string"}
    values = tuple(formats()) if name == "format" else _PATH_VALUES.get(name)
    if values is not None:
        schema["enum"] = list(values)
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(one: _Asked, name: str, example: str, about: str) -> Schema:
    item: Schema = {"type": "string"}
    if name in _CLOSED:
        item["enum"] = example.split(" | ")
    if (name, example, about) in _PAGED:
        item = {"type": "integer", "minimum": 0}
    if name == "limit":
        item = {"type": "integer", "minimum": 1, "maximum": ENTRIES_AT_ONCE}
        item["default"] = ENTRIES_AT_FIRST
    many = name.removeprefix("first-").removeprefix("second-") in _REPEATED
    schema: Schema = {"type": "array", "items": item} if many else item
    found: Schema = {
        "name": name,
        "in": "query",
        "description": about.format(n=ENTRIES_AT_FIRST),
        "schema": schema,
    }
    required = {answers.Between: ("first", "second"), Network: ("of",)}
    if one.answer and name in required.get(one.answer, ()):
        found["required"] = True
    return found


def _refused(one: _Asked, about: str) -> Schema:
    if one.answer is None:
        return {"description": about, "content": {"text/html": {}}}
    return {"description": about, "content": {_JSON: {"schema": reference("Error")}}}


def _content(one: _Asked) -> Schema:
    if one.answer is None:
        return {kind: {} for kind in one.kinds}
    shape = page_schema(one.answer) if one.is_list else reference(one.answer.__name__)
    return {_JSON: {"schema": shape}}
