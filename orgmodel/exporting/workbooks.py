"""Tables as an Excel workbook: one sheet per table, and one that explains all columns."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter

from orgmodel.analysis.tables import ColumnType, flat_columns, flat_rows
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from orgmodel.analysis.tables import Table
    from orgmodel.texts import Language

_LONGEST_SHEET_NAME, _LONGEST_CELL = 31, 32_767
_MOST_ROWS = 1_048_575
_NARROWEST, _WIDEST, _ROWS_LOOKED_AT = 9, 60, 200
_FORMATS = {ColumnType.SHARE: "0%", ColumnType.COUNT: "#,##0", ColumnType.NUMBER: "#,##0.##"}
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
# A sheet name reserved by Excel.
_NO_SHEET_NAMES = ("history",)
# Characters not allowed in XML (XML 1.0, 2.2).
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class About:
    """The metadata on a workbook's last sheet, one row each.

    Attributes
    ----------
    title
        Its subject, also the document's title.
    day
        The date for which the data are shown.
    facts
        Further pairs of a name and a text: the sources, the options chosen.
    """

    title: str
    day: date
    facts: tuple[tuple[str, str], ...] = ()


def workbook(tables: Sequence[Table], about: About, language: Language) -> bytes:
    """Return tables as the bytes of an Excel file.

    Numbers are numeric cells, the header row is frozen, and every column has a filter. Texts are
    never interpreted as formulas or links; control characters, which are not allowed, are left
    out.

    Raises
    ------
    ValueError
        If a table has more than 1,048,575 rows, the limit of a sheet.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": _cell_text(about.title)})
    for table in tables:
        if len(table.rows) > _MOST_ROWS:
            book.close()
            reason = f"{len(table.rows)} rows are more than a sheet holds"
            raise ValueError(reason)
        _write_table(book, table, language)
    _write_explanation(book, tables, about, language)
    book.close()
    return out.getvalue()


def _write_table(book: Workbook, table: Table, language: Language) -> None:
    sheet = book.add_worksheet(_sheet_name(book, table.name.text(language)))
    columns = flat_columns(table, language)
    formats = [
        book.add_format({"num_format": _FORMATS[sort]}) if sort in _FORMATS else None
        for _name, sort in columns
    ]
    widths = [max(_NARROWEST, len(name) + 3) for name, _sort in columns]
    _write_header(book, sheet, [name for name, _sort in columns])
    last = 0
    for last, row in enumerate(flat_rows(table, language), 1):
        for n, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, n, _cell_text(value), formats[n])
                if last <= _ROWS_LOOKED_AT:
                    widths[n] = max(widths[n], len(value) + 2)
            elif value is not None:
                sheet.write_number(last, n, value, formats[n])
    for n, width in enumerate(widths):
        sheet.set_column(n, n, min(width, _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _write_explanation(
    book: Workbook, tables: Sequence[Table], about: About, language: Language
) -> None:
    def words(text: str) -> str:
        return message(text).text(language)

    sheet = book.add_worksheet(_sheet_name(book, words(N_("About the figures"))))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    names = (N_("Sheet"), N_("Column"), N_("What it means and how it is found"))
    _write_header(book, sheet, [words(name) for name in names])
    rows: list[tuple[str, str, str]] = [
        (about.title, words(N_("Shown as of")), about.day.isoformat()),
        *((about.title, name, text) for name, text in about.facts),
        (
            about.title,
            words(N_("At least, at most")),
            words(
                N_(
                    "Where a figure is not known exactly, its lowest and highest values are "
                    "given. An empty cell means not stated, never 0."
                )
            ),
        ),
    ]
    for table in tables:
        name = table.name.text(language)
        rows.append((name, "", table.about.text(language)))
        rows.extend(
            (name, column.name.text(language), column.meaning.text(language))
            for column in table.columns
        )
    for n, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(n, column, _cell_text(text), wrapped)
    for n, width in enumerate((32, 30, 100)):
        sheet.set_column(n, n, width)
    sheet.freeze_panes(1, 0)


def _write_header(book: Workbook, sheet: Worksheet, names: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for n, name in enumerate(names):
        sheet.write_string(0, n, _cell_text(name), bold)


def _cell_text(text: str) -> str:
    """Return a text valid for a cell: without characters not allowed in XML, and truncated."""
    plain = _NOT_IN_XML.sub("", text)
    # The writer would interpret this as its own markup.
    is_markup = plain.startswith("<r>") and plain.endswith("</r>")
    return (" " + plain if is_markup else plain)[:_LONGEST_CELL]


def _sheet_name(book: Workbook, name: str) -> str:
    """Return a valid sheet name that is not used yet."""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", _NOT_IN_XML.sub("", name))
    wanted = " ".join(plain.split())[:_LONGEST_SHEET_NAME].strip() or "1"
    taken = {*_NO_SHEET_NAMES} | {one.get_name().casefold() for one in book.worksheets()}
    found, number = wanted, 1
    while found.casefold() in taken:
        number += 1
        end = f" {number}"
        found = wanted[: _LONGEST_SHEET_NAME - len(end)] + end
    return found
