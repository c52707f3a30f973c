"""The one pass over arrays gives what the definitions say, followed post by post."""

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import orgmodel.arrays.kernels
from orgmodel import Interval, loads, spans
from orgmodel.analysis.enclosing import Enclosing
from orgmodel.analysis.headcounts import Headcounts
from orgmodel.arrays.forest import Forest
from orgmodel.model.amounts import UNKNOWN, ZERO, exactly, total
from orgmodel.model.columns import PositionColumns
from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import Level, Status
from tests.builders import HEAD, forests, problems, tree, units
from tests.orgmodel.analysis.test_explaining import organisations


class Slow:
    """The definitions of `spans.py`, one post at a time; what headcounts settle is taken as given."""

    def __init__(self, data, left_out):
        self.data, self.left_out = data, left_out

        def heads(position):
            return 0 if position.political else self.seats(position.id).low

        self.headcounts = Headcounts(data, heads)
        self.stated = Enclosing(data, self.headcounts).stated
        self.from_outside = Enclosing(data, self.headcounts).from_outside

    def seats(self, one):
        """The seats of a post, none where its status is left out; perhaps more than the least."""
        if self.data.status(one) in self.left_out:
            return ZERO
        post = self.data.positions[one]
        return Interval(post.seats, None if post.seats_at_least else post.seats)

    def is_leader(self, one):
        return one in self.data.leader_ids

    def is_unsettled(self, one):
        return bool(self.data.lines[one].alternative_ids)

    def comers(self, one):
        return [key for key, line in self.data.lines.items() if one in line.alternative_ids]

    def unlisted(self, one):
        if one in self.headcounts.top_units or self.data.positions[one].is_stated_leader:
            return self.headcounts.unlisted(one)
        return ZERO

    def direct_leaders(self, one):
        reports = self.data.reports[one]
        return sum(self.seats(report).low for report in reports if self.is_leader(report))

    def direct_staff(self, one):
        staff = [report for report in self.data.reports[one] if not self.is_leader(report)]
        return total([*map(self.seats, staff), self.unlisted(one)])

    def span(self, one):
        """Leaders and staff; whose line is open may be there or not, be it drawn here or elsewhere."""
        found = self.unlisted(one)
        for report in self.data.reports[one]:
            found = found + self.perhaps(self.seats(report), report)
        for comer in self.comers(one):
            found = found + Interval(0, self.seats(comer).high)
        return found

    def perhaps(self, interval, one):
        return Interval(0, interval.high) if self.is_unsettled(one) else interval

    def reach(self, one):
        reports = self.data.reports[one]
        if one in self.stated:
            found = total([self.headcounts.stated(unit) or UNKNOWN for unit in self.stated[one]])
            position = self.data.positions[one]
            if self.headcounts.contains(self.stated[one], position.unit_id):
                found = found.less(ZERO if position.political else self.seats(one))
            reports = [
                report
                for report in reports
                if not self.headcounts.contains(
                    self.stated[one], self.data.positions[report].unit_id
                )
            ]
            is_open = bool(self.from_outside[one])
        else:
            found = self.unlisted(one)
            is_open = bool(self.comers(one))
        for report in reports:
            found = found + self.perhaps(self.seats(report) + self.reach(report), report)
        return Interval(found.low, None) if is_open else found

    def below(self, one):
        for report in self.data.reports[one]:
            yield report
            yield from self.below(report)

    def leaders_below(self, one):
        return sum(self.seats(other).low for other in self.below(one) if self.is_leader(other))

    def layers_above(self, one):
        superior = self.data.lines[one].superior_id
        return 0 if superior is None else 1 + self.layers_above(superior)

    def steps(self, one, *, settled):
        """Layers of leaders that a post stands for, itself included; a planned post is none's."""
        below = [
            self.steps(report, settled=settled)
            for report in self.data.reports[one]
            if self.data.status(report) is not Status.PLANNED
            and not (settled and self.is_unsettled(report))
        ]
        return max([int(self.is_leader(one)), *(1 + steps for steps in below)])

    def level(self, one):
        if self.data.positions[one].political:
            return Level.POLITICAL
        steps = self.steps(one, settled=True)
        superior = self.data.lines[one].superior_id
        is_top = superior is None or self.data.positions[superior].political
        if steps >= 4 and is_top:
            return Level.TOP
        by_steps = {1: Level.LEADER_OF_STAFF, 2: Level.LEADER_OF_LEADERS}
        return Level.STAFF if steps == 0 else by_steps.get(steps, Level.FUNCTIONAL)


def check_against_slow(data, **switches):
    figures = spans(data, **switches)
    slow = Slow(data, figures.left_out)
    assert set(figures.ids) == data.leader_ids
    for row in figures:
        one = row.position_id
        assert row.direct_leaders == slow.direct_leaders(one)
        assert row.direct_staff == slow.direct_staff(one)
        assert row.span == slow.span(one)
        assert row.reach == slow.reach(one)
        assert row.leaders_below == slow.leaders_below(one)
        assert row.layers_above == slow.layers_above(one)
        assert row.layers_below == max(0, slow.steps(one, settled=False) - 1)
        assert row.level is slow.level(one)


def check_that_stated_headcounts_are_of_those_below(data):
    """Whoever is in units whose number a reach begins with is below, and nobody elsewhere uncounted."""
    slow = Slow(data, {Status.PLANNED})
    for leader, tops in slow.stated.items():
        below = {leader, *slow.below(leader)}
        for one, position in data.positions.items():
            is_inside = slow.headcounts.contains(tops, position.unit_id)
            if is_inside and one != leader:
                assert one in below
                assert set(data.lines[one].alternative_ids) <= below
        for unit, led_by in slow.headcounts.effective_leaders.items():
            if slow.headcounts.contains(tops, unit):
                assert led_by in below


@pytest.mark.slow
@given(organisations(), st.booleans(), st.booleans(), st.booleans())
def test_the_pass_over_arrays_is_the_definition(body, vacant, planned, politician):
    if politician:
        body = body.replace("title: T", "title: T, political: true", 1)
    text = HEAD + "units:\n" + body
    assume(not problems(text))
    data = loads(text)
    check_against_slow(data, count_vacant=vacant, count_planned=planned)
    check_that_stated_headcounts_are_of_those_below(data)


@pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
def test_the_shipped_data_too(shipped, name):
    check_against_slow(shipped[name])


@pytest.mark.slow
@given(forests(), st.data())
def test_moving_a_subtree_changes_only_the_chains_above_both_its_places(edges, data):
    def chain(one):
        found = []
        while one is not None:
            found.append(one)
            one = edges[one]
        return found

    moved = data.draw(st.sampled_from(list(edges)))
    targets = [one for one in edges if moved not in chain(one)]
    target = data.draw(st.sampled_from([None, *targets]))
    before = spans(tree(edges))
    after = spans(tree({**edges, moved: target}))
    touched = {*chain(edges[moved]), *chain(target)}

    def figures(found):
        return {
            row.position_id: (row.direct_leaders, row.span, row.reach, row.layers_below)
            for row in found
            if row.position_id not in touched
        }

    assert figures(before) == figures(after)


# Columns --------------------------------------------------------------------------------------


def columns(parents, **more):

    ids = [f"p{n}" for n in range(len(parents))]
    table = pl.DataFrame(
        {
            "id": ids,
            "reports_to": pl.Series(
                [None if above < 0 else f"p{above}" for above in parents], dtype=pl.String
            ),
            "title": ids,
            **more,
        }
    )
    day = PartialDate.parse("2026-02-09")
    return PositionColumns(
        id="test", name="Test", as_of=day, table=table, forest=Forest(np.array(parents))
    )


@st.composite
def many_columns(draw):

    size = draw(st.integers(1, 30))
    parents = [draw(st.integers(-1, n - 1)) for n in range(size)]

    def each(strategy):
        return draw(st.lists(strategy, min_size=size, max_size=size))

    status = st.sampled_from([Status.UNNAMED, Status.VACANT, Status.PLANNED])
    more = {
        "seats": each(st.integers(1, 4)),
        "seats_at_least": each(st.booleans()),
        "status": [one.value for one in each(status)],
        "fte": pl.Series(each(st.sampled_from([None, 0.5, 1.0, 2.25])), dtype=pl.Float64),
    }
    kept = draw(st.sets(st.sampled_from(sorted(more))))
    return columns(parents, **{name: more[name] for name in sorted(kept)})


def comparable(figures):
    return [
        (
            row.position_id,
            row.status,
            row.level,
            row.seats,
            row.direct_leaders,
            row.direct_staff,
            row.span,
            row.reach,
            row.direct_fte,
            row.fte_below,
            row.leaders_below,
            row.layers_above,
            row.layers_below,
        )
        for row in figures
    ]


@pytest.mark.slow
@given(many_columns(), st.booleans(), st.booleans())
def test_columns_and_their_entities_have_the_same_figures(data, vacant, planned):
    switches = {"count_vacant": vacant, "count_planned": planned}
    assert comparable(spans(data, **switches)) == comparable(
        spans(data.organisation(), **switches)
    )


@pytest.mark.slow
def test_compiled_loops_give_what_plain_ones_give(monkeypatch):
    body = """
        - id: a
          name: A
          kind: k
          employees: 12
          leader: {id: l, title: L}
          positions: [{id: p, title: P, seats: 2}]
          units:
            - {id: b, name: B, kind: k, employees: 5, leader: {id: m, title: M}}
            - {id: c, name: C, kind: k, leader: {id: n, title: N, reports_to: {position: l, or: m}}}
    """
    plain = comparable(spans(units(body)))
    monkeypatch.setattr(orgmodel.arrays.kernels, "COMPILED_FROM", 0)
    assert comparable(spans(units(body))) == plain
    check_against_slow(units(body))


class TestFullTimeEquivalents:
    def test_of_posts_that_may_refer_elsewhere_nothing_is_certain(self):
        data = units("""
            - id: a
              name: A
              kind: k
              complete: true
              positions:
                - {id: p, title: P, fte: 1}
                - {id: q, title: Q, fte: 1}
                - {id: s, title: S, fte: 0.5, reports_to: p}
                - {id: t, title: T, fte: 0.5, reports_to: q}
                - {id: r, title: R, fte: 1.5, reports_to: {position: p, or: q}}
        """)
        figures = spans(data)
        assert figures.of("p").direct_fte == Interval(0.5, 0.5 + 1.5)
        assert figures.of("q").direct_fte == Interval(0.5, 0.5 + 1.5)
        assert figures.of("p").fte_below == Interval(0.5, 0.5 + 1.5)
        # R may bring people along.
        assert figures.of("q").fte_below == Interval(0.5, None)

    def test_a_seat_count_that_is_exact_stays_exact(self):
        assert spans(tree({"a": None, "b": "a"})).of("a").span == exactly(1)
