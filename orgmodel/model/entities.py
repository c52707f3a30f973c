"""The entities of an organisation, as recorded in its file; all are immutable.

Every relation (a holding, a line, a membership) is a record with dates and evidence; graphs for a
date are derived from the records. `organisation.py` has the whole organisation.
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
    """Leadership level (Leadership Pipeline), derived from the chain, never from the title."""

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
    """The role of a member in a group."""

    MEMBER = "member"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy-chair"
    SECRETARY = "secretary"


class RelationKind(StrEnum):
    """The kinds of line other than the reporting line."""

    SERVES = "serves"
    SUPPLIES = "supplies"
    COORDINATES_WITH = "coordinates-with"
    PROFESSIONAL_REFERENCE = "professional-reference"
    DEPUTISES_FOR = "deputises-for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name used by a source; search finds it, pages show the main name."""

    name: str
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A word of the organisation's own vocabulary for its units or groups.

    Attributes
    ----------
    staff
        Whether such a unit is a staff unit (stab).
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
        The number of identical units that the entry represents ("four further centres").
    complete
        Whether all its subunits and posts are listed; None if unknown.
    employees, fte, budget
        All statements of the amount. If they differ, figures are intervals that cover all of them.
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
        """Whether a source states that all its subunits and posts are listed; otherwise assumed."""
        return self.complete is True and bool(self.evidence.fields.get("complete"))

    def amounts(self) -> tuple[Amount, ...]:
        """Return every stated amount of the unit."""
        return self.employees + self.fte + self.budget


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """The superior of a post, as stated in its entry.

    Attributes
    ----------
    alternative_ids
        Other possible superiors, if the sources are ambiguous.
    """

    superior_id: str
    basis: Basis = Basis.EXPLICIT
    reason: Text | None = None
    alternative_ids: tuple[str, ...] = ()
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLine:
    """A line stated by the source that is not in the data because it could not be resolved.

    Attributes
    ----------
    stated
        The superior, in the words of the source.
    superior_id
        The post that it refers to, if it is listed: the line would have closed a cycle.
    reason
        Why the line is missing, and what was done instead.
    """

    stated: str
    superior_id: str | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The holding of a post by a person for a period; a person may hold several posts."""

    person_id: str
    acting: bool = False
    period: Period = ALWAYS
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedSeats:
    """An assumption about the number of a post's seats ("one holder for each district").

    Attributes
    ----------
    least
        The minimum number of seats if the assumption is wrong.
    """

    least: int
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A post, independent of its holder.

    Attributes
    ----------
    declared_status
        The status stated for a post without a current holder; None means unnamed.
    is_stated_leader
        Whether a source calls it a leader's post although it has no known unit or report.
    political
        Whether it is a politician's post: above the administration and not an employee.
    seats
        The number of identical posts that the entry represents ("seks plejehjemsledere").
    seats_at_least
        Whether `seats` is a lower bound, if a source counts in other terms.
    seats_assumed
        Set where `seats` is an assumption.
    direct_leaders, direct_staff
        The numbers of leaders and of others among the post's direct reports, as stated by a
        source.
    outside
        Whether it belongs to another organisation and is shown because of its seat in a group.
    assistant
        Whether it is an assistant beside the line (chefsekretær, konsulent for ledelsen).
    fte
        The full-time equivalents of all its seats together, if a source states them.
    line_lost
        The stated line that could not be kept; excludes `reports_to`.
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
    """A holder of posts: a name and its other spellings, without contact data."""

    id: str
    name: str
    aliases: tuple[Alias, ...] = ()
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The membership of a post in a group."""

    position_id: str
    role: MemberRole = MemberRole.MEMBER
    basis: Basis = Basis.EXPLICIT
    reason: Text | None = None
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that makes decisions together; its members are posts.

    Attributes
    ----------
    size
        The number of members stated by a source, if any.
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
    """A line between units, posts or groups, other than the reporting line."""

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
    """The leaders that a principle applies to; both fields are empty if it applies to all.

    Attributes
    ----------
    levels
        The leadership levels; empty for all.
    kind_ids
        The kinds of unit whose leaders are meant, if a source names a rank; empty for all.
    """

    levels: tuple[Level, ...] = ()
    kind_ids: tuple[str, ...] = ()


EVERYBODY = Audience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One requirement of a principle."""

    text: Text
    audience: Audience = EVERYBODY
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """One principle of a framework.

    Attributes
    ----------
    audience
        The leaders that it applies to.
    asks
        Its requirements, each with its own audience or else that of the principle.
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
        The unit whose leaders it applies to; None if it applies to all.
    definition, principles, steering
        Its definition of good leadership, its principles, and its text on steering.
    """

    id: str
    name: Text
    unit_id: str | None = None
    summary: Text | None = None
    definition: tuple[Principle, ...] = ()
    principles: tuple[Principle, ...] = ()
    steering: tuple[Principle, ...] = ()
    evidence: Evidence = NO_EVIDENCE
