"""Selection of the entries that a chart shows: open branches, matches, chains, neighbourhoods.

The size of a chart is bounded whatever the size of the organisation: at most `MOST_CARDS` cards,
and the first `MOST_SIBLINGS` of a wide family with a card for the number that follow. Running time
is proportional to the number of entries shown.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgmodel.drawing.hierarchy import above

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from orgmodel.drawing.hierarchy import Hierarchy

FIRST_CARDS = 60
CARDS_WHEN_ALL_IS_OPENED = 400
MOST_CARDS = 1_500
MOST_EXPORTED = 20_000
MOST_SIBLINGS = 120
_MOST_REVEALED = 200
MORE = "more:"


@dataclass(frozen=True, slots=True)
class Opening:
    """The entries whose children are shown.

    Attributes
    ----------
    opened, closed
        The entries opened and closed by the reader, in addition to the first layers.
    layers
        The number of layers open below the top; None for those that `first_opening` returns.
    more
        The number of members shown of a wide family, if the reader asked for more than the first.
    """

    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    more: Mapping[str, int] = field(default_factory=dict)
    layers: int | None = None

    def revealing(self, hierarchy: Hierarchy, entry_id: str) -> Opening:
        """Return the opening in which an entry is visible; see `is_too_deep`."""
        path = frozenset(above(hierarchy, entry_id))
        return replace(self, opened=self.opened | path, closed=self.closed - path)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry on a chart.

    Attributes
    ----------
    layer
        0 at the top of the chart.
    below
        The number of its children, shown or not.
    is_open
        Whether they are shown.
    folded
        The number of children not shown.
    is_context
        Whether it is shown only as an ancestor of a requested entry.
    more
        For a card that represents the rest of a wide family, the number of entries in that rest.
    """

    id: str
    parent_id: str | None
    layer: int
    below: int = 0
    is_open: bool = False
    folded: int = 0
    is_context: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries of a chart, each after its parent, siblings in reading order.

    Attributes
    ----------
    hidden
        The total weight of the entries not shown.
    fitting
        The number of entries that match the filter, shown or not; None without a filter.
    is_cut
        Whether the request exceeded the limits of a chart.
    """

    shown: tuple[Shown, ...]
    hidden: int
    fitting: int | None = None
    is_cut: bool = False


def is_too_deep(hierarchy: Hierarchy, entry_id: str) -> bool:
    """Tell whether a chart opened down to an entry would have too many layers to be read."""
    return any(True for _one in itertools.islice(above(hierarchy, entry_id), _MOST_REVEALED, None))


def first_opening(hierarchy: Hierarchy) -> frozenset[str]:
    """Return the initially open entries: whole layers, as long as they fit on a screen."""
    opened: set[str] = set()
    layer = list(hierarchy.roots[:MOST_SIBLINGS])
    shown = len(layer)
    while layer:
        below = [child for entry in layer for child in hierarchy.children(entry)[:MOST_SIBLINGS]]
        shown += len(below)
        # A single root is always opened, whatever the number of its children.
        if shown > FIRST_CARDS and (opened or len(layer) > 1):
            break
        opened.update(layer)
        layer = below
    return frozenset(opened)


def whole_opening(hierarchy: Hierarchy, layers: int | None = None) -> frozenset[str]:
    """Return the entries to open for some layers below the top, or for all of them.

    No more are opened than a chart can show legibly.
    """
    opened: set[str] = set()
    layer = list(hierarchy.roots[:MOST_SIBLINGS])
    shown, depth = len(layer), 0
    while layer and depth != layers:
        next_layer: list[str] = []
        for entry in layer:
            below = hierarchy.children(entry)[:MOST_SIBLINGS]
            shown += len(below)
            if opened and shown > CARDS_WHEN_ALL_IS_OPENED:
                return frozenset(opened)
            opened.add(entry)
            next_layer += below
        layer, depth = next_layer, depth + 1
    return frozenset(opened)


def opened_branches(
    hierarchy: Hierarchy, opening: Opening, keep: Collection[str] = ()
) -> Selection:
    """Return the entries that an opening shows; `keep` are shown in any place of a family."""
    layers = opening.layers
    first = first_opening(hierarchy) if layers is None else whole_opening(hierarchy, layers)
    is_open = (first | opening.opened) - opening.closed
    return _walk(hierarchy, opening, lambda entry_id: entry_id in is_open, frozenset(keep))


def matches(
    hierarchy: Hierarchy, fitting: Collection[str], opening: Opening, keep: Collection[str] = ()
) -> Selection:
    """Return the entries that match a filter and their ancestors.

    Ancestors of a match are context, as are entries in `keep` that do not match. The number of
    matches shown is limited as when everything is opened.
    """
    wanted = dict.fromkeys(
        itertools.islice(itertools.chain(keep, fitting), CARDS_WHEN_ALL_IS_OPENED)
    )
    path = {entry for match in wanted for entry in above(hierarchy, match)}
    part = hierarchy.part(wanted.keys() | path)
    found = _walk(part, opening, lambda entry_id: entry_id not in opening.closed, frozenset(keep))
    shown = tuple(_matched(part, one, fitting) for one in found.shown)
    count = sum(map(hierarchy.weight, fitting))
    cut = len(fitting) > len(wanted)
    return Selection(shown, _hidden(hierarchy, shown), count, is_cut=cut or found.is_cut)


def _matched(part: Hierarchy, one: Shown, fitting: Collection[str]) -> Shown:
    """Return an entry under a filter; it can be unfolded only if it has matches below."""
    if one.more:
        return one
    has_below = bool(part.children(one.id))
    return replace(
        one,
        is_context=one.id not in fitting,
        below=one.below if has_below else 0,
        folded=one.folded if has_below else 0,
    )


def neighbourhood(hierarchy: Hierarchy, entry_id: str, layers_below: int = 2) -> Selection:
    """Return the ancestors of an entry, its siblings and the layers below it."""
    path = [*above(hierarchy, entry_id)]
    return _around(hierarchy, [*path, entry_id], [*path[:1]], layers_below)


def branch(hierarchy: Hierarchy, entry_id: str, layers_below: int = 2) -> Selection:
    """Return an entry with the layers below it, without its ancestors."""
    return _around(hierarchy, [entry_id], [], layers_below, top=entry_id)


def whole_branch(
    hierarchy: Hierarchy,
    top: str | None = None,
    layers_below: int | None = None,
    most: int = MOST_EXPORTED,
) -> Selection:
    """Return an entry, or every root, with the layers below; wide families are shown in full.

    Parameters
    ----------
    layers_below
        The number of layers shown below the top; None for all of them.
    most
        The maximum number of cards; a family that would exceed it stays folded.
    """
    shown: list[Shown] = []
    tops = hierarchy.roots[:most] if top is None else (top,)
    waiting = [Shown(one, None, 0) for one in reversed(tops)]
    is_cut = top is None and len(tops) < len(hierarchy.roots)
    while waiting:
        one = waiting.pop()
        children = hierarchy.children(one.id)
        opens = bool(children) and (layers_below is None or one.layer < layers_below)
        if opens and len(shown) + len(waiting) + len(children) >= most:
            is_cut, opens = True, False
        below = hierarchy.weight_below(one.id)
        shown.append(Shown(one.id, one.parent_id, one.layer, below, opens, 0 if opens else below))
        if opens:
            family = (Shown(child, one.id, one.layer + 1) for child in reversed(children))
            waiting.extend(family)
    return Selection(tuple(shown), _hidden(hierarchy, shown), None, is_cut)


def _around(
    hierarchy: Hierarchy,
    path: Sequence[str],
    whole: Sequence[str],
    layers_below: int,
    top: str | None = None,
) -> Selection:
    """Return a path with the layers below its last entry and the full families of `whole`."""
    layer = [path[-1]]
    open_ids = {*whole}
    for _n in range(layers_below):
        open_ids.update(layer)
        layer = [child for one in layer for child in hierarchy.children(one)[:MOST_SIBLINGS]]
    part = hierarchy.part(path, whole=open_ids, top=top)
    is_open = {*path, *open_ids}
    return _walk(part, Opening(), lambda one: one in is_open, frozenset(path))


def chains(hierarchy: Hierarchy, ends: Iterable[str], top: str | None = None) -> Selection:
    """Return the chains above some entries, up to `top` or the root, without siblings."""
    wanted: dict[str, None] = {}
    for end in ends:
        wanted[end] = None
        for entry in above(hierarchy, end):
            wanted[entry] = None
    if top is not None:
        for entry in above(hierarchy, top):
            wanted.pop(entry, None)
    part = hierarchy.part(wanted.keys(), top=top)
    return _walk(part, Opening(), lambda _entry: True, frozenset(wanted))


def layers_near(hierarchy: Hierarchy, selection: Selection, entry_id: str, most: int) -> Selection:
    """Return the layers of a selection around one of its entries, as if the others were folded.

    The entry stays, and so do the layers below it, as far as `most` layers hold them.
    """
    layer = next(one.layer for one in selection.shown if one.id == entry_id)
    count = 1 + max(one.layer for one in selection.shown)
    top = max(0, min(layer, count - most))
    shown = tuple(
        _in_window(one, top, most) for one in selection.shown if top <= one.layer < top + most
    )
    if len(shown) == len(selection.shown):
        return selection
    return replace(selection, shown=shown, hidden=_hidden(hierarchy, shown))


def _in_window(one: Shown, top: int, most: int) -> Shown:
    """Return an entry as it is shown where the layers above `top` and beyond `most` are left out."""
    layer = one.layer - top
    is_last = layer == most - 1
    return replace(
        one,
        layer=layer,
        parent_id=one.parent_id if layer else None,
        is_open=one.is_open and not is_last,
        folded=one.below if is_last else one.folded,
    )


def _walk(
    hierarchy: Hierarchy,
    opening: Opening,
    is_open: Callable[[str], bool],
    keep: frozenset[str],
) -> Selection:
    """Return the shown part of a hierarchy, walked from its roots down."""
    shown: list[Shown] = []
    waiting: list[Shown] = list(reversed(_family(hierarchy, None, 0, opening, keep)))
    is_cut = False
    # Required entries and their ancestors are shown even if the chart is full.
    must = _with_ancestors(hierarchy, keep)
    while waiting:
        one = waiting.pop()
        if one.more:
            shown.append(one)
            continue
        children = hierarchy.children(one.id)
        opens = bool(children) and is_open(one.id)
        family = _family(hierarchy, one.id, one.layer + 1, opening, keep) if opens else []
        if family and len(shown) + len(waiting) + len(family) >= MOST_CARDS:
            is_cut = True
            family = _only(hierarchy, family, must)
            opens = bool(family)
        below = hierarchy.weight_below(one.id)
        folded = below - sum(kin.more or hierarchy.weight(kin.id) for kin in family)
        shown.append(Shown(one.id, one.parent_id, one.layer, below, opens, folded))
        waiting.extend(reversed(family))
    return Selection(tuple(shown), _hidden(hierarchy, shown), None, is_cut)


def _with_ancestors(hierarchy: Hierarchy, entries: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for one in entries:
        for entry in itertools.chain((one,), above(hierarchy, one)):
            if entry in found:
                break
            found.add(entry)
    return found


def _only(hierarchy: Hierarchy, family: Sequence[Shown], must: Collection[str]) -> list[Shown]:
    """Return the required members of a family, and a card for the rest."""
    kept = [one for one in family if one.id in must]
    left = sum(one.more or hierarchy.weight(one.id) for one in family if one.id not in must)
    if not kept or not left:
        return kept
    parent_id = kept[0].parent_id
    return [*kept, Shown(f"{MORE}{parent_id or ''}", parent_id, kept[0].layer, more=left)]


def _family(
    hierarchy: Hierarchy,
    parent_id: str | None,
    layer: int,
    opening: Opening,
    keep: frozenset[str],
) -> list[Shown]:
    """Return the shown members of a family, and a card for the rest."""
    members = hierarchy.roots if parent_id is None else hierarchy.children(parent_id)
    most = opening.more.get(parent_id or "", MOST_SIBLINGS)
    # A card for a rest of one would take as much room as that member.
    first = members if len(members) <= most + 1 else members[:most]
    rest = [] if len(first) == len(members) else [one for one in members[most:] if one in keep]
    found = [Shown(one, parent_id, layer) for one in (*first, *rest)]
    left = len(members) - len(found)
    if left:
        weight = _weights(hierarchy, members) - _weights(hierarchy, [one.id for one in found])
        found.append(Shown(f"{MORE}{parent_id or ''}", parent_id, layer, more=weight))
    return found


def _weights(hierarchy: Hierarchy, entries: Iterable[str]) -> int:
    return sum(map(hierarchy.weight, entries))


def _hidden(hierarchy: Hierarchy, shown: Iterable[Shown]) -> int:
    return hierarchy.total - _weights(hierarchy, [one.id for one in shown if not one.more])
