"""Limits on the CPU time of a piece of code, and running a piece of code in several threads at once."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def works_at_most(seconds: float) -> Iterator[None]:
    """Fail if this thread uses more CPU time than that; waiting does not count.

    Limits are at least ten times the usual time: they detect quadratic growth, not small
    slowdowns.
    """
    start = time.thread_time()
    yield
    worked = time.thread_time() - start
    assert worked < seconds


def together(*acts: Callable[[], object]) -> None:
    """Do everything at once, each in a thread of its own, until all is done."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
