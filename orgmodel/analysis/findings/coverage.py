"""How many facts about an organisation are stated by its sources, derived by us, or unknown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.onboarding import chairs
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers to one question are of each sort.

    Attributes
    ----------
    stated
        A source, or the data file, says it.
    derived
        We conclude it, and it is one answer.
    bounded
        We conclude it in part: an interval, or "at least".
    unknown
        Neither.
    """

    stated: int = 0
    derived: int = 0
    bounded: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All answers."""
        return self.stated + self.derived + self.bounded + self.unknown

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.stated + other.stated,
            self.derived + other.derived,
            self.bounded + other.bounded,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is known of an organisation, one tally per question; posts count by their seats.

    Planned posts do not exist yet and are left out.

    Attributes
    ----------
    lines
        Who does each post report to? Politicians at the top report to nobody and are left out.
    holders
        Who holds each post? An advert answers that too.
    spans, reaches
        How many does each leader lead directly, and how many are below?
    chairs
        Who chairs each group?
    """

    lines: Tally
    holders: Tally
    spans: Tally
    reaches: Tally
    chairs: Tally

    @property
    def total(self) -> Tally:
        """All answers to all questions."""
        return self.lines + self.holders + self.spans + self.reaches + self.chairs


def coverage(spans: Spans) -> Coverage:
    """Return how much is known of the organisation whose figures these are."""
    organisation = spans.organisation
    figures = Figures(spans)
    return Coverage(
        lines=_lines(organisation),
        holders=_holders(organisation),
        spans=_figures(spans, figures.span),
        reaches=_figures(spans, figures.reach),
        chairs=_chairs(organisation),
    )


def _lines(organisation: Organisation) -> Tally:
    seats = Counter[str]()
    for position_id, line in organisation.lines.items():
        position = organisation.positions[position_id]
        if not organisation.status(position_id).facts.exists:
            continue
        if line.superior_id is None:
            seats["unknown"] += 0 if position.political else position.seats
        elif line.basis is Basis.EXPLICIT:
            seats["stated"] += position.seats
        else:
            seats["bounded" if line.alternative_ids else "derived"] += position.seats
    return Tally(**seats)


def _holders(organisation: Organisation) -> Tally:
    stated, unknown = 0, 0
    for position in organisation.positions.values():
        status = organisation.status(position.id)
        if not status.facts.exists:
            continue
        named = min(position.seats, len(organisation.holdings(position.id)))
        known = position.seats if status.facts.is_open else named
        stated, unknown = stated + known, unknown + position.seats - known
    return Tally(stated=stated, unknown=unknown)


def _figures(spans: Spans, figure_of: Callable[[str], Figure | None]) -> Tally:
    seats = Counter[str]()
    for row in spans:
        figure = figure_of(row.position_id)
        if figure is None or not row.status.facts.exists:
            continue
        if figure.origin is Origin.UNKNOWN:
            seats["unknown"] += row.seats
        elif figure.origin is Origin.STATED and not figure.notes:
            seats["stated"] += row.seats
        else:
            seats["derived" if figure.interval.is_exact else "bounded"] += row.seats
    return Tally(**seats)


def _chairs(organisation: Organisation) -> Tally:
    groups = organisation.groups.values()
    known = sum(bool(chairs(organisation, group)) for group in groups)
    return Tally(stated=known, unknown=len(groups) - known)
