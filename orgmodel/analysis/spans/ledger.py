"""The one ledger: for every leader, each entry that the span or the reach counts or may count.

Every figure of leaders is a sum of these entries, and every explanation a list of them. They stand in
arrays, one number an entry, so that all leaders are added up at once and one leader's are found
without looking at the others'.

An entry adds between `low` and `high` heads. Two of its numbers hold without what is assumed:
`firm_low` and `firm_high`. Assumed are a line that no source states, seats that no source counts, and
what heads `headcounts.py`.

- A report adds its seats; one that may report to another leader (`or:`) nothing at the lower end.
- Who is drawn under another and may report here adds at the upper end only.
- Where a source states how many leaders, or how many others, the post leads directly, that number is
  what counts; the listed posts that are among them add nothing more, and are the least there are.
- Staff in no listed post add what their unit's headcount settles (`headcounts.py`).
- Who reports elsewhere by inference might report here: at the firm upper end only.

A reach begins with its own entries: the stated headcounts of the units led, less the leader's seats, or
else the staff in no listed post; then those below are added who are not in those headcounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.arrays.forest import NONE
from orgmodel.model.statuses import Who
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from orgmodel.analysis.spans.post_arrays import PostArrays
    from orgmodel.arrays.forest import Indices, Mask
    from orgmodel.model.amounts import Interval

    Floats = npt.NDArray[np.float64]


class EntryKind(StrEnum):
    """As what something is counted."""

    DIRECT_LEADER = "direct-leader"
    DIRECT_STAFF = "direct-staff"
    BELOW = "below"
    AMONG_STATED = "among-stated"
    PLANNED = "planned"
    VACANT = "vacant"
    LEFT_OUT = "left-out"
    MAY_REPORT_HERE = "may-report-here"
    MAY_REPORT_ELSEWHERE = "may-report-elsewhere"
    STATED_LEADERS = "stated-leaders"
    STATED_STAFF = "stated-staff"
    STATED = "stated-headcount"
    OWN_SEAT = "own-seat"
    NO_EMPLOYEES = "no-employees"
    NOT_COUNTED = "not-counted"
    KNOWN_BELOW = "known-below"
    UNLISTED = "unlisted"
    UNLISTED_LEADERS = "unlisted-leaders"
    INFERRED_ELSEWHERE = "inferred-elsewhere"


ENTRY_KINDS = tuple(EntryKind)
ENTRY_KIND_WORDS: Mapping[EntryKind, str] = {
    EntryKind.DIRECT_LEADER: N_("direct leader"),
    EntryKind.DIRECT_STAFF: N_("direct staff"),
    EntryKind.BELOW: N_("below"),
    EntryKind.AMONG_STATED: N_("among the number that is stated"),
    EntryKind.PLANNED: N_("not counted: planned posts are left out"),
    EntryKind.VACANT: N_("not counted: advertised posts are left out"),
    EntryKind.LEFT_OUT: N_("not counted: such posts are left out"),
    EntryKind.MAY_REPORT_HERE: N_("may report here"),
    EntryKind.MAY_REPORT_ELSEWHERE: N_("may report elsewhere"),
    EntryKind.STATED_LEADERS: N_("leaders directly, as stated"),
    EntryKind.STATED_STAFF: N_("staff directly, as stated"),
    EntryKind.STATED: N_("stated headcount"),
    EntryKind.OWN_SEAT: N_("own seat"),
    EntryKind.NO_EMPLOYEES: N_("below, and in no headcount"),
    EntryKind.NOT_COUNTED: N_("in the headcount, and not counted"),
    EntryKind.KNOWN_BELOW: N_("known below beyond the stated headcount"),
    EntryKind.UNLISTED: N_("in no listed post"),
    EntryKind.UNLISTED_LEADERS: N_("leaders in no listed post"),
    EntryKind.INFERRED_ELSEWHERE: N_("drawn elsewhere by inference"),
}
# Of the arrays of `Entries`, in their order.
_DTYPES = (np.int32, np.int8, np.int32, np.int32, *(4 * (np.float64,)))


@dataclass(frozen=True)
class Entries:
    """Entries of many leaders; those of one come in the order that they were added.

    Attributes
    ----------
    leaders
        The number of the post whose figure counts the entry.
    kinds
        As what it counts: places in `ENTRY_KINDS`.
    posts
        The number of the post that is counted; of headcounts, the leader's own.
    units
        Of a stated headcount, the unit's number; else NONE.
    low, high, firm_low, firm_high
        What it adds, in heads; below 0 where something is taken off.
    """

    leaders: Indices
    kinds: npt.NDArray[np.int8]
    posts: Indices
    units: Indices
    low: Floats
    high: Floats
    firm_low: Floats
    firm_high: Floats

    def __len__(self) -> int:
        return len(self.leaders)

    @cached_property
    def _grouped(self) -> tuple[Indices, Indices]:
        order = np.argsort(self.leaders, kind="stable").astype(np.int32)
        return order, self.leaders[order]

    def of(self, leader: int) -> Indices:
        """Return the places of one leader's entries."""
        order, leaders = self._grouped
        first, last = np.searchsorted(leaders, [leader, leader + 1])
        return order[first:last]

    def kind(self, place: int) -> EntryKind:
        """Return as what an entry counts."""
        return ENTRY_KINDS[int(self.kinds[place])]

    def are(self, *kinds: EntryKind, at: Indices | None = None) -> Mask:
        """Return whether each entry, or each at some places, is of one of some kinds."""
        is_wanted = np.array([one in kinds for one in ENTRY_KINDS], np.bool_)
        found: Mask = is_wanted[self.kinds if at is None else self.kinds[at]]
        return found

    def sums(self, values: Floats, size: int, chosen: Mask | None = None) -> Floats:
        """Return the sum of a value of entries for each of so many posts, of all or of some."""
        of_all = chosen is None
        leaders, added = (
            (self.leaders, values) if of_all else (self.leaders[chosen], values[chosen])
        )
        # Of no entries at all, NumPy's sums are whole numbers.
        return np.bincount(leaders, added, minlength=size).astype(np.float64, copy=False)

    def counts(self, size: int) -> npt.NDArray[np.int64]:
        """Return how many entries each of so many posts has."""
        return np.bincount(self.leaders, minlength=size)


class EntryWriter:
    """Entries as they are written, whole columns or one by one."""

    def __init__(self) -> None:
        self._columns: list[tuple[npt.NDArray[Any], ...]] = []
        self._rows: list[tuple[float, ...]] = []

    def add(
        self,
        leader: int,
        kind: EntryKind,
        adds: Interval,
        firm: Interval | None = None,
        *,
        post: int | None = None,
        unit: int = NONE,
    ) -> None:
        """Write an entry; `post` is whom it counts where that is not the leader."""
        # Whatever the assumptions allow, dropping them allows as well.
        known = adds if firm is None else firm.hull(adds)
        self._rows.append(
            (
                leader,
                ENTRY_KINDS.index(kind),
                leader if post is None else post,
                unit,
                *ends_of(adds),
                *ends_of(known),
            )
        )

    def add_columns(self, *columns: npt.NDArray[Any]) -> None:
        """Write many entries: a column for each array of `Entries`, in their order."""
        self._columns.append(columns)

    def entries(self) -> Entries:
        """Return what was written, whole columns first."""
        parts = list(self._columns)
        if self._rows or not parts:
            parts.append(tuple(np.array(self._rows, np.float64).reshape(-1, len(_DTYPES)).T))
        columns = (
            [part[n].astype(kind, copy=False) for part in parts] for n, kind in enumerate(_DTYPES)
        )
        # Those of a million posts are not copied where nothing is added to them.
        return Entries(*(one[0] if len(one) == 1 else np.concatenate(one) for one in columns))


@dataclass(frozen=True)
class ReachStarts:
    """What each post's reach begins with, before those below are added; a number a post.

    Attributes
    ----------
    entries
        One by one.
    low, high
        Their sums.
    about
        The same with rough numbers ("ca. 1.700") as their sources give them.
    is_stated
        Whether it begins with stated headcounts.
    added
        Whether those at and below a post are added to the reach of its leader, or are in the stated
        headcounts of the leader's units already.
    hidden_low, hidden_high
        Between what the number of direct leaders lies whom nobody lists.
    """

    entries: Entries
    low: Floats
    high: Floats
    about: Floats
    is_stated: Mask
    added: Mask
    hidden_low: Floats
    hidden_high: Floats


@dataclass(frozen=True)
class Ledger:
    """All entries of one organisation.

    Attributes
    ----------
    posts
        The posts that entries name by their numbers.
    spans
        What spans count.
    reach_starts
        What reaches begin with.
    """

    posts: PostArrays
    spans: Entries
    reach_starts: ReachStarts

    @cached_property
    def report_kinds(self) -> npt.NDArray[np.int8]:
        """As what each post counts with the one that its line is drawn to: places in `ENTRY_KINDS`."""
        return report_kinds(self.posts)


def report_kinds(posts: PostArrays) -> npt.NDArray[np.int8]:
    """Return as what each post counts with the one that its line is drawn to."""
    codes = {kind: ENTRY_KINDS.index(kind) for kind in EntryKind}
    found = np.where(posts.leads, codes[EntryKind.DIRECT_LEADER], codes[EntryKind.DIRECT_STAFF])
    found[posts.unsettled] = codes[EntryKind.MAY_REPORT_ELSEWHERE]
    is_left_out = posts.counted == 0
    found[is_left_out] = codes[EntryKind.LEFT_OUT]
    for who in (Who.PLANNED, Who.VACANT):
        found[is_left_out & posts.are(who)] = codes[EntryKind(who.value)]
    return found.astype(np.int8)


def ends_of(interval: Interval) -> tuple[float, float]:
    """Return both ends of an interval as numbers; an open one is infinite."""
    return interval.low, np.inf if interval.high is None else interval.high
