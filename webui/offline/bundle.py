"""Our scripts as one: modules cannot be fetched from a file, so they are put together in it.

Each module becomes a function that is called at once and returns what the module exports. Only the
forms of `import` and `export` that our own scripts use are known; any other is an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.[^"]*)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (class|function|async function|const) (\w+)", re.MULTILINE)
# What is left of import and export once the known forms are gone, and waiting outside a function.
_UNKNOWN = re.compile(
    r"^(?:import|export|await)\b.*|\bimport\s*\(.*|\bimport\.meta\b.*|^(?:const|let) .*= await\b.*",
    re.MULTILINE,
)


def bundle(entry: Path) -> str:
    """Return a module and all that it imports as one plain script.

    Raises
    ------
    ValueError
        If a module imports, exports or waits in a way that is not known here, if modules import
        each other in a circle, or if one imports a name that the other does not export.
    """
    modules = _Modules()
    modules.add(entry.resolve(), ())
    return '"use strict";\n' + "".join(modules.parts)


class _Modules:
    """The modules of a script, each after those that it imports."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._known: dict[Path, tuple[str, frozenset[str]]] = {}

    def add(self, path: Path, importers: tuple[Path, ...]) -> tuple[str, frozenset[str]]:
        """Add a module, and return its name in the script with what it exports."""
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
    """Return the names of an import as taken from what a module has returned."""
    wanted = [one.strip() for one in names.strip("{}").split(",") if one.strip()]
    missing = [one for one in wanted if one.split(" as ")[0] not in exported]
    if missing:
        reason = f"{', '.join(missing)}: imported, but not exported"
        raise ValueError(reason)
    return f"const {{ {', '.join(one.replace(' as ', ': ') for one in wanted)} }} = {module};"
