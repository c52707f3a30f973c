"""What is refused before the app sees it: hosts that are not ours, and addresses that are too long.

The app cannot answer such a request as it stands: it puts addresses together from the host, and
reads all parameters. So it gets a plain request instead, with the status to answer it with.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import abort, request

from webui.limits import LONGEST_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

_REFUSED = "orgmodel.refused"
_LOOPBACK_NAME = "localhost"
# A name as networks give them, also with the underscores that DNS does not know; or an address.
_HOST = re.compile(
    r"(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
    r"(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?"
    r"|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_LONGEST_NAME = 253


def host_name(host: str) -> str | None:
    """Return the name or address in a Host header, without its port; None where it holds none."""
    match = _HOST.fullmatch(host)
    if match is None or len(match["name"]) > _LONGEST_NAME:
        return None
    name = match["name"].lower().strip("[]").removesuffix(".")
    if host.startswith("[") and not _is_address(name):
        return None
    return name


def is_loopback(name: str) -> bool:
    """Tell whether a name or address is this machine's own, which no name of others leads to."""
    if name == _LOOPBACK_NAME:
        return True
    return _is_address(name) and ipaddress.ip_address(name).is_loopback


class Gate:
    """Lets requests for our own hosts through to an app, and tells it to refuse all others.

    A page of a foreign site can have a browser ask any address by a name of that site's own (DNS
    rebinding); that name is then the host that is asked for, so it is no host of ours.

    Parameters
    ----------
    app
        The app.
    hosts
        The names and addresses that are answered beside those of loopback. An address that stands
        for all (0.0.0.0) means every address of this machine.
    """

    def __init__(self, app: WSGIApplication, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._takes_all = any(
            _is_address(one) and ipaddress.ip_address(one).is_unspecified for one in hosts
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
        return self._takes_all and _is_address(name) and _is_of_this_machine(name)


def refused_environ(environ: WSGIEnvironment, status: HTTPStatus) -> WSGIEnvironment:
    """Return a request that is answered with a status, in the language that it asks for."""
    language = re.search(r"(?:^|&)lang=(da|en)(?:&|$)", environ.get("QUERY_STRING", "")[:200])
    plain = {
        "HTTP_HOST": _LOOPBACK_NAME,
        "PATH_INFO": "/",
        "QUERY_STRING": language.group().strip("&") if language else "",
        _REFUSED: status,
    }
    return environ | plain


def refuse(app: Flask) -> None:
    """Answer what the gate refused with a page that says why."""

    @app.before_request
    def answer_refusal() -> None:
        refused = request.environ.get(_REFUSED)
        if refused is not None:
            abort(refused)


def known_hosts(hosts: Collection[str]) -> frozenset[str]:
    """Return hosts as the gate compares them.

    Raises
    ------
    ValueError
        If one is no name and no address; the error names it.
    """
    found = set()
    for host in hosts:
        name = host_name(f"[{host}]" if _is_address(host) and ":" in host else host)
        if name is None:
            reason = (
                f"{host!r} is no host: a name as orgchart.example.dk, without https:// and path"
            )
            raise ValueError(reason)
        found.add(name)
    return frozenset(found)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _is_of_this_machine(address: str) -> bool:
    """Tell whether an address is one of this machine's: only at those can one listen."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
