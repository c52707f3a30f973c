"""Serves static files, the fonts, and the vis-network script that pyvis ships."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, request, send_from_directory, url_for

from orgmodel.drawing.measuring import FONTS
from orgmodel.drawing.network import VIS_NETWORK
from webui.server.security import is_shared

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("assets", __name__, url_prefix="/-")

STATIC = Path(__file__).parents[1] / "static"
_YEAR = 365 * 24 * 3600


def asset_url(filename: str) -> str:
    """Return the URL of a static file, with its version so that browsers cache it."""
    return url_for("assets.static_file", filename=filename, v=_version(filename))


@lru_cache(maxsize=256)
def _version(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


@bp.get("/static/<path:filename>")
def static_file(filename: str) -> Response:
    """Return a static file.

    Browsers cache a URL with a version; without one they revalidate on each request.
    """
    is_shared()
    return send_from_directory(STATIC, filename, max_age=_YEAR if "v" in request.args else 0)


@bp.get("/fonts/<path:filename>")
def font(filename: str) -> Response:
    """Return a font."""
    is_shared()
    return send_from_directory(FONTS, filename, max_age=_YEAR)


@bp.get("/vis-network-9.1.2.min.js")
def vis_network() -> Response:
    """Return vis-network; its URL contains its version."""
    return send_from_directory(VIS_NETWORK.parent, VIS_NETWORK.name, max_age=_YEAR)
