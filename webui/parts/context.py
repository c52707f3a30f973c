"""Template contexts that several pages share: phrases, posts, quotes, traces.

All texts are in the page's language. A `Phrase` in another language is marked, for screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the data; `lang` is set if it is not in the page's language."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of a source: a few words, the document and the place in it."""

    words: str | None
    place: str | None
    source: Phrase
    file: str | None


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post in a list or a chain; its initials are those on its card."""

    id: str
    href: str
    chart_href: str
    title: Phrase
    holder: str
    status: str
    status_words: str
    unit: Phrase
    figures: str
    initials: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step in the provenance of a fact."""

    text: str
    posts: tuple[PostLink, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The provenance of a fact: `origin` is stated, derived, inferred or unknown."""

    origin: str
    origin_words: str
    steps: tuple[TraceStep, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a profile or a principle."""

    text: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an entry; `href` is empty if it has no page."""

    name: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class FindingContext:
    """A gap or contradiction in the data; `recorded` if a person wrote it down.

    Attributes
    ----------
    entries
        The number of similar entries that it covers; 1 for a single finding.
    folded
        How many of the last entries of `about` are collapsed.
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
    """A source document of the page."""

    title: Phrase
    publisher: str | None
    file: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A link of the navigation.

    Attributes
    ----------
    is_current
        Whether the shown page belongs to it.
    is_here
        Whether it is the shown page itself.
    """

    name: str
    href: str
    is_current: bool
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """An organisation in a list or a heading, with its pages.

    Attributes
    ----------
    as_of
        The date of the data.
    destinations
        Its main pages.
    more
        Its other pages.
    views
        The views of its chart.
    shown_on
        The date that is shown, if it differs from `as_of`.
    counts
        The number of its posts, in words.
    age
        How old the data are, if they are old.
    """

    id: str
    name: Phrase
    href: str
    as_of: str
    destinations: tuple[Section, ...] = ()
    more: tuple[Section, ...] = ()
    views: tuple[Section, ...] = ()
    shown_on: str = ""
    counts: str = ""
    age: str = ""


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
        Its indentation level in the list.
    count
        The number of entries with the value, in words; empty if it is not shown.
    """

    value: str
    words: str
    is_chosen: bool
    depth: int = 0
    lang: str | None = None
    count: str = ""


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """The values of one parameter; `more` says how many values the list omits."""

    name: str
    words: str
    options: tuple[Option, ...]
    more: str = ""
