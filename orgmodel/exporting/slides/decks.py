"""An exhibit as a presentation: its pages as slides, and its spans of control as a native chart.

The output is deterministic: the same slides give the same bytes.
"""

from __future__ import annotations

import io
import re
import threading
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from orgmodel.drawing.page_fitting import SLIDES, Room
from orgmodel.drawing.pages import pages
from orgmodel.errors import TemplateError
from orgmodel.exporting.slides.charts import ChartShapes
from orgmodel.exporting.slides.designs import own_design, template_design
from orgmodel.exporting.slides.frames import (
    add_shapes,
    add_small_print,
    chart_notes,
    legend_rows,
    legend_shapes,
    set_notes,
    set_title,
    slide_areas,
    up_shape,
    up_width,
)
from orgmodel.exporting.slides.opening import DAMAGED
from orgmodel.exporting.slides.shapes import LOCALES, POINT, plain
from orgmodel.exporting.slides.spans_slide import add_spans_slide
from orgmodel.texts import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from pptx.opc.package import Part
    from pptx.presentation import Presentation
    from pptx.slide import Slide

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.pages import Page
    from orgmodel.exporting.slides.designs import Design
    from orgmodel.exporting.slides.frames import SlideAreas

# The title has id 2; the placeholders at the foot follow.
_FIRST_NUMBER = 10
# A chart of more cards needs several slides, and room for links between them.
_MOST_ON_ONE = 100
# An open template may take half a gigabyte, so only one is open at a time.
_open_template = threading.Lock()
# Timestamps in the package that are replaced by a fixed date.
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIRST_YEAR = 1980


def deck(
    exhibit: Exhibit, *, template: bytes | Path | None = None, spans_slide: bool = False
) -> bytes:
    """Return a view as the bytes of a PowerPoint file.

    The same view gives the same file. A chart too large for one slide becomes an overview and one
    slide per branch, linked in both directions.

    Parameters
    ----------
    template
        A .pptx or .potx file whose slide size, layouts, colours and fonts are used, without its
        slides. By default slides are 16:9 in our own design.
    spans_slide
        Whether to append a slide with the spans of control of the leaders shown, if any.

    Raises
    ------
    TemplateError
        If the template cannot be used; the message says why and what would be correct.
    """
    if template is None:
        return _deck(exhibit, own_design(), spans_slide=spans_slide)
    with _open_template:
        return _deck(exhibit, template_design(template), spans_slide=spans_slide)


def _deck(exhibit: Exhibit, design: Design, *, spans_slide: bool) -> bytes:
    areas, found = _paged(exhibit, design)
    presentation = design.presentation
    slides = [_new_slide(design) for _page in found]
    for slide, page in zip(slides, found, strict=True):
        _fill(slide, page, slides, exhibit, design, areas)
    if spans_slide:
        add_spans_slide(exhibit, design, slide_areas(design, 0))
    _set_properties(presentation, exhibit)
    return packed(presentation, _day(exhibit))


def slide_pages(exhibit: Exhibit) -> tuple[Page, ...]:
    """Return the pages of a chart in a deck without a template, excluding the slide on spans."""
    return _paged(exhibit, own_design())[1]


def _paged(exhibit: Exhibit, design: Design) -> tuple[SlideAreas, tuple[Page, ...]]:
    """Return the pages of a chart, and the areas of their slides."""
    styles = tuple(replace(style, breadth=design.theme.breadth) for style in SLIDES.styles)
    setting = replace(SLIDES, styles=styles)
    found: tuple[Page, ...] = ()
    is_small = len(exhibit.chart.cards) <= _MOST_ON_ONE
    for has_up in (False, True) if is_small else (True,):
        rows = legend_rows(exhibit.chart.legend, design, exhibit.language, has_up=has_up)
        areas = slide_areas(design, rows)
        room = Room(areas.chart.width / POINT, areas.chart.height / POINT)
        found = pages(exhibit, room, setting=setting)
        if len(found) == 1:
            break
    return areas, found


def _new_slide(design: Design) -> Slide:
    slide: Slide = design.presentation.slides.add_slide(design.layout)
    title = slide.shapes.title
    for shape in list(slide.placeholders):
        # Other layouts than "title only" have placeholders that would remain empty.
        if title is None or shape.shape_id != title.shape_id:
            shape._element.getparent().remove(shape._element)
    return slide


def _fill(
    slide: Slide,
    page: Page,
    slides: Sequence[Slide],
    exhibit: Exhibit,
    design: Design,
    areas: SlideAreas,
) -> None:
    """Add the shapes of a page to its slide."""
    language = exhibit.language
    has_title = set_title(slide, design, page.title, language)
    links = {key: _relation(slide, slides[number]) for key, number in page.links.items()}
    shapes = ChartShapes(page, design, areas.chart, language, _FIRST_NUMBER, links)
    xml = [*shapes.shapes(exhibit.selected)]
    number = shapes.next
    beside = 0.0
    if len(slides) > 1:
        beside = up_width(design, language)
    legend = legend_shapes(page.chart, design, areas.legend, language, number, beside=beside)
    xml += legend
    number += len(page.chart.legend)
    if page.up is not None:
        link = _relation(slide, slides[page.up])
        xml.append(up_shape(design, areas.legend, language, number, link))
    small, has_footer = add_small_print(slide, design, areas, exhibit.footer, language, 3)
    add_shapes(slide, [*xml, *small])
    title = "" if has_title else page.title
    notes = chart_notes(exhibit, page, title=title, has_footer=has_footer)
    set_notes(slide, notes, language)


def _relation(slide: Slide, other: Slide) -> str:
    return slide.part.relate_to(other.part, RT.SLIDE)


def _set_properties(presentation: Presentation, exhibit: Exhibit) -> None:
    """Set the document properties to the subject of the file, without an author."""
    properties = presentation.core_properties
    day = datetime.combine(_day(exhibit).date(), time())
    properties.title = plain(exhibit.title)[:255]
    properties.language = LOCALES[exhibit.language]
    properties.created = properties.modified = day
    properties.revision = 1
    for name in ("author", "last_modified_by", "comments", "keywords", "category", "subject"):
        setattr(properties, name, "")
    for relation_id, relation in list(presentation.part.package._rels.items()):
        # The template's thumbnail does not show the chart.
        if relation.reltype == RT.THUMBNAIL:
            presentation.part.package._rels.pop(relation_id)
    for one in presentation.part._element.iter(qn("p:modifyVerifier")):
        one.getparent().remove(one)


def _day(exhibit: Exhibit) -> datetime:
    day = exhibit.organisation.day
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


# The file ------------------------------------------------------------------------------------


def packed(presentation: Presentation, day: datetime) -> bytes:
    """Return a presentation as the bytes of its file, with a fixed date in all parts.

    Raises
    ------
    TemplateError
        If parts of the template have the names of parts of the presentation.
    """
    file = io.BytesIO()
    try:
        presentation.save(file)
    except RecursionError as error:
        raise TemplateError(message(DAMAGED)) from error
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name.startswith("ppt/")]
    if len(names) > len(set(names)):
        # Something in the template still refers to one of its own slides.
        raise TemplateError(message(DAMAGED))
    return _repacked(file.getvalue(), day, frozenset(_workbooks(presentation)))


def _workbooks(presentation: Presentation) -> Iterator[str]:
    """Yield the names of the workbooks of our charts, without those of a template."""
    for slide in presentation.slides:
        for chart in _related(slide.part, RT.CHART):
            for workbook in _related(chart, RT.PACKAGE):
                yield workbook.partname.membername


def _related(part: Part, kind: str) -> Iterator[Part]:
    return (one.target_part for one in part.rels.values() if one.reltype == kind)


def _repacked(content: bytes, day: datetime, workbooks: Collection[str] = ()) -> bytes:
    """Return a package with all dates fixed, including those in the named workbooks in it."""
    copy = io.BytesIO()
    stamp = (max(_FIRST_YEAR, day.year), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys(package.namelist()):
            part = package.read(name)
            if name in workbooks:
                part = _repacked(part, day)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + f"{day:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part)
    return copy.getvalue()
