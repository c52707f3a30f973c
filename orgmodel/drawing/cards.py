"""What the card of a post says, in a language, and how large it is: for every kind of picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.figures import Figures, Origin
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, wrap
from orgmodel.model.entities import Level, MilestoneKind, Status
from orgmodel.model.wording import STATUS_WORDS, seats_words
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from orgmodel.analysis.spans import Spans
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language, Worded

WIDTH = 220
PADDING_X, PADDING_Y = 12, 9
BAND = 5
TITLE_SIZE, NAME_SIZE, UNIT_SIZE, FIGURE_SIZE = 13.5, 12.5, 11.5, 11
TITLE_LINE, NAME_LINE, UNIT_LINE, FIGURE_LINE = 17, 19, 15, 22
_TEXT_WIDTH = WIDTH - BAND - 2 * PADDING_X


@dataclass(frozen=True, slots=True)
class CardText:
    """A card: its words, line by line, and its size in pixels at scale 1.

    Attributes
    ----------
    title, unit
        Broken into lines that fit.
    name
        The holder, or what is known instead.
    status_words
        The chip; empty where a holder is named.
    below, span
        Whom the leader stands over, and leads directly; empty for who leads nobody.
    """

    position_id: str
    title: tuple[str, ...]
    name: str
    status: Status
    status_words: str
    unit: tuple[str, ...]
    below: str
    span: str
    level: Level
    height: float
    width: float = WIDTH

    def as_dict(self) -> dict[str, object]:
        """Return the card as plain values."""
        return {
            "title": list(self.title),
            "name": self.name,
            "status": self.status.value,
            "chip": self.status_words,
            "unit": list(self.unit),
            "below": self.below,
            "span": self.span,
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
        organisation, language = self._organisation, self._language
        position = organisation.positions[position_id]
        status = organisation.status(position_id)
        title = self._lines(position_title(organisation, position_id), TITLE_SIZE, SEMIBOLD)
        unit = self._lines(organisation.units[position.unit_id].name, UNIT_SIZE, REGULAR)
        below, span = self._figure_words(position_id)
        chip = "" if status is Status.NAMED else message(STATUS_WORDS[status]).text(language)
        name = wrap(
            holder_line(organisation, position_id, language), _TEXT_WIDTH, NAME_SIZE, lines=1
        )
        has_name_row = bool(name) or bool(chip)
        height = (
            2 * PADDING_Y
            + len(title) * TITLE_LINE
            + (NAME_LINE if has_name_row else 0)
            + len(unit) * UNIT_LINE
            + (FIGURE_LINE if below or span else 0)
        )
        return CardText(
            position_id=position_id,
            title=title,
            name=name[0] if name else "",
            status=status,
            status_words=chip,
            unit=unit,
            below=below,
            span=span,
            level=self._levels[position_id],
            height=height,
        )

    def _lines(self, text: Worded, size: float, weight: int) -> tuple[str, ...]:
        return wrap(text.text(self._language), _TEXT_WIDTH, size, weight=weight)

    def _figure_words(self, position_id: str) -> tuple[str, str]:
        """Return whom a leader stands over and leads directly, in a few words."""
        reach, span = self._figures.reach(position_id), self._figures.span(position_id)
        if reach is None or span is None:
            return "", ""
        if reach.origin is Origin.UNKNOWN and span.origin is Origin.UNKNOWN:
            return message(N_("number not stated")).text(self._language), ""
        below = message(N_("{number} below"), number=reach.words)
        direct = message(N_("{number} direct"), number=span.words)
        return below.text(self._language), direct.text(self._language)


def position_title(organisation: Organisation, position_id: str) -> Worded:
    """Return a post's title, with the number of its seats where it has several."""
    position = organisation.positions[position_id]
    if position.seats == 1:
        return position.title
    return Joined((position.title, seats_words(position.seats)), " · ")


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
