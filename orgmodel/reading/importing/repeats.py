"""Rows with an id that a row above has already: a job share, the same again, or another post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from orgmodel.model.columns import HOLDERS_APART
from orgmodel.model.statuses import Status
from orgmodel.reading.importing.numbers import DECIMALS, MOST_HEADS
from orgmodel.reading.importing.series import always, replaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.reading.importing.report import Notes

OWN_OF = "own_of"


@dataclass(slots=True)
class _Post:
    """A post of the rows that share it."""

    index: int
    first: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, row: dict[str, Any]) -> None:
        self.rows.append(row)
        self.names.add(row["holder"])

    def values(self) -> dict[str, object]:
        """Return what the row of the post says once it stands for all of its rows."""
        names = [row["holder"] for row in self.rows if row["holder"]]
        fte = [row["fte"] for row in self.rows]
        said = {Status(row["status"]) for row in self.rows if bool(row["holder"]) is bool(names)}
        return {
            "holder": HOLDERS_APART.join(names) or None,
            "status": (said.pop() if len(said) == 1 else _status(names)).value,
            "seats": min(MOST_HEADS, sum(row["seats"] for row in self.rows)),
            "seats_at_least": any(row["seats_at_least"] for row in self.rows),
            # A part of the sum would be taken for the whole.
            "fte": None if None in fte else round(sum(fte), DECIMALS),
        }


def _status(names: Sequence[str]) -> Status:
    return Status.NAMED if names else Status.UNNAMED


def merge_repeats(
    entries: pl.DataFrame, repeated: pl.Series, notes: Notes
) -> tuple[pl.DataFrame, int]:
    """Return entries in which each post is one row, and how many rows were further ones of a post.

    Rows with the id, title and superior of one above are the same post: with another name, or with
    none, somebody shares it; with the same name it is the same again. With another title or
    superior it is another post; the column `own_of` then has the row that references are to.
    """
    keys = entries.filter(repeated)["key"].unique()
    rows = entries.with_row_index("index").filter(pl.col("key").is_in(keys.to_list()))
    posts: dict[tuple[str, str | None, str | None], _Post] = {}
    firsts: dict[str, dict[str, Any]] = {}
    dropped: list[int] = []
    own_of: dict[int, object] = {}
    found: Counter[str] = Counter()
    for row in rows.iter_rows(named=True):
        key, index = row["key"], row["index"]
        shown = "" if row["hidden"] else key
        post = posts.get((key, row["title"], row["above"]))
        if post is None:
            post = posts[key, row["title"], row["above"]] = _Post(index, row)
            post.add(row)
            if key in firsts:
                own_of[index] = firsts[key]["row"]
            firsts.setdefault(key, row)
            continue
        dropped.append(index)
        code = "row-repeated" if row["holder"] and row["holder"] in post.names else "job-share"
        notes.add(code, row["source"], row["row"], id=shown, first=str(post.first["row"]))
        found[code] += 1
        if code == "job-share":
            post.add(row)
    changed = {post.index: post.values() for post in posts.values() if len(post.rows) > 1}
    columns = [
        replaced(entries[name], {index: values[name] for index, values in changed.items()})
        for name in ("holder", "status", "seats", "seats_at_least", "fte")
    ]
    empty = pl.repeat(None, len(entries), dtype=pl.Int32, eager=True)
    stays = replaced(
        always(len(entries)),
        dict.fromkeys(dropped, False),
    )
    merged = entries.with_columns(*columns, replaced(empty, own_of).alias(OWN_OF)).filter(stays)
    return merged, found["job-share"]
