"""Plots of a span report, drawn by Vega without a browser: as SVG with real text, or as PNG.

What a plot tells stands on it in words and numbers: no colour and no shade says anything alone. Every
text of a plot is data of its specification, never markup.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from orgmodel.analysis.leader_rows import LeaderQuery, LeaderRows, leaders_table
from orgmodel.analysis.span_tables import band_words, work_words
from orgmodel.drawing.looks import PENS
from orgmodel.engines.engine import Engine
from orgmodel.model.bands import FIT_WORDS, Fit
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.texts import N_, format_number, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgmodel.analysis.span_report import SpanReport
    from orgmodel.texts import Language

Spec = dict[str, Any]
# Liberation Sans comes with the program that draws; a page has Inter.
FONT = "Inter, Liberation Sans, Arial, sans-serif"
SHOWN = 12
# More rows than these no reader looks at in a picture; the tables keep them all.
MOST_LAYERS = 40
_WIDTH, _BAR = 620, 26
_DARK, _LIGHT, _EDGE = "#0b5cad", "#d6e6f5", "#14365c"
_FIT_FILLS = {
    Fit.NARROW: "#f3c77d",
    Fit.FITTING: "#0b5cad",
    Fit.WIDE: "#7a2e0e",
    Fit.OPEN: "#e3e8ee",
    Fit.NONE: "#ffffff",
}
_FIT_INKS = {
    Fit.NARROW: "#16212e",
    Fit.FITTING: "#ffffff",
    Fit.WIDE: "#ffffff",
    Fit.OPEN: "#16212e",
    Fit.NONE: "#16212e",
}
_SCALE = 2
# The darkest cell still lets dark numbers stand out from it.
_MOST_SHADE, _WHITE = 0.6, 255
# In a stretch narrower than this share of the widest bar no number has room; the table has them all.
_NARROWEST = 0.03
# Vega lets no other Python run while it draws, and ends its process where it gets too little memory.
_engine = Engine("plots")


def bands_plot(report: SpanReport, language: Language) -> Spec:
    """Return bars of how many leaders are in each band, the settled part darker."""
    values: list[dict[str, Any]] = []
    for n, one in enumerate(report.band_counts()):
        if one.leaders or (one.band is not None and one.band.low > 0):
            settled = one.settled
            label = format_number(one.leaders, language)
            if one.leaders and one.band is not None and settled < one.leaders:
                found = message(N_("{n}, {settled} settled"), n=one.leaders, settled=settled)
                label = found.text(language)
            values.append(
                {
                    "order": n,
                    "band": band_words(one).text(language),
                    "settled": settled,
                    "leaders": one.leaders,
                    "label": label,
                }
            )
    axis = {"title": message(N_("Span")).text(language), "labelAngle": 0}
    x = {"field": "band", "type": "ordinal", "sort": {"field": "order"}, "axis": axis}
    top = max((one["leaders"] for one in values), default=1)
    y_axis = {"title": message(N_("Leaders")).text(language), "tickMinStep": 1, "format": "d"}
    y = {"type": "quantitative", "axis": y_axis, "scale": {"domain": [0, max(1, top * 1.12)]}}
    return _plot(
        values,
        [
            _layer("bar", {"x": x, "y": {"field": "leaders", **y}}, color=_LIGHT, stroke=_EDGE),
            _layer("bar", {"x": x, "y": {"field": "settled", **y}}, color=_DARK),
            _layer(
                "text",
                {"x": x, "y": {"field": "leaders", **y}, "text": {"field": "label"}},
                dy=-7,
            ),
        ],
        height=210,
    )


def layers_plot(report: SpanReport, language: Language) -> Spec:
    """Return the layers as a pyramid of leaders, with the staff of each layer in words.

    Of more layers than `MOST_LAYERS` the topmost are drawn, and the plot says how many are not.
    """
    values: list[dict[str, Any]] = []
    layers = report.layer_counts()
    for one in layers[:MOST_LAYERS]:
        leaders = plural_message("{n} leader", "{n} leaders", one.leaders)
        staff = message(N_("staff: {n}"), n=headline_words(one.staff))
        label = f"{leaders.text(language)} · {staff.text(language)}"
        name = message(N_("Layer {n}"), n=one.layer).text(language)
        half = one.leaders / 2
        values.append(
            {"layer": name, "order": one.layer, "from": -half, "to": half, "label": label}
        )
    widest = max((one["to"] for one in values), default=0.5) or 0.5
    y = {"field": "layer", "type": "ordinal", "sort": {"field": "order"}, "axis": {"title": None}}
    # Half of the room is for the words beside the widest bar.
    domain = {"domain": [-widest, widest * 3.2]}
    x = {"field": "from", "type": "quantitative", "axis": None, "scale": domain}
    return _plot(
        values,
        [
            _layer("bar", {"y": y, "x": x, "x2": {"field": "to"}}, color=_DARK, height=_BAR - 8),
            _layer(
                "text",
                {"y": y, "x": {**x, "field": "to"}, "text": {"field": "label"}},
                align="left",
                dx=8,
            ),
        ],
        height={"step": _BAR},
        note=_layers_left(len(layers), language),
    )


def matrix_plot(report: SpanReport, language: Language) -> Spec:
    """Return how many leaders of each layer are in each band, as shaded cells with their numbers.

    Of more layers than `MOST_LAYERS` the topmost are drawn, and the plot says how many are not.
    """
    bands = [band_words(one).text(language) for one in report.band_counts()]
    matrix = report.matrix()
    rows = dict(islice(matrix.items(), MOST_LAYERS))
    used = [n for n in range(len(bands)) if n or any(numbers[0] for numbers in rows.values())]
    most = max((number for numbers in rows.values() for number in numbers), default=1) or 1
    values = [
        {
            "layer": message(N_("Layer {n}"), n=layer).text(language),
            "row": layer,
            "band": bands[n],
            "column": n,
            "n": numbers[n],
            "label": format_number(numbers[n], language) if numbers[n] else "–",
            "fill": _shade(_MOST_SHADE * numbers[n] / most),
        }
        for layer, numbers in rows.items()
        for n in used
    ]
    x_axis = {"title": message(N_("Span")).text(language), "labelAngle": 0, "orient": "top"}
    x = {"field": "band", "type": "ordinal", "sort": {"field": "column"}, "axis": x_axis}
    y = {"field": "layer", "type": "ordinal", "sort": {"field": "row"}, "axis": {"title": None}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return _plot(
        values,
        [
            _layer("rect", {"x": x, "y": y, "color": fill}, stroke="#8492a1"),
            _layer("text", {"x": x, "y": y, "text": {"field": "label"}}),
        ],
        height={"step": _BAR + 4},
        note=_layers_left(len(matrix), language),
    )


def work_plot(report: SpanReport, language: Language) -> Spec:
    """Return how the spans of each kind of work lie to its band, as bars divided by words."""
    values: list[dict[str, Any]] = []
    for row, one in enumerate(report.work_counts()):
        if not one.leaders:
            continue
        start = 0
        name = work_words(one.work).text(language)
        span = None if one.work is None else one.work.range_words()
        for fit, shade in _FIT_FILLS.items():
            number = one.fits[fit]
            if number:
                values.append(
                    {
                        "row": row,
                        "work": name if span is None else f"{name} ({span.text(language)})",
                        "from": start,
                        "to": start + number,
                        "middle": start + number / 2,
                        "fill": shade,
                        "ink": _FIT_INKS[fit],
                        "label": format_number(number, language),
                        "fit": message(FIT_WORDS[fit]).text(language),
                    }
                )
                start += number
    longest = max((one["to"] for one in values), default=1)
    for stretch in values:
        if stretch["to"] - stretch["from"] < _NARROWEST * longest:
            stretch["label"] = ""
    words = [message(FIT_WORDS[fit]).text(language) for fit in _FIT_FILLS]
    axis = {"title": None, "labelLimit": 230}
    y = {"field": "work", "type": "ordinal", "sort": {"field": "row"}, "axis": axis}
    title = message(N_("Leaders")).text(language)
    x_axis = {"title": title, "tickMinStep": 1, "format": "d"}
    x = {"field": "from", "type": "quantitative", "axis": x_axis}
    fills = {"domain": words, "range": list(_FIT_FILLS.values())}
    legend = {"title": None, "orient": "top", "symbolStrokeColor": _EDGE}
    fill = {"field": "fit", "type": "nominal", "scale": fills, "legend": legend}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    return _plot(
        values,
        [
            _layer(
                "bar",
                {"y": y, "x": x, "x2": {"field": "to"}, "fill": fill},
                stroke=_EDGE,
                height=_BAR - 6,
            ),
            _layer(
                "text",
                {
                    "y": y,
                    "x": {**x, "field": "middle"},
                    "text": {"field": "label"},
                    "color": ink,
                },
            ),
        ],
        height={"step": _BAR + 6},
    )


def widest_plot(report: SpanReport, language: Language) -> Spec:
    """Return the widest spans, each from the least to the most that it can be; nobody is named."""
    query = LeaderQuery(sort="span", descending=True)
    rows = leaders_table(report, query, names=False, language=language).rows
    assert isinstance(rows, LeaderRows)  # noqa: S101 - it is what the table holds
    organisation = report.spans.organisation
    values: list[dict[str, Any]] = []
    for n in range(min(SHOWN, len(rows))):
        leader = rows.leader(n)
        if leader.span.is_unknown:
            break
        position = organisation.positions[leader.position_id]
        unit = organisation.units[position.unit_id].name
        values.append(
            {
                "row": n,
                # The number tells posts of one name apart, and no reader takes it for a rank.
                "post": f"{position.title.text(language)}, {unit.text(language)}",
                "key": f"{n:02d}",
                "low": leader.span.low,
                "high": leader.span.high,
                "label": interval_words(leader.span).text(language),
            }
        )
    farthest = max((one["low"] for one in values), default=1)
    for one in values:
        # An open end, or one far away, leaves the picture as a line that goes on.
        one["end"] = min(
            one["high"] if one["high"] is not None else farthest * 1.25, farthest * 1.25
        )
    axis = {"title": None, "labelLimit": 300, "labelExpr": _labels(values)}
    y = {"field": "key", "type": "ordinal", "sort": {"field": "row"}, "axis": axis}
    title = message(N_("Span")).text(language)
    scale = {"domain": [0, farthest * 1.6]}
    x_axis = {"title": title, "tickMinStep": 1, "format": "d"}
    x = {"field": "low", "type": "quantitative", "axis": x_axis, "scale": scale}
    return _plot(
        values,
        [
            _layer("rule", {"y": y, "x": x, "x2": {"field": "end"}}, strokeWidth=2, color=_EDGE),
            _layer("point", {"y": y, "x": x}, filled=True, size=70, color=_DARK, opacity=1),
            _layer(
                "text",
                {"y": y, "x": {**x, "field": "end"}, "text": {"field": "label"}},
                align="left",
                dx=8,
            ),
        ],
        height={"step": _BAR},
    )


PLOTS: Mapping[str, Callable[[SpanReport, Language], Spec]] = {
    "bands": bands_plot,
    "work": work_plot,
    "layers": layers_plot,
    "matrix": matrix_plot,
    "widest": widest_plot,
}


def plot_svg(spec: Spec) -> str:
    """Return a plot as SVG; see `Engine.ask` for what can go wrong."""
    return _engine.ask("plot_svg", lambda: {"spec": spec}).decode()


def plot_png(spec: Spec) -> bytes:
    """Return a plot as PNG, with twice the pixels of its size, on white."""
    on_paper = {**spec, "background": PENS["paper"]}
    return _engine.ask("plot_png", lambda: {"spec": on_paper, "scale": _SCALE})


def _layers_left(size: int, language: Language) -> str:
    """Return how many layers are not drawn, in words; nothing where all are."""
    if size <= MOST_LAYERS:
        return ""
    return plural_message(
        "{n} further layer is in the table",
        "{n} further layers are in the table",
        size - MOST_LAYERS,
    ).text(language)


def _shade(share: float) -> str:
    """Return a colour between white and dark."""
    dark = [int(_DARK[n : n + 2], 16) for n in (1, 3, 5)]
    mixed = (round(_WHITE + (part - _WHITE) * share) for part in dark)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _labels(values: list[dict[str, Any]]) -> str:
    """Return the expression that writes a post's name for its key."""
    names = {one["key"]: one["post"] for one in values}
    return f"({json.dumps(names, ensure_ascii=True)})[datum.value]"


def _layer(mark: str, encoding: Mapping[str, Any], **look: Any) -> Spec:
    return {"mark": {"type": mark, **look}, "encoding": dict(encoding)}


def _plot(
    values: list[dict[str, Any]], layers: list[Spec], height: object, note: str = ""
) -> Spec:
    title = {"text": note, "orient": "bottom", "anchor": "start"}
    return {
        **({"title": title} if note else {}),
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": _WIDTH,
        "height": height,
        "background": None,
        # A page measures letters a little wider than what draws the plot.
        "padding": {"left": 28, "right": 8, "top": 6, "bottom": 4},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": FONT,
            "axis": {
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": 600,
                "labelColor": PENS["ink"],
                "titleColor": PENS["ink"],
                "gridColor": "#e3e8ee",
                "domainColor": PENS["line"],
                "tickColor": PENS["line"],
            },
            "axisY": {"labelPadding": 6},
            "title": {"fontSize": 13, "fontWeight": 400, "color": PENS["ink"]},
            "legend": {"labelFontSize": 13, "labelColor": PENS["ink"], "labelLimit": 300},
            "text": {"fontSize": 13, "color": PENS["ink"]},
            "bar": {"binSpacing": 4},
            "view": {"stroke": None},
        },
    }
