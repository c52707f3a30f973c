"""The network in a browser: the picture becomes a canvas, cards are dragged, and the list does without."""

import json

import pytest

from tests.browser.test_pages import violations
from tests.conftest import watched

pytestmark = pytest.mark.browser

AROUND = "/aalborg/network?of=post:direktoer"
READY = "html[data-network=ready]"
# Where a card is on the screen, and where all are in the network.
PLACE = """id => {
  const node = JSON.parse(document.getElementById("net-data").textContent).nodes.find((one) => one.id === id);
  const view = document.getElementById("net-view").getBoundingClientRect();
  const { box, size, middle } = window.networkView, room = size(), at = middle(box, room);
  return { x: view.left + node.x - at.x + room.width / 2, y: view.top + node.y - at.y + room.height / 2 };
}"""
GROUP = "forvaltningsledelsen"


def opened(page, site, address=AROUND):
    page.goto(f"{site}{address}")
    page.wait_for_selector(READY)
    return page


def picture(page):
    return page.locator("#net-view").screenshot()


def test_a_card_that_is_clicked_has_a_panel_in_place_of_the_list(page, site):
    opened(page, site)
    place = page.evaluate(PLACE, GROUP)
    page.mouse.click(place["x"], place["y"])
    panel = page.locator("#panel")
    panel.get_by_role("heading", name="Forvaltningsledelsen (FL)").wait_for()
    assert not page.locator("#net-words").is_visible()
    panel.get_by_role("button", name="Luk").click()
    assert page.locator("#net-words").is_visible()


def test_a_dragged_card_pulls_others_along_and_all_come_to_rest(browser, site):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    with watched(context.new_page()) as page:
        opened(page, site)
        before, place = picture(page), page.evaluate(PLACE, GROUP)
        page.mouse.move(place["x"], place["y"])
        page.mouse.down()
        page.mouse.move(place["x"] - 90, place["y"] + 80, steps=8)
        page.mouse.up()
        page.wait_for_selector("html[data-network=still]")
        page.mouse.move(2, 2)
        assert picture(page) != before
        moved = picture(page)
        page.get_by_role("button", name="Som fra start").click()
        page.mouse.move(2, 2)
        assert picture(page) != moved
    context.close()


def test_the_canvas_begins_where_the_picture_was(page, scriptless, site):
    """Both begin with the same cards in the same places."""
    opened(page, site)
    scriptless.goto(f"{site}{AROUND}")
    nodes = json.loads(page.locator("#net-data").text_content() or "")["nodes"]
    shown = scriptless.locator("#net-picture text").all_text_contents()
    assert all(line in shown for one in nodes for line in one["card"]["title"])


def test_by_keyboard_alone_one_reads_the_list_and_moves_on(page, site):
    opened(page, site)
    link = page.locator("#net-words a[data-node]").first
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    panel.get_by_role("heading", name="Jobcenterchef").wait_for()
    panel.get_by_role("link", name="Netværket herfra").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?of=post:jobcenterchef*")
    assert "Jobcenterchef" in page.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", [AROUND, "/aalborg/network"])
def test_everybody_can_use_it(look, site, scheme, width, address):
    with look(width=width, height=844, scheme=scheme) as page:
        page.goto(f"{site}{address}")
        if address == AROUND:
            page.wait_for_selector(READY)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
