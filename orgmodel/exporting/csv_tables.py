"""Tables as CSV, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from orgmodel.analysis.tables import flat_columns, flat_rows

if TYPE_CHECKING:
    from orgmodel.analysis.tables import Table
    from orgmodel.texts import Language

# Spreadsheets read cells with these prefixes as formulas (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"


def csv_text(table: Table, language: Language) -> str:
    """Return a table as CSV in the dialect that spreadsheets expect for the language.

    Danish uses `;` as delimiter and a decimal comma, English `,` and a decimal point. The text
    starts with a byte order mark, without which spreadsheets misread æ, ø and å. A text that a
    spreadsheet would read as a formula is prefixed with an apostrophe. Unknown values are empty
    cells.
    """
    out = io.StringIO(newline="")
    is_danish = language == "da"
    writer = csv.writer(out, delimiter=";" if is_danish else ",", lineterminator="\r\n")
    writer.writerow(harmless(name) for name, _sort in flat_columns(table, language))
    for row in flat_rows(table, language):
        writer.writerow(_cell(value, decimal_comma=is_danish) for value in row)
    return _BYTE_ORDER_MARK + out.getvalue()


def harmless(text: str) -> str:
    """Return a text, prefixed with an apostrophe if a spreadsheet would read it as a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else text


def _cell(value: str | float | None, *, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    number = str(int(value)) if float(value).is_integer() else f"{value:.6g}"
    return number.replace(".", ",") if decimal_comma else number
