"""`orgmodel schema` and `orgmodel bands`: what files look like."""

from __future__ import annotations

from orgmodel.cli.common import print_file
from orgmodel.cli.group import main


@main.command()
def schema() -> None:
    """Print the JSON Schema of the data files, for editors."""
    from orgmodel.reading.schema import schema_text

    print_file(schema_text())


@main.command()
def bands() -> None:
    """Print the shipped bands by kind of work, to change and to give back with --bands."""
    from orgmodel.reading.bands import SHIPPED_BANDS

    print_file(SHIPPED_BANDS.read_text(encoding="utf-8"))
