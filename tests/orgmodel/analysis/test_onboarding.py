"""Whom a new leader meets first, and what the frameworks ask of a post."""

import pytest

from orgmodel import UnknownIdError
from orgmodel.analysis.questions.onboarding import expectations, people_to_meet
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
    def test_leader_peers_reports_and_chairs_in_that_order_each_once(self, data):
        assert list(met(data, "me").items()) == [
            ("chief", ["you report to this post", "chairs G"]),
            ("aide", ["has the same leader as you"]),
            ("peer", ["has the same leader as you"]),
            ("mine", ["reports to you"]),
            ("other", ["chairs H"]),
        ]

    def test_nobody_meets_themselves(self, data):
        assert "me" not in met(data, "me")
        assert met(data, "mine") == {"me": ["you report to this post", "chairs Own"]}

    def test_who_may_be_the_superior_instead_is_met_too(self, aalborg):
        found = met(aalborg, "leder-rusmiddelafsnittet")
        assert found["centerchefer-oevrige"] == ["you report to this post"]
        assert found["centerchef-livskraft"] == [
            "may also be your leader; the source leaves it open"
        ]

    def test_the_order_for_an_advertised_post(self, ballerup):
        # the leader, three peers, and two entries for seven direct reports
        assert list(met(ballerup, "leder-plejehjemsomraadet")) == [
            "centerchef",
            "leder-sundhedsomraadet",
            "leder-hjemmeboende-borgere",
            "stabsleder",
            "plejehjemsleder",
            "leder-koekken-ballerup",
        ]

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
