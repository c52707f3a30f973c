"""Every post and every stated headcount that a span or a reach is made of, one by one.

What is counted adds up to the figure: the lower ends to its lower end, the upper ends to its upper
end. `spans.py` says what the figures mean, `counting.py` works them out for all leaders at once; here
the same rules are followed for one leader, and each entry says by which rule it is there.

- A post adds its seats. Where it may refer to another leader it adds nothing at the lower end, and
  neither does anybody below it.
- A stated headcount of the units led stands for everyone in them, so that posts in them are not
  added again; the leader's own seats are taken off.
- Without one, those who are in no listed post are added as far as anything bounds them.
- A post that is not drawn here but may refer here adds at the upper end only; to a reach it may
  bring any number along.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.counting import stated_heads
from orgmodel.analysis.figures import Figures
from orgmodel.analysis.post_arrays import post_arrays
from orgmodel.analysis.spans import may_refer
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.amounts import ZERO, Interval, total
from orgmodel.model.entities import Status
from orgmodel.model.reporting import LineRule
from orgmodel.model.wording import amount_words, interval_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from orgmodel.analysis.figures import Figure
    from orgmodel.analysis.post_arrays import PostArrays
    from orgmodel.analysis.spans import LeaderSpan, Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.amounts import Amount
    from orgmodel.model.provenance import Basis, Citation
    from orgmodel.texts import Worded


class Explained(StrEnum):
    """Which figure is explained."""

    SPAN = "span"
    REACH = "reach"


class Part(StrEnum):
    """As what something is counted."""

    DIRECT_LEADER = "direct-leader"
    DIRECT_STAFF = "direct-staff"
    BELOW = "below"
    PLANNED = "planned"
    VACANT = "vacant"
    MAY_REFER_HERE = "may-refer-here"
    MAY_REFER_ELSEWHERE = "may-refer-elsewhere"
    STATED = "stated-headcount"
    OWN_SEAT = "own-seat"
    UNLISTED = "unlisted"


PART_WORDS: Mapping[Part, str] = {
    Part.DIRECT_LEADER: N_("direct leader"),
    Part.DIRECT_STAFF: N_("direct staff"),
    Part.BELOW: N_("below"),
    Part.PLANNED: N_("not counted: planned posts are left out"),
    Part.VACANT: N_("not counted: advertised posts are left out"),
    Part.MAY_REFER_HERE: N_("may refer here"),
    Part.MAY_REFER_ELSEWHERE: N_("may refer elsewhere"),
    Part.STATED: N_("stated headcount"),
    Part.OWN_SEAT: N_("own seat, taken off"),
    Part.UNLISTED: N_("in no listed post"),
}
RULE_WORDS: Mapping[LineRule, str] = {
    LineRule.STATED: N_("The post's own entry says whom it refers to."),
    LineRule.UNIT_LEADER: N_("The post is in a unit, and refers to the unit's leader."),
    LineRule.UNIT_ABOVE: N_("The line goes to the leader of the nearest unit above."),
    LineRule.NONE: N_("The post refers to nobody."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that a figure is made of.

    Attributes
    ----------
    part
        As what it is counted.
    adds
        What it adds at the lower and at the upper end of the figure, in heads; below 0 where
        something is taken off, so that the ends need not be in order.
    position_id
        The post; of headcounts, the leader whose units they are of.
    seats
        How many alike posts the entry stands for; 0 where it is no post.
    unit_ids
        Of headcounts, the units.
    rule, basis, reason
        Of posts, how their line is known.
    other_ids
        Of posts that may refer to several: the others.
    text
        Of headcounts, what is stated, in words.
    """

    part: Part
    adds: Interval
    position_id: str
    seats: int = 0
    unit_ids: tuple[str, ...] = ()
    rule: LineRule | None = None
    basis: Basis | None = None
    reason: Worded | None = None
    other_ids: tuple[str, ...] = ()
    text: Worded | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one figure of one leader is made of.

    Attributes
    ----------
    measure, position_id
        Which figure of which leader's post.
    figure
        The figure, with its words and steps.
    counted
        What was counted, in reading order, up to the limit that was asked for.
    more, rest
        How many entries come after those, and what they add.
    included
        Seats of listed posts below that are in a stated headcount, and so not counted one by one.
    unknowns
        What is not known, in words.
    """

    measure: Explained
    position_id: str
    figure: Figure
    counted: tuple[Counted, ...]
    more: int = 0
    rest: Interval = ZERO
    included: int = 0
    unknowns: tuple[Worded, ...] = ()


def explain_span(spans: Spans, position_id: str, *, limit: int | None = None) -> Explanation:
    """Return whom a leader's span of control counts.

    Parameters
    ----------
    spans
        What `spans` returned; what it leaves out is left out here.
    position_id
        The leader's post.
    limit
        How many entries to show at most; None means all.

    Raises
    ------
    UnknownIdError
        If the post leads nobody.
    """
    return Explainer(spans).span(position_id, limit=limit)


def explain_reach(spans: Spans, position_id: str, *, limit: int | None = None) -> Explanation:
    """Return whom a leader's reach counts; parameters and errors are those of `explain_span`."""
    return Explainer(spans).reach(position_id, limit=limit)


class Explainer:
    """Explains the figures of one organisation.

    The first reach takes one pass over all posts; each explanation after it takes time in
    proportion to what it shows and to the leader's direct reports.
    """

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._organisation = spans.organisation
        self._figures = Figures(spans)
        self._may_refer = may_refer(self._organisation)

    def span(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return whom a leader's span of control counts, as `explain_span` does."""
        row = self._spans.of(position_id)
        reports = self._organisation.reports[position_id]
        others = self._may_refer.get(position_id, ())
        entries = chain(
            (self._report(one, position_id) for one in reports),
            (self._elsewhere(one, position_id) for one in others),
            self._unlisted(row),
        )
        entry_count = len(reports) + len(others) + int(row.unlisted_staff != ZERO)
        counted = tuple(islice(entries, limit))
        figure = self._figures.span(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.SPAN,
            position_id=position_id,
            figure=figure,
            counted=counted,
            **_rest(row.span, counted, entry_count),
            unknowns=tuple(self._span_unknowns(row)),
        )

    def reach(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return whom a leader's reach counts, as `explain_reach` does."""
        row = self._spans.of(position_id)
        ground = self._ground
        number = ground.numbers[position_id]
        entry_count = int(ground.entries[number])
        shown = entry_count if limit is None else min(limit, entry_count)
        counted = tuple(islice(self._reach_entries(position_id), shown))
        figure = self._figures.reach(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.REACH,
            position_id=position_id,
            figure=figure,
            counted=counted,
            **_rest(row.reach, counted, entry_count),
            included=int(ground.included[number]),
            unknowns=tuple(self._reach_unknowns(row)),
        )

    # Posts ----------------------------------------------------------------------------------

    def _report(
        self, position_id: str, leader_id: str, *, direct: bool = True, is_open: bool = False
    ) -> Counted:
        """Return what a post at or below a leader's direct reports adds.

        Parameters
        ----------
        direct
            Whether its line goes to the leader that is explained.
        is_open
            Whether somebody between the two may refer to another leader.
        """
        organisation = self._organisation
        position, line = organisation.positions[position_id], organisation.lines[position_id]
        seats = position.seats
        is_sure = not (is_open or line.alternative_ids)
        adds = Interval(seats if is_sure else 0, None if position.seats_at_least else seats)
        if not self._figures.is_counted(position_id):
            is_vacant = organisation.status(position_id) is Status.VACANT
            part, adds = (Part.VACANT if is_vacant else Part.PLANNED), ZERO
        elif line.alternative_ids:
            part = Part.MAY_REFER_ELSEWHERE
        elif not direct:
            part = Part.BELOW
        else:
            is_leader = position_id in organisation.leader_ids
            part = Part.DIRECT_LEADER if is_leader else Part.DIRECT_STAFF
        return Counted(
            part=part,
            adds=adds,
            position_id=position_id,
            seats=seats,
            rule=line.rule,
            basis=line.basis,
            reason=line.reason,
            other_ids=line.alternative_ids,
            citations=line.evidence.all(),
        )

    def _elsewhere(
        self, position_id: str, leader_id: str, *, brings_along: bool = False
    ) -> Counted:
        """Return what a post adds that is drawn under another leader and may refer to this one."""
        position = self._organisation.positions[position_id]
        line = self._organisation.lines[position_id]
        seats = position.seats if self._figures.is_counted(position_id) else 0
        others = (line.superior_id, *line.alternative_ids)
        return Counted(
            part=Part.MAY_REFER_HERE,
            adds=Interval(0, None if brings_along else seats),
            position_id=position_id,
            seats=position.seats,
            rule=line.rule,
            basis=line.basis,
            reason=line.reason,
            other_ids=tuple(one for one in others if one is not None and one != leader_id),
            citations=line.evidence.all(),
        )

    # Headcounts -----------------------------------------------------------------------------

    def _unlisted(self, row: LeaderSpan, *, is_open: bool = False) -> Iterator[Counted]:
        """Yield what the people in no listed post add, if there may be any."""
        unlisted = row.unlisted_staff
        if unlisted == ZERO:
            return
        tops = self._figures.headcounts.top_units.get(row.position_id, ())
        led = self._organisation.led_units.get(row.position_id, ())
        units = [self._organisation.units[one] for one in dict.fromkeys((*tops, *led))]
        stated = [unit.employees[0] for unit in units if unit.employees]
        (step, *_more) = self._figures.unlisted_steps(row)
        yield Counted(
            part=Part.UNLISTED,
            adds=Interval(0 if is_open else unlisted.low, unlisted.high),
            position_id=row.position_id,
            unit_ids=tuple(unit.id for unit in units),
            text=step.text,
            citations=_citations(stated),
        )

    def _stated(
        self, position_id: str, amounts: tuple[Amount, ...], *, is_open: bool
    ) -> Iterator[Counted]:
        """Yield the stated headcounts of a leader's units, and its own seats taken off."""
        headcounts = self._figures.headcounts
        tops = headcounts.top_units[position_id]
        known = [headcounts.stated(one) or ZERO for one in tops]
        for unit_id, amount, interval in zip(tops, amounts, known, strict=True):
            name = self._organisation.units[unit_id].name
            yield Counted(
                part=Part.STATED,
                adds=Interval(0 if is_open else interval.low, interval.high),
                position_id=position_id,
                unit_ids=(unit_id,),
                text=message(N_("{units}: {stated}."), units=name, stated=amount_words(amount)),
                citations=amount.evidence.all(),
            )
        heads = self._figures.own_heads(position_id)
        if heads:
            whole = total(known)
            # A headcount is never less than nothing, whatever its leader's seats.
            low = 0 if is_open else -min(heads, whole.low)
            high = -heads if whole.high is None else -min(heads, whole.high)
            yield Counted(
                part=Part.OWN_SEAT,
                adds=Interval(low, high),
                position_id=position_id,
                seats=heads,
                unit_ids=tops,
            )

    # Reach ----------------------------------------------------------------------------------

    def _reach_entries(self, leader_id: str) -> Iterator[Counted]:
        """Yield what a reach is made of, each leader's own before those below it."""
        organisation, ground = self._organisation, self._ground
        yield from self._base(leader_id, is_open=False)
        waiting = [(iter(organisation.reports[leader_id]), False)]
        while waiting:
            reports, is_open = waiting[-1]
            report = next(reports, None)
            if report is None:
                waiting.pop()
            elif ground.added[ground.numbers[report]]:
                is_direct = len(waiting) == 1
                yield self._report(report, leader_id, direct=is_direct, is_open=is_open)
                is_open_below = is_open or bool(organisation.lines[report].alternative_ids)
                yield from self._base(report, is_open=is_open_below)
                waiting.append((iter(organisation.reports[report]), is_open_below))

    def _base(self, position_id: str, *, is_open: bool) -> Iterator[Counted]:
        """Yield what a reach begins with, before those below are added."""
        amounts = self._figures.stated_units(position_id)
        if amounts is not None:
            yield from self._stated(position_id, amounts, is_open=is_open)
            return
        row = self._spans.get(position_id)
        if row is not None:
            yield from self._unlisted(row, is_open=is_open)
        for other in self._may_refer.get(position_id, ()):
            yield self._elsewhere(other, position_id, brings_along=True)

    @cached_property
    def _ground(self) -> _Ground:
        return _Ground(self._spans, self._figures)

    # What is not known ----------------------------------------------------------------------

    def _span_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        organisation = self._organisation
        reports = [
            one
            for one in organisation.reports[row.position_id]
            if self._figures.is_counted(one)
        ]
        yield from self._unlisted_unknowns(row)
        drawn = [one for one in reports if organisation.lines[one].alternative_ids]
        others = self._may_refer.get(row.position_id, ())
        yield from _said(_UNSETTLED, len(drawn) + len(others))
        at_least = [one for one in reports if organisation.positions[one].seats_at_least]
        yield from _said(_MORE_SEATS, len(at_least))

    def _reach_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        ground = self._ground
        number = ground.numbers[row.position_id]
        amounts = self._figures.stated_units(row.position_id)
        if amounts is None:
            yield from self._unlisted_unknowns(row)
        elif not (whole := self._stated_whole(row.position_id)).is_exact:
            stated = Joined(tuple(amount_words(amount) for amount in amounts))
            yield message(
                N_("{stated} is reckoned as {interval}."),
                stated=stated,
                interval=interval_words(whole),
            )
        yield from _said(_SILENT_BELOW, int(ground.silent[number]))
        yield from _said(_BOUNDED_BELOW, int(ground.bounded[number]))
        yield from _said(_UNSETTLED, int(ground.unsettled[number]))
        yield from _said(_MORE_SEATS, int(ground.more_seats[number]))

    def _stated_whole(self, position_id: str) -> Interval:
        headcounts = self._figures.headcounts
        tops = headcounts.top_units[position_id]
        return total([headcounts.stated(one) or ZERO for one in tops])

    def _unlisted_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        if not row.unlisted_staff.is_exact:
            yield next(self._figures.unlisted_steps(row)).text


class _Ground:
    """What one pass over all posts settles of every reach; arrays have a number a post.

    Attributes
    ----------
    numbers
        The number of each post.
    added
        Whether a post is added to the reach of its leader, or is in a stated headcount already.
    entries
        How many entries the explanation of its reach has.
    included
        Seats below that are in a stated headcount.
    silent, bounded
        Leaders counted below whose people are stated nowhere, or not exactly.
    unsettled, more_seats
        Posts that may refer here or elsewhere; posts that may have more seats.
    """

    def __init__(self, spans: Spans, figures: Figures) -> None:
        organisation = spans.organisation
        posts = post_arrays(organisation)
        stated = stated_heads(organisation, posts, spans.left_out)
        self.numbers = {position_id: n for n, position_id in enumerate(posts.ids)}
        self.added: Mask = stated.added
        counted = Forest(np.where(stated.added, posts.forest.parents, NONE))
        base, elsewhere = self._bases(posts, figures)
        ones = np.ones(len(posts), np.int64)
        self.entries = base + counted.sums_below(ones + base)
        seats = posts.counted_seats(spans.left_out).astype(np.int64)
        self.included = posts.forest.sums_below(seats) - counted.sums_below(seats)
        is_silent = posts.leads & np.isinf(stated.base_high) & (elsewhere == 0)
        is_bounded = ~np.isinf(stated.base_high) & (stated.base_low != stated.base_high)
        self.silent = counted.sums_below(is_silent.astype(np.int64))
        self.bounded = counted.sums_below(is_bounded.astype(np.int64))
        unsettled = (posts.unsettled & (seats > 0)).astype(np.int64)
        self.unsettled = elsewhere + counted.sums_below(unsettled + elsewhere)
        more = posts.seats_at_least & (seats > 0)
        self.more_seats = counted.sums_below(more.astype(np.int64))

    def _bases(
        self, posts: PostArrays, figures: Figures
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return how many entries each post has before those below it, and those from elsewhere."""
        base, elsewhere = np.zeros((2, len(posts)), np.int64)
        for number, others in posts.may_refer.items():
            elsewhere[number] = len(others)
        return base, elsewhere


_UNSETTLED = (
    N_("Of {n} post it is not settled to which leader it refers."),
    N_("Of {n} posts it is not settled to which leader they refer."),
)
