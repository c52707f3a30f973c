"""Letters of any script without their marks, and in the letters of English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.model.letters import is_letter, romanised, without_marks


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Åse Øst é", "Ase Øst e"),
        ("مُحَمَّد", "محمد"),
        ("ё й", "е и"),
        ("कुमार", "कुमार"),
        ("e\u0301", "e"),
    ],
)
def test_marks_are_taken_off(text, plain):
    assert without_marks(text) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sören Ågård", "soren aagaard"),
        ("Straße", "strasse"),
        ("Ελένη Παπαδοπούλου", "eleni papadopoyloy"),
        ("Наталья Щёкина", "natalia shchekina"),
        ("王 7", "u738b 7"),
        ("김", "uae40"),
        ("A-1_b", "a-1_b"),
    ],
)
def test_letters_of_english_stand_for_others(text, words):
    assert romanised(text) == words


def test_danish_ones_may_stay():
    assert romanised("Ærø Ågård É", danish=True) == "ærø ågård e"


@given(st.text())
def test_no_word_is_lost(text):
    found = romanised(text)
    assert all(letter.isascii() or not is_letter(letter) for letter in found)
    assert found == romanised(found.upper() if found.isascii() else found)
