"""Figures that can be traced: a headline, how it was found, and from what, step by step.

The numbers are sums of the ledger (`ledger.py`); here they are put in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.counting import Knowing, plain
from orgmodel.analysis.headcounts import Headcounts, highest_stated
from orgmodel.analysis.ledger import PARTS, Part
from orgmodel.analysis.reach_parts import ReachParts
from orgmodel.model.amounts import Interval, Precision, total
from orgmodel.model.wording import (
    about_words,
    amount_words,
    headline_words,
    interval_words,
    number_words,
)
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orgmodel.analysis.ledger import Ledger
    from orgmodel.analysis.spans import LeaderSpan, Spans
    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Position
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


class Origin(StrEnum):
    """How a figure is known."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a figure rests on.

    Attributes
    ----------
    position_ids
        The posts that were counted in this step.
    """

    text: Worded
    citations: tuple[Citation, ...] = ()
    position_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for a screen.

    Attributes
    ----------
    words
        The number as it is shown: 7, mindst 7, ca. 1.000, ikke oplyst.
    interval
        Between what it lies.
    steps
        What it rests on; empty where nothing is known.
    notes
        What has to stand beside it wherever it is shown: that sources differ, that it is assumed.
    """

    words: Worded
    interval: Interval
    origin: Origin
    steps: tuple[Step, ...] = ()
    notes: tuple[Worded, ...] = ()


_CONVENTIONS = {
    Precision.APPROXIMATE: N_(
        "In calculations, “approx.” is read as 5% to either side; that width is ours."
    ),
    Precision.JUST_OVER: N_(
        "In calculations, “just over” is read as up to 10% more; that width is ours."
    ),
    Precision.JUST_UNDER: N_(
        "In calculations, “just under” is read as up to 10% less; that width is ours."
    ),
}


_NOT_COUNTED = {
    Part.PLANNED: N_("Planned posts are not counted."),
    Part.VACANT: N_("Advertised posts are not counted."),
    Part.LEFT_OUT: N_("Assistants and staff units are not counted, as chosen."),
}
_LINES = (Part.DIRECT_LEADER, Part.DIRECT_STAFF)
SOURCES_DIFFER = N_("the sources differ")
ASSUMED = N_("assumed")


class Figures:
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

    def __init__(self, figures: Spans) -> None:
        self._spans = figures
        self._organisation = figures.organisation
        self._ledger: Ledger = figures.ledger
        self.headcounts = Headcounts(self._organisation, self.heads)

    @cached_property
    def position_ids(self) -> list[str]:
        """The id of each post by its number in the ledger."""
        return list(self._organisation.positions)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each post in the ledger."""
        return {position_id: n for n, position_id in enumerate(self.position_ids)}

    @cached_property
    def unit_ids(self) -> list[str]:
        """The id of each unit by its number in the ledger."""
        return list(self._organisation.units)

    @cached_property
    def reach_parts(self) -> ReachParts:
        """How many parts every reach has; one pass over all posts."""
        return ReachParts(self._ledger)

    def heads(self, position: Position) -> int:
        """Return how many employees a post counts for in headcounts."""
        is_employed = not (position.political or position.outside)
        return int(self._ledger.seats[self.numbers[position.id]]) if is_employed else 0

    def span(self, position_id: str) -> Figure | None:
        """Return a leader's span of control; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        steps = (*self._span_steps(row), *self._assumptions(row))
        notes = (message(ASSUMED),) if row.knowing is Knowing.ASSUMED else ()
        return Figure(span_words(row), row.span, self._span_origin(row), steps, notes)

    def reach(self, position_id: str) -> Figure | None:
        """Return how many are below a leader; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        if self._ledger.bases.is_stated[self.numbers[position_id]]:
            return self._stated_reach(row)
        return Figure(
            about_words(row.reach, row.reach_about),
            row.reach,
            self._reach_origin(row),
            tuple(self._sum_steps(row)),
        )

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
            steps.append(Step(text, _citations(amounts)))
        steps.extend(self._convention_steps(self.amounts(units)))
        plainly, origin = self._plain_words(tuple(units)), Origin.STATED
        if plainly is None:
            about = sum(map(self._about, units))
            plainly, origin = about_words(interval, about), Origin.DERIVED
        return Figure(plainly, interval, origin, tuple(steps), self._differ(units))

    def _about(self, unit_id: str) -> float:
        """Return the least that a unit's headcount is, a rough number as its source gives it."""
        return min(one.value or 0 for one in self.amounts((unit_id,)))

    # Span -----------------------------------------------------------------------------------

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
            yield _unsettled_step(unsettled)
        yield from self.unlisted_steps(row)
        if Part.UNLISTED_LEADERS in by_part:
            yield Step(self.unlisted_leaders_words())

    def no_employees_words(self) -> Worded:
        """Say that some of those below are in no headcount."""
        return message(
            N_("Politicians and posts of other organisations below are in no headcount.")
        )

    def unlisted_leaders_words(self) -> Worded:
        """Say that there may be leaders whom nobody lists, besides the staff that is stated."""
        return message(N_("How many leaders report here besides is not stated."))

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

    def _seats(self, position_ids: Iterable[str]) -> int:
        return sum(self._organisation.positions[one].seats for one in position_ids)

    def stated_step(self, position_id: str, part: Part) -> Step:
        """Return what sources state of the number that a post leads directly."""
        position = self._organisation.positions[position_id]
        is_of_leaders = part is Part.STATED_LEADERS
        amounts = position.direct_leaders if is_of_leaders else position.direct_staff
        template = (
            N_("{stated} leaders directly, as a source states.")
            if is_of_leaders
            else N_("{stated} others directly, as a source states.")
        )
        words = _either([number_words(one) for one in _different(amounts)])
        return Step(message(template, stated=words), _citations(amounts))

    def unlisted_steps(self, row: LeaderSpan, people: Interval | None = None) -> Iterator[Step]:
        """Explain who is in no listed post: the staff, or `people`; certain, limited or unknown."""
        unlisted = people or row.unlisted_staff
        if unlisted.high == 0:
            return
        unit_ids = self.unlisted_units(row.position_id)
        amounts = self.amounts(unit_ids)
        citations, stated = _citations(amounts), self.stated_words(unit_ids)
        units = self._names(unit_ids if amounts else self._tops(row))
        limit = self._limit(row.position_id)
        if not units.parts:
            yield Step(message(N_("Which unit or staff the post leads is not stated.")))
        elif unlisted.is_unknown and limit is not None:
            text = message(
                N_(
                    "How many work directly in {units} is not stated; at most {high} of {stated} can, "
                    "for all others are in listed posts or in other leaders' units."
                ),
                units=units,
                high=limit,
                stated=stated,
            )
            yield Step(text, citations)
        elif unlisted.is_unknown:
            text = message(N_("How many work directly in {units} is not stated."), units=units)
            yield Step(text, citations)
        elif unlisted.high is None:
            text = message(
                N_("At least {low} work directly in {units}; how many in all is not stated."),
                low=unlisted.low,
                units=units,
            )
            yield Step(text, citations)
        else:
            text = message(
                N_(
                    "Of {stated} in {units}, {rest} are in no listed post and no other leader's unit."
                ),
                stated=stated,
                units=units,
                rest=interval_words(unlisted),
            )
            yield Step(text, citations)
            yield from self._leader_steps(row)
        if limit is not None or unlisted.high is not None:
            yield from self._convention_steps(amounts)

    def _limit(self, position_id: str) -> float | None:
        """Return how many unlisted staff a leader can have at most; None where nothing limits it."""
        if position_id not in self.headcounts.top_units:
            return None
        return self.headcounts.unlisted(position_id).limit

    def unlisted_units(self, position_id: str) -> tuple[str, ...]:
        """Return the units whose headcounts say how many of a leader's are in no listed post.

        They are the highest ones that it leads; where those state none, those in them that do.
        """
        tops = self.headcounts.top_units.get(position_id, ())
        if tops and all(self.headcounts.stated(one) is not None for one in tops):
            return tops
        led = dict.fromkeys((*tops, *self._organisation.led_units.get(position_id, ())))
        return tuple(one for one in led if self.headcounts.stated(one) is not None) or tops

    def _line_citations(self, position_ids: tuple[str, ...]) -> tuple[Citation, ...]:
        lines = [self._organisation.lines[one] for one in position_ids]
        return tuple(dict.fromkeys(cite for line in lines for cite in line.evidence.all()))

    # What is assumed --------------------------------------------------------------------------

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
            is_alike = (low, high) == (firm_low, firm_high)
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

    # Reach ----------------------------------------------------------------------------------

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
        steps = [Step(text, _citations(amounts))]
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
        parts = {PARTS[one] for one in self._base_parts(row.position_id)}
        if Part.NO_EMPLOYEES in parts:
            steps.append(Step(self.no_employees_words()))
        is_plain = not (outside or gains.any() or Part.NO_EMPLOYEES in parts)
        plainly = self._plain_words(unit_ids) if is_plain else None
        words = about_words(row.reach, row.reach_about) if plainly is None else plainly
        origin = Origin.DERIVED if plainly is None else Origin.STATED
        return Figure(words, row.reach, origin, tuple(steps), self._differ(unit_ids))

    def _plain_words(self, unit_ids: Sequence[str]) -> Worded | None:
        """Return a headcount as its sources give it, where nothing is added to it or taken off."""
        amounts = _different(self.amounts(unit_ids)) if len(unit_ids) == 1 else ()
        if not amounts or any(one.without_leaders for one in amounts):
            return None
        is_exact = len(amounts) == 1 and amounts[0].precision is Precision.EXACT
        return None if is_exact else _either([number_words(one) for one in amounts])

    def _differ(self, unit_ids: Iterable[str]) -> tuple[Worded, ...]:
        """Return the note that sources differ on the headcount of one of some units."""
        is_one = any(len(_different(self.amounts((one,)))) > 1 for one in unit_ids)
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

    def _leader_steps(self, row: LeaderSpan) -> Iterator[Step]:
        """Say where a stated number leaves out those who lead, and how many those are."""
        for unit_id in self._tops(row):
            if any(one.without_leaders for one in self.amounts((unit_id,))):
                yield Step(
                    plural_message(
                        "The number leaves out those who lead; {n} leader is added to the interval.",
                        "The number leaves out those who lead; {n} leaders are added to the interval.",
                        self.headcounts.leaders_in(unit_id),
                    )
                )

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
        may_move = {PARTS.index(Part.MAY_REFER_ELSEWHERE), PARTS.index(Part.MAY_REFER_HERE)}
        unsettled = tuple(
            self.position_ids[entries.posts[one]]
            for one in entries.of(number).tolist()
            if entries.parts[one] in may_move
        )
        if unsettled:
            yield _unsettled_step(unsettled)
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
        entries = self._ledger.bases.entries
        return tuple(
            self.unit_ids[entries.units[one]]
            for one in entries.of(self.numbers[position_id]).tolist()
            if PARTS[entries.parts[one]] is Part.STATED
        )

    def _base_parts(self, position_id: str) -> list[int]:
        entries = self._ledger.bases.entries
        return entries.parts[entries.of(self.numbers[position_id])].tolist()  # type: ignore[no-any-return]

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

    # Both -----------------------------------------------------------------------------------

    def part_of(self, post: int, *, is_direct: bool) -> Part:
        """Return as what a post at or below a leader's direct reports counts in a reach."""
        part = PARTS[self._ledger.report_parts[post]]
        is_plain = part in {Part.DIRECT_LEADER, Part.DIRECT_STAFF}
        return Part.BELOW if is_plain and not is_direct else part

    def amounts(self, unit_ids: Iterable[str]) -> tuple[Amount, ...]:
        """Return the stated headcounts of some units."""
        return tuple(amount for one in unit_ids for amount in self.headcounts.amounts(one))

    def stated_words(self, unit_ids: Iterable[str]) -> Worded:
        """Return the stated headcounts of units as their sources give them."""
        stated = [_different(self.amounts((one,))) for one in unit_ids]
        words = [_either([amount_words(one) for one in amounts]) for amounts in stated if amounts]
        return Joined(tuple(words))

    def _names(self, unit_ids: Iterable[str]) -> Joined:
        return Joined(tuple(self._organisation.units[one].name for one in unit_ids))

    def _tops(self, row: LeaderSpan) -> tuple[str, ...]:
        return self.headcounts.top_units.get(row.position_id, ())

    def _convention_steps(self, amounts: Sequence[Amount]) -> Iterator[Step]:
        for precision in dict.fromkeys(amount.precision for amount in amounts):
            if precision in _CONVENTIONS:
                yield Step(message(_CONVENTIONS[precision]))


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


def _unsettled_step(position_ids: tuple[str, ...]) -> Step:
    text = message(N_("It is not settled whether these report here or to another leader."))
    return Step(text, (), position_ids)


def _different(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """Return amounts that are not alike, the least first."""
    found = {(one.interval(), one.precision, one.leader_included): one for one in amounts}
    return tuple(sorted(found.values(), key=lambda one: (one.interval().low, one.value or 0)))


def _either(words: Sequence[Worded]) -> Worded:
    """Return one of several amounts, or the least and the greatest of them."""
    if not words:
        return Joined(())
    if len(words) == 1:
        return words[0]
    return message(N_("{least} or {most}"), least=words[0], most=words[-1])


def _moved(interval: Interval, low: float, high: float) -> Interval:
    """Return an interval with its ends moved; never below 0."""
    is_open = interval.high is None or np.isinf(high)
    least = plain(max(0.0, interval.low + low))
    return Interval(least, None if is_open else plain((interval.high or 0) + high))


def _citations(amounts: Iterable[Amount]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cite for amount in amounts for cite in amount.evidence.all()))
