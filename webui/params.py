"""What an address asks for, checked: what is not known is left out, so that old links still work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.facets import Property
from orgmodel.drawing.looks import Coloring
from orgmodel.drawing.selection import MOST_CARDS, Opening, whole_opening
from webui.viewing import OFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.drawing.hierarchy import Hierarchy
    from orgmodel.model.organisation import Organisation

ALL = "all"
LONGEST_QUERY = 200
_MOST_VALUES = _MOST_IDS = 500
# How `more` writes that so many of a family are shown: leader~240.
_COUNT = "~"


@dataclass(frozen=True, slots=True)
class ChartParams:
    """The state of a chart.

    Attributes
    ----------
    opening
        What is open and closed.
    selected
        The entry that is selected, which is always shown.
    filters
        The values of each property that are asked for; empty without a filter.
    lit
        The group whose members stand out.
    cross_lines
        Whether lines beside the reporting line are drawn.
    everything
        Whether all was to be opened, as far as a chart holds it.
    """

    opening: Opening = field(default_factory=Opening)
    selected: str | None = None
    coloring: Coloring = Coloring.LAYER
    filters: Mapping[Property, tuple[str, ...]] = field(default_factory=dict)
    lit: str | None = None
    cross_lines: bool = True
    everything: bool = False


def chart_params(organisation: Organisation, hierarchy: Hierarchy) -> ChartParams:
    """Return the state that the address asks for.

    `open` and `closed` hold ids with commas between; `open=all` opens as much as can be read;
    `more` holds id~count; `color` a colouring, `cross=off` no cross-cutting lines, `light` a group,
    and `kind`, `layer`, `status`, `band` and `group` the values to filter by, each as often as
    there are values.
    """
    opened = _ids("open")
    whole = whole_opening(hierarchy).opened if ALL in opened else frozenset()
    opening = Opening(
        whole | frozenset(filter(hierarchy.has, opened)),
        frozenset(filter(hierarchy.has, _ids("closed"))),
        _more(hierarchy),
    )
    selected = request.args.get("select")
    if selected is None or not hierarchy.has(selected):
        selected = None
    else:
        opening = opening.revealing(hierarchy, selected)
    light = request.args.get("light")
    return ChartParams(
        opening=opening,
        selected=selected,
        coloring=_coloring(),
        filters={one: values for one in Property if (values := _values(one))},
        lit=light if light in organisation.groups else None,
        cross_lines=request.args.get("cross") != OFF,
        everything=ALL in opened,
    )


def search_query() -> str:
    """Return what is searched for."""
    return request.args.get("q", "")[:LONGEST_QUERY]


def asked_post(organisation: Organisation, name: str) -> str | None:
    """Return the post that a parameter names, None where it names none there is."""
    asked = request.args.get(name, "")
    return asked if asked in organisation.positions else None


def _coloring() -> Coloring:
    asked = request.args.get("color", "")
    return next((one for one in Coloring if one == asked), Coloring.LAYER)


def _values(asked: Property) -> tuple[str, ...]:
    values = dict.fromkeys(filter(None, request.args.getlist(asked.value)))
    return tuple(values)[:_MOST_VALUES]


def _more(hierarchy: Hierarchy) -> dict[str, int]:
    found = {}
    for one in _ids("more"):
        entry_id, _sign, count = one.rpartition(_COUNT)
        if count.isascii() and count.isdigit() and (not entry_id or hierarchy.has(entry_id)):
            found[entry_id] = min(int(count[:9]), MOST_CARDS)
    return found


def _ids(name: str) -> set[str]:
    return {one for one in request.args.get(name, "").split(",")[:_MOST_IDS] if one}
