"""The names of URL parameters, and the values that several of them share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgmodel.model.statuses import Who

if TYPE_CHECKING:
    from collections.abc import Mapping

ON, OFF = "on", "off"
# Parameters of the whole visit are kept in every URL.
VISIT = ("lang", "names", "date")
CHART = ("open", "closed", "more", "layers", "room", "select", "color", "light", "cross")
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
# The fitting range of each kind of work has a parameter: fit-care=30-40.
FIT_PREFIX = "fit-"
# The part of the chart that is exported, and its sheet.
EXPORTED = ("cut", "chart", "post", "other", "depth", "size", "ground", "spans")
# What the network is around, what it leads to, and how far it reaches.
NETWORK = ("of", "and", "steps", "unfold")
# The blueprint of the searches, which look into all organisations.
SEARCHES = "searches"
QUESTIONS = ("q", "only", "q-first", "q-second", "first", "second", "from", "to")
# The page of a long list in the API.
PAGED = ("limit", "offset")
# Other parameters are not passed on.
PARAMS = frozenset(
    (*VISIT, *CHART, *FILTERS, *SPANS, *COMPARED, *EXPORTED, *NETWORK, *QUESTIONS, *PAGED)
)
# The placeholder for an entry's id in a URL that a script completes.
PLACEHOLDER = "__id__"
LONGEST_QUERY = 200
_EARLIEST, _LATEST = 1800, 2200


def is_known(name: str) -> bool:
    """Tell whether pages use a parameter."""
    return name in PARAMS or name.startswith(FIT_PREFIX)


def parse_day(text: str | None) -> date | None:
    """Return the day of a text such as 2026-05-01; None for any other text."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
