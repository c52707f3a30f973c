"""What the page of an organisation's findings shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import FindingContext, OrganisationLink, SourceContext


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one kind."""

    code: str
    title: str
    count: str
    findings: tuple[FindingContext, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SeveritySection:
    """The findings that ask equally much of their reader."""

    severity: str
    heading: str
    count: str
    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True, slots=True)
class FindingsContext:
    """The page of an organisation's findings."""

    organisation: OrganisationLink
    counts: str
    sections: tuple[SeveritySection, ...]
    sources: tuple[SourceContext, ...]
