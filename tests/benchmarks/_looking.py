"""Measures pages as a person sees them: time until the picture is stable, smoothness of drags.

What counts is what a person sees: the browser's own frames, where the chart stands. The first paint
is the first frame with as much ink there as half of the last one has; the chart is settled with the
first frame from which on nothing changes there for a second.
"""

from __future__ import annotations

import base64
import io
import itertools
import math
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

LIMIT_SECONDS = 60
QUIET_SECONDS = 1.0
# Small frames, since making large ones takes longer than the browser takes to paint.
SCREENCAST = {"format": "jpeg", "quality": 40, "maxWidth": 480, "maxHeight": 300}
CHART = (104, 20, 476, 276)  # where all pages have their chart, in pixels of a frame
INK = 40  # how much a pixel must differ from the background, of 255
PAN_SECONDS = 2.0
PAN_FROM = (870, 200)  # on every chart, and on no node of pyvis's, which would be dragged instead
# Looks from the start whether the page has drawn, and says so where no content policy is in the way.
WATCH = """
const looking = setInterval(() => {
  if (!(READY)) return;
  clearInterval(looking);
  document.documentElement.dataset.drawn = "true";
}, 50);
"""
# Moves the held mouse a little in every frame: sent from outside, moves would come less often.
DRAG = """([left, top, milliseconds]) => new Promise((resolve) => {
  const times = [];
  const tick = (time) => {
    times.push(time);
    if (time - times[0] > milliseconds) { resolve(times); return; }
    const clientX = left + 150 * Math.sin(times.length / 20);
    const clientY = top + 50 * Math.sin(times.length / 30);
    const about = { clientX, clientY, buttons: 1, bubbles: true, cancelable: true, view: window };
    const target = document.elementFromPoint(clientX, clientY);
    target.dispatchEvent(
      new PointerEvent("pointermove", { ...about, pointerId: 1, pointerType: "mouse", isPrimary: true }));
    target.dispatchEvent(new MouseEvent("mousemove", about));
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})"""


@dataclass(frozen=True)
class Case:
    """A page, how it says that it has drawn, and how to see all of it and where it has moved to."""

    address: str
    ready: str
    whole: str
    place: str


@dataclass
class Frame:
    """What the browser showed from a moment on."""

    seconds: float
    image: Image.Image

    def ink(self) -> int:
        """Return how many pixels of the chart's place are not background."""
        background = Image.new("L", self.image.size, self.image.getpixel((2, 2)))
        return differing(self.image, background)


def differing(first: Image.Image, second: Image.Image) -> int:
    """Return in how many pixels two pictures differ."""
    return sum(ImageChops.difference(first, second).histogram()[INK:])


@dataclass
class Measured:
    """What one look at a page gave; no seconds where nothing was to be seen, inf over the limit."""

    painted: float | None
    settled: float | None
    heap: float = math.nan
    transferred: float = math.nan


@contextmanager
def opened(browser: Browser, case: Case) -> Iterator[tuple[Page, CDPSession]]:
    """Give an empty page in a browser context that has seen nothing, and the way to its inside."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH.replace("READY", case.ready))
    yield page, context.new_cdp_session(page)
    context.close()


def is_drawn(page: Page, until: float) -> bool:
    """Wait until a page has drawn; say whether it does in time."""
    try:
        rest = max(1.0, 1000 * (until - time.monotonic()))
        page.wait_for_selector("html[data-drawn]", state="attached", timeout=rest)
    except PlaywrightTimeoutError:
        return False
    return True


def measure(browser: Browser, case: Case) -> Measured:
    """Open a page and wait until its picture stays."""
    frames: list[Frame] = []
    received: list[float] = []
    with opened(browser, case) as (page, session):

        def keep(event: dict[str, Any]) -> None:
            session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
            image = Image.open(io.BytesIO(base64.b64decode(event["data"]))).convert("L")
            frames.append(Frame(event["metadata"]["timestamp"], image.crop(CHART)))

        session.on("Page.screencastFrame", keep)
        session.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        session.send("Network.enable")
        session.send("Page.startScreencast", SCREENCAST)
        until = time.monotonic() + LIMIT_SECONDS
        page.goto(case.address, wait_until="commit")
        if not is_drawn(page, until) or not is_quiet(page, frames, until):
            return Measured(math.inf, math.inf)
        start = page.evaluate("performance.timeOrigin") / 1000
        frames = [frame for frame in frames if frame.seconds >= start]
        session.send("Page.stopScreencast")
        return Measured(*moments(frames, start), heap(session), sum(received))


def moments(frames: list[Frame], start: float) -> tuple[float | None, float | None]:
    """Return the seconds until the chart was first there, and until it no longer changed."""
    if not frames or not frames[-1].ink():
        return None, None
    last = frames[-1]
    first = next(frame for frame in frames if frame.ink() >= last.ink() / 2)
    settled = last
    for frame in reversed(frames):
        if differing(frame.image, last.image) > last.ink() / 50:
            break
        settled = frame
    return first.seconds - start, settled.seconds - start


def is_quiet(page: Page, frames: list[Frame], until: float) -> bool:
    """Wait until nothing has changed for a while; say whether that is so in time."""
    drawn = time.time()
    while time.monotonic() < until:
        page.wait_for_timeout(100)
        last = max(drawn, frames[-1].seconds) if frames else drawn
        if time.time() - last > QUIET_SECONDS:
            return True
    return False


def heap(session: CDPSession) -> float:
    """Return the bytes that JavaScript holds after garbage collection."""
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize"))


def pan(browser: Browser, case: Case) -> list[float]:
    """Drag a chart of which all is in view; return the milliseconds from frame to frame.

    Nothing is returned where the chart did not move.
    """
    with opened(browser, case) as (page, _session):
        page.goto(case.address, wait_until="commit")
        assert is_drawn(page, time.monotonic() + LIMIT_SECONDS)
        page.evaluate(case.whole)
        page.wait_for_timeout(1000)
        left, top = PAN_FROM
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(left + 5, top + 5)
        before = page.evaluate(case.place)
        times = page.evaluate(DRAG, [left, top, 1000 * PAN_SECONDS])
        if page.evaluate(case.place) == before:
            return []
    return [after - before for before, after in itertools.pairwise(times)]
