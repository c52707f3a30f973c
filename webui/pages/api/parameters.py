"""The parameters of a part of a chart, and of the sides of a comparison, as the API describes them.

Each is a name, an example and its meaning.
"""

from __future__ import annotations

from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.drawing.views import Cut
from orgmodel.texts import N_
from webui.asking.addresses import ON
from webui.asking.params import TRANSPARENT, UNITS, WHOLE

VIEW_PARAMETERS = (
    ("chart", UNITS, N_("The chart of units; otherwise that of posts.")),
    (
        "cut",
        " | ".join((WHOLE, *(one.value for one in Cut if one is not Cut.OPENED))),
        N_("Which part of the chart; otherwise, what is unfolded."),
    ),
    ("post", "<post or unit id>", N_("What the part is about.")),
    ("other", "<post id>", N_("The second of two posts.")),
    ("depth", "<number>", N_("This many layers below the top of a branch.")),
    ("open", "<ids with commas, or all>", N_("What is unfolded beyond the first layers.")),
    ("closed", "<ids with commas>", N_("What is folded.")),
    ("color", " | ".join(Coloring), N_("What the colours mean.")),
    ("light", "<group id>", N_("The group whose members are highlighted.")),
    ("cross", "off", N_("Without cross-cutting lines.")),
    ("size", " | ".join(PageSize), N_("Size of a picture.")),
    ("ground", TRANSPARENT, N_("A picture without a background.")),
    (
        "spans",
        ON,
        N_("In PowerPoint: one more slide, on the spans of the leaders that are shown."),
    ),
)
SIDE_PARAMETERS = tuple(
    (f"{side}-{name}", example, meaning)
    for side in ("first", "second")
    for name, example, meaning in (
        ("organisation", "<organisation id>", N_("The organisation on that side.")),
        ("unit", "<unit id>", N_("Only leaders in this unit and below it, on that side.")),
        ("kind", "<kind of unit>", N_("Only leaders in units of this kind, on that side.")),
        ("layer", "<number>", N_("Only leaders in this layer, on that side.")),
        ("date", "2026-05-01", N_("The date on that side.")),
    )
)
