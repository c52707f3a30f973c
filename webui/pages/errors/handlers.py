"""Exceptions -> pages that say plainly what is wrong, in HTML or JSON as was asked for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from orgmodel.errors import EngineError, UnknownIdError
from orgmodel.texts import format_number
from webui.asking.languages import _, current_language
from webui.asking.questions import WrongQuestionError
from webui.asking.state import repository
from webui.asking.urls import chart_url, post_url, this_page_with
from webui.limits import LONGEST_ADDRESS, SECONDS_TO_RETRY, SECONDS_UNTIL_READ
from webui.pages.errors.wrong_question import wrong_question_context, wrong_question_data
from webui.pages.index.context import (
    ErrorContext,
)
from webui.pages.index.page import faulty_file
from webui.server.jobs import BusyError
from webui.store.opened import StillReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.typing import ResponseReturnValue

BAD_REQUEST, NOT_FOUND, UNPROCESSABLE, SERVER_ERROR, UNAVAILABLE = 400, 404, 422, 500, 503


def handle_errors(app: Flask) -> None:
    """Answer every error with a page of our own."""
    _handle_unavailable(app)

    @app.errorhandler(WrongQuestionError)
    def wrong_question(error: WrongQuestionError) -> ResponseReturnValue:
        if wants_data():
            return jsonify(wrong_question_data(error)), BAD_REQUEST
        page = wrong_question_context(error)
        return render_template("pages/errors/wrong_question.html", page=page), BAD_REQUEST

    @app.errorhandler(UnknownIdError)
    def unknown(error: UnknownIdError) -> ResponseReturnValue:
        return error_answer(_unknown_context(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or SERVER_ERROR
        answer = make_response(error_answer(ErrorContext(status, *_status_words(status))))
        # Such as which methods an address knows, or when to come back.
        for name, value in error.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                answer.headers.setdefault(name, value)
        return answer


def _status_words(status: int) -> tuple[str, str]:
    """Return the title and the text of a page that a request ends on."""
    known = {
        HTTPStatus.NOT_FOUND: (_("Page not found"), _("There is no page at this address.")),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            _("This is too large"),
            _(
                "What was sent is larger than this server takes. Go back and send less: a PowerPoint "
                "template, for example, without its pictures, films and example slides."
            ),
        ),
        HTTPStatus.REQUEST_URI_TOO_LONG: (
            _("The address is too long"),
            _(
                "An address holds at most {n} characters. Open fewer parts of the chart one by one, or choose fewer values to filter by.",
                n=format_number(LONGEST_ADDRESS, current_language()),
            ),
        ),
        HTTPStatus.MISDIRECTED_REQUEST: (
            _("This server does not answer to that name"),
            _(
                "It answers only to the names it was told. Whoever runs it adds one with “--host-name”."
            ),
        ),
        HTTPStatus.REQUEST_TIMEOUT: (
            _("It took too long"),
            _("What was sent did not arrive in time. Try again."),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (_("The server is busy"), _("Try again in a moment.")),
    }
    if status in known:
        return known[HTTPStatus(status)]
    if status >= SERVER_ERROR:
        title = _("Something went wrong")
        return title, _("The server could not make this page. The server's log says why.")
    title = _("This cannot be done")
    return title, _("The server does not take this request (status {status}).", status=status)


def _handle_unavailable(app: Flask) -> None:
    """Answer what cannot be made just now with when to come again."""

    @app.errorhandler(StillReadingError)
    def still_reading(_error: StillReadingError) -> ResponseReturnValue:
        title = _("The organisation is being read")
        text = _("Its data have changed, or the server has just started. Try again in a moment.")
        return _later(title, text, SECONDS_UNTIL_READ)

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
            "The program that makes pictures and documents stopped before it was done; the "
            "server's log says more. Try again, or take a smaller part of the chart."
        )
        return _later(_("This cannot be made just now"), text)


def _later(title: str, text: str, seconds: int = SECONDS_TO_RETRY) -> ResponseReturnValue:
    again = this_page_with() if request.method == "GET" else ""
    answer = make_response(error_answer(ErrorContext(UNAVAILABLE, title, text, again_href=again)))
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unknown_context(error: UnknownIdError) -> ErrorContext:
    faulty = repository().faulty_as(error.name) if error.kind == "organisation" else ()
    if faulty:
        title = _("This organisation cannot be shown")
        text = _("Its file has errors. Correct what is listed and reload the page.")
        return ErrorContext(UNPROCESSABLE, title, text, faulty=tuple(map(faulty_file, faulty)))
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


def wants_data() -> bool:
    """Tell whether a program asks, which is answered with data where something is wrong."""
    return request.path.endswith(".json") or request.accept_mimetypes.best == "application/json"


def error_answer(context: ErrorContext) -> ResponseReturnValue:
    """Return a page, or data, that says what is wrong."""
    if wants_data():
        content = {
            "ok": False,
            "status": context.status,
            "error": context.title,
            "message": context.text,
            "suggestions": [name for name, _href in context.suggestions],
            "problems": [
                f"{one.place}: {one.code}: {one.message}"
                for file in context.faulty
                for one in file.problems
            ],
        }
        return jsonify(content), context.status
    return render_template("pages/errors/error.html", page=context), context.status
