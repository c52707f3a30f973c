"""`orgmodel schema` and `orgmodel bands`: what files look like."""

from __future__ import annotations

import click

from orgmodel.cli.group import main
from orgmodel.reading.bands import SHIPPED_BANDS
from orgmodel.reading.schema import schema_text


@main.command()
def schema() -> None:
    """Print the JSON Schema of the data files, for editors."""
    click.echo(schema_text(), nl=False)


@main.command()
def bands() -> None:
    """Print the shipped bands by kind of work, to change and to give back with --bands."""
    click.echo(SHIPPED_BANDS.read_text(encoding="utf-8"), nl=False)
