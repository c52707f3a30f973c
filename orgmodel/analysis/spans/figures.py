"""Figures that can be traced: a headline, how it was found, and from what, step by step.

The numbers are sums of the ledger (`ledger.py`); here they are put in words.
"""

from __future__ import annotations

from orgmodel.analysis.spans.figure_facts import Figure, Origin, Step, citations_of
from orgmodel.analysis.spans.headcounts import highest_stated
from orgmodel.analysis.spans.reach_figures import ReachFigures
from orgmodel.analysis.spans.span_figures import SpanFigures, span_words
from orgmodel.model.amounts import total
from orgmodel.model.wording import (
    about_words,
)
from orgmodel.texts import N_, message

__all__ = ["Figure", "Figures", "Origin", "Step", "span_words"]


class Figures(SpanFigures, ReachFigures):
    """The figures of one organisation, made when asked for.

    Attributes
    ----------
    numbers, position_ids
        The number of each post in the ledger, and the other way round.
    unit_ids
        The units by their numbers in the ledger.
    headcounts
        What the units state, with the same posts counted as in the figures.
    """

    def employees(self) -> Figure | None:
        """Return how many are employed in the whole organisation, as far as it is stated.

        The stated headcounts of the highest units that state one; None where none does.
        """
        units, _covered = highest_stated(self._organisation, self.headcounts.as_stated)
        if not units:
            return None
        interval = total(list(units.values()))
        steps: list[Step] = []
        for unit_id in units:
            amounts = self.amounts((unit_id,))
            name = self._organisation.units[unit_id].name
            stated = self.stated_words((unit_id,))
            text = message(N_("{units}: {stated}."), units=name, stated=stated)
            steps.append(Step(text, citations_of(amounts)))
        steps.extend(self._convention_steps(self.amounts(units)))
        plainly, origin = self._plain_words(tuple(units)), Origin.STATED
        if plainly is None:
            about = sum(map(self._about, units))
            plainly, origin = about_words(interval, about), Origin.DERIVED
        return Figure(plainly, interval, origin, tuple(steps), self._differ(units))

    def _about(self, unit_id: str) -> float:
        """Return the least that a unit's headcount is, a rough number as its source gives it."""
        return min(one.value or 0 for one in self.amounts((unit_id,)))
