"""What failed without a connection is tried again by itself when the connection is back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def chart(browser, site):
    # Not watched: without a connection the browser logs every failed request.
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="da-DK", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/aalborg/")
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()


def test_a_change_of_the_chart(chart):
    chart.context.set_offline(True)
    chart.evaluate("window.explorer.toggle('chef-voksensocial')")
    expect(chart.locator("#failure")).to_contain_text("ingen forbindelse")
    chart.context.set_offline(False)
    expect(chart.locator("#failure")).to_be_hidden()
    expect(chart.locator("#hidden-count")).to_contain_text("foldet ind")


def test_the_panel(chart):
    chart.context.set_offline(True)
    chart.evaluate("window.explorer.select('jobcenterchef')")
    panel = chart.locator("#panel")
    expect(panel).to_contain_text("kunne ikke hentes")
    chart.context.set_offline(False)
    expect(panel).to_contain_text("Refererer til")


def test_the_search(chart):
    chart.context.set_offline(True)
    with chart.expect_event("requestfailed", lambda request: "havemann" in request.url):
        chart.locator("#search-input").press_sequentially("havemann")
    with chart.expect_response(lambda answer: "havemann" in answer.url):
        chart.context.set_offline(False)
