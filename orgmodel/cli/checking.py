"""`orgmodel check`, `orgmodel schema` and `orgmodel bands`: validation of data files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.text import Text as Cell

from orgmodel.cli.common import (
    WRONG_DATA,
    console,
    finding_as_dict,
    format_option,
    language_option,
    main,
    paths_argument,
    print_file_counts,
    print_json,
    print_utf8,
    problem_as_dict,
)
from orgmodel.files import shown_name
from orgmodel.model.findings import Severity
from orgmodel.texts import N_, Language, message

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from orgmodel.model.findings import Finding, Problem

# How many ids a line shows at most.
_MOST_IDS = 6
_STYLES = {Severity.WARNING: "yellow", Severity.NOTE: "dim"}


@main.command()
@paths_argument
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Check another date than that of the data.",
)
@format_option
@language_option
def check(paths: tuple[Path, ...], day: datetime | None, output: str, language: Language) -> None:
    """Check files for errors, and list their findings.

    Findings are those of the date of the data, or of --date; posts with more holders than seats are
    found on any day, which is then named.

    Exits with 0 where no file has an error, else with 1.
    """
    from orgmodel.analysis.findings.checks import findings as all_findings
    from orgmodel.reading.loading import read_all

    outcomes = read_all(list(paths))
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    found = [
        (outcome.path, outcome.organisation, finding)
        for outcome in outcomes
        if outcome.organisation
        for finding in all_findings(
            outcome.organisation if day is None else outcome.organisation.on(day.date())
        )
    ]
    if output == "json":
        findings = [finding_as_dict(one, finding, language) for _path, one, finding in found]
        errors = [problem_as_dict(problem, language) for problem in problems]
        print_json({"errors": errors, "findings": findings})
    else:
        findings_by_file = [(path, finding) for path, _one, finding in found]
        _print_report(problems, findings_by_file, language)
        print_file_counts(len(outcomes), len(problems), language)
    sys.exit(WRONG_DATA if problems else 0)


def _print_report(
    problems: list[Problem], found: list[tuple[Path, Finding]], language: Language
) -> None:
    out = console()
    for problem in problems:
        out.print(Cell(problem.line(language), style="red"), soft_wrap=True)
    for path, finding in found:
        about = _first_ids(finding.subject_ids, language)
        line = Cell(f"{shown_name(path)}: ")
        line.append(f"{finding.severity.value}: {finding.code}", style=_STYLES[finding.severity])
        line.append(f": {about}: {finding.message.text(language)}")
        out.print(line, soft_wrap=True)


def _first_ids(entity_ids: tuple[str, ...], language: Language) -> str:
    shown = ", ".join(entity_ids[:_MOST_IDS])
    more = len(entity_ids) - _MOST_IDS
    if more <= 0:
        return shown
    return message(N_("{ids} and {n} more"), ids=shown, n=more).text(language)


@main.command()
def schema() -> None:
    """Print the JSON Schema of the data files, for editors."""
    from orgmodel.reading.schema import schema_text

    print_utf8(schema_text())


@main.command()
def bands() -> None:
    """Print the shipped guideline spans by kind of work, to change and to give back with --bands."""
    from orgmodel.reading.bands import SHIPPED_BANDS

    print_utf8(SHIPPED_BANDS.read_text(encoding="utf-8"))
