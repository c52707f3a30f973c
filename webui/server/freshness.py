"""Conditional requests: 304 for pages that a browser has cached, without rendering them.

The ETag of a page is a hash of everything that it depends on: the data, the program, the settings,
the URL, the language, the day, and whether the client may make changes.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, current_app, g, request

from orgmodel.errors import UnknownIdError
from webui.asking import clock
from webui.asking.addresses import SEARCHES
from webui.asking.edge import current_viewer, repository
from webui.server.hosts import asked_host
from webui.server.security import may_change
from webui.store.cache import program_version
from webui.store.opened import StillReadingError

if TYPE_CHECKING:
    from flask import Flask

_ASK_EACH_TIME = "private, no-cache"
# Static files and pages of links, below "-", set their own cache headers.
_OWN_RULES = "/-/"
_TAG = "page_tag"
_FILES = ("BANDS", "TEMPLATE")


def keep_fresh(app: Flask) -> None:
    """Set ETags on pages, and answer matching conditional requests with 304."""
    settings = _settings(app)

    @app.before_request
    def answer_from_tag() -> Response | None:
        if request.method not in {"GET", "HEAD"} or request.path.startswith(_OWN_RULES):
            return None
        tag = _tag(settings)
        if tag is None:
            return None
        setattr(g, _TAG, tag)
        # "*" matches any existing page, and whether a page exists is known only after rendering.
        if not request.if_none_match.contains_weak(tag) or request.if_none_match.star_tag:
            return None
        return Response(status=HTTPStatus.NOT_MODIFIED)

    @app.after_request
    def tag_page(response: Response) -> Response:
        if request.path.startswith(_OWN_RULES) or "Cache-Control" in response.headers:
            return response
        response.headers["Cache-Control"] = _ASK_EACH_TIME
        tag = g.get(_TAG)
        if tag is not None and response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            response.set_etag(tag, weak=True)
        return response


def _tag(settings: str) -> str | None:
    """Return the ETag of the requested page, or None if there is no such organisation."""
    # A search looks into all organisations.
    is_search = request.blueprint == SEARCHES
    organisation_id = None if is_search else (request.view_args or {}).get("organisation_id")
    try:
        data = repository().state(organisation_id)
    except (UnknownIdError, StillReadingError):
        return None
    parts = (
        data,
        settings,
        *(_content_of(current_app.config[name]) for name in _FILES),
        request.full_path,
        asked_host(request),
        request.scheme,
        request.headers.get("Accept", "") if request.path.endswith(".json") else "",
        current_viewer().language,
        clock.today().isoformat(),
        str(may_change()),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _settings(app: Flask) -> str:
    named = sorted((name, repr(value)) for name, value in app.config.items())
    return hashlib.sha256(repr((program_version(), named)).encode()).hexdigest()


def _content_of(path: object) -> str:
    """Return a value that changes with the content of a file named by a setting."""
    if not path:
        return ""
    try:
        status = Path(str(path)).stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"
