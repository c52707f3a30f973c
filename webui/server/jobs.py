"""Heavy work: one job at a time, with a bounded queue that rejects further jobs.

Two such jobs at once would compete with each other and with every page; one leaves capacity for
pages.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from webui.limits import (
    ADDRESSES_KEPT,
    FILES_WAITING,
    PLOTS_WAITING,
    SECONDS_FOR_FILES,
    SECONDS_FOR_PLOTS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")


class BusyError(Exception):
    """Raised when the queue is full or the wait is too long."""

    def __init__(self, name: str) -> None:
        super().__init__(f"too many {name} are waiting to be made")


class JobQueue:
    """A queue that runs jobs in order, in one thread.

    A thread retains much of the memory used by its work, and a server has many threads. This one
    is a daemon thread.

    Parameters
    ----------
    name
        What its jobs make, in English, for the log.
    waiting
        How many jobs wait at most while one is running.
    seconds
        The maximum time that a job waits. The client may be gone by then.
    """

    def __init__(self, name: str, waiting: int, seconds: float) -> None:
        self._name = name
        self._places = threading.BoundedSemaphore(waiting + 1)
        self._seconds = seconds
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._light: OrderedDict[Hashable, None] = OrderedDict()

    def do(self, work: Callable[[], Made]) -> Made:
        """Return the result of a job, or raise its exception; it runs in the caller's context.

        A job that submits to its own queue runs the nested job directly.

        Raises
        ------
        BusyError
            If the queue is full, or the wait is too long.
        """
        if threading.current_thread() is self._worker:
            return work()
        if not self._places.acquire(blocking=False):
            raise BusyError(self._name)
        job: Future[Made] = Future()
        job.add_done_callback(lambda _job: self._places.release())
        self._jobs.put((job, partial(copy_context().run, work)))
        self._start()
        try:
            return job.result(self._seconds)
        except TimeoutError:
            if job.cancel():
                raise BusyError(self._name) from None
            return job.result()

    def do_once(self, key: Hashable, work: Callable[[], Made]) -> Made:
        """Run a job in the queue the first time, and directly once it is cheap to repeat.

        The keys of the most recent jobs are remembered.
        """
        with self._lock:
            is_light = key in self._light
        made = work() if is_light else self.do(work)
        with self._lock:
            self._light[key] = None
            self._light.move_to_end(key)
            if len(self._light) > ADDRESSES_KEPT:
                self._light.popitem(last=False)
        return made

    def _start(self) -> None:
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while True:
            job, work = self._jobs.get()
            if job.set_running_or_notify_cancel():
                try:
                    job.set_result(work())
                except BaseException as error:
                    job.set_exception(error)
            # Release the result before waiting for the next job.
            del job, work


FILES = JobQueue("files", FILES_WAITING, SECONDS_FOR_FILES)
PLOTS = JobQueue("plots", PLOTS_WAITING, SECONDS_FOR_PLOTS)
