"""What the card of a post says, in a language, and how large it is: for every kind of picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.figures import Figures, Origin
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width, wrap
from orgmodel.model.entities import Level, MilestoneKind, Status
from orgmodel.model.wording import STATUS_WORDS, seats_words
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from orgmodel.analysis.figures import Figure
    from orgmodel.analysis.spans import Spans
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded

WIDTH = 220
PADDING_X, PADDING_Y = 12, 8
BAND = 5
TITLE_SIZE, NAME_SIZE, UNIT_SIZE, FIGURE_SIZE, CHIP_SIZE = 13.5, 12.5, 11.5, 11, 10.5
TITLE_LINE, NAME_LINE, UNIT_LINE, FIGURE_LINE, RULE = 17, 19, 15, 15, 7
CHIP_PADDING, CHIP_GAP = 7, 7
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
}
_TEXT_WIDTH = WIDTH - BAND - 2 * PADDING_X


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
    unknown
        The words for figures that are not known, for those who cannot see that there are none.
    """

    position_id: str
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
    unknown: str
    level: Level
    height: float
    width: float = WIDTH

    def holder_words(self) -> str:
        """Return the name and the status in one line; an advertised post leads with its status."""
        words = (self.full_name, self.chip)
        parts = reversed(words) if self.status is Status.VACANT else words
        return ", ".join(filter(None, parts))

    def figure_words(self) -> str:
        """Return the figures in one line, also where they are not known."""
        words = [word for line in self.figures for word in line]
        return " · ".join(words) or self.unknown

    def as_dict(self) -> dict[str, object]:
        """Return the card as plain values."""
        return {
            "full": {
                "title": self.full_title,
                "holder": self.holder_words(),
                "unit": self.full_unit,
                "figures": self.figure_words(),
            },
            "title": list(self.title),
            "name": self.name,
            "status": self.status.value,
            "chip": self.chip,
            "chipStandsAlone": self.chip_stands_alone,
            "unit": list(self.unit),
            "figures": [list(line) for line in self.figures],
            "level": self.level.value,
            "width": self.width,
            "height": self.height,
        }


class CardTexts:
    """The cards of one organisation in one language, made when asked for."""

    def __init__(self, figures: Spans, levels: dict[str, Level], language: Language) -> None:
        self._organisation = figures.organisation
        self._figures = Figures(figures)
        self._levels = levels
        self._language = language

    def card(self, position_id: str) -> CardText:
        """Return the card of a post."""
        organisation = self._organisation
        position = organisation.positions[position_id]
        status = organisation.status(position_id)
        full_title = self._say(position_title(organisation, position_id))
        full_unit = self._say(organisation.units[position.unit_id].name)
        title = wrap(full_title, _TEXT_WIDTH, TITLE_SIZE, weight=SEMIBOLD)
        unit = wrap(full_unit, _TEXT_WIDTH, UNIT_SIZE, weight=REGULAR)
        chip_words = status_chip(organisation, position_id)
        chip = self._say(chip_words) if chip_words else ""
        full_name = holder_line(organisation, position_id, self._language)
        name, chip_stands_alone = _name_and_chip(full_name, chip)
        figures, unknown = self._figure_lines(position_id)
        rows = [
            len(title) * TITLE_LINE,
            NAME_LINE if name or chip else 0,
            NAME_LINE if chip_stands_alone else 0,
            len(unit) * UNIT_LINE,
            len(figures) * FIGURE_LINE + RULE if figures else 0,
            _BUTTON_ROOM if organisation.reports[position_id] and not figures else 0,
        ]
        return CardText(
            position_id=position_id,
            full_title=full_title,
            full_name=full_name,
            full_unit=full_unit,
            title=title,
            name=name,
            status=status,
            chip=chip,
            chip_stands_alone=chip_stands_alone,
            unit=unit,
            figures=figures,
            unknown=unknown,
            level=self._levels[position_id],
            height=2 * PADDING_Y + sum(rows),
        )

    def _say(self, words: Worded) -> str:
        return words.text(self._language)

    def _figure_lines(self, position_id: str) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Return a leader's figures in lines that fit, and the words where none is known."""
        reach, span = self._figures.reach(position_id), self._figures.span(position_id)
        if reach is None or span is None:
            return (), ""
        if reach.origin is Origin.UNKNOWN and span.origin is Origin.UNKNOWN:
            return (), self._say(message(N_("number not stated")))
        below = self._say(message(_words_for(reach, _BELOW), number=_number(reach)))
        direct = self._say(message(_words_for(span, _DIRECT), number=_number(span)))
        width = text_width(below, FIGURE_SIZE) + text_width(direct, FIGURE_SIZE)
        if width + CHIP_GAP <= _TEXT_WIDTH:
            return ((below, direct),), ""
        return ((below,), (direct,)), ""


_BELOW = (N_("{number} below"), N_("{number}+ below"), N_("below: not known"))
_DIRECT = (N_("{number} direct"), N_("{number}+ direct"), N_("direct: not known"))


def _words_for(figure: Figure, forms: tuple[str, str, str]) -> str:
    """Return the form for a figure that is settled, at least so large, or not known."""
    exact, at_least, unknown = forms
    if figure.origin is Origin.STATED or figure.interval.is_exact:
        return exact
    return at_least if figure.interval.low > 0 else unknown


def _number(figure: Figure) -> object:
    return figure.words if figure.origin is Origin.STATED else figure.interval.low


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
    if position.seats == 1:
        return position.title
    return Joined((position.title, seats_words(position.seats)), " · ")


def status_chip(organisation: Organisation, position_id: str) -> Worded | None:
    """Return the status in a word; of several seats with fewer names, how many are not named.

    None where all seats have a named holder.
    """
    status = organisation.status(position_id)
    if status is not Status.NAMED:
        return message(STATUS_WORDS[status])
    seats = organisation.positions[position_id].seats
    unnamed = seats - len(organisation.holdings(position_id))
    return plural_message("{n} not named", "{n} not named", unnamed) if unnamed > 0 else None


def holder_line(organisation: Organisation, position_id: str, language: Language) -> str:
    """Return who holds a post; for an advertised one when it starts; else nothing."""
    names = ", ".join(person.name for person in organisation.holders(position_id))
    if names:
        return names
    profile = organisation.profiles.get(position_id)
    start = profile.milestone(MilestoneKind.START) if profile else None
    if start is not None and organisation.status(position_id) is Status.VACANT:
        return message(N_("from {date}"), date=start.date).text(language)
    return ""
