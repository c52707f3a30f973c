"""What changes between two dates: who comes, goes, holds, leads, and who posts then report to."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel import Organisation, StructureError
from orgmodel.analysis.questions.changes import (
    ChangeKind,
    change_days,
    change_words,
    changes,
    expected,
)
from orgmodel.model.dates import PartialDate, Period
from orgmodel.model.entities import Holding, Person, Position, StatedLine, Unit
from orgmodel.model.names import Text
from orgmodel.model.organisation import Record
from orgmodel.model.profiles import MilestoneKind
from tests.builders import post, unit, units

NEW_YEAR, MIDSUMMER = date(2026, 1, 1), date(2026, 6, 24)


def told(found, start=NEW_YEAR, end=MIDSUMMER):
    """Every change as its kind, its entity, its day and its English sentence."""
    return [
        (one.kind.value, one.entity_id, one.day, change_words(one).text("en"))
        for one in changes(found, start, end)
    ]


def centre(leader=None, **said):
    return unit("a", leader, name="Centre A", kind="center", **said)


def leader(*holders):
    return units(centre(post("chef", title="Chef", status="vacant", holder=list(holders))))


def held(name, start=None, end=None, **said):
    """Who holds a post, from and to when."""
    ends = {"from": start, "to": end}
    return {"name": name, **said, **{key: day for key, day in ends.items() if day is not None}}


class TestHolders:
    def test_one_acts_until_the_named_one_comes(self):
        found = leader(held("Mia Midt", end="2026-04", acting=True), held("Nina Ny", "2026-05"))
        sentence = "Chef, Centre A: held by Nina Ny, before by Mia Midt (acting)"
        assert told(found) == [("holder", "chef", date(2026, 5, 1), sentence)]

    def test_advertised_until_the_appointment(self):
        sentence = "Chef, Centre A: held by Nina Ny; before: Advertised"
        assert told(leader(held("Nina Ny", "2026-05-01"))) == [
            ("holder", "chef", date(2026, 5, 1), sentence)
        ]

    def test_advertised_after_the_holder_left(self):
        sentence = "Chef, Centre A: no longer held by Gro Gammel; now: Advertised"
        assert told(leader(held("Gro Gammel", end="2026-02"))) == [
            ("holder", "chef", date(2026, 3, 1), sentence)
        ]

    def test_who_acted_is_appointed(self):
        found = leader(held("Mia Midt", end="2026-04", acting=True), held("Mia Midt", "2026-05"))
        sentence = "Chef, Centre A: the same holder; status: Named, before: Acting"
        assert told(found) == [("status", "chef", date(2026, 5, 1), sentence)]

    def test_of_two_holders_the_other_one_acts(self):
        found = leader(
            *(held("Bo", end="2026-02"), held("Bo", "2026-03", acting=True)),
            *(held("Ea", end="2026-02", acting=True), held("Ea", "2026-03")),
        )
        sentence = "Chef, Centre A: held by Bo (acting), Ea, before by Bo, Ea (acting)"
        assert told(found) == [("holder", "chef", date(2026, 3, 1), sentence)]

    def test_one_who_came_and_went_in_between_is_no_change(self):
        assert told(leader(held("Kort Tid", "2026-02", "2026-03"))) == []

    def test_the_day_is_that_of_the_last_holder_not_of_the_first_to_go(self):
        found = leader(
            held("Gro", end="2026-01"), held("Mia", "2026-02", "2026-03"), held("Nina", "2026-05")
        )
        assert [one.day for one in changes(found, NEW_YEAR, MIDSUMMER)] == [date(2026, 5, 1)]

    def test_a_second_entry_of_the_same_holder_is_no_change(self):
        assert told(leader(held("Mia", end="2026-02"), held("Mia", "2026-03"))) == []


def closing():
    """Team T, with Subteam S in it, is there until the end of March."""
    team = unit(
        "t",
        post("teamleder", title="Teamleder", holder="Bo"),
        name="Team T",
        kind="team",
        to="2026-03",
        units=[unit("s", name="Subteam S", kind="team")],
    )
    chief = post("chef", title="Chef", holder="Anne")
    adviser = post("konsulent", title="Konsulent", reports_to="teamleder")
    return units(centre(chief, positions=[adviser], units=[team]))


class TestUnitsAndPosts:
    def test_a_unit_closes_and_who_referred_to_its_leader_refers_to_the_one_above(self):
        found = closing()
        april = date(2026, 4, 1)
        assert told(found) == [
            (
                "line",
                "konsulent",
                april,
                "Konsulent, Centre A: reports to Chef, Centre A; before, to Teamleder, Team T",
            ),
            ("unit-ends", "t", april, "Team T no longer exists"),
            (
                "position-ends",
                "teamleder",
                april,
                "Teamleder, Team T no longer exists; Bo held it",
            ),
            ("unit-ends", "s", april, "Subteam S no longer exists"),
        ]
        assert changes(found, NEW_YEAR, MIDSUMMER)[1].position_id == "teamleder"

    def test_a_leader_comes_and_the_rest_of_the_unit_refers_to_the_post(self):
        chief = post("chef", title="Chef", from_="2026-02", holder="Anne")
        found = units(centre(chief, positions=[post("konsulent", title="Konsulent")]))
        day = date(2026, 2, 1)
        assert told(found) == [
            ("leader", "a", day, "Centre A: led by Chef, Centre A; before, by no known post"),
            ("position-begins", "chef", day, "Chef, Centre A is a new post, held by Anne"),
            (
                "line",
                "konsulent",
                day,
                "Konsulent, Centre A: reports to Chef, Centre A; before, to no known post",
            ),
        ]

    def test_a_leader_goes_and_the_unit_has_none(self):
        chief = post("chef", title="Chef", to="2026-02", status="vacant")
        found = units(centre(chief, positions=[post("konsulent", title="Konsulent")]))
        assert [sentence for *_, sentence in told(found)] == [
            "Centre A: no longer led by Chef, Centre A",
            "Chef, Centre A no longer exists",
            "Konsulent, Centre A: no longer reports to Chef, Centre A, nor to any other post",
        ]

    def test_an_added_post_is_one_change_and_says_how_many_seats_it_has(self):
        seats = {"seats": 3, "from": "2026-03-15", "status": "vacant"}
        posts = [post("ny", title="Konsulent", **seats)]
        found = units(centre(post("chef", title="Chef"), positions=posts))
        sentence = "Konsulent · 3 seats, Centre A is a new post (Advertised)"
        assert told(found) == [("position-begins", "ny", date(2026, 3, 15), sentence)]

    def test_a_unit_in_a_new_unit_begins_with_it(self):
        team = unit("t", name="Team T", kind="team", from_="2026-02")
        found = units(centre(from_="2026-03", units=[team]))
        assert told(found) == [
            ("unit-begins", "a", date(2026, 3, 1), "Centre A is a new unit"),
            ("unit-begins", "t", date(2026, 3, 1), "Team T is a new unit"),
        ]

    def test_a_superior_whose_unit_comes_after_its_own_last_day_was_never_one(self):
        gone = unit("t", from_="2026-05", positions=[post("aldrig", to="2026-03")])
        posts = [post("konsulent", reports_to="aldrig")]
        found = units(unit("a", post("chef", from_="2026-02"), positions=posts), gone)
        lines = [one for one in told(found) if one[0] == "line"]
        assert [day for _, _, day, _ in lines] == [date(2026, 2, 1)]

    def test_changes_are_ordered_by_day_before_the_order_of_the_file(self):
        found = units(unit("a", from_="2026-03"), unit("b", to="2026-01"))
        assert [entity for _, entity, *_ in told(found)] == ["b", "a"]


class TestBounds:
    def test_the_same_day_twice_differs_in_nothing(self):
        assert changes(closing(), NEW_YEAR, NEW_YEAR) == ()

    @pytest.mark.parametrize("function", [changes, expected])
    def test_dates_in_the_wrong_order_are_refused(self, function):
        with pytest.raises(ValueError, match="2026-01-01 is before 2026-06-24"):
            function(closing(), MIDSUMMER, NEW_YEAR)

    def test_the_ends_of_the_calendar_are_no_changes(self):
        found = leader(held("A", "0001-01-01", "9999"), held("B", "9999-12-31"))
        assert change_days(found.record) == (date.max,)
        assert [one.day for one in changes(found, date.min, date.max)] == [date.max]


class TestChangeDays:
    def test_are_first_days_and_the_days_after_last_ones(self):
        holder = held("N", "2026-06", "2027")
        chief = post("chef", to="2026-05-31", holder=holder)
        found = units(unit("a", chief, from_="2026-02"))
        assert change_days(found.record) == (
            date(2026, 2, 1),
            date(2026, 6, 1),
            date(2028, 1, 1),
        )

    def test_there_are_none_without_dates(self):
        assert change_days(leader("N").record) == ()


class TestExpected:
    def test_the_shipped_data_announce_but_do_not_change(self, aalborg):
        assert change_days(aalborg.record) == ()
        found = expected(aalborg, date(2026, 2, 9), date(2026, 5, 1))
        days = [one.milestone.date.first_day() for one in found]
        assert days == sorted(days)
        starts = [one for one in found if one.milestone.kind is MilestoneKind.START]
        assert [one.position_id for one in starts] == [
            "chef-voksensocial",
            "chef-boern-og-familie",
        ]
        assert {one.milestone.date.first_day() for one in starts} == {date(2026, 5, 1)}

    def test_the_first_date_is_past_and_the_second_is_not(self, aalborg):
        deadline, day_before = date(2026, 2, 23), date(2026, 2, 22)
        assert [one.milestone.kind.value for one in expected(aalborg, day_before, deadline)] == [
            "deadline"
        ]
        assert expected(aalborg, deadline, deadline + timedelta(1)) == ()

    def test_a_post_that_is_not_there_yet_is_named(self):
        found = units(
            centre(positions=[post("ny", title="Konsulent", from_="2026-08")]),
            profiles=[{"position": "ny", "dates": [{"date": "2026-06", "kind": "deadline"}]}],
        )
        assert [one.name.text("en") for one in expected(found, NEW_YEAR, MIDSUMMER)] == [
            "Konsulent, Centre A"
        ]


@given(start=st.dates(), end=st.dates())
def test_the_shipped_data_have_no_changes_between_any_dates(aalborg, start, end):
    assert changes(aalborg, min(start, end), max(start, end)) == ()


# Random organisations ------------------------------------------------------------------------

FIRST = date(2026, 1, 1)
days = st.integers(0, 12).map(lambda n: FIRST + timedelta(n))
PEOPLE = tuple(Person(id=name, name=name.title()) for name in ("anne", "bo", "cecilie"))


@st.composite
def periods(draw):
    ends = sorted([draw(days), draw(days)])
    start, end = (draw(st.none() | st.just(PartialDate.of(day))) for day in ends)
    return Period(start, end)


@st.composite
def records(draw):
    """Units in units; any post may lead any unit, and report to any other, but never in a circle."""
    unit_ids = [f"u{n}" for n in range(draw(st.integers(1, 4)))]
    post_ids = [f"p{n}" for n in range(draw(st.integers(0, 5)))]
    no_one_or_any = st.sampled_from([None, *post_ids])
    holdings = st.builds(
        Holding,
        person_id=st.sampled_from([one.id for one in PEOPLE]),
        acting=st.booleans(),
        period=periods(),
    )
    record = Record(
        id="test",
        name=Text("Test"),
        as_of=PartialDate(2026),
        people=PEOPLE,
        units=tuple(
            Unit(
                id=unit_id,
                name=Text(unit_id),
                kind_id="k",
                parent_id=draw(st.sampled_from([None, *unit_ids[:n]])),
                leader_id=draw(no_one_or_any),
                period=draw(periods()),
            )
            for n, unit_id in enumerate(unit_ids)
        ),
        positions=tuple(
            Position(
                id=post_id,
                title=Text(post_id),
                unit_id=draw(st.sampled_from(unit_ids)),
                reports_to=(stated := draw(no_one_or_any)) and StatedLine(superior_id=stated),
                holdings=tuple(draw(st.lists(holdings, max_size=3))),
                period=draw(periods()),
            )
            for post_id in post_ids
        ),
    )
    assume(not any(runs_in_a_circle(record, day) for day in (date.min, *change_days(record))))
    return record


def runs_in_a_circle(record, day):
    try:
        return not isinstance(Organisation(record, day).lines, Mapping)
    except StructureError:
        return True


def in_force(record, day):
    """All that is in force on a day, apart from what follows from a post's coming or going."""
    snapshot = Organisation(record, day)
    return {
        ("units", frozenset(snapshot.units)),
        ("posts", frozenset(snapshot.positions)),
        *(("holder", one, standing(snapshot, one)) for one in snapshot.positions),
        *(("line", one, line.superior_id) for one, line in snapshot.lines.items()),
        *(("leader", one, led_by(snapshot, one)) for one in snapshot.units),
    }


def standing(snapshot, post):
    people = {one.person_id for one in snapshot.holdings(post)}
    firmly = {one.person_id for one in snapshot.holdings(post) if not one.acting}
    return frozenset((person, person in firmly) for person in people)


def led_by(snapshot, unit):
    return next((post for post, led in snapshot.led_units.items() if unit in led), None)


def state(record, change, day):
    """What a change is about, on a day."""
    snapshot = Organisation(record, day)
    match change.kind:
        case ChangeKind.LINE:
            return snapshot.lines[change.entity_id].superior_id
        case ChangeKind.HOLDER | ChangeKind.STATUS:
            return standing(snapshot, change.entity_id)
        case ChangeKind.LEADER:
            return led_by(snapshot, change.entity_id)
        case _:
            return snapshot.has(change.entity_id)


intervals = st.tuples(days, days).filter(lambda pair: pair[0] < pair[1])


@pytest.mark.slow
@given(record=records(), interval=intervals)
def test_there_are_changes_just_where_something_in_force_differs(record, interval):
    start, end = interval
    differs = in_force(record, start) != in_force(record, end)
    assert bool(changes(Organisation(record), start, end)) is differs
    assert not differs or any(start < day <= end for day in change_days(record))


@pytest.mark.slow
@given(record=records(), interval=intervals)
def test_from_its_day_on_all_is_new_and_the_day_before_it_was_not(record, interval):
    start, end = interval
    for change in changes(Organisation(record), start, end):
        new = state(record, change, end)
        assert start < change.day <= end
        assert change.day in change_days(record)
        assert state(record, change, start) != new
        assert state(record, change, change.day - timedelta(1)) != new
        since = (end - change.day).days + 1
        assert all(state(record, change, end - timedelta(n)) == new for n in range(since))


@pytest.mark.slow
@given(record=records(), interval=intervals)
def test_each_change_is_told_once_in_a_sentence_that_names_what_it_happens_to(record, interval):
    found = changes(Organisation(record), *interval)
    told_of = [(one.entity_id, one.kind) for one in found]
    assert len(set(told_of)) == len(told_of)
    for one in found:
        assert one.name.text("da") in change_words(one).text("da")
        if one.kind in {ChangeKind.POSITION_BEGINS, ChangeKind.POSITION_ENDS}:
            assert [other for other in found if other.entity_id == one.entity_id] == [one]
