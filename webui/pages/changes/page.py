"""The page of changes between two dates: differences and announced dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.analysis.questions.changes import ChangeKind, change_days, change_words, expected
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import format_day, message
from webui.asking.addresses import parse_day
from webui.asking.edge import current_viewer, repository, requested_organisation
from webui.parts.building import more_words, phrase, quotes
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.analysis.questions.changes import Change, Expected
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Args, Viewer
    from webui.parts.context import OrganisationLink, Phrase, Quote
    from webui.store.loaded import Loaded, Versions

bp = Blueprint("changes", __name__, url_prefix="/<organisation_id>")


@bp.get("/changes")
def page(organisation_id: str) -> str:
    """Show the changes."""
    return render_template("pages/changes/page.html", page=_context(organisation_id))


def _context(organisation_id: str) -> ChangesContext:
    return changes_context(
        current_viewer(),
        requested_organisation(organisation_id),
        repository().versions(organisation_id),
    )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change with a link to its entry; `href` is empty if the entry no longer exists."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The changes from one day on."""

    iso: str
    day: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """A date that is announced."""

    iso: str
    when: str
    post: Phrase
    what: Phrase
    href: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """The page of changes between two dates.

    Attributes
    ----------
    sizes
        How many posts there are on the first date and on the second.
    dated
        Whether the data contain any dated change.
    wrong
        The error in the requested dates; empty without one.
    """

    organisation: OrganisationLink
    start: str
    end: str
    kept: tuple[tuple[str, str], ...]
    wrong: str
    count_words: str
    days: tuple[ChangeDay, ...]
    more: str
    expected: tuple[ExpectedLine, ...]
    sizes: tuple[str, str]
    start_href: str
    end_href: str
    dated: bool


_A_YEAR = timedelta(days=365)
_MOST_CHANGES = 500
_ENDS = {ChangeKind.UNIT_ENDS, ChangeKind.POSITION_ENDS}
_OF_UNITS = {ChangeKind.UNIT_BEGINS, ChangeKind.UNIT_ENDS, ChangeKind.LEADER}


def changes_context(viewer: Viewer, loaded: Loaded, versions: Versions) -> ChangesContext:
    """Return the changes between the dates in the URL, by default a year from the date of the data."""
    organisation = loaded.organisation
    days = change_days(organisation.record)
    start, end = asked_dates(viewer.args, organisation)
    wrong = ""
    if start > end:
        wrong = viewer._("The second date was before the first, so they have been swapped.")
        start, end = end, start
    found, sizes = versions.changes(start, end, names=viewer.names)
    return ChangesContext(
        organisation=organisation_link(viewer, organisation, "chart", "changes"),
        start=start.isoformat(),
        end=end.isoformat(),
        kept=tuple((name, value) for name, value in viewer.visit_params() if name != "date"),
        wrong=wrong,
        count_words=viewer.ngettext("{n} change", "{n} changes", len(found)),
        days=tuple(_by_day(viewer, organisation.id, found[:_MOST_CHANGES], (start, end))),
        more=more_words(viewer, len(found), _MOST_CHANGES),
        expected=tuple(
            _expected(viewer, organisation, one) for one in expected(organisation, start, end)
        ),
        sizes=(
            viewer.ngettext("{n} post", "{n} posts", sizes[0]),
            viewer.ngettext("{n} post", "{n} posts", sizes[1]),
        ),
        start_href=viewer.url_for("charts.page", date=start.isoformat()),
        end_href=viewer.url_for("charts.page", date=end.isoformat()),
        dated=bool(days),
    )


def asked_dates(args: Args, organisation: Organisation) -> tuple[date, date]:
    """Return the two dates that an address asks for; else a year from the date of the data."""
    start = parse_day(args.get("from")) or organisation.record.as_of.last_day()
    later = [day for day in change_days(organisation.record) if day > start]
    a_year_later = start + _A_YEAR if start < date.max - _A_YEAR else date.max
    end = parse_day(args.get("to")) or max([a_year_later, *later[-1:]])
    return start, end


def _by_day(
    viewer: Viewer, organisation_id: str, found: Sequence[Change], dates: tuple[date, date]
) -> list[ChangeDay]:
    return [
        ChangeDay(
            day.isoformat(),
            format_day(day, viewer.language),
            tuple(_line(viewer, organisation_id, change, dates) for change in group),
        )
        for day, group in groupby(found, key=lambda change: change.day)
    ]


def _line(
    viewer: Viewer, organisation_id: str, change: Change, dates: tuple[date, date]
) -> ChangeLine:
    """Return a change with a link to its entry, on the second date or before its end."""
    start, end = dates
    day = (start if change.kind in _ENDS else end).isoformat()
    endpoint, name = (
        ("units.page", "unit_id") if change.kind in _OF_UNITS else ("posts.page", "position_id")
    )
    place = {"organisation_id": organisation_id, name: change.entity_id}
    href = viewer.url_for(endpoint, **place, date=day)
    return ChangeLine(change_words(change).text(viewer.language), href)


def _expected(viewer: Viewer, organisation: Organisation, one: Expected) -> ExpectedLine:
    stone = one.milestone
    return ExpectedLine(
        iso=str(stone.date),
        when=stone.date.text(viewer.language),
        post=phrase(viewer, one.name),
        what=phrase(viewer, stone.text or message(MILESTONE_WORDS[stone.kind])),
        href=viewer.url_for("posts.page", position_id=one.position_id)
        if one.position_id in organisation.positions
        else "",
        quotes=quotes(viewer, organisation, stone.evidence.all()),
    )
