"""The command group and shared code: options, reading an organisation, JSON and tables."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from orgmodel.errors import AmbiguousNameError, InvalidOrganisation, UnknownIdError
from orgmodel.files import write_whole
from orgmodel.model.wording import STATUS_WORDS, open_seats_words
from orgmodel.texts import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    N_,
    Joined,
    Language,
    message,
    plural_message,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from orgmodel.model.bands import BandSet
    from orgmodel.model.findings import Finding, Problem
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded

# Exit codes; click exits with 2 on wrong usage.
WRONG_DATA, INCOMPLETE_DATA = 1, 3
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 99}
_CANNOT_BE_WRITTEN = {errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF}

# The group --------------------------------------------------------------------------------------


class _Program(click.Group):
    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command; report an error of standard output, such as a full disk."""
        if sys.stdout is None:
            sys.stdout = _null_output()
        try:
            return super().main(*arguments, **settings)
        except OSError as error:
            # Errors of named files are reported where the files are opened.
            if error.filename is not None or error.errno not in _CANNOT_BE_WRITTEN:
                raise
            # Otherwise Python would flush the buffer again at exit.
            sys.stdout = _null_output()
            click.echo(f"Error: standard output: {error.strerror}", err=True)
            sys.exit(1)


def _null_output() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")


@click.group(cls=_Program, context_settings=_CONTEXT)
@click.version_option(package_name="orgmodel")
def main() -> None:
    """Explore organisations: their leadership chains and spans of control.

    A PATH is a YAML file of one organisation, or a folder of such files.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Characters that the terminal cannot encode are escaped instead of raising an error.
            stream.reconfigure(errors="backslashreplace")


# Arguments and options --------------------------------------------------------------------------

path_argument = click.argument("path", type=click.Path(path_type=Path))
paths_argument = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…"
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=DEFAULT_LANGUAGE,
    envvar="ORGMODEL_LANG",
    show_default=True,
    help="Language of texts and numbers.",
)
format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table for people, or JSON for programs.",
)
bands_option = click.option(
    "--bands",
    type=click.Path(path_type=Path),
    help="A file of guideline spans by kind of work (`orgmodel bands` prints the shipped one), or "
    "`own`: the shipped ones, with our own ranges where there is no guideline.",
)


# Errors -----------------------------------------------------------------------------------------


def usage_error(text: str, language: Language, **params: object) -> click.UsageError:
    """Return a usage error; `text` is marked for translation."""
    return click.UsageError(message(text, **params).text(language))


def exit_for_problems(problems: Iterable[Problem], language: Language) -> NoReturn:
    """Print the problems of data files, and exit."""
    print_problems(problems, language)
    sys.exit(WRONG_DATA)


def print_problems(problems: Iterable[Problem], language: Language) -> None:
    """Print the problems of data files to standard error, one per line."""
    for problem in problems:
        click.echo(problem.line(language), err=True)


# Organisations, and names of their entries ------------------------------------------------------


def organisation_at(path: Path, language: Language) -> Organisation:
    """Return the one organisation at a path; print the problems and exit without one."""
    from orgmodel.reading.loading import organisation_files, read

    if path.is_dir():
        files = organisation_files(path)
        if len(files) != 1:
            text = N_("{path} holds {n} data files; name one of them")
            raise usage_error(text, language, path=path, n=len(files))
        path = files[0]
    outcome = read(path)
    if outcome.organisation is None:
        exit_for_problems(outcome.problems, language)
    return outcome.organisation


def bands_at(path: Path | None, language: Language) -> BandSet:
    """Return the bands of a file or a name, by default the shipped ones; exit if they are invalid."""
    from orgmodel.reading.bands import bands_named

    try:
        return bands_named(path)
    except InvalidOrganisation as error:
        exit_for_problems(error.problems, language)


def position_at(organisation: Organisation, name: str, language: Language) -> str:
    """Return the id of the post that a name matches; exit with suggestions unless exactly one does."""
    from orgmodel.analysis.questions.resolving import resolve_position

    try:
        return resolve_position(organisation, name)
    except AmbiguousNameError as error:
        words = {one: _position_words(organisation, one) for one in error.candidates}
        text = N_("“{name}” matches {n} posts; give the id of one of them:")
        raise _ambiguous(text, error, words, language) from None
    except UnknownIdError as error:
        raise _unknown(N_("there is no post “{name}”"), error, language) from None


def unit_at(organisation: Organisation, name: str, language: Language) -> str:
    """Return the id of the unit that a name matches; exit with suggestions unless exactly one does."""
    from orgmodel.analysis.questions.resolving import resolve_unit

    try:
        return resolve_unit(organisation, name)
    except AmbiguousNameError as error:
        words = {one: organisation.units[one].name for one in error.candidates}
        text = N_("“{name}” matches {n} units; give the id of one of them:")
        raise _ambiguous(text, error, words, language) from None
    except UnknownIdError as error:
        raise _unknown(N_("there is no unit “{name}”"), error, language) from None


def _ambiguous(
    text: str, error: AmbiguousNameError, candidates: Mapping[str, Worded], language: Language
) -> click.UsageError:
    reason = message(text, name=error.name, n=len(error.candidates)).text(language)
    lines = (f"  {one}: {words.text(language)}" for one, words in candidates.items())
    return click.UsageError("\n".join((reason, *lines)))


def _unknown(text: str, error: UnknownIdError, language: Language) -> click.UsageError:
    parts = [message(text, name=error.name)]
    if error.nearest:
        parts.append(message(N_("did you mean “{name}”?"), name="', '".join(error.nearest)))
    return click.UsageError(": ".join(one.text(language) for one in parts))


def _position_words(organisation: Organisation, position_id: str) -> Joined:
    position = organisation.positions[position_id]
    unit = organisation.units[position.unit_id].name
    return Joined((position.title, unit, holder_words(organisation, position_id)))


def holder_words(organisation: Organisation, position_id: str) -> Worded | str:
    """Return the names of a post's holders, or its status without names."""
    status = organisation.status(position_id)
    names: str | Worded = organisation.holder_names(position_id)
    if status.facts.held_words:
        names = message(status.facts.held_words, names=names)
    open_seats = open_seats_words(organisation, position_id)
    held = names or message(STATUS_WORDS[status])
    return held if open_seats is None else Joined((held, open_seats))


# Plain values for JSON --------------------------------------------------------------------------


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
    """Return a finding as plain values; `entity` is the first of `entities`."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "entity": finding.entity_ids[0] if finding.entity_ids else organisation.id,
        "entities": list(finding.entity_ids),
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
    return {
        "id": position_id,
        "title": position.title.da,
        "holder": organisation.holder_names(position_id) or None,
        "unit": organisation.units[position.unit_id].name.da,
    }


# Output -----------------------------------------------------------------------------------------


def print_json(content: object) -> None:
    """Print a value as JSON."""
    print_utf8(json_text(content))


def json_text(content: object) -> str:
    """Return a value as indented JSON."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def print_utf8(text: str) -> None:
    """Print a text for programs, in UTF-8 regardless of the terminal's encoding."""
    click.echo(text.encode(), nl=False)


def write_or_exit(path: Path, content: bytes, language: Language, *, force: bool = True) -> None:
    """Write a whole file; if that fails, print the reason and exit.

    Parameters
    ----------
    force
        Whether to replace an existing file.
    """
    try:
        write_whole(path, content, force=force)
    except FileExistsError:
        reason = message(
            N_("{path} is there already: name a file with -o to replace it"), path=path
        )
        raise click.ClickException(reason.text(language)) from None
    except OSError as error:
        reason = message(
            N_("{path} cannot be written ({detail})"), path=path, detail=error.strerror or ""
        )
        raise click.ClickException(reason.text(language)) from None


def print_table(
    columns: Iterable[str],
    rows: Iterable[Iterable[object]],
    language: Language,
    *,
    numeric: Collection[int] = (),
    bold: int | None = None,
) -> None:
    """Print a table without rules.

    Parameters
    ----------
    numeric
        The indexes of columns that are aligned to the right.
    bold
        The index of a row to print bold.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for n, column in enumerate(columns):
        is_number = n in numeric
        table.add_column(
            Cell(message(column).text(language)),
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    for n, row in enumerate(rows):
        style = "bold" if n == bold else ""
        table.add_row(*(Cell(say(cell, language), style=style) for cell in row))
    console().print(table)


def print_file_counts(files: int, errors: int, language: Language) -> None:
    """Print the number of files that were read and the number of their errors."""
    words = message(
        N_("{files}, {errors}"),
        files=plural_message("{n} file", "{n} files", files),
        errors=plural_message("{n} error", "{n} errors", errors),
    )
    console().print(words.text(language))


def console() -> Console:
    """Return a console that uses colours and wraps lines on a terminal only."""
    is_terminal = sys.stdout.isatty()
    return Console(
        width=None if is_terminal else 10_000, highlight=False, markup=False, soft_wrap=False
    )
