"""What a form asks of a new link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from orgmodel.texts import LANGUAGES
from webui.asking.addresses import OFF, parse_day
from webui.embedding.links import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgmodel.texts import Language
    from webui.asking.viewer import Viewer

NEVER = "never"
DAYS = ("30", "90", "365")
USUAL = "365"
UNTIL = "until"


class WrongWishError(ValueError):
    """An answer that is none of those that are offered.

    Attributes
    ----------
    field
        Which question it answers.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a new link.

    Attributes
    ----------
    names
        Whether people are named.
    until
        The last day on which it works; None for ever.
    """

    names: bool
    theme: Theme
    language: Language
    until: date | None


def asked_wish(
    viewer: Viewer, form: Mapping[str, str], view: Mapping[str, str], today: date
) -> Wish:
    """Return what a form asks for; what it does not say is as in the view that the link is to.

    Raises
    ------
    WrongWishError
        If it says what is not offered.
    """
    usual = OFF if view.get("names") == OFF else "on"
    names = _one_of(form, "names", usual, ("on", OFF))
    theme = _one_of(form, "theme", Theme.AUTO, tuple(Theme))
    language = _one_of(form, "language", viewer.language, LANGUAGES)
    return Wish(
        names=names != OFF and viewer.may_name,
        theme=Theme(theme),
        language=next(one for one in LANGUAGES if one == language),
        until=_until(form, today),
    )


def _until(form: Mapping[str, str], today: date) -> date | None:
    """Return the last day; one that is stated goes before a number of days."""
    expiry, stated = _one_of(form, "expires", USUAL, (NEVER, *DAYS)), form.get("until")
    if not stated:
        return None if expiry == NEVER else today + timedelta(days=int(expiry))
    day = parse_day(stated)
    if day is None or day < today:
        raise WrongWishError(UNTIL)
    return day


def _one_of(form: Mapping[str, str], field: str, usual: str, offered: tuple[str, ...]) -> str:
    answer = form.get(field, usual)
    if answer not in offered:
        raise WrongWishError(field)
    return answer
