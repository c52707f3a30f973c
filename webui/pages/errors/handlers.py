"""Error handlers, which answer with a page, or with JSON for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from orgmodel.errors import EngineError, UnknownIdError
from orgmodel.texts import format_number
from webui.asking.edge import current_viewer, repository, served_bands
from webui.asking.questions import WrongQuestionError
from webui.limits import LONGEST_ADDRESS, SECONDS_TO_RETRY, SECONDS_UNTIL_READ
from webui.pages.errors.wrong_question import wrong_question_context, wrong_question_data
from webui.pages.index.page import ErrorContext, faulty_file
from webui.server.jobs import BusyError
from webui.store.opened import StillReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.typing import ResponseReturnValue

    from webui.asking.viewer import Viewer

BAD_REQUEST, NOT_FOUND, UNPROCESSABLE, SERVER_ERROR, UNAVAILABLE = 400, 404, 422, 500, 503


def handle_errors(app: Flask) -> None:
    """Register the error handlers of an application."""
    _handle_unavailable(app)

    @app.errorhandler(WrongQuestionError)
    def wrong_question(error: WrongQuestionError) -> ResponseReturnValue:
        if wants_data():
            data = wrong_question_data(current_viewer(), error, served_bands())
            return jsonify(data), BAD_REQUEST
        path = request.path if request.method in {"GET", "HEAD"} else ""
        page = wrong_question_context(current_viewer(), error, served_bands(), path)
        return render_template("pages/errors/wrong_question.html", page=page), BAD_REQUEST

    @app.errorhandler(UnknownIdError)
    def unknown(error: UnknownIdError) -> ResponseReturnValue:
        return error_answer(_unknown_context(current_viewer(), error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or SERVER_ERROR
        answer = make_response(
            error_answer(ErrorContext(status, *_status_words(current_viewer(), status)))
        )
        # Headers such as Allow and Retry-After.
        for name, value in error.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                answer.headers.setdefault(name, value)
        return answer


def _status_words(viewer: Viewer, status: int) -> tuple[str, str]:
    """Return the title and the text of the page for an HTTP status."""
    known = {
        HTTPStatus.NOT_FOUND: (
            viewer._("Page not found"),
            viewer._("There is no page at this address."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            viewer._("This is too large"),
            viewer._(
                "What was sent is larger than this server takes. Go back and send less: a PowerPoint "
                "template, for example, without its pictures, films and example slides."
            ),
        ),
        HTTPStatus.REQUEST_URI_TOO_LONG: (
            viewer._("The address is too long"),
            viewer._(
                "An address can have at most {n} characters. Unfold fewer parts of the chart "
                "one by one, or choose fewer values to filter by.",
                n=format_number(LONGEST_ADDRESS, viewer.language),
            ),
        ),
        HTTPStatus.MISDIRECTED_REQUEST: (
            viewer._("This server does not answer to that name"),
            viewer._(
                "It answers only to the names that it is set up with. A name is added with "
                "“--host-name”."
            ),
        ),
        HTTPStatus.REQUEST_TIMEOUT: (
            viewer._("It took too long"),
            viewer._("What was sent did not arrive in time. Try again."),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (
            viewer._("The server is busy"),
            viewer._("Try again in a moment."),
        ),
    }
    if status in known:
        return known[HTTPStatus(status)]
    if status >= SERVER_ERROR:
        title = viewer._("Something went wrong")
        return title, viewer._("The server could not make this page. The server's log says why.")
    title = viewer._("This cannot be done")
    return title, viewer._(
        "The server does not take this request (status {status}).", status=status
    )


def _handle_unavailable(app: Flask) -> None:
    """Answer 503 with the time to try again."""

    @app.errorhandler(StillReadingError)
    def still_reading(_error: StillReadingError) -> ResponseReturnValue:
        viewer = current_viewer()
        title = viewer._("The organisation is being read")
        text = viewer._(
            "Its data have changed, or the server has just started. Try again in a moment."
        )
        return _later(title, text, SECONDS_UNTIL_READ)

    @app.errorhandler(BusyError)
    def busy(_error: BusyError) -> ResponseReturnValue:
        viewer = current_viewer()
        text = viewer._(
            "The server is making as many files as it can. Try again in {n} seconds.",
            n=SECONDS_TO_RETRY,
        )
        return _later(viewer._("The server is busy"), text)

    @app.errorhandler(EngineError)
    def failing(error: EngineError) -> ResponseReturnValue:
        viewer = current_viewer()
        current_app.logger.error(str(error))
        text = viewer._(
            "The program that makes pictures and documents stopped before it was done; the "
            "server's log says more. Try again, or take a smaller part of the chart."
        )
        return _later(viewer._("This cannot be made just now"), text)


def _later(title: str, text: str, seconds: int = SECONDS_TO_RETRY) -> ResponseReturnValue:
    again = current_viewer().this_page_with() if request.method == "GET" else ""
    answer = make_response(error_answer(ErrorContext(UNAVAILABLE, title, text, again_href=again)))
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unknown_context(viewer: Viewer, error: UnknownIdError) -> ErrorContext:
    faulty = repository().faulty_as(error.name) if error.kind == "organisation" else ()
    if faulty:
        title = viewer._("This organisation cannot be shown")
        text = viewer._("Its file has errors. Correct what is listed and reload the page.")
        return ErrorContext(
            UNPROCESSABLE, title, text, faulty=tuple(faulty_file(viewer, one) for one in faulty)
        )
    if error.kind == "organisation":
        title = viewer._("Unknown organisation")
        text = viewer._("There is no organisation “{name}” here.", name=error.name)
        links = tuple(
            (one, viewer.url_for("charts.page", organisation_id=one)) for one in error.nearest
        )
    else:
        title, text = _unknown_words(viewer, error)
        links = tuple(_nearest_links(viewer, error))
    code = f"unknown-{'post' if error.kind == 'position' else error.kind}"
    return ErrorContext(NOT_FOUND, title, text, links, code=code)


def _unknown_words(viewer: Viewer, error: UnknownIdError) -> tuple[str, str]:
    if error.kind == "unit":
        return viewer._("Unknown unit"), viewer._(
            "There is no unit “{name}” in this organisation.", name=error.name
        )
    if error.kind == "group":
        return viewer._("Unknown group"), viewer._(
            "There is no group “{name}” in this organisation.", name=error.name
        )
    if error.kind == "step":
        return viewer._("Unknown step"), viewer._(
            "The introduction has no step “{name}”.", name=error.name
        )
    if error.kind == "leader":
        return viewer._("Not a leader's post"), viewer._(
            "Nobody is known to report to the post “{name}”, so it has no span of control.",
            name=error.name,
        )
    return viewer._("Unknown post"), viewer._(
        "There is no post “{name}” in this organisation.", name=error.name
    )


def _nearest_links(viewer: Viewer, error: UnknownIdError) -> Iterator[tuple[str, str]]:
    """Yield the URLs of the entries with the most similar ids, on the same kind of page."""
    names = {"unit": "unit_id", "group": "group_id", "step": "step"}
    name = names.get(error.kind, "position_id")
    if error.kind == "leader" and viewer.path:
        place = {"organisation_id": viewer.path["organisation_id"], "position_id": error.name}
        yield error.name, viewer.url_for("posts.page", **place)
    for one in error.nearest:
        yield one, viewer.this_page_with(**{name: one})


def wants_data() -> bool:
    """Tell whether the client is a program, which receives errors as JSON."""
    is_data = request.path.endswith(".json") or request.path.startswith("/api/v1/")
    return is_data or request.accept_mimetypes.best == "application/json"


def error_answer(context: ErrorContext) -> ResponseReturnValue:
    """Return an error as a page, or as JSON."""
    if wants_data():
        content = {
            "ok": False,
            "status": context.status,
            "code": context.code or HTTPStatus(context.status).phrase.lower().replace(" ", "-"),
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
