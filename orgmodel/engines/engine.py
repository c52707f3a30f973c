"""A native library in a process of its own.

Such a library may hold the interpreter lock, use all memory, or crash its process. In a process of its
own it then ends one job, and the next job starts a new process.
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
# How much of the error output of a process is shown; a traceback follows, which is not.
_MOST_SHOWN = 160


class Engine:
    """Does jobs of one kind, one at a time, in a process that the first job starts.

    The process ends with this one, also when this one is killed.

    Parameters
    ----------
    name
        What it makes, in English, for error messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: _Process | None = None
        self._lock = threading.Lock()
        multiprocessing.util.Finalize(None, self._end, exitpriority=0)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget_process)

    def ask(self, job: str, given: Callable[[], Mapping[str, object]]) -> bytes:
        """Return the result of a job of `program.py`.

        Parameters
        ----------
        given
            Returns the arguments of the job. It is called once the process is free, so that waiting
            jobs use no memory.

        Raises
        ------
        EngineError
            If the process cannot be started, or ends before it answers.
        RuntimeError
            If the job fails.
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
                # The next job would read the answer to this one.
                self._end()
                raise

    @property
    def process_id(self) -> int | None:
        """The id of the process; None where none runs."""
        return None if self._process is None else self._process.id

    def _running(self) -> _Process:
        if self._process is None or self._process.is_over:
            self._end()
            self._process = _Process()
            self._process.send(list(map(str, sys.path)))
        return self._process

    def _end(self) -> str:
        """End the process, and return how it ended; empty where there was none."""
        process, self._process = self._process, None
        return "" if process is None else process.end()

    def _forget_process(self) -> None:
        """Forget the process in a fork of this one, since it belongs to the parent."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        if process is not None:
            process.forget()


class _Process:
    """A process of an engine."""

    def __init__(self) -> None:
        with contextlib.ExitStack() as closing:
            self._errors = closing.enter_context(tempfile.TemporaryFile())
            self._process = subprocess.Popen(  # noqa: S603 - a program of our own
                [sys.executable, "-P", str(_PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
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
        """Return the answer to a question; see `program.py`."""
        self.send(question)
        head = self._from.readline()
        if not head.endswith(b"\n"):
            raise EOFError
        answer = json.loads(head)
        size = answer.get("size", 0)
        made = self._from.read(size)
        if len(made) < size:
            raise EOFError
        self._errors.seek(0)
        self._errors.truncate()
        if "wrong" in answer:
            raise RuntimeError(answer["wrong"])
        return made

    def send(self, question: object) -> None:
        """Write a line to the process."""
        self._to.write(json.dumps(question).encode() + b"\n")
        self._to.flush()

    def end(self) -> str:
        """End the process, and return in words how it ended."""
        self._process.kill()
        code = self._process.wait()
        self._errors.seek(0)
        words = " ".join(self._errors.read(_MOST_SHOWN).decode(errors="replace").split())
        self._close()
        how = f"it ended with code {code}" if code >= 0 else f"it was ended by signal {-code}"
        return f"{how}; {words}" if words else how

    def forget(self) -> None:
        """Close the pipes without ending the process."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for file in (self._to, self._from, self._errors):
            # Flushing what is still buffered fails: nobody reads it.
            with contextlib.suppress(OSError):
                file.close()
