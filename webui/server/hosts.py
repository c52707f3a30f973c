"""Host names and addresses in requests."""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Request

LOOPBACK_NAME = "localhost"
# A host name, also with the underscores used in local networks, or an address.
_HOST = re.compile(
    r"(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
    r"(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?"
    r"|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_LONGEST_NAME = 253


def asked_host(request: Request) -> str:
    """Return the Host header of a request, unchanged."""
    return request.headers.get("Host") or request.host


def host_name(host: str) -> str | None:
    """Return the name or address in a Host header, without its port; None if it is invalid."""
    match = _HOST.fullmatch(host)
    if match is None or len(match["name"]) > _LONGEST_NAME:
        return None
    name = match["name"].lower().strip("[]").removesuffix(".")
    if host.startswith("[") and not is_address(name):
        return None
    return name


def is_loopback(name: str) -> bool:
    """Tell whether a name or address is loopback, which foreign names cannot imitate."""
    if name == LOOPBACK_NAME:
        return True
    return is_address(name) and ipaddress.ip_address(name).is_loopback


def known_hosts(hosts: Collection[str]) -> frozenset[str]:
    """Return hosts normalised for comparison.

    Raises
    ------
    ValueError
        If one is not a name or address; the message names it.
    """
    found = set()
    for host in hosts:
        name = host_name(f"[{host}]" if is_address(host) and ":" in host else host)
        if name is None:
            reason = (
                f"{host!r} is no host: a name as orgchart.example.dk, without https:// and path"
            )
            raise ValueError(reason)
        found.add(name)
    return frozenset(found)


def is_address(name: str) -> bool:
    """Tell whether a text is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def is_of_this_machine(address: str) -> bool:
    """Tell whether an address belongs to this machine, by trying to bind to it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
