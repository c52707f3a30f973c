"""A cache on disk of data files that were read, for restarts and for other processes.

Only the server's user can access the folder. Keyed by the SHA-256 of a data file's content, it holds a
copy of the file (`.yaml`) and the results of this program version: its record (`.record`) and its
listing (`.listing`). `good` holds, for the path of each data file, the hash of its last error-free
content. Everything can be deleted at any time and is then rebuilt.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmodel.files import shown_name, write_whole
from orgmodel.reading.record_bytes import UnreadableBytesError, from_bytes, to_bytes
from webui.store.data_files import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.model.organisation import Record

LOG = logging.getLogger(__name__)
_FORGET_AFTER = 30 * 24 * 3600
_STILL_WRITTEN = 3600
_HOMES = ("orgmodel", "webui")
# Names of a version's folder, and of a content's files, including incompletely written ones.
_OURS = re.compile(r"[0-9a-f]{16}|\.?[0-9a-f]{50,64}\..+")


@cache
def program_version() -> str:
    """Return a hash that changes whenever a file of the program does."""
    root = Path(__file__).parents[2]
    found = hashlib.sha256(sys.version.encode())
    for home in _HOMES:
        for path in sorted((root / home).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                status = path.stat()
                place = path.relative_to(root).as_posix()
                found.update(f"{place}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return found.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of cached data.

    Failures are logged and not raised: the data are then read from their files.
    """

    folder: Path

    @classmethod
    def at(cls, folder: Path, served: Iterable[Path] = ()) -> Cache | None:
        """Create and return the cache in a folder; None if other users can access the folder.

        Contents of data files that were not served recently are deleted; `served` are the data files
        that are served now.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(folder):
                LOG.warning(
                    "%s is not this user's alone: nothing is kept in it", shown_name(folder)
                )
                return None
            found = cls(folder)
            for one in (found._made, found._good):
                one.mkdir(mode=0o700, exist_ok=True)
            for path in served:
                found.last_good(path)
            found._forget_unused()
        except OSError as error:
            LOG.warning("%s cannot be used: %s", shown_name(folder), error.strerror)
            return None
        return found

    def listing(self, digest: str) -> Listing | None:
        """Return the listing of a content, None if it is not cached."""
        found = self._read(self._made / f"{digest}.listing", Listing)
        return found if isinstance(found, Listing) else None

    def record(self, digest: str) -> Record | None:
        """Return the record of a content, None if it is not cached."""
        found: Record | None = self._read(self._made / f"{digest}.record")
        return found

    def content(self, digest: str) -> bytes | None:
        """Return a content, None if it is not cached."""
        try:
            data = (self.folder / f"{digest}.yaml").read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def keep(self, digest: str, content: bytes, record: Record, listing: Listing) -> None:
        """Store a content with its record and listing."""
        self._write(self.folder / f"{digest}.yaml", content)
        self._write(self._made / f"{digest}.record", to_bytes(record))
        self._write(self._made / f"{digest}.listing", to_bytes(listing))

    def last_good(self, path: Path) -> str | None:
        """Return the hash of a data file's last error-free content, and mark it as used."""
        pointer = self._pointer(path)
        try:
            digest = pointer.read_text("ascii")
            os.utime(pointer)
        except (OSError, ValueError):
            return None
        return digest if len(digest) == hashlib.sha256().digest_size * 2 else None

    def set_last_good(self, path: Path, digest: str) -> None:
        """Set the hash of the last error-free content; delete data that only the previous one uses."""
        before = self.last_good(path)
        if before == digest:
            return
        self._write(self._pointer(path), digest.encode("ascii"))
        if before is not None and before not in self._in_use():
            for one in self._of(before):
                one.unlink(missing_ok=True)

    @contextmanager
    def alone(self, digest: str) -> Iterator[None]:
        """Hold a lock so that no other process reads the same content at the same time."""
        if sys.platform == "win32":  # for a single process
            yield
            return
        import fcntl  # noqa: PLC0415 - not on every platform

        try:
            handle = os.open(self.folder / f"{digest}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @property
    def _made(self) -> Path:
        return self.folder / program_version()

    @property
    def _good(self) -> Path:
        return self.folder / "good"

    def _pointer(self, path: Path) -> Path:
        name = os.fsencode(path.absolute())
        return self._good / hashlib.sha256(name).hexdigest()

    def _of(self, digest: str) -> Iterator[Path]:
        return self.folder.rglob(f"{digest}.*")

    def _in_use(self) -> set[str]:
        return {one.read_text("ascii") for one in self._good.iterdir() if one.suffix == ""}

    def _read(self, path: Path, *more: type) -> Any:
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        try:
            return from_bytes(data, more)
        except UnreadableBytesError as error:
            LOG.warning("%s is damaged and made anew: %s", shown_name(path), error)
            return None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data, force=True)
        except OSError as error:
            LOG.warning("%s cannot be written: %s", shown_name(path), error.strerror)

    def _forget_unused(self) -> None:
        """Delete contents of data files not served recently, and folders of other versions."""
        now = time.time()
        for path in self._good.iterdir():
            if path.stat().st_mtime < now - _FORGET_AFTER:
                path.unlink(missing_ok=True)
        in_use = self._in_use()
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if _OURS.fullmatch(path.name) is None:
                # The folder may hold files that are not ours.
                continue
            if path.is_dir():
                if path != self._made and not any(path.iterdir()):
                    path.rmdir()
            elif path.parent != self._good:
                is_needed = path.stem in in_use and path.parent in {self.folder, self._made}
                # Files that are being written do not belong to a content yet.
                if not is_needed and path.stat().st_mtime < now - _STILL_WRITTEN:
                    path.unlink(missing_ok=True)


def _is_ours(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    status = folder.stat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid == os.geteuid() and not status.st_mode & others
