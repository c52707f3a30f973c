"""The age of data, in words, where they are older than half a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.texts import N_

if TYPE_CHECKING:
    from datetime import date

    from orgmodel.model.dates import PartialDate
    from webui.asking.viewer import Viewer

_OLD_AFTER = 6
_MONTHS_OF_A_YEAR = 12
# From two to twelve; larger numbers are written in digits.
_NUMBERS = (
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)


def age_words(viewer: Viewer, as_of: PartialDate) -> str:
    """Return how old data are as a sentence; empty if they are younger than six months."""
    if viewer.today is None:
        return ""
    months = _months_between(as_of.last_day(), viewer.today)
    if months < _OLD_AFTER:
        return ""
    years = months // _MONTHS_OF_A_YEAR
    if not years:
        return viewer._(
            "The information is {number} months old", number=_number_words(viewer, months)
        )
    return viewer.ngettext(
        "The information is more than a year old",
        "The information is more than {number} years old",
        years,
        number=_number_words(viewer, years),
    )


def _months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another; negative if the second is earlier."""
    months = (end.year - start.year) * _MONTHS_OF_A_YEAR + end.month - start.month
    return months - (end.day < start.day)


def _number_words(viewer: Viewer, number: int) -> str:
    at = number - 2
    return viewer._(_NUMBERS[at]) if 0 <= at < len(_NUMBERS) else viewer.number(number)
