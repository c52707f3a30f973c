"""The API: what programs can ask for, as a page for people and as an OpenAPI document."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from webui.pages.api.page import api_context, openapi

bp = Blueprint("api", __name__)


@bp.get("/api")
def page() -> str:
    """Explain the API."""
    return render_template("pages/api/page.html", page=api_context())


@bp.get("/openapi.json")
def document() -> Response:
    """Describe the API for programs (OpenAPI 3.1)."""
    return jsonify(openapi())
