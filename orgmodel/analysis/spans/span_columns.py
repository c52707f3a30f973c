"""The figures of all leaders as one flat table, for data frames and files.

Both ends of an interval are columns of their own: `span_low`, `span_high`; an upper end that nothing
bounds is null. What the columns mean heads `spans.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from orgmodel.analysis.spans.counting import KNOWINGS, LEVELS
from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.analysis.spans.post_arrays import STATUSES
from orgmodel.analysis.spans.tables import Sort
from orgmodel.model.columns import PositionColumns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.analysis.spans.spans import Spans


def span_columns(spans: Spans) -> dict[str, Any]:
    """Return the figures as columns by name: texts as lists, numbers as arrays."""
    return {
        name: series.to_list() if series.dtype == pl.String else series.to_numpy()
        for name, series in span_frame(spans).to_dict().items()
    }


def span_frame(spans: Spans) -> pl.DataFrame:
    """Return the figures as a data frame, one row a leader in reading order.

    Returns
    -------
    frame
        `id`, `title`, `holder`, `unit`, `status`, `level` and `known` (what is known of the span)
        as texts; then the figures of `leader_figures.py` by their keys: counts as whole numbers,
        intervals as `…_low` and `…_high`, which is null where it is open; both are where nothing is
        known.
    """
    counts = spans.counts
    words = _words(spans)
    columns: dict[str, Any] = {
        "id": pl.Series(spans.ids, dtype=pl.String),
        **words,
        "status": _named(counts.statuses, [status.value for status in STATUSES]),
        "level": _named(counts.levels, [level.value for level in LEVELS]),
        "known": _named(counts.knowing, [one.value for one in KNOWINGS]),
    }
    for figure in FIGURES:
        if figure.sort is not Sort.INTERVAL:
            columns[figure.key] = getattr(counts, figure.array)
            continue
        low, high = figure.ends(counts)
        is_unknown = (low == 0) & np.isinf(high)
        columns[f"{figure.key}_low"] = _known(np.where(is_unknown, np.nan, low))
        columns[f"{figure.key}_high"] = _known(np.where(np.isinf(high), np.nan, high))
    return pl.DataFrame(columns)


def _words(spans: Spans) -> dict[str, Any]:
    source = spans.source
    if isinstance(source, PositionColumns):
        rows = source.table[spans.counts.posts]
        holders = (
            rows["holder"] if "holder" in rows else pl.Series([None] * len(rows), dtype=pl.String)
        )
        units = (
            rows["unit"]
            if "unit" in rows
            else pl.Series([source.name] * len(rows), dtype=pl.String)
        )
        return {"title": rows["title"], "holder": holders, "unit": units.fill_null(source.name)}
    positions = [source.positions[one] for one in spans.ids]
    return {
        "title": pl.Series([one.title.da for one in positions], dtype=pl.String),
        "holder": pl.Series(
            [source.holder_names(one.id) or None for one in positions], dtype=pl.String
        ),
        "unit": pl.Series(
            [source.units[one.unit_id].name.da for one in positions], dtype=pl.String
        ),
    }


def _named(codes: Any, words: Sequence[str]) -> pl.Series:
    """Return codes as the words they stand for."""
    return pl.Series(words)[pl.Series(codes.astype(np.uint32))]


def _known(values: Any) -> pl.Series:
    """Return numbers, null where there is none."""
    return pl.Series(values).fill_nan(None)
