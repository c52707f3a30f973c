"""Numbers as a file writes them, with one decimal mark throughout.

1.000 is a thousand where the file writes 2,5, and one where it writes 2.5. Where nothing in the
file says which, heads are a thousand, since heads are whole; of full-time equivalents it stays open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.series import where

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_HEADS = 1_000_000
_MOST_FTE = 1e9
DECIMALS = 6
_PLAIN = r"^[0-9]{1,15}(?:\.[0-9]{1,15})?$"


def _shows(decimal: str, grouping: str) -> str:
    """Return what a number looks like that can only be read with one decimal mark.

    Grouping leaves three digits behind each mark, up to three before the first, and no 0 alone.
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
    """What stands before the decimals in a file."""

    POINT = "."
    COMMA = ","
    OPEN = "?"


def decimal_mark(columns: Iterable[pl.Series], delimiter: str) -> DecimalMark:
    """Return the decimal mark that the numbers of a file show; they must not show both.

    Where they show none it is the point in a file that is delimited by commas.
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
    """Return full-time equivalents; null where there are none, or it is not certain how many."""
    found = _numbers(column, mark)
    fits = (found >= 0) & (found <= _MOST_FTE)
    return where(found.round(DECIMALS), fits)


def heads(column: pl.Series, mark: DecimalMark) -> pl.Series:
    """Return whole numbers; null where there are none."""
    quick = column.str.contains("^[0-9]{1,7}$").fill_null(value=True)
    if quick.all():
        found = column.cast(pl.Int64)
    else:
        if mark is DecimalMark.OPEN:
            column = column.str.replace_all(r"^([0-9]{1,3})[.,]([0-9]{3})$", "${1}${2}")
        read = _numbers(column, mark)
        found = read.cast(pl.Int64, strict=False)
        found = where(found, read == found)
    fits = (found >= 0) & (found <= MOST_HEADS)
    return where(found, fits).cast(pl.Int32)


def _numbers(column: pl.Series, mark: DecimalMark) -> pl.Series:
    # A file with a comma in no number is the usual one: then there is nothing to take out.
    if mark is DecimalMark.POINT and not column.str.contains(",", literal=True).any():
        plain = column
    else:
        plain = _with_points(column, mark)
    is_number = plain.str.contains(_PLAIN).fill_null(value=False)
    if not is_number.all():
        plain = where(plain, is_number)
    return plain.cast(pl.Float64, strict=False)


def _with_points(column: pl.Series, mark: DecimalMark) -> pl.Series:
    """Return numbers without grouping and with a decimal point, null where it is not certain."""
    text = pl.col("text").str.replace_all(" ", "", literal=True)
    grouping = "," if mark is DecimalMark.POINT else r"\."
    grouped = text.str.contains(rf"^[0-9]{{1,3}}(?:{grouping}[0-9]{{3}})+(?:[.,][0-9]+)?$")
    ungrouped = pl.when(grouped).then(text.str.replace_all(grouping, "")).otherwise(text)
    if mark is DecimalMark.POINT:
        found = ungrouped
    elif mark is DecimalMark.COMMA:
        # A point that groups nothing is no decimal mark here.
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
