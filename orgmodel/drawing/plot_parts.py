"""Shared parts of plots: certainty, integer axes, cut marks and the frame.

Colours that carry meaning have a contrast of 3:1 to each other and a dark edge, and are explained
in a legend. A line that continues beyond the plot ends in two strokes.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.looks import PENS
from orgmodel.texts import N_, format_number, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgmodel.model.amounts import Interval
    from orgmodel.texts import Language

Spec = dict[str, Any]
Values = list[dict[str, Any]]
# Liberation Sans is shipped with the drawing program; a page has Inter.
FONT = "Inter, Liberation Sans, Arial, sans-serif"
WIDTH, BAR = 620, 26
TEXT, HEADING = 13, 17
DARK, MIDDLE, LIGHT, EDGE, EMPTY = "#07305f", "#3b87c8", "#d6e6f5", "#14365c", "#ffffff"
# The gap between the bands and the bar of unknown spans.
GAP = " "
_MOST_TICKS = 8
_FAR = 1.25
_STROKES = "M-0.8,1L-0.1,-1M0.1,1L0.8,-1"


CERTAINTY_WORDS: Mapping[Knowing, str] = {
    Knowing.SETTLED: N_("Exact: one number"),
    Knowing.ASSUMED: N_("Assumed: one number, if the assumptions hold"),
    Knowing.BOUNDED: N_("At least this many"),
    Knowing.UNKNOWN: N_("Not stated"),
}
CERTAINTY_FILLS: Mapping[Knowing, str] = {
    Knowing.SETTLED: DARK,
    Knowing.ASSUMED: MIDDLE,
    Knowing.BOUNDED: LIGHT,
    Knowing.UNKNOWN: EMPTY,
}


def certainty_of(interval: Interval) -> Knowing:
    """Return the certainty of a number."""
    if interval.is_unknown:
        return Knowing.UNKNOWN
    return Knowing.SETTLED if interval.is_exact else Knowing.BOUNDED


def certainty_words(certainty: Knowing, language: Language) -> str:
    """Return the name of a certainty in legends."""
    return message(CERTAINTY_WORDS[certainty]).text(language)


def by_certainty(
    language: Language, present: Iterable[str] | None = None, *, columns: int = 3
) -> Spec:
    """Return the fill of marks by their field `certainty`, with a legend.

    The legend is omitted if it would be empty, which Vega cannot draw.

    Parameters
    ----------
    present
        The values that occur; None for all of them.
    columns
        The number of legend entries in a row.
    """
    shown = [
        one for one in Knowing if present is None or certainty_words(one, language) in set(present)
    ]
    if not shown:
        return {"value": LIGHT}
    words = [certainty_words(one, language) for one in shown]
    return {
        "field": "certainty",
        "type": "nominal",
        "scale": {"domain": words, "range": [CERTAINTY_FILLS[one] for one in shown]},
        "legend": {**legend(), "columns": columns},
    }


def legend(title: str | None = None) -> Spec:
    """Return a legend above the plot."""
    return {
        "title": title,
        "orient": "top",
        "symbolType": "square",
        "symbolSize": 140,
        "symbolStrokeColor": EDGE,
        "symbolStrokeWidth": 1,
    }


def whole_axis(
    top: float, title: str | None, language: Language, *, most: int = _MOST_TICKS
) -> tuple[Spec, list[int]]:
    """Return an axis from 0 with at most `most` ticks at whole numbers, and the tick values."""
    step = 1
    while top / step > most:
        # 1, 2, 5, 10, 20, 50 …
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    ticks = list(range(0, math.ceil(max(1, top) / step) * step + 1, step))
    names = {str(tick): format_number(tick, language) for tick in ticks}
    return {"title": title, "values": ticks, "labelExpr": looked_up(names)}, ticks


def places_of(names: Sequence[str]) -> Spec:
    """Return an ordinal scale of names in their order; its size is bounded."""
    return {"domain": list(names)} if names else {}


def looked_up(names: Mapping[str, str]) -> str:
    """Return the expression that maps values to names; names are never evaluated."""
    return f"({json.dumps(names, ensure_ascii=True)})[datum.value]"


def ends_of(intervals: Sequence[Interval]) -> tuple[list[tuple[float, bool]], float]:
    """Return the end of each line, whether it is cut there, and the farthest end.

    An open end, or one far beyond all certain values, is cut at the edge of the plot.
    """
    known = [one for one in intervals if not one.is_unknown]
    highs = [one.high for one in known if one.high is not None]
    farthest = max((one.low for one in known), default=0) or max(highs, default=1) or 1
    most = farthest * _FAR
    found = []
    for one in intervals:
        high = math.inf if one.high is None else one.high
        found.append((min(high, most), not one.is_unknown and high > most))
    sure = [end for end, _cut in found if end < most]
    return found, most if any(cut for _end, cut in found) else max([farthest, *sure])


def cut_marks(y: Spec, x: Spec) -> Spec:
    """Return the two strokes that mark a cut line."""
    return {
        "transform": [{"filter": "datum.cut"}],
        **layer(
            "point",
            {"y": y, "x": {**x, "field": "end"}},
            shape=_STROKES,
            size=90,
            filled=False,
            stroke=EDGE,
            strokeWidth=1.75,
            opacity=1,
            # An empty group would add an unnamed symbol to the legend.
            aria=False,
        ),
    }


def cut_words(values: Values, language: Language) -> str:
    """Return the explanation of the two strokes, if there are any."""
    if not any(one.get("cut") for one in values):
        return ""
    return message(N_("Two strokes: the line continues beyond the plot.")).text(language)


def layer(mark: str, encoding: Mapping[str, Any], **look: Any) -> Spec:
    """Return one layer of a plot."""
    return {"mark": {"type": mark, **look}, "encoding": dict(encoding)}


def plot(values: Values, layers: list[Spec], height: object, note: str = "") -> Spec:
    """Return a plot of layers, with a note below it."""
    return framed(
        {
            "width": WIDTH,
            "height": height,
            "autosize": {"type": "fit-x", "contains": "padding"},
            "data": {"values": values},
            "layer": layers,
        },
        note,
    )


def framed(content: Spec, note: str = "") -> Spec:
    """Return a plot in the common style, with `note` below it."""
    title = {"text": note, "orient": "bottom", "anchor": "start", "offset": 8}
    return {
        **({"title": title} if note else {}),
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        # Browsers measure text slightly wider than the drawing program does.
        "padding": {"left": 28, "right": 12, "top": 6, "bottom": 6},
        **content,
        "config": {
            "font": FONT,
            "axis": {
                "labelFontSize": TEXT,
                "titleFontSize": TEXT,
                "titleFontWeight": 600,
                "labelColor": PENS["ink"],
                "titleColor": PENS["ink"],
                "gridColor": "#e3e8ee",
                "domainColor": PENS["line"],
                "tickColor": PENS["line"],
                "labelFlush": False,
            },
            "axisY": {"labelPadding": 6},
            "title": {
                "fontSize": TEXT,
                "fontWeight": 400,
                "color": PENS["ink"],
                "subtitleFontSize": TEXT,
                "subtitleColor": PENS["ink"],
                "subtitlePadding": 6,
            },
            "legend": {
                "labelFontSize": TEXT,
                "titleFontSize": TEXT,
                "titleFontWeight": 600,
                "labelColor": PENS["ink"],
                "titleColor": PENS["ink"],
                "labelLimit": 300,
                "columnPadding": 18,
                "rowPadding": 4,
                "columns": 3,
            },
            "text": {"fontSize": TEXT, "color": PENS["ink"]},
            "bar": {"binSpacing": 4},
            "view": {"stroke": None},
        },
    }
