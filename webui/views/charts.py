"""The chart of an organisation, as a page and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from orgmodel.drawing.chart import draw_chart
from webui.languages import current_language
from webui.params import chart_params
from webui.presenting.chart import chart_context, chart_data
from webui.state import repository

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("charts", __name__)


@bp.get("/<organisation_id>/")
def page(organisation_id: str) -> str:
    """Show the chart."""
    loaded = repository().get(organisation_id)
    context = chart_context(loaded, chart_params(loaded.organisation))
    return render_template("charts/page.html", page=context)


@bp.get("/<organisation_id>/chart.json")
def data(organisation_id: str) -> Response:
    """Return the chart in the state that is asked for."""
    loaded = repository().get(organisation_id)
    opening = chart_params(loaded.organisation).opening
    chart = draw_chart(loaded.cards(current_language()), loaded.organisation, opening)
    return jsonify(chart_data(chart))
