"""The walk of a new leader in a real browser: found, ticked off, remembered, and on paper."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.conftest import watched_page

pytestmark = pytest.mark.browser

WALK = "/ballerup/new/leder-plejehjemsomraadet"
ADVERTISED = (
    "ballerup/new/leder-plejehjemsomraadet",
    "aalborg/new/chef-voksensocial",
    "aalborg/new/chef-boern-og-familie",
    "silkeborg/new/sektionsleder-sekretariatet",
    "skanderborg/new/myndigheds-og-sekretariatschef",
)
# 9 points in CSS pixels.
READABLE = 12
SMALL_TEXTS = """least => {
    const found = new Set();
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !element.getClientRects().length) continue;
        if (parseFloat(getComputedStyle(element).fontSize) < least - .01) found.add(node.data.trim());
    }
    return [...found];
}"""


def test_all_about_the_post_is_three_clicks_from_the_front_page(page, site):
    page.goto(site)
    main = page.get_by_role("main")
    main.get_by_role("link", name="Jeg er ny her").click()
    main.get_by_role("link", name="Leder af plejehjemsområdet").click()
    page.get_by_role("navigation", name="Trin").get_by_role("link", name="Gem eller").click()
    for heading in ("Dine første opgaver", "Ansvarsområder", "Om enheden", "Åbne spørgsmål"):
        expect(main.get_by_role("heading", name=heading).first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_next_stays_under_the_finger_from_the_first_step_to_the_last(browser, site, width, height):
    with watched_page(browser, width=width, height=height) as page:
        page.goto(f"{site}{WALK}/1")
        box = page.get_by_role("link", name="Næste").bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for step in ("2", "3", "4", "5", "all"):
            page.mouse.click(*middle)
            expect(page).to_have_url(re.compile(f"{WALK}/{step}$"))
        # A click too many does nothing.
        page.mouse.click(*middle)
        expect(page).to_have_url(re.compile(f"{WALK}/all$"))


class TestTicks:
    def test_they_are_remembered_counted_and_cleared(self, page, site):
        page.goto(f"{site}{WALK}/5")
        done = page.locator(".ticks-words")
        expect(done).to_have_text("0 af 10 er gjort")
        page.get_by_role("checkbox", name="Skab fælles kultur").check()
        page.get_by_role("checkbox", name="Centerchef").check()
        expect(done).to_have_text("2 af 10 er gjort")
        page.goto(f"{site}{WALK}/all?lang=en")
        expect(done).to_have_text("2 of 10 done")
        expect(page.get_by_role("checkbox", name="Head of centre")).to_be_checked()
        page.get_by_role("button", name="Clear").click()
        expect(done).to_have_text("0 of 10 done")
        page.get_by_role("button", name="Undo").click()
        expect(done).to_have_text("2 of 10 done")
        stored = page.evaluate("JSON.stringify(localStorage)")
        assert re.fullmatch(r'\{"ticks\.[0-9a-f]{16}":"\[(\\"[0-9a-f]{16}\\",?){2}\]"\}', stored)
        page.get_by_role("button", name="Clear").click()
        assert page.evaluate("localStorage.length") == 0

    def test_another_post_has_its_own(self, page, site):
        page.goto(f"{site}{WALK}/5")
        page.get_by_role("checkbox", name="Centerchef").check()
        page.goto(f"{site}/ballerup/new/stabsleder/5")
        expect(page.locator(".ticks-words")).to_have_text("0 af 4 er gjort")

    def test_without_a_script_it_is_a_plain_list(self, scriptless, site):
        scriptless.goto(f"{site}{WALK}/5")
        expect(scriptless.locator(".checklist > li").first).to_be_visible()
        expect(scriptless.locator(".ticks")).to_be_hidden()
        assert scriptless.get_by_role("checkbox").count() == 0


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("post", ADVERTISED)
def test_the_page_to_keep_prints_on_two_pages_in_readable_size(look, site, post, language):
    with look() as page:
        page.goto(f"{site}/{post}/all?lang={language}")
        document = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        page.emulate_media(media="print")
        small = page.evaluate(SMALL_TEXTS, READABLE)
        page.emulate_media(media="null")
    assert len(document.pages) == 2
    assert small == []
    content = "".join(one.extract_text() for one in document.pages)
    for words in {
        "da": ("Dine første opgaver", "Mød først", "Ansvarsområder", "Åbne spørgsmål"),
        "en": ("Your first tasks", "Meet first", "What the post answers for", "Open questions"),
    }[language]:
        assert words in content
