"""The closest common leaders of 1,000,000 random pairs among 1,000,000 positions.

Ours answers all pairs at once, once what it looks up is built, which stands apart. Against it:
walking up in plain Python (10,000 pairs, times a hundred; fewer on a chain), and NetworkX's own
`lowest_common_ancestor`, one pair among 100,000 positions, since it looks at everyone above both
and more each time. The answers are compared.

Goal: within 0.2 s.

    python3 dev.py bench bench_common_leaders
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from orgmodel.arrays.common_leaders import CommonLeaders
from orgmodel.arrays.forest import Forest
from tests.benchmarks._forests import SHAPES, MadeUp
from tests.benchmarks._fresh import (
    LIMIT_SECONDS,
    answer,
    digest_of,
    goal,
    heading,
    measured,
    row,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1_000_000
PAIRS = 1_000_000
WALKED_PAIRS = 10_000
WALKED_PAIRS_OF_A_CHAIN = 10
NETWORKX_SIZE = 100_000
GOAL_SECONDS = 0.2
OURS, WALKING, NETWORKX = "ours", "walking", "networkx"


@dataclass(frozen=True)
class Answers:
    """What came out, and seconds of parts."""

    leaders: Any
    parts: dict[str, float]


def pairs_of(size: int, count: int) -> Any:
    """Return random pairs; fewer are the first of more."""
    return np.random.default_rng(2).integers(0, size, (PAIRS, 2))[:count]


def ours(made: MadeUp) -> Callable[[], Answers]:
    """Return our way: all pairs at once."""
    forest = Forest(made.parents)
    first, second = pairs_of(len(made), PAIRS).T.copy()

    def act() -> Answers:
        start = time.perf_counter()
        leaders = CommonLeaders(forest)
        built = time.perf_counter()
        found = leaders.of(first, second)
        return Answers(found, {"built": built - start, "of": time.perf_counter() - built})

    return act


def walking(made: MadeUp, count: int) -> Callable[[], Answers]:
    """Return the plain way: go up from one, then from the other until the ways meet."""
    parents = made.parents.tolist()
    pairs = pairs_of(len(made), count).tolist()

    def act() -> Answers:
        return Answers([meet(parents, *pair) for pair in pairs], {})

    return act


def meet(parents: list[int], one: int, other: int) -> int:
    """Return the closest common leader of two."""
    above = set()
    while one >= 0:
        above.add(one)
        one = parents[one]
    while other not in above:
        other = parents[other]
    return other


def networkx_once(made: MadeUp) -> Callable[[], Answers]:
    """Return NetworkX's way, for one pair."""
    pairs = [(above, entry) for entry, above in enumerate(made.parents.tolist()) if above >= 0]
    graph = nx.DiGraph(pairs)
    (one, other) = pairs_of(len(made), 1).tolist()[0]
    return lambda: Answers([nx.lowest_common_ancestor(graph, one, other)], {})


def run_one(name: str, shape: str, size: str, compared: str) -> None:
    """Measure one case in this process; so many of the answers are compared."""
    made, count = MadeUp(shape, int(size)), int(compared)
    preparations = {
        OURS: lambda: ours(made),
        WALKING: lambda: walking(made, count),
        NETWORKX: lambda: networkx_once(made),
    }
    answer(preparations[name](), lambda found: digest_of(found.leaders[:count]))


def measure(shape: str) -> tuple[str, float]:
    """Measure a shape; return a line of the table, and our seconds."""
    walked = WALKED_PAIRS_OF_A_CHAIN if shape == "chain" else WALKED_PAIRS
    found = measured(OURS, shape, SIZE, walked)
    plain = measured(WALKING, shape, SIZE, walked)
    own = measured(OURS, shape, NETWORKX_SIZE, 1)
    theirs = measured(NETWORKX, shape, NETWORKX_SIZE, 1)
    assert found is not None
    assert own is not None
    assert plain is None or plain.digest == found.digest
    assert theirs is None or theirs.digest == own.digest
    slow = f"over {LIMIT_SECONDS} s"
    cells = (
        f"{found.parts['of']:.3f}",
        f"{found.parts['built']:.3f}",
        f"{found.megabytes:,.0f}",
        f"{plain.seconds * PAIRS / walked:,.0f} (of {walked:,})" if plain else slow,
        f"{theirs.seconds:.3f}" if theirs else slow,
    )
    return row(shape, *cells), found.parts["of"]


def main() -> None:
    """Measure every shape and print the table."""
    lines = {shape: measure(shape) for shape in SHAPES}
    print(f"seconds; {PAIRS:,} pairs among {SIZE:,} positions\n")
    print(
        heading(
            "",
            "ours, all pairs",
            "building it",
            "MB",
            "walking up, scaled from some",
            f"NetworkX, one pair among {NETWORKX_SIZE:,}",
        )
    )
    for line, _seconds in lines.values():
        print(line)
    print()
    for shape, (_line, seconds) in lines.items():
        text = f"{shape}: all pairs within {GOAL_SECONDS} s: {seconds:.3f}"
        print(goal(text, met=seconds <= GOAL_SECONDS))


if __name__ == "__main__":
    run(main, run_one)
