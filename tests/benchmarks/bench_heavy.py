"""How long light pages take while eight others have heavy files made, without a pause.

One process serves the shipped organisations and one of 8,000 posts. Somebody asks for a light page ten
times a second, first alone, then beside eight who ask for files of one kind over and over, of that large
organisation. Whoever is told to come back (503) asks again at once, which real clients do not do. The visitors are on the same cores. Linux only.

    python3 dev.py bench bench_heavy
"""

from __future__ import annotations

import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks._fresh import goal, heading, row
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.benchmarks._visitors import Crowd, Visit, visited
from tests.benchmarks.bench_load import ours, started, wait_until_ready
from tests.conftest import DATA

POSTS, CLIENTS, SECONDS = 8_000, 8, 15.0
MOST_MEDIAN = 0.05
LIGHT = ("/aalborg/", "/aalborg/focus/chef-voksensocial", "/aalborg/positions/chef-voksensocial")
HEAVY = {
    "slides": "/large/present/files/pptx?depth={}",
    "PDF": "/large/present/files/pdf?depth={}",
    "PNG": "/large/present/files/png?depth={}",
    "workbook": "/large/spans.xlsx",
    "plots of new pages": "/large/spans?unit={}",
    "offline page": "/large/present/files/html?depth={}",
    "JSON of the spans": "/api/v1/organisations/large/spans?limit=1000",
}


def beside(port: int, pid: int, pages: list[str]) -> tuple[Visit, Visit | None]:
    """Return what the light visitor got, and what those got who asked for other pages."""
    light = Crowd(1, SECONDS, 0.1, keeps=True, remembers=False)
    heavy = Crowd(CLIENTS, SECONDS, 0.0, keeps=True, remembers=False)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(visited, port, pid, pages, heavy, SECONDS) if pages else None
        found = visited(port, pid, LIGHT, light, SECONDS)
        return found, asked.result() if asked else None


def main() -> None:
    """Measure and print the table, and whether the goal is met."""
    print(f"{CLIENTS} clients, {SECONDS:.0f} s for each kind of file\n")
    print(heading("beside", "light pages", "p50, ms", "p95, ms", "most, ms", "made", "told 503"))
    medians = {}
    with tempfile.TemporaryDirectory() as name:
        posts = organisation_of(POSTS)
        units = [f"u{post.number}" for post in posts if post.reports]
        large = write_organisation(posts, "large", Path(name))
        server = ours(1)
        with started(server, [DATA, large], Path(name) / "cache") as (port, pid):
            wait_until_ready(port)
            kinds: dict[str, str | None] = {"nothing": None, **HEAVY}
            for what, address in kinds.items():
                # A page whose plots are there already is a light one.
                values = units if address and "unit=" in address else range(1, 6)
                pages = [address.format(one) for one in values] if address else []
                found, asked = beside(port, pid, pages)
                points = statistics.quantiles(found.answers.seconds, n=20, method="inclusive")
                medians[what] = points[9]
                refused = asked.answers.errors.get("503", 0) if asked else 0
                made = asked.count - sum(asked.answers.errors.values()) if asked else 0
                times = (points[9], points[18], max(found.answers.seconds))
                cells = (found.count, *(f"{1000 * one:.0f}" for one in times), made, refused)
                print(row(what, *cells), flush=True)
    print()
    for what, median in medians.items():
        print(
            goal(
                f"beside {what}: median under {1000 * MOST_MEDIAN:.0f} ms",
                met=median < MOST_MEDIAN,
            )
        )


if __name__ == "__main__":
    main()
