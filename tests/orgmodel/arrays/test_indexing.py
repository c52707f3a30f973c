"""References as indices: the first row with the id; invalid references are reported."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.arrays.indexing import _by_hash, _by_text, index_references

IDS = st.sampled_from(["", "a", "b", "c", "A", "å", "a ", "10", "010"])


def texts(values):
    return pl.Series(values, dtype=pl.String)


def indexed(ids, references):
    found = index_references(texts(ids), texts(references))
    return tuple(column.tolist() for column in found)


@given(st.lists(st.tuples(IDS, st.none() | IDS), max_size=20))
def test_each_refers_to_the_first_row_with_the_id(rows):
    ids, references = [row[0] for row in rows], [row[1] for row in rows]
    parents, repeated, dangling = indexed(ids, references)
    assert parents == [ids.index(one) if one in ids else -1 for one in references]
    assert repeated == [one in ids[:n] for n, one in enumerate(ids)]
    assert dangling == [one is not None and one not in ids for one in references]


@pytest.mark.slow
@given(st.integers(2, 2_000), st.randoms(use_true_random=False))
def test_rows_in_any_order(size, chance):
    ids = [f"p{n}" for n in range(size)]
    chance.shuffle(ids)
    references = [chance.choice([None, *ids]) for _n in ids]
    parents, repeated, dangling = indexed(ids, references)
    place = {one: n for n, one in enumerate(ids)}
    assert parents == [place.get(one, -1) for one in references]
    assert not any(repeated)
    assert not any(dangling)


def test_what_is_missing_is_no_id():
    found = indexed(["a", None, None], [None, "a", "b"])
    assert found[0] == [-1, 0, -1]
    assert found[2] == [False, False, True]


@pytest.mark.parametrize("dtype", [pl.String, pl.Null])
def test_nobody(dtype):
    found = index_references(pl.Series([], dtype=dtype), pl.Series([], dtype=dtype))
    assert [len(column) for column in found] == [0, 0, 0]


def test_a_column_in_which_nobody_refers_to_anybody():
    found = index_references(pl.Series(["a", "b"]), pl.Series([None, None]))
    assert found.parents.tolist() == [-1, -1]
    assert not found.dangling.any()


def test_columns_of_unlike_length_are_refused():
    with pytest.raises(ValueError, match="one reference"):
        indexed(["a", "b"], [None])


def test_a_million_rows():
    size = 1_000_000
    numbers = pl.Series(range(size))
    ids = numbers.cast(pl.String)
    found = index_references(ids, (numbers - 1).cast(pl.String).replace("-1", None))
    assert (found.parents == (numbers - 1).to_numpy()).all()
    assert not found.repeated.any()
    assert not found.dangling.any()


@pytest.mark.slow
@given(st.lists(st.text(max_size=3), unique=True, min_size=1), st.data())
def test_hashes_and_texts_find_the_same(ids, data):
    named = st.none() | st.sampled_from(ids) | st.text(max_size=3)
    references = data.draw(st.lists(named, min_size=len(ids), max_size=len(ids)))
    columns = pl.Series(ids), pl.Series(references, dtype=pl.String)
    by_hash, by_text = _by_hash(*columns), _by_text(*columns)
    assert by_hash is not None
    for one, other in zip(by_hash, by_text, strict=True):
        np.testing.assert_array_equal(one, other)


def test_two_texts_of_one_hash_are_not_taken_for_each_other(monkeypatch):
    ids, references = pl.Series(["a", "b"]), pl.Series([None, "x"])
    # As if "x" had the hash of "a".
    monkeypatch.setattr(
        pl.Series,
        "hash",
        lambda series: pl.Series([{"a": 1, "b": 2, "x": 1}.get(one, 0) for one in series]),
    )
    assert _by_hash(ids, references) is None
    indexed = index_references(ids, references)
    assert indexed.parents.tolist() == [-1, -1]
    assert indexed.dangling.tolist() == [False, True]
