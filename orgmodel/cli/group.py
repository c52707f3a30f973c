"""The group that the commands join."""

from __future__ import annotations

import io
import sys

import click

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
