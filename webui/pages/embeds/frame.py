"""What a frame shows of a view, what is pasted into pages, and what programs are told of it."""

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

# The smallest text of a card is 10.5 pixels high; drawn smaller than this it cannot be read.
_LEAST_SCALE = 0.8
_FRAME_WIDTH, _NARROWEST_FRAME = 1200, 480
_TALLEST_FRAME, _LOWEST_FRAME = 900, 320
# What stands around the picture: title, legend, date and sources.
_AROUND = 160
# Programs that ask again after so many seconds hear soon of a link that is withdrawn.
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
        The picture in the colours of each ground, after the class of the ground that it is for,
        empty where it is for all; none where there is nothing to show.
    least_width
        The width in pixels under which the picture can no longer be read; narrower, it scrolls.
    top
        How far to the right the first card stands, from 0 to 1.
    short, long
        What the picture shows, in a sentence and at length.
    entries
        The cards as a list: title; holder, unit, figures and how many right below are not shown;
        whether the next is below it; how many lists end after it.
    inferred, cross_lines
        Whether some line is dashed, and some dotted.
    chips
        The statuses on its cards: their kind, their word, and what it means.
    colors
        What each colour of the chart tells, and the colour on each ground, as the pictures.
    is_last_version
        Whether there is a newer version of the data, which has errors.
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
    """What is told of an embedded view to who frames it: its title, and a size that it stands well in."""

    title: str
    width: int
    height: int


# What a frame shows ---------------------------------------------------------------------------


def embed_context(
    viewer: Viewer, shown: Exhibit, theme: Theme, token: str, *, is_last_version: bool
) -> EmbedContext:
    """Return what an embedded view shows, in the page's language."""
    chart, grounds = shown.chart, _GROUNDS[theme]
    short = short_description(chart, shown.language)
    statuses = {one.card.status for one in chart.cards if one.card.chip}
    picture = partial(svg, chart, label=short, selected=shown.selected, buttons=False)
    return EmbedContext(
        title=shown.title,
        theme=theme.value,
        pictures=tuple(
            # The SVG is put together from escaped parts.
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
    """Return how far to the right of the picture the first card stands, from 0 to 1."""
    if not chart.cards:
        return 0.5
    first = chart.layout.places[chart.cards[0].card.id]
    return round((first.x + MARGIN) / _picture_size(chart)[0], 3)


# What is told of it ---------------------------------------------------------------------------


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


def frame_of(shown: Exhibit) -> Frame:
    """Return what is told of an embedded view to who frames it."""
    width, height = _picture_size(shown.chart)
    frame = min(max(width, _NARROWEST_FRAME), _FRAME_WIDTH)
    scale = max(min(1, frame / width), _LEAST_SCALE)
    tall = min(max(height * scale + _AROUND, _LOWEST_FRAME), _TALLEST_FRAME)
    return Frame(shown.title, round(frame), round(tall))


def snippet(viewer: Viewer, frame: Frame, token: str) -> str:
    """Return what is pasted into a page: a frame as wide as its column, as high as the chart needs.

    A page that takes no styles shows it in the height of its attribute.
    """
    shape = f"aspect-ratio: {frame.width} / {frame.height}; height: auto; min-height: 20rem"
    return _iframe(viewer, token, frame.title, "100%", frame.height, shape)


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
