"""A third-party engine in a separate process.

Such an engine is native code: it may hold the GIL, exhaust the memory, or crash its process. Here
that fails one job, and the next job starts a new process.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing.util
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from orgmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PROGRAM = Path(__file__).with_name("program.py")
# The useful part of a process's last output, in characters; a native traceback follows it.
_MOST_SAID = 160


class Engine:
    """Runs jobs of one kind, one at a time, in a process that is started on first use.

    The process ends with its parent, however the parent ends.

    Parameters
    ----------
    name
        What it does, in English, for error messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: _Process | None = None
        self._lock = threading.Lock()
        multiprocessing.util.Finalize(None, self._end, exitpriority=0)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._leave)

    def ask(self, job: str, given: Callable[[], Mapping[str, object]]) -> bytes:
        """Return the result of a job of `program.py`.

        Parameters
        ----------
        given
            Returns the input of the job. It is called when the job starts, so that waiting jobs
            hold no memory.

        Raises
        ------
        EngineError
            If the process cannot be started, or ends before it answers.
        RuntimeError
            If the engine rejects its input.
        """
        with self._lock:
            question = [job, given()]
            try:
                return self._running().answer(question)
            except (OSError, EOFError) as error:
                raise EngineError(self._name, self._end() or str(error)) from error
            except RuntimeError:
                raise
            except BaseException:
                # Otherwise its answer would be read as the answer to the next job.
                self._end()
                raise

    @property
    def process_id(self) -> int | None:
        """The id of its process; None if none is running."""
        return None if self._process is None else self._process.id

    def _running(self) -> _Process:
        if self._process is None or self._process.is_over:
            self._end()
            self._process = _Process()
            self._process.ask(list(map(str, sys.path)))
        return self._process

    def _end(self) -> str:
        """End the process, and return how it ended; an empty text if there was none."""
        process, self._process = self._process, None
        return "" if process is None else process.end()

    def _leave(self) -> None:
        """Release the process after a fork: it belongs to the parent."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        if process is not None:
            process.leave()


class _Process:
    """A process of an engine."""

    def __init__(self) -> None:
        with contextlib.ExitStack() as closing:
            self._said = closing.enter_context(tempfile.TemporaryFile())
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", str(_PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
            )
            closing.pop_all()
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)

    @property
    def id(self) -> int:
        return self._process.pid

    @property
    def is_over(self) -> bool:
        return self._process.poll() is not None

    def answer(self, question: object) -> bytes:
        """Return the answer to a job; see `program.py`."""
        self.ask(question)
        head = self._from.readline()
        if not head.endswith(b"\n"):
            raise EOFError
        told = json.loads(head)
        size = told.get("size", 0)
        made = self._from.read(size)
        if len(made) < size:
            raise EOFError
        self._said.seek(0)
        self._said.truncate()
        if "wrong" in told:
            raise RuntimeError(told["wrong"])
        return made

    def ask(self, question: object) -> None:
        """Write a line to the process."""
        self._to.write(json.dumps(question).encode() + b"\n")
        self._to.flush()

    def end(self) -> str:
        """End the process, and return in words how it ended."""
        self._process.kill()
        code = self._process.wait()
        self._said.seek(0)
        words = " ".join(self._said.read(_MOST_SAID).decode(errors="replace").split())
        self._close()
        how = f"it ended with code {code}" if code >= 0 else f"it was ended by signal {-code}"
        return f"{how}; {words}" if words else how

    def leave(self) -> None:
        """Close the pipes without ending the process."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for file in (self._to, self._from, self._said):
            # Buffered output has no reader any more.
            with contextlib.suppress(OSError):
                file.close()
