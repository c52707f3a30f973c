"""Checks of seats: too many holders on any day, too few, or unlikely hours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.model.dates import PartialDate
from orgmodel.model.finding_kinds import finding_of
from orgmodel.model.statuses import Status
from orgmodel.model.wording import amount_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgmodel.model.dates import Period
    from orgmodel.model.entities import Position
    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Organisation, Record
    from orgmodel.texts import Message

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
# Somebody may hold a little more than a full-time post, as with agreed extra hours.
_MOST_FTE_A_SEAT = 1.25


class Days(NamedTuple):
    """Days from the first to the last, both included, as `date.toordinal` counts them."""

    first: int
    last: int

    def within(self, other: Days) -> Days:
        """Return the intersection of two periods; it is empty if its last day precedes its first."""
        return Days(max(self.first, other.first), min(self.last, other.last))


class Crowd(NamedTuple):
    """A period in which a post has more holders than seats, with the greatest number of holders."""

    days: Days
    holders: int


_ALWAYS = Days(_FIRST, _LAST)


def crowded_posts(organisation: Organisation) -> Iterator[Finding]:
    """Find posts with more holders than seats on any day, not only on the organisation's date."""
    crowded = [
        position
        for position in organisation.record.positions
        if len(position.holdings) > position.seats and not position.seats_at_least
    ]
    windows = _windows(organisation.record) if crowded else {}
    for position in crowded:
        crowds = crowds_of(position, windows.get(position.unit_id, _ALWAYS))
        if not crowds:
            continue
        holders = max(crowd.holders for crowd in crowds)
        if crowds[0].days == _ALWAYS:
            text = plural_message(
                "{post} has one seat and {holders} holders.",
                "{post} has {n} seats and {holders} holders.",
                position.seats,
                post=position.title,
                holders=holders,
            )
        else:
            text = plural_message(
                "{post} has one seat and {holders} holders {days}.",
                "{post} has {n} seats and {holders} holders {days}.",
                position.seats,
                post=position.title,
                holders=holders,
                days=Joined(tuple(_words(crowd.days) for crowd in crowds)),
            )
        yield finding_of("too-many-holders", [position.id], text, position.evidence.all())


def crowds_of(position: Position, window: Days = _ALWAYS) -> tuple[Crowd, ...]:
    """Return the separate periods in which a post has more holders than seats, in order.

    Parameters
    ----------
    window
        The days on which the post's unit exists.
    """
    window = window.within(_days(position.period))
    changes: dict[int, int] = {}
    for holding in position.holdings:
        days = window.within(_days(holding.period))
        if days.first <= days.last:
            changes[days.first] = changes.get(days.first, 0) + 1
            changes[days.last + 1] = changes.get(days.last + 1, 0) - 1
    found: list[Crowd] = []
    holders, begun, most = 0, None, 0
    for day in sorted(changes):
        holders += changes[day]
        if holders > position.seats:
            begun = day if begun is None else begun
            most = max(most, holders)
        elif begun is not None:
            found.append(Crowd(Days(begun, day - 1), most))
            begun, most = None, 0
    return tuple(found)


def _windows(record: Record) -> Mapping[str, Days]:
    """Return the days on which each unit exists; a unit ends when a unit above it ends."""
    found: dict[str, Days] = {}
    for unit in record.units:
        around = _ALWAYS if unit.parent_id is None else found.get(unit.parent_id, _ALWAYS)
        found[unit.id] = around.within(_days(unit.period))
    return found


def _days(period: Period) -> Days:
    first = _FIRST if period.start is None else period.start.first_day().toordinal()
    last = _LAST if period.end is None else period.end.last_day().toordinal()
    return Days(first, last)


def _words(days: Days) -> Message:
    start, end = (PartialDate.of(date.fromordinal(day)) for day in days)
    if days.first == days.last:
        return message(N_("on {date}"), date=start)
    if days.last == _LAST:
        return message(N_("from {date}"), date=start)
    if days.first == _FIRST:
        return message(N_("until {date}"), date=end)
    return message(N_("from {start} to {end}"), start=start, end=end)


def partly_held_posts(organisation: Organisation) -> Iterator[Finding]:
    """Find posts of several seats where some seats have a named holder and others have none."""
    for position in organisation.positions.values():
        n = organisation.open_seats(position.id)
        if not n:
            continue
        text = plural_message(
            "{post} has {seats} seats: {held} held, {n} open. No source names who holds it.",
            "{post} has {seats} seats: {held} held, {n} open. No source names who holds them.",
            n,
            post=position.title,
            seats=position.seats,
            held=position.seats - n,
        )
        if position.declared_status is Status.VACANT:
            text = plural_message(
                "{post} has {seats} seats: {held} held, {n} advertised.",
                "{post} has {seats} seats: {held} held, {n} advertised.",
                n,
                **{key: value for key, value in text.params.items() if key != "n"},
            )
        cited = [cite for one in organisation.holdings(position.id) for cite in one.evidence.all()]
        yield finding_of("seats-open", [position.id], text, [*position.evidence.all(), *cited])


def unlikely_full_time(organisation: Organisation) -> Iterator[Finding]:
    """Find posts with clearly more than one full-time equivalent a seat."""
    for position in organisation.positions.values():
        stated = position.fte
        if stated is None or position.seats_at_least:
            continue
        least = stated.interval().low
        if least <= position.seats * _MOST_FTE_A_SEAT:
            continue
        text = plural_message(
            "{post} has one seat and {fte}. Are these hours a week, or are there more seats?",
            "{post} has {n} seats and {fte}. Are these hours a week, or are there more seats?",
            position.seats,
            post=position.title,
            fte=amount_words(stated),
        )
        cited = [*position.evidence.all(), *stated.evidence.all()]
        yield finding_of("fte-unlikely", [position.id], text, cited)


def posts_advertised_and_held(organisation: Organisation) -> Iterator[Finding]:
    """Find posts that are advertised although somebody has always held all of their seats."""
    for position in organisation.positions.values():
        if position.declared_status is not Status.VACANT or organisation.open_seats(position.id):
            continue
        holdings = organisation.holdings(position.id)
        is_permanent = any(not holding.acting for holding in holdings)
        if is_permanent and any(one.period.start is None for one in holdings):
            text = message(
                N_("{post} is advertised, although somebody holds it."), post=position.title
            )
            yield finding_of("vacant-but-held", [position.id], text, position.evidence.all())
