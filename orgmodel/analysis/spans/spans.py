"""Span of control (ledelsesspænd), reach and layers, per leader.

Definitions, from the research that Danish public leaders are measured by (Ledelseskommissionen;
KORA and VIVE ask who holds the appraisal interview): the *span* counts those whom a leader leads
directly, the *reach* everyone below. The two are always labelled apart.

- *direct leaders*: seats among the direct reports that are leaders, or the number that a source states
- *direct staff*: seats among the direct reports that are not, and the unlisted staff of the
  leader's own units (`headcounts.py` says when these are certain), or the number that a source states
- *span* = direct leaders + direct staff
- *reach*: the stated headcount of the units led, less the leader's own seat if it is included, plus
  the posts below outside these units; without a stated headcount, or where lines leave or enter the
  units so that it counts other people (`stated_reaches.py`), the sum of what is known below
- *layers above*: posts over the leader; *layers below*: layers of leaders under the leader
- *leader share* = leaders below / reach

- *direct FTE*, *FTE below*: the full-time equivalents that the posts themselves state; never mixed
  with heads

Every figure is a sum of entries of the ledger (`ledger.py`), which says what each adds and what is
assumed. A post whose superior is not settled (`or:`) may or may not report to the one that its line is
drawn to, and to each of the others: it widens the span and the reach of all of them.

Vacant posts count, since the post exists; planned posts do not. Both can be switched; a post that is
left out loses its own seats only, never the posts below it. A politician is no
employee and counts in no headcount.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import polars as pl

from orgmodel.analysis.spans.counting import count_leaders
from orgmodel.analysis.spans.leader_figures import FIGURES, KNOWINGS, LEVELS, Intervals
from orgmodel.analysis.spans.ledger_writing import ledger_of, ledger_of_posts
from orgmodel.analysis.spans.post_arrays import STATUSES, post_arrays
from orgmodel.analysis.tables import plain_value
from orgmodel.errors import UnknownIdError
from orgmodel.model.amounts import Interval
from orgmodel.model.columns import PositionColumns
from orgmodel.model.entities import Level
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Status, Who
from orgmodel.model.wording import level_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from enum import StrEnum

    from orgmodel.analysis.spans.leader_figures import Counts, Knowing
    from orgmodel.analysis.spans.ledger import Ledger
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderSpan:
    """The figures of one leader's post.

    Attributes
    ----------
    position_id, title, unit, holder, status, level
        The post; `holder` is None without a named holder.
    seats
        How many identical posts the row represents; its counts are for all of them together.
    level_is_least
        Whether nobody below is known, so that the level may be higher.
    direct_leaders, direct_staff, span, reach, leaders_below
        Heads, as intervals.
    knowing
        How well the span is known.
    firm_span
        The interval of the span without assumptions.
    reach_about
        The lower end of the reach, with rough numbers ("ca. 1.700") as their sources give them.
    unlisted_staff
        The part of the direct staff that is in no listed post.
    direct_fte, fte_below
        The full-time equivalents of the listed posts that report directly, and of all below; open
        above where some state none.
    layers_above, layers_below
        Posts above; layers of leaders below.
    """

    position_id: str
    title: str
    unit: str
    holder: str | None
    status: Status
    level: Level
    level_is_least: bool
    seats: int
    direct_leaders: Interval
    direct_staff: Interval
    unlisted_staff: Interval
    span: Interval
    knowing: Knowing
    firm_span: Interval
    reach: Interval
    reach_about: float
    direct_fte: Interval
    fte_below: Interval
    leaders_below: Interval
    layers_above: int
    layers_below: int

    @property
    def leader_share(self) -> Interval | None:
        """Leaders below per person below, from 0 to 1; None where nothing bounds it.

        Capped at 1, since leaders below cannot exceed all people below.
        """
        most, reach = self.leaders_below.high, self.reach
        low = 0.0 if reach.high is None else self.leaders_below.low / max(reach.high, 1)
        high = 1.0 if most is None or reach.low == 0 else min(1.0, most / reach.low)
        low = min(low, high)
        return None if (low, high) == (0.0, 1.0) else Interval(low, high)

    def as_dict(self) -> dict[str, object]:
        """Return the row as plain values, as `orgmodel spans --format json` prints it."""
        return {
            "id": self.position_id,
            "title": self.title,
            "holder": self.holder,
            "unit": self.unit,
            "status": self.status.value,
            "known": self.knowing.value,
            **self.figures(),
        }

    def figures(self) -> dict[str, object]:
        """Return the figures by their keys, intervals as their two ends."""
        return {one.key: plain_value(getattr(self, one.key), "en") for one in FIGURES}


class Spans:
    """The figures of every leader, as a sequence in reading order with access by post id.

    The figures are columns; a row is created when it is accessed.

    Attributes
    ----------
    source
        The organisation, or the columns of its posts.
    counts
        The figures as arrays, one number per leader.
    ledger
        The entries that the figures are sums of.
    """

    def __init__(
        self,
        source: Organisation | PositionColumns,
        counts: Counts,
        ids: Sequence[str],
        ledger: Ledger,
    ) -> None:
        self.source = source
        self.counts = counts
        self.ledger = ledger
        self._post_ids = ids

    @property
    def left_out(self) -> frozenset[Who]:
        """Kinds of posts whose seats are not counted, or who are no leaders in statistics."""
        return self.ledger.posts.left_out

    @property
    def organisation(self) -> Organisation:
        """The organisation; for columns, its entities are created on first access."""
        return self._entities

    @cached_property
    def _entities(self) -> Organisation:
        source = self.source
        return source.organisation() if isinstance(source, PositionColumns) else source

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the leaders' posts."""
        ids = self._post_ids
        return tuple(ids[n] for n in self.counts.posts.tolist())

    @cached_property
    def places(self) -> dict[str, int]:
        """The index of each leader's row, by the id of the post."""
        return {position_id: n for n, position_id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.counts)

    @overload
    def __getitem__(self, index: int) -> LeaderSpan: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LeaderSpan]: ...
    def __getitem__(self, index: int | slice) -> LeaderSpan | Sequence[LeaderSpan]:
        if isinstance(index, slice):
            return tuple(self._row(n) for n in range(len(self))[index])
        return self._row(range(len(self))[index])

    def __iter__(self) -> Iterator[LeaderSpan]:
        return (self._row(n) for n in range(len(self)))

    def of(self, position_id: str) -> LeaderSpan:
        """Return the figures of a post, or raise UnknownIdError where it leads nobody."""
        row = self.get(position_id)
        if row is None:
            raise UnknownIdError(position_id, kind="leader")
        return row

    def get(self, position_id: str) -> LeaderSpan | None:
        """Return the figures of a post, or None where it leads nobody."""
        place = self.places.get(position_id)
        return None if place is None else self._row(place)

    def for_nameless(self, organisation: Organisation, renamed: Callable[[str], str]) -> Spans:
        """Return these figures for the organisation with names hidden.

        `renamed` gives the id that a post has there.
        """
        ids = [renamed(position_id) for position_id in self._post_ids]
        return Spans(organisation, self.counts, ids, self.ledger)

    def counted(self) -> Mask:
        """Return whether statistics count each leader."""
        return self.ledger.posts.led()[self.counts.posts]

    def level_words(self, position_id: str) -> Worded:
        """Return the leadership level of a post in words; a post without reports is staff."""
        row = self.get(position_id)
        if row is None:
            return level_words(Level.STAFF, is_least=False)
        return level_words(row.level, is_least=row.level_is_least)

    @cached_property
    def _rows(self) -> dict[int, LeaderSpan]:
        return {}

    @cached_property
    def _knowing(self) -> list[int]:
        return self.counts.knowing.tolist()  # type: ignore[no-any-return]

    def _row(self, n: int) -> LeaderSpan:
        if n not in self._rows:
            self._rows[n] = self._new_row(n)
        return self._rows[n]

    def _new_row(self, n: int) -> LeaderSpan:
        figures = self.counts.row(n)
        position_id = self.ids[n]
        title, holder, unit = self._words(position_id, figures.pop("posts"))
        return LeaderSpan(
            position_id=position_id,
            title=title,
            unit=unit,
            holder=holder,
            status=STATUSES[figures.pop("statuses")],
            level=LEVELS[figures.pop("levels")],
            level_is_least=bool(figures.pop("level_is_least")),
            knowing=KNOWINGS[self._knowing[n]],
            **figures,
        )

    def _words(self, position_id: str, post: int) -> tuple[str, str | None, str]:
        """Return the title, holder and unit of a post."""
        source = self.source
        if isinstance(source, PositionColumns):
            row = source.table.row(post, named=True)
            return row["title"], row.get("holder"), row.get("unit") or source.name
        position = source.positions[position_id]
        unit = source.units[position.unit_id].name.da
        return position.title.da, source.holder_names(position_id) or None, unit

    def columns(self) -> dict[str, Any]:
        """Return the table as columns by name: texts as lists, numbers as arrays.

        The columns are those of `frame`.
        """
        return {
            name: series.to_list() if series.dtype == pl.String else series.to_numpy()
            for name, series in self.frame().to_dict().items()
        }

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the table in the form that data frames exchange (the Arrow PyCapsule interface).

        `polars.DataFrame(spans)` reads it directly, `pandas.DataFrame.from_arrow(spans)` with
        pyarrow; without it, `pandas.DataFrame(spans.columns())`.
        """
        return self.frame().__arrow_c_stream__(requested_schema)

    def frame(self) -> pl.DataFrame:
        """Return the figures as a data frame, one row per leader in reading order.

        Returns
        -------
        frame
            `id`, `title`, `holder`, `unit`, `status`, `level` and `known` (how well the span
            is known) as texts; then `FIGURES` by their keys: counts as whole numbers, intervals as
            `…_low` and `…_high`, null where it is open; both are null where nothing is known.
        """
        counts = self.counts
        columns: dict[str, Any] = {
            "id": pl.Series(self.ids, dtype=pl.String),
            **self._word_columns(),
            "status": _named(counts.statuses, STATUSES),
            "level": _named(counts.levels, LEVELS),
            "known": _named(counts.knowing, KNOWINGS),
        }
        for one in FIGURES:
            values = getattr(counts, one.key)
            if isinstance(values, Intervals):
                columns[f"{one.key}_low"] = _or_null(values.low, values.is_known)
                columns[f"{one.key}_high"] = _or_null(values.high, np.isfinite(values.high))
            else:
                columns[one.key] = values
        return pl.DataFrame(columns)

    def _word_columns(self) -> dict[str, pl.Series]:
        """Return title, holder and unit of all leaders."""
        source = self.source
        if isinstance(source, PositionColumns):
            rows = source.table[self.counts.posts]
            nothing = pl.Series([None] * len(rows), dtype=pl.String)
            units = rows.get_column("unit", default=nothing)
            return {
                "title": rows["title"],
                "holder": rows.get_column("holder", default=nothing),
                "unit": units.fill_null(source.name),
            }
        words = [self._words(one, 0) for one in self.ids]
        return {
            name: pl.Series([one[n] for one in words], dtype=pl.String)
            for n, name in enumerate(("title", "holder", "unit"))
        }


def spans(
    source: Organisation | PositionColumns,
    *,
    leave_out: Collection[Who] = LEFT_OUT_AT_FIRST,
) -> Spans:
    """Return span, reach and layers of every leader.

    Takes time proportional to posts and units; columns are processed without a loop over rows.

    Parameters
    ----------
    source
        The organisation on its date, or the columns of its posts.
    leave_out
        Which posts do not count; `Who` defines the effect of each kind.

    Returns
    -------
    spans
        One row per leader's post, in reading order; `columns()`, polars and pandas read it as a
        table.
    """
    posts = post_arrays(source, leave_out)
    if isinstance(source, PositionColumns):
        ledger = ledger_of_posts(posts)
    else:
        ledger = ledger_of(source, posts)
    return Spans(source, count_leaders(ledger), posts.ids, ledger)


def _named(codes: Any, members: Sequence[StrEnum]) -> pl.Series:
    """Return the values of the enum members that codes index."""
    return pl.Series([one.value for one in members])[pl.Series(codes.astype(np.uint32))]


def _or_null(values: Any, is_known: Mask) -> pl.Series:
    """Return numbers, with null where they are unknown."""
    return pl.Series(np.where(is_known, values, np.nan)).fill_nan(None)
