"""What embedded views show, and the pages on which links to them are made and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from webui.parts.context import Option, OrganisationLink


@dataclass(frozen=True, slots=True)
class Shade:
    """A picture in the colours of one ground; `css` says on which it is shown, empty for always."""

    css: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class EmbedColor:
    """A colour of the chart and what it tells, in the shades of the picture."""

    words: str
    shades: tuple[Shade, ...]


@dataclass(frozen=True, slots=True)
class EmbedEntry:
    """An entry of the chart as a list.

    Attributes
    ----------
    folded
        How many right below it are not shown, in words.
    has_below
        Whether the next entry is below this one.
    closes
        How many lists end after it.
    """

    title: str
    holder: str
    unit: str
    figures: str
    folded: str
    has_below: bool
    closes: int


@dataclass(frozen=True, slots=True)
class EmbedContext:
    """An embedded view.

    Attributes
    ----------
    least_width
        The width in pixels under which the picture can no longer be read; narrower, it scrolls.
    top
        How far to the right the first card stands, from 0 to 1.
    short, long
        What the picture shows, in a sentence and at length.
    inferred, cross_lines
        Whether some line is dashed, and some dotted.
    chips
        The statuses on its cards: their kind, their word, and what it means.
    is_last_version
        Whether there is a newer version of the data, which has errors.
    """

    title: str
    theme: str
    shades: tuple[Shade, ...]
    least_width: int
    top: float
    short: str
    long: tuple[str, ...]
    entries: tuple[EmbedEntry, ...]
    is_units: bool
    inferred: bool
    cross_lines: bool
    chips: tuple[tuple[str, str, str], ...]
    colors_title: str
    colors: tuple[EmbedColor, ...]
    footer: str
    is_last_version: bool
    oembed_href: str


@dataclass(frozen=True, slots=True)
class RefusedContext:
    """Why an address shows no view; `waits` where it may come to show one again."""

    status: int
    title: str
    text: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class EmbedFormContext:
    """The page on which a link is made.

    Attributes
    ----------
    closed
        Why no link can be made here; empty where one can.
    view
        The parameters of the view.
    wrong, wrong_field
        What cannot be done as it was asked for, and which answer is to be another, if one is.
    """

    organisation: OrganisationLink
    title: str
    closed: str
    action: str
    view: str
    names: tuple[Option, ...]
    themes: tuple[Option, ...]
    languages: tuple[Option, ...]
    expiries: tuple[Option, ...]
    earliest: str
    until: str
    wrong: str
    wrong_field: str


@dataclass(frozen=True, slots=True)
class MadeContext:
    """A new link, for its maker.

    Attributes
    ----------
    address, snippet, oembed
        Where the view is, what is pasted into a page, and where programs ask for it.
    withdraw
        The address at which it is withdrawn.
    expiry
        Until when it works, in words.
    sites
        The sites that may frame it, in words.
    preview_href, height
        What is framed on the page, and how high.
    """

    organisation: OrganisationLink
    title: str
    snippet: str
    preview_href: str
    height: int
    address: str
    oembed: str
    withdraw: str
    expiry: str
    sites: str


@dataclass(frozen=True, slots=True)
class WithdrawContext:
    """The page on which a link is withdrawn.

    Attributes
    ----------
    title
        Which view it is to, without names.
    organisation
        The organisation's name.
    made
        The day on which the link was made, in words.
    is_done
        Whether it is withdrawn.
    """

    title: str
    organisation: str
    made: str
    is_done: bool
