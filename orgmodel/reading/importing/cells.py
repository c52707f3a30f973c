"""Columns of texts: how cells become texts of the model, and how single cells are replaced.

A text of the model has single spaces, no invisible characters, no private data and at most
`LONGEST_TEXT` characters. One search over a column finds the cells that need a change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from orgmodel.reading.importing.report import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What `documents.py` refuses in a data file.
_INVISIBLE = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}"
    r"\u{2066}-\u{2069}\u{feff}\u{fffe}\u{ffff}]"
)
_SPACES = r"[^\S ]|  |^ | $|^$"
_LOST = "\ufffd"
# A CPR number or an e-mail address anywhere in the cell.
_PRIVATE = r"(?:^|[^0-9])[0-9]{6}-[0-9]{4}(?:[^0-9]|$)|[^\s@]@[^\s@]+\.[\p{L}]{2}"
_PRIVATE_TEXT = re.compile(_PRIVATE.replace(r"[\p{L}]", r"[^\W\d_]"))
# An apostrophe keeps spreadsheets from reading the cell as a formula; our own exports write it.
_QUOTED = r"^'('*[-=+@\t\r\n])"
_UNCLEAN = rf"{_QUOTED}|{_SPACES}|{_INVISIBLE}|{_LOST}|@|[0-9]{{6}}-[0-9]{{4}}"
# Every text of letters below this is in NFC already (Unicode's quick check).
_MAYBE_NOT_NFC = r"[^\x00-\x{2ff}]"


def null_unless(column: pl.Series, mask: pl.Series) -> pl.Series:
    """Return a column with null wherever the mask is not true."""
    return column.to_frame("value").select(pl.when(mask).then(pl.col("value")))["value"]


def all_true(size: int) -> pl.Series:
    """Return a column of true."""
    return pl.repeat(value=True, n=size, dtype=pl.Boolean, eager=True)


def all_false(size: int) -> pl.Series:
    """Return a column of false."""
    return pl.repeat(value=False, n=size, dtype=pl.Boolean, eager=True)


def replaced_at(column: pl.Series, places: pl.Series, values: pl.Series) -> pl.Series:
    """Return a column with the value at each of `places` replaced; new values may be null."""
    order = np.arange(len(column), dtype=np.uint32)
    order[places.to_numpy()] = np.arange(len(column), len(column) + len(values), dtype=np.uint32)
    return pl.concat([column, values.cast(column.dtype).alias(column.name)]).gather(order)


def replaced(column: pl.Series, values: Mapping[int, object]) -> pl.Series:
    """Return a column with new values, given by their index."""
    if not values:
        return column
    places = pl.Series(list(values), dtype=pl.UInt32)
    return replaced_at(column, places, pl.Series(list(values.values()), dtype=column.dtype))


def is_private(text: str) -> bool:
    """Tell whether a text contains a CPR number or an e-mail address."""
    return _PRIVATE_TEXT.search(text) is not None


def unclean_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return which cells need cleaning; polars searches the columns in parallel."""
    return frame.select(pl.all().str.contains(_UNCLEAN).fill_null(value=False))


def clean(
    column: pl.Series,
    unclean: pl.Series,
    note: Callable[..., None],
    *,
    is_ascii: bool,
    is_key: bool,
) -> tuple[pl.Series, pl.Series]:
    """Return a column as texts of the model, and which of its cells hold private data.

    Parameters
    ----------
    unclean
        Which cells `unclean_cells` found.
    note
        Notes a code about the cell in the row of an index, with parameters.
    is_ascii
        Whether the whole file is ASCII, so that no letter has two spellings.
    is_key
        Whether the cells identify rows. They are kept whole, also where they are private: references
        are resolved by them first.
    """
    private = all_false(len(column))
    if unclean.any():
        column, private = _cleaned(column, unclean.arg_true(), note)
    if not is_ascii:
        column = _composed(column)
    if is_key:
        return column, private
    if private.any():
        column = null_unless(column, ~private)
    return _shortened(column, note), private


def _cleaned(
    column: pl.Series, places: pl.Series, note: Callable[..., None]
) -> tuple[pl.Series, pl.Series]:
    before = column.gather(places).str.replace(_QUOTED, "${1}")
    texts = before.str.replace_all(_INVISIBLE, "")
    changed = texts != before
    texts = texts.str.replace_all(r"\s+", " ").str.strip_chars(" ").replace("", None)
    private = texts.str.contains(_PRIVATE)
    for code, mask in (
        ("text-cleaned", changed),
        ("letters-lost", texts.str.contains(_LOST, literal=True)),
        ("private-cell", private),
    ):
        for place in places.filter(mask):
            note(code, place)
    return replaced_at(column, places, texts), replaced_at(
        all_false(len(column)), places, private.fill_null(value=False)
    )


def _composed(column: pl.Series) -> pl.Series:
    """Return texts in Unicode's normal form NFC."""
    unsure = column.str.contains(_MAYBE_NOT_NFC).fill_null(value=False)
    if not unsure.any():
        return column
    places = unsure.arg_true()
    return replaced_at(column, places, column.gather(places).str.normalize("NFC"))


def _shortened(column: pl.Series, note: Callable[..., None]) -> pl.Series:
    if not len(column) or (column.str.len_bytes().max() or 0) <= LONGEST_TEXT:  # type: ignore[operator]
        return column
    lengths = column.str.len_chars()
    places = (lengths > LONGEST_TEXT).fill_null(value=False).arg_true()
    for place in places:
        note("text-shortened", place, n=lengths[place])
    texts = column.gather(places).str.slice(0, LONGEST_TEXT - 1).str.strip_chars_end(" ") + "…"
    return replaced_at(column, places, texts)
