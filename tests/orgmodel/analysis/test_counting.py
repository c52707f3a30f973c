"""The array computation agrees with the definitions, applied post by post."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel import Interval, loads, spans
from orgmodel.analysis.spans.headcounts import Headcounts, Unlisted
from orgmodel.analysis.spans.stated_reaches import StatedReaches
from orgmodel.arrays.forest import Forest
from orgmodel.model.amounts import ZERO, exactly, total
from orgmodel.model.columns import PositionColumns
from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import Level
from orgmodel.model.statuses import Status, Who
from tests.builders import HEAD, forests, post, problems, tree, unit, units
from tests.orgmodel.analysis.test_explaining import KINDS, organisations


def hull_of(found):
    """The smallest interval around several statements of one number."""
    highs = [one.high for one in found]
    return Interval(
        min(one.low for one in found),
        None if None in highs else max(high for high in highs if high is not None),
    )


class Slow:
    """The definitions of `spans.py`, one post at a time; headcounts are taken as given."""

    def __init__(self, data, left_out):
        self.data, self.left_out = data, left_out

        def heads(position):
            is_planned = data.status(position.id) is Status.PLANNED
            is_employed = not (position.political or position.outside or is_planned)
            return position.seats if is_employed else 0

        self.heads = heads
        self.headcounts = Headcounts(data, heads)
        reaches = StatedReaches(data, self.headcounts)
        self.stated, self.from_outside = reaches.stated, reaches.from_outside

    def is_left_out(self, one):
        post, status = self.data.positions[one], self.data.status(one)
        staff_unit, unit = False, self.data.units[post.unit_id]
        while unit is not None:
            kind = self.data.kinds.get(unit.kind_id)
            staff_unit |= kind is not None and kind.staff
            unit = self.data.units[unit.parent_id] if unit.parent_id else None
        return any(
            who in self.left_out and is_so
            for who, is_so in (
                (Who.PLANNED, status is Status.PLANNED),
                (Who.VACANT, status is Status.VACANT),
                (Who.ASSISTANT, post.assistant),
                (Who.STAFF_UNIT, staff_unit),
            )
        )

    def seats(self, one):
        """The seats of a post, 0 if it is left out; the upper end may be open."""
        if self.is_left_out(one):
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
        return Unlisted(ZERO, 0)

    def listed(self, one, *, leaders):
        """Posts that report here, or may, by whether they lead; planned posts separately."""
        found, planned = ZERO, ZERO
        reports = [(key, self.perhaps(self.seats(key), key)) for key in self.data.reports[one]]
        comers = [(key, Interval(0, self.seats(key).high)) for key in self.comers(one)]
        for report, seats in (*reports, *comers):
            if self.is_leader(report) is not leaders:
                continue
            if self.data.status(report) is Status.PLANNED:
                planned = planned + seats
            else:
                found = found + seats
        return found, planned

    def direct(self, one, *, leaders):
        """How many leaders, or others, report here: listed or stated, and how many are unlisted."""
        post = self.data.positions[one]
        listed, planned = self.listed(one, leaders=leaders)
        amounts = post.direct_leaders if leaders else post.direct_staff
        if not amounts:
            return listed + planned, None
        gone = sum(
            self.data.positions[key].seats
            for key in (*self.data.reports[one], *self.comers(one))
            if self.is_leader(key) is leaders
            and self.is_left_out(key)
            and self.data.status(key) is not Status.PLANNED
        )
        stated = hull_of([one.interval() for one in amounts]).less(exactly(gone))
        if stated.high is not None and stated.high < listed.low:
            high = None if listed.high is None else max(stated.high, listed.high)
            found = Interval(stated.low, high)
        else:
            found = Interval(max(stated.low, listed.low), stated.high)
        high = None if found.high is None else max(0, found.high - listed.low)
        return found + planned, Interval(max(0, found.low - listed.low), high)

    def direct_leaders(self, one):
        found, _missing = self.direct(one, leaders=True)
        post = self.data.positions[one]
        if post.direct_staff and not post.direct_leaders:
            found = found + self.left_over(one)
        return found

    def direct_staff(self, one):
        found, _missing = self.direct(one, leaders=False)
        return found if self.data.positions[one].direct_staff else found + self.left_over(one)

    def left_over(self, one):
        """Those in no listed post who are not among a stated number already."""
        staff = self.unlisted(one).staff
        for leaders in (True, False):
            _found, missing = self.direct(one, leaders=leaders)
            if missing is not None:
                low = 0 if missing.high is None else max(0, staff.low - missing.high)
                staff = Interval(low, staff.high)
        return staff

    def span(self, one):
        """Leaders and staff; a post with an open line may count or not, wherever it is drawn."""
        return self.direct_leaders(one) + self.direct_staff(one)

    def perhaps(self, interval, one):
        return Interval(0, interval.high) if self.is_unsettled(one) else interval

    def base(self, one):
        """The start of a reach without a stated headcount of exactly the people below."""
        unlisted = self.unlisted(one)
        within = Interval(unlisted.staff.low, unlisted.limit)
        missing = [self.direct(one, leaders=leaders)[1] for leaders in (True, False)]
        if missing == [None, None]:
            return within
        leaders, staff = (part or ZERO for part in missing)
        least = max(within.low, leaders.low + staff.low)
        if unlisted == Unlisted(ZERO, 0):
            return Interval(least, staff.high if leaders.high == 0 else None)
        return Interval(least, None if within.high is None else max(least, within.high))

    def reach(self, one):
        reports = self.data.reports[one]
        inside = []
        if one in self.stated:
            tops = self.stated[one]
            found = total([self.below_leader(unit) for unit in tops])
            inside = [report for report in reports if self.is_in(report, tops)]
            for one_inside in inside:
                for key in (one_inside, *self.below(one_inside)):
                    post = self.data.positions[key]
                    more = self.seats(key).low - self.heads(post)
                    is_open = self.seats(key).high is None and not self.heads(post)
                    found = found + Interval(more, None if is_open else more)
            reports = [report for report in reports if not self.is_in(report, tops)]
            is_open = any(map(self.is_leader, self.from_outside[one]))
            for comer in self.from_outside[one]:
                found = found + Interval(0, self.seats(comer).high)
        else:
            found = self.base(one)
            is_open = any(map(self.is_leader, self.comers(one)))
            for comer in self.comers(one):
                found = found + Interval(0, self.seats(comer).high)
        known = total(
            [self.perhaps(self.seats(report) + self.reach(report), report) for report in inside]
        )
        is_less = not is_open and found.high is not None and found.high < known.low
        high = known.high if is_less else None if is_open else found.high
        found = Interval(max(known.low, found.low), high)
        for report in reports:
            found = found + self.perhaps(self.seats(report) + self.reach(report), report)
        return found

    def is_in(self, one, units):
        return self.headcounts.contains(units, self.data.positions[one].unit_id)

    def below_leader(self, unit):
        found = [
            self.headcounts.below_leader(unit, amount) for amount in self.headcounts.amounts(unit)
        ]
        return hull_of(found)

    def below(self, one):
        for report in self.data.reports[one]:
            yield report
            yield from self.below(report)

    def leaders_below(self, one):
        """Listed leaders, and possible unlisted ones."""
        _found, missing = self.direct(one, leaders=True)
        if missing is None:
            is_silent = not self.unlisted(one).staff.is_exact
            missing = Interval(0, None if is_silent else 0)
        if any(map(self.is_leader, self.comers(one))):
            missing = Interval(missing.low, None)
        for report in self.data.reports[one]:
            own = self.seats(report) if self.is_leader(report) else ZERO
            missing = missing + self.perhaps(own + self.leaders_below(report), report)
        return missing

    def layers_above(self, one):
        superior = self.data.lines[one].superior_id
        return 0 if superior is None else 1 + self.layers_above(superior)

    def steps(self, one, *, settled):
        """Layers of leaders from a post down, itself included; a planned post does not count."""
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
    """The units whose headcounts a reach begins with contain only people below the leader."""
    slow = Slow(data, {Who.PLANNED})
    for leader, tops in slow.stated.items():
        below = {leader, *slow.below(leader)}
        for one, position in data.positions.items():
            is_inside = slow.headcounts.contains(tops, position.unit_id)
            if is_inside and one != leader:
                assert one in below
                assert set(data.lines[one].alternative_ids) <= below
        for unit_id, led_by in slow.headcounts.effective_leaders.items():
            if slow.headcounts.contains(tops, unit_id):
                assert led_by in below


@pytest.mark.slow
@given(organisations(), st.sets(st.sampled_from(Who)), st.booleans())
def test_the_pass_over_arrays_is_the_definition(body, left_out, politician):
    if politician:
        body = body.replace("title: T", "title: T, political: true", 1)
    text = f"{HEAD}{KINDS}units:\n{body}"
    assume(not problems(text))
    for day in (None, date(2024, 6, 1), date(2027, 6, 1)):
        data = loads(text) if day is None else loads(text).on(day)
        check_against_slow(data, leave_out=left_out)
        check_that_stated_headcounts_are_of_those_below(data)
        check_that_nobody_has_more_below_than_their_leader(data)


def check_that_nobody_has_more_below_than_their_leader(data):
    """A certain report of a leader has fewer people below, in every form of the numbers."""
    figures = spans(data)
    for row in figures:
        line = data.lines[row.position_id]
        if line.superior_id is None or line.alternative_ids:
            continue
        above = figures.get(line.superior_id)
        if above is None:
            continue
        own = 0 if data.status(row.position_id) is Status.PLANNED else row.seats
        assert above.reach.low >= own + row.reach.low, row.position_id
        assert above.reach_about >= own + row.reach_about, row.position_id
        if above.reach.high is not None:
            assert above.reach.high >= own + row.reach.low, row.position_id


@pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
def test_the_shipped_data_too(shipped, name):
    check_against_slow(shipped[name])
    check_that_nobody_has_more_below_than_their_leader(shipped[name])


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
    return [(row.status, row.level, row.as_dict()) for row in figures]


@pytest.mark.slow
@given(many_columns(), st.sets(st.sampled_from([Who.VACANT, Who.PLANNED])))
def test_columns_and_their_entities_have_the_same_figures(data, left_out):
    alone, entities = (spans(one, leave_out=left_out) for one in (data, data.organisation()))
    assert comparable(alone) == comparable(entities)


def test_headcounts_beside_those_who_may_report_elsewhere():
    either = post("n", reports_to={"position": "l", "or": "m"})
    below = [unit("b", "m", employees=5), unit("c", either)]
    check_against_slow(
        units(unit("a", "l", employees=12, positions=[post("p", seats=2)], units=below))
    )


class TestFullTimeEquivalents:
    def test_of_posts_that_may_report_elsewhere_nothing_is_certain(self):
        either = {"position": "p", "or": "q"}
        posts = [
            *(post("p", fte=1), post("q", fte=1)),
            *(post("s", fte=0.5, reports_to="p"), post("t", fte=0.5, reports_to="q")),
            post("r", fte=1.5, reports_to=either),
        ]
        data = units(unit("a", complete=True, positions=posts))
        figures = spans(data)
        assert figures.of("p").direct_fte == Interval(0.5, 0.5 + 1.5)
        assert figures.of("q").direct_fte == Interval(0.5, 0.5 + 1.5)
        assert figures.of("p").fte_below == Interval(0.5, 0.5 + 1.5)
        # R leads nobody, so nobody else moves with it.
        assert figures.of("q").fte_below == Interval(0.5, 0.5 + 1.5)

    def test_a_seat_count_that_is_exact_stays_exact(self):
        assert spans(tree({"a": None, "b": "a"})).of("a").span == exactly(1)
