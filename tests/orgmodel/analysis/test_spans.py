"""Span, reach and layers: Aalborg worked out by hand, and the rules one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Interval, spans
from orgmodel.model.entities import Level
from tests.builders import forests, tree, units


def of(organisation, position_id, **options):
    return spans(organisation, **options).of(position_id)


class TestAalborg:
    """The figures of the source, 004_e9c2d6e79fa6dfc1.txt, with the arithmetic."""

    def test_the_director(self, aalborg):
        row = of(aalborg, "direktoer")
        # three heads of department and two heads of staff (line 163-165)
        assert row.direct_leaders == 3 + 2
        # 4,320 employees (line 50), less the director's own seat
        assert row.reach == Interval(4320 - 1, 4320 - 1)
        # Directly under him can be at most: 4,320, less himself, less at least 2,000 and
        # 1,000 − 5 % = 950 in two departments, less the heads of the other three units.
        assert row.direct_staff == Interval(0, 4320 - 1 - 2000 - 950 - 3)
        assert row.span == Interval(5, 5 + 1366)
        assert (row.layers_above, row.layers_below) == (1, 3)
        assert row.level is Level.TOP

    def test_the_head_of_voksensocialafdelingen(self, aalborg):
        row = of(aalborg, "chef-voksensocial")
        # "de 7 centerchefer": five centres and two cross-cutting units (line 167-174)
        assert row.direct_leaders == 1 + 4 + 1 + 1
        # "godt 2.000" (line 176) is 2,000 to 2,200, less the head's own seat
        assert row.reach == Interval(2000 - 1, 2200 - 1)
        # 2,200 less the ten known posts in it: the head, 7 chiefs and 2 leaders below them
        assert row.span == Interval(7, 7 + 2200 - (1 + 7 + 2))
        assert (row.layers_above, row.layers_below) == (2, 2)

    def test_the_head_of_boerne_og_familieafdelingen(self, aalborg):
        row = of(aalborg, "chef-boern-og-familie")
        # seven units listed after "herunder" (line 611-623)
        assert row.direct_leaders == 3 + 1 + 3
        # "ca. 1000" (line 611) is 950 to 1,050, less the head's own seat
        assert row.reach == Interval(950 - 1, 1050 - 1)
        assert row.span == Interval(7, 7 + 1050 - (1 + 7 + 1))

    def test_the_alderman_stands_over_all_and_leads_one(self, aalborg):
        row = of(aalborg, "raadmand")
        assert row.span == Interval(1, 1)
        # the director and everyone below him; the alderman is no employee
        assert row.reach == Interval(1 + 4319, 1 + 4319)
        assert row.level is Level.POLITICAL

    def test_what_no_source_tells_is_unknown_and_not_zero(self, aalborg):
        row = of(aalborg, "jobcenterchef")
        assert row.span == Interval(0, None)
        assert row.reach == Interval(0, None)
        assert row.span.is_unknown

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
        found = units("- {id: a, name: A, kind: k, employees: 12, leader: {id: l, title: L}}")
        # 12 people, less the leader
        assert of(found, "l").span == Interval(11, 11)
        assert of(found, "l").reach == Interval(11, 11)

    def test_posts_that_lead_nobody_are_staff_and_part_of_the_headcount(self):
        found = units("""
            - id: a
              name: A
              kind: k
              employees: 12
              leader: {id: l, title: L}
              positions: [{id: p, title: P, seats: 3}]
        """)
        row = of(found, "l")
        assert (row.direct_leaders, row.direct_staff) == (0, Interval(11, 11))
        assert row.unlisted_staff == Interval(8, 8)

    def test_without_a_headcount_there_may_be_more(self):
        found = units("""
            - id: a
              name: A
              kind: k
              leader: {id: l, title: L}
              positions: [{id: p, title: P, seats: 3}]
        """)
        assert of(found, "l").span == Interval(3, None)

    def test_unless_all_is_listed(self):
        found = units("""
            - id: a
              name: A
              kind: k
              complete: true
              leader: {id: l, title: L}
              positions: [{id: p, title: P, seats: 3}]
        """)
        assert of(found, "l").span == Interval(3, 3)

    def test_a_remainder_is_certain_where_every_unit_below_states_its_own(self):
        found = units("""
            - id: a
              name: A
              kind: k
              employees: 100
              leader: {id: l, title: L}
              units:
                - {id: b, name: B, kind: k, employees: 40, leader: {id: m, title: M}}
                - {id: c, name: C, kind: k, employees: 50, leader: {id: n, title: N}}
        """)
        # 100 − 1 − 40 − 50 = 9 who are in no unit below
        assert of(found, "l").direct_staff == Interval(9, 9)
        assert of(found, "l").span == Interval(2 + 9, 2 + 9)

    @pytest.mark.parametrize(
        "below",
        [
            "{id: c, name: C, kind: k, leader: {id: n, title: N}}",  # states no headcount
            "{id: c, name: C, kind: k}",  # has no leader
        ],
    )
    def test_else_it_is_an_upper_bound_only(self, below):
        found = units(f"""
            - id: a
              name: A
              kind: k
              employees: 100
              leader: {{id: l, title: L}}
              units:
                - {{id: b, name: B, kind: k, employees: 40, leader: {{id: m, title: M}}}}
                - {below}
        """)
        known = 1 + 40 + (1 if "leader" in below else 0)
        assert of(found, "l").direct_staff == Interval(0, 100 - known)

    def test_a_leader_among_the_staff_may_lead_some_of_them(self):
        found = units("""
            - id: a
              name: A
              kind: k
              employees: 36
              leader: {id: l, title: L}
              positions: [{id: team, title: Teamleder, is_leader: true}]
        """)
        # one team leader, and of the other 34 nobody knows who they report to
        assert of(found, "l").span == Interval(1, 1 + 34)
        assert of(found, "team").span == Interval(0, None)

    def test_a_unit_whose_parts_are_all_listed_has_nobody_else(self):
        """Ninety people spread over the departments: none is the chief's own staff."""
        body = """
            - id: a
              name: A
              kind: k
              employees: 90
              complete: true
              leader: {id: chief, title: T}
              units:
                - {id: b, name: B, kind: k, leader: {id: l, title: T}}
                - {id: c, name: C, kind: k, leader: {id: m, title: T}}
        """
        assert spans(units(body)).of("chief").span == Interval(2, 2)
        without = body.replace("              complete: true\n", "")
        assert spans(units(without)).of("chief").span == Interval(2, 2 + 90 - 1 - 2)

    def test_but_a_stated_remainder_is_believed(self):
        """All is said to be listed, and yet thirty work here: the number is the source's."""
        body = (
            "- {id: a, name: A, kind: k, employees: 30, complete: true, leader: {id: l, title: T}}"
        )
        assert spans(units(body)).of("l").direct_staff == Interval(29, 29)

    def test_a_headcount_may_leave_out_those_who_lead(self):
        """One team leader and 35 employees besides the leader herself."""
        data = units("""
            - id: a
              name: A
              kind: k
              employees: {value: 35, without_leaders: true}
              leader: {id: chief, title: T}
              positions: [{id: team, title: T, is_leader: true}]
              units: [{id: b, name: B, kind: k, employees: 5, leader: {id: l, title: T}}]
        """)
        row = spans(data).of("chief")
        assert row.reach == Interval(35 + 2, 35 + 2)
        # 35 + 3 leaders in all, less the two leaders listed here and the five of the other unit
        assert row.direct_staff == Interval(0, 38 - 2 - 5)
        assert row.direct_leaders == 2

    def test_a_known_gap_makes_it_uncertain(self):
        found = units(
            "- {id: a, name: A, kind: k, employees: 12, complete: false, leader: {id: l, title: L}}"
        )
        assert of(found, "l").span == Interval(0, 11)

    def test_a_unit_led_by_the_same_leader_counts_for_certain(self):
        found = units("""
            - id: a
              name: A
              kind: k
              leader: {id: l, title: L}
              units: [{id: b, name: B, kind: k, employees: 6, leader: l}]
        """)
        assert of(found, "l").span == Interval(6, None)


class TestReach:
    def test_without_a_headcount_is_the_sum_of_what_is_known(self):
        found = units("""
            - id: a
              name: A
              kind: k
              leader: {id: l, title: L}
              units:
                - {id: b, name: B, kind: k, employees: 40, leader: {id: m, title: M}}
                - {id: c, name: C, kind: k, employees: ca. 100, leader: {id: n, title: N}}
        """)
        # M and 39, N and 94 to 104; and whoever else is in A
        assert of(found, "l").reach == Interval(1 + 39 + 1 + 94, None)

    def test_those_who_sit_outside_the_units_led_are_added(self):
        found = units("""
            - {id: a, name: A, kind: k, employees: 10, leader: {id: l, title: L}}
            - {id: b, name: B, kind: k, employees: 5, leader: {id: m, title: M, reports_to: l}}
        """)
        assert of(found, "l").reach == Interval(9 + 1 + 4, 9 + 1 + 4)

    def test_seats_stand_for_as_many(self):
        found = units("""
            - id: a
              name: A
              kind: k
              complete: true
              leader: {id: l, title: L}
              units:
                - {id: b, name: B, kind: k, count: 6, employees: 300, leader: {id: m, title: M, seats: 6}}
        """)
        row = of(found, "l")
        assert (row.direct_leaders, row.span) == (6, Interval(6, 6))
        assert row.reach == Interval(300, 300)
        assert of(found, "m").reach == Interval(294, 294)


def test_a_report_whose_superior_is_open_widens_the_figures_of_all_it_may_refer_to():
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
    assert (of(data, "p").direct_leaders, of(data, "p").span) == (1, Interval(0, 1))
    assert of(data, "p").reach == Interval(0, 2)  # R and T, or nobody
    assert of(data, "q").span == Interval(1, 2)  # S, and perhaps R
    assert of(data, "q").reach == Interval(1, None)
    assert of(data, "r").span == Interval(1, 1)
    # R, who leads T, may not be under P: nothing makes P a leader of leaders for certain.
    assert of(data, "p").level is Level.LEADER_OF_STAFF


class TestSwitches:
    BODY = """
        - id: a
          name: A
          kind: k
          complete: true
          leader: {id: l, title: L}
          positions:
            - {id: held, title: P, holder: N}
            - {id: open, title: P, status: vacant}
            - {id: idea, title: P, status: planned}
    """

    @pytest.mark.parametrize(
        ("options", "span"),
        [
            ({}, 2),
            ({"count_vacant": False}, 1),
            ({"count_planned": True}, 3),
            ({"count_vacant": False, "count_planned": True}, 2),
        ],
    )
    def test_vacant_seats_count_and_planned_ones_do_not(self, options, span):
        assert of(units(self.BODY), "l", **options).span == Interval(span, span)


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
        found = units("""
            - id: a
              name: A
              kind: k
              employees: 101
              leader: {id: l, title: L}
              units:
                - {id: b, name: B, kind: k, employees: 50, leader: {id: m, title: M}}
                - {id: c, name: C, kind: k, employees: 50, leader: {id: n, title: N}}
        """)
        assert of(found, "l").leader_share == Interval(2 / 100, 2 / 100)
        assert of(found, "m").leader_share == Interval(0.0, 0.0)


def slow_figures(edges, post):
    """Direct reports and everyone below, by asking every post for its chain."""

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
        assert row.direct_leaders == leading
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

    def unit(n):
        employees = f", employees: {1 + reach[n]}" if stated[n] else ""
        below = ", ".join(unit(child) for child in range(size) if parents[child] == n)
        return f"{{id: u{n}, name: U, kind: k{employees}, leader: {{id: l{n}, title: L}}, units: [{below}]}}"

    figures = spans(units(f"- {unit(0)}"))
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
    found = units("- {id: a, name: A, kind: k, employees: 1000000, leader: {id: l, title: L}}")
    assert isinstance(of(found, "l").span.low, int)
    assert Fraction(of(found, "l").span.low) == 999_999
