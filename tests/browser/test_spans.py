"""Spans of control in a real browser: accessible, by keyboard, on a phone, on paper, to take along."""

import csv
import io
import itertools
import json

import openpyxl
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.test_pages import PAGES_OF_SPANS, in_language, violations
from tests.conftest import served
from tests.webui.test_security import hostile_organisation

pytestmark = pytest.mark.browser

PAGES = (
    *PAGES_OF_SPANS,
    "/silkeborg/spans?unit=nope&layer=2&column=holder&column=leader_share&column=work",
    "/ballerup/spans?fit-care=abc&rest=care&unit=nope",
    "/ballerup/spans?own=on&rest=care",
    "/skanderborg/spans?kind=nope",
)


def is_in_sight(page, locator):
    """Whether all of an element is within the width of the window."""
    box = locator.bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_the_page_fits(look, site, address, width, language):
    with look(width=width, height=844) as page:
        page.goto(site + in_language(address, language))
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_what_opens(look, site, width):
    with look(width=width, height=844) as page:
        page.goto(f"{site}/aalborg/spans?lang=en")
        for summary in page.locator("main details:not(.source) > summary").all():
            if summary.is_visible():
                summary.click()
        page.locator(".source > summary").last.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def tab_to(page, locator, most=120):
    """Press tab until an element has the focus."""
    for _n in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{locator} is not reached by tab")


def test_by_keyboard_alone(page, site):
    page.goto(f"{site}/aalborg/spans?lang=en")
    tab_to(page, page.get_by_role("combobox", name="Unit", exact=True))
    page.keyboard.type("Voksensocialafdelingen")
    tab_to(page, page.get_by_role("button", name="Show", exact=True).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**unit=voksensocialafdelingen**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Voksensocialafdelingen")
    heading = page.get_by_role("columnheader", name="Span", exact=True).get_by_role("link")
    tab_to(page, heading)
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=span**")
    assert "unit=voksensocialafdelingen" in page.url
    table = page.locator(".leader-table")
    expect(table.locator("[aria-sort=descending]")).to_have_count(1)
    first = table.locator("tbody [role=rowheader] a").first
    expect(first).to_have_text("Head of department")
    tab_to(page, first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/spans/of/chef-voksensocial**")
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "Span of control: at least 7"
    )
    tab_to(page, page.get_by_role("link", name="Back to the table of leaders"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/aalborg/spans?*#leaders")
    assert "sort=span" in page.url


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", PAGES[:4])
def test_the_focus_goes_down_the_page(look, site, address, width):
    """What comes next by tab stands next to the eye: below, or to the right on the same line."""
    with look(width=width, height=844) as page:
        page.goto(f"{site}{address}")
        page.locator("main details:not(.source)").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )
        places = page.locator("main :is(a, button, input, select, summary)").evaluate_all(
            """all => all.filter(one => one.checkVisibility() && !one.closest(".source-body")
                && !one.closest("table, .headlines, .plots"))
                .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
                .map(([box, text]) => [box.top + box.height / 2 + scrollY, box.left, text])"""
        )
        wrong = [
            (before[2], after[2])
            for before, after in itertools.pairwise(places)
            # Fields side by side stand a little higher or lower than each other.
            if after[0] < before[0] - 60 and after[1] <= before[1]
        ]
        assert wrong == []


def test_a_search_a_filter_and_columns_by_mouse(page, site):
    page.goto(f"{site}/aalborg/spans?lang=en&own=on")
    page.locator(".leader-query").get_by_role("searchbox").fill("centre")
    page.get_by_role("combobox", name="Compared with the guideline").select_option(
        "Cannot be told"
    )
    page.locator(".columns > summary").click()
    page.locator(".column-list").get_by_text("Holder").click()
    page.get_by_role("button", name="Show these columns").click()
    page.wait_for_url("**q=centre**")
    assert "column=holder" in page.url
    expect(page.get_by_role("columnheader", name="Holder")).to_be_visible()
    expect(page.get_by_role("heading", name="All leaders")).to_contain_text("1 row")
    query = page.locator(".leader-query").get_by_role("searchbox")
    page.locator("#menu > summary").click()
    page.get_by_role("link", name="Dansk").click()
    expect(query).to_have_value("centre")
    page.locator("#menu > summary").click()
    page.get_by_role("link", name="Skjul navne").click()
    expect(page.get_by_role("columnheader", name="Indehaver")).to_have_count(0)
    page.get_by_role("link", name="Ryd").click()
    expect(query).to_have_value("")


def test_a_wrong_range_is_told_at_its_field(page, site):
    page.goto(f"{site}/aalborg/spans?lang=en")
    page.get_by_text("Guideline spans", exact=True).click()
    page.get_by_label("Eldercare", exact=True).fill("many")
    page.get_by_role("button", name="Compare with these").click()
    field = page.get_by_label("Eldercare")
    expect(field).to_be_focused()
    expect(field).to_have_value("many")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_have_text("“many” is not a range. Write it as 12-20.")
    expect(page.locator(".leader-table")).to_have_count(0)
    field.fill("5-9")
    page.get_by_role("button", name="Try again").click()
    # Of 22, the alderman and the head of another area are left out.
    expect(page.locator(".leader-table tbody tr")).to_have_count(20)
    expect(page.get_by_text("You have changed the guideline spans")).to_be_visible()


def test_downloads_arrive_and_open(page, site):
    page.goto(f"{site}/aalborg/spans?lang=en&column=span")

    def arrived(link):
        with page.expect_download() as waiting:
            link.click()
        return waiting.value

    book = arrived(page.get_by_role("link", name="All tables as Excel"))
    assert book.suggested_filename == "aalborg-spans.xlsx"
    assert (
        openpyxl.load_workbook(io.BytesIO(book.path().read_bytes()))["All leaders"].max_row == 21
    )
    table = arrived(page.locator(".downloads a").filter(has_text="CSV, All leaders"))
    assert table.suggested_filename == "aalborg-leaders.csv"
    content = table.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(content)))) == 20
    plot = page.locator("#widest")
    drawn = arrived(plot.locator(".downloads a").filter(has_text="PNG"))
    assert drawn.path().read_bytes().startswith(b"\x89PNG")
    svg = arrived(plot.locator(".downloads a").filter(has_text="SVG"))
    assert svg.path().read_text(encoding="utf-8").startswith("<svg")
    page.get_by_role("link", name="JSON", exact=True).click()
    assert json.loads(page.locator("body").inner_text())["organisation_id"] == "aalborg"


def test_an_svg_shown_by_itself_is_drawn_and_runs_nothing(look, tmp_path):
    hostile_organisation(tmp_path)
    with served([tmp_path]) as address, look() as page:
        # Asked for as a picture, since its own address is kept as a file.
        page.goto(f"{address}/hostile/spans?column=holder")
        page.evaluate(
            """() => {
                const image = document.createElement("img");
                image.src = "/hostile/spans/plots/widest.svg";
                document.querySelector("main").prepend(image);
                return image.decode();
            }"""
        )
        assert page.locator("main > img").evaluate("one => one.naturalWidth") > 300
        for path in (
            "/hostile/spans/of/l",
            "/spans/compare?first-unit=a",
            "/hostile/spans?lang=en",
        ):
            page.goto(address + path)
            assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("organisation", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_word_of_a_plot_is_cut_off(look, site, organisation, language):
    with look() as page:
        page.goto(f"{site}/{organisation}/spans?lang={language}")
        page.evaluate("document.fonts.ready")
        cut = page.locator(".plot-picture svg").evaluate_all(
            """all => all.flatMap(svg => {
                const frame = svg.getBoundingClientRect();
                return [...svg.querySelectorAll("text")].filter(text => {
                    const box = text.getBoundingClientRect();
                    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
                }).map(text => text.textContent);
            })"""
        )
        assert cut == []


def test_on_a_phone_every_figure_says_what_it_is(look, site):
    with look(width=390, height=844) as page:
        page.goto(f"{site}/aalborg/spans?lang=en")
        row = page.locator(".leader-table tbody tr").nth(3)
        for label in ("Unit", "Span", "Reach"):
            cell = row.locator(f'[data-label="{label}"]')
            said = cell.evaluate("one => getComputedStyle(one, '::before').content")
            assert said == f'"{label}"'
            assert is_in_sight(page, cell)
        # It is a table still to those who hear it.
        expect(page.get_by_role("table", name="All leaders")).to_have_count(1)
        expect(row.get_by_role("rowheader")).to_have_text("Head of department")
        page.get_by_role("columnheader", name="Span", exact=True).get_by_role("link").click()
        page.wait_for_url("**sort=span**")
        for select in page.locator("select:visible").all():
            assert is_in_sight(page, select)


@pytest.mark.parametrize("address", PAGES[:3])
def test_without_a_script_all_is_there(scriptless, site, address):
    page = scriptless
    page.goto(f"{site}{address}?lang=en")
    assert page.locator("main table").count() >= 1
    assert page.locator("main").inner_text().strip()
    if address == "/aalborg/spans":
        page.get_by_role("combobox", name="Layer", exact=True).select_option("3")
        page.get_by_role("button", name="Show", exact=True).first.click()
        expect(page.locator(".leader-table tbody tr")).to_have_count(5)


def test_paper_holds_figures_plots_and_all_leaders_and_no_controls(page, site):
    page.goto(f"{site}/aalborg/spans?lang=en")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    content = " ".join(one.extract_text() for one in paper.pages)
    assert 2 <= len(paper.pages) <= 5
    for words in ("Distribution of spans", "Average spans", "Jobcenter Aalborg", "not stated"):
        assert words in content
    for words in ("Search", "Download", "All tables as Excel", "Show these columns"):
        assert words not in content
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("width", [390, 1440])
def test_texts_that_are_hostile_or_long_break_nothing(look, tmp_path, width):
    hostile_organisation(tmp_path)
    with served([tmp_path]) as address, look(width=width) as page:
        for path in (
            "/hostile/spans?column=holder&column=kind",
            "/hostile/spans/of/l",
            "/spans/compare",
        ):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
