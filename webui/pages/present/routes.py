"""Routes that export a view: the page, the preview pictures, and the files in every format."""

from __future__ import annotations

from dataclasses import asdict, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.thumbnails import contact_sheet, spans_slide_marks
from orgmodel.errors import TemplateError
from orgmodel.exporting.formats import Use, file_name, formats
from orgmodel.exporting.printing import sheets_svg
from webui.asking.edge import current_viewer, requested_organisation
from webui.limits import ROWS_AT_ONCE
from webui.pages.present.export_request import ExportRequest
from webui.pages.present.page import (
    LARGEST_TEMPLATE,
    export_summary,
    pages_shown,
    presentation_context,
    previewed_pages,
    previewed_spans,
    slides_words,
    too_large_words,
)
from webui.server.downloads import file_answer
from webui.server.jobs import FILES
from webui.server.security import changes_something, is_from_own_page

if TYPE_CHECKING:
    from orgmodel.exporting.formats import Format

bp = Blueprint("presentations", __name__, url_prefix="/<organisation_id>")

_SLIDES, _PICTURE = "pptx", "svg"
_COLUMNS = 3


@bp.get("/present")
def page(organisation_id: str) -> str:
    """Show the preview, the options and the files of a view."""
    changes_something()
    export = _requested(organisation_id)
    context = presentation_context(export.viewer, export)
    return render_template("pages/present/page.html", page=context)


@bp.get("/present.json")
def data(organisation_id: str) -> Response:
    """Return the summary of the view, which the page fetches when a choice changes."""
    export = _requested(organisation_id)
    return jsonify(asdict(export_summary(export.viewer, export)))


@bp.get("/present/picture")
def preview(organisation_id: str) -> Response:
    """Return the picture for the preview, not as a download."""
    export = _requested(organisation_id)
    if export.is_too_large:
        abort(HTTPStatus.NOT_FOUND)
    content = formats()[_PICTURE].make(export.exhibit(), export.choices)
    return Response(content, mimetype="image/svg+xml")


@bp.get("/present/sheets")
def sheets(organisation_id: str) -> Response:
    """Return the sheets of paper on which the view prints, as one SVG."""
    export = _requested(organisation_id)
    if export.is_too_large:
        abort(HTTPStatus.NOT_FOUND)
    content = sheets_svg(export.exhibit(), PageSize.A4)
    return Response(content, mimetype="image/svg+xml")


@bp.get("/present/slides")
def slides(organisation_id: str) -> Response:
    """Return a picture of the slides of the view."""
    export = _requested(organisation_id)
    if not export.has_preview_of_slides:
        abort(HTTPStatus.NOT_FOUND)
    exhibit = export.exhibit()
    pages, spans = previewed_pages(export, exhibit), previewed_spans(export, exhibit)
    shown = pages_shown(pages, spans)
    content = contact_sheet(
        shown,
        slides_words(export.viewer, pages, spans),
        columns=min(_COLUMNS, len(shown) + (spans is not None)),
        spans="" if spans is None else spans_slide_marks(spans, export.viewer.language),
    )
    return Response(content, mimetype="image/svg+xml")


@bp.get("/present/files/<format_id>")
def file(organisation_id: str, format_id: str) -> Response | tuple[str, int]:
    """Return the view as a file."""
    made = formats().get(format_id)
    if made is None:
        abort(HTTPStatus.NOT_FOUND)
    template = current_app.config["TEMPLATE"]
    export = _requested(organisation_id)
    return _made(export, made, Path(template) if template else None)


@bp.post("/present/slides")
def slides_from_template(organisation_id: str) -> Response | tuple[str, int]:
    """Return the view as slides based on an uploaded PowerPoint template, which is not stored."""
    # The request changes nothing but is expensive, so other sites' pages may not send it.
    if not is_from_own_page():
        abort(HTTPStatus.FORBIDDEN)
    request.max_content_length = LARGEST_TEMPLATE
    export = _requested(organisation_id)
    sent = request.files.get("template")
    try:
        return _made(export, formats()[_SLIDES], sent.read() if sent else b"")
    except TemplateError as error:
        wrong = error.words.text(export.viewer.language)
        return _page_again(export, HTTPStatus.BAD_REQUEST, wrong=wrong)


def _requested(organisation_id: str) -> ExportRequest:
    return ExportRequest(current_viewer(), requested_organisation(organisation_id))


def _made(
    export: ExportRequest, made: Format, template: Path | bytes | None
) -> Response | tuple[str, int]:
    """Return a file of a view, or the page with the reason for the refusal."""
    if made.is_too_much(export.count):
        words = too_large_words(export.viewer, made)
        return _page_again(export, HTTPStatus.UNPROCESSABLE_ENTITY, refused=words)

    def make() -> Response:
        shown = export.exhibit()
        content = made.make(shown, replace(export.choices, template=template))
        return file_answer(content, made.mimetype, file_name(shown, made.ending))

    return make() if _is_light(export, made) else FILES.do(make)


def _is_light(export: ExportRequest, made: Format) -> bool:
    """Tell whether a file takes no longer than a page."""
    is_text = made.use is Use.DATA or made.id == _PICTURE
    return is_text and export.count <= ROWS_AT_ONCE


def _page_again(export: ExportRequest, status: int, **said: str) -> tuple[str, int]:
    """Return the page of the view with an error message; its links are those of the page."""
    changes_something()
    organisation_id = export.loaded.organisation.id
    page_viewer = replace(
        export.viewer, endpoint="presentations.page", path={"organisation_id": organisation_id}
    )
    context = presentation_context(export.viewer, export)
    page = render_template("pages/present/page.html", page=context, viewer=page_viewer, **said)
    return page, status
