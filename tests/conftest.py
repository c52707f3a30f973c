"""What tests share: the shipped data, an app over it, a running server, a real browser."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from waitress import wasyncore
from waitress.server import create_server

from orgmodel import Organisation, load
from tests import series
from tests.programs import program
from webui import create_app
from webui.serving import listening_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Dialog, Page

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of what is run (see `dev.py`)."""
    group = parser.getgroup("orgmodel")
    group.addoption("--faults", action="store_true", help="only the series of trials, in full")


def pytest_configure(config: pytest.Config) -> None:
    """Choose what is run, before any test is imported."""
    if config.option.faults:
        series.run_in_full()
        _also_of(config, "series")


def _also_of(config: pytest.Config, marks: str) -> None:
    """Narrow what is run to tests with these marks."""
    asked = config.option.markexpr
    config.option.markexpr = f"({asked}) and {marks}" if asked else marks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test in a series tell its number of trials."""
    series.note_trials(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End a run of all series with their numbers."""
    if terminalreporter.config.option.faults:
        terminalreporter.section("series")
        ended = [
            report
            for reports in terminalreporter.stats.values()
            for report in reports
            if getattr(report, "when", "") == "call"
        ]
        for line in series.summary(ended):
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def shipped() -> dict[str, Organisation]:
    """Every shipped organisation by its id."""
    return {path.stem: load(path) for path in sorted(DATA.glob("*.yaml"))}


@pytest.fixture(scope="session")
def aalborg(shipped: dict[str, Organisation]) -> Organisation:
    """Aalborg Kommune, Job og Social."""
    return shipped["aalborg"]


@pytest.fixture(scope="session")
def ballerup(shipped: dict[str, Organisation]) -> Organisation:
    """Ballerup Kommune, Center for Omsorg og Sundhedsfremme."""
    return shipped["ballerup"]


@pytest.fixture(scope="session")
def skanderborg(shipped: dict[str, Organisation]) -> Organisation:
    """Skanderborg Kommune, Sundhed, Omsorg og Handicap."""
    return shipped["skanderborg"]


@pytest.fixture(scope="session")
def silkeborg(shipped: dict[str, Organisation]) -> Organisation:
    """Silkeborg Kommune, Sundheds- og Omsorgsafdelingen."""
    return shipped["silkeborg"]


@pytest.fixture
def app() -> Flask:
    """The explorer over the shipped data."""
    return create_app({"DATA_PATHS": (DATA,)})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the explorer over the shipped data."""
    return app.test_client()


@contextmanager
def served(paths: Sequence[Path], **config: object) -> Iterator[str]:
    """Serve files and folders, with further settings; give the address."""
    app = create_app({"DATA_PATHS": tuple(paths), **config})
    channels: dict[Any, Any] = {}
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=8, map=channels)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening_port(server)}"
    finally:
        # Its own thread closes what it waits on: closed from here, its next wait would fail.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels))
        thread.join(timeout=30)
        server.task_dispatcher.shutdown(timeout=1)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the explorer over the shipped data."""
    with served([DATA]) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where tests must not be skipped its absence is a failure."""
    path = os.environ.get("ORGMODEL_BROWSER") or program(*BROWSERS)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1440 × 900 in Danish that fails the test on any error or foreign request."""
    with watched_page(browser) as opened:
        yield opened


@contextmanager
def watched_page(
    browser: Browser, *, width: int = 1440, height: int = 900, locale: str = "da-DK"
) -> Iterator[Page]:
    """Give a page; afterwards, fail on what its console, its script or its requests did wrong."""
    wrongs: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=locale, reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrongs.append(f"script: {error}"))

    def note_dialog(dialog: Dialog) -> None:
        wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_request(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            wrongs.append(f"request: {url}")

    def note_console(kind: str, text: str) -> None:
        # The browser notes on the console that a page said 400, 404 or 422, and that a test reads pixels.
        is_expected = any(
            one in text for one in ("status of 400", "404", "status of 422", "willReadFrequently")
        )
        if kind in {"error", "warning"} and not is_expected:
            wrongs.append(f"console: {text}")

    opened.on("console", lambda message: note_console(message.type, message.text))
    opened.on("dialog", note_dialog)
    opened.on("request", lambda request: note_request(request.url))
    yield opened
    context.close()
    assert wrongs == []
