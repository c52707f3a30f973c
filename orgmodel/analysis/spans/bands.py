"""Bands of spans of control: data with their reference, beside this module."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from orgmodel.model.bands import Band

_FILE = Path(__file__).with_name("span_bands.toml")


@lru_cache(maxsize=1)
def span_bands() -> tuple[Band, ...]:
    """Return the shipped bands, the narrowest first."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Band(one["low"], one.get("high")) for one in content["bands"])


def band_list() -> tuple[Band, ...]:
    """Return the shipped bands, and before them one for spans of nobody."""
    return (Band(0, 0), *span_bands())


def band_of(span: float) -> Band | None:
    """Return the band that a span lies in; None below the narrowest."""
    return next((band for band in span_bands() if band.holds(span)), None)
