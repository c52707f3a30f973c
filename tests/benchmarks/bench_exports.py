"""Every export of 2, 20, 200 and 2,000 cards: how long it takes and how large the file is.

One made-up organisation, unfolded, from its exhibit to the bytes of the file; making the exhibit
stands apart. What a browser, pyvis and Graphviz do with the same chart stands beside it, in the same
run: PNG and PDF by headless Chromium from our own SVG (started before), a page by pyvis with its
scripts inside, SVG by dot from our own DOT. Best of three.

    python3 dev.py bench bench_exports
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import webui.cli  # the page is a format of its own room
from orgmodel import load
from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.network import Network
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.exporting.formats import Choices, formats
from tests.benchmarks._fresh import heading, in_milliseconds, row
from tests.benchmarks._synthetic import Post, organisation_of, write_organisation
from tests.conftest import BROWSERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from orgmodel.drawing.exhibits import Exhibit

    Act = Callable[[], bytes]

SIZES = (2, 20, 200, 2_000)
ROUNDS = 3
ENOUGH_SECONDS = 20


def main() -> None:
    assert webui.cli.main is not None
    browser_path = os.environ.get("ORGMODEL_BROWSER") or next(
        path for name in BROWSERS if (path := shutil.which(name))
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        found = {size: _measured(size, Path(folder), browser) for size in SIZES}
        browser.close()
    print(heading("format", *(f"{size:,} cards" for size in SIZES)))
    for name in found[SIZES[-1]]:
        print(row(name, *(found[size][name] for size in SIZES)))


def _first_posts(size: int) -> list[Post]:
    """Return the first posts of an organisation, layer by layer."""
    posts = organisation_of(max(size, 200))[:size]
    kept = {post.number for post in posts}
    for post in posts:
        post.reports = [one for one in post.reports if one.number in kept]
    return posts


def _measured(size: int, folder: Path, browser: Browser) -> dict[str, str]:
    """Return what each format took for one size, as cells."""
    path = write_organisation(_first_posts(size), f"exports-{size}", folder)
    organisation = load(path)
    start = time.perf_counter()
    shown = exhibit(DrawingContext(organisation), View(Cut.BRANCH), "da")
    cells = {"the exhibit itself": f"{in_milliseconds(time.perf_counter() - start)} ms"}
    cards = sum(not one.shown.more for one in shown.chart.cards)
    assert cards == size, cards
    for name, act in _acts(shown, folder, browser).items():
        cells[name] = _timed(act)
    return cells


def _acts(shown: Exhibit, folder: Path, browser: Browser) -> dict[str, Act]:
    found: dict[str, Act] = {}
    for one in formats().values():
        for sheet in (PageSize.FIT, PageSize.SLIDE) if one.id == "png" else (PageSize.SLIDE,):
            choices = Choices(sheet)
            name = f"{one.id}, {sheet.value}" if one.id == "png" else one.id
            found[name] = lambda made=one.make, choices=choices: made(shown, choices)  # type: ignore[misc]
    picture = folder / "picture.svg"
    picture.write_bytes(formats()["svg"].make(shown, Choices(PageSize.SLIDE)))
    found["PNG by Chromium, slide"] = lambda: _screenshot(browser, picture.as_uri())
    found["PDF by Chromium, slide"] = lambda: _print(browser, picture.as_uri())
    found["page by pyvis"] = lambda: _pyvis(shown)
    found["SVG by dot"] = lambda: _dot(formats()["dot"].make(shown, Choices()))
    return found


def _screenshot(browser: Browser, address: str) -> bytes:
    page = browser.new_page(viewport={"width": 1280, "height": 720}, device_scale_factor=2)
    page.goto(address)
    content = page.screenshot()
    page.close()
    return content


def _print(browser: Browser, address: str) -> bytes:
    page = browser.new_page()
    page.goto(address)
    content = page.pdf(width="1280px", height="720px", print_background=True)
    page.close()
    return content


def _pyvis(shown: Exhibit) -> bytes:
    network = Network(directed=True, cdn_resources="in_line", layout=True)
    for one in shown.chart.cards:
        network.add_node(one.card.id, label=one.card.full_title, level=one.shown.layer)
    for line in shown.chart.connectors:
        network.add_edge(line.parent_id, line.child_id)
    return bytes(network.generate_html(notebook=False), "utf-8")


def _dot(content: bytes) -> bytes:
    return subprocess.run(["dot", "-Tsvg"], input=content, capture_output=True, check=True).stdout


def _timed(act: Act) -> str:
    best, size, spent = float("inf"), 0, 0.0
    for _round in range(ROUNDS):
        start = time.perf_counter()
        size = len(act())
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
        if spent > ENOUGH_SECONDS:
            break
    return f"{in_milliseconds(best)} ms, {size / 1000:,.0f} kB"


if __name__ == "__main__":
    main()
