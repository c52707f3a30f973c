"""The dates of a first year as a file for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.onboarding import first_year_dates, last_day
from orgmodel.errors import UnknownIdError
from orgmodel.exporting.calendar import Event, calendar
from webui.pages.post.onboarding import (
    A_YEAR,
    a_year_in,
    reference_day,
    what_words,
    when_words,
)
from webui.parts.building import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgmodel.model.profiles import Profile
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

_FILE = "dates.ics"


def dates_file(viewer: Viewer, loaded: Loaded, position_id: str) -> bytes:
    """Return the dates of a post as an iCalendar file.

    A date of which only the year is known belongs on no day and is left out.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post, or the post has no dates.
    """
    organisation = loaded.organisation
    title = phrase(viewer, organisation.position(position_id).title).text
    profile = organisation.profiles.get(position_id)
    events = list(_events(viewer, loaded, profile, title)) if profile else []
    if not events:
        raise UnknownIdError(_FILE, kind="step")
    name = viewer._("Your first year: {post}", post=title)
    return calendar(events, name=name, stamp=organisation.as_of.first_day())


def _events(viewer: Viewer, loaded: Loaded, profile: Profile, title: str) -> Iterator[Event]:
    organisation = loaded.organisation
    unit_id = organisation.positions[profile.position_id].unit_id
    whole = phrase(viewer, organisation.name).text
    where = f"{phrase(viewer, organisation.units[unit_id].name).text}, {whole}"
    address = viewer.whole_url_for(
        "walks.step", organisation_id=organisation.id, position_id=profile.position_id, step="5"
    )

    def event(key: str, first: date, last: date, what: str, when: str) -> Event:
        return Event(
            key=f"{organisation.id}/{profile.position_id}/{key}",
            first=first,
            last=last,
            summary=f"{what}: {title}",
            description=f"{when}\n{where}",
            url=address,
        )

    shown = first_year_dates(profile, reference_day(viewer))
    for number, stone in enumerate(profile.milestones):
        if stone in shown and stone.date.month is not None:
            what, when = what_words(stone).text(viewer.language), when_words(viewer, stone)
            key = f"{stone.kind.value}-{number}"
            yield event(key, stone.date.first_day(), last_day(stone), what, when)
    later = a_year_in(profile)
    if later is not None and later.month is not None:
        when = later.text(viewer.language)
        yield event("a-year", later.first_day(), later.last_day(), viewer._(A_YEAR), when)
