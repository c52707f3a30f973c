"""The page of an organisation's findings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.findings import Severity
from orgmodel.model.wording import SEVERITY_WORDS
from webui.asking.edge import current_viewer, requested_organisation
from webui.parts.building import (
    MOST_LISTED,
    finding_context,
    more_words,
    source_contexts,
)
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from webui.asking.viewer import Viewer
    from webui.parts.context import FindingContext, OrganisationLink, SourceContext
    from webui.store.loaded import Loaded

bp = Blueprint("findings", __name__)


@bp.get("/<organisation_id>/findings")
def page(organisation_id: str) -> str:
    """Show the findings."""
    context = findings_context(current_viewer(), requested_organisation(organisation_id))
    return render_template("pages/findings/page.html", page=context)


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
    """The findings of one severity."""

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


def findings_context(viewer: Viewer, loaded: Loaded) -> FindingsContext:
    """Return all findings by severity and kind, those that need attention first."""
    return FindingsContext(
        organisation=organisation_link(viewer, loaded.organisation, "findings"),
        counts=viewer.ngettext("{n} finding", "{n} findings", len(loaded.findings)),
        sections=tuple(
            section
            for severity in Severity
            if (section := _section(viewer, loaded, severity)).groups
        ),
        sources=source_contexts(viewer, loaded.organisation),
    )


def _section(viewer: Viewer, loaded: Loaded, severity: Severity) -> SeveritySection:
    found = [finding for finding in loaded.findings if finding.severity is severity]
    return SeveritySection(
        severity=severity.value,
        heading=viewer._(SEVERITY_WORDS[severity]),
        count=viewer.number(len(found)),
        groups=tuple(
            FindingGroup(
                code=code,
                count=viewer.number(len(ones)),
                title=viewer._(FINDING_KINDS[code].title),
                findings=tuple(
                    finding_context(viewer, loaded.organisation, one) for one in ones[:MOST_LISTED]
                ),
                more=more_words(viewer, len(ones)),
            )
            for code, group in groupby(found, key=lambda finding: finding.code)
            for ones in (list(group),)
        ),
    )
