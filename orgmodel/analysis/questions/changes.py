"""Changes in an organisation between two dates, and announced dates.

A change is a difference between two snapshots: a unit or post that was added or removed, another
holder, a holder who is no longer acting, another superior, another leader of a unit. An entry that
was both added and removed in between is no change. When a post is added or removed, its holder and
superior are part of that one change; consequences for other entries are changes of those entries.

A unit's entry names one parent unit and one leader, so a unit cannot move and has that leader or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from orgmodel.model.wording import STATUS_WORDS, seats_words
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.model.dates import Period
    from orgmodel.model.entities import Position, Unit
    from orgmodel.model.organisation import Organisation, Record
    from orgmodel.model.profiles import Milestone
    from orgmodel.model.statuses import Status
    from orgmodel.texts import Language, Worded

# A half-open period as ordinals: its first day, and the day after its last, or None if it is open.
_Span: TypeAlias = tuple[int, int]

_ALWAYS: _Span = (date.min.toordinal(), date.max.toordinal() + 1)
_NEVER: _Span = (_ALWAYS[1], _ALWAYS[1])


class ChangeKind(StrEnum):
    """The kinds of difference between two dates."""

    UNIT_BEGINS = "unit-begins"
    UNIT_ENDS = "unit-ends"
    LEADER = "leader"
    POSITION_BEGINS = "position-begins"
    POSITION_ENDS = "position-ends"
    HOLDER = "holder"
    STATUS = "status"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class NoHolder:
    """The status of a post with no known holder, in words, such as Advertised."""

    status: Status

    def text(self, language: Language) -> str:
        """Return the status in words."""
        return message(STATUS_WORDS[self.status]).text(language)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the first and the second date.

    Attributes
    ----------
    entity_id
        The unit or post that changes.
    position_id
        The post; for a unit, the post that leads it, or led it.
    name
        The unit's name, or the post's title and unit; the entry may be missing on one of the dates.
    before, after
        Who holds the post, its status, who it reports to, or the post that leads the unit. None
        where there was none, or is none any more.
    day
        The first day of the state that holds on the second date.
    """

    kind: ChangeKind
    entity_id: str
    position_id: str | None
    name: Worded
    before: Worded | None
    after: Worded | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A date that a post's profile announces; it does not affect the reporting line."""

    position_id: str
    name: Worded
    milestone: Milestone


# Keyed by kind, by whether `before` is present and by whether `after` is.
_SENTENCES: Mapping[tuple[ChangeKind, bool, bool], str] = {
    (ChangeKind.UNIT_BEGINS, False, False): N_("{name} is a new unit"),
    (ChangeKind.UNIT_ENDS, False, False): N_("{name} no longer exists"),
    (ChangeKind.LEADER, False, True): N_("{name}: led by {after}; before, by no known post"),
    (ChangeKind.LEADER, True, False): N_("{name}: no longer led by {before}"),
    (ChangeKind.POSITION_BEGINS, False, True): N_("{name} is a new post, held by {after}"),
    (ChangeKind.POSITION_BEGINS, False, False): N_("{name} is a new post ({after})"),
    (ChangeKind.POSITION_ENDS, True, False): N_("{name} no longer exists; {before} held it"),
    (ChangeKind.POSITION_ENDS, False, False): N_("{name} no longer exists"),
    (ChangeKind.HOLDER, True, True): N_("{name}: held by {after}, before by {before}"),
    (ChangeKind.HOLDER, False, True): N_("{name}: held by {after}; before: {before}"),
    (ChangeKind.HOLDER, True, False): N_("{name}: no longer held by {before}; now: {after}"),
    (ChangeKind.STATUS, True, True): N_(
        "{name}: the same holder; status: {after}, before: {before}"
    ),
    (ChangeKind.LINE, True, True): N_("{name}: reports to {after}; before, to {before}"),
    (ChangeKind.LINE, False, True): N_("{name}: reports to {after}; before, to no known post"),
    (ChangeKind.LINE, True, False): N_(
        "{name}: no longer reports to {before}, nor to any other post"
    ),
}


def change_days(record: Record) -> tuple[date, ...]:
    """Return every day, in order, on which something comes into force or ceases to be."""
    periods = {unit.period for unit in record.units}
    for position in record.positions:
        periods.add(position.period)
        periods.update(holding.period for holding in position.holdings)
    return _days(_span(period) for period in periods)


def changes(organisation: Organisation, start: date, end: date) -> tuple[Change, ...]:
    """Return the changes between two dates, sorted by day and then in the order of the file.

    Takes time in proportion to the organisation, however much time lies in between.

    Raises
    ------
    ValueError
        If the second date is before the first.
    """
    _check_order(start, end)
    if start == end:
        return ()
    places = _places(organisation.record)
    return tuple(
        sorted(
            _Comparison(organisation, start, end).changes(),
            key=lambda one: (one.day, places[one.entity_id]),
        )
    )


def expected(organisation: Organisation, start: date, end: date) -> tuple[Expected, ...]:
    """Return what profiles announce for the days after the first date, up to the second.

    A date that is a month or a year counts as its first day; a date with alternatives or several
    days counts as the one that is named first.

    Raises
    ------
    ValueError
        If the second date is before the first.
    """
    _check_order(start, end)
    record = organisation.record
    units = {unit.id: unit for unit in record.units}
    positions = {position.id: position for position in record.positions}
    places = _places(record)
    found = [
        Expected(
            position_id=profile.position_id,
            name=_post_name(positions[profile.position_id], units),
            milestone=milestone,
        )
        for profile in record.profiles
        for milestone in profile.milestones
        if start < milestone.date.first_day() <= end
    ]
    found.sort(key=lambda one: (one.milestone.date.first_day(), places[one.position_id]))
    return tuple(found)


def change_words(change: Change) -> Worded:
    """Return a change as one sentence, without the day."""
    was, is_now = (
        words is not None and not isinstance(words, NoHolder)
        for words in (change.before, change.after)
    )
    sentence = _SENTENCES[change.kind, was, is_now]
    return message(sentence, name=change.name, before=change.before, after=change.after)


class _Comparison:
    """Two snapshots of an organisation, and the changes of each of its entries."""

    def __init__(self, organisation: Organisation, start: date, end: date) -> None:
        self._before, self._after = organisation.on(start), organisation.on(end)
        self._record = organisation.record
        self._units = {unit.id: unit for unit in self._record.units}
        self._positions = {position.id: position for position in self._record.positions}
        self._spans = _spans_in_force(self._record)

    def changes(self) -> Iterator[Change]:
        """Yield every change: of units, then of posts, then of lines."""
        for unit in self._record.units:
            yield from self._of_unit(unit)
        for position in self._record.positions:
            yield from self._of_post(position)
        yield from self._of_lines()

    def _of_unit(self, unit: Unit) -> Iterator[Change]:
        was, is_now = unit.id in self._before.units, unit.id in self._after.units
        old, new = _leader_id(self._before, unit), _leader_id(self._after, unit)
        leader_id = new or old
        if was != is_now:
            kind = ChangeKind.UNIT_BEGINS if is_now else ChangeKind.UNIT_ENDS
            yield Change(kind, unit.id, leader_id, unit.name, None, None, self._day_of(unit.id))
        elif was and leader_id is not None and old != new:
            words, day = (self._post(old), self._post(new)), self._day_of(leader_id)
            yield Change(ChangeKind.LEADER, unit.id, leader_id, unit.name, *words, day)

    def _of_post(self, position: Position) -> Iterator[Change]:
        was = position.id in self._before.positions
        is_now = position.id in self._after.positions
        if was and is_now:
            yield from self._of_holders(position)
        elif was or is_now:
            kind = ChangeKind.POSITION_BEGINS if is_now else ChangeKind.POSITION_ENDS
            before = _holder_words(self._before, position.id) if was else None
            after = _holder_words(self._after, position.id) if is_now else None
            yield self._change(kind, position, (before, after), self._day_of(position.id))

    def _of_holders(self, position: Position) -> Iterator[Change]:
        old, new = _standing(self._before, position.id), _standing(self._after, position.id)
        if old == new:
            return
        day = _day_of_standing(position, self._after.day)
        was, is_now = self._before.status(position.id), self._after.status(position.id)
        # With several holders, the names rather than the status show which of them is acting.
        if old.keys() == new.keys() and was is not is_now:
            words = message(STATUS_WORDS[was]), message(STATUS_WORDS[is_now])
            yield self._change(ChangeKind.STATUS, position, words, day)
        else:
            before = _holder_words(self._before, position.id)
            after = _holder_words(self._after, position.id)
            yield self._change(ChangeKind.HOLDER, position, (before, after), day)

    def _of_lines(self) -> Iterator[Change]:
        for position_id, line in self._after.lines.items():
            old = self._before.lines.get(position_id)
            if old is not None and old.superior_id != line.superior_id:
                position = self._after.positions[position_id]
                words = self._post(old.superior_id), self._post(line.superior_id)
                day = self._day_of_line(position, line.superior_id)
                yield self._change(ChangeKind.LINE, position, words, day)

    def _change(
        self,
        kind: ChangeKind,
        position: Position,
        words: tuple[Worded | None, Worded | None],
        day: date,
    ) -> Change:
        name = _post_name(position, self._units)
        return Change(kind, position.id, position.id, name, *words, day)

    def _day_of_line(self, position: Position, superior_id: str | None) -> date:
        """Return the day on which the new superior begins, or the last preferred one ends."""
        day = _ALWAYS[0] if superior_id is None else self._spans[superior_id][0]
        for other_id in self._possible_superiors(position):
            if other_id == superior_id:
                break
            gone = self._spans[other_id][1]
            if gone <= self._after.day.toordinal():
                day = max(day, gone)
        return date.fromordinal(day)

    def _possible_superiors(self, position: Position) -> Iterator[str]:
        """Yield the candidates for a post's superior; the first that exists is it (`model.reporting`).

        The order is valid for as long as the post exists, since the units above it exist as well.
        This avoids a snapshot of each day in between.
        """
        if position.reports_to is not None:
            yield position.reports_to.superior_id
        leader_ids: list[str] = []
        here: str | None = position.unit_id
        while here is not None:
            unit = self._units[here]
            if unit.leader_id == position.id:
                leader_ids.clear()
            elif unit.leader_id is not None:
                leader_ids.append(unit.leader_id)
            here = unit.parent_id
        yield from leader_ids

    def _day_of(self, entity_id: str) -> date:
        """Return the day on which a unit or post is added or removed."""
        first, after = self._spans[entity_id]
        return date.fromordinal(first if self._after.has(entity_id) else after)

    def _post(self, position_id: str | None) -> Worded | None:
        if position_id is None:
            return None
        return _post_name(self._positions[position_id], self._units)


def _check_order(start: date, end: date) -> None:
    if start > end:
        reason = f"{end} is before {start}"
        raise ValueError(reason)


def _places(record: Record) -> dict[str, tuple[int, int]]:
    """Return the position of each entry in the file: a unit, its posts, then the next unit."""
    found = {unit.id: (place, -1) for place, unit in enumerate(record.units)}
    for place, position in enumerate(record.positions):
        found[position.id] = (found[position.unit_id][0], place)
    return found


def _post_name(position: Position, units: Mapping[str, Unit]) -> Worded:
    title: Worded = position.title
    seats = seats_words(position)
    if seats is not None:
        title = Joined((title, seats), " · ")
    return Joined((title, units[position.unit_id].name))


def _leader_id(organisation: Organisation, unit: Unit) -> str | None:
    return unit.leader_id if unit.leader_id in organisation.positions else None


def _standing(organisation: Organisation, position_id: str) -> dict[str, bool]:
    """Return who holds a post, and whether they are only acting."""
    found: dict[str, bool] = {}
    for holding in organisation.holdings(position_id):
        found[holding.person_id] = holding.acting and found.get(holding.person_id, True)
    return found


def _holder_words(organisation: Organisation, position_id: str) -> Worded:
    nameless = message(N_("a person whose name is left out"))
    names = [
        message(N_("{names} (acting)"), names=name) if is_acting else name
        for person_id, is_acting in _standing(organisation, position_id).items()
        for name in (organisation.people[person_id].name or nameless,)
    ]
    return Joined(tuple(names)) if names else NoHolder(organisation.status(position_id))


def _day_of_standing(position: Position, end: date) -> date:
    """Return the first day from which a post has the same holders as on `end`."""
    spans: dict[tuple[str, bool], list[_Span]] = {}
    for holding in position.holdings:
        span = _span(holding.period)
        spans.setdefault((holding.person_id, True), []).append(span)
        if not holding.acting:
            spans.setdefault((holding.person_id, False), []).append(span)
    return date.fromordinal(max(_unchanged_since(one, end.toordinal()) for one in spans.values()))


def _unchanged_since(spans: Iterable[_Span], day: int) -> int:
    """Return the day since which some span covers `day`, or since which none does."""
    begun = sorted((span for span in spans if span[0] <= day), key=lambda span: -span[1])
    if begun and begun[0][1] <= day:
        return begun[0][1]
    since = day if begun else _ALWAYS[0]
    for first, after in begun:
        if after < since:
            break
        since = min(since, first)
    return since


def _spans_in_force(record: Record) -> dict[str, _Span]:
    """Return when each unit and post exists; neither exists while a unit above it does not."""
    found: dict[str, _Span] = {}
    for unit in record.units:
        above = _ALWAYS if unit.parent_id is None else found.get(unit.parent_id, _NEVER)
        found[unit.id] = _within(_span(unit.period), above)
    for position in record.positions:
        found[position.id] = _within(_span(position.period), found[position.unit_id])
    return found


def _span(period: Period) -> _Span:
    first, after = _ALWAYS
    if period.start is not None:
        first = period.start.first_day().toordinal()
    if period.end is not None:
        after = period.end.last_day().toordinal() + 1
    return first, after


def _within(span: _Span, outer: _Span) -> _Span:
    first, after = max(span[0], outer[0]), min(span[1], outer[1])
    return (first, after) if first < after else _NEVER


def _days(spans: Iterable[_Span]) -> tuple[date, ...]:
    """Return the days on which spans begin or have ended, in order."""
    ordinals = {end for span in spans for end in span}
    return tuple(date.fromordinal(one) for one in sorted(ordinals.difference(_ALWAYS)))
