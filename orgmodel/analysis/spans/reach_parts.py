"""How many parts every reach has, and how many of them are open: sums over the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from orgmodel.analysis.spans.counting import reaches_of
from orgmodel.analysis.spans.ledger import PARTS, Part
from orgmodel.arrays.forest import NONE, Forest

if TYPE_CHECKING:
    import numpy.typing as npt

    from orgmodel.analysis.spans.counting import Floats, Integers
    from orgmodel.analysis.spans.ledger import Ledger


class ReachParts:
    """The parts of every reach in numbers; every array has a number a post.

    Attributes
    ----------
    gains
        How far those who are known below raise a stated headcount: at the lower and the upper end.
    entries
        How many entries the explanation of its reach has.
    included
        Seats below that are in a stated headcount.
    silent, bounded
        Leaders counted below whose people are stated nowhere, or not exactly.
    unsettled, more_seats
        Posts that may report here or elsewhere; posts that may have more seats.
    inferred
        Posts counted below whose line no source states.
    """

    def __init__(self, ledger: Ledger) -> None:
        posts, bases = ledger.posts, ledger.bases
        size, seats = len(posts), ledger.seats.astype(np.int64)
        counted = Forest(np.where(bases.added, posts.forest.parents, NONE))
        _reaches, gains = reaches_of(ledger)
        self.gains: Floats = gains[:, :2]
        own = bases.entries.counts(size) + (self.gains > 0).any(axis=1)
        is_from_elsewhere = bases.entries.parts == PARTS.index(Part.MAY_REFER_HERE)
        elsewhere = np.bincount(bases.entries.leaders[is_from_elsewhere], minlength=size)
        is_silent = ~bases.is_stated & np.isinf(bases.high) & (elsewhere == 0)

        def below(values: npt.NDArray[Any]) -> Integers:
            found: Integers = counted.sums_below(values.astype(np.int64))
            return found

        self.entries = own + below(own + 1)
        self.included = posts.forest.sums_below(seats) - below(seats)
        self.silent = below(is_silent)
        self.bounded = below(~is_silent & (bases.low != bases.high) & (elsewhere == 0))
        self.unsettled = elsewhere + below(elsewhere + (posts.unsettled & (seats > 0)))
        self.more_seats = below(posts.seats_at_least & (seats > 0))
        self.inferred = below(posts.inferred & ~posts.unsettled & (seats > 0))
