"""A table wider than its place shows, and says, that there is more to the side."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/aalborg/groups", "/compare", "/aalborg/spans"])
def test_it_says_so_until_its_end_is_in_sight(look, site, address):
    with look(width=700) as page:
        page.goto(site + address)
        place = page.locator(".table-scroll").last
        box = page.locator(".wide").last
        words = page.locator(".wide-words").last
        expect(place).to_have_attribute("aria-describedby", words.get_attribute("id"))
        assert "piletasterne" in words.text_content()
        assert "goes-right" in box.get_attribute("class")
        assert "goes-left" not in box.get_attribute("class")
        # By keyboard alone, to the end.
        place.focus()
        for _press in range(60):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "box => !box.classList.contains('goes-right')", arg=box.element_handle()
        )
        assert "goes-left" in box.get_attribute("class")


def test_a_table_that_fits_says_nothing(look, site):
    with look(width=1440) as page:
        page.goto(f"{site}/aalborg/spans")
        for box in page.locator(".wide").all():
            assert "goes" not in box.get_attribute("class")
            assert box.locator(".table-scroll").get_attribute("aria-describedby") is None
            expect(box.locator(".wide-more")).to_be_hidden()


def test_a_click_on_the_arrow_scrolls_on(look, site):
    with look(width=700) as page:
        page.goto(f"{site}/aalborg/groups")
        more = page.locator(".wide-more")
        for _click in range(20):
            if more.is_hidden():
                break
            more.click()
            page.wait_for_timeout(200)
        expect(more).to_be_hidden()
        last = page.locator(".matrix thead th").last
        assert last.bounding_box()["x"] + last.bounding_box()["width"] <= 700
