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
    if len(ids) != len(references):
        msg = "each id needs one reference"
        raise ValueError(msg)
    # A column in which nothing stands has no type, and could not be compared with texts.
    references = references.cast(ids.dtype)
    known = pl.DataFrame({"id": ids, "row": np.arange(len(ids), dtype=np.int32)})
    repeated = np.zeros(len(ids), np.bool_)
    if ids.n_unique() < len(ids):
        repeated = (~ids.is_first_distinct()).to_numpy()
        known = known.filter(~pl.Series(repeated))
    # Lazily, so that the texts themselves are not copied into what is found, which is half the room.
    joined = pl.LazyFrame({"id": references}).join(
        known.lazy(), on="id", how="left", maintain_order="left"
    )
    found = joined.select("row").collect()["row"]
    dangling = (references.is_not_null() & found.is_null()).to_numpy()
    return Indexed(found.fill_null(NONE).to_numpy(), repeated, dangling)
