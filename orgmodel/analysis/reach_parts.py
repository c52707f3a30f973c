"""How many parts every reach has, and how many of them are open: one pass over all posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.counting import stated_heads
from orgmodel.analysis.post_arrays import post_arrays
from orgmodel.arrays.forest import NONE, Forest

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.counting import Integers
    from orgmodel.analysis.figures import Figures
    from orgmodel.analysis.spans import Spans
    from orgmodel.arrays.forest import Mask
    from orgmodel.model.organisation import Organisation


class ReachParts:
    """The parts of every reach in numbers; every array has a number a post.

    Attributes
    ----------
    numbers
        The number of each post.
    added
        Whether a post is added to the reach of its leader, or is in a stated headcount already.
    entries
        How many entries the explanation of its reach has.
    included
        Seats below that are in a stated headcount.
    silent, bounded
        Leaders counted below whose people are stated nowhere, or not exactly.
    unsettled, more_seats
        Posts that may report here or elsewhere; posts that may have more seats.
    """

    def __init__(self, spans: Spans, figures: Figures) -> None:
        organisation = spans.organisation
        posts = post_arrays(organisation)
        said = stated_heads(organisation, posts, spans.left_out)
        seats = posts.counted_seats(spans.left_out).astype(np.int64)
        self.numbers = {position_id: n for n, position_id in enumerate(posts.ids)}
        self.added: Mask = said.added
        counted = Forest(np.where(said.added, posts.forest.parents, NONE))
        own, is_stated = self._own_entries(organisation, figures)
        elsewhere = np.zeros(len(posts), np.int64)
        outside = figures.enclosing.from_outside
        for number, others in posts.may_refer.items():
            from_outside = outside.get(posts.ids[number], others)
            elsewhere[number] = len(from_outside)
        is_silent = ~is_stated & np.isinf(said.unlisted_high)
        low = np.where(is_stated, said.base_low, said.unlisted_low)
        high = np.where(is_stated, said.base_high, said.unlisted_high)
        own += elsewhere + (~is_stated & (said.unlisted_high > 0))

        def below(values: npt.NDArray[Any]) -> Integers:
            found: Integers = counted.sums_below(values.astype(np.int64))
            return found

        self.entries = own + below(own + 1)
        self.included = posts.forest.sums_below(seats) - below(seats)
        self.silent = below(is_silent)
        self.bounded = below(~is_silent & (low != high))
        self.unsettled = elsewhere + below(elsewhere + (posts.unsettled & (seats > 0)))
        self.more_seats = below(posts.seats_at_least & (seats > 0))

    def _own_entries(self, organisation: Organisation, figures: Figures) -> tuple[Integers, Mask]:
        """Return how many entries stated headcounts make for each post, and whether it has some."""
        found = np.zeros(len(self.numbers), np.int64)
        for position_id in organisation.leader_ids:
            amounts = figures.stated_units(position_id)
            if amounts is not None:
                is_inside = figures.own_heads(position_id) > 0
                found[self.numbers[position_id]] = len(amounts) + is_inside
        return found, found > 0
