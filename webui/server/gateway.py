"""The ASGI-to-WSGI adapter: reads complete requests, and answers each in a thread.

The server speaks ASGI (https://asgi.readthedocs.io/en/latest/specs/www.html), the app WSGI (PEP
3333). Request bodies are received here without occupying a thread; the app reads them from memory.
A client that sends too slowly or stops gets an error after a timeout.
"""

from __future__ import annotations

import asyncio
import io
import sys
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from webui.limits import (
    LARGE_BODIES_AT_ONCE,
    LARGEST_BODY,
    REQUESTS_AT_ONCE,
    SECONDS_FOR_BODY,
    SMALL_BODY,
)
from webui.server.gate import refused_environ

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    Message = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

_UNNAMED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class _BodyError(Exception):
    """Raised for a request body that cannot be received."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Gateway:
    """An ASGI app that answers requests with a WSGI app.

    Parameters
    ----------
    app
        The app. Its responses are sent when they are complete.
    seconds
        The timeout for receiving a request body.
    """

    def __init__(self, app: WSGIApplication, seconds: float = SECONDS_FOR_BODY) -> None:
        self._app = app
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(REQUESTS_AT_ONCE, thread_name_prefix="request")
        self._places = LARGE_BODIES_AT_ONCE

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        environ = _environ(scope)
        try:
            body = await asyncio.wait_for(self._body(environ, receive), self._seconds)
        except (_BodyError, TimeoutError) as error:
            status = error.status if isinstance(error, _BodyError) else HTTPStatus.REQUEST_TIMEOUT
            environ, body = refused_environ(environ, status), b""
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        # A chunked body is complete by now.
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        loop = asyncio.get_running_loop()
        status_code, headers, content = await loop.run_in_executor(
            self._threads, self._answer, environ
        )
        start = {"type": "http.response.start", "status": status_code, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": content})

    async def _body(self, environ: WSGIEnvironment, receive: Receive) -> bytes:
        """Return the request body, limiting its size and the number of large bodies at a time."""
        length = environ.get("CONTENT_LENGTH", "")
        if length.isascii() and length.isdigit() and int(length) >= LARGEST_BODY:
            raise _BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        found = bytearray()
        has_place = False
        try:
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise _BodyError(HTTPStatus.BAD_REQUEST)
                found += message.get("body", b"")
                if len(found) >= LARGEST_BODY:
                    raise _BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                if len(found) > SMALL_BODY and not has_place:
                    if not self._places:
                        raise _BodyError(HTTPStatus.SERVICE_UNAVAILABLE)
                    self._places -= 1
                    has_place = True
                if not message.get("more_body"):
                    return bytes(found)
        finally:
            self._places += has_place

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        """Return the app's response."""
        started: list[tuple[int, list[tuple[bytes, bytes]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Callable[[bytes], object]:
            pairs = [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in headers
            ]
            started[:] = [(int(status.split(" ", 1)[0]), pairs)]
            return written.append

        written: list[bytes] = []
        parts = self._app(environ, start_response)
        try:
            written += parts
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return (*started[0], b"".join(written))


def _environ(scope: Message) -> WSGIEnvironment:
    """Return the WSGI environ of a request."""
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        # WSGI maps hyphens to underscores, so a header with an underscore could imitate a proxy's.
        if "_" in name:
            continue
        key = _UNNAMED.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ
