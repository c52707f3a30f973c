"""The entities of an organisation, as its file records them; nothing here can be changed.

A record with dates and evidence stands for every relation (a holding, a line, a membership): graphs
are drawn from the records when asked, for a date. `organisation.py` beside this holds the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.dates import ALWAYS, Period
from orgmodel.model.provenance import NO_EVIDENCE, Basis, Evidence

if TYPE_CHECKING:
    from orgmodel.model.amounts import Amount
    from orgmodel.model.names import Text
    from orgmodel.model.statuses import Status


class Level(StrEnum):
    """Leadership level (Leadership Pipeline), worked out from the chain, never from the title."""

    STAFF = "staff"
    LEADER_OF_STAFF = "leader-of-staff"
    LEADER_OF_LEADERS = "leader-of-leaders"
    FUNCTIONAL = "functional"
    TOP = "top"
    POLITICAL = "political"


LEADER_LEVELS = (
    Level.LEADER_OF_STAFF,
    Level.LEADER_OF_LEADERS,
    Level.FUNCTIONAL,
    Level.TOP,
)


class MemberRole(StrEnum):
    """What a member does in a group."""

    MEMBER = "member"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy-chair"
    SECRETARY = "secretary"


class RelationKind(StrEnum):
    """The lines that are not the reporting line."""

    SERVES = "serves"
    SUPPLIES = "supplies"
    COORDINATES_WITH = "coordinates-with"
    PROFESSIONAL_REFERENCE = "professional-reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name that a source uses; search finds it, the screen shows the first name."""

    name: str
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A word of the organisation's own vocabulary for its units or groups.

    Attributes
    ----------
    staff
        Whether such a unit serves the line from beside it (stab).
    """

    id: str
    name: Text
    staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of the organisation.

    Attributes
    ----------
    count
        How many alike parts the entry stands for ("four further centres").
    complete
        Whether all its parts and posts are listed: True, False, or None where that is not known.
    employees, fte, budget
        Every statement of the amount. Where they differ, figures lie between all of them.
    """

    id: str
    name: Text
    kind_id: str
    parent_id: str | None = None
    leader_id: str | None = None
    description: Text | None = None
    aliases: tuple[Alias, ...] = ()
    count: int = 1
    complete: bool | None = None
    employees: tuple[Amount, ...] = ()
    fte: tuple[Amount, ...] = ()
    budget: tuple[Amount, ...] = ()
    period: Period = ALWAYS
    evidence: Evidence = NO_EVIDENCE

    @property
    def is_stated_complete(self) -> bool:
        """Whether a source says that all its parts and posts are listed; else it is assumed."""
        return self.complete is True and bool(self.evidence.fields.get("complete"))

    def amounts(self) -> tuple[Amount, ...]:
        """Return every stated amount of the unit."""
        return self.employees + self.fte + self.budget


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """Who a post reports to, as its entry says.

    Attributes
    ----------
    alternative_ids
        The posts that the line may go to instead, where the sources do not settle it.
    """

    superior_id: str
    basis: Basis = Basis.EXPLICIT
    reason: Text | None = None
    alternative_ids: tuple[str, ...] = ()
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLine:
    """A line that the source states and the data do not have, since it could not be followed.

    Attributes
    ----------
    stated
        What the source says of whom the post refers to.
    superior_id
        The listed post that is meant by it, where there is one: a line that closed a circle.
    reason
        Why the line is not there, and what was done instead.
    """

    stated: str
    superior_id: str | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a post, and when; the same person may hold several."""

    person_id: str
    acting: bool = False
    period: Period = ALWAYS
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedSeats:
    """That the number of a post's seats is assumed, not stated ("one holder for each district").

    Attributes
    ----------
    least
        How few there may be where the assumption does not hold.
    """

    least: int
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A post, whoever holds it.

    Attributes
    ----------
    declared_status
        What the entry says of a post without a holder in force; None means unnamed.
    is_stated_leader
        Whether a source calls it a leader's post although no unit or report of it is known.
    political
        Whether it is a politician's: above the administration, and no employee.
    seats
        How many alike posts the entry stands for ("seks plejehjemsledere").
    seats_at_least
        Whether there may be more than `seats`, where a source counts in another unit.
    seats_assumed
        Set where `seats` is an assumption.
    direct_leaders, direct_staff
        How many leaders, and how many others, a source says the post leads directly.
    outside
        Whether it belongs to another organisation, and is shown for its place in a forum.
    assistant
        Whether it assists its leader from beside the line (chefsekretær, konsulent for ledelsen).
    fte
        The full-time equivalents of all its seats together, where a source states them.
    line_lost
        The line that its source states and that could not be kept; never beside `reports_to`.
    """

    id: str
    title: Text
    unit_id: str
    declared_status: Status | None = None
    seats: int = 1
    seats_at_least: bool = False
    seats_assumed: AssumedSeats | None = None
    direct_leaders: tuple[Amount, ...] = ()
    direct_staff: tuple[Amount, ...] = ()
    fte: Amount | None = None
    political: bool = False
    outside: bool = False
    assistant: bool = False
    is_stated_leader: bool = False
    reports_to: StatedLine | None = None
    line_lost: LostLine | None = None
    holdings: tuple[Holding, ...] = ()
    aliases: tuple[Alias, ...] = ()
    note: Text | None = None
    period: Period = ALWAYS
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who holds a post: a name and its other spellings, no contact data."""

    id: str
    name: str
    aliases: tuple[Alias, ...] = ()
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A post's seat in a group."""

    position_id: str
    role: MemberRole = MemberRole.MEMBER
    basis: Basis = Basis.EXPLICIT
    reason: Text | None = None
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who decide together; the members are posts.

    Attributes
    ----------
    size
        How many members a source says it has, where it says so.
    complete
        Whether the sources list all its members.
    cadence
        How often it meets.
    """

    id: str
    name: Text
    kind_id: str
    unit_id: str | None = None
    part_of_id: str | None = None
    members: tuple[Membership, ...] = ()
    size: int | None = None
    complete: bool = True
    cadence: Text | None = None
    purpose: Text | None = None
    aliases: tuple[Alias, ...] = ()
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A line between units, posts or groups that is not the reporting line."""

    id: str
    kind: RelationKind
    from_id: str
    to_id: str
    about: Text | None = None
    basis: Basis = Basis.EXPLICIT
    reason: Text | None = None
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """To whom a principle speaks; empty on both counts where it speaks to everybody.

    Attributes
    ----------
    levels
        The leadership levels; empty for all.
    kind_ids
        The kinds of unit whose leaders are meant, where a source names a rank; empty for all.
    """

    levels: tuple[Level, ...] = ()
    kind_ids: tuple[str, ...] = ()


EVERYBODY = Audience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that a principle asks."""

    text: Text
    audience: Audience = EVERYBODY
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """One principle of a framework.

    Attributes
    ----------
    audience
        To whom it speaks.
    asks
        What it asks, each thing of its own audience; without one of its own, of the principle's.
    """

    text: Text
    meaning: Text | None = None
    asks: tuple[Ask, ...] = ()
    audience: Audience = EVERYBODY
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """An organisation's stated leadership principles.

    Attributes
    ----------
    unit_id
        The unit for whose leaders it holds; None where it holds for all.
    definition, principles, steering
        What it calls good leadership; its principles; what it says of steering.
    """

    id: str
    name: Text
    unit_id: str | None = None
    summary: Text | None = None
    definition: tuple[Principle, ...] = ()
    principles: tuple[Principle, ...] = ()
    steering: tuple[Principle, ...] = ()
    evidence: Evidence = NO_EVIDENCE
