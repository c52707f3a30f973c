"""The frame of a slide: title, footer, legend, the link to the slide above, and speaker notes.

The notes state what a slide shows, its date and sources, and texts that do not fit on it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from orgmodel.drawing.describing import short_description
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width, wrap
from orgmodel.drawing.page_cards import PageCard
from orgmodel.exporting.slides.connectors import Area
from orgmodel.exporting.slides.designs import FOOTER_SIZE, area_of, places
from orgmodel.exporting.slides.shapes import (
    LOCALES,
    NAMESPACES,
    POINT,
    Run,
    button_look,
    legend_look,
    plain,
    text_shape,
)
from orgmodel.exporting.slides.theme import INK, PAPER
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import LegendEntry
    from orgmodel.drawing.pages import Page
    from orgmodel.exporting.slides.designs import Design
    from orgmodel.model.provenance import Source
    from orgmodel.texts import Language

LEGEND_SIZE = 10.5
_ENTRY_HEIGHT, _ENTRY_GAP, _ENTRY_INSET = 18, 6, 8
_LEAST_TITLE = 14
_TITLE_LINE = 1.3
# Titles and footers are slightly narrower than their frames, which have margins.
_INNER = 0.96
_UP_WORDS = N_("To the overview")
_FOOTER_LINE = 16


@dataclass(frozen=True, slots=True)
class SlideAreas:
    """The areas of a slide: the chart, the legend below it and the footer.

    Attributes
    ----------
    foot
        None if the layout has its own footer placeholder.
    """

    chart: Area
    legend: Area
    foot: Area | None


def slide_areas(design: Design, legend_rows: int) -> SlideAreas:
    """Divide the room that a design leaves free."""
    room = design.room
    bottom = room.bottom
    foot = None
    if footer_place(design) is None:
        foot = Area(room.left, bottom - Pt(_FOOTER_LINE), room.right, bottom)
        bottom = foot.top - Pt(2)
    height = Pt(legend_rows * (_ENTRY_HEIGHT + _ENTRY_GAP))
    legend = Area(room.left, bottom - height, room.right, bottom)
    chart = Area(room.left, room.top, room.right, legend.top - (Pt(4) if legend_rows else 0))
    return SlideAreas(chart, legend, foot)


def footer_place(design: Design) -> BaseShape | None:
    """Return the layout's footer placeholder, if it is empty and wide enough."""
    for shape in places(design.layout):
        if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
            is_wide = (shape.width or 0) > 0.5 * (design.presentation.slide_width or 0)
            is_high = (shape.height or 0) >= Pt(FOOTER_SIZE * 1.2)
            is_free = not _text(shape)
            return shape if is_wide and is_high and is_free else None
    return None


def add_shapes(slide: Slide, xml: Iterable[str]) -> None:
    """Add all shapes to a slide at once, before the placeholders at the foot."""
    root = parse_xml(f"<p:spTree {NAMESPACES}>{''.join(xml)}</p:spTree>")
    tree = slide.shapes._spTree
    title = slide.shapes.title
    place = list(tree).index(title._element) + 1 if title is not None else len(tree)
    for n, shape in enumerate(list(root)):
        tree.insert(place + n, shape)


# Title and footer ----------------------------------------------------------------------------


def set_title(slide: Slide, design: Design, title: str, language: Language) -> bool:
    """Write a slide's title in the largest size that fits; return whether it is complete."""
    shape = slide.shapes.title
    assert shape is not None  # noqa: S101 - a design has a layout with a title
    size, words = fitted_title(design, title)
    frame = shape.text_frame
    frame.text = words
    _describe(shape, plain(title), plain(title))
    for run in frame.paragraphs[0].runs:
        run._r.get_or_add_rPr().set("lang", LOCALES[language])
        if size < design.title_size:
            run.font.size = Pt(size)
    return words == plain(title)


def fitted_title(design: Design, title: str) -> tuple[float, str]:
    """Return the size of a title and its text, truncated if it does not fit in any size."""
    title = plain(title)
    width, height = design.title.width / POINT * _INNER, design.title.height / POINT
    breadth = max(1.0, design.theme.breadth)
    size = design.title_size
    while True:
        lines = max(1, int(height / (size * _TITLE_LINE)))
        found = wrap(title, width / breadth, size, weight=SEMIBOLD, lines=lines)
        is_whole = not found or found == wrap(
            title, width / breadth, size, weight=SEMIBOLD, lines=lines + 1
        )
        if is_whole:
            return size, title
        if size <= _LEAST_TITLE:
            return size, " ".join(found)
        size = max(_LEAST_TITLE, size - 1)


def add_small_print(
    slide: Slide, design: Design, areas: SlideAreas, footer: str, language: Language, number: int
) -> tuple[list[str], bool]:
    """Add the footer, and the footer and slide number of the layout.

    Returns
    -------
    shapes
        The shapes to be added, as XML.
    is_whole
        Whether the footer is complete.
    """
    place = footer_place(design)
    for shape in places(design.layout):
        kind = shape.placeholder_format.type
        has_text = kind is PP_PLACEHOLDER.FOOTER and bool(_text(shape))
        if kind is PP_PLACEHOLDER.SLIDE_NUMBER or has_text:
            _clone(slide, shape, number)
            number += 1
    area = areas.foot or (area_of(place) if place is not None else Area(0, 0, 0, 0))
    words = _one_line(footer, area.width / POINT * _INNER, design)
    if place is not None:
        text = _clone(slide, place, number)
        _write(text, words, language)
        text.find(f".//{qn('p:cNvPr')}").set("descr", plain(footer))
        return [], words == plain(footer)
    quiet = design.paints.quiet
    name = message(N_("Date and sources")).text(language)
    shape_xml = text_shape(
        number,
        area,
        Run(words, FOOTER_SIZE, quiet),
        name=name,
        words=footer,
        language=language,
    )
    return [shape_xml], words == plain(footer)


def _text(shape: BaseShape) -> str:
    texts: list[str] = shape._element.xpath(".//a:t/text()")
    return "".join(texts).strip()


def _one_line(text: str, width: float, design: Design) -> str:
    lines = wrap(plain(text), width / design.theme.breadth, FOOTER_SIZE, lines=1)
    return lines[0] if lines else ""


def _clone(slide: Slide, shape: BaseShape, number: int) -> _Element:
    """Copy a placeholder of the layout to a slide, as PowerPoint does for a new slide."""
    element = copy.deepcopy(shape._element)
    named = element.find(f".//{qn('p:cNvPr')}")
    named.set("id", str(number))
    named.set("descr", named.get("name", ""))
    properties = element.find(qn("p:spPr"))
    for child in list(properties):
        properties.remove(child)
    for text in element.iter(qn("a:rPr")):
        size = int(text.get("sz", FOOTER_SIZE * 100))
        text.set("sz", str(max(FOOTER_SIZE * 100, size)))
    slide.shapes._spTree.append(element)
    return element


def _write(element: _Element, words: str, language: Language) -> None:
    """Write a text into a placeholder, at the size of small print."""
    body = element.find(qn("p:txBody"))
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    paragraph = body.makeelement(qn("a:p"), {})
    run = body.makeelement(qn("a:r"), {})
    look = body.makeelement(qn("a:rPr"), {"lang": LOCALES[language], "sz": str(FOOTER_SIZE * 100)})
    text = body.makeelement(qn("a:t"), {})
    text.text = words
    run.append(look)
    run.append(text)
    paragraph.append(run)
    body.append(paragraph)


def _describe(shape: BaseShape, name: str, words: str) -> None:
    element = shape._element.find(f".//{qn('p:cNvPr')}")
    element.set("name", name)
    element.set("descr", words)


# Legend and links ----------------------------------------------------------------------------


def legend_rows(
    legend: Sequence[LegendEntry], design: Design, language: Language, *, has_up: bool
) -> int:
    """Return the number of rows of a legend, with the link upwards at the end of the first."""
    if not legend and not has_up:
        return 0
    width = design.room.width / POINT - (up_width(design, language) if has_up else 0)
    return 1 + max((row for row, _x, _entry in _set(legend, design, language, width)), default=0)


def up_width(design: Design, language: Language) -> float:
    """Return the width of the link upwards, in points."""
    return _entry_width(f"↑ {message(_UP_WORDS).text(language)}", design) + _ENTRY_GAP


def _entry_width(text: str, design: Design) -> float:
    breadth = max(1.0, design.theme.breadth)
    return text_width(text, LEGEND_SIZE, REGULAR) * breadth + 2 * _ENTRY_INSET + 4


def _set(
    legend: Sequence[LegendEntry], design: Design, language: Language, width: float
) -> Iterator[tuple[int, float, LegendEntry]]:
    """Yield the row and the place of every entry."""
    row, x = 0, 0.0
    for entry in legend:
        needed = _entry_width(entry.words.text(language), design)
        if x and x + needed > width:
            row, x = row + 1, 0.0
        yield row, x, entry
        x += needed + _ENTRY_GAP


def legend_shapes(
    chart: Chart,
    design: Design,
    area: Area,
    language: Language,
    number: int,
    *,
    beside: float,
) -> Iterator[str]:
    """Yield the legend of a chart's colours: one small card per colour."""
    heading = message(N_("Legend")).text(language)
    width = area.width / POINT - beside
    for row, x, entry in _set(chart.legend, design, language, width):
        words = plain(entry.words.text(language))
        paint = design.paints.paint(entry.look)
        left = area.left + Pt(x)
        top = area.top + Pt(row * (_ENTRY_HEIGHT + _ENTRY_GAP) + _ENTRY_GAP / 2)
        right = left + Pt(min(width, _entry_width(words, design)))
        frame = Area(left, top, right, top + Pt(_ENTRY_HEIGHT))
        told = f"{heading}: {words}"
        yield text_shape(
            number,
            frame,
            Run(words, LEGEND_SIZE, paint.ink),
            name=told,
            words=told,
            language=language,
            look=legend_look(paint),
            align="ctr",
            inset=Pt(2),
        )
        number += 1


def up_shape(design: Design, area: Area, language: Language, number: int, link: str) -> str:
    """Return the link to the slide above."""
    words = message(_UP_WORDS).text(language)
    width = Pt(up_width(design, language) - _ENTRY_GAP)
    top = area.top + Pt(_ENTRY_GAP / 2)
    frame = Area(area.right - width, top, area.right, top + Pt(_ENTRY_HEIGHT))
    ink = design.theme.readable(PAPER, INK)
    return text_shape(
        number,
        frame,
        Run(f"↑ {words}", LEGEND_SIZE, ink),
        name=words,
        words=words,
        language=language,
        look=button_look(design.paints, PAPER),
        align="ctr",
        inset=Pt(2),
        link=link,
    )


# Speaker notes -------------------------------------------------------------------------------


def chart_notes(exhibit: Exhibit, page: Page, *, title: str, has_footer: bool) -> tuple[str, ...]:
    """Return the lines of the notes of a slide with a chart.

    Parameters
    ----------
    title
        The full title if the slide has it truncated; otherwise empty.
    has_footer
        Whether the slide has the complete footer.
    """
    language = exhibit.language
    found = [title] if title else []
    found.append(short_description(page.chart, language))
    if page.links:
        hint = N_("Click a card with a number to go to the slide of those below it.")
        found.append(message(hint).text(language))
    if left := page.chart.cross_lines_left:
        words = plural_message(
            "{n} cross-cutting line is not drawn.",
            "{n} cross-cutting lines are not drawn.",
            left,
        )
        found.append(words.text(language))
    found += source_notes(exhibit, has_footer=has_footer)
    shortened = [
        "; ".join(filter(None, (card.full_title, card.holder_words(), card.full_unit)))
        for card in (one.card for one in page.chart.cards)
        if isinstance(card, PageCard) and card.is_shortened
    ]
    if shortened:
        found += ["", message(N_("In full:")).text(language), *shortened]
    return tuple(found)


def source_notes(exhibit: Exhibit, *, has_footer: bool = True) -> Iterator[str]:
    """Yield the date of the data and its sources, one per line."""
    language = exhibit.language
    yield exhibit.date_words
    if not has_footer and exhibit.source_words:
        yield exhibit.source_words
    if exhibit.sources:
        yield ""
        yield message(N_("Sources:")).text(language)
        for source in exhibit.sources:
            yield f"• {_source_words(source, language)}"


def _source_words(source: Source, language: Language) -> str:
    date = source.date.text(language) if source.date else ""
    return ", ".join(filter(None, (source.title.text(language), source.publisher, date)))


def set_notes(slide: Slide, lines: Sequence[str], language: Language) -> None:
    """Write the notes of a slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return
    frame.text = "\n".join(plain(line) for line in lines)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", LOCALES[language])
