"""The parameters of the spans of control; `questions.py` has refused invalid ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leader_table import LeaderQuery
from orgmodel.analysis.statistics.leaders import LeaderFilter
from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.model.bands import Fit
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.reading.bands import parse_range
from webui.asking.addresses import COUNTED, FIT_PREFIX, OFF, ON
from webui.asking.edge import own_id, served_bands
from webui.asking.params import search_query

if TYPE_CHECKING:
    from orgmodel.model.bands import BandSet
    from webui.asking.viewer import Args, Viewer
    from webui.store.loaded import Counting, Loaded

PAGE_SIZE = 50
ASCENDING, DESCENDING = "asc", "desc"
HOLDER = "holder"
DEFAULT_COLUMNS = frozenset(
    {"post", "unit", "status", "level", "layer", "seats", "span", "fit", "reach"}
)
MOST_PAGES = 10**7


@dataclass(frozen=True, slots=True)
class SpanRequest:
    """The spans of an organisation as an address asks for them.

    Attributes
    ----------
    served, bands
        The server's bands, and those that figures are held against: with what the address changes.
    leave_out
        Which posts do not count.
    query, columns, page
        Which leaders the table of all leaders shows, in which columns, and the number of its page.
    names
        Whether the leaders are named in it.
    """

    loaded: Loaded
    choice: LeaderFilter
    served: BandSet
    bands: BandSet
    leave_out: frozenset[Who]
    query: LeaderQuery
    columns: frozenset[str]
    page: int
    names: bool

    @property
    def bands_changed(self) -> bool:
        """Whether the address changes any band."""
        return self.bands != self.served

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
            self.bands,
            self.choice,
        )


def span_request(viewer: Viewer, loaded: Loaded, prefix: str = "") -> SpanRequest:
    """Return what an address asks for; `prefix` comes before the names that choose the leaders."""
    args, served = viewer.args, served_bands()
    columns = frozenset(args.getlist("column")) or DEFAULT_COLUMNS
    return SpanRequest(
        loaded=loaded,
        choice=_choice(loaded, args, prefix),
        served=served,
        bands=_asked_bands(args, served),
        leave_out=frozenset(who for name, who in COUNTED.items() if _is_left_out(args, name, who)),
        query=_leader_query(args),
        columns=columns,
        page=_page_number(args),
        # Nobody is named in the table before its column is asked for: posts are compared, not people.
        names=viewer.names and HOLDER in columns,
    )


def _is_left_out(args: Args, name: str, who: Who) -> bool:
    asked = args.get(name)
    return who in LEFT_OUT_AT_FIRST if asked not in {ON, OFF} else asked == OFF


def _choice(loaded: Loaded, args: Args, prefix: str) -> LeaderFilter:
    """Return which leaders an address asks for: `unit`, and any number of `kind` and `layer`."""
    asked = args.get(f"{prefix}unit")
    unit_id = own_id(loaded, asked, loaded.organisation.units) if asked else None
    layers = {
        int(one)
        for one in args.getlist(f"{prefix}layer")
        if one.isascii() and one.isdigit() and len(one) < len(str(MOST_PAGES))
    }
    return LeaderFilter(
        unit_id=unit_id if unit_id in loaded.organisation.units else None,
        kind_ids=tuple(dict.fromkeys(filter(None, args.getlist(f"{prefix}kind")))),
        layers=tuple(sorted(layers)),
    )


def _asked_bands(args: Args, served: BandSet) -> BandSet:
    """Return the bands with what the address sets for this visit: fit-care=30-40, own=on."""
    chosen = served.with_own() if args.get("own") == ON else served
    limits: dict[str, tuple[int, int]] = {}
    for work in served.work:
        found = parse_range(args.get(f"{FIT_PREFIX}{work.id}", ""))
        if found is not None:
            limits[work.id] = found
    rest = args.get("rest")
    staff = {work.id for work in served.work if not work.leads_leaders}
    return chosen.with_limits(limits).assuming(rest if rest in staff else None)


def _leader_query(args: Args) -> LeaderQuery:
    """Return which leaders the table is to show, in which order."""
    fit = args.get("fit")
    return LeaderQuery(
        text=search_query(args),
        fit=next((one for one in Fit if one == fit), None),
        band=args.get("band") or None,
        among=args.get("among") or None,
        sort=args.get("sort") or None,
        descending=args.get("order") == DESCENDING,
    )


def _page_number(args: Args) -> int:
    """Return which page of the table is asked for, 1 being the first."""
    text = args.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if is_number else 1
