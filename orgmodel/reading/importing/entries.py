"""Entries: the rows of any kind of file, read but not yet set in relation to each other.

Columns of the frame, all of them there:

- `key`: how the file calls the post, null where it does not
- `hidden`: whether the key is private, so that it serves to follow references and nothing else
- `above`: the key of the post that it reports to, null where it reports to none
- `title`, `holder`, `unit`: texts, null where there is none
- `status`: a `Status` in words
- `seats`, `seats_at_least`, `fte`: as of a position
- `source`, `row`: the index of the file, and the number of the row in it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from orgmodel.reading.importing.cells import Cleaner, odd_cells
from orgmodel.reading.importing.holders import statuses_of
from orgmodel.reading.importing.report import FileKind, FileReport
from orgmodel.reading.importing.series import always, never, replaced, where

if TYPE_CHECKING:
    from orgmodel.reading.importing.headings import Columns
    from orgmodel.reading.importing.holders import Holders
    from orgmodel.reading.importing.report import Notes
    from orgmodel.reading.importing.tables import Table

_WHOLE = ("id", "reports_to")


@dataclass(slots=True)
class Sheet:
    """One file on its way to entries: its taken columns cleaned, and which rows stay.

    Attributes
    ----------
    source
        The index of the file.
    cells
        The taken columns by what they hold.
    stays
        Whether each row is neither blank nor left out.
    hidden
        Whether each row's id is private.
    lines_unread
        How many rows say whom they refer to where it is not read: such a line is lost.
    """

    table: Table
    source: int
    columns: Columns
    notes: Notes
    cells: dict[str, pl.Series]
    stays: pl.Series
    hidden: pl.Series
    blank: int = 0
    lines_unread: int = 0

    @classmethod
    def of(cls, table: Table, source: int, columns: Columns, notes: Notes) -> Sheet:
        """Return a table's taken columns as our texts; note uneven and count blank rows."""
        cleaner = Cleaner(notes, source, table.first_row, table.is_ascii)
        size = len(table.frame)
        sheet = cls(table, source, columns, notes, {}, always(size), never(size))
        taken = [str(place) for place in columns.places.values()]
        odd_ones = odd_cells(table.frame.select(taken))
        for role, place in columns.places.items():
            column, odd = table.frame[str(place)], odd_ones[str(place)]
            heading = table.headings[place]
            if role in _WHOLE:
                # A private id is kept until it has been followed: without it no line would be left.
                sheet.cells[role], private = cleaner.clean_ids(column, odd, heading)
                if role == "id":
                    sheet.hidden = private
            else:
                sheet.cells[role] = cleaner.clean(column, odd, heading)[0]
        sheet._leave_out_longer()
        sheet._leave_out_blank()
        sheet._note_shorter()
        return sheet

    def _leave_out_longer(self) -> None:
        """Leave out rows in which something stands behind the last heading."""
        for index, cells in self.table.longer:
            self._note("extra-cells", index, n=cells, width=len(self.table.headings))
        places = [index for index, _cells in self.table.longer]
        self.lines_unread += int(self.cell("reports_to").gather(places).is_not_null().sum())
        self.stays = replaced(self.stays, dict.fromkeys(places, False))

    def _leave_out_blank(self) -> None:
        """Leave out rows with nothing in any column, also in those that are not taken."""
        nothing_taken = pl.DataFrame(self.cells).select(pl.all_horizontal(pl.all().is_null()))
        empty = nothing_taken.to_series() & self.stays
        if empty.any():
            cells = self.table.frame.filter(empty).select(
                pl.any_horizontal(pl.all().str.contains(r"\S").fill_null(value=False))
            )
            places = empty.arg_true().filter(~cells.to_series())
            self.blank = len(places)
            self.stays = replaced(self.stays, dict.fromkeys(places, False))

    def _note_shorter(self) -> None:
        for index, cells in self.table.shorter:
            if self.stays[index]:
                self._note("missing-cells", index, n=cells, width=len(self.table.headings))

    def _note(self, code: str, index: int, **params: object) -> None:
        self.notes.add(code, self.source, self.table.first_row + index, **params)

    def cell(self, role: str) -> pl.Series:
        """Return a taken column; nothing but null where there is none."""
        found = self.cells.get(role)
        size = len(self.stays)
        return pl.repeat(None, size, dtype=pl.String, eager=True) if found is None else found

    def note_rows(self, code: str, mask: pl.Series, role: str, param: str) -> None:
        """Note something in every row that stays and where `mask` is true, with a cell of it."""
        rows = (mask & self.stays).fill_null(value=False).arg_true()
        values = where(self.cell(role), ~self.hidden).gather(rows).to_list()
        for index, value in zip(rows.to_list(), values, strict=True):
            self._note(code, index, **{param: value or ""})

    def leave_out(self, code: str, mask: pl.Series) -> None:
        """Leave rows out, with a note."""
        if mask.any():
            self.note_rows(code, mask, "id", "id")
            self.stays = self.stays & ~mask.fill_null(value=False)

    def entries(
        self, holders: Holders, seats: pl.Series, at_least: pl.Series, fte: pl.Series
    ) -> pl.DataFrame:
        """Return the entries of the rows that stay."""
        size = len(self.stays)
        statuses = holders.statuses
        if statuses is None:
            statuses = statuses_of(holders.names, never(size))
        first = self.table.first_row
        frame = pl.DataFrame(
            {
                "key": self.cell("id"),
                "hidden": self.hidden,
                "above": self.cell("reports_to"),
                "title": self.cell("title"),
                "holder": holders.names,
                "status": statuses,
                "unit": self.cell("unit"),
                "seats": seats,
                "seats_at_least": at_least,
                "fte": fte,
                "source": pl.repeat(self.source, size, dtype=pl.Int32, eager=True),
                "row": pl.int_range(first, first + size, dtype=pl.Int32, eager=True),
            }
        )
        return frame if self.stays.all() else frame.filter(self.stays)

    def keys_left_out(self) -> pl.Series:
        """Return the ids of rows that are not in the model."""
        return self.cell("id").filter(~self.stays).drop_nulls()

    def report(self, kind: FileKind) -> FileReport:
        """Return what was read of the file."""
        headings = self.table.headings
        return FileReport(
            name=self.table.name,
            kind=kind,
            encoding=self.table.encoding,
            delimiter=self.table.delimiter,
            taken={role: headings[place].strip() for role, place in self.columns.places.items()},
            unused=self.columns.unused,
            private=self.columns.private,
            rows=len(self.stays),
            blank=self.blank,
        )
