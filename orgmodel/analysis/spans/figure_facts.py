"""The parts of figures in words: steps with their sources, and the facts that they state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.spans.counting import reaches_of
from orgmodel.analysis.spans.headcounts import Headcounts, employed_seats
from orgmodel.analysis.spans.ledger import ENTRY_KINDS, EntryKind
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.amounts import Interval, Precision
from orgmodel.model.wording import (
    amount_words,
    interval_words,
)
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from orgmodel.analysis.spans.leader_figures import Floats, Integers
    from orgmodel.analysis.spans.ledger import Ledger
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
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
    """One step in the derivation of a figure.

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
    """A number as it is shown to a reader, with its derivation.

    Attributes
    ----------
    words
        The number as it is shown: 7, mindst 7, ca. 1.000, ikke oplyst.
    interval
        The interval of its possible values.
    steps
        Its derivation; empty where nothing is known.
    notes
        Caveats that are always shown with it: that sources differ, or that it is assumed.
    """

    words: Worded
    interval: Interval
    origin: Origin
    steps: tuple[Step, ...] = ()
    notes: tuple[Worded, ...] = ()


_CONVENTIONS = {
    Precision.APPROXIMATE: N_(
        "In calculations, “approx.” counts as 5% to either side. The source does not say how much."
    ),
    Precision.JUST_OVER: N_(
        "In calculations, “just over” counts as up to 10% more. The source does not say how much."
    ),
    Precision.JUST_UNDER: N_(
        "In calculations, “just under” counts as up to 10% less. The source does not say how much."
    ),
}


# The sentence of an entry whose kind alone decides it.
KIND_TEXTS = {
    EntryKind.UNLISTED_LEADERS: N_("How many other leaders report here is not stated."),
    EntryKind.NO_EMPLOYEES: N_(
        "Politicians, planned posts and posts of other organisations are not counted as employees."
    ),
    EntryKind.NOT_COUNTED: N_("Some in the headcount are not counted, as chosen."),
    EntryKind.KNOWN_BELOW: N_("More are listed below than the headcount states."),
}
SOURCES_DIFFER = N_("the sources differ")
ASSUMED = N_("assumed")


class FigureFacts:
    """The facts of one organisation from which figures in words are built.

    Attributes
    ----------
    numbers, position_ids
        The number of each post in the ledger, and the post of each number.
    unit_ids
        The units by their numbers in the ledger.
    headcounts
        The headcounts of the units, counting the same posts as the figures.
    """

    def __init__(self, figures: Spans) -> None:
        self._spans = figures
        self._organisation = figures.organisation
        self._ledger: Ledger = figures.ledger
        self._employed = employed_seats(self._organisation)
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
        """The parts of every reach in numbers; takes one pass over all posts."""
        return ReachParts(self._ledger)

    def heads(self, position: Position) -> int:
        """Return how many employees a post counts for in headcounts."""
        return self._employed(position)

    def kind_of(self, post: int, *, is_direct: bool) -> EntryKind:
        """Return the kind of entry that a post at or below a leader's direct reports is in a reach."""
        kind = ENTRY_KINDS[self._ledger.report_kinds[post]]
        is_plain = kind in {EntryKind.DIRECT_LEADER, EntryKind.DIRECT_STAFF}
        return EntryKind.BELOW if is_plain and not is_direct else kind

    def stated_units(self, leader: int) -> list[int]:
        """Return the numbers of the units whose stated headcounts a reach begins with."""
        entries = self._ledger.reach_starts.entries
        places = entries.of(leader)
        places = places[entries.are(EntryKind.STATED, at=places)]
        return entries.units[places].tolist()  # type: ignore[no-any-return]

    def amounts(self, unit_ids: Iterable[str]) -> tuple[Amount, ...]:
        """Return the stated headcounts of some units."""
        return tuple(amount for one in unit_ids for amount in self.headcounts.amounts(one))

    def stated_words(self, unit_ids: Iterable[str]) -> Worded:
        """Return the stated headcounts of units as their sources give them."""
        stated = [different(self.amounts((one,))) for one in unit_ids]
        words = [
            either_words([amount_words(one) for one in amounts]) for amounts in stated if amounts
        ]
        return Joined(tuple(words))

    def _names(self, unit_ids: Iterable[str]) -> Joined:
        return Joined(tuple(self._organisation.units[one].name for one in unit_ids))

    def _tops(self, row: LeaderSpan) -> tuple[str, ...]:
        return self.headcounts.top_units.get(row.position_id, ())

    def _convention_steps(self, amounts: Sequence[Amount]) -> Iterator[Step]:
        for precision in dict.fromkeys(amount.precision for amount in amounts):
            if precision in _CONVENTIONS:
                yield Step(message(_CONVENTIONS[precision]))

    def _leader_steps(self, row: LeaderSpan) -> Iterator[Step]:
        """Say where a stated number excludes leaders, and how many they are."""
        for unit_id in self._tops(row):
            if any(one.without_leaders for one in self.amounts((unit_id,))):
                yield Step(
                    plural_message(
                        "The number leaves out those who lead; {n} leader is added to the interval.",
                        "The number leaves out those who lead; {n} leaders are added to the interval.",
                        self.headcounts.leaders_in(unit_id),
                    )
                )

    def unlisted_steps(self, row: LeaderSpan, people: Interval | None = None) -> Iterator[Step]:
        """Explain how many staff, or `people`, are in no listed post: certain, limited or unknown."""
        unlisted = people or row.unlisted_staff
        if unlisted.high == 0:
            return
        unit_ids = self.unlisted_units(row.position_id)
        amounts = self.amounts(unit_ids)
        citations, stated = citations_of(amounts), self.stated_words(unit_ids)
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
        """Return the greatest possible number of a leader's unlisted staff; None if it has no limit."""
        if position_id not in self.headcounts.top_units:
            return None
        return self.headcounts.unlisted(position_id).limit

    def unlisted_units(self, position_id: str) -> tuple[str, ...]:
        """Return the units whose headcounts determine a leader's unlisted staff.

        They are the highest units that the post leads, or, where those state no headcount, the
        units inside them that do.
        """
        tops = self.headcounts.top_units.get(position_id, ())
        if tops and all(self.headcounts.stated(one) is not None for one in tops):
            return tops
        led = dict.fromkeys((*tops, *self._organisation.led_units.get(position_id, ())))
        return tuple(one for one in led if self.headcounts.stated(one) is not None) or tops

    def _seats(self, position_ids: Iterable[str]) -> int:
        return sum(self._organisation.positions[one].seats for one in position_ids)


def unsettled_step(position_ids: tuple[str, ...]) -> Step:
    """Return the step that names posts whose superior is open."""
    text = message(
        N_("The sources do not make clear whether these report here or to another leader.")
    )
    return Step(text, (), position_ids)


def different(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """Return the distinct amounts in ascending order."""
    found = {(one.interval(), one.precision, one.leader_included): one for one in amounts}
    return tuple(sorted(found.values(), key=lambda one: (one.interval().low, one.value or 0)))


def either_words(words: Sequence[Worded]) -> Worded:
    """Return the amount in words if there is one, or the least and the greatest of several."""
    if not words:
        return Joined(())
    if len(words) == 1:
        return words[0]
    return message("{least} / {most}", least=words[0], most=words[-1])


def citations_of(amounts: Iterable[Amount]) -> tuple[Citation, ...]:
    """Return the citations of some amounts, each once."""
    return tuple(dict.fromkeys(cite for amount in amounts for cite in amount.evidence.all()))


class ReachParts:
    """The parts of every reach in numbers; every array has one number per post.

    Attributes
    ----------
    gains
        How far the people known below raise a stated headcount: at the lower and the upper end.
    entries
        How many entries the explanation of its reach has.
    included
        Seats below that a stated headcount already includes.
    not_stated, bounded
        Leaders counted below whose staff is not stated, or not stated exactly.
    unsettled, more_seats
        Posts that may report here or elsewhere; posts that may have more seats.
    inferred
        Posts counted below whose line no source states.
    """

    def __init__(self, ledger: Ledger) -> None:
        posts, starts = ledger.posts, ledger.reach_starts
        size, seats = len(posts), posts.counted.astype(np.int64)
        counted = Forest(np.where(starts.added, posts.forest.parents, NONE))
        _reaches, gains = reaches_of(ledger)
        self.gains: Floats = gains[:, :2]
        own = starts.entries.counts(size) + (self.gains > 0).any(axis=1)
        is_from_elsewhere = starts.entries.kinds == ENTRY_KINDS.index(EntryKind.MAY_REPORT_HERE)
        elsewhere = np.bincount(starts.entries.leaders[is_from_elsewhere], minlength=size)
        is_not_stated = ~starts.is_stated & np.isinf(starts.high) & (elsewhere == 0)

        def below(values: npt.NDArray[Any]) -> Integers:
            found: Integers = counted.sums_below(values.astype(np.int64))
            return found

        self.entries = own + below(own + 1)
        self.included = posts.forest.sums_below(seats) - below(seats)
        self.not_stated = below(is_not_stated)
        self.bounded = below(~is_not_stated & (starts.low != starts.high) & (elsewhere == 0))
        self.unsettled = elsewhere + below(elsewhere + (posts.unsettled & (seats > 0)))
        self.more_seats = below(posts.seats_at_least & (seats > 0))
        self.inferred = below(posts.inferred & ~posts.unsettled & (seats > 0))
