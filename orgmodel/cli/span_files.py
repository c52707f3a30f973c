"""Spans of control as a file: what `orgmodel spans -o` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from orgmodel.analysis.statistics.leader_table import leaders_table
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.statistics.span_tables import span_tables
from orgmodel.cli.common import write_or_exit
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.span_reports import span_workbook
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.model.bands import BandSet
    from orgmodel.texts import Language

EXCEL, CSV = ".xlsx", ".csv"


def write_spans(
    figures: Spans, path: Path, bands: BandSet, *, names: bool, language: Language
) -> None:
    """Write all tables as an Excel file, or the leaders as CSV; the name's ending decides.

    The file is there as a whole or not at all.
    """
    report = span_report(figures, bands)
    if path.suffix.lower() == EXCEL:
        tables = span_tables(report, names=names)
        scope = figures.organisation.name.text(language)
        content = span_workbook(report, tables, scope, language)
    elif path.suffix.lower() == CSV:
        content = csv_text(
            leaders_table(report, names=names, language=language), language
        ).encode()
    else:
        reason = message(
            N_("the name of the file must end in .xlsx or .csv, not '{path}'"), path=path
        )
        raise click.UsageError(reason.text(language))
    write_or_exit(path, content, language)
