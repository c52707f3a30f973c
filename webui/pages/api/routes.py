"""Routes of the read-only API, version 1, and redirects from the addresses of 0.1."""

from __future__ import annotations

from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, redirect, render_template

from orgmodel.analysis.questions.chains import chain_to_top
from webui.asking.edge import (
    current_viewer,
    own_id,
    repository,
    requested_listings,
    requested_organisation,
    served_bands,
)
from webui.asking.params import search_query
from webui.asking.question_rules import Reason
from webui.asking.questions import WrongQuestionError, WrongValue, rules_of
from webui.asking.span_params import span_request
from webui.limits import ENTRIES_AT_FIRST
from webui.pages.api import building
from webui.pages.api.answers import Listed, plain
from webui.pages.api.network import network_answer
from webui.pages.api.page import api_context, openapi
from webui.pages.changes.page import asked_dates
from webui.pages.network.asked import network_request
from webui.pages.span_comparison.page import requested_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from werkzeug.wrappers import Response as Redirect

    from webui.pages.api.building import ListOf
    from webui.store.loaded import Loaded

bp = Blueprint("api", __name__)
ONE = "/api/v1/organisations/<organisation_id>"


@bp.get("/api")
def page() -> str:
    """Return the page that documents the API."""
    listings = requested_listings()
    example_id = listings[0].id if listings else None
    context = api_context(current_viewer(), served_bands(), example_id)
    return render_template("pages/api/page.html", page=context)


@bp.get("/api/openapi.json")
def document() -> Response:
    """Return the OpenAPI 3.1 document."""
    root = current_viewer().bare_url_for("organisations.index")
    return jsonify(openapi(served_bands(), root))


# Organisations and their entries ----------------------------------------------------------------


@bp.get("/api/v1/organisations")
def organisations() -> Response:
    """Return the organisations, paged."""
    return _paged(None, requested_listings(), Listed.of)


@bp.get(ONE)
def organisation(organisation_id: str) -> Response:
    """Return one organisation."""
    return jsonify(plain(building.organisation_answer(requested_organisation(organisation_id))))


def _list(of: ListOf) -> Callable[[str], Response]:
    """Return a view function that answers with a paged list of an organisation."""

    def view(organisation_id: str) -> Response:
        loaded = requested_organisation(organisation_id)
        return _paged(loaded, of.entries(loaded), lambda one: of.make(loaded, one))

    return view


for _name, _of in building.LISTS.items():
    bp.add_url_rule(f"{ONE}/{_name}", _name, _list(_of))


@bp.get(f"{ONE}/units/<unit_id>")
def unit(organisation_id: str, unit_id: str) -> Response:
    """Return one unit."""
    return _one(organisation_id, "units", unit_id, building.unit_answer)


@bp.get(f"{ONE}/posts/<position_id>")
def post(organisation_id: str, position_id: str) -> Response:
    """Return one post with its figures, groups and findings."""
    return _one(organisation_id, "positions", position_id, building.post_in_full)


@bp.get(f"{ONE}/posts/<position_id>/chain")
def chain(organisation_id: str, position_id: str) -> Response:
    """Return the chain from a post to the top, paged."""
    loaded = requested_organisation(organisation_id)
    own = own_id(loaded, position_id, loaded.organisation.positions)
    found = chain_to_top(loaded.organisation, own)
    return _paged(loaded, found, lambda one: building.post_answer(loaded, one))


@bp.get(f"{ONE}/between")
def between(organisation_id: str) -> Response:
    """Return the chain between two posts, paged."""
    viewer, loaded = current_viewer(), requested_organisation(organisation_id)
    asked = {name: viewer.args.get(name, "").strip() for name in ("first", "second")}
    if not all(asked.values()):
        reason = Reason(viewer._("It must be given."))
        raise WrongQuestionError(
            tuple(WrongValue(name, "", reason) for name, value in asked.items() if not value)
        )
    known = loaded.organisation.positions
    first, second = (own_id(loaded, one, known) for one in asked.values())
    return jsonify(plain(building.between_answer(loaded, (first, second), _part(), _next)))


@bp.get(f"{ONE}/network")
def network(organisation_id: str) -> Response:
    """Return the network around a node, or what links two nodes."""
    asked = network_request(current_viewer(), requested_organisation(organisation_id))
    if asked.centre_id is None:
        reason = Reason(asked.viewer._("It must be given."))
        raise WrongQuestionError((WrongValue("of", "", reason),))
    return jsonify(plain(network_answer(asked)))


@bp.get(f"{ONE}/groups/<group_id>")
def group(organisation_id: str, group_id: str) -> Response:
    """Return one group."""
    return _one(organisation_id, "groups", group_id, building.group_answer)


# Questions to an organisation -------------------------------------------------------------------


@bp.get(f"{ONE}/changes")
def changes(organisation_id: str) -> Response:
    """Return the changes between two dates, paged."""
    viewer, loaded = current_viewer(), requested_organisation(organisation_id)
    start, end = sorted(asked_dates(viewer.args, loaded.organisation))
    found, _sizes = repository().versions(organisation_id).changes(start, end, names=viewer.names)
    return _paged(loaded, found)


@bp.get(f"{ONE}/search")
def search(organisation_id: str) -> Response:
    """Return what a search finds: posts, best match first, paged, and entries of other kinds."""
    loaded, query = requested_organisation(organisation_id), search_query(current_viewer().args)
    return jsonify(plain(building.search_answer(loaded, query, _part(), _next)))


@bp.get(f"{ONE}/spans")
def spans(organisation_id: str) -> Response:
    """Return statistics of spans, and the leaders, paged."""
    viewer = current_viewer()
    asked = span_request(viewer, requested_organisation(organisation_id))
    return jsonify(plain(building.spans_answer(asked, viewer.language, _part(), _next)))


@bp.get("/api/v1/spans/compare")
def span_comparison() -> Response:
    """Return the comparison of two sets of spans."""
    sides = [side.asked for side in requested_sides(current_viewer())]
    return jsonify(plain(building.comparison_answer(sides)))


def _one(
    organisation_id: str, of: str, asked: str, make: Callable[[Loaded, str], Any]
) -> Response:
    """Return one entry; `asked` is its id in the view with names or in the view without."""
    loaded = requested_organisation(organisation_id)
    known: Mapping[str, object] = getattr(loaded.organisation, of)
    return jsonify(plain(make(loaded, own_id(loaded, asked, known))))


# Pages of a list -------------------------------------------------------------------------------


def _paged(
    loaded: Loaded | None, found: Collection[Any], make: Callable[[Any], Any] = lambda one: one
) -> Response:
    """Return the requested page of a list; `make` is called for the items of that page only."""
    part = _part()
    shown = islice(found, part.start, part.stop)
    items = [plain(make(one)) for one in shown]
    return _page(loaded, len(found), items)


def _page(loaded: Loaded | None, total: int, items: list[Any]) -> Response:
    organisation = None if loaded is None else loaded.organisation
    return jsonify(
        organisation_id=None if organisation is None else organisation.id,
        day=None if organisation is None else organisation.day.isoformat(),
        total=total,
        next=_next(total),
        items=items,
    )


def _part() -> slice:
    args = current_viewer().args
    start = int(args.get("offset") or 0)
    return slice(start, start + int(args.get("limit") or ENTRIES_AT_FIRST))


def _next(total: int) -> str | None:
    """Return the address of the next page of a list of `total` items; None on the last page."""
    viewer, after = current_viewer(), _part().stop
    return viewer.this_page_with(offset=str(after)) if after < total else None


# Addresses of 0.1 ------------------------------------------------------------------------------

MOVED: Mapping[str, str] = {
    "/openapi.json": "document",
    "/compare.json": "organisations",
    "/spans/compare.json": "span_comparison",
    "/<organisation_id>/positions/<position_id>.json": "post",
    "/<organisation_id>/units/<unit_id>.json": "unit",
    "/<organisation_id>/groups.json": "groups",
    "/<organisation_id>/changes.json": "changes",
    "/<organisation_id>/findings.json": "findings",
    "/<organisation_id>/frameworks.json": "frameworks",
    "/<organisation_id>/spans.json": "spans",
}


def _moved(endpoint: str) -> Callable[..., Redirect]:
    """Return a view function that redirects to an API address with the parameters that it accepts."""

    def view(**path: str) -> Redirect:
        viewer, name = current_viewer(), f"{bp.name}.{endpoint}"
        rules = rules_of(name, viewer.args)
        kept: dict[str, str | list[str] | None] = {
            name: values for name, values in viewer.args.lists() if name in rules
        }
        kept |= path
        address = viewer.bare_url_for(name, **kept)
        return redirect(address, HTTPStatus.PERMANENT_REDIRECT)

    return view


for _rule, _endpoint in MOVED.items():
    bp.add_url_rule(_rule, f"moved_{_endpoint}", _moved(_endpoint))
