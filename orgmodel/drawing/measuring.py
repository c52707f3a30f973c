"""The shipped font: text widths, line breaks, and font subsets to embed in pictures.

Measurements match what is drawn: browsers get the same font split by alphabet, and Latin text has
exactly the same width there.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Collection

FONTS = Path(__file__).parent / "fonts"
REGULAR, SEMIBOLD = 400, 600
# The whole font, one file per weight, for measuring and drawing without a browser.
FONT_FILES = {REGULAR: FONTS / "Inter-Regular.ttf", SEMIBOLD: FONTS / "Inter-SemiBold.ttf"}
_MEASURED_AT = 1000
_ELLIPSIS = "…"


@lru_cache(maxsize=4)
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[weight], _MEASURED_AT)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Return the width of a text in pixels at a font size in pixels."""
    return _font(weight).getlength(text) * size / _MEASURED_AT


def wrap(
    text: str, width: float, size: float, *, weight: int = REGULAR, lines: int = 2
) -> tuple[str, ...]:
    """Return a text broken into at most `lines` lines of at most `width` pixels.

    Lines break at spaces, else after hyphens, else inside a word longer than a line; a text that
    does not fit ends in an ellipsis.
    """
    rest = " ".join(text.split())
    found: list[str] = []
    while rest and len(found) < lines:
        if text_width(rest, size, weight) <= width:
            found.append(rest)
            rest = ""
        elif len(found) == lines - 1:
            found.append(_shortened(rest, width, size, weight))
            rest = ""
        else:
            line, rest = _first_line(rest, width, size, weight)
            found.append(line)
    return tuple(found)


def _first_line(text: str, width: float, size: float, weight: int) -> tuple[str, str]:
    end = _fitting(text, width, size, weight)
    space = text.rfind(" ", 0, end + 1)
    hyphen = text.rfind("-", 0, end)
    if space > 0:
        return text[:space], text[space + 1 :]
    if hyphen > 0:
        return text[: hyphen + 1], text[hyphen + 1 :].lstrip()
    end = max(1, _fitting(text, width - text_width("-", size, weight), size, weight))
    return text[:end] + "-", text[end:]


def _shortened(text: str, width: float, size: float, weight: int) -> str:
    end = _fitting(text, width - text_width(_ELLIPSIS, size, weight), size, weight)
    return text[:end].rstrip(" -,") + _ELLIPSIS


def _fitting(text: str, width: float, size: float, weight: int) -> int:
    """Return the number of leading characters that fit into a width."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle], size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True)
class _Subset:
    """A subset of the font: its files by weight, and the characters that browsers use from it."""

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


_LATIN = _Subset(
    _woff2("latin"),
    "woff2",
    "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
    "U+2212,U+2215,U+FEFF,U+FFFD",
)
_OTHERS = (
    _Subset(
        _woff2("latin-ext"),
        "woff2",
        "U+100-130,U+132-151,U+154-2BA,U+2BD-2C5,U+2C7-2CC,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,"
        "U+20AD-20C0,U+2113",
    ),
    # Greek, Cyrillic and Vietnamese are rare and are taken from the whole font.
    _Subset(dict(FONT_FILES), "truetype", "U+300-52F,U+1EA0-1EF1,U+1F00-1FFF"),
)


def font_style(text: str) -> str:
    """Return a style element with the font subsets that a text needs, as data URLs."""
    letters = {ord(letter) for letter in set(text)}
    subsets = (_LATIN, *(one for one in _OTHERS if one.has_any_of(letters)))
    faces = [
        f"@font-face{{font-family:Inter;font-weight:{weight};src:url({_inline(path, one.kind)})"
        f' format("{one.kind}");unicode-range:{one.ranges}}}'
        for one in subsets
        for weight, path in one.files.items()
    ]
    return f"<style>{''.join(faces)}</style>"


@lru_cache(maxsize=8)
def _inline(path: Path, kind: str) -> str:
    name = "ttf" if kind == "truetype" else kind
    return f"data:font/{name};base64,{base64.b64encode(path.read_bytes()).decode()}"
