"""Writes the ledger: from posts alone, or from an organisation with its headcounts."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from orgmodel.analysis.spans.headcounts import (
    NOBODY_UNLISTED,
    Headcounts,
    Unlisted,
    employed_seats,
)
from orgmodel.analysis.spans.ledger import (
    ENTRY_KINDS,
    Entries,
    EntryKind,
    EntryWriter,
    Ledger,
    ReachStarts,
    ends_of,
    report_kinds,
)
from orgmodel.analysis.spans.stated_reaches import StatedReaches
from orgmodel.arrays.forest import NONE, Forest
from orgmodel.model.amounts import ZERO, Interval, Precision, hull

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Position
    from orgmodel.model.organisation import Organisation

    Floats = npt.NDArray[np.float64]


_ROUGH = frozenset({Precision.APPROXIMATE, Precision.JUST_OVER, Precision.JUST_UNDER})


def ledger_of_posts(posts: PostArrays) -> Ledger:
    """Return the ledger of posts without units: everybody is in a listed post."""
    spans, reaches, size = EntryWriter(), EntryWriter(), len(posts)
    _add_reports(spans, posts)
    if posts.lost.any():
        might = inferred_elsewhere(posts).sum(axis=1)
        for leader in np.flatnonzero(posts.leads & (might > 0)).tolist():
            high = _end(might[leader])
            spans.add(leader, EntryKind.INFERRED_ELSEWHERE, ZERO, Interval(0, high))
    for leader, others in posts.may_report.items():
        for other in others:
            _add_possible(reaches, posts, leader, other)
    entries, nothing = reaches.entries(), np.zeros(size)
    starts = ReachStarts(
        entries=entries,
        low=nothing,
        high=entries.sums(entries.high, size),
        about=nothing,
        is_stated=np.zeros(size, np.bool_),
        added=np.ones(size, np.bool_),
        hidden_low=nothing,
        hidden_high=nothing,
    )
    return Ledger(posts, spans.entries(), starts)


def ledger_of(organisation: Organisation, posts: PostArrays) -> Ledger:
    """Return the ledger of an organisation; `posts` are its posts."""
    return _LedgerWriter(organisation, posts).ledger()


def _add_possible(writer: EntryWriter, posts: PostArrays, leader: int, other: int) -> None:
    """Write a post that may report to a leader into its reach, with an open end if it leads others."""
    high = np.inf if posts.leads[other] else float(posts.most[other])
    writer.add(leader, EntryKind.MAY_REPORT_HERE, Interval(0, _end(high)), post=other)


def inferred_elsewhere(posts: PostArrays) -> Floats:
    """Return, for each post, the seats with an inferred line elsewhere that might report to it instead.

    The two columns are leaders' seats and others'. Seats of the post itself, and of posts stated to
    be above it, do not count. A superior that only a lost line names is not listed; it might report to
    any post as well.
    """
    forest, seats = posts.forest, posts.counted
    stated = Forest(np.where(posts.inferred | posts.unsettled, NONE, forest.parents))
    may_move = (posts.inferred | posts.lost) & (seats > 0)
    found = np.zeros((len(posts), 2))

    def elsewhere(mask: Mask) -> npt.NDArray[np.int64]:
        values = np.where(may_move & mask, seats, 0).astype(np.int64)
        moving = np.where(posts.lost, 0, values)
        near = forest.sums_of_reports(moving) + stated.sums_to_top(moving)
        others: npt.NDArray[np.int64] = values.sum() - near
        return others

    for n, mask in enumerate((posts.leads | posts.lost, ~posts.leads & ~posts.lost)):
        found[:, n] = elsewhere(mask)
        found[elsewhere(mask & np.isinf(posts.most)) > 0, n] = np.inf
    return found


def _add_reports(writer: EntryWriter, posts: PostArrays) -> None:
    """Write an entry for each post that reports to another, or may report to it."""
    reports = np.flatnonzero(posts.forest.parents != NONE).astype(np.int32)
    few = np.minimum(posts.seats_least, posts.counted)[reports]
    mine, highest = posts.counted[reports].astype(np.float64), posts.most[reports]
    is_sure = ~posts.unsettled[reports]
    writer.add_columns(
        posts.forest.parents[reports],
        report_kinds(posts)[reports],
        reports,
        np.full(len(reports), NONE, np.int32),
        np.where(is_sure, mine, 0.0),
        highest,
        np.where(is_sure & ~posts.inferred[reports], few, 0.0),
        highest,
    )
    for post, others in posts.may_report.items():
        for other in others:
            high = _end(posts.most[other])
            writer.add(post, EntryKind.MAY_REPORT_HERE, Interval(0, high), post=other)


class _LedgerWriter:
    """Writes the ledger of one organisation."""

    def __init__(self, organisation: Organisation, posts: PostArrays) -> None:
        self._organisation = organisation
        self._posts = posts
        self._numbers = {position_id: n for n, position_id in enumerate(posts.ids)}
        self._unit_numbers = {unit_id: n for n, unit_id in enumerate(organisation.units)}
        employed = employed_seats(organisation)
        self._heads = {one.id: employed(one) for one in organisation.positions.values()}
        self._employed = np.fromiter(self._heads.values(), np.int64)
        self._headcounts = Headcounts(organisation, self._heads_of)
        self._firm_headcounts = Headcounts(organisation, self._heads_of, assuming=False)
        self._stated_reaches = StatedReaches(organisation, self._headcounts)
        self._hidden = np.zeros((len(posts), 2))
        self._missing: dict[int, tuple[Interval, Interval]] = {}

    def _heads_of(self, position: Position) -> int:
        return self._heads[position.id]

    def ledger(self) -> Ledger:
        """Return all entries."""
        spans, starts = self._spans(), self._reach_starts()
        return Ledger(self._posts, spans, starts)

    # Spans --------------------------------------------------------------------------------------

    def _spans(self) -> Entries:
        posts, writer = self._posts, EntryWriter()
        _add_reports(writer, posts)
        drawn = writer.entries()
        extra = EntryWriter()
        is_leader = posts.leads[drawn.posts]
        for position_id in self._organisation.leader_ids:
            self._add_direct(extra, self._numbers[position_id], drawn, is_leader)
        return _joined(drawn, extra.entries())

    def _add_direct(
        self, writer: EntryWriter, leader: int, drawn: Entries, is_leader: Mask
    ) -> None:
        """Write the stated numbers of direct reports, and the unlisted staff.

        The entries of listed posts that a stated number includes are set to 0.
        """
        position = self._organisation.positions[self._posts.ids[leader]]
        staff = self._unlisted(position, self._headcounts).staff
        firm_staff = self._unlisted(position, self._firm_headcounts).staff
        elsewhere = self._elsewhere
        missing_leaders, missing_staff = ZERO, ZERO
        if position.direct_leaders:
            stated = self._state(writer, drawn, leader, EntryKind.STATED_LEADERS, is_leader)
            # Unlisted leaders may be among the people in no listed post.
            staff, firm_staff = (_without(one, stated.high) for one in (staff, firm_staff))
            self._hidden[leader] = ends_of(stated)
            missing_leaders = stated
        elif not staff.is_exact:
            self._hidden[leader, 1] = np.inf
        kind = EntryKind.UNLISTED
        if position.direct_staff:
            stated = self._state(writer, drawn, leader, EntryKind.STATED_STAFF, ~is_leader)
            staff, firm_staff = (_without(one, stated.high) for one in (staff, firm_staff))
            kind = EntryKind.UNLISTED_LEADERS
            missing_staff = stated
        if position.direct_leaders or position.direct_staff:
            self._missing[leader] = missing_leaders, missing_staff
        is_all_stated = position.direct_leaders and position.direct_staff
        if not is_all_stated and (staff != ZERO or firm_staff != ZERO):
            writer.add(leader, kind, staff, firm_staff)
        most = sum(
            elsewhere[leader, n]
            for n, amounts in enumerate((position.direct_leaders, position.direct_staff))
            if not amounts
        )
        if most:
            writer.add(leader, EntryKind.INFERRED_ELSEWHERE, ZERO, Interval(0, _end(most)))

    def _state(
        self, writer: EntryWriter, drawn: Entries, leader: int, kind: EntryKind, is_among: Mask
    ) -> Interval:
        """Write a stated number of direct reports; return how many of them are unlisted."""
        position = self._organisation.positions[self._posts.ids[leader]]
        is_of_leaders = kind is EntryKind.STATED_LEADERS
        amounts = position.direct_leaders if is_of_leaders else position.direct_staff
        places = drawn.of(leader)
        # Sources count only posts that exist.
        exist = self._posts.exist[drawn.posts[places]]
        places = places[is_among[places] & exist]
        stated = self._stated_number(amounts, drawn, places)
        adds, least = _among(drawn, places, stated, firm=False)
        firmly, _least = _among(drawn, places, stated, firm=True)
        writer.add(leader, kind, adds, firmly)
        _empty(drawn, places)
        high = None if adds.high is None else max(0, adds.high - least)
        return Interval(max(0, adds.low - least), high)

    def _stated_number(
        self, amounts: tuple[Amount, ...], drawn: Entries, places: Indices
    ) -> Interval:
        """Return the stated number less the seats among it that are left out."""
        left_out = drawn.posts[places]
        left_out = left_out[self._posts.counted[left_out] == 0]
        seats = int(self._posts.seats[left_out].sum())
        stated = hull(amount.interval() for amount in amounts)
        assert stated is not None  # noqa: S101 - there is an amount
        return stated.less(Interval(seats, seats))

    @cached_property
    def _elsewhere(self) -> Floats:
        return inferred_elsewhere(self._posts)

    def _unlisted(self, position: Position, headcounts: Headcounts) -> Unlisted:
        """Return a leader's unlisted staff; a post without a unit has none."""
        if position.id in headcounts.top_units or position.is_stated_leader:
            return headcounts.unlisted(position.id)
        return NOBODY_UNLISTED

    # Reaches ------------------------------------------------------------------------------------

    def _reach_starts(self) -> ReachStarts:
        organisation, posts, size = self._organisation, self._posts, len(self._posts)
        writer = EntryWriter()
        is_stated = np.zeros(size, np.bool_)
        added = np.ones(size, np.bool_)
        rough = np.zeros(size)
        for position_id in organisation.leader_ids:
            leader = self._numbers[position_id]
            position = organisation.positions[position_id]
            unlisted = self._unlisted(position, self._headcounts)
            tops = self._stated_reaches.stated.get(position_id, ())
            if not tops:
                adds = self._people_unlisted(leader, unlisted)
                if adds != ZERO:
                    writer.add(leader, EntryKind.UNLISTED, adds)
                continue
            is_stated[leader] = True
            for unit_id in tops:
                rough[leader] += self._add_stated(writer, leader, unit_id)
            added[self._add_differing(writer, leader, tops)] = False
        for leader, others in posts.may_report.items():
            outside = self._stated_reaches.from_outside.get(posts.ids[leader])
            possible = others if outside is None else [self._numbers[one] for one in outside]
            for other in possible:
                _add_possible(writer, posts, leader, other)
        entries = writer.entries()
        low, high = (entries.sums(one, size) for one in (entries.low, entries.high))
        return ReachStarts(
            entries=entries,
            low=low,
            high=high,
            about=low + rough,
            is_stated=is_stated,
            added=added,
            hidden_low=self._hidden[:, 0],
            hidden_high=self._hidden[:, 1],
        )

    def _add_differing(self, writer: EntryWriter, leader: int, tops: tuple[str, ...]) -> list[int]:
        """Write the differences of a reach from the headcounts; return the reports these include."""
        organisation = self._organisation
        inside = [
            self._numbers[report]
            for report in organisation.reports[self._posts.ids[leader]]
            if self._headcounts.contains(tops, organisation.positions[report].unit_id)
        ]
        for kind, differing in self._differing.items():
            seats = int(differing[inside].sum())
            # Posts in no headcount may have more seats.
            is_open = kind is EntryKind.NO_EMPLOYEES and bool(self._open_ended[inside].any())
            if seats or is_open:
                writer.add(leader, kind, Interval(seats, None if is_open else seats))
        return inside

    @cached_property
    def _open_ended(self) -> Mask:
        """Whether posts at or below each may have more seats that are not employees'."""
        posts = self._posts
        mine = posts.seats_at_least & (self._posts.counted > 0) & (self._employed == 0)
        found: Mask = (mine + posts.forest.sums_below(mine.astype(np.int64))) > 0
        return found

    @cached_property
    def _differing(self) -> dict[EntryKind, npt.NDArray[np.int64]]:
        """Seats at and below each post that no headcount includes, and, negative, those left out.

        Headcounts hold employees alone, and all of them; figures count politicians too, and may leave
        out advertised posts.
        """
        more = self._posts.counted.astype(np.int64) - self._employed
        below = self._posts.forest.sums_below
        parts = {
            EntryKind.NO_EMPLOYEES: np.maximum(more, 0),
            EntryKind.NOT_COUNTED: np.minimum(more, 0),
        }
        return {kind: seats + below(seats) for kind, seats in parts.items()}

    def _people_unlisted(self, leader: int, unlisted: Unlisted) -> Interval:
        """Return how many people below a leader are in no listed post, less those of other leaders."""
        within = Interval(unlisted.staff.low, unlisted.limit)
        if leader not in self._missing:
            return within
        leaders, staff = self._missing[leader]
        least = max(within.low, leaders.low + staff.low)
        if unlisted == NOBODY_UNLISTED:
            # Unlisted leaders may lead any number of people.
            return Interval(least, staff.high if leaders.high == 0 else None)
        return Interval(least, None if within.high is None else max(least, within.high))

    def _add_stated(self, writer: EntryWriter, leader: int, unit_id: str) -> float:
        """Write a unit's stated headcount; return how far a rough number lies above its lower end."""
        headcounts = self._headcounts
        amounts = headcounts.amounts(unit_id)
        counted = hull(headcounts.counted(unit_id, one) for one in amounts) or ZERO
        below = hull(headcounts.below_leader(unit_id, one) for one in amounts) or ZERO
        unit = self._unit_numbers[unit_id]
        writer.add(leader, EntryKind.STATED, counted, unit=unit)
        taken = (below.low - counted.low, _less(below.high, counted.high))
        if any(taken):
            writer.add(leader, EntryKind.OWN_SEAT, Interval(*taken), unit=unit)
        return max(0.0, min(map(self._rough, [unit_id] * len(amounts), amounts)) - below.low)

    def _rough(self, unit_id: str, amount: Amount) -> float:
        """Return the stated number of people below the leader; a rough number as it is given."""
        below = self._headcounts.below_leader(unit_id, amount)
        if amount.precision not in _ROUGH or amount.value is None:
            return below.low
        counted = self._headcounts.counted(unit_id, amount)
        read_from = amount.interval().low
        is_said = amount.leader_included is not None or amount.without_leaders
        least = below.low if is_said else counted.low
        return amount.value - read_from + least


def _without(interval: Interval, most: float | None) -> Interval:
    """Return an interval of people less those, at most so many, that are counted already."""
    return Interval(0 if most is None else max(0, interval.low - most), interval.high)


def _among(
    drawn: Entries, places: Indices, stated: Interval, *, firm: bool
) -> tuple[Interval, float]:
    """Return a stated number narrowed by the listed posts, and how many are listed.

    If fewer are stated than listed, sources and list contradict each other, and the number
    lies between both.
    """
    low = float((drawn.firm_low if firm else drawn.low)[places].sum())
    high = float((drawn.firm_high if firm else drawn.high)[places].sum())
    if stated.high is not None and stated.high < low:
        return stated.hull(Interval(low, _end(high))), low
    return Interval(max(stated.low, low), stated.high), low


def _empty(drawn: Entries, places: Indices) -> None:
    """Set entries to 0 that a stated number includes."""
    counts = places[drawn.high[places] > 0]
    drawn.kinds[counts] = ENTRY_KINDS.index(EntryKind.AMONG_STATED)
    for ends in (drawn.low, drawn.high, drawn.firm_low, drawn.firm_high):
        ends[places] = 0


def _joined(*parts: Entries) -> Entries:
    names = [one.name for one in fields(Entries)]
    return Entries(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _end(value: float) -> float | None:
    return None if np.isinf(value) else float(value)


def _less(high: float | None, other: float | None) -> float:
    return 0 if high is None or other is None else high - other
