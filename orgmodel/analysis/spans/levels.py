"""Leadership levels after the Leadership Pipeline, read off the chain and never off the title.

A leader whose reports lead nobody is a leader of staff (leder af medarbejdere); any other is one
step above the highest of the leaders that report to it: leader of leaders (leder af ledere), then
functional leader (funktionschef). From the fourth step on, whoever has nobody but politicians
above is the top executive (direktør). Politicians stand outside the count.

Source: Dahl & Molly-Søholm, Leadership Pipeline i den offentlige sektor; the rule of counting from
below is ours, because the same title ranks differently from municipality to municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.counting import LEVELS, leadership
from orgmodel.analysis.spans.post_arrays import post_arrays

if TYPE_CHECKING:
    from orgmodel.model.entities import Level
    from orgmodel.model.organisation import Organisation


def levels(organisation: Organisation) -> dict[str, Level]:
    """Return every post's level; where not all leaders are known it is the lowest it can be.

    A leader who may report to another (`or:`) raises nobody's level.
    """
    posts = post_arrays(organisation)
    _steps, found = leadership(posts)
    order = organisation.forest.reading_order().tolist()
    return {posts.ids[n]: LEVELS[found[n]] for n in order}
