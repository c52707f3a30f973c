"""Made-up reporting lines of any size, as arrays: the same ones each time.

Three shapes. *Realistic*: one top, layers that grow evenly (six at 1,000 positions, nine at
1,000,000), lognormal spans around seven. *Chain*: everyone has one report. *Star*: everyone reports
to one. Rows come in any order, as in an extract from a personnel system, unless asked otherwise.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from tests.benchmarks._synthetic import MEAN_SPAN, SPREAD, layer_widths

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Integers: TypeAlias = "npt.NDArray[np.int64]"

SHAPES = ("realistic", "chain", "star")
TITLES = "Konsulent Sagsbehandler Sygeplejerske Rådgiver Terapeut Pædagog Jurist Assistent"
HOLDERS = "Anne Bo Carl Dorte Ejner Freja Gorm Helle Ida Jens Karen Lars Mette Niels Ole Pia"
UNITS = 997


class MadeUp:
    """Positions that report to each other; columns are built on first use.

    Parameters
    ----------
    shape
        One of `SHAPES`.
    shuffled
        Whether the rows come in any order, and not the top first and then layer by layer.

    Attributes
    ----------
    parents
        The index of the row that each reports to, -1 at the top.
    """

    def __init__(self, shape: str, size: int, *, shuffled: bool = True) -> None:
        draw = np.random.default_rng(1)
        made = {"realistic": _realistic, "chain": _chain, "star": _star}
        self.parents = made[shape](size, draw)
        if shuffled:
            moved = draw.permutation(size)
            self.parents[moved] = np.where(self.parents < 0, -1, moved[self.parents])
        self._draw = draw

    def __len__(self) -> int:
        return len(self.parents)

    @cached_property
    def heads(self) -> Integers:
        """How many people each row stands for."""
        return np.maximum(1, np.round(self._draw.lognormal(1, 0.8, len(self)))).astype(np.int64)

    @cached_property
    def amounts(self) -> Integers:
        """Something else to add up."""
        return self._draw.integers(0, 1_000, len(self))

    @cached_property
    def ids(self) -> list[str]:
        """The rows' ids."""
        return [f"P{number:07}" for number in range(len(self))]

    @cached_property
    def references(self) -> list[str | None]:
        """The id that each row reports to."""
        ids = self.ids
        return [None if above < 0 else ids[above] for above in self.parents.tolist()]

    def write_csv(self, path: Path) -> None:
        """Write the rows as a file, with titles, holders, units and full-time equivalents."""
        numbers = np.arange(len(self))
        first, names = TITLES.split(), HOLDERS.split()
        titles = [f"{first[n % 8]}, {first[n // 8 % 8].lower()}" for n in range(64)]
        pl.DataFrame(
            {
                "id": self.ids,
                "reports_to": self.references,
                "title": pl.Series(titles).gather(numbers % 64),
                "holder": [f"{names[n % 16]} {names[n // 16 % 16]}sen {n}" for n in numbers],
                "unit": pl.Series([f"Enhed {n}" for n in range(UNITS)]).gather(
                    np.maximum(self.parents, 0) % UNITS
                ),
                "fte": np.round(self._draw.uniform(0.5, 1, len(self)), 2),
            }
        ).write_csv(path)


def _realistic(size: int, draw: np.random.Generator) -> Integers:
    """Return parents layer by layer; some of each layer lead the next."""
    location = math.log(MEAN_SPAN) - SPREAD**2 / 2
    layers = [np.array([-1], np.int64)]
    start = 0
    for width in layer_widths(size):
        layer = len(layers[-1])
        leading = min(layer, math.ceil(width / MEAN_SPAN))
        leaders = start + draw.permutation(layer)[:leading]
        spans = np.maximum(1, np.round(draw.lognormal(location, SPREAD, leading)))
        below = np.repeat(leaders, spans.astype(np.int64))[:width]
        missing = draw.choice(leaders, max(0, width - len(below)))
        layers.append(np.concatenate([below, missing]))
        start += layer
    return np.concatenate(layers)


def _chain(size: int, _draw: np.random.Generator) -> Integers:
    return np.arange(-1, size - 1)


def _star(size: int, _draw: np.random.Generator) -> Integers:
    return np.where(np.arange(size) == 0, -1, 0)
