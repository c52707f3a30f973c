"""PDF that can be read: one sheet where the text is large enough, else an overview and its branches."""

import io

import pytest
from pypdf import PdfReader

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.sheets import smallest_text
from orgmodel.exporting.printing import SMALLEST_READABLE, chart_pdf, is_readable
from tests.builders import show, tree


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


def test_what_can_be_read_is_on_one_sheet(ballerup):
    shown = show(ballerup)
    assert smallest_text(shown, PageSize.A4) >= SMALLEST_READABLE
    assert len(pages_of(chart_pdf(shown, PageSize.A4))) == 1


@pytest.mark.slow
def test_what_cannot_is_an_overview_and_its_branches(aalborg):
    shown = show(aalborg)
    assert not is_readable(shown, PageSize.SLIDE)
    found = pages_of(chart_pdf(shown, PageSize.SLIDE))
    assert len(found) == 3
    said = [page.extract_text() for page in found]
    assert "Voksensocialafdelingen" in said[1]
    for position in aalborg.positions.values():
        words = position.title.da.split()
        assert any(all(word in page for word in words) for page in said)


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [PageSize.SLIDE, PageSize.A4, PageSize.A3])
def test_no_text_is_smaller_than_can_be_read(aalborg, sheet):
    data = tree({"top": None, **{f"p{n}": "top" if n < 30 else f"p{n % 30}" for n in range(100)}})
    for shown in (show(aalborg), show(data)):
        for page in pages_of(chart_pdf(shown, sheet)):
            assert min(sizes(page)) >= SMALLEST_READABLE - 0.01


def test_every_sheet_says_of_when_the_data_are(aalborg):
    for page in pages_of(chart_pdf(show(aalborg), PageSize.SLIDE)):
        assert "Data pr. 9. februar 2026" in " ".join(page.extract_text().split())


def test_as_large_as_the_chart_is_always_one_sheet(aalborg):
    assert len(pages_of(chart_pdf(show(aalborg), PageSize.FIT))) == 1


def test_a_chart_of_nobody_is_a_sheet_too():
    data = tree({"a": None})
    assert len(pages_of(chart_pdf(show(data, entries=("a",), depth=0), PageSize.A4))) == 1
