"""Reads a CSV file into headings and a frame of texts, and finds rows of the wrong length.

polars is fast, but does not report rows with too few cells or misplaced quotation marks. If its number
of rows differs from the number of lines, Python's csv module reads the file; it also reads the
headings.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.decoding import NO_DELIMITER, name_of, read_text
from orgmodel.reading.importing.headings import is_known
from orgmodel.reading.importing.refusals import Refused, refusal
from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.texts import Message

DELIMITERS = (",", ";", "\t")
# More columns than any spreadsheet has, and as many rows as fit in memory with a note on each.
MOST_COLUMNS = 100_000
MOST_ROWS = 10_000_000
_MOST_CELLS = 200_000_000
# Headings must stand in the first bytes of a file.
_HEAD_BYTES = 2**20
_BLANK = re.compile(rb"[ \t,;\r\n]*")
# A first line that tells Excel the delimiter.
_STATED_DELIMITER = re.compile(rb"sep=([,;\t])\r?\n", re.IGNORECASE)

# Our texts for errors of the csv module, by a part of its message.
_CSV_ERRORS = {
    "unexpected end": N_("a quoted cell has no end"),
    "field larger": N_("a cell is longer than {limit} characters"),
    "expected after": N_("there is text after the end of a quoted cell"),
}


# The index of a row in the frame, and its number of cells.
_Uneven = tuple[int, int]
_Read = tuple[pl.DataFrame, Sequence[_Uneven], Sequence[_Uneven]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The contents of a CSV file.

    Attributes
    ----------
    frame
        The rows below the headings, with a column for each heading, named by its index; null where
        a cell is empty or missing.
    first_row
        The number that a spreadsheet gives the first row below the headings.
    is_ascii
        Whether the text has ASCII characters only.
    longer, shorter
        The index and the number of cells of each row with too many, and with too few cells. Cells to
        the right of the last heading are not in the frame.
    """

    name: str
    headings: tuple[str, ...]
    frame: pl.DataFrame
    first_row: int
    encoding: str
    delimiter: str
    is_ascii: bool
    longer: Sequence[_Uneven]
    shorter: Sequence[_Uneven]


def read_table(path: Path) -> Table:
    """Return the table in a CSV file.

    The file is UTF-8, UTF-16 with a byte order mark, or Windows-1252. The
    delimiter is the one of comma, semicolon and tab that yields most recognised headings.

    Raises
    ------
    Refused
        If the file is not such a table.
    """
    name = name_of(path)
    data, encoding = read_text(path)
    data = _with_one_end_of_lines(data)
    start = _end_of_blank_lines(data, 0)
    delimiters: tuple[str, ...] = DELIMITERS
    hidden = 0
    if stated := _STATED_DELIMITER.match(data, start):
        # Spreadsheets do not show that line, and do not number it.
        hidden = 1
        delimiters = (stated[1].decode(),)
        start = _end_of_blank_lines(data, stated.end())
    lines_before = _count_ends(data[:start])
    data = data[start:] if start else data
    if re.search(rb"\S", data) is None:
        raise Refused([refusal(name, "import-empty")])
    headings, lines, delimiter = _headings(name, data, delimiters)
    first_row = lines_before - hidden + 2
    most = min(MOST_ROWS, _MOST_CELLS // len(headings))
    if _is_too_wide(data, delimiter) or _count_ends(data) > most:
        raise Refused([refusal(name, "import-too-many-rows", rows=most, columns=MOST_COLUMNS)])
    read = _read_quickly(data, len(headings), lines, delimiter)
    if read is None:
        read = _read_row_by_row(name, data, len(headings), delimiter, lines_before=lines_before)
    frame, longer, shorter = read
    return Table(
        name=name,
        headings=headings,
        frame=frame,
        first_row=first_row,
        encoding=encoding,
        delimiter=delimiter,
        is_ascii=data.isascii(),
        longer=longer,
        shorter=shorter,
    )


def _with_one_end_of_lines(data: bytes) -> bytes:
    """Return a text with line ends that polars recognises, unless a quoted cell may contain one.

    A lone carriage return ends a row in a spreadsheet, but not in polars.
    """
    if not _has_bare_returns(data) or (b"\n" in data and b'"' in data):
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _has_bare_returns(data: bytes) -> bool:
    return data.count(b"\r") != data.count(b"\r\n")


def _count_ends(data: bytes) -> int:
    """Return the number of line ends of any kind in a text."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _is_too_wide(data: bytes, delimiter: str) -> bool:
    """Tell whether any line has more than `MOST_COLUMNS` delimiters."""
    start = 0
    while start + MOST_COLUMNS < len(data):
        end = start + MOST_COLUMNS
        last = max(data.rfind(b"\n", start, end), data.rfind(b"\r", start, end))
        if last < 0:
            ends = [place for mark in b"\r\n" if (place := data.find(mark, end)) >= 0]
            last = min(ends, default=len(data))
            if data.count(delimiter.encode(), start, last) > MOST_COLUMNS:
                return True
        start = last + 1
    return False


def _end_of_blank_lines(data: bytes, start: int) -> int:
    """Return the offset of the first line that is not blank."""
    blank = _BLANK.match(data, start)
    end = start if blank is None else blank.end()
    return max(start, data.rfind(b"\n", start, end) + 1, data.rfind(b"\r", start, end) + 1)


def _headings(
    name: str, data: bytes, delimiters: Sequence[str]
) -> tuple[tuple[str, ...], int, str]:
    """Return the headings, how many lines they take, and the delimiter."""
    head = data[:_HEAD_BYTES].decode(errors="ignore")
    found = []
    wrong: csv.Error | None = None
    for delimiter in delimiters:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            cells = tuple(map(_heading, next(reader)))
        except csv.Error as error:
            wrong = error
            continue
        score = (sum(map(is_known, cells)), len(cells))
        found.append((score, cells, reader.line_num, delimiter))
    if wrong is not None and not any(known for (known, _width), *_rest in found):
        raise Refused([refusal(name, "import-not-csv", detail=_detail(wrong))])
    _score, cells, lines, delimiter = max(found, key=lambda one: one[0])
    if len(data) > _HEAD_BYTES and _count_ends(data[:_HEAD_BYTES]) < lines:
        words = message(N_("the headings take more than {limit} bytes"), limit=_HEAD_BYTES)
        raise Refused([refusal(name, "import-not-csv", detail=words)])
    return cells, lines, delimiter


def _heading(cell: str) -> str:
    """Return a heading as one line of printable characters."""
    letters = "".join(one if one.isprintable() else " " for one in cell)
    return " ".join(letters.split())[:LONGEST_TEXT]


def _schema(width: int) -> dict[str, type[pl.DataType]]:
    return {str(n): pl.String for n in range(width)}


def _read_quickly(data: bytes, width: int, lines: int, delimiter: str) -> _Read | None:
    """Return the rows as polars reads them; None if spreadsheets may read them differently."""
    if _has_bare_returns(data):
        return None
    if _is_over(data, lines):
        return pl.DataFrame(schema=_schema(width)), (), ()
    try:
        frame = pl.read_csv(
            data, separator=delimiter, has_header=False, skip_lines=lines, schema=_schema(width)
        )
        if len(frame) != _count_lines(data) - lines:
            # A cell spans several lines, perhaps due to a misplaced quotation mark, which polars accepts
            # and the csv module reports.
            return None
        shorter = _shorter_rows(data, frame, lines, delimiter)
    except pl.exceptions.PolarsError:
        return None
    return frame, (), shorter


def _count_lines(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n"))


def _is_over(data: bytes, lines: int) -> bool:
    """Tell whether a text has at most `lines` lines."""
    place = 0
    for _line in range(lines):
        place = data.find(b"\n", place) + 1
        if not place:
            return True
    return place == len(data)


def _shorter_rows(
    data: bytes, frame: pl.DataFrame, lines: int, delimiter: str
) -> Sequence[_Uneven]:
    """Return the rows with too few cells, where each row is a line.

    polars fills missing cells with null, so that the delimiters in a line are counted where its last
    cell is null.
    """
    width = frame.width
    in_doubt = frame[str(width - 1)].is_null()
    if width == 1 or not in_doubt.any():
        return ()
    text = pl.read_csv(
        data,
        separator=NO_DELIMITER,
        quote_char=None,
        has_header=False,
        skip_lines=lines,
        schema={"line": pl.String},
    )["line"]
    unquoted = text.filter(in_doubt).str.replace_all('"[^"]*"', "")
    found = pl.DataFrame(
        {
            "index": in_doubt.arg_true(),
            # Null for an empty line, which is a blank row and not an uneven one.
            "cells": unquoted.str.count_matches(delimiter, literal=True) + 1,
        }
    ).filter(pl.col("cells") < width)
    return found.rows()


def _detail(error: csv.Error) -> Message:
    """Return our text for an error of the csv module."""
    text = str(error)
    words = next((words for part, words in _CSV_ERRORS.items() if part in text), text)
    return message(words, limit=csv.field_size_limit())


def _read_row_by_row(
    name: str, data: bytes, width: int, delimiter: str, *, lines_before: int
) -> _Read:
    """Return the rows as the csv module reads them, with any number of cells."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    columns: list[list[str | None]] = [[] for _ in range(width)]
    longer, shorter = [], []
    begun = 0
    try:
        next(reader)
        begun = reader.line_num
        for index, cells in enumerate(reader):
            begun = reader.line_num
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                longer.append((index, len(cells)))
            elif 0 < len(cells) < width:
                shorter.append((index, len(cells)))
            filled = cells + [""] * (width - len(cells))
            for column, cell in zip(columns, filled, strict=False):
                column.append(cell or None)
    except csv.Error as error:
        line = lines_before + begun + 1
        detail = _detail(error)
        raise Refused([refusal(name, "import-not-csv", line=line, detail=detail)]) from None
    frame = pl.DataFrame(
        {str(n): column for n, column in enumerate(columns)}, schema=_schema(width)
    )
    return frame, longer, shorter
