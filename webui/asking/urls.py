"""Every address of the explorer; nothing else puts one together."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app, g, request, url_for

from orgmodel.model.entities import Who
from webui.asking.languages import stated_language
from webui.asking.viewing import VISIT, stated_day, stated_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.texts import Language

STATIC = Path(__file__).parents[1] / "static"
# The parameters that pages know; what else an address holds is not passed on.
CHART = ("open", "closed", "more", "select", "color", "light", "cross")
FILTERS = ("kind", "layer", "status", "band", "group")
# Which posts count: on or off.
COUNTED: Mapping[str, Who] = {
    "vacant": Who.VACANT,
    "planned": Who.PLANNED,
    "assistants": Who.ASSISTANT,
    "staff-units": Who.STAFF_UNIT,
    "politicians": Who.POLITICAL,
    "outside": Who.OUTSIDE,
}
SPANS = ("unit", *COUNTED, "rest", "own", "fit", "among", "sort", "order", "column", "page")
COMPARED = tuple(
    f"{side}-{name}"
    for side in ("first", "second")
    for name in ("organisation", "unit", "kind", "layer", "date")
)
# Each kind of work has a parameter of its own for its fitting range: fit-care=30-40.
FIT_PREFIX = "fit-"
# Which part of which chart is taken along, and on which sheet.
TAKEN = ("cut", "chart", "post", "other", "depth", "size", "ground", "spans")
QUESTIONS = ("q", "q-first", "q-second", "first", "second", "from", "to")
PARAMS = frozenset((*VISIT, *CHART, *FILTERS, *SPANS, *COMPARED, *TAKEN, *QUESTIONS))
# What stands for an entry's id in an address that a script completes.
PLACEHOLDER = "__id__"
_STANDS_FOR = "stands_for"
Param = str | list[str] | None


def index_url() -> str:
    """Return the address of the list of organisations."""
    return _page("organisations.index")


def chart_url(
    organisation_id: str,
    *,
    units: bool = False,
    **params: Param,
) -> str:
    """Return the address of a chart; `params` say what is selected, lit, and on which date."""
    return _page(
        "charts.units" if units else "charts.page",
        organisation_id=organisation_id,
        **params,
    )


def chart_data_url(organisation_id: str, *, units: bool = False) -> str:
    """Return the address of the chart's data."""
    endpoint = "charts.units_data" if units else "charts.data"
    return _page(endpoint, organisation_id=organisation_id)


def focus_url(organisation_id: str, position_id: str) -> str:
    """Return the address of the view of one post and those around it."""
    return _page("focus.page", organisation_id=organisation_id, position_id=position_id)


def chain_url(organisation_id: str, position_id: str) -> str:
    """Return the address of the chain from one post to the top."""
    return _page("chains.page", organisation_id=organisation_id, position_id=position_id)


def between_url(
    organisation_id: str, first_id: str | None = None, second_id: str | None = None
) -> str:
    """Return the address of the chain between two posts."""
    return _page(
        "chains.between", organisation_id=organisation_id, first=first_id, second=second_id
    )


def groups_url(organisation_id: str, group_id: str | None = None) -> str:
    """Return the address of the groups and who sits in them, or of one of them there."""
    if group_id is None:
        return _page("groups.page", organisation_id=organisation_id)
    return _page(
        "groups.page", organisation_id=organisation_id, group=group_id, _anchor=f"group-{group_id}"
    )


def unit_url(organisation_id: str, unit_id: str, **params: Param) -> str:
    """Return the address of a unit's page."""
    return _page("units.page", organisation_id=organisation_id, unit_id=unit_id, **params)


def unit_data_url(organisation_id: str, unit_id: str) -> str:
    """Return the address of a unit in short, as data."""
    return _page("units.data", organisation_id=organisation_id, unit_id=unit_id)


def changes_url(organisation_id: str, **params: Param) -> str:
    """Return the address of what changes between two dates."""
    return _page("changes.page", organisation_id=organisation_id, **params)


def walk_url(organisation_id: str, position_id: str | None = None, step: str | None = None) -> str:
    """Return the address of the walk for a new leader: its start, or a step of it."""
    if position_id is None:
        return _page("walks.start", organisation_id=organisation_id)
    return _page(
        "walks.step", organisation_id=organisation_id, position_id=position_id, step=step or "1"
    )


def accessibility_url() -> str:
    """Return the address of the accessibility statement."""
    return _page("accessibility.page")


def search_url(organisation_id: str) -> str:
    """Return the address of the search page."""
    return _page("searches.page", organisation_id=organisation_id)


def search_data_url(organisation_id: str) -> str:
    """Return the address of the search as data."""
    return _page("searches.data", organisation_id=organisation_id)


def post_url(organisation_id: str, position_id: str, **params: Param) -> str:
    """Return the address of a post's page."""
    return _page("posts.page", organisation_id=organisation_id, position_id=position_id, **params)


def panel_data_url(organisation_id: str, position_id: str) -> str:
    """Return the address of a post in short, as data."""
    return _page("posts.panel", organisation_id=organisation_id, position_id=position_id)


def frameworks_url(organisation_id: str, framework_id: str | None = None) -> str:
    """Return the address of an organisation's frameworks, or of one of them there."""
    address = _page("frameworks.page", organisation_id=organisation_id)
    return address if framework_id is None else f"{address}#framework-{framework_id}"


def findings_url(organisation_id: str) -> str:
    """Return the address of an organisation's findings."""
    return _page("findings.page", organisation_id=organisation_id)


def comparison_url() -> str:
    """Return the address of the page that compares organisations."""
    return _page("comparison.page")


def spans_url(organisation_id: str, **params: Param) -> str:
    """Return the address of the spans of control of an organisation's leaders."""
    return _page("spans.page", organisation_id=organisation_id, **params)


def spans_data_url(organisation_id: str) -> str:
    """Return the address of the spans of an organisation as data."""
    return _page("spans.data", organisation_id=organisation_id)


def explanation_url(organisation_id: str, position_id: str, **params: Param) -> str:
    """Return the address of how the figures of a leader were found."""
    return _page(
        "spans.explanation", organisation_id=organisation_id, position_id=position_id, **params
    )


def span_comparison_url(**params: Param) -> str:
    """Return the address of two sets of spans side by side."""
    return _page("span_comparisons.page", **params)


def presentation_url(organisation_id: str, **params: Param) -> str:
    """Return the address where a view is made ready for a presentation."""
    return _page("presentations.page", organisation_id=organisation_id, **params)


def embeds_url(organisation_id: str, **params: Param) -> str:
    """Return the address where a link to an embedded view is made."""
    return _page("embeds.page", organisation_id=organisation_id, **params)


def embed_url(token: str) -> str:
    """Return the whole address of an embedded view."""
    return _public("embeds.show", token=token)


def withdraw_url(token: str) -> str:
    """Return the whole address where a link to an embedded view is withdrawn."""
    return _public("embeds.withdrawal", token=token)


def oembed_url(token: str) -> str:
    """Return the whole address where programs ask about an embedded view."""
    return _public("embeds.oembed", url=embed_url(token))


def index_address() -> str:
    """Return the whole address of the site."""
    return _public("organisations.index")


def security_txt_address() -> str:
    """Return the whole address where it stands how to report a weakness."""
    return _public("status.security_txt")


def embedded_token(address: str) -> str | None:
    """Return the token in the address of an embedded view; None for any other address."""
    try:
        asked, ours = urlsplit(address), urlsplit(embed_url("-"))
    except ValueError:
        return None
    start = ours.path.removesuffix("-")
    if asked.scheme not in {"http", "https"} or asked.netloc != ours.netloc:
        return None
    token = asked.path.removeprefix(start)
    return token if token != asked.path and "/" not in token else None


def _public(endpoint: str, **values: Any) -> str:
    """Return a page's address as those outside know it."""
    path = url_for(endpoint, **values)
    base = str(current_app.config["ADDRESS"])
    if base:
        return base.rstrip("/") + path.removeprefix(request.script_root)
    return f"{request.scheme}://{asked_host()}{path}"


def asked_host() -> str:
    """Return the host that this request asks for, as it is written there."""
    return request.headers.get("Host") or request.host


def api_url() -> str:
    """Return the address of the page that documents the API."""
    return _page("api.page")


def api_document_url() -> str:
    """Return the address of the OpenAPI document."""
    return _page("api.document")


def this_page_as(endpoint: str, **values: Param) -> str:
    """Return the address of another form of the page that is being made, with the same question."""
    asked = {name: found for name, found in request.args.lists() if is_known(name)}
    return url_for(endpoint, **{**asked, **(request.view_args or {}), **values})


def is_known(name: str) -> bool:
    """Tell whether a parameter is one that pages know."""
    return name in PARAMS or name.startswith(FIT_PREFIX)


def asset_url(filename: str) -> str:
    """Return the address of one of our own files, with its version, so that browsers keep it."""
    return url_for("assets.static_file", filename=filename, v=_version(filename))


@lru_cache(maxsize=256)
def _version(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


def font_url(filename: str) -> str:
    """Return the address of a font."""
    return url_for("assets.font", filename=filename)


def vis_url() -> str:
    """Return the address of the vis-network script that pyvis brings."""
    return url_for("assets.vis_network")


def this_page_in(language: Language) -> str:
    """Return the address of the page that is being made, in another language."""
    return this_page_with(lang=language)


def this_page_with(**changes: str | None) -> str:
    """Return the address of the page that is being made, with other values of some parameters."""
    if request.endpoint is None or request.routing_exception is not None:
        return url_for("organisations.index", lang=changes.get("lang"))
    asked = {name: values for name, values in request.args.lists() if is_known(name)}
    endpoint, path = g.get(_STANDS_FOR) or (request.endpoint, request.view_args or {})
    # No parameter may overrule the values of the path.
    own = {name: changes.get(name, value) for name, value in path.items()}
    return url_for(endpoint, **{**asked, **changes, **own})


def stand_for(endpoint: str, **path: str) -> None:
    """Say which page it is that is being made, where it has another address than is asked for."""
    setattr(g, _STANDS_FOR, (endpoint, path))


def _page(endpoint: str, **values: Any) -> str:
    """Return a page's address; what holds for the whole visit stays in it, where it is stated."""
    day = stated_day()
    visit = {
        "lang": stated_language(),
        "names": stated_names(),
        "date": None if day is None else day.isoformat(),
    }
    return url_for(endpoint, **{**visit, **values})
