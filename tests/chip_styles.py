"""The styles of status chips and the dark colours of charts in the style sheets, generated.

`python -m tests.chip_styles` updates them; a test compares them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import webui
from orgmodel.drawing.styles import DARK, LIGHT, page_properties
from orgmodel.model.statuses import STATUS_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.drawing.styles import ColorScheme

_STATIC = Path(webui.__file__).parent / "static"
_START, _END = "/* Made from orgmodel/model/statuses.py. */", "/* Made so far. */"
_CHIPS = {facts.chip.name: facts.chip for facts in STATUS_FACTS.values() if facts.chip}
# The style of a status without a chip next to those with one, by style sheet.
_PLAIN = {
    "app.css": "background: var(--paper); color: var(--quiet); border-color: var(--wire);",
    "embed.css": "color: var(--quiet); border-color: var(--edge);",
}
SHEETS = tuple(_PLAIN)


def written(sheet: str) -> str:
    """Return the chip styles in a style sheet."""
    return _split(sheet)[1]


def made(sheet: str) -> str:
    """Return the chip styles that it should have; those of dark mode too."""
    return "".join(f"{line}\n" for line in _lines(sheet))


def main() -> None:
    """Write the chip styles into the style sheets."""
    for sheet in SHEETS:
        before, _chips, after = _split(sheet)
        (_STATIC / sheet).write_text(before + made(sheet) + after, encoding="utf-8")


def _split(sheet: str) -> tuple[str, str, str]:
    text = (_STATIC / sheet).read_text(encoding="utf-8")
    found = re.fullmatch(f"(.*{re.escape(_START)}\n)(.*)({re.escape(_END)}\n.*)", text, re.DOTALL)
    assert found, f"{sheet} has no place for the chips of statuses"
    before, chips, after = found.groups()
    return before, chips, after


def _lines(sheet: str) -> Iterator[str]:
    yield f":root {{ {_pens(LIGHT)} }}"
    dark = _pens(DARK)
    if sheet == "app.css":
        yield f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
        colors = " ".join(f"{name}: {color};" for name, color in page_properties().items())
        yield f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {colors} }} }}"
    else:
        yield f".theme-dark {{ {dark} }}"
        yield f"@media screen and (prefers-color-scheme: dark) {{ .theme-auto {{ {dark} }} }}"
    plain = [one for one, facts in STATUS_FACTS.items() if not facts.chip]
    yield f"{_selector(plain)} {{ {_PLAIN[sheet]} font-style: italic; font-weight: 400; }}"
    for name, chip in _CHIPS.items():
        selector = _selector(one for one, facts in STATUS_FACTS.items() if facts.chip == chip)
        colors = f"color: var(--{name}-ink); background: var(--{name}-fill); border-color: var(--{name});"
        yield f"{selector} {{ {colors} }}"
    dashed = _selector(one for one, facts in STATUS_FACTS.items() if facts.is_open)
    yield f"{dashed} {{ border-style: dashed; }}"


def _selector(statuses: Iterable[str]) -> str:
    return ", ".join(f".chip-{one}" for one in statuses)


def _pens(scheme: ColorScheme) -> str:
    pens = scheme.pens
    return " ".join(
        f"--{name}: {pens[name]}; --{name}-fill: {pens[f'{name}Fill']};"
        f" --{name}-ink: {pens.get(f'{name}Ink', pens[name])};"
        for name in _CHIPS
    )


if __name__ == "__main__":
    main()
