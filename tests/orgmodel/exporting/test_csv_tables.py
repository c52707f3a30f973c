"""Tables as CSV: read back by programs, harmless in spreadsheets."""

import csv
import io

import pandas as pd  # type: ignore[import-untyped]
import pytest

from orgmodel import Interval, spans
from orgmodel.analysis.statistics.leader_table import leaders_table
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.statistics.span_tables import span_tables
from orgmodel.analysis.tables import Column, ColumnType, Table
from orgmodel.exporting.csv_tables import csv_text, harmless
from orgmodel.model.names import Text
from tests.builders import units


def table(rows):
    """A table with a column of each sort."""
    columns = [
        Column(sort.value, Text(sort.value), sort, Text(f"Betydning af {sort.value}"))
        for sort in ColumnType
    ]
    return Table("test", Text("Test"), Text("Om"), tuple(columns), tuple(rows))


def read(text, language):
    assert text.startswith("\ufeff")
    return list(
        csv.reader(io.StringIO(text[1:], newline=""), delimiter=";" if language == "da" else ",")
    )


ROW = ('Ærø; "Å"\nto', 3, 0.25, 0.5, Interval(1.5, None))


def test_danish_has_semicolons_and_commas():
    heads, row = read(csv_text(table([ROW]), "da"), "da")
    assert heads == ["text", "count", "number", "share", "interval, mindst", "interval, højst"]
    assert row == ['Ærø; "Å"\nto', "3", "0,25", "0,5", "1,5", ""]


def test_english_has_commas_and_points():
    heads, row = read(csv_text(table([ROW]), "en"), "en")
    assert heads[4:] == ["interval, at least", "interval, at most"]
    assert row == ['Ærø; "Å"\nto', "3", "0.25", "0.5", "1.5", ""]


def test_lines_end_as_the_standard_has_it():
    assert csv_text(table([("a", 1, 1, 1, None)]), "en").endswith("\r\na,1,1,1,,\r\n")


def test_what_is_not_known_is_empty_and_never_0():
    _heads, row = read(csv_text(table([(None, None, None, None, None)]), "da"), "da")
    assert row == [""] * 6


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_nothing_becomes_a_formula(start):
    hostile = f"{start}1+1"
    found = table([(hostile, 1, 1, 1, None)])
    _heads, row = read(csv_text(found, "da"), "da")
    assert row[0] == f"'{hostile}"
    assert harmless("Å = 1") == "Å = 1"


def test_headings_are_harmless_too():
    column = Column("k", Text("=cmd"), ColumnType.TEXT, Text("m"))
    found = Table("t", Text("T"), Text("A"), (column,), ())
    assert read(csv_text(found, "da"), "da") == [["'=cmd"]]


def test_names_of_an_organisation_are_harmless():
    data = units("""
        - id: a
          name: "=HYPERLINK(1)"
          kind: k
          leader: {id: l, title: "@SUM(1)", holder: "+45 Bo"}
    """)
    text = csv_text(leaders_table(span_report(spans(data)), names=True), "da")
    (_heads, row) = read(text, "da")
    assert row[:3] == ["'@SUM(1)", "'+45 Bo", "'=HYPERLINK(1)"]


def test_large_numbers_are_whole():
    _heads, row = read(csv_text(table([("a", 12_345_678, 1_234_567.0, 1, None)]), "da"), "da")
    assert row[1:3] == ["12345678", "1234567"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_pandas_reads_every_table_of_a_municipality(aalborg, language):
    for one in span_tables(span_report(spans(aalborg)), names=True):
        text = csv_text(one, language)
        frame = pd.read_csv(
            io.BytesIO(text.encode()),
            sep=";" if language == "da" else ",",
            decimal="," if language == "da" else ".",
            encoding="utf-8-sig",
        )
        assert len(frame) == len(one.rows)
        rows = read(text, language)
        assert list(frame.columns) == rows[0]
        assert {len(row) for row in rows} == {len(rows[0])}
    leaders = frame
    director = leaders[leaders.iloc[:, 0].isin(["Direktør", "Director"])].iloc[0]
    # five direct leaders; how many more of the 4,320 employees report directly is open
    spanned = [name for name in leaders.columns if name.startswith(("Ledelsesspænd,", "Span,"))]
    least, most = (director[name] for name in spanned)
    assert least == 5
    assert pd.isna(most)
