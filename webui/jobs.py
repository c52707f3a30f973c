"""Heavy work: one job at a time, a bounded number waiting, and whoever comes then is told so.

Two such jobs at once would take turns with each other and with every page; one leaves the pages room.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, TypeVar

from webui.limits import (
    LONGEST_WAIT_FOR_FILES,
    LONGEST_WAIT_FOR_PLOTS,
    MOST_FILES_WAITING,
    MOST_PLOTS_WAITING,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


class BusyError(Exception):
    """So many jobs wait that this one is not done."""

    def __init__(self, name: str) -> None:
        super().__init__(f"too many {name} are waiting to be made")


class JobQueue:
    """Jobs that are done in the order in which they come, all in one thread.

    A thread keeps much of the memory that its work took, and a server has many threads. A job must
    not wait for another one of the same queue.

    Parameters
    ----------
    name
        What is made in it, in English, for the log.
    most_waiting
        How many jobs wait at most while one is being done.
    longest_wait
        How many seconds a job waits for its turn at most. Whoever asked may be gone by then, which a
        server is not told.
    """

    def __init__(self, name: str, most_waiting: int, longest_wait: float) -> None:
        self._name = name
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._places = threading.BoundedSemaphore(most_waiting + 1)
        self._longest_wait = longest_wait

    def do(self, work: Callable[[], Made]) -> Made:
        """Return what comes of a job, or raise what it raises; it sees the request as its caller does.

        Raises
        ------
        BusyError
            If too many wait already, or its turn does not come in time.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError(self._name)
        job: Future[Made] = self._worker.submit(copy_context().run, work)
        job.add_done_callback(lambda _job: self._places.release())
        try:
            return job.result(self._longest_wait)
        except TimeoutError:
            if job.cancel():
                raise BusyError(self._name) from None
            return job.result()


FILES = JobQueue("files", MOST_FILES_WAITING, LONGEST_WAIT_FOR_FILES)
PLOTS = JobQueue("plots", MOST_PLOTS_WAITING, LONGEST_WAIT_FOR_PLOTS)
