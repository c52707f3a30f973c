"""The page of changes between two dates: what is different, and what is announced."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.changes import change_days, change_words, changes, expected
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import format_day, message
from webui.contexts.changes import ChangeDay, ChangeLine, ChangesContext, ExpectedLine
from webui.languages import _, current_language, ngettext
from webui.presenting.parts import organisation_link, phrase, quotes
from webui.state import repository
from webui.urls import chart_url, post_url, unit_url
from webui.viewing import names_are_shown, parse_day, visit_params

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgmodel.analysis.changes import Change, Expected
    from orgmodel.model.organisation import Organisation
    from webui.loaded import Loaded

_A_YEAR = timedelta(days=365)
_MOST_CHANGES = 500


def changes_context(loaded: Loaded) -> ChangesContext:
    """Return what changes between the dates that the address names, by default a year from the data's."""
    organisation = loaded.organisation
    days = change_days(organisation.record)
    start, end = _dates(organisation, days)
    wrong = ""
    if start > end:
        wrong = _("The second date is before the first; they are shown the other way round.")
        start, end = end, start
    # Between dates on which nothing is dated nothing differs; a large organisation need not be asked.
    differs = any(start < day <= end for day in days)
    found = changes(organisation, start, end) if differs else ()
    return ChangesContext(
        organisation=organisation_link(organisation, "chart", "changes"),
        start=start.isoformat(),
        end=end.isoformat(),
        kept=tuple((name, value) for name, value in visit_params() if name != "date"),
        wrong=wrong,
        count_words=ngettext("{n} change", "{n} changes", len(found)),
        days=tuple(_by_day(organisation, found[:_MOST_CHANGES])),
        more=ngettext("and {n} more", "and {n} more", left)
        if (left := len(found) - _MOST_CHANGES) > 0
        else "",
        expected=tuple(_expected(organisation, one) for one in expected(organisation, start, end)),
        sizes=(_size(organisation.id, start), _size(organisation.id, end)),
        start_href=chart_url(organisation.id, date=start.isoformat()),
        end_href=chart_url(organisation.id, date=end.isoformat()),
        dated=bool(days),
    )


def _dates(organisation: Organisation, days: Sequence[date]) -> tuple[date, date]:
    start = parse_day(request.args.get("from")) or organisation.record.as_of.last_day()
    later = [day for day in days if day > start]
    end = parse_day(request.args.get("to")) or max([start + _A_YEAR, *later[-1:]])
    return start, end


def _size(organisation_id: str, day: date) -> str:
    there = repository().get(organisation_id, day, names=names_are_shown())
    return ngettext("{n} post", "{n} posts", there.organisation.seats)


def _by_day(organisation: Organisation, found: Sequence[Change]) -> list[ChangeDay]:
    return [
        ChangeDay(
            day.isoformat(),
            format_day(day, current_language()),
            tuple(_line(there, change) for change in group),
        )
        for day, group in groupby(found, key=lambda change: change.day)
        for there in (organisation.on(day),)
    ]


def _line(there: Organisation, change: Change) -> ChangeLine:
    day = change.day.isoformat()
    href = ""
    if change.entity_id in there.positions:
        href = post_url(there.id, change.entity_id, date=day)
    elif change.entity_id in there.units:
        href = unit_url(there.id, change.entity_id, date=day)
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
