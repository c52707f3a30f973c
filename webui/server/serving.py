"""Serving the explorer from this machine with one or several processes on one port.

Granian implements HTTP and holds idle and incomplete connections without Python threads. Each
process loads the app separately; they share no memory.
"""

from __future__ import annotations

import atexit
import faulthandler
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from orgmodel.reading.loading import data_files
from webui.limits import MOST_CONNECTIONS, SECONDS_IDLE, SECONDS_TO_DRAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flask import Response

    from webui.server.gateway import Gateway

_BACKLOG = 2048
# Python threads switch after a millisecond, so that a fast page waits little for a slow one.
_SWITCH_SECONDS = 0.001
# The timeout for processes that do not end when asked to.
_SECONDS_TO_CLEAR_UP = 5
_STANDARD_ERROR = 2
_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "dated": {"format": "%(asctime)s %(levelname)s %(message)s"},
        "plain": {"format": "%(message)s"},
    },
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "dated"},
        "access": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["errors"], "level": "INFO"},
    "loggers": {
        "webui.server.access_log": {"handlers": ["access"], "propagate": False},
    },
}


def serve_paths(
    paths: Sequence[Path],
    host: str,
    port: int,
    workers: int = 1,
    config: Mapping[str, object] | None = None,
) -> None:
    """Serve organisations until interrupted, after printing the address.

    The first signal to end lets requests in flight finish, a second does not.

    Parameters
    ----------
    port
        The port; 0 for any free port.
    workers
        The number of worker processes; on Windows always one.
    config
        Further settings of the app.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        reason = ", ".join(f"'{path}'" for path in missing)
        message = f"there is no file or folder {reason}"
        raise click.UsageError(message)
    try:
        address, held = _hold_port(host, port)
    except OSError as error:
        click.echo(f"cannot listen on {host}:{port}: {error.strerror or error}", err=True)
        sys.exit(1)
    settings = {
        "DATA_PATHS": tuple(paths),
        "LISTENS_ON": host,
        "WORKERS": workers,
        **(config or {}),
    }
    with held:
        _run(address, workers, settings)


def _run(address: tuple[str, int], workers: int, settings: Mapping[str, object]) -> None:
    from granian import Granian  # noqa: PLC0415 - no other command needs it
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    _raise_file_limit()
    # A forked process may deadlock on a lock held by a library's thread.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "webui",
        *address,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        workers=workers,
        backlog=_BACKLOG,
        backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=1000 * SECONDS_IDLE),
        workers_kill_timeout=SECONDS_TO_DRAIN,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
    )
    server.on_startup(partial(_end_when_asked, server))
    threading.Thread(target=_say_where, args=(address, _count(settings)), daemon=True).start()
    server.serve(target_loader=partial(load_app, settings), wrap_loader=False)


def load_app(settings: Mapping[str, object]) -> Gateway:
    """Return the app of one worker process, which ends when its parent does."""
    # The parent process needs no app.
    from webui import create_app  # noqa: PLC0415
    from webui.asking.edge import KEY  # noqa: PLC0415
    from webui.server.gateway import Gateway  # noqa: PLC0415

    sys.setswitchinterval(_SWITCH_SECONDS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(_end_without_clearing_up)
    app = create_app(settings)
    app.after_request(_hide_server)
    # Log errors in data and render the front page before the first request.
    app.extensions[KEY].look()
    return Gateway(app)


def _hide_server(response: Response) -> Response:
    """Set the Server header to the program's name, without the server library."""
    response.headers["Server"] = "orgmodel"
    return response


def _hold_port(host: str, port: int) -> tuple[tuple[str, int], socket.socket]:
    """Return the address and port to listen on, and a socket that reserves them.

    The processes share the port, so otherwise a second server could share it, too.
    """
    family, kind, _proto, _name, place = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(place)
        found = probe.getsockname()[:2]
    held = socket.socket(family, kind)
    if hasattr(socket, "SO_REUSEPORT"):
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((*found, *place[2:]))
    return found, held


def _count(settings: Mapping[str, Any]) -> str:
    """Return the number of organisations to read, one per file."""
    count = len(list(data_files(settings["DATA_PATHS"])))
    return "1 organisation" if count == 1 else f"{count} organisations"


def _say_where(address: tuple[str, int], what: str) -> None:
    """Print the address when the server answers there."""
    host, port = address
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not to listen on
    while True:
        try:
            socket.create_connection((asked, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            break
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"serving {what} on http://{shown}:{port}/")
    sys.stdout.flush()


def _end_when_asked(server: Any) -> None:
    """Let requests in flight finish at the first signal, and end at once at the second."""
    signals = (signal.SIGINT, signal.SIGTERM)

    def end(_number: int, _frame: object) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_DFL)
        # Errors during the shutdown are shown.
        faulthandler.dump_traceback_later(
            SECONDS_TO_DRAIN + _SECONDS_TO_CLEAR_UP, exit=True, file=_STANDARD_ERROR
        )
        # The interrupted code may hold the lock needed here, so another thread waits for it.
        threading.Thread(target=server.signal_handler_interrupt, daemon=True).start()

    for one in signals:
        signal.signal(one, end)


def _end_with_parent() -> None:
    """End this process when its parent has ended, as after a second signal."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end_without_clearing_up() -> None:
    """End without freeing memory, because freeing large organisations takes seconds."""
    logging.shutdown()
    os._exit(0)


def _raise_file_limit() -> None:
    """Raise the limit of open files, and so of connections, to what the system allows."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every platform

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    elif soft < wanted:
        logging.getLogger(__name__).warning("only %d files may be open at a time", soft)
