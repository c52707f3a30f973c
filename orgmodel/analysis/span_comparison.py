"""Two span reports side by side: every measure of both, and how far apart the two certainly are.

The difference of two figures that are intervals is itself an interval, from the least to the most
that it can be. A difference is *certain* where it cannot be 0; else the data allow that the two are
alike. An average that leaves out leaders of whose span nothing is known is never certain: those could
move it anywhere. Certain differences come first, the greatest in proportion before the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.bands import span_bands
from orgmodel.analysis.span_tables import AVERAGE_WORDS
from orgmodel.analysis.tables import Column, Sort, Table, described
from orgmodel.model.amounts import Interval, exactly
from orgmodel.model.entities import Status
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.analysis.span_report import SpanReport
    from orgmodel.texts import Worded

SHARE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of both sides.

    Attributes
    ----------
    id, name
        The measure.
    is_share
        Whether it is a share from 0 to 1.
    first, second
        What it is on either side; None where nothing is known.
    first_over, second_over
        Of averages, over how many of how many leaders they are; None for what is no average.
    least, most
        Between what second less first lies; None where it has no end, or a side is not known.
    """

    id: str
    name: Worded
    is_share: bool
    first: Interval | None
    second: Interval | None
    first_over: tuple[int, int] | None = None
    second_over: tuple[int, int] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether no leader is left out on either side."""
        return all(one is None or one[0] == one[1] for one in (self.first_over, self.second_over))

    @property
    def least(self) -> float | None:
        """The least that second less first can be."""
        if self.first is None or self.second is None or self.first.high is None:
            return None
        return round(self.second.low - self.first.high, SHARE_DIGITS)

    @property
    def most(self) -> float | None:
        """The most that second less first can be."""
        if self.first is None or self.second is None or self.second.high is None:
            return None
        return round(self.second.high - self.first.low, SHARE_DIGITS)

    @property
    def is_certain(self) -> bool:
        """Whether the two differ whatever the data leave open."""
        least, most = self.least, self.most
        if not self.is_complete:
            return False
        return (least is not None and least > 0) or (most is not None and most < 0)

    def weight(self) -> float:
        """Return how far apart the two certainly are, per the greater of them."""
        if not self.is_certain or self.first is None or self.second is None:
            return 0.0
        gap = max(self.least or 0, -(self.most or 0))
        return gap / max(self.first.low, self.second.low, 1e-9)


def differences(first: SpanReport, second: SpanReport) -> list[Difference]:
    """Return every measure of two reports, certain differences first, the greatest before others."""
    sides = [dict(_measures(report)) for report in (first, second)]
    over = [dict(_averaged(report)) for report in (first, second)]
    names = dict(_names())
    found = [
        Difference(
            key,
            names[key],
            key.startswith("share-"),
            sides[0].get(key),
            sides[1].get(key),
            over[0].get(key),
            over[1].get(key),
        )
        for key in names
    ]
    return sorted(found, key=lambda one: (-one.weight(), not one.is_certain))


def _names() -> Iterator[tuple[str, Worded]]:
    yield "leaders", message(N_("Leaders"))
    yield "layers", message(N_("Layers of leaders"))
    for name, words in AVERAGE_WORDS.items():
        over = message(words)
        yield f"mean-{name}", message(N_("Mean span: {over}"), over=over)
        yield f"median-{name}", message(N_("Median span: {over}"), over=over)
    for band in span_bands():
        yield f"share-{band.id}", message(N_("Share with a span of {band}"), band=band.words())
    yield "share-unknown", message(N_("Share with a span that is not known"))
    yield "one-to-one", message(N_("One-to-one links"))
    yield "vacant", message(N_("Advertised leaders' posts"))
    yield "acting", message(N_("Acting leaders"))


def _averaged(report: SpanReport) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield for each average over how many of how many leaders it is."""
    for one in report.averages():
        yield f"mean-{one.id}", (one.known, one.leaders)
        yield f"median-{one.id}", (one.known, one.leaders)


def _measures(report: SpanReport) -> Iterator[tuple[str, Interval | None]]:
    seats = report.seats
    yield "leaders", exactly(seats)
    layers = report.counts.layers_above
    yield "layers", exactly(int(layers.max() - layers.min()) + 1 if len(layers) else 0)
    for one in report.averages():
        yield f"mean-{one.id}", one.mean
        yield f"median-{one.id}", one.median
    if seats:
        for count in report.band_counts():
            if count.band is None:
                yield "share-unknown", exactly(_share(count.leaders, seats))
            elif count.band.low > 0:
                ends = (_share(count.settled, seats), _share(count.possible, seats))
                yield f"share-{count.band.id}", Interval(*ends)
    links = report.one_to_one()
    yield "one-to-one", Interval(links.certain, links.certain + links.possible)
    yield "vacant", exactly(report.with_status(Status.VACANT))
    yield "acting", exactly(report.with_status(Status.ACTING))


def _share(part: int, whole: int) -> float:
    return round(part / whole, SHARE_DIGITS)


def comparison_table(found: Sequence[Difference], first: str, second: str) -> Table:
    """Return the measures of two sides as a table.

    Parameters
    ----------
    first, second
        What the sides are, in words.
    """
    sides = (("first", first), ("second", second))
    return Table(
        "compared",
        message(N_("Spans compared")),
        message(
            N_("Certain differences first; where the data leave it open, the two may be alike.")
        ),
        (
            described("measure", N_("Measure"), Sort.TEXT, N_("What is compared.")),
            *(
                Column(
                    key, message("{name}", name=name), Sort.INTERVAL, message(N_("Of this side."))
                )
                for key, name in sides
            ),
            described("least", N_("Difference, at least"), Sort.NUMBER, N_("Second minus first.")),
            described("most", N_("Difference, at most"), Sort.NUMBER, N_("Second minus first.")),
        ),
        tuple((one.name, one.first, one.second, one.least, one.most) for one in found),
    )
