"""Words that begin with, contain or resemble some letters, against the plain definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.arrays.vocabulary import Vocabulary

# Few letters, so that many words are alike; ø has two bytes.
WORD = st.text("abcø", min_size=1, max_size=7)
WORDS = st.sets(WORD, max_size=25).map(sorted)


def vocabulary(words, searched=None):
    return Vocabulary(words, [True] * len(words) if searched is None else searched)


def distances(word, other):
    """The distance of a word to each beginning of another, by the table of Damerau and Levenshtein."""
    table = [
        [i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(word) + 1)
    ]
    for i in range(1, len(word) + 1):
        for j in range(1, len(other) + 1):
            is_other = word[i - 1] != other[j - 1]
            least = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + is_other)
            is_swap = word[i - 2 : i] == other[j - 2 : j][::-1] and min(i, j) > 1
            table[i][j] = min(least, table[i - 2][j - 2] + 1) if is_swap else least
    return table[-1]


def alike(word, words, errors, *, inside):
    """Each word that resembles another, with the number of mistakes."""
    found = {}
    wanted = word.encode()
    for other in words:
        letters = other.encode()
        starts = range(len(letters)) if inside else (0,)
        least = min(min(distances(wanted, letters[start:])[1:]) for start in starts)
        if 0 < least <= errors:
            found[other] = least
    return found


@given(WORDS, WORD)
def test_words_are_found_whole_by_their_beginning_and_by_what_they_contain(words, letters):
    made = vocabulary(words)
    low, high = made.whole(letters)
    assert words[low:high] == [one for one in words if one == letters]
    low, high = made.beginning(letters)
    assert words[low:high] == [one for one in words if one.startswith(letters)]
    found = {made.word(number) for number in made.containing(letters)}
    assert found == {one for one in words if letters in one}


@pytest.mark.slow
@given(WORDS, WORD, st.integers(1, 3), st.booleans())
def test_words_resemble_others_by_the_fewest_mistakes(words, letters, errors, inside):
    if len(letters.encode()) < errors:
        return
    made = vocabulary(words)
    found = made.resembling(letters, errors, inside=inside)
    least = dict(zip(map(made.word, found.words), found.errors.tolist(), strict=True))
    assert least == alike(letters, words, errors, inside=inside)


@pytest.mark.parametrize(
    ("letters", "word", "errors", "place"),
    [
        ("larsen", "larson", 1, 0),
        ("lasren", "larsen", 1, 0),  # two letters in each other's place
        ("rusmidel", "rusmiddelafsnittet", 1, 1),
        ("misbrg", "rusmiddelmisbruget", 1, 2),
        ("teknolgi", "velfærdsteknologi", 1, 2),
    ],
)
def test_where_the_fewest_mistakes_are(letters, word, errors, place):
    found = vocabulary([word]).resembling(letters, 2, inside=True)
    assert (found.errors.tolist(), found.places.tolist()) == ([errors], [place])


def test_numbers_are_other_numbers():
    made = vocabulary(["1234", "12345", "a1234"])
    assert [made.word(one) for one in made.containing("234")] == ["a1234"]
    assert not len(made.resembling("1235", 1, inside=False).words)


def test_words_that_are_not_to_be_searched_are_left_out():
    made = vocabulary(["sondag", "søndag"], [True, False])
    assert [made.word(one) for one in made.containing("ndag")] == ["sondag"]


def test_a_vocabulary_without_words_finds_none():
    made = vocabulary([])
    assert made.whole("a") == made.beginning("a") == (0, 0)
    assert not len(made.containing("a"))
    assert not len(made.resembling("abcd", 1, inside=True).words)
