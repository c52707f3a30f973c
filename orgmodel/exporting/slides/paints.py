"""What cards look like in the colours of a theme: what colours tell on screen, they tell here too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.looks import PENS
from orgmodel.exporting.slides.theme import Tint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.drawing.looks import Look
    from orgmodel.exporting.slides.theme import Theme

PAPER, INK = Tint("bg1"), Tint("tx1")
QUIET = Tint("tx1", 75, 25)
_FAINT = Tint("bg1", 85)
_GREY = Tint("tx1", 50, 50)
_GROUND = Tint("bg1", 95)

# Our own theme holds the colours of the screen. Each stands for the stripe, or the ground, of a look.
_OWN: Mapping[str, Tint] = {
    "#0b1f38": Tint("tx2"),
    "#14365c": Tint("accent1"),
    "#1f6494": Tint("accent2"),
    "#5b93ba": Tint("accent3"),
    "#a9c6da": Tint("accent4"),
    "#5a2d6e": Tint("accent6", 60),
    "#8fb7d8": Tint("accent3", 60, 40),
    "#6a9fc8": Tint("accent3"),
    "#3f7fb0": Tint("accent2", 75, 25),
    "#1f5d90": Tint("accent2"),
    "#2e1a47": Tint("accent6", 40),
    "#0072b2": Tint("accent2"),
    "#d55e00": Tint("accent5"),
    "#009e73": Tint("tx2"),
    "#cc79a7": Tint("accent6"),
    "#b08d00": Tint("accent5", 75),
    "#56b4e9": Tint("tx1", 50, 50),
    "#4d4d4d": Tint("tx1"),
    "#1c467a": Tint("accent2"),
    "#b45f06": Tint("accent5"),
}
# Eight kinds in three hues and grey: four of them have a ground that is darker than the others.
_OWN_GROUNDS: Mapping[str, Tint] = {
    "#009e73": Tint("accent2", 60, 40),
    "#b08d00": Tint("accent5", 60, 40),
    "#56b4e9": Tint("bg1", 95),
    "#5a2d6e": Tint("accent6", 60, 40),
    "#4d4d4d": Tint("bg1", 75),
}
_ANY_GROUNDS: Mapping[str, Tint] = {
    "#5a2d6e": Tint("accent4", 60, 40),
    "#4d4d4d": Tint("bg1", 75),
}
# Any other theme has some colours that go together, of which we know no more: layers and bands are
# steps of its first one.
_ANY: Mapping[str, Tint] = {
    "#0b1f38": Tint("accent1", 50),
    "#14365c": Tint("accent1", 75),
    "#1f6494": Tint("accent1"),
    "#5b93ba": Tint("accent1", 60, 40),
    "#a9c6da": Tint("accent1", 40, 60),
    "#5a2d6e": Tint("accent4", 75),
    "#8fb7d8": Tint("accent1", 40, 60),
    "#6a9fc8": Tint("accent1", 60, 40),
    "#3f7fb0": Tint("accent1", 75, 25),
    "#1f5d90": Tint("accent1"),
    "#2e1a47": Tint("accent1", 50),
    "#0072b2": Tint("accent1"),
    "#d55e00": Tint("accent2"),
    "#009e73": Tint("accent3"),
    "#cc79a7": Tint("accent4"),
    "#b08d00": Tint("accent5"),
    "#56b4e9": Tint("accent6"),
    "#4d4d4d": Tint("tx1", 50, 50),
    "#1c467a": Tint("accent1"),
    "#b45f06": Tint("accent2"),
}
# Of a first colour that is nearly black, no darker steps could be told apart.
_FROM_DARK: Mapping[str, Tint] = {
    "#0b1f38": Tint("accent1"),
    "#14365c": Tint("accent1", 85, 15),
    "#1f6494": Tint("accent1", 70, 30),
    "#1f5d90": Tint("accent1", 70, 30),
    "#2e1a47": Tint("accent1"),
    "#3f7fb0": Tint("accent1", 60, 40),
    "#6a9fc8": Tint("accent1", 50, 50),
}
_GREYS: Mapping[str, Tint] = {"#97a3b0": _GREY, "#dde3ea": _FAINT}
# How light a tinted ground is; what is not listed is the lightest.
_GROUNDS: Mapping[str, tuple[int, int]] = {"#97c1e2": (60, 40), "#c9def1": (40, 60)}
_LIGHTEST = (20, 80)


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a card; see `Look`, of which it is the like in a theme.

    Attributes
    ----------
    alert
        The text that tells of an open post.
    """

    band: Tint
    fill: Tint
    edge: Tint
    ink: Tint
    quiet: Tint
    alert: Tint

    @property
    def has_band(self) -> bool:
        """Whether the stripe at the left edge can be told from the ground."""
        return self.band != self.fill


class Paints:
    """The looks of cards in a theme.

    Parameters
    ----------
    is_own
        Whether it is our own theme, which has the colours of the screen.
    """

    def __init__(self, theme: Theme, *, is_own: bool) -> None:
        self.theme = theme
        dark = {} if is_own or not theme.is_dark(Tint("accent1")) else _FROM_DARK
        self._tints = {**(_OWN if is_own else _ANY), **dark, **_GREYS}
        self._grounds = _OWN_GROUNDS if is_own else _ANY_GROUNDS
        self.open_post = Tint("accent5") if is_own else Tint("accent2")
        self.cross = Tint("accent6") if is_own else Tint("accent4")
        self.line = theme.readable(PAPER, Tint("tx1", 60, 40), INK)
        self.quiet = theme.readable(PAPER, QUIET, INK)
        self._paints = lru_cache(maxsize=256)(self._new_paint)

    def paint(self, look: Look, *, on_paper: bool = False) -> Paint:
        """Return the colours of a look; on paper, what is only planned has no ground of its own."""
        return self._paints(look, on_paper)

    def _new_paint(self, look: Look, on_paper: bool) -> Paint:  # noqa: FBT001 - it is cached
        band = self._tints.get(look.band, INK)
        fill = PAPER if on_paper else self._ground(look, band)
        ink = self.theme.readable(fill, INK, PAPER)
        for _step in range(6):
            if self.theme.is_readable(ink, fill):
                break
            fill = fill.darker(0.8)
            ink = self.theme.readable(fill, PAPER, INK)
        if look.fill == look.band and not on_paper:
            band = fill
        quiet = self.theme.readable(fill, QUIET if ink == INK else ink, ink)
        alert = self.theme.readable(
            fill, self.open_post, self.open_post.darker(0.75), self.open_post.darker(0.5), ink
        )
        return Paint(band, fill, band, quiet if self._is_faint(look) else ink, quiet, alert)

    def _ground(self, look: Look, band: Tint) -> Tint:
        if look.fill == PENS["paper"]:
            return PAPER
        if look.fill == look.band:
            return band
        if look.band in self._grounds:
            return self._grounds[look.band]
        if band == _GREY:
            return _GROUND
        kept, added = _GROUNDS.get(look.fill, _LIGHTEST)
        return Tint(band.slot, kept, added)

    def _is_faint(self, look: Look) -> bool:
        return self._tints.get(look.band) == _FAINT
