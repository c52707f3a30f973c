"""The properties of all posts as arrays, from which the figures of all posts are computed.

They are read from an organisation's entities, or from columns of posts without a loop over posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, assert_never, cast

import numpy as np

from orgmodel.analysis.questions.chains import may_report as may_report_in
from orgmodel.arrays.forest import NONE
from orgmodel.model.amounts import UNKNOWN
from orgmodel.model.columns import PositionColumns
from orgmodel.model.provenance import Basis
from orgmodel.model.statuses import Status, Who

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import numpy.typing as npt

    from orgmodel.arrays.forest import Forest, Mask
    from orgmodel.model.organisation import Organisation

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int32]

STATUSES = tuple(Status)
# If left out, these kinds count in no span; the other kinds are only no leaders in statistics.
NO_SEAT = frozenset({Who.PLANNED, Who.VACANT, Who.ASSISTANT, Who.STAFF_UNIT})


@dataclass(frozen=True, kw_only=True)
class PostArrays:
    """The posts of an organisation on its date; every array has one number per post, in one order.

    Attributes
    ----------
    ids
        The posts' ids.
    seats
        How many identical posts each entry represents.
    seats_at_least
        Whether it may represent more.
    seats_least
        The lower bound of its seats where `seats` is assumed, else the seats.
    fte_low, fte_high
        The ends of the interval of its full-time equivalents; from 0 to infinity where none are
        stated.
    statuses
        The index of its status in `STATUSES`.
    leads
        Whether it is a leader's post.
    political
        Whether it is a politician's post.
    outside, assistant, in_staff_unit
        Whether it belongs to another organisation; assists its leader; is in a staff unit.
    inferred
        Whether it has a line that no source states.
    lost
        Whether its line is lost, so that its superior is not listed.
    unsettled
        Whether it may report to another post than the one its line is drawn to.
    may_report
        For each alternative superior, the posts that may report to it instead.
    left_out
        Kinds of posts whose seats are not counted, or who are no leaders in statistics.
    """

    forest: Forest
    ids: Sequence[str]
    seats: npt.NDArray[np.int32]
    seats_at_least: Mask
    seats_least: npt.NDArray[np.int32]
    fte_low: npt.NDArray[np.float64]
    fte_high: npt.NDArray[np.float64]
    statuses: npt.NDArray[np.int8]
    leads: Mask
    political: Mask
    outside: Mask
    assistant: Mask
    in_staff_unit: Mask
    inferred: Mask
    lost: Mask
    unsettled: Mask
    may_report: dict[int, list[int]]
    left_out: frozenset[Who]

    def __len__(self) -> int:
        return len(self.ids)

    def with_status(self, *wanted: Status) -> Mask:
        """Return whether each post has one of the statuses."""
        return np.isin(self.statuses, [STATUSES.index(one) for one in wanted])

    @property
    def exist(self) -> Mask:
        """Whether each post exists; planned posts do not."""
        return self.with_status(*(one for one in Status if one.facts.exists))

    def are(self, who: Who) -> Mask:
        """Return whether each post is of a kind that figures may leave out."""
        match who:
            case Who.PLANNED | Who.VACANT:
                return self.with_status(*(one for one in Status if one.facts.left_out_as is who))
            case Who.ASSISTANT:
                return self.assistant
            case Who.STAFF_UNIT:
                return self.in_staff_unit
            case Who.POLITICAL:
                return self.political
            case Who.OUTSIDE:
                return self.outside
            case _:
                assert_never(who)

    @cached_property
    def counted(self) -> Integers:
        """How many seats of each post count in spans and reaches."""
        counts = np.ones(len(self), np.bool_)
        for who in NO_SEAT & self.left_out:
            counts &= ~self.are(who)
        found: Integers = np.where(counts, self.seats, 0)
        return found

    @cached_property
    def most(self) -> Floats:
        """The greatest number of seats that each post may count for; infinite if it is open."""
        return np.where(self.seats_at_least & (self.counted > 0), np.inf, self.counted)

    def led(self) -> Mask:
        """Return whether each post is one of the leaders that statistics are about.

        A vacant leader stays: only the seat is left out, and the next holder will lead the team.
        """
        found = self.leads.copy()
        for who in self.left_out - {Who.VACANT}:
            found &= ~self.are(who)
        return found


def post_arrays(
    source: Organisation | PositionColumns, leave_out: Collection[Who] = ()
) -> PostArrays:
    """Return the arrays of an organisation, or of columns of posts."""
    left_out = frozenset(leave_out)
    if isinstance(source, PositionColumns):
        return _of_columns(source, left_out)
    return _of_entities(source, left_out)


def _of_entities(organisation: Organisation, left_out: frozenset[Who]) -> PostArrays:
    positions = organisation.positions.values()
    numbers = {position_id: n for n, position_id in enumerate(organisation.positions)}
    lines = organisation.lines.values()
    fte = [UNKNOWN if one.fte is None else one.fte.interval() for one in positions]
    staff_units = _staff_units(organisation)

    def array(values: Iterable[Any], dtype: Any = np.bool_) -> npt.NDArray[Any]:
        return np.fromiter(values, dtype, len(numbers))

    return PostArrays(
        forest=organisation.forest,
        ids=list(numbers),
        seats=array((one.seats for one in positions), np.int32),
        seats_least=array(
            (one.seats if (few := one.seats_assumed) is None else few.least for one in positions),
            np.int32,
        ),
        seats_at_least=array(one.seats_at_least for one in positions),
        fte_low=array((one.low for one in fte), np.float64),
        fte_high=array((np.inf if one.high is None else one.high for one in fte), np.float64),
        statuses=array((STATUSES.index(organisation.status(one)) for one in numbers), np.int8),
        leads=array(one in organisation.leader_ids for one in numbers),
        political=array(one.political for one in positions),
        outside=array(one.outside for one in positions),
        assistant=array(one.assistant for one in positions),
        in_staff_unit=array(one.unit_id in staff_units for one in positions),
        inferred=array(
            one.basis is Basis.INFERRED and one.superior_id is not None for one in lines
        ),
        lost=array(
            position.line_lost is not None and not line.alternative_ids
            for position, line in zip(positions, lines, strict=True)
        ),
        unsettled=array(bool(one.alternative_ids) for one in lines),
        may_report={
            numbers[other_id]: [numbers[one] for one in ones]
            for other_id, ones in may_report_in(organisation).items()
            if other_id in numbers
        },
        left_out=left_out,
    )


def _staff_units(organisation: Organisation) -> set[str]:
    """Return the staff units, which serve the line without being part of it, with all units in them."""
    kinds, found = organisation.kinds, set[str]()
    for unit in organisation.units.values():
        kind = kinds.get(unit.kind_id)
        if unit.parent_id in found or (kind is not None and kind.staff):
            found.add(unit.id)
    return found


def _of_columns(columns: PositionColumns, left_out: frozenset[Who]) -> PostArrays:
    size = len(columns)
    statuses = np.zeros(size, np.int8)
    for n, status in enumerate(STATUSES):
        if n:
            statuses[columns.with_status(status)] = n
    parents = columns.forest.parents
    exists = np.array([one.facts.exists for one in STATUSES])[statuses]
    leads = np.zeros(size, np.bool_)
    leads[parents[exists & (parents != NONE)]] = True
    nowhere = np.zeros(size, np.bool_)
    lost, unsettled = nowhere.copy(), nowhere.copy()
    may_report: dict[int, list[int]] = {}
    meant = {one.superior_id for one in columns.lost_lines.values()} - {None}
    numbers = (
        {
            position_id: n
            for n, position_id in enumerate(columns.table["id"])
            if position_id in meant
        }
        if meant
        else {}
    )
    for row, line in columns.lost_lines.items():
        number = numbers.get(line.superior_id or "")
        if number is None:
            lost[row] = True
        else:
            unsettled[row] = True
            may_report.setdefault(number, []).append(row)
            leads[number] = True
    return PostArrays(
        forest=columns.forest,
        # A series behaves like a sequence and creates no text before an item is read.
        ids=cast("Sequence[str]", columns.table["id"]),
        seats=columns.seats,
        seats_at_least=columns.seats_at_least,
        seats_least=columns.seats,
        fte_low=np.nan_to_num(columns.fte, nan=0.0),
        fte_high=np.nan_to_num(columns.fte, nan=np.inf),
        statuses=statuses,
        leads=leads,
        political=nowhere,
        outside=nowhere,
        assistant=nowhere,
        in_staff_unit=nowhere,
        # Each row states whom it reports to.
        inferred=nowhere,
        lost=lost,
        unsettled=unsettled,
        may_report=may_report,
        left_out=left_out,
    )
