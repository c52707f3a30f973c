"""Bands of spans of control: data with their reference, beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from orgmodel.texts import Worded

_FILE = Path(__file__).with_name("span_bands.toml")


@dataclass(frozen=True, slots=True)
class Band:
    """Spans from `low` to `high`, both included; None where it has no upper end."""

    low: int
    high: int | None = None

    @property
    def id(self) -> str:
        """The name of the band in addresses: 4-7, 17-."""
        if self.high == self.low:
            return str(self.low)
        return f"{self.low}-{'' if self.high is None else self.high}"

    def holds(self, span: float) -> bool:
        """Tell whether a span lies in the band."""
        return self.low <= span and (self.high is None or span <= self.high)

    def words(self) -> Worded:
        """Return the band in words."""
        if self.high is None:
            return message(N_("{low} and more"), low=self.low)
        if self.high == self.low:
            return message("{n}", n=self.low)
        return message("{low}–{high}", low=self.low, high=self.high)


@lru_cache(maxsize=1)
def span_bands() -> tuple[Band, ...]:
    """Return the shipped bands, the narrowest first."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Band(one["low"], one.get("high")) for one in content["bands"])


def band_of(span: float) -> Band | None:
    """Return the band that a span lies in; None below the narrowest."""
    return next((band for band in span_bands() if band.holds(span)), None)
