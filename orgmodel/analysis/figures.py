"""Figures that can be traced: a headline, how it was found, and from what, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.analysis.chains import may_refer
from orgmodel.analysis.enclosing import Enclosing
from orgmodel.analysis.headcounts import Headcounts, highest_stated
from orgmodel.model.amounts import Precision, total
from orgmodel.model.entities import Status
from orgmodel.model.wording import amount_words, headline_words, interval_words, number_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans import LeaderSpan, Spans
    from orgmodel.model.amounts import Amount, Interval
    from orgmodel.model.entities import Position
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


class Origin(StrEnum):
    """How a figure is known."""

    STATED = "stated"
    DERIVED = "derived"
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
    """

    words: Worded
    interval: Interval
    origin: Origin
    steps: tuple[Step, ...] = ()


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
    Status.PLANNED: N_("Planned posts are not counted."),
    Status.VACANT: N_("Advertised posts are not counted."),
}


class Figures:
    """The figures of one organisation, made when asked for.

    Attributes
    ----------
    headcounts
        What the units state, with the same posts counted as in the figures.
    enclosing
        For which leaders that is the number of those below them.
    """

    def __init__(self, figures: Spans) -> None:
        self._spans = figures
        self._organisation = figures.organisation
        self.headcounts = Headcounts(self._organisation, self.heads)
        self.enclosing = Enclosing(self._organisation, self.headcounts)
        self._may_refer = may_refer(self._organisation)

    def is_counted(self, position_id: str) -> bool:
        """Tell whether a post counts, as its status has it."""
        return self._organisation.status(position_id) not in self._spans.left_out

    def heads(self, position: Position) -> int:
        """Return how many employees a post counts for in headcounts."""
        return 0 if position.political or not self.is_counted(position.id) else position.seats

    def span(self, position_id: str) -> Figure | None:
        """Return a leader's span of control; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        origin = Origin.UNKNOWN if row.span.is_unknown else Origin.DERIVED
        steps = tuple(self._span_steps(row))
        return Figure(headline_words(row.span), row.span, origin, steps)

    def reach(self, position_id: str) -> Figure | None:
        """Return how many are below a leader; None for a post that leads nobody."""
        row = self._spans.get(position_id)
        if row is None:
            return None
        stated = self.stated_units(position_id)
        if stated is None:
            origin = Origin.UNKNOWN if row.reach.is_unknown else Origin.DERIVED
            steps = tuple(self._sum_steps(row))
            return Figure(headline_words(row.reach), row.reach, origin, steps)
        return self._stated_reach(row, stated)

    def employees(self) -> Figure | None:
        """Return how many are employed in the whole organisation, as far as it is stated.

        The stated headcounts of the highest units that state one; None where none does.
        """
        units, _covered = highest_stated(self._organisation, self.headcounts.stated)
        if not units:
            return None
        amounts = [self._organisation.units[unit_id].employees[0] for unit_id in units]
        interval = total(list(units.values()))
        steps = [
            Step(
                message(
                    N_("{units}: {stated}."),
                    units=self._organisation.units[unit_id].name,
                    stated=amount_words(amount),
                ),
                amount.evidence.all(),
            )
            for unit_id, amount in zip(units, amounts, strict=True)
        ]
        steps.extend(self._convention_steps(tuple(amounts)))
        is_plain = len(amounts) == 1 and not amounts[0].without_leaders
        words = number_words(amounts[0]) if is_plain else headline_words(interval)
        origin = Origin.STATED if is_plain else Origin.DERIVED
        return Figure(words, interval, origin, tuple(steps))

    # Span -----------------------------------------------------------------------------------

    def _span_steps(self, row: LeaderSpan) -> Iterator[Step]:
        organisation = self._organisation
        reports = organisation.reports[row.position_id]
        counted = [one for one in reports if self.is_counted(one)]
        leaders = tuple(one for one in counted if one in organisation.leader_ids)
        others = tuple(one for one in counted if one not in organisation.leader_ids)
        if leaders:
            text = plural_message(
                "{n} direct report is a leader.",
                "{n} direct reports are leaders.",
                row.direct_leaders,
            )
            yield Step(text, self._line_citations(leaders), leaders)
        if others:
            seats = sum(organisation.positions[one].seats for one in others)
            text = plural_message(
                "{n} direct report leads nobody.",
                "{n} direct reports lead nobody.",
                seats,
            )
            yield Step(text, self._line_citations(others), others)
        for status, words in _NOT_COUNTED.items():
            is_left_out = status in self._spans.left_out
            left_out = tuple(one for one in reports if organisation.status(one) is status)
            if is_left_out and left_out:
                yield Step(message(words), (), left_out)
        yield from self._unsettled_steps(row)
        yield from self.unlisted_steps(row)

    def _unsettled_steps(self, row: LeaderSpan) -> Iterator[Step]:
        """Name the posts that may report to this leader or to another."""
        lines = self._organisation.lines
        drawn = self._organisation.reports[row.position_id]
        elsewhere = self._may_refer.get(row.position_id, ())
        unsettled = tuple(one for one in (*drawn, *elsewhere) if lines[one].alternative_ids)
        if unsettled:
            text = message(N_("It is not settled whether these report here or to another leader."))
            yield Step(text, (), unsettled)

    def unlisted_steps(self, row: LeaderSpan) -> Iterator[Step]:
        """Explain the staff who are in no listed post: certain, bounded or unknown."""
        unlisted = row.unlisted_staff
        if unlisted.high == 0:
            return
        units = self._unit_names(row)
        said_by = [self._organisation.units[one] for one in self.unlisted_units(row.position_id)]
        amounts = tuple(unit.employees[0] for unit in said_by if unit.employees)
        citations = tuple(cite for amount in amounts for cite in amount.evidence.all())
        stated = Joined(tuple(amount_words(amount) for amount in amounts))
        if unlisted.high is None and not units.parts:
            yield Step(message(N_("Which unit or staff the post leads is not stated.")))
            return
        if unlisted.is_unknown:
            yield Step(
                message(N_("How many work directly in {units} is not stated."), units=units)
            )
            return
        if amounts:
            units = Joined(tuple(unit.name for unit in said_by))
        if unlisted.high is None:
            text = message(
                N_("At least {low} work directly in {units}; how many in all is not stated."),
                low=unlisted.low,
                units=units,
            )
            yield Step(text, citations)
            return
        if unlisted.low > 0:
            template = N_(
                "Of {stated} in {units}, {rest} are in no listed post and no other leader's unit."
            )
        else:
            template = N_(
                "Of {stated} in {units}, at most {high} can report directly: the parts do not "
                "state all their headcounts, so how many do is open."
            )
        text = message(
            template,
            stated=stated,
            units=units,
            rest=interval_words(unlisted),
            high=unlisted.high,
        )
        yield Step(text, citations)
        yield from self._leader_steps(row)
        yield from self._convention_steps(amounts)

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

    # Reach ----------------------------------------------------------------------------------

    def _stated_reach(self, row: LeaderSpan, amounts: tuple[Amount, ...]) -> Figure:
        units = self._unit_names(row)
        stated = Joined(tuple(amount_words(amount) for amount in amounts))
        citations = tuple(cite for amount in amounts for cite in amount.evidence.all())
        steps = [Step(message(N_("{units}: {stated}."), units=units, stated=stated), citations)]
        steps.extend(self._leader_steps(row))
        heads = self.own_heads(row.position_id)
        if heads:
            text = plural_message(
                "The leader's own seat is taken off.",
                "The leaders' own {n} seats are taken off.",
                heads,
            )
            steps.append(Step(text))
        outside = self._outside(row)
        if outside:
            steps.append(Step(message(N_("Reports outside these units are added.")), (), outside))
        steps.extend(self._convention_steps(amounts))
        is_plain = len(amounts) == 1 and not outside
        is_qualified = is_plain and amounts[0].precision is not Precision.EXACT
        words = number_words(amounts[0]) if is_qualified else headline_words(row.reach)
        origin = Origin.STATED if is_qualified else Origin.DERIVED
        return Figure(words, row.reach, origin, tuple(steps))

    def _leader_steps(self, row: LeaderSpan) -> Iterator[Step]:
        """Say where a stated number leaves out those who lead, and how many those are."""
        for unit_id in self._tops(row):
            employees = self._organisation.units[unit_id].employees
            if employees and employees[0].without_leaders:
                yield Step(
                    plural_message(
                        "The number leaves out those who lead; {n} leader is added to the interval.",
                        "The number leaves out those who lead; {n} leaders are added to the interval.",
                        self.headcounts.leaders_in(unit_id),
                    )
                )

    def _sum_steps(self, row: LeaderSpan) -> Iterator[Step]:
        organisation = self._organisation
        reports = tuple(
            one for one in organisation.reports[row.position_id] if self.is_counted(one)
        )
        if reports:
            yield Step(message(N_("The sum of what is known below.")), (), reports)
        yield from self._unsettled_steps(row)
        yield from self.unlisted_steps(row)

    def stated_units(self, position_id: str) -> tuple[Amount, ...] | None:
        """Return the stated headcounts that a reach begins with: of all units that a post leads.

        None where one of them states none, or holds others than those below the post.
        """
        tops = self.enclosing.stated.get(position_id)
        if tops is None:
            return None
        return tuple(self._organisation.units[one].employees[0] for one in tops)

    def own_heads(self, position_id: str) -> int:
        """Return how many of the stated heads of a post's units are its own seats."""
        position = self._organisation.positions[position_id]
        tops = self.headcounts.top_units.get(position_id, ())
        is_inside = self.headcounts.contains(tops, position.unit_id)
        return self.heads(position) if is_inside else 0

    def _outside(self, row: LeaderSpan) -> tuple[str, ...]:
        tops = self.headcounts.top_units.get(row.position_id, ())
        return tuple(
            one
            for one in self._organisation.reports[row.position_id]
            if not self.headcounts.contains(tops, self._organisation.positions[one].unit_id)
        )

    # Both -----------------------------------------------------------------------------------

    def _unit_names(self, row: LeaderSpan) -> Joined:
        return Joined(tuple(self._organisation.units[one].name for one in self._tops(row)))

    def _tops(self, row: LeaderSpan) -> tuple[str, ...]:
        return self.headcounts.top_units.get(row.position_id, ())

    def _convention_steps(self, amounts: tuple[Amount, ...]) -> Iterator[Step]:
        for precision in dict.fromkeys(amount.precision for amount in amounts):
            if precision in _CONVENTIONS:
                yield Step(message(_CONVENTIONS[precision]))
