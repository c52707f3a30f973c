"""Formats: the number of cards up to which each is made within a request."""

import pytest

from orgmodel.exporting.formats import Use, formats

MOST = {
    **{one.id: 10_000 for one in formats().values() if one.use is Use.DATA},
    "pptx": 1_500,
    "png": 3_000,
    "svg": 3_000,
    "pdf": 1_500,
}


@pytest.mark.parametrize(("format_id", "most"), MOST.items())
def test_each_has_a_limit(format_id, most):
    made = formats()[format_id]
    assert not made.is_too_much(most)
    assert made.is_too_much(most + 1)


def test_none_is_without_a_limit():
    # whatever rooms above have added
    assert all(one.most_cards is not None for one in formats().values())
