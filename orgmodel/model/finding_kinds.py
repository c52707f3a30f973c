"""The kinds of finding, by code. `data/README.md` documents each; a code never changes its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgmodel.model.findings import Finding, Severity
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


class FindingKind(NamedTuple):
    """How much a kind of finding matters, what it is, and who notes it.

    Attributes
    ----------
    recorded
        Whether people write it into the data; else it is worked out from them.
    """

    severity: Severity
    title: str
    recorded: bool = False


FINDING_KINDS: dict[str, FindingKind] = {
    # Worked out from the data
    "several-roots": FindingKind(Severity.WARNING, N_("Several posts at the top")),
    "group-without-chair": FindingKind(Severity.NOTE, N_("Group without a known chair")),
    "group-size-differs": FindingKind(
        Severity.WARNING, N_("Stated size of a group and its listed members differ")
    ),
    "totals-disagree": FindingKind(
        Severity.WARNING, N_("The parts add up to more than the stated total")
    ),
    "figures-differ": FindingKind(Severity.WARNING, N_("Statements of one figure differ")),
    "headcount-not-distributed": FindingKind(
        Severity.NOTE, N_("Part of a stated total is in no unit below")
    ),
    "two-spellings": FindingKind(Severity.WARNING, N_("One name in two spellings")),
    "several-names": FindingKind(Severity.NOTE, N_("Several names for one entry")),
    "unit-without-leader": FindingKind(Severity.NOTE, N_("Unit without a known leader")),
    "leaders-partly-named": FindingKind(
        Severity.NOTE, N_("Similar units, of which only some have a named leader")
    ),
    "superior-not-named": FindingKind(
        Severity.NOTE, N_("A named leader whose own leader is not named")
    ),
    "superior-not-stated": FindingKind(
        Severity.NOTE, N_("A leader inside a larger organisation without a stated superior")
    ),
    "superior-unsettled": FindingKind(
        Severity.WARNING, N_("The sources do not settle who a post reports to")
    ),
    "line-lost": FindingKind(Severity.WARNING, N_("A reporting line that could not be kept")),
    "too-many-holders": FindingKind(Severity.WARNING, N_("More holders than seats")),
    "seats-open": FindingKind(
        Severity.NOTE, N_("A post of several seats of which only some have a known holder")
    ),
    "fte-unlikely": FindingKind(
        Severity.NOTE, N_("More full-time equivalents than its seats can have")
    ),
    "vacant-but-held": FindingKind(Severity.WARNING, N_("Advertised, although somebody holds it")),
    "kind-not-described": FindingKind(
        Severity.NOTE, N_("A word for units or groups without a description")
    ),
    "profile-without-post": FindingKind(
        Severity.NOTE, N_("A profile of a post that is not there on the date")
    ),
    # Written down by people
    "sources-differ": FindingKind(
        Severity.WARNING, N_("The sources contradict each other"), recorded=True
    ),
    "not-stated": FindingKind(
        Severity.NOTE, N_("The sources leave something open"), recorded=True
    ),
    "assumption": FindingKind(
        Severity.NOTE, N_("We have filled in what the sources suggest"), recorded=True
    ),
    "ambiguous-word": FindingKind(
        Severity.NOTE, N_("One word for different things"), recorded=True
    ),
    "two-titles": FindingKind(
        Severity.NOTE, N_("Two titles for the same kind of post"), recorded=True
    ),
    "figures-agree": FindingKind(
        Severity.NOTE, N_("Statements of one figure, compared"), recorded=True
    ),
    "former-name": FindingKind(Severity.NOTE, N_("A former name is still in use"), recorded=True),
    "dates-collide": FindingKind(
        Severity.NOTE, N_("Dates that meet in the same calendar"), recorded=True
    ),
}


def is_recorded_code(code: str) -> bool:
    """Tell whether people may write findings of this code into the data."""
    kind = FINDING_KINDS.get(code)
    return kind is not None and kind.recorded


def finding_of(
    code: str, entity_ids: Sequence[str], text: Worded, citations: Sequence[Citation] = ()
) -> Finding:
    """Return a finding that was worked out, with each citation once."""
    unique = tuple(dict.fromkeys(citations))
    return Finding(code, FINDING_KINDS[code].severity, tuple(entity_ids), text, unique)
