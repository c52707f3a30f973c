"""Lines that a file states and that cannot be kept: which, what was stated, and why they are lost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.model.entities import LostLine
from orgmodel.model.names import Text
from orgmodel.reading.importing.cells import is_private
from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

# How organograms write that somebody reports to nobody in them.
NOBODY = "xx"
_NOBODY = ["xx", "xX", "Xx", "XX"]
_HIDDEN = "…"
# By the code of the note that says so of the row.
_REASONS: Mapping[str, str] = {
    "superior-unknown": N_(
        "the file has no post of that name, and the post now reports to nobody"
    ),
    "superior-left-out": N_(
        "the row of that name was left out, and the post now reports to nobody"
    ),
    "superior-itself": N_("that is the post itself, and it now reports to nobody"),
    "circle": N_(
        "the lines of the file ran in a circle, of which any may be wrong; the post now reports to nobody"
    ),
}


class _Lost(NamedTuple):
    code: str
    superior: int | None


class LostLines:
    """Collects the lines of one import that are lost, by the index of the post.

    Parameters
    ----------
    above
        Whom each post reports to, in the file's words; null where it is said to report to nobody.
    """

    def __init__(self, above: pl.Series) -> None:
        self._above = above
        self._lost: dict[int, _Lost] = {}
        states = above.is_not_null() & ~above.is_in(_NOBODY).fill_null(value=False)
        self.has_top = not states.all()
        self.stated = int(states.sum())

    def add(self, index: int, code: str, superior: int | None = None) -> None:
        """Note that a line is lost; `superior` is the listed post that it went to."""
        self._lost[index] = _Lost(code, superior)

    def take_for_top(self, index: int) -> None:
        """Note that what a post states is no line, but a way to say that it is the top."""
        self._lost.pop(index, None)
        self.stated -= 1

    def found(self, ids: pl.Series) -> dict[int, LostLine]:
        """Return the lost lines, where `ids` are our ids of all posts."""
        return {
            index: LostLine(
                stated=_shown(self._above[index]),
                superior_id=None if superior is None else ids[superior],
                reason=_reason(code),
            )
            for index, (code, superior) in sorted(self._lost.items())
        }


def _shown(stated: str) -> str:
    """Return what a file says as a text that may stand in the data."""
    return _HIDDEN if is_private(stated) else stated[:LONGEST_TEXT]


@cache
def _reason(code: str) -> Text:
    words = message(_REASONS[code])
    return Text(words.text("da"), words.text("en"))
