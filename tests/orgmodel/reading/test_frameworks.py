"""Frameworks and other entries with an audience: reading, and refusal of invalid ones."""

import pytest

from orgmodel.model.entities import LEADER_LEVELS, Level
from orgmodel.model.provenance import Basis
from tests.builders import HEAD, codes, organisation, problems

UNITS = """
units:
  - {id: a, name: A, kind: sektion, leader: {id: l, title: L}}
  - {id: b, name: B, kind: team}
"""


def framework(body):
    (found,) = organisation(f"{UNITS}frameworks:\n  - {{id: f, name: F, {body}}}\n").frameworks
    return found


class TestAudience:
    def test_leaders_are_all_levels_that_lead_in_the_administration(self):
        (principle,) = framework("principles: [{da: P, levels: leaders}]").principles
        assert principle.audience.levels == LEADER_LEVELS
        assert Level.POLITICAL not in LEADER_LEVELS
        assert Level.STAFF not in LEADER_LEVELS

    def test_levels_may_be_mixed_and_each_counts_once(self):
        (principle,) = framework("principles: [{da: P, levels: [staff, leaders, top]}]").principles
        assert principle.audience.levels == (Level.STAFF, *LEADER_LEVELS)

    def test_an_ask_takes_its_principles_audience_unless_it_has_one(self):
        (principle,) = framework(
            "steering: [{da: P, kinds: sektion, asks: [x, {da: y, levels: staff}]}]"
        ).steering
        first, second = principle.asks
        assert first.audience.kind_ids == ("sektion",)
        assert (second.audience.kind_ids, second.audience.levels) == ((), (Level.STAFF,))

    def test_a_plain_text_is_a_principle(self):
        (principle,) = framework("definition: [Vær ordentlig]").definition
        assert (principle.text.da, principle.asks) == ("Vær ordentlig", ())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("principles: [{da: P, levels: bosses}]", "bad-choice"),
        ("principles: [{da: P, kinds: sekton}]", "unknown-reference"),
        ("principles: [{da: P, asks: [{en: only}]}]", "missing-key"),
        ("principles: P", "wrong-type"),
        ("unit: nope", "unknown-reference"),
        ("principle: [P]", "unknown-key"),
    ],
)
def test_what_is_refused(body, code):
    assert codes(f"{HEAD}{UNITS}frameworks:\n  - {{id: f, name: F, {body}}}\n") == [code]


def test_a_misspelt_kind_is_told_with_the_nearest():
    (problem,) = problems(
        f"{HEAD}{UNITS}frameworks:\n  - {{id: f, name: F, principles: [{{da: P, kinds: sekton}}]}}\n"
    )
    assert problem.message("en") == (
        "there is no kind with the id “sekton”: did you mean “sektion”?"
    )


def test_a_relation_may_be_inferred_with_a_reason():
    relation = "relations: [{from: a, to: b, kind: serves, basis: inferred, reason: so}]\n"
    (found,) = organisation(UNITS + relation).relations
    assert found.basis is Basis.INFERRED
    assert found.reason
    assert found.reason.da == "so"
    assert codes(HEAD + UNITS + relation.replace(", reason: so", "")) == ["missing-key"]


def test_a_date_of_a_profile_may_be_another_day():
    profile = (
        "profiles: [{position: l, dates: [{date: 2026-03-23, or: 2026-03-24, kind: meeting}]}]"
    )
    (found,) = organisation(UNITS + profile).profiles["l"].milestones
    assert (str(found.alternative), found.end) == ("2026-03-24", None)


PROFILE = (
    "groups: [{id: g, name: G, kind: k, members: [l]}]\n"
    "profiles: [{position: l, contacts: [l], committee: g, further_reading: [{da: Vision}]}]\n"
)


def test_a_profile_names_who_to_ask_who_appoints_and_what_to_read():
    profile = organisation(UNITS + PROFILE).profiles["l"]
    assert [one.position_id for one in profile.contacts] == ["l"]
    assert profile.committee_id == "g"
    assert [item.text.da for item in profile.further_reading] == ["Vision"]


@pytest.mark.parametrize(
    "wrong", [("contacts: [l]", "contacts: [m]"), ("committee: g", "committee: l")]
)
def test_whom_a_profile_names_must_be_there(wrong):
    assert codes(HEAD + UNITS + PROFILE.replace(*wrong)) == ["unknown-reference"]
