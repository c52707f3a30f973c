"""Cards on pages as they are on the screen: as wide, as high, and cut where they are cut there."""

# ruff: noqa: ARG002 - whatever it is asked with, the answer is the screen's.

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.cards import CHIP_SIZE, TITLE_SIZE, WIDTH
from orgmodel.drawing.page_cards import Measured, Style
from orgmodel.drawing.page_fitting import SCREEN_MANNER, Setting

if TYPE_CHECKING:
    from orgmodel.drawing.cards import CardText


class ScreenCard(Measured):
    """A card that is on a page as it is on the screen."""

    __slots__ = ()

    def needed_width(self, style: Style) -> float:
        """Return how wide it is."""
        return self.card.width

    def height(self, style: Style, width: float, *, has_badge: bool, most_lines: int) -> float:
        """Return how high it is."""
        return self.card.height

    def is_shortened(
        self, style: Style, width: float, *, has_badge: bool, most_lines: int
    ) -> bool:
        """Tell that no more is left out than on the screen."""
        return False

    def set(self, style: Style, width: float, badge: str, most_lines: int) -> CardText:
        """Return the card."""
        return self.card


AS_ON_SCREEN = Setting(
    (Style(WIDTH, WIDTH, TITLE_SIZE, CHIP_SIZE, has_figures=True),), ScreenCard, SCREEN_MANNER
)
