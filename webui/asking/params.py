"""What an address asks of a chart, of a search, of two posts.

What cannot be asked for never comes here from a page (`questions.py`); what the links of embeds
hold, and data no longer have, is left out, so that old links still work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.selection import MOST_CARDS, Opening, whole_opening
from orgmodel.drawing.views import View
from webui.asking.own_ids import own_post
from webui.asking.viewing import OFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from orgmodel.drawing.hierarchy import Hierarchy
    from orgmodel.model.organisation import Organisation
    from webui.store.loaded import Loaded

ALL = "all"
LONGEST_QUERY = 200
_MOST_VALUES = _MOST_IDS = 500
# How `more` writes that so many of a family are shown: leader~240.
COUNT = "~"


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

    def view(self, *, units: bool) -> View:
        """Return the view of the posts or the units in this state."""
        return View(
            units=units,
            opening=self.opening,
            selected=self.selected,
            filters=self.filters,
            coloring=self.coloring,
            lit=self.lit,
            cross_lines=self.cross_lines,
        )


def chart_params(
    organisation: Organisation, hierarchy: Hierarchy, args: MultiDict[str, str] | None = None
) -> ChartParams:
    """Return the state that an address asks for; without `args`, the one of this request.

    `open` and `closed` hold ids with commas between; `open=all` opens as much as can be read;
    `more` holds id~count; `color` a colouring, `cross=off` no cross-cutting lines, `light` a group,
    and `kind`, `layer`, `status`, `band` and `group` the values to filter by, each as often as
    there are values.
    """
    args = request.args if args is None else args
    opened = _ids(args, "open")
    whole = whole_opening(hierarchy).opened if ALL in opened else frozenset()
    opening = Opening(
        whole | frozenset(filter(hierarchy.has, opened)),
        frozenset(filter(hierarchy.has, _ids(args, "closed"))),
        _more(args, hierarchy),
    )
    selected = args.get("select")
    if selected is None or not hierarchy.has(selected):
        selected = None
    else:
        opening = opening.revealing(hierarchy, selected)
    light = args.get("light")
    return ChartParams(
        opening=opening,
        selected=selected,
        coloring=_coloring(args),
        filters={one: values for one in Property if (values := _values(args, one))},
        lit=light if light in organisation.groups else None,
        cross_lines=args.get("cross") != OFF,
        everything=ALL in opened,
    )


def search_query() -> str:
    """Return what is searched for."""
    return request.args.get("q", "")[:LONGEST_QUERY]


def asked_post(loaded: Loaded, name: str) -> str | None:
    """Return the post that a parameter names, None where it names none there is."""
    asked = own_post(loaded, request.args.get(name, ""))
    return asked if asked in loaded.organisation.positions else None


def _coloring(args: MultiDict[str, str]) -> Coloring:
    asked = args.get("color", "")
    return next((one for one in Coloring if one == asked), Coloring.LAYER)


def _values(args: MultiDict[str, str], asked: Property) -> tuple[str, ...]:
    values = dict.fromkeys(filter(None, args.getlist(asked.value)))
    return tuple(values)[:_MOST_VALUES]


def _more(args: MultiDict[str, str], hierarchy: Hierarchy) -> dict[str, int]:
    found = {}
    for one in _ids(args, "more"):
        entry_id, _sign, count = one.rpartition(COUNT)
        if count.isascii() and count.isdigit() and (not entry_id or hierarchy.has(entry_id)):
            found[entry_id] = min(int(count[:9]), MOST_CARDS)
    return found


def _ids(args: MultiDict[str, str], name: str) -> set[str]:
    return {one for one in args.get(name, "").split(",")[:_MOST_IDS] if one}
