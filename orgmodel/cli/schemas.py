"""`orgmodel schema`."""

from __future__ import annotations

import click

from orgmodel.cli.group import main
from orgmodel.reading.schema import schema_text


@main.command()
def schema() -> None:
    """Print the JSON Schema of the data files, for editors."""
    click.echo(schema_text(), nl=False)
