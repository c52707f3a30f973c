"""What becomes of findings before they are shown.

Those that would say the same sentence of one entry after another are one finding about them all, with
what it says of each as its parts. What a single source says twice is no contradiction of sources.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.findings import Finding
from orgmodel.texts import N_, Joined, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.texts import Worded

# What is said of several entries at once; `names` are the words that are in no list of entries.
_OF_SEVERAL = {
    "seats-not-stated": N_("How many seats {n} posts have is not stated."),
    "vacant-but-held": N_("{n} posts are advertised, although they have a holder."),
    "superior-not-stated": N_(
        "It is not stated who {n} posts report to in the organisations that they are a part of."
    ),
    "unit-without-leader": N_("It is not stated who leads {n} units."),
    "superior-not-named": N_(
        "No source names the holders of {n} posts that named leaders report to."
    ),
    "group-without-chair": N_("It is not stated who chairs {n} groups."),
    "profile-without-post": N_("There are profiles of {n} posts that are not there: {names}."),
    "kind-not-described": N_(
        "{n} words are not in the list of kinds, so they have no English translation: {names}."
    ),
}
_NAMED_BY = {"profile-without-post": "id", "kind-not-described": "word"}
_MOST_NAMES = 10


def gathered(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings, one of each kind that would repeat its sentence for every entry."""
    alike: dict[str, list[Finding]] = {}
    for one in found:
        if one.code in _OF_SEVERAL:
            alike.setdefault(one.code, []).append(one)
        else:
            yield one
    for code, parts in alike.items():
        yield parts[0] if len(parts) == 1 else _of_several(code, parts)


def _of_several(code: str, parts: Sequence[Finding]) -> Finding:
    return Finding(
        code,
        FINDING_KINDS[code].severity,
        entity_ids=tuple(dict.fromkeys(one for part in parts for one in part.entity_ids)),
        message=message(_OF_SEVERAL[code], n=len(parts), names=_names_of(code, parts)),
        citations=tuple(dict.fromkeys(cite for part in parts for cite in part.citations)),
        parts=tuple(parts),
    )


def _names_of(code: str, parts: Sequence[Finding]) -> Worded | str:
    if code not in _NAMED_BY:
        return ""
    texts = [one.message for one in parts[:_MOST_NAMES] if isinstance(one.message, Message)]
    names = Joined(tuple(str(text.params[_NAMED_BY[code]]) for text in texts))
    more = len(parts) - _MOST_NAMES
    return names if more <= 0 else message(N_("{ids} and {n} more"), ids=names, n=more)


def as_sources_have_it(finding: Finding) -> Finding:
    """Return a recorded finding; what one source alone says is no contradiction of sources."""
    cited = {citation.source_id for citation in finding.citations}
    if finding.code != "sources-differ" or len(cited) > 1:
        return finding
    code = "source-unclear"
    return replace(finding, code=code, severity=FINDING_KINDS[code].severity)
