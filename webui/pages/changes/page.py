"""The page of changes between two dates: what is different, and what is announced."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.questions.changes import ChangeKind, change_days, change_words, expected
from orgmodel.model.wording import MILESTONE_WORDS
from orgmodel.texts import format_day, message
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import chart_url, post_url, unit_url
from webui.asking.viewing import names_are_shown, parse_day, visit_params
from webui.pages.changes.context import ChangeDay, ChangeLine, ChangesContext, ExpectedLine
from webui.parts.building import more_words, organisation_link, phrase, quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.analysis.questions.changes import Change, Expected
    from orgmodel.model.organisation import Organisation
    from webui.store.loaded import Loaded, Versions

_A_YEAR = timedelta(days=365)
_MOST_CHANGES = 500
_ENDS = {ChangeKind.UNIT_ENDS, ChangeKind.POSITION_ENDS}
_OF_UNITS = {ChangeKind.UNIT_BEGINS, ChangeKind.UNIT_ENDS, ChangeKind.LEADER}


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
    return ChangesContext(
        organisation=organisation_link(organisation, "chart", "changes"),
        start=start.isoformat(),
        end=end.isoformat(),
        kept=tuple((name, value) for name, value in visit_params() if name != "date"),
        wrong=wrong,
        count_words=ngettext("{n} change", "{n} changes", len(found)),
        days=tuple(_by_day(organisation.id, found[:_MOST_CHANGES], (start, end))),
        more=more_words(len(found), _MOST_CHANGES),
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


def _by_day(
    organisation_id: str, found: Sequence[Change], dates: tuple[date, date]
) -> list[ChangeDay]:
    return [
        ChangeDay(
            day.isoformat(),
            format_day(day, current_language()),
            tuple(_line(organisation_id, change, dates) for change in group),
        )
        for day, group in groupby(found, key=lambda change: change.day)
    ]


def _line(organisation_id: str, change: Change, dates: tuple[date, date]) -> ChangeLine:
    """Return a change with where its entry can be seen: on the second date, or before it ends."""
    start, end = dates
    day = (start if change.kind in _ENDS else end).isoformat()
    url = unit_url if change.kind in _OF_UNITS else post_url
    href = url(organisation_id, change.entity_id, date=day)
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
