"""Every post and every stated headcount that a span or a reach is made of, one by one.

What is counted adds up to the figure: the lower ends to its lower end, the upper ends to its upper
end. `spans.py` says what the figures mean, `counting.py` works them out for all leaders at once; here
the same rules are followed for one leader, and each entry says by which rule it is there.

- A post adds its seats. Where it may report to another leader it adds nothing at the lower end, and
  neither does anybody below it.
- A stated headcount of the units led stands for everyone in them, so that posts in them are not
  added again; the leader's own seats are taken off.
- Without one, or where it is not that of those below, those who are in no listed post are added as far as anything bounds them.
- A post that is not drawn here but may report here adds at the upper end only; to a reach it may
  bring any number along.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from orgmodel.analysis.chains import may_refer
from orgmodel.analysis.explanations import Counted, Explained, Explanation, Part
from orgmodel.analysis.figures import Figures
from orgmodel.analysis.reach_parts import ReachParts
from orgmodel.model.amounts import ZERO, Interval, total
from orgmodel.model.entities import Status
from orgmodel.model.wording import amount_words, interval_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.analysis.spans import LeaderSpan, Spans
    from orgmodel.model.amounts import Amount
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


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
            (self._report(one) for one in reports),
            (self._elsewhere(one, position_id) for one in others),
            self._unlisted(row),
        )
        entry_count = len(reports) + len(others) + int(row.unlisted_staff != ZERO)
        counted = tuple(islice(entries, limit))
        more, rest = _rest(row.span, counted, entry_count)
        figure = self._figures.span(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.SPAN,
            position_id=position_id,
            figure=figure,
            counted=counted,
            more=more,
            rest=rest,
            unknowns=tuple(self._span_unknowns(row)),
        )

    def reach(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return whom a leader's reach counts, as `explain_reach` does."""
        row = self._spans.of(position_id)
        parts = self._parts
        number = parts.numbers[position_id]
        entry_count = int(parts.entries[number])
        shown = entry_count if limit is None else min(limit, entry_count)
        counted = tuple(islice(self._reach_entries(position_id), shown))
        more, rest = _rest(row.reach, counted, entry_count)
        figure = self._figures.reach(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.REACH,
            position_id=position_id,
            figure=figure,
            counted=counted,
            more=more,
            rest=rest,
            included=int(parts.included[number]),
            unknowns=tuple(self._reach_unknowns(row)),
        )

    # Posts ----------------------------------------------------------------------------------

    def _report(self, position_id: str, *, direct: bool = True, is_open: bool = False) -> Counted:
        """Return what a post at or below a leader's direct reports adds.

        Parameters
        ----------
        direct
            Whether its line goes to the leader that is explained.
        is_open
            Whether somebody between the two may report to another leader.
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
        """Return what a post adds that is drawn under another leader and may report to this one."""
        position = self._organisation.positions[position_id]
        line = self._organisation.lines[position_id]
        is_counted = self._figures.is_counted(position_id)
        seats = position.seats if is_counted else 0
        may_be_more = is_counted and position.seats_at_least
        others = (line.superior_id, *line.alternative_ids)
        return Counted(
            part=Part.MAY_REFER_HERE,
            adds=Interval(0, None if brings_along or may_be_more else seats),
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
        unit_ids = self._figures.unlisted_units(row.position_id)
        units = [self._organisation.units[one] for one in unit_ids]
        stated = [unit.employees[0] for unit in units if unit.employees]
        step = next(self._figures.unlisted_steps(row))
        yield Counted(
            part=Part.UNLISTED,
            adds=Interval(0 if is_open else unlisted.low, unlisted.high),
            position_id=row.position_id,
            unit_ids=unit_ids,
            text=step.text,
            citations=_citations(stated),
        )

    def _stated(
        self, position_id: str, amounts: tuple[Amount, ...], *, is_open: bool
    ) -> Iterator[Counted]:
        """Yield the stated headcounts of a leader's units, and its own seats taken off."""
        headcounts = self._figures.headcounts
        tops = self._figures.enclosing.stated[position_id]
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
            may_be_more = self._organisation.positions[position_id].seats_at_least
            low = 0 if is_open else -(whole.low if may_be_more else min(heads, whole.low))
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
        organisation, parts = self._organisation, self._parts
        yield from self._base(leader_id, is_open=False)
        waiting = [(iter(organisation.reports[leader_id]), False)]
        while waiting:
            reports, is_open = waiting[-1]
            report = next(reports, None)
            if report is None:
                waiting.pop()
            elif parts.added[parts.numbers[report]]:
                is_direct = len(waiting) == 1
                yield self._report(report, direct=is_direct, is_open=is_open)
                is_open_below = is_open or bool(organisation.lines[report].alternative_ids)
                yield from self._base(report, is_open=is_open_below)
                waiting.append((iter(organisation.reports[report]), is_open_below))

    def _base(self, position_id: str, *, is_open: bool) -> Iterator[Counted]:
        """Yield what a reach begins with, before those below are added."""
        amounts = self._figures.stated_units(position_id)
        if amounts is not None:
            yield from self._stated(position_id, amounts, is_open=is_open)
            for other in self._figures.enclosing.from_outside[position_id]:
                yield self._elsewhere(other, position_id, brings_along=True)
            return
        row = self._spans.get(position_id)
        if row is not None:
            yield from self._unlisted(row, is_open=is_open)
        for other in self._may_refer.get(position_id, ()):
            yield self._elsewhere(other, position_id, brings_along=True)

    @cached_property
    def _parts(self) -> ReachParts:
        return ReachParts(self._spans, self._figures)

    # What is not known ----------------------------------------------------------------------

    def _span_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        organisation = self._organisation
        reports = organisation.reports[row.position_id]
        others = self._may_refer.get(row.position_id, ())
        drawn = [one for one in reports if organisation.lines[one].alternative_ids]
        unsettled = [one for one in (*drawn, *others) if self._figures.is_counted(one)]
        more = [
            one
            for one in (*reports, *others)
            if organisation.positions[one].seats_at_least and self._figures.is_counted(one)
        ]
        yield from self._unlisted_unknowns(row)
        if unsettled:
            yield _unsettled(len(unsettled))
        if more:
            yield _more_seats(len(more))

    def _reach_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        parts = self._parts
        number = parts.numbers[row.position_id]
        amounts = self._figures.stated_units(row.position_id)
        if amounts is None:
            yield from self._unlisted_unknowns(row)
        elif not (whole := self._stated_whole(row.position_id)).is_exact:
            stated = Joined(tuple(amount_words(amount) for amount in amounts))
            words = interval_words(whole)
            yield message(N_("{stated} is read as {interval}."), stated=stated, interval=words)
        counts = {
            _silent: parts.silent,
            _bounded: parts.bounded,
            _unsettled: parts.unsettled,
            _more_seats: parts.more_seats,
        }
        for words_of, found in counts.items():
            if found[number]:
                yield words_of(int(found[number]))

    def _stated_whole(self, position_id: str) -> Interval:
        headcounts = self._figures.headcounts
        tops = self._figures.enclosing.stated[position_id]
        return total([headcounts.stated(one) or ZERO for one in tops])

    def _unlisted_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        if not row.unlisted_staff.is_exact:
            yield next(self._figures.unlisted_steps(row)).text


def _rest(
    figure: Interval, counted: tuple[Counted, ...], entry_count: int
) -> tuple[int, Interval]:
    """Return how many entries are not shown, and what they add."""
    more = entry_count - len(counted)
    if not more:
        return 0, ZERO
    shown = total([one.adds for one in counted])
    is_open = figure.high is None or shown.high is None
    high = None if is_open else (figure.high or 0) - (shown.high or 0)
    return more, Interval(figure.low - shown.low, high)


def _citations(amounts: Iterable[Amount]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cite for amount in amounts for cite in amount.evidence.all()))


def _silent(n: int) -> Worded:
    return plural_message(
        "For {n} leader below, no source states how many people are in no listed post.",
        "For {n} leaders below, no source states how many people are in no listed post.",
        n,
    )


def _bounded(n: int) -> Worded:
    return plural_message(
        "For {n} leader below, the number of people is known only within a range.",
        "For {n} leaders below, the number of people is known only within a range.",
        n,
    )


def _unsettled(n: int) -> Worded:
    return plural_message(
        "For {n} post it is not settled which leader it reports to.",
        "For {n} posts it is not settled which leader they report to.",
        n,
    )


def _more_seats(n: int) -> Worded:
    return plural_message(
        "{n} post may have more seats than the sources count.",
        "{n} posts may have more seats than the sources count.",
        n,
    )
