"""A chart's colours on a light and on a dark ground.

The dark colours are worked out from the light ones and no second table: each keeps its hue and gets
the contrast to a dark card that it has to a white one. So any two colours keep the contrast that
they have to each other, and what stands out most on white stands out most on black.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.looks import PENS, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

_DARK_GROUND, _DARK_CARD, _DARK_SHADOW = "#11161d", "#1b232d", "#0a0d12"
# Outlines and stripes are pale on white, where the text beside them says the same; on a dark ground
# they are given this much more, and never less than three to one.
_STRONGER, _LEAST = 1.5, 3.1
# What has more contrast than this is black on white; on a dark ground less of it dazzles less.
_DAZZLING, _SOFTENED = 9.0, 0.55
# Light colours of full saturation are pale on white; as dark ones they would glow.
_SATURATION = 0.8
# Below this sRGB is linear (IEC 61966-2-1).
_LINEAR_BELOW = 0.04045


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture: its ground, and what becomes of pens and looks on it."""

    is_dark: bool
    ground: str
    pens: Mapping[str, str]

    def look(self, look: Look) -> Look:
        """Return a look as it is on this ground."""
        return dark_look(look) if self.is_dark else look


@lru_cache(maxsize=256)
def dark_look(look: Look) -> Look:
    """Return what a look becomes on a dark ground; text keeps its contrast, outlines gain some."""
    fill = _darkened(look.fill)
    return Look(
        band=fill if look.band == look.fill else _stroke(look.band, fill),
        fill=fill,
        ink=_darkened(look.ink),
        quiet=_darkened(look.quiet),
        rule=_darkened(look.rule),
        edge=fill if look.edge == look.fill else _stroke(look.edge, fill),
    )


def _stroke(color: str, fill: str) -> str:
    """Return what an outline on white becomes around a dark fill."""
    wanted = contrast(color, "#ffffff") + _STRONGER
    return _of_contrast(color, max(wanted, _LEAST * contrast(fill, _DARK_CARD)))


@lru_cache(maxsize=256)
def _darkened(color: str) -> str:
    wanted = contrast(color, "#ffffff")
    if wanted > _DAZZLING:
        wanted = _DAZZLING + (wanted - _DAZZLING) * _SOFTENED
    return _of_contrast(color, wanted)


def _of_contrast(color: str, wanted: float) -> str:
    """Return the colour of the same hue that has a contrast to the dark card."""
    if wanted == 1:
        return _DARK_CARD
    hue, _lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    low, high = 0.0, 1.0
    aim = wanted * (_luminance(_DARK_CARD) + 0.05) - 0.05
    for _step in range(20):
        middle = (low + high) / 2
        if _luminance(_hex(hue, middle, saturation * _SATURATION)) < aim:
            low = middle
        else:
            high = middle
    return _hex(hue, high, saturation * _SATURATION)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    channels = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(255 * one):02x}" for one in channels)


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    linear = [
        one / 12.92 if one <= _LINEAR_BELOW else ((one + 0.055) / 1.055) ** 2.4
        for one in _channels(color)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LIGHT = Theme(is_dark=False, ground="#ffffff", pens=PENS)
DARK = Theme(
    is_dark=True,
    ground=_DARK_GROUND,
    pens={name: _darkened(color) for name, color in PENS.items()} | {"shadow": _DARK_SHADOW},
)
