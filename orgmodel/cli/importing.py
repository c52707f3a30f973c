"""`orgmodel import`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.text import Text as Cell

from orgmodel.cli.common import (
    INCOMPLETE_DATA,
    WRONG_DATA,
    console,
    format_option,
    json_text,
    language_option,
    main,
    print_json,
    print_problems,
    problem_as_dict,
    usage_error,
)
from orgmodel.errors import InvalidOrganisation
from orgmodel.files import check_writable, shown_name, write_whole
from orgmodel.model.dates import PartialDate
from orgmodel.texts import N_, Language, Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from orgmodel.reading.importing import Imported
    from orgmodel.reading.importing.report import FileReport, Note

_MOST_SHOWN = 20
_LONGEST_DETAIL = 200
_KIND_WORDS = {
    "plain": N_("a table of posts"),
    "senior": N_("senior posts of an organogram"),
    "junior": N_("junior posts of an organogram"),
}
_DELIMITER_WORDS = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs")}
# The import reports unreadable and unwritable files itself, with all other problems.
_ANY_PATH = click.Path(path_type=Path, readable=False)
_ASSUMED_WORDS = {"id": N_("Id"), "name": N_("Name"), "as_of": N_("As of")}


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=_ANY_PATH, metavar="FILE…")
@click.option(
    "-o",
    "--output",
    "target",
    type=_ANY_PATH,
    help="The data file to write; without it, only check.",
)
@click.option(
    "--id", "organisation_id", help="The organisation's id; otherwise made from the file's name."
)
@click.option("--name", help="The organisation's name.")
@click.option(
    "--as-of", help="The date that the information is from: 2026, 2026-05 or 2026-05-01."
)
@click.option("--force", is_flag=True, help="Replace existing files.")
@click.option(
    "--report",
    "report_path",
    type=_ANY_PATH,
    help="Write the whole report to this file, as JSON.",
)
@format_option
@language_option
def import_command(  # noqa: PLR0913 - one parameter for each option
    *,
    files: tuple[Path, ...],
    target: Path | None,
    organisation_id: str | None,
    name: str | None,
    as_of: str | None,
    report_path: Path | None,
    output: str,
    language: Language,
    force: bool,
) -> None:
    """Import one organisation from CSV files, with a report on every row.

    A FILE is a table with a row for each post, or one of the two files of a UK organogram. Exits
    with 0 where the files can be imported, whatever the report notes; with 3 where they can, but
    more than a tenth of the reporting lines were lost; with 1 where they cannot.
    """
    from orgmodel.reading.importing import import_files
    from orgmodel.reading.importing.ids import is_name
    from orgmodel.reading.importing.report import LONGEST_TEXT

    if name is not None and not is_name(name):
        text = N_(
            "the name is empty, longer than {limit} characters, or holds characters that cannot be seen"
        )
        raise usage_error(text, language, limit=LONGEST_TEXT)
    _check_usage(files, [target, report_path], organisation_id, as_of, language, force=force)
    try:
        imported = import_files(files, id=organisation_id, name=name, as_of=as_of)
        if target is not None:
            _write(imported, target, language, force=force)
    except InvalidOrganisation as error:
        if output == "json":
            print_json({"errors": [problem_as_dict(one, language) for one in error.problems]})
        else:
            print_problems(error.problems, language)
        sys.exit(WRONG_DATA)
    if report_path is not None:
        try:
            text = json_text(imported.report.as_dict(language))
            write_whole(report_path, text.encode(), force=True)
        except OSError as error:
            _fail(error, report_path, language)
    if output == "json":
        columns = imported.columns
        print_json(
            {
                "organisation": columns.id,
                "name": columns.name,
                "as_of": str(columns.as_of),
                "written": None if target is None else shown_name(target),
                "report": imported.report.as_dict(language),
            }
        )
    else:
        _print_report(imported, target, language)
    if imported.report.loses_too_much:
        sys.exit(INCOMPLETE_DATA)


def _check_usage(
    files: Sequence[Path],
    written: Sequence[Path | None],
    organisation_id: str | None,
    as_of: str | None,
    language: Language,
    *,
    force: bool,
) -> None:
    """Check the options before any file is read."""
    from orgmodel.reading.importing.ids import is_id

    if organisation_id is not None and not is_id(organisation_id):
        raise usage_error(N_("“{value}” is not an id"), language, value=organisation_id)
    if as_of is not None:
        try:
            PartialDate.parse(as_of)
        except ValueError:
            raise usage_error(N_("“{value}” is not a date"), language, value=as_of) from None
    taken = {os.path.realpath(file) for file in files}
    for path in written:
        if path is None:
            continue
        real = os.path.realpath(path)
        if real in taken:
            raise usage_error(N_("{path} is named twice"), language, path=path)
        taken.add(real)
        if os.path.lexists(path) and not force:
            text = N_("{path} is there already; --force replaces a file")
            raise usage_error(text, language, path=path)
        try:
            check_writable(path)
        except OSError as error:
            _fail(error, path, language)


def _fail(error: OSError, path: Path, language: Language) -> NoReturn:
    reason = error.strerror or type(error).__name__
    words = message(N_("{path} cannot be written ({detail})"), path=path, detail=reason)
    click.echo(words.text(language), err=True)
    sys.exit(WRONG_DATA)


def _write(imported: Imported, target: Path, language: Language, *, force: bool) -> None:
    """Write the data file, unless it would exceed the number of posts of a data file."""
    from orgmodel.reading.documents import MAX_NODES
    from orgmodel.reading.importing.refusals import refusal
    from orgmodel.reading.writing import dump

    columns = imported.columns
    if imported.written_nodes() > MAX_NODES:
        problem = refusal(columns.sources[0].title.da, "import-too-many", n=len(columns))
        raise InvalidOrganisation([problem])
    try:
        dump(imported.organisation(), target, force=force)
    except OSError as error:
        _fail(error, target, language)


def _print_report(imported: Imported, target: Path | None, language: Language) -> None:
    out = console()
    report = imported.report

    def say(words: Message, indent: int = 0, style: str = "") -> None:
        out.print(Cell(" " * indent + words.text(language), style=style), soft_wrap=True)

    for file in report.files:
        say(_file_words(file), style="bold")
        for role, heading in file.taken.items():
            say(message("{role}: {heading}", role=role, heading=heading), 2)
    for name, words in report.assumed.items():
        label = message(_ASSUMED_WORDS[name])
        say(message("{label}: {words}", label=label, words=words))
    say(
        message(
            N_(
                "{read} rows read = {model} in the model + {left_out} left out below + {blank} blank"
            ),
            read=report.rows_read,
            model=report.rows_in_model,
            left_out=report.rows_left_out,
            blank=report.rows_blank,
        ),
        style="bold",
    )
    say(
        message(
            N_(
                "{model} rows in the model = {posts} entries + {shared} rows that share one of them;"
                " with {seats} seats"
            ),
            model=report.rows_in_model,
            posts=report.posts,
            shared=report.rows_shared,
            seats=report.seats,
        ),
        style="bold",
    )
    for code, notes in report.by_kind():
        _print_notes(out, code, notes, language, several_files=len(report.files) > 1)
    if target is not None:
        say(message(N_("Written to {path}"), path=target), style="bold")
    headline = report.headline()
    if headline is not None:
        say(headline, style="bold red" if report.loses_too_much else "bold yellow")


def _file_words(file: FileReport) -> Message:
    return message(
        N_("{name}: {kind}, {encoding}, divided by {delimiter}; {rows}"),
        name=file.name,
        kind=message(_KIND_WORDS[file.kind]),
        encoding=file.encoding,
        delimiter=message(_DELIMITER_WORDS[file.delimiter]),
        rows=plural_message("{n} row", "{n} rows", file.rows),
    )


def _print_notes(
    out: Console, code: str, notes: list[Note], language: Language, *, several_files: bool
) -> None:
    """Print the first notes of one kind; the report contains all of them."""
    head = Cell(f"{code}", style="yellow" if notes[0].leaves_out else "cyan")
    head.append(f": {notes[0].title().text(language)} ({len(notes)})", style="default")
    out.print(head, soft_wrap=True)
    for note in notes[:_MOST_SHOWN]:
        parts = [note.file] if note.file is not None and several_files else []
        if note.row is not None:
            parts.append(message(N_("row {place}"), place=str(note.row)).text(language))
        detail = note.detail().text(language).strip()
        if detail:
            parts.append(detail[:_LONGEST_DETAIL])
        out.print(Cell("  " + ": ".join(parts)), soft_wrap=True)
    more = len(notes) - _MOST_SHOWN
    if more > 0:
        words = message(N_("… and {n} more; --report has them all"), n=more)
        out.print(Cell("  " + words.text(language)), soft_wrap=True)
