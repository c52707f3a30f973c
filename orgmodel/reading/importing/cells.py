"""Cells as our texts: one space between words, nothing invisible, nothing private, not too long.

Whether a column needs any of that is one search; what it needs is done to those cells alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.reading.importing.series import never, replaced, scattered, where

if TYPE_CHECKING:
    from orgmodel.reading.importing.report import Notes

# What `documents.py` refuses in a data file.
_INVISIBLE = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}"
    r"\u{2066}-\u{2069}\u{feff}\u{fffe}\u{ffff}]"
)
_SPACES = r"[^\S ]|  |^ | $|^$"
_LOST = "\ufffd"
# A CPR number, or an e-mail address, anywhere in the cell.
_PRIVATE = r"(?:^|[^0-9])[0-9]{6}-[0-9]{4}(?:[^0-9]|$)|[^\s@]@[^\s@]+\.[\p{L}]{2}"
# Spreadsheets take a cell that begins so for text and no formula; our own exports write it.
_QUOTED = r"^'('*[-=+@\t\r\n])"
_ODD = rf"{_QUOTED}|{_SPACES}|{_INVISIBLE}|{_LOST}|@|[0-9]{{6}}-[0-9]{{4}}"


_PRIVATE_TEXT = re.compile(_PRIVATE.replace(r"[\p{L}]", r"[^\W\d_]"))


def is_private(text: str) -> bool:
    """Tell whether a CPR number or an e-mail address stands in a text."""
    return _PRIVATE_TEXT.search(text) is not None


def odd_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return which cells need anything done to them; all columns are searched side by side."""
    return frame.select(pl.all().str.contains(_ODD).fill_null(value=False))


# Every text of letters below this has one spelling alone (Unicode's NFC quick check).
_TWO_SPELLINGS = r"[^\x00-\x{2ff}]"


def _composed(column: pl.Series) -> pl.Series:
    """Return texts in the one spelling that Unicode prefers (NFC)."""
    odd = column.str.contains(_TWO_SPELLINGS).fill_null(value=False)
    if not odd.any():
        return column
    places = odd.arg_true()
    return scattered(column, places, column.gather(places).str.normalize("NFC"))


@dataclass(slots=True)
class Cleaner:
    """Cleans the columns of one file, and notes what it takes out.

    Attributes
    ----------
    source, first_row
        The file's index, and the number of its first row.
    is_ascii
        Whether no letter of it can be written in two ways.
    """

    notes: Notes
    source: int
    first_row: int
    is_ascii: bool

    def clean(
        self, column: pl.Series, odd: pl.Series, heading: str
    ) -> tuple[pl.Series, pl.Series]:
        """Return a column as our texts, and whether each cell was left out as private.

        Parameters
        ----------
        column
            As it was read; nothing here is changed in it.
        odd
            Which of its cells `odd_cells` found.
        heading
            What the file calls it.
        """
        column, private = self.clean_ids(column, odd, heading)
        if private.any():
            column = where(column, ~private)
        lengths = column.str.len_bytes()
        if len(column) and (lengths.max() or 0) > LONGEST_TEXT:  # type: ignore[operator]
            column = self._shortened(column, heading)
        return column, private

    def clean_ids(
        self, column: pl.Series, odd: pl.Series, heading: str
    ) -> tuple[pl.Series, pl.Series]:
        """Return a column as our texts, in which whatever is private still stands."""
        private = never(len(column))
        if odd.any():
            places = odd.arg_true()
            column, private = self._cleaned(column, places, heading)
        return column if self.is_ascii else _composed(column), private

    def _cleaned(
        self, column: pl.Series, places: pl.Series, heading: str
    ) -> tuple[pl.Series, pl.Series]:
        before = column.gather(places).str.replace(_QUOTED, "${1}")
        texts = before.str.replace_all(_INVISIBLE, "")
        self._note("text-cleaned", places.filter(texts != before), heading)
        texts = texts.str.replace_all(r"\s+", " ").str.strip_chars(" ").replace("", None)
        self._note("letters-lost", places.filter(texts.str.contains(_LOST, literal=True)), heading)
        private = texts.str.contains(_PRIVATE)
        self._note("private-cell", places.filter(private), heading)
        cleaned = scattered(column, places, texts)
        return cleaned, replaced(
            never(len(column)), dict.fromkeys(places.filter(private).to_list(), True)
        )

    def _shortened(self, column: pl.Series, heading: str) -> pl.Series:
        lengths = column.str.len_chars()
        places = (lengths > LONGEST_TEXT).fill_null(value=False).arg_true()
        for place in places:
            self.notes.add(
                "text-shortened",
                self.source,
                self.first_row + place,
                column=heading,
                n=lengths[place],
            )
        texts = column.gather(places).str.slice(0, LONGEST_TEXT - 1).str.strip_chars_end(" ") + "…"
        return scattered(column, places, texts)

    def _note(self, code: str, places: pl.Series, heading: str) -> None:
        for place in places:
            self.notes.add(code, self.source, self.first_row + place, column=heading)
