"""The link with which readers report an error in the data, to the address that the owner sets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from webui.asking.viewer import Viewer

_MAIL = re.compile(r"(?:mailto:)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\Z", re.ASCII)
_MAILTO = "mailto:"


def read_report_address(text: str) -> str:
    """Return the address for reports as a link; empty if none is configured.

    Raises
    ------
    ValueError
        If it is neither a mail address nor the https URL of a page.
    """
    if not text:
        return ""
    mail = _MAIL.match(text)
    if mail:
        return _MAILTO + mail[1]
    try:
        parts = urlsplit(text)
        is_page = parts.scheme == "https" and bool(parts.hostname) and not parts.username
    except ValueError:
        is_page = False
    if not is_page or not text.isascii() or not text.isprintable() or set(text) & set(" \"'<>\\"):
        msg = f"{text!r} is no address for reports: write https://example.dk/report or a mail address"
        raise ValueError(msg)
    return text


def report_href(viewer: Viewer, fact: str, page: str = "") -> str:
    """Return the link that reports an error in a fact; empty without an address.

    `page` is the URL of the page that shows the fact, by default that of this page.
    """
    if not viewer.report:
        return ""
    page = page or viewer.this_whole_url()
    if viewer.report.startswith(_MAILTO):
        subject = viewer._("Error: {fact}", fact=fact)
        query = urlencode({"subject": subject, "body": f"{fact}\n{page}\n\n"}, quote_via=quote)
        return f"{viewer.report}?{query}"
    parts = urlsplit(viewer.report)
    added = urlencode({"page": page, "fact": fact}, quote_via=quote)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, added)))))
