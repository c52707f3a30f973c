"""What the commands share: options, the organisation at a path, JSON and tables."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from orgmodel.errors import AmbiguousNameError, InvalidOrganisation, UnknownIdError
from orgmodel.files import write_whole
from orgmodel.model.wording import STATUS_WORDS, open_seats_words
from orgmodel.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, Joined, Language, message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from orgmodel.model.bands import BandSet
    from orgmodel.model.findings import Finding, Problem
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded

WRONG_DATA, WRONG_USAGE, INCOMPLETE_DATA = 1, 2, 3


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


def organisation_at(path: Path, language: Language) -> Organisation:
    """Return the one organisation at a path; print what is wrong and exit where there is none."""
    from orgmodel.reading.loading import organisation_files, read

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


def bands_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--bands`."""
    return click.option(
        "--bands",
        type=click.Path(path_type=Path),
        help="A file of bands by kind of work (`orgmodel bands` prints the shipped one), or `own`: the "
        "shipped ones with our own ranges where no reference judges.",
    )(command)


def bands_at(path: Path | None, language: Language) -> BandSet:
    """Return the bands of a file or a name, else the shipped ones; print what is wrong and exit."""
    from orgmodel.reading.bands import bands_named

    try:
        return bands_named(path)
    except InvalidOrganisation as error:
        for problem in error.problems:
            click.echo(problem.line(language), err=True)
        sys.exit(WRONG_DATA)


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
    """Return a finding as plain values; `entity` is what it belongs to, the first of `entities`."""
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
    names: str | Worded = organisation.holder_names(position_id)
    if status.facts.held_words:
        names = message(status.facts.held_words, names=names)
    some = open_seats_words(organisation, position_id)
    held = names or message(STATUS_WORDS[status])
    return held if some is None else Joined((held, some))


def print_json(content: object) -> None:
    """Print a value as JSON."""
    print_file(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def print_file(text: str) -> None:
    """Print what a program reads, which is UTF-8 whatever the terminal writes."""
    click.echo(text.encode(), nl=False)


def position_at(organisation: Organisation, name: str, language: Language) -> str:
    """Return the id of the post that a name fits; name those that are alike and exit where none does."""
    from orgmodel.analysis.questions.search import resolve_position

    several = N_("'{name}' fits {n} posts; name one of them by its id:")
    try:
        return resolve_position(organisation, name)
    except AmbiguousNameError as error:
        _stop_for_several(
            several, error, _candidate_lines(organisation, error.candidates, language), language
        )
    except UnknownIdError as error:
        _stop_for_unknown(N_("there is no post '{name}'"), error, language)


def unit_at(organisation: Organisation, name: str, language: Language) -> str:
    """Return the id of the unit that a name fits; name those that are alike and exit where none does."""
    from orgmodel.analysis.questions.search import resolve_unit

    several = N_("'{name}' fits {n} units; name one of them by its id:")
    try:
        return resolve_unit(organisation, name)
    except AmbiguousNameError as error:
        lines = [
            f"  {one}: {organisation.units[one].name.text(language)}" for one in error.candidates
        ]
        _stop_for_several(several, error, lines, language)
    except UnknownIdError as error:
        _stop_for_unknown(N_("there is no unit '{name}'"), error, language)


def _stop_for_several(
    words: str, error: AmbiguousNameError, lines: Iterable[str], language: Language
) -> NoReturn:
    reason = message(words, name=error.name, n=len(error.candidates))
    raise click.UsageError("\n".join((reason.text(language), *lines))) from None


def _stop_for_unknown(words: str, error: UnknownIdError, language: Language) -> NoReturn:
    reason = message(words, name=error.name)
    hint = message(N_("did you mean '{name}'?"), name="', '".join(error.nearest))
    parts = (reason, hint) if error.nearest else (reason,)
    raise click.UsageError(": ".join(one.text(language) for one in parts)) from None


def write_or_exit(path: Path, content: bytes, language: Language, *, force: bool = True) -> None:
    """Write a file that is there as a whole or not at all; say why and exit where it cannot be.

    Parameters
    ----------
    force
        Whether to replace a file that is there.
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


def _candidate_lines(
    organisation: Organisation, candidates: Iterable[str], language: Language
) -> Iterable[str]:
    for position_id in candidates:
        position = organisation.positions[position_id]
        unit = organisation.units[position.unit_id].name
        holder = holder_words(organisation, position_id)
        words = ", ".join(say(one, language) for one in (position.title, unit, holder))
        yield f"  {position_id}: {words}"


def text_table(
    columns: Iterable[str], language: Language, *, numeric: Collection[int] = ()
) -> Table:
    """Return an empty table of columns without lines; `numeric` ones stand to the right."""
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


def console() -> Console:
    """Return a console that colours on terminals only, and wraps to no width elsewhere."""
    is_terminal = sys.stdout.isatty()
    return Console(
        width=None if is_terminal else 10_000, highlight=False, markup=False, soft_wrap=False
    )
