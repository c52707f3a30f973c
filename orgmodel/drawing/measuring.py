"""How wide text is in the shipped font, and how it breaks into lines.

What is measured here is what is drawn: browsers get the same font in parts, by alphabet, and latin
text is exactly as wide in them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, SEMIBOLD = 400, 600
# The whole font in one file a weight, for those who measure and draw without a browser.
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

    Breaks fall at spaces, else after hyphens, else inside a word that is too long by itself; what
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
    """Return how many letters from the start fit into a width."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle], size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return low
