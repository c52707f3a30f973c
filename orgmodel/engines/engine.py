"""An engine that is not ours, in a process of its own.

Such an engine is native code: it may hold the interpreter, take more memory than there is, or end the
process that it runs in. Here that ends one job, and the next one starts the process anew.
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
# Of what a process says before it ends, so much is of use; then comes where in its code it stood.
_MOST_SAID = 160


class Engine:
    """Does jobs of one kind, one at a time, in a process that is started when it is first needed.

    The process ends with this one, however that ends.

    Parameters
    ----------
    name
        What it does, in English, for messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: _Process | None = None
        self._lock = threading.Lock()
        multiprocessing.util.Finalize(None, self._end, exitpriority=0)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._leave)

    def ask(self, job: str, given: Callable[[], Mapping[str, object]]) -> bytes:
        """Return what a job of `program.py` makes.

        Parameters
        ----------
        given
            Returns what the job is given. It is called when it is this job's turn, so that what waits
            takes no room.

        Raises
        ------
        EngineError
            If the process cannot be started, or ends before it answers.
        RuntimeError
            If the engine refuses what it is given.
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
                # Its answer would be taken for the one to the next question.
                self._end()
                raise

    @property
    def process_id(self) -> int | None:
        """The id of its process; None where none runs."""
        return None if self._process is None else self._process.id

    def _running(self) -> _Process:
        if self._process is None or self._process.is_over:
            self._end()
            self._process = _Process()
            self._process.ask(list(map(str, sys.path)))
        return self._process

    def _end(self) -> str:
        """End the process, and return how it ended; nothing where there was none."""
        process, self._process = self._process, None
        return "" if process is None else process.end()

    def _leave(self) -> None:
        """Let go of the process in one that splits off from this one, whose it is not."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        if process is not None:
            process.leave()


class _Process:
    """A process of an engine."""

    def __init__(self) -> None:
        with contextlib.ExitStack() as closing:
            self._said = closing.enter_context(tempfile.TemporaryFile())
            self._process = subprocess.Popen(  # noqa: S603 - a program of our own
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
        """Return the answer to a question; see `program.py`."""
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
        """Write a line that the process reads."""
        self._to.write(json.dumps(question).encode() + b"\n")
        self._to.flush()

    def end(self) -> str:
        """End it, and return in words how it ended."""
        self._process.kill()
        code = self._process.wait()
        self._said.seek(0)
        words = " ".join(self._said.read(_MOST_SAID).decode(errors="replace").split())
        self._close()
        how = f"it ended with code {code}" if code >= 0 else f"it was ended by signal {-code}"
        return f"{how}; {words}" if words else how

    def leave(self) -> None:
        """Forget it without ending it."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for file in (self._to, self._from, self._said):
            # What was still to be written has no reader.
            with contextlib.suppress(OSError):
                file.close()
