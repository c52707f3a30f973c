"""What the page of changes between two dates shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import OrganisationLink, Phrase, Quote


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, with where it can be seen; `href` is empty for what is no longer there."""

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
        Whether the data tell of any change at all.
    wrong
        What is wrong with the dates that were asked for; empty where nothing is.
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
