"""Findings: each kind where it is, and not where it is not."""

import pytest

from orgmodel import findings
from orgmodel.model.finding_kinds import FINDING_KINDS
from tests.builders import organisation, tree, units


def found(data, code):
    return [finding for finding in findings(data) if finding.code == code]


def message(data, code):
    (finding,) = found(data, code)
    return finding.message.text("en")


UNIT = "units:\n  - {id: a, name: A, kind: k, leader: {id: l, title: L}}\n"

EXAMPLES = {
    "several-roots": (
        "units:\n  - {id: a, name: A, kind: k, leader: {id: l, title: L}}\n"
        "  - {id: b, name: B, kind: k, leader: {id: m, title: M}}\n",
        ("l", "m"),
        "2 posts refer to nobody: L, M. A complete chart has one top.",
    ),
    "group-without-chair": (
        UNIT + "groups: [{id: g, name: G, kind: k, members: [l]}]\n",
        ("g",),
        "It is not stated who chairs G.",
    ),
    "group-size-differs": (
        UNIT + "groups: [{id: g, name: G, kind: k, size: 5, members: [l]}]\n",
        ("g",),
        "G is said to have 5 members; 1 are listed.",
    ),
    "totals-disagree": (
        "units:\n  - id: a\n    name: A\n    kind: k\n    employees: 10\n    units:\n"
        "      - {id: b, name: B, kind: k, employees: 7}\n"
        "      - {id: c, name: C, kind: k, employees: 4}\n",
        ("a", "b", "c"),
        "A is stated to have 10 employees; its parts have at least 11.",
    ),
    "figures-differ": (
        "units: [{id: a, name: A, kind: k, employees: [100, ca. 80]}]\n",
        ("a",),
        "For A the sources give 100 employees / approx. 80 employees.",
    ),
    "headcount-not-distributed": (
        "units:\n  - id: a\n    name: A\n    kind: k\n    employees: 10\n"
        "    units: [{id: b, name: B, kind: k, employees: 7}]\n",
        ("a",),
        "Of 10 employees in A, 3 are in no listed post and in no part with its own headcount.",
    ),
    "two-spellings": (
        "units: [{id: a, name: A, kind: k, leader: {id: l, title: L, "
        "holder: {name: Jesper Dalgaard, also: Jesper Dahlgaard}}}]\n",
        ("l",),
        "Jesper Dalgaard is also spelled Jesper Dahlgaard.",
    ),
    "several-names": (
        "units: [{id: a, name: Konsulentafdelingen, kind: k, also: Konsulentgruppen}]\n",
        ("a",),
        "Konsulentafdelingen is also called Konsulentgruppen.",
    ),
    "unit-without-leader": (
        "units: [{id: a, name: A, kind: k, units: [{id: b, name: B, kind: k}]}]\n",
        ("b",),
        "It is not stated who leads B.",
    ),
    "leaders-partly-named": (
        "units:\n  - id: a\n    name: A\n    kind: k\n    leader: {id: l, title: L}\n    units:\n"
        "      - {id: b, name: B, kind: team, leader: {id: m, title: M, holder: Bo Berg}}\n"
        "      - {id: c, name: C, kind: team, leader: {id: n, title: N, seats: 2}}\n"
        "      - {id: d, name: D, kind: team, leader: {id: o, title: O, status: vacant}}\n",
        ("a", "b", "c", "d", "m", "n", "o"),
        "Leaders of units of the kind “team”: 3, of whom named 1: Bo Berg.",
    ),
    "superior-not-named": (
        "units:\n  - id: a\n    name: A\n    kind: k\n    leader: {id: l, title: L}\n"
        "    positions: [{id: p, title: P, holder: Bo Berg}, {id: q, title: Q, holder: Ea Ek}]\n",
        ("l", "p", "q"),
        "Bo Berg, Ea Ek refer to a post whose holder is not named: L, A.",
    ),
    "superior-not-stated": (
        "units: [{id: a, name: A, kind: k, units: [{id: b, name: B, kind: k, "
        "leader: {id: l, title: L}}]}]\n",
        ("l", "b", "a"),
        "L, B is a part of A; whom the post refers to there is not stated.",
    ),
    "superior-unsettled": (
        "units:\n  - id: a\n    name: A\n    kind: k\n    positions:\n"
        "      - {id: p, title: P}\n      - {id: q, title: Q}\n"
        "      - {id: r, title: R, reports_to: {position: p, or: q}}\n",
        ("r", "p", "q"),
        "R, A is drawn under P, A, but may refer to Q, A.",
    ),
    "too-many-holders": (
        "units: [{id: a, name: A, kind: k, leader: {id: l, title: L, holder: [N, O]}}]\n",
        ("l",),
        "L has one seat and 2 holders.",
    ),
    "vacant-but-held": (
        "units: [{id: a, name: A, kind: k, leader: {id: l, title: L, status: vacant, holder: N}}]\n",
        ("l",),
        "L is advertised, and yet has a holder.",
    ),
    "kind-not-described": (
        "kinds: {k: unit}\nunits: [{id: a, name: A, kind: k}, {id: b, name: B, kind: q}]\n",
        ("b",),
        "The word 'q' is not in the list of kinds, so it has no English one.",
    ),
    "profile-without-post": (
        "units: [{id: a, name: A, kind: k, leader: {id: l, title: L, from: 2027}}]\n"
        "profiles: [{position: l}]\n",
        ("l",),
        "There is a profile of l, which is not there.",
    ),
}


def test_every_kind_that_is_worked_out_has_an_example():
    assert set(EXAMPLES) == {code for code, kind in FINDING_KINDS.items() if not kind.recorded}


@pytest.mark.parametrize("code", EXAMPLES)
def test_is_found_with_what_it_is_about(code):
    body, entities, words = EXAMPLES[code]
    (finding,) = found(organisation(body), code)
    assert finding.entity_ids == entities
    assert finding.message.text("en") == words
    assert finding.severity is FINDING_KINDS[code].severity
    assert finding.message.text("da") != words


class TestNotFound:
    def test_in_a_plain_organisation(self):
        data = organisation("""
kinds: {k: unit}
units:
  - id: a
    name: A
    kind: k
    employees: 10
    leader: {id: l, title: L, holder: N}
    units: [{id: b, name: B, kind: k, employees: 9, leader: {id: m, title: M}}]
groups: [{id: g, name: G, kind: k, size: 2, members: [{position: l, role: chair}, m]}]
""")
        # 10 employees are L and the 9 of B
        assert findings(data) == ()

    def test_stated_figures_that_can_both_be_true(self):
        assert not found(
            units("- {id: a, name: A, kind: k, employees: [100, ca. 98]}"), "figures-differ"
        )

    def test_a_group_whose_members_are_not_all_listed(self):
        data = organisation(
            UNIT + "groups: [{id: g, name: G, kind: k, size: 5, complete: false, members: [l]}]\n"
        )
        assert not found(data, "group-size-differs")

    def test_a_holder_who_comes_later(self):
        data = units("""
            - id: a
              name: A
              kind: k
              leader: {id: l, title: L, status: vacant, holder: {name: N, from: 2026-05}}
        """)
        assert not found(data, "vacant-but-held")


class TestSpellings:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Jesper Dalgaard", "Jesper Dahlgaard"),
            ("Lars Kristensen", "Lars Christensen"),
            ("Søren Aagaard", "Søren Ågård"),
            ("Anne-Fie Bisgaard", "Anne Fie Bisgaard"),
        ],
    )
    def test_two_people_may_be_one(self, one, other):
        data = units(f"""
            - id: a
              name: A
              kind: k
              positions:
                - {{id: p, title: P, holder: {one}}}
                - {{id: q, title: Q, holder: {other}}}
        """)
        assert message(data, "two-spellings") == (
            f"{one}, {other} may be one person in two spellings."
        )

    @pytest.mark.parametrize(
        ("one", "other"), [("Bo Berg", "Bo Bang"), ("Ann Holm", "Anna Holm"), ("Per", "Pia")]
    )
    def test_other_people_are_other_people(self, one, other):
        data = units(f"""
            - id: a
              name: A
              kind: k
              positions:
                - {{id: p, title: P, holder: {one}}}
                - {{id: q, title: Q, holder: {other}}}
        """)
        assert not found(data, "two-spellings")


class TestAalborg:
    def test_the_spelling_of_a_name_with_both_sources(self, aalborg):
        (finding,) = [
            f for f in found(aalborg, "two-spellings") if "jobcenterchef" in f.entity_ids
        ]
        assert [citation.place for citation in finding.citations] == ["472", "977"]

    def test_what_people_wrote_down_is_kept(self, aalborg):
        recorded = [finding for finding in findings(aalborg) if finding.recorded]
        assert len(recorded) == len(aalborg.record.findings) == 24
        assert all(finding.citations for finding in recorded)

    def test_warnings_come_first(self, aalborg):
        severities = [finding.severity.value for finding in findings(aalborg)]
        assert severities == sorted(severities, reverse=True)

    def test_two_tops(self, aalborg):
        (finding,) = found(aalborg, "several-roots")
        assert finding.entity_ids == ("raadmand", "dagtilbudschef")


def test_a_thousand_people_with_one_name_take_one_pass(monkeypatch):
    data = tree({f"p{n}": None for n in range(1000)})
    asked = []

    def holdings(post):
        asked.append(post)
        return ()

    monkeypatch.setattr(data, "holdings", holdings)
    found(data, "two-spellings")
    assert len(asked) <= 6 * len(data.positions)
