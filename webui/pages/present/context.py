"""What the page shows on which a view is made ready for a presentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.chart.context import Choice
    from webui.parts.context import OrganisationLink


@dataclass(frozen=True, slots=True)
class PartChoice:
    """A part of the chart that can be taken: `value` is what the form sends as `cut`."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had of the view; `path` is its address without the view's parameters."""

    id: str
    name: str
    about: str
    href: str
    path: str


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """Files of one use."""

    id: str
    name: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the view as it is chosen.

    Attributes
    ----------
    short
        What the picture shows, in a sentence.
    counts
        How many cards there are, and how many slides they take.
    notes
        What to look out for: text that becomes too small, cards that are left out.
    picture
        The address of the picture.
    slides, slides_words
        The address of a picture of the slides, empty where there are too many, and their titles.
    back_href
        The chart that the view is of, in its state.
    names_switch
        What the switch for names does.
    """

    title: str
    short: str
    counts: str
    notes: tuple[str, ...]
    picture: str
    slides: str
    slides_words: str
    back_href: str
    names_switch: str


@dataclass(frozen=True, slots=True)
class PresentationContext:
    """The page.

    Attributes
    ----------
    kept
        Names and values that the form passes on: what is open, selected, filtered and lit.
    """

    organisation: OrganisationLink
    told: Told
    kept: tuple[tuple[str, str], ...]
    parts: tuple[PartChoice, ...]
    depths: tuple[Choice, ...]
    colorings: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    grounds: tuple[Choice, ...]
    has_spans_slide: bool
    groups: tuple[DownloadGroup, ...]
    path: str
    data_path: str
    template_action: str
    largest_template: int
    template_path: str
    embed_href: str
    embed_path: str
