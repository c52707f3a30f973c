"""How often one client may do something in a minute."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MINUTE = 60.0
_MOST_CLIENTS = 10_000


class MinuteBound:
    """Counts what each client did in the last minute; nothing of it is written down.

    Parameters
    ----------
    most
        How often one client may.
    clock
        Tells the seconds.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._done: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, client: str) -> int:
        """Count one more time; return 0, or in how many seconds the client may again."""
        now = self._clock()
        with self._lock:
            done = self._done.setdefault(client, deque())
            self._done.move_to_end(client)
            while len(self._done) > _MOST_CLIENTS:
                self._done.popitem(last=False)
            while done and done[0] <= now - _MINUTE:
                done.popleft()
            if len(done) >= self._most:
                return max(1, round(done[0] + _MINUTE - now))
            done.append(now)
        return 0
