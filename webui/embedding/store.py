"""What is remembered of links: the keys that sign them, and which are withdrawn.

A folder for the server's own user holds the file `secret`, a key a line with the newest last, and
`links.sqlite3`. Neither says who anybody is. Every question is asked of the files anew, so that all
processes see a withdrawal at once; each change is one transaction. The database keeps SQLite's
plain journal: writes are rare, and it can then be read on any file system, also a read-only one.
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
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

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

_FORGET_OVER = "DELETE FROM links WHERE until < ?"
_FORGET_OLDEST = """DELETE FROM links WHERE id IN (
    SELECT id FROM links WHERE withdrawn IS NOT NULL ORDER BY withdrawn, id LIMIT ?
)"""


class StoreError(Exception):
    """The store cannot be read or written."""


class StoreFullError(StoreError):
    """The store holds as many links as it may."""


class State(StrEnum):
    """Whether a link still works."""

    LIVE = "live"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link that was made.

    Attributes
    ----------
    made, withdrawn
        When, in universal time.
    until
        The last day on which it works; None for ever.
    """

    id: str
    organisation: str
    made: datetime
    until: date | None
    withdrawn: datetime | None

    def state(self, today: date) -> State:
        """Return whether it still works."""
        if self.withdrawn is not None:
            return State.WITHDRAWN
        is_over = self.until is not None and today > self.until
        return State.EXPIRED if is_over else State.LIVE


class LinkStore:
    """The links in a folder, which is made when the first link is.

    Parameters
    ----------
    folder
        The folder.
    clock
        Tells the time; it has a zone.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.folder = folder
        self.clock = clock or _now
        self._links, self._secret = folder / "links.sqlite3", folder / "secret"

    @property
    def today(self) -> date:
        """The day that it is where the server stands."""
        return self.clock().date()

    def keys(self) -> tuple[bytes, ...]:
        """Return the keys that sign links, the newest last; none before the first link.

        Raises
        ------
        StoreError
            If the file is there and cannot be read, or holds what is no key.
        """
        try:
            lines = self._secret.read_text(encoding="ascii").split()
            keys = tuple(bytes.fromhex(line) for line in lines)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            msg = f"{self._secret}: {_reason(error)}"
            raise StoreError(msg) from error
        if not keys or min(map(len, keys)) < KEY_BYTES:
            msg = f"{self._secret}: a key is {2 * KEY_BYTES} hexadecimal digits"
            raise StoreError(msg)
        return keys

    def new_key(self) -> int:
        """Add a key that signs from now on; return how many there are."""
        with self._changing():
            return len(self._add_key())

    def add(self, organisation: str, until: date | None) -> str:
        """Remember a new link; return its id, which no other has.

        Raises
        ------
        StoreError
            If it cannot be remembered.
        """
        link_id = secrets.token_hex(8)
        with self._changing() as database:
            # A link past its last day says so by itself, so that it can be forgotten.
            database.execute(_FORGET_OVER, (self.today.isoformat(),))
            (count,) = database.execute("SELECT count(*) FROM links").fetchone()
            if count >= MOST_LINKS:
                # One that is not remembered is refused as one that is withdrawn.
                cursor = database.execute(_FORGET_OLDEST, (count - MOST_LINKS + 1,))
                count -= cursor.rowcount
            if count >= MOST_LINKS:
                msg = f"{self._links}: {MOST_LINKS} links"
                raise StoreFullError(msg)
            values = (link_id, organisation, self._moment(), until and until.isoformat())
            database.execute("INSERT INTO links VALUES (?, ?, ?, ?, NULL)", values)
            if not self.keys():
                self._add_key()
        return link_id

    def find(self, link_id: str) -> Entry | None:
        """Return a link; None where it is not known.

        Raises
        ------
        StoreError
            If the links cannot be read.
        """
        found = self._asked("SELECT * FROM links WHERE id = ?", (link_id,))
        return found[0] if found else None

    def all(self) -> tuple[Entry, ...]:
        """Return every link, the newest first.

        Raises
        ------
        StoreError
            If the links cannot be read.
        """
        return self._asked("SELECT * FROM links ORDER BY made DESC, id")

    def withdraw(self, link_id: str) -> bool:
        """Withdraw a link for good; tell whether there is such a link.

        Raises
        ------
        StoreError
            If that cannot be remembered.
        """
        if self.find(link_id) is None:
            return False
        change = "UPDATE links SET withdrawn = coalesce(withdrawn, ?) WHERE id = ?"
        with self._changing() as database:
            return database.execute(change, (self._moment(), link_id)).rowcount == 1

    def prune(self) -> int:
        """Forget the links that are over or withdrawn; return how many they were.

        Raises
        ------
        StoreError
            If that cannot be written.
        """
        if not self.is_there:
            return 0
        with self._changing() as database:
            over = database.execute(_FORGET_OVER, (self.today.isoformat(),)).rowcount
            return over + database.execute(_FORGET_OLDEST, (-1,)).rowcount

    @property
    def is_there(self) -> bool:
        """Whether any link was ever remembered here."""
        try:
            return self._links.exists()
        except OSError as error:
            msg = f"{self._links}: {_reason(error)}"
            raise StoreError(msg) from error

    def _moment(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="microseconds")

    def _asked(self, question: str, values: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        try:
            if not self.is_there:
                return ()
            address = f"{self._links.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as database:
                rows = database.execute(question, values).fetchall()
            return tuple(map(_entry, rows))
        except (OSError, sqlite3.Error, ValueError) as error:
            msg = f"{self._links}: {_reason(error)}"
            raise StoreError(msg) from error

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give the database in a transaction that no other process changes it in."""
        try:
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
        except (OSError, sqlite3.Error) as error:
            msg = f"{self.folder}: {_reason(error)}"
            raise StoreError(msg) from error

    def _add_key(self) -> tuple[bytes, ...]:
        """Write the keys with a new one; only one process at a time comes here."""
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
        return keys


def _hand_over(file: Path, like: Path) -> None:
    """Give a file to the owner of another, so that the server can read what the root user wrote."""
    if sys.platform == "win32":
        return
    owner = like.stat()
    if (owner.st_uid, owner.st_gid) != (file.stat().st_uid, file.stat().st_gid):
        os.chown(file, owner.st_uid, owner.st_gid)


def _now() -> datetime:
    return datetime.now().astimezone()


def _entry(row: tuple[str, str, str, str | None, str | None]) -> Entry:
    link_id, organisation, made, until, withdrawn = row
    return Entry(
        link_id,
        organisation,
        datetime.fromisoformat(made),
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(withdrawn) if withdrawn else None,
    )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
