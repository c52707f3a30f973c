"""What a form asks of a new link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from orgmodel.texts import LANGUAGES
from webui.embedding.links import Theme
from webui.languages import current_language
from webui.viewing import OFF, names_can_be_shown, parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgmodel.texts import Language

NEVER = "never"
DAYS = ("30", "90", "365")
USUAL = "365"


class WrongWishError(ValueError):
    """An answer that is none of those that are offered."""


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


def asked_wish(form: Mapping[str, str], today: date) -> Wish:
    """Return what a form asks for; what it does not say is as on the page that it stands on.

    Raises
    ------
    WrongWishError
        If it says what is not offered.
    """
    names = _one_of(form.get("names", "on"), ("on", OFF))
    theme = _one_of(form.get("theme", Theme.AUTO.value), tuple(one.value for one in Theme))
    language = form.get("language", current_language())
    return Wish(
        names=names != OFF and names_can_be_shown(),
        theme=Theme(theme),
        language=next(one for one in LANGUAGES if one == _one_of(language, LANGUAGES)),
        until=_until(form, today),
    )


def _until(form: Mapping[str, str], today: date) -> date | None:
    """Return the last day; one that is stated goes before a number of days."""
    expiry, stated = _one_of(form.get("expires", USUAL), (NEVER, *DAYS)), form.get("until")
    if not stated:
        return None if expiry == NEVER else today + timedelta(days=int(expiry))
    day = parse_day(stated)
    if day is None or day < today:
        raise WrongWishError(stated)
    return day


def _one_of(answer: str, offered: tuple[str, ...]) -> str:
    if answer not in offered:
        raise WrongWishError(answer)
    return answer
