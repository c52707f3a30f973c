"""The page and the JSON for invalid parameters, with the values that are offered instead."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from webui.asking.addresses import FIT_PREFIX, SIDES, is_known
from webui.asking.questions import PARAMETERS

if TYPE_CHECKING:
    from orgmodel.model.bands import BandSet
    from webui.asking.questions import WrongQuestionError, WrongValue
    from webui.asking.viewer import Viewer


@dataclass(frozen=True, slots=True)
class WrongField:
    """An invalid value in its form field.

    Attributes
    ----------
    offered
        The valid values, if they are few enough to choose from.
    nearest
        The values with the most similar spelling, each with the URL of the page with it.
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
    """A request with invalid parameters.

    Attributes
    ----------
    path
        The target of the form; empty if the request cannot be repeated by a form.
    kept
        The valid parameters, passed on unchanged.
    without_href
        The URL of the page without the invalid parameters.
    """

    fields: tuple[WrongField, ...]
    path: str
    kept: tuple[tuple[str, str], ...]
    without_href: str


def wrong_question_context(
    viewer: Viewer, error: WrongQuestionError, bands: BandSet, path: str
) -> WrongQuestionContext:
    """Return the page; its form holds the parameters and requests the same page again.

    `path` is the target of the form; empty if the request cannot be repeated by a form.
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
    """Return the errors as JSON data: the fields of every error, plus each parameter."""
    return {
        "ok": False,
        "status": HTTPStatus.BAD_REQUEST.value,
        "code": "wrong-parameters",
        "error": viewer._("This question cannot be answered"),
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
    """Return the label of a parameter on pages."""
    if name in PARAMETERS:
        return viewer._(PARAMETERS[name].label)
    side, _sign, rest = name.partition("-")
    if side in SIDES and rest in PARAMETERS:
        words = viewer._("First") if side == SIDES[0] else viewer._("Second")
        return f"{words}: {viewer._(PARAMETERS[rest].label)}"
    names = {f"{FIT_PREFIX}{one.id}": one.name for one in bands.work}
    return names[name].text(viewer.language) if name in names else name
