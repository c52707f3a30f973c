"""The options of a picture that are known without drawing it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Coloring(StrEnum):
    """The property that the colour of a card encodes."""

    LAYER = "layer"
    BAND = "band"
    KIND = "kind"
    STATUS = "status"
    NONE = "none"


COLORING_WORDS: Mapping[Coloring, str] = {
    Coloring.LAYER: N_("Layer"),
    Coloring.BAND: N_("Span of control"),
    Coloring.KIND: N_("Kind of unit"),
    Coloring.STATUS: N_("Staffing"),
    Coloring.NONE: N_("No colours"),
}


class PageSize(StrEnum):
    """The size of a picture. Paper is landscape or portrait, whichever shows the chart larger."""

    FIT = "fit"
    SLIDE = "slide"
    A4 = "a4"
    A3 = "a3"


PAGE_SIZE_WORDS: Mapping[PageSize, str] = {
    PageSize.FIT: N_("As large as the chart"),
    PageSize.SLIDE: N_("Slide (16:9)"),
    PageSize.A4: N_("A4"),
    PageSize.A3: N_("A3"),
}
