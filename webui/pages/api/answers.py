"""What the API answers with: the frozen values of the model, and these with what holds on a date.

An answer has the names of a value's fields as its keys; `schemas.py` describes them for programs.
Within version 1 fields may be added, but none is renamed or removed: `tests/webui/test_api.py` knows
all of them.
"""

# Annotations are evaluated here: schemas are made from them.

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from orgmodel.analysis.questions.changes import ChangeKind
from orgmodel.analysis.spans.choosing import Choice
from orgmodel.analysis.spans.counting import Knowing
from orgmodel.analysis.spans.figure_facts import Origin
from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.analysis.spans.span_counts import Average, BandCount, LayerCount, OneToOne, WorkCount
from orgmodel.analysis.spans.tables import Sort
from orgmodel.model import entities, provenance, reporting
from orgmodel.model.amounts import Amount, Interval
from orgmodel.model.bands import Band, Fit, WorkBand
from orgmodel.model.dates import PartialDate, Period
from orgmodel.model.entities import Framework, Group, Kind, Level, MemberRole, Relation
from orgmodel.model.findings import Severity
from orgmodel.model.names import Text
from orgmodel.model.profiles import Profile
from orgmodel.model.provenance import Basis, Citation, Evidence, Source
from orgmodel.model.reporting import ReportingLine
from orgmodel.model.statuses import Status

# What each adds to its fields: an amount the interval that it settles.
DERIVED: Mapping[type, Mapping[str, Any]] = {
    Amount: {"interval": (Interval, Amount.interval)},
    Band: {"id": (str, lambda band: band.id)},
}


def plain(value: object) -> Any:
    """Return an answer as JSON holds it; an interval that tells nothing is None, never 0."""
    if value is None or isinstance(value, str | int | float):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, Interval):
        return None if value.is_unknown else value.as_dict()
    if isinstance(value, date | PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        found = {name: plain(getattr(value, name)) for name in field_names(type(value))}
        derived = DERIVED.get(type(value), {})
        return found | {name: plain(make(value)) for name, (_type, make) in derived.items()}
    assert isinstance(value, tuple | list), type(value)  # noqa: S101 - answers hold nothing else
    return [plain(one) for one in value]


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a value's fields that an answer has."""
    left_out = getattr(kind, "LEFT_OUT", ())
    return tuple(one.name for one in fields(kind) if one.name not in left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
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
class Organisation:
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


class _OnADay:
    """A model value with what holds on a date beside its own fields, or in place of some."""

    __slots__ = ()
    LEFT_OUT: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, value: Any, **more: Any) -> Self:
        """Return a value with more fields."""
        return cls(**{one.name: getattr(value, one.name) for one in fields(value)}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(entities.Unit, _OnADay):
    """A part of the organisation.

    Attributes
    ----------
    subunit_ids, position_ids
        The units right below it, and the posts in it without those of its subunits.
    """

    subunit_ids: tuple[str, ...]
    position_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a post on the date."""

    person_id: str
    name: str
    acting: bool
    period: Period
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(entities.Position, _OnADay):
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
class Seat:
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
class Finding:
    """Something that the data leave open, contradict or assume.

    Attributes
    ----------
    entity_ids
        The entries that it is about, the first being the one it belongs to.
    recorded
        Whether a person wrote it into the data; else it was worked out from them.
    parts
        Where it says the same of several entries: what it says of each.
    """

    code: str
    severity: Severity
    entity_ids: tuple[str, ...]
    message: Text
    citations: tuple[Citation, ...]
    recorded: bool
    parts: "tuple[Finding, ...]"


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
class Chain:
    """The posts from one upwards to the top, both included."""

    organisation_id: str
    day: date
    items: tuple[Post, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is another on the second date than on the first.

    Attributes
    ----------
    position_id
        The post; of a unit the one that leads it, or led it.
    before, after
        Who holds the post, its status, who it reports to, or the post that leads the unit.
    day
        The first day from which it is as on the second date.
    """

    kind: ChangeKind
    entity_id: str
    position_id: str | None
    name: Text
    before: Text | None
    after: Text | None
    day: date


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
        *((one.key, int if one.sort is Sort.COUNT else Interval) for one in FIGURES),
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
    choice: Choice
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
class Difference:
    """One measure of both sides.

    Attributes
    ----------
    least, most
        Between what second less first lies; None where it has no end, or a side is not known.
    is_certain
        Whether the two differ whatever the data leave open or assume.
    """

    id: str
    name: Text
    is_share: bool
    first: Interval | None
    second: Interval | None
    least: float | None
    most: float | None
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sets of spans side by side, certain differences first; without organisations empty."""

    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]


# Names that annotations of the model hold; there they are known to type checkers only.
NAMES: Mapping[str, Any] = {
    **vars(provenance),
    **vars(entities),
    **vars(reporting),
    **{
        one.__name__: one
        for one in (
            Amount,
            Band,
            Fit,
            Interval,
            PartialDate,
            Status,
            Text,
            WorkBand,
        )
    },
}
# Values of the model that are answers as they are.
__all__ = ["Framework", "Group", "Relation", "ReportingLine", "Source"]
