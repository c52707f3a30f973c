"""The view that an address asks to take along, as pages, files and embeds read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request

from orgmodel.drawing.views import Cut, View
from webui.params import chart_params

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from orgmodel.drawing.hierarchy import Hierarchy
    from webui.loaded import Loaded

UNITS = "units"
_DEEPEST = 99
_ENDS = ("post", "other")


def asked_view(loaded: Loaded, args: MultiDict[str, str] | None = None) -> View:
    """Return the view that an address asks for; without `args`, the one of this request.

    The parameters of a chart (see `chart_params`), and: `chart=units` for the units; `cut` for
    another part than what is opened: `branch`, `around`, `chain` or `between`; `post` and `other`
    for the entries that it is about; `depth` for how many layers of a branch. What is not known is
    left out, and a cut without its entries is what is opened.
    """
    args = request.args if args is None else args
    units = args.get("chart") == UNITS
    hierarchy: Hierarchy = loaded.units if units else loaded.posts
    view = chart_params(loaded.organisation, hierarchy, args).view(units=units)
    cut = next((one for one in Cut if one == args.get("cut")), Cut.OPENED)
    entries = tuple(one for name in _ENDS if hierarchy.has(one := args.get(name, "")))
    if cut is Cut.BRANCH:
        return replace(view, cut=cut, entries=entries[:1], depth=_depth(args))
    if cut is Cut.BETWEEN and len(entries) == len(_ENDS) and not units:
        return replace(view, cut=cut, entries=entries)
    if cut in {Cut.AROUND, Cut.CHAIN} and entries:
        return replace(view, cut=cut, entries=entries[:1])
    return view


def view_query(view: View) -> dict[str, str]:
    """Return the parameters by which an address names a view's part; the chart's own are not in it."""
    found = {"chart": UNITS} if view.units else {}
    if view.cut is not Cut.OPENED:
        found["cut"] = view.cut.value
        found.update(zip(_ENDS, view.entries, strict=False))
        if view.depth is not None:
            found["depth"] = str(view.depth)
    return found


def _depth(args: MultiDict[str, str]) -> int | None:
    asked = args.get("depth", "")
    return min(int(asked[:3]), _DEEPEST) if asked.isascii() and asked.isdigit() else None
