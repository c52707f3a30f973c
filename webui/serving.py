"""Serving the explorer from this machine."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

import click
from waitress.server import create_server

from webui import create_app
from webui.limits import REQUESTS_AT_ONCE
from webui.state import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from webui.repository import Repository

# A template and the form around it; addresses that take less say so themselves.
_LARGEST_BODY = 51 * 2**20


def serve_paths(
    paths: Sequence[Path], host: str, port: int, config: Mapping[str, object] | None = None
) -> None:
    """Serve organisations until interrupted; say where, and what could not be read.

    `config` holds further settings of the app.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        reason = ", ".join(f"'{path}'" for path in missing)
        message = f"there is no file or folder {reason}"
        raise click.UsageError(message)
    # A queue of one is no news to anybody who opens a page.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app({"DATA_PATHS": tuple(paths), **(config or {})})
    repository = app.extensions[KEY]
    for outcome in repository.broken():
        for problem in outcome.problems:
            click.echo(problem.line("en"), err=True)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=REQUESTS_AT_ONCE,
            ident=None,
            max_request_body_size=_LARGEST_BODY,
        )
    except OSError as error:
        click.echo(f"cannot listen on {host}:{port}: {error.strerror}", err=True)
        sys.exit(1)
    shown = f"[{host}]" if ":" in host else host
    count = len(repository.all())
    noun = "organisation" if count == 1 else "organisations"
    click.echo(f"serving {count} {noun} on http://{shown}:{listening_port(server)}/")
    sys.stdout.flush()
    # What a first page needs of a large organisation takes seconds; nobody should wait for it.
    names = bool(app.config["NAMES"])
    threading.Thread(
        target=_warm, args=(repository,), kwargs={"names": names}, daemon=True
    ).start()
    server.run()


def _warm(repository: Repository, *, names: bool) -> None:
    for loaded in repository.all(names=names):
        loaded.warm()


def listening_port(server: object) -> int:
    """Return the port that a server listens on, which is chosen for it where 0 was asked for."""
    # A name such as localhost may stand for several addresses; the server then has several sockets.
    several: list[tuple[str, int]] = getattr(server, "effective_listen", [])
    return several[0][1] if several else int(getattr(server, "effective_port", 0))
