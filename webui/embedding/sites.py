"""Which sites may frame embedded views, as a security policy writes it."""

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
    """A list of sites that no policy may hold."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites that may frame embedded views; our own may wherever any may."""

    sources: tuple[str, ...]

    @property
    def policy(self) -> str:
        """The sources as they stand after `frame-ancestors`."""
        return " ".join(self.sources)

    @property
    def may_be_framed(self) -> bool:
        """Whether any site may."""
        return self.sources != (NONE,)

    @property
    def frame_options(self) -> str | None:
        """What browsers that know no policy are told; None where they know no word for it."""
        if not self.may_be_framed:
            return "DENY"
        return "SAMEORIGIN" if self.sources == (SELF,) else None

    def allow(self, origin: str) -> bool:
        """Tell whether another site, by its origin, is among those named."""
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
    """Return the sites that a setting names, with spaces between.

    Raises
    ------
    SitesError
        If one of them is no site; so nothing gets into a header that does not belong there.
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
    """Return a site's own address without a slash at its end; empty where none is given.

    Raises
    ------
    SitesError
        If it is no address of a site.
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
    # Without its quotes a word of the policy would be the name of a host.
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
    # Without a scheme the site is meant over https; a policy takes the page's own or a safer one.
    stated = found["scheme"] or "https"
    is_port = found["port"] == "*" or port == (found["port"] or _PORTS[stated])
    return is_host and scheme == stated and is_port
