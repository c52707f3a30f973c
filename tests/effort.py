"""How much a piece of code works, by a clock that stands still while the machine is busy with others."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
