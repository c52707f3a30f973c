"""The explorer in a real browser: canvas, tree, panel and search stay in sync."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.builders import body, post, unit, write
from tests.conftest import DATA, served, watched_page

pytestmark = pytest.mark.browser


@pytest.fixture
def chart(page, site):
    with_list(page)
    page.goto(f"{site}/aalborg/?layers=all")
    ready(page)
    return page


def with_list(page):
    """Visit as a reader who has opened the list beside the chart, which stays open."""
    page.add_init_script("try { localStorage.setItem('list', 'open'); } catch {}")


def ready(page):
    page.wait_for_selector("html[data-ready]")
    page.evaluate("document.fonts.ready")


def place(page, position_id, part="card"):
    """Where a card, or its fold button, is on the screen."""
    return page.evaluate(
        """([id, part]) => {
            const { canvas } = window.explorer;
            const node = canvas.cards.get(id);
            const y = part === 'badge' ? node.y + node.card.height / 2 : node.y - 12;
            const at = canvas.network.canvasToDOM({ x: node.x, y });
            const box = canvas.container.getBoundingClientRect();
            return { x: at.x + box.left, y: at.y + box.top };
        }""",
        [position_id, part],
    )


def click(page, position_id, part="card", count=1):
    page.evaluate("id => window.explorer.canvas.bringIntoSight(id)", position_id)
    at = place(page, position_id, part)
    page.mouse.click(at["x"], at["y"], click_count=count)


def shown(page):
    return page.evaluate("[...window.explorer.canvas.cards.keys()]")


def item(page, position_id):
    return page.locator(f'[role=treeitem][data-id="{position_id}"]')


def search_field(page):
    return page.locator("#search-input")


def hits(page):
    return page.locator("#search-hits [role=option]")


def pixel(page, x, y):
    """The colour of the canvas at a point of the screen."""
    return page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector('#canvas canvas');
            const box = canvas.getBoundingClientRect();
            const scale = canvas.width / box.width;
            const data = canvas.getContext('2d').getImageData((x - box.left) * scale, (y - box.top) * scale, 1, 1).data;
            return [...data].slice(0, 3);
        }""",
        [x, y],
    )


def circle_colours(page, position_id):
    """The colour of the circle on a card, beside its initials, and the one of the card's look."""
    x, y, tint = page.evaluate(
        """(id) => {
            const { canvas } = window.explorer;
            const { x, y, card, look } = canvas.cards.get(id);
            const [, left, middle] = card.marks.find(([style]) => style === 'initials');
            const at = canvas.network.canvasToDOM({
                x: x - card.width / 2 + left + 4, y: y - card.height / 2 + middle });
            const box = canvas.container.getBoundingClientRect();
            return [at.x + box.left, at.y + box.top, canvas.painter.colors(look).tint];
        }""",
        position_id,
    )
    return pixel(page, x, y), [int(tint[i : i + 2], 16) for i in (1, 3, 5)]


class TestDrawing:
    def test_every_card_is_drawn_where_the_layout_puts_it(self, chart):
        for position_id in ("raadmand", "direktoer", "jobcenterchef", "centerchef-livskraft"):
            drawn, tint = circle_colours(chart, position_id)
            assert drawn == pytest.approx(tint, abs=2)

    def test_it_opens_from_its_top_at_the_size_of_its_text(self, chart):
        assert chart.evaluate("window.explorer.canvas.network.getScale()") == 1
        view = chart.evaluate("window.explorer.canvas.view()")
        assert view["top"] <= 0
        top = chart.evaluate("window.explorer.canvas.cards.get('raadmand').x")
        assert view["left"] < top < view["right"]

    def test_text_is_as_wide_as_the_server_measured_it(self, chart):
        from orgmodel.drawing.measuring import SEMIBOLD, text_width  # noqa: PLC0415

        for text in ("Leder af Rusmiddelafsnittet", "Center for tidlig indsats og familiepleje"):
            drawn = chart.evaluate(
                """(text) => {
                    const context = document.createElement('canvas').getContext('2d');
                    context.font = '600 13.5px Inter';
                    return context.measureText(text).width;
                }""",
                text,
            )
            assert drawn == pytest.approx(text_width(text, 13.5, SEMIBOLD), rel=0.01)

    def test_zoom_and_fit(self, chart):
        scale = "window.explorer.canvas.network.getScale()"
        before = chart.evaluate(scale)
        chart.get_by_role("button", name="Zoom ind").click()
        assert chart.evaluate(scale) == pytest.approx(before * 1.25)
        chart.get_by_role("button", name="Tilpas").click()
        assert chart.evaluate("window.explorer.canvas.showsAll()")
        for _n in range(20):
            chart.get_by_role("button", name="Zoom ud").click()
        assert chart.evaluate(scale) >= 0.05

    def test_dragging_pans(self, chart):
        before = place(chart, "direktoer")
        chart.mouse.move(400, 700)
        chart.mouse.down()
        chart.mouse.move(500, 640, steps=5)
        chart.mouse.up()
        after = place(chart, "direktoer")
        assert after["x"] - before["x"] == pytest.approx(100, abs=12)
        assert after["y"] - before["y"] == pytest.approx(-60, abs=12)


class TestSelecting:
    def test_a_click_on_a_card_selects_it_in_the_tree_and_opens_the_panel(self, chart):
        click(chart, "chef-voksensocial")
        panel = chart.locator("#panel")
        expect(panel).to_be_visible()
        expect(panel.get_by_role("heading", level=2)).to_have_text("Afdelingschef")
        # It counts seats.
        for words in ("7 ledere direkte", "godt 2.000", "Refererer direkte hertil (7)"):
            expect(panel).to_contain_text(words)
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-selected", "true")
        expect(chart.locator("[aria-selected=true]")).to_have_count(1)
        expect(chart).to_have_url(re.compile(r"select=chef-voksensocial"))
        expect(chart.locator("#status")).to_contain_text(
            "Afdelingschef, Opslået, fra 1. maj 2026, Voksensocialafdelingen"
        )

    def test_a_click_in_the_tree_selects_on_the_canvas(self, chart):
        item(chart, "leder-rusmiddelafsnittet").locator(".tree-post").click()
        expect(chart.locator("#panel h2")).to_have_text("Leder af Rusmiddelafsnittet")
        assert chart.evaluate("window.explorer.canvas.selected") == "leder-rusmiddelafsnittet"

    def test_a_choice_in_the_tree_brings_its_card_into_sight(self, chart):
        for _ in range(6):
            chart.locator("#zoom-in").click()
        item(chart, "stabschef-ledelse-og-jura").locator("> .tree-row .tree-post").click()
        at = place(chart, "stabschef-ledelse-og-jura")
        box = chart.locator("#canvas").bounding_box()
        assert box["x"] < at["x"] < chart.locator("#panel").bounding_box()["x"]
        assert box["y"] < at["y"] < box["y"] + box["height"]

    def test_the_panel_covers_no_card_that_was_clicked(self, chart):
        click(chart, "jobcenterchef")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        left = chart.locator("#panel").bounding_box()["x"]
        assert place(chart, "jobcenterchef")["x"] + 90 < left

    def test_a_figure_shows_how_it_was_found_and_a_name_its_source(self, chart):
        click(chart, "direktoer")
        panel = chart.locator("#panel")
        panel.locator(".tiles .source > summary").first.click()
        expect(panel).to_contain_text("5 ledere refererer direkte hertil.")
        panel.get_by_text("Står i kilden", exact=True).first.click()
        expect(panel).to_contain_text("Arne Lund Kristensen, direktør, Job og Social")
        expect(panel).to_contain_text("linje 470")

    def test_a_link_in_the_panel_selects_that_post(self, chart):
        click(chart, "chef-voksensocial")
        chart.locator("#panel").get_by_role("link", name="Direktør").first.click()
        expect(chart.locator("#panel h2")).to_have_text("Direktør")
        expect(item(chart, "direktoer")).to_have_attribute("aria-selected", "true")

    def test_escape_closes_the_panel_and_focus_goes_back_to_the_tree(self, chart):
        click(chart, "chef-voksensocial")
        chart.locator("#panel").get_by_role("button", name="Luk").focus()
        chart.keyboard.press("Escape")
        expect(chart.locator("#panel")).to_be_hidden()
        expect(item(chart, "chef-voksensocial")).to_be_focused()

    def test_the_address_brings_the_selection_back(self, chart):
        click(chart, "chef-boern-og-familie")
        expect(chart).to_have_url(re.compile("select="))
        chart.reload()
        ready(chart)
        expect(chart.locator("#panel")).to_contain_text("Børne- og Familieafdelingen")


class TestFolding:
    def test_the_button_on_a_card_folds_and_unfolds(self, chart):
        before = place(chart, "chef-voksensocial")
        click(chart, "chef-voksensocial", "badge")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
        assert "centerchef-livskraft" not in shown(chart)
        assert place(chart, "chef-voksensocial") == pytest.approx(before, abs=1)
        expect(chart.locator("#hidden-count")).to_have_text("9 stillinger er foldet ind")
        expect(chart).to_have_url(re.compile("closed=chef-voksensocial"))
        click(chart, "chef-voksensocial", "badge")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "true")
        assert "centerchef-livskraft" in shown(chart)

    def test_a_double_click_folds(self, chart):
        click(chart, "chef-boern-og-familie", count=2)
        expect(item(chart, "chef-boern-og-familie")).to_have_attribute("aria-expanded", "false")

    def test_the_button_in_the_panel_folds_and_says_what_it_will_do(self, chart):
        click(chart, "direktoer")
        button = chart.locator("#panel .toggle")
        expect(button).to_have_text("Fold ind")
        button.click()
        expect(button).to_have_text("Fold ud")
        assert "jobcenterchef" not in shown(chart)

    def test_what_is_folded_away_is_selected_no_more(self, chart):
        click(chart, "centerchef-livskraft")
        expect(chart.locator("#panel h2")).to_have_text("Centerchef")
        item(chart, "chef-voksensocial").locator(".tree-toggle").first.click()
        expect(chart.locator("#panel")).to_be_hidden()
        expect(chart).not_to_have_url(re.compile("select="))

    def test_the_state_of_the_chart_is_in_its_address(self, chart):
        click(chart, "chef-voksensocial", "badge")
        expect(chart).to_have_url(re.compile("closed="))
        chart.reload()
        ready(chart)
        assert "centerchef-livskraft" not in shown(chart)

    def test_quick_changes_end_as_the_last_one_says(self, chart):
        held: list[Route] = []
        chart.route(
            "**/chart.json?*", lambda route: held.append(route) if not held else route.continue_()
        )
        with chart.expect_request("**/chart.json?*"):
            click(chart, "chef-voksensocial", "badge")
        click(chart, "direktoer", "badge")
        held[0].continue_()
        expect(item(chart, "direktoer")).to_have_attribute("aria-expanded", "false")
        assert "chef-voksensocial" not in shown(chart)

    def test_fold_and_unfold_all(self, chart):
        click(chart, "direktoer", "badge")
        expect(chart.locator("#hidden-count")).to_contain_text("foldet ind")
        chart.locator("#layers").get_by_role("link", name="alle").click()
        expect(chart.locator("#hidden-count")).to_have_text("Alle stillinger vises")


class TestKeyboard:
    def test_the_tree_is_one_tab_stop_and_arrows_walk_it(self, chart):
        item(chart, "raadmand").focus()
        expect(chart.locator("[role=treeitem][tabindex='0']")).to_have_count(1)
        chart.keyboard.press("ArrowDown")
        expect(item(chart, "direktoer")).to_be_focused()
        chart.keyboard.press("End")
        expect(item(chart, "dagtilbudschef")).to_be_focused()
        chart.keyboard.press("ArrowUp")
        expect(item(chart, "jobcenterchef")).to_be_focused()
        chart.keyboard.press("ArrowLeft")
        expect(item(chart, "direktoer")).to_be_focused()
        chart.keyboard.press("Home")
        expect(item(chart, "raadmand")).to_be_focused()

    def test_left_folds_right_unfolds_and_focus_stays(self, chart):
        item(chart, "chef-voksensocial").focus()
        chart.keyboard.press("ArrowLeft")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
        expect(item(chart, "chef-voksensocial")).to_be_focused()
        chart.keyboard.press("ArrowRight")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "true")
        chart.keyboard.press("ArrowRight")
        expect(item(chart, "centerchef-livskraft")).to_be_focused()

    def test_enter_selects_and_focus_stays(self, chart):
        item(chart, "jobcenterchef").focus()
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Jobcenterchef")
        expect(item(chart, "jobcenterchef")).to_be_focused()

    def test_typing_goes_to_a_title(self, chart):
        item(chart, "raadmand").focus()
        chart.keyboard.type("jo")
        expect(item(chart, "jobcenterchef")).to_be_focused()

    def test_items_say_their_level_set_and_place(self, chart):
        found = item(chart, "centerchef-livskraft")
        for name, value in (("level", "4"), ("posinset", "1"), ("setsize", "4")):
            expect(found).to_have_attribute(f"aria-{name}", value)
        assert found.get_attribute("aria-expanded") is None

    def test_everything_can_be_reached_with_tab(self, chart):
        reached = set()
        for _n in range(40):
            chart.keyboard.press("Tab")
            reached.add(
                chart.evaluate(
                    "document.activeElement.id || document.activeElement.className ||"
                    " document.activeElement.getAttribute('role') || document.activeElement.hreflang"
                )
            )
        assert {"skip", "brand", "search-input", "list-switch", "zoom-in", "fit"} <= reached
        assert "treeitem" in reached


class TestSearch:
    def test_finds_as_one_types_and_enter_selects(self, chart):
        field = search_field(chart)
        field.fill("bundg")
        expect(hits(chart)).to_have_count(1)
        expect(hits(chart)).to_contain_text("Lars Bundgaard Leen")
        expect(hits(chart).locator("mark")).to_have_text("Bundg")
        field.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Centerchef")
        assert chart.evaluate("explorer.canvas.selected") == "centerchef-livskraft"

    def test_hits_are_grouped_and_lead_to_all(self, chart):
        search_field(chart).fill("budget")
        groups = chart.get_by_role("group", name="Enheder")
        expect(groups.first.get_by_role("option").first).to_contain_text("Job og Social")
        expect(chart.get_by_role("group", name="Opgaver og krav i andre org")).to_be_visible()
        search_field(chart).press("ArrowUp")
        expect(hits(chart).last).to_have_attribute("aria-selected", "true")
        search_field(chart).press("Enter")
        expect(chart.get_by_role("heading", level=1)).to_have_text("Resultater for »budget«")

    def test_a_task_leads_to_the_page_of_its_post(self, chart):
        search_field(chart).fill("retssikkerhed")
        hits(chart).first.click()
        expect(chart).to_have_url(re.compile(r"/aalborg/positions/chef-boern-og-familie"))

    def test_arrows_choose_among_hits(self, chart):
        field = search_field(chart)
        field.fill("stabschef")
        expect(hits(chart).nth(1)).to_contain_text("Ledelse og Jura")
        field.press("ArrowDown")
        field.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", "search-hits-1")
        field.press("Enter")
        expect(item(chart, "stabschef-ledelse-og-jura")).to_have_attribute("aria-selected", "true")

    def test_what_is_folded_away_is_unfolded_centred_and_selected(self, chart):
        click(chart, "direktoer", "badge")
        expect(item(chart, "direktoer")).to_have_attribute("aria-expanded", "false")
        field = search_field(chart)
        field.fill("havemann")
        expect(hits(chart)).to_have_count(1)
        hits(chart).click()
        expect(item(chart, "leder-rusmiddelafsnittet")).to_have_attribute("aria-selected", "true")
        at = place(chart, "leder-rusmiddelafsnittet")
        assert 304 < at["x"] < chart.locator("#panel").bounding_box()["x"]

    def test_nothing_found_is_said(self, chart):
        search_field(chart).fill("xyzzy")
        expect(chart.locator("#search-hits")).to_contain_text("Intet passer på »xyzzy«.")
        status = chart.locator(".search [role=status]")
        expect(status).to_have_text("Intet passer på »xyzzy«.")

    def test_escape_closes_the_list(self, chart):
        field = search_field(chart)
        field.fill("chef")
        expect(chart.locator("#search-hits")).to_be_visible()
        field.press("Escape")
        expect(chart.locator("#search-hits")).to_be_hidden()


class TestFailure:
    def test_a_server_that_is_gone_is_told_and_the_chart_stays(self, browser, tmp_path):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
        page = context.new_page()
        with served([DATA]) as address:
            page.goto(f"{address}/aalborg/")
            ready(page)
            context.set_offline(True)
            click(page, "chef-voksensocial", "badge")
            expect(page.get_by_role("alert")).to_contain_text("ingen forbindelse")
            assert "centerchef-livskraft" in shown(page)
            expect(page.get_by_role("button", name="Prøv igen")).to_be_visible()
            # It is tried again when the connection is back.
            context.set_offline(False)
            expect(item(page, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
            expect(page.locator("#failure")).to_be_hidden()
        context.close()

    def test_without_scripts_the_list_and_the_pages_do(self, scriptless, site):
        page = scriptless
        page.goto(f"{site}/aalborg/")
        expect(page.get_by_text("JavaScript er slået fra")).to_be_visible()
        expect(page.get_by_role("toolbar")).to_be_hidden()
        page.get_by_role("link", name="Fold Afdelingschef ind").first.click()
        expect(page.get_by_role("link", name="Lars Bundgaard Leen")).to_have_count(0)
        page.locator("#search-input").fill("havemann")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Leder af Rusmiddelafsnittet", exact=False).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Leder af Rusmiddelafsnittet")


class TestShapes:
    """Organisations of other shapes than the shipped one."""

    @pytest.fixture
    def chart_of(self, page, tmp_path):
        """Open the chart of units, served until the test is over."""
        with served([tmp_path]) as address:

            def opened(*units):
                with_list(page)
                write(tmp_path, body(*units))
                page.goto(f"{address}/test/")
                ready(page)

            yield opened

    def test_many_roots_begin_at_the_left_edge(self, page, chart_of):
        chart_of(*(unit(f"u{n}", f"l{n}") for n in range(12)))
        box = page.locator("#canvas").bounding_box()
        first = place(page, "l0")["x"] - box["x"]
        assert 0 < first < 200
        assert place(page, "l11")["x"] > box["x"] + box["width"]

    def test_no_posts_at_all_is_said(self, page, chart_of):
        chart_of()
        expect(page.locator("#hidden-count")).to_contain_text("endnu ingen stillinger")
        expect(page.get_by_role("tree")).to_have_count(0)
        page.locator("#fit").click()

    def test_a_leader_of_sixty_can_be_read(self, page, chart_of):
        parts = [
            unit(f"p{n}", post(f"l{n}", title="Leder"), name=f"Plejehjem {n}") for n in range(60)
        ]
        chart_of(unit("a", "chef", units=parts))
        assert len(shown(page)) == 61
        assert page.evaluate("window.explorer.canvas.network.getScale()") > 0.6

    def test_long_words_stay_inside_the_panel_and_are_whole_in_the_tree(self, page, chart_of):
        title = "Voksenspecialundervisningskoordinationsafdelingschefstedfortræder"
        name = "Hohenstaufen" * 8
        chart_of(unit("a", post("leder", title=title, holder=name)))
        click(page, "leder")
        panel = page.locator("#panel")
        expect(panel).to_contain_text(title)
        assert panel.evaluate("element => element.scrollWidth - element.clientWidth") == 0
        expect(item(page, "leder")).to_contain_text(title)
        expect(item(page, "leder")).to_contain_text(name)


class TestLanguage:
    def test_the_browsers_wish_and_the_switch(self, browser, site):
        with watched_page(browser, locale="en-GB") as page:
            page.goto(f"{site}/aalborg/")
            ready(page)
            expect(page.get_by_role("button", name="Fit")).to_be_visible()
            click(page, "chef-voksensocial")
            expect(page.locator("#panel")).to_contain_text("just over 2,000")
            page.locator("#menu > summary").click()
            page.get_by_role("link", name="Dansk").click()
            ready(page)
            expect(page.locator("#panel")).to_contain_text("godt 2.000")
            expect(page).to_have_url(re.compile("lang=da"))


def test_one_selects_while_another_is_still_fetched(chart):
    click(chart, "chef-voksensocial")
    click(chart, "direktoer")
    expect(chart.locator("#panel h2")).to_have_text("Direktør")
    expect(chart.locator("[aria-selected=true]")).to_have_attribute("data-id", "direktoer")
