"""`orgmodel check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text as Cell

from orgmodel.analysis.checks import findings as all_findings
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
from orgmodel.model.findings import Severity
from orgmodel.reading.loading import Outcome, read_all
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from orgmodel.model.findings import Problem

FEW = 6


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@format_option
@language_option
def check(paths: tuple[Path, ...], output: str, language: Language) -> None:
    """Check files: errors, and what the data leave open or contradict.

    Exits with 0 where no file has an error, else with 1.
    """
    outcomes = read_all(list(paths))
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    if output == "json":
        findings = [
            finding_as_dict(outcome.organisation, finding, language)
            for outcome in outcomes
            if outcome.organisation
            for finding in all_findings(outcome.organisation)
        ]
        errors = [problem_as_dict(problem, language) for problem in problems]
        print_json({"errors": errors, "findings": findings})
    else:
        _print_report(outcomes, problems, language)
    sys.exit(WRONG_DATA if problems else 0)


def _print_report(outcomes: list[Outcome], problems: list[Problem], language: Language) -> None:
    out = console()
    for problem in problems:
        out.print(Cell(problem.line(language), style="red"), soft_wrap=True)
    for outcome in outcomes:
        organisation = outcome.organisation
        if organisation is None:
            continue
        for finding in all_findings(organisation):
            about = _few(finding.entity_ids, language)
            style = "yellow" if finding.severity is Severity.WARNING else "dim"
            line = Cell(f"{outcome.path}: ")
            line.append(f"{finding.severity.value}: {finding.code}", style=style)
            line.append(f": {about}: {finding.message.text(language)}")
            out.print(line, soft_wrap=True)
    files = plural_message("{n} file", "{n} files", len(outcomes))
    errors = plural_message("{n} error", "{n} errors", len(problems))
    out.print(message(N_("{files}, {errors}"), files=files, errors=errors).text(language))


def _few(entity_ids: tuple[str, ...], language: Language) -> str:
    """Return ids in a row, only the first few of many."""
    shown = ", ".join(entity_ids[:FEW])
    more = len(entity_ids) - FEW
    if more <= 0:
        return shown
    return message(N_("{ids} and {n} more"), ids=shown, n=more).text(language)
