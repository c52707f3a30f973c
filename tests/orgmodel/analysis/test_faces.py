"""All outputs agree on a leader: table, JSON, data frame, CSV, Excel, explanation, words, card."""

import csv
import io
import json
import re
from datetime import date

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel import Interval, levels, loads, spans
from orgmodel.analysis.spans.explaining import Explainer
from orgmodel.analysis.spans.figures import Figures
from orgmodel.analysis.spans.leader_figures import FIGURES, Knowing
from orgmodel.analysis.statistics.leader_table import leaders_table
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.tables import ColumnType
from orgmodel.drawing.card_texts import CardTexts
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.workbooks import About, workbook
from orgmodel.model.amounts import total
from orgmodel.model.entities import Level
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.texts import format_number
from tests.builders import HEAD, STATED_COMPLETE, post, problems, unit, units
from tests.orgmodel.analysis.test_explaining import KINDS, organisations

SHIPPED = ["aalborg", "ballerup", "silkeborg", "skanderborg"]
# Every output has these four; the outputs with columns have all intervals of the registry.
ASKED = ("span", "direct_leaders", "direct_staff", "reach")
INTERVALS = {one.key: one for one in FIGURES if one.type is ColumnType.INTERVAL}
KEYS = list(INTERVALS)


def ends(interval):
    """Both ends as in a file; an unknown figure has neither, rather than 0."""
    if interval is None or (interval.low == 0 and interval.high is None):
        return (None, None)
    return (interval.low, interval.high)


def wanted(row):
    """The expected figures of a leader in every output, by name."""
    return {key: ends(getattr(row, key)) for key in KEYS}


# The outputs: both ends of every figure that the output has, by id of the leader. -------------------


def of_table(table):
    rows = [dict(zip([one.key for one in table.columns], row, strict=True)) for row in table.rows]
    return {row["post_id"]: {key: ends(row[key]) for key in KEYS if key in row} for row in rows}


def of_records(records, name):
    """JSON has an object of two ends, or null."""
    found = {}
    for row in json.loads(json.dumps(list(records))):
        both = {key: row[key] or {"low": None, "high": None} for key in KEYS if key in row}
        assert {"low": 0, "high": None} not in both.values()
        found[row[name]] = {key: (one["low"], one["high"]) for key, one in both.items()}
    return found


def of_frame(figures):
    return {
        row["id"]: {key: (row[f"{key}_low"], row[f"{key}_high"]) for key in KEYS}
        for row in figures.frame().to_dicts()
    }


def of_cells(heads, rows, language):
    """Files have a column for each end, and an empty cell if it is open or unknown."""
    least, most, post = {
        "da": ("{}, mindst", "{}, højst", "Stillingens id"),
        "en": ("{}, at least", "{}, at most", "Id of the post"),
    }[language]
    found = {}
    for row in rows:
        cells = dict(zip(heads, row, strict=True))
        assert len(cells) == len(heads)
        names = {key: INTERVALS[key].name.text(language) for key in KEYS}
        found[cells[post]] = {
            key: tuple(number(cells[end.format(name)], language) for end in (least, most))
            for key, name in names.items()
            if least.format(name) in cells
        }
    return found


def number(cell, language):
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return float(cell.replace(",", ".") if language == "da" else cell)
    return cell


def of_csv(table, language):
    text = csv_text(table, language).removeprefix("\ufeff")
    delimiter = ";" if language == "da" else ","
    heads, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return of_cells(heads, rows, language)


def of_excel(table, language):
    content = workbook((table,), About("Test", date(2026, 2, 9)), language)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return of_cells(heads, rows[: len(table.rows)], language)


# Words ------------------------------------------------------------------------------------------


def in_words(interval):
    low, high = interval.low, interval.high
    if ends(interval) == (None, None):
        return "not stated"
    if low == high:
        return format_number(low, "en")
    if high is None:
        return f"at least {format_number(low, 'en')}"
    return f"{format_number(low, 'en')}–{format_number(high, 'en')}"


def headline(interval):
    """The lower end, marked while the upper differs; from 0 both ends."""
    is_bounded = interval.high != interval.low and interval.low > 0
    return in_words(Interval(interval.low, None) if is_bounded else interval)


def leaders_in_words(row):
    noun = "leader" if row.direct_leaders.low == 1 else "leaders"
    return f"{in_words(row.direct_leaders)} {noun} directly"


def tells_leaders_alone(row):
    """Whether only leaders are known among the direct reports."""
    return ends(row.direct_staff) == (None, None) and row.direct_leaders.low > 0


def check_words(row, span, reach):
    assert (span.interval, reach.interval) == (row.span, row.reach)
    alone = f"{leaders_in_words(row)}; staff directly: not stated"
    told = span.words.text("en")
    assert told == (alone if tells_leaders_alone(row) else headline(row.span))
    told = reach.words.text("en")
    is_unknown = ends(row.reach) == (None, None)
    assert (told == "not stated") == is_unknown
    assert (told == "0") == (ends(row.reach) == (0, 0))
    # Rough numbers stand as their sources give them, and each is one that it may be.
    for one in re.findall(r"\d[\d,]*(?:\.\d)?", told):
        value = float(one.replace(",", ""))
        assert row.reach.low - 0.05 <= value
        assert row.reach.high is None or value <= row.reach.high + 0.05


def check_card(row, span, reach, lines, told, *, is_political):
    unknown = [ends(one) == (None, None) for one in (row.reach, row.span)]
    if all(unknown):
        assert (lines, told) == ((), "number not stated")
        return
    # If only direct reports are known below, their number is the only one.
    is_told = unknown[0] or row.reach.high is not None or row.reach.low != row.span.low
    said = ["below: not stated" if unknown[0] else f"{reach.words.text('en')} below"] * is_told
    said += [one.text("en") for one in reach.notes if is_told]
    if unknown[1]:
        said.append("direct: not stated")
    elif tells_leaders_alone(row):
        short = re.sub(r"at least (\d+)", r"\1+", leaders_in_words(row))
        said += [short, "staff unknown"]
    else:
        said.append(f"{headline(row.span)} direct")
    notes = [one.text("en") for one in span.notes]
    said += [one for one in notes if one != "assumed" or row.knowing is Knowing.ASSUMED]
    assert told == " · ".join(said)
    # The card has room for one line: the same numbers in fewer words, and never another number.
    number = r"\d[\d,.–]*"
    assert set(re.findall(number, " ".join(lines))) <= set(re.findall(number, told))
    assert len(lines) <= 2
    # A politician's card has none, and one leader with nothing else known is what a chart shows.
    is_told_below = not unknown[0] and is_told
    assert lines or is_political or (tells_leaders_alone(row) and not is_told_below)


# All together -------------------------------------------------------------------------------------


def check_files(figures, languages):
    """Check the outputs that list the leaders in statistics, in the same order."""
    table = leaders_table(span_report(figures), names=True)
    faces = {
        "table": of_table(table),
        "records": of_records(table.records("en"), "post_id"),
    }
    for language in languages:
        faces[f"csv {language}"] = of_csv(table, language)
        faces[f"excel {language}"] = of_excel(table, language)
    is_counted = figures.counted()
    listed = [one for n, one in enumerate(figures.ids) if is_counted[n]]
    for face, found in faces.items():
        assert list(found) == listed, face
        for position_id, told in found.items():
            assert set(ASKED) <= set(told), face
            expected = wanted(figures.of(position_id))
            assert told == {key: expected[key] for key in told}, (face, position_id)


def check_faces(figures, languages=("en",)):
    check_files(figures, languages)
    printed = of_records((row.as_dict() for row in figures), "id")
    frame = of_frame(figures)
    assert list(printed) == list(frame) == list(figures.ids)
    explainer, words = Explainer(figures), Figures(figures)
    cards = CardTexts(figures, levels(figures.organisation), "en")
    for row in figures:
        position_id, expected = row.position_id, wanted(row)
        assert printed[position_id] == expected
        for key, both in frame[position_id].items():
            # An open end is null; for unknown figures see below.
            assert both[1] == expected[key][1]
            assert expected[key] == (None, None) or both == expected[key]
        span, reach = words.span(position_id), words.reach(position_id)
        for figure, explained, interval in (
            (span, explainer.span(position_id), row.span),
            (reach, explainer.reach(position_id), row.reach),
        ):
            assert explained.figure == figure
            assert total([one.adds for one in explained.counted]) == interval
        check_words(row, span, reach)
        is_political = cards.level(position_id) is Level.POLITICAL
        check_card(row, span, reach, *cards.figure_lines(position_id), is_political=is_political)


@pytest.mark.parametrize("left_out", [LEFT_OUT_AT_FIRST, {Who.PLANNED}], ids=["as shown", "all"])
@pytest.mark.parametrize("name", SHIPPED)
def test_of_the_shipped_data(shipped, name, left_out):
    check_faces(spans(shipped[name], leave_out=left_out), ("da", "en"))


@pytest.mark.slow
@given(organisations(), st.sets(st.sampled_from(Who)))
def test_of_anything(body, left_out):
    text = f"{HEAD}{KINDS}units:\n{body}"
    assume(not problems(text))
    check_faces(spans(loads(text), leave_out=left_out))


class TestWorkedOut:
    def test_what_is_known_open_or_not_known(self):
        """L leads only M. M leads O and an unknown number of others; nothing is known of O's span."""
        lowest = unit("c", post("o", reports_to="m"))
        middle = unit("b", post("m", reports_to="l"), units=[lowest])
        figures = spans(
            units(unit("a", "l", complete=STATED_COMPLETE, units=[middle]), sourced=True)
        )
        told = [(row.position_id, ends(row.span)) for row in figures]
        assert told == [("l", (1, 1)), ("m", (1, None)), ("o", (None, None))]
        assert [one["span"] for one in of_frame(figures).values()] == [span for _id, span in told]
        check_faces(figures)

    def test_of_one_line_with_two_leaders_both_say_from_none_to_one(self):
        either = post("p", reports_to={"position": "la", "or": "lb"})
        figures = spans(
            units(
                unit("a", "la", complete=STATED_COMPLETE, positions=[either]),
                unit("b", "lb", complete=STATED_COMPLETE),
                sourced=True,
            )
        )
        for leader in ("la", "lb"):
            # In LA and in LB all are listed: P alone, who reports to one of the two.
            row = figures.of(leader)
            assert row.span == row.direct_staff == Interval(0, 1)
            words = Figures(figures).span(leader)
            assert words is not None
            assert (words.words.text("da"), words.words.text("en")) == ("0–1", "0–1")
            (counted,) = Explainer(figures).span(leader).counted
            assert (counted.position_id, counted.adds) == ("p", Interval(0, 1))
        check_faces(figures)
