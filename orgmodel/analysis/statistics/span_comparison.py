"""Compares two span reports: every measure of both, and the interval of its difference.

The difference of two figures that are intervals is itself an interval, from the least to the most
that it can be. A difference is *certain* if no value of the unknowns, and no wrong
assumption, can make it 0 or change its sign; otherwise the data allow that the two are equal. If there
may be unlisted leaders, their number is open above, and no average or share is certain; neither is an
average that leaves out leaders with unknown spans. Certain differences come first, sorted by relative
size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.span_counts import AVERAGE_WORDS
from orgmodel.analysis.tables import Column, ColumnType, Table, number_column, text_column
from orgmodel.model.amounts import Interval, exactly
from orgmodel.model.bands import SPAN_BANDS
from orgmodel.model.statuses import LEADERS_STATUSES
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.texts import Worded

SHARE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure on both sides.

    Attributes
    ----------
    id, name
        The measure.
    is_share
        Whether it is a share from 0 to 1.
    first, second
        Its value on either side; None where nothing is known.
    first_firm, second_firm
        The values without assumptions.
    is_whole
        Whether neither side can have leaders that the measure leaves out.
    first_over, second_over
        For averages, the number of averaged leaders and of all leaders; None for other measures.
    least, most
        The ends of the interval of second minus first; None if it is open, or a side is unknown.
    """

    id: str
    name: Worded
    is_share: bool
    first: Interval | None
    second: Interval | None
    first_firm: Interval | None
    second_firm: Interval | None
    is_whole: bool
    first_over: tuple[int, int] | None = None
    second_over: tuple[int, int] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether no leader is left out on either side."""
        return all(one is None or one[0] == one[1] for one in (self.first_over, self.second_over))

    @property
    def least(self) -> float | None:
        """The least possible value of second minus first."""
        return _gap(self.second_firm, self.first_firm)

    @property
    def most(self) -> float | None:
        """The greatest possible value of second minus first."""
        gap = _gap(self.first_firm, self.second_firm)
        return None if gap is None else 0.0 - gap

    @property
    def is_certain(self) -> bool:
        """Whether the two differ regardless of unknowns and assumptions."""
        least, most = self.least, self.most
        is_relative = self.is_share or self.first_over is not None
        if is_relative and not (self.is_whole and self.is_complete):
            return False
        return (least is not None and least > 0) or (most is not None and most < 0)

    def weight(self) -> float:
        """Return the least certain difference relative to the greater of the two."""
        if not self.is_certain or self.first is None or self.second is None:
            return 0.0
        gap = max(self.least or 0, -(self.most or 0))
        return gap / max(self.first.low, self.second.low, 1e-9)


def _gap(greater: Interval | None, less: Interval | None) -> float | None:
    """Return the least distance by which one exceeds another; None if it is open."""
    if greater is None or less is None or less.high is None:
        return None
    return round(greater.low - less.high, SHARE_DIGITS)


def differences(first: SpanReport, second: SpanReport) -> list[Difference]:
    """Return every measure of two reports, certain differences first, the greatest of them first."""
    sides = [dict(_measures(report, firm=False)) for report in (first, second)]
    firm = [dict(_measures(report, firm=True)) for report in (first, second)]
    over = [dict(_averaged(report)) for report in (first, second)]
    found = [
        Difference(
            id=key,
            name=name,
            is_share=key.startswith("share-"),
            first=sides[0].get(key),
            second=sides[1].get(key),
            first_firm=firm[0].get(key),
            second_firm=firm[1].get(key),
            is_whole=not (first.may_lack_leaders or second.may_lack_leaders),
            first_over=over[0].get(key),
            second_over=over[1].get(key),
        )
        for key, name in _names()
    ]
    return sorted(found, key=lambda one: (-one.weight(), not one.is_certain))


def _names() -> Iterator[tuple[str, Worded]]:
    yield "leaders", message(N_("Leaders"))
    yield "layers", message(N_("Layers of leaders"))
    for name, words in AVERAGE_WORDS.items():
        over = message(words)
        yield f"mean-{name}", message(N_("Mean span: {over}"), over=over)
        yield f"median-{name}", message(N_("Median span: {over}"), over=over)
    for band in SPAN_BANDS:
        yield f"share-{band.id}", message(N_("Share with a span of {band}"), band=band.words())
    yield "share-unknown", message(N_("Share with a span that is not stated"))
    yield "one-to-one", message(N_("Leaders of one leader"))
    yield from ((one.value, message(one.facts.leaders_words)) for one in LEADERS_STATUSES)


def _averaged(report: SpanReport) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield, for each average, the number of averaged leaders and of all leaders."""
    for one in report.averages():
        yield f"mean-{one.id}", (one.known, one.leaders)
        yield f"median-{one.id}", (one.known, one.leaders)


def _measures(report: SpanReport, *, firm: bool) -> Iterator[tuple[str, Interval | None]]:
    seats = report.seats

    def number(n: float) -> Interval:
        """Return a number of listed leaders; it is open above if there may be more."""
        return Interval(n, None if report.may_lack_leaders else n)

    layers = report.counts.layers_above
    yield "leaders", number(seats)
    yield "layers", number(int(layers.max() - layers.min()) + 1 if len(layers) else 0)
    for one in report.averages():
        yield f"mean-{one.id}", one.firm_mean if firm else one.mean
        yield f"median-{one.id}", one.firm_median if firm else one.median
    if seats:
        for count in report.band_counts():
            if count.band is None:
                yield "share-unknown", exactly(_share(count.leaders, seats))
            elif count.band.low > 0:
                ends = (_share(count.certain, seats), _share(count.possible, seats))
                # An interval from none to all says nothing.
                yield f"share-{count.band.id}", None if ends == (0.0, 1.0) else Interval(*ends)
    links = report.one_to_one()
    most = None if report.may_lack_leaders else links.certain + links.possible
    yield "one-to-one", Interval(0 if firm else links.certain, most)
    yield from ((one.value, number(report.with_status(one))) for one in LEADERS_STATUSES)


def _share(part: int, whole: int) -> float:
    return round(part / whole, SHARE_DIGITS)


def comparison_table(found: Sequence[Difference], first: str, second: str) -> Table:
    """Return the measures of two sides as a table.

    Parameters
    ----------
    first, second
        The names of the sides.
    """
    sides = (("first", first), ("second", second))
    return Table(
        "compared",
        message(N_("Spans compared")),
        message(
            N_(
                "Certain differences first. Where a figure is not known exactly, the two may "
                "be the same."
            )
        ),
        (
            text_column("measure", N_("Measure"), N_("What is compared.")),
            *(
                Column(
                    key,
                    message("{name}", name=name),
                    ColumnType.INTERVAL,
                    message(N_("Of this side.")),
                )
                for key, name in sides
            ),
            number_column("least", N_("Difference, at least"), N_("Second minus first.")),
            number_column("most", N_("Difference, at most"), N_("Second minus first.")),
        ),
        tuple((one.name, one.first, one.second, one.least, one.most) for one in found),
    )
