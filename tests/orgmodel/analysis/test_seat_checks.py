"""Seats: too many holders on any day, too few, and more hours than they can have."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import findings
from orgmodel.analysis.findings.seat_checks import crowds_of
from orgmodel.model.dates import PartialDate, Period
from orgmodel.model.entities import Holding, Position
from orgmodel.model.names import Text
from tests.builders import units


def messages(data, code, language="en"):
    return [one.message.text(language) for one in findings(data) if one.code == code]


def post(said, unit=""):
    return units(
        f"- {{id: a, name: A, kind: k, {unit}positions: [{{id: p, title: Konsulent, {said}}}]}}"
    )


class TestOpenSeats:
    @pytest.mark.parametrize(
        ("said", "n", "english", "danish"),
        [
            (
                "seats: 3, holder: [Bo, Cia]",
                1,
                "Konsulent has 3 seats: 2 held, 1 open. No source names who holds it.",
                "Konsulent har 3 pladser: 2 besat, 1 åben. Ingen kilde siger, hvem der har den.",
            ),
            (
                "seats: 3, holder: Bo",
                2,
                "Konsulent has 3 seats: 1 held, 2 open. No source names who holds them.",
                "Konsulent har 3 pladser: 1 besat, 2 åbne. Ingen kilde siger, hvem der har dem.",
            ),
            (
                "seats: 2, status: vacant, holder: Bo",
                1,
                "Konsulent has 2 seats: 1 held, 1 advertised.",
                "Konsulent har 2 pladser: 1 besat, 1 opslået.",
            ),
        ],
    )
    def test_are_counted_and_told(self, said, n, english, danish):
        data = post(said)
        assert data.open_seats("p") == n
        assert messages(data, "seats-open") == [english]
        assert messages(data, "seats-open", "da") == [danish]
        assert messages(data, "vacant-but-held") == []

    @pytest.mark.parametrize(
        "said", ["seats: 3", "seats: 2, holder: [Bo, Cia]", "holder: [Bo, Cia]", "status: vacant"]
    )
    def test_are_those_of_a_post_that_is_held_in_part(self, said):
        data = post(said)
        assert data.open_seats("p") == 0
        assert messages(data, "seats-open") == []

    def test_are_those_of_the_day(self):
        data = post("seats: 2, holder: [Bo, {name: Cia, from: 2026-06}]")
        assert [data.open_seats("p"), data.on(date(2026, 6, 1)).open_seats("p")] == [1, 0]


class TestFullTime:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            (
                "fte: 37",
                "Konsulent has one seat and 37 full-time posts. Are these hours a week, or are there more seats?",
            ),
            (
                "seats: 2, fte: 74",
                "Konsulent has 2 seats and 74 full-time posts. Are these hours a week, or are there more seats?",
            ),
        ],
    )
    def test_more_than_the_seats_can_have_is_asked_about(self, said, words):
        assert messages(post(said), "fte-unlikely") == [words]

    @pytest.mark.parametrize(
        "said",
        ["fte: 1", "fte: 1.1", "seats: 37, fte: 37", "seats: 2, seats_at_least: true, fte: 37"],
    )
    def test_what_may_be_so_is_not(self, said):
        assert messages(post(said), "fte-unlikely") == []


class TestTooManyHolders:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("holder: [N, O]", "one seat and 2 holders."),
            ("seats: 2, holder: [N, O, P]", "2 seats and 3 holders."),
            (
                "holder: [{name: N, to: 2026-07-15}, {name: O, from: 2026-07-01}]",
                "one seat and 2 holders from 1 July 2026 to 15 July 2026.",
            ),
            (
                "holder: [{name: N, to: 2024-01-01}, {name: O, from: 2024-01-01}]",
                "one seat and 2 holders on 1 January 2024.",
            ),
            ("holder: [N, {name: O, from: 2027}]", "one seat and 2 holders from 1 January 2027."),
            ("holder: [N, {name: O, to: 2020}]", "one seat and 2 holders until 31 December 2020."),
            (
                "holder: [N, {name: O, to: 2020}, {name: P, from: 2027-02-01, to: 2027-02}]",
                "one seat and 2 holders until 31 December 2020, "
                "from 1 February 2027 to 28 February 2027.",
            ),
            (
                "to: 2026-03-31, holder: [N, {name: O, from: 2026-03-01}]",
                "one seat and 2 holders from 1 March 2026 to 31 March 2026.",
            ),
        ],
    )
    def test_are_found_on_whatever_day_they_are(self, said, words):
        data = post(said)
        assert messages(data, "too-many-holders") == [f"Konsulent has {words}"]
        assert messages(data.on(date(2030, 1, 1)), "too-many-holders") == [
            f"Konsulent has {words}"
        ]

    @pytest.mark.parametrize(
        ("said", "unit"),
        [
            ("holder: [{name: N, to: 2026-06-30}, {name: O, from: 2026-07-01}]", ""),
            ("seats: 2, holder: [N, O]", ""),
            ("seats: 1, seats_at_least: true, holder: [N, O]", ""),
            ("to: 2026-03, holder: [N, {name: O, from: 2026-04}]", ""),
            ("holder: [N, {name: O, from: 2026-04}]", "to: 2026-03, "),
        ],
    )
    def test_are_not_where_one_follows_the_other_or_the_post_is_gone(self, said, unit):
        assert messages(post(said, unit), "too-many-holders") == []


START = date(2026, 1, 1)
SPAN = 12
DAY = st.none() | st.integers(0, SPAN - 1)


def partial(day):
    return None if day is None else PartialDate.of(START + timedelta(days=day))


PERIODS = st.tuples(DAY, DAY).map(lambda ends: Period(partial(ends[0]), partial(ends[1])))


@given(
    holdings=st.lists(PERIODS.filter(Period.is_in_order), max_size=5),
    own=PERIODS.filter(Period.is_in_order),
    seats=st.integers(1, 3),
)
def test_crowded_days_are_those_that_counting_each_finds(holdings, own, seats):
    position = Position(
        id="p",
        title=Text("P"),
        unit_id="u",
        seats=seats,
        period=own,
        holdings=tuple(
            Holding(person_id=str(n), period=period) for n, period in enumerate(holdings)
        ),
    )
    crowds = crowds_of(position)
    first = START.toordinal() - 2
    for day in range(first, first + SPAN + 4):
        when = date.fromordinal(day)
        holders = sum(period.covers(when) for period in holdings) if own.covers(when) else 0
        covering = [one for one in crowds if one.days.first <= day <= one.days.last]
        assert len(covering) == (holders > seats)
        assert all(one.holders >= holders for one in covering)
    ends = [end for crowd in crowds for end in crowd.days]
    assert ends == sorted(ends)
    assert all(crowd.holders > seats for crowd in crowds)
