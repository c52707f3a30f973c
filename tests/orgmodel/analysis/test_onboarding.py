"""Whom a new leader meets first, and what the frameworks ask of a post."""

from datetime import date

import pytest

from orgmodel import UnknownIdError
from orgmodel.analysis.questions.onboarding import (
    deputies,
    expectations,
    first_year_dates,
    people_to_meet,
)
from orgmodel.analysis.spans.counting import levels
from tests.builders import organisation

BODY = """
    units:
      - id: top
        name: Top
        kind: center
        leader: {id: chief, title: Chief}
        positions:
          - {id: aide, title: Aide}
        units:
          - id: a
            name: A
            kind: sektion
            leader: {id: me, title: Me}
            positions: [{id: mine, title: Mine}]
          - id: b
            name: B
            kind: team
            leader: {id: peer, title: Peer}
            positions: [{id: other, title: Other}]
    groups:
      - {id: g, name: G, kind: k, members: [me, {position: chief, role: chair}]}
      - {id: h, name: H, kind: k, members: [me, {position: other, role: chair}]}
      - {id: own, name: Own, kind: k, members: [{position: me, role: chair}, mine]}
      - {id: open, name: Open, kind: k, members: [me]}
    frameworks:
      - id: all
        name: All
        principles:
          - da: Everybody
            asks: [be kind, {da: lead, levels: leaders}, {da: lead leaders, levels: leader-of-leaders}]
          - {da: Sections, kinds: sektion, asks: [translate, {da: answer, levels: political}]}
          - {da: Bare, levels: leader-of-staff}
      - {id: part, name: Part, unit: b, definition: [{da: Only B}]}
"""


@pytest.fixture(scope="module")
def data():
    return organisation(BODY)


def met(data, position_id):
    return {
        one.position_id: [reason.text("en") for reason in one.reasons]
        for one in people_to_meet(data, position_id)
    }


def asked(data, position_id):
    return {
        one.principle.text.da: [ask.text.da for ask in one.asks]
        for one in expectations(data, levels(data), position_id)
    }


class TestPeopleToMeet:
    def test_the_best_reason_first_and_each_post_once(self, data):
        assert list(met(data, "me").items()) == [
            ("chief", ["your leader", "chairs G, where you sit"]),
            ("mine", ["reports to you", "you both sit in Own"]),
            ("other", ["chairs H, where you sit"]),
            ("aide", ["has the same leader as you"]),
            ("peer", ["has the same leader as you"]),
        ]

    def test_nobody_meets_themselves(self, data):
        assert "me" not in met(data, "me")
        assert met(data, "mine") == {"me": ["your leader", "chairs Own, where you sit"]}

    def test_who_may_be_the_superior_instead_is_met_too(self, aalborg):
        found = met(aalborg, "leder-rusmiddelafsnittet")
        assert found["centerchefer-oevrige"] == ["your leader"]
        assert found["centerchef-livskraft"] == [
            "may also be your leader; the source leaves it open"
        ]

    def test_the_order_for_an_advertised_post(self, ballerup):
        # the leader, two entries for seven direct reports, and three from the centre management team
        assert list(met(ballerup, "leder-plejehjemsomraadet")) == [
            "centerchef",
            "plejehjemsleder",
            "leder-koekken-ballerup",
            "leder-sundhedsomraadet",
            "leder-hjemmeboende-borgere",
            "stabsleder",
        ]

    def test_a_shared_group_says_more_than_a_shared_leader(self, ballerup):
        assert met(ballerup, "leder-plejehjemsomraadet")["stabsleder"] == [
            "you both sit in Centerledelsen",
            "leads Staben (the staff unit), a staff unit of Center for Omsorg og Sundhedsfremme",
        ]

    def test_whose_unit_has_to_do_with_mine(self, silkeborg):
        # The head of the department is served by the secretariat, but is met as the leader.
        found = met(silkeborg, "sektionsleder-sekretariatet")["sundheds-og-omsorgschef"]
        assert found[0] == "your leader"
        assert not any("served" in reason for reason in found)


class TestDeputies:
    BODY = """
    units:
      - id: top
        name: Top
        kind: center
        leader: {id: chief, title: Chief}
        positions: [{id: second, title: Second}, {id: third, title: Third}]
    relations:
      - {from: second, to: chief, kind: deputises-for}
      - {from: third, to: chief, kind: coordinates-with, about: {da: mad, en: meals}}
    """

    def test_a_deputy_is_told_and_met_from_both_sides(self):
        data = organisation(self.BODY)
        assert deputies(data, "chief") == ("second",)
        assert deputies(data, "second") == ()
        assert met(data, "chief") == {
            "second": ["your deputy", "reports to you"],
            "third": ["reports to you", "coordinates with you (meals)"],
        }
        assert met(data, "second")["chief"] == ["your leader", "you are the deputy"]


class TestDates:
    def test_those_before_the_start_are_left_out_once_it_has_come(self, silkeborg):
        profile = silkeborg.profiles["sektionsleder-sekretariatet"]
        before = first_year_dates(profile, date(2025, 11, 30))
        assert [stone.kind.value for stone in before] == [
            "deadline",
            "interview",
            "meeting",
            "interview",
            "start",
        ]
        assert first_year_dates(profile) == before
        (start,) = first_year_dates(profile, date(2025, 12, 1))
        assert str(start.date) == "2025-12-01"

    def test_a_period_that_reaches_past_the_start_stays(self, skanderborg):
        profile = skanderborg.profiles["myndigheds-og-sekretariatschef"]
        kept = first_year_dates(profile, date(2026, 10, 1))
        assert [str(stone.date) for stone in kept] == ["2026", "2026-10-01", "2026-10"]


class TestUnknown:
    def test_an_unknown_post(self, data):
        with pytest.raises(UnknownIdError):
            people_to_meet(data, "nope")
        with pytest.raises(UnknownIdError):
            expectations(data, {}, "nope")


class TestExpectations:
    def test_follow_level_kind_and_unit(self, data):
        assert asked(data, "chief") == {"Everybody": ["be kind", "lead", "lead leaders"]}
        assert asked(data, "me") == {
            "Everybody": ["be kind", "lead"],
            "Sections": ["translate"],
            "Bare": [],
        }
        assert asked(data, "peer") == {"Everybody": ["be kind", "lead"], "Bare": [], "Only B": []}
        assert asked(data, "mine") == {"Everybody": ["be kind"]}
        assert asked(data, "other") == {"Everybody": ["be kind"], "Only B": []}

    def test_politicians_are_asked_only_by_name(self, aalborg):
        assert asked(aalborg, "raadmand") == {}
        assert asked(aalborg, "direktoer")

    def test_the_level_of_section_leaders_speaks_to_all_five(self, silkeborg):
        leaders = [one for one in silkeborg.positions if one.startswith("sektionsleder")]
        assert len(leaders) == 5
        for leader in leaders:
            assert "Bindeled mellem strategi og drift" in asked(silkeborg, leader)
        assert "Bindeled mellem strategi og drift" not in asked(silkeborg, "teamleder")
