"""The layout of a whole reporting line: 10,000, 100,000 and 1,000,000 positions.

Ours is the tidy tree of the charts, over boxes as wide as a card: from the index of each superior,
with the boxes made, and the placing alone; with Python's garbage collector paused, and again without,
since a million objects are what it is slow with. Against it igraph's Reingold–Tilford, Graphviz'
dot where it is installed, and d3's tidy tree (of npm's `d3`, run by node where there is one), each
with its graph there already, at the sizes where it ends within a minute (or where making the graph
does: d3's hierarchy of a chain takes the square of its length). Chains and stars too: no shape may
take longer than its size says.

igraph and dot know points, or make room for labels: where a box stands is compared with d3 alone,
which places boxes of one width at the same places as ours.

Goal: ours within 6 s at 1,000,000 and linear.

    python3 dev.py bench bench_layout
"""

from __future__ import annotations

import gc
import itertools
import json
import math
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import igraph
import numpy as np

from orgmodel.drawing.tidy import Box, place
from tests.benchmarks._d3_org_chart import CACHE, fetch_scripts
from tests.benchmarks._forests import SHAPES, MadeUp
from tests.benchmarks._fresh import (
    LIMIT_SECONDS,
    answer,
    goal,
    heading,
    measured,
    row,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Timed: TypeAlias = "tuple[dict[str, float], list[float]]"

SIZES = (10_000, 100_000, 1_000_000)
WIDTH, HEIGHT = 240.0, 130.0
GOAL_SECONDS = 6
# Ten times as many boxes may take this many times as long: memory is slower where there is more.
LINEAR = 20
TOLERANCE = 1e-6
OURS, OURS_COLLECTED = "ours", "ours, with Python looking for garbage"
IGRAPH, DOT, D3 = "igraph, Reingold–Tilford", "Graphviz dot", "d3 tree"
NODE = ("node", "--max-old-space-size=8000")
D3_SCRIPT = """
const d3 = require(process.argv[1]);
const parents = JSON.parse(require("fs").readFileSync(0, "utf8"));
const rows = parents.map((above, id) => ({ id, above: above < 0 ? null : above }));
const root = d3.stratify().id((row) => row.id).parentId((row) => row.above)(rows);
const tree = d3.tree().nodeSize([Number(process.argv[2]), 1]).separation(() => 1);
let best = Infinity;
for (let round = 0; round < 3; round += 1) {
  const start = performance.now();
  tree(root);
  best = Math.min(best, performance.now() - start);
}
let spread = 0;
let least = Infinity;
let most = -Infinity;
for (const node of root) { least = Math.min(least, node.x); most = Math.max(most, node.x); }
for (const node of root) spread += (node.x - least) / rows.length;
console.log(JSON.stringify([best / 1000, most - least, spread]));
"""


@dataclass(frozen=True)
class Laid:
    """Where boxes went: how wide all is, and how far from the left on average; seconds of parts."""

    width: float
    mean: float
    parts: dict[str, float]


def made_up(shape: str, size: int) -> MadeUp:
    """Return positions from the top down, as a drawing lists them."""
    return MadeUp(shape, size, shuffled=False)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage where there is none, as is done where a file is read."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def ours(made: MadeUp) -> Callable[[], Laid]:
    """Return our layout, with the boxes made each time and the garbage collector paused."""
    return uncollected()(ours_collected(made))


def ours_collected(made: MadeUp) -> Callable[[], Laid]:
    """Return our layout, with the boxes made each time."""
    parents = made.parents.tolist()

    def act() -> Laid:
        start = time.perf_counter()
        boxes: list[Box] = []
        for above in parents:
            if above < 0:
                boxes.append(Box(WIDTH, HEIGHT, 0))
                continue
            superior = boxes[above]
            box = Box(WIDTH, HEIGHT, superior.top + HEIGHT)
            superior.children.append(box)
            boxes.append(box)
        made = time.perf_counter()
        place(boxes[0])
        end = time.perf_counter()
        x = np.array([box.x for box in boxes])
        parts = {"whole": end - start, "placing": end - made}
        return Laid(float(np.ptp(x)), float(np.mean(x - x.min())), parts)

    return act


def igraph_layout(made: MadeUp) -> Callable[[], Laid]:
    """Return igraph's layout of a graph that is there."""
    pairs = [(above, entry) for entry, above in enumerate(made.parents.tolist()) if above >= 0]
    graph = igraph.Graph(len(made), pairs, directed=True)

    def act() -> Laid:
        start = time.perf_counter()
        graph.layout_reingold_tilford(mode="out", root=[0])
        return Laid(0, 0, {"whole": time.perf_counter() - start})

    return act


def dot_layout(made: MadeUp) -> Callable[[], Laid]:
    """Return Graphviz' layout of a written graph."""
    edges = "\n".join(f"{above}->{n}" for n, above in enumerate(made.parents.tolist()) if n)
    text = f'digraph{{node[shape=box,fixedsize=true,label=""];\n{edges}\n}}'

    def act() -> Laid:
        start = time.perf_counter()
        subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True)
        return Laid(0, 0, {"whole": time.perf_counter() - start})

    return act


def d3_layout(made: MadeUp) -> Callable[[], Laid]:
    """Return d3's layout, which says itself how long it took."""
    rows = json.dumps(made.parents.tolist())
    command = [*NODE, "-e", D3_SCRIPT, str(CACHE / "d3.js"), str(WIDTH)]

    def act() -> Laid:
        try:
            done = subprocess.run(
                command,
                input=rows,
                capture_output=True,
                text=True,
                check=True,
                timeout=LIMIT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return Laid(0, 0, {"whole": math.inf})
        seconds, width, mean = json.loads(done.stdout)
        return Laid(width, mean, {"whole": seconds})

    return act


PREPARATIONS = {
    OURS: ours,
    OURS_COLLECTED: ours_collected,
    IGRAPH: igraph_layout,
    DOT: dot_layout,
    D3: d3_layout,
}


def run_one(name: str, shape: str, size: str) -> None:
    """Measure one case in this process."""
    act = PREPARATIONS[name](made_up(shape, int(size)))
    answer(act, lambda laid: json.dumps([laid.width, laid.mean]))


def seconds_of(name: str, shape: str, size: int) -> Timed | None:
    """Return the seconds of a case and where boxes went; None where it takes too long."""
    found = measured(name, shape, size)
    if found is None or found.parts["whole"] > LIMIT_SECONDS:
        return None
    return dict(found.parts), json.loads(found.digest)


def libraries() -> list[str]:
    """Return each case whose library there is."""
    found = [OURS, OURS_COLLECTED, IGRAPH]
    if shutil.which("dot"):
        found.append(DOT)
    else:
        print("Graphviz dot is not installed")
    if not shutil.which("node"):
        print("node is not installed, and so no d3")
        return found
    try:
        CACHE.mkdir(exist_ok=True)
        fetch_scripts(CACHE)
    except OSError as error:
        print(f"d3 cannot be fetched: {error}")
        return found
    return [*found, D3]


def measure_sizes(name: str, shape: str) -> list[Timed | None]:
    """Measure a shape from the least size on, for as long as the next may end in time."""
    found: list[Timed | None] = []
    for size in SIZES:
        # Nothing lays out ten times as many in less than ten times as long.
        last = found[-1] if found else ({"whole": 0.0}, [])
        goes_on = last is not None and last[0]["whole"] < LIMIT_SECONDS / 10
        found.append(seconds_of(name, shape, size) if goes_on else None)
    return found


def cell(timed: Timed | None) -> str:
    """Return the seconds of a case."""
    if timed is None:
        return f"over {LIMIT_SECONDS} s"
    parts, _where = timed
    placing = f" ({parts['placing']:.3f})" if "placing" in parts else ""
    return f"{parts['whole']:.3f}{placing}"


def main() -> None:
    """Measure every case and print the table."""
    seconds: dict[tuple[str, str, int], float] = {}
    where: dict[tuple[str, str, int], list[float]] = {}
    lines = []
    for name in libraries():
        for shape in SHAPES:
            found = measure_sizes(name, shape)
            lines.append(row(name, shape, *map(cell, found)))
            for size, timed in zip(SIZES, found, strict=True):
                if timed is not None:
                    seconds[name, shape, size] = timed[0]["whole"]
                    where[name, shape, size] = timed[1]
    print("\nseconds, least of several runs; in brackets the placing alone\n")
    print(heading("", "shape", *(f"{size:,}" for size in SIZES)))
    print("\n".join(lines), "\n")
    for shape in SHAPES:
        print_goals(shape, seconds, where)


def print_goals(
    shape: str,
    seconds: dict[tuple[str, str, int], float],
    where: dict[tuple[str, str, int], list[float]],
) -> None:
    """Print what was wanted of a shape, and check the places against d3's."""
    own = [seconds[OURS, shape, size] for size in SIZES]
    text = f"{shape}: {SIZES[-1]:,} within {GOAL_SECONDS} s: {own[-1]:.2f}"
    print(goal(text, met=own[-1] <= GOAL_SECONDS))
    steps = [later / earlier for earlier, later in itertools.pairwise(own)]
    text = f"{shape}: ten times as many take {' and '.join(f'{step:.1f}' for step in steps)} times"
    print(goal(f"{text} as long, at most {LINEAR}", met=max(steps) <= LINEAR))
    for size in SIZES:
        if (D3, shape, size) in where:
            theirs = where[D3, shape, size]
            same = np.allclose(where[OURS, shape, size], theirs, rtol=TOLERANCE, atol=TOLERANCE)
            assert same, (shape, size, where[OURS, shape, size], theirs)


if __name__ == "__main__":
    run(main, run_one)
