"""Dates as precise as they were given, and periods of them."""

from datetime import date

import pytest

from orgmodel.model.dates import PartialDate, Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-05-01", date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_the_days_that_a_date_may_mean(text, first, last):
    parsed = PartialDate.parse(text)
    assert (parsed.first_day(), parsed.last_day(), str(parsed)) == (first, last, text)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-5", "2026-13", "2026-02-30", "0000", "1. maj 2026", "２０２６"]
)
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"not a date|must be in|out of range"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("2026", "2026", "2026"),
        ("2026-05", "maj 2026", "May 2026"),
        ("2026-05-01", "1. maj 2026", "1 May 2026"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is(text, danish, english):
    parsed = PartialDate.parse(text)
    assert (parsed.text("da"), parsed.text("en")) == (danish, english)


def test_a_period_holds_both_its_ends():
    period = Period(PartialDate(2026, 1), PartialDate(2026, 4))
    assert [period.covers(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]
    assert [period.covers(day) for day in (date(2026, 4, 30), date(2026, 5, 1))] == [True, False]


def test_an_open_period_holds_every_day():
    assert Period().covers(date.min)
    assert Period().covers(date.max)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2026-10-01", "2027-10-01"),
        ("2026-10", "2027-10"),
        ("2026", "2027"),
        ("2024-02-29", "2025-02-28"),
        ("9999", "None"),
    ],
)
def test_a_year_later(day, later):
    assert str(PartialDate.parse(day).a_year_later()) == later
