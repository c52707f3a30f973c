"""The explorer in a real browser: steps back and forward, the panel's room, the list, the phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_explorer import click, item, place, ready, shown
from tests.browser.test_pages import violations
from tests.conftest import watched_page

pytestmark = pytest.mark.browser

# Changes that follow each other within this many milliseconds are one step of the history.
QUICK = 400
PHONE_WIDTH, PHONE_HEIGHT = 390, 844


@pytest.fixture
def chart(page, site):
    page.goto(f"{site}/aalborg/?layers=3")
    ready(page)
    return page


@pytest.fixture
def phone(browser, site):
    with watched_page(
        browser, width=PHONE_WIDTH, height=PHONE_HEIGHT, has_touch=True, is_mobile=True
    ) as page:
        page.goto(f"{site}/aalborg/")
        ready(page)
        yield page


def box_of(page, selector):
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box


class TestSteps:
    def test_back_undoes_one_change_after_the_other_and_forward_does_them_again(self, chart):
        panel = chart.locator("#panel")
        click(chart, "chef-voksensocial")
        expect(panel).to_be_visible()
        chart.wait_for_timeout(QUICK)
        click(chart, "chef-boern-og-familie", "badge")
        expect(chart).to_have_url(re.compile("closed=chef-boern-og-familie"))
        chart.wait_for_timeout(QUICK)
        chart.locator("#filters > summary").click()
        chart.get_by_role("checkbox", name="Konstitueret").check()
        expect(chart).to_have_url(re.compile("status=acting"))
        chart.keyboard.press("Escape")
        chart.wait_for_timeout(QUICK)
        chart.locator("#layers a", has_text="1").click()
        expect(chart).to_have_url(re.compile("layers=1"))

        chart.go_back()
        expect(chart.locator("#layers [aria-current]")).to_have_count(0)
        expect(chart.locator("#filters-active")).to_have_text("1")
        chart.go_back()
        expect(chart.locator("#filters-active")).to_be_empty()
        expect(item(chart, "chef-boern-og-familie")).to_have_attribute("aria-expanded", "false")
        chart.go_back()
        expect(item(chart, "chef-boern-og-familie")).to_have_attribute("aria-expanded", "true")
        expect(panel.locator("h2")).to_have_text("Afdelingschef")
        chart.go_back()
        expect(panel).to_be_hidden()
        expect(chart.locator("#layers [aria-current]")).to_have_text("3 lag")

        for _n in range(3):
            chart.go_forward()
        expect(chart.locator("#named")).to_contain_text("Filter: Konstitueret · 1 stilling")
        chart.go_forward()
        expect(chart).to_have_url(re.compile("layers=1"))

    def test_a_shared_address_shows_the_same_and_a_reload_too(self, chart, site):
        click(chart, "chef-voksensocial")
        click(chart, "chef-boern-og-familie", "badge")
        expect(chart).to_have_url(re.compile("closed="))
        before, address = shown(chart), chart.url
        chart.reload()
        ready(chart)
        assert shown(chart) == before
        chart.goto(f"{site}/")
        chart.goto(address)
        ready(chart)
        assert shown(chart) == before
        expect(chart.locator("#panel h2")).to_have_text("Afdelingschef")

    def test_the_link_that_is_copied_is_that_address(self, browser, site):
        context = browser.new_context(
            locale="da-DK", permissions=["clipboard-read", "clipboard-write"]
        )
        page = context.new_page()
        page.goto(f"{site}/aalborg/?color=band&select=direktoer")
        ready(page)
        page.get_by_role("button", name="Kopiér link").click()
        expect(page.locator("#copy-link")).to_have_text("Kopieret")
        expect(page.locator("#status")).to_have_text("Adressen er kopieret")
        assert page.evaluate("navigator.clipboard.readText()") == page.url
        context.close()

    def test_the_view_is_reset_by_one_link(self, chart):
        chart.goto(f"{chart.url}&color=band&status=vacant&light=forvaltningsledelsen")
        ready(chart)
        expect(chart.locator("#named")).to_contain_text("Fremhævet: Forvaltningsledelsen (FL)")
        chart.locator("#filters > summary").click()
        chart.locator("#reset").click()
        expect(chart.locator("#named")).to_be_hidden()
        expect(chart).to_have_url(re.compile(r"/aalborg/$"))
        expect(chart.locator("#color")).to_have_value("layer")


class TestRoom:
    def test_the_panel_narrows_the_chart_and_covers_nothing_of_it(self, chart):
        before = box_of(chart, "#canvas")
        for position_id in ("jobcenterchef", "raadmand", "chef-boern-og-familie"):
            click(chart, position_id)
            expect(chart.locator("#panel")).to_be_visible()
            canvas, panel = box_of(chart, "#canvas"), box_of(chart, "#panel")
            assert canvas["x"] + canvas["width"] <= panel["x"]
            at = place(chart, position_id)
            assert canvas["x"] + 90 < at["x"] < panel["x"] - 90
        chart.keyboard.press("Escape")
        expect(chart.locator("#panel")).to_be_hidden()
        assert box_of(chart, "#canvas") == before

    def test_closing_it_brings_back_the_view_with_which_the_chart_opened(self, chart):
        before = place(chart, "direktoer")
        click(chart, "chef-voksensocial")
        expect(chart.locator("#panel")).to_be_visible()
        chart.locator("#panel .close").click()
        assert place(chart, "direktoer") == pytest.approx(before, abs=1)

    def test_the_list_is_closed_until_it_is_opened_and_stays_as_it_was_left(self, chart):
        expect(chart.locator("#side")).to_be_hidden()
        chart.keyboard.press("t")
        expect(item(chart, "raadmand")).to_be_focused()
        chart.reload()
        ready(chart)
        expect(chart.locator("#side")).to_be_visible()
        chart.locator("#list-switch").click()
        expect(chart.locator("#list-switch")).to_have_attribute("aria-pressed", "false")
        chart.reload()
        ready(chart)
        expect(chart.locator("#side")).to_be_hidden()

    @pytest.mark.parametrize("width", [1440, 1100])
    def test_the_tools_stand_in_one_row(self, look, site, width):
        with look(width=width) as page:
            page.goto(f"{site}/aalborg/")
            ready(page)
            tools = page.locator("#bar .tool:visible, #bar .seg:visible").all()
            rows = {round(box["y"] / 20) for one in tools if (box := one.bounding_box())}
            assert len(rows) == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width


class TestPointing:
    def test_a_card_under_the_pointer_lights_its_way_to_the_top_and_has_a_tip(self, chart):
        at = place(chart, "centerchef-livskraft")
        chart.mouse.move(at["x"], at["y"])
        expect(chart.locator("#tip")).to_contain_text("Lars Bundgaard Leen")
        assert chart.evaluate("[...window.explorer.canvas.way]") == [
            "centerchef-livskraft", "chef-voksensocial", "direktoer", "raadmand",
        ]  # fmt: skip
        chart.keyboard.press("Escape")
        expect(chart.locator("#tip")).to_be_hidden()
        chart.keyboard.press("t")
        chart.keyboard.press("ArrowDown")
        expect(chart.locator("#tip")).to_contain_text("Direktør")

    def test_a_click_on_a_line_says_how_it_is_known(self, chart):
        at = chart.evaluate(
            """() => {
                const { canvas } = window.explorer;
                const { points } = canvas.data.edges.find(({ to }) => to === 'jobcenterchef');
                const [x, y] = points.at(-1);
                const at = canvas.network.canvasToDOM({ x, y: y - 6 });
                const box = canvas.container.getBoundingClientRect();
                return [at.x + box.left, at.y + box.top];
            }"""
        )
        chart.mouse.click(*at)
        why = chart.get_by_role("dialog", name="Om linjen")
        expect(why).to_contain_text("Jobcenterchef")
        expect(why).to_contain_text("Afledt")
        chart.keyboard.press("Escape")
        expect(why).to_be_hidden()

    def test_a_small_map_moves_a_chart_that_is_larger_than_the_window(self, chart):
        expect(chart.locator("#map")).to_be_hidden()
        for _n in range(4):
            chart.locator("#zoom-in").click()
        before = place(chart, "direktoer")
        chart.locator("#map").click(position={"x": 10, "y": 80})
        assert place(chart, "direktoer")["y"] < before["y"]

    def test_what_was_seen_is_in_the_menu_by_its_id_only_and_can_be_cleared(self, chart):
        click(chart, "jobcenterchef")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        assert chart.evaluate("localStorage.getItem('seen:aalborg:posts')") == '["jobcenterchef"]'
        chart.keyboard.press("Escape")
        chart.locator("#menu > summary").click()
        chart.locator("#seen-list").get_by_role("button", name="Jobcenterchef").click()
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        chart.locator("#menu > summary").click()
        chart.locator("#seen-clear").click()
        assert chart.evaluate("localStorage.getItem('seen:aalborg:posts')") is None


class TestPhone:
    def test_a_tapped_card_opens_a_sheet_with_the_answer_on_the_screen(self, phone):
        at = place(phone, "direktoer")
        phone.touchscreen.tap(at["x"], at["y"])
        sheet = phone.locator("#panel")
        expect(sheet.locator(".tiles dd").first).to_contain_text("5 ledere")
        for answer in (sheet.locator("h2"), sheet.get_by_text("Peter Larsen").first):
            expect(answer).to_be_in_viewport()
        expect(sheet.locator(".tiles dd").first).to_be_in_viewport()
        assert phone.evaluate("window.scrollY") == 0
        # The card stays in sight above the sheet.
        assert place(phone, "direktoer")["y"] < box_of(phone, "#panel")["y"]
        handle = sheet.get_by_role("button", name="Vis det hele")
        handle.click()
        assert box_of(phone, "#panel")["height"] > PHONE_HEIGHT / 2
        phone.keyboard.press("Escape")
        expect(sheet).to_be_hidden()

    def test_the_rest_of_the_tools_is_one_tap_away(self, phone):
        expect(phone.get_by_role("link", name="Kort", exact=True)).to_be_visible()
        expect(phone.locator("#layers")).to_be_hidden()
        phone.locator(".bar-more > summary").click()
        phone.locator("#layers a", has_text="1").click()
        expect(phone).to_have_url(re.compile("layers=1"))
        phone.get_by_role("link", name="Enheder", exact=True).click()
        expect(phone).to_have_url(re.compile("/aalborg/units"))

    def test_all_of_it_fits_on_a_small_phone(self, look, site):
        with look(width=320, height=600) as page:
            page.goto(f"{site}/aalborg/?select=direktoer")
            ready(page)
            expect(page.locator("#panel h2")).to_have_text("Direktør")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            for one in ("#filters > summary", ".bar-more > summary", "#panel .close"):
                expect(page.locator(one)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing_in_the_panel_the_filters_and_the_list(look, site, width, scheme):
    with look(width=width, scheme=scheme) as page:
        page.goto(f"{site}/aalborg/?select=chef-voksensocial&status=vacant")
        ready(page)
        expect(page.locator("#panel h2")).to_have_text("Afdelingschef")
        assert violations(page) == []
        page.locator("#filters > summary").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.evaluate("document.documentElement.classList.add('with-list')")
        assert violations(page) == []
