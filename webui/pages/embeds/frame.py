"""The content of an embedded frame, its HTML snippet and its oEmbed document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from orgmodel.drawing.choices import COLORING_WORDS
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.styles import DARK, LIGHT
from orgmodel.drawing.svg import MARGIN, svg
from orgmodel.model.statuses import LEGEND_STATUSES
from webui.embedding.links import Theme
from webui.parts.building import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import Look
    from orgmodel.drawing.styles import ColorScheme
    from webui.asking.viewer import Viewer

# The smallest text of a card is 12 pixels high; drawn smaller than this it cannot be read.
_LEAST_SCALE = 0.8
_FRAME_WIDTH, _NARROWEST_FRAME = 1200, 480
_TALLEST_FRAME, _LOWEST_FRAME = 900, 320
# The height around the picture: title, legend, date and sources.
_AROUND = 160
# The cache age in seconds; consumers notice a withdrawn link after it.
OEMBED_AGE = 300
_GROUNDS: dict[Theme, tuple[tuple[str, ColorScheme], ...]] = {
    Theme.LIGHT: (("", LIGHT),),
    Theme.DARK: (("", DARK),),
    Theme.AUTO: (("for-light", LIGHT), ("for-dark", DARK)),
}


@dataclass(frozen=True, slots=True)
class EmbedContext:
    """An embedded view.

    Attributes
    ----------
    pictures
        Pairs of a background's class and the picture in its colours; the class is empty if the
        picture suits all backgrounds. No pairs if there is nothing to show.
    least_width
        The least legible width in pixels; a narrower frame scrolls.
    top
        The horizontal position of the first card, from 0 to 1.
    short, long
        The description of the picture in one sentence and in full.
    entries
        The cards as a nested list: title; holder, unit, figures and number of hidden reports;
        whether the next card is below it; how many list levels end after it.
    inferred, cross_lines
        Whether the picture has dashed lines, and dotted lines.
    chips
        The statuses on its cards: their kind, word and meaning.
    colors
        The meaning of each colour, and the colour on each background, as in `pictures`.
    is_last_version
        Whether a newer version of the data exists that has errors.
    """

    title: str
    theme: str
    pictures: tuple[tuple[str, Markup], ...]
    least_width: int
    top: float
    short: str
    long: tuple[str, ...]
    entries: tuple[tuple[str, tuple[str, ...], bool, int], ...]
    is_units: bool
    inferred: bool
    cross_lines: bool
    chips: tuple[tuple[str, str, str], ...]
    colors_title: str
    colors: tuple[tuple[str, tuple[tuple[str, Look], ...]], ...]
    footer: str
    is_last_version: bool
    oembed_href: str


class Frame(NamedTuple):
    """The metadata of an embedded view for its embedder: title and suitable size."""

    title: str
    width: int
    height: int


# Content of a frame ---------------------------------------------------------------------------


def embed_context(
    viewer: Viewer, shown: Exhibit, theme: Theme, token: str, *, is_last_version: bool
) -> EmbedContext:
    """Return the context of an embedded view, in the page's language."""
    chart, grounds = shown.chart, _GROUNDS[theme]
    short = short_description(chart, shown.language)
    statuses = {one.card.status for one in chart.cards if one.card.chip}
    picture = partial(svg, chart, label=short, selected=shown.selected, buttons=False)
    return EmbedContext(
        title=shown.title,
        theme=theme.value,
        pictures=tuple(
            # The SVG is composed of escaped parts.
            (css, Markup(picture(dark=ground.is_dark)))  # noqa: S704
            for css, ground in grounds
            if chart.cards
        ),
        least_width=round(_picture_size(chart)[0] * _LEAST_SCALE),
        top=_top(chart),
        short=short,
        long=long_description(chart, shown.language),
        entries=tuple(_entries(viewer, chart)),
        is_units=shown.view.units,
        inferred=any(one.child_id in chart.inferred for one in chart.connectors),
        cross_lines=bool(chart.cross_lines),
        chips=tuple(
            (one.value, viewer._(one.facts.words), viewer._(one.facts.meaning))
            for one in LEGEND_STATUSES
            if one in statuses
        ),
        colors_title=viewer._(COLORING_WORDS[shown.view.coloring]),
        colors=tuple(
            (
                phrase(viewer, one.words).text,
                tuple((css, on.look(one.look)) for css, on in grounds),
            )
            for one in chart.legend
        ),
        footer=shown.footer,
        is_last_version=is_last_version,
        oembed_href=oembed_url(viewer, token),
    )


def _entries(viewer: Viewer, chart: Chart) -> Iterator[tuple[str, tuple[str, ...], bool, int]]:
    layers = [*(one.shown.layer for one in chart.cards), 0]
    for one, after in zip(chart.cards, layers[1:], strict=True):
        shown, card = one.shown, one.card
        words = [card.holder_words(), card.full_unit, card.figures_in_words]
        if shown.folded and not shown.more:
            n = shown.folded
            words.append(viewer.ngettext("{n} below is not shown", "{n} below are not shown", n))
        closes = max(0, shown.layer - after)
        yield card.full_title, tuple(filter(None, words)), after > shown.layer, closes


def _picture_size(chart: Chart) -> tuple[float, float]:
    return chart.layout.width + 2 * MARGIN, chart.layout.height + 2 * MARGIN


def _top(chart: Chart) -> float:
    """Return the horizontal position of the first card in the picture, from 0 to 1."""
    if not chart.cards:
        return 0.5
    first = chart.layout.places[chart.cards[0].card.id]
    return round((first.x + MARGIN) / _picture_size(chart)[0], 3)


# Metadata of a view ---------------------------------------------------------------------------


def embed_url(viewer: Viewer, token: str) -> str:
    """Return the absolute URL of an embedded view."""
    return viewer.whole_url_for("embeds.show", token=token)


def oembed_url(viewer: Viewer, token: str) -> str:
    """Return the absolute oEmbed URL of an embedded view."""
    return viewer.whole_url_for("embeds.oembed", url=embed_url(viewer, token))


def embedded_token(viewer: Viewer, address: str) -> str | None:
    """Return the token in the URL of an embedded view; None for any other URL."""
    try:
        asked, ours = urlsplit(address), urlsplit(embed_url(viewer, "-"))
    except ValueError:
        return None
    start = ours.path.removesuffix("-")
    if asked.scheme not in {"http", "https"} or asked.netloc != ours.netloc:
        return None
    token = asked.path.removeprefix(start)
    return token if token != asked.path and "/" not in token else None


def frame_of(shown: Exhibit) -> Frame:
    """Return the metadata of an embedded view for its embedder."""
    width, height = _picture_size(shown.chart)
    frame = min(max(width, _NARROWEST_FRAME), _FRAME_WIDTH)
    scale = max(min(1, frame / width), _LEAST_SCALE)
    tall = min(max(height * scale + _AROUND, _LOWEST_FRAME), _TALLEST_FRAME)
    return Frame(shown.title, round(frame), round(tall))


def snippet(viewer: Viewer, frame: Frame, token: str) -> str:
    """Return the HTML to paste: an iframe as wide as its column and as high as the chart needs.

    A page that strips styles uses the height attribute.
    """
    shape = f"aspect-ratio: {frame.width} / {frame.height}; height: auto; min-height: 20rem"
    return _iframe(viewer, token, frame.title, "100%", frame.height, shape)


def oembed_document(
    viewer: Viewer, frame: Frame, token: str, most_width: int | None, most_height: int | None
) -> dict[str, object]:
    """Return the oEmbed document of an embedded view, within the requested maximum size.

    See https://oembed.com, version 1.0.
    """
    narrower = min(frame.width, most_width or frame.width)
    # The picture's height shrinks with its width; the height around it is constant.
    lowest = min(frame.height, _LOWEST_FRAME)
    height = max(round(frame.height * narrower / frame.width), lowest)
    height = min(height, most_height or height)
    return {
        "type": "rich",
        "version": "1.0",
        "title": frame.title,
        "provider_name": viewer._("Organisation explorer"),
        "provider_url": viewer.whole_url_for("organisations.index"),
        "cache_age": OEMBED_AGE,
        "html": _iframe(viewer, token, frame.title, narrower, height, "max-width: 100%"),
        "width": narrower,
        "height": height,
    }


def _iframe(
    viewer: Viewer, token: str, title: str, width: int | str, height: int, style: str
) -> str:
    template = Markup(
        '<iframe src="{src}" title="{title}" width="{width}" height="{height}"'
        ' style="{style}; border: 0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    src = embed_url(viewer, token)
    return str(template.format(src=src, title=title, width=width, height=height, style=style))
