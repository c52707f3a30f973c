"""Embedded views: what they show, what is pasted into pages, and what programs are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from orgmodel.drawing.choices import COLORING_WORDS
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.styles import DARK, LIGHT
from orgmodel.drawing.svg import MARGIN, svg
from orgmodel.model.statuses import LEGEND_STATUSES
from webui.embedding.links import Theme
from webui.pages.embeds.context import EmbedColor, EmbedContext, EmbedEntry, Shade
from webui.parts.building import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.styles import ColorScheme as Ground
    from webui.asking.viewer import Viewer

# The smallest text of a card is 10.5 pixels high; drawn smaller than this it cannot be read.
_LEAST_SCALE = 0.8
_FRAME_WIDTH, _NARROWEST_FRAME = 1200, 480
_TALLEST_FRAME, _LOWEST_FRAME = 900, 320
# What stands around the picture: title, legend, date and sources.
_AROUND = 160
# Programs that ask again after so many seconds hear soon of a link that is withdrawn.
OEMBED_AGE = 300
_SHADES: dict[Theme, tuple[tuple[str, Ground], ...]] = {
    Theme.LIGHT: (("", LIGHT),),
    Theme.DARK: (("", DARK),),
    Theme.AUTO: (("for-light", LIGHT), ("for-dark", DARK)),
}


def embed_url(viewer: Viewer, token: str) -> str:
    """Return the whole address of an embedded view."""
    return viewer.whole_url_for("embeds.show", token=token)


def oembed_url(viewer: Viewer, token: str) -> str:
    """Return the whole address where programs ask about an embedded view."""
    return viewer.whole_url_for("embeds.oembed", url=embed_url(viewer, token))


def embedded_token(viewer: Viewer, address: str) -> str | None:
    """Return the token in the address of an embedded view; None for any other address."""
    try:
        asked, ours = urlsplit(address), urlsplit(embed_url(viewer, "-"))
    except ValueError:
        return None
    start = ours.path.removesuffix("-")
    if asked.scheme not in {"http", "https"} or asked.netloc != ours.netloc:
        return None
    token = asked.path.removeprefix(start)
    return token if token != asked.path and "/" not in token else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What is told of an embedded view to who frames it: its title, and a size that it stands well in."""

    title: str
    width: int
    height: int


def embed_context(
    viewer: Viewer, shown: Exhibit, theme: Theme, token: str, *, is_last_version: bool
) -> EmbedContext:
    """Return what an embedded view shows, in the page's language."""
    chart, language = shown.chart, shown.language
    short = short_description(chart, language)
    shades = [
        Shade(
            css,
            Markup(  # noqa: S704 - the SVG is put together from escaped parts
                svg(
                    chart, label=short, selected=shown.selected, buttons=False, dark=ground.is_dark
                )
            ),
        )
        for css, ground in _SHADES[theme]
    ]
    return EmbedContext(
        title=shown.title,
        theme=theme.value,
        shades=tuple(shades) if chart.cards else (),
        least_width=round(_picture_size(chart)[0] * _LEAST_SCALE),
        top=_top(chart),
        short=short,
        long=long_description(chart, language),
        entries=tuple(_entries(viewer, chart)),
        is_units=shown.view.units,
        inferred=any(one.child_id in chart.inferred for one in chart.connectors),
        cross_lines=bool(chart.cross_lines),
        chips=tuple(_chips(viewer, chart)),
        colors_title=viewer._(COLORING_WORDS[shown.view.coloring]),
        colors=tuple(_colors(viewer, chart, theme)),
        footer=shown.footer,
        is_last_version=is_last_version,
        oembed_href=oembed_url(viewer, token),
    )


def _entries(viewer: Viewer, chart: Chart) -> Iterator[EmbedEntry]:
    for i, one in enumerate(chart.cards):
        shown, card = one.shown, one.card
        after = chart.cards[i + 1].shown.layer if i + 1 < len(chart.cards) else 0
        folded = viewer.ngettext("{n} below is not shown", "{n} below are not shown", shown.folded)
        yield EmbedEntry(
            title=card.full_title,
            holder=card.holder_words(),
            unit=card.full_unit,
            figures=card.figures_in_words,
            folded=folded if shown.folded and not shown.more else "",
            has_below=after > shown.layer,
            closes=max(0, shown.layer - after),
        )


def _chips(viewer: Viewer, chart: Chart) -> Iterator[tuple[str, str, str]]:
    """Yield the statuses that some card shows in a chip: kind, word, meaning."""
    found = {one.card.status for one in chart.cards if one.card.chip}
    for status in LEGEND_STATUSES:
        if status in found:
            yield status.value, viewer._(status.facts.words), viewer._(status.facts.meaning)


def _colors(viewer: Viewer, chart: Chart, theme: Theme) -> Iterator[EmbedColor]:
    for entry in chart.legend:
        words = phrase(viewer, entry.words).text
        shades = [Shade(css, _swatch(ground.look(entry.look))) for css, ground in _SHADES[theme]]
        yield EmbedColor(words[:1].upper() + words[1:], tuple(shades))


def _swatch(look: Look) -> Markup:
    template = (
        '<svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">'
        '<rect x=".5" y=".5" width="19" height="13" rx="2" fill="{fill}" stroke="{edge}"/>'
        '<rect width="4" height="14" rx="1" fill="{band}"/></svg>'
    )
    return Markup(template).format(fill=look.fill, edge=look.edge, band=look.band)  # noqa: S704


def _picture_size(chart: Chart) -> tuple[float, float]:
    return chart.layout.width + 2 * MARGIN, chart.layout.height + 2 * MARGIN


def _top(chart: Chart) -> float:
    """Return how far to the right of the picture the first card stands, from 0 to 1."""
    if not chart.cards:
        return 0.5
    first = chart.layout.places[chart.cards[0].card.id]
    return round((first.x + MARGIN) / _picture_size(chart)[0], 3)


def frame_of(shown: Exhibit) -> Frame:
    """Return what is told of an embedded view to who frames it."""
    width, height = _picture_size(shown.chart)
    frame = min(max(width, _NARROWEST_FRAME), _FRAME_WIDTH)
    scale = max(min(1, frame / width), _LEAST_SCALE)
    tall = min(max(height * scale + _AROUND, _LOWEST_FRAME), _TALLEST_FRAME)
    return Frame(shown.title, round(frame), round(tall))


def snippet(viewer: Viewer, frame: Frame, token: str) -> Markup:
    """Return what is pasted into a page: a frame as wide as its column, as high as the chart needs.

    A page that takes no styles shows it in the height of its attribute.
    """
    style = (
        f"aspect-ratio: {frame.width} / {frame.height}; height: auto; min-height: 20rem; border: 0"
    )
    return Markup(
        '<iframe src="{src}" title="{title}" width="100%" height="{height}" style="{style}"'
        ' loading="lazy" referrerpolicy="no-referrer"></iframe>'
    ).format(src=embed_url(viewer, token), title=frame.title, height=frame.height, style=style)


def oembed_document(
    viewer: Viewer, frame: Frame, token: str, most_width: int | None, most_height: int | None
) -> dict[str, object]:
    """Return what programs are told of an embedded view that is no larger than they ask for.

    See https://oembed.com, version 1.0.
    """
    narrower = min(frame.width, most_width or frame.width)
    # A narrower picture is a lower one, but what stands around it stays.
    lowest = min(frame.height, _LOWEST_FRAME)
    height = max(round(frame.height * narrower / frame.width), lowest)
    height = min(height, most_height or height)
    html = Markup(
        '<iframe src="{src}" title="{title}" width="{width}" height="{height}"'
        ' style="max-width: 100%; border: 0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    ).format(src=embed_url(viewer, token), title=frame.title, width=narrower, height=height)
    return {
        "type": "rich",
        "version": "1.0",
        "title": frame.title,
        "provider_name": viewer._("Organisation explorer"),
        "provider_url": viewer.whole_url_for("organisations.index"),
        "cache_age": OEMBED_AGE,
        "html": str(html),
        "width": narrower,
        "height": height,
    }
