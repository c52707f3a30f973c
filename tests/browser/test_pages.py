"""Every page in a real browser: accessible, in both languages, on a phone, on paper, unhurt."""

import io
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.conftest import served, watched_page
from tests.webui.test_every_page import PAGES as PAGES_OF_AN_ORGANISATION
from tests.webui.test_security import HOSTILE_PAGES, hostile_organisation

pytestmark = pytest.mark.browser

PAGES: tuple[str, ...] = (
    "/",
    "/aalborg/",
    "/aalborg/?select=chef-voksensocial",
    "/aalborg/positions/chef-voksensocial",
    "/aalborg/positions/leder-rusmiddelafsnittet",
    "/aalborg/search?q=chef",
    "/ballerup/",
    "/skanderborg/?select=myndigheds-og-sekretariatschef",
    "/silkeborg/positions/sektionsleder-sekretariatet",
    "/ballerup/frameworks",
    "/silkeborg/findings",
    "/compare",
    "/start/new",
    "/start/own",
    "/nope/",
    "/aalborg/units?color=kind&select=voksensocialafdelingen",
    "/aalborg/?color=band&light=forvaltningsledelsen&status=vacant&status=acting&names=off",
    "/aalborg/units/voksensocialafdelingen",
    "/aalborg/focus/chef-voksensocial",
    "/aalborg/chain/leder-rusmiddelafsnittet",
    "/aalborg/between?first=leder-rusmiddelafsnittet&second=jobcenterchef",
    "/aalborg/between?q-first=chef",
    "/ballerup/groups",
    "/aalborg/changes",
    "/aalborg/new?q=chef",
    "/aalborg/new/chef-voksensocial/1",
    "/aalborg/new/chef-voksensocial/5",
    "/aalborg/new/chef-voksensocial/all",
    "/accessibility",
    "/glossary",
    "/aalborg/spans?unit=voksensocialafdelingen&fit-care=x&column=holder&column=span&sort=span",
)
# And each page of an organisation of which none of these is.
PAGES += tuple(
    f"/aalborg/{one}"
    for one in PAGES_OF_AN_ORGANISATION
    if one not in {urlsplit(listed).path.partition("/")[2].partition("/")[2] for listed in PAGES}
)
# Axe reads these among the others of their kind, in `test_spans`.
PAGES_OF_SPANS = (
    "/aalborg/spans",
    "/aalborg/spans/of/chef-voksensocial",
    "/spans/compare",
    "/api",
)
A4_MM = (210, 297)
MM_PER_POINT = 25.4 / 72


def visit(page, address):
    page.goto(address)
    if page.locator("#canvas").count():
        page.wait_for_selector("html[data-ready]")
        if "select=" in address:
            expect(page.locator("#panel")).to_be_visible()


# The text of charts is measured with their cards.
_SMALL = """() => {
    const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), box = texts.currentNode.parentElement;
        if (!text || box.closest("script, style, svg") || !box.checkVisibility()) continue;
        if (parseFloat(getComputedStyle(box).fontSize) < 11.99) found.push(text);
    }
    return found;
}"""


def in_language(page, language):
    return f"{page}{'&' if '?' in page else '?'}lang={language}"


def violations(page):
    # Passed checks are not reported per node, since that takes longer than the checks.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize(("width", "language"), [(1440, "da"), (390, "en")])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_no_text_is_below_12_pixels(look, site, address, width, language):
    with look(width=width) as page:
        visit(page, site + in_language(address, language))
        assert violations(page) == []
        assert page.evaluate(_SMALL) == []


def test_axe_finds_nothing_in_what_opens(page, site):
    visit(page, f"{site}/aalborg/")
    page.locator("#search-input").fill("chef")
    expect(page.locator("#search-hits")).to_be_visible()
    assert violations(page) == []
    visit(page, f"{site}/aalborg/positions/chef-voksensocial")
    page.locator(".members > summary").first.click()
    page.locator(".source > summary").nth(2).click()
    expect(page.locator(".source[open]")).to_have_count(1)
    assert violations(page) == []
    visit(page, f"{site}/aalborg/spans")
    page.locator(".headline .term").first.click()
    expect(page.locator(".term-tip:popover-open")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_on_a_page_of_broken_files(page, tmp_path):
    (tmp_path / "bad.yaml").write_text("organisation: x\nunitz: []\n")
    with served([tmp_path]) as address:
        page.goto(address)
        expect(page.get_by_text("bad.yaml:2:1")).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("width", [320])
@pytest.mark.parametrize("address", [*PAGES, *PAGES_OF_SPANS])
def test_a_narrow_screen_needs_no_sideways_scrolling(look, site, address, width):
    with look(width=width, height=844) as page:
        visit(page, site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_row_heading_of_the_comparison_breaks_inside_a_word_on_a_phone(look, site):
    with look(width=390, height=844) as page:
        visit(page, f"{site}/compare")
        broken = page.locator(".comparison th[scope=row]").evaluate_all(
            """headings => headings.flatMap(heading => {
                const text = heading.firstChild.firstChild ?? heading.firstChild;
                return [...text.data.matchAll(/\\S+/g)].filter(word => {
                    const range = document.createRange();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    return range.getClientRects().length > 1;
                }).map(word => word[0]);
            })"""
        )
        assert broken == []


def test_the_chart_works_on_a_phone(browser, site):
    with watched_page(browser, width=390, height=844) as page:
        visit(page, f"{site}/aalborg/")
        box = page.locator("#canvas").bounding_box()
        assert box is not None
        assert box["width"] == 390
        assert box["height"] > 400
        page.locator(".bar-more > summary").click()
        page.locator("#list-switch").click()
        page.locator('[data-id="direktoer"] .tree-post').first.click()
        expect(page.locator("#panel h2")).to_have_text("Direktør")


@pytest.mark.parametrize(
    "post",
    [
        "aalborg/positions/chef-voksensocial",
        "aalborg/positions/chef-boern-og-familie",
        "aalborg/positions/jobcenterchef",
        "ballerup/positions/leder-plejehjemsomraadet",
        "skanderborg/positions/myndigheds-og-sekretariatschef",
        "silkeborg/positions/sektionsleder-sekretariatet",
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_post_prints_on_one_or_two_pages_of_a4(look, site, post, language):
    with look() as page:
        visit(page, f"{site}/{post}?lang={language}")
        document = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 1 <= len(document.pages) <= 2
    box = document.pages[0].mediabox
    size = (float(box.width) * MM_PER_POINT, float(box.height) * MM_PER_POINT)
    assert size == pytest.approx(A4_MM, abs=1)
    text = "".join(one.extract_text() for one in document.pages)
    for words in {
        "da": ("Ledelseskæde", "Sidestillede", "Kilder"),
        "en": ("Chain", "Peers", "Sources"),
    }[language]:
        assert words in text


def test_a_post_answers_on_one_screen(page, site):
    visit(page, f"{site}/aalborg/positions/chef-voksensocial")
    for heading in (
        "Ledelseskæde til toppen",
        "Sidestillede",
        "Tal",
        "Refererer direkte hertil",
        "Opslåede, konstituerede og planlagte stillinger under",
        "Ledelsesfora",
        "Det første år",
        "Kilder",
    ):
        box = page.get_by_role("heading", name=heading).first.bounding_box()
        assert box is not None
        assert box["y"] < 900


def test_sources_open_one_at_a_time_and_close_again(page, site):
    visit(page, f"{site}/aalborg/positions/chef-voksensocial")
    first, second = (page.locator(".source > summary").nth(n) for n in (0, 4))
    opened = page.locator(".source[open]")
    first.click()
    expect(opened).to_have_count(1)
    second.click()
    expect(opened).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(second).to_be_focused()
    second.click()
    page.get_by_role("heading", level=1).click()
    expect(opened).to_have_count(0)


def test_the_pages_of_an_organisation_are_one_link_from_each_other(page, site):
    visit(page, f"{site}/skanderborg/")
    for name, heading in (
        ("Ledelsesgrundlag", "Ledelsesgrundlag"),
        ("Ledelsesspænd", "Ledelsesspænd"),
        ("Jeg er ny her", "Jeg er ny her"),
        ("Diagram", "Skanderborg Kommune"),
    ):
        page.get_by_role("navigation", name="Organisationens sider").get_by_text(name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(page.locator(".destinations [aria-current=page]")).to_have_text(name)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_rest_is_in_a_menu_that_closes_again(look, site, width):
    with look(width=width) as page:
        visit(page, f"{site}/skanderborg/spans")
        menu, opens = page.locator("#menu"), page.locator("#menu > summary")
        opens.click()
        expect(menu.get_by_role("link", name="Bemærkninger")).to_be_visible()
        expect(menu.get_by_role("link", name="Diagram")).to_be_visible(visible=width < 640)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(opens).to_be_focused()
        page.keyboard.press("Enter")
        page.mouse.click(width - 10, 820)
        expect(menu).not_to_have_attribute("open", "")
        opens.click()
        menu.get_by_role("link", name="Bemærkninger").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("28 bemærkninger")


def test_axe_finds_nothing_in_the_dark(page, site):
    page.emulate_media(color_scheme="dark")
    for address in ("/", "/skanderborg/spans", "/silkeborg/findings", "/ballerup/frameworks"):
        visit(page, site + address)
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor")
            != "rgb(245, 247, 250)"
        )
        assert violations(page) == []


def test_the_first_year_is_one_step_down_and_leads_to_the_whole_framework(page, site):
    visit(page, f"{site}/silkeborg/positions/sektionsleder-sekretariatet")
    page.get_by_role("link", name="Vigtige datoer, møder").click()
    expect(page.get_by_role("heading", name="Dit første år")).to_be_in_viewport()
    expect(page.locator(".timeline .stone-start")).to_contain_text("1. december 2025")
    page.locator(".framework-share").last.get_by_role("link", name="Hele grundlaget").click()
    expect(page.get_by_role("heading", name="Sektionslederniveauet")).to_be_in_viewport()
    page.locator(".principle .source > summary").first.click()
    expect(page.locator(".source[open]")).to_contain_text("linje")


def test_a_finding_shows_its_sources_beside_each_other_and_leads_to_the_post(page, site):
    visit(page, f"{site}/skanderborg/findings")
    finding = page.locator(".finding", has_text="i lederens titel")
    first, second = (finding.locator(".side-by-side li").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] < second["x"]
    finding.get_by_role("link", name="Leder af Konsulentgruppen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leder af Konsulentgruppen")
    expect(page.locator(".findings")).to_contain_text("i lederens titel")


def test_the_comparison_keeps_its_questions_in_sight(look, site):
    with look(width=390, height=844) as page:
        visit(page, f"{site}/compare")
        table = page.locator(".table-scroll")
        question = page.get_by_role("rowheader", name="Ansatte Som det er oplyst")
        before = question.bounding_box()
        table.evaluate("element => element.scrollLeft = 400")
        after = question.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["x"] - after["x"]) <= 1
        expect(page.get_by_role("columnheader", name="Skanderborg")).to_be_in_viewport()


def test_a_term_explains_itself_by_keyboard_without_a_script(scriptless, site):
    scriptless.goto(f"{site}/aalborg/spans?lang=en")
    term = scriptless.get_by_role("button", name="Layers of leaders")
    tip = scriptless.locator(".term-tip:popover-open")
    term.focus()
    scriptless.keyboard.press("Enter")
    expect(tip).to_contain_text("How many layers have leaders")
    scriptless.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(term).to_be_focused()
    scriptless.keyboard.press("Enter")
    scriptless.keyboard.press("Tab")
    scriptless.keyboard.press("Enter")
    expect(scriptless).to_have_url(re.compile(r"/glossary\?lang=en#layers$"))
    expect(scriptless.locator("#layers dfn")).to_have_text("Layers of leaders")


def test_sources_open_by_keyboard(page, site):
    visit(page, f"{site}/aalborg/positions/chef-voksensocial")
    summary = page.locator(".way-up .source > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".way-up .source[open]")).to_contain_text("refererer til direktøren")
    expect(page.locator(".way-up .source[open]")).to_contain_text("linje 159")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    hostile_organisation(folder)
    with served([folder]) as address:
        yield address


@pytest.mark.parametrize("address", HOSTILE_PAGES)
def test_hostile_data_do_nothing_anywhere(look, hostile_site, address):
    with look() as page:
        visit(page, hostile_site + address)
        assert page.locator("img").count() == 0
        if page.locator("#tree [role=treeitem]").count():
            page.evaluate("document.documentElement.classList.add('with-list')")
            page.locator("#tree .tree-post").first.click()
            expect(page.locator("#panel h2")).to_contain_text("<img src=x")
            page.locator("#search-input").fill("img")
            expect(page.locator("#search-hits [role=option]").first).to_contain_text("<img src=x")
            page.locator("#search-hits [role=option]").first.click()
            page.locator("#layers a").last.click()
        for summary in page.locator("summary").all()[:20]:
            if summary.is_visible():
                summary.click(force=True)
        page.wait_for_timeout(100)
        assert page.locator("img").count() == 0
        # a watched page fails on a dialog, a script error, a policy violation or a foreign request


def test_a_large_text_size_breaks_nothing(look, site):
    # 200 % of 1440 px is what 720 px show
    with look(width=720, height=450) as page:
        visit(page, f"{site}/aalborg/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 720
        expect(page.locator("#search-input")).to_be_visible()


def test_the_first_data_set_a_user_writes_shows_up(page, tmp_path):
    with served([tmp_path]) as site:
        page.goto(site)
        expect(page.get_by_role("heading", level=2)).to_have_text(
            "Der er ingen organisationer endnu"
        )
        (tmp_path / "min.yaml").write_text(
            "organisation: min\nname: Min Kommune\nas_of: 2026\nunits:\n"
            "  - {id: a, name: Skolen, kind: skole, employees: 30, leader: {title: Skoleleder, holder: Ida}}\n"
        )
        page.reload()
        page.get_by_role("link", name="Min Kommune", exact=True).click()
        page.wait_for_selector("html[data-ready]")
        page.keyboard.press("t")
        # Whether the head is among the 30 is not said.
        expect(page.get_by_role("treeitem")).to_contain_text("29–30 under · mindst 29 direkte")
