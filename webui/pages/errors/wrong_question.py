"""The page, and the data, that say what is wrong with a question and what would be right."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.texts import N_
from webui.asking.languages import _, current_language
from webui.asking.question_rules import SIDES
from webui.asking.span_params import served_bands
from webui.asking.urls import COUNTED, FIT_PREFIX, is_known, this_page_with
from webui.pages.errors.context import WrongField, WrongQuestionContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webui.asking.questions import WrongQuestionError, WrongValue

_LABELS: Mapping[str, str] = {
    "lang": N_("Language"),
    "names": N_("Names"),
    "date": N_("Date"),
    "open": N_("What is open"),
    "closed": N_("What is folded"),
    "more": N_("How much of a wide family"),
    "select": N_("What is selected"),
    "color": N_("Colour by"),
    "light": N_("The group that stands out"),
    "cross": N_("Cross-cutting lines"),
    "kind": N_("Kind of unit"),
    "layer": N_("Layer"),
    "status": N_("Status"),
    "band": N_("Span"),
    "group": N_("Group"),
    "unit": N_("Unit"),
    **{name: WHO_WORDS[who] for name, who in COUNTED.items()},
    "rest": N_("Leaders of staff in other kinds of unit"),
    "own": N_("Where no reference judges"),
    "fit": N_("Against its band"),
    "among": N_("Who a figure counts"),
    "sort": N_("Sorted by"),
    "order": N_("Order"),
    "column": N_("Columns"),
    "page": N_("Page"),
    "organisation": N_("Organisation"),
    "cut": N_("Part of the chart"),
    "chart": N_("Chart"),
    "post": N_("What the part is about"),
    "other": N_("The second of two posts"),
    "depth": N_("Layers of a branch"),
    "size": N_("Size of the picture"),
    "ground": N_("Background of the picture"),
    "spans": N_("Slide on spans of control"),
    "q": N_("Search"),
    "q-first": N_("Search"),
    "q-second": N_("Search"),
    "first": N_("From"),
    "second": N_("To"),
    "from": N_("From"),
    "to": N_("To"),
}


def wrong_question_context(error: WrongQuestionError) -> WrongQuestionContext:
    """Return the page; its form holds what was asked, and asks the same page again."""
    wrong = {(one.name, one.value) for one in error.wrong}
    can_be_asked = request.method in {"GET", "HEAD"}
    return WrongQuestionContext(
        fields=tuple(_field(n, one) for n, one in enumerate(error.wrong)),
        path=request.path if can_be_asked else "",
        kept=tuple(
            pair
            for pair in request.args.items(multi=True)
            if is_known(pair[0]) and pair not in wrong
        ),
        without_href=this_page_with(**{one.name: None for one in error.wrong})
        if can_be_asked
        else "",
    )


def wrong_question_data(error: WrongQuestionError) -> dict[str, object]:
    """Return the same for programs, in the shape of every error and with each parameter."""
    return {
        "ok": False,
        "status": HTTPStatus.BAD_REQUEST.value,
        "error": wrong_title(),
        "message": " ".join(f"{_label(one.name)}: {one.reason.words}" for one in error.wrong),
        "suggestions": [name for one in error.wrong for name in one.reason.nearest],
        "problems": [f"{one.name}={one.value}: {one.reason.words}" for one in error.wrong],
        "parameters": [
            {
                "name": one.name,
                "given": one.value,
                "reason": one.reason.words,
                "nearest": list(one.reason.nearest),
                "allowed": list(one.reason.offered),
            }
            for one in error.wrong
        ],
    }


def wrong_title() -> str:
    """Return what the refusal is called."""
    return _("This question cannot be answered")


def _field(n: int, wrong: WrongValue) -> WrongField:
    is_alone = len(request.args.getlist(wrong.name)) == 1
    return WrongField(
        ident=f"wrong-{n + 1}",
        name=wrong.name,
        label=_label(wrong.name),
        value=wrong.value,
        reason=wrong.reason.words,
        offered=wrong.reason.offered,
        nearest=tuple(
            (one, this_page_with(**{wrong.name: one})) for one in wrong.reason.nearest if is_alone
        ),
    )


def _label(name: str) -> str:
    """Return what a parameter is called on pages."""
    if name in _LABELS:
        return _(_LABELS[name])
    side, _sign, rest = name.partition("-")
    if side in SIDES and rest in _LABELS:
        words = _("First") if side == SIDES[0] else _("Second")
        return f"{words}: {_(_LABELS[rest])}"
    names = {f"{FIT_PREFIX}{one.id}": one.name for one in served_bands().work}
    return names[name].text(current_language()) if name in names else name
