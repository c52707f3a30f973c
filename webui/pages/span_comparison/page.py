"""The page that compares two sets of spans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.analysis.statistics.span_comparison import Difference, comparison_table, differences
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.model.wording import interval_words
from orgmodel.texts import format_day, format_number, format_percent
from webui.asking.addresses import SIDES, parse_day
from webui.asking.edge import current_viewer, repository, requested_listings
from webui.asking.question_rules import side_organisations
from webui.asking.span_params import SpanRequest, span_request
from webui.pages.spans.controls import unit_options
from webui.pages.spans.page import scope_words
from webui.parts.building import phrase
from webui.parts.context import Option
from webui.server.downloads import CSV, file_answer

if TYPE_CHECKING:
    from orgmodel.analysis.tables import Table
    from orgmodel.model.amounts import Interval
    from orgmodel.model.names import Text
    from webui.asking.viewer import Viewer
    from webui.store.data_files import Listing

bp = Blueprint("span_comparisons", __name__)


@bp.get("/spans/compare")
def page() -> str:
    """Show the comparison, differences first."""
    viewer = current_viewer()
    context = comparison_context(viewer, requested_sides(viewer), requested_listings())
    return render_template("pages/span_comparison/page.html", page=context)


@bp.get("/spans/compare.csv")
def table() -> Response:
    """Return the differences as CSV."""
    viewer = current_viewer()
    text = csv_text(compared_table(viewer, requested_sides(viewer)), viewer.language)
    return file_answer(text.encode(), CSV, "spans-compared.csv")


def requested_sides(viewer: Viewer) -> list[Side]:
    """Return the two sides that the URL requests; none without organisations."""
    listings = requested_listings()
    if not listings:
        return []
    found: list[Side] = []
    for name, organisation_id in side_organisations(viewer.args, listings).items():
        day = parse_day(viewer.args.get(f"{name}-date")) or viewer.day
        loaded = repository().get(organisation_id, day, names=viewer.names)
        asked = span_request(viewer, loaded, f"{name}-")
        found.append(Side(asked, "" if day is None else day.isoformat()))
    return found


@dataclass(frozen=True, slots=True)
class SideContext:
    """One side: its selection and the alternatives."""

    name: str
    heading: str
    words: str
    organisations: tuple[Option, ...]
    units: tuple[Option, ...]
    date: str
    left_out: str
    href: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A measure of both sides, and the difference of the second from the first."""

    name: str
    first: str
    first_note: str
    second: str
    second_note: str
    difference: str


@dataclass(frozen=True, slots=True)
class SpanComparisonContext:
    """The page; certain differences are separate from possible ones."""

    sides: tuple[SideContext, ...]
    certain: tuple[ComparedRow, ...]
    others: tuple[ComparedRow, ...]
    is_same: bool
    kept: tuple[tuple[str, str], ...]


_SET_HERE = frozenset(
    ("date", *(f"{side}-{name}" for side in SIDES for name in ("organisation", "unit", "date")))
)
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its organisation, its leaders, and the requested date."""

    asked: SpanRequest
    date: str


def comparison_context(
    viewer: Viewer, sides: list[Side], listings: tuple[Listing, ...]
) -> SpanComparisonContext:
    """Return the page."""
    found = _differences(sides)
    return SpanComparisonContext(
        sides=tuple(
            _side_context(viewer, name, side, listings)
            for name, side in zip(SIDES, sides, strict=False)
        ),
        certain=tuple(_row(viewer, one) for one in found if one.is_certain),
        others=tuple(_row(viewer, one) for one in found if not one.is_certain),
        is_same=len(sides) > 1 and _is_same(sides),
        kept=viewer.kept_params(*_SET_HERE),
    )


def compared_table(viewer: Viewer, sides: list[Side]) -> Table:
    """Return the measures of both sides as a table, empty without organisations."""
    first, second = [_side_words(viewer, side) for side in sides] or ("", "")
    return comparison_table(_differences(sides), first, second)


def _differences(sides: list[Side]) -> list[Difference]:
    if len(sides) < len(SIDES):
        return []
    first, second = (side.asked.report() for side in sides)
    return differences(first, second)


def _is_same(sides: list[Side]) -> bool:
    first, second = (side.asked for side in sides)
    return replace(first, bands=second.bands) == second


def _side_context(
    viewer: Viewer, name: str, side: Side, listings: tuple[Listing, ...]
) -> SideContext:
    organisation = side.asked.loaded.organisation
    return SideContext(
        name=name,
        heading=viewer._("First") if name == SIDES[0] else viewer._("Second"),
        words=_side_words(viewer, side),
        organisations=tuple(
            Option(one.id, _plain(viewer, one.name), one.id == organisation.id) for one in listings
        ),
        units=tuple(unit_options(viewer, organisation, side.asked.choice.unit_id)),
        date=side.date,
        left_out=left_out_words(side.asked.counting.spans).text(viewer.language),
        href=_spans_href(viewer, side),
    )


def _spans_href(viewer: Viewer, side: Side) -> str:
    """Return the URL of a side's page of spans."""
    asked = side.asked
    return viewer.url_for(
        "spans.page",
        organisation_id=asked.loaded.organisation.id,
        unit=asked.choice.unit_id,
        kind=list(asked.choice.kind_ids),
        layer=list(map(str, asked.choice.layers)),
        **asked.counted_params(),
        date=side.date or None,
    )


def _plain(viewer: Viewer, text: Text) -> str:
    return phrase(viewer, text).text


def _side_words(viewer: Viewer, side: Side) -> str:
    """Return a side in words: the organisation, its part, the date."""
    organisation = side.asked.loaded.organisation
    scope, _lang = scope_words(viewer, side.asked)
    name = phrase(viewer, organisation.name).text
    whole = scope if scope.startswith(name) else f"{name} · {scope}"
    return f"{whole}, {format_day(organisation.day, viewer.language, 'medium')}"


def _row(viewer: Viewer, one: Difference) -> ComparedRow:
    return ComparedRow(
        name=one.name.text(viewer.language),
        first=_words(viewer, one.first, is_share=one.is_share),
        first_note=_over_words(viewer, one.first_over),
        second=_words(viewer, one.second, is_share=one.is_share),
        second_note=_over_words(viewer, one.second_over),
        difference=_difference_words(viewer, one),
    )


def _over_words(viewer: Viewer, over: tuple[int, int] | None) -> str:
    """Return how many leaders an average leaves out, in words; empty if it is over all."""
    if over is None or over[0] == over[1]:
        return ""
    return viewer._(
        "known for {known} of {all}", known=viewer.number(over[0]), all=viewer.number(over[1])
    )


def _words(viewer: Viewer, value: Interval | None, *, is_share: bool) -> str:
    language = viewer.language
    if value is None:
        return viewer._("not stated")
    if not is_share:
        return interval_words(value).text(language)
    low, high = (format_percent(end or 0, language) for end in (value.low, value.high))
    return low if low == high else f"{low} – {high}"


def _difference_words(viewer: Viewer, one: Difference) -> str:
    """Return second minus first in words: +3, −2 to +5, or that it is open."""
    least, most = (_signed(viewer, end, is_share=one.is_share) for end in (one.least, one.most))
    if one.first is None or one.second is None or not (least or most):
        return viewer._("not stated")
    if not least:
        words = viewer._("at most {n}", n=most)
    elif not most:
        words = viewer._("at least {n}", n=least)
    else:
        words = least if least == most else viewer._("{low} to {high}", low=least, high=most)
    return viewer._("{n} pp", n=words) if one.is_share else words


def _signed(viewer: Viewer, value: float | None, *, is_share: bool) -> str:
    """Return a signed difference, of shares in percentage points; empty if it is open."""
    if value is None:
        return ""
    shown = round(100 * value if is_share else value, 1)
    sign = _MINUS if shown < 0 else "+" if shown > 0 else ""
    return sign + format_number(abs(shown), viewer.language)
