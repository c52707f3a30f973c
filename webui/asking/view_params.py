"""The view that an address asks to take along, as pages, files and embeds read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request

from orgmodel.drawing.views import Cut, View
from webui.asking.params import chart_params

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from orgmodel.drawing.hierarchy import Hierarchy
    from webui.store.loaded import Loaded

    Args = MultiDict[str, str]

UNITS, POSTS, WHOLE, TRANSPARENT, PAPER = "units", "posts", "whole", "none", "white"
DEEPEST = 99
_ENDS = ("post", "other")


def asked_view(loaded: Loaded, args: Args | None = None) -> View:
    """Return the view that an address asks for; without `args`, the one of this request.

    The parameters of a chart (see `chart_params`), and: `chart=units` for the units; `cut` for
    another part than what is opened: `branch`, `around`, `chain` or `between`; `post` and `other`
    for the entries that it is about; `depth` for how many layers of a branch; `cut=whole` is the whole chart. What
    is not known is left out here, and a cut without its entries is what is opened: the links of
    embeds live longer than the data. An address that asks for such is refused (`questions.py`).
    """
    args = request.args if args is None else args
    units = args.get("chart") == UNITS
    hierarchy = hierarchy_asked(loaded, args)
    view = chart_params(loaded.organisation, hierarchy, args).view(units=units)
    cut = next((one for one in Cut if one == args.get("cut")), Cut.OPENED)
    entries = asked_entries(hierarchy, args)
    if args.get("cut") == WHOLE:
        return replace(view, cut=Cut.BRANCH, depth=_depth(args))
    if cut is Cut.BRANCH and entries:
        return replace(view, cut=cut, entries=entries[:1], depth=_depth(args))
    if cut is Cut.BETWEEN and len(entries) == len(_ENDS) and not units:
        return replace(view, cut=cut, entries=entries)
    if cut in {Cut.AROUND, Cut.CHAIN} and entries:
        return replace(view, cut=cut, entries=entries[:1])
    return view


def hierarchy_asked(loaded: Loaded, args: Args) -> Hierarchy:
    """Return the posts or the units, whichever an address asks for."""
    return loaded.units if args.get("chart") == UNITS else loaded.posts


def named_entries(args: Args) -> tuple[str, ...]:
    """Return the entries that an address names, whether there are such or not."""
    return tuple(args[name] for name in (*_ENDS, "select") if name in args)


def asked_entries(hierarchy: Hierarchy, args: Args) -> tuple[str, ...]:
    """Return the entries that an address is about: those it names, else the one it selects."""
    named = tuple(one for name in _ENDS if hierarchy.has(one := args.get(name, "")))
    selected = args.get("select", "")
    return named or ((selected,) if hierarchy.has(selected) else ())


def _depth(args: Args) -> int | None:
    asked = args.get("depth", "")
    return min(int(asked[:3]), DEEPEST) if asked.isascii() and asked.isdigit() else None
