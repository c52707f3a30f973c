"""Which names may be spellings of one: never because letters were dropped."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import findings
from orgmodel.analysis.questions.spelling import is_spelling, spelling_key
from tests.builders import units


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Jesper Dalgaard", "Jesper Dahlgaard"),
        ("Kirsten Aabo", "Kirsten Åbo"),
        ("Ærø Å", "Aeroe Aa"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Sören Holm", "Søren Holm"),
        ("André Bo", "Andre Bo"),
        ("Łukasz Bo", "Lukasz Bo"),
        ("Ελένη", "ΕΛΕΝΗ"),
        ("Åse", "A\u030ase"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_alike(name, other):
    assert spelling_key(name) == spelling_key(other)
    assert is_spelling(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("王小明", "李雷"),
        ("王小明", "محمد"),
        ("김철수", "강민호"),
        ("Ελένη", "Άννα"),
        ("Наталья", "Ольга"),
        ("अनिल", "अनल"),
        ("Anne Hansen", "Änne Hansen"),
        ("Pipaluk", "Pipalu"),
    ],
)
def test_unlike(name, other):
    assert spelling_key(name) != spelling_key(other)


ALPHABET = st.sampled_from("αβγδжзиймحدאבגד王小明李雷กขคकख김강")


@given(st.text(ALPHABET, min_size=1, max_size=6), st.text(ALPHABET, min_size=1, max_size=6))
def test_names_of_other_letters_are_other_names(name, other):
    assert (spelling_key(name) == spelling_key(other)) == (name == other)


@given(st.text())
def test_how_a_letter_is_put_together_does_not_matter(name):
    assert spelling_key(unicodedata.normalize("NFD", name)) == spelling_key(
        unicodedata.normalize("NFC", name)
    )


def test_people_are_not_taken_for_one_as_their_letters_were_dropped():
    data = units(
        """
        - id: a
          name: A
          kind: k
          leader: {id: d, title: D, holder: 王小明}
          positions:
            - {id: p, title: P, holder: 李雷}
            - {id: q, title: Q, holder: محمد}
            - {id: r, title: R, holder: Ærø Å}
            - {id: s, title: S, holder: Aeroe Aa}
        """
    )
    alike = [one.entity_ids for one in findings(data) if one.code == "two-spellings"]
    assert alike == [("r", "s")]
    assert [one.id for one in data.record.people][1] == "person:u674eu96f7"
