"""The reach of a leader as a figure: what is stated of it, or the sum of what is known below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import (
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
from orgmodel.model.amounts import Precision
from orgmodel.model.wording import (
    about_words,
    interval_words,
    number_words,
)
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.model.amounts import Amount
    from orgmodel.texts import Worded


class ReachFigures(FigureFacts):
    """The reaches of one organisation as figures."""

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

    def differing_words(self, part: Part) -> Worded:
        """Say that a figure counts others than the headcount does."""
        if part is Part.NOT_COUNTED:
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
        parts = {PARTS[one] for one in self._base_parts(row.position_id)}
        differing = parts & {Part.NO_EMPLOYEES, Part.NOT_COUNTED}
        steps.extend(Step(self.differing_words(part)) for part in sorted(differing))
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
        may_move = {PARTS.index(Part.MAY_REFER_ELSEWHERE), PARTS.index(Part.MAY_REFER_HERE)}
        unsettled = tuple(
            self.position_ids[entries.posts[one]]
            for one in entries.of(number).tolist()
            if entries.parts[one] in may_move
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
