"""Headers that hold the browser to our own origin, and the check that a form is one of ours."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import g, request

from webui.embedding.sites import read_sites

if TYPE_CHECKING:
    from flask import Flask, Response

# No nonces: a page that is not changed since (304) would come with a nonce that its cached text
# lacks. Everything is a file of our own, so none is needed.
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_NEVER = "frame-ancestors 'none'"


class Kind(Enum):
    """What a page may do that others may not."""

    PLAIN = "plain"
    FORM = "form"
    EMBED = "embed"


def changes_something() -> None:
    """Mark the page that is being made as one with a form that changes something.

    Its form says where it is from, which the browser else keeps to itself, and it may show what it
    makes in a frame of its own.
    """
    g.kind = Kind.FORM


def is_embedded() -> None:
    """Mark the page that is being made as one for frames, of the sites that may have it."""
    g.kind = Kind.EMBED


def is_from_own_page() -> bool:
    """Tell whether the request comes from one of our own pages.

    There are no sessions that a foreign page could use; but it could have people on the inside of
    a network make what they do not know of. Browsers say over https where a request is from; over
    http only what the page's origin is.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:
        return False
    # A server in front of this one may speak https, and this one not know it.
    return origin.scheme in {"http", "https"} and origin.netloc == request.host


def secure(app: Flask) -> None:
    """Put the headers on every answer."""
    sites = read_sites(str(app.config["FRAME_ANCESTORS"]))
    framed = f"frame-ancestors {sites.policy}"
    rules = {
        Kind.PLAIN: (*POLICY, "form-action 'self'", _NEVER),
        Kind.FORM: (*POLICY, "form-action 'self'", "frame-src 'self'", _NEVER),
        Kind.EMBED: (*POLICY, "form-action 'none'", framed),
    }

    @app.after_request
    def add_headers(response: Response) -> Response:
        kind = g.get("kind", Kind.PLAIN)
        headers = response.headers
        headers["Content-Security-Policy"] = "; ".join(rules[kind])
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin" if kind is Kind.FORM else "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        # For browsers that know no policy; it cannot say what a list of sites can.
        options = sites.frame_options if kind is Kind.EMBED else "DENY"
        if options is not None:
            headers["X-Frame-Options"] = options
        return response
