"""How the server bears a morning on which everybody opens it: two workers, and how much at most.

200 visitors on this machine each ask for a page every five seconds for three minutes: the front
page, the chart and parts of it that are opened, posts and their panels, spans and searches. Their
browsers have the scripts and styles already, and ask for a page that they have by its tag. Once each
visitor opens a connection for every page, once it keeps one; over the shipped organisations, and over
one of 50,000 posts. A time is from when the page was due until all of it had come.

Then they ask without pauses and without tags, so that every answer is a page that is made: that is
the most that a server bears. The same app under waitress, one process with 16 threads, stands beside.

Processor time is that of all processes of the server. The visitors are on the same cores: a server
that has them to itself bears more. Fails where a request failed. Linux only.

    python3 dev.py bench bench_load
    .venv/bin/python -m tests.benchmarks.bench_load --seconds 20 --ceiling 5
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from orgmodel import load
from orgmodel.reading.loading import data_files
from tests.benchmarks._fresh import goal, heading, row
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.benchmarks._visitors import HOST, Crowd, Visit, visited
from tests.conftest import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from orgmodel import Organisation

VISITORS, PAUSE = 200, 5.0
# Memory is looked at from here on; in a shorter run, from a third of it.
FIRST_SAMPLE = 60.0
MOST_P99, MOST_GROWTH = 1.5, 1.05
START_SECONDS = 120
SECONDS_TO_WARM = 8.0
CACHE = Path(__file__).resolve().parent / ".cache"
WAITRESS = "3.0.2"
WAITRESS_LOCK = (
    f"waitress=={WAITRESS} --hash=sha256:"
    "c56d67fd6e87c2ee598b76abdd4e96cfad1f24cacdea5078d382b1f9d7b5ed2e\n"
)
SERVE_BY_WAITRESS = """
import sys
sys.path[:0] = sys.argv[1:3]
import logging, waitress
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
from webui import create_app
app = create_app({"DATA_PATHS": (sys.argv[3],), "CACHE": sys.argv[4], "PATIENCE": 1.0})
server = waitress.create_server(
    app, host="127.0.0.1", port=0, threads=16, connection_limit=4096, backlog=2048
)
print(f"serving on http://127.0.0.1:{server.effective_port}/", flush=True)
server.run()
"""


@dataclass(frozen=True)
class Server:
    """A server that is compared: how it is started over data with a cache, and its name."""

    name: str
    command: Callable[[Sequence[Path], Path], list[str | Path]]
    is_ours: bool = True


def ours(workers: int) -> Server:
    """Return our server with so many processes."""
    program = (sys.executable, "-c", "from webui.cli import main; main()", "serve")
    options = ("--port", "0", "--workers", str(workers), "--cache")
    name = f"serve --workers {workers}"
    return Server(name, lambda data, cache: [*program, *data, *options, cache])


def waitress() -> Server | None:
    """Return the app under waitress; None where it cannot be had."""
    folder = CACHE / f"waitress-{WAITRESS}"
    if not folder.exists():
        CACHE.mkdir(exist_ok=True)
        lock = CACHE / "waitress.txt"
        lock.write_text(WAITRESS_LOCK, encoding="ascii")
        # The environment has no pip of its own; the Python that it was made from has.
        outside = str(getattr(sys, "_base_executable", sys.executable))
        pip = (outside, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes")
        more = ("--disable-pip-version-check", "--root-user-action=ignore")
        done = subprocess.run([*pip, *more, "-r", lock, "--target", folder], check=False)
        if done.returncode:
            print(f"the rows of waitress {WAITRESS} are left out: pip could not fetch it\n")
            return None
    program = (sys.executable, "-c", SERVE_BY_WAITRESS, ROOT, folder)
    name = f"waitress {WAITRESS}, 1 process"
    return Server(name, lambda data, cache: [*program, *data, cache], is_ours=False)


@contextmanager
def started(server: Server, data: Sequence[Path], cache: Path) -> Iterator[tuple[int, int]]:
    """Start a server; give its port and process id."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        list(map(str, server.command(data, cache))),
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("serving "), line
            yield int(line.strip().rstrip("/").rpartition(":")[2]), process.pid
        finally:
            process.terminate()
            process.wait(START_SECONDS)


@contextmanager
def running(
    server: Server, data: Path, cache: Path, pages: list[str]
) -> Iterator[tuple[int, int]]:
    """Start a server, have each process of it make each page; give its port and process id."""
    with started(server, [data], cache) as (port, pid):
        wait_until_ready(port)
        # Which process answers is chance: after some seconds each has opened the data.
        few = pages[: 4 * len(KINDS)]
        crowd = Crowd(4, SECONDS_TO_WARM, 0.0, keeps=False, remembers=False)
        visited(port, pid, few, crowd, START_SECONDS)
        yield port, pid


def wait_until_ready(port: int) -> None:
    """Wait until all data have been read."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/-/ready") as answer:
                if json.load(answer)["status"] == "ready":
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError


# What is asked for ------------------------------------------------------------------------------


def _word(organisation: Organisation, post: str) -> str:
    title = organisation.positions[post].title
    return quote(str(title.da or title.en)[:5])


KINDS: dict[str, Callable[[Organisation, str, str], str]] = {
    "front page": lambda *_of: "/",
    "chart": lambda one, *_of: f"/{one.id}/",
    "opened part": lambda one, leader, _post: f"/{one.id}/chart.json?open={leader}",
    "panel": lambda one, _leader, post: f"/{one.id}/positions/{post}/panel.json",
    "search as typed": lambda one, _leader, post: f"/{one.id}/search.json?q={_word(one, post)}",
    "post": lambda one, _leader, post: f"/{one.id}/positions/{post}",
    "chain": lambda one, _leader, post: f"/{one.id}/chain/{post}",
    "spans": lambda one, *_of: f"/{one.id}/spans",
    "search": lambda one, _leader, post: f"/{one.id}/search?q={_word(one, post)}",
}


def pages_of(data: Path) -> list[str]:
    """Return addresses in turns of every kind, of every organisation, of posts by chance."""
    chance = random.Random(1)  # noqa: S311 - the same pages each time
    found = []
    organisations = [load(path) for path in data_files([data])]
    choices = []
    for organisation in organisations:
        tree = organisation.reporting_tree()
        choices.append((organisation, [one for one in tree if tree.out_degree(one)], list(tree)))
    for _n in range(100):
        for organisation, leaders, posts in choices:
            leader, post = chance.choice(leaders), chance.choice(posts)
            found += [address(organisation, leader, post) for address in KINDS.values()]
    return found


# The report -------------------------------------------------------------------------------------


def cells(visit: Visit) -> list[str]:
    """Return what a visit came to, as cells of a table."""
    times = sorted(visit.answers.seconds) or [float("nan")]
    points = (
        statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    )
    memory = visit.memory
    grown = f"{memory[0]:,.0f} → {memory[-1]:,.0f}" if memory else "–"
    return [
        f"{visit.count:,}",
        str(sum(visit.answers.errors.values())),
        *(f"{points[n - 1] * 1000:,.0f}" for n in (50, 95, 99)),
        f"{visit.count / visit.seconds:.0f}",
        f"{1000 * visit.cpu / max(1, visit.count):.1f}",
        f"{100 * visit.answers.unchanged / max(1, visit.count):.0f} %",
        grown,
    ]


def p99(visit: Visit) -> float:
    """Return what 99 of 100 pages took at most."""
    if visit.count < 2:
        return float("inf")
    return statistics.quantiles(visit.answers.seconds, n=100, method="inclusive")[98]


def is_flat(visit: Visit) -> bool | None:
    """Tell whether memory stays as it is: the last third of the samples against the first."""
    third = len(visit.memory) // 3
    if not third:
        return None
    first, last = visit.memory[:third], visit.memory[-third:]
    return statistics.median(last) <= MOST_GROWTH * statistics.median(first)


def crowds(asked: argparse.Namespace) -> dict[str, Crowd]:
    """Return who visits: with pauses, connections closed and kept, and without pauses."""
    number = asked.visitors
    return {
        "every 5 s, closing": Crowd(number, asked.seconds, PAUSE, keeps=False, remembers=True),
        "every 5 s, kept alive": Crowd(number, asked.seconds, PAUSE, keeps=True, remembers=True),
        "without pauses": Crowd(number, asked.ceiling, 0.0, keeps=True, remembers=False),
    }


def measure(
    servers: list[Server], data: dict[str, Path], asked: argparse.Namespace, folder: Path
) -> list[tuple[str, Server, str, Visit]]:
    """Let every crowd visit every server over all data; print a row each."""
    found = []
    first_sample = min(FIRST_SAMPLE, asked.seconds / 3)
    for what, path in data.items():
        pages = pages_of(path)
        for server in servers:
            with running(server, path, folder / f"cache-{what}", pages) as (port, pid):
                for how, crowd in crowds(asked).items():
                    # What the server bears in comfort is measured with the workers that are asked for.
                    if crowd.pause and server is not servers[0] and server.is_ours:
                        continue
                    visit = visited(port, pid, pages, crowd, first_sample)
                    print(row(what, server.name, how, *cells(visit)), flush=True)
                    if visit.answers.errors:
                        print(
                            f"{what}, {server.name}, {how}: {visit.answers.errors}",
                            file=sys.stderr,
                        )
                    found.append((what, server, how, visit))
    return found


def options() -> argparse.Namespace:
    """Return what is asked for on the command line."""
    parser = argparse.ArgumentParser(description="How the server bears many readers.")
    parser.add_argument("--seconds", type=float, default=180, help="of each run with pauses")
    parser.add_argument("--ceiling", type=float, default=20, help="seconds without pauses")
    parser.add_argument("--visitors", type=int, default=VISITORS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--posts", type=int, default=50_000, help="of the large organisation")
    return parser.parse_args()


def main() -> None:
    """Measure and print the table, and whether the goals are met."""
    asked = options()
    other = waitress()
    counts = dict.fromkeys((asked.workers, 1))
    servers = [*map(ours, counts), *([other] if other else [])]
    print(
        f"{asked.visitors} visitors, {asked.seconds:.0f} s each with pauses, "
        f"{asked.ceiling:.0f} s without; {os.cpu_count()} cores for visitors and server\n"
    )
    times = ("p50, ms", "p95, ms", "p99, ms")
    last = ("pages/s", "CPU/page, ms", "unchanged", "memory, MB")
    print(heading("data", "server", "visitors", "pages", "errors", *times, *last))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "large").mkdir()
        write_organisation(organisation_of(asked.posts), "large", folder / "large")
        data = {"shipped": DATA, f"{asked.posts:,} posts": folder / "large"}
        found = measure(servers, data, asked, folder)
    print()
    paced = [
        (f"{what}, {how}", visit)
        for what, server, how, visit in found
        if server is servers[0] and "every" in how
    ]
    for what, visit in paced:
        print(goal(f"{what}: no errors", met=not visit.answers.errors))
        print(goal(f"{what}: p99 under {MOST_P99} s", met=p99(visit) < MOST_P99))
        print(goal(f"{what}: memory flat", met=is_flat(visit)))
    if any(visit.answers.errors for _what, server, _how, visit in found if server.is_ours):
        sys.exit(1)


if __name__ == "__main__":
    main()
