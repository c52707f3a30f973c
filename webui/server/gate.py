"""Rejection of requests for foreign hosts and of URLs that are too long, before the app.

The app cannot process such a request, because it builds URLs from the host and parses all
parameters. It gets a substitute request with the status of the response.
"""

from __future__ import annotations

import ipaddress
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import abort, request

from webui.limits import LONGEST_ADDRESS
from webui.server.hosts import (
    LOOPBACK_NAME,
    host_name,
    is_address,
    is_loopback,
    is_of_this_machine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

_REFUSED = "orgmodel.refused"
# The original path and parameters of a rejected request.
ASKED = "orgmodel.asked"


class Gate:
    """WSGI middleware that passes requests for our own hosts to an app and rejects all others.

    With DNS rebinding a page of a foreign site makes a browser send requests to this server under
    that site's host name. Checking the host prevents it.

    Parameters
    ----------
    app
        The app.
    hosts
        The names and addresses that are accepted in addition to those of loopback. The unspecified
        address (0.0.0.0) means every address of this machine.
    """

    def __init__(self, app: WSGIApplication, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._takes_all = any(
            is_address(one) and ipaddress.ip_address(one).is_unspecified for one in hosts
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        refused = self._refused(environ)
        if refused is not None:
            environ = refused_environ(environ, refused)
        return self._app(environ, start_response)

    def _refused(self, environ: WSGIEnvironment) -> HTTPStatus | None:
        name = host_name(environ.get("HTTP_HOST") or environ.get("SERVER_NAME", ""))
        if name is None:
            return HTTPStatus.BAD_REQUEST
        if not self._is_ours(name):
            return HTTPStatus.MISDIRECTED_REQUEST
        length = len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", ""))
        if length > LONGEST_ADDRESS:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        return None

    def _is_ours(self, name: str) -> bool:
        if name in self._hosts or is_loopback(name):
            return True
        return self._takes_all and is_address(name) and is_of_this_machine(name)


def refused_environ(environ: WSGIEnvironment, status: HTTPStatus) -> WSGIEnvironment:
    """Return a substitute request to be answered with a status, in the requested language."""
    language = re.search(r"(?:^|&)lang=(da|en)(?:&|$)", environ.get("QUERY_STRING", "")[:200])
    plain = {
        "HTTP_HOST": LOOPBACK_NAME,
        "PATH_INFO": "/",
        "QUERY_STRING": language.group().strip("&") if language else "",
        _REFUSED: status,
        ASKED: (environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")),
    }
    return environ | plain


def refuse(app: Flask) -> None:
    """Answer a request rejected by the gate with an error page."""

    @app.before_request
    def answer_refusal() -> None:
        refused = request.environ.get(_REFUSED)
        if refused is not None:
            abort(refused)
