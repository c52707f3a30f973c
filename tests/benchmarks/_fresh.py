"""Time and memory of one case in a separate process, so that cases do not affect each other.

A benchmark calls `measured`, which starts the same benchmark again with the case as arguments; `run`
takes it to the case there, and `answer` runs that and prints what it took. Memory is by how much the
process grew at its greatest during the first run, with the input there already.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ONE = "--one"
LIMIT_SECONDS = 60
# Making the input and importing libraries takes some time too.
PREPARING_SECONDS = 40
LEAST_ROUNDS = 3
LONG_SECONDS = 5  # what takes longer is run once
ENOUGH_SECONDS = 2
MOST_ROUNDS = 50
MOST_ROUNDS_SECONDS = 10
STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Measured:
    """What one case took.

    Attributes
    ----------
    seconds
        The least of all runs but the first, or the only one.
    first
        The first run.
    megabytes
        By how much the process grew at its greatest in the first run.
    digest
        What came out, to be compared.
    parts
        Seconds of parts of the best run, where a case reports them.
    """

    seconds: float
    first: float
    megabytes: float
    digest: str
    parts: Mapping[str, float]


def measured(*case: str | int) -> Measured | None:
    """Run one case of this benchmark in a new process; None where it takes too long."""
    module = f"tests.benchmarks.{Path(sys.argv[0]).stem}"
    command = [sys.executable, "-m", module, ONE, *map(str, case)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS + PREPARING_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(f"{case}: {done.stderr}")
    found = Measured(**json.loads(done.stdout.splitlines()[-1]))
    return None if found.seconds > LIMIT_SECONDS else found


def run(all_cases: Callable[[], None], one_case: Callable[..., None]) -> None:
    """Run the case that this process was started for, or else all of them."""
    if sys.argv[1:2] == [ONE]:
        one_case(*sys.argv[2:])
    else:
        all_cases()


def answer(act: Callable[[], Any], digest: Callable[[Any], str]) -> None:
    """Run a case and print what it took.

    Parameters
    ----------
    act
        The case; what it returns may have a `parts`, which maps names to seconds.
    digest
        Says what came out in a form that can be compared.
    """
    gc.collect()
    before = _start_of_growth()
    first, result = _timed(act)
    megabytes = (_greatest() - before) / 1e6
    said = digest(result)
    best, parts = first, getattr(result, "parts", {})
    del result
    begin = time.perf_counter()
    rounds = 0
    while first < LONG_SECONDS and _go_on(rounds, time.perf_counter() - begin):
        seconds, result = _timed(act)
        if not rounds or seconds < best:
            best, parts = seconds, getattr(result, "parts", {})
        del result
        rounds += 1
    print(json.dumps(Measured(best, first, megabytes, said, parts).__dict__))


def _go_on(rounds: int, seconds: float) -> bool:
    if rounds < LEAST_ROUNDS:
        return seconds < MOST_ROUNDS_SECONDS
    return rounds < MOST_ROUNDS and seconds < ENOUGH_SECONDS


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def _start_of_growth() -> int:
    """Return the current memory of the process in bytes, and reset its peak."""
    if not STATUS.exists():
        return _greatest()
    # A child starts with its parent's greatest in getrusage; Linux's own count can be set back.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _of_status("VmRSS")


def _greatest() -> int:
    if STATUS.exists():
        return _of_status("VmHWM")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _of_status(name: str) -> int:
    for line in STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def digest_of(*columns: Any) -> str:
    """Return one text for some columns of whole numbers."""
    found = hashlib.sha256()
    for column in columns:
        found.update(np.ascontiguousarray(column, np.int64).tobytes())
    return found.hexdigest()


def check_same(found: Mapping[str, Measured | None]) -> None:
    """Fail where two cases that ran to their end do not agree."""
    said = {name: one.digest for name, one in found.items() if one is not None}
    assert len(set(said.values())) <= 1, said


def milliseconds(found: Measured | None, *, first: bool = False) -> str:
    """Return the time of a case, or of its first run, as a cell of a table."""
    if found is None:
        return f"over {LIMIT_SECONDS} s"
    return in_milliseconds(found.first if first else found.seconds)


def in_milliseconds(seconds: float) -> str:
    """Return a time in milliseconds, with decimals where it is short."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"


def row(*cells: object) -> str:
    """Return a line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def heading(*cells: str) -> str:
    """Return the head of a table: texts to the left in the first column, else to the right."""
    return f"{row(*cells)}\n{row('---', *['---:'] * (len(cells) - 1))}"


def goal(text: str, *, met: bool | None) -> str:
    """Return a goal with whether it was met."""
    word = {True: "met", False: "MISSED", None: "not measured"}[met]
    return f"- {word}: {text}"
