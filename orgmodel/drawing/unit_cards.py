"""The cards of units: what a unit is called, of what kind it is, and who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import SOURCES_DIFFER, different, either_words
from orgmodel.drawing.cards import (
    CardText,
    CardTexts,
    CardWords,
    figure_rows,
    holder_line,
    set_card,
    status_chip,
)
from orgmodel.model.entities import Level, Status
from orgmodel.model.wording import KindWords, amount_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from orgmodel.model.entities import Unit
    from orgmodel.texts import Worded


class UnitCards:
    """The cards of one organisation's units in one language, made when asked for."""

    def __init__(self, posts: CardTexts) -> None:
        self.organisation = posts.organisation
        self.language = posts.language
        self._posts = posts

    def card(self, unit_id: str) -> CardText:
        """Return the card of a unit; its status, holder and figures are its leader's."""
        organisation = self.organisation
        unit = organisation.units[unit_id]
        has_button = bool(organisation.subunits.get(unit_id))
        title = self._say(unit_title(unit))
        kind = self._say(KindWords(organisation.kinds.get(unit.kind_id), unit.kind_id))
        leader_id = organisation.leader_of(unit_id)
        if leader_id is None:
            rows, words = self._stated(unit)
            return set_card(
                CardWords(
                    id=unit_id,
                    title=title,
                    name="",
                    unit=kind,
                    status=Status.UNNAMED,
                    level=Level.STAFF,
                    chip=self._say(message(N_("No leader known"))),
                    figures=rows,
                    figures_in_words=words,
                    has_button=has_button,
                )
            )
        chip = status_chip(organisation, leader_id)
        figures, in_words = self._posts.figure_lines(leader_id)
        leader = organisation.positions[leader_id].title
        return set_card(
            CardWords(
                id=unit_id,
                title=title,
                name=holder_line(organisation, leader_id, self.language),
                unit=self._say(Joined((leader, kind), " · ")),
                status=organisation.status(leader_id),
                level=self._posts.level(leader_id),
                chip=self._say(chip) if chip else "",
                figures=figures,
                figures_in_words=in_words,
                has_button=has_button,
            )
        )

    def _stated(self, unit: Unit) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Return a unit's stated headcount, which then is all that is known of its size."""
        if not unit.employees:
            return (), ""
        words = [self._say(either_words([amount_words(one) for one in different(unit.employees)]))]
        if len(different(unit.employees)) > 1:
            words.append(self._say(message(SOURCES_DIFFER)))
        return figure_rows(*words), " · ".join(words)

    def _say(self, words: Worded) -> str:
        return words.text(self.language)


def unit_title(unit: Unit) -> Worded:
    """Return a unit's name, with the number of alike units that it stands for."""
    if unit.count == 1:
        return unit.name
    count = plural_message("{n} unit", "{n} units", unit.count)
    return Joined((unit.name, count), " · ")
