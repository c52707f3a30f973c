"""What several pages show: phrases, posts, quotes, traces.

Everything here is in the page's language already. A `Phrase` that is in another language than its
page says so, for screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the data; `lang` is set where they are not in the page's language."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a source says: a few words, where in which document."""

    words: str | None
    place: str | None
    source: Phrase
    file: str | None


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post in a list or a chain."""

    id: str
    href: str
    chart_href: str
    title: Phrase
    holder: str
    status: str
    status_words: str
    unit: Phrase
    figures: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One thing that a fact rests on."""

    text: str
    posts: tuple[PostLink, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """How a fact is known: `origin` is stated, derived, inferred or unknown."""

    origin: str
    origin_words: str
    steps: tuple[TraceStep, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that a profile or a principle says."""

    text: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry that something is about; `href` is empty where it has no page."""

    name: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class FindingContext:
    """Something that the data leave open or contradict; `recorded` where a person wrote it down.

    Attributes
    ----------
    entries
        Of how many alike entries it says the same; 1 for any other.
    folded
        How many of `about`, its last, are shown only when one unfolds them.
    """

    code: str
    severity: str
    title: str
    text: Phrase
    quotes: tuple[Quote, ...]
    about: tuple[Reference, ...]
    folded: int
    about_more: str
    entries: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class SourceContext:
    """A document that the page rests on."""

    title: Phrase
    publisher: str | None
    file: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A page of an organisation, for the line of links under its name."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """An organisation in a list or a heading, with its pages.

    Attributes
    ----------
    as_of
        The date that the data are true as of.
    shown_on
        The date that the organisation is shown on, where it is another.
    views
        The views of its chart.
    """

    id: str
    name: Phrase
    href: str
    as_of: str
    sections: tuple[Section, ...] = ()
    views: tuple[Section, ...] = ()
    shown_on: str = ""
    walk_href: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A post in a group."""

    post: PostLink
    role: str


@dataclass(frozen=True, slots=True)
class GroupContext:
    """A group with its first members."""

    id: str
    name: Phrase
    kind: Phrase
    href: str
    cadence: Phrase | None
    purpose: Phrase | None
    size_words: str
    members: tuple[Member, ...]
    members_more: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen in a form.

    Attributes
    ----------
    depth
        How far it is indented in its list.
    count
        How many entries have the value, in words; empty where that is not shown.
    """

    value: str
    words: str
    is_chosen: bool
    depth: int = 0
    lang: str | None = None
    count: str = ""


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """The values of one parameter; `more` tells how many the list leaves out."""

    name: str
    words: str
    options: tuple[Option, ...]
    more: str = ""
