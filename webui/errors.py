"""Exceptions -> pages that say plainly what is wrong, in HTML or JSON as was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from orgmodel.errors import EngineError, UnknownIdError
from webui.contexts.index import (
    ErrorContext,
)
from webui.jobs import BusyError
from webui.languages import _
from webui.limits import SECONDS_TO_RETRY
from webui.presenting.index import broken_file
from webui.state import repository
from webui.urls import chart_url, post_url, this_page_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.typing import ResponseReturnValue

NOT_FOUND, TOO_LARGE, UNPROCESSABLE, SERVER_ERROR, UNAVAILABLE = 404, 413, 422, 500, 503


def handle_errors(app: Flask) -> None:
    """Answer every error with a page of our own."""
    _handle_unavailable(app)

    @app.errorhandler(UnknownIdError)
    def unknown(error: UnknownIdError) -> ResponseReturnValue:
        return error_answer(_unknown_context(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or SERVER_ERROR
        if status == NOT_FOUND:
            title, text = _("Page not found"), _("There is no page at this address.")
        elif status == TOO_LARGE:
            title = _("This is too large")
            text = _(
                "What was sent is larger than this server takes. Go back and send less: a PowerPoint "
                "template, for example, without its pictures, films and example slides."
            )
        elif status >= SERVER_ERROR:
            title = _("Something went wrong")
            text = _("The server could not make this page. The log of the server tells why.")
        else:
            title = _("This cannot be done")
            text = _("The server does not take this request (status {status}).", status=status)
        return error_answer(ErrorContext(status, title, text))


def _handle_unavailable(app: Flask) -> None:
    """Answer what cannot be made just now with when to come again."""

    @app.errorhandler(BusyError)
    def busy(_error: BusyError) -> ResponseReturnValue:
        text = _(
            "The server is making as many files as it can. Try again in {n} seconds.",
            n=SECONDS_TO_RETRY,
        )
        return _later(_("The server is busy"), text)

    @app.errorhandler(EngineError)
    def failing(error: EngineError) -> ResponseReturnValue:
        current_app.logger.error(str(error))
        text = _(
            "The program that makes pictures and documents stopped before it was done; the log of the "
            "server tells more. Try again, or take a smaller part of the chart."
        )
        return _later(_("This cannot be made just now"), text)


def _later(title: str, text: str) -> ResponseReturnValue:
    again = this_page_with() if request.method == "GET" else ""
    answer = make_response(error_answer(ErrorContext(UNAVAILABLE, title, text, again_href=again)))
    answer.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unknown_context(error: UnknownIdError) -> ErrorContext:
    broken = repository().broken_as(error.name) if error.kind == "organisation" else ()
    if broken:
        title = _("This organisation cannot be shown")
        text = _("Its file has errors. Mend what is listed and reload the page.")
        return ErrorContext(UNPROCESSABLE, title, text, broken=tuple(map(broken_file, broken)))
    if error.kind == "organisation":
        title = _("Unknown organisation")
        text = _("There is no organisation '{name}' here.", name=error.name)
        links = tuple((one, chart_url(one)) for one in error.nearest)
    else:
        title, text = _unknown_words(error)
        links = tuple(_nearest_links(error))
    return ErrorContext(NOT_FOUND, title, text, links)


def _unknown_words(error: UnknownIdError) -> tuple[str, str]:
    if error.kind == "unit":
        return _("Unknown unit"), _(
            "There is no unit '{name}' in this organisation.", name=error.name
        )
    if error.kind == "step":
        return _("Unknown step"), _("The walk has no step '{name}'.", name=error.name)
    if error.kind == "leader":
        return _("No leader's post"), _(
            "The post '{name}' leads nobody that the data know of, so it has no span.",
            name=error.name,
        )
    return _("Unknown post"), _("There is no post '{name}' in this organisation.", name=error.name)


def _nearest_links(error: UnknownIdError) -> Iterator[tuple[str, str]]:
    """Yield the addresses of what is spelled most alike, on the same kind of page."""
    names = {"unit": "unit_id", "step": "step"}
    name = names.get(error.kind, "position_id")
    if error.kind == "leader" and request.view_args:
        yield error.name, post_url(request.view_args["organisation_id"], error.name)
    for one in error.nearest:
        yield one, this_page_with(**{name: one})


def error_answer(context: ErrorContext) -> ResponseReturnValue:
    """Return a page, or data, that says what is wrong."""
    if request.path.endswith(".json"):
        content = {
            "ok": False,
            "status": context.status,
            "error": context.title,
            "message": context.text,
            "suggestions": [name for name, _href in context.suggestions],
            "problems": [
                f"{one.place}: {one.code}: {one.message}"
                for file in context.broken
                for one in file.problems
            ],
        }
        return jsonify(content), context.status
    return render_template("error.html", page=context), context.status
