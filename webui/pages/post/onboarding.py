"""The first year in a post: dates, people to meet, tasks, and what the frameworks ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import groups_of
from orgmodel.analysis.questions.onboarding import chairs, expectations, people_to_meet
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import message
from webui.pages.post.context import (
    ContactContext,
    FrameworkShare,
    MeetingContext,
    Milestone,
    OnboardingContext,
    PrincipleShare,
    ProfileContext,
    Rhythm,
)
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
    from collections.abc import Iterator

    from orgmodel.model import profiles
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded


# How many tasks the overview of a post lists; its first year lists all of them.
_FIRST_TASKS = 3


def profile_context(viewer: Viewer, loaded: Loaded, profile: profiles.Profile) -> ProfileContext:
    """Return the profile of a post in its source."""
    organisation = loaded.organisation
    committee = organisation.groups[profile.committee_id] if profile.committee_id else None
    return ProfileContext(
        summary=optional_phrase(viewer, profile.summary),
        summary_quotes=quotes(viewer, organisation, profile.evidence.of("summary")),
        first_year=items(viewer, organisation, profile.first_year),
        first_tasks=items(viewer, organisation, profile.first_year[:_FIRST_TASKS]),
        first_year_more=more_words(viewer, len(profile.first_year), _FIRST_TASKS),
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


def onboarding_context(viewer: Viewer, loaded: Loaded, position_id: str) -> OnboardingContext:
    """Return the first year of a new holder of a post."""
    organisation = loaded.organisation
    profile = organisation.profiles.get(position_id)
    groups = [group for group, _seat in groups_of(organisation, position_id)]
    meetings = people_to_meet(organisation, position_id)
    return OnboardingContext(
        milestones=tuple(_milestones(viewer, organisation, profile)) if profile else (),
        rhythms=tuple(
            Rhythm(phrase(viewer, group.name), phrase(viewer, group.cadence))
            for group in groups
            if group.cadence
        ),
        meetings=tuple(
            MeetingContext(
                post_link(viewer, loaded, meeting.position_id),
                "; ".join(reason.text(viewer.language) for reason in meeting.reasons),
            )
            for meeting in meetings[:MOST_LISTED]
        ),
        meetings_more=more_words(viewer, len(meetings)),
        unknown_chairs=tuple(
            phrase(viewer, group.name) for group in groups if not chairs(organisation, group)
        ),
        frameworks=tuple(_shares(viewer, loaded, position_id)),
    )


def _milestones(
    viewer: Viewer, organisation: Organisation, profile: profiles.Profile
) -> Iterator[Milestone]:
    """Return the dates in order, and the day a year after the start."""
    for stone in sorted(profile.milestones, key=lambda one: one.date.first_day()):
        yield Milestone(
            when=_when(viewer, stone),
            iso=str(stone.date),
            kind=stone.kind.value,
            what=phrase(viewer, stone.text or message(MILESTONE_WORDS[stone.kind])),
            quotes=quotes(viewer, organisation, stone.evidence.all()),
        )
    start = profile.milestone(MilestoneKind.START)
    later = start.date.a_year_later() if start else None
    if later is not None:
        yield Milestone(
            when=later.text(viewer.language),
            iso=str(later),
            kind="derived",
            what=Phrase(viewer._("A year in the post, counted from the start")),
            quotes=(),
        )


def _when(viewer: Viewer, stone: profiles.Milestone) -> str:
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
