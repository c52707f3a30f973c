"""Parses cells: holders, statuses, full-time equivalents and headcounts.

A file has one decimal mark: 1.000 is a thousand in a file that also writes 2,5, and one in a file
that also writes 2.5. If no number decides it, a headcount of 1.000 is a thousand, because heads
are whole, and a number of full-time equivalents is ambiguous.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.model.statuses import Stated, Status
from orgmodel.reading.importing.cells import null_unless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Holders and statuses ---------------------------------------------------------------------------

# Words that a column of statuses may contain besides the ids of the statuses: whole cells, in any
# case. Words on screens and in exports may change; these stay accepted.
STATUS_CELLS: Mapping[Status, tuple[str, ...]] = {
    Status.NAMED: ("named", "navngivet"),
    Status.UNNAMED: ("not named", "ikke navngivet"),
    Status.VACANT: ("advertised", "opslået"),
    Status.ACTING: ("acting", "konstitueret"),
    Status.PLANNED: ("planned", "planlagt"),
}
_STATUSES: Mapping[str, str] = {
    word: status.value for status in Status for word in (status.value, *STATUS_CELLS[status])
}
# Statuses that neither a name nor its absence implies.
STATED_STATUSES: Mapping[bool, list[str]] = {
    is_named: [
        one.value
        for one in Status
        if one.facts.is_named is is_named and one.facts.stated is not Stated.BY_NAMES
    ]
    for is_named in (True, False)
}
# Words in place of a name: whole cells, in any case. Text after a vacancy describes the vacancy.
_VACANT = r"(?:vacant|vacancy|vakant|ubesat|ledig stilling)\b.*|ledig|opslået"
_UNDISCLOSED = r"n\.?/?d\.?|n\.?/?a\.?|not disclosed|undisclosed|unknown|tbc|tba|ikke oplyst|uoplyst|ukendt|-+|\?+|x+"
_ABOLISHED = r"eliminated|abolished|nedlagt|stilling nedlagt"


class Holders(NamedTuple):
    """The holders of rows.

    Attributes
    ----------
    names
        The names, null without one.
    statuses
        The value of a `Status` per row.
    abolished
        Whether the file says that the post no longer exists.
    """

    names: pl.Series
    statuses: pl.Series
    abolished: pl.Series


def find_holders(column: pl.Series) -> Holders:
    """Return the names in a column, without words that are not names."""
    words = _is_one_of(column, f"{_VACANT}|{_UNDISCLOSED}|{_ABOLISHED}")
    if not words.any():
        return Holders(column, _statuses_of(column, words), words)
    stated = null_unless(column, words)
    names = null_unless(column, ~words)
    statuses = _statuses_of(names, _is_one_of(stated, _VACANT))
    return Holders(names, statuses, _is_one_of(stated, _ABOLISHED))


def _is_one_of(column: pl.Series, words: str) -> pl.Series:
    return column.str.contains(f"(?i)^(?:{words})$").fill_null(value=False)


def _statuses_of(names: pl.Series, vacant: pl.Series) -> pl.Series:
    """Return the status of posts: named if there is a name, else vacant."""
    return pl.select(
        pl.when(vacant)
        .then(pl.lit(Status.VACANT.value))
        .when(names.is_not_null())
        .then(pl.lit(Status.NAMED.value))
        .otherwise(pl.lit(Status.UNNAMED.value))
        .alias("status")
    )["status"]


def has_statuses(column: pl.Series) -> bool:
    """Tell whether any cell of a column is a known status, in either language."""
    return _statuses_in(column.str.strip_chars()).is_not_null().any()


def _statuses_in(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase().replace_strict(
        _STATUSES, default=None, return_dtype=pl.String
    )


def with_statuses(holders: Holders, stated: pl.Series) -> tuple[Holders, pl.Series]:
    """Return holders with the statuses of a column, and which of these are ignored.

    As in the model, a name takes precedence: a post with a name can be acting, a post without
    one to be vacant or planned.
    """
    found, named = _statuses_in(stated), holders.names.is_not_null()
    with_name, without_name = (
        found.is_in(STATED_STATUSES[is_named]).fill_null(value=False) for is_named in (True, False)
    )
    taken = (named & with_name) | (~named & without_name)
    lost = (named & without_name) | (~named & with_name)
    lost |= stated.is_not_null() & found.is_null()
    statuses = pl.when(taken).then(found).otherwise(holders.statuses).alias("status")
    return holders._replace(statuses=pl.select(statuses)["status"]), lost


# Numbers ----------------------------------------------------------------------------------------

MOST_HEADS = 1_000_000
_MOST_FTE = 1e9
DECIMALS = 6
_PLAIN = r"^[0-9]{1,15}(?:\.[0-9]{1,15})?$"


def _shows(decimal: str, grouping: str) -> str:
    """Return a pattern of the numbers that can be read with one decimal mark only.

    Grouping leaves three digits after each mark, one to three before the first, and never 0 alone.
    """
    digits, group = "[0-9]", f"(?:{grouping}[0-9]{{3}})"
    return "|".join(
        (
            f"^{digits}+{decimal}{digits}{{1,2}}$",
            f"^{digits}+{decimal}{digits}{{4,}}$",
            f"^0{decimal}{digits}+$",
            f"^{digits}{{4,}}{decimal}{digits}+$",
            f"^{digits}{{1,3}}{group}+{decimal}{digits}+$",
            f"^{digits}{{1,3}}{group}{{2,}}$",
        )
    )


_BY_COMMA, _BY_POINT = _shows(",", r"\."), _shows(r"\.", ",")


class DecimalMark(StrEnum):
    """The decimal mark of a file."""

    POINT = "."
    COMMA = ","
    OPEN = "?"


def decimal_mark(columns: Iterable[pl.Series], delimiter: str) -> DecimalMark:
    """Return the decimal mark that the numbers of a file show, undetermined if they show both.

    If they show none, it is the point in a file that is delimited by commas.
    """
    by_comma = by_point = False
    for column in columns:
        marked = column.filter(column.str.contains("[.,]")).unique()
        by_comma |= bool(marked.str.contains(_BY_COMMA).any())
        by_point |= bool(marked.str.contains(_BY_POINT).any())
    if by_comma != by_point:
        return DecimalMark.COMMA if by_comma else DecimalMark.POINT
    return DecimalMark.POINT if delimiter == "," and not by_comma else DecimalMark.OPEN


def full_time(column: pl.Series, mark: DecimalMark) -> pl.Series:
    """Return full-time equivalents; null if a cell is not a number, or is ambiguous."""
    found = _numbers(column, mark)
    fits = (found >= 0) & (found <= _MOST_FTE)
    return null_unless(found.round(DECIMALS), fits)


def heads(column: pl.Series, mark: DecimalMark) -> pl.Series:
    """Return headcounts; null if a cell is not a whole number."""
    if column.str.contains("^[0-9]{1,7}$").fill_null(value=True).all():
        found = column.cast(pl.Int64)
    else:
        if mark is DecimalMark.OPEN:
            column = column.str.replace_all(r"^([0-9]{1,3})[.,]([0-9]{3})$", "${1}${2}")
        numbers = _numbers(column, mark)
        found = numbers.cast(pl.Int64, strict=False)
        found = null_unless(found, numbers == found)
    fits = (found >= 0) & (found <= MOST_HEADS)
    return null_unless(found, fits).cast(pl.Int32)


def _numbers(column: pl.Series, mark: DecimalMark) -> pl.Series:
    # Most files have no comma in any number and need no conversion.
    if mark is DecimalMark.POINT and not column.str.contains(",", literal=True).any():
        plain = column
    else:
        plain = _with_points(column, mark)
    is_number = plain.str.contains(_PLAIN).fill_null(value=False)
    if not is_number.all():
        plain = null_unless(plain, is_number)
    return plain.cast(pl.Float64, strict=False)


def _with_points(column: pl.Series, mark: DecimalMark) -> pl.Series:
    """Return numbers with a decimal point and no grouping, null where they are ambiguous."""
    text = pl.col("text").str.replace_all(" ", "", literal=True)
    grouping = "," if mark is DecimalMark.POINT else r"\."
    grouped = text.str.contains(rf"^[0-9]{{1,3}}(?:{grouping}[0-9]{{3}})+(?:[.,][0-9]+)?$")
    ungrouped = pl.when(grouped).then(text.str.replace_all(grouping, "")).otherwise(text)
    if mark is DecimalMark.POINT:
        found = ungrouped
    elif mark is DecimalMark.COMMA:
        # A point that does not group digits is not a decimal mark here.
        found = pl.when(~ungrouped.str.contains(r"\.")).then(
            ungrouped.str.replace(",", ".", literal=True)
        )
    else:
        by_comma, by_point = text.str.contains(_BY_COMMA), text.str.contains(_BY_POINT)
        as_comma = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        as_point = text.str.replace_all(",", "", literal=True)
        found = (
            pl.when(~text.str.contains("[.,]"))
            .then(text)
            .when(by_comma & ~by_point)
            .then(as_comma)
            .when(by_point & ~by_comma)
            .then(as_point)
        )
    return column.to_frame("text").select(found.alias("text"))["text"]
