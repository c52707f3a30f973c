"""How much a piece of code works, by a clock that stands still while the machine is busy with others.

And what it does when it works in several threads at once.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def works_at_most(seconds: float) -> Iterator[None]:
    """Fail where this thread works longer than that, however long it waits.

    A bound is ten times what the work takes, or more: it finds what grows with the square of its
    input, not what has become a little slower.
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
