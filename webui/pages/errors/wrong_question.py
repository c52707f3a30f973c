"""The page, and the data, that say what is wrong with a question and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.texts import N_
from webui.asking.addresses import COUNTED, FIT_PREFIX, SIDES, is_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.bands import BandSet
    from webui.asking.questions import WrongQuestionError, WrongValue
    from webui.asking.viewer import Viewer


@dataclass(frozen=True, slots=True)
class WrongField:
    """A value that cannot be asked for, in a field that holds it.

    Attributes
    ----------
    offered
        What can be asked for instead, where it is few enough to choose from.
    nearest
        The values spelled most like it, each with the address of the page with it.
    """

    ident: str
    name: str
    label: str
    value: str
    reason: str
    offered: tuple[str, ...]
    nearest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WrongQuestionContext:
    """A question that is refused.

    Attributes
    ----------
    path
        Where the form asks again; empty where what was sent cannot be asked so.
    kept
        What else is asked, passed on as it is.
    without_href
        The page without what is wrong.
    """

    fields: tuple[WrongField, ...]
    path: str
    kept: tuple[tuple[str, str], ...]
    without_href: str


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


def wrong_question_context(
    viewer: Viewer, error: WrongQuestionError, bands: BandSet, path: str
) -> WrongQuestionContext:
    """Return the page; its form holds what was asked, and asks the same page again.

    `path` is where the form asks; empty where what was sent cannot be asked so.
    """
    wrong = {(one.name, one.value) for one in error.wrong}
    return WrongQuestionContext(
        fields=tuple(_field(viewer, bands, n, one) for n, one in enumerate(error.wrong)),
        path=path,
        kept=tuple(
            pair
            for pair in viewer.args.items(multi=True)
            if is_known(pair[0]) and pair not in wrong
        ),
        without_href=viewer.this_page_with(**{one.name: None for one in error.wrong})
        if path
        else "",
    )


def wrong_question_data(
    viewer: Viewer, error: WrongQuestionError, bands: BandSet
) -> dict[str, object]:
    """Return the same for programs, in the shape of every error and with each parameter."""
    return {
        "ok": False,
        "status": HTTPStatus.BAD_REQUEST.value,
        "error": wrong_title(viewer),
        "message": " ".join(
            f"{_label(viewer, bands, one.name)}: {one.reason.words}" for one in error.wrong
        ),
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


def wrong_title(viewer: Viewer) -> str:
    """Return what the refusal is called."""
    return viewer._("This question cannot be answered")


def _field(viewer: Viewer, bands: BandSet, n: int, wrong: WrongValue) -> WrongField:
    is_alone = len(viewer.args.getlist(wrong.name)) == 1
    return WrongField(
        ident=f"wrong-{n + 1}",
        name=wrong.name,
        label=_label(viewer, bands, wrong.name),
        value=wrong.value,
        reason=wrong.reason.words,
        offered=wrong.reason.offered,
        nearest=tuple(
            (one, viewer.this_page_with(**{wrong.name: one}))
            for one in wrong.reason.nearest
            if is_alone
        ),
    )


def _label(viewer: Viewer, bands: BandSet, name: str) -> str:
    """Return what a parameter is called on pages."""
    if name in _LABELS:
        return viewer._(_LABELS[name])
    side, _sign, rest = name.partition("-")
    if side in SIDES and rest in _LABELS:
        words = viewer._("First") if side == SIDES[0] else viewer._("Second")
        return f"{words}: {viewer._(_LABELS[rest])}"
    names = {f"{FIT_PREFIX}{one.id}": one.name for one in bands.work}
    return names[name].text(viewer.language) if name in names else name
