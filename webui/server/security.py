"""Headers that hold the browser to our own origin, and what a request must be to be taken."""

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
# What proxies add to what they hand on.
_FORWARDED = re.compile(
    r"forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|(true|x|cf|fastly)-(client|connecting)-ip",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_MINUTE = 60.0
_MOST_CLIENTS = 10_000


class Kind(Enum):
    """What a page may do that others may not."""

    PLAIN = "plain"
    FORM = "form"
    EMBED = "embed"
    SHARED = "shared"


def changes_something() -> None:
    """Mark the page that is being made as one with a form that changes something.

    Its form says where it is from, which the browser else keeps to itself, and it may show what it
    makes in a frame of its own.
    """
    g.kind = Kind.FORM


def is_embedded() -> None:
    """Mark the page that is being made as one for frames, of the sites that may have it."""
    g.kind = Kind.EMBED


def is_shared() -> None:
    """Mark what is being sent as a file that anybody may have, whatever page asks for it.

    A frame that is given no origin of its own, as intranets do, gets our styles only so.
    """
    g.kind = Kind.SHARED


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
    if origin.scheme not in _PORTS:
        return False
    # A server in front of this one may speak https, and this one not know it; or not tell it by
    # which name it was asked.
    return origin.netloc == asked_host(request) or _place(origin) == _own_place()


def may_change() -> bool:
    """Tell whether who asks may change something that others see, as by making a link.

    Everybody who reaches the site may where that is set. Else only who sits at this machine, which
    is certain where the server listens on loopback, is known by no other name, and no proxy, which
    also asks over loopback, has handed the request on.
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
    """Put the headers on every answer."""
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
        # For browsers that know no policy; it cannot say what a list of sites can.
        options = sites.frame_options if kind is Kind.EMBED else "DENY"
        if options is not None:
            headers["X-Frame-Options"] = options
        return response
