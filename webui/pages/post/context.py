"""The template context of the page of one post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.post.timeline import Timeline
    from webui.parts.context import (
        FindingContext,
        GroupContext,
        Item,
        OrganisationLink,
        Phrase,
        PostLink,
        Quote,
        Section,
        SourceContext,
        Trace,
    )


@dataclass(frozen=True, slots=True)
class FigureContext:
    """A number with its name and derivation; `term` is its key in the glossary or empty."""

    label: str
    words: str
    between: str
    trace: Trace
    term: str = ""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A post of the chain, with the line from the previous post to it; None for the first.

    Attributes
    ----------
    inherited
        The unit from which the previous post inherits this leader, if it is not its own or the next.
    left_out, left_out_words
        How many posts of a very long chain are left out between the previous post and this one,
        which then has no line.
    """

    post: PostLink
    line: Trace | None
    inherited: str = ""
    left_out: int = 0
    left_out_words: str = ""


@dataclass(frozen=True, slots=True)
class GroupSeat:
    """A group that the post sits in."""

    group: GroupContext
    role: str
    chair: tuple[PostLink, ...]
    trace: Trace


@dataclass(frozen=True, slots=True)
class RelationContext:
    """A line of the post or its unit that is not the reporting line."""

    words: str
    end: Phrase
    about: Phrase | None
    trace: Trace


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of a recruitment or of the first year; `kind` is "derived" for a computed date."""

    when: str
    iso: str
    kind: str
    what: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a group of the post meets."""

    group: Phrase
    cadence: Phrase


@dataclass(frozen=True, slots=True)
class MeetingContext:
    """A post to meet first, and why.

    Attributes
    ----------
    key
        What the browser remembers once the meeting is ticked off; it contains no name.
    why
        The reasons, the most important first.
    """

    key: str
    post: PostLink
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the first year; `key` is what the browser remembers once it is ticked off."""

    key: str
    text: Phrase
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PrincipleShare:
    """A principle, with its meaning and its asks of this post."""

    text: Phrase
    meaning: Phrase | None
    asks: tuple[Item, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FrameworkShare:
    """A framework, with the principles that apply to this post."""

    name: Phrase
    href: str
    principles: tuple[PrincipleShare, ...]


@dataclass(frozen=True, slots=True)
class ContactContext:
    """A post that answers questions about the post."""

    post: PostLink
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ProfileContext:
    """The profile of the post in a source.

    Attributes
    ----------
    first_year_from
        The documents that the tasks are from, in words; empty where none is named.
    committee
        The group that appoints its holder.
    """

    summary: Phrase | None
    summary_quotes: tuple[Quote, ...]
    first_year: tuple[Task, ...]
    first_year_from: str
    first_tasks: tuple[Task, ...]
    first_year_more: str
    responsibilities: tuple[Item, ...]
    success: tuple[Item, ...]
    expectations: tuple[Item, ...]
    contacts: tuple[ContactContext, ...]
    committee: GroupContext | None
    committee_quotes: tuple[Quote, ...]
    further_reading: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class OnboardingContext:
    """The first year in the post: dates, people to meet, expectations.

    Attributes
    ----------
    key
        What the browser remembers ticks of this post under.
    calendar_href
        The dates as a file for a calendar; empty without any.
    """

    key: str
    milestones: tuple[Milestone, ...]
    timeline: Timeline | None
    calendar_href: str
    rhythms: tuple[Rhythm, ...]
    meetings: tuple[MeetingContext, ...]
    meetings_more: str
    unknown_chairs: tuple[Phrase, ...]
    frameworks: tuple[FrameworkShare, ...]


@dataclass(frozen=True, slots=True)
class PostContext:
    """The page of one post."""

    organisation: OrganisationLink
    id: str
    views: tuple[Section, ...]
    spans_href: str
    title: Phrase
    other_names: tuple[str, ...]
    holder: str
    initials: str
    holder_trace: Trace
    status: str
    chip: str
    status_note: str
    unit: Phrase
    unit_href: str
    unit_kind: Phrase
    unit_about: Phrase | None
    unit_quotes: tuple[Quote, ...]
    level: str
    note: Phrase | None
    seats_words: str
    chain: tuple[ChainStep, ...]
    alternatives: tuple[PostLink, ...]
    deputies: tuple[PostLink, ...]
    peers: tuple[PostLink, ...]
    peers_words: str
    peers_more: str
    reports: tuple[PostLink, ...]
    reports_words: str
    reports_more: str
    figures: tuple[FigureContext, ...]
    vacancies: tuple[PostLink, ...]
    vacancies_words: str
    vacancies_more: str
    groups: tuple[GroupSeat, ...]
    relations: tuple[RelationContext, ...]
    profile: ProfileContext | None
    onboarding: OnboardingContext
    findings: tuple[FindingContext, ...]
    sources: tuple[SourceContext, ...]
