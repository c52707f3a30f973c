"""What stands where a name belongs: a name, a word for an empty post, or nothing known."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from orgmodel.model.entities import Status
from orgmodel.reading.importing.series import where

# Whole cells, in any case. What follows a vacancy tells more of it, and names no holder.
_VACANT = r"(?:vacant|vacancy|vakant|ubesat|ledig stilling)\b.*|ledig|opslået"
_UNDISCLOSED = r"n\.?/?d\.?|n\.?/?a\.?|not disclosed|undisclosed|unknown|tbc|tba|ikke oplyst|uoplyst|ukendt|-+|\?+|x+"
_GONE = r"eliminated|abolished|nedlagt|stilling nedlagt"


class Holders(NamedTuple):
    """What is known of the holders of rows.

    Attributes
    ----------
    names
        Null where there is none.
    statuses
        Null where all are simply named or not.
    gone
        Whether the post is said to be no more.
    """

    names: pl.Series
    statuses: pl.Series | None
    gone: pl.Series


def find_holders(column: pl.Series) -> Holders:
    """Return the names in a column, apart from the words that are no names."""
    words = column.str.contains(f"(?i)^(?:{_VACANT}|{_UNDISCLOSED}|{_GONE})$")
    words = words.fill_null(value=False)
    if not words.any():
        return Holders(column, None, words)
    said = where(column, words)
    vacant = said.str.contains(f"(?i)^(?:{_VACANT})$").fill_null(value=False)
    gone = said.str.contains(f"(?i)^(?:{_GONE})$").fill_null(value=False)
    names = where(column, ~words)
    return Holders(names, statuses_of(names, vacant) if vacant.any() else None, gone)


def statuses_of(names: pl.Series, vacant: pl.Series) -> pl.Series:
    """Return the status of posts: vacant, else named where somebody is."""
    return pl.select(
        pl.when(vacant)
        .then(pl.lit(Status.VACANT.value))
        .when(names.is_not_null())
        .then(pl.lit(Status.NAMED.value))
        .otherwise(pl.lit(Status.UNNAMED.value))
        .alias("status")
    )["status"]
