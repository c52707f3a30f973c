"""Entries -> posts: each one's id and superior in our words, and the forest that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from orgmodel.arrays.forest import NONE, CyclicParentsError, Forest, Indices, circles
from orgmodel.arrays.indexing import index_references
from orgmodel.model.statuses import Stated, Status
from orgmodel.reading.importing.cells import is_private
from orgmodel.reading.importing.ids import our_ids
from orgmodel.reading.importing.losing import NOBODY, LostLines
from orgmodel.reading.importing.repeats import OWN_OF, merge_repeats
from orgmodel.reading.importing.series import where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.entities import LostLine
    from orgmodel.reading.importing.report import Notes

# Rows of groups have no ids, and none is missing.
# What neither a name nor its absence tells.
_SAID = [one.value for one in Status if one.facts.stated is not Stated.BY_NAMES]
POST_PREFIX, GROUP_PREFIX = "raekke", "junior"


class Posts(NamedTuple):
    """The posts of an import.

    Attributes
    ----------
    table, forest
        As of `PositionColumns`.
    rows_shared
        How many rows are further ones of a post that is shared.
    lost_lines
        As of `PositionColumns`.
    lines_stated
        How many of the posts are stated to refer to somebody.
    """

    table: pl.DataFrame
    forest: Forest
    rows_shared: int
    lost_lines: Mapping[int, LostLine]
    lines_stated: int


def link(entries: pl.DataFrame, gone: pl.Series, prefixes: dict[int, str], notes: Notes) -> Posts:
    """Return the posts that entries are.

    Parameters
    ----------
    gone
        The ids of rows that are left out.
    prefixes
        By the index of each file, what an id that is made of a row's number begins with.
    """
    indexed = index_references(entries["key"], entries["above"])
    shared = 0
    repeated = pl.Series(indexed.repeated) & entries["key"].is_not_null()
    distinct = not repeated.any()
    if not distinct:
        entries, shared = merge_repeats(entries, repeated, notes)
        indexed = index_references(entries["key"], entries["above"])
    parents = indexed.parents.astype(np.int32)
    lost = LostLines(entries["above"])
    _lose_dangling(entries, pl.Series(indexed.dangling), gone, lost, notes)
    forest = _forest(entries, parents, lost, notes)
    ids = _ids(entries, prefixes, notes, distinct=distinct)
    table = _table(entries, ids, forest, notes)
    if len(forest.tops) > 1:
        notes.add("several-tops", n=len(forest.tops))
    return Posts(table, forest, shared, lost.found(ids), lost.stated)


def _shown(key: str | None) -> str:
    """Return an id as a note may show it."""
    return "" if key is None or is_private(key) else key


def _note(entries: pl.DataFrame, code: str, index: int, notes: Notes, **params: object) -> None:
    source, row = int(entries["source"][index]), int(entries["row"][index])
    notes.add(code, source, row, **params)


def _lose_dangling(
    entries: pl.DataFrame, dangling: pl.Series, gone: pl.Series, lost: LostLines, notes: Notes
) -> None:
    if not dangling.any():
        return
    known = set(gone.to_list())
    rows = entries.with_row_index("index").filter(dangling)
    for index, key, above, source, row in rows.select(
        "index", "key", "above", "source", "row"
    ).iter_rows():
        if above.casefold() == NOBODY:
            continue
        code = "superior-left-out" if above in known else "superior-unknown"
        lost.add(index, code)
        notes.add(code, source, row, id=_shown(key), reference=_shown(above))


def _forest(entries: pl.DataFrame, parents: Indices, lost: LostLines, notes: Notes) -> Forest:
    """Return the forest, after cutting the line of whoever reports to themselves.

    Of a circle it is the line of its first row, since any of them may be the wrong one.
    """
    selves = np.flatnonzero(parents == np.arange(len(parents), dtype=np.int32)).tolist()
    for index in selves:
        if len(selves) > 1 or lost.has_top:
            lost.add(index, "superior-itself")
        else:  # a usual way to mark the only top
            lost.take_for_top(index)
        _note(entries, "superior-itself", index, notes, id=_shown(entries["key"][index]))
        parents[index] = NONE
    try:
        return Forest(parents)
    except CyclicParentsError:
        pass
    for circle in circles(parents):
        ring = [*circle, circle[0]]
        members = " → ".join(_shown(key) or "…" for key in entries["key"].gather(ring).to_list())
        _note(entries, "circle", circle[0], notes, members=members)
        lost.add(circle[0], "circle", int(parents[circle[0]]))
        parents[circle[0]] = NONE
    return Forest(parents)


def _ids(
    entries: pl.DataFrame, prefixes: dict[int, str], notes: Notes, *, distinct: bool
) -> pl.Series:
    """Return our id of each entry."""
    keys = where(entries["key"], ~entries["hidden"]) if entries["hidden"].any() else entries["key"]

    def make() -> pl.Series:
        prefix = entries["source"].replace_strict(prefixes, return_dtype=pl.String)
        return pl.select(pl.format("{}-{}", prefix, entries["row"]).alias("id"))["id"]

    found = our_ids(keys, make, distinct=distinct)
    own = OWN_OF in entries
    for index, one in found.numbered.items():
        first = entries[OWN_OF][index] if own else None
        if keys[index] is None:
            continue
        code = "ids-alike" if first is None else "id-repeated"
        shown = {} if first is None else {"first": str(first)}
        _note(entries, code, index, notes, reference=keys[index], id=one, **shown)
    rows = pl.DataFrame([entries["source"], entries["row"], found.ids.alias("id")])
    for source, row, one in rows[found.made].iter_rows():
        if prefixes[source] != GROUP_PREFIX:
            notes.add("id-made", source, row, id=one)
    return found.ids


def _table(entries: pl.DataFrame, ids: pl.Series, forest: Forest, notes: Notes) -> pl.DataFrame:
    """Return the columns of the posts; those that say nothing are left out."""
    above = pl.Series(forest.parents).set(pl.Series(forest.parents == NONE), None)
    titles = entries["title"]
    if titles.has_nulls():
        for index in titles.is_null().arg_true().to_list():
            _note(entries, "title-missing", index, notes, id=ids[index])
        titles = titles.fill_null(ids)
    columns = {
        "id": ids,
        "reports_to": ids.gather(above.cast(pl.UInt32)),
        "title": titles,
        "reference": where(entries["key"], (entries["key"] != ids) & ~entries["hidden"]),
        "holder": entries["holder"],
        "status": entries["status"],
        "unit": entries["unit"],
        "seats": entries["seats"],
        "seats_at_least": entries["seats_at_least"],
        "fte": entries["fte"],
        "source": entries["source"],
        "row": entries["row"],
    }
    says_nothing = {
        "seats": bool((entries["seats"] == 1).all()),
        "seats_at_least": not entries["seats_at_least"].any(),
        "source": not (entries["source"] > 0).any(),
        "status": not entries["status"].is_in(_SAID).any(),
    }
    return pl.DataFrame(
        {
            name: column.alias(name)
            for name, column in columns.items()
            if not says_nothing.get(
                name, name not in _ALWAYS and column.null_count() == len(column)
            )
        }
    )


_ALWAYS = frozenset({"id", "reports_to", "title", "row"})
