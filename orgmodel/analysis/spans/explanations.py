"""What an explained figure holds: the entries that it counts, as what, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.ledger import Part
from orgmodel.model.amounts import ZERO, Interval
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.texts import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


class Explained(StrEnum):
    """Which figure is explained."""

    SPAN = "span"
    REACH = "reach"


PART_WORDS: Mapping[Part, str] = {
    Part.DIRECT_LEADER: N_("direct leader"),
    Part.DIRECT_STAFF: N_("direct staff"),
    Part.BELOW: N_("below"),
    Part.AMONG_STATED: N_("among the number that is stated"),
    Part.PLANNED: N_("not counted: planned posts are left out"),
    Part.VACANT: N_("not counted: advertised posts are left out"),
    Part.LEFT_OUT: N_("not counted: such posts are left out"),
    Part.MAY_REFER_HERE: N_("may report here"),
    Part.MAY_REFER_ELSEWHERE: N_("may report elsewhere"),
    Part.STATED_LEADERS: N_("leaders directly, as stated"),
    Part.STATED_STAFF: N_("staff directly, as stated"),
    Part.STATED: N_("stated headcount"),
    Part.OWN_SEAT: N_("own seat"),
    Part.NO_EMPLOYEES: N_("below, and in no headcount"),
    Part.NOT_COUNTED: N_("in the headcount, and not counted"),
    Part.KNOWN_BELOW: N_("known below beyond the stated headcount"),
    Part.UNLISTED: N_("in no listed post"),
    Part.UNLISTED_LEADERS: N_("leaders in no listed post"),
    Part.INFERRED_ELSEWHERE: N_("drawn elsewhere by inference"),
}
RULE_WORDS: Mapping[LineRule, str] = {
    LineRule.STATED: N_("The post's own entry says who it reports to."),
    LineRule.UNIT_LEADER: N_("The post is in a unit and reports to the unit's leader."),
    LineRule.UNIT_ABOVE: N_("The line goes to the leader of the nearest unit above."),
    LineRule.NONE: N_("The post reports to nobody."),
}
# An entry that infers its line does not state it.
_INFERRED_ENTRY = N_("Who the post reports to is inferred.")


def rule_words(rule: LineRule, basis: Basis | None) -> Message:
    """Return by which rule a post is where it is; an entry of its own states that or infers it."""
    is_inferred = rule is LineRule.STATED and basis is Basis.INFERRED
    return message(_INFERRED_ENTRY if is_inferred else RULE_WORDS[rule])


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that a figure is made of.

    Attributes
    ----------
    part
        As what it is counted.
    adds
        What it adds at the lower and at the upper end of the figure, in heads; below 0 where
        something is taken off, so that the ends need not be in order.
    position_id
        The post; of headcounts, the leader whose units they are of.
    seats
        How many alike posts the entry stands for; 0 where it is no post.
    unit_ids
        Of headcounts, the units.
    rule, basis, reason
        Of posts, how their line is known.
    other_ids
        Of posts that may report to several: the others.
    text
        Of headcounts, what is stated, in words.
    """

    part: Part
    adds: Interval
    position_id: str
    seats: int = 0
    unit_ids: tuple[str, ...] = ()
    rule: LineRule | None = None
    basis: Basis | None = None
    reason: Worded | None = None
    other_ids: tuple[str, ...] = ()
    text: Worded | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one figure of one leader is made of.

    Attributes
    ----------
    measure, position_id
        Which figure of which leader's post.
    figure
        The figure, with its words and steps.
    counted
        What was counted, in reading order, up to the limit that was asked for.
    more, rest
        How many entries come after those, and what they add.
    included
        Seats of listed posts below that are in a stated headcount, and so not counted one by one.
    unknowns
        What is not known, in words.
    """

    measure: Explained
    position_id: str
    figure: Figure
    counted: tuple[Counted, ...]
    more: int = 0
    rest: Interval = ZERO
    included: int = 0
    unknowns: tuple[Worded, ...] = ()
