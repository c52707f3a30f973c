"""From a view to a file in a real browser: two minutes, by mouse or by keyboard, on a phone too."""

import io
import re
import zipfile
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.test_explorer import with_list
from tests.browser.test_pages import in_language, violations
from tests.builders import body, posts, unit, write
from tests.conftest import served

pytestmark = pytest.mark.browser

PAGES = (
    "/aalborg/present",
    "/aalborg/present?select=direktoer&color=band&size=a3&ground=none",
    "/ballerup/present?chart=units&cut=whole&names=off",
    "/silkeborg/present?cut=whole&color=kind&size=fit",
)
SVG = "{http://www.w3.org/2000/svg}"
TITLES = """window.explorer.data.nodes.flatMap((node) => (
    node.card.marks.filter(([style]) => style.endsWith("title")).map((mark) => mark[3])))"""


def picture_words(page):
    """The words of the preview, from the file that the browser shows."""
    address = page.locator("#present-image").evaluate("image => image.src")
    root = ET.fromstring(page.request.get(address).body())  # noqa: S314 - it is our own
    return [text.text for text in root.iter(f"{SVG}text")]


def saved(page, name):
    with page.expect_download() as caught:
        page.get_by_role("link", name=name, exact=True).click()
    return caught.value.path().read_bytes(), caught.value.suggested_filename


def choose(page, label, value):
    """Choose a value, and wait until it is shown."""
    with page.expect_response(lambda answer: "present.json" in answer.url):
        page.get_by_label(label, exact=True).select_option(value)
    expect(page.locator("#present")).not_to_have_attribute("aria-busy", "true")


def ready(page, address):
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_the_page_fits(look, site, address, width, language):
    with look(width=width, height=844) as page:
        ready(page, site + in_language(address, language))
        page.locator(".template summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        drawn = page.locator("#present-image")
        assert drawn.evaluate("image => image.complete && image.naturalWidth") > 0


@pytest.mark.parametrize(("view", "folded"), [("", "open"), ("&open=all", "closed")])
def test_the_view_comes_along_as_it_is(page, site, view, folded):
    with_list(page)
    ready(page, f"{site}/aalborg/?color=kind{view}")
    chief = page.get_by_role("treeitem", name="Afdelingschef").first
    chief.locator(".tree-toggle").first.click()
    expect(chief).to_have_attribute("aria-expanded", str(folded == "open").lower())
    expect(page.locator("#hidden-count")).to_contain_text("foldet ind")
    shown = page.evaluate(TITLES)
    page.get_by_role("link", name="Brug i præsentation").click()
    page.wait_for_selector("html[data-ready]")
    words = iter(picture_words(page))
    assert all(line in words for line in shown)
    query = parse_qs(urlsplit(page.url).query)
    assert query["color"] == ["kind"]
    assert "chef-voksensocial" in query[folded]
    page.get_by_role("link", name="Tilbage til diagrammet").click()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate(TITLES) == shown


def test_from_a_post_to_a_slide(page, site):
    ready(page, f"{site}/aalborg/?select=chef-voksensocial")
    page.get_by_role("link", name="Brug i præsentation").click()
    page.wait_for_selector("html[data-ready]")
    page.get_by_label("Del af diagrammet").select_option("branch")
    expect(page.locator("#present-title")).to_contain_text("Voksensocialafdelingen")
    expect(page.locator("#present-status")).to_contain_text("kort")
    content, name = saved(page, "PowerPoint")
    assert name == "aalborg-chef-voksensocial.pptx"
    deck = Presentation(io.BytesIO(content))
    assert "Voksensocialafdelingen" in deck.slides[0].shapes.title.text


def test_every_choice_reaches_preview_files_and_address(page, site):
    ready(page, f"{site}/ballerup/present?cut=whole")
    for label, value, name in (
        ("Farv efter", "band", "color"),
        ("Billedets størrelse", "a4", "size"),
        ("Billedets baggrund", "none", "ground"),
        ("Navne", "off", "names"),
        ("Lag i en gren", "1", "depth"),
    ):
        choose(page, label, value)
        wanted = [value]
        assert parse_qs(urlsplit(page.url).query)[name] == wanted
        picture = page.locator("#present-image").evaluate("image => image.src")
        assert parse_qs(urlsplit(picture).query)[name] == wanted
        for link in page.locator("a[data-address]").all():
            assert parse_qs(urlsplit(link.get_attribute("href")).query)[name] == wanted
    content, _name = saved(page, "PNG")
    drawn = Image.open(io.BytesIO(content))
    assert drawn.getchannel("A").getpixel((0, 0)) == 0
    assert sorted(drawn.size) == pytest.approx([1654, 2339], abs=2)


def test_a_choice_is_kept_by_the_links_around_it(page, site):
    ready(page, f"{site}/aalborg/present?cut=branch&post=jobcenterchef")
    for label, value in (("Navne", "off"), ("Billedets størrelse", "a3")):
        choose(page, label, value)
    expect(page.locator("#names-switch")).to_have_text("Vis navne")
    assert "names=off" in page.locator("#present-back").get_attribute("href")
    page.locator("#menu > summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_label("Names", exact=True)).to_have_value("off")
    expect(page.get_by_label("Size of the picture")).to_have_value("a3")
    page.locator("#menu > summary").click()
    page.locator("#names-switch").click()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_label("Names", exact=True)).to_have_value("")
    assert "post=jobcenterchef" in page.url


def test_what_is_too_large_is_told_on_a_page(look, tmp_path):
    file = write(tmp_path, body(unit("a", "chef", positions=posts(1_600, "Konsulent"))))
    with served([file]) as address, look() as page:
        ready(page, f"{address}/test/present?cut=whole")
        page.get_by_role("link", name="PowerPoint", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("orgmodel export")
        page.get_by_label("Lag i en gren").select_option("1")
        expect(page).to_have_url(re.compile(r"/test/present\?.*depth=1"))


def test_an_option_that_is_chosen_before_the_script_is_there_counts(look, site):
    with look() as page:
        script = "**/presenting.js*"
        waiting = []
        page.route(script, lambda route: waiting.append(route))  # noqa: PLW0108 - not a built-in one
        with page.expect_request(script):
            page.goto(f"{site}/aalborg/present?cut=whole", wait_until="commit")
        page.get_by_label("Navne", exact=True).select_option("off")
        page.locator("[name=spans]").check()
        waiting[0].continue_()
        expect(page).to_have_url(re.compile(r"/aalborg/present\?cut=whole&.*names=off.*&spans=on"))
        expect(page.locator("#present")).not_to_have_attribute("aria-busy", "true")
        page.unroute(script)


def test_names_are_left_out_by_one_switch(page, site, aalborg):
    ready(page, f"{site}/aalborg/present")
    names = [person.name for person in aalborg.people.values()]
    assert any(name in picture_words(page) for name in names)
    choose(page, "Navne", "off")
    said = " ".join(picture_words(page))
    content, _name = saved(page, "PowerPoint")
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        said += "".join(whole.read(one).decode("utf-8", "replace") for one in whole.namelist())
    for format_name in ("SVG", "CSV", "JSON", "HTML", "Mermaid"):
        content, _name = saved(page, format_name)
        said += content.decode()
    assert [name for name in names if name in said] == []


def choose_template(page, site, template):
    """Choose a template in its field, which is returned."""
    ready(page, f"{site}/ballerup/present")
    page.locator(".template summary").click()
    field = page.get_by_label("PowerPoint-fil")
    field.set_input_files(template)
    return field


def test_a_template_is_taken(page, site, tmp_path):
    template = tmp_path / "skabelon.pptx"
    Presentation().save(template)
    choose_template(page, site, template)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Lav slides").click()
    assert Presentation(str(caught.value.path())).slide_width == 9144000


def test_a_template_that_is_none_is_told_beside_its_field(page, site, tmp_path):
    template = tmp_path / "skabelon.pptx"
    template.write_bytes(b"no slides")
    choose_template(page, site, template)
    with page.expect_response("**/present/slides*") as answer:
        page.get_by_role("button", name="Lav slides").click()
    assert answer.value.status == 400
    expect(page.get_by_role("alert")).to_contain_text("PowerPoint")
    assert violations(page) == []


def test_a_template_that_is_too_large_is_not_sent(page, site, tmp_path):
    template = tmp_path / "skabelon.pptx"
    with template.open("wb") as file:
        file.truncate(50 * 2**20 + 1)
    field = choose_template(page, site, template)
    page.get_by_role("button", name="Lav slides").click()
    assert "50 MB" in field.evaluate("field => field.validationMessage")
    assert page.url.endswith("/ballerup/present")


def test_without_script_the_form_is_sent(scriptless, site):
    page = scriptless
    page.goto(f"{site}/aalborg/present?select=direktoer")
    page.get_by_label("Del af diagrammet").select_option("chain")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("#present-title")).to_contain_text("Ledelseskæden for Direktør")
    assert "cut=chain" in page.get_by_role("link", name="PDF").get_attribute("href")


def test_by_keyboard_alone(page, site):
    ready(page, f"{site}/aalborg/present?select=direktoer")
    page.get_by_label("Del af diagrammet").focus()
    with page.expect_response(lambda answer: "present.json" in answer.url):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#present-title")).to_contain_text("Direktør")
    assert page.evaluate("document.activeElement.id") == "cut"
    for _n in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "PowerPoint":
            break
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    assert caught.value.suggested_filename == "aalborg-direktoer.pptx"


def test_a_slide_on_spans_is_added_and_taken_away_by_its_box(page, site):
    page.goto(f"{site}/aalborg/present?lang=en")
    box = page.get_by_label("A slide on spans of control, in PowerPoint")
    expect(box).not_to_be_checked()
    expect(page.locator("#present-counts")).to_contain_text("1 slide")
    box.check()
    expect(page.locator("#present-counts")).to_contain_text("2 slides")
    expect(page.locator("#present-notes")).to_contain_text("The slide on spans of control")
    expect(page.get_by_role("link", name="PowerPoint")).to_have_attribute(
        "href", re.compile("spans=on")
    )
    box.uncheck()
    expect(page.locator("#present-counts")).to_contain_text("1 slide")
