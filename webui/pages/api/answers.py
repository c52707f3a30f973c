"""The values that the API returns: the frozen values of the model, some with fields for one date.

The keys of an answer are the names of the fields; `schemas.py` makes their JSON Schema. Within
version 1 fields may be added, but not renamed or removed: `tests/fixtures/api_v1.txt` lists them.
"""

# No `from __future__ import annotations` here: `schemas.py` evaluates the annotations.

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from orgmodel.analysis.questions.findable import HitKind
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

# Names that modules of the model import for type checkers only. A `Worded` value becomes a text in
# both languages.
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
# Properties of a value that an answer holds beside its fields.
DERIVED: Mapping[type, Mapping[str, Any]] = {
    Amount: {"interval": Interval},
    Band: {"id": str},
    Difference: {"least": float | None, "most": float | None, "is_certain": bool},
}


def plain(value: object) -> Any:
    """Return a value as JSON types; an unknown interval is None, never 0."""
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
    return {name: plain(_value_of(value, name)) for name in names}


def _value_of(value: object, name: str) -> object:
    found = getattr(value, name)
    return found() if callable(found) else found


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a type that an answer holds."""
    assert is_dataclass(kind), kind  # noqa: S101 - answers hold nothing else
    left_out = getattr(kind, "LEFT_OUT", ())
    return tuple(one.name for one in fields(kind) if one.name not in left_out)


class _Made:
    """An answer that can be made from another value with the same fields."""

    __slots__ = ()
    LEFT_OUT: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, value: object, **more: Any) -> Self:
        """Return an answer with the fields of a value; `more` adds or replaces fields."""
        names = (one.name for one in fields(cls) if one.name not in more)  # type: ignore[arg-type]
        return cls(**{name: getattr(value, name) for name in names}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(_Made):
    """An organisation in the list of all.

    Attributes
    ----------
    as_of
        The date of its data.
    posts, leaders, vacant
        Seats.
    layers
        Posts on the longest chain.
    findings
        The number of findings in its data.
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
        The requested date, else that of its data.
    posts, units
        Their numbers; an entry that stands for several counts as several.
    top_ids
        The posts that report to nobody.
    days
        The dates on which something changes.
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
        The units directly below it, and the posts in it without those of its subunits.
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
    """A post on the date.

    Attributes
    ----------
    status, holders
        Its status on the date, and the people who hold it; empty without names.
    layer
        1 at the top.
    led_unit_ids
        The units that it leads.
    line
        The reporting line to its superior.
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
    """A figure with its basis and its citations."""

    value: Interval
    basis: Origin
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInFull(Post):
    """A post with its figures, groups, profile and findings.

    Attributes
    ----------
    span, reach
        The people it leads directly, and everyone below; None if the post leads nobody.
    report_ids
        The posts that report to it.
    profile
        The profile of the post in a source.
    """

    span: FigureValue | None
    reach: FigureValue | None
    report_ids: tuple[str, ...]
    seats_in_groups: tuple[Seat, ...]
    profile: Profile | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The chain between two posts: up to their closest common leader, then down.

    Attributes
    ----------
    common_leader_id
        None if the two are under different tops; then `items` is empty.
    """

    organisation_id: str
    day: date
    common_leader_id: str | None
    total: int
    next: str | None
    items: tuple[Post, ...]


class FoundBy(StrEnum):
    """The property of an entry that matches a search: of a unit or a group, `title` is its name."""

    HOLDER = "holder"
    TITLE = "title"
    UNIT = "unit"
    STATUS = "status"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A post that a search found."""

    found_by: FoundBy
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHit:
    """An entry that is not a post.

    Attributes
    ----------
    id
        Of a unit, a group, a framework or a relation its own id; of a task that of its post; of a
        principle that of its framework; of a kind that of what it is a kind of: unit or group.
    title
        Its name, or its text.
    """

    id: str
    title: Text
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHits:
    """The entries of one kind that a search found.

    Attributes
    ----------
    total
        The number of all.
    items
        Those of this page.
    """

    kind: HitKind
    total: int
    items: tuple[OtherHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of what a search found.

    Attributes
    ----------
    total, items
        The posts.
    others
        Entries of other kinds, the kind with the best match first.
    """

    organisation_id: str
    day: date
    total: int
    next: str | None
    items: tuple[Hit, ...]
    others: tuple[OtherHits, ...]


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
    namespace={"__doc__": "A leader's post with its figures as intervals."},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Statistics of the spans of the requested leaders, and one page of these leaders.

    Attributes
    ----------
    left_out
        The number of posts that are not counted, by reason.
    total, next, items
        The number of leaders, the address of the next page, and the leaders of this page.
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
    """Two sets of spans side by side, certain differences first; empty if no organisation is named."""

    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]
