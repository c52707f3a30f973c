"""What the page that compares organisations shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import OrganisationLink


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: its sort, its share of the whole in percent and where it begins."""

    sort: str
    words: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one organisation; `bars` where it is a share of several sorts."""

    words: str
    note: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every organisation, with what it means."""

    name: str
    meaning: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows on one subject."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ComparisonContext:
    """The page that compares organisations; one column an organisation."""

    organisations: tuple[OrganisationLink, ...]
    groups: tuple[RowGroup, ...]
