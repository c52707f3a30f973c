"""Responses with files to download."""

from __future__ import annotations

from flask import Response

CALENDAR = "text/calendar; charset=utf-8"
CSV = "text/csv; charset=utf-8"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_answer(content: bytes, mimetype: str, name: str) -> Response:
    """Return a download; ids are letters, digits and hyphens, so that names need no escaping."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
