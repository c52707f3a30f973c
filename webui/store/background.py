"""Work that goes on beside the requests."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Background:
    """Does one piece of work after the other, in a thread that lives while there is any.

    The thread does not keep the process from ending.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Future[Any], Callable[[], None]]] = deque()
        self._is_running = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Have something done; its result, or the exception that ended it, is in the future."""
        future: Future[Result] = Future()

        def do() -> None:
            try:
                result = work()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            self._waiting.append((future, do))
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="background", daemon=True).start()
        return future

    def hurry(self, future: Future[Any]) -> None:
        """Have something done next, where it has not begun."""
        with self._lock:
            found = next((one for one in self._waiting if one[0] is future), None)
            if found is not None:
                self._waiting.remove(found)
                self._waiting.appendleft(found)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._is_running = False
                    return
                _future, do = self._waiting.popleft()
            do()
