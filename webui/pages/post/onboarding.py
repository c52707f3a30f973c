"""The first year in a post: dates, people to meet, tasks, and what the frameworks ask."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import groups_of
from orgmodel.analysis.questions.onboarding import (
    chairs,
    expectations,
    first_year_dates,
    last_day,
    people_to_meet,
)
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import N_, join_words, message
from webui.pages.post.context import (
    ContactContext,
    FrameworkShare,
    MeetingContext,
    Milestone,
    OnboardingContext,
    PrincipleShare,
    ProfileContext,
    Rhythm,
    Task,
)
from webui.pages.post.timeline import Span, timeline
from webui.parts.building import (
    MOST_LISTED,
    group_context,
    items,
    more_words,
    optional_phrase,
    phrase,
    post_link,
    quotes,
)
from webui.parts.context import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgmodel.analysis.questions.onboarding import Meeting
    from orgmodel.model import profiles
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded
    from webui.asking.viewer import Viewer
    from webui.pages.post.timeline import Timeline
    from webui.store.loaded import Loaded


# How many tasks the overview of a post lists; its first year lists all of them.
_FIRST_TASKS = 3
# What kinds of document are called in a heading.
_FROM_WORDS = {
    "stillingsopslag": N_("From the job advertisement"),
    "job- og personprofil": N_("From the job and person profile"),
}
_KEY_LENGTH = 16
A_YEAR = N_("A year in the post, counted from the start")


def profile_context(viewer: Viewer, loaded: Loaded, profile: profiles.Profile) -> ProfileContext:
    """Return the profile of a post in its source."""
    organisation = loaded.organisation
    committee = organisation.groups[profile.committee_id] if profile.committee_id else None
    tasks = tuple(_tasks(viewer, organisation, profile))
    return ProfileContext(
        summary=optional_phrase(viewer, profile.summary),
        summary_quotes=quotes(viewer, organisation, profile.evidence.of("summary")),
        first_year=tasks,
        first_year_from=_from_words(viewer, organisation, profile.first_year),
        first_tasks=tasks[:_FIRST_TASKS],
        first_year_more=more_words(viewer, len(tasks), _FIRST_TASKS),
        responsibilities=items(viewer, organisation, profile.responsibilities),
        success=items(viewer, organisation, profile.success),
        expectations=items(viewer, organisation, profile.expectations),
        contacts=tuple(
            ContactContext(
                post_link(viewer, loaded, one.position_id),
                quotes(viewer, organisation, one.evidence.all()),
            )
            for one in profile.contacts
            if one.position_id in organisation.positions
        ),
        committee=group_context(viewer, loaded, committee) if committee else None,
        committee_quotes=quotes(viewer, organisation, committee.evidence.all())
        if committee
        else (),
        further_reading=items(viewer, organisation, profile.further_reading),
    )


def _tasks(
    viewer: Viewer, organisation: Organisation, profile: profiles.Profile
) -> Iterator[Task]:
    told = items(viewer, organisation, profile.first_year)
    for task, item in zip(profile.first_year, told, strict=True):
        # The Danish text names it in both languages.
        key = _key(organisation.id, profile.position_id, "task", task.text.text("da"))
        yield Task(key, item.text, item.quotes)


def _from_words(
    viewer: Viewer, organisation: Organisation, found: Iterable[profiles.ProfileItem]
) -> str:
    """Return which documents items are from: "From the job advertisement"."""
    ids = dict.fromkeys(cite.source_id for one in found for cite in one.evidence.all())
    sources = [organisation.sources[one] for one in ids]
    if not sources:
        return ""
    kind = sources[0].kind
    words = _FROM_WORDS.get(kind.text("da").casefold()) if kind and len(sources) == 1 else None
    if words is not None:
        return viewer._(words)
    titles = join_words((phrase(viewer, one.title).text for one in sources), viewer.language)
    return viewer._("From {documents}", documents=titles)


def _key(*parts: str) -> str:
    """Return what a browser remembers of something: no name can be read from it."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def onboarding_context(viewer: Viewer, loaded: Loaded, position_id: str) -> OnboardingContext:
    """Return the first year of a new holder of a post."""
    organisation = loaded.organisation
    profile = organisation.profiles.get(position_id)
    groups = [group for group, _seat in groups_of(organisation, position_id)]
    meetings = people_to_meet(organisation, position_id)
    milestones = tuple(_milestones(viewer, organisation, profile)) if profile else ()
    return OnboardingContext(
        key=_key(organisation.id, position_id),
        milestones=milestones,
        timeline=_timeline(viewer, profile) if profile else None,
        calendar_href=viewer.url_for("walks.dates", position_id=position_id) if milestones else "",
        rhythms=tuple(
            Rhythm(phrase(viewer, group.name), phrase(viewer, group.cadence))
            for group in groups
            if group.cadence
        ),
        meetings=tuple(
            MeetingContext(
                key=_key(organisation.id, position_id, "meet", meeting.position_id),
                post=post_link(viewer, loaded, meeting.position_id),
                why=_why(viewer, meeting),
            )
            for meeting in meetings[:MOST_LISTED]
        ),
        meetings_more=more_words(viewer, len(meetings)),
        unknown_chairs=tuple(
            phrase(viewer, group.name) for group in groups if not chairs(organisation, group)
        ),
        frameworks=tuple(_shares(viewer, loaded, position_id)),
    )


def _why(viewer: Viewer, meeting: Meeting) -> tuple[str, ...]:
    """Return the reasons as the parts of one sentence."""
    first, *rest = (reason.text(viewer.language) for reason in meeting.reasons)
    return first[:1].upper() + first[1:], *rest


def reference_day(viewer: Viewer) -> date | None:
    """Return the day from which dates are past or to come: the requested one, or today."""
    return viewer.day or viewer.today


def has_begun(viewer: Viewer, start: profiles.Milestone) -> bool:
    """Tell whether a start has come."""
    today = reference_day(viewer)
    return today is not None and start.date.first_day() <= today


def a_year_in(profile: profiles.Profile) -> PartialDate | None:
    """Return the date a year after the start; None without a start."""
    start = profile.milestone(MilestoneKind.START)
    return start.date.a_year_later() if start else None


def _milestones(
    viewer: Viewer, organisation: Organisation, profile: profiles.Profile
) -> Iterator[Milestone]:
    """Return the dates in order, and the day a year after the start."""
    for stone in first_year_dates(profile, reference_day(viewer)):
        yield Milestone(
            when=when_words(viewer, stone),
            iso=str(stone.date),
            kind=stone.kind.value,
            what=phrase(viewer, what_words(stone)),
            quotes=quotes(viewer, organisation, stone.evidence.all()),
        )
    later = a_year_in(profile)
    if later is not None:
        yield Milestone(
            when=later.text(viewer.language),
            iso=str(later),
            kind="derived",
            what=Phrase(viewer._(A_YEAR)),
            quotes=(),
        )


def _timeline(viewer: Viewer, profile: profiles.Profile) -> Timeline | None:
    today = reference_day(viewer)
    spans = [
        Span(one.kind.value, one.date.first_day(), last_day(one), is_year=one.date.month is None)
        for one in first_year_dates(profile, today)
    ]
    later = a_year_in(profile)
    if later is not None:
        spans.append(Span("derived", later.first_day(), later.last_day(), later.month is None))
    start = profile.milestone(MilestoneKind.START)
    begins = start.date.first_day() if start and has_begun(viewer, start) else None
    return timeline(spans, viewer.language, begins=begins, today=today)


def what_words(stone: profiles.Milestone) -> Worded:
    """Return what happens on a date."""
    return stone.text or message(MILESTONE_WORDS[stone.kind])


def when_words(viewer: Viewer, stone: profiles.Milestone) -> str:
    """Return a date in words: one day, a period, or two days to choose from."""
    language = viewer.language
    start = stone.date.text(language)
    if stone.end is not None:
        return viewer._("{start} to {end}", start=start, end=stone.end.text(language))
    if stone.alternative is not None:
        return viewer._("{start} or {end}", start=start, end=stone.alternative.text(language))
    return start


def _shares(viewer: Viewer, loaded: Loaded, position_id: str) -> Iterator[FrameworkShare]:
    """Return the frameworks with their asks of a post."""
    organisation = loaded.organisation
    found: dict[str, list[PrincipleShare]] = {}
    for one in expectations(organisation, loaded.levels, position_id):
        share = PrincipleShare(
            text=phrase(viewer, one.principle.text),
            meaning=optional_phrase(viewer, one.principle.meaning),
            asks=items(viewer, organisation, one.asks),
            quotes=quotes(viewer, organisation, one.principle.evidence.all()),
        )
        found.setdefault(one.framework.id, []).append(share)
    for framework in organisation.frameworks:
        if framework.id in found:
            yield FrameworkShare(
                name=phrase(viewer, framework.name),
                href=viewer.url_for("frameworks.page") + f"#framework-{framework.id}",
                principles=tuple(found[framework.id]),
            )
