"""What is told of an organisation before anybody opens it, so that it need not be read for that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.changes import change_days

if TYPE_CHECKING:
    from datetime import date

    from orgmodel.model.anonymity import Anonymous
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.names import Text
    from orgmodel.texts import Worded
    from webui.store.loaded import Loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An organisation on the front page.

    Attributes
    ----------
    frameworks, groups
        Whether it has any.
    employees
        How many people the highest units state; None where none does.
    posts, leaders, vacant
        Seats.
    layers
        Posts on the longest chain.
    findings
        How many its data have.
    days
        The days on which something changes.
    nameless_name, nameless_description
        Both without any person's name.
    """

    id: str
    name: Text
    as_of: PartialDate
    description: Text | None
    frameworks: bool
    groups: bool
    employees: Worded | None
    posts: int
    leaders: int
    vacant: int
    layers: int
    findings: int
    days: tuple[date, ...]
    nameless_name: Text
    nameless_description: Text | None

    def without_names(self) -> Listing:
        """Return it with nobody named."""
        return replace(self, name=self.nameless_name, description=self.nameless_description)

    def holds_on(self, day: date) -> bool:
        """Tell whether nothing changes between the date of the data and a day."""
        own = self.as_of.last_day()
        return not any(min(own, day) < one <= max(own, day) for one in self.days)


def listing_of(loaded: Loaded, anonymous: Anonymous) -> Listing:
    """Return what is told of an organisation; `anonymous` hides its people's names."""
    organisation, summary = loaded.organisation, loaded.summary
    record = organisation.record
    employees = loaded.figures.employees()
    return Listing(
        id=record.id,
        name=record.name,
        as_of=record.as_of,
        description=record.description,
        frameworks=bool(record.frameworks),
        groups=bool(record.groups),
        employees=None if employees is None else employees.words,
        posts=summary.positions,
        leaders=summary.leaders,
        vacant=summary.vacant,
        layers=summary.layers,
        findings=len(loaded.findings),
        days=tuple(change_days(record)),
        nameless_name=anonymous.text(record.name),
        nameless_description=record.description and anonymous.text(record.description),
    )
