"""Posts as columns: an organisation of any size, without building its entities.

A row is a post; its position is its index in `forest`. Figures over all posts are computed from
the columns alone; `organisation` builds the entities, which take a hundred times the memory.

Columns of `table`; only the first three are required:

- `id`: the post's unique id
- `reports_to`: the id of the post that it reports to, null for a root
- `title`
- `reference`: the source's identifier of the post, if it differs from its id
- `holder`: the holder's name, null if none is named; several names are separated by
  `HOLDERS_APART`
- `status`: the value of a `Status`; by default named if there is a holder, else unnamed
- `unit`: the name of its unit, null if none is given
- `seats`, `seats_at_least`: as in `Position`; by default 1 and False
- `fte`: the full-time equivalents of all its seats, null if none are stated
- `source`: the index in `sources` of the row's source; by default 0
- `row`: the row number in the source, numbered as in a spreadsheet
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from orgmodel.model.amounts import Amount, Measure
from orgmodel.model.entities import Holding, Kind, Person, Position, StatedLine, Unit
from orgmodel.model.names import Text
from orgmodel.model.organisation import Organisation, Record
from orgmodel.model.provenance import Citation, Evidence
from orgmodel.model.statuses import Stated, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from orgmodel.arrays.forest import Forest, Mask
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.entities import LostLine
    from orgmodel.model.provenance import Source

HOLDERS_APART = "; "
UNIT_KIND = "enhed"


@dataclass(frozen=True, kw_only=True)
class PositionColumns:
    """The posts of one organisation as columns.

    Attributes
    ----------
    id, name, as_of
        Of the organisation.
    table
        One row per post; the columns are described in the module docstring.
    forest
        The reporting lines between rows.
    sources
        The files that the rows come from.
    lost_lines
        By row index, the stated line that could not be kept.
    """

    id: str
    name: str
    as_of: PartialDate
    table: pl.DataFrame
    forest: Forest
    sources: tuple[Source, ...] = ()
    lost_lines: Mapping[int, LostLine] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table)

    def values(self, name: str) -> list[Any]:
        """Return a column as plain values; all None if it is missing."""
        return self.table[name].to_list() if name in self.table else [None] * len(self)

    @cached_property
    def seats(self) -> npt.NDArray[np.int32]:
        """The number of identical posts that each row represents."""
        seats: npt.NDArray[np.int32] = self._column("seats", np.int32, 1)
        return seats

    @cached_property
    def seats_at_least(self) -> Mask:
        """Whether each row may represent more posts."""
        mask: Mask = self._column("seats_at_least", np.bool_, 0)
        return mask

    @cached_property
    def fte(self) -> npt.NDArray[np.float64]:
        """The full-time equivalents of each row; NaN if none are stated."""
        fte: npt.NDArray[np.float64] = self._column("fte", np.float64, np.nan)
        return fte

    @cached_property
    def statuses(self) -> pl.Series:
        """The status of each row."""
        if "status" in self.table:
            return self.table["status"]
        held = pl.Series("status", np.zeros(len(self), np.bool_))
        if "holder" in self.table:
            held = self.table["holder"].is_not_null()
        names = (
            pl.when(held).then(pl.lit(Status.NAMED.value)).otherwise(pl.lit(Status.UNNAMED.value))
        )
        return pl.select(status=names)["status"]

    def with_status(self, status: Status) -> Mask:
        """Return for each row whether it has a given status."""
        if "status" not in self.table and status.facts.stated is not Stated.BY_NAMES:
            return np.zeros(len(self), np.bool_)
        return (self.statuses == status.value).to_numpy()

    def _column(self, name: str, dtype: type[np.generic], default: float) -> Any:
        if name not in self.table:
            return np.full(len(self), default, dtype)
        return self.table[name].fill_null(default).to_numpy().astype(dtype, copy=False)

    # Entities -------------------------------------------------------------------------------

    def organisation(self) -> Organisation:
        """Return the organisation with all its entities; takes time and memory for each of them.

        Rows without a unit are put into a unit with the organisation's name. Equal names are one
        person, as everywhere.
        """
        units = dict.fromkeys(name or self.name for name in self.values("unit"))
        taken = set(self.values("id"))
        unit_ids = {name: _free_id(f"enhed-{n}", taken) for n, name in enumerate(units, 1)}
        people: dict[str, Person] = {}
        positions = tuple(self._positions(unit_ids, people))
        return Organisation(
            Record(
                id=self.id,
                name=Text(self.name),
                as_of=self.as_of,
                units=tuple(
                    Unit(id=unit_id, name=Text(name), kind_id=UNIT_KIND, complete=True)
                    for name, unit_id in unit_ids.items()
                ),
                positions=positions,
                people=tuple(people.values()),
                sources=self.sources,
                kinds=(Kind(id=UNIT_KIND, name=Text(UNIT_KIND, "unit")),),
            )
        )

    def _positions(
        self, unit_ids: dict[str, str], people: dict[str, Person]
    ) -> Iterator[Position]:
        """Yield the posts, unit by unit as a file lists them; `people` is filled on the way."""
        names = ("id", "title", "reports_to", "holder", "unit", "seats", "seats_at_least", "fte")
        columns = [self.values(name) for name in (*names, "source", "row")]
        statuses = self.statuses.to_list()
        rows = zip(*columns, statuses, range(len(self)), strict=True)
        place = {name: n for n, name in enumerate(unit_ids)}
        for row in sorted(rows, key=lambda one: place[one[4] or self.name]):
            position_id, title, superior, holder, unit, seats, at_least, fte, *rest = row
            source, number, status, index = rest
            evidence = self._evidence(source, number)
            yield Position(
                id=position_id,
                title=Text(title),
                unit_id=unit_ids[unit or self.name],
                declared_status=_declared(Status(status)),
                seats=seats or 1,
                seats_at_least=bool(at_least),
                fte=None if fte is None else Amount(measure=Measure.FTE, value=fte),
                reports_to=None if superior is None else StatedLine(superior_id=superior),
                line_lost=self.lost_lines.get(index),
                holdings=tuple(_holdings(holder, Status(status), people)),
                evidence=evidence,
            )

    def _evidence(self, source: int | None, row: int | None) -> Evidence:
        if not self.sources or row is None:
            return Evidence()
        return Evidence((Citation(self.sources[source or 0].id, str(row)),))


def _declared(status: Status) -> Status | None:
    return status if status.facts.stated is Stated.BY_POST else None


def _holdings(holder: str | None, status: Status, people: dict[str, Person]) -> Iterator[Holding]:
    for name in (holder or "").split(HOLDERS_APART):
        if name:
            person = people.setdefault(name, Person(id=f"person:{len(people) + 1}", name=name))
            yield Holding(person_id=person.id, acting=status.facts.stated is Stated.BY_HOLDING)


def _free_id(wanted: str, taken: set[str]) -> str:
    """Return an id that nothing else has, and take it."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found
