"""PDF that can be read: one sheet where the text is large enough, else an overview and its branches."""

import io
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.sheets import smallest_text
from orgmodel.drawing.views import Cut
from orgmodel.exporting.printing import SMALLEST_READABLE, chart_pdf, is_readable, sheets_svg
from tests.builders import show, tree

SVG = "{http://www.w3.org/2000/svg}"


def pages_of(content):
    return PdfReader(io.BytesIO(content)).pages


def sizes(page):
    """The sizes in points of all text on a page."""
    found = []

    def visit(text, matrix, text_matrix, _font, size):
        if text.strip():
            found.append(abs(size * text_matrix[3] * matrix[3]))

    page.extract_text(visitor_text=visit)
    return found


def sheets_of(shown):
    """The words of each sheet, text by text."""
    drawn = ET.fromstring(sheets_svg(shown, PageSize.A4))  # noqa: S314 - it is our own
    return [[text.text for text in sheet.iter(f"{SVG}text")] for sheet in drawn]


def test_what_can_be_read_is_on_one_sheet(ballerup):
    shown = show(ballerup)
    assert smallest_text(shown, PageSize.A4) >= SMALLEST_READABLE
    assert len(pages_of(chart_pdf(shown, PageSize.A4))) == 1


@pytest.mark.slow
def test_what_cannot_is_an_overview_and_its_branches():
    edges = {"top": None, **{f"p{n}": "top" if n < 3 else f"p{n % 3}" for n in range(63)}}
    shown = show(tree(edges))
    assert not is_readable(shown, PageSize.SLIDE)
    overview, *branches = (
        page.extract_text().split() for page in pages_of(chart_pdf(shown, PageSize.SLIDE))
    )
    assert {"TOP", "P0", "P1", "P2"} <= set(overview)
    assert all("TOP" not in said for said in branches)
    for position_id in edges:
        assert any(position_id.upper() in said for said in (overview, *branches))


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [PageSize.SLIDE, PageSize.A4, PageSize.A3])
def test_no_text_is_smaller_than_can_be_read(aalborg, sheet):
    data = tree({"top": None, **{f"p{n}": "top" if n < 30 else f"p{n % 30}" for n in range(100)}})
    for shown in (show(aalborg), show(data)):
        for page in pages_of(chart_pdf(shown, sheet)):
            assert min(sizes(page)) >= SMALLEST_READABLE - 0.01


def test_every_sheet_says_of_when_the_data_are(aalborg):
    for page in pages_of(chart_pdf(show(aalborg), PageSize.SLIDE)):
        assert "Oplysninger pr. 9. februar 2026" in " ".join(page.extract_text().split())


def test_as_large_as_the_chart_is_always_one_sheet(aalborg):
    assert len(pages_of(chart_pdf(show(aalborg), PageSize.FIT))) == 1


def test_a_chart_of_nobody_is_a_sheet_too():
    data = tree({"a": None})
    assert len(pages_of(chart_pdf(show(data, entries=("a",), depth=0), PageSize.A4))) == 1


def test_the_sheets_of_a_chart_are_the_pages_of_its_pdf(aalborg, skanderborg):
    """One drawing: what a browser prints is what the file shows, text for text."""
    for shown in (show(aalborg, cut=Cut.OPENED), show(skanderborg, units=True)):
        pages = pages_of(chart_pdf(shown, PageSize.A4))
        for words, page in zip(sheets_of(shown), pages, strict=True):
            assert sorted("".join("".join(words).split())) == sorted(
                "".join(page.extract_text().split())
            )


def test_every_post_that_is_open_is_on_a_sheet():
    data = tree({"top": None, **{f"p{n}": "top" if n < 8 else f"p{n // 8}" for n in range(200)}})
    shown = show(data)
    sheets = sheets_of(shown)
    assert len(sheets) > 1
    assert {words for sheet in sheets for words in sheet} >= {
        one.card.full_title for one in shown.chart.cards
    }


@pytest.mark.parametrize(
    ("units", "opening", "filters", "words"),
    [
        (False, Opening(layers=9), {}, ""),
        (
            False,
            Opening(closed=frozenset(["direktoer"]), layers=9),
            {},
            "stillinger er foldet ind",
        ),
        (True, Opening(closed=frozenset(["job-og-social"]), layers=9), {}, "enheder vises ikke"),
        (False, Opening(), {Property.STATUS: ("vacant",)}, "2 passer til filteret · "),
        (False, Opening(), {Property.LAYER: ("4", "5")}, "Filter – Lag: Lag 4 eller Lag 5 · "),
    ],
)
def test_a_sheet_says_what_is_hidden(aalborg, units, opening, filters, words):
    view = {"cut": Cut.OPENED, "units": units, "opening": opening, "filters": filters}
    for sheet in sheets_of(show(aalborg, **view)):
        said = " ".join(sheet)
        assert words in said
        assert ("vises ikke" in said or "foldet ind" in said) == bool(words)
