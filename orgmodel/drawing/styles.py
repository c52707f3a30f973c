"""The styles of a chart's lines, frames and marks, and its colours on light and dark backgrounds.

A style is looked up by name and refers to colours by name: those of the card's look (`fill`,
`ink`, `quiet`, ...) or those that are the same on every card (`PENS`). The canvas, the SVG
pictures and the slides all draw from these tables.

The dark colours are derived from the light ones: each keeps its hue and gets the same contrast to
a dark card as the light colour has to a white one, so contrasts between colours are preserved.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.looks import PENS, Look, every_look
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.statuses import StatusFacts

# In pixels at scale 1: the corner radius of a card and of a line, the stripe at the left edge of a
# card on a slide, the offset of its shadow, the width of the ring around a selected card, and the
# padding beside a text in a box.
RADIUS, BEND, STRIPE, SHADOW, RING, BOX_PADDING = 11, 8, 5, 1, 4, 6


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line: its colour, its width in pixels, its dash lengths and its line cap."""

    color: str
    width: float
    dash: tuple[float, ...] = ()
    cap: str = "butt"


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """A box: the colours of its fill and its outline, and the style of the outline.

    Attributes
    ----------
    height, radius
        The height of a box around a text, and its corner radius.
    """

    fill: str
    edge: str
    width: float
    dash: tuple[float, ...] = ()
    height: int = 0
    radius: int = 0


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A text on a card.

    Attributes
    ----------
    size
        Its size in pixels at scale 1.
    anchor
        Whether a mark's place is the start or the end of the text. For a text in a box, the place
        is the left end of the box, and the text is left-aligned or centred in it.
    """

    color: str
    size: float
    weight: int = REGULAR
    anchor: str = "start"
    box: BoxStyle | None = None


# In drawing order: where lines share a segment, stated lines cover inferred ones. The last style
# is the rule above the figures of a card.
LINES: Mapping[str, LineStyle] = {
    "dashed": LineStyle("line", 1.5, (5, 4)),
    "solid": LineStyle("line", 1.5),
    "dotted": LineStyle("cross", 2.2, (0.5, 5), "round"),
    "rule": LineStyle("rule", 1),
}


def _frame(facts: StatusFacts) -> BoxStyle:
    if facts.outline:
        return BoxStyle("paper", facts.outline, 1.5, (5, 3))
    return BoxStyle("paper", "edge", 1)


# The frames of cards by the status of their posts; that of a selected card, and the ring around it.
FRAMES: Mapping[str, BoxStyle] = {
    **{status: _frame(status.facts) for status in Status},
    "selected": BoxStyle("paper", "select", 2),
    "ring": BoxStyle("", "ring", RING),
}


def _chip(facts: StatusFacts) -> TextStyle:
    if facts.chip is None:
        return TextStyle("quiet", 12.5)
    box = BoxStyle(facts.chip.fill_pen, facts.chip.fill_pen, 0, height=18, radius=6)
    return TextStyle(facts.chip.ink_pen, 12, SEMIBOLD, box=box)


# Texts of cards; a status chip has the style of its status.
TEXTS: Mapping[str, TextStyle] = {
    "title": TextStyle("ink", 13, SEMIBOLD),
    "name": TextStyle("ink", 12.5),
    "unit": TextStyle("quiet", 12),
    "figure": TextStyle("quiet", 12),
    "number": TextStyle("ink", 12, SEMIBOLD),
    "initials": TextStyle(
        "mark", 12, SEMIBOLD, anchor="middle", box=BoxStyle("tint", "tint", 0, (), 28, 14)
    ),
    "doubt": TextStyle(
        "quiet", 12, SEMIBOLD, anchor="middle", box=BoxStyle("paper", "line", 1.5, (), 18, 9)
    ),
    "badge": TextStyle(
        "quiet", 12, SEMIBOLD, anchor="middle", box=BoxStyle("paper", "line", 1.2, (), 22, 11)
    ),
    **{status: _chip(status.facts) for status in Status},
}


@lru_cache(maxsize=1)
def styles_as_dict() -> Mapping[str, object]:
    """Return all styles as plain values, for the browser; default values are left out."""
    return {
        "lines": {name: _plain(style) for name, style in LINES.items()},
        "frames": {name: _plain(style) for name, style in FRAMES.items()},
        "texts": {name: _plain(style) for name, style in TEXTS.items()},
        "radius": RADIUS,
        "bend": BEND,
        "shadow": SHADOW,
        "ring": RING,
        "padding": BOX_PADDING,
        "schemes": {name: dict(scheme.pens) for name, scheme in SCHEMES.items()},
    }


def looks_as_dict(looks: Mapping[str, Look]) -> dict[str, dict[str, dict[str, str]]]:
    """Return looks as plain values for each scheme, for the browser."""
    return {
        name: {value: scheme.look(look).as_dict() for value, look in looks.items()}
        for name, scheme in SCHEMES.items()
    }


def _plain(style: LineStyle | BoxStyle | TextStyle) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in fields(style):
        value = getattr(style, one.name)
        if value != one.default:
            found[one.name] = _plain(value) if isinstance(value, BoxStyle) else value
    return found


_DARK_GROUND, _DARK_CARD, _DARK_SHADOW = "#0f151c", "#18212b", "#0a0d12"
# Outlines and stripes are pale on white, where the text beside them says the same. On a dark
# background their contrast is raised by this factor, to at least 3:1.
_STRONGER, _LEAST = 1.5, 3.1
# Higher contrasts are black on white; on a dark background they are reduced to avoid glare.
_DAZZLING, _SOFTENED = 9.0, 0.55
# The saturation limit: fully saturated pale colours would be too vivid on a dark background.
_SATURATION = 0.8
# Below this sRGB is linear (IEC 61966-2-1).
_LINEAR_BELOW = 0.04045


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True, slots=True)
class ColorScheme:
    """The colours of a picture: its background, and the pens and looks adapted to it.

    Attributes
    ----------
    is_of_page
        Whether colours are custom properties of the page, which is light or dark, with the light
        colours in their place where it has none.
    """

    is_dark: bool
    ground: str
    pens: Mapping[str, str]
    is_of_page: bool = False

    def look(self, look: Look) -> Look:
        """Return a look adapted to this background."""
        return dark_look(look) if self.is_dark else look

    def colors(self, look: Look) -> Mapping[str, str]:
        """Return every colour by its name, for a card of this look."""
        return _page_colors(look) if self.is_of_page else _colors(look, is_dark=self.is_dark)


@lru_cache(maxsize=256)
def _colors(look: Look, *, is_dark: bool) -> Mapping[str, str]:
    scheme = DARK if is_dark else LIGHT
    return {**scheme.pens, **scheme.look(look).as_dict()}


@lru_cache(maxsize=256)
def _page_colors(look: Look) -> Mapping[str, str]:
    return {name: _property(name, color) for name, color in LIGHT.colors(look).items()}


def _property(name: str, color: str) -> str:
    """Return a colour that a page may replace."""
    return f"var({property_name(name, color)},{color})"


def property_name(name: str, color: str) -> str:
    """Return the custom property that holds the dark version of a colour; see `page_properties`."""
    return f"--{name}-{color.removeprefix('#')}"


def page_properties() -> Mapping[str, str]:
    """Return the custom properties of a dark page: the dark version of each colour of a chart."""
    found = {property_name(name, PENS[name]): color for name, color in DARK.pens.items()}
    for look in every_look():
        dark = dark_look(look).as_dict()
        found |= {property_name(name, one): dark[name] for name, one in look.as_dict().items()}
    return found


@lru_cache(maxsize=256)
def dark_look(look: Look) -> Look:
    """Return the dark version of a look; text keeps its contrast, outlines gain some."""
    return Look(
        band=_stroke(look.band),
        tint=_darkened(look.tint),
        mark=_darkened(look.mark),
        ink=_darkened(look.ink),
        quiet=_darkened(look.quiet),
        rule=_darkened(look.rule),
        edge=_stroke(look.edge),
    )


def _stroke(color: str) -> str:
    """Return the dark version of an outline on white."""
    return _of_contrast(color, max(contrast(color, "#ffffff") + _STRONGER, _LEAST))


@lru_cache(maxsize=256)
def _darkened(color: str) -> str:
    wanted = contrast(color, "#ffffff")
    if wanted > _DAZZLING:
        wanted = _DAZZLING + (wanted - _DAZZLING) * _SOFTENED
    return _of_contrast(color, wanted)


def _of_contrast(color: str, wanted: float) -> str:
    """Return the colour of the same hue with a given contrast to the dark card."""
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


LIGHT = ColorScheme(is_dark=False, ground="#ffffff", pens=PENS)
DARK = ColorScheme(
    is_dark=True,
    ground=_DARK_GROUND,
    pens={name: _darkened(color) for name, color in PENS.items()} | {"shadow": _DARK_SHADOW},
)
OF_PAGE = ColorScheme(
    is_dark=False,
    ground="none",
    pens={name: _property(name, color) for name, color in PENS.items()},
    is_of_page=True,
)
SCHEMES: Mapping[str, ColorScheme] = {"light": LIGHT, "dark": DARK}
