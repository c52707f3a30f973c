"""What stands where a name belongs: a name, a word for an empty post, or nothing known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.model.statuses import Status
from orgmodel.model.wording import STATUS_WORDS
from orgmodel.reading.importing.series import never, where
from orgmodel.texts import LANGUAGES, message

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@cache
def _statuses() -> Mapping[str, str]:
    """Return our statuses by the words that we have for them, in small letters."""
    found = {status.value: status.value for status in Status}
    for status, words in STATUS_WORDS.items():
        for language in LANGUAGES:
            found[message(words).text(language).lower()] = status.value
    return found


def has_statuses(column: pl.Series) -> bool:
    """Tell whether any cell of a column is a status in our words, in either language."""
    return _read(column.str.strip_chars()).is_not_null().any()


def _read(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase().replace_strict(
        _statuses(), default=None, return_dtype=pl.String
    )


def with_statuses(holders: Holders, stated: pl.Series) -> tuple[Holders, pl.Series]:
    """Return holders with the statuses that are stated for them, and which of those are not taken.

    A name decides, as it does in the model: somebody may be acting; a post of nobody vacant or
    planned.
    """
    said, named = _read(stated), holders.names.is_not_null()
    acting = (said == Status.ACTING.value).fill_null(value=False)
    is_open = said.is_in([Status.VACANT.value, Status.PLANNED.value]).fill_null(value=False)
    statuses = holders.statuses
    if statuses is None:
        statuses = statuses_of(holders.names, never(len(stated)))
    taken = (named & acting) | (~named & is_open)
    lost = (named & is_open) | (~named & acting) | (stated.is_not_null() & said.is_null())
    statuses = pl.select(pl.when(taken).then(said).otherwise(statuses).alias("status"))["status"]
    return holders._replace(statuses=statuses), lost
