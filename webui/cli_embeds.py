"""`orgmodel embeds`: for who runs the server, the links to embedded views that were made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from orgmodel.cli import main
from orgmodel.cli.common import (
    WRONG_DATA,
    console,
    format_option,
    language_option,
    print_json,
    text_table,
)
from orgmodel.texts import DEFAULT_LANGUAGE, N_, format_day
from webui.embedding.store import LinkStore, State, StoreError
from webui.store.folders import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.texts import Language
    from webui.embedding.store import Entry

_STATES = {
    State.LIVE: N_("live"),
    State.EXPIRED: N_("expired"),
    State.WITHDRAWN: N_("withdrawn"),
}
_COLUMNS = (N_("Link"), N_("Organisation"), N_("Made"), N_("Last day"), N_("State"))


def store_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--store`."""
    return click.option(
        "--store",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of the links; without it, the one that `serve` takes by itself.",
    )(command)


@main.group()
def embeds() -> None:
    """List, withdraw and forget the links by which views are shown on other sites."""


@embeds.command("list")
@store_option
@format_option
@language_option
def show_links(folder: Path | None, output: str, language: Language) -> None:
    """List the links that were made, the newest first."""
    store = _store(folder)
    try:
        entries = store.all()
    except StoreError as error:
        _fail(error)
    if output == "json":
        print_json([_as_dict(store, entry) for entry in entries])
        return
    if not entries:
        click.echo(_say(N_("No link is kept in {folder}."), language).format(folder=store.folder))
        return
    table = text_table([_say(one, language) for one in _COLUMNS], language, numeric=set())
    for entry in entries:
        until = _say(N_("never"), language) if entry.until is None else entry.until
        table.add_row(
            entry.id,
            entry.organisation,
            format_day(entry.made.astimezone().date(), language),
            until if isinstance(until, str) else format_day(until, language),
            _say(_STATES[entry.state(store.today)], language),
        )
    console().print(table)


@embeds.command()
@click.argument("link_id", metavar="ID")
@store_option
@language_option
def withdraw(link_id: str, folder: Path | None, language: Language) -> None:
    """Withdraw a link for good: its view is shown nowhere any more."""
    store = _store(folder)
    try:
        is_known = store.withdraw(link_id)
    except StoreError as error:
        _fail(error)
    if not is_known:
        reason = _say(N_("there is no link '{id}' in {folder}"), language)
        raise click.UsageError(reason.format(id=link_id, folder=store.folder))
    click.echo(_say(N_("The link is withdrawn"), language))


@embeds.command()
@store_option
@language_option
def prune(folder: Path | None, language: Language) -> None:
    """Forget the links that have expired or are withdrawn; they stay refused."""
    store = _store(folder)
    try:
        count = store.prune()
    except StoreError as error:
        _fail(error)
    words = _say(N_("Links that are forgotten in {folder}: {n}"), language)
    click.echo(words.format(n=count, folder=store.folder))


@embeds.command("new-key")
@store_option
@language_option
def new_key(folder: Path | None, language: Language) -> None:
    """Sign new links with a new key; those that were made before still work.

    The keys stand in the file `secret` of the folder. Whoever takes a line out of it ends all links
    that were signed with it.
    """
    try:
        count = _store(folder).new_key()
    except StoreError as error:
        _fail(error)
    click.echo(_say(N_("Keys that are accepted: {n}"), language).format(n=count))


def _store(folder: Path | None) -> LinkStore:
    found = folder or state_folder()
    if found is None:
        reason = _say(N_("name the folder of the links with --store"), DEFAULT_LANGUAGE)
        raise click.UsageError(reason)
    return LinkStore(found)


def _fail(error: StoreError) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(WRONG_DATA)


def _say(text: str, language: Language) -> str:
    from webui.asking.viewer import catalogue

    return catalogue().gettext(language, text)


def _as_dict(store: LinkStore, entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "organisation": entry.organisation,
        "made": entry.made.isoformat(),
        "until": entry.until and entry.until.isoformat(),
        "withdrawn": entry.withdrawn and entry.withdrawn.isoformat(),
        "state": entry.state(store.today).value,
    }
