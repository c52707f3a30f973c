"""The parameters that a link keeps of a view: only what a view knows, and no name that is left out.

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
from orgmodel.texts import N_
from webui.asking.addresses import OFF, parse_day
from webui.asking.params import ALL, COUNT, UNITS, WHOLE, asked_view, hierarchy_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.drawing.views import View
    from webui.asking.viewer import Args
    from webui.store.loaded import Loaded

# A longer address is cut by programs that it is pasted into.
LONGEST_VIEW = 3000
_MOST_FIELDS = 2000
_COMMA, _NOBODY = ",", "-"
_ENDS = ("post", "other")
# The parameters that hold ids, also of groups.
_WITH_IDS = ("open", "closed", "more", *_ENDS, "select", "light", Property.GROUP.value)


TOO_LONG = N_(
    "An address cannot hold so many entries opened one by one: unfold all, or show a branch."
)


class LinkNotMadeError(ValueError):
    """A link that cannot be made as it is asked for.

    Attributes
    ----------
    words, n
        What is to be another, a text of the pages, and the number in it.
    field
        Which answer of the form is none that is offered; empty where it is the view.
    """

    def __init__(self, words: str, *, n: int = 0, field: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.n = n
        self.field = field


def read_params(query: str) -> Args:
    """Return the parameters of a view.

    Raises
    ------
    LinkNotMadeError
        If they are more than any view has.
    """
    try:
        return MultiDict(parse_qsl(query, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise LinkNotMadeError(TOO_LONG) from None


def as_query(params: Args) -> str:
    """Return parameters as they stand in an address."""
    return urlencode(list(params.items(multi=True)), safe=_COMMA + COUNT)


def view_params(loaded: Loaded, args: Args) -> Args:
    """Return the parameters that say what a view shows, without any that say nothing to it."""
    return MultiDict(list(_view_params(loaded, asked_view(loaded, args), args)))


def view_of(loaded: Loaded, params: Args) -> View:
    """Return the view of parameters that a link keeps.

    Raises
    ------
    UnknownIdError
        If an entry that it is about is no longer in the data.
    """
    hierarchy = hierarchy_asked(loaded, params)
    for name in _ENDS:
        one = params.get(name)
        if one is not None and not hierarchy.has(one):
            kind = "unit" if params.get("chart") == UNITS else "position"
            raise UnknownIdError(one, kind=kind, nearest=())
    return asked_view(loaded, params)


def with_ids(args: Args, ids: Mapping[str, str]) -> Args:
    """Return parameters with other ids, those that are not among `ids` as they are."""

    def changed(value: str) -> Iterator[str]:
        for one in value.split(_COMMA):
            entry_id, sign, count = one.partition(COUNT)
            yield f"{ids.get(entry_id, entry_id)}{sign}{count}"

    return MultiDict(
        (name, _COMMA.join(changed(value)) if name in _WITH_IDS else value)
        for name, value in args.items(multi=True)
    )


def _view_params(loaded: Loaded, view: View, args: Args) -> Iterator[tuple[str, str]]:
    if view.units:
        yield "chart", UNITS
    if view.cut is Cut.OPENED:
        yield from _opening(loaded, view, args)
        yield from _filters(loaded, view)
    else:
        yield "cut", view.cut.value if view.entries else WHOLE
        yield from zip(_ENDS, view.entries, strict=False)
        if view.depth is not None:
            yield "depth", str(view.depth)
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


def _opening(loaded: Loaded, view: View, args: Args) -> Iterator[tuple[str, str]]:
    asked = args.get("open", "").split(_COMMA)
    hierarchy = loaded.units if view.units else loaded.posts
    more = view.opening.more.items()
    for name, ids in (
        # All that is open is said in a word, which holds for what comes into the data later too.
        ("open", [ALL] if ALL in asked else sorted(set(filter(hierarchy.has, asked)))),
        ("closed", sorted(view.opening.closed)),
        ("more", [f"{one}{COUNT}{count}" for one, count in sorted(more)]),
    ):
        if ids:
            yield name, _COMMA.join(ids)


def _filters(loaded: Loaded, view: View) -> Iterator[tuple[str, str]]:
    """Yield the values to filter by, those that some entry has or could come to have."""
    facets = loaded.unit_facets if view.units else loaded.facets
    for asked, values in view.filters.items():
        known = {*facets.order(asked), *(one.id for one in facets.values(asked))}
        # What nobody can have fits nobody; it stays a filter, without saying what it was.
        for value in [one for one in values if one in known] or [_NOBODY]:
            yield asked.value, value
