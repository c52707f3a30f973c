"""Shapes on slides, written directly as XML, which is fast for many shapes.

Every shape has a name for the selection pane and an alternative text. All colours are references
to the theme; see `theme.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from orgmodel.drawing.cards import DOT, PADDING_X
from orgmodel.drawing.measuring import SEMIBOLD
from orgmodel.drawing.page_cards import LINE
from orgmodel.drawing.styles import FRAMES, RADIUS, STRIPE, TEXTS, TextStyle
from orgmodel.exporting.slides.connectors import shape_of
from orgmodel.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.page_cards import PageCard
    from orgmodel.exporting.slides.connectors import Area, Point, Site
    from orgmodel.exporting.slides.theme import Paint, Paints, Tint
    from orgmodel.texts import Language

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
POINT = 12_700
LOCALES = {"da": "da-DK", "en": "en-GB"}
LEAST_SIZE = 10
# Slides emphasise the number of open seats of a partly held post.
_TEXTS = {**TEXTS, Status.NAMED: TextStyle("ink", 0, SEMIBOLD)}
# Characters not allowed in XML: control characters and surrogates.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one style."""

    text: str
    size: float
    colour: Tint
    bold: bool = False


def plain(text: str) -> str:
    """Return a text on one line, without characters not allowed in XML."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def _written(text: str) -> str:
    """Return a text without characters not allowed in XML, keeping spaces at its ends."""
    return re.sub(r"\s+", " ", _UNWRITABLE.sub("", text))


def attribute(text: str) -> str:
    """Return a text as the quoted value of an attribute."""
    return quoteattr(plain(text))


def _size(points: float) -> int:
    """Return a size in hundredths of a point, rounded to tenths, and never too small to read."""
    return max(LEAST_SIZE * 100, int(points * 10 + 1e-6) * 10)


def _run(run: Run, language: Language, font: str = "+mn-lt") -> str:
    marks = ' b="1"' if run.bold else ""
    return (
        f'<a:r><a:rPr lang="{LOCALES[language]}" sz="{_size(run.size)}"{marks} dirty="0">'
        f"<a:solidFill>{run.colour.xml()}</a:solidFill>"
        f'<a:latin typeface="{font}"/></a:rPr><a:t>{escape(_written(run.text))}</a:t></a:r>'
    )


def paragraph(runs: Sequence[Run], language: Language, align: str = "l") -> str:
    """Return a paragraph with the line spacing used for measuring cards."""
    lines = max(_size(run.size) for run in runs) * LINE
    return (
        f'<a:p><a:pPr algn="{align}"><a:lnSpc><a:spcPts val="{round(lines)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>'
        f"{''.join(_run(run, language) for run in runs)}</a:p>"
    )


def card_shape(  # noqa: PLR0913 - a card and its style
    number: int,
    card: PageCard,
    frame: Area,
    *,
    paints: Paints,
    look: Look,
    scale: float,
    language: Language,
    words: str,
    link: str = "",
    is_selected: bool = False,
) -> str:
    """Return a card: one rounded rectangle with its text.

    Parameters
    ----------
    scale
        Points per pixel of its layout.
    words
        The alternative text.
    link
        The name of the relation to the slide that it leads to, or empty.
    """
    paint = paints.paint(look)
    pixel = POINT * scale
    rounding = round(RADIUS * pixel / min(frame.width, frame.height) * 100_000)
    # The inset that PowerPoint adds in a rounded rectangle.
    corner = RADIUS * pixel * 0.29289
    left = round((STRIPE + PADDING_X + 2) * pixel - corner)
    right = round((PADDING_X + 2) * pixel - corner)
    text = "".join(_card_text(card, paint, scale, language))
    name = ", ".join(filter(None, (card.full_title, card.full_unit)))
    style = FRAMES["selected" if is_selected else card.status]
    pen = paints.outline(style.edge)
    outline = _line(pen, max(1, style.width) * scale, "dash" if style.dash else "solid")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}'
        f" descr={attribute(words)}>{_link(link)}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{_frame(frame)}"
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {rounding}"/></a:avLst>'
        f"</a:prstGeom>{_fill(card, paint)}{outline}<a:effectLst/></p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="{left}" tIns="0" rIns="{right}" bIns="0"'
        f' anchor="ctr" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>'
    )


def _card_text(card: PageCard, paint: Paint, scale: float, language: Language) -> Iterator[str]:
    for row in card.rows():
        runs: list[Run] = []
        for name, text in row:
            size = card.style.size(is_title=name == "title") * scale
            if runs:
                runs.append(Run(DOT, size, paint.ink))
            style = _TEXTS[name]
            runs.append(Run(text, size, paint.text(style), bold=style.weight == SEMIBOLD))
        yield paragraph(runs, language)
    if card.badge:
        run = Run(card.badge, card.style.text_size * scale, paint.ink, bold=True)
        yield paragraph([run], language, "r")


def _fill(card: PageCard, paint: Paint) -> str:
    # A stripe at the left edge, as on the screen: a gradient with a hard stop.
    end = round(STRIPE / card.width * 100_000)
    stops = ((0, paint.band), (end, paint.band), (end, paint.fill), (100_000, paint.fill))
    marks = "".join(f'<a:gs pos="{place}">{tint.xml()}</a:gs>' for place, tint in stops)
    return (
        f'<a:gradFill rotWithShape="1"><a:gsLst>{marks}</a:gsLst><a:lin ang="0" scaled="0"/>'
        "</a:gradFill>"
    )


def _line(tint: Tint, points: float, dash: str = "solid", cap: str = "flat") -> str:
    return (
        f'<a:ln w="{round(points * POINT)}" cap="{cap}"><a:solidFill>{tint.xml()}</a:solidFill>'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )


def _frame(frame: Area) -> str:
    return (
        f'<a:xfrm><a:off x="{frame.left}" y="{frame.top}"/>'
        f'<a:ext cx="{frame.width}" cy="{frame.height}"/></a:xfrm>'
    )


def connector_shape(
    number: int,
    points: Sequence[Point],
    ends: tuple[tuple[int, Site], tuple[int, Site]],
    *,
    name: str,
    words: str,
    pen: tuple[Tint, float, str],
) -> str:
    """Return a connector between two cards, attached to both.

    Parameters
    ----------
    ends
        The ids of the connected shapes, and the connection sites.
    pen
        Its colour, its width in points and its dash style.
    """
    shape = shape_of(points)
    turn = f' rot="{shape.turn}"' if shape.turn else ""
    flips = (' flipH="1"' if shape.flip_x else "") + (' flipV="1"' if shape.flip_y else "")
    bends = "".join(
        f'<a:gd name="adj{n}" fmla="val {bend}"/>' for n, bend in enumerate(shape.bends, 1)
    )
    (start, start_site), (end, end_site) = ends
    tint, width, dash = pen
    cap = "rnd" if dash == "sysDot" else "flat"
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name={attribute(name)}'
        f" descr={attribute(words)}/><p:cNvCxnSpPr>"
        f'<a:stCxn id="{start}" idx="{int(start_site)}"/>'
        f'<a:endCxn id="{end}" idx="{int(end_site)}"/></p:cNvCxnSpPr><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm{turn}{flips}><a:off x="{shape.left}" y="{shape.top}"/>'
        f'<a:ext cx="{shape.width}" cy="{shape.height}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape.preset}"><a:avLst>{bends}</a:avLst></a:prstGeom>'
        f"{_line(tint, width, dash, cap)}</p:spPr></p:cxnSp>"
    )


def text_shape(  # noqa: PLR0913 - a text and its frame
    number: int,
    frame: Area,
    run: Run,
    *,
    name: str,
    words: str,
    language: Language,
    look: str = "",
    align: str = "l",
    inset: int = 0,
    link: str = "",
) -> str:
    """Return a text box.

    Parameters
    ----------
    words
        The alternative text.
    look
        The fill and the outline of the frame, none by default.
    inset
        The distance of the text from the sides of the frame.
    link
        The name of the relation to the slide that it leads to, or empty.
    """
    box = "" if look else ' txBox="1"'
    preset = "roundRect" if look else "rect"
    rounding = '<a:gd name="adj" fmla="val 18000"/>' if look else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}'
        f" descr={attribute(words)}>{_link(link)}</p:cNvPr><p:cNvSpPr{box}/><p:nvPr/>"
        f"</p:nvSpPr><p:spPr>{_frame(frame)}"
        f'<a:prstGeom prst="{preset}"><a:avLst>{rounding}</a:avLst></a:prstGeom>'
        f"{look or '<a:noFill/>'}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}"'
        f' bIns="0" anchor="ctr" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"{paragraph([run], language, align)}</p:txBody></p:sp>"
    )


def _link(name: str) -> str:
    if not name:
        return ""
    return f'<a:hlinkClick r:id="{name}" action="ppaction://hlinksldjump"/>'


def legend_look(paint: Paint) -> str:
    """Return the fill and the outline of an entry of the legend."""
    fill = f"<a:solidFill>{paint.fill.xml()}</a:solidFill>"
    return fill + _line(paint.band, 2.25)


def button_look(paints: Paints, fill: Tint) -> str:
    """Return the fill and the outline of a button."""
    return f"<a:solidFill>{fill.xml()}</a:solidFill>" + _line(paints.line, 0.75)
