"""A view made ready for a presentation: its page, its picture, and its files in every format."""

from __future__ import annotations

from dataclasses import asdict, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from orgmodel.drawing.thumbnails import contact_sheet
from orgmodel.exporting.formats import file_name, formats
from orgmodel.exporting.slides import TemplateError
from webui.downloads import file_answer
from webui.presenting.presentation import (
    MOST_SLIDES_SHOWN,
    asked_choices,
    asked_exhibit,
    is_too_large,
    presentation_context,
    previewed_pages,
    slides_words,
    told,
    too_large_words,
)
from webui.state import seen
from webui.urls import stand_for

if TYPE_CHECKING:
    from orgmodel.exporting.formats import Format
    from webui.loaded import Loaded

bp = Blueprint("presentations", __name__, url_prefix="/<organisation_id>")

_NOT_FOUND = 404
_LARGEST_TEMPLATE = 50 * 2**20
_SLIDES, _PICTURE = "pptx", "svg"
_COLUMNS = 3


@bp.get("/present")
def page(organisation_id: str) -> str:
    """Show the view, what can be chosen of it, and the files that it can be had in."""
    context = presentation_context(seen(organisation_id))
    return render_template("presentations/page.html", page=context)


@bp.get("/present.json")
def data(organisation_id: str) -> Response:
    """Return what is told of the view, for the page when another choice is made."""
    return jsonify(
        asdict(told(asked_exhibit(seen(organisation_id), is_page=True), asked_choices()))
    )


@bp.get("/present/picture")
def preview(organisation_id: str) -> Response:
    """Return the picture, to be looked at and not to be kept."""
    shown = asked_exhibit(seen(organisation_id), is_page=True)
    if is_too_large(shown):
        abort(_NOT_FOUND)
    content = formats()[_PICTURE].make(shown, asked_choices())
    return Response(content, mimetype="image/svg+xml")


@bp.get("/present/slides")
def slides(organisation_id: str) -> Response:
    """Return a picture of the slides that the view is spread over."""
    pages = previewed_pages(asked_exhibit(seen(organisation_id), is_page=True))[:MOST_SLIDES_SHOWN]
    if not pages:
        abort(_NOT_FOUND)
    content = contact_sheet(pages, slides_words(pages), columns=min(_COLUMNS, len(pages)))
    return Response(content, mimetype="image/svg+xml")


@bp.get("/present/files/<format_id>")
def file(organisation_id: str, format_id: str) -> Response | tuple[str, int]:
    """Return the view as a file."""
    made = formats().get(format_id)
    if made is None:
        abort(_NOT_FOUND)
    loaded = seen(organisation_id)
    shown, template = asked_exhibit(loaded), current_app.config["TEMPLATE"]
    if made.takes_long(shown):
        return _refused(loaded, made)
    choices = replace(asked_choices(), template=Path(template) if template else None)
    return file_answer(made.make(shown, choices), made.mimetype, file_name(shown, made.ending))


@bp.post("/present/slides")
def slides_from_template(organisation_id: str) -> Response | tuple[str, int]:
    """Return the view as slides in the look of a PowerPoint file that is sent along; it is not kept."""
    request.max_content_length = _LARGEST_TEMPLATE
    loaded = seen(organisation_id)
    sent = request.files.get("template")
    made = formats()[_SLIDES]
    shown = asked_exhibit(loaded)
    if made.takes_long(shown):
        return _refused(loaded, made)
    try:
        content = made.make(shown, replace(asked_choices(), template=sent.read() if sent else b""))
    except TemplateError as error:
        return _page_again(loaded, HTTPStatus.BAD_REQUEST, wrong=error.words.text(shown.language))
    return file_answer(content, made.mimetype, file_name(shown, made.ending))


def _refused(loaded: Loaded, made: Format) -> tuple[str, int]:
    """Return the page with why a file is not made."""
    return _page_again(loaded, HTTPStatus.UNPROCESSABLE_ENTITY, refused=too_large_words(made))


def _page_again(loaded: Loaded, status: int, **told: str) -> tuple[str, int]:
    """Return the page of the view with what went wrong; its links are those of the page."""
    stand_for("presentations.page", organisation_id=loaded.organisation.id)
    context = presentation_context(loaded)
    return render_template("presentations/page.html", page=context, **told), status
