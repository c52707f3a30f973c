"""Figures in words: a headline and its derivation, step by step with sources.

The numbers are sums of the ledger (`ledger.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.figure_facts import (
    ASSUMED,
    KIND_TEXTS,
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
from orgmodel.analysis.spans.leader_figures import Knowing, interval_of
from orgmodel.analysis.spans.ledger import EntryKind
from orgmodel.model.amounts import Interval, Precision, total
from orgmodel.model.wording import about_words, headline_words, interval_words, number_words
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.model.amounts import Amount
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded

__all__ = ["Figure", "Figures", "Origin", "Step", "span_words"]

_NOT_COUNTED = {
    EntryKind.PLANNED: N_("Planned posts are not counted."),
    EntryKind.VACANT: N_("Advertised posts are not counted."),
    EntryKind.LEFT_OUT: N_("Assistants and staff units are not counted, as chosen."),
}
_LINES = (EntryKind.DIRECT_LEADER, EntryKind.DIRECT_STAFF)
_STATED_DIRECTLY = (EntryKind.STATED_LEADERS, EntryKind.STATED_STAFF)
_UNSETTLED = (EntryKind.MAY_REPORT_ELSEWHERE, EntryKind.MAY_REPORT_HERE)
_IN_NO_HEADCOUNT = (EntryKind.NO_EMPLOYEES, EntryKind.NOT_COUNTED)


class Figures(FigureFacts):
    """The figures of one organisation, computed on demand."""

    # Spans ------------------------------------------------------------------------------------

    def span(self, position_id: str) -> Figure | None:
        """Return a leader's span of control; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        by_kind = self._span_entries(position_id)
        steps = (*self._span_steps(row, by_kind), *self._assumptions(row))
        origin = Origin.ASSUMED if row.firm_span.low < row.span.low else Origin.DERIVED
        if row.span.is_unknown:
            origin = Origin.UNKNOWN
        elif any(kind in by_kind for kind in _STATED_DIRECTLY):
            origin = Origin.STATED
        position = self._organisation.positions[position_id]
        stated = (position.direct_leaders, position.direct_staff)
        notes = []
        if any(len(different(one)) > 1 for one in stated):
            notes.append(message(SOURCES_DIFFER))
        if origin is Origin.ASSUMED or row.knowing is Knowing.ASSUMED:
            notes.append(message(ASSUMED))
        return Figure(span_words(row), row.span, origin, steps, tuple(notes))

    def span_places(self, position_id: str) -> list[int]:
        """Return the indices of the ledger entries that a span counts or may count."""
        entries = self._ledger.spans
        places = entries.of(self.numbers[position_id])
        # Entries that add something only if an assumption is wrong are shown with the assumption.
        may_be_empty = entries.are(EntryKind.INFERRED_ELSEWHERE, EntryKind.UNLISTED, at=places)
        is_empty = may_be_empty & (entries.high[places] == 0)
        return places[~is_empty].tolist()  # type: ignore[no-any-return]

    def _span_entries(self, position_id: str) -> dict[EntryKind, tuple[str, ...]]:
        """Return the posts that a span counts or may count, by the kind of their entry."""
        entries = self._ledger.spans
        found: dict[EntryKind, list[str]] = {}
        for place in self.span_places(position_id):
            post = self.position_ids[entries.posts[place]]
            found.setdefault(entries.kind(place), []).append(post)
        return {kind: tuple(posts) for kind, posts in found.items()}

    def _span_steps(
        self, row: LeaderSpan, by_kind: dict[EntryKind, tuple[str, ...]]
    ) -> Iterator[Step]:
        for kind in _STATED_DIRECTLY:
            if kind in by_kind:
                yield self.stated_step(row.position_id, kind)
        if EntryKind.AMONG_STATED in by_kind:
            among = by_kind[EntryKind.AMONG_STATED]
            yield Step(message(N_("Among them are listed:")), (), among)
        leaders, others = (by_kind.get(kind, ()) for kind in _LINES)
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
        for kind, words in _NOT_COUNTED.items():
            if kind in by_kind:
                yield Step(message(words), (), by_kind[kind])
        unsettled = tuple(one for kind in _UNSETTLED for one in by_kind.get(kind, ()))
        if unsettled:
            yield unsettled_step(unsettled)
        yield from self.unlisted_steps(row)
        if EntryKind.UNLISTED_LEADERS in by_kind:
            yield Step(message(KIND_TEXTS[EntryKind.UNLISTED_LEADERS]))

    def stated_step(self, position_id: str, kind: EntryKind) -> Step:
        """Return the step with the number of direct reports that sources state."""
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
        """Name each assumption of a span, with the span that results without it."""
        entries, posts = self._ledger.spans, self._ledger.posts
        places = entries.of(self.numbers[row.position_id])
        drawn = places[entries.are(*_LINES, at=places)]
        lines = drawn[posts.inferred[entries.posts[drawn]]]
        elsewhere = places[entries.are(EntryKind.INFERRED_ELSEWHERE, at=places)]
        more = float(entries.firm_high[elsewhere].sum())
        if len(lines):
            without = _moved(row.span, -float(entries.low[lines].sum()), more)
            text = plural_message(
                "Assumed: {n} line counted here is derived. Without derived lines: {without}.",
                "Assumed: {n} lines counted here are derived. Without derived lines: {without}.",
                len(lines),
                without=interval_words(without),
            )
            yield Step(text, (), tuple(self.position_ids[n] for n in entries.posts[lines]))
        elif len(elsewhere) and row.span.is_exact:
            yield Step(self.elsewhere_words(more))
        for place in drawn.tolist():
            yield from self._assumed_seats(row, place)
        for place in places[entries.are(EntryKind.UNLISTED, at=places)].tolist():
            yield from self._assumed_complete(row, place)

    def elsewhere_words(self, seats: float) -> Worded:
        """Say that posts drawn under another leader might report here."""
        return plural_message(
            "No source says who {n} post elsewhere reports to. It may be this one.",
            "No source says who {n} posts elsewhere report to. It may be this one.",
            int(seats) if np.isfinite(seats) else len(self.position_ids),
        )

    def _assumed_seats(self, row: LeaderSpan, place: int) -> Iterator[Step]:
        """Say what a report's seats are assumed from."""
        entries = self._ledger.spans
        position_id = self.position_ids[entries.posts[place]]
        position = self._organisation.positions[position_id]
        assumed = position.seats_assumed
        if assumed is not None and entries.low[place] > 0:
            text = message(
                N_("Assumed: {reason} Without this assumption: {without}."),
                reason=assumed.reason,
                without=interval_words(_moved(row.span, assumed.least - position.seats, 0)),
            )
            yield Step(text, position.evidence.of("seats"), (position_id,))

    def _assumed_complete(self, row: LeaderSpan, place: int) -> Iterator[Step]:
        """Say that the staff in no listed post follows from all parts being listed."""
        entries = self._ledger.spans
        ends = (entries.low, entries.high, entries.firm_low, entries.firm_high)
        low, high, firm_low, firm_high = (float(one[place]) for one in ends)
        units = [self._organisation.units[one] for one in self._tops(row)]
        is_stated = bool(units) and all(one.is_stated_complete for one in units)
        if is_stated or (low, high) == (firm_low, firm_high):
            return
        without = _moved(row.span, firm_low - low, firm_high - high)
        text = message(
            N_(
                "Assumed: all parts and posts of {units} are listed. Without this "
                "assumption: {without}."
            ),
            units=self._names(self._tops(row)),
            without=interval_words(without),
        )
        yield Step(text)

    # Reaches ----------------------------------------------------------------------------------

    def reach(self, position_id: str) -> Figure | None:
        """Return how many are below a leader; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        if self._ledger.reach_starts.is_stated[self.numbers[position_id]]:
            return self._stated_reach(row)
        inferred = self.reach_parts.inferred[self.numbers[position_id]]
        origin = Origin.ASSUMED if inferred else Origin.DERIVED
        return Figure(
            about_words(row.reach, row.reach_about),
            row.reach,
            Origin.UNKNOWN if row.reach.is_unknown else origin,
            tuple(self._sum_steps(row)),
        )

    def _stated_reach(self, row: LeaderSpan) -> Figure:
        number = self.numbers[row.position_id]
        starts = self._ledger.reach_starts.entries
        kinds = {starts.kind(one) for one in starts.of(number).tolist()}
        unit_ids = tuple(self.unit_ids[one] for one in self.stated_units(number))
        amounts = self.amounts(unit_ids)
        steps = [Step(self.stated_text(unit_ids), citations_of(amounts))]
        steps.extend(self._leader_steps(row))
        if self._own_heads(row.position_id):
            steps.append(Step(self.own_seat_words(row.position_id, amounts)))
        steps.extend(self._open_steps(row, amounts))
        outside = self._outside(row, unit_ids)
        if outside:
            steps.append(Step(message(N_("Posts outside these units are added.")), (), outside))
        gains = self.reach_parts.gains[number]
        if gains.any():
            steps.append(Step(message(KIND_TEXTS[EntryKind.KNOWN_BELOW])))
        steps.extend(self._convention_steps(amounts))
        differing = [kind for kind in _IN_NO_HEADCOUNT if kind in kinds]
        steps.extend(Step(message(KIND_TEXTS[kind])) for kind in differing)
        # The number of the leader's seats, and so of heads to deduct, may be open.
        is_open = self._organisation.positions[row.position_id].seats_at_least
        is_plain = not (outside or gains.any() or differing or is_open)
        plainly = self._plain_words(unit_ids) if is_plain else None
        words = about_words(row.reach, row.reach_about) if plainly is None else plainly
        origin = Origin.DERIVED if plainly is None else Origin.STATED
        if row.reach.is_unknown:
            words, origin = about_words(row.reach, 0), Origin.UNKNOWN
        return Figure(words, row.reach, origin, tuple(steps), self._differ(unit_ids))

    def stated_text(self, unit_ids: Sequence[str]) -> Worded:
        """Return the stated headcounts of some units in words."""
        return message(
            N_("{units}: {stated}."),
            units=self._names(unit_ids),
            stated=self.stated_words(unit_ids),
        )

    def _plain_words(self, unit_ids: Sequence[str]) -> Worded | None:
        """Return a headcount as its sources give it, if nothing is added or deducted."""
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
        said = {one.leader_included for one in amounts if not one.without_leaders}
        if said == {False}:
            return message(
                N_("The leader is not included in the number, so nothing is taken off.")
            )
        if None in said:
            return message(N_("Whether the leader is included in the number is not stated."))
        return plural_message(
            "The leader's own seat is taken off.",
            "The leaders' own {n} seats are taken off.",
            self._own_heads(position_id),
        )

    def _open_steps(self, row: LeaderSpan, amounts: Sequence[Amount]) -> Iterator[Step]:
        """Say that a number that excludes the leader may exclude other leaders in the unit as well."""
        leaders = row.direct_leaders
        if leaders.low > 0 and any(one.leader_included is False for one in amounts):
            text = message(
                N_(
                    "Whether the {n} leaders who report here are included in the number or "
                    "come on top is not stated."
                ),
                n=interval_words(leaders),
            )
            yield Step(text)

    def _sum_steps(self, row: LeaderSpan) -> Iterator[Step]:
        number = self.numbers[row.position_id]
        reports = tuple(
            one
            for one in self._organisation.reports[row.position_id]
            if self._ledger.posts.counted[self.numbers[one]]
        )
        if reports:
            yield Step(message(N_("The sum of what is known below.")), (), reports)
        entries = self._ledger.spans
        places = entries.of(number)
        unsettled = entries.posts[places[entries.are(*_UNSETTLED, at=places)]]
        if len(unsettled):
            yield unsettled_step(tuple(self.position_ids[one] for one in unsettled))
        yield from self.unlisted_steps(row)
        inferred = int(self.reach_parts.inferred[number])
        if inferred and not row.reach.is_unknown:
            yield Step(
                plural_message(
                    "Assumed: the line of {n} post below is derived.",
                    "Assumed: the lines of {n} posts below are derived.",
                    inferred,
                )
            )

    def _own_heads(self, position_id: str) -> int:
        """Return how many heads of a post's units are its own seats."""
        position = self._organisation.positions[position_id]
        tops = self.headcounts.top_units.get(position_id, ())
        is_inside = self.headcounts.contains(tops, position.unit_id)
        return self.heads(position) if is_inside else 0

    def _outside(self, row: LeaderSpan, unit_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the direct reports outside some units."""
        return tuple(
            one
            for one in self._organisation.reports[row.position_id]
            if not self.headcounts.contains(unit_ids, self._organisation.positions[one].unit_id)
        )

    # The whole organisation -------------------------------------------------------------------

    def employees(self) -> Figure | None:
        """Return the stated number of employees of the whole organisation.

        It sums the headcounts of the highest units that state one; None if none does.
        """
        units, _covered = highest_stated(self._organisation, self.headcounts.as_stated)
        if not units:
            return None
        interval = total(list(units.values()))
        steps = [
            Step(self.stated_text((one,)), citations_of(self.amounts((one,)))) for one in units
        ]
        steps.extend(self._convention_steps(self.amounts(units)))
        plainly, origin = self._plain_words(tuple(units)), Origin.STATED
        if plainly is None:
            # The lower end of each unit; a rough number counts as its source gives it.
            about = sum(min(one.value or 0 for one in self.amounts((unit,))) for unit in units)
            plainly, origin = about_words(interval, about), Origin.DERIVED
        return Figure(plainly, interval, origin, tuple(steps), self._differ(units))


def span_words(row: LeaderSpan) -> Worded:
    """Return a span in words; they say so where nothing is known of the staff."""
    leaders, staff = row.direct_leaders, row.direct_staff
    if staff.is_unknown and leaders.low > 0:
        return plural_message(
            "{leaders} leader directly; staff directly: not stated",
            "{leaders} leaders directly; staff directly: not stated",
            int(leaders.low),
            leaders=interval_words(leaders),
        )
    return headline_words(row.span)


def _moved(interval: Interval, low: float, high: float) -> Interval:
    """Return an interval with its ends moved; never below 0."""
    most = np.inf if interval.high is None else interval.high + high
    return interval_of(max(0.0, interval.low + low), most)
