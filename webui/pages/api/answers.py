"""What the API answers with: the frozen values of the model, and these with what holds on a date.

An answer has the names of a value's fields as its keys; `schemas.py` describes them for programs.
Within version 1 fields may be added, but none is renamed or removed: `tests/fixtures/api_v1.txt`
holds all of them.
"""

# Annotations are evaluated here: schemas are made from them.

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from orgmodel.analysis.spans.figure_facts import Origin
from orgmodel.analysis.spans.leader_figures import FIGURES, Knowing
from orgmodel.analysis.statistics.leaders import LeaderFilter
from orgmodel.analysis.statistics.span_comparison import Difference
from orgmodel.analysis.statistics.span_counts import (
    Average,
    BandCount,
    LayerCount,
    OneToOne,
    WorkCount,
)
from orgmodel.analysis.tables import ColumnType
from orgmodel.model import entities, provenance, reporting
from orgmodel.model.amounts import Amount, Interval
from orgmodel.model.bands import Band, Fit, WorkBand
from orgmodel.model.dates import PartialDate, Period
from orgmodel.model.entities import Kind, Level, MemberRole
from orgmodel.model.findings import Finding
from orgmodel.model.names import Text
from orgmodel.model.profiles import Profile
from orgmodel.model.provenance import Basis, Citation, Evidence
from orgmodel.model.reporting import ReportingLine
from orgmodel.model.statuses import Status
from orgmodel.texts import LANGUAGES

# Names in annotations of the model that only type checkers know there. What is worded is answered
# as a text in both languages.
NAMES: Mapping[str, Any] = {
    **vars(provenance),
    **vars(entities),
    **vars(reporting),
    **{
        one.__name__: one
        for one in (Amount, Band, Fit, Interval, PartialDate, Status, Text, WorkBand)
    },
    "Worded": Text,
}
# What an answer tells of a value beside its fields.
DERIVED: Mapping[type, Mapping[str, Any]] = {
    Amount: {"interval": Interval},
    Band: {"id": str},
    Difference: {"least": float | None, "most": float | None, "is_certain": bool},
}


def plain(value: object) -> Any:
    """Return an answer as JSON holds it; an interval that tells nothing is None, never 0."""
    if value is None or isinstance(value, str | int | float):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, Interval):
        return None if value.is_unknown else value.as_dict()
    if isinstance(value, date | PartialDate):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return _object(value)


def _object(value: object) -> Mapping[str, Any]:
    kind: type = type(value)
    words = getattr(value, "text", None)
    if callable(words) and kind is not Text:
        return {language: words(language) for language in LANGUAGES}
    names = (*field_names(kind), *DERIVED.get(kind, ()))
    return {name: plain(_told(value, name)) for name in names}


def _told(value: object, name: str) -> object:
    found = getattr(value, name)
    return found() if callable(found) else found


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a value's fields that an answer has."""
    assert is_dataclass(kind), kind  # noqa: S101 - answers hold nothing else
    left_out = getattr(kind, "LEFT_OUT", ())
    return tuple(one.name for one in fields(kind) if one.name not in left_out)


class _Made:
    """An answer that is made from another value."""

    __slots__ = ()
    LEFT_OUT: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, value: object, **more: Any) -> Self:
        """Return a value with other fields beside its own, or in place of some."""
        names = (one.name for one in fields(cls) if one.name not in more)  # type: ignore[arg-type]
        return cls(**{name: getattr(value, name) for name in names}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(_Made):
    """An organisation in the list of all.

    Attributes
    ----------
    as_of
        The date that its data are true as of.
    posts, leaders, vacant
        Seats.
    layers
        Posts on the longest chain.
    findings
        How many its data have.
    """

    id: str
    name: Text
    description: Text | None
    as_of: PartialDate
    posts: int
    leaders: int
    vacant: int
    layers: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(_Made):
    """An organisation on a date.

    Attributes
    ----------
    day
        The date that is asked for, else that of its data.
    posts, units
        How many, each entry as many as it stands for.
    top_ids
        The posts that report to nobody.
    days
        The days on which something changes.
    """

    id: str
    name: Text
    description: Text | None
    as_of: PartialDate
    day: date
    posts: int
    units: int
    groups: int
    top_ids: tuple[str, ...]
    kinds: tuple[Kind, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(entities.Unit, _Made):
    """A part of the organisation.

    Attributes
    ----------
    subunit_ids, position_ids
        The units right below it, and the posts in it without those of its subunits.
    """

    subunit_ids: tuple[str, ...]
    position_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(_Made):
    """Who holds a post on the date."""

    person_id: str
    name: str
    acting: bool
    period: Period
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(entities.Position, _Made):
    """A post, whoever holds it.

    Attributes
    ----------
    status, holders
        What is known of its holder on the date, and who that is; without names nobody.
    layer
        1 at the top.
    led_unit_ids
        The units that it leads.
    line
        Who it reports to.
    """

    LEFT_OUT: ClassVar = frozenset({"declared_status", "holdings", "reports_to"})

    status: Status
    holders: tuple[Holder, ...]
    is_leader: bool
    level: Level
    layer: int
    led_unit_ids: tuple[str, ...]
    line: ReportingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(_Made):
    """A post's seat in a group."""

    group_id: str
    role: MemberRole
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """A figure with how it is known, and the citations that it rests on."""

    value: Interval
    basis: Origin
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInFull(Post):
    """A post with its figures and all that touches it.

    Attributes
    ----------
    span, reach
        Whom it leads directly, and everyone below; None of a post that leads nobody.
    report_ids
        The posts that report to it.
    profile
        What a source says of it.
    """

    span: FigureValue | None
    reach: FigureValue | None
    report_ids: tuple[str, ...]
    seats_in_groups: tuple[Seat, ...]
    profile: Profile | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The posts from one to another: up to their closest common leader, then down.

    Attributes
    ----------
    common_leader_id
        None where the two are under different tops; then there are no posts between.
    """

    organisation_id: str
    day: date
    common_leader_id: str | None
    total: int
    next: str | None
    items: tuple[Post, ...]


class FoundBy(StrEnum):
    """What of a post a search fits."""

    HOLDER = "holder"
    TITLE = "title"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A post that a search found."""

    found_by: FoundBy
    post: Post


Leader = make_dataclass(
    "Leader",
    [
        ("id", str),
        ("title", Text),
        ("holder", str | None),
        ("unit_id", str),
        ("status", Status),
        ("level", Level),
        ("level_is_least", bool),
        ("layer", int),
        ("known", Knowing),
        ("work_id", str | None),
        ("fit", Fit),
        ("one_to_one", bool | None),
        ("leader_share", Interval),
        *((one.key, int if one.type is ColumnType.COUNT else Interval) for one in FIGURES),
    ],
    frozen=True,
    slots=True,
    kw_only=True,
    namespace={"__doc__": "A leader's post with its figures, each with its least and its most."},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The spans of the leaders that are asked about, counted; the leaders themselves are paged.

    Attributes
    ----------
    left_out
        How many posts are not counted, by why.
    total, next, items
        How many leaders there are, the address of those that follow, and those of this page.
    """

    organisation_id: str
    day: date
    filter: LeaderFilter
    left_out: Mapping[str, int]
    bands: tuple[BandCount, ...]
    work: tuple[WorkCount, ...]
    layers: tuple[LayerCount, ...]
    averages: tuple[Average, ...]
    one_to_one: OneToOne
    total: int
    next: str | None
    items: tuple[Leader, ...]  # type: ignore[valid-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison."""

    organisation_id: str
    unit_id: str | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sets of spans side by side, certain differences first; without organisations empty."""

    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]
