"""The slide on spans of control: leaders by span, as an editable chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.plot_parts import GAP, certainty_words, whole_axis
from orgmodel.drawing.shown_spans import shown_spans
from orgmodel.exporting.slides.connectors import Area
from orgmodel.exporting.slides.frames import (
    add_shapes,
    add_small_print,
    set_notes,
    set_title,
    source_notes,
)
from orgmodel.exporting.slides.shapes import LOCALES, Run, plain, text_shape
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.chart.axis import _BaseAxis
    from pptx.chart.chart import Chart
    from pptx.chart.datalabel import DataLabels
    from pptx.slide import Slide

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.shown_spans import ShownSpans
    from orgmodel.exporting.slides.designs import Design
    from orgmodel.exporting.slides.frames import SlideAreas
    from orgmodel.texts import Language

_TEXT, _NUMBER = 12, 14
_WORDS_HEIGHT = 38
_DEFINITION = N_(
    "The span of control is how many people a leader leads directly. A leader is counted by "
    "the lowest number that is certain."
)


_PATTERNS = {
    Knowing.ASSUMED: MSO_PATTERN.NARROW_HORIZONTAL,
    Knowing.BOUNDED: MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
}


def add_spans_slide(exhibit: Exhibit, design: Design, areas: SlideAreas) -> None:
    """Add the slide, if any leader is shown."""
    found = shown_spans(exhibit)
    if found is None:
        return
    language = exhibit.language
    slide = design.presentation.slides.add_slide(design.layout)
    set_title(slide, design, found.title, language)
    told = found.words(language)
    _add_chart(slide, exhibit, design, areas, found)
    small, has_footer = add_small_print(slide, design, areas, exhibit.footer, language, 4)
    area = areas.chart
    frame = Area(area.left, area.bottom - Pt(_WORDS_HEIGHT), area.right, area.bottom)
    name = message(N_("Who is counted")).text(language)
    run = Run(told, _TEXT, design.paints.quiet)
    text = text_shape(20, frame, run, name=name, words=told, language=language)
    add_shapes(slide, [text, *small])
    definition = message(_DEFINITION).text(language)
    notes = [_in_words(found, language), definition, told]
    set_notes(slide, [*notes, *source_notes(exhibit, has_footer=has_footer)], language)


def _in_words(found: ShownSpans, language: Language) -> str:
    """Return the chart as a sentence: the number of leaders in each band, by certainty."""
    parts = []
    for column in found.columns:
        numbers = [
            f"{certainty_words(certainty, language)}: {number}"
            for certainty, number in column.numbers.items()
            if number and certainty is not Knowing.UNKNOWN
        ]
        more = f" ({', '.join(numbers)})" if numbers else ""
        parts.append(f"{column.name.text(language)}: {column.total}{more}")
    return f"{found.title}. {'; '.join(parts)}"


def _add_chart(
    slide: Slide, exhibit: Exhibit, design: Design, areas: SlideAreas, found: ShownSpans
) -> None:
    language = exhibit.language
    leaders = message(N_("Leaders")).text(language)
    columns = list(found.bands)
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    names = [one.name.text(language) for one in columns]
    rows = [one.numbers for one in columns]
    if found.unknown is not None:
        # Unknown spans are set apart from the bands by an empty column.
        names += [GAP, found.unknown.name.text(language)]
        rows += [{}, found.unknown.numbers]
    data.categories = names
    shown = [one for one in Knowing if any(row.get(one) for row in rows)]
    for certainty in shown:
        # A cell without a number has no label.
        numbers = [row.get(certainty) or None for row in rows]
        data.add_series(certainty_words(certainty, language), numbers)  # type: ignore[no-untyped-call]
    area = areas.chart
    height = area.height - Pt(_WORDS_HEIGHT + 6)
    frame = (Emu(area.left), Emu(area.top), Emu(area.width), Emu(height))
    kind = XL_CHART_TYPE.COLUMN_STACKED
    # The type annotations of python-pptx are wrong here.
    shape: Any = slide.shapes.add_chart(kind, *frame, cast("Any", data))
    named = shape._element.find(f".//{qn('p:cNvPr')}")
    named.set("name", message(N_("Spans of control")).text(language))
    named.set("descr", plain(_in_words(found, language)))
    chart = shape.chart
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(_TEXT)
    chart.font.size = Pt(_TEXT)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _set_columns(chart, shown, design)
    _set_axis(chart.category_axis, message(N_("Led directly")).text(language), language)
    _set_axis(chart.value_axis, leaders, language)
    chart.value_axis.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    chart.value_axis.major_gridlines.format.line.color.brightness = -0.15
    chart.value_axis.format.line.fill.background()
    _axis, ticks = whole_axis(max(one.total for one in found.columns), None, language)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, ticks[-1]
    chart.value_axis.major_unit = ticks[1] - ticks[0]
    chart.value_axis.tick_labels.number_format = "0"
    chart.value_axis.tick_labels.number_format_is_linked = False


def _set_columns(chart: Chart, shown: Sequence[Knowing], design: Design) -> None:
    """Style the segments of the columns: filled, hatched, and empty with a dashed edge."""
    accent = MSO_THEME_COLOR.ACCENT_2 if design.is_own else MSO_THEME_COLOR.ACCENT_1
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    for series, certainty in zip(plot.series, shown, strict=True):
        look = series.format
        look.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
        look.line.width = Pt(1)
        if certainty is Knowing.SETTLED:
            look.fill.solid()
            look.fill.fore_color.theme_color = accent
        elif certainty in _PATTERNS:
            look.fill.patterned()
            look.fill.pattern = _PATTERNS[certainty]
            look.fill.fore_color.theme_color = accent
            look.fill.back_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        else:
            look.fill.background()
            look.line.dash_style = MSO_LINE.DASH
        _set_labels(series.data_labels)


def _set_labels(labels: DataLabels) -> None:
    """Add numbers to the segments, on the background colour of the slide for legibility."""
    labels.position = XL_LABEL_POSITION.CENTER
    labels.show_value = True
    labels.font.size = Pt(_NUMBER)
    labels.font.bold = True
    labels.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    labels.number_format, labels.number_format_is_linked = "0;;", False
    ground = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'
    )
    labels._element.find(qn("c:numFmt")).addnext(ground)


def _set_axis(axis: _BaseAxis, title: str, language: Language) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    for run in axis.axis_title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(_TEXT)
        run.font.bold = False
        run._r.get_or_add_rPr().set("lang", LOCALES[language])
    axis.tick_labels.font.size = Pt(_TEXT)
    axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
