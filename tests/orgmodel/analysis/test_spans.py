"""Span, reach and layers: Aalborg calculated by hand, and the rules one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Interval, explain_reach, explain_span, spans, summarise
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.spans.ledger import EntryKind
from orgmodel.analysis.statistics.leaders import left_out_posts
from orgmodel.model.amounts import UNKNOWN, ZERO, exactly
from orgmodel.model.entities import Level
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from tests.builders import (
    STATED_COMPLETE,
    forests,
    organisation,
    post,
    tree,
    unit,
    units,
    with_leader,
)


def of(data, position_id, **options):
    return spans(data, **options).of(position_id)


def figure_of(figures, position_id, measure="span"):
    return getattr(Figures(figures), measure)(position_id)


def steps(data, position_id):
    """The steps of a span."""
    figure = figure_of(spans(data), position_id)
    return [step.text.text("en") for step in figure.steps]


class TestAalborg:
    """The figures of the source, 004_e9c2d6e79fa6dfc1.txt, with the arithmetic."""

    def test_the_director(self, aalborg):
        row = of(aalborg, "direktoer")
        # three heads of department and two heads of staff (line 163-165)
        assert row.direct_leaders == exactly(3 + 2)
        # 4,320 employees (line 50); whether the director is one of them is not said
        assert row.reach == Interval(4320 - 1, 4320)
        # Two departments and two staff units state no own number, or may hide more: how many of the
        # 4,320 work right under the director, nobody says.
        assert row.direct_staff == UNKNOWN
        assert row.span == Interval(5, None)
        assert row.knowing is Knowing.BOUNDED
        # only the lines of the two heads of department are stated (line 159 and line 605)
        assert row.firm_span.low == 2
        assert (row.layers_above, row.layers_below) == (1, 3)
        assert row.level is Level.TOP

    def test_the_head_of_voksensocialafdelingen(self, aalborg):
        row = of(aalborg, "chef-voksensocial")
        # "de 7 centerchefer": five centres and two cross-cutting units (line 167-174)
        assert row.direct_leaders == exactly(1 + 4 + 1 + 1)
        # "godt 2.000" (line 176) is 2,000 to 2,200; "ca. halvdelen" of 4,320 (line 50-52) is 2,160
        # less or more 5 %, 2,052 to 2,268. The head leads the 2,000, and is none of them.
        assert row.reach == Interval(2000, 2268)
        assert row.span == Interval(7, None)
        # the seven are stated (line 174), whichever of the lines are inferred
        assert row.firm_span == Interval(7, None)
        assert (row.layers_above, row.layers_below) == (2, 2)

    def test_the_head_of_boerne_og_familieafdelingen(self, aalborg):
        row = of(aalborg, "chef-boern-og-familie")
        # seven units listed after "herunder" (line 611-623), so that there may be more
        assert row.direct_leaders == Interval(3 + 1 + 3, None)
        # "ca. 1000" (line 611) is 950 to 1,050; "en fjerdedel" of 4,320 (line 52), read as rough, is
        # 1,080 less or more 5 %, 1,026 to 1,134. The head may be among the number or not.
        assert row.reach == Interval(950 - 1, 1134)
        assert row.span == Interval(7, None)

    def test_the_alderman_stands_over_all_and_leads_one(self, aalborg):
        row = of(aalborg, "raadmand")
        assert row.span == exactly(1)
        # that the director reports to him is inferred
        assert row.knowing is Knowing.ASSUMED
        assert row.firm_span.low == 0
        # the director and everyone below him; the alderman is no employee
        assert row.reach == Interval(1 + 4319, 1 + 4320)
        assert row.level is Level.POLITICAL

    def test_what_no_source_tells_is_unknown_and_not_zero(self, aalborg):
        row = of(aalborg, "jobcenterchef")
        assert row.span == Interval(0, None)
        assert row.reach == Interval(0, None)
        assert row.span.is_unknown
        assert row.knowing is Knowing.UNKNOWN
        # Nobody below is known: he may well lead leaders.
        assert (row.level, row.level_is_least) == (Level.LEADER_OF_STAFF, True)

    def test_every_leader_has_a_row_in_reading_order(self, aalborg):
        rows = [row.position_id for row in spans(aalborg)]
        assert rows[:4] == [
            "raadmand",
            "direktoer",
            "stabschef-oekonomi-og-it",
            "stabschef-ledelse-og-jura",
        ]
        assert len(rows) == 22


class TestDirectStaff:
    def test_a_team_with_a_stated_headcount_is_certain(self):
        found = units(unit("a", "l", employees=with_leader(12)))
        # 12 people, less the leader
        assert of(found, "l").span == exactly(11)
        assert of(found, "l").reach == exactly(11)

    def test_posts_that_lead_nobody_are_staff_and_part_of_the_headcount(self):
        found = units(unit("a", "l", employees=with_leader(12), positions=[post("p", seats=3)]))
        row = of(found, "l")
        assert (row.direct_leaders, row.direct_staff) == (ZERO, exactly(11))
        assert row.unlisted_staff == exactly(8)

    def test_without_a_headcount_there_may_be_more(self):
        found = units(unit("a", "l", positions=[post("p", seats=3)]))
        assert of(found, "l").span == Interval(3, None)

    def test_unless_all_is_listed(self):
        found = units(unit("a", "l", complete=True, positions=[post("p", seats=3)]))
        assert of(found, "l").span == exactly(3)

    @staticmethod
    def parts(heads):
        below = [unit("b", "m", employees=heads(40)), unit("c", "n", employees=heads(50))]
        return units(unit("a", "l", employees=heads(100), units=below))

    def test_a_remainder_is_certain_where_every_unit_below_states_its_own(self):
        found = self.parts(with_leader)
        # 100 − 1 − 40 − 50 = 9 who are in no unit below
        assert of(found, "l").direct_staff == exactly(9)
        assert of(found, "l").span == exactly(2 + 9)

    def test_it_is_as_wide_as_there_are_leaders_of_whom_it_is_not_said_where_they_count(self):
        found = self.parts(int)
        # L, M and N may each be among the number of their unit or besides it: B holds 40 or 41 with
        # M, C 50 or 51 with N, and A 100 or 101 with L. 100 − 1 − 41 − 51 = 7; 101 − 1 − 40 − 50 = 10
        assert of(found, "l").direct_staff == Interval(7, 10)

    @pytest.mark.parametrize(
        ("below", "known"),
        [
            (unit("c", "n"), 42),  # states no headcount
            (unit("c"), 41),  # has no leader
        ],
    )
    def test_else_it_limits_the_staff_and_tells_nothing_of_it(self, below, known):
        led = unit("b", "m", employees=with_leader(40))
        found = units(unit("a", "l", employees=with_leader(100), units=[led, below]))
        assert of(found, "l").direct_staff == UNKNOWN
        # L, forty in B, and N where there is one
        assert f"at most {100 - known} of 100 employees can" in " ".join(steps(found, "l"))

    def test_a_leader_among_the_staff_may_lead_some_of_them(self):
        found = units("""
            - id: a
              name: A
              kind: k
              employees: {value: 36, leader_included: true}
              leader: {id: l, title: L}
              positions: [{id: team, title: Teamleder, is_leader: true}]
        """)
        # one team leader; the superiors of the other 34 are unknown
        assert of(found, "l").span == Interval(1, None)
        assert "at most 34 of 36 employees can" in " ".join(steps(found, "l"))
        assert of(found, "team").span == UNKNOWN

    @pytest.mark.parametrize(
        ("said", "span"), [({"complete": True}, exactly(2)), ({}, Interval(2, None))]
    )
    def test_a_unit_whose_parts_are_all_listed_has_nobody_else(self, said, span):
        """Ninety people spread over the departments: none is the chief's own staff."""
        below = [unit("b", "l"), unit("c", "m")]
        found = units(unit("a", "chief", employees=90, **said, units=below))
        assert of(found, "chief").span == span

    def test_but_a_stated_remainder_is_believed(self):
        """All is said to be listed, and yet thirty work here: the number is the source's."""
        found = units(unit("a", "l", employees=with_leader(30), complete=True))
        assert of(found, "l").direct_staff == exactly(29)

    def test_a_headcount_may_leave_out_those_who_lead(self):
        """One team leader and 35 employees besides the leader herself."""
        data = units(
            unit(
                "a",
                post("chief", title="T"),
                employees={"value": 35, "without_leaders": True},
                positions=[post("team", title="T", is_leader=True)],
                units=[unit("b", post("l", title="T"), employees=with_leader(5))],
            )
        )
        row = spans(data).of("chief")
        assert row.reach == exactly(35 + 2)
        # 35 + 3 leaders in all, less the two leaders listed here and the five of the other unit;
        # the team leader may lead any of them
        assert row.direct_staff == UNKNOWN
        assert f"at most {38 - 2 - 5} of" in " ".join(steps(data, "chief"))
        assert row.direct_leaders == exactly(2)

    def test_a_known_gap_makes_it_uncertain(self):
        found = units(unit("a", "l", employees=with_leader(12), complete=False))
        assert of(found, "l").span == UNKNOWN
        assert "at most 11 of 12 employees can" in " ".join(steps(found, "l"))

    def test_a_unit_led_by_the_same_leader_counts_for_certain(self):
        found = units(unit("a", "l", units=[unit("b", led_by="l", employees=6)]))
        assert of(found, "l").span == Interval(6, None)


class TestSources:
    """If sources state different numbers, the figure is the interval around them."""

    @staticmethod
    def two(first, second):
        return units(unit("a", "l", employees=[first, second]))

    def test_two_that_differ_are_a_range_in_either_order(self):
        # the leader and 999, or the leader and 1,399
        for heads in ((1000, 1400), (1400, 1000)):
            data = self.two(*map(with_leader, heads))
            row = of(data, "l")
            assert row.reach == row.span == Interval(999, 1399)
            assert row.knowing is Knowing.BOUNDED
            figure = figure_of(spans(data), "l", "reach")
            assert [note.text("en") for note in figure.notes] == ["the sources differ"]

    def test_two_that_agree_are_one(self):
        data = self.two(with_leader(12), with_leader(12))
        assert of(data, "l").reach == exactly(11)
        figure = figure_of(spans(data), "l", "reach")
        assert figure.notes == ()

    def test_they_differ_where_only_one_counts_the_leader(self):
        data = self.two(with_leader(12), {"value": 12, "leader_included": False})
        assert of(data, "l").reach == Interval(11, 12)

    def test_a_remainder_is_as_wide_as_the_totals(self):
        data = units("""
            - id: a
              name: A
              kind: k
              employees: [{value: 50, leader_included: true}, {value: 60, leader_included: true}]
              leader: {id: l, title: L}
              units:
                - {id: b, name: B, kind: k, employees: {value: 40, leader_included: true}, leader: {id: m, title: M}}
        """)
        # 50 − 1 − 40 = 9, or 60 − 1 − 40 = 19
        assert of(data, "l").direct_staff == Interval(9, 19)


class TestStatedDirectly:
    """What a source states of the numbers that a post leads directly."""

    @staticmethod
    def data(n=(), **said):
        # L leads the leaders M and N, who are listed, and P, who leads nobody.
        below = [unit("b", "m"), unit("c", post("n", **dict(n)))]
        return units(unit("a", post("l", **said), positions=["p"], units=below))

    def row(self, **said):
        return of(self.data(**said), "l")

    def test_as_many_leaders_as_are_listed_count_once(self):
        row = self.row(direct_leaders=2, direct_staff=1)
        figures = (row.direct_leaders, row.direct_staff, row.span)
        assert figures == (exactly(2), exactly(1), exactly(3))
        # The lines follow the rule of the units, but the number is stated by a source.
        assert row.knowing is Knowing.SETTLED

    def test_more_leaders_than_are_listed_are_the_span_and_some_are_hidden(self):
        row = self.row(direct_leaders=5)
        # M, N and three unlisted leaders; P, and an unknown number of staff
        assert row.direct_leaders == exactly(5)
        assert row.direct_staff == Interval(1, None)
        assert row.span == Interval(6, None)
        assert row.leaders_below == Interval(5, None)

    def test_fewer_leaders_than_are_listed_contradict_the_list(self):
        row = self.row(direct_leaders=1)
        # The source says one, the list two: between both.
        assert row.direct_leaders == Interval(1, 2)
        assert row.knowing is Knowing.BOUNDED

    def test_staff_that_is_stated_is_no_longer_open(self):
        row = self.row(direct_staff=9)
        # P is one of the nine. How many leaders there are besides M and N is not said.
        assert row.direct_staff == exactly(9)
        assert row.direct_leaders == Interval(2, None)
        assert row.span == Interval(2 + 9, None)

    def test_two_sources_that_differ_are_a_range(self):
        row = self.row(direct_leaders=[2, 4], direct_staff=1)
        assert row.direct_leaders == Interval(2, 4)
        assert row.span == Interval(2 + 1, 4 + 1)
        assert row.knowing is Knowing.BOUNDED

    def test_a_vacant_one_among_them_is_taken_off_where_it_is_left_out(self):
        data = self.data({"status": "vacant"}, direct_leaders=2, direct_staff=1)
        left_out = {*LEFT_OUT_AT_FIRST, Who.VACANT}
        assert of(data, "l").span == exactly(3)
        assert of(data, "l", leave_out=left_out).span == exactly(2)

    def test_a_post_that_is_among_a_stated_number_adds_nothing(self):
        data = self.data(direct_leaders=2, direct_staff=1)
        found = explain_span(spans(data), "l").counted
        assert {(one.kind, one.position_id, one.adds) for one in found} == {
            (EntryKind.STATED_LEADERS, "l", exactly(2)),
            (EntryKind.STATED_STAFF, "l", exactly(1)),
            (EntryKind.AMONG_STATED, "p", ZERO),
            (EntryKind.AMONG_STATED, "m", ZERO),
            (EntryKind.AMONG_STATED, "n", ZERO),
        }


class TestAssumptions:
    """Assumed spans are marked, and give the span without the assumption."""

    @staticmethod
    def complete(said):
        posts = [post(one, reports_to="l") for one in "pq"]
        return units(unit("a", "l", complete=said, positions=posts), sourced=True)

    def test_a_completeness_that_a_source_states_is_settled(self):
        row = of(self.complete(STATED_COMPLETE), "l")
        assert (row.span, row.firm_span) == (exactly(2), exactly(2))
        assert row.knowing is Knowing.SETTLED

    def test_one_that_no_source_states_is_assumed(self):
        data = self.complete(True)
        row = of(data, "l")
        assert (row.span, row.firm_span) == (exactly(2), Interval(2, None))
        assert row.knowing is Knowing.ASSUMED
        assert steps(data, "l")[-1] == (
            "Assumed: all parts and posts of A are listed. Without this assumption: at least 2."
        )

    def test_seats_that_are_assumed(self):
        data = organisation("""
            sources: {s: {title: S}}
            units:
              - id: a
                name: A
                kind: k
                complete: {value: true, cite: s}
                leader: {id: l, title: L}
                positions:
                  - id: p
                    title: P
                    seats: 6
                    seats_assumed: {least: 2, reason: One holder per home.}
                    reports_to: l
        """)
        row = of(data, "l")
        # six if each home has its own, and two at least
        assert (row.span, row.firm_span) == (exactly(6), Interval(2, 6))
        assert row.knowing is Knowing.ASSUMED
        assert "Assumed: One holder per home. Without this assumption: 2–6." in steps(data, "l")

    def test_a_line_that_is_inferred_elsewhere_might_come_here(self):
        data = units(
            unit("a", "l", complete=STATED_COMPLETE, positions=[post("p", reports_to="l")]),
            unit("b", "m", complete=STATED_COMPLETE, positions=["q"]),
            sourced=True,
        )
        row = of(data, "l")
        # P reports to L, as stated; that Q reports to M is only the rule of the unit
        assert (row.span, row.firm_span) == (exactly(1), Interval(1, 2))
        assert row.knowing is Knowing.ASSUMED
        assert steps(data, "l") == [
            "1 direct report leads nobody.",
            "No source says who 1 post elsewhere reports to. It may be this one.",
        ]

    def test_what_a_span_is_without_one_of_them_never_ends_before_it_begins(self):
        data = organisation("""
            sources: {s: {title: S}}
            units:
              - id: a
                name: A
                kind: k
                complete: {value: true, cite: s}
                employees: {value: 12, leader_included: true}
                leader: {id: l, title: L}
                positions:
                  - id: p
                    title: P
                    seats: 6
                    seats_assumed: {least: 2, reason: One each.}
                    reports_to: l
        """)
        # L, six of P and five others, all of A, as a source says; with only two of P at least seven
        assert of(data, "l").span == exactly(11)
        assert of(data, "l").firm_span == Interval(2 + 5, 6 + 9)
        without = [one.partition("Without this assumption: ")[2] for one in steps(data, "l")]
        assert list(filter(None, without)) == ["7–11."]

    def test_who_only_may_be_above_might_report_here(self):
        data = units(
            unit("a", post("top", title="T")),
            unit(
                "b", post("l", reports_to={"position": "m", "or": "top"}), complete=STATED_COMPLETE
            ),
            unit(
                "c", post("m", reports_to={"position": "top", "basis": "inferred", "reason": "R"})
            ),
            sourced=True,
        )
        # M may report to L, as L may report to Top and M's own line is inferred
        row = of(data, "l")
        assert row.span == exactly(0)
        assert row.firm_span.high == 1

    def test_a_line_by_the_rule_of_the_unit_is_one_that_no_source_states(self):
        data = organisation("""
            sources: {s: {title: S}}
            units:
              - id: a
                name: A
                kind: k
                complete: {value: true, cite: s}
                leader: {id: l, title: L}
                positions: [{id: p, title: P}, {id: q, title: Q, reports_to: l}]
        """)
        row = of(data, "l")
        # P sits in A, and no source says that P reports to its leader
        assert (row.span, row.firm_span) == (exactly(2), Interval(1, 2))
        assert row.knowing is Knowing.ASSUMED
        figure = figure_of(spans(data), "l")
        assert figure.origin is Origin.ASSUMED
        assert [note.text("en") for note in figure.notes] == ["assumed"]
        (assumed,) = (step for step in figure.steps if step.text.text("en").startswith("Assumed"))
        assert assumed.position_ids == ("p",)
        assert assumed.text.text("en").endswith("Without derived lines: 1–2.")


class TestReach:
    def test_without_a_headcount_is_the_sum_of_what_is_known(self):
        found = units(
            unit(
                "a", "l", units=[unit("b", "m", employees=40), unit("c", "n", employees="ca. 100")]
            )
        )
        # M and 39 or 40, N and 94 to 105; and whoever else is in A
        assert of(found, "l").reach == Interval(1 + 39 + 1 + 94, None)

    def test_those_who_sit_outside_the_units_led_are_added(self):
        found = units(
            unit("a", "l", employees=with_leader(10)),
            unit("b", post("m", reports_to="l"), employees=with_leader(5)),
        )
        assert of(found, "l").reach == exactly(9 + 1 + 4)

    def test_seats_stand_for_as_many(self):
        found = units(
            unit(
                "a",
                "l",
                complete=True,
                units=[unit("b", post("m", seats=6), count=6, employees=with_leader(300))],
            )
        )
        row = of(found, "l")
        assert (row.direct_leaders, row.span) == (exactly(6), exactly(6))
        assert row.reach == exactly(300)
        assert of(found, "m").reach == exactly(294)

    def test_is_never_less_than_what_is_known_below(self):
        found = units(
            unit(
                "a",
                "l",
                employees=with_leader(5),
                units=[unit("b", "m", employees=with_leader(40))],
            )
        )
        # A is said to hold four besides L; B within it alone holds M and 39
        assert of(found, "m").reach == exactly(39)
        assert of(found, "l").reach == exactly(1 + 39)
        counted = explain_reach(spans(found), "l").counted
        assert [(one.kind, one.adds) for one in counted] == [
            (EntryKind.STATED, exactly(5)),
            (EntryKind.OWN_SEAT, exactly(-1)),
            (EntryKind.KNOWN_BELOW, exactly(40 - 4)),
        ]


def test_a_report_whose_superior_is_open_widens_the_figures_of_all_it_may_report_to():
    data = units("""
        - id: a
          name: A
          kind: k
          complete: true
          positions:
            - {id: p, title: P}
            - {id: q, title: Q}
            - {id: s, title: S, reports_to: q}
            - {id: r, title: R, reports_to: {position: p, or: q}}
            - {id: t, title: T, reports_to: r}
    """)
    assert (of(data, "p").direct_leaders, of(data, "p").span) == (Interval(0, 1), Interval(0, 1))
    assert of(data, "p").reach == Interval(0, 2)  # R and T, or nobody
    assert of(data, "q").span == Interval(1, 2)  # S, and perhaps R
    assert of(data, "q").reach == Interval(1, None)
    assert of(data, "r").span == Interval(1, 1)
    # R, who leads T, may not be under P: nothing makes P a leader of leaders for certain.
    assert of(data, "p").level is Level.LEADER_OF_STAFF


class TestSwitches:
    @pytest.mark.parametrize(
        ("options", "span"),
        [
            ({}, 2),
            ({"leave_out": {Who.PLANNED, Who.VACANT}}, 1),
            ({"leave_out": set()}, 3),
            ({"leave_out": {Who.VACANT}}, 2),
        ],
    )
    def test_vacant_seats_count_and_planned_ones_do_not(self, options, span):
        posts = ["held", post("open", status="vacant"), post("idea", status="planned")]
        data = units(unit("a", "l", complete=True, positions=posts))
        assert of(data, "l", **options).span == exactly(span)

    def test_of_a_vacant_leader_the_seat_alone_is_left_out(self):
        data = units("""
            - id: a
              name: A
              kind: k
              complete: true
              leader: {id: l, title: L}
              positions: [{id: s, title: S}]
              units:
                - id: b
                  name: B
                  kind: k
                  complete: true
                  leader: {id: m, title: M, status: vacant}
                  positions: [{id: p, title: P, seats: 4}]
        """)
        figures = spans(data)
        left = spans(data, leave_out={*LEFT_OUT_AT_FIRST, Who.VACANT})
        # L leads S and M; without M's seat, S. M's team of four stays, below L too.
        assert (figures.of("l").span, left.of("l").span) == (exactly(2), exactly(1))
        assert (figures.of("l").reach, left.of("l").reach) == (exactly(6), exactly(5))
        assert left.of("m").span == left.of("m").reach == exactly(4)
        # The next holder will lead the team, so M is a leader in statistics.
        assert (summarise(figures).leaders, summarise(left).leaders) == (2, 2)
        assert summarise(left).distribution == {1: 1, 4: 1}
        # M's seat is advertised; none is planned.
        assert left_out_posts(left) == {Who.VACANT: 1}
        assert left_out_posts(figures) == {}

    def test_politicians_and_posts_of_others_are_left_out_of_statistics_alone(self):
        data = units("""
            - id: top
              name: Top
              kind: k
              positions: [{id: mayor, title: Mayor, political: true}]
              units:
                - id: a
                  name: A
                  kind: k
                  complete: true
                  leader: {id: l, title: L, reports_to: mayor}
                  units:
                    - id: b
                      name: B
                      kind: k
                      complete: true
                      leader: {id: m, title: M, outside: true, seats: 2}
                      positions: [{id: p, title: P, seats: 4}]
        """)
        figures = spans(data)
        # the mayor leads L; L leads M's two seats; these lead four
        assert {row.position_id: row.span for row in figures} == {
            "mayor": exactly(1),
            "l": exactly(2),
            "m": exactly(4),
        }
        assert (summarise(figures).leaders, summarise(figures).distribution) == (1, {2: 1})
        assert left_out_posts(figures) == {Who.POLITICAL: 1, Who.OUTSIDE: 2}
        everybody = spans(data, leave_out={Who.PLANNED})
        # M's four are shared by two seats
        assert summarise(everybody).leaders == 1 + 1 + 2
        assert summarise(everybody).distribution == {1: 1, 2: 3}
        assert left_out_posts(everybody) == {}

    def test_assistants_and_staff_units_are_left_out_where_that_is_chosen(self):
        data = units(
            unit(
                "a",
                "l",
                complete=True,
                positions=["p", post("q", assistant=True)],
                units=[unit("b", "m", kind="stab", complete=True, positions=["s", "t"])],
            ),
            kinds={"k": {"en": "k"}, "stab": {"en": "staff unit", "staff": True}},
        )
        # P, Q and M; the assistant Q and the head of the staff unit M may be left out
        assert of(data, "l").span == exactly(3)
        assert of(data, "l", leave_out={Who.ASSISTANT}).span == exactly(2)
        assert of(data, "l", leave_out={Who.STAFF_UNIT}).span == exactly(2)
        both = spans(data, leave_out={Who.ASSISTANT, Who.STAFF_UNIT})
        assert both.of("l").span == exactly(1)
        # P alone is below L then: M, S and T are in the staff unit
        assert both.of("l").reach == exactly(1)
        assert summarise(both).leaders == 1
        # Q, and the three posts of the staff unit
        assert left_out_posts(both) == {Who.ASSISTANT: 1, Who.STAFF_UNIT: 3}
        figure = figure_of(both, "l")
        (left,) = (
            step for step in figure.steps if step.text.text("en").startswith("Assistants and")
        )
        assert left.position_ids == ("q", "m")


class TestLayersAndLevels:
    def test_levels_count_from_below_and_not_from_titles(self):
        found = tree({"a": None, "b": "a", "c": "b", "d": "c", "e": "d", "f": "a"})
        rows = {row.position_id: row for row in spans(found)}
        assert {key: row.level for key, row in rows.items()} == {
            "a": Level.TOP,
            "b": Level.FUNCTIONAL,
            "c": Level.LEADER_OF_LEADERS,
            "d": Level.LEADER_OF_STAFF,
        }
        assert [rows[key].layers_below for key in "abcd"] == [3, 2, 1, 0]
        assert [rows[key].layers_above for key in "abcd"] == [0, 1, 2, 3]

    def test_leader_share_is_leaders_below_per_person_below(self):
        found = tree({"a": None, "b": "a", "c": "a", "d": "b", "e": "b", "f": "c", "g": "c"})
        # of the six below A two are leaders; of the two below B none
        assert of(found, "a").leader_share == Interval(2 / 6, 2 / 6)
        assert of(found, "b").leader_share == Interval(0.0, 0.0)

    def test_it_is_a_bound_where_leaders_may_be_hidden(self):
        found = units(
            unit(
                "a",
                "l",
                employees=with_leader(101),
                complete=False,
                units=[unit("b", "m"), unit("c", "n")],
            )
        )
        # M and N of the hundred below; any of the others may be an unlisted leader
        assert of(found, "l").leader_share == Interval(2 / 100, 1.0)
        # of M's people nothing is known
        assert of(found, "m").leader_share is None

    def test_a_level_is_the_least_where_nobody_below_is_known(self):
        data = units(unit("a", "l", units=[unit("b", "m")]))
        figures = spans(data)
        assert figures.level_words("m").text("en") == "at least leader of staff"
        assert figures.level_words("m").text("da") == "mindst leder af medarbejdere"
        assert figures.level_words("l").text("en") == "leader of leaders"


def slow_figures(edges, post):
    """Direct reports and everyone below, computed from the chain of every post."""

    def chain(one):
        while one is not None:
            yield one
            one = edges[one]

    direct = [one for one in edges if edges[one] == post]
    below = [one for one in edges if post in list(chain(one))[1:]]
    leading = [one for one in direct if one in edges.values()]
    return len(leading), len(direct), len(below)


@pytest.mark.slow
@given(forests())
def test_posts_alone_give_what_counting_one_by_one_gives(edges):
    for row in spans(tree(edges)):
        leading, direct, below = slow_figures(edges, row.position_id)
        assert row.direct_leaders == exactly(leading)
        assert row.span == Interval(direct, direct)
        assert row.reach == Interval(below, below)


@st.composite
def worlds(draw):
    """A tree of units with their true headcounts, of which the data may state some."""
    size = draw(st.integers(1, 8))
    staff = [draw(st.integers(0, 9)) for _ in range(size)]
    parents = [None, *(draw(st.integers(0, n - 1)) for n in range(1, size))]
    stated = [draw(st.booleans()) for _ in range(size)]
    return staff, parents, stated


@given(worlds())
def test_intervals_hold_the_truth_whatever_is_left_unsaid(world):
    staff, parents, stated = world
    size = len(staff)
    reach = list(staff)
    for n in reversed(range(1, size)):
        reach[parents[n]] += 1 + reach[n]

    def entry(n):
        said = {"employees": with_leader(1 + reach[n])} if stated[n] else {}
        below = [entry(child) for child in range(size) if parents[child] == n]
        return unit(f"u{n}", f"l{n}", **said, units=below)

    figures = spans(units(entry(0)))
    for n in range(size):
        row = figures.of(f"l{n}")
        true_span = staff[n] + sum(parents[child] == n for child in range(size))
        assert row.span.low <= true_span <= (row.span.high if row.span.high is not None else 10**6)
        assert (
            row.reach.low <= reach[n] <= (row.reach.high if row.reach.high is not None else 10**6)
        )
        if all(stated):
            assert row.span == Interval(true_span, true_span)
            assert row.reach == Interval(reach[n], reach[n])


def test_a_million_seats_are_whole_numbers():
    found = units(unit("a", "l", employees=with_leader(1_000_000)))
    assert isinstance(of(found, "l").span.low, int)
    assert Fraction(of(found, "l").span.low) == 999_999
