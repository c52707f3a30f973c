"""A network as portable SVG: the same cards and lines as on the canvas in the browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing.looks import Look, layer_look
from orgmodel.drawing.measuring import SEMIBOLD
from orgmodel.drawing.styles import DARK, LIGHT
from orgmodel.drawing.svg import FONT_FAMILY, short
from orgmodel.drawing.tie_cards import (
    ENDS,
    GAP,
    LAYERS,
    PADDING,
    REST,
    SIGN,
    TEXT,
    TEXT_LEADING,
    TITLE,
    TITLE_LEADING,
    tie_cards,
)
from orgmodel.drawing.tie_layout import tie_layout
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from orgmodel.analysis.questions.network import Network
    from orgmodel.analysis.questions.ties import Ties
    from orgmodel.drawing.tie_cards import TieCard, TieCards, TieLine
    from orgmodel.drawing.tie_layout import TieLayout
    from orgmodel.texts import Language

MARGIN = 24
RADII: Mapping[str, float] = {"post": 10, "unit": 2, "group": 22, REST: 14}
# From the middle of Inter's em square down to its baseline, in ems.
_BASELINE = 0.3636
_SEMIBOLD, _MIDDLE = f' font-weight="{SEMIBOLD}"', ' text-anchor="middle"'
# The distance of the ring around the centre, and the radius of a unit's sign.
RING, SQUARE = 4, 3
# The signs of nodes without initials, around (0, 0): a dot, a small organisation chart, three people.
SIGNS: Mapping[str, str] = {
    "post": "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    "unit": "M-3.5 -8h7v5h-2.75v2.5h6.25v3h2v5h-6v-5h2.5v-1.5h-11v1.5h2.5v5h-6v-5h2v-3h6.25v-2.5h-2.5z",
    "group": "M-3.2 -5a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z"
    "M-8.2 4a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z"
    "M1.8 4a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z",
}


@dataclass(frozen=True, slots=True)
class LinePen:
    """The pen of a line: the name of its colour, its width, its dashes."""

    color: str
    width: float
    dash: tuple[float, ...] = ()


LINES: Mapping[str, LinePen] = {
    "part": LinePen("wire", 1.2),
    "line": LinePen("wire", 1.8),
    "seat": LinePen("group", 1.8),
    "cross": LinePen("cross", 2.2, (1, 5)),
    "holder": LinePen("ink", 1.5, (9, 3, 2, 3)),
    REST: LinePen("wire", 1.2, (2, 3)),
}
# The outlines of cards; those of units and groups have the colour of their tint.
FRAMES: Mapping[str, LinePen] = {
    "post": LinePen("line", 1),
    Status.VACANT: LinePen("vacant", 1.6, (5, 3)),
    Status.ACTING: LinePen("acting", 1.6),
    Status.PLANNED: LinePen("planned", 1.6, (5, 3)),
    REST: LinePen("wire", 1, (3, 3)),
}
INFERRED_DASH, BOLD, FAINT = (6.0, 4.0), 1.8, 0.35

# The tints of signs; those of posts are the colours of their layers on a chart.
_TINTS: Mapping[str, Look] = {
    "political": layer_look(0),
    **{f"layer-{n}": layer_look(n) for n in range(1, LAYERS + 1)},
    "unit": Look("#2f6b45", "#e3f2e8", "#2f6b45"),
    "group": Look("#8b2f6b", "#f9e8f2", "#8b2f6b"),
}
# The colours that are the same as on a chart, by their names there.
_PENS = {"wire": "line", **{one: one for one in (
    "paper", "ink", "quiet", "select", "cross", "vacant", "acting", "planned",
)}}  # fmt: skip
_GROUNDS = {False: "#f5f7fa", True: DARK.ground}


def network_pens(*, dark: bool = False) -> Mapping[str, str]:
    """Return the colours of a network by name; `<tint>-soft` is the ground of a tint's sign."""
    scheme = DARK if dark else LIGHT
    plain = scheme.look(layer_look(1))
    found = {name: scheme.pens[pen] for name, pen in _PENS.items()}
    found |= {"ground": _GROUNDS[dark], "line": plain.edge}
    for name, tint in _TINTS.items():
        look = scheme.look(tint)
        found[name], found[f"{name}-soft"] = look.mark, look.tint
    return found


@dataclass(frozen=True, slots=True)
class TiePicture:
    """A network with the places of its cards."""

    network: Network
    cards: TieCards
    layout: TieLayout


def tie_picture(ties: Ties, network: Network, language: Language) -> TiePicture:
    """Return the picture of a network in a language."""
    cards = tie_cards(ties, network, language)
    return TiePicture(network, cards, tie_layout(cards, network.centres, network.parents))


def network_svg(
    picture: TiePicture,
    *,
    label: str,
    pen: Callable[[str], str] | None = None,
    href: Callable[[TieCard], str] | None = None,
    ground: bool = False,
) -> str:
    """Return a network as an SVG element.

    Parameters
    ----------
    label
        A sentence on what it shows, for screen readers.
    pen
        Returns the value of a colour by its name; by default the light one.
    href
        Returns the URL of a card. A picture with links has no accessible name: the list beside it
        has the same links and texts.
    ground
        Whether the background is filled.
    """
    pen = pen or network_pens().__getitem__
    width, height = picture_size(picture)
    left, top = picture.layout.left - MARGIN, picture.layout.top - MARGIN
    naming = ' aria-hidden="true"' if href else f' role="img" aria-label={quoteattr(label)}'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{short(left)} {short(top)}'
        f' {short(width)} {short(height)}" width="{short(width)}" height="{short(height)}"{naming}'
        f' font-family="{FONT_FAMILY}">'
    ]
    if ground:
        parts.append(
            f'<rect x="{short(left)}" y="{short(top)}" width="{short(width)}"'
            f' height="{short(height)}" fill="{pen("ground")}"/>'
        )
    names = {one.id: one.full for one in picture.cards.cards}
    ordered = sorted(picture.cards.lines, key=lambda one: one.is_way)
    parts.extend(_line(picture, one, names, pen) for one in ordered)
    for card in picture.cards.cards:
        drawn = "".join(_card(picture, card, pen))
        address = href(card) if href else ""
        opened = f'<a href={quoteattr(address)} tabindex="-1">' if address else "<g>"
        closed = "</a>" if address else "</g>"
        parts.append(f"{opened}<title>{escape(card.full)}</title>{drawn}{closed}")
    return "".join((*parts, "</svg>"))


def picture_size(picture: TiePicture) -> tuple[float, float]:
    """Return the width and the height of a picture in pixels, with its margin."""
    return picture.layout.width + 2 * MARGIN, picture.layout.height + 2 * MARGIN


def _line(
    picture: TiePicture, line: TieLine, names: Mapping[str, str], pen: Callable[[str], str]
) -> str:
    (x1, y1), (x2, y2) = (picture.layout.places[one] for one in (line.from_id, line.to_id))
    style = LINES[line.style]
    dash = INFERRED_DASH if line.is_inferred and not style.dash else style.dash
    cap = ' stroke-linecap="round"' if line.style == "cross" else ""
    faint = "" if line.is_way else f' opacity="{FAINT}"'
    width = style.width * (BOLD if line.is_bold else 1)
    words = f"{names[line.from_id]} – {line.words} – {names[line.to_id]}"
    if line.style == REST:
        words = line.words
    return (
        f'<path d="M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}" fill="none"'
        f' stroke="{pen(style.color)}" stroke-width="{short(width)}"{_dashes(dash)}{cap}{faint}>'
        f"<title>{escape(words)}</title></path>"
    )


def _card(picture: TiePicture, card: TieCard, pen: Callable[[str], str]) -> Iterator[str]:
    x, y = picture.layout.places[card.id]
    box = _Box(x - card.width / 2, y - card.height / 2, card.width, card.height, RADII[card.kind])
    if card.id in picture.network.centres:
        yield _drawn(box.grown(RING), "none", LinePen("select", 3), pen)
    yield _drawn(box, pen("paper"), _frame(card), pen)
    if card.kind == REST:
        yield _text((x, y), card.title[0], TEXT, f'{_SEMIBOLD} fill="{pen("quiet")}"{_MIDDLE}')
        return
    inset = PADDING + (ENDS if card.kind == "group" else 0)
    yield from _sign(box.left + inset + SIGN / 2, y, card, pen)
    left = box.left + inset + SIGN + GAP
    at = y - (len(card.title) * TITLE_LEADING + len(card.texts) * TEXT_LEADING) / 2
    for one in card.title:
        ink = f'{_SEMIBOLD} fill="{pen("ink")}"'
        yield _text((left, at + TITLE_LEADING / 2), one, TITLE, ink)
        at += TITLE_LEADING
    for one in card.texts:
        yield _text((left, at + TEXT_LEADING / 2), one, TEXT, f' fill="{pen("quiet")}"')
        at += TEXT_LEADING


def _frame(card: TieCard) -> LinePen:
    return FRAMES.get(card.status or card.kind) or LinePen(card.tint, 1)


def _sign(x: float, y: float, card: TieCard, pen: Callable[[str], str]) -> Iterator[str]:
    ground = _Box(x - SIGN / 2, y - SIGN / 2, SIGN, SIGN, SQUARE if card.kind == "unit" else SIGN)
    yield _drawn(ground, pen(f"{card.tint}-soft"), None, pen)
    if card.sign:
        tint = f'{_SEMIBOLD} fill="{pen(card.tint)}"{_MIDDLE}'
        yield _text((x, y), card.sign, TEXT, tint)
        return
    at = f"translate({short(x)} {short(y)})"
    yield f'<path transform="{at}" d="{SIGNS[card.kind]}" fill="{pen(card.tint)}"/>'


class _Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float
    radius: float

    def grown(self, by: float) -> _Box:
        left, top, width, height, radius = self
        return _Box(left - by, top - by, width + 2 * by, height + 2 * by, radius + by)


def _drawn(box: _Box, fill: str, frame: LinePen | None, pen: Callable[[str], str]) -> str:
    edge = ""
    if frame is not None:
        edge = f' stroke="{pen(frame.color)}" stroke-width="{short(frame.width)}"{_dashes(frame.dash)}'
    return (
        f'<rect x="{short(box.left)}" y="{short(box.top)}" width="{short(box.width)}"'
        f' height="{short(box.height)}" rx="{short(min(box.radius, box.height / 2))}"'
        f' fill="{fill}"{edge}/>'
    )


def _dashes(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(short, dash))}"' if dash else ""


def _text(at: tuple[float, float], text: str, size: int, look: str) -> str:
    x, y = at
    down = short(y + size * _BASELINE)
    return f'<text x="{short(x)}" y="{down}" font-size="{size}"{look}>{escape(text)}</text>'


# For the page ------------------------------------------------------------------------------------


def key_svg(name: str, pen: Callable[[str], str]) -> str:
    """Return the sign of a kind of node, or a piece of a line, for the key of a picture."""
    if name in SIGNS:
        tint = name if name != "post" else "layer-2"
        box = _Box(1, 1, SIGN, SIGN, {"unit": SQUARE}.get(name, SIGN))
        sign = f'<path transform="translate({1 + SIGN / 2} {1 + SIGN / 2})" d="{SIGNS[name]}"'
        drawn = f'{_drawn(box, pen(f"{tint}-soft"), None, pen)}{sign} fill="{pen(tint)}"/>'
        return _framed(drawn, SIGN + 2, SIGN + 2)
    line = LinePen("wire", 1.8, INFERRED_DASH) if name == "inferred" else LINES[name]
    cap = ' stroke-linecap="round"' if name == "cross" else ""
    drawn = (
        f'<path d="M1 5h32" fill="none" stroke="{pen(line.color)}"'
        f' stroke-width="{short(line.width)}"{_dashes(line.dash)}{cap}/>'
    )
    return _framed(drawn, 34, 10)


def _framed(drawn: str, width: int, height: int) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' aria-hidden="true">{drawn}</svg>'
    )


def picture_styles() -> dict[str, object]:
    """Return the styles with which a canvas draws the same picture; colours are names."""
    return {
        "lines": {name: asdict(line) for name, line in LINES.items()},
        "frames": {str(name): asdict(frame) for name, frame in FRAMES.items()},
        "radii": dict(RADII),
        "signs": dict(SIGNS),
        "inferredDash": INFERRED_DASH,
        "bold": BOLD,
        "faint": FAINT,
        "ring": RING,
        "square": SQUARE,
        "margin": MARGIN,
        "sign": SIGN,
        "padding": PADDING,
        "gap": GAP,
        "ends": ENDS,
        "title": [TITLE, TITLE_LEADING],
        "text": [TEXT, TEXT_LEADING],
        "colors": sorted(network_pens()),
    }
