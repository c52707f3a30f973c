"""The span of a leader as a figure: its headline, whom it counts, and what it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.counting import Knowing, plain
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
from orgmodel.analysis.spans.ledger import PARTS, Part
from orgmodel.model.amounts import Interval
from orgmodel.model.wording import (
    headline_words,
    interval_words,
    number_words,
)
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


_NOT_COUNTED = {
    Part.PLANNED: N_("Planned posts are not counted."),
    Part.VACANT: N_("Advertised posts are not counted."),
    Part.LEFT_OUT: N_("Assistants and staff units are not counted, as chosen."),
}
_LINES = (Part.DIRECT_LEADER, Part.DIRECT_STAFF)


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
        silent = [PARTS.index(Part.INFERRED_ELSEWHERE), PARTS.index(Part.UNLISTED)]
        is_silent = np.isin(entries.parts[places], silent) & (entries.high[places] == 0)
        return places[~is_silent].tolist()  # type: ignore[no-any-return]

    def _span_origin(self, row: LeaderSpan) -> Origin:
        parts = {PARTS[one] for one in self._ledger.spans.parts[self.span_places(row.position_id)]}
        if row.span.is_unknown:
            return Origin.UNKNOWN
        if parts & {Part.STATED_LEADERS, Part.STATED_STAFF}:
            return Origin.STATED
        return Origin.ASSUMED if row.firm_span.low < row.span.low else Origin.DERIVED

    def _span_steps(self, row: LeaderSpan) -> Iterator[Step]:
        entries = self._ledger.spans
        by_part: dict[Part, list[int]] = {}
        for place in self.span_places(row.position_id):
            by_part.setdefault(PARTS[entries.parts[place]], []).append(place)

        def posts(part: Part) -> tuple[str, ...]:
            return tuple(self.position_ids[entries.posts[n]] for n in by_part.get(part, ()))

        for part in (Part.STATED_LEADERS, Part.STATED_STAFF):
            if part in by_part:
                yield self.stated_step(row.position_id, part)
        yield from self._listed_steps(posts)
        for part, words in _NOT_COUNTED.items():
            if part in by_part:
                yield Step(message(words), (), posts(part))
        unsettled = (*posts(Part.MAY_REFER_ELSEWHERE), *posts(Part.MAY_REFER_HERE))
        if unsettled:
            yield unsettled_step(unsettled)
        yield from self.unlisted_steps(row)
        if Part.UNLISTED_LEADERS in by_part:
            yield Step(self.unlisted_leaders_words())

    def unlisted_leaders_words(self) -> Worded:
        """Say that there may be leaders whom nobody lists, besides the staff that is stated."""
        return message(N_("How many other leaders report here is not stated."))

    def _listed_steps(self, posts: Callable[[Part], tuple[str, ...]]) -> Iterator[Step]:
        """Name the listed posts that a span counts."""
        among = posts(Part.AMONG_STATED)
        if among:
            yield Step(message(N_("Among them are listed:")), (), among)
        leaders, others = posts(Part.DIRECT_LEADER), posts(Part.DIRECT_STAFF)
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

    def stated_step(self, position_id: str, part: Part) -> Step:
        """Return what sources state of the number that a post leads directly."""
        position = self._organisation.positions[position_id]
        is_of_leaders = part is Part.STATED_LEADERS
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
            if PARTS[entries.parts[one]] in _LINES and posts.inferred[entries.posts[one]]
        ]
        elsewhere = [
            float(entries.firm_high[one])
            for one in everything
            if PARTS[entries.parts[one]] is Part.INFERRED_ELSEWHERE
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
        if PARTS[entries.parts[place]] not in _LINES:
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
            if PARTS[entries.parts[place]] is not Part.UNLISTED or is_alike:
                continue
            is_open = np.isinf(firm_high) or row.span.high is None
            without = Interval(
                plain(row.span.low - low + firm_low),
                None if is_open else plain((row.span.high or 0) - high + firm_high),
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
    least = plain(max(0.0, interval.low + low))
    return Interval(least, None if is_open else plain((interval.high or 0) + high))
