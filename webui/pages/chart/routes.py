"""The charts of an organisation, of its posts and of its units, as pages and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from webui.asking.params import chart_params
from webui.asking.state import seen
from webui.pages.chart.page import ChartView, chart_context, chart_data, chart_words

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("charts", __name__, url_prefix="/<organisation_id>")


@bp.get("/")
def page(organisation_id: str) -> str:
    """Show the chart of the posts."""
    return _page(ChartView(seen(organisation_id), units=False))


@bp.get("/units")
def units(organisation_id: str) -> str:
    """Show the chart of the units."""
    return _page(ChartView(seen(organisation_id), units=True))


@bp.get("/chart.json")
def data(organisation_id: str) -> Response:
    """Return the chart of the posts in the state that is asked for."""
    return _data(ChartView(seen(organisation_id), units=False))


@bp.get("/units.json")
def units_data(organisation_id: str) -> Response:
    """Return the chart of the units in the state that is asked for."""
    return _data(ChartView(seen(organisation_id), units=True))


def _page(view: ChartView) -> str:
    params = chart_params(view.loaded.organisation, view.hierarchy)
    return render_template("pages/chart/page.html", page=chart_context(view, params))


def _data(view: ChartView) -> Response:
    params = chart_params(view.loaded.organisation, view.hierarchy)
    chart = view.draw(params)
    return jsonify(chart_data(chart, chart_words(view, chart, params)))
