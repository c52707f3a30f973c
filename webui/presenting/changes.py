"""The page of changes between two dates: what is different, and what is announced."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.changes import change_days, change_words, expected
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import format_day, message
from webui.contexts.changes import ChangeDay, ChangeLine, ChangesContext, ExpectedLine
from webui.languages import _, current_language, ngettext
from webui.presenting.parts import organisation_link, phrase, quotes
from webui.urls import chart_url, post_url, unit_url
from webui.viewing import names_are_shown, parse_day, visit_params

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.analysis.changes import Change, Expected
    from orgmodel.model.organisation import Organisation
    from webui.loaded import Loaded, Versions

_A_YEAR = timedelta(days=365)
_MOST_CHANGES = 500


def changes_context(loaded: Loaded, versions: Versions) -> ChangesContext:
    """Return what changes between the dates that the address names, by default a year from the data's."""
    organisation = loaded.organisation
    days = change_days(organisation.record)
    start, end = _dates(organisation, days)
    wrong = ""
    if start > end:
        wrong = _("The second date is before the first; they are shown the other way round.")
        start, end = end, start
    found, sizes = versions.changes(start, end, names=names_are_shown())
    left = len(found) - _MOST_CHANGES
    return ChangesContext(
        organisation=organisation_link(organisation, "chart", "changes"),
        start=start.isoformat(),
        end=end.isoformat(),
        kept=tuple((name, value) for name, value in visit_params() if name != "date"),
        wrong=wrong,
        count_words=ngettext("{n} change", "{n} changes", len(found)),
        days=tuple(_by_day(organisation.on(start), organisation.on(end), found[:_MOST_CHANGES])),
        more=ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
        expected=tuple(_expected(organisation, one) for one in expected(organisation, start, end)),
        sizes=(
            ngettext("{n} post", "{n} posts", sizes[0]),
            ngettext("{n} post", "{n} posts", sizes[1]),
        ),
        start_href=chart_url(organisation.id, date=start.isoformat()),
        end_href=chart_url(organisation.id, date=end.isoformat()),
        dated=bool(days),
    )


def _dates(organisation: Organisation, days: Sequence[date]) -> tuple[date, date]:
    start = parse_day(request.args.get("from")) or organisation.record.as_of.last_day()
    later = [day for day in days if day > start]
    a_year_later = start + _A_YEAR if start < date.max - _A_YEAR else date.max
    end = parse_day(request.args.get("to")) or max([a_year_later, *later[-1:]])
    return start, end


def _by_day(before: Organisation, after: Organisation, found: Sequence[Change]) -> list[ChangeDay]:
    return [
        ChangeDay(
            day.isoformat(),
            format_day(day, current_language()),
            tuple(_line(before, after, change) for change in group),
        )
        for day, group in groupby(found, key=lambda change: change.day)
    ]


def _line(before: Organisation, after: Organisation, change: Change) -> ChangeLine:
    """Return a change with where its entry can be seen: after it, or before where it ends."""
    there = after if after.has(change.entity_id) else before
    day = there.day.isoformat()
    is_post = change.entity_id in there.positions
    url = post_url if is_post else unit_url
    href = url(there.id, change.entity_id, date=day)
    return ChangeLine(change_words(change).text(current_language()), href)


def _expected(organisation: Organisation, one: Expected) -> ExpectedLine:
    stone = one.milestone
    return ExpectedLine(
        iso=str(stone.date),
        when=stone.date.text(current_language()),
        post=phrase(one.name),
        what=phrase(stone.text or message(MILESTONE_WORDS[stone.kind])),
        href=post_url(organisation.id, one.position_id)
        if one.position_id in organisation.positions
        else "",
        quotes=quotes(organisation, stone.evidence.all()),
    )
