"""The explorer's views in a real browser: filters, colours, units, dates, keys, touch, no script."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Route, expect

from tests.browser.test_explorer import click, item, place, ready, search_field, shown, with_list
from tests.builders import body, post, posts, unit, write
from tests.conftest import served, watched_page

pytestmark = pytest.mark.browser

LATER = [{"name": "Ida Holm", "from": "2026-04-01"}]


@pytest.fixture
def chart(page, site):
    with_list(page)
    page.goto(f"{site}/aalborg/?layers=all")
    ready(page)
    return page


@pytest.fixture
def site_of(tmp_path):
    """Serve the organisation whose file ends in some text, until the test is over."""
    with ExitStack() as stack:
        yield lambda body: stack.enter_context(served([write(tmp_path, body)]))


@pytest.fixture
def wide(page, site_of):
    """The chart of a leader of four hundred."""
    with_list(page)
    page.goto(f"{site_of(body(unit('a', 'chef', positions=posts(400))))}/test/")
    ready(page)
    return page


@pytest.fixture
def dated_site(site_of):
    """The address of an organisation whose advertised post is taken from April."""
    return site_of(body(unit("a", post("chef", status="vacant", holder=LATER))))


def open_view(page):
    page.locator("#filters > summary").click()
    expect(page.locator(".filters-body")).to_be_visible()


class TestFilters:
    def test_apply_at_once_tell_what_is_hidden_and_stay_in_the_address(self, chart):
        open_view(chart)
        chart.get_by_role("checkbox", name="Opslået").check()
        expect(chart.locator("#hidden-count")).to_contain_text("2 passer til filteret")
        expect(chart.locator("#hidden-count")).to_contain_text("21 stillinger vises ikke")
        expect(chart.locator("#filters-active")).to_have_text("1")
        expect(chart).to_have_url(re.compile("status=vacant"))
        assert set(shown(chart)) == {
            "raadmand", "direktoer", "chef-voksensocial", "chef-boern-og-familie",
        }  # fmt: skip
        chart.get_by_role("checkbox", name="Konstitueret").check()
        expect(chart.locator("#filters-active")).to_have_text("2")
        chart.reload()
        ready(chart)
        assert "sekretariatschef-voksensocial" in shown(chart)
        open_view(chart)
        expect(chart.get_by_role("checkbox", name="Opslået")).to_be_checked()
        chart.locator("#filters-clear").click()
        expect(chart.locator("#hidden-count")).to_have_text("Alle stillinger vises")
        expect(chart.get_by_role("checkbox", name="Opslået")).not_to_be_checked()

    def test_colours_change_the_cards_and_the_legend(self, chart):
        before = chart.evaluate("window.explorer.canvas.cards.get('direktoer').look")
        chart.get_by_label("Farve:").select_option("band")
        expect(chart.locator("#colors")).to_contain_text("4–7 direkte")
        expect(chart.locator("#colors-title")).to_have_text("Ledelsesspænd:")
        assert chart.evaluate("window.explorer.canvas.cards.get('direktoer').look") != before
        expect(chart).to_have_url(re.compile("color=band"))
        chart.get_by_label("Farve:").select_option("none")
        expect(chart.locator("#colors")).to_be_hidden()

    def test_a_group_is_lit_and_the_list_says_who_is_in_it(self, chart):
        open_view(chart)
        chart.get_by_label("Fremhæv et ledelsesforum").select_option("forvaltningsledelsen")
        expect(item(chart, "direktoer").locator(".tree-note").first).to_have_text(
            "i Forvaltningsledelsen (FL)"
        )
        assert chart.evaluate("window.explorer.canvas.cards.get('centerchef-livskraft').dimmed")

    def test_what_is_selected_and_filtered_away_is_selected_no_more(self, chart):
        click(chart, "jobcenterchef")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        open_view(chart)
        chart.get_by_role("checkbox", name="Konstitueret").check()
        expect(chart.locator("#panel")).to_be_hidden()

    def test_a_change_that_cannot_be_fetched_is_taken_back(self, chart):
        open_view(chart)
        chart.route("**/chart.json?*", lambda route: route.fulfill(body="no chart"))
        chart.get_by_role("checkbox", name="Opslået").check()
        expect(chart.get_by_role("alert")).to_contain_text("Tjek forbindelsen")
        expect(chart.get_by_role("checkbox", name="Opslået")).not_to_be_checked()
        chart.unroute("**/chart.json?*")
        chart.get_by_role("button", name="Prøv igen").click()
        expect(chart.locator("#hidden-count")).to_contain_text("2 passer")

    def test_escape_closes_them_and_focus_goes_back(self, chart):
        open_view(chart)
        chart.get_by_role("checkbox", name="Opslået").focus()
        chart.keyboard.press("Escape")
        expect(chart.locator(".filters-body")).to_be_hidden()
        expect(chart.locator("#filters > summary")).to_be_focused()


class TestUnits:
    def test_a_click_opens_the_units_panel_and_its_leader_is_a_link(self, page, site):
        page.goto(f"{site}/aalborg/units")
        ready(page)
        click(page, "voksensocialafdelingen")
        expect(page.locator("#panel h2")).to_have_text("Voksensocialafdelingen")
        page.locator("#panel").get_by_role("link", name="Afdelingschef").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Afdelingschef")

    def test_the_search_finds_posts_and_shows_them_in_their_chart(self, page, site):
        page.goto(f"{site}/aalborg/units")
        ready(page)
        search_field(page).fill("havemann")
        expect(page.locator("#search-hits [role=option]")).to_have_count(1)
        page.keyboard.press("Enter")
        # The chart's script adds to the address what is open.
        expect(page).to_have_url(re.compile(r"/aalborg/\?(.+&)?select=leder-rusmiddelafsnittet"))
        ready(page)
        expect(page.locator("#panel h2")).to_have_text("Leder af Rusmiddelafsnittet")


@pytest.mark.parametrize(("language", "number"), [("da", "1.200"), ("en", "1,200")])
def test_the_number_of_hits_is_written_as_the_language_does(page, site_of, language, number):
    address = site_of(body(unit("a", "chef", positions=posts(1200))))
    page.goto(f"{address}/test/?lang={language}")
    ready(page)
    search_field(page).fill("vagt")
    expect(page.locator("#search-hits .group-count").first).to_have_text(number)


class TestWideLeaders:
    def test_more_are_shown_at_a_click_and_focus_goes_to_the_first_of_them(self, wide):
        assert len(shown(wide)) == 122
        more = item(wide, "more:chef")
        expect(more).to_contain_text("280 flere")
        more.focus()
        wide.keyboard.press("Enter")
        expect(more).to_contain_text("160 flere")
        expect(item(wide, "p120")).to_be_focused()
        expect(wide).to_have_url(re.compile("more=chef"))

    def test_a_card_of_more_can_be_clicked(self, wide):
        wide.locator("#fit").click()
        click(wide, "more:chef")
        expect(item(wide, "more:chef")).to_contain_text("160 flere")


class TestMotion:
    def test_the_clicked_card_stays_under_the_pointer_while_the_others_move(self, browser, site):
        with watched_page(browser) as page:
            page.emulate_media(reduced_motion="no-preference")
            page.goto(f"{site}/aalborg/")
            ready(page)
            before = place(page, "chef-voksensocial")
            click(page, "chef-voksensocial", "badge")
            expect(item(page, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
            page.wait_for_function("() => !window.explorer.canvas.isMoving")
            assert place(page, "chef-voksensocial") == pytest.approx(before, abs=1)
            assert page.evaluate(
                "[...window.explorer.canvas.cards.values()].every(n => n.x === n.at.x && n.y === n.at.y)"
            )

    def test_the_first_picture_stands_where_the_chart_will(self, browser, site):
        # Not a watched page: the first visit is stopped on purpose, and says so on its console.
        with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
            page = context.new_page()
            page.route("**/explorer.js", lambda route: route.abort())
            page.goto(f"{site}/aalborg/", wait_until="domcontentloaded")
            card = page.locator("#picture rect").nth(1)
            expect(card).to_be_visible()
            page.wait_for_selector("html[data-failed]")
            first = card.bounding_box()
            page.unroute("**/explorer.js")
            page.reload()
            ready(page)
            expect(page.locator("#first-picture")).to_have_count(0)
            at = page.evaluate(
                """() => {
                    const { canvas } = window.explorer;
                    const { x, y, card } = canvas.cards.get('raadmand');
                    const box = canvas.container.getBoundingClientRect();
                    const at = canvas.network.canvasToDOM({ x: x - card.width / 2, y: y - card.height / 2 });
                    return { x: at.x + box.left, y: at.y + box.top };
                }"""
            )
            assert (first["x"], first["y"]) == pytest.approx((at["x"], at["y"]), abs=1.5)


class TestDates:
    def test_another_is_opened_once_it_is_written_and_can_be_taken_back(self, page, dated_site):
        page.goto(f"{dated_site}/test/")
        ready(page)
        expect(item(page, "chef")).to_contain_text("Opslået")
        open_view(page)
        page.get_by_label("Pr.").fill("2026-05-01")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("date=2026-05-01"))
        ready(page)
        expect(item(page, "chef")).to_contain_text("Ida Holm")
        expect(page.get_by_text("vist pr. 1. maj 2026")).to_be_visible()

        page.goto(f"{dated_site}/test/?date=2026-05-01")
        ready(page)
        open_view(page)
        page.get_by_label("Pr.").focus()
        page.keyboard.type("1")
        page.wait_for_timeout(100)
        expect(page).to_have_url(re.compile("date=2026-05-01"))
        page.get_by_label("Pr.").fill("")
        page.locator("#color").focus()
        expect(page).not_to_have_url(re.compile("date="))
        ready(page)
        expect(item(page, "chef")).to_contain_text("Opslået")


class TestAnnouncements:
    def test_a_filter_is_told_and_something_is_in_view(self, chart):
        for _n in range(6):
            chart.locator("#zoom-in").click()
        chart.evaluate("window.explorer.canvas.pan(-3, 3)")
        open_view(chart)
        chart.get_by_role("checkbox", name="Opslået").check()
        expect(chart.locator("#status")).to_have_text(
            re.compile("1 filter, 2 passer til filteret · 21 stillinger vises ikke")
        )
        assert chart.evaluate("window.explorer.canvas.showsAnything()")


class TestFocusOfTheKeyboard:
    def test_stays_where_it_is_though_something_else_is_selected(self, chart):
        item(chart, "jobcenterchef").focus()
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        item(chart, "chef-voksensocial").focus()
        chart.keyboard.press("ArrowLeft")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
        expect(item(chart, "chef-voksensocial")).to_be_focused()

    def test_goes_to_the_nearest_one_above_when_its_item_is_folded_away(self, chart):
        item(chart, "leder-rusmiddelafsnittet").focus()
        click(chart, "chef-voksensocial", "badge")
        expect(item(chart, "leder-rusmiddelafsnittet")).to_have_count(0)
        expect(chart.locator("[role=treeitem][tabindex='0']")).to_have_attribute(
            "data-id", "chef-voksensocial"
        )

    def test_enter_once_more_goes_to_the_panel_and_escape_back(self, chart):
        item(chart, "jobcenterchef").focus()
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel")).to_be_focused()
        chart.keyboard.press("Escape")
        expect(chart.locator("#panel")).to_be_hidden()
        expect(item(chart, "jobcenterchef")).to_be_focused()

    def test_what_arrives_late_leaves_the_panel_its_focus(self, chart):
        held: list[Route] = []

        def hold(route):
            held.append(route)

        chart.route("**/jobcenterchef/panel.json*", hold)
        item(chart, "jobcenterchef").focus()
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel")).to_be_focused()
        expect(chart.locator("#panel")).to_have_attribute("aria-busy", "true")
        held[0].continue_()
        expect(chart.locator("#panel")).not_to_have_attribute("aria-busy", "true")
        expect(chart.locator("#panel")).to_be_focused()

    def test_escape_closes_the_panel_from_anywhere(self, chart):
        click(chart, "jobcenterchef")
        expect(chart.locator("#panel")).to_be_visible()
        chart.locator("#fit").focus()
        chart.keyboard.press("Escape")
        expect(chart.locator("#panel")).to_be_hidden()


class TestOpening:
    def test_after_unfolding_all_a_branch_can_be_folded(self, chart):
        chart.locator("#layers").get_by_role("link", name="alle").click()
        expect(chart).to_have_url(re.compile("layers=all"))
        click(chart, "chef-voksensocial", "badge")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
        assert "centerchef-livskraft" not in shown(chart)

    def test_a_link_to_a_deep_post_keeps_it_when_another_branch_is_opened(self, page, site_of):
        def deep(depth, name):
            below = [deep(depth - 1, f"{name}{n}") for n in range(5)] if depth else []
            return unit(name, f"l{name}", units=below)

        with_list(page)
        page.goto(f"{site_of(body(deep(3, 'u')))}/test/?layers=2&select=lu234")
        ready(page)
        expect(page.locator("#panel h2")).to_have_text("LU234")
        item(page, "lu11").locator(".tree-toggle").click()
        expect(item(page, "lu11")).to_have_attribute("aria-expanded", "true")
        assert "lu234" in shown(page)
        expect(page).to_have_url(re.compile("select=lu234"))


class TestKeys:
    def test_the_list_of_keys_opens_and_closes(self, chart):
        chart.keyboard.press("?")
        expect(chart.get_by_role("dialog")).to_be_visible()
        expect(chart.get_by_role("dialog")).to_contain_text("gå til søgefeltet")
        chart.keyboard.press("Escape")
        expect(chart.get_by_role("dialog")).to_be_hidden()
        chart.locator("#menu > summary").click()
        chart.locator("#help").click()
        chart.get_by_role("dialog").get_by_role("button", name="Luk").click()
        expect(chart.get_by_role("dialog")).to_be_hidden()

    def test_keys_go_to_the_search_the_list_and_the_panel(self, chart):
        chart.keyboard.press("/")
        expect(search_field(chart)).to_be_focused()
        chart.keyboard.type("tf?")
        expect(search_field(chart)).to_have_value("tf?")
        search_field(chart).fill("")
        chart.locator("#fit").focus()
        chart.keyboard.press("t")
        expect(item(chart, "raadmand")).to_be_focused()
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Rådmand for Job og Social")
        chart.locator("#fit").focus()
        chart.keyboard.press("p")
        expect(chart.locator("#panel")).to_be_focused()

    def test_keys_go_to_the_views_of_the_selected_post(self, chart):
        for key, view in (("f", "focus"), ("c", "chain")):
            click(chart, "jobcenterchef")
            expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
            chart.locator("#fit").focus()
            chart.keyboard.press(key)
            expect(chart).to_have_url(re.compile(f"/{view}/jobcenterchef"))
            chart.go_back()
            ready(chart)

    def test_the_chart_moves_and_zooms_by_keys(self, chart):
        scale = "window.explorer.canvas.network.getScale()"
        before, at = chart.evaluate(scale), place(chart, "direktoer")
        chart.locator("#fit").focus()
        chart.keyboard.press("+")
        assert chart.evaluate(scale) > before
        chart.keyboard.press("0")
        assert chart.evaluate("window.explorer.canvas.showsAll()")
        chart.keyboard.press("Shift+ArrowRight")
        assert place(chart, "direktoer")["x"] < at["x"]

    def test_single_keys_can_be_turned_off_and_stay_off(self, chart):
        chart.keyboard.press("?")
        chart.locator("#keys-on").uncheck()
        chart.keyboard.press("Escape")
        chart.locator("#fit").focus()
        chart.keyboard.press("/")
        expect(search_field(chart)).not_to_be_focused()
        chart.reload()
        ready(chart)
        chart.keyboard.press("?")
        expect(chart.get_by_role("dialog")).to_be_hidden()


class TestConnection:
    def test_losing_it_is_told_and_so_is_its_return(self, browser, site):
        context = browser.new_context(locale="da-DK")
        page = context.new_page()
        page.goto(f"{site}/aalborg/")
        ready(page)
        context.set_offline(True)
        expect(page.locator("#connection")).to_contain_text("ingen forbindelse")
        context.set_offline(False)
        expect(page.locator("#connection")).to_contain_text("er tilbage")
        context.close()


class TestPhone:
    def test_a_swipe_goes_to_the_post_beside(self, browser, site):
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, locale="da-DK"
        )
        page = context.new_page()
        page.goto(f"{site}/aalborg/focus/chef-voksensocial")
        expect(page.locator(".focus-picture")).to_be_hidden()
        swipe = """(from, to) => {
            const box = document.querySelector('[data-swipe]');
            const touch = (x) => new Touch({ identifier: 1, target: box, clientX: x, clientY: 300 });
            box.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(from)], changedTouches: [touch(from)] }));
            box.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: [touch(to)] }));
        }"""
        page.evaluate(f"({swipe})(300, 100)")
        expect(page).to_have_url(re.compile("focus/chef-boern-og-familie"))
        page.evaluate(f"({swipe})(100, 300)")
        expect(page).to_have_url(re.compile("focus/chef-voksensocial"))
        page.evaluate(f"({swipe})(200, 220)")
        page.wait_for_timeout(100)
        expect(page).to_have_url(re.compile("focus/chef-voksensocial"))
        context.close()

    @pytest.mark.parametrize("width", [390, 768])
    def test_a_picture_is_arranged_for_the_screen_and_not_made_smaller(self, browser, site, width):
        with watched_page(browser, width=width, height=844) as page:
            page.goto(f"{site}/aalborg/new/chef-voksensocial/1")
            box = page.locator(".picture-scroll").bounding_box()
            card = page.locator(".picture rect.selected").locator("visible=true")
            frame = card.bounding_box()
            assert box is not None
            assert frame is not None
            assert box["x"] <= frame["x"]
            assert frame["x"] + frame["width"] <= box["x"] + box["width"]
            assert frame["width"] >= float(card.get_attribute("width") or 0)

    def test_a_choice_in_the_chart_does_not_throw_the_page_about(self, browser, site):
        with watched_page(browser, width=390, height=844) as page:
            page.goto(f"{site}/aalborg/")
            ready(page)
            click(page, "direktoer")
            expect(page.locator("#panel h2")).to_have_text("Direktør")
            assert page.evaluate("window.scrollY") < 300
            search_field(page).fill("havemann")
            expect(page.locator("#search-hits [role=option]")).to_have_count(1)
            page.keyboard.press("Enter")
            expect(page.locator("#panel h2")).to_have_text("Leder af Rusmiddelafsnittet")
            expect(page.locator("#canvas")).to_be_in_viewport()

    def test_the_chain_is_breadcrumbs_and_a_report_is_a_tap_away(self, browser, site):
        with watched_page(browser, width=390, height=844) as page:
            page.goto(f"{site}/aalborg/focus/chef-voksensocial")
            crumbs = page.get_by_role("navigation", name="Ledelseskæde til toppen")
            expect(crumbs.get_by_role("listitem")).to_have_count(3)
            page.locator(".focus-card").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Centerchef")
            crumbs.get_by_role("link", name="Afdelingschef").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Afdelingschef")


class TestChoosing:
    def test_two_posts_are_found_as_one_types(self, page, site):
        page.goto(f"{site}/aalborg/between")
        for label, query in (("Fra", "havemann"), ("Til", "jobcenterchef")):
            form = page.get_by_role("search", name=label, exact=True)
            form.get_by_role("combobox").fill(query)
            expect(form.get_by_role("option")).to_have_count(1)
            page.keyboard.press("Enter")
            expect(page.locator(".slot-label", has_text=label)).to_be_visible()
        expect(page.locator(".answer").first).to_contain_text("Direktør")

    def test_a_new_leader_walks_five_steps_by_keyboard_alone(self, page, site):
        page.goto(f"{site}/aalborg/new")
        form = page.get_by_role("search", name="Din stilling")
        form.get_by_role("combobox").focus()
        page.keyboard.type("voksensocialafd")
        expect(form.get_by_role("option").first).to_contain_text("Afdelingschef")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        for title in (
            "Hvor du sidder",
            "Din leder og kæden",
            "Dit team",
            "Dine ledelsesfora",
            "Dit første år",
        ):
            expect(page.get_by_role("heading", level=1)).to_have_text(title)
            page.get_by_role("link", name="Næste").focus()
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Din plads i Aalborg")
        expect(page.get_by_role("button", name="Udskriv")).to_be_visible()


class TestSharing:
    def test_the_address_of_a_view_can_be_copied(self, browser, site):
        context = browser.new_context(locale="da-DK", permissions=["clipboard-write"])
        page = context.new_page()
        page.goto(f"{site}/aalborg/chain/direktoer")
        page.get_by_role("button", name="Kopiér adressen").click()
        expect(page.locator(".copied")).to_have_text("Adressen er kopieret")
        context.close()


class TestNames:
    def test_one_switch_leaves_them_out_and_the_view_stays(self, chart):
        click(chart, "jobcenterchef")
        expect(chart.locator("#panel")).to_contain_text("Jesper Dalgaard")
        chart.locator("#menu > summary").click()
        chart.get_by_role("link", name="Skjul navne").click()
        ready(chart)
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        expect(chart.locator("body")).not_to_contain_text("Dalgaard")
        chart.locator("#menu > summary").click()
        chart.get_by_role("link", name="Vis navne").click()
        ready(chart)
        expect(chart.locator("#panel")).to_contain_text("Jesper Dalgaard")


def test_every_view_stands_without_a_script(scriptless, site):
    page = scriptless
    page.goto(f"{site}/aalborg/")
    expect(page.locator("#picture")).to_be_visible()
    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name="Opslået").check()
    page.get_by_label("Farve:").select_option("status")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("#hidden-count")).to_contain_text("2 passer til filteret")
    expect(page.locator("#colors")).to_contain_text("Opslået")
    page.get_by_role("navigation", name="Diagrammets visninger").get_by_text("Enheder").click()
    page.locator("#layers").get_by_role("link", name="alle").click()
    expect(page.locator("#hidden-count")).to_have_text("Alle enheder vises")
    page.get_by_role("link", name="Jeg er ny her").click()
    page.locator("#q").fill("rusmiddel")
    page.get_by_role("button", name="Søg").click()
    page.locator(".hits").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvor du sidder")
    expect(page.locator(".picture svg")).to_be_visible()
