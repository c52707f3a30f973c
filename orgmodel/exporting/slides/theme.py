"""The colours and fonts of a presentation's theme, their actual values, and the paints of cards.

Everything on a slide refers to theme colours, lighter or darker by the steps that PowerPoint
offers, so that a chart adapts to a template that it is pasted into. Legibility is computed from
the colours that the references resolve to.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from orgmodel.drawing.styles import TEXTS
from orgmodel.model.statuses import STATUS_FACTS, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element
    from pptx.slide import SlideLayout, SlideMaster

    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.styles import TextStyle

_READABLE = 4.5
_ALL = 100
_DARK = 0.35
# Below this value WCAG's relative luminance is linear.
_STRAIGHT = 0.04045
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)))
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_PRESETS = {"black": "000000", "white": "ffffff"}
# Text widths relative to Inter, not exceeded by nearly all words. Unlisted fonts are assumed to be
# as wide as the widest common one.
_BREADTHS = {
    "calibri": 0.93,
    "carlito": 0.93,
    "aptos": 0.98,
    "arial": 0.98,
    "helvetica": 0.98,
    "liberation sans": 0.98,
    "segoe ui": 1.0,
    "open sans": 1.03,
    "inter": 1.0,
    "roboto": 0.98,
    "lato": 0.96,
    "source sans pro": 0.93,
    "times new roman": 0.92,
    "garamond": 0.9,
    "georgia": 1.02,
    "cambria": 0.97,
    "tahoma": 1.0,
    "trebuchet ms": 0.98,
    "verdana": 1.14,
}
_UNKNOWN_BREADTH = 1.14

_HEX = re.compile("[0-9a-fA-F]{6}")

RGB = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tint:
    """A reference to a theme colour, darker or lighter by a step.

    Attributes
    ----------
    slot
        The colour's name in the theme.
    kept, added
        The share of its lightness that is kept, and the lightness added, in percent.
    """

    slot: str
    kept: int = 100
    added: int = 0

    def xml(self) -> str:
        """Return the reference as DrawingML."""
        kept = f'<a:lumMod val="{self.kept * 1000}"/>' if self.kept != _ALL else ""
        added = f'<a:lumOff val="{self.added * 1000}"/>' if self.added else ""
        return f'<a:schemeClr val="{self.slot}">{kept}{added}</a:schemeClr>'

    def darker(self, step: float) -> Tint:
        """Return the same colour with lower lightness."""
        return Tint(self.slot, round(self.kept * step), round(self.added * step))


class Theme:
    """The theme of a slide master."""

    def __init__(self, colours: Mapping[str, str], mapped: Mapping[str, str], font: str) -> None:
        self._colours = colours
        self._mapped = {**_USUAL_MAP, **mapped}
        self.font = font

    @property
    def breadth(self) -> float:
        """The width of text in the theme's font, relative to the shipped font."""
        return _BREADTHS.get(self.font.lower(), _UNKNOWN_BREADTH)

    def real(self, tint: Tint) -> RGB:
        """Return the colour that a reference resolves to, each component from 0 to 1."""
        slot = self._mapped.get(tint.slot, tint.slot)
        text = self._colours.get(slot, "000000" if slot.startswith("dk") else "808080")
        red, green, blue = (int(text[n : n + 2], 16) / 255 for n in (0, 2, 4))
        hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
        light = min(1.0, max(0.0, light * tint.kept / 100 + tint.added / 100))
        return colorsys.hls_to_rgb(hue, light, strength)

    def contrast(self, first: Tint, second: Tint) -> float:
        """Return the contrast of two colours, from 1 to 21, as WCAG defines it."""
        lights = sorted(_luminance(self.real(one)) for one in (first, second))
        return (lights[1] + 0.05) / (lights[0] + 0.05)

    def readable(self, fill: Tint, *inks: Tint) -> Tint:
        """Return the first colour that is legible on a fill, or else the one with most contrast."""
        for ink in inks:
            if self.contrast(ink, fill) >= _READABLE:
                return ink
        return max(inks, key=lambda ink: self.contrast(ink, fill))

    def is_readable(self, ink: Tint, fill: Tint) -> bool:
        """Tell whether text in a colour is legible on a fill."""
        return self.contrast(ink, fill) >= _READABLE

    def is_dark(self, tint: Tint) -> bool:
        """Tell whether a colour is so dark that darker ones are indistinguishable from it."""
        return max(self.real(tint)) < _DARK


def theme_of(layout: SlideLayout) -> Theme:
    """Return the theme of slides with a layout."""
    master = layout.slide_master
    root = parse_xml(master.part.part_related_by(RT.THEME).blob)
    colours = {}
    for slot in _SLOTS:
        found = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{slot}')}")
        if found is not None and len(found):
            colours[slot] = _hex(found[0])
    latin = root.find(f".//{qn('a:minorFont')}/{qn('a:latin')}")
    font = latin.get("typeface", "") if latin is not None else ""
    return Theme(colours, _mapping(master, layout), font)


def _mapping(master: SlideMaster, layout: SlideLayout) -> dict[str, str]:
    found = master._element.find(qn("p:clrMap"))
    other = layout._element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    mapped: dict[str, str] = {}
    for one in (found, other):
        mapped |= dict(one.attrib) if one is not None else {}
    return mapped


def _hex(colour: _Element) -> str:
    """Return a colour as six hex digits; system colours as recorded when the file was saved."""
    text = colour.get("lastClr") or colour.get("val") or ""
    text = _PRESETS.get(text, text)
    return text if _HEX.fullmatch(text) else "808080"


def _luminance(colour: RGB) -> float:
    parts = [one / 12.92 if one <= _STRAIGHT else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


# Cards in the colours of a theme -------------------------------------------------------------

PAPER, INK = Tint("bg1"), Tint("tx1")
QUIET = Tint("tx1", 75, 25)
_FAINT = Tint("bg1", 85)
_GREY = Tint("tx1", 50, 50)

# Our own theme has the colours of the screen, for the stripe of a look.
_OWN: Mapping[str, Tint] = {
    "#12355b": Tint("accent1"),
    "#1b5fa7": Tint("accent2"),
    "#2c8a8a": Tint("accent3"),
    "#6c7f93": Tint("accent4"),
    "#a08a6a": Tint("tx1", 50, 50),
    "#6b3fa0": Tint("accent6", 60),
    "#8fb7d8": Tint("accent2", 40, 60),
    "#6a9fc8": Tint("accent2", 60, 40),
    "#4b8bbd": Tint("accent2", 75, 25),
    "#2f77b0": Tint("accent2"),
    "#1f5d90": Tint("accent2", 75),
    "#14365c": Tint("accent1"),
    "#0072b2": Tint("accent2"),
    "#d55e00": Tint("accent5"),
    "#009e73": Tint("accent3"),
    "#cc79a7": Tint("accent6"),
    "#b08d00": Tint("accent5", 75),
    "#56b4e9": Tint("tx1", 50, 50),
    "#5a2d6e": Tint("accent6", 60),
    "#4d4d4d": Tint("tx1"),
}
# The colours of other themes are unknown, so layers and bands are steps of the first accent.
_ANY: Mapping[str, Tint] = {
    "#12355b": Tint("accent1", 50),
    "#1b5fa7": Tint("accent1"),
    "#2c8a8a": Tint("accent1", 60, 40),
    "#6c7f93": Tint("accent1", 40, 60),
    "#a08a6a": Tint("accent1", 20, 80),
    "#6b3fa0": Tint("accent4", 75),
    "#8fb7d8": Tint("accent1", 20, 80),
    "#6a9fc8": Tint("accent1", 40, 60),
    "#4b8bbd": Tint("accent1", 60, 40),
    "#2f77b0": Tint("accent1"),
    "#1f5d90": Tint("accent1", 75),
    "#14365c": Tint("accent1", 50),
    "#0072b2": Tint("accent1"),
    "#d55e00": Tint("accent2"),
    "#009e73": Tint("accent3"),
    "#cc79a7": Tint("accent4"),
    "#b08d00": Tint("accent5"),
    "#56b4e9": Tint("accent6"),
    "#5a2d6e": Tint("accent4", 75),
    "#4d4d4d": Tint("tx1", 50, 50),
}
# Darker steps of a nearly black first colour would be indistinguishable.
_FROM_DARK: Mapping[str, Tint] = {
    "#12355b": Tint("accent1"),
    "#1b5fa7": Tint("accent1", 75, 25),
    "#14365c": Tint("accent1"),
    "#1f5d90": Tint("accent1", 85, 15),
    "#2f77b0": Tint("accent1", 75, 25),
}
_GREYS: Mapping[str, Tint] = {"#97a3b0": _GREY, "#dde3ea": _FAINT, "#7b8a9d": _GREY}


# The colours of the chips of open posts, which have their own colour.
_ALERTS = frozenset(TEXTS[status].color for status in Status if status.facts.outline)


def _status_tints(*, is_own: bool) -> Mapping[str, Tint]:
    """Return the tints of the stripes of statuses, in our own theme or in another."""
    return {
        facts.band: Tint(facts.slide_tints[0 if is_own else 1])
        for facts in STATUS_FACTS.values()
        if facts.slide_tints
    }


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a card in a theme, corresponding to a `Look`.

    Attributes
    ----------
    band
        The stripe at the left edge.
    alert
        The colour of text about an open post.
    """

    band: Tint
    fill: Tint
    ink: Tint
    quiet: Tint
    alert: Tint

    def text(self, style: TextStyle) -> Tint:
        """Return the colour of a text of a card."""
        if style.color in _ALERTS:
            return self.alert
        return self.quiet if style.color == "quiet" else self.ink


class Paints:
    """The looks of cards in a theme.

    Parameters
    ----------
    is_own
        Whether it is our own theme, with the colours of the screen.
    """

    def __init__(self, theme: Theme, *, is_own: bool) -> None:
        self.theme = theme
        dark = {} if is_own or not theme.is_dark(Tint("accent1")) else _FROM_DARK
        self._tints = {
            **(_OWN if is_own else _ANY),
            **_status_tints(is_own=is_own),
            **dark,
            **_GREYS,
        }
        self.open_post = Tint("accent5") if is_own else Tint("accent2")
        self.selected = Tint("accent2") if is_own else Tint("accent1")
        self.cross = Tint("accent6") if is_own else Tint("accent4")
        self.edge = _FAINT
        self.line = theme.readable(PAPER, Tint("tx1", 60, 40), INK)
        self.quiet = theme.readable(PAPER, QUIET, INK)
        self._paints = lru_cache(maxsize=256)(self._new_paint)

    def outline(self, pen: str) -> Tint:
        """Return the colour of the outline of a card, by the pen of its frame."""
        known = {"edge": self.edge, "vacant": self.open_post, "select": self.selected}
        return known.get(pen, self.quiet)

    def paint(self, look: Look) -> Paint:
        """Return the colours of a look: a card without a fill of its own, with a stripe."""
        return self._paints(look)

    def _new_paint(self, look: Look) -> Paint:
        band = self._tints.get(look.band, INK)
        alert = self.theme.readable(
            PAPER, self.open_post, self.open_post.darker(0.75), self.open_post.darker(0.5), INK
        )
        ink = self.theme.readable(PAPER, INK)
        is_faint = band == _FAINT
        return Paint(band, PAPER, self.quiet if is_faint else ink, self.quiet, alert)
