"""The figures as data frames: documented columns, the same numbers as the rows."""

import math

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from hypothesis import given

from orgmodel import spans
from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.analysis.tables import ColumnType
from tests.builders import forests, tree, units
from tests.orgmodel.analysis.test_counting import many_columns

TEXTS = ["id", "title", "holder", "unit", "status", "level", "known"]
INTERVALS = [one for one in FIGURES if one.type is ColumnType.INTERVAL]
ENDS = [f"{one.key}_{end}" for one in INTERVALS for end in ("low", "high")]
COUNTS = [one.key for one in FIGURES if one.type is not ColumnType.INTERVAL]
COLUMNS = [
    *TEXTS,
    *("seats", "span_low", "span_high", "firm_span_low", "firm_span_high"),
    *("direct_leaders_low", "direct_leaders_high", "direct_staff_low", "direct_staff_high"),
    *("reach_low", "reach_high", "leaders_below_low", "leaders_below_high"),
    *("layers_above", "layers_below"),
    *("direct_fte_low", "direct_fte_high", "fte_below_low", "fte_below_high"),
]


def wanted(row):
    """A row of figures as in a data frame."""
    found = {
        "id": row.position_id,
        "title": row.title,
        "holder": row.holder,
        "unit": row.unit,
        "status": row.status.value,
        "level": row.level.value,
        "known": row.knowing.value,
    }
    for name in COUNTS:
        found[name] = getattr(row, name)
    for one in INTERVALS:
        interval = getattr(row, one.key)
        low = None if interval.is_unknown else interval.low
        found[f"{one.key}_low"], found[f"{one.key}_high"] = low, interval.high
    return found


def check_frames(figures):
    rows = [wanted(row) for row in figures]
    frame = pl.DataFrame(figures)
    assert frame.columns == COLUMNS
    assert frame.to_dicts() == [{name: row[name] for name in COLUMNS} for row in rows]
    for name in COLUMNS:
        dtype = frame.schema[name]
        assert (dtype == pl.String) == (name in TEXTS)
        assert dtype.is_integer() == (name in COUNTS)
        assert dtype.is_float() == (name in ENDS)
    other = pd.DataFrame(figures.columns())
    assert list(other.columns) == COLUMNS
    assert len(other) == len(rows)
    for n, row in enumerate(rows):
        for name in COLUMNS:
            value = other[name].iloc[n]
            if row[name] is None:
                assert value is None or math.isnan(value)
            else:
                assert value == row[name]


@pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
def test_of_the_shipped_data(shipped, name):
    check_frames(spans(shipped[name]))


@pytest.mark.slow
@given(forests())
def test_of_posts_alone(edges):
    check_frames(spans(tree(edges)))


@pytest.mark.slow
@given(many_columns())
def test_of_columns(columns):
    check_frames(spans(columns))


def test_an_open_end_is_null_and_no_number():
    #  L leads A, whose headcount is not stated
    frame = pl.DataFrame(
        spans(units("- {id: a, name: A, kind: k, leader: {id: l, title: L, seats: 2}}"))
    )
    assert frame["span_high"].to_list() == [None]
    assert (frame["span_low"].item(), frame["seats"].item()) == (None, 2)


def test_of_nobody_the_columns_are_there():
    check_frames(spans(tree({"a": None})))
