"""The user's folders for state and for caches, after the XDG specification."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROGRAM = "orgmodel"


def state_folder() -> Path | None:
    """Return the folder for state; None for a user without a home."""
    return _folder("XDG_STATE_HOME", (".local", "state"), ())


def cache_folder() -> Path | None:
    """Return the folder for caches; None for a user without a home."""
    return _folder("XDG_CACHE_HOME", (".cache",), ("cache",))


def _folder(
    variable: str, below_home: tuple[str, ...], on_windows: tuple[str, ...]
) -> Path | None:
    """Return a folder after https://specifications.freedesktop.org/basedir-spec/."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return local.joinpath(_PROGRAM, *on_windows)
    stated = Path(os.environ.get(variable, ""))
    return (stated if stated.is_absolute() else home.joinpath(*below_home)) / _PROGRAM
