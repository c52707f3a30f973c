"""The ledger as it is written: from posts alone, or from an organisation with its headcounts."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.enclosing import Enclosing
from orgmodel.analysis.spans.headcounts import (
    NOBODY_UNLISTED,
    Headcounts,
    Unlisted,
    employed_seats,
)
from orgmodel.analysis.spans.ledger import (
    PARTS,
    Bases,
    Book,
    Entries,
    Ledger,
    Part,
    counted_seats,
    ends_of,
    most_seats,
    report_parts,
)
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.amounts import ZERO, Interval, Precision, hull

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from orgmodel.analysis.spans.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.statuses import Who

    Floats = npt.NDArray[np.float64]


_ROUGH = frozenset({Precision.APPROXIMATE, Precision.JUST_OVER, Precision.JUST_UNDER})


def ledger_of_posts(posts: PostArrays, left_out: Collection[Who]) -> Ledger:
    """Return the ledger of posts alone: everybody is in a listed one."""
    book, comers = Book(), Book()
    seats = counted_seats(posts, left_out)
    most, size = most_seats(posts, seats), len(posts)
    _add_reports(book, posts, seats, most)
    if posts.lost.any():
        might = strangers(posts, seats, most).sum(axis=1)
        for leader in np.flatnonzero(posts.leads & (might > 0)).tolist():
            book.add(leader, Part.INFERRED_ELSEWHERE, ZERO, Interval(0, _end(might[leader])))
    for leader, others in posts.may_refer.items():
        for other in others:
            _add_comer(comers, posts, leader, other, most)
    entries, nothing = comers.entries(), np.zeros(size)
    bases = Bases(
        entries=entries,
        low=nothing,
        high=entries.sums(entries.high, size),
        about=nothing,
        is_stated=np.zeros(size, np.bool_),
        added=np.ones(size, np.bool_),
        hidden_low=nothing,
        hidden_high=nothing,
    )
    return Ledger(posts, frozenset(left_out), book.entries(), bases)


def ledger_of(organisation: Organisation, posts: PostArrays, left_out: Collection[Who]) -> Ledger:
    """Return the ledger of an organisation; `posts` are its posts."""
    return _Writer(organisation, posts, left_out).ledger()


def _add_comer(book: Book, posts: PostArrays, leader: int, comer: int, most: Floats) -> None:
    """Write who may report to a leader into its reach; a leader brings along any number of people."""
    high = np.inf if posts.leads[comer] else float(most[comer])
    book.add(leader, Part.MAY_REFER_HERE, Interval(0, _end(high)), post=comer)


def strangers(posts: PostArrays, seats: npt.NDArray[np.int32], most: Floats) -> Floats:
    """Return the seats that report elsewhere by inference, and might report to each post instead.

    Leaders' seats and others', without those of the post itself and of whoever is stated to be above
    it. A superior whom a lost line names is listed nowhere, and might report to anybody, too.
    """
    forest = posts.forest
    stated = Forest(np.where(posts.inferred | posts.unsettled, NONE, forest.parents))
    may_move = (posts.inferred | posts.lost) & (seats > 0)
    found = np.zeros((len(posts), 2))
    for n, mask in enumerate((posts.leads | posts.lost, ~posts.leads & ~posts.lost)):

        def elsewhere(counted: Mask, mask: Mask = mask) -> npt.NDArray[np.int64]:
            values = np.where(may_move & mask & counted, seats, 0).astype(np.int64)
            moving = np.where(posts.lost, 0, values)
            near = forest.sums_of_reports(moving) + stated.sums_to_top(moving)
            others: npt.NDArray[np.int64] = values.sum() - near
            return others

        found[:, n] = elsewhere(np.ones(len(posts), np.bool_))
        found[elsewhere(np.isinf(most)) > 0, n] = np.inf
    return found


def _add_reports(
    book: Book, posts: PostArrays, seats: npt.NDArray[np.int32], most: Floats
) -> None:
    """Write an entry for each post that reports to another, or may."""
    reports = np.flatnonzero(posts.forest.parents != NONE).astype(np.int32)
    few = np.minimum(posts.seats_least, seats)[reports]
    mine, highest = seats[reports].astype(np.float64), most[reports]
    is_sure = ~posts.unsettled[reports]
    book.add_columns(
        posts.forest.parents[reports],
        report_parts(posts, seats)[reports],
        reports,
        np.full(len(reports), NONE, np.int32),
        np.where(is_sure, mine, 0.0),
        highest,
        np.where(is_sure & ~posts.inferred[reports], few, 0.0),
        highest,
    )
    for post, others in posts.may_refer.items():
        for other in others:
            book.add(post, Part.MAY_REFER_HERE, Interval(0, _end(most[other])), post=other)


class _Writer:
    """Writes the ledger of one organisation."""

    def __init__(
        self, organisation: Organisation, posts: PostArrays, left_out: Collection[Who]
    ) -> None:
        self._organisation = organisation
        self._posts = posts
        self._left_out = frozenset(left_out)
        self._seats = counted_seats(posts, left_out)
        self._most = most_seats(posts, self._seats)
        self._numbers = {position_id: n for n, position_id in enumerate(posts.ids)}
        self._unit_numbers = {unit_id: n for n, unit_id in enumerate(organisation.units)}
        employed = employed_seats(organisation)
        self._heads = {one.id: employed(one) for one in organisation.positions.values()}
        self._employed = np.fromiter(self._heads.values(), np.int64)
        self._headcounts = Headcounts(organisation, self._heads_of)
        self._firm_headcounts = Headcounts(organisation, self._heads_of, assuming=False)
        self._enclosing = Enclosing(organisation, self._headcounts)
        self._hidden = np.zeros((len(posts), 2))
        self._missing: dict[int, tuple[Interval, Interval]] = {}

    def _heads_of(self, position: Position) -> int:
        return self._heads[position.id]

    def ledger(self) -> Ledger:
        """Return all entries."""
        spans, bases = self._spans(), self._bases()
        return Ledger(self._posts, self._left_out, spans, bases)

    # Spans --------------------------------------------------------------------------------------

    def _spans(self) -> Entries:
        posts, book = self._posts, Book()
        _add_reports(book, posts, self._seats, self._most)
        drawn = book.entries()
        extra = Book()
        is_leader = posts.leads[drawn.posts]
        for position_id in self._organisation.leader_ids:
            self._add_direct(extra, self._numbers[position_id], drawn, is_leader)
        return _joined(drawn, extra.entries())

    def _add_direct(self, book: Book, leader: int, drawn: Entries, is_leader: Mask) -> None:
        """Write what sources state of those whom a post leads directly, and the unlisted staff.

        The listed posts that a stated number counts add nothing more: their entries are emptied.
        """
        position = self._organisation.positions[self._posts.ids[leader]]
        staff = self._unlisted(position, self._headcounts).staff
        firm_staff = self._unlisted(position, self._firm_headcounts).staff
        strangers = self._strangers
        missing_leaders, missing_staff = ZERO, ZERO
        if position.direct_leaders:
            stated = self._state(book, drawn, leader, Part.STATED_LEADERS, is_leader)
            # Leaders whom nobody lists may be among those who are in no listed post.
            staff, firm_staff = (_without(one, stated.high) for one in (staff, firm_staff))
            self._hidden[leader] = ends_of(stated)
            missing_leaders = stated
        elif not staff.is_exact:
            self._hidden[leader, 1] = np.inf
        part = Part.UNLISTED
        if position.direct_staff:
            stated = self._state(book, drawn, leader, Part.STATED_STAFF, ~is_leader)
            staff, firm_staff = (_without(one, stated.high) for one in (staff, firm_staff))
            part = Part.UNLISTED_LEADERS
            missing_staff = stated
        if position.direct_leaders or position.direct_staff:
            self._missing[leader] = missing_leaders, missing_staff
        is_all_stated = position.direct_leaders and position.direct_staff
        if not is_all_stated and (staff != ZERO or firm_staff != ZERO):
            book.add(leader, part, staff, firm_staff)
        most = sum(
            strangers[leader, n]
            for n, amounts in enumerate((position.direct_leaders, position.direct_staff))
            if not amounts
        )
        if most:
            book.add(leader, Part.INFERRED_ELSEWHERE, ZERO, Interval(0, _end(most)))

    def _state(
        self, book: Book, drawn: Entries, leader: int, part: Part, is_among: Mask
    ) -> Interval:
        """Write a stated number of direct reports; return how many of them nobody lists."""
        position = self._organisation.positions[self._posts.ids[leader]]
        is_of_leaders = part is Part.STATED_LEADERS
        amounts = position.direct_leaders if is_of_leaders else position.direct_staff
        places = drawn.of(leader)
        # Sources count posts that exist.
        exist = self._posts.exist[drawn.posts[places]]
        places = places[is_among[places] & exist]
        stated = self._stated_number(amounts, drawn, places)
        adds, least = _among(drawn, places, stated, firm=False)
        firmly, _least = _among(drawn, places, stated, firm=True)
        book.add(leader, part, adds, firmly)
        _empty(drawn, places)
        high = None if adds.high is None else max(0, adds.high - least)
        return Interval(max(0, adds.low - least), high)

    def _stated_number(
        self, amounts: tuple[Amount, ...], drawn: Entries, places: Indices
    ) -> Interval:
        """Return what sources state, less the seats among them that are not counted."""
        left_out = drawn.posts[places]
        left_out = left_out[self._seats[left_out] == 0]
        seats = int(self._posts.seats[left_out].sum())
        stated = hull(amount.interval() for amount in amounts)
        assert stated is not None  # noqa: S101 - there is an amount
        return stated.less(Interval(seats, seats))

    @cached_property
    def _strangers(self) -> Floats:
        return strangers(self._posts, self._seats, self._most)

    def _unlisted(self, position: Position, headcounts: Headcounts) -> Unlisted:
        """Return a leader's unlisted staff; a post without a unit has those who are listed."""
        if position.id in headcounts.top_units or position.is_stated_leader:
            return headcounts.unlisted(position.id)
        return NOBODY_UNLISTED

    # Reaches ------------------------------------------------------------------------------------

    def _bases(self) -> Bases:
        organisation, posts, size = self._organisation, self._posts, len(self._posts)
        book = Book()
        is_stated = np.zeros(size, np.bool_)
        added = np.ones(size, np.bool_)
        rough = np.zeros(size)
        for position_id in organisation.leader_ids:
            leader = self._numbers[position_id]
            position = organisation.positions[position_id]
            unlisted = self._unlisted(position, self._headcounts)
            tops = self._enclosing.stated.get(position_id, ())
            if not tops:
                adds = self._people_unlisted(leader, unlisted)
                if adds != ZERO:
                    book.add(leader, Part.UNLISTED, adds)
                continue
            is_stated[leader] = True
            for unit_id in tops:
                rough[leader] += self._add_stated(book, leader, unit_id)
            added[self._add_differing(book, leader, tops)] = False
        for leader, others in posts.may_refer.items():
            outside = self._enclosing.from_outside.get(posts.ids[leader])
            comers = others if outside is None else [self._numbers[one] for one in outside]
            for other in comers:
                _add_comer(book, posts, leader, other, self._most)
        entries = book.entries()
        low, high = (entries.sums(one, size) for one in (entries.low, entries.high))
        return Bases(
            entries=entries,
            low=low,
            high=high,
            about=low + rough,
            is_stated=is_stated,
            added=added,
            hidden_low=self._hidden[:, 0],
            hidden_high=self._hidden[:, 1],
        )

    def _add_differing(self, book: Book, leader: int, tops: tuple[str, ...]) -> list[int]:
        """Write in what a reach differs from the headcounts; return the reports that are in these."""
        organisation = self._organisation
        inside = [
            self._numbers[report]
            for report in organisation.reports[self._posts.ids[leader]]
            if self._headcounts.contains(tops, organisation.positions[report].unit_id)
        ]
        for part, differing in self._differing.items():
            seats = int(differing[inside].sum())
            # There may be more seats of those who are in no headcount.
            is_open = part is Part.NO_EMPLOYEES and bool(self._open_ended[inside].any())
            if seats or is_open:
                book.add(leader, part, Interval(seats, None if is_open else seats))
        return inside

    @cached_property
    def _open_ended(self) -> Mask:
        """Whether posts at or below each may have more seats, and are no employees'."""
        posts = self._posts
        mine = posts.seats_at_least & (self._seats > 0) & (self._employed == 0)
        found: Mask = (mine + posts.forest.sums_below(mine.astype(np.int64))) > 0
        return found

    @cached_property
    def _differing(self) -> dict[Part, npt.NDArray[np.int64]]:
        """How many seats at and below each post count although no headcount has them, or do not.

        Headcounts hold employees alone, and all of them; figures count politicians too, and may leave
        out advertised posts.
        """
        more = self._seats.astype(np.int64) - self._employed
        below = self._posts.forest.sums_below
        parts = {Part.NO_EMPLOYEES: np.maximum(more, 0), Part.NOT_COUNTED: np.minimum(more, 0)}
        return {part: seats + below(seats) for part, seats in parts.items()}

    def _people_unlisted(self, leader: int, unlisted: Unlisted) -> Interval:
        """Return how many below a leader are in no listed post, before those of other leaders."""
        within = Interval(unlisted.staff.low, unlisted.limit)
        if leader not in self._missing:
            return within
        leaders, staff = self._missing[leader]
        least = max(within.low, leaders.low + staff.low)
        if unlisted == NOBODY_UNLISTED:
            # Leaders whom nobody lists bring people along, however many.
            return Interval(least, staff.high if leaders.high == 0 else None)
        return Interval(least, None if within.high is None else max(least, within.high))

    def _add_stated(self, book: Book, leader: int, unit_id: str) -> float:
        """Write a unit's stated headcount; return how far rough numbers lie above their least."""
        headcounts = self._headcounts
        amounts = headcounts.amounts(unit_id)
        counted = hull(headcounts.counted(unit_id, one) for one in amounts) or ZERO
        below = hull(headcounts.below_leader(unit_id, one) for one in amounts) or ZERO
        unit = self._unit_numbers[unit_id]
        book.add(leader, Part.STATED, counted, unit=unit)
        taken = (below.low - counted.low, _less(below.high, counted.high))
        if any(taken):
            book.add(leader, Part.OWN_SEAT, Interval(*taken), unit=unit)
        return max(0.0, min(map(self._rough, [unit_id] * len(amounts), amounts)) - below.low)

    def _rough(self, unit_id: str, amount: Amount) -> float:
        """Return how many a statement says are below the leader, a rough number as it is given."""
        below = self._headcounts.below_leader(unit_id, amount)
        if amount.precision not in _ROUGH or amount.value is None:
            return below.low
        counted = self._headcounts.counted(unit_id, amount)
        read_from = amount.interval().low
        is_said = amount.leader_included is not None or amount.without_leaders
        least = below.low if is_said else counted.low
        return amount.value - read_from + least


def _without(interval: Interval, most: float | None) -> Interval:
    """Return an interval of people of whom so many at most may be counted already."""
    return Interval(0 if most is None else max(0, interval.low - most), interval.high)


def _among(
    drawn: Entries, places: Indices, stated: Interval, *, firm: bool
) -> tuple[Interval, float]:
    """Return a stated number with what the listed posts tell of it, and how many are listed.

    Where fewer are stated than are listed, sources and list contradict each other, and the number
    lies between both.
    """
    low = float((drawn.firm_low if firm else drawn.low)[places].sum())
    high = float((drawn.firm_high if firm else drawn.high)[places].sum())
    if stated.high is not None and stated.high < low:
        return stated.hull(Interval(low, _end(high))), low
    return Interval(max(stated.low, low), stated.high), low


def _empty(drawn: Entries, places: Indices) -> None:
    """Let entries add nothing: they are among a number that is stated."""
    counts = places[drawn.high[places] > 0]
    drawn.parts[counts] = PARTS.index(Part.AMONG_STATED)
    for ends in (drawn.low, drawn.high, drawn.firm_low, drawn.firm_high):
        ends[places] = 0


def _joined(*parts: Entries) -> Entries:
    names = [one.name for one in fields(Entries)]
    return Entries(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _end(value: float) -> float | None:
    return None if np.isinf(value) else float(value)


def _less(high: float | None, other: float | None) -> float:
    return 0 if high is None or other is None else high - other
