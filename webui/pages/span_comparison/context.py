"""What the page shows that compares two sets of spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.pages.spans.context import Option


@dataclass(frozen=True, slots=True)
class SideContext:
    """One side: what it is, and what it could be instead."""

    name: str
    heading: str
    words: str
    organisations: tuple[Option, ...]
    units: tuple[Option, ...]
    date: str
    left_out: str
    href: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A measure of both sides, and how much more the second is."""

    name: str
    first: str
    first_note: str
    second: str
    second_note: str
    difference: str


@dataclass(frozen=True, slots=True)
class SpanComparisonContext:
    """The page; certain differences stand apart from those that the data leave open."""

    sides: tuple[SideContext, ...]
    certain: tuple[ComparedRow, ...]
    others: tuple[ComparedRow, ...]
    csv_href: str
    json_href: str
    is_same: bool
    kept: tuple[tuple[str, str], ...]
