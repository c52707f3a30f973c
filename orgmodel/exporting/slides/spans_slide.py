"""The slide on spans of control: how many leaders have which span, as a chart that can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from orgmodel.analysis.bands import span_bands
from orgmodel.exporting.slides.connectors import Frame
from orgmodel.exporting.slides.frames import add_shapes, add_small_print, set_title
from orgmodel.exporting.slides.notes import set_notes, source_notes
from orgmodel.exporting.slides.shapes import LOCALES, Label, Run, plain, text_shape
from orgmodel.model.bands import Band
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from pptx.chart.axis import _BaseAxis
    from pptx.chart.chart import Chart
    from pptx.slide import Slide

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.exporting.slides.designs import Design
    from orgmodel.exporting.slides.frames import Bands
    from orgmodel.texts import Language

_TEXT, _NUMBER = 12, 14
# So few leaders are counted one by one on the axis.
_FEW = 10
_WORDS_HEIGHT = 22
_DEFINITION = N_(
    "The span of control counts those whom a leader leads directly: direct leaders and direct "
    "staff. A leader is in the band of the lowest span that the data settle."
)


def leaders_by_band(exhibit: Exhibit) -> tuple[list[tuple[Band, int]], int]:
    """Return how many of the leaders that are shown have which span, and of how many it is not known."""
    spans = exhibit.spans
    organisation = exhibit.organisation
    counted = spans.counted()
    places = []
    for one in exhibit.chart.cards:
        if one.shown.more:
            continue
        entry = one.shown.id
        post = organisation.leader_of(entry) if exhibit.view.units else entry
        place = None if post is None else spans.places.get(post)
        if place is not None and counted[place]:
            places.append(place)
    counts = spans.counts.of(np.array(sorted(set(places)), np.int32))
    bands = (Band(0, 0), *span_bands())
    codes = np.digitize(counts.least, [band.low for band in bands]) - 1
    found = [
        (band, int(counts.seats[counts.is_known & (codes == n)].sum()))
        for n, band in enumerate(bands)
    ]
    return found, int(counts.seats[~counts.is_known].sum())


def add_spans_slide(exhibit: Exhibit, design: Design, bands: Bands) -> None:
    """Add the slide, if the span of any leader that is shown is known."""
    found, unknown = leaders_by_band(exhibit)
    total = sum(count for _band, count in found)
    if not total:
        return
    language = exhibit.language
    slide = design.presentation.slides.add_slide(design.layout)
    title = message(N_("{title}: spans of control"), title=exhibit.title).text(language)
    set_title(slide, design, title, language)
    if not found[0][1]:
        # That nobody leads nobody needs no column.
        found = found[1:]
    words = plural_message("{n} leader", "{n} leaders", total).text(language)
    alt = "; ".join(f"{band.words().text(language)}: {count}" for band, count in found)
    _add_chart(slide, exhibit, design, bands, found, alt=f"{title}. {words}. {alt}")
    told = _told(exhibit, total, unknown)
    small, has_footer = add_small_print(slide, design, bands, exhibit.footer, language, 4)
    area = bands.chart
    frame = Frame(area.left, area.bottom - Pt(_WORDS_HEIGHT), area.width, Pt(_WORDS_HEIGHT))
    label = Label(message(N_("What is not known")).text(language), told, language)
    text = text_shape(20, frame, Run(told, _TEXT, design.paints.quiet), label)
    add_shapes(slide, [text, *small])
    definition = message(_DEFINITION).text(language)
    notes = [f"{title}. {words}.", definition, told, *source_notes(exhibit, has_footer=has_footer)]
    set_notes(slide, notes, language)


def _add_chart(
    slide: Slide,
    exhibit: Exhibit,
    design: Design,
    bands: Bands,
    found: list[tuple[Band, int]],
    *,
    alt: str,
) -> None:
    language = exhibit.language
    leaders = message(N_("Leaders")).text(language)
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [band.words().text(language) for band, _count in found]
    data.add_series(leaders, [count for _band, count in found])  # type: ignore[no-untyped-call]
    area = bands.chart
    height = area.height - Pt(_WORDS_HEIGHT + 6)
    frame = (Emu(area.left), Emu(area.top), Emu(area.width), Emu(height))
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    # What python-pptx says of its types here is not what it takes and gives.
    shape: Any = slide.shapes.add_chart(kind, *frame, cast("Any", data))
    named = shape._element.find(f".//{qn('p:cNvPr')}")
    named.set("name", message(N_("Spans of control")).text(language))
    named.set("descr", plain(alt))
    chart = shape.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(_TEXT)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _set_columns(chart, design)
    _set_axis(chart.category_axis, message(N_("Led directly")).text(language), language)
    _set_axis(chart.value_axis, leaders, language)
    chart.value_axis.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    chart.value_axis.major_gridlines.format.line.color.brightness = -0.15
    chart.value_axis.format.line.fill.background()
    chart.value_axis.minimum_scale = 0
    if max(count for _band, count in found) < _FEW:
        chart.value_axis.major_unit = 1
    chart.value_axis.tick_labels.number_format = "0"
    chart.value_axis.tick_labels.number_format_is_linked = False


def _set_columns(chart: Chart, design: Design) -> None:
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(_NUMBER)
    labels.font.bold = True
    labels.number_format, labels.number_format_is_linked = "0;;", False
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.theme_color = (
        MSO_THEME_COLOR.ACCENT_2 if design.is_own else MSO_THEME_COLOR.ACCENT_1
    )


def _set_axis(axis: _BaseAxis, title: str, language: Language) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    for run in axis.axis_title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(_TEXT)
        run.font.bold = False
        run._r.get_or_add_rPr().set("lang", LOCALES[language])
    axis.tick_labels.font.size = Pt(_TEXT)
    axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1


def _told(exhibit: Exhibit, total: int, unknown: int) -> str:
    language = exhibit.language
    known = plural_message(
        "{n} leader with a known span.", "{n} leaders with a known span.", total
    ).text(language)
    if not unknown:
        return known
    rest = plural_message(
        "For {n} leader the span is not known.", "For {n} leaders the span is not known.", unknown
    )
    return f"{known} {rest.text(language)}"
