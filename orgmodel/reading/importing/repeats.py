"""Rows with the id of an earlier row: a shared post, a duplicate, or another post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from orgmodel.model.columns import HOLDERS_APART
from orgmodel.model.statuses import Status
from orgmodel.reading.importing.cells import all_true, replaced
from orgmodel.reading.importing.values import DECIMALS, MOST_HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.reading.importing.report import Notes

# The column that `merge_repeats` adds.
FIRST_ROW = "first_row"
_MERGED = ("holder", "status", "seats", "seats_at_least", "fte")


def merge_repeats(
    rows: pl.DataFrame, repeated: pl.Series, notes: Notes
) -> tuple[pl.DataFrame, int]:
    """Return rows of which each is one post, and how many rows were merged into an earlier one.

    A row with the id, title and superior of an earlier row is the same post. With the same name it is
    a duplicate; with another name, or none, the post is shared. A row with another title or superior
    is another post: the column `FIRST_ROW` then holds the number of the row that references are to.

    Parameters
    ----------
    rows
        As of `rows.py`.
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
    columns.append(replaced(empty, first_row_of).alias(FIRST_ROW))
    return rows.with_columns(*columns).filter(kept), shared


def _merged(rows: Sequence[dict[str, Any]]) -> dict[str, object]:
    """Return the values of one post that several rows share."""
    names = [row["holder"] for row in rows if row["holder"]]
    statuses = {Status(row["status"]) for row in rows if bool(row["holder"]) is bool(names)}
    plain = Status.NAMED if names else Status.UNNAMED
    fte = [row["fte"] for row in rows]
    return {
        "holder": HOLDERS_APART.join(names) or None,
        "status": (statuses.pop() if len(statuses) == 1 else plain).value,
        "seats": min(MOST_HEADS, sum(row["seats"] for row in rows)),
        "seats_at_least": any(row["seats_at_least"] for row in rows),
        # A sum of some of them would be read as the sum of all.
        "fte": None if None in fte else round(sum(fte), DECIMALS),
    }
