"""Routes for operators: health and readiness, robots.txt and security.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, jsonify

from webui.asking.edge import current_viewer, repository
from webui.limits import SECONDS_UNTIL_READ
from webui.pages.accessibility.page import contact_address

bp = Blueprint("status", __name__)

_PLAIN = "text/plain; charset=utf-8"
# RFC 9116 requires an expiry date and recommends less than a year.
_VALID_DAYS = 180


@bp.get("/-/health")
def health() -> Response:
    """Return that the process is alive."""
    return _never_kept(jsonify(status="alive"))


@bp.get("/-/ready")
def ready() -> tuple[Response, int]:
    """Return whether all data files have been read, so that no page waits for them."""
    unread = repository().unread()
    status = HTTPStatus.SERVICE_UNAVAILABLE if unread else HTTPStatus.OK
    answer = jsonify(status="reading" if unread else "ready", unread=unread)
    if unread:
        answer.headers["Retry-After"] = str(SECONDS_UNTIL_READ)
    return _never_kept(answer), status


@bp.get("/robots.txt")
def robots() -> Response:
    """Exclude search engines, since the site names people."""
    return Response("User-agent: *\nDisallow: /\n", mimetype=_PLAIN)


@bp.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Return the contact for vulnerability reports (RFC 9116), if configured."""
    contact = contact_address(str(current_app.config["CONTACT"]))
    if not contact or not contact.isprintable():
        abort(HTTPStatus.NOT_FOUND)
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (day + timedelta(days=_VALID_DAYS)).isoformat().replace("+00:00", "Z")
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: da, en",
        f"Canonical: {current_viewer().whole_url_for('status.security_txt')}",
    )
    return Response("\n".join(lines) + "\n", mimetype=_PLAIN)


def _never_kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
