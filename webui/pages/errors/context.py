"""What the page shows that refuses a question: what is wrong with it, ready to be put right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrongField:
    """A value that cannot be asked for, in a field that holds it.

    Attributes
    ----------
    offered
        What can be asked for instead, where it is few enough to choose from.
    nearest
        The values spelled most like it, each with the address of the page with it.
    """

    ident: str
    name: str
    label: str
    value: str
    reason: str
    offered: tuple[str, ...]
    nearest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WrongQuestionContext:
    """A question that is refused.

    Attributes
    ----------
    path
        Where the form asks again; empty where what was sent cannot be asked so.
    kept
        What else is asked, passed on as it is.
    without_href
        The page without what is wrong.
    """

    fields: tuple[WrongField, ...]
    path: str
    kept: tuple[tuple[str, str], ...]
    without_href: str
