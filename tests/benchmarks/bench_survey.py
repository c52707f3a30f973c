"""How long a survey of many organisations takes: one process, a process pool, a Dask cluster.

64 made-up organisations of 1,000 posts each, all three in turns in one run; starting the workers is
measured apart, since whoever surveys much pays it once.

    python3 dev.py bench bench_survey
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Client, LocalCluster

from orgmodel import survey
from tests.benchmarks._fresh import heading, row
from tests.benchmarks._synthetic import organisation_of, write_organisation

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

ORGANISATIONS, POSTS, ROUNDS = 64, 1_000, 3


def process_pool(stack: ExitStack, workers: int) -> Executor:
    """Return a pool of new processes."""
    context = multiprocessing.get_context("spawn")
    return stack.enter_context(ProcessPoolExecutor(workers, mp_context=context))


def dask_cluster(stack: ExitStack, workers: int) -> Executor:
    """Return the executor of a Dask cluster on this machine."""
    cluster = stack.enter_context(
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    )
    executor: Executor = stack.enter_context(Client(cluster)).get_executor()
    return executor


def timed(folder: Path, executor: Executor | None) -> tuple[float, list[object]]:
    """Return the seconds that a survey takes, and what it found."""
    start = time.perf_counter()
    found: list[object] = list(survey([folder], executor=executor))
    return time.perf_counter() - start, found


def main() -> None:
    """Measure in turns and print the table."""
    workers = os.cpu_count() or 1
    makers: dict[str, Callable[[ExitStack, int], Executor]] = {
        "process pool": process_pool,
        "Dask cluster": dask_cluster,
    }
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        posts = organisation_of(POSTS)
        for n in range(ORGANISATIONS):
            write_organisation(posts, f"o{n:02}", folder)
        executors: dict[str, Executor | None] = {"one process": None}
        starts = {"one process": 0.0}
        first = next(folder.iterdir())
        for kind, make in makers.items():
            begin = time.perf_counter()
            executors[kind] = make(stack, workers)
            # The first file waits until a worker has imported everything.
            list(survey([first], executor=executors[kind]))
            starts[kind] = time.perf_counter() - begin
        seconds: dict[str, list[float]] = {kind: [] for kind in executors}
        results = []
        for _round in range(ROUNDS):
            for kind, executor in executors.items():
                taken, found = timed(folder, executor)
                seconds[kind].append(taken)
                results.append(found)
        assert all(found == results[0] for found in results)
        megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    print(
        f"{ORGANISATIONS} organisations of {POSTS:,} posts, {megabytes:.1f} MB, {workers} workers, "
        f"median of {ROUNDS} in turns\n"
    )
    print(heading("by", "seconds", "organisations a second", "to start, s"))
    for kind, taken_all in seconds.items():
        median = statistics.median(taken_all)
        cells = (f"{median:.2f}", f"{ORGANISATIONS / median:.0f}", f"{starts[kind]:.1f}")
        print(row(kind, *cells))


if __name__ == "__main__":
    main()
