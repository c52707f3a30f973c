"""What stands where a name belongs: a name, a word for an empty post, or nothing known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.model.statuses import Stated, Status
from orgmodel.reading.importing.series import never, where

if TYPE_CHECKING:
    from collections.abc import Mapping

# The words that a column of statuses may say, besides the ids of the statuses: whole cells, in any
# case. Screens and exports may come to say it otherwise; what files say today stays accepted.
STATUS_CELLS: Mapping[Status, tuple[str, ...]] = {
    Status.NAMED: ("named", "navngivet"),
    Status.UNNAMED: ("not named", "ikke navngivet"),
    Status.VACANT: ("advertised", "opslået"),
    Status.ACTING: ("acting", "konstitueret"),
    Status.PLANNED: ("planned", "planlagt"),
}
# The words that may stand where a name belongs: whole cells, in any case. What follows a vacancy tells more of it, and names no holder.
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


_STATUSES: Mapping[str, str] = {
    word: status.value for status in Status for word in (status.value, *STATUS_CELLS[status])
}
_TOLD_OF = {
    is_named: [
        one.value
        for one in Status
        if one.facts.is_named is is_named and one.facts.stated is not Stated.BY_NAMES
    ]
    for is_named in (True, False)
}


def has_statuses(column: pl.Series) -> bool:
    """Tell whether any cell of a column is a status in our words, in either language."""
    return _read(column.str.strip_chars()).is_not_null().any()


def _read(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase().replace_strict(
        _STATUSES, default=None, return_dtype=pl.String
    )


def with_statuses(holders: Holders, stated: pl.Series) -> tuple[Holders, pl.Series]:
    """Return holders with the statuses that are stated for them, and which of those are not taken.

    A name decides, as it does in the model: of somebody it is taken that they are acting; of nobody,
    that the post is vacant or planned.
    """
    said, named = _read(stated), holders.names.is_not_null()
    of_holder, of_nobody = (
        said.is_in(_TOLD_OF[is_named]).fill_null(value=False) for is_named in (True, False)
    )
    statuses = holders.statuses
    if statuses is None:
        statuses = statuses_of(holders.names, never(len(stated)))
    taken = (named & of_holder) | (~named & of_nobody)
    lost = (named & of_nobody) | (~named & of_holder) | (stated.is_not_null() & said.is_null())
    statuses = pl.select(pl.when(taken).then(said).otherwise(statuses).alias("status"))["status"]
    return holders._replace(statuses=statuses), lost
