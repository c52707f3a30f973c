"""The view that a link keeps: only what a view knows, and no name where names are left out.

A link lives longer than the data it was made from. What is folded, lit or framed may vanish from
the data without harm; the entries that a view is about may not: it would become another view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.views import Cut
from orgmodel.errors import UnknownIdError
from webui.asking.addresses import OFF, parse_day
from webui.asking.params import ALL, UNITS, WHOLE, asked_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.drawing.hierarchy import Hierarchy
    from orgmodel.drawing.views import View
    from webui.store.loaded import Loaded

    Args = MultiDict[str, str]

# A longer address is cut by programs that it is pasted into.
LONGEST_VIEW = 3000
_MOST_FIELDS = 2000
_COMMA, _COUNT, _NOBODY = ",", "~", "-"
_LISTS = ("open", "closed", "more")
_ENDS = ("post", "other")
# The parameters that hold ids, also of groups.
_WITH_IDS = (*_LISTS, *_ENDS, "select", "light", Property.GROUP.value)


class ViewTooLongError(Exception):
    """A view that takes more words to say than an address can hold."""


def parsed(query: str) -> Args:
    """Return the parameters of a view.

    Raises
    ------
    ViewTooLongError
        If they are more than any view has.
    """
    try:
        return MultiDict(parse_qsl(query, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise ViewTooLongError from None


def kept(loaded: Loaded, args: Args) -> Args:
    """Return the parameters that say what a view shows, without any that say nothing to it."""
    view = asked_view(loaded, args)
    return MultiDict(list(_kept(loaded, view, args)))


def written(args: Args) -> str:
    """Return parameters as they stand in an address."""
    return urlencode(list(args.items(multi=True)), safe=_COMMA + _COUNT)


def view_again(loaded: Loaded, args: Args) -> View:
    """Return the view of kept parameters.

    Raises
    ------
    UnknownIdError
        If an entry that it is about is no longer in the data.
    """
    units = args.get("chart") == UNITS
    hierarchy = loaded.units if units else loaded.posts
    for name in _ENDS:
        one = args.get(name)
        if one is not None and not hierarchy.has(one):
            raise UnknownIdError(one, kind="unit" if units else "position", nearest=())
    return asked_view(loaded, args)


def with_ids(args: Args, new_id: Callable[[str], str]) -> Args:
    """Return parameters with other ids."""
    return MultiDict(
        (name, _with_ids(value, new_id) if name in _WITH_IDS else value)
        for name, value in args.items(multi=True)
    )


def _kept(loaded: Loaded, view: View, args: Args) -> Iterator[tuple[str, str]]:
    hierarchy: Hierarchy = loaded.units if view.units else loaded.posts
    if view.units:
        yield "chart", UNITS
    yield from _part(view)
    if view.cut is Cut.OPENED:
        yield from _opening(hierarchy, view, args)
        yield from _filters(loaded, view)
    if view.selected:
        yield "select", view.selected
    if "color" in args:
        yield "color", view.coloring.value
    if view.lit:
        yield "light", view.lit
    if not view.cross_lines:
        yield "cross", OFF
    day = parse_day(args.get("date"))
    if day is not None:
        yield "date", day.isoformat()


def _part(view: View) -> Iterator[tuple[str, str]]:
    if view.cut is Cut.OPENED:
        return
    yield "cut", view.cut.value if view.entries else WHOLE
    yield from zip(_ENDS, view.entries, strict=False)
    if view.depth is not None:
        yield "depth", str(view.depth)


def _opening(hierarchy: Hierarchy, view: View, args: Args) -> Iterator[tuple[str, str]]:
    asked = args.get("open", "").split(_COMMA)
    # All that is open is said in a word, which holds for what comes into the data later too.
    opened = [ALL] if ALL in asked else sorted(set(filter(hierarchy.has, asked)))
    for name, ids in (("open", opened), ("closed", sorted(view.opening.closed))):
        if ids:
            yield name, _COMMA.join(ids)
    if view.opening.more:
        more = view.opening.more.items()
        yield "more", _COMMA.join(f"{one}{_COUNT}{count}" for one, count in sorted(more))


def _filters(loaded: Loaded, view: View) -> Iterator[tuple[str, str]]:
    """Yield the values to filter by, those that some entry has or could come to have."""
    facets = loaded.unit_facets if view.units else loaded.facets
    for asked, values in view.filters.items():
        known = {*facets.order(asked), *(one.id for one in facets.values(asked))}
        # What nobody can have fits nobody; it stays a filter, without saying what it was.
        for value in [one for one in values if one in known] or [_NOBODY]:
            yield asked.value, value


def _with_ids(value: str, new_id: Callable[[str], str]) -> str:
    found = []
    for one in value.split(_COMMA):
        entry_id, sign, count = one.partition(_COUNT)
        found.append(f"{new_id(entry_id)}{sign}{count}")
    return _COMMA.join(found)
