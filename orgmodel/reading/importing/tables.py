"""A CSV file -> its headings and a frame of texts, with the rows that have too many or few cells."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.reading.importing.decoding import BETWEEN_NOTHING, name_of, read_text
from orgmodel.reading.importing.refusals import Refused, refusal
from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from orgmodel.texts import Message

DELIMITERS = (",", ";", "\t")
# More than any sheet has; the rows of a file are what memory can hold with a note on each of them.
MOST_COLUMNS = 100_000
MOST_ROWS = 10_000_000
_MOST_CELLS = 200_000_000
# Headings are looked for in the beginning of a file alone.
_HEAD_BYTES = 2**20
_BLANK = re.compile(rb"[ \t,;\r\n]*")
# A first line by which Excel is told what stands between cells.
_STATED_DELIMITER = re.compile(rb"sep=([,;\t])\r?\n", re.IGNORECASE)

# What the csv module says, by a part of its words.
_SAID = {
    "unexpected end": N_("a quoted cell has no end"),
    "field larger": N_("a cell is longer than {limit} characters"),
    "expected after": N_("there is text after the end of a quoted cell"),
}


class Uneven(NamedTuple):
    """A row that has not as many cells as there are headings; its index in the frame, and how many it has."""

    place: int
    cells: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """What stands in a CSV file.

    Attributes
    ----------
    frame
        A row of the file each, with a column for each heading, named by its index; null where a
        cell is empty or missing.
    first_row
        The number that a spreadsheet gives the first row below the headings.
    is_ascii
        Whether it has no letters but those of English.
    longer, shorter
        The rows with too many and with too few cells; what is too much is not in the frame.
    """

    name: str
    headings: tuple[str, ...]
    frame: pl.DataFrame
    first_row: int
    encoding: str
    delimiter: str
    is_ascii: bool
    longer: tuple[Uneven, ...] = ()
    shorter: tuple[Uneven, ...] = ()


def read_table(path: Path, is_known: Callable[[str], bool]) -> Table:
    """Return the table in a CSV file.

    Parameters
    ----------
    path
        The file: delimited by comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Windows-1252.
    is_known
        Whether a heading is one that means something; the delimiter that gives most of those is
        the file's.

    Raises
    ------
    Refused
        If it is no such file.
    """
    name = name_of(path)
    data, encoding = read_text(path)
    data = _with_one_end_of_lines(data)
    start = _end_of_blank_lines(data, 0)
    delimiters: tuple[str, ...] = DELIMITERS
    hidden = 0
    if stated := _STATED_DELIMITER.match(data, start):
        # A sheet does not show that line, and does not number it.
        hidden = 1
        delimiters = (stated[1].decode(),)
        start = _end_of_blank_lines(data, stated.end())
    lines_before = _count_ends(data[:start])
    data = data[start:] if start else data
    if re.search(rb"\S", data) is None:
        raise Refused([refusal(name, "import-empty")])
    headings, lines, delimiter = _headings(name, data, delimiters, is_known)
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
    """Return a text in which a line ends as polars has it, wherever no cell could hold an end.

    A carriage return by itself ends a row in a sheet, and nothing for polars.
    """
    if not _has_bare_returns(data) or (b"\n" in data and b'"' in data):
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _has_bare_returns(data: bytes) -> bool:
    return data.count(b"\r") != data.count(b"\r\n")


def _count_ends(data: bytes) -> int:
    """Return how many lines end in a text, in whatever way."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _is_too_wide(data: bytes, delimiter: str) -> bool:
    """Tell whether any line has more cells than memory is sure to hold."""
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
    """Return where the first line begins in which anything stands."""
    blank = _BLANK.match(data, start)
    end = start if blank is None else blank.end()
    return max(start, data.rfind(b"\n", start, end) + 1, data.rfind(b"\r", start, end) + 1)


def _headings(
    name: str, data: bytes, delimiters: Sequence[str], is_known: Callable[[str], bool]
) -> tuple[tuple[str, ...], int, str]:
    """Return the headings, how many lines they take, and what stands between cells."""
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
    """Return a heading as a line that may be shown anywhere."""
    letters = "".join(one if one.isprintable() else " " for one in cell)
    return " ".join(letters.split())[:LONGEST_TEXT]


_Read = tuple[pl.DataFrame, tuple[Uneven, ...], tuple[Uneven, ...]]


def _schema(width: int) -> dict[str, type[pl.DataType]]:
    return {str(n): pl.String for n in range(width)}


def _read_quickly(data: bytes, width: int, lines: int, delimiter: str) -> _Read | None:
    """Return the rows as polars reads them; None where they are too uneven for it."""
    if _has_bare_returns(data):
        return None
    if _is_over(data, lines):
        return pl.DataFrame(schema=_schema(width)), (), ()
    try:
        frame = pl.read_csv(
            data, separator=delimiter, has_header=False, skip_lines=lines, schema=_schema(width)
        )
        if len(frame) != _count_lines(data) - lines:
            # A cell goes over several lines: as it was meant to, or for a quotation mark too many,
            # which polars takes as it comes. Whoever reads row by row can tell.
            return None
        shorter = _shorter_rows(data, frame, lines, delimiter)
    except pl.exceptions.PolarsError:
        return None
    return frame, (), shorter


def _count_lines(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n"))


def _is_over(data: bytes, lines: int) -> bool:
    """Tell whether a text has no more than so many lines."""
    place = 0
    for _line in range(lines):
        place = data.find(b"\n", place) + 1
        if not place:
            return True
    return place == len(data)


def _shorter_rows(
    data: bytes, frame: pl.DataFrame, lines: int, delimiter: str
) -> tuple[Uneven, ...]:
    """Return the rows with too few cells; each row is a line.

    polars fills up what is missing without a word: where the last cell is empty, the line tells
    whether it is there.
    """
    width = frame.width
    in_doubt = frame[str(width - 1)].is_null()
    if width == 1 or not in_doubt.any():
        return ()
    text = pl.read_csv(
        data,
        separator=BETWEEN_NOTHING,
        quote_char=None,
        has_header=False,
        skip_lines=lines,
        schema={"line": pl.String},
    )["line"]
    unquoted = text.filter(in_doubt).str.replace_all('"[^"]*"', "")
    found = pl.DataFrame(
        {
            "index": in_doubt.arg_true(),
            "cells": unquoted.str.count_matches(delimiter, literal=True) + 1,
        }
    ).filter(pl.col("cells") < width)
    # An empty line is a blank row, which is no fault.
    return tuple(Uneven(index, cells) for index, cells in found.rows())


def _detail(error: csv.Error) -> Message:
    """Return in words what the csv module says of a row."""
    said = str(error)
    words = next((words for start, words in _SAID.items() if start in said), said)
    return message(words, limit=csv.field_size_limit())


def _read_row_by_row(
    name: str, data: bytes, width: int, delimiter: str, *, lines_before: int
) -> _Read:
    """Return the rows as Python's own reader finds them, whatever their length."""
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
                longer.append(Uneven(index, len(cells)))
            elif 0 < len(cells) < width:
                shorter.append(Uneven(index, len(cells)))
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
    return frame, tuple(longer), tuple(shorter)
