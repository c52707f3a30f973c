"""A chart as portable SVG: real text and plain attributes, without style sheets and scripts.

It has the same layout and the same marks as the canvas in the browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing.cards import doubt_on
from orgmodel.drawing.measuring import REGULAR
from orgmodel.drawing.styles import (
    BEND,
    BOX_PADDING,
    DARK,
    FRAMES,
    LIGHT,
    LINES,
    OF_PAGE,
    RADIUS,
    RING,
    SHADOW,
    TEXTS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from orgmodel.drawing.cards import CardText, Mark
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.styles import BoxStyle, ColorScheme

    Point = tuple[float, float]

MARGIN = 20
FONT_FAMILY = "Inter, Carlito, Calibri, Arial, sans-serif"
AT_THE_END, _IN_THE_MIDDLE = ' text-anchor="end"', ' text-anchor="middle"'
# From the middle of Inter's em square down to its baseline, in ems (a canvas's "middle").
_BASELINE = 0.3006


def svg(  # noqa: PLR0913 - independent options
    chart: Chart,
    *,
    label: str,
    selected: str | None = None,
    href: Callable[[str], str] | None = None,
    ident: str = "",
    buttons: bool = True,
    dark: bool = False,
    follows: bool = False,
) -> str:
    """Return a chart as an SVG element.

    Parameters
    ----------
    chart
        The chart.
    label
        A sentence on what it shows, for screen readers.
    selected
        The entry whose card is framed.
    href
        Returns the URL that a card links to; without it cards are not links. A picture with links
        is for the mouse only and has no accessible name: the list beside the chart has the same
        links and texts.
    ident
        The id of the element.
    buttons
        Whether cards have fold buttons; otherwise a badge shows how many entries are folded.
    dark
        Whether the background is dark.
    follows
        Whether its colours follow the page that it is in, which is light or dark.
    """
    width, height = chart.layout.width + 2 * MARGIN, chart.layout.height + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg"{_attribute("id", ident)}'
        f' viewBox="{-MARGIN} {-MARGIN} {short(width)} {short(height)}"'
        f' width="{short(width)}" height="{short(height)}"'
        f"{_naming(label, has_links=href is not None)}"
        f' font-family="{FONT_FAMILY}">'
    )
    scheme = OF_PAGE if follows else DARK if dark else LIGHT
    parts = [head, *_lines(chart, scheme)]
    for one in chart.cards:
        drawn = "".join(_card(chart, one, scheme, selected=selected, buttons=buttons))
        if href is not None and not one.shown.more:
            drawn = f'<a href={quoteattr(href(one.card.id))} tabindex="-1">{drawn}</a>'
        parts.append(drawn)
    return "".join((*parts, "</svg>"))


def still_marks(chart: Chart, scheme: ColorScheme, selected: str | None = None) -> Iterator[str]:
    """Draw a chart inside another picture, its upper left corner at (0, 0).

    Each card is a group; a card with truncated or omitted texts has them in full as its title.
    """
    yield from _lines(chart, scheme)
    for one in chart.cards:
        whole = _whole_words(one.card)
        title = f"<title>{escape(whole)}</title>" if whole else ""
        drawn = _card(chart, one, scheme, selected=selected, buttons=False)
        yield f"<g>{title}{''.join(drawn)}</g>"


def smallest_size(chart: Chart) -> float:
    """Return the size of the smallest text on a chart in pixels at scale 1; 0 without cards."""
    marks = (mark for one in chart.cards for mark in one.marks(buttons=False))
    return min((TEXTS[mark.style].size for mark in marks if mark.text), default=0.0)


def _whole_words(card: CardText) -> str:
    """Return the full texts of a card if some are truncated or omitted, else an empty text."""
    cut = (*card.title, *card.unit, card.name)
    whole = (card.full_title, card.holder_words(), card.full_unit, card.figures_in_words)
    is_cut = any(line.endswith("…") for line in cut)
    return ", ".join(filter(None, whole)) if is_cut or card.is_compact else ""


def _lines(chart: Chart, scheme: ColorScheme) -> Iterator[str]:
    """Draw all lines of one style as one path."""
    ways: dict[str, list[str]] = {name: [] for name in LINES}
    for connector in chart.connectors:
        style = "dashed" if connector.child_id in chart.inferred else "solid"
        ways[style].append(way(connector.points))
    ways["dotted"] += [way(line.points) for line in chart.cross_lines]
    for name, drawn in ways.items():
        if drawn:
            joined = "" if name == "dotted" else ' stroke-linejoin="round"'
            yield f'<path d="{"".join(drawn)}" {line_pen(name, scheme, joined)}/>'
    for points in chart.doubts:
        yield mark_svg(doubt_on(points), scheme.pens)


def line_pen(name: str, scheme: ColorScheme, joined: str = "") -> str:
    """Return the attributes of a line of a style."""
    style = LINES[name]
    cap = "" if style.cap == "butt" else f' stroke-linecap="{style.cap}"'
    return (
        f'fill="none" stroke="{scheme.pens[style.color]}" stroke-width="{style.width}"'
        f"{joined}{cap}{dashes(style.dash)}"
    )


def _card(
    chart: Chart,
    one: ShownCard,
    scheme: ColorScheme,
    *,
    selected: str | None,
    buttons: bool,
) -> Iterator[str]:
    """Draw a card."""
    place, card = chart.layout.places[one.card.id], one.card
    colors = scheme.colors(chart.looks[one.value])
    yield from _frame(place, FRAMES[card.status], colors, is_selected=card.id == selected)
    for mark in one.marks(buttons=buttons, height=place.height):
        yield mark_svg(mark, colors, (place.left, place.y))


def _frame(
    place: Place, frame: BoxStyle, colors: Mapping[str, str], *, is_selected: bool
) -> Iterator[str]:
    left, top, width, height = place.left, place.y, place.width, place.height
    if is_selected:
        ring = box_pen(FRAMES["ring"], colors)
        corner = (left - RING / 2, top - RING / 2)
        yield rect_mark(corner, width + RING, height + RING, ring, RADIUS + RING / 2)
    else:
        yield rect_mark((left, top + SHADOW), width, height, f'fill="{colors["shadow"]}"')
    pen = box_pen(FRAMES["selected"] if is_selected else frame, colors)
    name = 'class="selected" ' if is_selected else ""
    yield rect_mark((left, top), width, height, name + pen)


def mark_svg(mark: Mark, colors: Mapping[str, str], corner: Point = (0, 0)) -> str:
    """Draw a mark of a card whose upper left corner is given."""
    x, y = corner[0] + mark.x, corner[1] + mark.y
    if not mark.text:
        color = colors[LINES[mark.style].color]
        return f'<path d="M{short(x)} {short(y)}H{short(x + mark.width)}" stroke="{color}"/>'
    style = TEXTS[mark.style]
    drawn, extra = "", AT_THE_END if style.anchor == "end" else ""
    if style.box:
        height = style.box.height
        corner = (x, y - height / 2)
        drawn = rect_mark(corner, mark.width, height, box_pen(style.box, colors), style.box.radius)
        y += 0.5
        x += BOX_PADDING
        if style.anchor == "middle":
            x, extra = x - BOX_PADDING + mark.width / 2, _IN_THE_MIDDLE
    color = colors[style.color]
    return drawn + text_mark(
        mark.text, (x, y), style.size, color, weight=style.weight, extra=extra
    )


def box_pen(style: BoxStyle, colors: Mapping[str, str]) -> str:
    """Return the attributes of a box of a style."""
    fill = colors[style.fill] if style.fill else "none"
    return (
        f'fill="{fill}" stroke="{colors[style.edge]}" stroke-width="{style.width}"'
        f"{dashes(style.dash)}"
    )


def dashes(lengths: Iterable[float]) -> str:
    """Return the attribute of a dashed line; empty for a solid line."""
    return f' stroke-dasharray="{words}"' if (words := " ".join(map(str, lengths))) else ""


def text_mark(
    text: str, at: Point, size: float, fill: str, *, weight: int = REGULAR, extra: str = ""
) -> str:
    """Draw a text; `at` is its left end, vertically centred."""
    x, middle = at
    bold = f' font-weight="{weight}"' if weight != REGULAR else ""
    # A text beside another one keeps the space between them.
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return (
        f'<text x="{short(x)}" y="{short(middle + _BASELINE * size)}" font-size="{size}"{bold}'
        f' fill="{fill}"{kept}{extra}>{escape(text)}</text>'
    )


def rect_mark(
    corner: Point, width: float, height: float, frame: str, radius: float = RADIUS
) -> str:
    """Draw a box with rounded corners from its upper left corner."""
    x, y = corner
    return (
        f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
        f' rx="{short(radius)}" {frame}/>'
    )


def way(points: Iterable[Point]) -> str:
    """Return the path data of a line through points; its corners are round."""
    corners = list(points)
    parts = [f"M{_at(corners[0])}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        start, end = _towards(here, before), _towards(here, after)
        parts.append(f"L{_at(start)}Q{_at(here)} {_at(end)}")
    return "".join((*parts, *(f"L{_at(end)}" for end in corners[1:][-1:])))


def _towards(here: Point, other: Point) -> Point:
    """Return the point of a segment at which the bend at its end begins."""
    (x, y), (to_x, to_y) = here, other
    length = abs(to_x - x) + abs(to_y - y)
    part = min(BEND, length / 2) / length if length else 0
    return x + (to_x - x) * part, y + (to_y - y) * part


def _at(point: Point) -> str:
    return f"{short(point[0])} {short(point[1])}"


def short(number: float) -> str:
    """Return a number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _naming(label: str, *, has_links: bool) -> str:
    return ' aria-hidden="true"' if has_links else f' role="img" aria-label={quoteattr(label)}'


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""
