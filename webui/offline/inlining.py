"""Inlines the scripts, style, fonts and icon of a page, and writes its security policy."""

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

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).parent
_STATIC = _HERE.parent / "static"
_STYLES = ("fonts.css", "app.css", "search.css", "chart.css")
_FONT_FACE = re.compile(r"@font-face \{.*?\n\}\n", re.DOTALL)
_ADDRESS = re.compile(r'url\("?([^")]*)"?\)')
_FONT_FOLDER = "../fonts/"
# One font file covers Western European letters; a second, larger one Eastern European letters.
_EASTERN = re.compile("[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20c0]")
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# Sequences that end an element early, or make a browser read past its end.
_NOT_INSIDE = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.[^"]*)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (class|function|async function|const) (\w+)", re.MULTILINE)
# Unsupported forms of import and export, and top-level await.
_UNKNOWN = re.compile(
    r"^(?:import|export|await)\b.*|\bimport\s*\(.*|\bimport\.meta\b.*|^(?:const|let) .*= await\b.*",
    re.MULTILINE,
)


@lru_cache(maxsize=1)
def scripts() -> tuple[str, ...]:
    """Return vis-network, the script that positions the first picture, and our bundled modules."""
    return (
        _checked(VIS_NETWORK.read_text(encoding="utf-8")),
        _checked((_STATIC / "place.js").read_text(encoding="utf-8")),
        _checked(bundle(_HERE / "offline.js")),
    )


def style(text: str) -> str:
    """Return the explorer's style with the fonts that a text needs."""
    sheet = "".join(
        path.read_text(encoding="utf-8")
        for path in (*(_STATIC / name for name in _STYLES), _HERE / "offline.css")
    )
    return _sheet(sheet, with_eastern=_EASTERN.search(text) is not None)


def icon() -> str:
    """Return the icon as a data URL."""
    return _data_address(_STATIC / "favicon.svg", "image/svg+xml")


def policy(code: Sequence[str], sheet: str) -> str:
    """Return the security policy that permits only these scripts and this style."""
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
    """Return JSON escaped for a script element."""
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
    """Return a text as browsers parse it; fail if it would end or extend its element."""
    text = text.replace("\r\n", "\n")
    wrong = _NOT_INSIDE.search(text)
    if wrong:
        reason = f"{wrong[0]!r} cannot stand inside a page's script or style"
        raise ValueError(reason)
    return text


# Modules as one script ------------------------------------------------------------------------


def bundle(entry: Path) -> str:
    """Return a module and all that it imports as one plain script.

    Modules cannot be fetched from a file. Each becomes a function that is called at once and returns
    what the module exports. Only the forms of `import` and `export` in our own scripts are supported.

    Raises
    ------
    ValueError
        If a module uses an unsupported form of import, export or await, if modules import each other
        in a cycle, or if a module imports a name that the other does not export.
    """
    modules = _Modules()
    modules.add(entry.resolve(), ())
    return '"use strict";\n' + "".join(modules.parts)


class _Modules:
    """The modules of a script in the order of their dependencies."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._known: dict[Path, tuple[str, frozenset[str]]] = {}

    def add(self, path: Path, importers: tuple[Path, ...]) -> tuple[str, frozenset[str]]:
        """Add a module; return its name in the script and its exports."""
        if path in self._known:
            return self._known[path]
        if path in importers:
            reason = f"{path.name} imports itself by way of {importers[-1].name}"
            raise ValueError(reason)
        text = path.read_text(encoding="utf-8")

        def imported(match: re.Match[str]) -> str:
            names, address = match.groups()
            other, exported = self.add((path.parent / address).resolve(), (*importers, path))
            return _taken(names, other, exported) if names else ""

        text = _IMPORT.sub(imported, text)
        exports = frozenset(name for _kind, name in _EXPORT.findall(text))
        text = _EXPORT.sub(r"\1 \2", text)
        unknown = _UNKNOWN.search(text)
        if unknown:
            reason = f"{path.name}: {unknown.group()!r} cannot be put into one script"
            raise ValueError(reason)
        name = f"module{len(self._known)}"
        given = ", ".join(sorted(exports))
        self.parts.append(f"const {name} = (() => {{\n{text}\nreturn {{ {given} }};\n}})();\n")
        self._known[path] = (name, exports)
        return self._known[path]


def _taken(names: str, module: str, exported: frozenset[str]) -> str:
    """Return the names of an import as a destructuring of the module's result."""
    wanted = [one.strip() for one in names.strip("{}").split(",") if one.strip()]
    missing = [one for one in wanted if one.split(" as ")[0] not in exported]
    if missing:
        reason = f"{', '.join(missing)}: imported, but not exported"
        raise ValueError(reason)
    return f"const {{ {', '.join(one.replace(' as ', ': ') for one in wanted)} }} = {module};"
