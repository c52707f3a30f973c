"""Plots of a span report, drawn by Vega without a browser: as SVG with real text, or as PNG.

The values of a plot are also written on it in words and numbers, never shown by colour alone. A
page supplies its own heading; a file includes the title, subject, date and sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.measuring import SEMIBOLD, wrap
from orgmodel.drawing.plot_kinds import (
    MOST_LAYERS,
    SHOWN,
    bands_plot,
    layers_plot,
    matrix_plot,
    widest_plot,
    work_plot,
)
from orgmodel.drawing.plot_parts import HEADING, TEXT, WIDTH, Spec
from orgmodel.engines.engine import Engine
from orgmodel.texts import N_, format_day, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.texts import Language

__all__ = [
    "MOST_LAYERS",
    "PLOTS",
    "PLOT_NAMES",
    "SHOWN",
    "Spec",
    "headed_plot",
    "is_blank",
    "plot_png",
    "plot_svg",
]

_SCALE = 2
_MOST_LINES = 6
# Vega holds the GIL while it draws, and aborts its process when it runs out of memory.
_engine = Engine("plots")

PLOTS: Mapping[str, Callable[[SpanReport, Language], Spec]] = {
    "bands": bands_plot,
    "work": work_plot,
    "layers": layers_plot,
    "matrix": matrix_plot,
    "widest": widest_plot,
}
PLOT_NAMES: Mapping[str, str] = {
    "bands": N_("Distribution of spans"),
    "work": N_("Compared with guideline spans"),
    "layers": N_("Layers"),
    "matrix": N_("Layers and spans"),
    "widest": N_("The widest spans"),
}


def headed_plot(plot_id: str, report: SpanReport, part: str, language: Language) -> Spec:
    """Return a plot with a heading, for use without a page around it.

    Parameters
    ----------
    part
        The leaders that the report covers, in words.
    """
    spec = PLOTS[plot_id](report, language)
    organisation = report.spans.organisation
    name = organisation.name.text(language)
    note = spec.get("title", {}).get("text", "")
    sources = "; ".join(one.title.text(language) for one in organisation.record.sources)
    everybody = message(N_("All leaders")).text(language)
    facts = (
        f"{name} · {everybody if part == name else part}",
        message(
            N_("Data as of {day} · Sources: {sources}"),
            day=format_day(organisation.day, language),
            sources=sources or message(N_("No documents are named.")).text(language),
        ).text(language),
        left_out_words(report.spans).text(language),
        note,
    )
    width = WIDTH - 40
    lines = [one for fact in facts for one in wrap(fact, width, TEXT, lines=_MOST_LINES)]
    title = message(PLOT_NAMES[plot_id]).text(language)
    heading = {
        "text": list(wrap(title, width, HEADING, weight=SEMIBOLD)),
        "subtitle": lines,
        "anchor": "start",
        "fontSize": HEADING,
        "fontWeight": 600,
        "offset": 14,
        "frame": "bounds",
    }
    return {**spec, "title": heading}


def is_blank(spec: Spec) -> bool:
    """Tell whether a plot has no data."""
    return not any(one["data"]["values"] for one in spec.get("hconcat", [spec]))


def plot_svg(spec: Spec) -> str:
    """Return a plot as SVG; see `Engine.ask` for what can go wrong."""
    return _engine.ask("plot_svg", lambda: {"spec": spec}).decode()


def plot_png(spec: Spec) -> bytes:
    """Return a plot as PNG at twice its size in pixels, on white."""
    on_paper = {**spec, "background": PENS["paper"]}
    return _engine.ask("plot_png", lambda: {"spec": on_paper, "scale": _SCALE})
