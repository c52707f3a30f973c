"""`orgmodel embeds`: manages the links to embedded views, for the server's operator."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgmodel.cli import main
from orgmodel.cli.common import (
    WRONG_DATA,
    format_option,
    language_option,
    print_json,
    print_table,
)
from orgmodel.texts import DEFAULT_LANGUAGE, N_, format_day
from webui.embedding.store import LinkStore, StoreError
from webui.store.folders import state_folder

if TYPE_CHECKING:
    from orgmodel.texts import Language

_COLUMNS = (N_("Link"), N_("Organisation"), N_("Made"), N_("Last day"), N_("State"))


class _Commands(click.Group):
    """Commands that exit with an error message if the store cannot be read or written."""

    def invoke(self, context: click.Context) -> object:
        """Run the requested command."""
        try:
            return super().invoke(context)
        except StoreError as error:
            click.echo(str(error), err=True)
            sys.exit(WRONG_DATA)


def _store(_context: click.Context, _option: click.Parameter, folder: Path | None) -> LinkStore:
    found = folder or state_folder()
    if found is None:
        reason = _say(N_("name the folder of the links with --store"), DEFAULT_LANGUAGE)
        raise click.UsageError(reason)
    return LinkStore(found)


store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_store,
    help="The folder of the links; without it, the one that `serve` takes by itself.",
)


@main.group(cls=_Commands)
def embeds() -> None:
    """List, withdraw and delete the links by which views are shown on other sites."""


@embeds.command("list")
@store_option
@format_option
@language_option
def show_links(store: LinkStore, output: str, language: Language) -> None:
    """List the links that were made, the newest first."""
    entries = store.all()
    if output == "json":
        links = [
            {
                "id": entry.id,
                "organisation": entry.organisation,
                "made": entry.made.isoformat(),
                "until": entry.until and entry.until.isoformat(),
                "withdrawn": entry.withdrawn and entry.withdrawn.isoformat(),
                "state": entry.state(store.today),
            }
            for entry in entries
        ]
        print_json(links)
        return
    if not entries:
        click.echo(_say(N_("No link is saved in {folder}."), language, folder=store.folder))
        return
    rows = (
        (
            entry.id,
            entry.organisation,
            format_day(entry.made.astimezone().date(), language),
            format_day(entry.until, language) if entry.until else _say(N_("never"), language),
            _say(entry.state(store.today), language),
        )
        for entry in entries
    )
    print_table([_say(one, language) for one in _COLUMNS], rows, language)


@embeds.command()
@click.argument("link_id", metavar="ID")
@store_option
@language_option
def withdraw(link_id: str, store: LinkStore, language: Language) -> None:
    """Withdraw a link for good. Its view is no longer shown anywhere."""
    if not store.withdraw(link_id):
        reason = N_("there is no link “{id}” in {folder}")
        raise click.UsageError(_say(reason, language, id=link_id, folder=store.folder))
    click.echo(_say(N_("The link is withdrawn"), language))


@embeds.command()
@store_option
@language_option
def prune(store: LinkStore, language: Language) -> None:
    """Delete the links that have expired or are withdrawn; they stay refused."""
    words = N_("Links deleted in {folder}: {n}")
    click.echo(_say(words, language, n=store.prune(), folder=store.folder))


@embeds.command("new-key")
@store_option
@language_option
def new_key(store: LinkStore, language: Language) -> None:
    """Sign new links with a new key; those that were made before still work.

    The keys stand in the file `secret` of the folder. Whoever takes a line out of it ends all links
    that were signed with it.
    """
    click.echo(_say(N_("Keys that are accepted: {n}"), language, n=store.new_key()))


def _say(text: str, language: Language, **params: object) -> str:
    from webui.asking.viewer import text_in

    return text_in(language, text, **params)
