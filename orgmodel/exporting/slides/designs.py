"""The design of slides around the chart: our own, or that of a template.

A template's layout "title only" is used, identified by its type and not its position. The chart is
placed in the space that the layout leaves free of titles, footers, logos and bars.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from orgmodel.errors import TemplateError
from orgmodel.exporting.slides.connectors import Area
from orgmodel.exporting.slides.opening import (
    BROKEN,
    DAMAGED,
    name_quickly,
    open_template,
    remove_slides,
)
from orgmodel.exporting.slides.theme import Paints, Theme, theme_of
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pptx.presentation import Presentation as PresentationType
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout, SlideMaster

FOOTER_SIZE = 10
TITLE_SIZE = 26
_MARGIN = Inches(0.45)
# A picture that covers most of a slide is its background and no obstacle.
_GROUND_SHARE = 0.5
# The minimum room in points: a leader and a report below must fit.
_LEAST = (420, 220)
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_SMALL = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_OWN_COLOURS = {
    "dk1": "13202F",
    "lt1": "FFFFFF",
    "dk2": "12355B",
    "lt2": "EEF4F9",
    "accent1": "12355B",
    "accent2": "1B5FA7",
    "accent3": "2C8A8A",
    "accent4": "6C7F93",
    "accent5": "B45F06",
    "accent6": "9A3FA0",
    "hlink": "1B5FA7",
    "folHlink": "5A2D6E",
}
_NO_LAYOUT = N_(
    "The template has no layout with a title. Add one of the type “Title Only” in PowerPoint's slide "
    "master view."
)
_NO_ROOM = N_(
    "The template's layout “{layout}” leaves no room for a chart: {width} × {height} cm. It needs at "
    "least {least_width} × {least_height} cm free of text, pictures and footers."
)


@dataclass(frozen=True, slots=True)
class Design:
    """A presentation without slides, and the layout data for its slides.

    Attributes
    ----------
    layout
        The layout of the slides with charts.
    room
        The area of a slide that the layout leaves free.
    title
        The area of the title; `title_size` is its text size in points.
    """

    presentation: PresentationType
    layout: SlideLayout
    theme: Theme
    paints: Paints
    room: Area
    title: Area
    title_size: float
    is_own: bool


def own_design() -> Design:
    """Return our own design: wide slides, Calibri, and the colours of the screen."""
    presentation = Presentation()
    old_width = presentation.slide_width
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    stretch = presentation.slide_width / (old_width or 1)
    master = presentation.slide_master
    for holder in (master, *presentation.slide_layouts):
        for shape in places(holder):
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = (
                    Emu(int(shape.left * stretch)),
                    Emu(int(shape.width * stretch)),
                )
    _colour(master.part.part_related_by(RT.THEME))
    layout = _title_only(presentation)
    _set_small_places(presentation, layout)
    name_quickly(presentation)
    return _design(presentation, layout, is_own=True)


def template_design(template: bytes | Path) -> Design:
    """Return the design of a template.

    Raises
    ------
    TemplateError
        If it cannot be opened, or has no layout with enough space for a chart.
    """
    presentation = open_template(template)
    try:
        design = _design(presentation, _title_only(presentation), is_own=False)
        _try_out(design)
        name_quickly(presentation)
    except BROKEN as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError(message(DAMAGED)) from error
    return design


def _try_out(design: Design) -> None:
    """Add a slide with notes and remove it again, to detect a broken template early."""
    presentation = design.presentation
    slide = presentation.slides.add_slide(design.layout)
    slide.shapes.title.text_frame.text = "1"
    slide.notes_slide.notes_text_frame.text = "1"
    if any(shape.shape_id is None for shape in places(design.layout)):
        raise TemplateError(message(DAMAGED))
    remove_slides(presentation)


def _design(presentation: PresentationType, layout: SlideLayout, *, is_own: bool) -> Design:
    theme = theme_of(layout)
    width, height = presentation.slide_width or 0, presentation.slide_height or 0
    slide = Area(0, 0, width, height)
    obstacles = sorted(_obstacles(layout, slide), key=lambda area: -area.width * area.height)
    room = Area(_MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN)
    for area in obstacles:
        room = room.without(area)
    if room.width < Pt(_LEAST[0]) or room.height < Pt(_LEAST[1]):
        words = message(
            _NO_ROOM,
            layout=layout.name,
            width=round(room.width / 360_000, 1),
            height=round(room.height / 360_000, 1),
            least_width=round(_LEAST[0] / 28.35, 1),
            least_height=round(_LEAST[1] / 28.35, 1),
        )
        raise TemplateError(words)
    title = next(one for one in places(layout) if _type(one) in _TITLES)
    return Design(
        presentation,
        layout,
        theme,
        Paints(theme, is_own=is_own),
        room,
        area_of(title),
        TITLE_SIZE if is_own else _title_size(layout),
        is_own,
    )


def _title_only(presentation: PresentationType) -> SlideLayout:
    """Return the layout "title only", or the most similar layout with a title."""
    layouts = [
        layout
        for layout in presentation.slide_layouts
        if any(_type(one) in _TITLES for one in places(layout))
    ]
    if not layouts:
        raise TemplateError(message(_NO_LAYOUT))
    return min(layouts, key=_unlikeness)


def _unlikeness(layout: SlideLayout) -> tuple[bool, int]:
    kind = layout._element.get("type")
    others = len([one for one in places(layout) if _type(one) not in _TITLES | _SMALL])
    return kind != "titleOnly", others


def _obstacles(layout: SlideLayout, slide: Area) -> Iterator[Area]:
    """Yield the areas that a layout and its master occupy on slides."""
    shapes: list[BaseShape] = list(layout.shapes)
    if layout._element.get("showMasterSp") not in {"0", "false"}:
        shapes += [one for one in layout.slide_master.shapes if not one.is_placeholder]
    for shape in shapes:
        if shape.is_placeholder and _type(shape) not in _TITLES | _SMALL:
            continue
        if shape.is_placeholder and _type(shape) is PP_PLACEHOLDER.DATE:
            # Left empty: the date of the data is in the footer.
            continue
        area = area_of(shape)
        share = area.width * area.height / (slide.width * slide.height)
        is_ground = share > _GROUND_SHARE and not shape.is_placeholder
        if area.width and area.height and not is_ground and area.touches(slide):
            yield area


def area_of(shape: BaseShape) -> Area:
    """Return the area of a shape."""
    left, top = shape.left or 0, shape.top or 0
    return Area(left, top, left + (shape.width or 0), top + (shape.height or 0))


def places(holder: SlideLayout | SlideMaster) -> list[BaseShape]:
    """Return the placeholders of a layout or a master."""
    return [shape for shape in holder.shapes if shape.is_placeholder]


def _type(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _title_size(layout: SlideLayout) -> float:
    """Return the size of a layout's titles, in points, from the layout or its master."""
    title = next(one for one in places(layout) if _type(one) in _TITLES)
    path = ".//a:lvl1pPr/a:defRPr/@sz"
    master = layout.slide_master._element
    sizes = [
        *title._element.xpath(path),
        *master.xpath(f".//p:titleStyle{path[1:]}"),
    ]
    return int(sizes[0]) / 100 if sizes else 28


def _colour(part: object) -> None:
    """Set our colours and a name in a theme."""
    root = parse_xml(part.blob)  # type: ignore[attr-defined]
    root.set("name", "orgmodel")
    scheme = root.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "orgmodel")
    for slot, colour in _OWN_COLOURS.items():
        one = scheme.find(qn(f"a:{slot}"))
        for old in list(one):
            one.remove(old)
        etree.SubElement(one, qn("a:srgbClr")).set("val", colour)
    part._blob = etree.tostring(  # type: ignore[attr-defined]
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _set_small_places(presentation: PresentationType, layout: SlideLayout) -> None:
    """Place the title at the upper left, and a footer line for date, sources and slide number."""
    width, height = presentation.slide_width or 0, presentation.slide_height or 0
    left, foot, line = Inches(0.45), height - Inches(0.42), Inches(0.3)
    found: dict[PP_PLACEHOLDER | None, tuple[int, int, int, int]] = {
        PP_PLACEHOLDER.TITLE: (left, Inches(0.22), width - 2 * left, Inches(0.72)),
        PP_PLACEHOLDER.FOOTER: (left, foot, width - 2 * left - Inches(0.8), line),
        PP_PLACEHOLDER.SLIDE_NUMBER: (width - left - Inches(0.7), foot, Inches(0.7), line),
    }
    for holder in (presentation.slide_master, layout):
        for shape in places(holder):
            place = found.get(_type(shape))
            if place is not None:
                shape.left, shape.top, shape.width, shape.height = map(Emu, place)
            elif holder is layout:
                shape._element.getparent().remove(shape._element)
            _set_look(shape)
    for style in presentation.slide_master._element.xpath(".//p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
        for text in style.findall(qn("a:defRPr")):
            text.set("sz", str(TITLE_SIZE * 100))
            text.set("b", "1")
            for colour in text.iter(qn("a:schemeClr")):
                colour.set("val", "tx2")


def _set_look(shape: BaseShape) -> None:
    """Set the style of the footer: left-aligned, small, in a quiet colour."""
    kind = _type(shape)
    for text in shape._element.iter(qn("a:bodyPr")):
        if kind in _TITLES | _SMALL:
            text.set("lIns", "0")
            text.set("rIns", "0")
    if kind not in _SMALL:
        return
    for style in _levels(shape):
        style.set("algn", "r" if kind is PP_PLACEHOLDER.SLIDE_NUMBER else "l")
        for text in style.findall(qn("a:defRPr")):
            text.set("sz", str(FOOTER_SIZE * 100))
            for colour in text.iter(qn("a:schemeClr")):
                colour.set("val", "tx1")
                for step in list(colour):
                    colour.remove(step)
                etree.SubElement(colour, qn("a:lumMod")).set("val", "75000")
                etree.SubElement(colour, qn("a:lumOff")).set("val", "25000")


def _levels(shape: BaseShape) -> Iterable[etree._Element]:
    found: list[etree._Element] = shape._element.xpath(".//a:lstStyle/a:lvl1pPr")
    return found
