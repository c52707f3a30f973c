"""The parameters of a chart, of the part of it that is exported, and of a search.

Pages refuse invalid parameters (`questions.py`). Links to embedded views outlive the data they were
made from, so entries that the data no longer have are left out here instead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.layout import SCREEN_ROOM, ScreenRoom
from orgmodel.drawing.selection import MOST_CARDS, Opening, is_too_deep, whole_opening
from orgmodel.drawing.views import Cut, View
from webui.asking.addresses import LONGEST_QUERY, ON

if TYPE_CHECKING:
    from orgmodel.drawing.hierarchy import Hierarchy
    from webui.asking.viewer import Args
    from webui.store.loaded import Loaded

ALL = "all"
_MOST_VALUES = _MOST_IDS = 500
# The separator in `more`, the shown number of a family: leader~240.
COUNT = "~"
UNITS, POSTS, WHOLE, TRANSPARENT, PAPER = "units", "posts", "whole", "none", "white"
DEEPEST = 99
_ENDS = ("post", "other")
_ROOM = re.compile("([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")
_LEAST_ROOM, _LARGEST_ROOM = 200, 6000


def chart_view(loaded: Loaded, args: Args, *, units: bool) -> View:
    """Return the chart of the posts or the units in the state that a URL requests.

    `open` and `closed` hold ids separated by commas; `open=all` opens as much as is legible;
    `more` holds id~count; `layers` is the number of layers open below the top, or all of them;
    `room` is the size of the canvas that the chart is arranged for (1400x750); `color` is a
    colouring, `cross=on` shows all cross-cutting lines, `light` highlights a group; `kind`,
    `layer`, `status`, `band` and `group` are filters and may be repeated.
    """
    hierarchy: Hierarchy = loaded.units if units else loaded.posts
    opening = asked_opening(hierarchy, args)
    if opens_all(args):
        opening = replace(opening, opened=opening.opened | whole_opening(hierarchy))
    selected = args.get("select")
    if selected is None or not hierarchy.has(selected) or is_too_deep(hierarchy, selected):
        selected = None
    else:
        opening = opening.revealing(hierarchy, selected)
    light = args.get("light")
    return View(
        units=units,
        opening=opening,
        room=parse_room(args.get("room", "")) or SCREEN_ROOM,
        selected=selected,
        coloring=_coloring(args),
        filters={one: values for one in Property if (values := _values(args, one))},
        lit=light if light in loaded.organisation.groups else None,
        cross_lines=args.get("cross") == ON,
    )


def asked_opening(hierarchy: Hierarchy, args: Args) -> Opening:
    """Return the entries that a URL opens and closes one by one."""
    opened, closed = _ids(args, "open"), _ids(args, "closed")
    return Opening(
        frozenset(filter(hierarchy.has, opened)),
        frozenset(filter(hierarchy.has, closed)),
        _more(args, hierarchy),
        asked_layers(args),
    )


def opens_all(args: Args) -> bool:
    """Tell whether all entries shall be opened, up to the limit of a chart."""
    return ALL in _ids(args, "open")


def asked_layers(args: Args) -> int | None:
    """Return the number of layers to open below the top; None if as many as fit."""
    asked = args.get("layers", "")
    if asked == ALL:
        return DEEPEST
    return min(int(asked[:3]), DEEPEST) if asked.isascii() and asked.isdigit() else None


def parse_room(text: str) -> ScreenRoom | None:
    """Return the room of a text such as 1400x750; None for any other text."""
    found = _ROOM.fullmatch(text)
    if found is None:
        return None
    width, height = (min(max(_LEAST_ROOM, int(one)), _LARGEST_ROOM) for one in found.groups())
    return ScreenRoom(width, height)


def search_query(args: Args) -> str:
    """Return the search text."""
    return args.get("q", "")[:LONGEST_QUERY]


def _coloring(args: Args) -> Coloring:
    asked = args.get("color", "")
    return next((one for one in Coloring if one == asked), Coloring.LAYER)


def _values(args: Args, asked: Property) -> tuple[str, ...]:
    values = dict.fromkeys(filter(None, args.getlist(asked.value)))
    return tuple(values)[:_MOST_VALUES]


def _more(args: Args, hierarchy: Hierarchy) -> dict[str, int]:
    found = {}
    for one in _ids(args, "more"):
        entry_id, _sign, count = one.rpartition(COUNT)
        if count.isascii() and count.isdigit() and (not entry_id or hierarchy.has(entry_id)):
            found[entry_id] = min(int(count[:9]), MOST_CARDS)
    return found


def _ids(args: Args, name: str) -> set[str]:
    return {one for one in args.get(name, "").split(",")[:_MOST_IDS] if one}


# The part of a chart --------------------------------------------------------------------------


def asked_view(loaded: Loaded, args: Args) -> View:
    """Return the view that a URL requests.

    The parameters of a chart (see `chart_view`), and: `chart=units` for the units; `cut` for
    a part other than the open entries: `branch`, `around`, `chain`, `between` or `whole`; `post` and
    `other` for its entries; `depth` for the number of layers of a branch. Unknown values are ignored
    here, and a cut without its entries shows the open entries, since links of embeds outlive the
    data. Pages refuse such URLs (`questions.py`).
    """
    units = args.get("chart") == UNITS
    hierarchy = hierarchy_asked(loaded, args)
    view = chart_view(loaded, args, units=units)
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
    """Return the hierarchy that a URL requests: posts or units."""
    return loaded.units if args.get("chart") == UNITS else loaded.posts


def named_entries(args: Args) -> tuple[str, ...]:
    """Return the entries that a URL names, whether they exist or not."""
    return tuple(args[name] for name in (*_ENDS, "select") if name in args)


def asked_entries(hierarchy: Hierarchy, args: Args) -> tuple[str, ...]:
    """Return the entries of a URL: the named ones, else the selected one."""
    named = tuple(one for name in _ENDS if hierarchy.has(one := args.get(name, "")))
    selected = args.get("select", "")
    return named or ((selected,) if hierarchy.has(selected) else ())


def _depth(args: Args) -> int | None:
    asked = args.get("depth", "")
    return min(int(asked[:3]), DEEPEST) if asked.isascii() and asked.isdigit() else None
