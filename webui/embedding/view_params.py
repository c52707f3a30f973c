"""The parameters of a view that a link keeps: only known ones, and no hidden names.

A link outlives the data from which it was created. Collapsed, highlighted or selected entries may
vanish from the data; the entries that a view is about may not, since it would become another view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.views import Cut
from orgmodel.errors import UnknownIdError
from orgmodel.texts import N_
from webui.asking.addresses import ON, parse_day
from webui.asking.params import ALL, COUNT, UNITS, WHOLE, asked_view, hierarchy_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.drawing.views import View
    from webui.asking.viewer import Args
    from webui.store.loaded import Loaded

# Some programs truncate longer URLs that are pasted into them.
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
    """A requested link that cannot be created.

    Attributes
    ----------
    words, n
        The reason, a text of the pages, and the number in it.
    field
        The invalid field of the form; empty if the view is the reason.
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
    """Return parameters as a query string."""
    return urlencode(list(params.items(multi=True)), safe=_COMMA + COUNT)


def view_params(loaded: Loaded, args: Args) -> Args:
    """Return the parameters of a view, without those that have no effect."""
    return MultiDict(list(_view_params(loaded, asked_view(loaded, args), args)))


def view_of(loaded: Loaded, params: Args) -> View:
    """Return the view of parameters that a link keeps.

    Raises
    ------
    UnknownIdError
        If an entry that the view is about is no longer in the data.
    """
    hierarchy = hierarchy_asked(loaded, params)
    for name in _ENDS:
        one = params.get(name)
        if one is not None and not hierarchy.has(one):
            kind = "unit" if params.get("chart") == UNITS else "position"
            raise UnknownIdError(one, kind=kind, nearest=())
    return asked_view(loaded, params)


def with_ids(args: Args, ids: Mapping[str, str]) -> Args:
    """Return parameters with ids replaced by `ids`; other ids are unchanged."""

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
    if view.cross_lines:
        yield "cross", ON
    day = parse_day(args.get("date"))
    if day is not None:
        yield "date", day.isoformat()


def _opening(loaded: Loaded, view: View, args: Args) -> Iterator[tuple[str, str]]:
    asked = args.get("open", "").split(_COMMA)
    hierarchy = loaded.units if view.units else loaded.posts
    more = view.opening.more.items()
    if view.opening.layers is not None:
        yield "layers", args["layers"]
    for name, ids in (
        # "All open" is stored as one word, so that it covers entries added to the data later.
        ("open", [ALL] if ALL in asked else sorted(set(filter(hierarchy.has, asked)))),
        ("closed", sorted(view.opening.closed)),
        ("more", [f"{one}{COUNT}{count}" for one, count in sorted(more)]),
    ):
        if ids:
            yield name, _COMMA.join(ids)


def _filters(loaded: Loaded, view: View) -> Iterator[tuple[str, str]]:
    """Yield the filter values that entries have or can have."""
    facets = loaded.unit_facets if view.units else loaded.facets
    for asked, values in view.filters.items():
        known = {*facets.order(asked), *(one.id for one in facets.values(asked))}
        # An unknown value matches no entry; a placeholder keeps the filter without disclosing it.
        for value in [one for one in values if one in known] or [_NOBODY]:
            yield asked.value, value
