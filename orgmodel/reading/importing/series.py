"""Steps on columns that polars has no short word for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping


def where(column: pl.Series, mask: pl.Series) -> pl.Series:
    """Return a column with null wherever the mask is not true."""
    return column.to_frame("value").select(pl.when(mask).then(pl.col("value")))["value"]


def always(size: int) -> pl.Series:
    """Return a column that is true everywhere."""
    return pl.repeat(value=True, n=size, dtype=pl.Boolean, eager=True)


def never(size: int) -> pl.Series:
    """Return a column that is true nowhere."""
    return pl.repeat(value=False, n=size, dtype=pl.Boolean, eager=True)


def scattered(column: pl.Series, places: pl.Series, values: pl.Series) -> pl.Series:
    """Return a column with other values, null among them, at some of its places."""
    order = np.arange(len(column), dtype=np.uint32)
    order[places.to_numpy()] = np.arange(len(column), len(column) + len(values), dtype=np.uint32)
    return pl.concat([column, values.cast(column.dtype).alias(column.name)]).gather(order)


def replaced(column: pl.Series, values: Mapping[int, object]) -> pl.Series:
    """Return a column with other values at some of its places."""
    if not values:
        return column
    places = pl.Series(list(values), dtype=pl.UInt32)
    return scattered(column, places, pl.Series(list(values.values()), dtype=column.dtype))
