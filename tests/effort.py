"""Limits on the CPU time of a piece of code, independent of the load on the machine."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
