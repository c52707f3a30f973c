"""The served organisations, from files that may change at any time.

A background thread reads a file when it is new or has changed. Until then the previous content is
served. If the new content has errors, the last error-free content stays served, and the errors are
reported. Organisations are opened on demand; the most recently used ones stay open.
"""

from __future__ import annotations

import gc
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from orgmodel.errors import UnknownIdError
from orgmodel.files import shown_name
from orgmodel.model.organisation import nearest_names
from orgmodel.reading.loading import data_files, file_problem
from webui.limits import SECONDS_FOR_FIRST_READING
from webui.store.data_files import DataFile, FaultyFile, FileReader, Good, listing_of, signature_of
from webui.store.opened import Opened, StillReadingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from orgmodel.analysis.questions.search import SearchIndex
    from webui.store.cache import Cache
    from webui.store.data_files import Listing
    from webui.store.loaded import Loaded, Versions

Result = TypeVar("Result")


class Background:
    """Runs jobs one after the other, in a daemon thread that lives while there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Future[Any], Callable[[], None]]] = deque()
        self._is_running = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Queue a job; the future holds its result or its exception."""
        future: Future[Result] = Future()

        def do() -> None:
            try:
                result = work()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            self._waiting.append((future, do))
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="background", daemon=True).start()
        return future

    def hurry(self, future: Future[Any]) -> None:
        """Move a job to the front of the queue, if it has not started."""
        with self._lock:
            found = next((one for one in self._waiting if one[0] is future), None)
            if found is not None:
                self._waiting.remove(found)
                self._waiting.appendleft(found)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._is_running = False
                    return
                _future, do = self._waiting.popleft()
            do()


class Repository:
    """Organisations by id, from files and folders.

    Every query checks for added, removed and changed files; only those are read.

    Parameters
    ----------
    paths
        Files of organisations, and folders of such files.
    cache
        The cache on disk; None to keep data in this process only.
    patience
        How many seconds a query waits for a changed file before it returns the previous content;
        None to wait until the file is read.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        cache: Cache | None = None,
        patience: float | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._patience = patience
        self._lock = threading.Lock()
        self._files: dict[Path, DataFile] = {}
        self._background = Background()
        self._opened = Opened(cache, self._warm)
        self._reader = FileReader(cache, self._opened)

    # Queries ----------------------------------------------------------------------------------

    def listings(self, day: date | None = None, *, names: bool = True) -> tuple[Listing, ...]:
        """Return the summary of every organisation, in the order of the files."""
        found = []
        for file, good in self._served(self._looked()).values():
            listing = good.listing
            if day is not None and not listing.holds_on(day):
                versions = self._opened.get(file, good)
                listing = listing_of(versions.version(day, names=True), versions.anonymous)
            found.append(listing if names else listing.without_names())
        return tuple(found)

    def all(self, day: date | None = None, *, names: bool = True) -> tuple[Loaded, ...]:
        """Return every organisation that could be read, in the order of the files."""
        served = self._served(self._looked()).values()
        return tuple(self._opened.get(*one).version(day, names=names) for one in served)

    def search_indexes(
        self, day: date | None = None, *, names: bool = True
    ) -> tuple[SearchIndex, ...]:
        """Return the search index of every organisation that can be read, in the order of the files."""
        found = []
        for file, good in self._served(self._looked()).values():
            with suppress(StillReadingError):
                found.append(self._opened.search_index(file, good, day, names=names))
        return tuple(found)

    def faulty(self) -> tuple[FaultyFile, ...]:
        """Return the files whose content has errors, with all errors of each."""
        return tuple(self._faulty(self._looked()))

    def faulty_as(self, organisation_id: str) -> tuple[FaultyFile, ...]:
        """Return the files with errors that hold an organisation, or are named after it."""
        found = self._faulty(self._refreshed())
        return tuple(one for one in found if organisation_id in {one.served_id, one.path.stem})

    def served_with_errors(self, organisation_id: str) -> tuple[FaultyFile, ...]:
        """Return the file with errors of an organisation whose previous content is served."""
        found = self.faulty_as(organisation_id)
        return tuple(one for one in found if one.served_id == organisation_id)

    def unread(self) -> int:
        """Return how many files are still being read for the first time."""
        return sum(not file.is_known for file in self._looked())

    def look(self) -> None:
        """Start to read added and changed files, without a query."""
        self._refreshed()

    def get(self, organisation_id: str, day: date | None = None, *, names: bool = True) -> Loaded:
        """Return an organisation on a day, or raise UnknownIdError with the most similar ids."""
        return self.versions(organisation_id).version(day, names=names)

    def versions(self, organisation_id: str) -> Versions:
        """Return an organisation with all its versions.

        Raises
        ------
        UnknownIdError
            If there is no such organisation.
        StillReadingError
            If there may be one in a file that is being read for the first time.
        """
        return self._opened.get(*self._find(organisation_id))

    def state(self, organisation_id: str | None = None) -> str:
        """Return a text that changes whenever the served content does: of one organisation, or of all.

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

    # Watching the files -----------------------------------------------------------------------

    def _looked(self) -> list[DataFile]:
        """Return the files, after waiting for those that have just changed."""
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
        """Submit changed files to the reader; drop removed ones."""
        with self._lock:
            known, self._files = self._files, {}
            for path in data_files(self._paths):
                file = self._files[path] = known.get(path) or DataFile(path)
                signature = signature_of(path)
                if file.job is None or file.signature != signature:
                    file.signature, file.since = signature, time.monotonic()
                    file.job = self._background.submit(partial(self._reader.read, file))
            return list(self._files.values())

    def _find(self, organisation_id: str) -> tuple[DataFile, Good]:
        """Return the file of an organisation; wait longer if a file not read yet may hold it."""
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
        """Wait for one more file, first for the one named after the organisation."""
        jobs = [file.job for file in unread if file.job]
        for file in unread:
            if file.job and file.path.stem == name:
                self._background.hurry(file.job)
        left = None if self._patience is None else max(0.0, deadline - time.monotonic())
        wait(jobs, timeout=left, return_when=FIRST_COMPLETED)
        if left == 0:
            raise StillReadingError

    def _served(self, files: Iterable[DataFile]) -> dict[str, tuple[DataFile, Good]]:
        """Return the served contents by organisation id; of two files with one id, the first."""
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
                other = shown_name(served[name][0].path)
                problem = file_problem(file.path, "duplicate-organisation", id=name, other=other)
                yield FaultyFile(file.path, (problem,), None)

    def _warm(self, versions: Versions) -> None:
        """Precompute the data of a large organisation's first page, which takes seconds."""
        if self._patience is not None:
            self._background.submit(versions.base.warm)
            self._background.submit(_settle)


def _settle() -> None:
    """Exclude open organisations from garbage collection, which would otherwise delay pages.

    With 50,000 posts each full collection takes a third of a second. Organisations closed since the
    last call are collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
