"""Shared fixtures: the shipped data, an app, a running server and a browser."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from werkzeug.serving import WSGIRequestHandler, make_server

from orgmodel import Organisation, load
from tests import series
from tests.programs import program
from webui import create_app

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from contextlib import AbstractContextManager

    from flask.testing import FlaskClient
    from jinja2.bccache import Bucket
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Error,
        Page,
        Request,
    )

    Scheme = Literal["light", "dark"]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
# Chromium creates two internal pages per window for the address bar: half the cost of a short
# test.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
)
# The timeout in milliseconds for expected elements on a busy machine.
BROWSER_PATIENCE = 120_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The marks of tests excluded by --fast.
SLOW = "slow or series or browser"

# No deadline, because the machine may be busy. In CI the examples are deterministic.
settings.register_profile(
    "developer", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci", settings.get_profile("developer"), max_examples=100, derandomize=True, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that select tests (see `dev.py`)."""
    group = parser.getgroup("orgmodel")
    group.addoption(
        "--fast", action="store_true", help="no test that is slow, tries often or needs a browser"
    )
    group.addoption("--slow", action="store_true", help="only what --fast leaves out")
    group.addoption("--faults", action="store_true", help="only the series of trials, in full")


def pytest_configure(config: pytest.Config) -> None:
    """Select tests before any test module is imported."""
    if config.option.fast:
        _also_of(config, f"not ({SLOW})")
    if config.option.slow:
        _also_of(config, f"({SLOW})")
    if config.option.faults:
        series.run_in_full()
        _also_of(config, "series")


def _also_of(config: pytest.Config, marks: str) -> None:
    """Return the mark expression, restricted to tests with these marks."""
    asked = config.option.markexpr
    config.option.markexpr = f"({asked}) and {marks}" if asked else marks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Record the number of trials of every test in a series."""
    series.note_trials(items)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, object, object]:
    """Escape lone surrogates in a worker's report of a failed test."""
    return _encodable((yield))


def _encodable(told: object) -> object:
    if isinstance(told, dict):
        return {name: _encodable(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(map(_encodable, told))
    if isinstance(told, str):
        return told.encode(errors="backslashreplace").decode()
    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the numbers of all series at the end of a run."""
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


class _CompiledTemplates(BytecodeCache):
    """A cache of compiled templates, shared by all apps of this run."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", _CompiledTemplates())
        yield


@pytest.fixture(scope="session")
def app() -> Flask:
    """The app with the shipped data, for tests that do not change it."""
    return create_app({"DATA_PATHS": (DATA,)})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A test client of the app with the shipped data."""
    return app.test_client()


@contextmanager
def served(paths: Sequence[Path], **config: object) -> Iterator[str]:
    """Serve files and folders with further settings; return the URL."""
    app = create_app({"DATA_PATHS": tuple(paths), **config})
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_message: object) -> None:
        """Log no requests."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The URL of the explorer with the shipped data."""
    with served([DATA]) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; its absence is a failure if tests must not be skipped."""
    path = os.environ.get("ORGMODEL_BROWSER") or program(*BROWSERS)
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - slow to import

    expect.set_options(timeout=BROWSER_PATIENCE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        launched = playwright.chromium.launch(executable_path=path, args=BROWSER_OPTIONS)
        new_context = launched.new_context

        def patient(**options: Any) -> BrowserContext:
            context = new_context(**options)
            context.set_default_timeout(BROWSER_PATIENCE)
            return context

        patch.setattr(launched, "new_context", patient)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A Danish page of 1440 × 900 that fails the test on any error or request to another origin."""
    with watched_page(browser) as opened:
        yield opened


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page as `page` that runs no scripts."""
    with watched_page(browser, java_script_enabled=False) as opened:
        yield opened


@contextmanager
def watched_page(
    browser: Browser, *, width: int = 1440, height: int = 900, locale: str = "da-DK", **more: Any
) -> Iterator[Page]:
    """Yield a page in a new window, checked by `watched`."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=locale, reduced_motion="reduce", **more
    )
    with watched(context.new_page()) as opened:
        yield opened
        context.close()


class Look(Protocol):
    """A function that opens a page."""

    def __call__(
        self, *, width: int = ..., height: int = ..., scheme: Scheme = ...
    ) -> AbstractContextManager[Page]: ...


@pytest.fixture(scope="session")
def look(browser: Browser) -> Iterator[Look]:
    """Open a page, checked by `watched`, for a test that leaves no state in the browser.

    These tests share one window in turn, because creating one takes longer than most pages.
    """
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    page = context.new_page()

    @contextmanager
    def looked_at(
        *, width: int = 1440, height: int = 900, scheme: Scheme = "light"
    ) -> Iterator[Page]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        with watched(page):
            try:
                yield page
            finally:
                page.goto("about:blank")

    yield looked_at
    context.close()


@contextmanager
def watched(page: Page) -> Iterator[Page]:
    """Fail afterwards on console errors, script errors and foreign requests of a page."""
    wrongs: list[str] = []

    def note_error(error: Error) -> None:
        wrongs.append(f"script: {error}")

    def note_dialog(dialog: Dialog) -> None:
        wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:blank")):
            wrongs.append(f"request: {request.url}")

    def note_console(message: ConsoleMessage) -> None:
        # The browser logs statuses 400, 404 and 422 to the console, and tests that read pixels.
        is_expected = any(
            one in message.text
            for one in ("status of 400", "404", "status of 422", "willReadFrequently")
        )
        if message.type in {"error", "warning"} and not is_expected:
            wrongs.append(f"console: {message.text}")

    page.on("pageerror", note_error)
    page.on("dialog", note_dialog)
    page.on("request", note_request)
    page.on("console", note_console)
    try:
        yield page
    finally:
        page.remove_listener("pageerror", note_error)
        page.remove_listener("dialog", note_dialog)
        page.remove_listener("request", note_request)
        page.remove_listener("console", note_console)
    assert wrongs == []
