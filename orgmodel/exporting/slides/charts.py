"""A page of a chart as shapes of a slide: cards at their places, and connectors between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.page_cards import PageCard
from orgmodel.drawing.styles import LINES
from orgmodel.exporting.slides.connectors import Area, Site, cross_way, simple
from orgmodel.exporting.slides.shapes import POINT, card_shape, connector_shape
from orgmodel.model.wording import RELATION_WORDS
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgmodel.drawing.chart import CrossLine, ShownCard
    from orgmodel.drawing.layout import Connector
    from orgmodel.drawing.pages import Page
    from orgmodel.exporting.slides.connectors import Point
    from orgmodel.exporting.slides.designs import Design
    from orgmodel.exporting.slides.theme import Tint
    from orgmodel.texts import Language, Message

# Cards are aligned to a grid too fine to see, so that the midpoints of their edges are even.
_GRID = 4
_CROSS_GAP = 9
# A line that returns to the middle of a card has zero width, in which bends cannot be expressed.
_NUDGE = 1.5
_FOUR_STRETCHES = 4


class ChartShapes:
    """The shapes of one page.

    Parameters
    ----------
    room
        The area in which the chart is centred.
    first
        The number of the first shape.
    links
        The relationship ids of cards that link to another slide.
    """

    def __init__(
        self,
        page: Page,
        design: Design,
        room: Area,
        language: Language,
        first: int,
        links: Mapping[str, str],
    ) -> None:
        self.page = page
        self.design = design
        self.room = room
        self.language = language
        self.links = links
        self._pixel = POINT * page.scale
        layout = page.chart.layout
        self._left = room.left + (room.width - layout.width * self._pixel) / 2
        self._top = room.top + (room.height - layout.height * self._pixel) / 2
        lines = len(page.chart.connectors) + len(page.chart.cross_lines)
        # Lines come first in z-order, behind the cards, and are numbered first.
        self._first = first
        self.numbers = {one.card.id: first + lines + n for n, one in enumerate(page.chart.cards)}
        self.cards = {one.card.id: one for one in page.chart.cards}
        self.frames = {key: self._frame(key) for key in self.cards}
        self._nudge()

    @property
    def next(self) -> int:
        """The number of the first shape after those of the chart."""
        lines = len(self.page.chart.connectors) + len(self.page.chart.cross_lines)
        return self._first + lines + len(self.cards)

    def shapes(self, selected: str | None) -> Iterator[str]:
        """Yield all lines and, over them, all cards, in reading order."""
        number = self._first
        drawn: list[tuple[Point, ...]] = []
        for line in self.page.chart.connectors:
            ends, points = self._way(line)
            drawn.append(points)
            yield self._line(number, line, ends, points)
            number += 1
        for cross in self.page.chart.cross_lines:
            yield self._cross_line(number, cross, drawn)
            number += 1
        for one in self.page.chart.cards:
            yield self._card(one, is_selected=one.card.id == selected)

    # Places -----------------------------------------------------------------------------------

    def _x(self, pixels: float) -> int:
        return round((self._left + pixels * self._pixel) / _GRID) * _GRID

    def _y(self, pixels: float) -> int:
        return round((self._top + pixels * self._pixel) / _GRID) * _GRID

    def _frame(self, card_id: str) -> Area:
        place = self.page.chart.layout.places[card_id]
        width = int(place.width * self._pixel / _GRID) * _GRID
        height = int(place.height * self._pixel / _GRID) * _GRID
        left, top = self._x(place.left), self._y(place.y)
        return Area(left, top, left + width, top + height)

    def _nudge(self) -> None:
        """Shift the few cards whose line would return to the middle of the leader's card."""
        for line in self.page.chart.connectors:
            ends, points = self._way(line)
            (x1, _y1), (x2, _y2) = points[0], points[-1]
            if (
                len(points) > _FOUR_STRETCHES
                and abs(x1 - x2) < self._pixel
                and ends[0] is Site.BOTTOM
            ):
                frame = self.frames[line.child_id]
                aside = round(_NUDGE * self._pixel / _GRID) * _GRID
                self.frames[line.child_id] = Area(
                    frame.left + aside, frame.top, frame.right + aside, frame.bottom
                )

    # Lines ------------------------------------------------------------------------------------

    def _way(self, line: Connector) -> tuple[tuple[Site, Site], tuple[Point, ...]]:
        """Return the connection sites of a line and its corners."""
        way = simple(line.points)
        parent = self.page.chart.layout.places[line.parent_id]
        start = Site.BOTTOM
        if abs(way[0][0] - parent.x) > 1:
            # A column hangs from a point near its leader's edge, which is no connection site: the
            # line starts at the middle of that edge, behind the card.
            start = Site.LEFT if way[0][0] < parent.x else Site.RIGHT
            way = [(parent.x, parent.middle), (way[0][0], parent.middle), *way[1:]]
        end = _entering(way[-2], way[-1])
        points = _joined(
            [(self._x(x), self._y(y)) for x, y in way],
            self.frames[line.parent_id].site(start),
            self.frames[line.child_id].site(end),
            is_upright=start is Site.BOTTOM,
        )
        return (start, end), points

    def _line(
        self,
        number: int,
        line: Connector,
        ends: tuple[Site, Site],
        points: Sequence[Point],
    ) -> str:
        leader, member = self._named(line.parent_id), self._named(line.child_id)
        is_inferred = line.child_id in self.page.chart.inferred
        words = N_("{member} reports to {leader} (derived)")
        stated = N_("{member} reports to {leader}")
        return connector_shape(
            number,
            points,
            ((self.numbers[line.parent_id], ends[0]), (self.numbers[line.child_id], ends[1])),
            name=f"{leader} → {member}",
            words=self._say(
                message(words if is_inferred else stated, member=member, leader=leader)
            ),
            pen=self._pen("dashed" if is_inferred else "solid"),
        )

    def _pen(self, style: str) -> tuple[Tint, float, str]:
        tint, least, dash = {
            "dashed": (self.design.paints.line, 0.75, "dash"),
            "solid": (self.design.paints.line, 0.75, "solid"),
            "dotted": (self.design.paints.cross, 1.25, "sysDot"),
        }[style]
        return tint, max(least, LINES[style].width * self.page.scale), dash

    def _cross_line(self, number: int, line: CrossLine, drawn: list[tuple[Point, ...]]) -> str:
        start, end = self.frames[line.from_id], self.frames[line.to_id]
        ends = {line.from_id, line.to_id}
        others = [frame for key, frame in self.frames.items() if key not in ends]
        gap = round(_CROSS_GAP * self._pixel / _GRID) * _GRID
        first, last, points = cross_way(
            start, end, others, drawn, gap=gap, bounds=self._bounds(gap)
        )
        drawn.append(points)
        names = self._named(line.from_id), self._named(line.to_id)
        relation = self._say(message(RELATION_WORDS[line.relation.kind]))
        return connector_shape(
            number,
            points,
            ((self.numbers[line.from_id], first), (self.numbers[line.to_id], last)),
            name=f"{names[0]} ⋯ {names[1]}",
            words=f"{names[0]} {relation} {names[1]}",
            pen=self._pen("dotted"),
        )

    def _bounds(self, gap: int) -> Area:
        room = self.room
        return Area(room.left - gap, room.top - gap, room.right + gap, room.bottom + gap)

    # Cards ------------------------------------------------------------------------------------

    def _card(self, one: ShownCard, *, is_selected: bool) -> str:
        card = one.card
        assert isinstance(card, PageCard)  # noqa: S101 - the only kind of card on pages
        return card_shape(
            self.numbers[card.id],
            card,
            self.frames[card.id],
            paints=self.design.paints,
            look=self.page.chart.looks[one.value],
            scale=self.page.scale,
            language=self.language,
            words=self._words(one),
            link=self.links.get(card.id, ""),
            is_selected=is_selected,
        )

    def _words(self, one: ShownCard) -> str:
        """Return the full texts of a card, including those not visible."""
        card = one.card
        parts = [card.full_title, card.holder_words(), card.full_unit, card.figures_in_words]
        if one.shown.folded:
            below = plural_message(
                "{n} below, on another slide", "{n} below, on other slides", one.shown.folded
            )
            folded = plural_message(
                "{n} below, not shown", "{n} below, not shown", one.shown.folded
            )
            parts.append(self._say(below if card.id in self.links else folded))
        return "; ".join(filter(None, parts))

    def _named(self, card_id: str) -> str:
        card = self.cards[card_id].card
        return ", ".join(filter(None, (card.full_title, card.full_unit)))

    def _say(self, words: Message) -> str:
        return words.text(self.language)


def _entering(before: tuple[float, float], last: tuple[float, float]) -> Site:
    """Return the edge at which a line enters its end."""
    if before[0] == last[0]:
        return Site.TOP if before[1] < last[1] else Site.BOTTOM
    return Site.LEFT if before[0] < last[0] else Site.RIGHT


def _joined(
    way: Sequence[Point], start: Point, end: Point, *, is_upright: bool
) -> tuple[Point, ...]:
    """Return a path between two ends, with corners moved to keep all segments axis-parallel."""
    corners = list(way[1:-1])
    if not corners:
        return (start, end)
    upright = is_upright
    before = start
    for n, (x, y) in enumerate(corners):
        corners[n] = before = (before[0], y) if upright else (x, before[1])
        upright = not upright
    x, y = corners[-1]
    corners[-1] = (end[0], y) if upright else (x, end[1])
    if len(corners) > 1:
        # The segment before the last has moved too.
        x, y = corners[-2]
        corners[-2] = (x, y)
    return (start, *corners, end)
