"""The store of links: the keys that sign them, and their expiry and withdrawal.

A folder with access for the server's user only holds the file `secret`, one key per line with the
newest last, and `links.sqlite3`. Neither contains personal data. Every query reads the files again, so
that all processes see a withdrawal at once; each change is one transaction. The database uses SQLite's
rollback journal: writes are rare, and the database is then readable on any file system, including
read-only ones.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
import sys
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY_BYTES = 32
MOST_LINKS = 100_000
_PATIENCE = 10.0
_OWNER_ONLY = 0o600
_TABLE = """CREATE TABLE IF NOT EXISTS links (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    made TEXT NOT NULL,
    until TEXT,
    withdrawn TEXT
)"""
_HAS_TABLE = "SELECT count(*) FROM sqlite_master WHERE name = 'links'"
_FORGET_OVER = "DELETE FROM links WHERE until < ?"
_FORGET_OLDEST = """DELETE FROM links WHERE id IN (
    SELECT id FROM links WHERE withdrawn IS NOT NULL ORDER BY withdrawn, id LIMIT ?
)"""


class StoreError(Exception):
    """The store cannot be read or written."""


class StoreFullError(StoreError):
    """The store has reached its maximum number of links."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A created link.

    Attributes
    ----------
    made, withdrawn
        The times of creation and withdrawal, in UTC.
    until
        The last day on which it works; None for an unlimited link.
    """

    id: str
    organisation: str
    made: datetime
    until: date | None
    withdrawn: datetime | None

    def state(self, today: date) -> str:
        """Return its state as one word."""
        if self.withdrawn is not None:
            return N_("withdrawn")
        return N_("expired") if is_over(self.until, today) else N_("live")


def is_over(until: date | None, today: date) -> bool:
    """Tell whether the last day of a link is past."""
    return until is not None and today > until


class LinkStore:
    """The links in a folder, which is created with the first link.

    Every method that reads or writes the files raises StoreError if that fails.

    Attributes
    ----------
    clock
        Returns the current time with its time zone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock: Callable[[], datetime] = lambda: datetime.now().astimezone()
        self._links, self._secret = folder / "links.sqlite3", folder / "secret"

    @property
    def today(self) -> date:
        """The current day in the server's time zone."""
        return self.clock().date()

    @property
    def is_there(self) -> bool:
        """Whether the store exists."""
        with _told_of(self._links):
            return self._links.exists()

    def keys(self) -> tuple[bytes, ...]:
        """Return the keys that sign links, the newest last; none before the first link."""
        with _told_of(self._secret):
            try:
                lines = self._secret.read_text(encoding="ascii").split()
            except FileNotFoundError:
                return ()
            keys = tuple(map(bytes.fromhex, lines))
        if not keys or min(map(len, keys)) < KEY_BYTES:
            msg = f"{self._secret}: a key is {2 * KEY_BYTES} hexadecimal digits"
            raise StoreError(msg)
        return keys

    def find(self, link_id: str) -> Entry | None:
        """Return a link; None if it is unknown."""
        found = self._asked("SELECT * FROM links WHERE id = ?", link_id)
        return found[0] if found else None

    def all(self) -> tuple[Entry, ...]:
        """Return every link, the newest first."""
        return self._asked("SELECT * FROM links ORDER BY made DESC, id")

    def new_key(self) -> int:
        """Add a key, which signs links from now on; return the number of keys."""
        with self._changing():
            return self._add_key()

    def add(self, organisation: str, until: date | None) -> str:
        """Store a new link; return its unique id.

        Raises
        ------
        StoreFullError
            If the maximum number of links is in use.
        """
        link_id = secrets.token_hex(8)
        with self._changing() as database:
            # An expired link contains its last day itself, so its entry can be deleted.
            database.execute(_FORGET_OVER, (self.today.isoformat(),))
            (count,) = database.execute("SELECT count(*) FROM links").fetchone()
            if count >= MOST_LINKS:
                # A link without an entry is refused as withdrawn.
                count -= database.execute(_FORGET_OLDEST, (count - MOST_LINKS + 1,)).rowcount
            if count >= MOST_LINKS:
                msg = f"{self._links}: {MOST_LINKS} links"
                raise StoreFullError(msg)
            values = (link_id, organisation, self._moment(), until and until.isoformat())
            database.execute("INSERT INTO links VALUES (?, ?, ?, ?, NULL)", values)
            if not self.keys():
                self._add_key()
        return link_id

    def withdraw(self, link_id: str) -> bool:
        """Withdraw a link permanently; tell whether it exists."""
        if self.find(link_id) is None:
            return False
        change = "UPDATE links SET withdrawn = coalesce(withdrawn, ?) WHERE id = ?"
        with self._changing() as database:
            return database.execute(change, (self._moment(), link_id)).rowcount == 1

    def prune(self) -> int:
        """Delete expired and withdrawn links; return their number."""
        if not self.is_there:
            return 0
        with self._changing() as database:
            over = database.execute(_FORGET_OVER, (self.today.isoformat(),)).rowcount
            return over + database.execute(_FORGET_OLDEST, (-1,)).rowcount

    def _moment(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="microseconds")

    def _asked(self, question: str, *values: str) -> tuple[Entry, ...]:
        if not self.is_there:
            return ()
        # A process that was killed during a write leaves a journal, which the next connection rolls
        # back, so it needs write access. SQLite opens a file without write permission read-only.
        address = f"{self._links.absolute().as_uri()}?mode=rw"
        with (
            _told_of(self._links),
            closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as database,
        ):
            # The process may have been killed before it created the table.
            if database.execute(_HAS_TABLE).fetchone() == (0,):
                return ()
            return tuple(map(_entry, database.execute(question, values)))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Yield the database in an exclusive transaction."""
        with _told_of(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.is_there:
                self._links.touch(mode=_OWNER_ONLY)
                _hand_over(self._links, self.folder)
            connection = sqlite3.connect(self._links, timeout=_PATIENCE, isolation_level=None)
            with closing(connection) as database:
                database.execute("BEGIN IMMEDIATE")
                database.execute(_TABLE)
                yield database
                database.execute("COMMIT")

    def _add_key(self) -> int:
        """Write the keys with a new one; the caller holds the exclusive lock."""
        keys = (*self.keys(), secrets.token_bytes(KEY_BYTES))
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".secret.")
        written = Path(name)
        try:
            if self._secret.exists():
                written.chmod(stat.S_IMODE(self._secret.stat().st_mode))
                _hand_over(written, self._secret)
            else:
                _hand_over(written, self.folder)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.writelines(f"{key.hex()}\n" for key in keys)
                file.flush()
                os.fsync(file.fileno())
            written.replace(self._secret)
        finally:
            written.unlink(missing_ok=True)
        return len(keys)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Convert errors of files and folders to a StoreError that names the path."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError) as error:
        msg = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise StoreError(msg) from error


def _hand_over(file: Path, like: Path) -> None:
    """Change a file's owner to another file's, so that the server can read files written by root."""
    if sys.platform == "win32":
        return
    owner = like.stat()
    if (owner.st_uid, owner.st_gid) != (file.stat().st_uid, file.stat().st_gid):
        os.chown(file, owner.st_uid, owner.st_gid)


def _entry(row: tuple[str, str, str, str | None, str | None]) -> Entry:
    link_id, organisation, made, until, withdrawn = row
    return Entry(
        link_id,
        organisation,
        datetime.fromisoformat(made),
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(withdrawn) if withdrawn else None,
    )
