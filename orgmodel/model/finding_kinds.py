"""The kinds of finding, by code. `data/README.md` documents each; a code never changes its meaning."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.model.findings import Finding, Severity
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


class Weight(IntEnum):
    """What a finding affects, the most important first."""

    FIGURES = 1
    """A headcount, a span or a layer may differ from the one shown."""
    LINES = 2
    """Leaders, decisions or requirements are uncertain; the figures shown are not affected."""
    WORDS = 3
    """Names, spellings and the meaning of words."""


class FindingKind(NamedTuple):
    """The severity, subject and origin of a kind of finding.

    Attributes
    ----------
    recorded
        Whether it is written into the data by people; otherwise it is computed.
    """

    severity: Severity
    weight: Weight
    title: str
    recorded: bool = False


FINDING_KINDS: dict[str, FindingKind] = {
    # Computed from the data
    "several-roots": FindingKind(Severity.WARNING, Weight.FIGURES, N_("Several posts at the top")),
    "totals-disagree": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("The parts add up to more than the stated total")
    ),
    "figures-differ": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("Statements of one figure differ")
    ),
    "superior-unsettled": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("The sources do not make clear who a post reports to")
    ),
    "seats-not-stated": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("The number of seats is not stated")
    ),
    "headcount-not-distributed": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("Part of a stated total is in no unit below")
    ),
    "too-many-holders": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("More holders than seats")
    ),
    "vacant-but-held": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("Advertised, although somebody holds it")
    ),
    "line-lost": FindingKind(
        Severity.WARNING, Weight.FIGURES, N_("A reporting line that could not be kept")
    ),
    "fte-unlikely": FindingKind(
        Severity.NOTE, Weight.LINES, N_("More full-time equivalents than its seats can have")
    ),
    "seats-open": FindingKind(
        Severity.NOTE,
        Weight.LINES,
        N_("A post of several seats of which only some have a known holder"),
    ),
    "group-size-differs": FindingKind(
        Severity.WARNING,
        Weight.LINES,
        N_("Stated size of a group and its listed members differ"),
    ),
    "superior-not-stated": FindingKind(
        Severity.NOTE,
        Weight.LINES,
        N_("A leader in a larger organisation whose own leader is not stated"),
    ),
    "unit-without-leader": FindingKind(
        Severity.NOTE, Weight.LINES, N_("Unit without a known leader")
    ),
    "leaders-partly-named": FindingKind(
        Severity.NOTE, Weight.LINES, N_("Similar units, of which only some have a named leader")
    ),
    "superior-not-named": FindingKind(
        Severity.NOTE, Weight.LINES, N_("A named leader whose own leader is not named")
    ),
    "group-without-chair": FindingKind(
        Severity.NOTE, Weight.LINES, N_("Group without a known chair")
    ),
    "profile-without-post": FindingKind(
        Severity.NOTE, Weight.LINES, N_("A profile of a post that does not exist on the date")
    ),
    "two-spellings": FindingKind(Severity.NOTE, Weight.WORDS, N_("One name in two spellings")),
    "several-names": FindingKind(Severity.NOTE, Weight.WORDS, N_("Several names for one entry")),
    "kind-not-described": FindingKind(
        Severity.NOTE, Weight.WORDS, N_("A word for units or groups that is not explained")
    ),
    # Written down by people
    "sources-differ": FindingKind(
        Severity.WARNING,
        Weight.FIGURES,
        N_("The sources contradict each other"),
        recorded=True,
    ),
    "source-unclear": FindingKind(
        Severity.WARNING,
        Weight.LINES,
        N_("A source is unclear or contradicts itself"),
        recorded=True,
    ),
    "not-stated": FindingKind(
        Severity.NOTE, Weight.LINES, N_("The sources leave a question unanswered"), recorded=True
    ),
    "assumption": FindingKind(
        Severity.NOTE,
        Weight.LINES,
        N_("We have assumed what the sources suggest"),
        recorded=True,
    ),
    "figures-agree": FindingKind(
        Severity.NOTE, Weight.LINES, N_("Statements of one figure, compared"), recorded=True
    ),
    "dates-collide": FindingKind(
        Severity.NOTE, Weight.LINES, N_("Dates that coincide"), recorded=True
    ),
    "ambiguous-word": FindingKind(
        Severity.NOTE, Weight.WORDS, N_("One word for different things"), recorded=True
    ),
    "two-titles": FindingKind(
        Severity.NOTE, Weight.WORDS, N_("Two titles for the same kind of post"), recorded=True
    ),
    "wording-varies": FindingKind(
        Severity.NOTE, Weight.WORDS, N_("One thing written in several ways"), recorded=True
    ),
    "former-name": FindingKind(
        Severity.NOTE, Weight.WORDS, N_("A former name is still in use"), recorded=True
    ),
}
_ORDER = {code: place for place, code in enumerate(FINDING_KINDS)}


def is_recorded_code(code: str) -> bool:
    """Tell whether people may write findings of this code into the data."""
    kind = FINDING_KINDS.get(code)
    return kind is not None and kind.recorded


def finding_of(
    code: str, entity_ids: Sequence[str], text: Worded, citations: Sequence[Citation] = ()
) -> Finding:
    """Return a computed finding, with each citation once."""
    unique = tuple(dict.fromkeys(citations))
    return Finding(code, FINDING_KINDS[code].severity, tuple(entity_ids), text, unique)


def rank(code: str) -> tuple[bool, Weight, int]:
    """Return the sort key of kinds: by severity, then by what they affect."""
    kind = FINDING_KINDS[code]
    return kind.severity is Severity.NOTE, kind.weight, _ORDER[code]
