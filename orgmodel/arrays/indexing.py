"""Ids and references as indices, checked before anything is reckoned with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from orgmodel.arrays.forest import NONE, Indices

if TYPE_CHECKING:
    from orgmodel.arrays.forest import Mask


class Indexed(NamedTuple):
    """References as indices.

    Attributes
    ----------
    parents
        The index of the row that each row refers to; -1 where it refers to none or to no known one.
    repeated
        The rows whose id a row above has already.
    dangling
        The rows that refer to an id which no row has.
    """

    parents: Indices
    repeated: Mask
    dangling: Mask


def index_references(ids: pl.Series, references: pl.Series) -> Indexed:
    """Return for each row the index of the row that it refers to.

    A reference to a repeated id is one to the first row that has it.

    Parameters
    ----------
    ids, references
        Texts, one a row; a reference is null where the row refers to nobody.
    """
    # A column in which nothing stands has no type, and could not be compared with texts.
    references = references.cast(ids.dtype)
    rows = pl.DataFrame({"id": ids, "reference": references}).with_row_index("row")
    known = rows.select("id", pl.col("row").cast(pl.Int32))
    repeated = np.zeros(len(rows), np.bool_)
    if ids.n_unique() < len(ids):
        repeated = (~ids.is_first_distinct()).to_numpy()
        known = known.unique("id", keep="first")
    found = rows.select(pl.col("reference").alias("id")).join(
        known, on="id", how="left", maintain_order="left"
    )["row"]
    dangling = (references.is_not_null() & found.is_null()).to_numpy()
    return Indexed(found.fill_null(NONE).to_numpy(), repeated, dangling)
