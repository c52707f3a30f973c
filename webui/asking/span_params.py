"""The parameters of the spans of control; `questions.py` refuses invalid ones earlier."""

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
    """The spans of an organisation with the settings that a URL requests.

    Attributes
    ----------
    served, bands
        The server's bands, and the bands that apply, with the changes in the URL.
    leave_out
        The kinds of posts that do not count.
    query, columns, page
        The query, the columns and the page number of the table of leaders.
    names
        Whether the table names the leaders.
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
        """Whether the URL changes any band."""
        return self.bands != self.served

    @property
    def counting(self) -> Counting:
        """The figures of all leaders."""
        return self.loaded.counting(self.leave_out)

    def counted_params(self) -> dict[str, str | None]:
        """Return only the parameters of the posts left out."""
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
    """Return the requested spans; `prefix` precedes the names of the parameters that choose leaders."""
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
        # The table names people only if the column is requested, since it compares posts.
        names=viewer.names and HOLDER in columns,
    )


def _is_left_out(args: Args, name: str, who: Who) -> bool:
    asked = args.get(name)
    return who in LEFT_OUT_AT_FIRST if asked not in {ON, OFF} else asked == OFF


def _choice(loaded: Loaded, args: Args, prefix: str) -> LeaderFilter:
    """Return the filter of leaders in a URL: `unit`, and any number of `kind` and `layer`."""
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
    """Return the bands with the settings of this visit: fit-care=30-40, own=on."""
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
    """Return the filter and the order of the table of leaders."""
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
    """Return the requested page of the table, counted from 1."""
    text = args.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if is_number else 1
