"""The access log: one line per request, without search texts.

In the common log format (https://httpd.apache.org/docs/current/logs.html#common), or as JSON with
one object per line.
"""

from __future__ import annotations

import json
import logging
import re
import time
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.wsgi import ClosingIterator

from webui.asking.addresses import is_known
from webui.server.gate import ASKED
from webui.settings import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOG = logging.getLogger(__name__)
# Typed text may be a name; all other values are ids, dates or fixed words.
_TYPED = frozenset({"q", "q-first", "q-second"})
_WORD_OF_OURS = re.compile(r"[A-Za-z0-9_.,~-]{1,200}")
# The last part of such a path is the secret that opens or withdraws a link.
_LINK = re.compile(r"(/-/embed/(?:withdraw/)?).+")
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"
_USER_HEADERS = ("HTTP_X_FORWARDED_USER", "HTTP_REMOTE_USER")
_LONGEST = 2000
_CONTROL = re.compile(r"[^\x21-\x7e]")


class AccessLog:
    """WSGI middleware that logs every request.

    Parameters
    ----------
    app
        The app.
    log_format
        One of `LOG_FORMATS`.
    trusts_proxy
        Whether the user is taken from proxy headers.
    """

    def __init__(self, app: WSGIApplication, log_format: str, *, trusts_proxy: bool) -> None:
        self._app = app
        self._line: Callable[[_Seen], str] = _json_line if log_format == JSON else _common_line
        self._trusts_proxy = trusts_proxy

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, and log it when the whole response has been sent."""
        seen = _Seen(environ, self._user(environ))

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            seen.status = int(status.split(" ", 1)[0])
            sizes = [value for name, value in headers if name.lower() == "content-length"]
            seen.size = int(sizes[0]) if sizes and sizes[0].isdigit() else None
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        answer = self._app(environ, start)  # type: ignore[arg-type]
        return ClosingIterator(answer, lambda: LOG.info("%s", self._line(seen)))

    def _user(self, environ: WSGIEnvironment) -> str:
        found = [environ[one] for one in _USER_HEADERS if environ.get(one)]
        return found[0] if self._trusts_proxy and found else "-"


class _Seen:
    """The data of a request in a log line."""

    def __init__(self, environ: WSGIEnvironment, user: str) -> None:
        self.began = time.perf_counter()
        self.moment = datetime.now().astimezone()
        self.client = _one_word(environ.get("REMOTE_ADDR") or "-")
        self.user = _one_word(user)
        self.method = _one_word(environ.get("REQUEST_METHOD", "-"))
        self.protocol = _one_word(environ.get("SERVER_PROTOCOL", "-"))
        self.address = _address(environ)
        self.status = 0
        self.size: int | None = None


def _address(environ: WSGIEnvironment) -> str:
    path, query = environ.get(ASKED) or (
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )
    path = quote(path.encode("latin-1", "replace"), _SAFE_IN_PATH)
    path = _LINK.sub(r"\1-", path)[:_LONGEST]
    fields = query[:_LONGEST].split("&")
    asked = [_parameter(*field.partition("=")[::2]) for field in fields if field]
    return f"{path}?{'&'.join(asked)}" if asked else path


def _parameter(name: str, value: str) -> str:
    """Return a parameter, without its value if that is typed text."""
    if not is_known(name):
        return "-"
    is_ours = name not in _TYPED and _WORD_OF_OURS.fullmatch(value)
    return f"{name}={value if is_ours else '-'}"


def _one_word(text: str) -> str:
    return _CONTROL.sub("_", text.replace('"', "'"))[:200] or "-"


def _common_line(seen: _Seen) -> str:
    moment = seen.moment.strftime("%d/%b/%Y:%H:%M:%S %z")
    asked = f"{seen.method} {seen.address} {seen.protocol}"
    size = "-" if seen.size is None else seen.size
    return f'{seen.client} - {seen.user} [{moment}] "{asked}" {seen.status} {size}'


def _json_line(seen: _Seen) -> str:
    return json.dumps(
        {
            "time": seen.moment.isoformat(timespec="milliseconds"),
            "client": seen.client,
            "user": None if seen.user == "-" else seen.user,
            "method": seen.method,
            "address": seen.address,
            "protocol": seen.protocol,
            "status": seen.status,
            "bytes": seen.size,
            "ms": round(1000 * (time.perf_counter() - seen.began), 1),
        }
    )
