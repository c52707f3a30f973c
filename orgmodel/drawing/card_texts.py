"""The texts on the cards of posts and units, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from orgmodel.analysis.spans.figure_facts import ASSUMED, SOURCES_DIFFER, different, either_words
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.cards import CardText, figure_row, initials_of, set_card
from orgmodel.model.amounts import Interval
from orgmodel.model.entities import Level
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.statuses import Status
from orgmodel.model.wording import (
    KindWords,
    amount_words,
    held_words,
    interval_words,
    line_doubt_words,
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


class Holder(TypedDict):
    """What a card tells of the holder of a post; see `CardText`."""

    status: Status
    chip: str
    name: str
    initials: str


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
        figures, in_words = self.figure_lines(position_id)
        return set_card(
            position_id,
            title=self._say(position_title(organisation, position_id)),
            unit=self._say(organisation.units[position.unit_id].name),
            level=self._levels[position_id],
            figures=figures,
            figures_in_words=in_words,
            doubt=self.doubt(position_id),
            has_button=bool(organisation.reports[position_id]),
            **self.holder(position_id),
        )

    def level(self, position_id: str) -> Level:
        """Return the leadership level of a post."""
        return self._levels[position_id]

    def holder(self, position_id: str) -> Holder:
        """Return what a card tells of the holder of a post."""
        organisation = self.organisation
        status = organisation.status(position_id)
        chip = status_chip(organisation, position_id)
        if status is Status.UNNAMED:
            chip = message(N_("name not stated"))
        return Holder(
            status=status,
            chip=self._say(chip) if chip else "",
            name=holder_line(organisation, position_id, self.language),
            initials=initials_of([one.name for one in organisation.holders(position_id)]),
        )

    def doubt(self, position_id: str) -> str:
        """Return what the sources leave open about a post's line and figures, in words."""
        words = [line_doubt_words(self.organisation, position_id)]
        figures = (self._figures.reach(position_id), self._figures.span(position_id))
        if any(message(SOURCES_DIFFER) in one.notes for one in figures if one):
            words.append(message(N_("the sources differ on the figures")))
        return " · ".join(self._say(one) for one in words if one)

    def figure_lines(self, position_id: str) -> tuple[tuple[str, ...], str]:
        """Return a leader's figures as a line that fits, and as words, also where unknown."""
        reach, span = self._figures.reach(position_id), self._figures.span(position_id)
        if reach is None or span is None:
            return (), ""
        if reach.origin is Origin.UNKNOWN and span.origin is Origin.UNKNOWN:
            return (), self._say(message(N_("number not stated")))
        row = self._spans.of(position_id)
        words = [*_reach_pieces(row, reach), *_span_pieces(row, span)]
        in_words = " · ".join(map(self._say, words))
        if self._levels[position_id] is Level.POLITICAL:
            return (), in_words
        return figure_row(self._span_line(row, span), self._reach_line(row, reach)), in_words

    def _span_line(self, row: LeaderSpan, span: Figure) -> list[str]:
        """Return the wordings of a span on a card, the longest first."""
        if span.origin is Origin.UNKNOWN:
            return []
        plain = self._say(_direct_words(row, span))
        if _tells_leaders_alone(row):
            # One leader and nothing else known is what the chart shows anyway.
            if row.direct_leaders == Interval(1, 1) and row.reach.high is None:
                return []
            return [plain, self._say(_leader_words(row, briefly=True))]
        if not _is_assumed(row, span):
            return [plain]
        return [f"{plain} · {self._say(message(ASSUMED))}", plain]

    def _reach_line(self, row: LeaderSpan, reach: Figure) -> list[str]:
        """Return the wordings of a reach on a card, the longest first."""
        if not any(True for _one in _reach_pieces(row, reach)) or reach.origin is Origin.UNKNOWN:
            return []
        number = self._say(reach.words)
        # Where sources differ, the card has a "?", and its words give all of them.
        first = number.partition(" / ")[0]
        return [self._say(message(N_("{number} below"), number=reach.words)), number, first]

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
            row, words = self._stated(unit)
            return set_card(
                unit_id,
                title=title,
                name="",
                unit=kind,
                status=Status.UNNAMED,
                level=Level.STAFF,
                chip=self._say(message(N_("Leader not stated"))),
                figures=row,
                figures_in_words=words,
                has_button=has_button,
            )
        figures, in_words = self._posts.figure_lines(leader_id)
        leader = organisation.positions[leader_id].title
        return set_card(
            unit_id,
            title=title,
            unit=self._say(Joined((leader, kind), " · ")),
            level=self._posts.level(leader_id),
            figures=figures,
            figures_in_words=in_words,
            has_button=has_button,
            **self._posts.holder(leader_id),
        )

    def _stated(self, unit: Unit) -> tuple[tuple[str, ...], str]:
        """Return a unit's stated headcount, used where nothing else is known of its size."""
        if not unit.employees:
            return (), ""
        words = [self._say(either_words([amount_words(one) for one in different(unit.employees)]))]
        row = figure_row((), words)
        if len(different(unit.employees)) > 1:
            words.append(self._say(message(SOURCES_DIFFER)))
        return row, " · ".join(words)

    def _say(self, words: Worded) -> str:
        return words.text(self.language)


def _reach_pieces(row: LeaderSpan, reach: Figure) -> Iterator[Worded]:
    """Yield the reach and its qualifiers.

    Nothing is yielded where nobody is known below the direct reports and there is no upper bound.
    """
    if reach.origin is Origin.UNKNOWN:
        yield message(N_("below: not stated"))
        return
    if row.reach.high is None and row.reach.low == row.span.low:
        return
    yield message(N_("{number} below"), number=reach.words)
    yield from reach.notes


def _span_pieces(row: LeaderSpan, span: Figure) -> Iterator[Worded]:
    """Yield the number of direct reports, or of the leaders among them if the staff are unknown."""
    if span.origin is Origin.UNKNOWN:
        yield message(N_("direct: not stated"))
    elif _tells_leaders_alone(row):
        yield _direct_words(row, span)
        yield message(N_("staff unknown"))
    else:
        direct = _direct_words(row, span)
        # Next to the number it qualifies, because the row holds another figure too.
        is_assumed = _is_assumed(row, span)
        yield Joined((direct, message(ASSUMED)), " · ") if is_assumed else direct
    yield from (note for note in span.notes if note != message(ASSUMED))


def _is_assumed(row: LeaderSpan, span: Figure) -> bool:
    """Tell whether a span is told as assumed.

    A range already shows its uncertainty, and dashed lines already mark inferred relations.
    """
    return row.knowing is Knowing.ASSUMED and message(ASSUMED) in span.notes


def _direct_words(row: LeaderSpan, span: Figure) -> Worded:
    """Return the number of direct reports, or of the leaders among them if the staff are unknown."""
    if _tells_leaders_alone(row):
        return _leader_words(row)
    return message(N_("{number} direct"), number=span.words)


def _tells_leaders_alone(row: LeaderSpan) -> bool:
    """Tell whether only the leaders among the direct reports are known."""
    return row.direct_staff.is_unknown and row.direct_leaders.low > 0


def _leader_words(row: LeaderSpan, *, briefly: bool = False) -> Worded:
    leaders = row.direct_leaders
    number = message("{n}+", n=leaders.low) if leaders.high is None else interval_words(leaders)
    n = int(leaders.low)
    if briefly:
        return plural_message("{leaders} leader", "{leaders} leaders", n, leaders=number)
    return plural_message(
        "{leaders} leader directly", "{leaders} leaders directly", n, leaders=number
    )


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
