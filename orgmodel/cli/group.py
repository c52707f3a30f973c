"""The group that the commands join."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Any

import click

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 99}
_CANNOT_BE_WRITTEN = {errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF}


class _Program(click.Group):
    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command; where standard output takes no more, say so."""
        if sys.stdout is None:
            sys.stdout = _nowhere()
        try:
            return super().main(*arguments, **settings)
        except OSError as error:
            # One of a file names it, and is told by who opened it.
            if error.filename is not None or error.errno not in _CANNOT_BE_WRITTEN:
                raise
            # What is still in it would be tried once more at the end.
            sys.stdout = _nowhere()
            click.echo(f"Error: standard output: {error.strerror}", err=True)
            sys.exit(1)


def _nowhere() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")


@click.group(cls=_Program, context_settings=_CONTEXT)
@click.version_option(package_name="orgmodel")
def main() -> None:
    """Explore organisations: their leadership chains and spans of control.

    A PATH is a YAML file of one organisation, or a folder of such files.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot write a letter shows its code; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
