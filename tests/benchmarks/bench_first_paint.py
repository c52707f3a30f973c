"""Time from navigation to the chart's first and to its last change, against pyvis's own page.

The same reporting line, in the same browser, in one run, in turns: our page of Aalborg's chart, and
the page that pyvis writes for the same graph with its hierarchical layout. Both come from this
machine: pyvis's with vis-network written into it, since every other way asks another origin for it;
the Bootstrap that it still asks for is refused at once, so that no network counts against it.

What counts is what a person sees: the browser's own frames, where the chart stands. The first paint
is the first frame with as much ink there as half of the last one has; the chart is settled with the
first frame from which on nothing changes there for a second ("inf": it still moved after 15).

    python3 dev.py bench bench_first_paint
"""

from __future__ import annotations

import base64
import functools
import io
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from orgmodel import load
from orgmodel.drawing.network import Network
from tests.conftest import DATA, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROUNDS = 9
LONGEST_SECONDS = 15
QUIET_SECONDS = 1.0
# Small frames, since making large ones takes longer than the browser takes to paint.
SCREENCAST = {"format": "jpeg", "quality": 40, "maxWidth": 480, "maxHeight": 300}
CHART = (104, 20, 476, 276)  # where both pages have their chart, in pixels of a frame
INK = 40  # how much a pixel must differ from the background, of 255


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Say nothing."""


def pyvis_page(folder: Path) -> None:
    """Write the page that pyvis makes of the reporting line, as it comes."""
    tree = load(DATA / "aalborg.yaml").reporting_tree()
    network = Network(
        height="900px", width="100%", directed=True, layout="hierarchical", cdn_resources="in_line"
    )
    network.from_nx(tree)
    (folder / "index.html").write_text(network.generate_html(), encoding="utf-8")


@dataclass
class Frame:
    """What the browser showed from a moment on."""

    seconds: float
    image: Image.Image

    def ink(self) -> int:
        """Return how many pixels of the chart's place are not background."""
        background = Image.new("L", self.image.size, self.image.getpixel((2, 2)))
        difference = ImageChops.difference(self.image, background)
        return sum(difference.histogram()[INK:])


def measure(browser: Browser, address: str) -> dict[str, float]:
    """Return milliseconds from navigation, in a browser context that has seen nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    session = context.new_cdp_session(page)
    frames: list[Frame] = []

    def keep(event: dict[str, Any]) -> None:
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
        image = Image.open(io.BytesIO(base64.b64decode(event["data"]))).convert("L").crop(CHART)
        frames.append(Frame(event["metadata"]["timestamp"], image))

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", SCREENCAST)
    page.goto(address, wait_until="commit")
    start = page.evaluate("performance.timeOrigin") / 1000
    for _n in range(int(LONGEST_SECONDS * 10)):
        page.wait_for_timeout(100)
        if frames and time.time() - frames[-1].seconds > QUIET_SECONDS and frames[-1].ink():
            break
    session.send("Page.stopScreencast")
    context.close()
    return read_frames([frame for frame in frames if frame.seconds >= start], start)


def read_frames(frames: list[Frame], start: float) -> dict[str, float]:
    """Return when the chart was first there, and when it no longer changed."""
    last = frames[-1]
    enough = last.ink() / 2
    first = next(frame for frame in frames if frame.ink() >= enough)
    settled = last
    for frame in reversed(frames):
        changed = sum(ImageChops.difference(frame.image, last.image).histogram()[INK:])
        if changed > last.ink() / 50:
            break
        settled = frame
    still_moves = time.time() - last.seconds < QUIET_SECONDS
    return {
        "chart, first paint": (first.seconds - start) * 1000,
        "chart, settled": float("inf") if still_moves else (settled.seconds - start) * 1000,
    }


def main() -> None:
    """Measure in turns and print the medians."""
    path = os.environ.get("ORGMODEL_BROWSER") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pyvis_page(Path(folder))
        handler = functools.partial(Quiet, directory=folder)
        files = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=files.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served([DATA]) as site:
            addresses = {
                "ours": f"{site}/aalborg/",
                "pyvis, hierarchical": f"http://127.0.0.1:{files.server_port}/index.html",
            }
            found: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
            for round_number in range(ROUNDS + 1):
                for name, address in addresses.items():
                    measured = measure(browser, address)
                    if round_number:  # the first warms up the servers and the disk
                        found[name].append(measured)
        browser.close()
        files.shutdown()
    print(f"milliseconds from navigation, median of {ROUNDS} (least to most), 22 posts")
    for name, rows in found.items():
        for what in rows[0]:
            values = sorted(row[what] for row in rows)
            median = statistics.median(values)
            print(f"{name:20} {what:20} {median:6.0f}  ({values[0]:.0f} to {values[-1]:.0f})")


if __name__ == "__main__":
    main()
