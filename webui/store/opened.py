"""The open organisations: those used most recently."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from orgmodel.model.organisation import Organisation
from orgmodel.reading.loading import file_bytes, read_bytes
from orgmodel.reading.problems import ProblemList
from webui.limits import ENTRIES_SEARCHED, ORGANISATIONS_OPEN
from webui.store.loaded import Versions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from orgmodel.analysis.questions.search import SearchIndex
    from orgmodel.model.organisation import Record
    from webui.store.cache import Cache
    from webui.store.data_files import DataFile, Good


class StillReadingError(Exception):
    """The requested data are in a file that is being read for the first time."""


class Opened:
    """Open organisations by the hash of their content.

    Parameters
    ----------
    cache
        The cache of records; None if only the files hold them.
    when_opened
        Called with each organisation that a request opened.
    """

    def __init__(self, cache: Cache | None, when_opened: Callable[[Versions], None]) -> None:
        self._cache = cache
        self._when_opened = when_opened
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Versions] = OrderedDict()
        self._indexes: OrderedDict[tuple[str, date | None, bool], SearchIndex] = OrderedDict()

    def get(self, file: DataFile, good: Good) -> Versions:
        """Return an organisation, and open it if necessary.

        Raises
        ------
        StillReadingError
            If its content is no longer available.
        """
        found = self._found(good.digest)
        if found is not None:
            return found
        with file.opening:
            found = self._found(good.digest)
            if found is None:
                found = self._made(file, good)
                self._when_opened(found)
        return found

    def search_index(
        self, file: DataFile, good: Good, day: date | None, *, names: bool
    ) -> SearchIndex:
        """Return the search index of an organisation, which need not be open.

        The indexes used most recently are kept, up to a number of entries.

        Raises
        ------
        StillReadingError
            If its content is no longer available.
        """
        key = (good.digest, day, names)
        with self._lock:
            opened = self._open.get(good.digest)
            kept = self._indexes.pop(key, None)
        if opened is not None:
            return opened.version(day, names=names).search
        if kept is None:
            with file.opening:
                versions = Versions(Organisation(self._record(file, good)))
            kept = versions.version(day, names=names).search
        with self._lock:
            self._indexes[key] = kept
            entries = sum(map(len, self._indexes.values()))
            while entries > ENTRIES_SEARCHED and len(self._indexes) > 1:
                entries -= len(self._indexes.popitem(last=False)[1])
        return kept

    def keep(self, digest: str, versions: Versions) -> None:
        """Keep an organisation open; above the limit, the least recently used one is closed."""
        with self._lock:
            self._open[digest] = versions
            self._open.move_to_end(digest)
            while len(self._open) > ORGANISATIONS_OPEN:
                self._open.popitem(last=False)

    def swap(self, before: Good, after: Good, file: DataFile) -> None:
        """Replace an open content by a newer one, with the data of its pages precomputed."""
        if self._found(before.digest) is not None:
            self._made(file, after).base.warm()
            with self._lock:
                self._open.pop(before.digest, None)

    def _found(self, digest: str) -> Versions | None:
        with self._lock:
            if digest in self._open:
                self._open.move_to_end(digest)
            return self._open.get(digest)

    def _made(self, file: DataFile, good: Good) -> Versions:
        versions = self._found(good.digest) or Versions(Organisation(self._record(file, good)))
        self.keep(good.digest, versions)
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
        # The file has changed and no cache holds the old content; the next request finds the new one.
        raise StillReadingError
