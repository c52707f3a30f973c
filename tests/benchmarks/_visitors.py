"""Simulated visitors of a local server, and the resources of the server's processes."""

from __future__ import annotations

import asyncio
import os
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0
NOT_MODIFIED, FIRST_ERROR = 304, 400
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Answers:
    """What visitors got.

    Attributes
    ----------
    seconds
        From when a page was due to be asked for until it had come.
    errors
        How many requests failed, by the reason.
    unchanged
        How many answers said that the page is the one that the visitor has (304).
    reopened
        How often a kept connection had been closed, so that a new one was made.
    """

    seconds: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    reopened: int = 0
    megabytes: float = 0.0

    def fail(self, reason: str) -> None:
        """Count a request that failed."""
        self.errors[reason] = self.errors.get(reason, 0) + 1


class Visitor:
    """Somebody with a browser of their own.

    Parameters
    ----------
    keeps
        Whether the connection is kept for the next page.
    remembers
        Whether a page that was had before is asked for by its tag, as a browser does.
    """

    def __init__(self, port: int, answers: Answers, *, keeps: bool, remembers: bool) -> None:
        self._port = port
        self._answers = answers
        self._keeps = keeps
        self._tags: dict[str, str] | None = {} if remembers else None
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def visit(self, pages: Iterator[str], end: float, pause: float, first: float) -> None:
        """Ask for a page each `pause` seconds until `end`, beginning at `first`."""
        due = first
        while due < end:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            begun = due if pause else time.monotonic()
            await self.ask(next(pages), begun)
            due = max(due + pause, time.monotonic())
        await self.leave()

    async def ask(self, address: str, begun: float) -> None:
        """Ask for a page, and note what came."""
        try:
            status = await asyncio.wait_for(self._asked(address), PATIENCE_SECONDS)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self._answers.fail(type(error).__name__)
            await self.leave()
            return
        if status >= FIRST_ERROR:
            self._answers.fail(str(status))
        self._answers.unchanged += status == NOT_MODIFIED
        self._answers.seconds.append(time.monotonic() - begun)

    async def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            writer = self._streams[1]
            self._streams = None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _asked(self, address: str) -> int:
        is_kept = self._streams is not None
        try:
            return await self._exchange(address)
        except (ConnectionError, asyncio.IncompleteReadError):
            if not is_kept:
                raise
            # The server may close a connection that is idle at any time; browsers open another.
            await self.leave()
            self._answers.reopened += 1
            return await self._exchange(address)

    async def _exchange(self, address: str) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        tag = None if self._tags is None else self._tags.get(address)
        head = [
            f"GET {address} HTTP/1.1",
            f"Host: {HOST}:{self._port}",
            f"Connection: {'keep-alive' if self._keeps else 'close'}",
            *([f"If-None-Match: {tag}"] if tag else []),
        ]
        writer.write("\r\n".join([*head, "", ""]).encode())
        await writer.drain()
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _colon, value in (s.partition(":") for s in lines)
        }
        status = int(first.split()[1])
        if status != NOT_MODIFIED:
            body = await reader.readexactly(int(headers["content-length"]))
            self._answers.megabytes += len(body) / 1e6
        if self._tags is not None and "etag" in headers:
            self._tags[address] = headers["etag"]
        if not self._keeps or headers.get("connection", "").lower() == "close":
            await self.leave()
        return status


@dataclass(frozen=True)
class Crowd:
    """How many visit, for how long, and how often each asks; without a pause as often as it can."""

    visitors: int
    seconds: float
    pause: float
    keeps: bool
    remembers: bool


@dataclass
class Visit:
    """What a crowd got, and what the server's processes took meanwhile."""

    answers: Answers
    seconds: float
    cpu: float
    memory: list[float]

    @property
    def count(self) -> int:
        """How many pages came."""
        return len(self.answers.seconds)


def visited(port: int, pid: int, pages: Sequence[str], crowd: Crowd, first_sample: float) -> Visit:
    """Let a crowd visit a server; memory is looked at each 10 seconds from `first_sample` on."""
    return asyncio.run(_visited(port, pid, pages, crowd, first_sample))


async def _visited(
    port: int, pid: int, pages: Sequence[str], crowd: Crowd, first_sample: float
) -> Visit:
    answers, begun, cpu = Answers(), time.monotonic(), cpu_seconds(pid)
    end = begun + crowd.seconds
    chance = random.Random(1)  # noqa: S311 - the same visits each time
    visits = []
    for _n in range(crowd.visitors):
        one = Visitor(port, answers, keeps=crowd.keeps, remembers=crowd.remembers)
        own, start = (
            _from(pages, chance.randrange(len(pages))),
            begun + chance.random() * crowd.pause,
        )
        visits.append(asyncio.create_task(one.visit(own, end, crowd.pause, start)))
    memory: list[float] = []
    watching = asyncio.create_task(_watch(pid, begun + first_sample, memory))
    await asyncio.gather(*visits)
    watching.cancel()
    return Visit(answers, time.monotonic() - begun, cpu_seconds(pid) - cpu, memory)


def _from(pages: Sequence[str], start: int) -> Iterator[str]:
    return (pages[n % len(pages)] for n in count(start))


async def _watch(pid: int, first: float, memory: list[float]) -> None:
    for n in count():
        await asyncio.sleep(max(0.0, first + 10 * n - time.monotonic()))
        memory.append(megabytes(pid))


def processes(pid: int) -> list[int]:
    """Return a process and all that it started, those that they started too."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and all that it started, ended ones too."""
    total = 0
    for one in processes(pid):
        with suppress(OSError):
            text = Path(f"/proc/{one}/stat").read_text(encoding="utf-8")
            total += sum(map(int, text.rpartition(")")[2].split()[11:15]))
    return total / TICKS


def megabytes(pid: int) -> float:
    """Return the memory of a process and all that it started, what they share counted once."""
    total = 0
    for one in processes(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total * 1024 / 1e6
