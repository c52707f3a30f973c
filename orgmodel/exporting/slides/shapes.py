"""Shapes on slides, written as the XML that they are: many of them at hardly any cost.

Every shape has a name for the list of shapes and a description for who does not see it. All colours
are references to the theme; see `theme.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing.cards import BAND, PADDING_X
from orgmodel.drawing.page_cards import LINE
from orgmodel.exporting.slides.connectors import shape_of
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.drawing.page_cards import PageCard
    from orgmodel.exporting.slides.connectors import Frame, Point, Site
    from orgmodel.exporting.slides.paints import Paint, Paints
    from orgmodel.exporting.slides.theme import Tint
    from orgmodel.texts import Language

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
POINT = 12_700
LOCALES = {"da": "da-DK", "en": "en-GB"}
LEAST_SIZE = 10
_RADIUS = 7
# What XML cannot hold: control characters, and halves of letters that need two.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPEN_POSTS = {Status.VACANT, Status.PLANNED}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look."""

    text: str
    size: float
    colour: Tint
    bold: bool = False
    italic: bool = False


def plain(text: str) -> str:
    """Return a text in one line, without what XML cannot hold."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def _written(text: str) -> str:
    """Return a text without what XML cannot hold, with the spaces at its ends."""
    return re.sub(r"\s+", " ", _UNWRITABLE.sub("", text))


def attribute(text: str) -> str:
    """Return a text as the quoted value of an attribute."""
    return quoteattr(plain(text))


def _size(points: float) -> int:
    """Return a size in hundredths of points, in tenths of a point, and never too small to read."""
    return max(LEAST_SIZE * 100, int(points * 10 + 1e-6) * 10)


def _run(run: Run, language: Language, font: str = "+mn-lt") -> str:
    marks = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    return (
        f'<a:r><a:rPr lang="{LOCALES[language]}" sz="{_size(run.size)}"{marks} dirty="0">'
        f"<a:solidFill>{run.colour.xml()}</a:solidFill>"
        f'<a:latin typeface="{font}"/></a:rPr><a:t>{escape(_written(run.text))}</a:t></a:r>'
    )


def paragraph(runs: Sequence[Run], language: Language, align: str = "l") -> str:
    """Return a paragraph; its lines are as far apart as cards are measured for."""
    lines = max(_size(run.size) for run in runs) * LINE
    return (
        f'<a:p><a:pPr algn="{align}"><a:lnSpc><a:spcPts val="{round(lines)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>'
        f"{''.join(_run(run, language) for run in runs)}</a:p>"
    )


@dataclass(frozen=True, slots=True)
class CardDress:
    """How a card is drawn.

    Attributes
    ----------
    scale
        Points per pixel of its layout.
    words
        All that it says, for who does not see it.
    link
        The name of the relation to the slide that it leads to, or empty.
    """

    paints: Paints
    paint: Paint
    scale: float
    language: Language
    words: str
    link: str = ""
    is_selected: bool = False


def card_shape(number: int, card: PageCard, frame: Frame, dress: CardDress) -> str:
    """Return a card: one rounded rectangle with its words in it."""
    paint, scale, language = dress.paint, dress.scale, dress.language
    pixel = POINT * scale
    rounding = round(_RADIUS * pixel / min(frame.width, frame.height) * 100_000)
    # A rounded rectangle keeps its text that far from its sides by itself.
    corner = _RADIUS * pixel * 0.29289
    left = round((BAND + PADDING_X + 2) * pixel - corner)
    right = round((PADDING_X + 2) * pixel - corner)
    text = "".join(_card_text(card, paint, scale, language))
    name = ", ".join(filter(None, (card.full_title, card.full_unit)))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}'
        f" descr={attribute(dress.words)}>{_link(dress.link)}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{_frame(frame)}"
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {rounding}"/></a:avLst>'
        f"</a:prstGeom>{_fill(card, paint)}"
        f"{_outline(card, dress)}<a:effectLst/></p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="{left}" tIns="0" rIns="{right}" bIns="0"'
        f' anchor="ctr" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>'
    )


def _card_text(card: PageCard, paint: Paint, scale: float, language: Language) -> Iterable[str]:
    title, text = card.style.title_size * scale, card.style.text_size * scale
    yield paragraph([Run(card.said_title, title, paint.ink, bold=True)], language)
    if parts := card.holder_parts:
        runs = []
        for n, part in enumerate(parts):
            if n:
                runs.append(Run(" · ", text, paint.ink))
            is_chip = part == card.chip
            is_open = card.status in _OPEN_POSTS
            colour = paint.alert if is_chip and is_open else paint.ink
            is_quiet = card.status is Status.UNNAMED
            runs.append(
                Run(part, text, colour, bold=is_chip and not is_quiet, italic=is_chip and is_quiet)
            )
        yield paragraph(runs, language)
    if card.said_unit:
        yield paragraph([Run(card.said_unit, text, paint.quiet)], language)
    if card.said_figures:
        yield paragraph([Run(card.said_figures, text, paint.quiet)], language)
    if card.badge:
        yield paragraph([Run(card.badge, text, paint.ink, bold=True)], language, "r")


def _fill(card: PageCard, paint: Paint) -> str:
    if not paint.has_band:
        return f"<a:solidFill>{paint.fill.xml()}</a:solidFill>"
    # A stripe at the left edge, as on the screen: two colours that meet without a passage.
    end = round(BAND / card.width * 100_000)
    stops = ((0, paint.band), (end, paint.band), (end, paint.fill), (100_000, paint.fill))
    marks = "".join(f'<a:gs pos="{place}">{tint.xml()}</a:gs>' for place, tint in stops)
    return (
        f'<a:gradFill rotWithShape="1"><a:gsLst>{marks}</a:gsLst><a:lin ang="0" scaled="0"/>'
        "</a:gradFill>"
    )


def _outline(card: PageCard, dress: CardDress) -> str:
    paints, scale = dress.paints, dress.scale
    if dress.is_selected:
        return _line(paints.open_post, 3.5 * scale)
    if card.status in _OPEN_POSTS:
        return _line(paints.open_post, 2.2 * scale, "dash")
    return _line(dress.paint.edge, 1.4 * scale)


def _line(tint: Tint, points: float, dash: str = "solid", cap: str = "flat") -> str:
    return (
        f'<a:ln w="{round(points * POINT)}" cap="{cap}"><a:solidFill>{tint.xml()}</a:solidFill>'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )


def _frame(frame: Frame) -> str:
    return (
        f'<a:xfrm><a:off x="{frame.left}" y="{frame.top}"/>'
        f'<a:ext cx="{frame.width}" cy="{frame.height}"/></a:xfrm>'
    )


@dataclass(frozen=True, slots=True)
class Glue:
    """What a line holds on to: the shape's number, and where."""

    number: int
    site: Site


def connector_shape(
    number: int,
    points: Sequence[Point],
    ends: tuple[Glue, Glue],
    *,
    name: str,
    words: str,
    pen: tuple[Tint, float, str],
) -> str:
    """Return a line between two cards that holds on to both.

    Parameters
    ----------
    pen
        Its colour, its width in points, and how it is dashed.
    """
    shape = shape_of(points)
    turn = f' rot="{shape.turn}"' if shape.turn else ""
    flips = (' flipH="1"' if shape.flip_x else "") + (' flipV="1"' if shape.flip_y else "")
    bends = "".join(
        f'<a:gd name="adj{n}" fmla="val {bend}"/>' for n, bend in enumerate(shape.bends, 1)
    )
    start, end = ends
    tint, width, dash = pen
    cap = "rnd" if dash == "sysDot" else "flat"
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name={attribute(name)}'
        f" descr={attribute(words)}/><p:cNvCxnSpPr>"
        f'<a:stCxn id="{start.number}" idx="{int(start.site)}"/>'
        f'<a:endCxn id="{end.number}" idx="{int(end.site)}"/></p:cNvCxnSpPr><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm{turn}{flips}><a:off x="{shape.left}" y="{shape.top}"/>'
        f'<a:ext cx="{shape.width}" cy="{shape.height}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape.preset}"><a:avLst>{bends}</a:avLst></a:prstGeom>'
        f"{_line(tint, width, dash, cap)}</p:spPr></p:cxnSp>"
    )


@dataclass(frozen=True, slots=True)
class Label:
    """What a text is called and how it stands in its frame.

    Attributes
    ----------
    words
        What it says, for who does not see it.
    look
        Its fill and its outline; without, it has none.
    inset
        How far it keeps from the sides of its frame.
    link
        The name of the relation to the slide that it leads to, or empty.
    """

    name: str
    words: str
    language: Language
    look: str = ""
    align: str = "l"
    inset: int = 0
    link: str = ""


def text_shape(number: int, frame: Frame, run: Run, label: Label) -> str:
    """Return a text in a frame of its own."""
    box = "" if label.look else ' txBox="1"'
    preset = "roundRect" if label.look else "rect"
    rounding = '<a:gd name="adj" fmla="val 18000"/>' if label.look else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(label.name)}'
        f" descr={attribute(label.words)}>{_link(label.link)}</p:cNvPr><p:cNvSpPr{box}/><p:nvPr/>"
        f"</p:nvSpPr><p:spPr>{_frame(frame)}"
        f'<a:prstGeom prst="{preset}"><a:avLst>{rounding}</a:avLst></a:prstGeom>'
        f"{label.look or '<a:noFill/>'}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="{label.inset}" tIns="0" rIns="{label.inset}"'
        f' bIns="0" anchor="ctr" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"{paragraph([run], label.language, label.align)}</p:txBody></p:sp>"
    )


def _link(name: str) -> str:
    if not name:
        return ""
    return f'<a:hlinkClick r:id="{name}" action="ppaction://hlinksldjump"/>'


def legend_look(paint: Paint) -> str:
    """Return the fill and the outline of an entry of the legend."""
    fill = f"<a:solidFill>{paint.fill.xml()}</a:solidFill>"
    return fill + _line(paint.band, 2.25 if paint.has_band else 1)


def button_look(paints: Paints, fill: Tint) -> str:
    """Return the fill and the outline of something to click on."""
    return f"<a:solidFill>{fill.xml()}</a:solidFill>" + _line(paints.line, 0.75)
