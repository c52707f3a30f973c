"""What was read once, on disk, so that no start and no other process need read it again.

The folder is for the server's own user. By the SHA-256 of a data file's content it holds the file
as it was (`.yaml`), and what was made of it by this version of the program: its record (`.record`)
and its listing (`.listing`). Under `good` stands, by the path of each data file, which content of it
was the last without errors. All of it can be deleted at any time; what is missing is made anew.
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
# A version's folder; a file of a content, also one whose writing was cut off.
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
    """A folder of what was read.

    Whatever goes wrong with it is logged and is no error: the data are then read from their files.
    """

    folder: Path

    @classmethod
    def at(cls, folder: Path, served: Iterable[Path] = ()) -> Cache | None:
        """Return the cache in a folder, which is made; None where this user cannot have it alone.

        What belongs to no data file that was served of late is forgotten; `served` are data files
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
        """Return the listing of a content, None where it is not kept."""
        found = self._read(self._made / f"{digest}.listing", Listing)
        return found if isinstance(found, Listing) else None

    def record(self, digest: str) -> Record | None:
        """Return the record of a content, None where it is not kept."""
        found: Record | None = self._read(self._made / f"{digest}.record")
        return found

    def content(self, digest: str) -> bytes | None:
        """Return a content, None where it is not kept."""
        try:
            data = (self.folder / f"{digest}.yaml").read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def keep(self, digest: str, content: bytes, record: Record, listing: Listing) -> None:
        """Keep a content and what was made of it."""
        self._write(self.folder / f"{digest}.yaml", content)
        self._write(self._made / f"{digest}.record", to_bytes(record))
        self._write(self._made / f"{digest}.listing", to_bytes(listing))

    def last_good(self, path: Path) -> str | None:
        """Return which content of a data file was the last without errors; it is kept on."""
        pointer = self._pointer(path)
        try:
            digest = pointer.read_text("ascii")
            os.utime(pointer)
        except (OSError, ValueError):
            return None
        return digest if len(digest) == hashlib.sha256().digest_size * 2 else None

    def set_last_good(self, path: Path, digest: str) -> None:
        """Note the last content without errors; what only an earlier one needed is deleted."""
        before = self.last_good(path)
        if before == digest:
            return
        self._write(self._pointer(path), digest.encode("ascii"))
        if before is not None and before not in self._in_use():
            for one in self._of(before):
                one.unlink(missing_ok=True)

    @contextmanager
    def alone(self, digest: str) -> Iterator[None]:
        """Keep other processes from reading the same content at the same time."""
        if sys.platform == "win32":  # where there is one process only
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
        """Delete what belongs to no data file that was served of late, or to another version."""
        now = time.time()
        for path in self._good.iterdir():
            if path.stat().st_mtime < now - _FORGET_AFTER:
                path.unlink(missing_ok=True)
        in_use = self._in_use()
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if _OURS.fullmatch(path.name) is None:
                # The folder may hold what somebody else put there.
                continue
            if path.is_dir():
                if path != self._made and not any(path.iterdir()):
                    path.rmdir()
            elif path.parent != self._good:
                is_needed = path.stem in in_use and path.parent in {self.folder, self._made}
                # What is just being written belongs to nothing yet.
                if not is_needed and path.stat().st_mtime < now - _STILL_WRITTEN:
                    path.unlink(missing_ok=True)


def _is_ours(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    status = folder.stat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid == os.geteuid() and not status.st_mode & others
