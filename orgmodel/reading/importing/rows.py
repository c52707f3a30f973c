"""The rows of one file, read and cleaned, before they are linked to each other.

Columns of the frame that `FileRows.frame` returns:

- `key`: the id of the post in the file, null where there is none
- `hidden`: whether the key is private, and is used to resolve references only
- `above`: the key of the post that it reports to, null where it reports to none
- `title`, `holder`, `unit`: texts, null where there is none
- `status`: the value of a `Status`
- `seats`, `seats_at_least`, `fte`: as in a position
- `source`, `row`: the index of the file, and the number of the row in it
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.cells import (
    all_false,
    all_true,
    clean,
    null_unless,
    replaced,
    unclean_cells,
)
from orgmodel.reading.importing.report import FileKind, FileReport

if TYPE_CHECKING:
    from orgmodel.reading.importing.headings import Columns
    from orgmodel.reading.importing.report import Notes
    from orgmodel.reading.importing.tables import Table
    from orgmodel.reading.importing.values import Holders

_KEYS = ("id", "reports_to")


@dataclass(slots=True)
class FileRows:
    """The rows of one file: the cleaned columns that are imported, and which rows are kept.

    Attributes
    ----------
    source
        The index of the file.
    cells
        The imported columns by role.
    kept
        Whether each row is neither blank nor left out.
    hidden
        Whether each row's id is private.
    blank
        How many rows are blank.
    lines_unread
        How many rows state an unreadable superior, so that the line is lost.
    """

    table: Table
    source: int
    columns: Columns
    notes: Notes
    cells: dict[str, pl.Series]
    kept: pl.Series
    hidden: pl.Series
    blank: int = 0
    lines_unread: int = 0

    @classmethod
    def of(cls, table: Table, source: int, columns: Columns, notes: Notes) -> FileRows:
        """Return the rows of a table; uneven rows are noted and blank ones counted."""
        size = len(table.frame)
        rows = cls(table, source, columns, notes, {}, all_true(size), all_false(size))
        rows._clean_cells()
        rows._leave_out_longer()
        rows._leave_out_blank()
        for index, cells in table.shorter:
            if rows.kept[index]:
                rows.note("missing-cells", index, n=cells, width=len(table.headings))
        return rows

    def _clean_cells(self) -> None:
        places = self.columns.places
        unclean = unclean_cells(self.table.frame.select(str(place) for place in places.values()))
        for role, place in places.items():
            self.cells[role], private = clean(
                self.table.frame[str(place)],
                unclean[str(place)],
                partial(self.note, column=self.table.headings[place]),
                is_ascii=self.table.is_ascii,
                is_key=role in _KEYS,
            )
            if role == "id":
                self.hidden = private

    def _leave_out_longer(self) -> None:
        """Leave out rows with text to the right of the last heading."""
        for index, cells in self.table.longer:
            self.note("extra-cells", index, n=cells, width=len(self.table.headings))
        places = [index for index, _cells in self.table.longer]
        self.lines_unread += int(self.cell("reports_to").gather(places).is_not_null().sum())
        self.kept = replaced(self.kept, dict.fromkeys(places, False))

    def _leave_out_blank(self) -> None:
        """Leave out rows in which every cell is blank, also in columns that are not imported."""
        blank_so_far = pl.DataFrame(self.cells).select(pl.all_horizontal(pl.all().is_null()))
        empty = blank_so_far.to_series() & self.kept
        if empty.any():
            others = self.table.frame.filter(empty).select(
                pl.any_horizontal(pl.all().str.contains(r"\S").fill_null(value=False))
            )
            places = empty.arg_true().filter(~others.to_series())
            self.blank = len(places)
            self.kept = replaced(self.kept, dict.fromkeys(places, False))

    def note(self, code: str, index: int, **params: object) -> None:
        """Note something about the row at an index of the frame."""
        self.notes.add(code, self.source, self.table.first_row + index, **params)

    def cell(self, role: str) -> pl.Series:
        """Return an imported column; all null where the file has none."""
        found = self.cells.get(role)
        size = len(self.kept)
        return pl.repeat(None, size, dtype=pl.String, eager=True) if found is None else found

    def note_rows(self, code: str, mask: pl.Series, role: str, param: str) -> None:
        """Note something about every kept row where `mask` is true, with one of its cells."""
        indexes = (mask & self.kept).fill_null(value=False).arg_true()
        values = null_unless(self.cell(role), ~self.hidden).gather(indexes).to_list()
        for index, value in zip(indexes.to_list(), values, strict=True):
            self.note(code, index, **{param: value or ""})

    def leave_out(self, code: str, mask: pl.Series) -> None:
        """Leave rows out, with a note."""
        if mask.any():
            self.note_rows(code, mask, "id", "id")
            self.kept = self.kept & ~mask.fill_null(value=False)

    def frame(
        self, holders: Holders, seats: pl.Series, at_least: pl.Series, fte: pl.Series
    ) -> pl.DataFrame:
        """Return the rows that are kept."""
        size = len(self.kept)
        first = self.table.first_row
        frame = pl.DataFrame(
            {
                "key": self.cell("id"),
                "hidden": self.hidden,
                "above": self.cell("reports_to"),
                "title": self.cell("title"),
                "holder": holders.names,
                "status": holders.statuses,
                "unit": self.cell("unit"),
                "seats": seats,
                "seats_at_least": at_least,
                "fte": fte,
                "source": pl.repeat(self.source, size, dtype=pl.Int32, eager=True),
                "row": pl.int_range(first, first + size, dtype=pl.Int32, eager=True),
            }
        )
        return frame if self.kept.all() else frame.filter(self.kept)

    def keys_left_out(self) -> pl.Series:
        """Return the ids of rows that are not in the model."""
        return self.cell("id").filter(~self.kept).drop_nulls()

    def report(self, kind: FileKind) -> FileReport:
        """Return the report on the file."""
        headings = self.table.headings
        return FileReport(
            name=self.table.name,
            kind=kind,
            encoding=self.table.encoding,
            delimiter=self.table.delimiter,
            taken={role: headings[place].strip() for role, place in self.columns.places.items()},
            unused=self.columns.unused,
            private=self.columns.private,
            rows=len(self.kept),
            blank=self.blank,
        )
