"""Leadership levels after the Leadership Pipeline, read off the chain and never off the title.

A leader whose reports lead nobody is a leader of staff (leder af medarbejdere); any other is one
step above the highest of the leaders that refer to it: leader of leaders (leder af ledere), then
functional leader (funktionschef). From the fourth step on, whoever has nobody but politicians
above is the top executive (direktør). Politicians stand outside the count.

Source: Dahl & Molly-Søholm, Leadership Pipeline i den offentlige sektor; the rule of counting from
below is ours, because the same title ranks differently from municipality to municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.chains import reading_order
from orgmodel.model.entities import Level, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from orgmodel.model.organisation import Organisation

_TOP_STEP = 4
_BY_STEP = (
    Level.STAFF,
    Level.LEADER_OF_STAFF,
    Level.LEADER_OF_LEADERS,
    Level.FUNCTIONAL,
)


def levels(organisation: Organisation) -> dict[str, Level]:
    """Return every post's level; where not all leaders are known it is the lowest it can be.

    A leader who may refer to another (`or:`) raises nobody's level.
    """
    unsettled = {post for post, line in organisation.lines.items() if line.alternative_ids}
    steps = _steps(organisation, without=unsettled)
    return {
        position_id: _level(organisation, position_id, step) for position_id, step in steps.items()
    }


def _steps(organisation: Organisation, without: Collection[str] = frozenset()) -> dict[str, int]:
    """Return how many layers of leaders each post stands for, itself included; staff 0.

    The lines of posts in `without` do not count.
    """
    order = reading_order(organisation)
    steps = {post: int(post in organisation.leader_ids) for post in order}
    for position_id in reversed(order):
        superior_id = organisation.lines[position_id].superior_id
        planned = organisation.status(position_id) is Status.PLANNED
        if superior_id is not None and not planned and position_id not in without:
            steps[superior_id] = max(steps[superior_id], steps[position_id] + 1)
    return steps


def _level(organisation: Organisation, position_id: str, step: int) -> Level:
    if organisation.positions[position_id].political:
        return Level.POLITICAL
    if step < len(_BY_STEP):
        return _BY_STEP[step]
    superior_id = organisation.lines[position_id].superior_id
    is_top = superior_id is None or organisation.positions[superior_id].political
    return Level.TOP if is_top and step >= _TOP_STEP else Level.FUNCTIONAL


def leader_layers_below(organisation: Organisation) -> dict[str, int]:
    """Return how many layers of leaders are below each post."""
    return {post: max(0, step - 1) for post, step in _steps(organisation).items()}
