"""Our chart against pyvis and d3-org-chart, from 100 posts to 100,000: time, memory, panning.

One made-up organisation in four sizes, in the same browser, in one run, in turns. Ours is the page as
it comes: the first layers, the rest is fetched when opened. pyvis's is the page that it writes for
the whole reporting line with its hierarchical layout, as it comes, and once more as it is quickest
(no physics, levels by direction). d3-org-chart's holds the whole line too, and shows at first the
very cards that ours shows, without its opening animation. All of it comes from this machine; what
asks for another is refused at once.

Time is from navigation to the first paint, and to the first picture that stays: the frame from which on
nothing changes for a second, once the page says that it has drawn. Memory is what JavaScript holds then, after garbage
collection. Panning is the time between two frames while the mouse drags a chart of which every card
is in view.

    python3 dev.py bench bench_sizes
"""

from __future__ import annotations

import functools
import math
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from orgmodel import load
from orgmodel.drawing.network import Network
from tests.benchmarks._d3_org_chart import VERSION, d3_page, fetch_scripts
from tests.benchmarks._fresh import heading, row
from tests.benchmarks._looking import LIMIT_SECONDS, Case, Measured, is_drawn, measure, opened, pan
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import networkx as nx
    from playwright.sync_api import Browser

    from tests.benchmarks._synthetic import Post

SIZES = (100, 1_000, 10_000, 100_000)
# pyvis looks through a list for each node that it adds: for more it would take minutes to write.
PYVIS_MOST = 10_000
ROUNDS = 3
LONG_SECONDS = 15  # what takes longer is measured once
PAN_SIZE = 1_000
ELSEWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

OURS = "ours"
PYVIS = "pyvis, hierarchical"
PYVIS_QUICKEST = "pyvis, no physics, directed"
D3 = f"d3-org-chart {VERSION}"
NAMES = (OURS, PYVIS, PYVIS_QUICKEST, D3)

READY = "document.documentElement.dataset.ready"
PYVIS_READY = "window.network?.physics?.ready"
SHOWN = "[...window.explorer.canvas.cards.keys()]"
OURS_WHOLE = """() => {
  const { network, data, container } = window.explorer.canvas;
  const scale = 0.95 * Math.min(container.clientWidth / data.width, container.clientHeight / data.height);
  network.moveTo({ position: { x: data.width / 2, y: data.height / 2 }, scale, animation: false });
}"""


@dataclass
class Found:
    """All that was measured."""

    looks: dict[tuple[str, int], list[Measured]] = field(default_factory=dict)
    frames: dict[str, list[float]] = field(default_factory=dict)
    cards: dict[int, int] = field(default_factory=dict)
    panned_cards: int = 0


# Pages -----------------------------------------------------------------------------------------


def pyvis_page(path: Path, tree: nx.DiGraph[str], *, quickest: bool) -> None:
    """Write the page that pyvis makes of a reporting line, as it comes or as it is quickest."""
    network = Network(
        height="900px", width="100%", directed=True, layout="hierarchical", cdn_resources="in_line"
    )
    network.from_nx(tree)
    if quickest:
        network.toggle_physics(False)
        network.options.layout.hierarchical.sortMethod = "directed"
    path.write_text(network.generate_html(), encoding="utf-8")


def our_case(address: str) -> Case:
    """Return a page of ours."""
    place = "JSON.stringify(window.explorer.canvas.network.getViewPosition())"
    return Case(address, READY, OURS_WHOLE, place)


def pyvis_case(address: str) -> Case:
    """Return a page of pyvis's."""
    place = "JSON.stringify(network.getViewPosition())"
    return Case(address, PYVIS_READY, "() => network.fit()", place)


def d3_case(address: str) -> Case:
    """Return a page of d3-org-chart's."""
    place = "document.querySelector('.chart').getAttribute('transform')"
    return Case(address, READY, "() => { chart.fit({ animate: false }); }", place)


class Workshop:
    """Writes the pages of others into a folder that is served."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        try:
            fetch_scripts(folder)
            self.has_d3 = True
        except OSError as error:
            self.has_d3 = False
            print(f"the rows of {D3} are left out: {error}\n")

    def cases(
        self, name: str, posts: list[Post], tree: nx.DiGraph[str] | None, shown: Collection[str]
    ) -> dict[str, Case]:
        """Write the pages of some posts, and return them."""
        cases = {}
        if tree is not None:
            for case_name, quickest in ((PYVIS, False), (PYVIS_QUICKEST, True)):
                file = f"pyvis-{name}-{quickest}.html"
                pyvis_page(self.folder / file, tree, quickest=quickest)
                cases[case_name] = pyvis_case(f"{self.address}/{file}")
        if self.has_d3:
            file = f"d3-{name}.html"
            d3_page(self.folder / file, posts, shown)
            cases[D3] = d3_case(f"{self.address}/{file}")
        return cases


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Say nothing."""


@contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """Serve a folder; give the address."""
    handler = functools.partial(Quiet, directory=str(folder))
    files = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{files.server_port}"
    files.shutdown()


# Measuring -------------------------------------------------------------------------------------


def measure_sizes(browser: Browser, cases: dict[int, dict[str, Case]], found: Found) -> None:
    """Measure every page in turns; who is over the limit once is not asked for more."""
    given_up: set[str] = set()
    for size, of_size in cases.items():
        print(f"{size:,} posts …", file=sys.stderr, flush=True)
        for _round in range(ROUNDS):
            for name, case in of_size.items():
                looks = found.looks.get((name, size), [])
                is_long = any((look.settled or 0) > LONG_SECONDS for look in looks)
                if is_long or (name in given_up and not looks):
                    continue
                look = measure(browser, case)
                found.looks.setdefault((name, size), []).append(look)
                if look.settled == math.inf:
                    given_up.add(name)


# The tables ------------------------------------------------------------------------------------


def table(head: list[str], rows: list[list[str]]) -> None:
    """Print a table."""
    print(heading(*head), *(row(*line) for line in rows), sep="\n", end="\n\n")


def time_words(looks: list[Measured], what: str) -> str:
    """Return a time as it stands in a table."""
    seconds = [value for look in looks if (value := getattr(look, what)) is not None]
    if len(seconds) < len(looks):
        return "blank"
    return f"> {LIMIT_SECONDS} s" if math.inf in seconds else f"{statistics.median(seconds):.2f} s"


def size_words(looks: list[Measured], what: str) -> str:
    """Return an amount of bytes as it stands in a table."""
    values = [value for look in looks if not math.isnan(value := getattr(look, what))]
    return f"{statistics.median(values) / 1e6:.1f} MB" if values else "–"


def print_tables(found: Found) -> None:
    """Print what was found, the sizes as columns."""
    measures: dict[str, Callable[[list[Measured]], str]] = {
        "to the first paint": functools.partial(time_words, what="painted"),
        "to the first picture that stays": functools.partial(time_words, what="settled"),
        "JavaScript heap": functools.partial(size_words, what="heap"),
        "transferred": functools.partial(size_words, what="transferred"),
    }
    asked = {name for name, _size in found.looks}
    for title, words in measures.items():
        rows = [
            [
                name,
                *(
                    words(looks) if (looks := found.looks.get((name, size))) else "not run"
                    for size in SIZES
                ),
            ]
            for name in NAMES
            if name in asked
        ]
        table([title, *(f"{size:,}" for size in SIZES)], rows)
    frames = [
        [name, f"{statistics.median(times):.0f} ms", f"{percentile(times):.0f} ms"]
        for name, times in found.frames.items()
        if times
    ]
    head = f"from frame to frame, panning {found.panned_cards:,} cards"
    table([head, "median", "95th percentile"], frames)


def percentile(times: list[float]) -> float:
    """Return what nineteen in twenty are at most."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def first_cards(browser: Browser, case: Case) -> list[str]:
    """Return the posts whose cards a page of ours shows; this also makes the server work it out."""
    with opened(browser, case) as (page, _session):
        page.goto(case.address, wait_until="commit", timeout=10_000 * LIMIT_SECONDS)
        assert is_drawn(page, time.monotonic() + LIMIT_SECONDS)
        cards: list[str] = page.evaluate(SHOWN)
        return cards


def compare_sizes(browser: Browser, site: str, workshop: Workshop, data: Path) -> Found:
    """Compare the pages of all sizes."""
    found = Found()
    cases: dict[int, dict[str, Case]] = {}
    for size in SIZES:
        ours = our_case(f"{site}/synthetic-{size}/")
        shown = first_cards(browser, ours)
        tree = None
        if size <= PYVIS_MOST:
            tree = load(data / f"synthetic-{size}.yaml").reporting_tree()
        others = workshop.cases(str(size), organisation_of(size), tree, set(shown))
        cases[size] = {OURS: ours, **others}
        found.cards[size] = len(shown)
    measure_sizes(browser, cases, found)
    return found


def compare_panning(
    browser: Browser, site: str, workshop: Workshop, data: Path, found: Found
) -> None:
    """Compare how smoothly charts are dragged that show as much as ours can of 1,000 posts."""
    posts = organisation_of(PAN_SIZE)
    leaders = ",".join(post.id for post in posts if post.reports)
    ours = our_case(f"{site}/synthetic-{PAN_SIZE}/?open={leaders}")
    shown = set(first_cards(browser, ours))
    found.panned_cards = len(shown)
    tree = load(data / f"synthetic-{PAN_SIZE}.yaml").reporting_tree().subgraph(shown).copy()
    of_shown = [post for post in posts if post.id in shown]
    cases = {OURS: ours, **workshop.cases("panning", of_shown, tree, shown)}
    del cases[PYVIS]
    for _round in range(ROUNDS):
        for name, case in cases.items():
            found.frames.setdefault(name, []).extend(pan(browser, case))


def main() -> None:
    """Measure in turns and print the medians."""
    path = os.environ.get("ORGMODEL_BROWSER") or shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as data_name,
        tempfile.TemporaryDirectory() as pages_name,
        sync_playwright() as playwright,
    ):
        data, pages = Path(data_name), Path(pages_name)
        for size in SIZES:
            write_organisation(organisation_of(size), f"synthetic-{size}", data)
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", ELSEWHERE]
        )
        with served([data]) as site, folder_served(pages) as address:
            with urllib.request.urlopen(f"{site}/") as answer:  # noqa: S310 - the files are read
                answer.read()
            workshop = Workshop(pages, address)
            found = compare_sizes(browser, site, workshop, data)
            compare_panning(browser, site, workshop, data, found)
        browser.close()
    print_tables(found)
    cards = ", ".join(f"{number} of {size:,}" for size, number in found.cards.items())
    print(f"medians of {ROUNDS} ({LONG_SECONDS} s and more: once); first shown: {cards}")


if __name__ == "__main__":
    main()
