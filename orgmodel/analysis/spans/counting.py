"""The figures of all leaders at once, as sums of the ledger, and the leadership levels.

A span is the sum of its entries; a reach and the layers of leaders are sums and maxima over all posts
below. `spans.py` says what the figures mean.

A *level* is derived from the chain and never from the title, after the Leadership Pipeline: a leader
whose reports lead nobody is a leader of staff (leder af medarbejdere); any other is one step above the
highest of the leaders that report to it: leader of leaders (leder af ledere), then functional leader
(funktionschef). From the fourth step on, a leader with only politicians above is the top executive
(direktør). Politicians have no step.

Source: Dahl & Molly-Søholm, Leadership Pipeline i den offentlige sektor; the rule of counting from
below is ours, because the same title ranks differently from municipality to municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.leader_figures import LEVELS, Counts, Intervals
from orgmodel.analysis.spans.ledger import EntryKind
from orgmodel.analysis.spans.post_arrays import post_arrays
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.entities import Level

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.leader_figures import Floats
    from orgmodel.analysis.spans.ledger import Ledger
    from orgmodel.analysis.spans.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.model.organisation import Organisation

_TOP_STEP = 4
_BY_STEP = (Level.STAFF, Level.LEADER_OF_STAFF, Level.LEADER_OF_LEADERS, Level.FUNCTIONAL)


def count_leaders(ledger: Ledger) -> Counts:
    """Return the figures of every leader, in reading order."""
    posts = ledger.posts
    forest = posts.forest
    order = forest.reading_order()
    # Arrays over all posts are reduced to the leaders early, since leaders are few.
    leaders = order[posts.leads[order]]
    del order
    reaches, _gains = reaches_of(ledger)
    steps, levels = leadership(posts)
    spans = _span_sums(ledger, leaders)
    exists = posts.exist & ~posts.unsettled
    known = forest.sums_of_reports(exists.astype(np.int64))[leaders]
    is_open = spans["span"].low < spans["span"].high
    return Counts(
        posts=leaders,
        seats=posts.seats[leaders].astype(np.int64),
        statuses=posts.statuses[leaders],
        levels=levels[leaders],
        level_is_least=(known == 0) & is_open & ~posts.political[leaders],
        **spans,
        reach=Intervals(reaches[leaders, 0], reaches[leaders, 1]),
        reach_about=reaches[leaders, 2],
        leaders_below=_leaders_below(ledger, leaders),
        **_full_time(ledger, leaders),
        layers_above=forest.depths[leaders].astype(np.int64),
        layers_below=np.maximum(0, steps[leaders] - 1).astype(np.int64),
    )


def _span_sums(ledger: Ledger, leaders: Indices) -> dict[str, Intervals]:
    """Return the sums of the span entries: of leaders, of others, of both."""
    entries, size = ledger.spans, len(ledger.posts)
    is_of_headcount = entries.are(
        EntryKind.STATED_LEADERS,
        EntryKind.UNLISTED_LEADERS,
        EntryKind.STATED_STAFF,
        EntryKind.UNLISTED,
    )
    is_leader = entries.are(EntryKind.STATED_LEADERS, EntryKind.UNLISTED_LEADERS)
    is_leader |= ~is_of_headcount & ledger.posts.leads[entries.posts]

    def sums(low: Floats, high: Floats, chosen: Mask | None = None) -> Intervals:
        return Intervals(*(entries.sums(end, size, chosen)[leaders] for end in (low, high)))

    direct_leaders = sums(entries.low, entries.high, is_leader)
    direct_staff = sums(entries.low, entries.high, ~is_leader)
    return {
        "direct_leaders": direct_leaders,
        "direct_staff": direct_staff,
        "unlisted_staff": sums(entries.low, entries.high, entries.are(EntryKind.UNLISTED)),
        "span": direct_leaders + direct_staff,
        "firm_span": sums(entries.firm_low, entries.firm_high),
    }


def reaches_of(ledger: Ledger) -> tuple[Floats, Floats]:
    """Return the reach of every post, and how far the people known below raise it.

    Each has three columns: the lower end, the upper end, and the lower end with rough numbers as
    their sources give them.
    """
    starts, posts = ledger.reach_starts, ledger.posts
    if starts.is_stated.any():
        return _reaches_with_headcounts(ledger)
    heads = Intervals(posts.counted.astype(np.float64), posts.most)
    reaches = _sums_below(posts, heads, Intervals(starts.low, starts.high))
    columns = np.column_stack((reaches.low, reaches.high, reaches.low))
    return columns, np.zeros((len(posts), 3))


def _reaches_with_headcounts(ledger: Ledger) -> tuple[Floats, Floats]:
    """Return `reaches_of` for reaches that begin with stated headcounts, post by post.

    A headcount is never less than the people known to be in it: where a source states fewer, source
    and list contradict each other, and the reach lies between the two.
    """
    posts, starts = ledger.posts, ledger.reach_starts
    parents, unsettled = posts.forest.parents.tolist(), posts.unsettled.tolist()
    seats, most = posts.counted.tolist(), posts.most.tolist()
    added, is_stated = starts.added.tolist(), starts.is_stated.tolist()
    base = np.column_stack((starts.low, starts.high, starts.about))
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
            # A post that may report to another leader counts from 0.
            if not unsettled[entry]:
                sums[0] += seats[entry] + low
                sums[2] += seats[entry] + about
    return np.array(reaches), gains


def _gains(stated: list[float], known: list[float]) -> list[float]:
    """Return by how many the people known in a headcount exceed it, for each column."""
    low, high, about = stated
    known_low, known_high, known_about = known
    return [
        max(0.0, known_low - low),
        known_high - high if high < known_low else 0.0,
        max(0.0, known_about - about),
    ]


def _leaders_below(ledger: Ledger, leaders: Indices) -> Intervals:
    """Return how many seats of leaders are below each leader, listed or not."""
    posts, starts = ledger.posts, ledger.reach_starts
    leading = np.where(posts.leads, posts.counted, 0).astype(np.float64)
    most = np.where(posts.leads, posts.most, 0.0)
    own = Intervals(starts.hidden_low, starts.hidden_high + _brought(posts, most))
    return _sums_below(posts, Intervals(leading, most), own).of(leaders)


def _sums_below(posts: PostArrays, values: Intervals, own: Intervals) -> Intervals:
    """Return the interval of the sum of a value over each post and all below it.

    A post that may report to another leader counts from 0.
    """
    settled = _without_lines(posts, posts.unsettled)
    return Intervals(
        own.low + settled.sums_below(values.low + own.low),
        own.high + posts.forest.sums_below(values.high + own.high),
    )


def _brought(posts: PostArrays, values: Floats) -> Floats:
    """Return how much possible reports add to each post; a leader may add any number of people."""
    brought = np.zeros(len(values))
    for leader, others in posts.may_report.items():
        brought[leader] = np.where(posts.leads[others], np.inf, values[others]).sum()
    return brought


def _without_lines(posts: PostArrays, lines: Mask) -> Forest:
    """Return the reporting lines without those of some posts."""
    forest = posts.forest
    return Forest(np.where(lines, NONE, forest.parents)) if lines.any() else forest


def _full_time(ledger: Ledger, leaders: Indices) -> dict[str, Intervals]:
    """Return the intervals of the full-time equivalents directly below and of all below each leader."""
    posts = ledger.posts
    forest = posts.forest
    low, high = (np.where(posts.counted > 0, one, 0.0) for one in (posts.fte_low, posts.fte_high))
    # No source states the full-time equivalents of people who are in no listed post.
    not_stated = np.where(_may_lead_unlisted(ledger), np.inf, 0.0)
    direct_low = forest.sums_of_reports(np.where(posts.unsettled, 0.0, low))
    direct_high = forest.sums_of_reports(high) + not_stated
    for post, others in posts.may_report.items():
        direct_high[post] += high[others].sum()
    own = Intervals(np.zeros(len(posts)), not_stated + _brought(posts, high))
    below = _sums_below(posts, Intervals(low, high), own)
    return {
        "direct_fte": Intervals(direct_low, direct_high).of(leaders),
        "fte_below": below.of(leaders),
    }


def _may_lead_unlisted(ledger: Ledger) -> Mask:
    """Return whether each post may directly lead people who are in no listed post."""
    entries = ledger.spans
    is_unlisted = entries.are(EntryKind.UNLISTED, EntryKind.STATED_STAFF) & (entries.high > 0)
    found: Mask = ledger.reach_starts.hidden_high > 0
    found[entries.leaders[is_unlisted]] = True
    return found


def leadership(posts: PostArrays) -> tuple[Indices, npt.NDArray[np.int8]]:
    """Return the number of leader layers from each post down, itself included, and its level.

    The layers follow the lines as drawn. The level ignores lines that are not settled.
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


def levels(organisation: Organisation) -> dict[str, Level]:
    """Return every post's level; where not all leaders are known, the lowest possible one.

    A leader who may report to another (`or:`) raises nobody's level.
    """
    posts = post_arrays(organisation)
    _steps, found = leadership(posts)
    order = organisation.forest.reading_order().tolist()
    return {posts.ids[n]: LEVELS[found[n]] for n in order}


def _steps(posts: PostArrays, left_out: Mask) -> Indices:
    """Return the number of leader layers from each post down, with some lines left out."""
    lines = _without_lines(posts, left_out)
    deepest: Indices = lines.greatest_below(lines.depths + posts.leads)
    return deepest - lines.depths
