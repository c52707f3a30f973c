"""All figures of a reporting line, from 1,000 to 1,000,000 positions, against graph libraries.

The figures: how many report to each, reach (heads anywhere below), depth, layers below, and one more
value added up over everyone below. Two starts: the index of each one's superior, and ids as texts.
NetworkX runs as one usually writes it (everything below each node, found anew), and in one careful
pass; rustworkx and igraph in one pass along their own topological order. Making the graph counts,
since nobody has one to begin with; a row more says how long they take when it is there. The bound
is one numpy bincount over the superiors, which a single figure costs at least.

Every case runs in a process of its own, the least of several runs; of ours, the first run in the process
stands in a row of its own. All answers are compared.

    python3 dev.py bench bench_metrics
"""

from __future__ import annotations

import functools
from math import inf
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import numpy as np
import polars as pl
import rustworkx as rx

from orgmodel.arrays.forest import Forest
from orgmodel.arrays.indexing import index_references
from tests.benchmarks._forests import MadeUp
from tests.benchmarks._fresh import (
    answer,
    check_same,
    digest_of,
    goal,
    heading,
    measured,
    milliseconds,
    row,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.benchmarks._fresh import Measured

    Figures = tuple[Any, ...]
    Found = dict[tuple[str, str, int], Measured | None]

MOST = 1_000_000
CASES = (
    *(("realistic", size) for size in (1_000, 10_000, 100_000, MOST)),
    ("chain", MOST),
    ("star", MOST),
)
OURS_FIRST = "ours, the first run of a process"
OURS, RUSTWORKX, IGRAPH, BOUND = "ours", "rustworkx", "igraph", "one bincount (the bound)"
RUSTWORKX_BUILT, IGRAPH_BUILT = "rustworkx, graph there already", "igraph, graph there already"
OURS_COLUMNS, OURS_LISTS = "ours, from polars columns", "ours, from Python lists"
CAREFUL, USUAL = "NetworkX, one careful pass", "NetworkX, as usually written"
FROM_INDICES = (OURS, RUSTWORKX, RUSTWORKX_BUILT, IGRAPH, IGRAPH_BUILT, BOUND)
FROM_IDS = (OURS_COLUMNS, OURS_LISTS, CAREFUL, USUAL)


# Ours ------------------------------------------------------------------------------------------


def ours(made: MadeUp) -> Callable[[], Figures]:
    """Return our way from indices."""
    parents, heads, amounts = made.parents.astype(np.int32), made.heads, made.amounts
    return lambda: our_figures(parents, heads, amounts)


def our_figures(parents: Any, heads: Any, amounts: Any) -> Figures:
    """Return all figures of a parent array."""
    forest = Forest(parents)
    sums = forest.sums_below(heads), forest.sums_below(amounts)
    return forest.report_counts, sums[0], forest.depths, forest.heights, sums[1]


def ours_from_columns(made: MadeUp) -> Callable[[], Figures]:
    """Return our way from columns as they are read from a file."""
    ids, references = pl.Series(made.ids), pl.Series(made.references)
    heads, amounts = made.heads, made.amounts
    return lambda: our_figures(index_references(ids, references).parents, heads, amounts)


def ours_from_lists(made: MadeUp) -> Callable[[], Figures]:
    """Return our way from lists of Python's own texts."""
    ids, references, heads, amounts = made.ids, made.references, made.heads, made.amounts

    def act() -> Figures:
        indexed = index_references(pl.Series(ids), pl.Series(references, dtype=pl.String))
        return our_figures(indexed.parents, heads, amounts)

    return act


# Theirs ----------------------------------------------------------------------------------------


def one_pass(
    order: Iterable[int],
    edges: Iterable[tuple[int, int]],
    counts: Sequence[int],
    heads: list[int],
    amounts: list[int],
) -> Figures:
    """Return all figures along a topological order of a graph, superiors first."""
    size = len(heads)
    above = [-1] * size
    for superior, report in edges:
        above[report] = superior
    depths, heights = [0] * size, [0] * size
    reach, sums = [0] * size, [0] * size
    order = list(order)
    for node in order:
        superior = above[node]
        if superior >= 0:
            depths[node] = depths[superior] + 1
    for node in reversed(order):
        superior = above[node]
        if superior >= 0:
            reach[superior] += reach[node] + heads[node]
            sums[superior] += sums[node] + amounts[node]
            heights[superior] = max(heights[superior], heights[node] + 1)
    return counts, reach, depths, heights, sums


def edges_of(parents: list[int]) -> list[tuple[int, int]]:
    """Return pairs of a superior and a report."""
    return [(above, entry) for entry, above in enumerate(parents) if above >= 0]


def rustworkx_graph(parents: list[int]) -> Any:
    """Return the graph of a parent array."""
    graph: Any = rx.PyDiGraph()
    graph.add_nodes_from(range(len(parents)))
    graph.add_edges_from_no_data(edges_of(parents))
    return graph


def rustworkx_figures(graph: Any, heads: list[int], amounts: list[int]) -> Figures:
    """Return all figures of a graph of rustworkx."""
    counts = [graph.out_degree(node) for node in range(len(heads))]
    return one_pass(rx.topological_sort(graph), graph.edge_list(), counts, heads, amounts)


def igraph_graph(parents: list[int]) -> Any:
    """Return the graph of a parent array."""
    return igraph.Graph(len(parents), edges_of(parents), directed=True)


def igraph_figures(graph: Any, heads: list[int], amounts: list[int]) -> Figures:
    """Return all figures of a graph of igraph."""
    order, edges = graph.topological_sorting(), graph.get_edgelist()
    return one_pass(order, edges, graph.outdegree(), heads, amounts)


def theirs(
    graph_of: Callable[[list[int]], Any],
    figures: Callable[[Any, list[int], list[int]], Figures],
    made: MadeUp,
    *,
    built: bool = False,
) -> Callable[[], Figures]:
    """Return a library's way from indices, as the lists that it wants; maybe with a graph there."""
    parents, heads, amounts = (
        column.tolist() for column in (made.parents, made.heads, made.amounts)
    )
    if built:
        graph = graph_of(parents)
        return lambda: figures(graph, heads, amounts)
    return lambda: figures(graph_of(parents), heads, amounts)


def bound(made: MadeUp) -> Callable[[], Figures]:
    """Return the least that a figure takes: one sum over the superiors."""
    shifted, heads, size = made.parents + 1, made.heads, len(made) + 1
    return lambda: (np.bincount(shifted, heads, minlength=size),)


# NetworkX --------------------------------------------------------------------------------------


def networkx_graph(ids: list[str], references: list[str | None]) -> Any:
    """Return the graph of two columns."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    pairs = zip(references, ids, strict=True)
    graph.add_edges_from((superior, report) for superior, report in pairs if superior is not None)
    return graph


def networkx_way(
    figures: Callable[[Any, dict[str, int], dict[str, int]], Figures], made: MadeUp
) -> Callable[[], Figures]:
    """Return a way of NetworkX from two columns; it maps each id to its value of a third."""
    ids, references = made.ids, made.references
    heads = dict(zip(ids, made.heads.tolist(), strict=True))
    amounts = dict(zip(ids, made.amounts.tolist(), strict=True))
    return lambda: figures(networkx_graph(ids, references), heads, amounts)


def careful(graph: Any, heads: dict[str, int], amounts: dict[str, int]) -> Figures:
    """Look at each node once on the way up and once on the way down."""
    order = list(nx.topological_sort(graph))
    depths: dict[str, int] = {}
    reach, sums, heights = (dict.fromkeys(heads, 0) for _n in range(3))
    for node in order:
        depths[node] = max((depths[above] + 1 for above in graph.pred[node]), default=0)
    for node in reversed(order):
        for below in graph.succ[node]:
            reach[node] += reach[below] + heads[below]
            sums[node] += sums[below] + amounts[below]
            heights[node] = max(heights[node], heights[below] + 1)
    counts = dict(graph.out_degree())
    return tuple([found[one] for one in heads] for found in (counts, reach, depths, heights, sums))


def usual(graph: Any, heads: dict[str, int], amounts: dict[str, int]) -> Figures:
    """Collect all descendants of each node, as NetworkX code is usually written."""
    depths = {node: len(nx.ancestors(graph, node)) for node in graph}
    below = {}
    for node in graph:
        found = nx.descendants(graph, node)
        below[node] = (
            sum(heads[one] for one in found),
            max((depths[one] for one in found), default=depths[node]) - depths[node],
            sum(amounts[one] for one in found),
        )
    counts = [graph.out_degree(one) for one in heads]
    reach, heights, sums = zip(*(below[one] for one in heads), strict=True)
    return counts, reach, [depths[one] for one in heads], heights, sums


PREPARATIONS: dict[str, Callable[[MadeUp], Callable[[], Figures]]] = {
    OURS: ours,
    RUSTWORKX: functools.partial(theirs, rustworkx_graph, rustworkx_figures),
    RUSTWORKX_BUILT: functools.partial(theirs, rustworkx_graph, rustworkx_figures, built=True),
    IGRAPH: functools.partial(theirs, igraph_graph, igraph_figures),
    IGRAPH_BUILT: functools.partial(theirs, igraph_graph, igraph_figures, built=True),
    BOUND: bound,
    OURS_COLUMNS: ours_from_columns,
    OURS_LISTS: ours_from_lists,
    CAREFUL: functools.partial(networkx_way, careful),
    USUAL: functools.partial(networkx_way, usual),
}


# Measuring -------------------------------------------------------------------------------------


def run_one(name: str, shape: str, size: str) -> None:
    """Measure one case in this process."""
    act = PREPARATIONS[name](MadeUp(shape, int(size)))
    answer(act, lambda figures: digest_of(*figures) if name != BOUND else "")


def measure_all() -> Found:
    """Measure every case and check that all agree."""
    found: Found = {}
    for shape, size in CASES:
        for names in (FROM_INDICES, FROM_IDS):
            for name in names:
                found[name, shape, size] = (
                    None if hopeless(name, shape) else measured(name, shape, size)
                )
        check_same(
            {
                name: found[name, shape, size]
                for name in (*FROM_INDICES, *FROM_IDS)
                if name != BOUND
            }
        )
    return found


def hopeless(name: str, shape: str) -> bool:
    """Return whether a case need not be tried: it would take hours."""
    return name == USUAL and shape == "chain"


def cell(found: Found, name: str, shape: str, size: int) -> str:
    """Return the time of a case."""
    if hopeless(name, shape):
        return "not run"
    return milliseconds(found[name, shape, size])


def print_table(found: Found, names: Sequence[str]) -> None:
    """Print the times, and the memory at the most positions."""
    heads = (f"{shape if shape != 'realistic' else ''} {size:,}".strip() for shape, size in CASES)
    print(heading("", *heads, f"MB at {MOST:,}"))
    for name in names:
        most = found[name, "realistic", MOST]
        memory = f"{most.megabytes:,.0f}" if most else "–"
        print(row(name, *(cell(found, name, *case) for case in CASES), memory))
        if name == OURS:
            print(
                row(
                    OURS_FIRST,
                    *(milliseconds(found[name, *case], first=True) for case in CASES),
                    "",
                )
            )


def print_goal(text: str, number: float | None, *, least: float = 0, most: float = inf) -> None:
    """Print what was wanted of a number that was found, or could not be."""
    said = "not measured" if number is None else f"{number:,.2f}"
    is_met = None if number is None else least <= number <= most
    print(goal(f"{text}: {said}", met=is_met))


def print_goals(found: Found) -> None:
    """Print what was wanted at the most positions, and what was found."""
    real = {name: found[name, "realistic", MOST] for name in (*FROM_INDICES, *FROM_IDS)}

    def times(one: Measured | None, other: Measured | None) -> float | None:
        return one.seconds / other.seconds if one and other else None

    for name in (RUSTWORKX, IGRAPH):
        print_goal(f"30 times as fast as {name}", times(real[name], real[OURS]), least=30)
    print_goal("at most 15 times the bound", times(real[OURS], real[BOUND]), most=15)
    for name in (OURS_COLUMNS, OURS_LISTS):
        text = f"{name}: 50 times as fast as {CAREFUL}"
        print_goal(text, times(real[CAREFUL], real[name]), least=50)
    ours = real[OURS]
    print_goal("under 120 ms", 1000 * ours.seconds if ours else None, most=120)
    chain = found[OURS, "chain", MOST]
    print_goal("a chain at most 12 times the realistic", times(chain, ours), most=12)
    own, theirs = real[OURS_COLUMNS], real[CAREFUL]
    share = own.megabytes / theirs.megabytes if own and theirs else None
    print_goal(f"at most 1/5 of {CAREFUL}'s memory", share, most=0.2)


def main() -> None:
    """Measure every case and print the tables."""
    found = measure_all()
    print("milliseconds, least of several runs; all figures, from the index of each superior\n")
    print_table(found, FROM_INDICES)
    print("\nmilliseconds, least of several runs; all figures, from ids as texts\n")
    print_table(found, FROM_IDS)
    print()
    print_goals(found)


if __name__ == "__main__":
    run(main, run_one)
