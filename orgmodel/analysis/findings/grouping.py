"""Groups similar findings before they are shown, and indexes findings by the ids they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.findings import Finding
from orgmodel.texts import N_, Joined, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded

    FindingIndex = Mapping[str, Sequence[tuple[int, Finding]]]

# The sentence for several entries at once; `names` are the words that no list of entries holds.
_OF_SEVERAL = {
    "seats-not-stated": N_("How many seats {n} posts have is not stated."),
    "vacant-but-held": N_("{n} posts are advertised, although somebody holds them."),
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


def grouped(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings; those of a kind that would repeat one sentence per entry are merged into one."""
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


def recoded_if_one_source(finding: Finding) -> Finding:
    """Return a recorded finding; a contradiction within a single source gets another code."""
    cited = {citation.source_id for citation in finding.citations}
    if finding.code != "sources-differ" or len(cited) > 1:
        return finding
    code = "source-unclear"
    return replace(finding, code=code, severity=FINDING_KINDS[code].severity)


_SHOWN_BY_GROUPS = {"group-without-chair", "several-names"}


def index_findings(found: Iterable[Finding]) -> FindingIndex:
    """Return findings by the ids that they are about, each with its place among all.

    A finding about several entries is split, so that each entry has its own part.
    """
    index: dict[str, list[tuple[int, Finding]]] = {}
    for place, one in enumerate(part for whole in found for part in whole.parts or (whole,)):
        for entity_id in dict.fromkeys(one.entity_ids):
            index.setdefault(entity_id, []).append((place, one))
    return index


def findings_about_post(
    organisation: Organisation, index: FindingIndex, position_id: str
) -> tuple[Finding, ...]:
    """Return those findings that touch a post, in their order.

    They are about the post, its unit, the units that it leads, or a group that it sits in. Findings
    that a group's chair or other names are open are left out, since the group shows them itself.
    """
    position = organisation.position(position_id)
    own = (position_id, position.unit_id, *organisation.led_units.get(position_id, ()))
    groups = (group.id for group, _seat in organisation.memberships.get(position_id, ()))
    touching = {place: one for entity_id in own for place, one in index.get(entity_id, ())}
    touching |= {
        place: one
        for entity_id in groups
        for place, one in index.get(entity_id, ())
        if one.code not in _SHOWN_BY_GROUPS
    }
    return tuple(touching[place] for place in sorted(touching))
