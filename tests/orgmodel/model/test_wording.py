"""Numbers in words: no false zeros, and the same words in every output."""

import pytest

from orgmodel.model.amounts import Interval
from orgmodel.model.entities import Level
from orgmodel.model.wording import about_words, headline_words, interval_words, level_words


def both(words):
    return words.text("da"), words.text("en")


@pytest.mark.parametrize(
    ("interval", "whole", "headline"),
    [
        (Interval(7, 7), "7", "7"),
        (Interval(0, 0), "0", "0"),
        (Interval(7, 9), "7–9", "at least 7"),
        (Interval(7, None), "at least 7", "at least 7"),
        # From 0 the lower end says nothing.
        (Interval(0, 1), "0–1", "0–1"),
        (Interval(0, None), "not stated", "not stated"),
        (Interval(1999, 2268), "1,999–2,268", "at least 1,999"),
    ],
)
def test_an_interval_and_its_headline(interval, whole, headline):
    assert interval_words(interval).text("en") == whole
    assert headline_words(interval).text("en") == headline


@pytest.mark.parametrize(
    ("interval", "about", "danish", "english"),
    [
        # nothing rough in it: both ends, or the lower one where the upper is open
        (Interval(4319, 4320), 4319, "4.319–4.320", "4,319–4,320"),
        (Interval(12, 12), 12, "12", "12"),
        (Interval(9, None), 9, "mindst 9", "at least 9"),
        # a rough number, as its source gives it
        (Interval(1615, 1785), 1700, "ca. 1.700", "approx. 1,700"),
        (Interval(1615, None), 1701, "mindst ca. 1.701", "at least approx. 1,701"),
        (Interval(0, None), 0, "ikke oplyst", "not stated"),
    ],
)
def test_a_rough_number_stays_rough(interval, about, danish, english):
    assert both(about_words(interval, about)) == (danish, english)


def test_a_level_says_where_it_is_only_the_least():
    assert both(level_words(Level.LEADER_OF_STAFF, is_least=False)) == (
        "leder af medarbejdere",
        "leader of staff",
    )
    assert both(level_words(Level.LEADER_OF_STAFF, is_least=True)) == (
        "mindst leder af medarbejdere",
        "at least leader of staff",
    )
