"""The organisations that are served: read from files, read again when a file changes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from orgmodel.errors import UnknownIdError
from orgmodel.model.organisation import nearest_names
from orgmodel.reading.loading import (
    Outcome,
    organisation_files,
    read,
    without_duplicates,
)
from webui.loaded import Versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from webui.loaded import Loaded

Signature = tuple[int, int, int]


class Repository:
    """Organisations by id, from files and folders.

    Every question looks whether files have come, gone or changed since; only those are read. A file
    that is wrong stands among the problems, and the others are served.

    Parameters
    ----------
    paths
        Files of organisations, and folders of such files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[Signature | None, Outcome]] = {}
        self._outcomes: tuple[Outcome, ...] = ()
        self._loaded: dict[str, Versions] = {}

    def all(self, day: date | None = None, *, names: bool = True) -> tuple[Loaded, ...]:
        """Return every organisation that could be read, in the order of the files."""
        with self._lock:
            self._refresh()
            found = tuple(self._loaded.values())
        return tuple(one.seen(day, names=names) for one in found)

    def broken(self) -> tuple[Outcome, ...]:
        """Return the files that could not be read, with everything that is wrong in each."""
        with self._lock:
            self._refresh()
            return tuple(outcome for outcome in self._outcomes if outcome.organisation is None)

    def broken_as(self, organisation_id: str) -> tuple[Outcome, ...]:
        """Return the files that could not be read and are called like an organisation."""
        return tuple(one for one in self.broken() if one.path.stem == organisation_id)

    def get(self, organisation_id: str, day: date | None = None, *, names: bool = True) -> Loaded:
        """Return an organisation on a day, or raise UnknownIdError with the ids most like it."""
        return self.versions(organisation_id).seen(day, names=names)

    def versions(self, organisation_id: str) -> Versions:
        """Return an organisation with all its versions, or raise UnknownIdError."""
        with self._lock:
            self._refresh()
            found = self._loaded.get(organisation_id)
            if found is None:
                nearest = nearest_names(organisation_id, self._loaded)
                raise UnknownIdError(organisation_id, kind="organisation", nearest=nearest)
        return found

    def _refresh(self) -> None:
        files = self._files()
        signatures = {path: _signature(path) for path in files}
        known = {path: signature for path, (signature, _outcome) in self._read.items()}
        if signatures == known:
            return
        self._read = {
            path: self._read[path]
            if path in known and known[path] == signature
            else (signature, read(path))
            for path, signature in signatures.items()
        }
        outcomes = without_duplicates([outcome for _signature, outcome in self._read.values()])
        loaded = {}
        for outcome in outcomes:
            organisation = outcome.organisation
            if organisation is not None:
                before = self._loaded.get(organisation.id)
                is_same = before is not None and before.base.organisation is organisation
                loaded[organisation.id] = before if is_same and before else Versions(organisation)
        self._outcomes, self._loaded = tuple(outcomes), loaded

    def _files(self) -> list[Path]:
        files: dict[Path, None] = {}
        for path in self._paths:
            files.update(dict.fromkeys(organisation_files(path) if path.is_dir() else [path]))
        return list(files)


def _signature(path: Path) -> Signature | None:
    """Return what changes when a file does; None where it cannot be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
