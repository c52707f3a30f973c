"""The texts on the cards of posts and units, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import ASSUMED, SOURCES_DIFFER, different, either_words
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.cards import CardText, figure_rows, set_card
from orgmodel.model.entities import Level
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.statuses import Status
from orgmodel.model.wording import (
    KindWords,
    amount_words,
    held_words,
    interval_words,
    open_seats_words,
    seats_words,
)
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
    from orgmodel.model.entities import Unit
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded


class CardTexts:
    """The cards of one organisation's posts in one language, built on demand."""

    def __init__(self, spans: Spans, levels: dict[str, Level], language: Language) -> None:
        self.organisation = spans.organisation
        self.language = language
        self._spans = spans
        self._figures = Figures(spans)
        self._levels = levels

    def card(self, position_id: str) -> CardText:
        """Return the card of a post."""
        organisation = self.organisation
        position = organisation.positions[position_id]
        chip = status_chip(organisation, position_id)
        figures, in_words = self.figure_lines(position_id)
        return set_card(
            position_id,
            title=self._say(position_title(organisation, position_id)),
            name=holder_line(organisation, position_id, self.language),
            unit=self._say(organisation.units[position.unit_id].name),
            status=organisation.status(position_id),
            level=self._levels[position_id],
            chip=self._say(chip) if chip else "",
            figures=figures,
            figures_in_words=in_words,
            has_button=bool(organisation.reports[position_id]),
        )

    def level(self, position_id: str) -> Level:
        """Return the leadership level of a post."""
        return self._levels[position_id]

    def figure_lines(self, position_id: str) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Return a leader's figures as lines that fit, and as words, also where unknown."""
        reach, span = self._figures.reach(position_id), self._figures.span(position_id)
        if reach is None or span is None:
            return (), ""
        if reach.origin is Origin.UNKNOWN and span.origin is Origin.UNKNOWN:
            return (), self._say(message(N_("number not stated")))
        row = self._spans.of(position_id)
        pieces = (*_reach_pieces(row, reach), *_span_pieces(row, span))
        words = [self._say(one) for one in pieces]
        return figure_rows(*words), " · ".join(words)

    def _say(self, words: Worded) -> str:
        return words.text(self.language)


class UnitCards:
    """The cards of one organisation's units in one language, built on demand."""

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
                unit_id,
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
        chip = status_chip(organisation, leader_id)
        figures, in_words = self._posts.figure_lines(leader_id)
        leader = organisation.positions[leader_id].title
        return set_card(
            unit_id,
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

    def _stated(self, unit: Unit) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Return a unit's stated headcount, used where nothing else is known of its size."""
        if not unit.employees:
            return (), ""
        words = [self._say(either_words([amount_words(one) for one in different(unit.employees)]))]
        if len(different(unit.employees)) > 1:
            words.append(self._say(message(SOURCES_DIFFER)))
        return figure_rows(*words), " · ".join(words)

    def _say(self, words: Worded) -> str:
        return words.text(self.language)


def _reach_pieces(row: LeaderSpan, reach: Figure) -> Iterator[Worded]:
    """Yield the reach and its qualifiers.

    Nothing is yielded where nobody is known below the direct reports and there is no upper bound.
    """
    if reach.origin is Origin.UNKNOWN:
        yield message(N_("below: not known"))
        return
    if row.reach.high is None and row.reach.low == row.span.low:
        return
    yield message(N_("{number} below"), number=reach.words)
    yield from reach.notes


def _span_pieces(row: LeaderSpan, span: Figure) -> Iterator[Worded]:
    """Yield the number of direct reports, or of the leaders among them if the staff are unknown."""
    # A range already shows its uncertainty, and dashed lines already mark inferred relations.
    is_assumed = row.knowing is Knowing.ASSUMED and message(ASSUMED) in span.notes
    if span.origin is Origin.UNKNOWN:
        yield message(N_("direct: not known"))
    elif row.direct_staff.is_unknown and row.direct_leaders.low > 0:
        leaders = row.direct_leaders
        is_open = leaders.high is None
        yield plural_message(
            "{leaders} leader directly",
            "{leaders} leaders directly",
            int(leaders.low),
            leaders=message("{n}+", n=leaders.low) if is_open else interval_words(leaders),
        )
        yield message(N_("staff unknown"))
    else:
        direct = message(N_("{number} direct"), number=span.words)
        # Next to the number it qualifies, because the row holds another figure too.
        yield Joined((direct, message(ASSUMED)), " · ") if is_assumed else direct
    yield from (note for note in span.notes if note != message(ASSUMED))


def position_title(organisation: Organisation, position_id: str) -> Worded:
    """Return a post's title, with the number of its seats where it has several."""
    position = organisation.positions[position_id]
    seats = seats_words(position)
    return position.title if seats is None else Joined((position.title, seats), " · ")


def status_chip(organisation: Organisation, position_id: str) -> Worded | None:
    """Return the status in a word, or how many of several seats are open.

    None if a source names a holder for every seat.
    """
    if organisation.status(position_id) is Status.NAMED:
        return open_seats_words(organisation, position_id)
    return held_words(organisation, position_id)


def holder_line(organisation: Organisation, position_id: str, language: Language) -> str:
    """Return the holder of a post, the start date of an advertised one, or an empty text."""
    names = organisation.holder_names(position_id)
    if names:
        return names
    profile = organisation.profiles.get(position_id)
    start = profile.milestone(MilestoneKind.START) if profile else None
    if start is not None and organisation.status(position_id) is Status.VACANT:
        return message(N_("from {date}"), date=start.date).text(language)
    return ""


def unit_title(unit: Unit) -> Worded:
    """Return a unit's name, with the number of identical units that the entry represents."""
    if unit.count == 1:
        return unit.name
    count = plural_message("{n} unit", "{n} units", unit.count)
    return Joined((unit.name, count), " · ")
