"""Validates the parameters of a URL before a page is built.

A known parameter with an invalid value must not be ignored: an unknown unit, for instance, would be
answered with figures of the whole organisation. Such a request is refused with every invalid value
and the valid ones. An empty value, as forms send it, counts as not given; parameters that the page
does not know are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.analysis.questions.findable import HitKind
from orgmodel.analysis.questions.network import MOST_STEPS
from orgmodel.analysis.spans.facets import UNKNOWN
from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS
from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.model.bands import BANDS_FROM_ZERO, Fit
from orgmodel.model.statuses import Status
from orgmodel.texts import LANGUAGES, N_
from webui.asking.addresses import (
    CHART,
    COUNTED,
    EXPORTED,
    FILTERS,
    FIT_PREFIX,
    NETWORK,
    OFF,
    ON,
    PAGED,
    SIDES,
    SPANS,
    VISIT,
)
from webui.asking.edge import current_viewer, served_bands
from webui.asking.params import DEEPEST, PAPER, POSTS, TRANSPARENT, UNITS
from webui.asking.question_rules import (
    Subject,
    are_counts,
    are_layers,
    are_recorded,
    is_among,
    is_band,
    is_day,
    is_entry,
    is_group,
    is_kind,
    is_layer,
    is_node,
    is_number,
    is_organisation,
    is_part,
    is_post,
    is_range,
    is_room,
    is_short,
    is_staff_work,
    is_unit,
    on_side,
    one_of,
)
from webui.asking.span_params import ASCENDING, DESCENDING, MOST_PAGES
from webui.limits import ENTRIES_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flask import Flask

    from webui.asking.question_rules import Reason, Rule
    from webui.asking.viewer import Args, Viewer


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A parameter with an invalid value."""

    name: str
    value: str
    reason: Reason


class WrongQuestionError(ValueError):
    """The parameters of a request are invalid; `wrong` holds each of them."""

    def __init__(self, wrong: tuple[WrongValue, ...]) -> None:
        super().__init__(", ".join(f"{one.name}={one.value}" for one in wrong))
        self.wrong = wrong


def refuse_wrong_questions(app: Flask) -> None:
    """Check the parameters of every request before its page is built."""

    @app.before_request
    def check() -> None:
        viewer = current_viewer()
        organisation_id = viewer.path.get("organisation_id")
        check_question(viewer, viewer.endpoint or "", viewer.args, organisation_id)


def check_question(viewer: Viewer, endpoint: str, args: Args, organisation_id: str | None) -> None:
    """Raise WrongQuestionError if parameters are invalid for a page.

    Parameters
    ----------
    endpoint
        The page, by Flask's name for it.
    organisation_id
        The organisation that the path names, if any.

    Raises
    ------
    UnknownIdError
        If the organisation does not exist.
    """
    if wrong := tuple(_wrong_values(viewer, endpoint, args, organisation_id)):
        raise WrongQuestionError(wrong)


def _wrong_values(
    viewer: Viewer, endpoint: str, args: Args, organisation_id: str | None
) -> Iterator[WrongValue]:
    rules = rules_of(endpoint, args)
    subject = Subject(viewer, args, organisation_id, units=endpoint.startswith("charts.units"))
    for name, values in args.lists():
        rule = rules.get(name)
        for value in values:
            if rule is not None and value.strip():
                reason = rule(subject, value)
                if reason is not None:
                    yield WrongValue(name, value, reason)


# The parameters of each page ----------------------------------------------------------------------


class Parameter(NamedTuple):
    """A parameter: its label on pages, and the rule for its values."""

    label: str
    rule: Rule


_ON_OFF = one_of(ON, OFF)
# Each has one rule on all pages, except `band`: cards and leaders have different bands.
PARAMETERS: Mapping[str, Parameter] = {
    "lang": Parameter(N_("Language"), one_of(*LANGUAGES)),
    "names": Parameter(N_("Names"), _ON_OFF),
    "date": Parameter(N_("Date"), is_day),
    "open": Parameter(N_("What is open"), are_recorded),
    "closed": Parameter(N_("What is folded"), are_recorded),
    "more": Parameter(N_("How many posts of one leader are shown"), are_counts),
    "layers": Parameter(N_("How many layers are open"), are_layers),
    "room": Parameter(N_("The size of the canvas"), is_room),
    "select": Parameter(N_("What is selected"), are_recorded),
    "color": Parameter(N_("Colour by"), one_of(*Coloring)),
    "light": Parameter(N_("The highlighted group"), is_group),
    "cross": Parameter(N_("Cross-cutting lines"), _ON_OFF),
    "kind": Parameter(N_("Kind of unit"), is_kind),
    "layer": Parameter(N_("Layer"), is_layer),
    "status": Parameter(N_("Status"), one_of(*(one.value for one in Status))),
    "band": Parameter(N_("Span"), is_band),
    "group": Parameter(N_("Group"), is_group),
    "cut": Parameter(N_("Part of the chart"), is_part),
    "chart": Parameter(N_("Chart"), one_of(UNITS, POSTS)),
    "post": Parameter(N_("What the part is about"), is_entry),
    "other": Parameter(N_("The second of two posts"), is_entry),
    "depth": Parameter(N_("Layers of a branch"), is_number(0, DEEPEST)),
    "size": Parameter(N_("Size of the picture"), one_of(*PageSize)),
    "ground": Parameter(N_("Background of the picture"), one_of(TRANSPARENT, PAPER)),
    "spans": Parameter(N_("Slide on spans of control"), _ON_OFF),
    "unit": Parameter(N_("Unit"), is_unit),
    **{name: Parameter(WHO_WORDS[who], _ON_OFF) for name, who in COUNTED.items()},
    "rest": Parameter(N_("Leaders of staff in other kinds of unit"), is_staff_work),
    "own": Parameter(N_("Where there is no guideline span"), _ON_OFF),
    "fit": Parameter(N_("Compared with the guideline"), one_of(*Fit)),
    "among": Parameter(N_("Who a figure counts"), is_among),
    "sort": Parameter(N_("Sorted by"), one_of(*COLUMN_KEYS)),
    "order": Parameter(N_("Order"), one_of(DESCENDING, ASCENDING)),
    "column": Parameter(N_("Columns"), one_of(*COLUMN_KEYS)),
    "page": Parameter(N_("Page"), is_number(1, MOST_PAGES)),
    "organisation": Parameter(N_("Organisation"), is_organisation),
    "q": Parameter(N_("Search"), is_short),
    "only": Parameter(N_("Kind of result"), one_of(*HitKind)),
    "q-first": Parameter(N_("Search"), is_short),
    "q-second": Parameter(N_("Search"), is_short),
    "first": Parameter(N_("From"), is_post),
    "second": Parameter(N_("To"), is_post),
    "from": Parameter(N_("From"), is_day),
    "to": Parameter(N_("To"), is_day),
    "of": Parameter(N_("What the network is around"), is_node),
    "and": Parameter(N_("What it is compared with"), is_node),
    "steps": Parameter(N_("Steps"), is_number(1, MOST_STEPS)),
    "unfold": Parameter(N_("What is unfolded"), is_node),
    "limit": Parameter(N_("Largest number of entries"), is_number(1, ENTRIES_AT_ONCE)),
    "offset": Parameter(N_("Entries skipped"), is_number(0, MOST_PAGES)),
}


def _rules(*names: str) -> dict[str, Rule]:
    return {name: PARAMETERS[name].rule for name in names}


def _side_rules() -> dict[str, Rule]:
    """Return the rules of both sides of a comparison."""
    return {
        f"{side}-{name}": on_side(side, rule) if name in {"unit", "kind", "layer"} else rule
        for side in SIDES
        for name, rule in _rules("organisation", "unit", "kind", "layer", "date").items()
    }


_VISIT = _rules(*VISIT)
_SPANS = {
    **_rules(*SPANS, "kind", "layer", "q"),
    "band": one_of(*(one.id for one in BANDS_FROM_ZERO), UNKNOWN),
}
_COMPARED = {**_rules(*COUNTED, "rest", "own"), **_side_rules()}
_PAGED = _rules(*PAGED)
_EXPORT = _rules(*CHART, *FILTERS, *EXPORTED)
# By page, or by blueprint for all its pages.
RULES: Mapping[str, Mapping[str, Rule]] = {
    "charts": _rules(*CHART, *FILTERS),
    "presentations": _EXPORT,
    "embeds.page": _EXPORT,
    "embeds.make": _EXPORT,
    "spans": _SPANS,
    "span_comparisons": _COMPARED,
    "chains.between": _rules("first", "second", "q-first", "q-second"),
    "changes": _rules("from", "to"),
    "groups": _rules("group"),
    "networks": _rules(*NETWORK, "q", "q-second"),
    "searches": _rules("q", "only"),
    "walks": _rules("q"),
    "api": _PAGED,
    "api.spans": {**_SPANS, **_PAGED},
    "api.span_comparison": _COMPARED,
    "api.between": {**_rules("first", "second"), **_PAGED},
    "api.changes": {**_rules("from", "to"), **_PAGED},
    "api.network": _rules(*NETWORK),
    "api.search": {**_rules("q"), **_PAGED},
}
# Pages without parameters, or with signed parameters only.
_WITHOUT_QUESTIONS = frozenset({"assets", "status", "embeds"})
_WITH_RANGES = frozenset({"spans", "span_comparisons", "api.spans", "api.span_comparison"})


def rules_of(endpoint: str, names: Iterable[str] = ()) -> Mapping[str, Rule]:
    """Return the rules of a page by parameter name; `names` are the given parameters."""
    blueprint = endpoint.partition(".")[0]
    own = RULES.get(endpoint, RULES.get(blueprint))
    if own is None:
        return {} if blueprint in _WITHOUT_QUESTIONS else _VISIT
    ranges = {f"{FIT_PREFIX}{one.id}" for one in served_bands().work}
    has_ranges = not _WITH_RANGES.isdisjoint({endpoint, blueprint})
    found = {one: is_range for one in names if one in ranges} if has_ranges else {}
    return {**_VISIT, **own, **found}
