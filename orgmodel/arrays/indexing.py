"""Conversion of ids and references to indices, with detection of repeated and unknown ids."""

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
        The index of the row that each row reports to; -1 if there is none or the id is unknown.
    repeated
        The rows whose id occurs in an earlier row.
    dangling
        The rows that refer to an id that no row has.
    """

    parents: Indices
    repeated: Mask
    dangling: Mask


def index_references(ids: pl.Series, references: pl.Series) -> Indexed:
    """Return for each row the index of the row that it reports to.

    A reference to a repeated id refers to the first row with that id.

    Parameters
    ----------
    ids, references
        Texts, one per row; a reference is null if the row reports to nobody.
    """
    if len(ids) != len(references):
        msg = "each id needs one reference"
        raise ValueError(msg)
    # A column without values has the type Null, which cannot be compared with texts.
    references = references.cast(ids.dtype)
    return _by_hash(ids, references) or _by_text(ids, references)


def _by_hash(ids: pl.Series, references: pl.Series) -> Indexed | None:
    """Return the references by the hashes of the texts, in half the time and memory of `_by_text`.

    None if an id is repeated or two texts have the same hash: the texts of matching rows are
    compared.
    """
    hashes = ids.hash()
    if hashes.n_unique() < len(hashes):
        return None
    # Null also has a hash; its matches are dropped below.
    asked = references.hash()
    known = pl.LazyFrame({"hash": hashes, "row": np.arange(len(ids), dtype=np.int32)})
    rows = (
        pl.LazyFrame({"hash": asked})
        .join(known, on="hash", how="left", maintain_order="left")
        .select("row")
        .collect()["row"]
    )
    is_empty = references.is_null()
    rows = rows.set(is_empty, None) if is_empty.any() else rows
    found = rows.is_not_null()
    if not (ids.gather(rows.drop_nulls()) == references.filter(found)).all():
        return None
    dangling = (~found & ~is_empty).to_numpy()
    return Indexed(rows.fill_null(NONE).to_numpy(), np.zeros(len(ids), np.bool_), dangling)


def _by_text(ids: pl.Series, references: pl.Series) -> Indexed:
    """Return the references by comparing texts; a repeated id refers to its first row."""
    known = pl.DataFrame({"id": ids, "row": np.arange(len(ids), dtype=np.int32)})
    repeated = np.zeros(len(ids), np.bool_)
    if ids.n_unique() < len(ids):
        repeated = (~ids.is_first_distinct()).to_numpy()
        known = known.filter(~pl.Series(repeated))
    # Lazy evaluation avoids copying the texts into the result, which would double the memory.
    joined = pl.LazyFrame({"id": references}).join(
        known.lazy(), on="id", how="left", maintain_order="left"
    )
    found = joined.select("row").collect()["row"]
    dangling = (references.is_not_null() & found.is_null()).to_numpy()
    return Indexed(found.fill_null(NONE).to_numpy(), repeated, dangling)
