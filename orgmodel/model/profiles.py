"""Profiles of posts: tasks, expectations, dates, contacts and further reading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.provenance import NO_EVIDENCE, Evidence

if TYPE_CHECKING:
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.names import Text


class MilestoneKind(StrEnum):
    """The kind of event on a date of a recruitment."""

    DEADLINE = "deadline"
    INTERVIEW = "interview"
    MEETING = "meeting"
    START = "start"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileItem:
    """One statement of a profile, paraphrased."""

    text: Text
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A date of a recruitment or of the first year.

    Attributes
    ----------
    end
        The last day, if it takes more than one.
    alternative
        An alternative day.
    """

    date: PartialDate
    kind: MilestoneKind
    text: Text | None = None
    end: PartialDate | None = None
    alternative: PartialDate | None = None
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A post that answers questions about another; without phone number or address."""

    position_id: str
    evidence: Evidence = NO_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A source's profile of a post: tasks, first-year tasks, expectations, dates.

    Attributes
    ----------
    contacts
        The posts that answer questions about it.
    committee_id
        The group that appoints its holder.
    further_reading
        Reading recommended by a source.
    """

    position_id: str
    summary: Text | None = None
    responsibilities: tuple[ProfileItem, ...] = ()
    first_year: tuple[ProfileItem, ...] = ()
    success: tuple[ProfileItem, ...] = ()
    expectations: tuple[ProfileItem, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    committee_id: str | None = None
    further_reading: tuple[ProfileItem, ...] = ()
    evidence: Evidence = NO_EVIDENCE

    def milestone(self, kind: MilestoneKind) -> Milestone | None:
        """Return the first milestone of a kind."""
        return next((stone for stone in self.milestones if stone.kind is kind), None)
