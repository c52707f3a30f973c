"""A chart as SVG: real text, plain attributes, no styles and no script, so that it goes anywhere.

What is drawn, and where, is what the canvas draws in the browser: the same layout, the same words,
the same colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing import cards as measures
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width
from orgmodel.model.entities import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.looks import Look

    Point = tuple[float, float]

MARGIN = 20
_AT_THE_END, _IN_THE_MIDDLE = ' text-anchor="end"', ' text-anchor="middle"'
_ACTING = ("actingFill", "acting", "acting")
_RADIUS = 7
_BADGE = 10
# From the middle of Inter's em square down to its baseline, in ems: what a canvas calls "middle".
_BASELINE = 0.3006
_OPEN_POSTS = {Status.VACANT, Status.PLANNED}
_PLAIN_CHIPS = {Status.UNNAMED, Status.NAMED}
_DASHES = {"solid": "", "dashed": ' stroke-dasharray="6 4"'}


def svg(
    chart: Chart,
    *,
    label: str,
    selected: str | None = None,
    href: Callable[[str], str] | None = None,
    ident: str = "",
    buttons: bool = True,
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
    """
    width, height = chart.layout.width + 2 * MARGIN, chart.layout.height + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg"{_attribute("id", ident)}'
        f' viewBox="{-MARGIN} {-MARGIN} {_n(width)} {_n(height)}"'
        f' width="{_n(width)}" height="{_n(height)}"{_naming(label, has_links=href is not None)}'
        ' font-family="Inter, Carlito, Calibri, Arial, sans-serif">'
    )
    parts = [head, *_lines(chart)]
    for one in chart.cards:
        drawn = "".join(_card(chart, one, is_selected=one.card.id == selected, buttons=buttons))
        if href is not None and not one.shown.more:
            drawn = f'<a href={quoteattr(href(one.card.id))} tabindex="-1">{drawn}</a>'
        parts.append(drawn)
    return "".join((*parts, "</svg>"))


def _lines(chart: Chart) -> Iterator[str]:
    """Draw all lines of one style as one path; stated ones over inferred ones."""
    by_style: dict[str, list[str]] = {"dashed": [], "solid": []}
    for connector in chart.connectors:
        style = "dashed" if connector.child_id in chart.inferred else "solid"
        by_style[style].append(_way(connector.points))
    for style, ways in by_style.items():
        if ways:
            yield (
                f'<path d="{"".join(ways)}" fill="none" stroke="{PENS["line"]}" stroke-width="1.6"'
                f' stroke-linejoin="round"{_DASHES[style]}/>'
            )
    if chart.cross_lines:
        ways = [_way(line.points) for line in chart.cross_lines]
        yield (
            f'<path d="{"".join(ways)}" fill="none" stroke="{PENS["cross"]}" stroke-width="2.2"'
            ' stroke-linecap="round" stroke-dasharray="0.5 5"/>'
        )


def _way(points: tuple[tuple[float, float], ...]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _card(chart: Chart, one: ShownCard, *, is_selected: bool, buttons: bool) -> Iterator[str]:
    place = chart.layout.places[one.card.id]
    look = chart.looks[one.value]
    yield from _frame(one.card, place, look, is_selected=is_selected)
    if one.card.is_compact:
        yield from _compact_words(one.card, place, look)
    else:
        yield from _words(one.card, place, look)
    if buttons and one.shown.below:
        words = "−" if one.shown.is_open else f"+{one.shown.below}"
        yield _badge(words, place)
    elif one.shown.folded:
        yield _badge(f"+{one.shown.folded}", place)


def _frame(card: CardText, place: Place, look: Look, *, is_selected: bool) -> Iterator[str]:
    left, top, width, height = place.left, place.y, place.width, place.height
    is_open_post = card.status in _OPEN_POSTS
    # What is only planned has no ground of its own.
    fill = PENS["paper"] if card.status is Status.PLANNED else look.fill
    edge = PENS["vacant"] if is_open_post else look.edge
    stroke = f'stroke="{edge}" stroke-width="{2.2 if is_open_post else 1}"'
    dash = ' stroke-dasharray="6 4"' if is_open_post else ""
    yield _rect(left, top + 2, width, height, f'fill="{PENS["shadow"]}"')
    yield _rect(left, top, width, height, f'fill="{fill}" {stroke}{dash}')
    stripe = measures.BAND
    yield (
        f'<path d="M{_n(left + _RADIUS)} {_n(top)}a{_RADIUS} {_RADIUS} 0 0 0 -{_RADIUS} {_RADIUS}'
        f"v{_n(height - 2 * _RADIUS)}a{_RADIUS} {_RADIUS} 0 0 0 {_RADIUS} {_RADIUS}"
        f'h{stripe - _RADIUS}v-{_n(height)}z" fill="{look.band}"/>'
    )
    if is_selected:
        outline = f'class="selected" fill="none" stroke="{PENS["select"]}" stroke-width="3.5"'
        yield _rect(left - 4, top - 4, width + 8, height + 8, outline, _RADIUS + 3)


def _compact_words(card: CardText, place: Place, look: Look) -> Iterator[str]:
    x = place.left + measures.BAND + measures.PADDING_X
    middle = place.y + measures.COMPACT_PADDING_Y + measures.COMPACT_LINE / 2
    ink, quiet = _ink(card, look), _quiet(card, look)
    for line in card.title:
        yield _text(line, (x, middle), measures.COMPACT_TITLE_SIZE, ink, weight=SEMIBOLD)
        middle += measures.COMPACT_LINE
    for line in card.unit:
        yield _text(line, (x, middle), measures.COMPACT_SIZE, quiet)


def _words(card: CardText, place: Place, look: Look) -> Iterator[str]:
    x = place.left + measures.BAND + measures.PADDING_X
    y = place.y + measures.PADDING_Y
    ink, quiet = _ink(card, look), _quiet(card, look)
    for line in card.title:
        middle = y + measures.TITLE_LINE / 2
        yield _text(line, (x, middle), measures.TITLE_SIZE, ink, weight=SEMIBOLD)
        y += measures.TITLE_LINE
    if card.name or card.chip:
        yield from _holder(card, look, x, y)
        y += measures.NAME_LINE * (2 if card.chip_stands_alone else 1)
    for line in card.unit:
        yield _text(line, (x, y + measures.UNIT_LINE / 2), measures.UNIT_SIZE, quiet)
        y += measures.UNIT_LINE
    if card.figures:
        yield from _figures(card, place, look, y)


def _holder(card: CardText, look: Look, x: float, y: float) -> Iterator[str]:
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
        yield _text(card.name, (name_x, name_y), measures.NAME_SIZE, _ink(card, look))
    if card.chip:
        yield from _chip(card, look, chip_x, chip_y)


def _chip_width(card: CardText) -> float:
    if card.status in _PLAIN_CHIPS:
        return text_width(card.chip, measures.NAME_SIZE - 0.5, REGULAR)
    return text_width(card.chip, measures.CHIP_SIZE, SEMIBOLD) + 2 * measures.CHIP_PADDING


def _chip(card: CardText, look: Look, x: float, middle: float) -> Iterator[str]:
    """Draw the status in a chip, told by words, shape and colour."""
    if card.status in _PLAIN_CHIPS:
        size = measures.NAME_SIZE - 0.5
        italic = ' font-style="italic"'
        yield _text(card.chip, (x, middle), size, _quiet(card, look), extra=italic)
        return
    is_open_post = card.status in _OPEN_POSTS
    pens = ("vacantFill", "vacantInk", "vacant") if is_open_post else _ACTING
    fill, ink, edge = (PENS[pen] for pen in pens)
    dash = ' stroke-dasharray="3 2"' if is_open_post else ""
    frame = f'fill="{fill}" stroke="{edge}" stroke-width="1.2"{dash}'
    yield _rect(x, middle - 8, _chip_width(card), 16, frame, 8)
    at = (x + measures.CHIP_PADDING, middle + 0.5)
    yield _text(card.chip, at, measures.CHIP_SIZE, ink, weight=SEMIBOLD)


def _figures(card: CardText, place: Place, look: Look, y: float) -> Iterator[str]:
    start = place.left + measures.BAND + measures.PADDING_X
    end = place.right - measures.PADDING_X
    rule = y + measures.RULE - 2.5
    quiet = _quiet(card, look)
    yield f'<path d="M{_n(start)} {_n(rule)}H{_n(end)}" stroke="{look.rule}"/>'
    for i, line in enumerate(card.figures):
        middle = y + measures.RULE + measures.FIGURE_LINE * (i + 0.5) + 0.5
        yield _text(line[0], (start, middle), measures.FIGURE_SIZE, quiet)
        for second in line[1:]:
            yield _text(second, (end, middle), measures.FIGURE_SIZE, quiet, extra=_AT_THE_END)


def _badge(words: str, place: Place) -> str:
    """Draw the button that folds and unfolds: a minus, or a plus and how many posts it holds."""
    width = 2 * _BADGE if len(words) == 1 else 13 + 7 * len(words)
    frame = f'fill="{PENS["paper"]}" stroke="{PENS["line"]}" stroke-width="1.3"'
    box = _rect(place.x - width / 2, place.bottom - _BADGE, width, 2 * _BADGE, frame, _BADGE)
    at = (place.x, place.bottom + 0.5)
    return box + _text(words, at, 11, PENS["ink"], weight=SEMIBOLD, extra=_IN_THE_MIDDLE)


def _ink(card: CardText, look: Look) -> str:
    return PENS["ink"] if card.status is Status.PLANNED else look.ink


def _quiet(card: CardText, look: Look) -> str:
    return PENS["quiet"] if card.status is Status.PLANNED else look.quiet


def _text(
    text: str, at: Point, size: float, fill: str, *, weight: int = REGULAR, extra: str = ""
) -> str:
    """Draw a text from the left; `at` is its left end, half way up a line."""
    x, middle = at
    bold = f' font-weight="{weight}"' if weight != REGULAR else ""
    return (
        f'<text x="{_n(x)}" y="{_n(middle + _BASELINE * size)}" font-size="{size}"{bold}'
        f' fill="{fill}"{extra}>{escape(text)}</text>'
    )


def _rect(
    x: float, y: float, width: float, height: float, frame: str, radius: float = _RADIUS
) -> str:
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        f' rx="{radius}" {frame}/>'
    )


def _naming(label: str, *, has_links: bool) -> str:
    return ' aria-hidden="true"' if has_links else f' role="img" aria-label={quoteattr(label)}'


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""


def _n(number: float) -> str:
    """Return a number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
