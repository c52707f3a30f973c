"""Security headers, and checks of the origin of requests."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict, deque
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, g, request

from webui.embedding.sites import read_sites
from webui.server.hosts import asked_host, host_name, is_loopback

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from flask import Flask, Response

# No nonces: an unchanged page (304) would get a header with another nonce than the cached page.
# All scripts and styles are our own files, so none is needed.
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
# Headers that proxies add to forwarded requests.
_FORWARDED = re.compile(
    r"forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|(true|x|cf|fastly)-(client|connecting)-ip",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_MINUTE = 60.0
_MOST_CLIENTS = 10_000


class Kind(Enum):
    """Kinds of page with special permissions."""

    PLAIN = "plain"
    FORM = "form"
    EMBED = "embed"
    SHARED = "shared"


def changes_something() -> None:
    """Mark the current response as a page with a form that makes changes.

    Its form sends the origin, which our referrer policy suppresses otherwise, and it may show a
    preview in a frame.
    """
    g.kind = Kind.FORM


def is_embedded() -> None:
    """Mark the current response as a page that the permitted sites may frame."""
    g.kind = Kind.EMBED


def is_shared() -> None:
    """Mark the current response as a file that pages of any origin may load.

    A sandboxed frame without an origin, as some intranets use, could not load our styles
    otherwise.
    """
    g.kind = Kind.SHARED


def is_from_own_page() -> bool:
    """Tell whether the request comes from one of our own pages.

    There are no sessions that a foreign page could abuse, but it could make browsers inside a
    network submit forms without the user's knowledge (CSRF). Over https browsers send
    Sec-Fetch-Site, over http only Origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:
        return False
    if origin.scheme not in _PORTS:
        return False
    # A proxy may terminate https without forwarding the scheme, or not forward the host.
    return origin.netloc == asked_host(request) or _place(origin) == _own_place()


def may_change() -> bool:
    """Tell whether the client may make changes that others see, such as a link.

    If so configured, everybody may. Otherwise only users of this machine may, that is, if the
    server listens on loopback, has no other name, and the request was not forwarded by a proxy,
    which also connects over loopback.
    """
    config = current_app.config
    if config["ALLOW_CHANGES"]:
        return True
    is_alone = is_loopback(str(config["LISTENS_ON"])) and not (
        config["ADDRESS"] or config["HOST_NAMES"] or config["TRUST_PROXY"]
    )
    is_forwarded = any(_FORWARDED.fullmatch(name) for name, _value in request.headers)
    return is_alone and not is_forwarded and is_loopback(host_name(asked_host(request)) or "")


class MinuteBound:
    """Lets one client do something `most` times a minute; nothing of it is written down."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._done: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, client: str) -> int:
        """Count one more time; return 0, or in how many seconds the client may again."""
        now = time.monotonic()
        with self._lock:
            done = self._done.setdefault(client, deque(maxlen=self._most))
            self._done.move_to_end(client)
            if len(self._done) > _MOST_CLIENTS:
                self._done.popitem(last=False)
            if len(done) == self._most and done[0] > now - _MINUTE:
                return max(1, round(done[0] + _MINUTE - now))
            done.append(now)
        return 0


def _own_place() -> tuple[str, str | None, int | None] | None:
    address = str(current_app.config["ADDRESS"])
    return _place(urlsplit(address)) if address else None


def _place(address: SplitResult) -> tuple[str, str | None, int | None] | None:
    try:
        return address.scheme, address.hostname, address.port or _PORTS[address.scheme]
    except ValueError:
        return None


def secure(app: Flask) -> None:
    """Set the headers of every response."""
    sites = read_sites(str(app.config["FRAME_ANCESTORS"]))
    framed = f"frame-ancestors {sites.policy}"
    rules = {
        Kind.PLAIN: (*POLICY, "form-action 'self'", _NEVER),
        Kind.FORM: (*POLICY, "form-action 'self'", "frame-src 'self'", _NEVER),
        Kind.EMBED: (*POLICY, "form-action 'none'", framed),
        Kind.SHARED: (*POLICY, "form-action 'none'", _NEVER),
    }

    @app.after_request
    def add_headers(response: Response) -> Response:
        kind = g.get("kind", Kind.PLAIN)
        headers = response.headers
        headers["Content-Security-Policy"] = "; ".join(rules[kind])
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin" if kind is Kind.FORM else "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        is_for_all = kind is Kind.SHARED
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_for_all else "same-origin"
        if is_for_all:
            headers["Access-Control-Allow-Origin"] = "*"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        # For browsers without Content-Security-Policy; it does not support a list of sites.
        options = sites.frame_options if kind is Kind.EMBED else "DENY"
        if options is not None:
            headers["X-Frame-Options"] = options
        return response
