"""The words for ties: on a line, as a heading of a list, and in the key of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.ties import NodeKind, TieKind
from orgmodel.model.entities import MemberRole, RelationKind
from orgmodel.model.wording import BASIS_WORDS, RELATION_WORDS, RELATION_WORDS_BACK
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.questions.ties import Bundle, Tie
    from orgmodel.texts import Language, Worded

_POST, _UNIT, _GROUP = NodeKind.POST, NodeKind.UNIT, NodeKind.GROUP
_LINES: Mapping[TieKind, str] = {
    TieKind.REPORTS_TO: N_("reports to"),
    TieKind.LEADS: N_("leads"),
    TieKind.PART_OF: N_("is part of"),
    TieKind.MEMBER_OF: N_("sits in"),
    TieKind.SAME_HOLDER: N_("is held by the same person as"),
    **{TieKind(kind.value): words for kind, words in RELATION_WORDS.items()},
}
_SEATS: Mapping[MemberRole, str] = {
    MemberRole.CHAIR: N_("chairs"),
    MemberRole.DEPUTY_CHAIR: N_("is deputy chair of"),
    MemberRole.SECRETARY: N_("is secretary of"),
}
# The heading over the other ends of a bundle: by the kind of tie and whether the node begins it.
# Those of relations are their words.
_HEADINGS: Mapping[tuple[TieKind, bool], str] = {
    (TieKind.REPORTS_TO, True): N_("Reports to"),
    (TieKind.REPORTS_TO, False): N_("Direct reports"),
    (TieKind.LEADS, True): N_("Leads"),
    (TieKind.LEADS, False): N_("Led by"),
    (TieKind.PART_OF, True): N_("Is part of"),
    (TieKind.MEMBER_OF, True): N_("Sits in"),
    (TieKind.MEMBER_OF, False): N_("Members"),
    (TieKind.SAME_HOLDER, True): N_("Other posts of the same person"),
}
_PARTS: Mapping[NodeKind, str] = {
    _POST: N_("Posts in the unit"),
    _UNIT: N_("Units below"),
    _GROUP: N_("Groups of its own"),
}
# In the key of a picture, ties of the same style share a line.
KEY: Mapping[str, str] = {
    "line": N_("reports to, leads"),
    "part": N_("is part of"),
    "seat": N_("sits in; a bold line: chairs"),
    "cross": N_("works across"),
    "holder": N_("the same person"),
}


def tie_words(tie: Tie) -> Worded:
    """Return what one end of a tie does with the other: refererer til, er formand for."""
    if tie.role is not None and tie.role in _SEATS:
        return message(_SEATS[tie.role])
    return message(_LINES[tie.kind])


def tie_details(tie: Tie) -> Worded | None:
    """Return what a relation is about and that no source states a tie; None where neither holds."""
    inferred = message(BASIS_WORDS[tie.basis]) if tie.basis.value == "inferred" else None
    found = tuple(one for one in (tie.about, inferred) if one is not None)
    return Joined(found) if found else None


def bundle_words(bundle: Bundle) -> Worded:
    """Return the heading over a list of what a node is tied to: Refererer til, Medlemmer."""
    if bundle.kind is TieKind.PART_OF and not bundle.is_outgoing:
        return message(_PARTS[bundle.of])
    if bundle.kind.is_cross_cutting:
        words = RELATION_WORDS if bundle.is_outgoing else RELATION_WORDS_BACK
        return _Heading(message(words[RelationKind(bundle.kind.value)]))
    return message(_HEADINGS[bundle.kind, bundle.is_outgoing])


@dataclass(frozen=True, slots=True)
class _Heading:
    """Words with a capital letter."""

    words: Worded

    def text(self, language: Language) -> str:
        text = self.words.text(language)
        return text[:1].upper() + text[1:]


def tie_style(tie: Tie) -> str:
    """Return the style of a tie's line: a key of `KEY`."""
    if tie.kind in {TieKind.REPORTS_TO, TieKind.LEADS}:
        return "line"
    if tie.kind.is_cross_cutting:
        return "cross"
    return {TieKind.PART_OF: "part", TieKind.MEMBER_OF: "seat", TieKind.SAME_HOLDER: "holder"}[
        tie.kind
    ]
