"""The organisations that are served, from files that may change at any time.

A file is read when it is new or has changed, beside the requests, by one thread. Until that is done,
what was read before is served. Where the new content has an error, the last content without one
stays, and the errors are told. Organisations are opened when they are asked for; those asked for
last stay open.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from orgmodel.errors import UnknownIdError
from orgmodel.model.organisation import Organisation, nearest_names
from orgmodel.reading.loading import (
    data_files,
    file_bytes,
    file_problem,
    read_bytes,
)
from orgmodel.reading.problems import ProblemList
from webui.background import Background
from webui.limits import ORGANISATIONS_OPEN, SECONDS_FOR_FIRST_READING
from webui.listings import listing_of
from webui.loaded import Versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from orgmodel.model.findings import Problem
    from orgmodel.model.organisation import Record
    from webui.cache import Cache
    from webui.listings import Listing
    from webui.loaded import Loaded

LOG = logging.getLogger(__name__)

Signature = tuple[int, int, int]


class StillReadingError(Exception):
    """What is asked for is in a file that is being read for the first time."""


@dataclass(frozen=True, slots=True)
class Good:
    """A content without errors.

    Attributes
    ----------
    digest
        Its hash.
    listing
        What is told of its organisation.
    record
        All that it says, where no cache keeps that.
    """

    digest: str
    listing: Listing
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A file whose content has errors.

    Attributes
    ----------
    served_id
        The organisation of its last content without errors, which is served; None without one.
    """

    path: Path
    problems: tuple[Problem, ...]
    served_id: str | None


@dataclass(eq=False, slots=True)
class DataFile:
    """A data file and what is known of it.

    Attributes
    ----------
    signature
        What the file looked like when it was last given to be read.
    since
        When that was.
    job
        The reading of it.
    digest, problems
        The content read last, and what is wrong with it.
    good
        The content that is served: the last without errors.
    """

    path: Path
    signature: Signature | None = None
    since: float = 0.0
    job: Future[None] | None = None
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    good: Good | None = None
    opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_known(self) -> bool:
        """Whether it was read at all."""
        return self.job is not None and (bool(self.digest) or bool(self.problems))


class Repository:
    """Organisations by id, from files and folders.

    Every question looks whether files have come, gone or changed since; only those are read.

    Parameters
    ----------
    paths
        Files of organisations, and folders of such files.
    cache
        Where what was read is kept; None to keep it in this process only.
    patience
        How many seconds a question waits for a file that has changed before it is answered with
        what was there before; None to wait until it is read.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        cache: Cache | None = None,
        patience: float | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._cache = cache
        self._patience = patience
        self._lock = threading.Lock()
        self._files: dict[Path, DataFile] = {}
        self._open: OrderedDict[str, Versions] = OrderedDict()
        self._reader = Background()

    # Questions --------------------------------------------------------------------------------

    def listings(self, day: date | None = None, *, names: bool = True) -> tuple[Listing, ...]:
        """Return what is told of every organisation, in the order of the files."""
        found = []
        for file, good in self._served(self._looked()).values():
            listing = good.listing
            if day is not None and not listing.holds_on(day):
                versions = self._opened(file, good)
                listing = listing_of(versions.seen(day, names=True), versions.anonymous)
            found.append(listing if names else listing.without_names())
        return tuple(found)

    def all(self, day: date | None = None, *, names: bool = True) -> tuple[Loaded, ...]:
        """Return every organisation that could be read, in the order of the files."""
        served = self._served(self._looked()).values()
        return tuple(self._opened(*one).seen(day, names=names) for one in served)

    def faulty(self) -> tuple[FaultyFile, ...]:
        """Return the files whose content has errors, with everything that is wrong in each."""
        return tuple(self._faulty(self._looked()))

    def faulty_as(self, organisation_id: str) -> tuple[FaultyFile, ...]:
        """Return the files with errors that hold an organisation, or are called like it."""
        found = self._faulty(self._refreshed())
        return tuple(one for one in found if organisation_id in {one.served_id, one.path.stem})

    def unread(self) -> int:
        """Return how many files are still being read for the first time."""
        return sum(not file.is_known for file in self._looked())

    def look(self) -> None:
        """Begin to read what has come or changed, without a question."""
        self._refreshed()

    def get(self, organisation_id: str, day: date | None = None, *, names: bool = True) -> Loaded:
        """Return an organisation on a day, or raise UnknownIdError with the ids most like it."""
        return self.versions(organisation_id).seen(day, names=names)

    def versions(self, organisation_id: str) -> Versions:
        """Return an organisation with all its versions.

        Raises
        ------
        UnknownIdError
            If there is no such organisation.
        StillReadingError
            If there may be one in a file that is being read for the first time.
        """
        return self._opened(*self._find(organisation_id))

    def state(self, organisation_id: str | None = None) -> str:
        """Return a text that is another whenever what is served is: of one organisation, or of all.

        Raises
        ------
        UnknownIdError
            If there is no such organisation.
        """
        if organisation_id is not None:
            file, good = self._find(organisation_id)
            return f"{good.digest} {file.digest if file.problems else ''}"
        files = self._looked()
        return " ".join(
            f"{file.path.name} {file.digest} {file.good.digest if file.good else ''} {file.is_known}"
            for file in files
        )

    # Looking at the files ---------------------------------------------------------------------

    def _looked(self) -> list[DataFile]:
        """Return the files as they are, after a while for those that have just changed."""
        files = self._refreshed()
        for file in files:
            self._wait_for(file)
        return files

    def _wait_for(self, file: DataFile) -> None:
        if file.job is not None and not file.job.done():
            patience = self._patience
            is_over = patience is not None and time.monotonic() - file.since >= patience
            wait([file.job], timeout=0 if is_over else patience)

    def _refreshed(self) -> list[DataFile]:
        """Give what has changed to the reader; forget what has gone."""
        with self._lock:
            known, self._files = self._files, {}
            for path in data_files(self._paths):
                file = self._files[path] = known.get(path) or DataFile(path)
                signature = _signature(path)
                if file.job is None or file.signature != signature:
                    file.signature, file.since = signature, time.monotonic()
                    file.job = self._reader.submit(partial(self._read, file))
            return list(self._files.values())

    def _find(self, organisation_id: str) -> tuple[DataFile, Good]:
        """Return the file of an organisation; only one that is not known yet is waited for long."""
        deadline = time.monotonic() + SECONDS_FOR_FIRST_READING
        while True:
            files = self._refreshed()
            served = self._served(files)
            if organisation_id in served:
                self._wait_for(served[organisation_id][0])
                served = self._served(files)
            if organisation_id in served:
                return served[organisation_id]
            unread = [file for file in files if file.job and not file.job.done()]
            if not unread:
                nearest = nearest_names(organisation_id, served)
                raise UnknownIdError(organisation_id, kind="organisation", nearest=nearest)
            self._wait_for_one(unread, organisation_id, deadline)

    def _wait_for_one(self, unread: list[DataFile], name: str, deadline: float) -> None:
        """Wait for one more file, that of the organisation's name first."""
        jobs = [file.job for file in unread if file.job]
        for file in unread:
            if file.job and file.path.stem == name:
                self._reader.hurry(file.job)
        left = None if self._patience is None else max(0.0, deadline - time.monotonic())
        wait(jobs, timeout=left, return_when=FIRST_COMPLETED)
        if left == 0:
            raise StillReadingError

    def _served(self, files: Iterable[DataFile]) -> dict[str, tuple[DataFile, Good]]:
        """Return what is served by its id: of two files with one id, the first."""
        found: dict[str, tuple[DataFile, Good]] = {}
        for file in files:
            if file.good is not None:
                found.setdefault(file.good.listing.id, (file, file.good))
        return found

    def _faulty(self, files: Sequence[DataFile]) -> Iterator[FaultyFile]:
        served = self._served(files)
        for file in files:
            if file.problems:
                served_id = file.good.listing.id if file.good else None
                yield FaultyFile(file.path, file.problems, served_id)
            elif file.good is not None and served[file.good.listing.id][0] is not file:
                name = file.good.listing.id
                other = str(served[name][0].path)
                problem = file_problem(file.path, "duplicate-organisation", id=name, other=other)
                yield FaultyFile(file.path, (problem,), None)

    # Reading, in the reader's thread ------------------------------------------------------------

    def _read(self, file: DataFile) -> None:
        """Read a file, and have what it holds served where it has no errors."""
        try:
            self._read_content(file)
        except Exception:
            # What is wrong is in the program; what was served before still is.
            LOG.exception("%s could not be read", file.path)
            detail = "the log of the server tells why"
            file.problems = (file_problem(file.path, "not-readable", detail=detail),)

    def _read_content(self, file: DataFile) -> None:
        problems = ProblemList(str(file.path))
        content = file_bytes(file.path, problems)
        if content is None:
            self._miss(file, problems.sorted())
            return
        digest = hashlib.sha256(content).hexdigest()
        with self._alone(digest):
            good = self._kept(digest)
            if good is None:
                outcome = read_bytes(content, file.path)
                if outcome.organisation is None:
                    self._refuse(file, digest, outcome.problems)
                    return
                good = self._made(digest, content, outcome.organisation)
        self._accept(file, good)

    def _alone(self, digest: str) -> AbstractContextManager[None]:
        """Keep other processes from reading the same content."""
        is_made = self._cache is None or self._kept(digest) is not None
        return nullcontext() if self._cache is None or is_made else self._cache.alone(digest)

    def _kept(self, digest: str) -> Good | None:
        listing = self._cache.listing(digest) if self._cache else None
        return None if listing is None else Good(digest, listing)

    def _made(self, digest: str, content: bytes, organisation: Organisation) -> Good:
        """Work out what is told of an organisation, and keep it."""
        versions = Versions(organisation)
        listing = listing_of(versions.base, versions.anonymous)
        if self._cache is None:
            self._keep_open(digest, versions)
            return Good(digest, listing, organisation.record)
        self._cache.keep(digest, content, organisation.record, listing)
        return Good(digest, listing)

    def _accept(self, file: DataFile, good: Good) -> None:
        before = file.good
        if before is not None and before.digest != good.digest and before.digest in self._open:
            # Whoever has it open gets the new one with all that its pages need.
            self._open_content(file, good).base.warm()
        was_wrong = bool(file.problems)
        file.good, file.digest, file.problems = good, good.digest, ()
        if self._cache is not None:
            self._cache.set_last_good(file.path, good.digest)
        if before is not None and before.digest != good.digest:
            with self._lock:
                self._open.pop(before.digest, None)
        if was_wrong:
            LOG.info("%s has no errors any more", file.path)

    def _miss(self, file: DataFile, problems: tuple[Problem, ...]) -> None:
        """Take note of a file that cannot be had; with one that is gone its organisation goes."""
        if file.path.exists():
            self._refuse(file, "", problems)
        else:
            file.good, file.digest, file.problems = None, "", problems

    def _refuse(self, file: DataFile, digest: str, problems: tuple[Problem, ...]) -> None:
        if file.good is None and self._cache is not None:
            file.good = self._last_good(file)
        file.digest, file.problems = digest, problems
        what = "the last content without errors is served" if file.good else "it is not served"
        lines = "\n".join(f"  {problem.line('en')}" for problem in problems)
        LOG.error("%s has errors; %s\n%s", file.path, what, lines)

    def _last_good(self, file: DataFile) -> Good | None:
        """Return the last content without errors, from the cache."""
        assert self._cache is not None  # noqa: S101 - who asks has seen that there is one
        digest = self._cache.last_good(file.path)
        if digest is None:
            return None
        good = self._kept(digest)
        if good is None:
            # Another version of the program made the listing; this one reads the content again.
            content = self._cache.content(digest) or b""
            organisation = read_bytes(content, file.path).organisation
            if organisation is not None:
                good = self._made(digest, content, organisation)
        return good

    # Opening ----------------------------------------------------------------------------------

    def _opened(self, file: DataFile, good: Good) -> Versions:
        with self._lock:
            found = self._open.get(good.digest)
            if found is not None:
                self._open.move_to_end(good.digest)
                return found
        with file.opening:
            with self._lock:
                found = self._open.get(good.digest)
            if found is None:
                found = self._open_content(file, good)
                if self._patience is not None:
                    # What a first page needs of a large organisation takes seconds.
                    self._reader.submit(found.base.warm)
        return found

    def _open_content(self, file: DataFile, good: Good) -> Versions:
        versions = Versions(Organisation(self._record(file, good)))
        self._keep_open(good.digest, versions)
        return versions

    def _record(self, file: DataFile, good: Good) -> Record:
        record = good.record or (self._cache and self._cache.record(good.digest))
        if record:
            return record
        kept = self._cache and self._cache.content(good.digest)
        for content in (kept, file_bytes(file.path, ProblemList(str(file.path)))):
            if content and hashlib.sha256(content).hexdigest() == good.digest:
                organisation = read_bytes(content, file.path).organisation
                if organisation is not None:
                    return organisation.record
        # The file has changed, and nobody kept what it was; the next question finds the new one.
        raise StillReadingError

    def _keep_open(self, digest: str, versions: Versions) -> None:
        with self._lock:
            self._open[digest] = versions
            self._open.move_to_end(digest)
            while len(self._open) > ORGANISATIONS_OPEN:
                self._open.popitem(last=False)


def _signature(path: Path) -> Signature | None:
    """Return what changes when a file does; None where it cannot be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
