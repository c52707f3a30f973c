"""The command line: check, spans, chain, schema; `serve` joins them from the web package."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from orgmodel.analysis.chains import chain_between, chain_to_top, closest_common_leader
from orgmodel.analysis.checks import findings as all_findings
from orgmodel.analysis.search import resolve_position
from orgmodel.analysis.spans import spans as count_spans
from orgmodel.analysis.summary import summarise
from orgmodel.errors import AmbiguousNameError, UnknownIdError
from orgmodel.model.entities import Status
from orgmodel.model.findings import Severity
from orgmodel.model.wording import (
    BASIS_WORDS,
    LEVEL_WORDS,
    STATUS_WORDS,
    headline_words,
    interval_words,
)
from orgmodel.reading.loading import Outcome, organisation_files, read, read_all
from orgmodel.reading.schema import schema_text
from orgmodel.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, Language, message, plural_message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgmodel.model.findings import Finding, Problem
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Basis, Citation

WRONG_DATA, WRONG_USAGE = 1, 2
FEW = 6
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 99}


@click.group(context_settings=_CONTEXT)
@click.version_option(package_name="orgmodel")
def main() -> None:
    """Explore organisations: their leadership chains and spans of control.

    A PATH is a YAML file of one organisation, or a folder of such files.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot write a letter shows its code; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")


def language_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--lang`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        default=DEFAULT_LANGUAGE,
        envvar="ORGMODEL_LANG",
        show_default=True,
        help="Language of texts and numbers.",
    )(command)


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--format`."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="A table for people, or JSON for programs.",
    )(command)


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
    console = _console()
    for problem in problems:
        console.print(Cell(problem.line(language), style="red"), soft_wrap=True)
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
            console.print(line, soft_wrap=True)
    files = plural_message("{n} file", "{n} files", len(outcomes))
    errors = plural_message("{n} error", "{n} errors", len(problems))
    console.print(message(N_("{files}, {errors}"), files=files, errors=errors).text(language))


def _few(entity_ids: tuple[str, ...], language: Language) -> str:
    """Return ids in a row, only the first few of many."""
    shown = ", ".join(entity_ids[:FEW])
    more = len(entity_ids) - FEW
    if more <= 0:
        return shown
    return message(N_("{ids} and {n} more"), ids=shown, n=more).text(language)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@format_option
@language_option
def spans(path: Path, output: str, language: Language) -> None:
    """Show span of control, reach and layers of every leader."""
    organisation = organisation_at(path, language)
    figures = count_spans(organisation)
    summary = summarise(figures)
    if output == "json":
        leaders = [row.as_dict() for row in figures]
        content = {
            "organisation": organisation.id,
            "leaders": leaders,
            "summary": summary.as_dict(),
        }
        print_json(content)
        return
    columns = (
        N_("Post"), N_("Holder"), N_("Unit"), N_("Direct leaders"), N_("Direct staff"),
        N_("Span"), N_("Reach"), N_("Layers above"), N_("Layers below"), N_("Level"),
    )  # fmt: skip
    table = _table(columns, language, numeric={3, 4, 5, 6, 7, 8})
    for row in figures:
        position = organisation.positions[row.position_id]
        cells = (
            position.title,
            holder_words(organisation, row.position_id),
            organisation.units[position.unit_id].name,
            row.direct_leaders,
            interval_words(row.direct_staff),
            headline_words(row.span),
            interval_words(row.reach),
            row.layers_above,
            row.layers_below,
            message(LEVEL_WORDS[row.level]),
        )
        table.add_row(*(Cell(say(cell, language)) for cell in cells))
    console = _console()
    console.print(table)
    known = message(
        N_(
            "{leaders}; the span is exact for {exact}, bounded for {bounded}, unknown for {unknown}."
        ),
        leaders=plural_message("{n} leader", "{n} leaders", summary.leaders),
        exact=summary.spans_exact,
        bounded=summary.spans_bounded,
        unknown=summary.spans_unknown,
    )
    console.print(known.text(language))


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("position")
@click.option("--to", "end", metavar="POSITION", help="Show the chain to this post instead.")
@format_option
@language_option
def chain(path: Path, position: str, end: str | None, output: str, language: Language) -> None:
    """Show the chain from a post to the top, or to another post.

    A POSITION is a post's id, or its title or its holder's name where only one post has it.
    """
    organisation = organisation_at(path, language)
    start_id = _position_id(organisation, position, language)
    end_id = None if end is None else _position_id(organisation, end, language)
    common = None if end_id is None else closest_common_leader(organisation, start_id, end_id)
    posts = (
        chain_to_top(organisation, start_id)
        if end_id is None
        else chain_between(organisation, start_id, end_id)
    )
    if output == "json":
        steps = [step_as_dict(organisation, post) for post in posts]
        print_json({"from": start_id, "to": end_id, "chain": steps, "common_leader": common})
        return
    columns = (N_("Post"), N_("Holder"), N_("Unit"), N_("Line"))
    table = _table(columns, language, numeric=set())
    for n, post in enumerate(posts):
        line = organisation.lines[post]
        # Below the common leader the line that matters is the next post's, which points back up.
        goes_on = n + 1 < len(posts)
        is_up = goes_on and line.superior_id == posts[n + 1]
        basis = (
            line.basis if is_up else organisation.lines[posts[n + 1]].basis if goes_on else None
        )
        style = "bold" if post == common else ""
        cells = (
            organisation.positions[post].title,
            holder_words(organisation, post),
            organisation.units[organisation.positions[post].unit_id].name,
            _line_words(basis, is_up=is_up),
        )
        table.add_row(*(Cell(say(cell, language), style=style) for cell in cells))
    console = _console()
    console.print(table)
    if end_id is not None and common is None:
        console.print(message(N_("The two posts have no common leader.")).text(language))


def _line_words(basis: Basis | None, *, is_up: bool) -> object:
    if basis is None:
        return ""
    words = N_("reports to the next ({basis})") if is_up else N_("leads the next ({basis})")
    return message(words, basis=message(BASIS_WORDS[basis]))


@main.command()
def schema() -> None:
    """Print the JSON Schema of the data files, for editors."""
    click.echo(schema_text(), nl=False)


# What the commands share ----------------------------------------------------------------------


def organisation_at(path: Path, language: Language) -> Organisation:
    """Return the one organisation at a path; print what is wrong and exit where there is none."""
    if path.is_dir():
        files = organisation_files(path)
        if len(files) != 1:
            reason = message(
                N_("{path} holds {n} data files; name one of them"), path=path, n=len(files)
            )
            raise click.UsageError(reason.text(language))
        path = files[0]
    outcome = read(path)
    if outcome.organisation is None:
        for problem in outcome.problems:
            click.echo(problem.line(language), err=True)
        sys.exit(WRONG_DATA)
    return outcome.organisation


def problem_as_dict(problem: Problem, language: Language) -> dict[str, object]:
    """Return a problem as plain values."""
    location = problem.location
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "code": problem.code,
        "message": problem.message(language),
    }


def finding_as_dict(
    organisation: Organisation, finding: Finding, language: Language
) -> dict[str, object]:
    """Return a finding as plain values; `entity` is what it belongs to."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "entity": finding.entity_ids[0] if finding.entity_ids else organisation.id,
        "message": finding.message.text(language),
        "sources": [citation_as_dict(organisation, one) for one in finding.citations],
    }


def citation_as_dict(organisation: Organisation, citation: Citation) -> dict[str, object]:
    """Return a citation as plain values."""
    source = organisation.sources[citation.source_id]
    return {
        "source": source.id,
        "file": source.file,
        "place": citation.place,
        "words": citation.words,
    }


def step_as_dict(organisation: Organisation, position_id: str) -> dict[str, object]:
    """Return a post of a chain as plain values."""
    position = organisation.positions[position_id]
    names = organisation.holder_names(position_id)
    return {
        "id": position_id,
        "title": position.title.da,
        "holder": names or None,
        "unit": organisation.units[position.unit_id].name.da,
    }


def holder_words(organisation: Organisation, position_id: str) -> object:
    """Return who holds a post, or what is known instead."""
    status = organisation.status(position_id)
    names = organisation.holder_names(position_id)
    if status is Status.ACTING:
        return message(N_("{names} (acting)"), names=names)
    return names or message(STATUS_WORDS[status])


def print_json(content: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _position_id(organisation: Organisation, name: str, language: Language) -> str:
    try:
        return resolve_position(organisation, name)
    except AmbiguousNameError as error:
        lines = "\n".join(_candidate_lines(organisation, error.candidates, language))
        reason = message(
            N_("'{name}' fits {n} posts; name one of them by its id:"),
            name=name,
            n=len(error.candidates),
        )
        msg = f"{reason.text(language)}\n{lines}"
        raise click.UsageError(msg) from None
    except UnknownIdError as error:
        reason = message(N_("there is no post '{name}'"), name=name)
        hint = message(N_("did you mean '{name}'?"), name="', '".join(error.nearest))
        words = (reason, hint) if error.nearest else (reason,)
        raise click.UsageError(": ".join(one.text(language) for one in words)) from None


def _candidate_lines(
    organisation: Organisation, candidates: Iterable[str], language: Language
) -> Iterable[str]:
    for position_id in candidates:
        position = organisation.positions[position_id]
        unit = organisation.units[position.unit_id].name
        holder = holder_words(organisation, position_id)
        words = ", ".join(say(one, language) for one in (position.title, unit, holder))
        yield f"  {position_id}: {words}"


def _table(columns: Iterable[str], language: Language, *, numeric: set[int]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for n, column in enumerate(columns):
        is_number = n in numeric
        table.add_column(
            Cell(message(column).text(language)),
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    return table


def _console() -> Console:
    """Return a console that colours on terminals only, and wraps to no width elsewhere."""
    is_terminal = sys.stdout.isatty()
    return Console(
        width=None if is_terminal else 10_000, highlight=False, markup=False, soft_wrap=False
    )
