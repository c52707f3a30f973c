"""Pages that were made, for as long as the data that they show stay the same."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from webui.store.loaded import Loaded

MOST_BYTES = 32 * 2**20


class Shelf:
    """The pages asked for last: a view that many readers have open is drawn once.

    Whether a reader may see a page is not decided here.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, tuple[weakref.ref[Loaded], bytes]] = OrderedDict()

    def page(self, key: Hashable, loaded: Loaded, make: Callable[[], str]) -> bytes:
        """Return the page of a key, made from an organisation as it now is."""
        with self._lock:
            known = self._pages.get(key)
            if known is not None and known[0]() is loaded:
                self._pages.move_to_end(key)
                return known[1]
        page = make().encode()
        with self._lock:
            self._drop(key)
            self._pages[key] = (weakref.ref(loaded), page)
            self._size += len(page)
            while self._size > self._most:
                self._drop(next(iter(self._pages)))
        return page

    def _drop(self, key: Hashable) -> None:
        known = self._pages.pop(key, None)
        if known is not None:
            self._size -= len(known[1])
