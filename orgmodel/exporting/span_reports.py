"""A span report as an Excel workbook with its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leaders import left_out_words
from orgmodel.exporting.workbooks import About, workbook
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.analysis.tables import Table
    from orgmodel.texts import Language


def span_workbook(
    report: SpanReport, tables: Sequence[Table], scope: str, language: Language
) -> bytes:
    """Return tables of a report as the bytes of an Excel file.

    Parameters
    ----------
    scope
        The leaders that the report covers, in words.
    """
    return workbook(tables, about_report(report, scope, language), language)


def about_report(report: SpanReport, scope: str, language: Language) -> About:
    """Return the metadata of a report's file: the leaders covered, the date, the sources."""
    organisation = report.spans.organisation
    sources = "; ".join(source.title.text(language) for source in organisation.record.sources)

    def words(text: str) -> str:
        return message(text).text(language)

    facts = (
        (words(N_("Leaders")), scope),
        (words(N_("Date of the data")), organisation.record.as_of.text(language)),
        (words(N_("Sources")), sources or words(N_("No documents are named."))),
        (words(N_("Who is left out")), left_out_words(report.spans).text(language)),
    )
    title = message(N_("{name}: spans of control"), name=organisation.name)
    return About(title.text(language), organisation.day, facts)
