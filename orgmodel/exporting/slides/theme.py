"""The colours and fonts of a presentation's theme, and what they really are.

Everything on a slide refers to the theme's colours, lighter or darker by steps as PowerPoint offers
them, so that a chart follows the template that it is pasted into. What can be read on what is
worked out from the colours that the references stand for.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element
    from pptx.slide import SlideLayout, SlideMaster

_READABLE = 4.5
_ALL = 100
_DARK = 0.35
# Below this, WCAG takes a colour's brightness to grow in a straight line.
_STRAIGHT = 0.04045
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)))
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_PRESETS = {"black": "000000", "white": "ffffff"}
# How wide text runs, measured by Inter: the width that all but a few words stay under. What is not
# listed is taken to be as wide as the widest of the usual ones.
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
    """A reference to a colour of the theme, darker or lighter by a step.

    Attributes
    ----------
    slot
        The colour's name in the theme.
    kept, added
        How much of its lightness is kept, and how much is added, in percent.
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
        """Return the same colour with less of its lightness."""
        return Tint(self.slot, round(self.kept * step), round(self.added * step))


class Theme:
    """What a slide master's theme says."""

    def __init__(self, colours: Mapping[str, str], mapped: Mapping[str, str], font: str) -> None:
        self._colours = colours
        self._mapped = {**_USUAL_MAP, **mapped}
        self.font = font

    @property
    def breadth(self) -> float:
        """How wide text runs in the theme's font, measured by ours."""
        return _BREADTHS.get(self.font.lower(), _UNKNOWN_BREADTH)

    def real(self, tint: Tint) -> RGB:
        """Return the colour that a reference stands for, each part from 0 to 1."""
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
        """Return the first of some colours that can be read on a fill, else the best of them."""
        for ink in inks:
            if self.contrast(ink, fill) >= _READABLE:
                return ink
        return max(inks, key=lambda ink: self.contrast(ink, fill))

    def is_readable(self, ink: Tint, fill: Tint) -> bool:
        """Tell whether text in a colour can be read on a fill."""
        return self.contrast(ink, fill) >= _READABLE

    def is_dark(self, tint: Tint) -> bool:
        """Tell whether a colour is so dark that darker ones could not be told from it."""
        return max(self.real(tint)) < _DARK


def theme_of(layout: SlideLayout) -> Theme:
    """Return the theme that slides of a layout have."""
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
    """Return a colour as six digits; system colours as they were when the file was saved."""
    text = colour.get("lastClr") or colour.get("val") or ""
    text = _PRESETS.get(text, text)
    return text if _HEX.fullmatch(text) else "808080"


def _luminance(colour: RGB) -> float:
    parts = [one / 12.92 if one <= _STRAIGHT else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
