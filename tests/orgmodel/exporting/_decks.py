"""Reads slides back: what stands where, by the definitions of PowerPoint's own shapes."""

from __future__ import annotations

import io
import itertools
import math
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pptx import Presentation

import orgmodel
from orgmodel.exporting.slides import deck
from tests.builders import show

if TYPE_CHECKING:
    from lxml import etree

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
POINT = 12_700


@dataclass
class Box:
    """A shape with text: its frame in English Metric Units."""

    id: str
    name: str
    words: str
    left: int
    top: int
    width: int
    height: int
    text: str
    sizes: list[float]
    xml: etree._Element
    link: str = ""

    @property
    def title(self):
        """The first line of a card."""
        return self.text.split("\n")[0]

    @property
    def right(self):
        return self.left + self.width

    @property
    def bottom(self):
        return self.top + self.height

    def site(self, number):
        """Where a connector holds on: 0 top, 1 left, 2 bottom, 3 right."""
        x, y = self.left + self.width / 2, self.top + self.height / 2
        return [(x, self.top), (self.left, y), (x, self.bottom), (self.right, y)][number]

    def overlaps(self, other):
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass
class Line:
    """A connector: what it holds on to, and its corners."""

    name: str
    words: str
    start: tuple[str, int]
    end: tuple[str, int]
    points: list[tuple[float, float]]
    dash: str
    preset: str
    xml: etree._Element


@dataclass
class SlideRead:
    """All that is on a slide."""

    slide: Any
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def cards(self):
        """The cards: rounded rectangles with left-aligned text."""
        return [
            box
            for box in self.boxes.values()
            if box.xml.find(".//a:prstGeom[@prst='roundRect']", NS) is not None
            and box.xml.find(".//a:pPr", NS).get("algn") == "l"
        ]

    @property
    def notes(self):
        return self.slide.notes_slide.notes_text_frame.text

    @property
    def title(self):
        return self.slide.shapes.title.text_frame.text

    def named(self, start):
        """The one shape whose name begins so."""
        (found,) = [box for box in self.boxes.values() if box.name.startswith(start)]
        return found

    def leads_to(self, box):
        """The slide that a click on a shape leads to."""
        return self.slide.part.rels[box.link].target_part


def made(data, language="da", template=None, spans=True, **view):
    """The bytes of the deck of a view, by default of all and with the slide on spans."""
    return deck(show(data, language=language, **view), template=template, spans_slide=spans)


def shipped(name):
    return orgmodel.load(f"data/{name}.yaml")


def parts_of(content):
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def saved(prs):
    """The bytes of a presentation."""
    file = io.BytesIO()
    prs.save(file)
    return file.getvalue()


def read(content):
    """The slides of a deck."""
    return [read_slide(slide) for slide in Presentation(io.BytesIO(content)).slides]


def read_slide(slide):
    found = SlideRead(slide)
    tree = slide.shapes._spTree
    for shape in tree.findall("p:sp", NS):
        if shape.find(".//a:xfrm/a:off", NS) is None:
            continue
        named, off, ext = (shape.find(f".//{path}", NS) for path in _PLACES)
        link = named.find("a:hlinkClick", NS)
        found.boxes[named.get("id")] = Box(
            id=named.get("id"),
            name=named.get("name"),
            words=named.get("descr", ""),
            left=int(off.get("x")),
            top=int(off.get("y")),
            width=int(ext.get("cx")),
            height=int(ext.get("cy")),
            text="\n".join(
                "".join(one.text for one in line.findall(".//a:t", NS))
                for line in shape.findall(".//a:p", NS)
            ),
            sizes=[int(run.get("sz")) / 100 for run in shape.findall(".//a:rPr", NS)],
            xml=shape,
            link="" if link is None else link.get(f"{{{NS['r']}}}id"),
        )
    found.lines = [_line(shape) for shape in tree.findall("p:cxnSp", NS)]
    return found


_PLACES = ("p:cNvPr", "a:xfrm/a:off", "a:xfrm/a:ext")


def _line(shape):
    named = shape.find(".//p:cNvPr", NS)
    start, end = (shape.find(f".//a:{name}", NS) for name in ("stCxn", "endCxn"))
    return Line(
        name=named.get("name"),
        words=named.get("descr", ""),
        start=(start.get("id"), int(start.get("idx"))),
        end=(end.get("id"), int(end.get("idx"))),
        points=corners(shape),
        dash=shape.find(".//a:prstDash", NS).get("val"),
        preset=shape.find(".//a:prstGeom", NS).get("prst"),
        xml=shape,
    )


def corners(shape):
    """The corners of a connector, as the standard defines its kinds (ECMA-376, presetShapeDefinitions)."""
    xfrm = shape.find(".//a:xfrm", NS)
    off, ext = xfrm.find("a:off", NS), xfrm.find("a:ext", NS)
    x, y, w, h = int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))
    geometry = shape.find(".//a:prstGeom", NS)
    adj = [int(gd.get("fmla").split()[1]) / 100_000 for gd in geometry.findall(".//a:gd", NS)]
    kind = geometry.get("prst")
    path: list[tuple[float, float]]
    if kind == "straightConnector1":
        path = [(0, 0), (w, h)]
    elif kind == "bentConnector2":
        path = [(0, 0), (w, 0), (w, h)]
    elif kind == "bentConnector3":
        path = [(0, 0), (w * adj[0], 0), (w * adj[0], h), (w, h)]
    elif kind == "bentConnector4":
        x1, y2 = w * adj[0], h * adj[1]
        path = [(0, 0), (x1, 0), (x1, y2), (w, y2), (w, h)]
    else:
        assert kind == "bentConnector5"
        x1, y2, x3 = w * adj[0], h * adj[1], w * adj[2]
        path = [(0, 0), (x1, 0), (x1, y2), (x3, y2), (x3, h), (w, h)]
    turn = math.radians(int(xfrm.get("rot", 0)) / 60_000)
    found = []
    for px, py in path:
        dx = (px - w / 2) * (-1 if xfrm.get("flipH") == "1" else 1)
        dy = (py - h / 2) * (-1 if xfrm.get("flipV") == "1" else 1)
        cos, sin = round(math.cos(turn)), round(math.sin(turn))
        found.append((x + w / 2 + dx * cos - dy * sin, y + h / 2 + dx * sin + dy * cos))
    return found


def crosses(line, box):
    """Whether a line runs through a shape, by more than it is thick."""
    slack = 0.5 * POINT
    return any(
        min(x1, x2) < box.right - slack
        and max(x1, x2) > box.left + slack
        and min(y1, y2) < box.bottom - slack
        and max(y1, y2) > box.top + slack
        for (x1, y1), (x2, y2) in itertools.pairwise(line.points)
    )
