"""Spans, reaches and layers of all leaders at once: the one computation behind every figure.

Along the order from below, one pass adds up who reports directly, one adds up who is below, one finds
the layers of leaders; each takes time proportional to the posts. `spans.py` says what the figures
mean, `headcounts.py` what stated headcounts of units settle. An open upper end is infinite here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.enclosing import Enclosing
from orgmodel.analysis.headcounts import Headcounts
from orgmodel.arrays.kernels import kernel
from orgmodel.model.amounts import ZERO, Interval, total
from orgmodel.model.entities import Level, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from orgmodel.analysis.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

LEVELS = tuple(Level)
_TOP_STEP = 4
_BY_STEP = (Level.STAFF, Level.LEADER_OF_STAFF, Level.LEADER_OF_LEADERS, Level.FUNCTIONAL)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The figures of leaders as arrays, one number a leader's post.

    Attributes
    ----------
    posts
        The number of the post among all.
    seats, statuses, levels
        Of the post; the latter two as places in `STATUSES` and `LEVELS`.
    direct_leaders, fewer, more
        Seats: leaders among the reports as the lines are drawn; drawn reports that may report to
        others; others that may report here.
    unlisted_low, …, reach_high
        Both ends of the intervals, in heads.
    fte_low, fte_high, fte_below_low, fte_below_high
        The full-time equivalents of the direct reports that are posts, and of all posts below.
    leaders_below, layers_above, layers_below
        Seats of leaders below; posts above; layers of leaders below.
    """

    posts: Indices
    seats: Integers
    statuses: npt.NDArray[np.int8]
    levels: npt.NDArray[np.int8]
    direct_leaders: Integers
    fewer: Integers
    more: Integers
    unlisted_low: Floats
    unlisted_high: Floats
    staff_low: Floats
    staff_high: Floats
    span_low: Floats
    span_high: Floats
    reach_low: Floats
    reach_high: Floats
    fte_low: Floats
    fte_high: Floats
    fte_below_low: Floats
    fte_below_high: Floats
    leaders_below: Integers
    layers_above: Integers
    layers_below: Integers

    def __len__(self) -> int:
        return len(self.posts)

    @property
    def least(self) -> Floats:
        """The least that each leader's span can be, for each seat of the post."""
        return self.span_low / self.seats

    @property
    def most(self) -> Floats:
        """The most that each leader's span can be, for each seat; infinite where it is open."""
        return self.span_high / self.seats

    @property
    def is_known(self) -> Mask:
        """Whether anything is known of each leader's span: not from 0 without an end."""
        found: Mask = (self.span_low > 0) | np.isfinite(self.span_high)
        return found

    @property
    def is_settled(self) -> Mask:
        """Whether each leader's span is one number, whatever the data leave open or assume."""
        found: Mask = self.span_low == self.span_high
        return found

    def of(self, chosen: Mask | Indices) -> Counts:
        """Return the figures of some of the leaders."""
        return replace(self, **{one.name: getattr(self, one.name)[chosen] for one in fields(self)})


@dataclass(frozen=True)
class StatedHeads:
    """What stated headcounts of units say, for each post.

    Attributes
    ----------
    unlisted_low, unlisted_high
        Between what the unlisted staff lies that the post leads directly.
    base_low, base_high
        What its reach begins with, before those below are added.
    added
        Whether those at and below a post are added to the reach of its leader, or are in the stated
        headcount of the leader's units already.
    """

    unlisted_low: Floats
    unlisted_high: Floats
    base_low: Floats
    base_high: Floats
    added: Mask


def count_leaders(
    posts: PostArrays, stated: StatedHeads, left_out: Collection[Status] = (Status.PLANNED,)
) -> Counts:
    """Return the figures of every leader, in reading order.

    Parameters
    ----------
    posts
        The posts.
    stated
        What their units' headcounts add: `stated_heads`, or `nothing_stated`.
    left_out
        The statuses whose seats do not count.
    """
    forest = posts.forest
    order = forest.reading_order()
    # Whatever is worked out for all posts is at once cut down to the leaders: there are few of them.
    leaders = order[posts.leads[order]]
    del order
    seats = posts.counted_seats(left_out)
    most = np.where(posts.seats_at_least & (seats > 0), np.inf, seats)
    direct_leaders, leaders_below, others = _direct(posts, seats, leaders)
    more, more_high = (_may_come(posts, one)[leaders] for one in (seats, most))
    reaches = _reaches(
        forest.parents,
        forest.order,
        np.column_stack((seats.astype(np.float64), most)),
        np.column_stack((stated.base_low, stated.base_high)),
        stated.added,
        posts.unsettled,
    )[leaders]
    unlisted_low, unlisted_high = stated.unlisted_low[leaders], stated.unlisted_high[leaders]
    staff_low = others + unlisted_low
    others_high = forest.sums_of_reports(np.where(posts.leads, 0.0, most))[leaders]
    leaders_high = forest.sums_of_reports(np.where(posts.leads, most, 0.0))[leaders]
    fewer = forest.sums_of_reports(np.where(posts.unsettled, seats, 0))[leaders]
    steps, levels = leadership(posts)
    return Counts(
        posts=leaders,
        seats=posts.seats[leaders].astype(np.int64),
        statuses=posts.statuses[leaders],
        levels=levels[leaders],
        direct_leaders=direct_leaders,
        fewer=fewer,
        more=more.astype(np.int64),
        unlisted_low=unlisted_low,
        unlisted_high=unlisted_high,
        staff_low=staff_low,
        staff_high=others_high + unlisted_high,
        span_low=np.maximum(0, direct_leaders + staff_low - fewer),
        span_high=leaders_high + others_high + unlisted_high + more_high,
        reach_low=reaches[:, 0],
        reach_high=reaches[:, 1],
        **_full_time(posts, stated, seats > 0, leaders),
        leaders_below=leaders_below,
        layers_above=forest.depths[leaders].astype(np.int64),
        layers_below=np.maximum(0, steps[leaders] - 1).astype(np.int64),
    )


def _direct(
    posts: PostArrays, seats: npt.NDArray[np.int32], leaders: Indices
) -> tuple[Integers, Integers, Integers]:
    """Return the seats of leaders right below each leader, of leaders below, of others right below."""
    forest = posts.forest
    leading = np.where(posts.leads, seats, 0)
    direct = forest.sums_of_reports(leading)[leaders]
    others = forest.sums_of_reports(seats)[leaders] - direct
    return direct, forest.sums_below(leading)[leaders], others


def _may_come(posts: PostArrays, values: npt.NDArray[Any]) -> Floats:
    """Return for each post the sum of a value over those who may report to it instead."""
    found = np.zeros(len(posts), np.float64)
    for post, others in posts.may_refer.items():
        found[post] = values[others].sum()
    return found


def _full_time(
    posts: PostArrays, stated: StatedHeads, counts: Mask, leaders: Indices
) -> dict[str, Floats]:
    """Return between what the full-time equivalents right below and below each leader lie."""
    forest = posts.forest
    low, high = (np.where(counts, one, 0.0) for one in (posts.fte_low, posts.fte_high))
    # Whoever is in no listed post has full-time equivalents that nobody states.
    not_stated = np.where(stated.unlisted_high > 0, np.inf, 0.0)
    direct_low = forest.sums_of_reports(np.where(posts.unsettled, 0.0, low))[leaders]
    direct_high = forest.sums_of_reports(high)[leaders]
    direct_high = direct_high + not_stated[leaders] + _may_come(posts, high)[leaders]
    not_stated[list(posts.may_refer)] = np.inf
    below = _reaches(
        forest.parents,
        forest.order,
        np.column_stack((low, high)),
        np.column_stack((np.zeros(len(posts)), not_stated)),
        np.ones(len(posts), np.bool_),
        posts.unsettled,
    )[leaders]
    return {
        "fte_low": direct_low,
        "fte_high": direct_high,
        "fte_below_low": below[:, 0],
        "fte_below_high": below[:, 1],
    }


def nothing_stated(posts: PostArrays) -> StatedHeads:
    """Return what no unit's headcount adds: everybody is in a listed post."""
    nothing = np.zeros(len(posts), np.float64)
    return StatedHeads(nothing, nothing, nothing, nothing, np.ones(len(posts), np.bool_))


def stated_heads(
    organisation: Organisation, posts: PostArrays, left_out: Collection[Status]
) -> StatedHeads:
    """Return what the headcounts of an organisation's units add to the figures of its posts."""
    seats = posts.counted_seats(left_out)
    heads = dict(zip(posts.ids, np.where(posts.political, 0, seats).tolist(), strict=True))
    return _Stating(organisation, posts, heads).all()


def leadership(posts: PostArrays) -> tuple[Indices, npt.NDArray[np.int8]]:
    """Return how many layers of leaders each post stands for, itself included, and its level.

    The layers are those below as the lines are drawn. The level leaves out the lines that are not
    settled: `levels.py` says how it follows.
    """
    planned = posts.with_status(Status.PLANNED)
    forest = posts.forest
    steps = _steps(forest.parents, forest.order, posts.leads, ~planned)
    settled_steps = (
        _steps(forest.parents, forest.order, posts.leads, ~planned & ~posts.unsettled)
        if posts.unsettled.any()
        else steps
    )
    codes = np.array([LEVELS.index(level) for level in _BY_STEP], np.int8)
    levels = codes[np.minimum(settled_steps, len(_BY_STEP) - 1)]
    above = forest.parents
    is_top = (above < 0) | posts.political[above]
    levels[is_top & (settled_steps >= _TOP_STEP)] = LEVELS.index(Level.TOP)
    levels[posts.political] = LEVELS.index(Level.POLITICAL)
    return steps, levels


class _Stating:
    """What the units' headcounts say of each post."""

    def __init__(
        self, organisation: Organisation, posts: PostArrays, heads: dict[str, int]
    ) -> None:
        self._organisation = organisation
        self._posts = posts
        self._heads = heads
        self._numbers = {position_id: n for n, position_id in enumerate(posts.ids)}
        self._headcounts = Headcounts(organisation, self._heads_of)
        self._enclosing = Enclosing(organisation, self._headcounts)

    def _heads_of(self, position: Position) -> int:
        return self._heads[position.id]

    def all(self) -> StatedHeads:
        organisation = self._organisation
        found = nothing_stated(self._posts)
        unlisted = np.zeros((len(self._posts), 2))
        base = np.zeros((len(self._posts), 2))
        added = found.added
        for position_id in organisation.leader_ids:
            number = self._numbers[position_id]
            own = self._unlisted_staff(position_id)
            unlisted[number] = _ends(own)
            tops = self._enclosing.stated.get(position_id, ())
            if not tops:
                base[number] = _ends(own)
                # Whoever may report here may bring people along.
                base[number, 1] += np.inf if number in self._posts.may_refer else 0
                continue
            position = organisation.positions[position_id]
            is_inside = self._headcounts.contains(tops, position.unit_id)
            own_heads = self._heads[position_id] if is_inside else 0
            is_open = position.seats_at_least and own_heads > 0
            seat = Interval(own_heads, None if is_open else own_heads)
            known = total([self._headcounts.stated(one) or ZERO for one in tops])
            base[number] = _ends(known.less(seat))
            base[number, 1] += np.inf if self._enclosing.from_outside[position_id] else 0
            for report in organisation.reports[position_id]:
                unit_id = organisation.positions[report].unit_id
                added[self._numbers[report]] = not self._headcounts.contains(tops, unit_id)
        for number in self._posts.may_refer.keys() - {
            self._numbers[one] for one in organisation.leader_ids
        }:
            base[number, 1] = np.inf
        return StatedHeads(unlisted[:, 0], unlisted[:, 1], base[:, 0], base[:, 1], added)

    def _unlisted_staff(self, position_id: str) -> Interval:
        """Return a leader's unlisted staff; a post without a unit has those who are listed."""
        position = self._organisation.positions[position_id]
        if position_id in self._headcounts.top_units or position.is_stated_leader:
            return self._headcounts.unlisted(position_id)
        return ZERO


def _ends(interval: Interval) -> tuple[float, float]:
    return interval.low, np.inf if interval.high is None else interval.high


def plain(value: Any) -> Any:
    """Return a number of an array as an ordinary one: whole where it is, None where it is open."""
    number = float(value)
    if np.isinf(number):
        return None
    return int(number) if number.is_integer() else number


@kernel
def _reaches(
    parents: Indices, order: Indices, heads: Floats, base: Floats, added: Mask, unsettled: Mask
) -> Floats:
    """Return between what the reach of each post lies; whoever may report to another counts from 0."""
    reaches = base.copy()
    for place in range(len(order)):
        entry = order[place]
        above = parents[entry]
        if above >= 0 and added[entry]:
            if not unsettled[entry]:
                reaches[above, 0] += heads[entry, 0] + reaches[entry, 0]
            reaches[above, 1] += heads[entry, 1] + reaches[entry, 1]
    return reaches


@kernel
def _steps(parents: Indices, order: Indices, leads: Mask, counts: Mask) -> Indices:
    """Return how many layers of leaders each post stands for; the lines of some do not count."""
    steps = np.zeros(len(parents), np.int32)
    for place in range(len(order)):
        entry = order[place]
        if leads[entry]:
            steps[entry] = max(steps[entry], 1)
        above = parents[entry]
        if above >= 0 and counts[entry]:
            steps[above] = max(steps[above], steps[entry] + 1)
    return steps
