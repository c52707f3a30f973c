"""The ledger: for every leader, each entry that the span or the reach counts or may count.

Every figure of leaders is a sum of these entries, and every explanation is a list of them. They are
kept in arrays, one number per entry, so that all leaders are summed at once and the entries of one
leader are found without a scan.

An entry adds between `low` and `high` heads; `firm_low` and `firm_high` are these ends without
assumptions. Assumed are lines that no source states, seats that no source counts, and what
`headcounts.py` assumes in its docstring.

- A report adds its seats; one that may report to another leader (`or:`) nothing at the lower end.
- A post drawn under another leader that may report here adds at the upper end only.
- Where a source states how many leaders, or how many others, the post leads directly, that number
  counts; listed posts among them add nothing, but their number is the lower bound.
- Staff in no listed post add the number that their unit's headcount implies (`headcounts.py`).
- A post whose line elsewhere is inferred might report here; it adds at the firm upper end only.

A reach begins with its own entries: the stated headcounts of the units led, less the leader's seats, or
else the staff in no listed post; then posts below that are not in those headcounts are added.
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
    """The kinds of ledger entry."""

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
    EntryKind.INFERRED_ELSEWHERE: N_("drawn elsewhere, derived"),
}
# The types of the arrays of `Entries`, in their order.
_DTYPES = (np.int32, np.int8, np.int32, np.int32, *(4 * (np.float64,)))


@dataclass(frozen=True)
class Entries:
    """Entries of many leaders; those of one leader keep the order in which they were added.

    Attributes
    ----------
    leaders
        The number of the post whose figure counts the entry.
    kinds
        The kind of the entry: indices into `ENTRY_KINDS`.
    posts
        The number of the post that is counted; for headcounts, the leader's own.
    units
        The unit's number for a stated headcount, else NONE.
    low, high, firm_low, firm_high
        Heads that it adds; negative for a deduction.
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
        """Return the indices of one leader's entries."""
        order, leaders = self._grouped
        first, last = np.searchsorted(leaders, [leader, leader + 1])
        return order[first:last]

    def kind(self, place: int) -> EntryKind:
        """Return the kind of an entry."""
        return ENTRY_KINDS[int(self.kinds[place])]

    def are(self, *kinds: EntryKind, at: Indices | None = None) -> Mask:
        """Return whether each entry, or each at some indices, is of one of some kinds."""
        is_wanted = np.array([one in kinds for one in ENTRY_KINDS], np.bool_)
        found: Mask = is_wanted[self.kinds if at is None else self.kinds[at]]
        return found

    def sums(self, values: Floats, size: int, chosen: Mask | None = None) -> Floats:
        """Return the sum of a value per post (`count` posts), over all entries or over some."""
        of_all = chosen is None
        leaders, added = (
            (self.leaders, values) if of_all else (self.leaders[chosen], values[chosen])
        )
        # Without entries, NumPy's sums are integers.
        return np.bincount(leaders, added, minlength=size).astype(np.float64, copy=False)

    def counts(self, size: int) -> npt.NDArray[np.int64]:
        """Return the number of entries of each post."""
        return np.bincount(self.leaders, minlength=size)


class EntryWriter:
    """Collects entries, as whole columns or one by one."""

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
        """Write an entry; `post` is the counted post if that is not the leader."""
        # Every value possible under the assumptions is also possible without them.
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
        """Return the written entries, whole columns first."""
        parts = list(self._columns)
        if self._rows or not parts:
            parts.append(tuple(np.array(self._rows, np.float64).reshape(-1, len(_DTYPES)).T))
        columns = (
            [part[n].astype(kind, copy=False) for part in parts] for n, kind in enumerate(_DTYPES)
        )
        # The columns of a million posts are not copied where no single entry is added.
        return Entries(*(one[0] if len(one) == 1 else np.concatenate(one) for one in columns))


@dataclass(frozen=True)
class ReachStarts:
    """The start of each post's reach, before posts below are added; arrays with a number per post.

    Attributes
    ----------
    entries
        The single entries.
    low, high
        Their sums.
    about
        The same with rough numbers ("ca. 1.700") as their sources give them.
    is_stated
        Whether it begins with stated headcounts.
    added
        Whether a post and those below are added to its leader's reach; False if the stated headcounts
        of the leader's units include them already.
    hidden_low, hidden_high
        The interval of the number of direct leaders in no listed post.
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
        The posts, whose numbers the entries use.
    spans
        The entries of spans.
    reach_starts
        The starts of reaches.
    """

    posts: PostArrays
    spans: Entries
    reach_starts: ReachStarts

    @cached_property
    def report_kinds(self) -> npt.NDArray[np.int8]:
        """The kind of each post's entry at its drawn superior: indices into `ENTRY_KINDS`."""
        return report_kinds(self.posts)


def report_kinds(posts: PostArrays) -> npt.NDArray[np.int8]:
    """Return the kind of each post's entry at its drawn superior."""
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
