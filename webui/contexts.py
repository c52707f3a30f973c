"""What each page shows, in words: all that its template may use, and its JSON twin.

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
class FigureContext:
    """A number with its name and how it was found."""

    label: str
    words: str
    between: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A post of the chain, and the line from the one before it to this."""

    post: PostLink
    line: Trace | None


@dataclass(frozen=True, slots=True)
class Member:
    """A post in a group."""

    post: PostLink
    role: str


@dataclass(frozen=True, slots=True)
class GroupSeat:
    """A group that the post sits in."""

    name: Phrase
    kind: Phrase
    role: str
    chair: tuple[PostLink, ...]
    cadence: Phrase | None
    purpose: Phrase | None
    members: tuple[Member, ...]
    size_words: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class RelationContext:
    """A line of the post or its unit that is not the reporting line."""

    words: str
    end: Phrase
    about: Phrase | None
    trace: Trace


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that a profile says."""

    text: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of a recruitment."""

    when: str
    iso: str
    what: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ProfileContext:
    """What a source says of the post."""

    summary: Phrase | None
    summary_quotes: tuple[Quote, ...]
    first_year: tuple[Item, ...]
    responsibilities: tuple[Item, ...]
    success: tuple[Item, ...]
    expectations: tuple[Item, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class FindingContext:
    """Something that the data leave open or contradict."""

    code: str
    severity: str
    severity_words: str
    title: str
    text: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SourceContext:
    """A document that the page rests on."""

    title: Phrase
    kind: Phrase | None
    publisher: str | None
    file: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """An organisation in a list or a heading."""

    id: str
    name: Phrase
    href: str
    as_of: str


@dataclass(frozen=True, slots=True)
class PostContext:
    """The page of one post."""

    organisation: OrganisationLink
    id: str
    href: str
    chart_href: str
    title: Phrase
    other_names: tuple[str, ...]
    holder: str
    holder_trace: Trace
    status: str
    status_words: str
    status_note: str
    unit: Phrase
    unit_kind: Phrase
    unit_about: Phrase | None
    unit_quotes: tuple[Quote, ...]
    level: str
    note: Phrase | None
    seats_words: str
    chain: tuple[ChainStep, ...]
    alternatives: tuple[PostLink, ...]
    peers: tuple[PostLink, ...]
    peers_words: str
    reports: tuple[PostLink, ...]
    reports_words: str
    figures: tuple[FigureContext, ...]
    vacancies: tuple[PostLink, ...]
    groups: tuple[GroupSeat, ...]
    relations: tuple[RelationContext, ...]
    profile: ProfileContext | None
    findings: tuple[FindingContext, ...]
    sources: tuple[SourceContext, ...]


@dataclass(frozen=True, slots=True)
class TreePost:
    """A post in the tree beside the chart; levels count from 1."""

    id: str
    href: str
    toggle_href: str
    title: str
    holder: str
    unit: str
    figures: str
    level: int
    position_in_set: int
    set_size: int
    reports: int
    is_open: bool
    closes: int


@dataclass(frozen=True, slots=True)
class ChartContext:
    """The page of a chart."""

    organisation: OrganisationLink
    description: Phrase | None
    tree: tuple[TreePost, ...]
    data: dict[str, object]
    texts: dict[str, str]
    addresses: dict[str, str]
    hidden_words: str
    counts: str
    selected: str | None
    search_href: str


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the front page."""

    link: OrganisationLink
    description: Phrase | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """An error in a file."""

    place: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that could not be read."""

    name: str
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True)
class IndexContext:
    """The front page."""

    organisations: tuple[OrganisationCard, ...]
    broken: tuple[BrokenFile, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A post that a search found, with the chain above it."""

    post: PostLink
    chain: str


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a search found."""

    organisation: OrganisationLink
    query: str
    hits: tuple[SearchHit, ...]
    count_words: str


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """A page that says what is wrong, and where to go instead."""

    status: int
    title: str
    text: str
    suggestions: tuple[tuple[str, str], ...] = ()
    broken: tuple[BrokenFile, ...] = ()
