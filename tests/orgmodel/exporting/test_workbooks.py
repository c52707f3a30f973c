"""Tables as a workbook, opened again by another program."""

import io
import zipfile
from datetime import date
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from orgmodel import Interval, spans
from orgmodel.analysis.statistics.leader_table import leaders_table
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.statistics.span_tables import span_tables
from orgmodel.analysis.tables import Column, ColumnType, Table
from orgmodel.exporting import workbooks
from orgmodel.exporting.workbooks import About, workbook
from orgmodel.model.names import Text
from orgmodel.reading.bands import shipped_bands
from tests.builders import units

ABOUT = About("Aalborg Kommune", date(2026, 2, 9), (("Kilde", "Jobprofiler, 004.txt"),))


def table(name="Test", rows=(), heading="Tekst"):
    columns = (
        Column("text", Text(heading), ColumnType.TEXT, Text("Hvad teksten er")),
        Column("count", Text("Antal"), ColumnType.COUNT, Text("Hvor mange")),
        Column("share", Text("Andel"), ColumnType.SHARE, Text("Hvor stor en del")),
        Column("span", Text("Spænd"), ColumnType.INTERVAL, Text("Fra og til")),
    )
    return Table("test", Text(name), Text("Om tabellen"), columns, tuple(rows))


def opened(tables, language="da", about=ABOUT):
    return openpyxl.load_workbook(io.BytesIO(workbook(tables, about, language)))


def values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_one_sheet_a_table_and_one_that_explains(aalborg):
    tables = span_tables(span_report(spans(aalborg), shipped_bands()), names=True)
    book = opened(tables)
    assert len(book.sheetnames) == len(tables) + 1
    for sheet, one in zip(book.worksheets, tables, strict=False):
        assert sheet.max_row == len(one.rows) + 1
        assert sheet.freeze_panes == "B2"
        # A filter has a row to filter, even of a table without rows.
        ends = (sheet.max_column, max(sheet.max_row, 2))
        assert sheet.auto_filter.ref == f"A1:{get_column_letter(ends[0])}{ends[1]}"


def test_the_last_sheet_explains_every_column_and_names_the_sources(aalborg):
    tables = span_tables(span_report(spans(aalborg)), names=True)
    *_others, last = opened(tables).worksheets
    rows = [tuple(row) for row in values(last)]
    for one in tables:
        assert (one.name.text("da"), None, one.about.text("da")) in rows or (
            one.name.text("da"),
            "",
            one.about.text("da"),
        ) in rows
        for column in one.columns:
            wanted = (one.name.text("da"), column.name.text("da"), column.meaning.text("da"))
            assert wanted in rows
    assert ("Aalborg Kommune", "Kilde", "Jobprofiler, 004.txt") in rows
    assert any(row[2] == "2026-02-09" for row in rows)


def test_numbers_are_numbers_and_the_unknown_is_empty():
    rows = [("a", 12_345, 0.25, Interval(1.5, None)), (None, None, None, None)]
    sheet = opened([table(rows=rows)]).worksheets[0]
    assert values(sheet)[1] == ["a", 12_345, 0.25, 1.5, None]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n", "n"]
    assert sheet["B2"].number_format == "#,##0"
    assert sheet["C2"].number_format == "0%"
    # Of the second row nothing is known: it has no cells.
    assert len(values(sheet)) == 2


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://example.org", "{=1}", "internal:A!B1"]


def test_no_text_is_a_formula_or_a_link():
    rows = [(text, 1, 0.5, Interval(1, 2)) for text in HOSTILE]
    about = About("=1+1", date(2026, 2, 9), (("=1", "=2"), ("k", "https://example.org")))
    book = opened([table(name="=1+1", rows=rows, heading="=1+1")], about=about)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert [row[0] for row in values(book.worksheets[0])][1:] == HOSTILE


def test_names_of_an_organisation_stay_as_they_are():
    data = units("""
        - {id: a, name: "=A1", kind: k, leader: {id: l, title: "@SUM(1)", holder: "+45 Bo"}}
    """)
    book = opened([leaders_table(span_report(spans(data)), names=True)])
    assert values(book.worksheets[0])[1][:3] == ["@SUM(1)", "+45 Bo", "=A1"]


@pytest.mark.parametrize(
    "name",
    ["x" * 80, "a/b\\c:d*e?f[g]h'", "", "'", "History", "history", "æøå " * 20, "a\x01b", "\x00"],
)
def test_sheets_have_short_names_unlike_one_another(name):
    book = opened([table(name=name), table(name=name), table(name=name.upper())])
    assert len({one.casefold() for one in book.sheetnames}) == 4
    assert all(1 <= len(one) <= 31 for one in book.sheetnames)
    assert not any(set(one) & set("[]:*?/\\") for one in book.sheetnames)
    assert not any(one.casefold() == "history" for one in book.sheetnames)


CONTROL = "a\x00\x01\x08\x0b\x0c\x1f\x7f\ud800\ufffe\uffff_x0041_\tb\nc"


def test_characters_that_xml_has_no_room_for_do_not_break_the_file():
    about = About(CONTROL, date(2026, 2, 9), ((CONTROL, CONTROL),))
    book = opened(
        [table(name=CONTROL, heading=CONTROL, rows=[(CONTROL, 1, 0.5, None)])], about=about
    )
    sheet = book.worksheets[0]
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.value.startswith("a")
        assert cell.value.endswith("_x0041_\tb\nc")
        assert not set(cell.value) & set("\x00\x01\x08\x0b\x0c\x1f\ud800\ufffe\uffff")


def test_no_text_is_markup_of_the_file():
    hostile = "<r><t>bold</t></r><f>1+1</f></r>"
    sheet = opened([table(rows=[(hostile, 1, 1, None)])]).worksheets[0]
    assert sheet["A2"].value == f" {hostile}"


def test_every_part_of_the_file_is_xml():
    content = workbook([table(name=CONTROL, rows=[(CONTROL, 1, 1, None)])], ABOUT, "da")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            fromstring(parts.read(name))  # noqa: S314 - our own file


def test_long_texts_are_cut_where_a_cell_ends():
    sheet = opened([table(rows=[("å" * 40_000, 1, 1, None)])]).worksheets[0]
    assert sheet["A2"].value == "å" * 32_767


def test_a_table_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "_MOST_ROWS", 1)
    rows = [("a", 1, 1, None)] * 2
    with pytest.raises(ValueError, match="2 rows are more than a sheet holds"):
        workbook([table(rows=rows)], ABOUT, "da")


def test_a_table_without_rows_opens():
    assert values(opened([table()]).worksheets[0]) == [
        ["Tekst", "Antal", "Andel", "Spænd, mindst", "Spænd, højst"]
    ]
