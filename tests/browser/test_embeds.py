"""Embedded views in a real browser: who may frame them, both themes, narrow and wide, live data."""

import html
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import violations
from tests.builders import HEAD
from tests.conftest import BROWSERS, DATA, served, watched_page
from tests.programs import program

pytestmark = pytest.mark.browser

VIEWS = {
    "everything": "open=all",
    "branch": "cut=branch&post=chef-voksensocial&color=status",
    "chain": "cut=chain&post=leder-rusmiddelafsnittet",
    "units": "chart=units&cut=whole&color=kind",
    "nothing": "status=planned&layer=1",
}
SMALL = f"{HEAD}units:\n  - {{id: a, name: A, kind: k, leader: {{id: l, title: Chef}}}}\n"
PICTURE = "figure svg[role=img]:visible"
# After so many milliseconds a page that stands open has asked whether the data have changed.
LONG = 6 * 60 * 1000
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(17, 22, 29)"


class Intranet(BaseHTTPRequestHandler):
    """A site with one page: the frame or the snippet that its address asks for."""

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        source = html.escape(asked.get("src", [""])[0])
        body = asked.get("snippet", [f'<iframe src="{source}" width="900" height="600"></iframe>'])
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Intranet</title>{body[0]}".encode())

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def intranet():
    """The port of the intranet; by the name localhost it is the site that is allowed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Intranet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(timeout=30)
    server.server_close()


@pytest.fixture(scope="module")
def explorer(intranet, tmp_path_factory):
    sites = f"http://localhost:{intranet}"
    store = tmp_path_factory.mktemp("store")
    with served([DATA / "aalborg.yaml"], FRAME_ANCESTORS=sites, EMBED_STORE=store) as address:
        yield address


@contextmanager
def opened(browser, **options):
    """A page of a browser that may also go to other sites."""
    context = browser.new_context(**{"locale": "da-DK", "reduced_motion": "reduce", **options})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def links(browser, explorer):
    """The address of a link to each view, by its name and theme."""
    found = {}
    with opened(browser) as page:
        page.goto(f"{explorer}/aalborg/embeds")
        for name, view in VIEWS.items():
            for theme in ("auto", "light", "dark"):
                found[name, theme] = make(page, view, theme=theme)["address"]
    return found


def make(page, view, organisation="aalborg", **form):
    """Make a link as a form of our own page does."""
    made = page.evaluate(
        """async ([path, fields]) => {
            const answer = await fetch(path, {
                method: "POST", body: new URLSearchParams(fields),
                headers: { Accept: "application/json" },
            });
            return [answer.status, await answer.json()];
        }""",
        [f"/{organisation}/embeds", {"view": view, **form}],
    )
    assert made[0] == 201
    return made[1]


@pytest.fixture(scope="module")
def visitor(browser):
    """A page that goes from site to site."""
    with opened(browser) as page:
        yield page


def framed(page, site, source):
    """Whether a page of a site shows a page in a frame."""
    page.goto(f"{site}/?src={source.replace('&', '%26')}")
    # A page is loaded when its frame is, with what it asks for or with the browser's own refusal.
    (frame,) = page.frames[1:]
    return frame.url.startswith("http") and frame.locator("h1").count() == 1


class TestFraming:
    def test_an_allowed_site_frames_the_view_and_a_foreign_one_does_not(
        self, visitor, intranet, links
    ):
        address = links["branch", "auto"]
        # Why a link shows nothing is shown in the frame too.
        for source in (address, address[:-2]):
            assert framed(visitor, f"http://localhost:{intranet}", source)
            assert not framed(visitor, f"http://127.0.0.1:{intranet}", source)

    @pytest.mark.parametrize(
        "path",
        ["/", "/aalborg/", "/aalborg/positions/direktoer", "/aalborg/embeds", "/aalborg/spans",
         "/nope/", "/-/embed/withdraw/x"],
    )  # fmt: skip
    def test_no_other_page_is_framed_by_any_site(self, visitor, explorer, intranet, path):
        for site in (f"http://localhost:{intranet}", f"http://127.0.0.1:{intranet}"):
            assert not framed(visitor, site, explorer + path)

    def test_the_snippet_is_pasted_and_shows_the_view_as_wide_as_its_column(
        self, browser, explorer, intranet
    ):
        with opened(browser) as page:
            page.goto(f"{explorer}/aalborg/embeds")
            made = make(page, VIEWS["branch"])
        for width in (1200, 320):
            with opened(browser, viewport={"width": width, "height": 900}) as page:
                page.goto(f"http://localhost:{intranet}/")
                page.evaluate("snippet => { document.body.innerHTML = snippet }", made["snippet"])
                frame = page.frame_locator("iframe")
                expect(frame.get_by_role("heading", level=1)).to_contain_text("Voksensocial")
                box = page.locator("iframe").bounding_box()
                assert box is not None
                assert box["width"] == width - 16  # a body's own margins
                assert 320 <= box["height"] <= 900
                assert page.evaluate("document.documentElement.scrollWidth") <= width


class TestSandbox:
    """Frames without an origin of their own, as some sites make of an address that they do not know."""

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("sandbox", ["allow-scripts", ""])
    def test_the_view_has_its_styles_and_its_top_is_in_sight(
        self, browser, intranet, links, sandbox, scheme
    ):
        wrongs = []
        with opened(browser, viewport={"width": 400, "height": 900}, color_scheme=scheme) as page:
            page.on("console", lambda message: wrongs.append(message.text))
            page.goto(f"http://localhost:{intranet}/")
            source = links["everything", "auto"]
            frame_tag = f'<iframe sandbox="{sandbox}" width="320" height="600" src="{source}">'
            page.evaluate("tag => { document.body.innerHTML = tag }", frame_tag)
            frame = page.frame_locator("iframe")
            expect(frame.locator(PICTURE)).to_have_count(1)
            body = frame.locator("body")
            ground = body.evaluate("one => getComputedStyle(one).backgroundColor")
            assert ground == (DARK if scheme == "dark" else LIGHT)
            fonts = "() => document.fonts.ready.then(all => [...all].map(one => one.status))"
            assert "loaded" in body.evaluate(fonts)
            scrolled = frame.locator(".scroll").evaluate("one => one.scrollLeft")
            assert (scrolled > 0) == bool(sandbox)
        blocked = [one for one in wrongs if "script" not in one or sandbox]
        assert blocked == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_one_picture_is_shown_where_the_styles_are_missing(self, browser, links, scheme):
        with opened(browser, color_scheme=scheme) as page:
            page.route("**/embed.css*", lambda route: route.abort())
            page.goto(links["branch", "auto"])
            expect(page.locator(PICTURE)).to_have_count(1)
            colours = page.locator(".colors svg:visible").count()
            assert colours == page.locator(".colors li").count() > 0


@pytest.fixture
def small(browser, tmp_path):
    """The file of a small organisation, a page whose clock can be moved, and a link."""
    file = tmp_path / "data" / "test.yaml"
    file.parent.mkdir()
    file.write_text(SMALL)
    with (
        served([file.parent], EMBED_STORE=tmp_path / "store") as site,
        opened(browser, locale="en-GB") as page,
    ):
        page.goto(f"{site}/test/embeds")
        made = make(page, "cut=whole", "test")
        page.clock.install()
        yield file, page, made


class TestPage:
    @pytest.mark.parametrize(
        ("theme", "scheme", "width"),
        [
            ("auto", "light", 1200),
            ("auto", "dark", 320),
            ("light", "dark", 320),
            ("dark", "light", 1200),
        ],
    )
    @pytest.mark.parametrize("view", VIEWS)
    def test_axe_finds_nothing_and_it_fits(self, look, links, view, theme, scheme, width):
        with look(width=width, height=675, scheme=scheme) as page:
            page.goto(links[view, theme])
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            is_dark = theme == "dark" or (theme == "auto" and scheme == "dark")
            assert ground == (DARK if is_dark else LIGHT)
            pictures = page.locator(PICTURE)
            expect(pictures).to_have_count(0 if view == "nothing" else 1)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            for summary in page.locator("summary").all():
                summary.click()
            assert violations(page) == []

    @pytest.mark.parametrize("width", [1200, 320])
    @pytest.mark.parametrize("view", ["everything", "branch", "chain", "units"])
    def test_no_text_is_smaller_than_can_be_read_and_the_top_is_in_sight(
        self, look, links, view, width
    ):
        with look(width=width, height=675) as page:
            page.goto(links[view, "light"])
            sizes, top, scroll = page.evaluate(
                """() => {
                    const svg = document.querySelector("figure svg[role=img]");
                    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                    const texts = [...svg.querySelectorAll("text")];
                    // The words of the uppermost card; a "?" on a line comes earlier in the picture.
                    const boxes = texts.map(one => one.getBoundingClientRect());
                    const box = boxes.reduce((top, one) => one.top < top.top ? one : top);
                    return [texts.map(one => one.getAttribute("font-size") * scale),
                        [box.left, box.right, box.top], scale];
                }"""
            )
            assert min(sizes) >= 8
            assert scroll <= 1.001
            assert 0 <= top[0] < top[1] <= width
            assert top[2] < 300

    def test_the_picture_is_scrolled_with_the_keyboard(self, look, links):
        with look(width=320, height=675) as page:
            page.goto(links["everything", "light"])
            page.keyboard.press("Tab")
            expect(page.get_by_role("group", name="Diagram")).to_be_focused()
            scroll = page.locator(".scroll")
            before = scroll.evaluate("one => one.scrollLeft")
            scrolled = scroll.evaluate_handle(
                "one => ({ done: new Promise(tell => { one.onscrollend = () => tell(one.scrollLeft) }) })"
            )
            page.keyboard.press("ArrowRight")
            assert scrolled.evaluate("one => one.done") > before

    def test_what_is_open_for_long_follows_the_data(self, small):
        file, page, made = small
        page.goto(made["address"])
        page.wait_for_load_state("networkidle")
        page.evaluate("window.isTheSame = true")
        page.clock.run_for(LONG)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.isTheSame") is True
        file.write_text(SMALL.replace("Chef", "Direktør"))
        page.clock.run_for(LONG)
        expect(page.locator(PICTURE)).to_contain_text("Direktør")
        assert page.evaluate("window.isTheSame") is None

    def test_what_is_missing_for_a_while_is_waited_for_and_what_is_over_goes(self, small):
        file, page, made = small
        gone = page.get_by_role("heading", name="No longer in the data")

        def ask():
            page.wait_for_load_state("networkidle")
            with page.expect_response(made["address"]):
                page.clock.run_for(LONG)
            page.wait_for_load_state("networkidle")

        def ask_and_reload():
            page.wait_for_load_state("networkidle")
            with page.expect_navigation(wait_until="networkidle"):
                page.clock.run_for(LONG)

        page.goto(made["address"])
        expect(page.locator(PICTURE)).to_contain_text("Chef")
        file.unlink()
        ask()
        expect(page.locator(PICTURE)).to_contain_text("Chef")
        page.reload()
        expect(gone).to_be_visible()
        ask()
        expect(gone).to_be_visible()
        # A changed file is asked for anew also if it has errors; then its last content is shown.
        for data in (SMALL, "organisation: test\nunitz: 1\n"):
            file.write_text(data)
            ask_and_reload()
            expect(page.locator(PICTURE)).to_contain_text("Chef")
        page.evaluate(WITHDRAW, made["withdraw"])
        ask_and_reload()
        expect(page.get_by_role("heading", name="The link is withdrawn")).to_be_visible()
        assert page.locator("script").count() == 0


# A response that is never read may stay pending.
WITHDRAW = "path => fetch(path, { method: 'POST' }).then(answer => answer.text())"


def choose_and_make(page, site):
    """Make a link by hand: without names, until a day."""
    page.goto(f"{site}/aalborg/embeds?{VIEWS['branch']}&lang=en")
    page.get_by_label("Names").select_option("off")
    page.get_by_label("Or its last day").fill("2199-12-31")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The link is made")
    expect(page.get_by_text("31 December 2199")).to_be_visible()


class TestMaker:
    @pytest.mark.parametrize("width", [1440, 320])
    def test_makes_copies_and_withdraws_a_link(self, browser, explorer, width):
        with watched_page(browser, width=width, height=900, locale="en-GB") as page:
            page.goto(f"{explorer}/aalborg/embeds?{VIEWS['branch']}")
            assert violations(page) == []
            choose_and_make(page, explorer)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            preview = page.frame_locator("iframe.preview")
            expect(preview.get_by_role("heading", level=1)).to_contain_text("Head of department")
            expect(preview.get_by_text("Lars Bundgaard Leen")).to_have_count(0)
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            page.locator("[data-copies=address]").click()
            expect(page.locator("[data-copies=address] + [role=status]")).to_have_text("Copied")
            address = page.locator("#address").input_value()
            assert page.evaluate("navigator.clipboard.readText()") == address
            page.goto(page.locator("#withdraw").input_value())
            assert violations(page) == []
            page.get_by_role("button", name="Withdraw the link").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("The link is withdrawn")
            assert violations(page) == []

    def test_needs_no_script(self, browser, explorer):
        with opened(browser, java_script_enabled=False, locale="en-GB") as page:
            choose_and_make(page, explorer)
            expect(page.get_by_role("button", name="Copy")).to_have_count(0)
            page.goto(page.locator("#withdraw").input_value())
            page.get_by_role("button", name="Withdraw the link").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("The link is withdrawn")

    def test_makes_a_link_on_an_intranet_without_https(self, browser, tmp_path):
        """There browsers tell only of the page's origin, and that only because the page lets them."""
        launched = browser.browser_type.launch(
            executable_path=program(*BROWSERS),
            args=["--no-sandbox", "--host-resolver-rules=MAP organisation.test 127.0.0.1"],
        )
        may = {"HOST_NAMES": ("organisation.test",), "ALLOW_CHANGES": True}
        try:
            with (
                served([DATA / "aalborg.yaml"], EMBED_STORE=tmp_path, **may) as site,
                opened(launched, locale="en-GB") as page,
            ):
                choose_and_make(page, site.replace("127.0.0.1", "organisation.test"))
                address = page.locator("#address").input_value()
                assert address.startswith("http://organisation.test:")
        finally:
            launched.close()
