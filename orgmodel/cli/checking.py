"""`orgmodel check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text as Cell

from orgmodel.cli.common import (
    WRONG_DATA,
    console,
    finding_as_dict,
    format_option,
    language_option,
    print_json,
    problem_as_dict,
)
from orgmodel.cli.group import main
from orgmodel.files import shown_name
from orgmodel.model.findings import Severity
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from datetime import datetime

    from orgmodel.model.findings import Finding, Problem

FEW = 6

_STYLES = {Severity.WARNING: "yellow", Severity.NOTE: "dim"}


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What is so on another date than that of the data.",
)
@format_option
@language_option
def check(paths: tuple[Path, ...], day: datetime | None, output: str, language: Language) -> None:
    """Check files: errors, and what the data leave open or contradict.

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
        _print_report(problems, findings_by_file, len(outcomes), language)
    sys.exit(WRONG_DATA if problems else 0)


def _print_report(
    problems: list[Problem], found: list[tuple[Path, Finding]], count: int, language: Language
) -> None:
    out = console()
    for problem in problems:
        out.print(Cell(problem.line(language), style="red"), soft_wrap=True)
    for path, finding in found:
        about = _few(finding.subject_ids, language)
        line = Cell(f"{shown_name(path)}: ")
        line.append(f"{finding.severity.value}: {finding.code}", style=_STYLES[finding.severity])
        line.append(f": {about}: {finding.message.text(language)}")
        out.print(line, soft_wrap=True)
    files = plural_message("{n} file", "{n} files", count)
    errors = plural_message("{n} error", "{n} errors", len(problems))
    out.print(message(N_("{files}, {errors}"), files=files, errors=errors).text(language))


def _few(entity_ids: tuple[str, ...], language: Language) -> str:
    """Return ids in a row, only the first few of many."""
    shown = ", ".join(entity_ids[:FEW])
    more = len(entity_ids) - FEW
    if more <= 0:
        return shown
    return message(N_("{ids} and {n} more"), ids=shown, n=more).text(language)
