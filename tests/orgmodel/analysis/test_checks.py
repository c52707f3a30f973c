"""Findings: each kind is found where it applies, and nowhere else."""

import pytest

from orgmodel import findings
from orgmodel.analysis.findings.grouping import index_findings
from orgmodel.model.finding_kinds import FINDING_KINDS, Weight
from orgmodel.model.findings import Severity
from tests.builders import post, tree, unit, units


def found(data, code):
    return [finding for finding in findings(data) if finding.code == code]


def message(data, code):
    (finding,) = found(data, code)
    return finding.message.text("en")


def of_group(**said):
    """L leads A, and sits in the group G."""
    return units(
        unit("a", "l"), groups=[{"id": "g", "name": "G", "kind": "k", "members": ["l"], **said}]
    )


def led_by(**said):
    """A unit whose leader has the given fields."""
    return units(unit("a", post("l", **said)))


DALGAARD = {"name": "Jesper Dalgaard", "also": "Jesper Dahlgaard"}
LOST = {"stated": "P7", "to": "p", "reason": {"da": "en ring", "en": "a circle"}}
TEAMS = [
    unit("b", post("m", holder="Bo Berg"), kind="team"),
    unit("c", post("n", seats=2), kind="team"),
    unit("d", post("o", status="vacant"), kind="team"),
]
EXAMPLES = {
    "several-roots": (
        units(unit("a", "l"), unit("b", "m")),
        ("l", "m"),
        "2 posts report to nobody: L, M. A complete chart has one top.",
    ),
    "group-without-chair": (of_group(), ("g",), "It is not stated who chairs G."),
    "group-size-differs": (
        of_group(size=5),
        ("g",),
        "G is said to have 5 members; 1 are listed.",
    ),
    "totals-disagree": (
        units(unit("a", employees=10, units=[unit("b", employees=7), unit("c", employees=4)])),
        ("a", "b", "c"),
        "A is stated to have 10 employees; its parts have at least 11.",
    ),
    "figures-differ": (
        units(unit("a", employees=[100, "ca. 80"])),
        ("a",),
        "For A the sources give 100 employees / approx. 80 employees.",
    ),
    "headcount-not-distributed": (
        units(unit("a", employees=10, units=[unit("b", employees=7)])),
        ("a",),
        "Of 10 employees in A, 3 are in no listed post and in no part with its own headcount.",
    ),
    "two-spellings": (
        led_by(holder=DALGAARD),
        ("l",),
        "Jesper Dalgaard is also spelled Jesper Dahlgaard.",
    ),
    "several-names": (
        units(unit("a", name="Konsulentafdelingen", also="Konsulentgruppen")),
        ("a",),
        "Konsulentafdelingen is also called Konsulentgruppen.",
    ),
    "unit-without-leader": (
        units(unit("a", units=[unit("b")])),
        ("b",),
        "It is not stated who leads B.",
    ),
    "leaders-partly-named": (
        units(unit("a", "l", units=TEAMS)),
        ("a", "b", "c", "d", "m", "n", "o"),
        "Leaders of units of the type “team”: 3, 1 of them named: Bo Berg.",
    ),
    "superior-not-named": (
        units(unit("a", "l", positions=[post("p", holder="Bo Berg"), post("q", holder="Ea Ek")])),
        ("l", "p", "q"),
        "Bo Berg, Ea Ek report to a post whose holder is not named: L, A.",
    ),
    "superior-not-stated": (
        units(unit("a", units=[unit("b", "l")])),
        ("l", "b", "a"),
        "L, B is a part of A; who the post reports to there is not stated.",
    ),
    "superior-unsettled": (
        units(unit("a", positions=["p", "q", post("r", reports_to={"position": "p", "or": "q"})])),
        ("r", "p", "q"),
        "R, A is drawn under P, A, but may report to Q, A.",
    ),
    "line-lost": (
        units(unit("a", positions=["p", post("q", line_lost=LOST)])),
        ("q", "p"),
        "According to the source, Q, A reports to “P7”. The line was not kept: a circle",
    ),
    "seats-not-stated": (
        units(unit("a", "l", positions=[post("p", seats=3, seats_at_least=True)])),
        ("p",),
        "P, A has at least 3 seats; how many is not stated.",
    ),
    "too-many-holders": (
        led_by(holder=["N", "O"]),
        ("l",),
        "L has one seat and 2 holders.",
    ),
    "seats-open": (
        led_by(seats=3, holder=["N", "O"]),
        ("l",),
        "L has 3 seats: 2 held, 1 open. No source names who holds it.",
    ),
    "fte-unlikely": (
        led_by(fte=37),
        ("l",),
        "L has one seat and 37 full-time posts. Are these hours a week, or are there more seats?",
    ),
    "vacant-but-held": (
        led_by(status="vacant", holder="N"),
        ("l",),
        "L is advertised, although somebody holds it.",
    ),
    "kind-not-described": (
        units(unit("a"), unit("b", kind="q"), kinds={"k": "unit"}),
        ("b",),
        "The word “q” is not in the list of kinds, so it has no English translation.",
    ),
    "profile-without-post": (
        units(unit("a", post("l", from_="2027")), profiles=[{"position": "l"}]),
        ("l",),
        "There is a profile of l, which is not there.",
    ),
}


def test_every_kind_that_is_worked_out_has_an_example():
    assert set(EXAMPLES) == {code for code, kind in FINDING_KINDS.items() if not kind.recorded}


@pytest.mark.parametrize("code", EXAMPLES)
def test_is_found_with_what_it_is_about(code):
    data, entities, words = EXAMPLES[code]
    (finding,) = found(data, code)
    assert finding.entity_ids == entities
    assert finding.message.text("en") == words
    assert finding.severity is FINDING_KINDS[code].severity
    assert finding.message.text("da") != words


class TestRank:
    def test_what_may_make_a_figure_another_asks_for_a_look_and_words_never_do(self):
        by_weight = {
            weight: {kind.severity for kind in FINDING_KINDS.values() if kind.weight is weight}
            for weight in Weight
        }
        assert by_weight[Weight.FIGURES] == {Severity.WARNING}
        assert by_weight[Weight.WORDS] == {Severity.NOTE}

    def test_figures_stand_above_lines_and_lines_above_words(self):
        said = {"name": "Konsulentafdelingen", "also": "Konsulentgruppen"}
        leader = post("l", holder=DALGAARD)
        first = unit("a", leader, **said, employees=[100, "ca. 80"], units=[unit("b")])
        data = units(first, unit("c", "m"))
        assert [one.code for one in findings(data)] == [
            "several-roots",
            "figures-differ",
            "unit-without-leader",
            "leaders-partly-named",
            "two-spellings",
            "several-names",
            "kind-not-described",
        ]


class TestOfSeveral:
    """Findings with one sentence for several entries are merged into one finding."""

    def test_is_one_finding_about_all_with_the_sources_of_all(self):
        groups = [
            {"id": f"g{n}", "name": f"G{n}", "kind": "k", "cite": f"x {n}", "members": ["l"]}
            for n in range(1, 25)
        ]
        data = units(unit("a", "l"), groups=groups, sources={"x": {"title": "X"}})
        (finding,) = found(data, "group-without-chair")
        assert finding.entity_ids == tuple(f"g{n}" for n in range(1, 25))
        assert finding.message.text("en") == "It is not stated who chairs 24 groups."
        assert [one.place for one in finding.citations] == [str(n) for n in range(1, 25)]
        assert [part.message.text("en") for part in finding.parts][:2] == [
            "It is not stated who chairs G1.",
            "It is not stated who chairs G2.",
        ]

    def test_names_what_each_is_about_first(self):
        (finding,) = found(
            units(unit("a", units=[unit("b", "l"), unit("c", "m")])),
            "superior-not-stated",
        )
        assert finding.subject_ids == ("l", "m")
        assert finding.entity_ids == ("l", "b", "a", "m", "c")

    def test_a_word_of_its_own_stays_in_the_sentence(self):
        data = units(*(unit(f"u{n}", kind=f"k{n}") for n in range(12)))
        (finding,) = found(data, "kind-not-described")
        assert finding.message.text("en") == (
            "12 words are not in the list of kinds, so they have no English translation: "
            "k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 and 2 more."
        )

    @pytest.mark.parametrize(
        "code",
        [
            "group-without-chair",
            "unit-without-leader",
            "superior-not-named",
            "superior-not-stated",
        ],
    )
    def test_no_shipped_organisation_is_told_one_thing_twice(self, shipped, code):
        assert all(len(found(data, code)) <= 1 for data in shipped.values())

    def test_a_post_is_told_its_own_part(self, shipped):
        data = shipped["silkeborg"]
        (whole,) = found(data, "unit-without-leader")
        part = whole.parts[2]
        index = index_findings(findings(data))
        assert [one for _place, one in index[part.entity_ids[0]] if one.code == whole.code] == [
            part
        ]


class TestRecorded:
    """Sources contradict each other only if there are at least two."""

    @pytest.mark.parametrize(
        ("cite", "code"),
        [
            (["x 1", "y 1"], "sources-differ"),
            (["x 1", "x 2"], "source-unclear"),
            ("x 1", "source-unclear"),
        ],
    )
    def test_needs_two_sources(self, cite, code):
        data = units(
            unit("a", "l"),
            sources={"x": {"title": "X"}, "y": {"title": "Y"}},
            findings=[{"code": "sources-differ", "about": "a", "da": "T", "cite": cite}],
        )
        (finding,) = [one for one in findings(data) if one.recorded]
        assert (finding.code, finding.severity) == (code, FINDING_KINDS[code].severity)


class TestNotFound:
    def test_in_a_plain_organisation(self):
        members = [{"position": "l", "role": "chair"}, "m"]
        data = units(
            unit("a", post("l", holder="N"), employees=10, units=[unit("b", "m", employees=9)]),
            kinds={"k": "unit"},
            groups=[{"id": "g", "name": "G", "kind": "k", "size": 2, "members": members}],
        )
        # 10 employees are L and the 9 of B
        assert findings(data) == ()

    def test_stated_figures_that_can_both_be_true(self):
        assert not found(units(unit("a", employees=[100, "ca. 98"])), "figures-differ")

    def test_a_group_whose_members_are_not_all_listed(self):
        assert not found(of_group(size=5, complete=False), "group-size-differs")

    def test_a_holder_who_comes_later(self):
        data = led_by(status="vacant", holder={"name": "N", "from": "2026-05"})
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
        data = units(unit("a", positions=[post("p", holder=one), post("q", holder=other)]))
        assert message(data, "two-spellings") == (
            f"{one}, {other} may be one person in two spellings."
        )

    @pytest.mark.parametrize(
        ("one", "other"), [("Bo Berg", "Bo Bang"), ("Ann Holm", "Anna Holm"), ("Per", "Pia")]
    )
    def test_other_people_are_other_people(self, one, other):
        data = units(unit("a", positions=[post("p", holder=one), post("q", holder=other)]))
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

    def holdings(position_id):
        asked.append(position_id)
        return ()

    monkeypatch.setattr(data, "holdings", holdings)
    found(data, "two-spellings")
    assert len(asked) <= 6 * len(data.positions)
