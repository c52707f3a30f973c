"""The font inside a picture's file, so that it looks alike where nobody has it installed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.measuring import FONT_FILES, FONTS, REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True)
class _Part:
    """A part of the font: its files by weight, and the letters that browsers take from them."""

    files: dict[int, Path]
    kind: str
    ranges: str

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        ends = [one.removeprefix("U+").split("-") for one in self.ranges.split(",")]
        return tuple((int(one[0], 16), int(one[-1], 16)) for one in ends)

    def has_any_of(self, letters: Collection[int]) -> bool:
        return any(low <= letter <= high for letter in letters for low, high in self.spans)


def _woff2(name: str) -> dict[int, Path]:
    return {w: FONTS / f"inter-{name}-{w}-normal.woff2" for w in (REGULAR, SEMIBOLD)}


_LATIN = _Part(
    _woff2("latin"),
    "woff2",
    "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
    "U+2212,U+2215,U+FEFF,U+FFFD",
)
_OTHERS = (
    _Part(
        _woff2("latin-ext"),
        "woff2",
        "U+100-130,U+132-151,U+154-2BA,U+2BD-2C5,U+2C7-2CC,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,"
        "U+20AD-20C0,U+2113",
    ),
    # Greek, Cyrillic and Vietnamese come seldom, and then from the whole font.
    _Part(dict(FONT_FILES), "truetype", "U+300-52F,U+1EA0-1EF1,U+1F00-1FFF"),
)


def font_style(text: str) -> str:
    """Return a style element with the parts of the font that a text needs, without any address."""
    letters = {ord(letter) for letter in set(text)}
    parts = (_LATIN, *(part for part in _OTHERS if part.has_any_of(letters)))
    faces = [
        f"@font-face{{font-family:Inter;font-weight:{weight};src:url({_inline(path, part.kind)})"
        f' format("{part.kind}");unicode-range:{part.ranges}}}'
        for part in parts
        for weight, path in part.files.items()
    ]
    return f"<style>{''.join(faces)}</style>"


@lru_cache(maxsize=8)
def _inline(path: Path, kind: str) -> str:
    name = "ttf" if kind == "truetype" else kind
    return f"data:font/{name};base64,{base64.b64encode(path.read_bytes()).decode()}"
