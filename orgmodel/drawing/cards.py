"""What a card says, in a language, and how large it is: for every kind of picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import ASSUMED
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width, wrap
from orgmodel.model.entities import Level, Status
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.wording import held_words, interval_words, open_seats_words, seats_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded

WIDTH = 220
PADDING_X, PADDING_Y = 12, 8
BAND = 5
TITLE_SIZE, NAME_SIZE, UNIT_SIZE, FIGURE_SIZE, CHIP_SIZE = 13.5, 12.5, 11.5, 11, 10.5
TITLE_LINE, NAME_LINE, UNIT_LINE, FIGURE_LINE, RULE = 17, 19, 15, 15, 7
COMPACT_WIDTH, COMPACT_PADDING_Y = 190, 5
COMPACT_TITLE_SIZE, COMPACT_SIZE, COMPACT_LINE = 12, 11, 15
CHIP_PADDING, CHIP_GAP, FIGURE_GAP = 7, 7, 5
# The fold button sits on a card's lower edge, and needs room under a line that may reach the middle.
_BUTTON_ROOM = 6
# What every painter of cards needs to know, so that all paint them alike.
MEASURES: dict[str, float] = {
    "paddingX": PADDING_X,
    "paddingY": PADDING_Y,
    "band": BAND,
    "titleSize": TITLE_SIZE,
    "titleLine": TITLE_LINE,
    "nameSize": NAME_SIZE,
    "nameLine": NAME_LINE,
    "unitSize": UNIT_SIZE,
    "unitLine": UNIT_LINE,
    "figureSize": FIGURE_SIZE,
    "figureLine": FIGURE_LINE,
    "rule": RULE,
    "chipSize": CHIP_SIZE,
    "chipPadding": CHIP_PADDING,
    "chipGap": CHIP_GAP,
    "compactPaddingY": COMPACT_PADDING_Y,
    "compactTitleSize": COMPACT_TITLE_SIZE,
    "compactSize": COMPACT_SIZE,
    "compactLine": COMPACT_LINE,
}
_TEXT_WIDTH = WIDTH - BAND - 2 * PADDING_X
# Figures may go a little nearer to the edge.
_FIGURE_WIDTH = _TEXT_WIDTH + PADDING_X / 3


@dataclass(frozen=True, slots=True)
class CardText:
    """A card: its words, line by line, and its size in pixels at scale 1.

    Attributes
    ----------
    full_title, full_name, full_unit
        The words uncut, for those who read them outside the card. The name is the holder's, or what
        is known instead; empty where nothing is.
    title, name, unit
        The same, broken into lines that fit and cut where they do not.
    chip
        The status in a word; empty where every seat has a named holder.
    chip_stands_alone
        Whether the chip has a line of its own, because the name leaves it no room.
    figures
        Whom the leader stands over and leads directly: one line of both, or two. Empty for who
        leads nobody, and where neither is known: a card without numbers does not say 0.
    figures_in_words
        The same for those who read them outside the card, also where they are not known.
    is_compact
        Whether it is one of many in a wide family: a line of title, and one of `unit`.
    """

    id: str
    full_title: str
    full_name: str
    full_unit: str
    title: tuple[str, ...]
    name: str
    status: Status
    chip: str
    chip_stands_alone: bool
    unit: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    figures_in_words: str
    level: Level
    height: float
    width: float = WIDTH
    is_compact: bool = False

    def holder_words(self) -> str:
        """Return the name and the status in one line; an advertised post leads with its status."""
        words = (self.full_name, self.chip)
        parts = reversed(words) if self.status is Status.VACANT else words
        return ", ".join(filter(None, parts))

    def as_dict(self) -> dict[str, object]:
        """Return the card as plain values."""
        return {
            "full": {
                "title": self.full_title,
                "holder": self.holder_words(),
                "unit": self.full_unit,
                "figures": self.figures_in_words,
            },
            "title": list(self.title),
            "name": self.name,
            "status": self.status.value,
            "chip": self.chip,
            "chipStandsAlone": self.chip_stands_alone,
            "unit": list(self.unit),
            "figures": [list(line) for line in self.figures],
            "width": self.width,
            "height": self.height,
            "compact": self.is_compact,
        }


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says, uncut; see `CardText` for what each is."""

    id: str
    title: str
    name: str
    unit: str
    status: Status
    level: Level
    chip: str = ""
    figures: tuple[tuple[str, ...], ...] = ()
    figures_in_words: str = ""
    has_button: bool = False


def set_card(words: CardWords) -> CardText:
    """Return a card with its words broken into lines, and its size."""
    title = wrap(words.title, _TEXT_WIDTH, TITLE_SIZE, weight=SEMIBOLD)
    unit = wrap(words.unit, _TEXT_WIDTH, UNIT_SIZE, weight=REGULAR)
    name, chip_stands_alone = _name_and_chip(words.name, words.chip)
    rows = [
        len(title) * TITLE_LINE,
        NAME_LINE if name or words.chip else 0,
        NAME_LINE if chip_stands_alone else 0,
        len(unit) * UNIT_LINE,
        len(words.figures) * FIGURE_LINE + RULE if words.figures else 0,
        _BUTTON_ROOM if words.has_button and not words.figures else 0,
    ]
    return CardText(
        id=words.id,
        full_title=words.title,
        full_name=words.name,
        full_unit=words.unit,
        title=title,
        name=name,
        status=words.status,
        chip=words.chip,
        chip_stands_alone=chip_stands_alone,
        unit=unit,
        figures=words.figures,
        figures_in_words=words.figures_in_words,
        level=words.level,
        height=2 * PADDING_Y + sum(rows),
    )


def compacted(card: CardText) -> CardText:
    """Return a card of a wide family: the title, and who holds the post or where it is."""
    width = COMPACT_WIDTH - BAND - 2 * PADDING_X
    second = card.holder_words() or card.full_unit
    lines = wrap(second, width, COMPACT_SIZE, lines=1)
    return replace(
        card,
        title=wrap(card.full_title, width, COMPACT_TITLE_SIZE, weight=SEMIBOLD, lines=1),
        name="",
        chip_stands_alone=False,
        unit=lines,
        figures=(),
        height=2 * COMPACT_PADDING_Y + (1 + len(lines)) * COMPACT_LINE,
        width=COMPACT_WIDTH,
        is_compact=True,
    )


def more_card(card_id: str, count: int, language: Language) -> CardText:
    """Return the card that stands for the rest of a wide family."""
    title = plural_message("{n} more", "{n} more", count)
    text = message(N_("Show more of them"))
    return compacted(
        set_card(
            CardWords(
                card_id,
                title.text(language),
                "",
                text.text(language),
                Status.NAMED,
                Level.STAFF,
            )
        )
    )


class CardTexts:
    """The cards of one organisation's posts in one language, made when asked for."""

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
            CardWords(
                id=position_id,
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
        )

    def level(self, position_id: str) -> Level:
        """Return the leadership level of a post."""
        return self._levels[position_id]

    def figure_lines(self, position_id: str) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Return a leader's figures in lines that fit, and in words also where none is known."""
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


def figure_rows(*words: str) -> tuple[tuple[str, ...], ...]:
    """Return figures in rows, two in each where they fit; one that is too wide alone breaks into lines."""
    rows: list[tuple[str, ...]] = []
    has_room = False
    for one in words:
        together = (*rows[-1], one) if has_room else (one,)
        gaps = FIGURE_GAP * (len(together) - 1)
        width = sum(text_width(piece, FIGURE_SIZE) for piece in together) + gaps
        if has_room and width <= _FIGURE_WIDTH:
            rows[-1] = together
            # One at either edge.
            has_room = False
            continue
        lines = wrap(one, _FIGURE_WIDTH, FIGURE_SIZE)
        rows.extend((line,) for line in lines)
        # What broke stands alone, so that its last word is not read with the next figure.
        has_room = len(lines) == 1
    return tuple(rows)


def _reach_pieces(row: LeaderSpan, reach: Figure) -> Iterator[Worded]:
    """Yield how many are below, and what has to stand beside that.

    Where nobody else is known to be below than those led directly, their number stands alone.
    """
    if reach.origin is Origin.UNKNOWN:
        yield message(N_("below: not known"))
        return
    if row.reach.high is None and row.reach.low == row.span.low:
        return
    yield message(N_("{number} below"), number=reach.words)
    yield from reach.notes


def _span_pieces(row: LeaderSpan, span: Figure) -> Iterator[Worded]:
    """Yield how many are led directly; where nothing is known of the staff, the leaders alone."""
    # A number that is no exact one anyway says so by itself, and dashed lines are inferred ones.
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
        # Beside its number, as another figure stands in the same row.
        yield Joined((direct, message(ASSUMED)), " · ") if is_assumed else direct
    yield from (note for note in span.notes if note != message(ASSUMED))


def _name_and_chip(holder: str, chip: str) -> tuple[str, bool]:
    """Return the holder's name as it fits, and whether the chip needs a line of its own."""
    lines = wrap(holder, _TEXT_WIDTH, NAME_SIZE, lines=1)
    name = lines[0] if lines else ""
    if not name or not chip:
        return name, False
    beside = text_width(chip, CHIP_SIZE, SEMIBOLD) + 2 * CHIP_PADDING + CHIP_GAP
    return name, text_width(name, NAME_SIZE) + beside > _TEXT_WIDTH


def position_title(organisation: Organisation, position_id: str) -> Worded:
    """Return a post's title, with the number of its seats where it has several."""
    position = organisation.positions[position_id]
    seats = seats_words(position)
    return position.title if seats is None else Joined((position.title, seats), " · ")


def status_chip(organisation: Organisation, position_id: str) -> Worded | None:
    """Return the status in a word; of several seats with fewer holders, how many are open.

    None where all seats are held by whom a source names.
    """
    if organisation.status(position_id) is Status.NAMED:
        return open_seats_words(organisation, position_id)
    return held_words(organisation, position_id)


def holder_line(organisation: Organisation, position_id: str, language: Language) -> str:
    """Return who holds a post; for an advertised one when it starts; else nothing."""
    names = organisation.holder_names(position_id)
    if names:
        return names
    profile = organisation.profiles.get(position_id)
    start = profile.milestone(MilestoneKind.START) if profile else None
    if start is not None and organisation.status(position_id) is Status.VACANT:
        return message(N_("from {date}"), date=start.date).text(language)
    return ""
