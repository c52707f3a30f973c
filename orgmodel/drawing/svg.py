"""A chart as SVG: real text, plain attributes, no styles and no script, so that it goes anywhere.

What is drawn, and where, is what the canvas draws in the browser: the same layout, the same words,
the same colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing import cards as measures
from orgmodel.drawing.marks import (
    AT_THE_END,
    CARD_RADIUS,
    DASHED,
    DOTTED,
    FONT_FAMILY,
    IN_THE_MIDDLE,
    leaning,
    rect_mark,
    short,
    text_mark,
    way,
)
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width
from orgmodel.drawing.themes import DARK, LIGHT
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.themes import Theme

MARGIN = 20
OPEN_POSTS = frozenset({Status.VACANT, Status.PLANNED})
_ACTING = ("actingFill", "acting", "acting")
_BADGE, _BADGE_SIZE = 10, 11.0
_PLAIN_CHIPS = {Status.UNNAMED, Status.NAMED}
_PLAIN_CHIP_SIZE = measures.NAME_SIZE - 0.5


def svg(  # noqa: PLR0913 - each is a choice of its own that pages make
    chart: Chart,
    *,
    label: str,
    selected: str | None = None,
    href: Callable[[str], str] | None = None,
    ident: str = "",
    buttons: bool = True,
    dark: bool = False,
) -> str:
    """Return a chart as an SVG element.

    Parameters
    ----------
    chart
        The chart.
    label
        What it shows, in a sentence, for those who do not see it.
    selected
        The entry whose card is framed.
    href
        Gives the address that a card leads to; without it cards are no links. A picture with links
        is one for the mouse alone, without a name of its own: the same links stand in the list that
        goes with a chart, and its words around it.
    ident
        The id of the element.
    buttons
        Whether cards show the buttons of a chart that can be folded; else they only tell how many
        are folded away.
    dark
        Whether it is to stand on a dark ground.
    """
    width, height = chart.layout.width + 2 * MARGIN, chart.layout.height + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg"{_attribute("id", ident)}'
        f' viewBox="{-MARGIN} {-MARGIN} {short(width)} {short(height)}"'
        f' width="{short(width)}" height="{short(height)}"'
        f"{_naming(label, has_links=href is not None)}"
        f' font-family="{FONT_FAMILY}">'
    )
    painter = _Painter(chart, DARK if dark else LIGHT, selected=selected, has_buttons=buttons)
    parts = [head, *painter.lines()]
    for one in chart.cards:
        drawn = "".join(painter.card(one))
        if href is not None and not one.shown.more:
            drawn = f'<a href={quoteattr(href(one.card.id))} tabindex="-1">{drawn}</a>'
        parts.append(drawn)
    return "".join((*parts, "</svg>"))


def still_marks(chart: Chart, theme: Theme, selected: str | None = None) -> Iterator[str]:
    """Draw a chart to stand in another picture, its upper left corner at (0, 0).

    Each card is a group of its own; one whose words are cut or left out has them whole as a title.
    """
    painter = _Painter(chart, theme, selected, has_buttons=False, is_still=True)
    yield from painter.lines()
    for one in chart.cards:
        whole = _whole_words(one.card)
        title = f"<title>{escape(whole)}</title>" if whole else ""
        yield f"<g>{title}{''.join(painter.card(one))}</g>"


def smallest_size(chart: Chart) -> float:
    """Return the size of the smallest text on a chart in pixels at scale 1; 0 without cards."""
    return min((size for one in chart.cards for size in _sizes(one)), default=0.0)


def _sizes(one: ShownCard) -> Iterator[float]:
    card = one.card
    if one.shown.folded:
        yield _BADGE_SIZE
    if card.is_compact:
        yield measures.COMPACT_SIZE if card.unit else measures.COMPACT_TITLE_SIZE
        return
    yield measures.TITLE_SIZE
    if card.unit:
        yield measures.UNIT_SIZE
    if card.chip:
        yield _PLAIN_CHIP_SIZE if card.status in _PLAIN_CHIPS else measures.CHIP_SIZE
    if card.figures:
        yield measures.FIGURE_SIZE


def _whole_words(card: CardText) -> str:
    """Return all that a card has to say, if it does not say it itself; else nothing."""
    cut = (*card.title, *card.unit, card.name)
    whole = (card.full_title, card.holder_words(), card.full_unit, card.figures_in_words)
    is_cut = any(line.endswith("…") for line in cut)
    return ", ".join(filter(None, whole)) if is_cut or card.is_compact else ""


@dataclass(frozen=True, slots=True)
class _Painter:
    """Draws one chart; a still one for painters of all kinds, others for browsers."""

    chart: Chart
    theme: Theme
    selected: str | None
    has_buttons: bool
    is_still: bool = False

    def pen(self, name: str) -> str:
        return self.theme.pens[name]

    def lines(self) -> Iterator[str]:
        """Draw all lines of one style as one path; stated ones over inferred ones."""
        by_style: dict[str, list[str]] = {DASHED: [], "": []}
        for connector in self.chart.connectors:
            style = DASHED if connector.child_id in self.chart.inferred else ""
            by_style[style].append(way(connector.points))
        for style, ways in by_style.items():
            if ways:
                yield (
                    f'<path d="{"".join(ways)}" fill="none" stroke="{self.pen("line")}"'
                    f' stroke-width="1.6" stroke-linejoin="round"{style}/>'
                )
        if self.chart.cross_lines:
            ways = [way(line.points) for line in self.chart.cross_lines]
            yield (
                f'<path d="{"".join(ways)}" fill="none" stroke="{self.pen("cross")}"'
                f' stroke-width="2.2"{DOTTED}/>'
            )

    def card(self, one: ShownCard) -> Iterator[str]:
        place = self.chart.layout.places[one.card.id]
        look = self.theme.look(self.chart.looks[one.value])
        yield from self._frame(one.card, place, look)
        if one.card.is_compact:
            yield from self._compact_words(one.card, place, look)
        else:
            yield from self._words(one.card, place, look)
        if self.has_buttons and one.shown.below:
            words = "−" if one.shown.is_open else f"+{one.shown.below}"
            yield self._badge(words, place)
        elif one.shown.folded:
            yield self._badge(f"+{one.shown.folded}", place)

    def _frame(self, card: CardText, place: Place, look: Look) -> Iterator[str]:
        left, top, width, height = place.left, place.y, place.width, place.height
        is_open_post = card.status in OPEN_POSTS
        # What is only planned has no ground of its own.
        fill = self.pen("paper") if card.status is Status.PLANNED else look.fill
        edge = self.pen("vacant") if is_open_post else look.edge
        stroke = f'stroke="{edge}" stroke-width="{2.2 if is_open_post else 1}"'
        dash = DASHED if is_open_post else ""
        yield rect_mark((left, top + 2), width, height, f'fill="{self.pen("shadow")}"')
        yield rect_mark((left, top), width, height, f'fill="{fill}" {stroke}{dash}')
        radius = CARD_RADIUS
        yield (
            f'<path d="M{short(left + radius)} {short(top)}a{radius} {radius} 0 0 0 -{radius}'
            f" {radius}v{short(height - 2 * radius)}a{radius} {radius} 0 0 0 {radius} {radius}"
            f'h{measures.BAND - radius}v-{short(height)}z" fill="{look.band}"/>'
        )
        if card.id == self.selected:
            outline = f'class="selected" fill="none" stroke="{self.pen("select")}"'
            outline += ' stroke-width="3.5"'
            yield rect_mark((left - 4, top - 4), width + 8, height + 8, outline, radius + 3)

    def _compact_words(self, card: CardText, place: Place, look: Look) -> Iterator[str]:
        x = place.left + measures.BAND + measures.PADDING_X
        middle = place.y + measures.COMPACT_PADDING_Y + measures.COMPACT_LINE / 2
        ink, quiet = self._ink(card, look), self._quiet(card, look)
        for line in card.title:
            at = (x, middle)
            yield text_mark(line, at, measures.COMPACT_TITLE_SIZE, ink, weight=SEMIBOLD)
            middle += measures.COMPACT_LINE
        for line in card.unit:
            yield text_mark(line, (x, middle), measures.COMPACT_SIZE, quiet)

    def _words(self, card: CardText, place: Place, look: Look) -> Iterator[str]:
        x = place.left + measures.BAND + measures.PADDING_X
        y = place.y + measures.PADDING_Y
        ink, quiet = self._ink(card, look), self._quiet(card, look)
        for line in card.title:
            middle = y + measures.TITLE_LINE / 2
            yield text_mark(line, (x, middle), measures.TITLE_SIZE, ink, weight=SEMIBOLD)
            y += measures.TITLE_LINE
        if card.name or card.chip:
            yield from self._holder(card, look, x, y)
            y += measures.NAME_LINE * (2 if card.chip_stands_alone else 1)
        for line in card.unit:
            yield text_mark(line, (x, y + measures.UNIT_LINE / 2), measures.UNIT_SIZE, quiet)
            y += measures.UNIT_LINE
        if card.figures:
            yield from self._figures(card, place, look, y)

    def _holder(self, card: CardText, look: Look, x: float, y: float) -> Iterator[str]:
        """Draw the holder and the status; an advertised post leads with its status."""
        middle = y + measures.NAME_LINE / 2
        second = measures.NAME_LINE if card.chip_stands_alone else 0
        is_chip_first = card.status is Status.VACANT or not card.name
        name_x, name_y, chip_x, chip_y = x, middle, x, middle + second
        if is_chip_first:
            chip_y = middle
            name_y = middle + second
            if not second:
                name_x = x + _chip_width(card) + measures.CHIP_GAP
        elif not second:
            chip_x = x + text_width(card.name, measures.NAME_SIZE) + measures.CHIP_GAP
        if card.name:
            ink = self._ink(card, look)
            yield text_mark(card.name, (name_x, name_y), measures.NAME_SIZE, ink)
        if card.chip:
            yield from self._chip(card, look, chip_x, chip_y)

    def _chip(self, card: CardText, look: Look, x: float, middle: float) -> Iterator[str]:
        """Draw the status in a chip, told by words, shape and colour."""
        if card.status in _PLAIN_CHIPS:
            quiet = self._quiet(card, look)
            lean = leaning(middle, _PLAIN_CHIP_SIZE) if self.is_still else ' font-style="italic"'
            yield text_mark(card.chip, (x, middle), _PLAIN_CHIP_SIZE, quiet, extra=lean)
            return
        is_open_post = card.status in OPEN_POSTS
        pens = ("vacantFill", "vacantInk", "vacant") if is_open_post else _ACTING
        fill, ink, edge = (self.pen(name) for name in pens)
        dash = ' stroke-dasharray="3 2"' if is_open_post else ""
        frame = f'fill="{fill}" stroke="{edge}" stroke-width="1.2"{dash}'
        yield rect_mark((x, middle - 8), _chip_width(card), 16, frame, 8)
        at = (x + measures.CHIP_PADDING, middle + 0.5)
        yield text_mark(card.chip, at, measures.CHIP_SIZE, ink, weight=SEMIBOLD)

    def _figures(self, card: CardText, place: Place, look: Look, y: float) -> Iterator[str]:
        start = place.left + measures.BAND + measures.PADDING_X
        end = place.right - measures.PADDING_X
        rule = y + measures.RULE - 2.5
        quiet = self._quiet(card, look)
        yield f'<path d="M{short(start)} {short(rule)}H{short(end)}" stroke="{look.rule}"/>'
        for i, line in enumerate(card.figures):
            middle = y + measures.RULE + measures.FIGURE_LINE * (i + 0.5) + 0.5
            yield text_mark(line[0], (start, middle), measures.FIGURE_SIZE, quiet)
            for second in line[1:]:
                yield text_mark(
                    second, (end, middle), measures.FIGURE_SIZE, quiet, extra=AT_THE_END
                )

    def _badge(self, words: str, place: Place) -> str:
        """Draw the button that folds and unfolds: a minus, or a plus and how many posts it holds."""
        return badge_mark(words, (place.x, place.bottom), self.theme)

    def _ink(self, card: CardText, look: Look) -> str:
        return self.pen("ink") if card.status is Status.PLANNED else look.ink

    def _quiet(self, card: CardText, look: Look) -> str:
        return self.pen("quiet") if card.status is Status.PLANNED else look.quiet


def badge_mark(words: str, middle: tuple[float, float], theme: Theme) -> str:
    """Draw the mark that sits on a card's lower edge where others are folded away."""
    x, y = middle
    width = 2 * _BADGE if len(words) == 1 else 13 + 7 * len(words)
    frame = f'fill="{theme.pens["paper"]}" stroke="{theme.pens["line"]}" stroke-width="1.3"'
    box = rect_mark((x - width / 2, y - _BADGE), width, 2 * _BADGE, frame, _BADGE)
    ink = theme.pens["ink"]
    at = (x, y + 0.5)
    return box + text_mark(words, at, 11, ink, weight=SEMIBOLD, extra=IN_THE_MIDDLE)


def _chip_width(card: CardText) -> float:
    if card.status in _PLAIN_CHIPS:
        return text_width(card.chip, _PLAIN_CHIP_SIZE, REGULAR)
    return text_width(card.chip, measures.CHIP_SIZE, SEMIBOLD) + 2 * measures.CHIP_PADDING


def _naming(label: str, *, has_links: bool) -> str:
    return ' aria-hidden="true"' if has_links else f' role="img" aria-label={quoteattr(label)}'


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""
