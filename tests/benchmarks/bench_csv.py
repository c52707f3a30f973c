"""A CSV file of 1,000,000 positions, read, checked, and with all figures worked out.

Ours is the import as one calls it, and the spans of everyone that it finds. Against it the least that
any reader can do: `polars.read_csv` of the same file, which checks nothing. Memory is by how much
the process grows at its greatest, against what the columns of the file take when they are read.

Goals: at most 10 times the time, at most 8 times the memory of the columns.

    python3 dev.py bench bench_csv
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from orgmodel import import_files, spans
from tests.benchmarks._forests import MadeUp
from tests.benchmarks._fresh import answer, goal, heading, measured, row, run

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000)
TIMES_POLARS = 10
TIMES_COLUMNS = 8
OURS, MODEL, POLARS = "ours, with all figures", "ours, the checked model alone", "polars.read_csv"


@dataclass(frozen=True)
class Read:
    """How many rows were read, and the bytes of their columns."""

    rows: int
    bytes: int = 0
    parts: dict[str, float] = field(default_factory=dict)


def model(path: Path) -> Read:
    """Read and check a file."""
    return Read(len(import_files([path]).columns))


def ours(path: Path) -> Read:
    """Read and check a file, and work out the figures of everyone."""
    columns = import_files([path]).columns
    leaders = spans(columns)
    assert len(leaders) == len(np.unique(columns.forest.parents)) - 1
    return Read(len(columns))


def polars(path: Path) -> Read:
    """Read a file and do nothing with it."""
    table = pl.read_csv(path)
    return Read(len(table), int(table.estimated_size()))


CASES: dict[str, Callable[[Path], Read]] = {OURS: ours, MODEL: model, POLARS: polars}


def run_one(name: str, folder: str, size: str) -> None:
    """Measure one case in this process."""
    path = path_of(Path(folder), int(size))
    answer(lambda: CASES[name](path), lambda read: f"{read.rows} {read.bytes}")


def path_of(folder: Path, size: int) -> Path:
    """Return where the file of a size is."""
    return folder / f"positions-{size}.csv"


def main() -> None:
    """Measure every case and print the table."""
    lines, goals = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            MadeUp("realistic", size).write_csv(path_of(folder, size))
        for size in SIZES:
            found = {case: measured(case, name, size) for case in CASES}
            one = {case: each for case, each in found.items() if each}
            assert len(one) == len(CASES)
            assert len({each.digest.split()[0] for each in one.values()}) == 1
            columns = int(one[POLARS].digest.split()[1]) / 1e6
            for case, each in one.items():
                compared = each.seconds / one[POLARS].seconds
                cells = (f"{each.seconds:.3f}", f"{compared:.1f}", f"{each.megabytes:,.0f}")
                lines.append(row(case, f"{size:,}", *cells, f"{each.megabytes / columns:.1f}"))
            slower = one[OURS].seconds / one[POLARS].seconds
            greater = one[OURS].megabytes / columns
            goals = [
                goal(
                    f"at most {TIMES_POLARS} times polars' time: {slower:.1f}",
                    met=slower <= TIMES_POLARS,
                ),
                goal(
                    f"at most {TIMES_COLUMNS} times the columns' memory: {greater:.1f}",
                    met=greater <= TIMES_COLUMNS,
                ),
            ]
    print(f"the file of {SIZES[-1]:,} takes {columns:,.0f} MB as columns\n")
    print(heading("", "positions", "seconds", "times polars'", "MB", "times the columns"))
    print("\n".join(lines), "\n")
    print("\n".join(goals))


if __name__ == "__main__":
    run(main, run_one)
