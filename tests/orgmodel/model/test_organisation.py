"""The organisation on a date, its statuses, and that nothing in it can be changed."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from orgmodel import UnknownIdError
from orgmodel.model.statuses import Status
from tests.builders import STATED_COMPLETE, post, unit, units

HOLDERS = [
    {"name": "Gro Gammel", "to": "2025-12"},
    {"name": "Mia Midt", "acting": True, "from": "2026-01", "to": "2026-04"},
    {"name": "Nina Ny", "from": "2026-05-01"},
]
DATED = unit(
    "a",
    post("chef", status="vacant", holder=HOLDERS),
    positions=[post("nyt", from_="2026-06")],
    units=[unit("gammel", "gammelleder", to="2025")],
)


class TestOnADate:
    @pytest.mark.parametrize(
        ("day", "status", "names"),
        [
            (date(2025, 12, 31), Status.NAMED, ["Gro Gammel"]),
            (date(2026, 1, 1), Status.ACTING, ["Mia Midt"]),
            (date(2026, 4, 30), Status.ACTING, ["Mia Midt"]),
            (date(2026, 5, 1), Status.NAMED, ["Nina Ny"]),
        ],
    )
    def test_who_holds_the_post(self, day, status, names):
        found = units(DATED).on(day)
        assert found.status("chef") is status
        assert [person.name for person in found.holders("chef")] == names

    def test_a_post_is_vacant_until_the_appointment(self):
        holder = {"name": "N", "from": "2026-05-01"}
        found = units(unit("a", post("chef", status="vacant", holder=holder)))
        assert found.status("chef") is Status.VACANT
        assert found.on(date(2026, 5, 1)).status("chef") is Status.NAMED

    def test_posts_and_units_come_and_go(self):
        found = units(DATED)
        assert list(found.positions) == ["chef"]
        assert list(found.on(date(2026, 6, 1)).positions) == ["chef", "nyt"]
        assert list(found.on(date(2025, 6, 1)).positions) == ["chef", "gammelleder"]
        assert list(found.units) == ["a"]

    def test_the_record_keeps_all(self):
        assert len(units(DATED).record.positions) == 3


class TestStatus:
    def test_a_post_without_a_holder_is_unnamed_not_vacant(self):
        assert units(unit("a", "chef")).status("chef") is Status.UNNAMED

    def test_a_planned_post_is_planned_and_makes_nobody_a_leader(self):
        planned = post("ny", status="planned", reports_to="chef")
        found = units(unit("a", positions=["chef", planned]))
        assert found.status("ny") is Status.PLANNED
        assert found.leader_ids == frozenset()


class TestLeaders:
    @pytest.mark.parametrize(
        "said", [{"direct_leaders": 2}, {"direct_staff": 4}, {"is_leader": True}]
    )
    def test_of_whom_a_source_says_that_they_lead_lead(self, said):
        found = units(unit("a", positions=[post("p", **said), "q"]))
        assert found.leader_ids == {"p"}


@pytest.mark.parametrize(
    ("complete", "is_complete", "is_stated"),
    [
        (True, True, False),
        (STATED_COMPLETE, True, True),
        ({"value": False, "cite": "s"}, False, False),
    ],
)
def test_a_unit_is_stated_complete_where_a_source_is_cited_for_it(
    complete, is_complete, is_stated
):
    found = units(unit("a", complete=complete), sourced=True).units["a"]
    assert (found.complete, found.is_stated_complete) == (is_complete, is_stated)


class TestReadOnly:
    def test_entities_are_frozen(self, aalborg):
        with pytest.raises(FrozenInstanceError):
            aalborg.units["job-og-social"].name = "Andet"

    @pytest.mark.parametrize(
        "name", ["units", "positions", "people", "groups", "lines", "reports", "led_units"]
    )
    def test_mappings_take_nothing(self, aalborg, name):
        with pytest.raises(TypeError, match="does not support item assignment"):
            getattr(aalborg, name)["x"] = None

    @pytest.mark.parametrize("name", ["id", "name", "day", "record"])
    def test_properties_cannot_be_set(self, aalborg, name):
        with pytest.raises(AttributeError):
            setattr(aalborg, name, None)

    def test_changing_a_graph_changes_no_organisation(self, aalborg):
        tree = aalborg.reporting_tree()
        tree.remove_node("direktoer")
        assert "direktoer" in aalborg.reporting_tree()
        assert aalborg.lines["jobcenterchef"].superior_id == "direktoer"


def test_an_unknown_id_names_the_nearest(aalborg):
    with pytest.raises(UnknownIdError, match="did you mean 'jobcenterchef'") as caught:
        aalborg.position("jobcenterchf")
    assert caught.value.nearest[0] == "jobcenterchef"
