"""The organisations that are open: those asked for last."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from orgmodel.model.organisation import Organisation
from orgmodel.reading.loading import file_bytes, read_bytes
from orgmodel.reading.problems import ProblemList
from webui.limits import ORGANISATIONS_OPEN
from webui.store.loaded import Versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgmodel.model.organisation import Record
    from webui.store.cache import Cache
    from webui.store.data_files import DataFile, Good


class StillReadingError(Exception):
    """What is asked for is in a file that is being read for the first time."""


class Opened:
    """Organisations by the content that they are made from.

    Parameters
    ----------
    cache
        Where records are kept; None where files hold them only.
    when_opened
        Is told of each organisation that a question opened.
    """

    def __init__(self, cache: Cache | None, when_opened: Callable[[Versions], None]) -> None:
        self._cache = cache
        self._when_opened = when_opened
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Versions] = OrderedDict()

    def get(self, file: DataFile, good: Good) -> Versions:
        """Return an organisation, opened where it is not.

        Raises
        ------
        StillReadingError
            If its content is to be had nowhere any more.
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

    def keep(self, digest: str, versions: Versions) -> None:
        """Keep one open; of too many, the one not asked for the longest is closed."""
        with self._lock:
            self._open[digest] = versions
            self._open.move_to_end(digest)
            while len(self._open) > ORGANISATIONS_OPEN:
                self._open.popitem(last=False)

    def swap(self, before: Good, after: Good, file: DataFile) -> None:
        """Have a newer content open instead of an older, with all that its pages need."""
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
        # The file has changed, and nobody kept what it was; the next question finds the new one.
        raise StillReadingError
