"""The spans of the leaders that a view shows, counted by the same report as the page of spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.statistics.span_tables import band_words
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from orgmodel.analysis.spans.leader_figures import Knowing
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.texts import Language, Worded


@dataclass(frozen=True, slots=True)
class Column:
    """A band with its number of leaders, by the certainty of their spans."""

    name: Worded
    numbers: dict[Knowing, int]

    @property
    def total(self) -> int:
        """The number of leaders in it."""
        return sum(self.numbers.values())


@dataclass(frozen=True, slots=True)
class ShownSpans:
    """The spans of the leaders that a view shows.

    Attributes
    ----------
    title
        The title of their chart.
    bands
        The bands with the number of leaders in each.
    unknown
        The leaders of unknown span; None if there are none.
    left_out
        The number of shown leaders that are not counted, as on the page of spans.
    rules
        The rules for which posts count.
    """

    title: str
    bands: tuple[Column, ...]
    unknown: Column | None
    left_out: int
    rules: tuple[Worded, ...]

    @property
    def leaders(self) -> int:
        """The number of leaders counted."""
        return sum(one.total for one in self.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The bands, followed by the leaders of unknown span."""
        return self.bands if self.unknown is None else (*self.bands, self.unknown)

    def words(self, language: Language) -> str:
        """Return a text with the numbers of leaders counted and unknown, and who is left out."""
        found: list[Worded] = [plural_message("{n} leader.", "{n} leaders.", self.leaders)]
        if self.unknown is not None:
            found.append(
                plural_message(
                    "For {n} leader the span is not stated.",
                    "For {n} leaders the span is not stated.",
                    self.unknown.total,
                )
            )
        found += self.rules
        if self.left_out:
            found.append(
                plural_message(
                    "{n} leader on the chart is left out, as on the page of spans.",
                    "{n} leaders on the chart are left out, as on the page of spans.",
                    self.left_out,
                )
            )
        return " ".join(one.text(language) for one in found)


def shown_spans(exhibit: Exhibit) -> ShownSpans | None:
    """Return the spans of the leaders that an exhibit shows, or None if it shows no leader."""
    organisation = exhibit.organisation
    entries = [one.shown.id for one in exhibit.chart.cards if not one.shown.more]
    if exhibit.view.units:
        entries = [post for one in entries if (post := organisation.leader_of(one)) is not None]
    report, left_out = span_report(exhibit.spans).among(entries)
    if not report.seats:
        return None
    columns = {
        one.band: Column(band_words(one), one.by_knowing)
        for one in report.band_counts()
        if one.is_shown
    }
    unknown = columns.pop(None, None)
    title = message(N_("{title}: spans of control"), title=exhibit.title)
    return ShownSpans(
        title=title.text(exhibit.language),
        bands=tuple(columns.values()),
        unknown=unknown,
        left_out=left_out,
        rules=(left_out_words(report.spans),),
    )
