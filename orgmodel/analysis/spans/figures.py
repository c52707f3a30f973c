"""Figures that can be traced: a headline, how it was found, and from what, step by step.

The numbers are sums of the ledger (`ledger.py`); here they are put in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.figure_facts import (
    ASSUMED,
    SOURCES_DIFFER,
    Figure,
    FigureFacts,
    Origin,
    Step,
    citations_of,
    different,
    either_words,
    unsettled_step,
)
from orgmodel.analysis.spans.headcounts import highest_stated
from orgmodel.analysis.spans.leader_figures import Knowing, plain_number
from orgmodel.analysis.spans.ledger import ENTRY_KINDS, EntryKind
from orgmodel.model.amounts import Interval, Precision, total
from orgmodel.model.wording import (
    about_words,
    headline_words,
    interval_words,
    number_words,
)
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.model.amounts import Amount
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded

_NOT_COUNTED = {
    EntryKind.PLANNED: N_("Planned posts are not counted."),
    EntryKind.VACANT: N_("Advertised posts are not counted."),
    EntryKind.LEFT_OUT: N_("Assistants and staff units are not counted, as chosen."),
}
_LINES = (EntryKind.DIRECT_LEADER, EntryKind.DIRECT_STAFF)


class SpanFigures(FigureFacts):
    """The spans of one organisation as figures."""

    def span(self, position_id: str) -> Figure | None:
        """Return a leader's span of control; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        steps = (*self._span_steps(row), *self._assumptions(row))
        origin = self._span_origin(row)
        position = self._organisation.positions[position_id]
        notes = []
        if any(
            len(different(one)) > 1 for one in (position.direct_leaders, position.direct_staff)
        ):
            notes.append(message(SOURCES_DIFFER))
        if origin is Origin.ASSUMED or row.knowing is Knowing.ASSUMED:
            notes.append(message(ASSUMED))
        return Figure(span_words(row), row.span, origin, steps, tuple(notes))

    def span_places(self, position_id: str) -> list[int]:
        """Return the places in the ledger of what a span counts or may count."""
        entries = self._ledger.spans
        places = entries.of(self.numbers[position_id])
        # What adds nothing unless an assumption does not hold is told with the assumption.
        silent = [
            ENTRY_KINDS.index(EntryKind.INFERRED_ELSEWHERE),
            ENTRY_KINDS.index(EntryKind.UNLISTED),
        ]
        is_silent = np.isin(entries.kinds[places], silent) & (entries.high[places] == 0)
        return places[~is_silent].tolist()  # type: ignore[no-any-return]

    def _span_origin(self, row: LeaderSpan) -> Origin:
        parts = {
            ENTRY_KINDS[one] for one in self._ledger.spans.kinds[self.span_places(row.position_id)]
        }
        if row.span.is_unknown:
            return Origin.UNKNOWN
        if parts & {EntryKind.STATED_LEADERS, EntryKind.STATED_STAFF}:
            return Origin.STATED
        return Origin.ASSUMED if row.firm_span.low < row.span.low else Origin.DERIVED

    def _span_steps(self, row: LeaderSpan) -> Iterator[Step]:
        entries = self._ledger.spans
        by_kind: dict[EntryKind, list[int]] = {}
        for place in self.span_places(row.position_id):
            by_kind.setdefault(ENTRY_KINDS[entries.kinds[place]], []).append(place)

        def posts(kind: EntryKind) -> tuple[str, ...]:
            return tuple(self.position_ids[entries.posts[n]] for n in by_kind.get(kind, ()))

        for kind in (EntryKind.STATED_LEADERS, EntryKind.STATED_STAFF):
            if kind in by_kind:
                yield self.stated_step(row.position_id, kind)
        yield from self._listed_steps(posts)
        for kind, words in _NOT_COUNTED.items():
            if kind in by_kind:
                yield Step(message(words), (), posts(kind))
        unsettled = (*posts(EntryKind.MAY_REPORT_ELSEWHERE), *posts(EntryKind.MAY_REPORT_HERE))
        if unsettled:
            yield unsettled_step(unsettled)
        yield from self.unlisted_steps(row)
        if EntryKind.UNLISTED_LEADERS in by_kind:
            yield Step(self.unlisted_leaders_words())

    def unlisted_leaders_words(self) -> Worded:
        """Say that there may be leaders whom nobody lists, besides the staff that is stated."""
        return message(N_("How many other leaders report here is not stated."))

    def _listed_steps(self, posts: Callable[[EntryKind], tuple[str, ...]]) -> Iterator[Step]:
        """Name the listed posts that a span counts."""
        among = posts(EntryKind.AMONG_STATED)
        if among:
            yield Step(message(N_("Among them are listed:")), (), among)
        leaders, others = posts(EntryKind.DIRECT_LEADER), posts(EntryKind.DIRECT_STAFF)
        if leaders:
            text = plural_message(
                "{n} direct report is a leader.",
                "{n} direct reports are leaders.",
                self._seats(leaders),
            )
            yield Step(text, self._line_citations(leaders), leaders)
        if others:
            text = plural_message(
                "{n} direct report leads nobody.",
                "{n} direct reports lead nobody.",
                self._seats(others),
            )
            yield Step(text, self._line_citations(others), others)

    def stated_step(self, position_id: str, kind: EntryKind) -> Step:
        """Return what sources state of the number that a post leads directly."""
        position = self._organisation.positions[position_id]
        is_of_leaders = kind is EntryKind.STATED_LEADERS
        amounts = position.direct_leaders if is_of_leaders else position.direct_staff
        template = (
            N_("Leaders directly, as a source states: {stated}.")
            if is_of_leaders
            else N_("Others directly, as a source states: {stated}.")
        )
        words = either_words([number_words(one) for one in different(amounts)])
        return Step(message(template, stated=words), citations_of(amounts))

    def _line_citations(self, position_ids: tuple[str, ...]) -> tuple[Citation, ...]:
        lines = [self._organisation.lines[one] for one in position_ids]
        return tuple(dict.fromkeys(cite for line in lines for cite in line.evidence.all()))

    def _assumptions(self, row: LeaderSpan) -> Iterator[Step]:
        """Name each thing that a span assumes, with what the span is without it."""
        entries, posts = self._ledger.spans, self._ledger.posts
        everything = entries.of(self.numbers[row.position_id]).tolist()
        lines = [
            one
            for one in everything
            if ENTRY_KINDS[entries.kinds[one]] in _LINES and posts.inferred[entries.posts[one]]
        ]
        elsewhere = [
            float(entries.firm_high[one])
            for one in everything
            if ENTRY_KINDS[entries.kinds[one]] is EntryKind.INFERRED_ELSEWHERE
        ]
        if lines:
            lost = sum(float(entries.low[one]) for one in lines)
            more = sum(elsewhere)
            text = plural_message(
                "Assumed: {n} line counted here is inferred; no source says whom the post reports "
                "to. Without inferred lines: {without}.",
                "Assumed: {n} lines counted here are inferred; no source says whom the posts report "
                "to. Without inferred lines: {without}.",
                len(lines),
                without=interval_words(_moved(row.span, -lost, more)),
            )
            yield Step(text, (), tuple(self.position_ids[entries.posts[one]] for one in lines))
        elif elsewhere and row.span.is_exact:
            yield Step(self.elsewhere_words(sum(elsewhere)))
        for one in everything:
            yield from self._assumed_seats(row, one)
        yield from self._assumed_complete(row, everything)

    def elsewhere_words(self, seats: float) -> Worded:
        """Say that posts drawn elsewhere might report here."""
        return plural_message(
            "Assumed: no source says whom {n} post elsewhere reports to; it might be this one.",
            "Assumed: no source says whom {n} posts elsewhere report to; it might be this one.",
            int(seats) if np.isfinite(seats) else len(self.position_ids),
        )

    def _assumed_seats(self, row: LeaderSpan, place: int) -> Iterator[Step]:
        entries = self._ledger.spans
        if ENTRY_KINDS[entries.kinds[place]] not in _LINES:
            return
        position_id = self.position_ids[entries.posts[place]]
        position = self._organisation.positions[position_id]
        assumed = position.seats_assumed
        if assumed is not None and entries.low[place] > 0:
            text = message(
                N_("Assumed: {reason} Without that: {without}."),
                reason=assumed.reason,
                without=interval_words(_moved(row.span, assumed.least - position.seats, 0)),
            )
            yield Step(text, position.evidence.of("seats"), (position_id,))

    def _assumed_complete(self, row: LeaderSpan, places: Sequence[int]) -> Iterator[Step]:
        entries = self._ledger.spans
        for place in places:
            ends = (entries.low, entries.high, entries.firm_low, entries.firm_high)
            low, high, firm_low, firm_high = (float(one[place]) for one in ends)
            units = [self._organisation.units[one] for one in self._tops(row)]
            is_alike = (low, high) == (firm_low, firm_high)
            is_alike |= bool(units) and all(one.is_stated_complete for one in units)
            if ENTRY_KINDS[entries.kinds[place]] is not EntryKind.UNLISTED or is_alike:
                continue
            is_open = np.isinf(firm_high) or row.span.high is None
            without = Interval(
                plain_number(row.span.low - low + firm_low),
                None if is_open else plain_number((row.span.high or 0) - high + firm_high),
            )
            text = message(
                N_(
                    "Assumed: all parts and posts of {units} are listed; no source says so. Without "
                    "that: {without}."
                ),
                units=self._names(self._tops(row)),
                without=interval_words(without),
            )
            yield Step(text)


def span_words(row: LeaderSpan) -> Worded:
    """Return a span as it is shown; where nothing is known of the staff, that is said."""
    leaders, staff = row.direct_leaders, row.direct_staff
    if staff.is_unknown and leaders.low > 0:
        return plural_message(
            "{leaders} leader directly; staff directly: not known",
            "{leaders} leaders directly; staff directly: not known",
            int(leaders.low),
            leaders=interval_words(leaders),
        )
    return headline_words(row.span)


def _moved(interval: Interval, low: float, high: float) -> Interval:
    """Return an interval with its ends moved; never below 0."""
    is_open = interval.high is None or np.isinf(high)
    least = plain_number(max(0.0, interval.low + low))
    return Interval(least, None if is_open else plain_number((interval.high or 0) + high))


class ReachFigures(FigureFacts):
    """The reaches of one organisation as figures."""

    def reach(self, position_id: str) -> Figure | None:
        """Return how many are below a leader; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        if self._ledger.reach_starts.is_stated[self.numbers[position_id]]:
            return self._stated_reach(row)
        return Figure(
            about_words(row.reach, row.reach_about),
            row.reach,
            self._reach_origin(row),
            tuple(self._sum_steps(row)),
        )

    def differing_words(self, kind: EntryKind) -> Worded:
        """Say that a figure counts others than the headcount does."""
        if kind is EntryKind.NOT_COUNTED:
            return message(N_("Some in the headcount are not counted, as chosen."))
        return message(
            N_("Politicians, planned posts and posts of other organisations are in no headcount.")
        )

    def _reach_origin(self, row: LeaderSpan) -> Origin:
        if row.reach.is_unknown:
            return Origin.UNKNOWN
        is_inferred = self.reach_parts.inferred[self.numbers[row.position_id]] > 0
        return Origin.ASSUMED if is_inferred else Origin.DERIVED

    def _stated_reach(self, row: LeaderSpan) -> Figure:
        unit_ids = self._stated_units(row.position_id)
        amounts = self.amounts(unit_ids)
        text = message(
            N_("{units}: {stated}."),
            units=self._names(unit_ids),
            stated=self.stated_words(unit_ids),
        )
        steps = [Step(text, citations_of(amounts))]
        steps.extend(self._leader_steps(row))
        if self._own_heads(row.position_id):
            steps.append(Step(self.own_seat_words(row.position_id, amounts)))
        steps.extend(self._open_steps(row, amounts))
        outside = self._outside(row, unit_ids)
        if outside:
            steps.append(Step(message(N_("Reports outside these units are added.")), (), outside))
        gains = self.reach_parts.gains[self.numbers[row.position_id]]
        if gains.any():
            steps.append(Step(message(N_("More are listed below than the headcount states."))))
        steps.extend(self._convention_steps(amounts))
        parts = {ENTRY_KINDS[one] for one in self._reach_start_kinds(row.position_id)}
        differing = parts & {EntryKind.NO_EMPLOYEES, EntryKind.NOT_COUNTED}
        steps.extend(Step(self.differing_words(kind)) for kind in sorted(differing))
        # Of how many seats the leader's are, and so how many are taken off, may be open.
        is_open = self._organisation.positions[row.position_id].seats_at_least
        is_plain = not (outside or gains.any() or differing or is_open)
        plainly = self._plain_words(unit_ids) if is_plain else None
        words = about_words(row.reach, row.reach_about) if plainly is None else plainly
        origin = Origin.DERIVED if plainly is None else Origin.STATED
        if row.reach.is_unknown:
            words, origin = about_words(row.reach, 0), Origin.UNKNOWN
        return Figure(words, row.reach, origin, tuple(steps), self._differ(unit_ids))

    def _plain_words(self, unit_ids: Sequence[str]) -> Worded | None:
        """Return a headcount as its sources give it, where nothing is added to it or taken off."""
        amounts = different(self.amounts(unit_ids)) if len(unit_ids) == 1 else ()
        if not amounts or any(one.without_leaders for one in amounts):
            return None
        is_exact = len(amounts) == 1 and amounts[0].precision is Precision.EXACT
        return None if is_exact else either_words([number_words(one) for one in amounts])

    def _differ(self, unit_ids: Iterable[str]) -> tuple[Worded, ...]:
        """Return the note that sources differ on the headcount of one of some units."""
        is_one = any(len(different(self.amounts((one,)))) > 1 for one in unit_ids)
        return (message(SOURCES_DIFFER),) if is_one else ()

    def own_seat_words(self, position_id: str, amounts: Sequence[Amount]) -> Worded:
        """Say whether a leader's own seats are among a stated headcount."""
        heads = self._own_heads(position_id)
        said = {one.leader_included for one in amounts if not one.without_leaders}
        if said == {False}:
            return message(N_("The leader is not among the number; nothing is taken off."))
        if None in said:
            return message(
                N_("Whether the leader is among the number is not said; it is left open.")
            )
        return plural_message(
            "The leader's own seat is taken off.",
            "The leaders' own {n} seats are taken off.",
            heads,
        )

    def _open_steps(self, row: LeaderSpan, amounts: Sequence[Amount]) -> Iterator[Step]:
        """Say that other leaders in the unit may come on top of a number without its leader."""
        leaders = row.direct_leaders
        if leaders.low > 0 and any(one.leader_included is False for one in amounts):
            text = message(
                N_(
                    "Whether the {n} leaders who report here are among the number or come on top is "
                    "not said."
                ),
                n=interval_words(leaders),
            )
            yield Step(text)

    def _sum_steps(self, row: LeaderSpan) -> Iterator[Step]:
        number = self.numbers[row.position_id]
        reports = tuple(
            one
            for one in self._organisation.reports[row.position_id]
            if self._ledger.seats[self.numbers[one]]
        )
        if reports:
            yield Step(message(N_("The sum of what is known below.")), (), reports)
        entries = self._ledger.spans
        may_move = {
            ENTRY_KINDS.index(EntryKind.MAY_REPORT_ELSEWHERE),
            ENTRY_KINDS.index(EntryKind.MAY_REPORT_HERE),
        }
        unsettled = tuple(
            self.position_ids[entries.posts[one]]
            for one in entries.of(number).tolist()
            if entries.kinds[one] in may_move
        )
        if unsettled:
            yield unsettled_step(unsettled)
        yield from self.unlisted_steps(row)
        inferred = int(self.reach_parts.inferred[number])
        if inferred and not row.reach.is_unknown:
            yield Step(
                plural_message(
                    "Assumed: the line of {n} post below is inferred; no source states it.",
                    "Assumed: the lines of {n} posts below are inferred; no source states them.",
                    inferred,
                )
            )

    def _stated_units(self, position_id: str) -> tuple[str, ...]:
        """Return the units whose stated headcounts a reach begins with."""
        entries = self._ledger.reach_starts.entries
        return tuple(
            self.unit_ids[entries.units[one]]
            for one in entries.of(self.numbers[position_id]).tolist()
            if ENTRY_KINDS[entries.kinds[one]] is EntryKind.STATED
        )

    def _reach_start_kinds(self, position_id: str) -> list[int]:
        entries = self._ledger.reach_starts.entries
        return entries.kinds[entries.of(self.numbers[position_id])].tolist()  # type: ignore[no-any-return]

    def _own_heads(self, position_id: str) -> int:
        """Return how many of the heads in a post's units are its own seats."""
        position = self._organisation.positions[position_id]
        tops = self.headcounts.top_units.get(position_id, ())
        is_inside = self.headcounts.contains(tops, position.unit_id)
        return self.heads(position) if is_inside else 0

    def _outside(self, row: LeaderSpan, unit_ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            one
            for one in self._organisation.reports[row.position_id]
            if not self.headcounts.contains(unit_ids, self._organisation.positions[one].unit_id)
        )


__all__ = ["Figure", "Figures", "Origin", "Step", "span_words"]


class Figures(SpanFigures, ReachFigures):
    """The figures of one organisation, made when asked for.

    Attributes
    ----------
    numbers, position_ids
        The number of each post in the ledger, and the other way round.
    unit_ids
        The units by their numbers in the ledger.
    headcounts
        What the units state, with the same posts counted as in the figures.
    """

    def employees(self) -> Figure | None:
        """Return how many are employed in the whole organisation, as far as it is stated.

        The stated headcounts of the highest units that state one; None where none does.
        """
        units, _covered = highest_stated(self._organisation, self.headcounts.as_stated)
        if not units:
            return None
        interval = total(list(units.values()))
        steps: list[Step] = []
        for unit_id in units:
            amounts = self.amounts((unit_id,))
            name = self._organisation.units[unit_id].name
            stated = self.stated_words((unit_id,))
            text = message(N_("{units}: {stated}."), units=name, stated=stated)
            steps.append(Step(text, citations_of(amounts)))
        steps.extend(self._convention_steps(self.amounts(units)))
        plainly, origin = self._plain_words(tuple(units)), Origin.STATED
        if plainly is None:
            about = sum(map(self._about, units))
            plainly, origin = about_words(interval, about), Origin.DERIVED
        return Figure(plainly, interval, origin, tuple(steps), self._differ(units))

    def _about(self, unit_id: str) -> float:
        """Return the least that a unit's headcount is, a rough number as its source gives it."""
        return min(one.value or 0 for one in self.amounts((unit_id,)))
