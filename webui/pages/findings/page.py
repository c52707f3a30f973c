"""The page of an organisation's findings."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.findings import Severity
from webui.asking.languages import _, ngettext
from webui.pages.findings.context import FindingGroup, FindingsContext, SeveritySection
from webui.parts.building import (
    MOST_LISTED,
    SEVERITY_WORDS,
    finding_context,
    more_words,
    organisation_link,
    say_number,
    source_contexts,
)

if TYPE_CHECKING:
    from webui.store.loaded import Loaded


def findings_context(loaded: Loaded) -> FindingsContext:
    """Return all findings, those that ask for a look first, each kind together."""
    return FindingsContext(
        organisation=organisation_link(loaded.organisation, "findings"),
        counts=ngettext("{n} finding", "{n} findings", len(loaded.findings)),
        sections=tuple(
            section for severity in Severity if (section := _section(loaded, severity)).groups
        ),
        sources=source_contexts(loaded.organisation),
    )


def _section(loaded: Loaded, severity: Severity) -> SeveritySection:
    found = [finding for finding in loaded.findings if finding.severity is severity]
    return SeveritySection(
        severity=severity.value,
        heading=_(SEVERITY_WORDS[severity]),
        count=say_number(len(found)),
        groups=tuple(
            FindingGroup(
                code=code,
                count=say_number(len(ones)),
                title=_(FINDING_KINDS[code].title),
                findings=tuple(
                    finding_context(loaded.organisation, one) for one in ones[:MOST_LISTED]
                ),
                more=more_words(len(ones)),
            )
            for code, group in groupby(found, key=lambda finding: finding.code)
            for ones in (list(group),)
        ),
    )
