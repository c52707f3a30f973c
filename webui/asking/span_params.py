"""What an address asks of the spans of control; what cannot be asked never comes here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, request

from orgmodel.analysis.statistics.leader_table import LeaderQuery
from orgmodel.analysis.statistics.leaders import LeaderFilter
from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.model.bands import Fit
from orgmodel.model.entities import LEFT_OUT_AT_FIRST, Who
from orgmodel.reading.bands import bands_named, parse_range
from webui.asking.own_ids import own_unit
from webui.asking.params import search_query
from webui.asking.urls import COUNTED, FIT_PREFIX
from webui.asking.viewing import OFF, names_are_shown

if TYPE_CHECKING:
    from orgmodel.model.bands import BandSet
    from webui.store.loaded import Counting, Loaded

ON = "on"
PAGE_SIZE = 50
ASCENDING, DESCENDING = "asc", "desc"
# Nobody is named in the table before one asks for the column: posts are compared, not people.
HOLDER = "holder"
DEFAULT_COLUMNS = frozenset(
    {"post", "unit", "status", "level", "layer", "seats", "span", "fit", "reach"}
)
MOST_PAGES = 10**7


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands that figures are held against, and whether the address changes any."""

    chosen: BandSet
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SpanView:
    """The spans of an organisation as an address asks for them.

    Attributes
    ----------
    leave_out
        Which posts do not count.
    """

    loaded: Loaded
    choice: LeaderFilter
    bands: Bands
    leave_out: frozenset[Who]

    @property
    def counting(self) -> Counting:
        """The figures of all leaders."""
        return self.loaded.counting(self.leave_out)

    def counted_params(self) -> dict[str, str | None]:
        """Return the parameters that leave the same posts out again, and no others."""
        return {
            name: (OFF if who in self.leave_out else ON)
            if (who in self.leave_out) is not (who in LEFT_OUT_AT_FIRST)
            else None
            for name, who in COUNTED.items()
        }

    def report(self) -> SpanReport:
        """Return the figures of the chosen leaders."""
        return SpanReport(
            self.counting.leaders,
            self.loaded.counting(self.leave_out | {Who.VACANT}).spans,
            self.bands.chosen,
            self.choice,
        )


def span_view(loaded: Loaded, prefix: str = "") -> SpanView:
    """Return what an address asks for; `prefix` stands before the names of the choice."""
    return SpanView(
        loaded=loaded,
        choice=span_choice(loaded, prefix),
        bands=asked_bands(),
        leave_out=frozenset(who for name, who in COUNTED.items() if _is_left_out(name, who)),
    )


def _is_left_out(name: str, who: Who) -> bool:
    asked = request.args.get(name)
    return who in LEFT_OUT_AT_FIRST if asked not in {ON, OFF} else asked == OFF


def span_choice(loaded: Loaded, prefix: str = "") -> LeaderFilter:
    """Return which leaders an address asks for: `unit`, and `kind` and `layer` as often as one likes."""
    asked = request.args.get(f"{prefix}unit")
    unit_id = own_unit(loaded, asked) if asked else None
    layers = {
        int(one)
        for one in request.args.getlist(f"{prefix}layer")
        if one.isascii() and one.isdigit() and len(one) < len(str(MOST_PAGES))
    }
    return LeaderFilter(
        unit_id=unit_id if unit_id in loaded.organisation.units else None,
        kind_ids=tuple(dict.fromkeys(filter(None, request.args.getlist(f"{prefix}kind")))),
        layers=tuple(sorted(layers)),
    )


def served_bands() -> BandSet:
    """Return the bands that the server was started with, else the shipped ones."""
    path = current_app.config["BANDS"]
    return bands_named(str(path))


def asked_bands() -> Bands:
    """Return the bands with what the address sets for this visit: fit-care=30-40, own=on."""
    served = served_bands()
    chosen = served.with_own() if request.args.get("own") == ON else served
    limits: dict[str, tuple[int, int]] = {}
    for work in served.work:
        found = parse_range(request.args.get(f"{FIT_PREFIX}{work.id}", ""))
        if found is not None:
            limits[work.id] = found
    rest = request.args.get("rest")
    staff = {work.id for work in served.work if not work.leads_leaders}
    chosen = chosen.with_limits(limits).assuming(rest if rest in staff else None)
    return Bands(chosen, chosen != served)


def leader_query() -> LeaderQuery:
    """Return which leaders the table is to show, in which order."""
    fit = request.args.get("fit")
    return LeaderQuery(
        text=search_query(),
        fit=next((one for one in Fit if one == fit), None),
        band=request.args.get("band") or None,
        among=request.args.get("among") or None,
        sort=request.args.get("sort") or None,
        descending=request.args.get("order") == DESCENDING,
    )


def asked_columns() -> frozenset[str]:
    """Return the keys of the columns that the table is to show."""
    return frozenset(request.args.getlist("column")) or DEFAULT_COLUMNS


def names_are_asked_for() -> bool:
    """Tell whether the leaders are to be named, where the visit shows names at all."""
    return names_are_shown() and HOLDER in asked_columns()


def page_number() -> int:
    """Return which page of the table is asked for, 1 being the first."""
    text = request.args.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if is_number else 1
