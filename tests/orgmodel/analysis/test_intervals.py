"""The invariant of every interval: it contains the true value, whatever sources leave out.

A true organisation is drawn: every person, every line, every headcount. Then things are hidden from
it, as sources do, and the figures of what is left are held against the truth.

What the format cannot say, and what is therefore not hidden:

- People who are in no listed post report to the leader of the unit that they are counted in. Who
  reports to somebody else is a listed post here.
- A unit that states its headcount, says nothing of `complete` and whose parts all state theirs is
  read as having no other parts and no leaders but those listed (`headcounts.py`). Where a leader is
  hidden from such a unit, it says `complete: false`; so does a unit of which a number without
  leaders is stated.
- A leader whom nobody lists has no listed reports: lines pass through leaders who are shown, named or
  not. So a hidden leader takes everyone below along, and reports to the leader of the unit above.
- A post of which the data do not say that it is a leader's is not one, unless it has a listed
  report. A leader without a unit, some of whose staff are hidden, says `is_leader: true`; the
  alternatives of a line are leaders.
- Headcounts count vacant posts, as spans do. Politicians and posts of other organisations are no
  employees; they are always listed.
- Whether a unit's leader is among its headcount is said of the leader whom the data give it.

What is assumed may be wrong: a second series publishes false lines as inferred, calls units complete
without a source and counts more seats than there are. Then the figures without assumptions must hold
the truth, and so whatever is called settled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from orgmodel import Interval, explain_span, loads, spans
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.model.amounts import UNKNOWN
from tests.builders import HEAD, problems, unit, units, with_leader
from tests.builders import post as entry
from tests.orgmodel.analysis.test_explaining import check_that_parts_add_up
from tests.series import series


@dataclass(frozen=True)
class Post:
    id: str
    unit: int
    seats: int = 1
    at_least: bool = False
    status: str = ""
    political: bool = False
    outside: bool = False
    is_leader: bool = False
    refers_to: tuple[str, ...] = ()
    is_guess: bool = False
    least: int | None = None
    direct: tuple[str, ...] = ()

    def text(self):
        said = [f"id: {self.id}, title: T"]
        said += [f"seats: {self.seats}"] if self.seats > 1 or self.at_least else []
        said += ["seats_at_least: true"] if self.at_least else []
        said += [f"status: {self.status}"] if self.status else []
        said += ["political: true"] if self.political else []
        said += ["outside: true"] if self.outside else []
        said += self.direct
        if self.least is not None:
            said.append(f"seats_assumed: {{least: {self.least}, reason: R}}")
        said += ["is_leader: true"] if self.is_leader else []
        if len(self.refers_to) > 1:
            first, *others = self.refers_to
            said.append(f"reports_to: {{position: {first}, or: [{', '.join(others)}]}}")
        elif self.refers_to and self.is_guess:
            guess = f"{{position: {self.refers_to[0]}, basis: inferred, reason: R}}"
            said.append(f"reports_to: {guess}")
        elif self.refers_to:
            said.append(f"reports_to: {self.refers_to[0]}")
        return f"{{{', '.join(said)}}}"


@dataclass(frozen=True)
class Unit:
    parent: int | None
    leader: str | None
    complete: str = ""
    employees: str = ""


@dataclass
class World:
    units: dict[int, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def text(self):
        return (
            HEAD
            + "units:\n"
            + "".join(
                f"  - {self._unit(n)}\n" for n, one in self.units.items() if one.parent is None
            )
        )

    def _unit(self, n):
        one = self.units[n]
        said = [f"id: u{n}, name: U, kind: k"]
        said += [f"employees: {one.employees}"] if one.employees else []
        said += [f"complete: {one.complete}"] if one.complete else []
        leads = one.leader in self.posts and self.posts[one.leader].unit == n
        if one.leader in self.posts:
            said.append(f"leader: {self.posts[one.leader].text() if leads else one.leader}")
        listed = [
            post.text()
            for post in self.posts.values()
            if post.unit == n and not (leads and post.id == one.leader)
        ]
        said.append(f"positions: [{', '.join(listed)}]")
        below = [self._unit(m) for m, other in self.units.items() if other.parent == n]
        said.append(f"units: [{', '.join(below)}]")
        return f"{{{', '.join(said)}}}"

    def inside(self, n, top):
        """Whether a unit is another or below it."""
        while n is not None and n != top:
            n = self.units[n].parent
        return n == top

    def leader_over(self, n):
        while n is not None and self.units[n].leader is None:
            n = self.units[n].parent
        return None if n is None else self.units[n].leader


def heads(post):
    is_employed = post.status != "planned" and not post.political and not post.outside
    return post.seats if is_employed else 0


def seats(post):
    return 0 if post.status == "planned" else post.seats


@st.composite
def true_worlds(draw):
    """Draw an organisation with complete data."""
    world = World()
    size = draw(st.integers(1, 4))
    for n in range(size):
        parent = draw(st.sampled_from([None, *range(n)])) if n else None
        kind = draw(st.sampled_from(["own", "own", "own", "none", "other"]))
        leader = None
        others = [one for one in world.posts if one.startswith("l")]
        if kind == "own" or n == 0:
            leader = f"l{n}"
            world.posts[leader] = Post(
                leader,
                n,
                seats=draw(st.sampled_from([1, 1, 1, 3])),
                status=draw(st.sampled_from(["", "", "vacant"])),
                political=n == 0 and draw(st.integers(0, 5)) == 0,
                refers_to=_perhaps(draw, [*world.posts]),
            )
        elif kind == "other":
            leader = draw(st.sampled_from(others))
        world.units[n] = Unit(parent, leader)
        for k in range(draw(st.integers(0, 3))):
            post_id = f"s{n}-{k}"
            world.posts[post_id] = Post(
                post_id,
                n,
                seats=draw(st.sampled_from([1, 1, 2])),
                status=draw(st.sampled_from(["", "", "", "vacant", "planned"])),
                outside=draw(st.integers(0, 9)) == 0,
                refers_to=_perhaps(draw, [*world.posts]),
            )
        if draw(st.integers(0, 3)) == 0:
            team = f"t{n}"
            world.posts[team] = Post(team, n, is_leader=True)
            for k in range(draw(st.integers(0, 2))):
                post_id = f"t{n}-{k}"
                world.posts[post_id] = Post(post_id, n, refers_to=(team,))
    return world


def _perhaps(draw, known):
    if not known or draw(st.integers(0, 5)):
        return ()
    return (draw(st.sampled_from(known)),)


class Truth:
    """Every figure, computed from the true lines."""

    def __init__(self, world):
        self.world = world
        self.lines = {key: line.superior_id for key, line in loads(world.text()).lines.items()}

    def span(self, leader):
        return sum(
            seats(self.world.posts[one]) for one, above in self.lines.items() if above == leader
        )

    def below(self, leader):
        found = [one for one, above in self.lines.items() if above == leader]
        for one in found:
            found += [other for other, above in self.lines.items() if above == one]
        return found

    def reach(self, leader):
        return sum(seats(self.world.posts[one]) for one in self.below(leader))

    def headcount(self, unit):
        posts = self.world.posts.values()
        return sum(heads(post) for post in posts if self.world.inside(post.unit, unit))

    def leaders(self):
        counted = {
            above
            for one, above in self.lines.items()
            if above is not None and self.world.posts[one].status != "planned"
        }
        stated = {post.id for post in self.world.posts.values() if post.is_leader}
        return counted | stated | {one.leader for one in self.world.units.values() if one.leader}


@st.composite
def published(draw, truth):
    """Draw what sources publish of a true organisation."""
    world = truth.world
    found = World(dict(world.units), dict(world.posts))
    must_say: set[int] = set()
    _hide_leaders(draw, truth, found, must_say)
    _hide_staff(draw, truth, found)
    all_listed = _fully_listed(world, found)
    _state_headcounts(draw, truth, found, must_say)
    _state_direct(draw, truth, found)
    for n, one in found.units.items():
        states = any(found.units[m].employees for m in found.units if found.inside(n, m))
        if all_listed[n]:
            says = draw(st.sampled_from(["", "true", "true", "false"]))
        else:
            says = "false" if n in must_say and states else draw(st.sampled_from(["", "false"]))
        found.units[n] = replace(one, complete=says)
    _leave_open(draw, truth, found)
    return found


@st.composite
def guessed(draw, truth):
    """Draw published data with wrong assumptions."""
    found = draw(published(truth))
    _guess_lines(draw, truth, found)
    for key, post in found.posts.items():
        if not post.at_least and draw(st.integers(0, 4)) == 0:
            more = draw(st.integers(1, 2))
            found.posts[key] = replace(post, seats=post.seats + more, least=post.seats)
    for n, one in found.units.items():
        if one.complete == "true":
            says = draw(st.sampled_from(["true", "{value: true, cite: s}"]))
        else:
            says = draw(st.sampled_from([one.complete, "true"]))
        found.units[n] = replace(one, complete=says)
    return found


def _guess_lines(draw, truth, found):
    """Redirect some unstated lines to a wrong leader."""
    leaders = sorted(truth.leaders() & found.posts.keys())
    led = {one.leader for one in found.units.values()}
    for key in leaders:
        if key not in led:
            found.posts[key] = replace(found.posts[key], is_leader=True)
    for key, post in list(found.posts.items()):
        true = truth.lines[key]
        others = [one for one in leaders if one not in {key, true}]
        if true is None or post.refers_to or not others or draw(st.integers(0, 2)):
            continue
        wrong = draw(st.sampled_from(others))
        found.posts[key] = replace(post, refers_to=(wrong,), is_guess=True)


def _hide_leaders(draw, truth, found, must_say):
    """Leave out leaders with everyone below them, where that is all who are in some units."""
    world = truth.world
    for leader in sorted(truth.leaders()):
        if leader not in found.posts or draw(st.integers(0, 4)):
            continue
        gone = {leader, *truth.below(leader)}
        own = {n for n, one in world.units.items() if one.leader == leader}
        units_gone = {n for n in world.units if any(world.inside(n, top) for top in own)}
        if gone == found.posts.keys() or not _may_be_hidden(truth, leader, own, units_gone):
            continue
        if not own:
            must_say.add(world.posts[leader].unit)
        for one in gone:
            found.posts.pop(one, None)
        for n in units_gone & found.units.keys():
            if n in own and draw(st.booleans()):
                found.units[n] = replace(found.units[n], leader=None)
            else:
                del found.units[n]
                must_say.add(world.units[n].parent)
    # A unit below a removed unit is removed.
    for n in sorted(found.units):
        if found.units[n].parent is not None and found.units[n].parent not in found.units:
            del found.units[n]


def _may_be_hidden(truth, leader, own, units_gone):
    """Whether the format lets a leader of some units, or of none, be missing (see the module)."""
    world = truth.world
    gone = {leader, *truth.below(leader)}
    unit = world.posts[leader].unit
    if any(world.posts[one].outside for one in gone):
        return False
    if not own:
        is_one_unit = all(world.posts[one].unit == unit for one in gone)
        return truth.lines[leader] == world.leader_over(unit) and is_one_unit
    parents = {world.units[n].parent for n in own} - units_gone
    over = {None if n is None else world.leader_over(n) for n in parents}
    in_units = {key for key, post in world.posts.items() if post.unit in units_gone}
    leads_elsewhere = any(
        one.leader in gone for n, one in world.units.items() if n not in units_gone
    )
    return over == {truth.lines[leader]} and in_units == gone and not leads_elsewhere


def _hide_staff(draw, truth, found):
    leaders = truth.leaders()
    for key, post in list(found.posts.items()):
        if key in leaders or post.outside:
            continue
        superior = truth.lines[key]
        is_team = superior is not None and truth.world.posts[superior].is_leader
        if is_team:
            may_go = truth.world.posts[superior].unit == post.unit
        else:
            may_go = superior == truth.world.leader_over(post.unit)
        is_free = key not in truth.lines.values()
        if may_go and is_free and draw(st.booleans()):
            del found.posts[key]
        elif post.seats > 1 and draw(st.booleans()):
            found.posts[key] = replace(post, seats=post.seats - 1, at_least=True)
    for key in leaders & found.posts.keys():
        post = found.posts[key]
        if post.seats > 1 and draw(st.booleans()):
            found.posts[key] = replace(post, seats=post.seats - 1, at_least=True)


def _fully_listed(world, found):
    """Whether all parts and posts of each unit are there, as `complete: true` says."""
    return {
        n: all(
            m in found.units and found.units[m].leader == world.units[m].leader
            for m, one in world.units.items()
            if n in {one.parent, m}
        )
        and all(
            key in found.posts and not found.posts[key].at_least
            for key, post in world.posts.items()
            if post.unit == n
        )
        for n in found.units
    }


def _state_headcounts(draw, truth, found, must_say):
    for n, one in found.units.items():
        statements = [
            _headcount(draw, truth, found, must_say, n)
            for _one in range(draw(st.sampled_from([1, 1, 1, 2])))
        ]
        said = [text for text in statements if text]
        text = said[0] if len(said) == 1 else f"[{', '.join(said)}]" if said else ""
        found.units[n] = replace(one, employees=text)


def _headcount(draw, truth, found, must_say, n):
    """Return one source's headcount of a unit; for some units none."""
    leaders = truth.leaders()
    true, is_said = truth.headcount(n), ""
    chief = found.leader_over(n)
    if chief in found.posts and truth.world.inside(truth.world.posts[chief].unit, n):
        is_said = draw(st.sampled_from(["", "", "true", "false"]))
        is_among = is_said == "true" or (not is_said and draw(st.booleans()))
        true -= 0 if is_among else heads(truth.world.posts[chief])
    ways = ["none", "exact", "exact", "ca.", "godt", "knap", "mindst", "højst", "range"]
    way = draw(st.sampled_from([*ways, "without leaders"]))
    if way == "none":
        return ""
    if way == "without leaders":
        leading = sum(
            heads(truth.world.posts[key])
            for key in leaders
            if truth.world.inside(truth.world.posts[key].unit, n)
        )
        must_say |= {m for m in found.units if found.inside(m, n)}
        return f"{{value: {truth.headcount(n) - leading}, without_leaders: true}}"
    said = f", leader_included: {is_said}" if is_said else ""
    return f"{{value: '{_number(draw, way, true)}'{said}}}"


def _number(draw, way, true):
    """Return the true number as an amount in one of the permitted wordings."""
    if way == "exact":
        return f"{true}"
    if way == "mindst":
        return f"mindst {max(0, true - draw(st.integers(0, 3)))}"
    if way == "højst":
        return f"højst {true + draw(st.integers(0, 3))}"
    if way == "range":
        return f"{max(0, true - draw(st.integers(0, 3)))}-{true + draw(st.integers(0, 3))}"
    allowed = [v for v in range(true + 3) if _may_mean(way, v, true)]
    return f"{way} {draw(st.sampled_from(allowed))}"


def _state_direct(draw, truth, found):
    """State for some leaders the number of leaders, or of others, that they lead directly."""
    leaders = truth.leaders()
    for key in sorted(leaders & found.posts.keys()):
        said = []
        for name, is_leader in (("direct_leaders", True), ("direct_staff", False)):
            if draw(st.integers(0, 4)):
                continue
            true = sum(
                seats(truth.world.posts[one])
                for one, above in truth.lines.items()
                if above == key and (one in leaders) is is_leader
            )
            ways = [draw(st.sampled_from(["exact", "mindst", "range"])) for _n in range(2)]
            numbers = [f"'{_number(draw, way, true)}'" for way in ways[: draw(st.integers(1, 2))]]
            said.append(f"{name}: [{', '.join(numbers)}]")
        found.posts[key] = replace(found.posts[key], direct=tuple(said))


def _may_mean(way, value, true):
    """Whether a value with this qualifier may mean the true one, by `model/amounts.py`."""
    low, high = {"ca.": (95, 105), "godt": (100, 110), "knap": (90, 100)}[way]
    return value * low // 100 <= true <= math.ceil(value * high / 100 - 1e-9)


def _leave_open(draw, truth, found):
    leaders = sorted(truth.leaders() & found.posts.keys())
    opened = set()
    for key, post in list(found.posts.items()):
        true = truth.lines[key]
        if true is None or true not in leaders or draw(st.integers(0, 4)):
            continue
        others = [one for one in leaders if one not in {key, true}]
        if others:
            some = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))
            lines = draw(st.permutations([true, *some]))
            found.posts[key] = replace(post, refers_to=tuple(lines))
            opened |= {true, key}
    led = {one.leader for one in found.units.values()}
    for key in leaders:
        hides = any(one not in found.posts for one, above in truth.lines.items() if above == key)
        if key not in led and (hides or key in opened or draw(st.booleans())):
            found.posts[key] = replace(found.posts[key], is_leader=True)


def holds(interval, true):
    return interval.low <= true and (interval.high is None or true <= interval.high)


@st.composite
def pairs(draw):
    truth = Truth(draw(true_worlds()))
    return truth, draw(published(truth))


def figures_of(text):
    """The figures of published data; None if only a cycle of lines remains."""
    wrong = problems(text)
    assert {problem.code for problem in wrong} <= {"reporting-cycle"}, text
    return None if wrong else spans(loads(text))


def check_that_the_truth_lies_within(truth, world):
    text = world.text()
    figures = figures_of(text)
    if figures is None:
        return
    for leader in truth.leaders() & world.posts.keys():
        row = figures.get(leader)
        if row is None:
            continue
        said = (leader, row.span, row.reach, truth.world.text(), text)
        assert holds(row.span, truth.span(leader)), (truth.span(leader), *said)
        assert holds(row.reach, truth.reach(leader)), (truth.reach(leader), *said)
    check_that_parts_add_up(figures)


@st.composite
def guessed_pairs(draw):
    truth = Truth(draw(true_worlds()))
    return truth, draw(guessed(truth))


def check_that_the_truth_lies_within_what_holds_without_assumptions(truth, world):
    text = world.text().replace(HEAD, f"{HEAD}sources: {{s: {{title: S}}}}\n")
    for row in figures_of(text) or ():
        if row.position_id not in truth.leaders():
            continue
        true = truth.span(row.position_id)
        said = (true, row.position_id, row.firm_span, row.span, truth.world.text(), text)
        assert holds(row.firm_span, true), said
        if row.knowing is Knowing.SETTLED:
            assert row.span == Interval(true, true), said


EITHER = {"position": "m", "or": "l"}


class TestWhatMayReferHere:
    """L leads ten in A, all stated. Q in B is drawn under M, and may report to L instead."""

    def row(self, **more):
        other = unit("b", "m", complete=True, positions=[entry("q", **more, reports_to=EITHER)])
        return spans(units(unit("a", "l", employees=with_leader(10)), other)).of("l")

    def test_a_stated_headcount_is_open_above_for_those_who_may_come_from_outside(self):
        row = self.row()
        # Q leads nobody, so nobody else moves with it
        assert row.reach == Interval(10 - 1, 10 - 1 + 1)
        assert row.span == Interval(9, 9 + 1)

    def test_more_seats_than_are_counted_may_report_here_too(self):
        assert self.row(seats=2, seats_at_least=True).span == Interval(9, None)

    def test_whoever_is_inside_and_below_anyway_opens_nothing(self):
        below = unit("b", "m", employees=with_leader(4), positions=[entry("q", reports_to=EITHER)])
        data = units(unit("a", "l", employees=with_leader(10), units=[below]))
        assert spans(data).of("l").reach == Interval(9, 9)
        # M leads two for certain, and Q perhaps: what is stated of B is not M's alone.
        assert spans(data).of("m").reach == Interval(2, 3)


class TestLinesThatLeaveTheUnits:
    """A reach begins with a stated headcount only where it is that of those below."""

    def test_who_sits_in_the_unit_and_refers_elsewhere_is_not_below(self):
        posts = [entry("q", reports_to="l")]
        below = unit("b", "m", employees=with_leader(10), positions=posts)
        data = units(unit("a", "l", complete=True, units=[below]))
        # of the ten one is M and one is Q, who reports to L
        assert spans(data).of("m").reach == Interval(8, 8)
        # M and Q, and the eight; Q is counted once
        assert spans(data).of("l").reach == Interval(10, 10)

    def test_who_sits_outside_is_below_at_any_depth(self):
        outside = unit("b", positions=[entry("q", reports_to="p")])
        data = units(unit("a", "l", employees=with_leader(10), positions=["p"]), outside)
        # P and Q, and up to eight in no post, of whom P may lead some: 1 + 1 + 0 to 8
        assert spans(data).of("l").reach == Interval(2, 10)

    def test_a_unit_within_another_of_the_same_leader_is_counted_once(self):
        lowest = unit("c", employees=2, led_by="l")
        below = unit("b", "m", employees=with_leader(6), units=[lowest])
        data = units(unit("a", "l", employees=with_leader(10), units=[below]))
        assert spans(data).of("l").reach == Interval(9, 9)
        # Of the six in B one is M, and two are led by L.
        assert spans(data).of("m").reach == Interval(3, 3)


class TestWhatMayBeMore:
    def test_posts_of_somebody_else_may_have_more_seats(self):
        more = entry("p", seats=3, seats_at_least=True, reports_to="m")
        data = units(
            unit("a", "l", employees=with_leader(20), positions=[more]),
            unit("b", "m", complete=True),
        )
        # 20 less L and at least three who report to M, who may be many more: 16 at most, and of that
        # nothing tells how many there are
        assert spans(data).of("l").span == UNKNOWN
        (unlisted,) = explain_span(spans(data), "l").unknowns
        assert "at most 16 of 20 employees can" in unlisted.text("en")
        assert spans(data).of("m").span == Interval(3, None)

    def test_seats_of_direct_staff_are_direct_staff_listed_or_not(self):
        more = entry("p", seats=3, seats_at_least=True)
        data = units(unit("a", "l", employees=with_leader(20), positions=[more]))
        assert spans(data).of("l").span.low == 19

    def test_a_number_without_leaders_is_open_where_leaders_may_be_missing(self):
        def reach(**more):
            heads = {"value": 35, "without_leaders": True}
            return spans(units(unit("a", "l", employees=heads, **more))).of("l").reach

        assert reach() == Interval(35, 35)
        assert reach(complete=False) == Interval(35, None)
        assert reach(units=[unit("b", complete=False)]) == Interval(35, None)


in_series = series(
    sample=100,
    full=20_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.slow
@in_series
@given(pairs())
def test_the_truth_lies_within_what_the_sources_leave_open(pair):
    check_that_the_truth_lies_within(*pair)


@pytest.mark.slow
@in_series
@given(guessed_pairs())
def test_what_is_settled_holds_where_every_assumption_is_wrong(pair):
    check_that_the_truth_lies_within_what_holds_without_assumptions(*pair)
