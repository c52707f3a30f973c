"""Two sets of spans side by side, as a page asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.spans.tables import plain_value
from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.analysis.statistics.span_comparison import Difference, comparison_table, differences
from orgmodel.model.wording import interval_words
from orgmodel.texts import format_day, format_number, format_percent
from webui.asking.languages import _, current_language
from webui.asking.question_rules import SIDES, side_organisations
from webui.asking.span_params import SpanView, span_view
from webui.asking.state import listings, repository
from webui.asking.urls import spans_url, this_page_as
from webui.asking.viewing import names_are_shown, parse_day, stated_day
from webui.pages.span_comparison.context import ComparedRow, SideContext, SpanComparisonContext
from webui.pages.spans.context import Option
from webui.pages.spans.controls import kept_params, unit_options
from webui.pages.spans.page import scope_words
from webui.parts.building import phrase, say_number

if TYPE_CHECKING:
    from orgmodel.analysis.spans.tables import Table
    from orgmodel.model.amounts import Interval
    from orgmodel.model.names import Text

_SET_HERE = frozenset(
    ("date", *(f"{side}-{name}" for side in SIDES for name in ("organisation", "unit", "date")))
)
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its organisation, its leaders, and the date that was asked for."""

    view: SpanView
    date: str


def context() -> SpanComparisonContext:
    """Return the page."""
    sides = _sides()
    found = _differences(sides)
    return SpanComparisonContext(
        sides=tuple(_side_context(name, side) for name, side in zip(SIDES, sides, strict=False)),
        certain=tuple(_row(one) for one in found if one.is_certain),
        others=tuple(_row(one) for one in found if not one.is_certain),
        csv_href=this_page_as("span_comparisons.table"),
        json_href=this_page_as("span_comparisons.data"),
        is_same=len(sides) > 1 and _is_same(sides),
        kept=tuple(kept_params(_SET_HERE.__contains__)),
    )


def comparison_data() -> dict[str, object]:
    """Return every measure of both sides, and how far apart they are."""
    sides = _sides()
    return {
        "sides": [
            {
                "organisation": side.view.loaded.organisation.id,
                "unit": side.view.choice.unit_id,
                "day": side.view.loaded.organisation.day.isoformat(),
            }
            for side in sides
        ],
        "differences": [
            {
                "id": one.id,
                "name": one.name.text(current_language()),
                "first": plain_value(one.first, "en"),
                "second": plain_value(one.second, "en"),
                "difference": {"low": one.least, "high": one.most},
                "certain": one.is_certain,
            }
            for one in _differences(sides)
        ],
    }


def compared_table() -> Table:
    """Return the measures of both sides as a table; without organisations an empty one."""
    sides = _sides()
    first, second = [_side_words(side) for side in sides] or ("", "")
    return comparison_table(_differences(sides), first, second)


def _sides() -> list[_Side]:
    if not listings():
        return []
    found: list[_Side] = []
    for name, organisation_id in side_organisations(request.args).items():
        day = parse_day(request.args.get(f"{name}-date")) or stated_day()
        loaded = repository().get(organisation_id, day, names=names_are_shown())
        found.append(_Side(span_view(loaded, f"{name}-"), "" if day is None else day.isoformat()))
    return found


def _differences(sides: list[_Side]) -> list[Difference]:
    if len(sides) < len(SIDES):
        return []
    first, second = (side.view.report() for side in sides)
    return differences(first, second)


def _is_same(sides: list[_Side]) -> bool:
    first, second = (side.view for side in sides)
    return replace(first, bands=second.bands) == second


def _side_context(name: str, side: _Side) -> SideContext:
    organisation = side.view.loaded.organisation
    return SideContext(
        name=name,
        heading=_("First") if name == SIDES[0] else _("Second"),
        words=_side_words(side),
        organisations=tuple(
            Option(one.id, _plain(one.name), one.id == organisation.id) for one in listings()
        ),
        units=tuple(unit_options(organisation, side.view.choice.unit_id)),
        date=side.date,
        left_out=left_out_words(side.view.counting.spans).text(current_language()),
        href=_spans_href(side),
    )


def _spans_href(side: _Side) -> str:
    """Return the address of a side's own page."""
    view = side.view
    return spans_url(
        view.loaded.organisation.id,
        unit=view.choice.unit_id,
        kind=list(view.choice.kind_ids),
        layer=list(map(str, view.choice.layers)),
        **view.counted_params(),
        date=side.date or None,
    )


def _plain(text: Text) -> str:
    return phrase(text).text


def _side_words(side: _Side) -> str:
    """Return what a side is: the organisation, the part of it, the date."""
    organisation = side.view.loaded.organisation
    scope, _lang = scope_words(side.view)
    name = phrase(organisation.name).text
    whole = scope if scope.startswith(name) else f"{name} · {scope}"
    return f"{whole}, {format_day(organisation.day, current_language(), 'medium')}"


def _row(one: Difference) -> ComparedRow:
    return ComparedRow(
        name=one.name.text(current_language()),
        first=_words(one.first, is_share=one.is_share),
        first_note=_over_words(one.first_over),
        second=_words(one.second, is_share=one.is_share),
        second_note=_over_words(one.second_over),
        difference=_difference_words(one),
    )


def _over_words(over: tuple[int, int] | None) -> str:
    """Return how many leaders an average leaves out; empty where it is over all."""
    if over is None or over[0] == over[1]:
        return ""
    return _("over {known} of {all}", known=say_number(over[0]), all=say_number(over[1]))


def _words(value: Interval | None, *, is_share: bool) -> str:
    language = current_language()
    if value is None:
        return _("not known")
    if not is_share:
        return interval_words(value).text(language)
    low, high = (format_percent(end or 0, language) for end in (value.low, value.high))
    return low if low == high else f"{low} – {high}"


def _difference_words(one: Difference) -> str:
    """Return how much more the second is than the first: +3, −2 to +5, or that it is open."""
    least, most = (_signed(end, is_share=one.is_share) for end in (one.least, one.most))
    if one.first is None or one.second is None or not (least or most):
        return _("not known")
    if not least:
        words = _("at most {n}", n=most)
    elif not most:
        words = _("at least {n}", n=least)
    else:
        words = least if least == most else _("{low} to {high}", low=least, high=most)
    return _("{n} pp", n=words) if one.is_share else words


def _signed(value: float | None, *, is_share: bool) -> str:
    """Return a difference with its sign, of shares in points of a hundred; empty without an end."""
    if value is None:
        return ""
    shown = round(100 * value if is_share else value, 1)
    sign = _MINUS if shown < 0 else "+" if shown > 0 else ""
    return sign + format_number(abs(shown), current_language())
