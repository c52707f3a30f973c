"""Tables of figures: the same rows for a page, a file and a program.

Each column carries its meaning and, for derived figures, the method, so that a table is
self-explanatory.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.amounts import Interval
from orgmodel.texts import N_, Worded, message, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.texts import Language

Value = str | int | float | Interval | Worded | None


class ColumnType(StrEnum):
    """What a column holds.

    A *count* is a whole number, a *share* lies between 0 and 1, an *interval* has two ends and goes
    into files as two columns; everything else is text.
    """

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key
        Its name for programs; it never changes its meaning.
    name
        Its heading.
    meaning
        Its content and how it is derived.
    """

    key: str
    name: Worded
    type: ColumnType
    meaning: Worded


def text_column(key: str, name: str, meaning: str) -> Column:
    """Return a column of texts; heading and meaning are texts of the catalogue."""
    return Column(key, message(name), ColumnType.TEXT, message(meaning))


def count_column(key: str, name: str, meaning: str) -> Column:
    """Return a column of whole numbers."""
    return Column(key, message(name), ColumnType.COUNT, message(meaning))


def number_column(key: str, name: str, meaning: str) -> Column:
    """Return a column of any numbers."""
    return Column(key, message(name), ColumnType.NUMBER, message(meaning))


def share_column(key: str, name: str, meaning: str) -> Column:
    """Return a column of shares from 0 to 1."""
    return Column(key, message(name), ColumnType.SHARE, message(meaning))


def interval_column(key: str, name: str, meaning: str) -> Column:
    """Return a column of intervals."""
    return Column(key, message(name), ColumnType.INTERVAL, message(meaning))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.

    Attributes
    ----------
    id
        Its name in URLs and files.
    name, about
        Its title; its content with caveats.
    rows
        One value per column; None where nothing is known.
    whom
        For each row the filter of the table of leaders, a name and a value, that lists the leaders
        it counts; None if it counts no leaders.
    """

    id: str
    name: Worded
    about: Worded
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    whom: tuple[tuple[str, str] | None, ...] = ()

    def records(self, language: Language) -> Iterator[dict[str, object]]:
        """Yield each row as a dict of plain values by column key, texts in `language`."""
        for row in self.rows:
            yield {
                column.key: plain_value(value, language)
                for column, value in zip(self.columns, row, strict=True)
            }


def plain_value(value: Value, language: Language) -> object:
    """Return a value as JSON: an interval as its two ends, a text in `language`.

    An interval from 0 without an end is None, never 0.
    """
    if isinstance(value, Interval):
        return None if value.is_unknown else value.as_dict()
    if value is None or isinstance(value, int | float):
        return value
    return say(value, language)


def flat_columns(table: Table, language: Language) -> list[tuple[str, ColumnType]]:
    """Return heading and type of each column of a file: an interval takes two columns."""
    found: list[tuple[str, ColumnType]] = []
    for column in table.columns:
        name = column.name.text(language)
        if column.type is ColumnType.INTERVAL:
            ends = (N_("{name}, at least"), N_("{name}, at most"))
            found.extend(
                (message(end, name=name).text(language), ColumnType.NUMBER) for end in ends
            )
        else:
            found.append((name, column.type))
    return found


def flat_rows(table: Table, language: Language) -> Iterator[list[str | float | None]]:
    """Yield each row as written to a file: numbers as numbers, an open or unknown end as None."""
    for row in table.rows:
        cells: list[str | float | None] = []
        for column, value in zip(table.columns, row, strict=True):
            if column.type is ColumnType.INTERVAL:
                if isinstance(value, Interval) and not value.is_unknown:
                    cells += (value.low, value.high)
                else:
                    cells += (None, None)
            elif value is None or isinstance(value, int | float | str):
                cells.append(value)
            else:
                cells.append(say(value, language))
        yield cells
