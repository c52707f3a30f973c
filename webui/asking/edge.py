"""Turns a request into a `Viewer` and the requested organisation.

Only this module, the routes, the error handlers and `server/` use Flask's request. All other code
takes what it needs as arguments.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from flask import Request, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict

from orgmodel.reading.bands import bands_named
from orgmodel.texts import DEFAULT_LANGUAGE, LANGUAGES
from webui.asking import clock
from webui.asking.addresses import OFF, parse_day
from webui.asking.viewer import Viewer, stated_language
from webui.server.hosts import asked_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask, Response
    from werkzeug.datastructures import MultiDict

    from orgmodel.analysis.questions.search import SearchIndex
    from orgmodel.model.bands import BandSet
    from orgmodel.model.organisation import Record
    from webui.store.data_files import Listing
    from webui.store.loaded import Loaded
    from webui.store.repository import Repository

KEY = "orgmodel.repository"


class RequestWithoutRepeats(Request):
    """A request whose parameters have no repeated values."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the URL."""
        return ImmutableMultiDict(list(dict.fromkeys(super().args.items(multi=True))))


# The viewer ---------------------------------------------------------------------------------------


def current_viewer() -> Viewer:
    """Return the viewer of this request."""
    if "viewer" not in g:
        g.viewer = _viewer()
    viewer: Viewer = g.viewer
    return viewer


def look_as(viewer: Viewer) -> Viewer:
    """Replace the viewer of this request, for example for a link with its own language."""
    g.viewer = viewer
    return viewer


def _viewer() -> Viewer:
    best = request.accept_languages.best_match(LANGUAGES, default=DEFAULT_LANGUAGE)
    wished = next((one for one in LANGUAGES if one == best), DEFAULT_LANGUAGE)
    args, may_name = request.args, names_can_be_shown()
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # noqa: S101 - a request has one
    address = str(current_app.config["ADDRESS"]).rstrip("/")
    return Viewer(
        language=stated_language(args) or wished,
        names=may_name and args.get("names") != OFF,
        may_name=may_name,
        day=parse_day(args.get("date")),
        args=args,
        endpoint=request.endpoint,
        path=request.view_args or {},
        adapter=adapter,
        site=address or f"{request.scheme}://{asked_host(request)}{adapter.script_name[:-1]}",
        report=str(current_app.config["REPORT"]),
        today=clock.today(),
    )


def names_can_be_shown() -> bool:
    """Tell whether the server names people at all."""
    return bool(current_app.config["NAMES"])


def register_viewer(app: Flask) -> None:
    """Give templates the viewer and its texts, and add the visit's parameters to every `url_for`."""

    @app.after_request
    def depend_on_the_browser(response: Response) -> Response:
        # Otherwise a shared cache could return a page in another reader's language.
        if stated_language(request.args) is None and not request.path.startswith("/-/"):
            response.vary.add("Accept-Language")
        return response

    @app.url_defaults
    def keep_the_visit(endpoint: str, values: dict[str, Any]) -> None:
        given = dict(values)
        values.clear()
        values.update(current_viewer().with_defaults(endpoint, given))

    @app.context_processor
    def viewer() -> dict[str, object]:
        return {"viewer": current_viewer()}

    def _(text: str, /, **params: object) -> str:
        return current_viewer()._(text, **params)

    def ngettext(singular: str, plural: str, n: int, /, **params: object) -> str:
        return current_viewer().ngettext(singular, plural, n, **params)

    app.jinja_env.globals.update(_=_, ngettext=ngettext)


# Requested organisations --------------------------------------------------------------------------


def repository() -> Repository:
    """Return the organisations that the running app serves."""
    return cast("Repository", current_app.extensions[KEY])


def requested_organisation(organisation_id: str) -> Loaded:
    """Return an organisation as the viewer sees it: on the requested date, with or without names.

    Raises
    ------
    UnknownIdError
        If there is no such organisation.
    StillReadingError
        If there may be one in a file that is being read for the first time.
    """
    viewer = current_viewer()
    return repository().get(organisation_id, viewer.day, names=viewer.names)


def requested_listings() -> tuple[Listing, ...]:
    """Return the summary of every organisation, as the viewer sees it."""
    viewer = current_viewer()
    return repository().listings(viewer.day, names=viewer.names)


def requested_organisations() -> tuple[Loaded, ...]:
    """Return every organisation as the viewer sees it."""
    viewer = current_viewer()
    return repository().all(viewer.day, names=viewer.names)


def requested_indexes() -> tuple[SearchIndex, ...]:
    """Return the search index of every organisation as the viewer sees it."""
    viewer = current_viewer()
    return repository().search_indexes(viewer.day, names=viewer.names)


def served_bands() -> BandSet:
    """Return the server's configured bands, by default the shipped ones."""
    return bands_named(str(current_app.config["BANDS"]))


# Ids without names --------------------------------------------------------------------------------


def own_ids(loaded: Loaded) -> Mapping[str, str]:
    """Return a map from other viewers' ids of entries to this viewer's ids.

    An id that contains a person's name is replaced if names are hidden. A URL may have been copied
    from a page with names to a viewer without them, or vice versa.
    """
    viewer = current_viewer()
    if not viewer.may_name:
        return {}
    other = repository().get(loaded.organisation.id, viewer.day, names=not viewer.names)
    here, there = loaded.organisation.record, other.organisation.record
    pairs = renamed(here, there) if viewer.names else renamed(there, here)
    return {after: before for before, after in pairs.items()} if viewer.names else pairs


def own_id(loaded: Loaded, entry_id: str, known: Mapping[str, object]) -> str:
    """Return this viewer's id of an entry; an unknown id is returned unchanged."""
    return entry_id if entry_id in known else own_ids(loaded).get(entry_id, entry_id)


def renamed(named: Record, nameless: Record) -> Mapping[str, str]:
    """Return the anonymous ids of entries whose ids contain a name."""
    pairs = zip(_ids(named), _ids(nameless), strict=True)
    return {before: after for before, after in pairs if before != after}


def _ids(record: Record) -> Iterator[str]:
    yield from (one.id for one in record.units)
    yield from (one.id for one in record.positions)
    yield from (one.id for one in record.groups)


def next_number() -> int:
    """Return 1, 2, … during one request: for ids that are unique on a page."""
    g.numbers = int(g.get("numbers", 0)) + 1
    return int(g.numbers)
