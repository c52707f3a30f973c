"""What an address asks, held against what can be asked, before a page is made.

A parameter that pages know, with a value that means nothing, would else be answered as if it had
not been asked: with figures of the whole organisation, say, for a unit that there is not. Every
such question is refused here, with all that is wrong in it at once and with what would be right.
An empty value, as forms send it, asks nothing; parameters that a page does not know are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import UNKNOWN
from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.model.bands import BANDS_FROM_ZERO, Fit
from orgmodel.model.statuses import Status
from orgmodel.texts import LANGUAGES
from webui.asking.addresses import COUNTED, FIT_PREFIX, OFF, ON, SIDES
from webui.asking.edge import current_viewer, served_bands
from webui.asking.params import DEEPEST, PAPER, POSTS, TRANSPARENT, UNITS
from webui.asking.question_rules import (
    Subject,
    are_counts,
    are_recorded,
    is_among,
    is_band,
    is_day,
    is_entry,
    is_group,
    is_kind,
    is_layer,
    is_number,
    is_organisation,
    is_part,
    is_post,
    is_range,
    is_short,
    is_staff_work,
    is_unit,
    on_side,
    one_of,
)
from webui.asking.span_params import ASCENDING, DESCENDING, MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flask import Flask

    from webui.asking.question_rules import Reason, Rule
    from webui.asking.viewer import Args, Viewer


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A parameter with a value that cannot be asked for."""

    name: str
    value: str
    reason: Reason


class WrongQuestionError(ValueError):
    """A question that cannot be answered; it carries everything that is wrong with it."""

    def __init__(self, wrong: tuple[WrongValue, ...]) -> None:
        super().__init__(", ".join(f"{one.name}={one.value}" for one in wrong))
        self.wrong = wrong


def hold_questions(app: Flask) -> None:
    """Refuse every question that cannot be answered before a page is made of it."""

    @app.before_request
    def refuse_wrong_questions() -> None:
        viewer = current_viewer()
        organisation_id = viewer.path.get("organisation_id")
        check_question(viewer, viewer.endpoint or "", viewer.args, organisation_id)


def check_question(viewer: Viewer, endpoint: str, args: Args, organisation_id: str | None) -> None:
    """Raise WrongQuestionError if a page cannot answer what it is asked.

    Parameters
    ----------
    endpoint
        The page, by Flask's name for it.
    organisation_id
        The organisation that the path names, if any.

    Raises
    ------
    UnknownIdError
        If something is asked of an organisation that there is not.
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


# Which parameters a page knows --------------------------------------------------------------------

_ON_OFF = one_of(ON, OFF)
_VISIT: Mapping[str, Rule] = {"lang": one_of(*LANGUAGES), "names": _ON_OFF, "date": is_day}
_CHART: Mapping[str, Rule] = {
    "open": are_recorded,
    "closed": are_recorded,
    "more": are_counts,
    "select": are_recorded,
    "color": one_of(*Coloring),
    "light": is_group,
    "cross": _ON_OFF,
    "kind": is_kind,
    "layer": is_layer,
    "status": one_of(*(one.value for one in Status)),
    "band": is_band,
    "group": is_group,
}
_EXPORTED: Mapping[str, Rule] = {
    **_CHART,
    "cut": is_part,
    "chart": one_of(UNITS, POSTS),
    "post": is_entry,
    "other": is_entry,
    "depth": is_number(0, DEEPEST),
    "size": one_of(*PageSize),
    "ground": one_of(TRANSPARENT, PAPER),
    "spans": _ON_OFF,
}
_COUNTED: Mapping[str, Rule] = {
    **dict.fromkeys(COUNTED, _ON_OFF),
    "rest": is_staff_work,
    "own": _ON_OFF,
}
_LEADERS: Mapping[str, Rule] = {**_COUNTED, "unit": is_unit, "kind": is_kind, "layer": is_layer}
_QUERY: Mapping[str, Rule] = {
    "q": is_short,
    "band": one_of(*(one.id for one in BANDS_FROM_ZERO), UNKNOWN),
    "fit": one_of(*Fit),
    "among": is_among,
    "sort": one_of(*COLUMN_KEYS),
    "order": one_of(DESCENDING, ASCENDING),
    "column": one_of(*COLUMN_KEYS),
    "page": is_number(1, MOST_PAGES),
}
_SIDES: Mapping[str, Rule] = {
    **_COUNTED,
    **{
        f"{side}-{name}": on_side(side, rule)
        for side in SIDES
        for name, rule in (("unit", is_unit), ("kind", is_kind), ("layer", is_layer))
    },
    **{f"{side}-organisation": is_organisation for side in SIDES},
    **{f"{side}-date": is_day for side in SIDES},
}
# By the page, or by all pages of a blueprint.
RULES: Mapping[str, Mapping[str, Rule]] = {
    "charts": _CHART,
    "presentations": _EXPORTED,
    "embeds.page": _EXPORTED,
    "embeds.make": _EXPORTED,
    "spans": {**_LEADERS, **_QUERY},
    "span_comparisons": _SIDES,
    "chains.between": {
        "first": is_post,
        "second": is_post,
        "q-first": is_short,
        "q-second": is_short,
    },
    "changes": {"from": is_day, "to": is_day},
    "groups": {"group": is_group},
    "searches": {"q": is_short},
    "walks": {"q": is_short},
}
# They answer nobody's question, or only what a link has signed.
_WITHOUT_QUESTIONS = frozenset({"assets", "status", "embeds"})
_WITH_RANGES = frozenset({"spans", "span_comparisons"})


def rules_of(endpoint: str, names: Iterable[str] = ()) -> Mapping[str, Rule]:
    """Return the rules of a page, by its endpoint; `names` are parameters that are asked."""
    blueprint = endpoint.partition(".")[0]
    own = RULES.get(endpoint, RULES.get(blueprint))
    if own is None:
        return {} if blueprint in _WITHOUT_QUESTIONS else _VISIT
    ranges = {f"{FIT_PREFIX}{one.id}" for one in served_bands().work}
    found = {one: is_range for one in names if one in ranges} if blueprint in _WITH_RANGES else {}
    return {**_VISIT, **own, **found}
