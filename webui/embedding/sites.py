"""The sites that may frame embedded views, as sources of a Content-Security-Policy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

SELF, NONE, ANY = "'self'", "'none'", "*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_SITE = re.compile(
    rf"(?:(?P<scheme>https?)://)?(?P<host>(?:\*\.)?{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>\d{{1,5}}|\*))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"https?://{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?(?=/|$)", re.IGNORECASE)
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_PORTS = {"http": "80", "https": "443"}


class SitesError(ValueError):
    """A list of sites that is not valid in a policy."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites that may frame embedded views; if there are any, our own site may as well."""

    sources: tuple[str, ...]

    @property
    def policy(self) -> str:
        """The sources of `frame-ancestors`."""
        return " ".join(self.sources)

    @property
    def may_be_framed(self) -> bool:
        """Whether any site may frame views."""
        return self.sources != (NONE,)

    @property
    def frame_options(self) -> str | None:
        """The X-Frame-Options value for browsers without policies; None if it has no equivalent."""
        if not self.may_be_framed:
            return "DENY"
        return "SAMEORIGIN" if self.sources == (SELF,) else None

    def allow(self, origin: str) -> bool:
        """Tell whether an origin matches the listed sites."""
        if ANY in self.sources:
            return True
        try:
            asked = urlsplit(origin)
            port = str(asked.port or _PORTS.get(asked.scheme, ""))
        except ValueError:
            return False
        return any(
            _is_at(source, asked.scheme, asked.hostname or "", port) for source in self.sources
        )


def read_sites(text: str) -> Sites:
    """Return the sites of a setting, which are separated by spaces.

    Raises
    ------
    SitesError
        If one of them is not a site, which prevents header injection.
    """
    if not text.isascii() or not text.isprintable():
        reason = f"{text!r}: sites are written in ASCII, a name such as ø.dk as xn--8ca.dk"
        raise SitesError(reason)
    sources = dict.fromkeys(map(_source, text.split()))
    if not sources:
        msg = "no site is named; 'none' in single quotes allows none"
        raise SitesError(msg)
    if NONE in sources:
        if len(sources) > 1:
            msg = f"{text!r}: 'none' stands alone"
            raise SitesError(msg)
        return Sites((NONE,))
    return Sites((ANY,) if ANY in sources else tuple({SELF: None, **sources}))


def read_address(text: str) -> str:
    """Return the site's own URL without a trailing slash; empty if none is configured.

    Raises
    ------
    SitesError
        If it is not the URL of a site.
    """
    address = text.rstrip("/")
    start = _ADDRESS.match(address)
    if address and (start is None or not _PATH.fullmatch(address[start.end() :])):
        msg = f"{text!r} is no address: write https://organisation.example.dk"
        raise SitesError(msg)
    return address


def _source(written: str) -> str:
    if written in {SELF, NONE, ANY}:
        return written
    found = _SITE.fullmatch(written.removesuffix("/"))
    # A policy keyword without quotes would be read as a host name.
    if found is None or f"'{written}'" in {SELF, NONE}:
        reason = (
            f"{written!r} is no site: write https://intranet.example.dk, https://*.example.dk, "
            "'self', 'none' or *, without a path"
        )
        raise SitesError(reason)
    return found.group().lower()


def _is_at(source: str, scheme: str, host: str, port: str) -> bool:
    found = _SITE.fullmatch(source)
    if found is None:
        return False
    named = found["host"]
    is_host = host.endswith(named[1:]) if named.startswith("*.") else host == named
    # A site without a scheme means https; a policy would allow the page's own scheme or a safer one.
    stated = found["scheme"] or "https"
    is_port = found["port"] == "*" or port == (found["port"] or _PORTS[stated])
    return is_host and scheme == stated and is_port
