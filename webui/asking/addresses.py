"""The parameters that addresses can hold, by name, and the values that several of them share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgmodel.model.statuses import Who

if TYPE_CHECKING:
    from collections.abc import Mapping

ON, OFF = "on", "off"
# What holds for a whole visit stays in every address.
VISIT = ("lang", "names", "date")
CHART = ("open", "closed", "more", "select", "color", "light", "cross")
FILTERS = ("kind", "layer", "status", "band", "group")
# Which posts count: on or off.
COUNTED: Mapping[str, Who] = {
    "vacant": Who.VACANT,
    "planned": Who.PLANNED,
    "assistants": Who.ASSISTANT,
    "staff-units": Who.STAFF_UNIT,
    "politicians": Who.POLITICAL,
    "outside": Who.OUTSIDE,
}
SPANS = ("unit", *COUNTED, "rest", "own", "fit", "among", "sort", "order", "column", "page")
SIDES = ("first", "second")
COMPARED = tuple(
    f"{side}-{name}"
    for side in SIDES
    for name in ("organisation", "unit", "kind", "layer", "date")
)
# Each kind of work has a parameter of its own for its fitting range: fit-care=30-40.
FIT_PREFIX = "fit-"
# Which part of which chart is exported, and on which sheet.
EXPORTED = ("cut", "chart", "post", "other", "depth", "size", "ground", "spans")
QUESTIONS = ("q", "q-first", "q-second", "first", "second", "from", "to")
# Which part of a long list the API answers with.
PAGED = ("limit", "offset")
# What else an address holds is not passed on.
PARAMS = frozenset((*VISIT, *CHART, *FILTERS, *SPANS, *COMPARED, *EXPORTED, *QUESTIONS, *PAGED))
# What stands for an entry's id in an address that a script completes.
PLACEHOLDER = "__id__"
LONGEST_QUERY = 200
_EARLIEST, _LATEST = 1800, 2200


def is_known(name: str) -> bool:
    """Tell whether a parameter is one that pages know."""
    return name in PARAMS or name.startswith(FIT_PREFIX)


def parse_day(text: str | None) -> date | None:
    """Return the day that an address writes as 2026-05-01; None for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
