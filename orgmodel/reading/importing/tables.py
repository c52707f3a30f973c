"""A CSV file -> its headings and a frame of texts, with the rows that have too many or few cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.reading.importing.refusals import Refused, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAX_MIB = 1024
DELIMITERS = (",", ";", "\t")
# Headings are looked for in the beginning of a file alone.
_HEAD_BYTES = 2**20
_BLANK_ROWS = re.compile(rb"(?:[ \t,;]*\r?\n)*")
# A first line by which Excel is told what stands between cells.
_STATED_DELIMITER = re.compile(rb"sep=([,;\t])\r?\n", re.IGNORECASE)
# Stands in no text that has come so far, so that a line read with it is one cell.
_BETWEEN_NOTHING = "\x1f"
_BYTES_OF_WINDOWS = "orgmodel-windows-1252"
_LETTER_OF_UTF8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_NOT_TEXT = ("\0", _BETWEEN_NOTHING)


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
    name = path.name
    data, encoding = _decoded(name, _file_bytes(path))
    lead = _BLANK_ROWS.match(data)
    skipped = data.count(b"\n", 0, lead.end()) if lead else 0
    stated = _STATED_DELIMITER.match(data, lead.end() if lead else 0)
    start = stated.end() if stated else lead.end() if lead else 0
    data = data[start:] if start else data
    if re.search(rb"\S", data) is None:
        raise Refused([refusal(name, "import-empty")])
    delimiters = (stated[1].decode(),) if stated else DELIMITERS
    headings, lines, delimiter = _headings(name, data, delimiters, is_known)
    first_row = skipped + 2
    read = _read_quickly(data, len(headings), lines, delimiter)
    if read is None:
        read = _read_row_by_row(name, data, len(headings), delimiter, lines_before=skipped)
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


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_MIB * 2**20 + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Refused([refusal(path.name, "import-not-readable", detail=reason)]) from None
    if len(data) > MAX_MIB * 2**20:
        raise Refused([refusal(path.name, "import-too-large", limit=MAX_MIB)])
    return data


def _decoded(name: str, data: bytes) -> tuple[bytes, str]:
    """Return a text as UTF-8, and the encoding that it had."""
    encoding = "UTF-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "UTF-16"
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        if not data.isascii():
            data, encoding = _as_utf8(data)
    if any(mark.encode() in data for mark in _NOT_TEXT):
        raise Refused([refusal(name, "import-not-text")])
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data, encoding


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    """Return a text of UTF-8, of Windows-1252, or of files of both that were put together."""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return data, "UTF-8"
    if _LETTER_OF_UTF8.search(data) is None:
        return data.decode("cp1252", "replace").encode(), "Windows-1252"
    return data.decode(errors=_BYTES_OF_WINDOWS).encode(), "UTF-8, Windows-1252"


def _bytes_of_windows(error: UnicodeError) -> tuple[str, int]:
    """Return the letters of Windows-1252 that bytes which are no UTF-8 stand for."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - it is only asked for when reading
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(_BYTES_OF_WINDOWS, _bytes_of_windows)


def _headings(
    name: str, data: bytes, delimiters: Sequence[str], is_known: Callable[[str], bool]
) -> tuple[tuple[str, ...], int, str]:
    """Return the headings, how many lines they take, and what stands between cells."""
    head = data[:_HEAD_BYTES].decode(errors="ignore")
    found = []
    for delimiter in delimiters:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            cells = tuple(next(reader))
        except csv.Error as error:
            raise Refused([refusal(name, "import-not-csv", detail=str(error))]) from None
        score = (sum(map(is_known, cells)), len(cells))
        found.append((score, cells, reader.line_num, delimiter))
    _score, cells, lines, delimiter = max(found, key=lambda one: one[0])
    return cells, lines, delimiter


_Read = tuple[pl.DataFrame, tuple[Uneven, ...], tuple[Uneven, ...]]


def _schema(width: int) -> dict[str, type[pl.DataType]]:
    return {str(n): pl.String for n in range(width)}


def _read_quickly(data: bytes, width: int, lines: int, delimiter: str) -> _Read | None:
    """Return the rows as polars reads them; None where they are too uneven for it."""
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
        separator=_BETWEEN_NOTHING,
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


def _read_row_by_row(
    name: str, data: bytes, width: int, delimiter: str, *, lines_before: int
) -> _Read:
    """Return the rows as Python's own reader finds them, whatever their length."""
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True)
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
        raise Refused([refusal(name, "import-not-csv", line=line, detail=str(error))]) from None
    frame = pl.DataFrame(
        {str(n): column for n, column in enumerate(columns)}, schema=_schema(width)
    )
    return frame, tuple(longer), tuple(shorter)
