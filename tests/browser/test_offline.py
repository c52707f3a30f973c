"""The chart in one file, opened from the disk as people do: no server, no request, no error."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from orgmodel import load
from orgmodel.analysis.questions.search import SearchIndex
from orgmodel.analysis.questions.spelling import folded
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.views import Cut, DrawingContext, View
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.browser.test_explorer import with_list
from tests.browser.test_pages import violations
from tests.builders import tree, units
from webui.offline import page
from webui.offline import states as states_module
from webui.offline.inlining import bundle
from webui.offline.page import offline_page

pytestmark = pytest.mark.browser

OFFLINE = Path(page.__file__).parent
# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Thai, kana, Chinese and Hangul.
ALPHABETS = (
    *range(0x20, 0x250), *range(0x386, 0x3D0), *range(0x400, 0x700), *range(0x900, 0x980),
    *range(0xE00, 0xE80), *range(0x3040, 0x3100), *range(0x4E00, 0x4E80), *range(0xAC00, 0xAC80),
)  # fmt: skip


def renderers(browser):
    """How many seconds each process of the browser that draws pages has worked."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {one["id"]: one["cpuTime"] for one in processes if one["type"] == "renderer"}


@contextmanager
def opened(browser, path, *, width=1440, height=900, script=True):
    """Open a file; afterwards, fail on any other request, any error and any dialog."""
    address = path.as_uri()
    wrongs: list[str] = []
    requests: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        java_script_enabled=script,
        offline=True,
    )

    def note_dialog(dialog):
        wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    tab = context.new_page()
    with_list(tab)
    tab.on("pageerror", lambda error: wrongs.append(f"script: {error}"))
    tab.on("console", lambda message: wrongs.append(f"{message.type}: {message.text}"))
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("dialog", note_dialog)
    tab.goto(address)
    if script:
        tab.wait_for_selector("html[data-ready]")
    yield tab
    context.close()
    assert wrongs == []
    # Fonts and the icon are addresses that hold their data, and go nowhere.
    assert [one for one in requests if not one.startswith("data:")] == [address]


@pytest.fixture
def write(tmp_path):
    def written(data, view=None, language="da"):
        path = tmp_path / "chart.html"
        text = offline_page(exhibit(DrawingContext(data), view or View(), language))
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def chart(browser, write, aalborg):
    with opened(browser, write(aalborg)) as tab:
        yield tab


def cards(tab):
    return tab.evaluate("[...explorer.canvas.cards.keys()]")


def item(tab, entry):
    return tab.locator(f'[role=treeitem][data-id="{entry}"]')


def click(tab, entry, part="card"):
    at = tab.evaluate(
        """([id, part]) => {
            const { canvas } = explorer;
            const node = canvas.cards.get(id);
            const y = part === 'badge' ? node.y + node.card.height / 2 : node.y - 12;
            const at = canvas.network.canvasToDOM({ x: node.x, y });
            const box = canvas.container.getBoundingClientRect();
            return [at.x + box.left, at.y + box.top];
        }""",
        [entry, part],
    )
    tab.mouse.click(*at)


class TestTheChart:
    @pytest.mark.parametrize(
        "view",
        [
            View(selected="chef-voksensocial"),
            View(Cut.AROUND, entries=("chef-voksensocial",)),
            View(Cut.BRANCH, entries=("direktoer",)),
            View(units=True),
        ],
        ids=["opened", "around", "branch", "units"],
    )
    def test_it_is_the_one_on_the_screen(self, browser, write, aalborg, view):
        expected = exhibit(DrawingContext(aalborg), view, "da").chart
        with opened(browser, write(aalborg, view)) as tab:
            drawn = tab.evaluate(
                """[...explorer.canvas.cards.values()].map(({ id, x, y, look, open, card, parent }) => (
                    { id, x, top: y - card.height / 2, look, open, frame: card.frame,
                      marks: card.marks, parent }))"""
            )
            lines = tab.evaluate(
                "explorer.data.edges.map(({ to, style, points }) => [to, style, points])"
            )
        assert [one["id"] for one in drawn] == [one.card.id for one in expected.cards]
        for one, here in zip(drawn, expected.cards, strict=True):
            place = expected.layout.places[one["id"]]
            assert (one["x"], one["top"]) == pytest.approx((place.x, place.y), abs=0.5)
            assert (one["look"], one["open"]) == (here.value, here.shown.is_open)
            assert one["parent"] == here.shown.parent_id
            assert one["frame"] == here.card.status
            # Only where a branch is in the file there is a button to open it.
            marks = [mark for mark in one["marks"] if mark[0] != "badge"]
            assert marks == [
                [style, round(x, 2), y, text, round(width, 2)]
                for style, x, y, text, width in here.card.marks()
            ]
        by_child = {to: (style, points) for to, style, points in lines if style != "dotted"}
        assert by_child.keys() == {line.child_id for line in expected.connectors}
        for line in expected.connectors:
            style, points = by_child[line.child_id]
            assert style == ("dashed" if line.child_id in expected.inferred else "solid")
            for at, point in zip(points, line.points, strict=True):
                assert at == pytest.approx(point, abs=0.5)
        dotted = [points for _to, style, points in lines if style == "dotted"]
        assert len(dotted) == len(expected.cross_lines)

    def test_the_selected_card_is_framed_and_enter_opens_its_panel(self, browser, write, aalborg):
        with opened(browser, write(aalborg, View(selected="chef-voksensocial"))) as tab:
            assert tab.evaluate("explorer.canvas.selected") == "chef-voksensocial"
            expect(item(tab, "chef-voksensocial")).to_have_attribute("aria-selected", "true")
            expect(tab.locator("#panel")).to_be_hidden()
            item(tab, "chef-voksensocial").focus()
            tab.keyboard.press("Enter")
            expect(tab.locator("#panel")).to_be_focused()

    def test_zoom_and_fit(self, chart):
        scale = "explorer.canvas.network.getScale()"
        before = chart.evaluate(scale)
        chart.locator("#zoom-in").click()
        assert chart.evaluate(scale) == pytest.approx(before * 1.25)
        chart.locator("#fit").click()
        assert chart.evaluate("explorer.canvas.showsAll()")

    def test_the_whole_of_it_stands_in_words(self, chart):
        chart.locator(".in-words summary").click()
        expect(chart.locator("#long-list")).to_contain_text(
            "Lige under Direktør, Arne Lund Kristensen, Job og Social (5)"
        )


class TestTheWalls:
    def test_even_a_mistake_could_fetch_nothing_and_run_nothing(self, browser, write, aalborg):
        tab = browser.new_page()
        tab.goto(write(aalborg).as_uri())
        tab.wait_for_selector("html[data-ready]")
        broken = tab.evaluate(
            """async () => {
                const broken = [];
                document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
                await fetch('http://127.0.0.1:9/').catch(() => {});
                const image = new Image();
                const told = new Promise((resolve) => { image.onerror = resolve; });
                image.src = 'http://127.0.0.1:9/picture.png';
                await told;
                const style = document.createElement('style');
                style.textContent = 'body { color: red }';
                document.head.append(style);
                try { document.body.innerHTML = '<b>bold</b>'; } catch { broken.push('refused'); }
                await new Promise((resolve) => setTimeout(resolve, 100));
                return broken;
            }"""
        )
        tab.close()
        assert {"connect-src", "img-src", "style-src-elem", "refused"} <= set(broken)


class TestSelecting:
    def test_a_click_on_a_card_shows_what_is_known(self, chart):
        click(chart, "chef-voksensocial")
        panel = chart.locator("#panel")
        expect(panel.get_by_role("heading", level=2)).to_have_text("Afdelingschef")
        expect(panel).to_contain_text("Voksensocialafdelingen")
        expect(panel).to_contain_text("Opslået fra 1. maj 2026")
        expect(panel).to_contain_text(
            "godt 2.000 / ca. 2.160 under · kilderne er uenige · 7 ledere direkte"
        )
        expect(panel).to_contain_text("Refererer direkte hertil (7)")
        expect(panel.locator(".panel-chain li")).to_contain_text(
            ["Afdelingschef", "Direktør", "Rådmand"]
        )
        expect(chart.locator("#status")).to_contain_text("Afdelingschef, Opslået, fra 1. maj 2026")

    def test_a_unit_without_figures_has_a_panel(self, browser, write, aalborg):
        with opened(browser, write(aalborg, View(units=True))) as tab:
            item(tab, "social-og-boligstyrelsen").focus()
            tab.keyboard.press("Enter")
            expect(tab.locator("#panel h2")).to_have_text("Social- og Boligstyrelsen")

    def test_links_in_the_panel_select(self, chart):
        click(chart, "chef-voksensocial")
        chart.locator("#panel").get_by_role("link", name="Direktør").click()
        expect(chart.locator("#panel h2")).to_have_text("Direktør")
        expect(item(chart, "direktoer")).to_have_attribute("aria-selected", "true")


class TestFolding:
    def test_unfolding_one_branch_folds_the_others(self, chart, aalborg):
        click(chart, "chef-voksensocial", "badge")
        expect(item(chart, "chef-voksensocial")).to_have_attribute("aria-expanded", "false")
        assert "centerchef-livskraft" not in cards(chart)
        item(chart, "chef-boern-og-familie").locator("> .tree-row .tree-toggle").click()
        assert set(cards(chart)) > set(aalborg.reports["chef-boern-og-familie"])
        item(chart, "chef-voksensocial").locator("> .tree-row .tree-toggle").click()
        assert "centerchef-livskraft" in cards(chart)
        expect(item(chart, "chef-boern-og-familie")).to_have_attribute("aria-expanded", "false")
        expect(chart.locator("#hidden-count")).to_contain_text("foldet ind")
        expect(chart.locator("#status")).to_contain_text("Afdelingschef er foldet ud")

    def test_the_button_back_to_the_start_brings_back_what_was_exported(self, chart):
        before = cards(chart)
        click(chart, "raadmand", "badge")
        assert cards(chart) == ["raadmand", "dagtilbudschef"]
        chart.locator("#open-first").click()
        assert cards(chart) == before

    def test_what_is_folded_away_is_selected_no_more(self, chart):
        click(chart, "centerchef-livskraft")
        expect(chart.locator("#panel")).to_be_visible()
        item(chart, "chef-voksensocial").locator("> .tree-row .tree-toggle").click()
        expect(chart.locator("#panel")).to_be_hidden()
        expect(chart.locator("[aria-selected=true]")).to_have_count(0)

    def test_the_card_that_was_unfolded_stays_where_it_is(self, chart):
        place = """() => {
            const { canvas } = explorer;
            const { x, y } = canvas.cards.get('chef-voksensocial');
            return canvas.network.canvasToDOM({ x, y });
        }"""
        before = chart.evaluate(place)
        click(chart, "chef-voksensocial", "badge")
        assert chart.evaluate(place) == pytest.approx(before, abs=1)

    def test_a_wide_family_is_shown_whole_only_when_it_is_opened(self, browser, write):
        edges = {"top": None, **{f"a{n}": "top" for n in range(50)}, "b": "a30"}
        with opened(browser, write(tree(edges), language="en")) as tab:
            assert len(cards(tab)) == 51
            item(tab, "a30").locator("> .tree-row .tree-toggle").click()
            assert cards(tab) == ["top", "a30", "b", "more:top"]
            item(tab, "more:top").locator("> .tree-row").click()
            assert len(cards(tab)) == 51

    def test_what_is_left_out_is_told_and_cannot_be_opened(self, browser, write, monkeypatch):
        monkeypatch.setattr(states_module, "MOST_ENTRIES", 70)
        edges = {"top": None, **{f"a{n}": "top" for n in range(8)}}
        edges |= {f"b{n}": f"a{n % 8}" for n in range(80)}
        with opened(browser, write(tree(edges), language="en")) as tab:
            expect(tab.locator(".as-of")).to_contain_text("The file holds 70 of 89 posts")
            item(tab, "a6").locator("> .tree-row .tree-toggle").click()
            rest = item(tab, "more:a6")
            expect(rest).to_contain_text("Not in this file")
            before = cards(tab)
            rest.locator("> .tree-row").click()
            assert cards(tab) == before
            expect(tab.locator("#status")).to_contain_text("Not in this file")

    def test_a_branch_without_places_has_no_button(self, browser, write, monkeypatch):
        monkeypatch.setattr(states_module, "MOST_PLACES", 20)
        edges = {"p0": None, **{f"p{n}": f"p{n - 1}" for n in range(1, 90)}}
        with opened(browser, write(tree(edges), language="en")) as tab:
            count = tab.evaluate("explorer.source.byId.size")
            expect(tab.locator(".as-of")).to_contain_text(f"The file holds {count} of 90 posts")
            last = tab.evaluate("explorer.source.entries.at(-1).id")
            tab.evaluate("(id) => explorer.find(id)", last)
            expect(item(tab, last)).to_have_attribute("aria-selected", "true")
            assert item(tab, last).get_attribute("aria-expanded") is None
            expect(tab.locator("#panel")).to_contain_text("1 more are not in this file")


class TestSearch:
    def test_it_finds_a_unit_and_selects(self, chart):
        chart.locator("#search-input").fill("Voksensocial")
        hits = chart.locator("#search-hits [role=option]")
        expect(hits.first).to_contain_text("Afdelingschef")
        hits.first.click()
        expect(chart.locator("#panel h2")).to_have_text("Afdelingschef")
        expect(chart.locator("#panel")).to_contain_text("Voksensocialafdelingen")
        assert chart.evaluate("explorer.canvas.selected") == "chef-voksensocial"

    def test_it_finds_what_is_folded_away(self, chart):
        click(chart, "raadmand", "badge")
        chart.locator("#search-input").fill("havemann")
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Leder af Rusmiddelafsnittet")
        assert "leder-rusmiddelafsnittet" in cards(chart)

    def test_nothing_is_sent_where_nothing_fits(self, chart):
        chart.locator("#search-input").fill("qwerty")
        expect(chart.locator("#search-hits")).to_contain_text("Intet passer på »qwerty«.")
        chart.keyboard.press("Enter")
        assert chart.url.endswith("chart.html")

    @pytest.mark.parametrize(
        ("query", "title", "matched"),
        [
            ("FL", "Rådmand for Job og Social", "FL"),
            ("misbrug", "Afdelingschef", "misbrug"),
            ("opslået", "Afdelingschef", "Opslået"),
            ("budget", "Direktør", "Budget"),
            ("rusmidel", "Leder af Rusmiddelafsnittet", "Rusmiddelafsnittet"),
        ],
    )
    def test_groups_texts_and_statuses_find_their_posts(self, chart, query, title, matched):
        chart.locator("#search-input").fill(query)
        hit = chart.locator("#search-hits [role=option]").first
        expect(hit).to_contain_text(title)
        expect(hit.locator("mark").first).to_have_text(matched)

    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "skanderborg", "silkeborg"])
    def test_it_finds_what_the_explorer_finds(self, browser, write, shipped, name):
        data = shipped[name]
        index = SearchIndex(data)
        titles = {word for one in data.positions.values() for word in one.title.da.split()}
        names = {one.name for one in data.people.values()}
        queries = [
            "chef",
            "Voksensocial",
            "BOERN",
            "sundhed",
            "leder s",
            "ø",
            "oe",
            "aa",
            "æ x",
            "",
        ]
        queries += [*sorted(titles)[:30], *sorted(names)[:20]]
        with opened(browser, write(data)) as tab:
            found = tab.evaluate(
                """(queries) => queries.map((query) => (
                    explorer.source.index.find(query).filter((hit) => hit.best < 15)
                        .map((hit) => hit.entry.id)))""",
                queries,
            )
        for query, here in zip(queries, found, strict=True):
            # A file also finds posts by their groups and tasks.
            by_name = [hit for hit in index.find(query, limit=1_000).hits if hit.steps[0] < 15]
            assert {hit.id for hit in by_name} <= set(here), query
            ranks = {hit.id: hit.found_in for hit in by_name}
            assert [ranks[one] for one in here if one in ranks] == [
                hit.found_in for hit in by_name
            ], query

    def test_words_are_folded_as_in_the_explorer(self, browser):
        script = bundle(OFFLINE / "finding.js")
        name = re.findall(r"^const (module\d+)", script, re.MULTILINE)[-1]
        texts = [f"a{chr(code)}b {chr(code)}" for code in ALPHABETS]
        texts += [
            "Søndag sondag Soendag",
            "Ærø ÅRHUS aarhus",
            "Bjørn-Åge O'Neill",
            "e\u0301a\u030a",
            "Mueller Müller Straße Aeroe Änne",
            "王小明 李雷",
            "محمد عبد الله",
            "دانش‌آموز",
            "ΠΑΠΑΔΟΠΟΎΛΟΥΣ Ελένη",
            "Наталья Ёлкина",
            "สมชาย ใจดี",
            "अनिल कुमार",
            "김철수",
            "Pipaluk Aqqaluĸ",
            "Nguyễn Thị Hương",
        ]
        tab = browser.new_page()
        said = tab.evaluate(
            f"(texts) => {{ {script}; return texts.map((text) => "
            f"{name}.wordsOf(text).map(([word]) => word).join(' ')); }}",
            texts,
        )
        tab.close()
        assert said == [folded(text) for text in texts]


class TestKeyboard:
    def test_the_list_is_one_tab_stop_and_arrows_walk_it(self, chart):
        item(chart, "raadmand").focus()
        expect(chart.locator("[role=treeitem][tabindex='0']")).to_have_count(1)
        chart.keyboard.press("ArrowDown")
        expect(item(chart, "direktoer")).to_be_focused()
        chart.keyboard.press("End")
        expect(item(chart, "dagtilbudschef")).to_be_focused()
        chart.keyboard.press("Home")
        chart.keyboard.press("ArrowLeft")
        expect(item(chart, "raadmand")).to_have_attribute("aria-expanded", "false")
        expect(item(chart, "raadmand")).to_be_focused()
        chart.keyboard.press("ArrowRight")
        chart.keyboard.press("ArrowRight")
        chart.keyboard.press("Enter")
        expect(chart.locator("#panel h2")).to_have_text("Direktør")
        chart.keyboard.press("p")
        expect(chart.locator("#panel")).to_be_focused()

    def test_slash_goes_to_the_search_field_and_the_question_mark_lists_the_keys(self, chart):
        chart.keyboard.press("/")
        expect(chart.locator("#search-input")).to_be_focused()
        chart.locator("#tree [tabindex='0']").focus()
        chart.keyboard.press("?")
        expect(chart.locator("#shortcuts")).to_be_visible()
        expect(chart.locator("#shortcuts")).not_to_contain_text("fokus på den valgte")


class TestEveryone:
    @pytest.mark.parametrize(("width", "language"), [(1440, "da"), (390, "en")])
    def test_axe_finds_nothing(self, browser, write, aalborg, width, language):
        view = View(selected="chef-voksensocial")
        with opened(browser, write(aalborg, view, language), width=width) as tab:
            assert violations(tab) == []
            tab.locator("#search-input").fill("chef")
            expect(tab.locator("#search-hits")).to_be_visible()
            tab.keyboard.press("Enter")
            expect(tab.locator("#panel")).to_be_visible()
            assert violations(tab) == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert tab.evaluate("document.documentElement.lang") == language

    def test_without_script_the_list_and_the_picture_are_there(self, browser, write, aalborg):
        with opened(browser, write(aalborg), script=False) as tab:
            expect(tab.locator("#first-picture svg")).to_be_visible()
            expect(tab.locator("#tree .tree-row")).to_have_count(22)
            expect(tab.get_by_text("Leder af Rusmiddelafsnittet").first).to_be_visible()
            expect(tab.locator(".no-script")).to_be_visible()
            expect(tab.locator("#toolbar")).to_be_hidden()
            expect(tab.locator("#tree > ul > li > ul > li > ul > li")).to_have_count(5)

    def test_without_script_a_large_file_shows_its_first_branch(self, browser, write):
        edges = {"top": None, **{f"a{n}": "top" for n in range(320)}}
        data = tree({**edges, "b": "a7"})
        view = View(Cut.BRANCH)
        with opened(browser, write(data, view), script=False) as tab:
            box = tab.locator("#first-picture svg").bounding_box()
            view_box = tab.locator("#view").bounding_box()
            assert box is not None
            assert view_box is not None
            assert 0 < box["height"] <= view_box["height"] + 1
        with opened(browser, write(data, view)) as tab:
            assert len(cards(tab)) == 322

    def test_hostile_words_do_nothing(self, browser, write):
        data = units(
            """
            - id: unit
              name: "</script><script>alert(1)</script>"
              kind: enhed
              leader: {id: chief, title: "<img src=x onerror=alert(2)>", holder: "${alert(3)}{{4*4}}"}
              positions:
                - {id: other, title: "]]><!-- <b>", holder: "'\\"><svg onload=alert(5)>"}
            """
        )
        with opened(browser, write(data)) as tab:
            expect(item(tab, "chief")).to_contain_text("<img src=x onerror=alert(2)>")
            click(tab, "chief")
            expect(tab.locator("#panel h2")).to_have_text("<img src=x onerror=alert(2)>")
            expect(tab.locator("#panel")).to_contain_text("${alert(3)}{{4*4}}")
            tab.locator("#search-input").fill("script")
            expect(tab.locator("#search-hits")).to_contain_text(
                "</script><script>alert(1)</script>"
            )
            assert tab.locator("#tree img, #panel img, #search-hits script, #tree b").count() == 0

    @pytest.mark.parametrize("size", [2, 20, 200, 2_000])
    def test_a_file_of_any_size_is_soon_there(self, browser, write, tmp_path, size):
        data = (
            load(write_organisation(organisation_of(size), "synthetic", tmp_path))
            if size > 20
            else tree({f"p{n}": None if not n else "p0" for n in range(size)})
        )
        path = write(data, View(Cut.BRANCH))
        others = renderers(browser)
        with opened(browser, path) as tab:
            work = [time for one, time in renderers(browser).items() if one not in others]
            assert len(cards(tab)) == size
            assert tab.locator("[role=treeitem]").count() == size
        assert 0 < sum(work) < 15  # under a second, on a machine that does nothing else
