"""Links rows to posts: their ids, superiors, reporting forest and lost lines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from orgmodel.arrays.forest import NONE, CyclicParentsError, Forest, Indices, circles
from orgmodel.arrays.indexing import index_references
from orgmodel.model.columns import HOLDERS_APART
from orgmodel.model.entities import LostLine
from orgmodel.model.names import Text
from orgmodel.model.statuses import Status
from orgmodel.reading.importing.cells import all_true, is_private, null_unless, replaced
from orgmodel.reading.importing.ids import unique_ids
from orgmodel.reading.importing.report import LONGEST_TEXT, FileKind
from orgmodel.reading.importing.values import DECIMALS, MOST_HEADS, STATED_STATUSES
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.reading.importing.report import Notes

# The prefix of an id made from a row's number.
_PREFIXES = {FileKind.PLAIN: "raekke", FileKind.SENIOR: "raekke", FileKind.JUNIOR: "junior"}
# How organograms write that a post reports to no listed post.
_NOBODY = ["xx", "xX", "Xx", "XX"]
# Keyed by the code of the note on the row.
_REASONS: Mapping[str, str] = {
    "superior-unknown": N_(
        "the file has no post of that name, and the post now reports to nobody"
    ),
    "superior-left-out": N_(
        "the row of that name was left out, and the post now reports to nobody"
    ),
    "superior-itself": N_("that is the post itself, and it now reports to nobody"),
    "circle": N_(
        "the lines of the file ran in a circle, of which any may be wrong; the post now reports to nobody"
    ),
}


# The column that `_merge_repeats` adds, and those that it changes.
_FIRST_ROW = "first_row"
_MERGED = ("holder", "status", "seats", "seats_at_least", "fte")


class Posts(NamedTuple):
    """The posts of an import.

    Attributes
    ----------
    table, forest, lost_lines
        See `PositionColumns`.
    rows_shared
        How many rows are further rows of a shared post.
    lines_stated
        How many posts state a superior.
    """

    table: pl.DataFrame
    forest: Forest
    rows_shared: int
    lost_lines: Mapping[int, LostLine]
    lines_stated: int


def link(
    rows: pl.DataFrame, left_out: pl.Series, kinds: Sequence[FileKind], notes: Notes
) -> Posts:
    """Return the posts of the rows.

    Parameters
    ----------
    rows
        The rows of all files, as in `rows.py`.
    left_out
        The keys of rows that are left out.
    kinds
        The kind of each file.
    """
    indexed = index_references(rows["key"], rows["above"])
    shared = 0
    repeated = pl.Series(indexed.repeated) & rows["key"].is_not_null()
    distinct = not repeated.any()
    if not distinct:
        rows, shared = _merge_repeats(rows, repeated, notes)
        indexed = index_references(rows["key"], rows["above"])
    lines = _Lines(rows, indexed.parents.astype(np.int32), notes)
    lines.cut_dangling(pl.Series(indexed.dangling), left_out)
    lines.cut_selves()
    forest = lines.forest()
    ids = _ids(rows, kinds, notes, distinct=distinct)
    table = _table(rows, ids, forest, notes)
    if len(forest.tops) > 1:
        notes.add("several-tops", n=len(forest.tops))
    return Posts(table, forest, shared, lines.lost_lines(ids), lines.stated)


def _shown(key: str | None) -> str:
    """Return a key as notes may show it."""
    return "" if key is None or is_private(key) else key


def _note(rows: pl.DataFrame, code: str, index: int, notes: Notes, **params: object) -> None:
    notes.add(code, int(rows["source"][index]), int(rows["row"][index]), **params)


def _merge_repeats(
    rows: pl.DataFrame, repeated: pl.Series, notes: Notes
) -> tuple[pl.DataFrame, int]:
    """Return rows with one post each, and how many rows were merged into an earlier one.

    A row with the id, title and superior of an earlier row is the same post. With the same name it is
    a duplicate; with another name, or none, the post is shared. A row with another title or superior
    is another post: the column `_FIRST_ROW` then holds the number of the row to which references point.

    Parameters
    ----------
    rows
        The rows, as in `rows.py`.
    repeated
        Which rows have the key of an earlier row.
    """
    keys = rows.filter(repeated)["key"].unique()
    alike = rows.with_row_index("index").filter(pl.col("key").is_in(keys.to_list()))
    posts: dict[tuple[str, str | None, str | None], list[dict[str, Any]]] = {}
    holders: set[tuple[object, ...]] = set()
    first_rows: dict[str, int] = {}
    first_row_of: dict[int, object] = {}
    dropped: list[int] = []
    shared = 0
    for row in alike.iter_rows(named=True):
        key, index = row["key"], row["index"]
        post = (key, row["title"], row["above"])
        holder = (*post, row["holder"])
        if post not in posts:
            posts[post] = [row]
            if key in first_rows:
                first_row_of[index] = first_rows[key]
            first_rows.setdefault(key, row["row"])
        else:
            dropped.append(index)
            is_duplicate = row["holder"] and holder in holders
            code = "row-repeated" if is_duplicate else "job-share"
            shown = "" if row["hidden"] else key
            first = str(posts[post][0]["row"])
            notes.add(code, row["source"], row["row"], id=shown, first=first)
            if not is_duplicate:
                posts[post].append(row)
                shared += 1
        holders.add(holder)
    changed = {same[0]["index"]: _merged(same) for same in posts.values() if len(same) > 1}
    columns = [
        replaced(rows[name], {index: values[name] for index, values in changed.items()})
        for name in _MERGED
    ]
    empty = pl.repeat(None, len(rows), dtype=pl.Int32, eager=True)
    kept = replaced(all_true(len(rows)), dict.fromkeys(dropped, False))
    columns.append(replaced(empty, first_row_of).alias(_FIRST_ROW))
    return rows.with_columns(*columns).filter(kept), shared


def _merged(rows: Sequence[dict[str, Any]]) -> dict[str, object]:
    """Return the values of one post from its several rows."""
    names = [row["holder"] for row in rows if row["holder"]]
    statuses = {Status(row["status"]) for row in rows if bool(row["holder"]) is bool(names)}
    plain = Status.NAMED if names else Status.UNNAMED
    fte = [row["fte"] for row in rows]
    return {
        "holder": HOLDERS_APART.join(names) or None,
        "status": (statuses.pop() if len(statuses) == 1 else plain).value,
        "seats": min(MOST_HEADS, sum(row["seats"] for row in rows)),
        "seats_at_least": any(row["seats_at_least"] for row in rows),
        # A partial sum would be read as the total.
        "fte": None if None in fte else round(sum(fte), DECIMALS),
    }


class _Lines:
    """The reporting lines of an import; lines that break the forest are cut and kept as lost.

    Parameters
    ----------
    rows
        The rows of the posts.
    parents
        The index of each post's superior; `NONE` if it is not stated or missing. It is changed in
        place.
    """

    def __init__(self, rows: pl.DataFrame, parents: Indices, notes: Notes) -> None:
        self._rows = rows
        self._parents = parents
        self._notes = notes
        # By index of the post: the reason's code, and the index of the stated superior.
        self._lost: dict[int, tuple[str, int | None]] = {}
        above = rows["above"]
        states = above.is_not_null() & ~above.is_in(_NOBODY).fill_null(value=False)
        self._has_top = not states.all()
        self.stated = int(states.sum())

    def cut_dangling(self, dangling: pl.Series, left_out: pl.Series) -> None:
        """Note the lines to superiors that are not among the rows."""
        if not dangling.any():
            return
        known = set(left_out.to_list())
        cut = self._rows.with_row_index("index").filter(dangling)
        columns = cut.select("index", "key", "above", "source", "row")
        for index, key, above, source, row in columns.iter_rows():
            if above in _NOBODY:
                continue
            code = "superior-left-out" if above in known else "superior-unknown"
            self._lost[index] = (code, None)
            self._notes.add(code, source, row, id=_shown(key), reference=_shown(above))

    def cut_selves(self) -> None:
        """Cut the lines of posts that report to themselves."""
        parents = self._parents
        selves = np.flatnonzero(parents == np.arange(len(parents), dtype=np.int32)).tolist()
        for index in selves:
            if len(selves) > 1 or self._has_top:
                self._lost[index] = ("superior-itself", None)
            else:
                # The only top is often written this way; then no line is lost.
                self.stated -= 1
            shown = _shown(self._rows["key"][index])
            _note(self._rows, "superior-itself", index, self._notes, id=shown)
            parents[index] = NONE

    def forest(self) -> Forest:
        """Return the forest of the lines.

        In each cycle the line of its first row is cut, since any of its lines may be the wrong one.
        """
        try:
            return Forest(self._parents)
        except CyclicParentsError:
            pass
        for circle in circles(self._parents):
            keys = self._rows["key"].gather([*circle, circle[0]]).to_list()
            members = " → ".join(_shown(key) or "…" for key in keys)
            _note(self._rows, "circle", circle[0], self._notes, members=members)
            self._lost[circle[0]] = ("circle", int(self._parents[circle[0]]))
            self._parents[circle[0]] = NONE
        return Forest(self._parents)

    def lost_lines(self, ids: pl.Series) -> dict[int, LostLine]:
        """Return the lines that were cut, by the index of the post."""
        above = self._rows["above"]
        return {
            index: LostLine(
                stated="…" if is_private(above[index]) else above[index][:LONGEST_TEXT],
                superior_id=None if superior is None else ids[superior],
                reason=_reason(code),
            )
            for index, (code, superior) in sorted(self._lost.items())
        }


@cache
def _reason(code: str) -> Text:
    words = message(_REASONS[code])
    return Text(words.text("da"), words.text("en"))


def _ids(
    rows: pl.DataFrame, kinds: Sequence[FileKind], notes: Notes, *, distinct: bool
) -> pl.Series:
    """Return the id of each post."""
    keys = null_unless(rows["key"], ~rows["hidden"]) if rows["hidden"].any() else rows["key"]

    def make() -> pl.Series:
        prefixes = {source: _PREFIXES[kind] for source, kind in enumerate(kinds)}
        prefix = rows["source"].replace_strict(prefixes, return_dtype=pl.String)
        return pl.select(pl.format("{}-{}", prefix, rows["row"]).alias("id"))["id"]

    found = unique_ids(keys, make, distinct=distinct)
    for index, one in found.numbered.items():
        if keys[index] is None:
            continue
        first = rows[_FIRST_ROW][index] if _FIRST_ROW in rows else None
        code = "ids-alike" if first is None else "id-repeated"
        shown = {} if first is None else {"first": str(first)}
        _note(rows, code, index, notes, reference=keys[index], id=one, **shown)
    numbers = pl.DataFrame([rows["source"], rows["row"], found.ids.alias("id")])
    for source, row, one in numbers[found.made].iter_rows():
        # Junior rows are groups, which have no ids in the file.
        if kinds[source] is not FileKind.JUNIOR:
            notes.add("id-made", source, row, id=one)
    return found.ids


def _table(rows: pl.DataFrame, ids: pl.Series, forest: Forest, notes: Notes) -> pl.DataFrame:
    """Return the columns of the posts, without columns of default values."""
    above = pl.Series(forest.parents).set(pl.Series(forest.parents == NONE), None)
    titles = rows["title"]
    if titles.has_nulls():
        for index in titles.is_null().arg_true().to_list():
            _note(rows, "title-missing", index, notes, id=ids[index])
        titles = titles.fill_null(ids)
    columns = {
        "id": ids,
        "reports_to": ids.gather(above.cast(pl.UInt32)),
        "title": titles,
        "reference": null_unless(rows["key"], (rows["key"] != ids) & ~rows["hidden"]),
    }
    for name in ("holder", "status", "unit", "seats", "seats_at_least", "fte", "source", "row"):
        columns[name] = rows[name]
    stated = [*STATED_STATUSES[True], *STATED_STATUSES[False]]
    says_something = {
        **dict.fromkeys(("id", "reports_to", "title", "row"), True),
        "seats": not (rows["seats"] == 1).all(),
        "seats_at_least": rows["seats_at_least"].any(),
        "source": (rows["source"] > 0).any(),
        "status": rows["status"].is_in(stated).any(),
    }
    return pl.DataFrame(
        {
            name: column.alias(name)
            for name, column in columns.items()
            if says_something.get(name, column.null_count() < len(column))
        }
    )
