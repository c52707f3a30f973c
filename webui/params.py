"""What an address asks for, checked: unknown posts are left out, so that old links still work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from orgmodel.drawing.chart import Opening, all_opening

if TYPE_CHECKING:
    from orgmodel.model.organisation import Organisation

ALL = "all"
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class ChartParams:
    """The state of a chart: what is open, and which post is selected."""

    opening: Opening
    selected: str | None


def chart_params(organisation: Organisation) -> ChartParams:
    """Return the state that `open`, `closed` and `select` ask for.

    `open` and `closed` hold ids with commas between; `open=all` opens as much as can be read. A
    selected post is always shown.
    """
    opened = _ids("open")
    if ALL in opened:
        opening = all_opening(organisation)
    else:
        known = organisation.positions.keys()
        opening = Opening(frozenset(opened & known), frozenset(_ids("closed") & known))
    selected = request.args.get("select")
    if selected is None or selected not in organisation.positions:
        return ChartParams(opening, None)
    return ChartParams(opening.revealing(organisation, selected), selected)


def search_query() -> str:
    """Return what is searched for."""
    return request.args.get("q", "")[:LONGEST_QUERY]


def _ids(name: str) -> set[str]:
    return {one for one in request.args.get(name, "").split(",") if one}
