"""Spans, reaches and layers of all leaders at once: sums of the ledger.

A span is the sum of its entries; a reach and the layers of leaders are sums and maxima over all posts
below. `spans.py` says what the figures mean. An open upper end is infinite here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.spans.ledger import PARTS, Part
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.entities import Level

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.ledger import Ledger
    from orgmodel.analysis.spans.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]


class Knowing(StrEnum):
    """What is known of a span: one number for certain or by assumption, only ends, or nothing."""

    SETTLED = "settled"
    ASSUMED = "assumed"
    BOUNDED = "bounded"
    UNKNOWN = "unknown"


LEVELS = tuple(Level)
KNOWINGS = tuple(Knowing)
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
    level_is_least
        Whether nobody below is known, so that the level may be higher.
    leaders_low, …, leaders_below_high
        Both ends of the intervals, in heads: direct leaders, direct staff, the part of it that is in
        no listed post, the span, the reach, and the seats of leaders below.
    firm_low, firm_high
        The span without what is assumed (`ledger.py`).
    reach_about
        The least of the reach, with rough numbers ("ca. 1.700") as their sources give them.
    fte_low, fte_high, fte_below_low, fte_below_high
        The full-time equivalents of the direct reports that are posts, and of all posts below.
    layers_above, layers_below
        Posts above; layers of leaders below.
    """

    posts: Indices
    seats: Integers
    statuses: npt.NDArray[np.int8]
    levels: npt.NDArray[np.int8]
    level_is_least: Mask
    leaders_low: Floats
    leaders_high: Floats
    staff_low: Floats
    staff_high: Floats
    unlisted_low: Floats
    unlisted_high: Floats
    span_low: Floats
    span_high: Floats
    firm_low: Floats
    firm_high: Floats
    reach_low: Floats
    reach_high: Floats
    reach_about: Floats
    leaders_below_low: Floats
    leaders_below_high: Floats
    fte_low: Floats
    fte_high: Floats
    fte_below_low: Floats
    fte_below_high: Floats
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
    def is_exact(self) -> Mask:
        """Whether each leader's span is one number, under what is assumed or without."""
        found: Mask = self.span_low == self.span_high
        return found

    @property
    def is_settled(self) -> Mask:
        """Whether each leader's span is one number, whatever the data leave open or assume."""
        found: Mask = self.is_exact & (self.firm_low == self.firm_high)
        return found

    @property
    def knowing(self) -> npt.NDArray[np.int8]:
        """What is known of each leader's span: places in `KNOWINGS`."""
        codes = {one: np.int8(KNOWINGS.index(one)) for one in Knowing}
        exact = np.where(self.is_settled, codes[Knowing.SETTLED], codes[Knowing.ASSUMED])
        open_ended = np.where(self.is_known, codes[Knowing.BOUNDED], codes[Knowing.UNKNOWN])
        return np.where(self.is_exact, exact, open_ended)

    @property
    def share_low(self) -> Floats:
        """The least share of leaders among those below, as `LeaderSpan.leader_share` has it."""
        return np.minimum(
            self.leaders_below_low / np.maximum(self.reach_high, 1), self._share_high
        )

    @property
    def share_is_known(self) -> Mask:
        """Whether anything bounds the share of leaders among those below."""
        found: Mask = (self.share_low > 0) | (self._share_high < 1)
        return found

    @property
    def _share_high(self) -> Floats:
        is_open = np.isinf(self.leaders_below_high) | (self.reach_low == 0)
        share = self.leaders_below_high / np.where(is_open, 1, self.reach_low)
        return np.where(is_open, 1.0, np.minimum(1.0, share))

    def of(self, chosen: Mask | Indices) -> Counts:
        """Return the figures of some of the leaders."""
        return replace(self, **{one.name: getattr(self, one.name)[chosen] for one in fields(self)})


def count_leaders(ledger: Ledger) -> Counts:
    """Return the figures of every leader, in reading order."""
    posts = ledger.posts
    forest = posts.forest
    order = forest.reading_order()
    # Whatever is worked out for all posts is at once cut down to the leaders: there are few of them.
    leaders = order[posts.leads[order]]
    del order
    reaches, _gains = reaches_of(ledger)
    steps, levels = leadership(posts)
    spans = _span_sums(ledger, leaders)
    exists = posts.exist & ~posts.unsettled
    known = forest.sums_of_reports(exists.astype(np.int64))[leaders]
    is_open = spans["span_low"] < spans["span_high"]
    return Counts(
        posts=leaders,
        seats=posts.seats[leaders].astype(np.int64),
        statuses=posts.statuses[leaders],
        levels=levels[leaders],
        level_is_least=(known == 0) & is_open & ~posts.political[leaders],
        **spans,
        reach_low=reaches[leaders, 0],
        reach_high=reaches[leaders, 1],
        reach_about=reaches[leaders, 2],
        **_leaders_below(ledger, leaders),
        **_full_time(ledger, leaders),
        layers_above=forest.depths[leaders].astype(np.int64),
        layers_below=np.maximum(0, steps[leaders] - 1).astype(np.int64),
    )


def _span_sums(ledger: Ledger, leaders: Indices) -> dict[str, Floats]:
    """Return the sums of what spans count: of leaders, of others, of both."""
    entries, size = ledger.spans, len(ledger.posts)
    of_leaders = [PARTS.index(one) for one in (Part.STATED_LEADERS, Part.UNLISTED_LEADERS)]
    of_staff = [PARTS.index(one) for one in (Part.STATED_STAFF, Part.UNLISTED)]
    is_post = ~np.isin(entries.parts, [*of_leaders, *of_staff])
    is_leader = np.isin(entries.parts, of_leaders)
    is_leader |= is_post & ledger.posts.leads[entries.posts]
    unlisted = entries.parts == PARTS.index(Part.UNLISTED)

    def sums(values: Floats, chosen: Mask | None = None) -> Floats:
        return entries.sums(values, size, chosen)[leaders]

    found = {"firm_low": sums(entries.firm_low), "firm_high": sums(entries.firm_high)}
    for name, chosen in (("leaders", is_leader), ("staff", ~is_leader), ("unlisted", unlisted)):
        found[f"{name}_low"] = sums(entries.low, chosen)
        found[f"{name}_high"] = sums(entries.high, chosen)
    for end in ("low", "high"):
        found[f"span_{end}"] = found[f"leaders_{end}"] + found[f"staff_{end}"]
    return found


def reaches_of(ledger: Ledger) -> tuple[Floats, Floats]:
    """Return the reach of every post, and how far it is raised by those who are known below.

    Each has three columns: the lower end, the upper end, and the lower end with rough numbers as
    their sources give them.
    """
    bases = ledger.bases
    if bases.is_stated.any():
        return _reaches_with_headcounts(ledger)
    seats = ledger.seats.astype(np.float64)
    low, high = _sums(ledger.posts, seats, ledger.most, bases.low, bases.high)
    return np.column_stack((low, high, low)), np.zeros((len(seats), 3))


def _reaches_with_headcounts(ledger: Ledger) -> tuple[Floats, Floats]:
    """Return `reaches_of` where some reaches begin with stated headcounts, one post after the other.

    A headcount is never less than those who are known to be among it: where a source states fewer,
    it and the list contradict each other, and the reach lies between both.
    """
    posts, bases = ledger.posts, ledger.bases
    parents, unsettled = posts.forest.parents.tolist(), posts.unsettled.tolist()
    seats, most = ledger.seats.tolist(), ledger.most.tolist()
    added, is_stated = bases.added.tolist(), bases.is_stated.tolist()
    base = np.column_stack((bases.low, bases.high, bases.about))
    reaches, inside, gains = base.tolist(), np.zeros_like(base).tolist(), np.zeros_like(base)
    for entry in posts.forest.order.tolist():
        reach = reaches[entry]
        if is_stated[entry]:
            gains[entry] = _gains(base[entry].tolist(), inside[entry])
            reach[:] = (reach + gains[entry]).tolist()
        above = parents[entry]
        if above != NONE:
            sums = (reaches if added[entry] else inside)[above]
            low, high, about = reach
            sums[1] += most[entry] + high
            # Whoever may report to another counts from 0.
            if not unsettled[entry]:
                sums[0] += seats[entry] + low
                sums[2] += seats[entry] + about
    return np.array(reaches), gains


def _gains(stated: list[float], known: list[float]) -> list[float]:
    """Return how much more are known to be in a headcount than it states, for each column."""
    low, high, about = stated
    known_low, known_high, known_about = known
    return [
        max(0.0, known_low - low),
        known_high - high if high < known_low else 0.0,
        max(0.0, known_about - about),
    ]


def _leaders_below(ledger: Ledger, leaders: Indices) -> dict[str, Floats]:
    """Return how many seats of leaders are below each leader, listed or not."""
    posts, bases = ledger.posts, ledger.bases
    leading = np.where(posts.leads, ledger.seats, 0).astype(np.float64)
    most = np.where(posts.leads, ledger.most, 0.0)
    base_high = bases.hidden_high + _brought(ledger, most)
    low, high = _sums(posts, leading, most, bases.hidden_low, base_high)
    return {"leaders_below_low": low[leaders], "leaders_below_high": high[leaders]}


def _sums(
    posts: PostArrays, low: Floats, high: Floats, base_low: Floats, base_high: Floats
) -> tuple[Floats, Floats]:
    """Return between what the sum of a value over those below each post lies, with a base of its own.

    Whoever may report to another counts from 0.
    """
    settled = _without_lines(posts, posts.unsettled)
    return (
        base_low + settled.sums_below(low + base_low),
        base_high + posts.forest.sums_below(high + base_high),
    )


def _brought(ledger: Ledger, values: Floats) -> Floats:
    """Return how much those who may report to each post bring; leaders, any number of people."""
    brought = np.zeros(len(values))
    for leader, comers in ledger.posts.may_refer.items():
        brought[leader] = np.where(ledger.posts.leads[comers], np.inf, values[comers]).sum()
    return brought


def _without_lines(posts: PostArrays, lines: Mask) -> Forest:
    """Return who reports to whom without the lines of some posts."""
    forest = posts.forest
    return Forest(np.where(lines, NONE, forest.parents)) if lines.any() else forest


def _full_time(ledger: Ledger, leaders: Indices) -> dict[str, Floats]:
    """Return between what the full-time equivalents right below and below each leader lie."""
    posts = ledger.posts
    forest = posts.forest
    counts = ledger.seats > 0
    low, high = (np.where(counts, one, 0.0) for one in (posts.fte_low, posts.fte_high))
    # Whoever is in no listed post has full-time equivalents that nobody states.
    not_stated = np.where(_is_silent(ledger), np.inf, 0.0)
    direct_low = forest.sums_of_reports(np.where(posts.unsettled, 0.0, low))[leaders]
    may_come = np.zeros(len(posts), np.float64)
    for post, others in posts.may_refer.items():
        may_come[post] = high[others].sum()
    direct_high = (forest.sums_of_reports(high) + not_stated + may_come)[leaders]
    nothing = np.zeros(len(posts))
    below_low, below_high = _sums(posts, low, high, nothing, not_stated + _brought(ledger, high))
    return {
        "fte_low": direct_low,
        "fte_high": direct_high,
        "fte_below_low": below_low[leaders],
        "fte_below_high": below_high[leaders],
    }


def _is_silent(ledger: Ledger) -> Mask:
    """Return whether each post may directly lead people who are in no listed post."""
    entries = ledger.spans
    told = [PARTS.index(Part.UNLISTED), PARTS.index(Part.STATED_STAFF)]
    silent = np.isin(entries.parts, told) & (entries.high > 0)
    found: Mask = ledger.bases.hidden_high > 0
    found[entries.leaders[silent]] = True
    return found


def leadership(posts: PostArrays) -> tuple[Indices, npt.NDArray[np.int8]]:
    """Return how many layers of leaders each post stands for, itself included, and its level.

    The layers are those below as the lines are drawn. The level leaves out the lines that are not
    settled: `levels.py` says how it follows.
    """
    planned = ~posts.exist
    steps = _steps(posts, planned)
    settled_steps = _steps(posts, planned | posts.unsettled) if posts.unsettled.any() else steps
    codes = np.array([LEVELS.index(level) for level in _BY_STEP], np.int8)
    levels = codes[np.minimum(settled_steps, len(_BY_STEP) - 1)]
    above = posts.forest.parents
    is_top = (above == NONE) | posts.political[above]
    levels[is_top & (settled_steps >= _TOP_STEP)] = LEVELS.index(Level.TOP)
    levels[posts.political] = LEVELS.index(Level.POLITICAL)
    return steps, levels


def _steps(posts: PostArrays, left_out: Mask) -> Indices:
    """Return how many layers of leaders each post stands for; some lines are left out."""
    lines = _without_lines(posts, left_out)
    deepest: Indices = lines.greatest_below(lines.depths + posts.leads)
    return deepest - lines.depths


def plain(value: Any) -> Any:
    """Return a number of an array as an ordinary one: whole where it is, None where it is open."""
    number = float(value)
    if np.isinf(number):
        return None
    return int(number) if number.is_integer() else number
