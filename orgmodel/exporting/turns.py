"""Work that takes much memory: one piece at a time, and all of it in one thread."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Turns:
    """Where pieces of work wait for each other; whoever has nothing to do with them goes on.

    A thread keeps much of the memory that its work took for the next time, and a server has many
    threads. A piece must not wait for another one of the same turns.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._start()
        if hasattr(os, "register_at_fork"):
            # A process that splits off has no such thread, and would wait for it without end.
            os.register_at_fork(after_in_child=self._start)

    def _start(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    def take(self, work: Callable[[], bytes]) -> bytes:
        """Return what comes of a piece of work, or raise what it raises, when its turn has come."""
        return self._worker.submit(work).result()
