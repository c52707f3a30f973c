"""Measured text widths equal drawn ones, in the browser's fonts and in the embedded font."""

import pytest
from PIL import ImageFont

from orgmodel.drawing.measuring import FONTS, REGULAR, SEMIBOLD, text_width


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])
def test_latin_text_is_as_wide_as_in_the_browsers_font(shipped, weight):
    font = ImageFont.truetype(FONTS / f"inter-latin-{weight}-normal.woff2", 1000)
    texts = {"VAT", "PA", "AV To Te", "Rådmand for Job og Social", "1.000–2.000"}
    for data in shipped.values():
        texts.update(unit.name.text("da") for unit in data.units.values())
        texts.update(post.title.text("da") for post in data.positions.values())
        texts.update(person.name for person in data.people.values() if person.name)
    assert len(texts) > 100
    wrong = {
        text: (text_width(text, 1000, weight), font.getlength(text))
        for text in texts
        if text_width(text, 1000, weight) != pytest.approx(font.getlength(text), rel=1e-4)
    }
    assert wrong == {}


def test_pairs_of_letters_are_kerned():
    apart = sum(text_width(letter, 1000) for letter in "VAT")
    assert text_width("VAT", 1000) < apart - 140


@pytest.mark.parametrize("letter", "łșĐΩЖ")
def test_letters_outside_latin_are_measured_as_themselves(letter):
    blank = text_width("\N{CJK UNIFIED IDEOGRAPH-4E2D}", 1000)
    assert text_width(letter, 1000) != blank
