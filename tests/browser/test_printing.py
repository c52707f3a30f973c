"""What Chromium puts on paper: a chart as the sheets of its files, on the paper that is chosen."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.builders import HEAD
from tests.conftest import DATA, served

pytestmark = pytest.mark.browser

A4, A3 = (595, 842), (842, 1191)
HUNDREDS = 400
TITLES = "window.explorer.data.nodes.map((node) => node.card.full.title)"


@pytest.fixture(scope="module")
def printed_site(tmp_path_factory):
    """The shipped data, and a chart of hundreds of cards."""
    lines = [
        f"      - {{id: p{n}, title: Leder nr {n}"
        + (f", reports_to: p{(n - 1) // 7}}}" if n else "}")
        for n in range(HUNDREDS)
    ]
    top = (
        "units:\n  - id: u\n    name: Enhed\n    kind: enhed\n    complete: true\n    positions:\n"
    )
    path = tmp_path_factory.mktemp("printed") / "hundreds.yaml"
    path.write_text(HEAD.replace("test", "hundreds") + top + "\n".join(lines), encoding="utf-8")
    with served([DATA, path]) as address:
        yield address


def printed(page, **paper):
    """The pages that are printed: their sides in points, and their words."""
    found = PdfReader(io.BytesIO(page.pdf(**paper))).pages
    return [
        (
            tuple(sorted((int(one.mediabox.width), int(one.mediabox.height)))),
            " ".join(one.extract_text().split()),
        )
        for one in found
    ]


def squeezed(text):
    """The letters of a text, wherever it is broken into lines."""
    return re.sub(r"[\s·]", "", text)


@pytest.mark.parametrize(
    ("address", "paper", "sides"),
    [
        ("/aalborg/", {"format": "A4"}, A4),
        ("/aalborg/?closed=chef-voksensocial", {"format": "A4", "landscape": True}, A4),
        ("/skanderborg/?open=all", {"format": "A3"}, A3),
        ("/skanderborg/units", {"format": "A4"}, A4),
        ("/hundreds/?open=all", {"format": "A3", "landscape": True}, A3),
    ],
)
def test_every_open_card_is_on_paper(page, printed_site, address, paper, sides):
    page.goto(printed_site + address)
    page.wait_for_selector("html[data-ready]")
    titles = page.evaluate(TITLES)
    sheets = printed(page, **paper)
    assert {size for size, _words in sheets} == {sides}
    assert all(words for _size, words in sheets), "a sheet is blank"
    said = squeezed(" ".join(words for _size, words in sheets))
    assert [title for title in titles if squeezed(title) not in said] == []
    name = page.locator(".organisation-name").inner_text()
    assert all(name in words and "Oplysninger pr. " in words for _size, words in sheets)
    # Only the sheets are printed, and nothing of them stays in the page.
    assert "JavaScript" not in said
    expect(page.locator("#sheets")).to_be_empty()


def test_what_is_folded_after_the_page_came_is_folded_on_paper(page, printed_site):
    page.goto(f"{printed_site}/aalborg/")
    page.wait_for_selector("html[data-ready]")
    page.evaluate("window.explorer.toggle('chef-voksensocial')")
    expect(page.locator("#hidden-count")).to_contain_text("foldet ind")
    said = " ".join(words for _size, words in printed(page, format="A4"))
    assert "stillinger er foldet ind" in said
    assert "Center for Livskraft" not in said


def test_without_scripts_a_sheet_and_the_list_are_printed(scriptless, printed_site):
    scriptless.goto(f"{printed_site}/aalborg/")
    (sides, sheet), *lists = printed(scriptless, format="A4")
    assert sides == A4
    assert all(words for _size, words in lists)
    for said in (sheet, " ".join(words for _size, words in lists)):
        assert "Jesper Dalgaard" in said


def test_if_the_sheets_cannot_be_made_the_list_is_printed(page, printed_site):
    page.goto(f"{printed_site}/aalborg/")
    page.wait_for_selector("html[data-ready]")
    page.route("**/present/sheets*", lambda route: route.fulfill(status=404))
    said = " ".join(words for _size, words in printed(page, format="A4"))
    assert "Billedet kunne ikke hentes" in said
    assert "Jesper Dalgaard" in said
