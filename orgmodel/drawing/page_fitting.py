"""Fitting cards on a page: whether they fit, with which style and which layout.

Spacious styles are tried before tight ones. The cards of a layer get the same height if there is
room, and grids of cards become wider or higher where that helps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgmodel.drawing.cards import WIDTH
from orgmodel.drawing.families import (
    CHILD_GAP,
    GAP_Y,
    ON_SCREEN,
    Arrangement,
    Card,
)
from orgmodel.drawing.layout import Connector, Layout, Place, lay_out
from orgmodel.drawing.page_cards import (
    SLIDE_STYLES,
    Measured,
    PageStyle,
    ScreenCard,
    most_lines,
    page_width,
)
from orgmodel.drawing.styles import TEXTS
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.drawing.chart import ShownCard
    from orgmodel.drawing.exhibits import Exhibit

# Room for outlines and for the frame of a selected card, in pixels.
_EDGE = 6


@dataclass(frozen=True, slots=True)
class Arrangements:
    """The arrangements of families on a page: usual, and for lack of height or width.

    Attributes
    ----------
    has_beside
        Whether staff may be placed beside the line.
    """

    usual: Arrangement
    wider: tuple[Arrangement, ...]
    higher: tuple[Arrangement, ...]
    has_beside: bool = True


# As on the screen, and with more or fewer cards beside each other.
SCREEN_ARRANGEMENTS = Arrangements(
    ON_SCREEN,
    wider=(Arrangement(7, 4), Arrangement(12, 8), Arrangement(20, 14)),
    higher=(Arrangement(5, 1), Arrangement(3, 1), Arrangement(2, 1)),
)
_IN_ROWS = Arrangement(4, 1, has_rows=False, columns=2, has_runs=False)
# On slides lines are connected to cards, and PowerPoint reroutes some of them: half way down and
# across, or down and to the side. So only rows, columns and pairs of columns are used, and nothing
# is placed between a card and its children.
SLIDE_ARRANGEMENTS = Arrangements(
    _IN_ROWS,
    wider=(
        replace(_IN_ROWS, side_by_side=6),
        replace(_IN_ROWS, side_by_side=9),
        replace(_IN_ROWS, side_by_side=9, among_siblings=4),
    ),
    higher=(replace(_IN_ROWS, side_by_side=1),),
    has_beside=False,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The settings for putting a chart on pages.

    Attributes
    ----------
    styles
        The card styles, the most spacious first: the first one that fits is used.
    measure
        The function that measures a card.
    arrangements
        The arrangements of families.
    """

    styles: tuple[PageStyle, ...] = SLIDE_STYLES
    measure: type[Measured] = Measured
    arrangements: Arrangements = SLIDE_ARRANGEMENTS


SLIDES = Setting()
AS_ON_SCREEN = Setting(
    (PageStyle(WIDTH, WIDTH, TEXTS["title"].size, TEXTS[Status.VACANT].size, has_figures=True),),
    ScreenCard,
    SCREEN_ARRANGEMENTS,
)


@dataclass(frozen=True, slots=True)
class Room:
    """The area of a page available to a chart, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePart:
    """The cards for a page, by number, each after its parent.

    Attributes
    ----------
    folded
        The cards whose descendants are not on the page.
    """

    numbers: tuple[int, ...]
    folded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fitted:
    """The layout of a part that fits on a page."""

    part: PagePart
    style: PageStyle
    width: float
    layout: Layout
    scale: float


class Fitting:
    """Determines whether parts of a chart fit on a page, and with which cards."""

    def __init__(
        self,
        exhibit: Exhibit,
        room: Room,
        smallest: float,
        largest: float,
        setting: Setting,
    ) -> None:
        self.cards = [_whole(exhibit, one) for one in exhibit.chart.cards]
        numbers = {one.card.id: n for n, one in enumerate(self.cards)}
        self.parents = [
            None if one.shown.parent_id is None else numbers[one.shown.parent_id]
            for one in self.cards
        ]
        self.measured = [setting.measure(one.card) for one in self.cards]
        self.arrangements = setting.arrangements
        is_staff = exhibit.hierarchy.is_staff
        self.beside = [
            self.arrangements.has_beside and not one.shown.more and is_staff(one.shown.id)
            for one in self.cards
        ]
        self.room = room
        self.styles = styles = setting.styles
        self.largest = largest
        self.scales = [smallest / style.smallest for style in styles]
        self.most_lines = [
            most_lines(style, room.height / scale - 2 * _EDGE, GAP_Y)
            for style, scale in zip(styles, self.scales, strict=True)
        ]

    @property
    def most_cards(self) -> int:
        """An upper bound on the number of cards on a page, whatever their texts."""
        areas = (
            self.room.width * self.room.height / (style.width * 2 * style.text_size * scale**2)
            for style, scale in zip(self.styles, self.scales, strict=True)
        )
        return int(max(areas)) + 1

    def fit(self, part: PagePart) -> Fitted | None:
        """Return a part laid out with the most spacious cards that fit, or None."""
        if len(part.numbers) > self.most_cards:
            return None
        shortened: Fitted | None = None
        for n in range(len(self.styles)):
            found = self._fit_in(part, n)
            if found is not None:
                if not self._shortens(found, n):
                    return found
                shortened = shortened or found
        return shortened

    def _shortens(self, fitted: Fitted, n: int) -> bool:
        """Tell whether texts are shortened in a given style."""
        return any(
            self.measured[one].is_shortened(
                fitted.style,
                fitted.width,
                has_badge=self.has_badge(one, fitted.part),
                most_lines=self.most_lines[n],
            )
            for one in fitted.part.numbers
        )

    def _fit_in(self, part: PagePart, n: int) -> Fitted | None:
        style, least_scale = self.styles[n], self.scales[n]
        width = page_width(style, (self.measured[one] for one in part.numbers))
        heights = [
            self.measured[one].height(
                style, width, has_badge=self.has_badge(one, part), most_lines=self.most_lines[n]
            )
            for one in part.numbers
        ]
        most_width = self.room.width / least_scale - 2 * _EDGE
        most_height = self.room.height / least_scale - 2 * _EDGE
        if width * sum(heights) > most_width * most_height or (
            self._least_height(part, heights) > most_height
        ):
            return None
        layout = self._first_fitting(part, width, heights, (most_width, most_height))
        if layout is None:
            return None
        scale = min(
            self.room.width / (layout.width + 2 * _EDGE),
            self.room.height / (layout.height + 2 * _EDGE),
            self.largest / style.title_size,
        )
        return Fitted(part, style, width, layout, max(scale, least_scale))

    def _first_fitting(
        self,
        part: PagePart,
        width: float,
        heights: Sequence[float],
        most: tuple[float, float],
    ) -> Layout | None:
        """Return the most regular layout that fits; unusual arrangements are tried last."""
        most_width, most_height = most
        even = self._even(part, heights)
        for sized in (even, heights):
            layout = self._lay_out(part, width, sized, self.arrangements.usual)
            is_high, is_wide = layout.height > most_height, layout.width > most_width
            if not is_high and not is_wide:
                return layout
            if not (is_high and is_wide):
                for arrangement in (
                    self.arrangements.wider if is_high else self.arrangements.higher
                ):
                    other = self._lay_out(part, width, sized, arrangement)
                    if other.width <= most_width and other.height <= most_height:
                        return other
        return None

    def _least_height(self, part: PagePart, heights: Sequence[float]) -> float:
        """Return a lower bound on a part's height: every card is below its parent."""
        bottoms: dict[int, float] = {}
        for number, height in zip(part.numbers, heights, strict=True):
            above = bottoms.get(self._over(number))
            bottoms[number] = height if above is None else above + CHILD_GAP + height
        return max(bottoms.values(), default=0)

    def _even(self, part: PagePart, heights: Sequence[float]) -> list[float]:
        """Return heights that are equal within every layer."""
        layers: dict[int, int] = {}
        tallest: dict[int, float] = {}
        for number, height in zip(part.numbers, heights, strict=True):
            layer = layers[number] = layers.get(self._over(number), -1) + 1
            tallest[layer] = max(tallest.get(layer, 0), height)
        return [tallest[layers[number]] for number in part.numbers]

    def has_badge(self, number: int, part: PagePart) -> bool:
        """Tell whether a card shows a number of posts below it that are not on its page."""
        return number in part.folded or self.cards[number].shown.folded > 0

    def _lay_out(
        self, part: PagePart, width: float, heights: Sequence[float], arrangement: Arrangement
    ) -> Layout:
        here = set(part.numbers)
        tops = [n for n in part.numbers if self.parents[n] not in here]
        # Several roots hang below an artificial parent, like a wide family.
        crown = [Card("", width, 0)] if len(tops) > arrangement.side_by_side else []
        if crown:
            # No line leads to them, so any number of columns may be used.
            arrangement = replace(arrangement, columns=0)
        over = "" if crown else None
        cards = [
            Card(
                self.cards[n].card.id,
                width,
                height,
                over if self.parents[n] not in here else self.cards[n].shown.parent_id,
                beside=self.beside[n] and self.parents[n] in here,
            )
            for n, height in zip(part.numbers, heights, strict=True)
        ]
        layout = lay_out([*crown, *cards], arrangement)
        return _without_crown(layout) if crown else layout

    def _over(self, number: int) -> int:
        """Return the number of a card's parent; -1 for a root."""
        parent = self.parents[number]
        return -1 if parent is None else parent


def _whole(exhibit: Exhibit, one: ShownCard) -> ShownCard:
    """Return a card with its figures, even if the screen omits them for lack of space."""
    if one.card.is_compact and not one.shown.more:
        return replace(one, card=exhibit.cards.card(one.card.id))
    return one


def _without_crown(layout: Layout) -> Layout:
    """Return a layout without its artificial root, moved up to the top."""
    places = {key: place for key, place in layout.places.items() if key}
    up = min(place.y for place in places.values())
    left = min(place.left for place in places.values())
    return Layout(
        {
            key: Place(place.x - left, place.y - up, place.width, place.height)
            for key, place in places.items()
        },
        tuple(
            Connector(
                line.parent_id,
                line.child_id,
                tuple((x - left, y - up) for x, y in line.points),
            )
            for line in layout.connectors
            if line.parent_id
        ),
        max(place.right for place in places.values()) - left,
        max(place.bottom for place in places.values()) - up,
    )


def longest(
    fit: Callable[[int], Fitted | None], most: int, guess: int
) -> tuple[Fitted, int] | None:
    """Return the greatest number up to `most` that fits, searching from a guess."""
    low, high, best = 0, most + 1, None
    step = min(max(1, guess), most)
    while low + 1 < high:
        found = fit(step)
        if found is not None:
            low, best = step, found
            step = min(low + 1 if high <= most else 2 * low, most, high - 1)
        else:
            high = step
        if high <= most or low == most:
            step = (low + high) // 2
    return None if best is None else (best, low)
