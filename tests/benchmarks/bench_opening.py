"""How soon the first page of many organisations is there, with and without the cache on disk.

Ten organisations of 8,000 posts are served by one process, once with an empty cache and once with the
cache that an earlier server left. Times are from the start of the command to a whole page. Then
one organisation after the other is opened, and the memory of all processes of the server is noted; how many
stay open is bounded. Linux only.

    python3 dev.py bench bench_opening
"""

from __future__ import annotations

import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks._fresh import goal, heading, row
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.benchmarks._visitors import HOST, megabytes
from tests.benchmarks.bench_load import ours, started, wait_until_ready
from webui.limits import ORGANISATIONS_OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER, POSTS = 10, 8_000
MOST_SECONDS = 2.0
ROUNDS = 3


@contextmanager
def running(data: Path, cache: Path) -> Iterator[tuple[int, int, float]]:
    """Start a server; give its port, its process id and when it was started."""
    begun = time.monotonic()
    with started(ours(1), [data], cache) as (port, pid):
        yield port, pid, begun


def fetch(port: int, address: str) -> None:
    """Have a page."""
    with urllib.request.urlopen(f"http://{HOST}:{port}{address}") as answer:
        answer.read()


def opening(data: Path, cache: Path) -> list[float]:
    """Return the seconds to the front page, to a chart, and until all is ready."""
    with running(data, cache) as (port, _pid, begun):
        found = []
        for address in ("/", "/o1/"):
            fetch(port, address)
            found.append(time.monotonic() - begun)
        wait_until_ready(port)
        return [*found, time.monotonic() - begun]


def growth(data: Path, cache: Path) -> list[float]:
    """Return the memory, in MB, with so many organisations opened: none, one, and so on."""
    with running(data, cache) as (port, pid, _begun):
        wait_until_ready(port)
        found = [megabytes(pid)]
        for number in range(NUMBER):
            for address in ("", "search?q=leder"):
                fetch(port, f"/o{number}/{address}")
            found.append(megabytes(pid))
        return found


def main() -> None:
    """Measure and print the tables, and whether the goal is met."""
    print(f"{NUMBER} organisations of {POSTS:,} posts; the least of {ROUNDS} starts\n")
    print(heading("cache", "front page, s", "a chart, s", "all read, s"))
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        data.mkdir()
        posts = organisation_of(POSTS)
        for number in range(NUMBER):
            write_organisation(posts, f"o{number}", data)
        kept = Path(name) / "kept"
        without = [opening(data, Path(name) / f"cache-{n}") for n in range(ROUNDS - 1)]
        without.append(opening(data, kept))
        having = [opening(data, kept) for _n in range(ROUNDS)]
        for what, times in (("empty", without), ("there", having)):
            print(row(what, *(f"{min(column):.2f}" for column in zip(*times, strict=True))))
        memory = growth(data, kept)
    print()
    print(heading("opened", *(str(number) for number in range(NUMBER + 1))))
    print(row("memory, MB", *(f"{one:,.0f}" for one in memory)))
    print(f"\nat most {ORGANISATIONS_OPEN} stay open\n")
    front, chart, _all = map(min, zip(*having, strict=True))
    print(
        goal(
            f"with the cache, a first page in {MOST_SECONDS:.0f} s",
            met=max(front, chart) < MOST_SECONDS,
        )
    )


if __name__ == "__main__":
    main()
