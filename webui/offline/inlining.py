"""What a page otherwise fetches, put into it: scripts, style, fonts, icon; and its security policy."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from orgmodel.drawing.measuring import FONTS
from orgmodel.drawing.network import VIS_NETWORK
from webui.offline.bundle import bundle

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).parent
_STATIC = _HERE.parent / "static"
_FONT_FACE = re.compile(r"@font-face \{.*?\n\}\n", re.DOTALL)
_ADDRESS = re.compile(r'url\("?([^")]*)"?\)')
_FONT_FOLDER = "../fonts/"
# One font file has the letters of Western Europe, another, larger one those further east.
_EASTERN = re.compile("[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20c0]")
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# What ends an element early, or makes a browser read on past its end.
_NOT_INSIDE = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)


@lru_cache(maxsize=1)
def scripts() -> tuple[str, ...]:
    """Return vis-network, what puts the first picture in its place, and our own scripts as one."""
    return (
        _checked(VIS_NETWORK.read_text(encoding="utf-8")),
        _checked((_STATIC / "place.js").read_text(encoding="utf-8")),
        _checked(bundle(_HERE / "offline.js")),
    )


def style(text: str) -> str:
    """Return the explorer's style with its fonts, of these only what a text has letters of."""
    sheet = "".join(
        path.read_text(encoding="utf-8")
        for path in (_STATIC / "fonts.css", _STATIC / "app.css", _HERE / "offline.css")
    )
    return _sheet(sheet, with_eastern=_EASTERN.search(text) is not None)


def icon() -> str:
    """Return the icon as an address that holds it."""
    return _data_address(_STATIC / "favicon.svg", "image/svg+xml")


def policy(code: Sequence[str], sheet: str) -> str:
    """Return the security policy of a page with these scripts and this style, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, code))}",
            f"style-src {_hash(sheet)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def script_data(text: str) -> Markup:
    """Return JSON so that it can stand in a script element, whatever its strings hold."""
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - this is the escaping


@lru_cache(maxsize=2)
def _sheet(text: str, *, with_eastern: bool) -> str:
    def inlined(match: re.Match[str]) -> str:
        address = match[1]
        if not address.startswith(_FONT_FOLDER):
            reason = f"the style asks for {address}, which no file can hold"
            raise ValueError(reason)
        font = FONTS / address.removeprefix(_FONT_FOLDER)
        return f'url("{_data_address(font, "font/woff2")}")'

    if not with_eastern:
        text = _FONT_FACE.sub(lambda face: "" if "latin-ext" in face[0] else face[0], text)
    return _checked(_ADDRESS.sub(inlined, text))


def _data_address(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _checked(text: str) -> str:
    """Return a text as browsers read it, or fail where it would not end where its element does."""
    text = text.replace("\r\n", "\n")
    wrong = _NOT_INSIDE.search(text)
    if wrong:
        reason = f"{wrong[0]!r} cannot stand inside a page's script or style"
        raise ValueError(reason)
    return text
