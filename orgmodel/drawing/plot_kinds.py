"""The plots of a span report as Vega-Lite specifications; texts are data, never markup."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.statistics.leader_table import LeaderQuery, LeaderRows, leaders_table
from orgmodel.analysis.statistics.span_tables import band_words, work_words
from orgmodel.drawing.plot_parts import (
    BAR,
    DARK,
    EDGE,
    EMPTY,
    GAP,
    Spec,
    Values,
    by_certainty,
    certainty_of,
    certainty_words,
    cut_marks,
    cut_words,
    ends_of,
    framed,
    layer,
    legend,
    looked_up,
    places_of,
    plot,
    whole_axis,
)
from orgmodel.model.bands import FIT_WORDS, Fit
from orgmodel.model.wording import interval_words
from orgmodel.texts import N_, format_number, message, plural_message

if TYPE_CHECKING:
    from orgmodel.analysis.statistics.span_counts import LayerCount
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.texts import Language

SHOWN = 12
_ROOM_FOR_WIDER_LETTERS = 32
# The maximum number of rows in a plot; the tables contain all of them.
MOST_LAYERS = 40
# Adjacent colours have a contrast of 3:1.
_FIT_FILLS = {
    Fit.NARROW: "#fff0cc",
    Fit.FITTING: "#4b8fd0",
    Fit.WIDE: "#4a1a06",
    Fit.OPEN: "#dfe4ea",
    Fit.NONE: EMPTY,
}
_FIT_INKS = {**dict.fromkeys(_FIT_FILLS, "#16212e"), Fit.WIDE: "#ffffff"}
# Dark numbers remain readable on the darkest cell.
_MOST_SHADE, _WHITE, _SHADES = 0.6, 255, 3
# A segment narrower than this share of the widest bar has no number; the table has them all.
_NARROWEST = 0.03
_LEADERS_WIDTH, _STAFF_WIDTH, _FEW_TICKS = 200, 310, 4


def bands_plot(report: SpanReport, language: Language) -> Spec:
    """Return a bar chart of leaders per band, with a separate bar for unknown spans."""
    values: Values = []
    totals: Values = []
    bands: list[str] = []
    for one in report.band_counts():
        if not one.is_shown:
            continue
        band = band_words(one).text(language)
        bands += [GAP, band] if one.band is None else [band]
        start = 0
        for certainty, number in one.by_knowing.items():
            if number:
                words = certainty_words(certainty, language)
                part = {"band": band, "certainty": words, "from": start, "to": start + number}
                values.append(part)
                start += number
        totals.append({"band": band, "to": start, "label": format_number(start, language)})
    x_axis = {
        "title": message(N_("Span")).text(language),
        "labelAngle": 0,
        "values": [band for band in bands if band != GAP],
    }
    x = {"field": "band", "type": "ordinal", "scale": places_of(bands), "axis": x_axis}
    title = message(N_("Leaders")).text(language)
    y_axis, ticks = whole_axis(max((one["to"] for one in totals), default=1), title, language)
    # Leave room for the number above the highest bar.
    scale = {"domain": [0, ticks[-1] * 1.1], "nice": False}
    y = {"field": "from", "type": "quantitative", "axis": y_axis, "scale": scale}
    fill = by_certainty(language, {one["certainty"] for one in values})
    return plot(
        values,
        [
            layer("bar", {"x": x, "y": y, "y2": {"field": "to"}, "fill": fill}, stroke=EDGE),
            {
                "data": {"values": totals},
                **layer(
                    "text", {"x": x, "y": {**y, "field": "to"}, "text": {"field": "label"}}, dy=-8
                ),
            },
        ],
        height=230,
    )


def layers_plot(report: SpanReport, language: Language) -> Spec:
    """Return the leaders of each layer, and beside them its staff if known.

    At most `MOST_LAYERS` layers are drawn, from the top; the plot states how many are missing.
    """
    layers = report.layer_counts()
    shown = layers[:MOST_LAYERS]
    names = [message(N_("Layer {n}"), n=one.layer).text(language) for one in shown]
    staff = _staff_values(shown, names, language)
    how = Knowing.BOUNDED if report.may_lack_leaders else Knowing.SETTLED
    settled = certainty_words(how, language)
    # Both halves share one legend.
    fill = by_certainty(language, {settled, *(one["certainty"] for one in staff if one["low"])})
    leaders = [
        {
            "layer": name,
            "n": one.leaders,
            "certainty": settled,
            "label": plural_message("{n} leader", "{n} leaders", one.leaders).text(language),
        }
        for name, one in zip(names, shown, strict=True)
    ]
    most = max((one.leaders for one in shown), default=1)
    title = message(N_("Leaders")).text(language)
    axis, ticks = whole_axis(most, title, language, most=_FEW_TICKS)
    y = {"field": "layer", "type": "ordinal", "scale": places_of(names), "axis": {"title": None}}
    x = {
        "field": "n",
        "type": "quantitative",
        "axis": axis,
        "scale": {"domain": [0, ticks[-1] * 1.75], "nice": False},
    }
    height = {"step": BAR}
    left = {
        "width": _LEADERS_WIDTH,
        "height": height,
        "data": {"values": leaders},
        "layer": [
            layer("bar", {"y": y, "x": x, "fill": fill}, stroke=EDGE, height=BAR - 10),
            layer("text", {"y": y, "x": x, "text": {"field": "label"}}, align="left", dx=6),
        ],
    }
    notes = (_layers_left(len(layers), language), cut_words(staff, language))
    note = " ".join(filter(None, notes))
    right = _staff_panel(staff, shown, {"y": {**y, "axis": None}, "fill": fill}, language)
    return framed({"hconcat": [left, {**right, "height": height}], "spacing": 24}, note)


def _staff_values(shown: list[LayerCount], names: list[str], language: Language) -> Values:
    ends, _farthest = ends_of([one.staff for one in shown])
    return [
        {
            "layer": name,
            "low": 0 if one.staff.is_unknown else one.staff.low,
            "end": one.staff.low if one.staff.is_unknown else end,
            "cut": is_cut,
            "certainty": certainty_words(certainty_of(one.staff), language),
            "label": message(N_("staff: {n}"), n=interval_words(one.staff)).text(language),
        }
        for name, one, (end, is_cut) in zip(names, shown, ends, strict=True)
    ]


def _staff_panel(staff: Values, shown: list[LayerCount], shared: Spec, language: Language) -> Spec:
    _ends, farthest = ends_of([one.staff for one in shown])
    title = message(N_("Staff")).text(language)
    axis, ticks = whole_axis(farthest, title, language, most=_FEW_TICKS)
    scale = {"domain": [0, max(ticks[-1], farthest) * 1.75], "nice": False}
    x = {"field": "low", "type": "quantitative", "axis": axis, "scale": scale}
    y = shared["y"]
    rule = {"y": y, "x": x, "x2": {"field": "end"}}
    text = {"y": y, "x": {**x, "field": "end"}, "text": {"field": "label"}}
    known = {"transform": [{"filter": "datum.low > 0"}]}
    return {
        "width": _STAFF_WIDTH,
        "data": {"values": staff},
        "layer": [
            layer("rule", rule, strokeWidth=2, color=EDGE),
            {
                **known,
                **layer("bar", {**shared, "x": x}, stroke=EDGE, height=BAR - 10, aria=False),
            },
            cut_marks(y, x),
            layer("text", text, align="left", dx=10),
        ],
    }


def matrix_plot(report: SpanReport, language: Language) -> Spec:
    """Return the number of leaders by layer and band, as shaded cells with numbers.

    At most `MOST_LAYERS` layers are drawn, from the top; the plot states how many are missing.
    """
    bands = [band_words(one).text(language) for one in report.band_counts()]
    matrix = report.matrix()
    rows = dict(islice(matrix.items(), MOST_LAYERS))
    unknown = len(bands) - 1
    is_used = {n: any(numbers[n] for numbers in rows.values()) for n in (0, unknown)}
    used = [n for n in range(len(bands)) if is_used.get(n, True)]
    domain = [bands[n] for n in used]
    if unknown in used:
        domain.insert(-1, GAP)
    most = max((number for numbers in rows.values() for number in numbers), default=1) or 1
    classes = _classes(most, language)
    values = [
        {
            "layer": message(N_("Layer {n}"), n=row).text(language),
            "band": bands[n],
            "n": numbers[n],
            "label": format_number(numbers[n], language) if numbers[n] else "–",
            "class": next((name for name, high, _fill in classes if numbers[n] <= high), ""),
        }
        for row, numbers in rows.items()
        for n in used
    ]
    x_axis = {
        "title": message(N_("Span")).text(language),
        "labelAngle": 0,
        "orient": "top",
        "values": [one for one in domain if one != GAP],
    }
    x = {"field": "band", "type": "ordinal", "scale": places_of(domain), "axis": x_axis}
    layers = [message(N_("Layer {n}"), n=row).text(language) for row in rows]
    y = {"field": "layer", "type": "ordinal", "scale": places_of(layers), "axis": {"title": None}}
    names = [name for name, _high, _fill in classes]
    fill = {
        "field": "class",
        "type": "ordinal",
        "scale": {"domain": names, "range": [fill for _name, _high, fill in classes]},
        "legend": legend(message(N_("Leaders")).text(language)),
    }
    filled = {"transform": [{"filter": "datum.n > 0"}]}
    return plot(
        values,
        [
            layer("rect", {"x": x, "y": y}, fill=EMPTY, stroke="#8492a1"),
            {**filled, **layer("rect", {"x": x, "y": y, "fill": fill}, stroke="#8492a1")},
            layer("text", {"x": x, "y": y, "text": {"field": "label"}}),
        ],
        height={"step": BAR + 4},
        note=_layers_left(len(matrix), language),
    )


def _classes(most: int, language: Language) -> list[tuple[str, int, str]]:
    """Return the shades of a matrix: each with its label, its upper bound and its colour."""
    count = min(_SHADES, most)
    found = []
    low = 1
    for n in range(1, count + 1):
        high = most * n // count
        ends = [format_number(end, language) for end in (low, high)]
        found.append(
            (ends[0] if low == high else "–".join(ends), high, _shade(_MOST_SHADE * n / count))
        )
        low = high + 1
    return found


def work_plot(report: SpanReport, language: Language) -> Spec:
    """Return the spans of each kind of work compared with its band, as stacked bars."""
    values: Values = []
    works: list[str] = []
    for one in report.work_counts():
        if not one.leaders:
            continue
        start = 0
        name = work_words(one.work).text(language)
        span = None if one.work is None else one.work.range_words()
        works.append(name if span is None else f"{name} ({span.text(language)})")
        for fit in _FIT_FILLS:
            number = one.fits[fit]
            if number:
                values.append(
                    {
                        "work": works[-1],
                        "from": start,
                        "to": start + number,
                        "middle": start + number / 2,
                        "ink": _FIT_INKS[fit],
                        "label": format_number(number, language),
                        "fit": message(FIT_WORDS[fit]).text(language),
                    }
                )
                start += number
    axis, ticks = whole_axis(
        max((one["to"] for one in values), default=1),
        message(N_("Leaders")).text(language),
        language,
    )
    for stretch in values:
        if stretch["to"] - stretch["from"] < _NARROWEST * ticks[-1]:
            stretch["label"] = ""
    y_axis = {"title": None, "labelLimit": 230}
    y = {"field": "work", "type": "ordinal", "scale": places_of(works), "axis": y_axis}
    scale = {"domain": [0, ticks[-1]], "nice": False}
    x = {"field": "from", "type": "quantitative", "axis": axis, "scale": scale}
    words = {message(FIT_WORDS[fit]).text(language): fill for fit, fill in _FIT_FILLS.items()}
    unjudged = message(FIT_WORDS[Fit.NONE]).text(language)
    is_judged = any(one["fit"] != unjudged for one in values)
    shown = words if is_judged else {unjudged: EMPTY}
    fill = {
        "field": "fit",
        "type": "nominal",
        "scale": {"domain": list(shown), "range": list(shown.values())},
        "legend": legend(),
    }
    bar = {"y": y, "x": x, "x2": {"field": "to"}, "fill": fill}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    text = {"y": y, "x": {**x, "field": "middle"}, "text": {"field": "label"}, "color": ink}
    return plot(
        values,
        [layer("bar", bar, stroke=EDGE, height=BAR - 6), layer("text", text)],
        height={"step": BAR + 6},
    )


def widest_plot(report: SpanReport, language: Language) -> Spec:
    """Return the widest spans as intervals from lower to upper bound; no person is named."""
    query = LeaderQuery(sort="span", descending=True)
    rows = leaders_table(report, query, names=False, language=language).rows
    assert isinstance(rows, LeaderRows)  # noqa: S101 - the table's rows
    organisation = report.spans.organisation
    leaders = [rows.leader(n) for n in range(min(SHOWN, len(rows)))]
    leaders = [one for one in leaders if not one.span.is_unknown]
    ends, farthest = ends_of([one.span for one in leaders])
    values: Values = []
    names: dict[str, str] = {}
    for n, (leader, (end, is_cut)) in enumerate(zip(leaders, ends, strict=True)):
        position = organisation.positions[leader.position_id]
        unit = organisation.units[position.unit_id].name
        # The number distinguishes posts with the same title and is not a rank.
        key = f"{n:02d}"
        names[key] = f"{position.title.text(language)}, {unit.text(language)}"
        values.append(
            {
                "key": key,
                "low": leader.span.low,
                "end": end,
                "cut": is_cut,
                "certainty": certainty_words(leader.knowing, language),
                "label": interval_words(leader.span).text(language),
            }
        )
    y_axis = {"title": None, "labelLimit": 330, "labelExpr": looked_up(names)}
    y = {"field": "key", "type": "ordinal", "scale": places_of(list(names)), "axis": y_axis}
    axis, ticks = whole_axis(farthest, message(N_("Span")).text(language), language)
    scale = {"domain": [0, max(ticks[-1], farthest) * 1.35], "nice": False}
    x: dict[str, Any] = {"field": "low", "type": "quantitative", "axis": axis, "scale": scale}
    # Post titles leave little room.
    fill = by_certainty(language, {one["certainty"] for one in values}, columns=1)
    text = {"y": y, "x": {**x, "field": "end"}, "text": {"field": "label"}}
    spec = plot(
        values,
        [
            layer("rule", {"y": y, "x": x, "x2": {"field": "end"}}, strokeWidth=2, color=EDGE),
            layer("bar", {"y": y, "x": x, "fill": fill}, stroke=EDGE, height=BAR - 10),
            cut_marks(y, x),
            layer("text", text, align="left", dx=10),
        ],
        height={"step": BAR},
        note=cut_words(values, language),
    )
    # Titles take half of the width, so the legend is aligned to the right.
    spec["config"]["legend"]["layout"] = {"top": {"anchor": "end"}}
    # Text on a page is wider than measured, and here it ends at the edge of the plot.
    spec["padding"]["right"] = _ROOM_FOR_WIDER_LETTERS
    return spec


def _layers_left(size: int, language: Language) -> str:
    """Return a text with the number of layers not drawn; empty if all are."""
    if size <= MOST_LAYERS:
        return ""
    return plural_message(
        "{n} further layer is in the table",
        "{n} further layers are in the table",
        size - MOST_LAYERS,
    ).text(language)


def _shade(share: float) -> str:
    """Return a colour between white and dark."""
    dark = [int(DARK[n : n + 2], 16) for n in (1, 3, 5)]
    mixed = (round(_WHITE + (part - _WHITE) * share) for part in dark)
    return "#" + "".join(f"{part:02x}" for part in mixed)
