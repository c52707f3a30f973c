"""An engine that is not ours, in a process of its own.

Such an engine is native code: it may hold the interpreter, take more memory than there is, or end the
process that it runs in. Here that ends one job, and the next one starts the process anew.
"""

from __future__ import annotations

import json
import multiprocessing.util
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

from orgmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

_PROGRAM = Path(__file__).with_name("program.py")


class Engine:
    """A process that does jobs of one kind, one at a time; it is started when it is first needed.

    It ends with this process, however that ends.

    Parameters
    ----------
    name
        What it does, in English, for messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: subprocess.Popen[bytes] | None = None
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
            question = json.dumps([job, given()]).encode() + b"\n"
            try:
                head, made = self._answer(question)
            except (OSError, EOFError) as error:
                raise EngineError(self._name, self._end() or str(error)) from error
            except BaseException:
                # Its answer would be taken for the one to the next question.
                self._end()
                raise
        if "wrong" in head:
            raise RuntimeError(head["wrong"])
        return made

    @property
    def process_id(self) -> int | None:
        """The id of its process; None where none was started."""
        return None if self._process is None else self._process.pid

    def _answer(self, question: bytes) -> tuple[dict[str, str], bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started()
        to, back = _pipes(self._process)
        to.write(question)
        to.flush()
        head = back.readline()
        if not head.endswith(b"\n"):
            raise EOFError
        told = json.loads(head)
        size = told.get("size", 0)
        made = back.read(size)
        if len(made) < size:
            raise EOFError
        return told, made

    def _end(self) -> str:
        """End the process, and return in words how it ended; nothing where there was none."""
        process, self._process = self._process, None
        if process is None:
            return ""
        process.kill()
        code = process.wait()
        for pipe in _pipes(process):
            try:
                pipe.close()
            except OSError:
                # What was still to be written has no reader.
                continue
        return f"it ended with code {code}" if code >= 0 else f"it was ended by signal {-code}"

    def _leave(self) -> None:
        """Let go of the process; it is not that of a process that splits off from this one."""
        self._lock = threading.Lock()
        process, self._process = self._process, None
        if process is not None:
            process.returncode = 0
            for pipe in _pipes(process):
                pipe.close()


def _started() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - a program of our own
        [sys.executable, "-P", str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What it says goes to our log, where there is one.
        stderr=None if sys.__stderr__ else subprocess.DEVNULL,
    )
    to, _back = _pipes(process)
    to.write(json.dumps(list(map(str, sys.path))).encode() + b"\n")
    return process


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    return cast("tuple[BinaryIO, BinaryIO]", (process.stdin, process.stdout))
