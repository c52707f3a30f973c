"""Time for the network around one node among 1,000 to 50,000 posts, against NetworkX on the whole graph.

Both give the same nodes where nothing is folded: `ego_graph` needs the graph of the organisation,
which is built once for each organisation, and ours needs an index of relations and groups. Measured
are the first question of an organisation, with what must be built for it, and those that follow, for
five nodes in turns: the top post, a leader, a post at the bottom, a unit and a group. Then who sits
in most groups, exact up to a number of posts and sampled above it, and the places of a picture.

    python3 dev.py bench bench_network
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx

from orgmodel.analysis.questions.forums import forums
from orgmodel.analysis.questions.network import network_around
from orgmodel.analysis.questions.ties import Ties
from orgmodel.drawing.tie_picture import tie_picture
from orgmodel.model.entities import Group, Membership
from orgmodel.model.names import Text
from orgmodel.model.organisation import Organisation
from tests.benchmarks._fresh import heading, row
from tests.benchmarks.bench_search import made_up

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 10_000, 50_000)
STEPS = (1, 2, 3)
ROUNDS = 5
MEMBERS, POSTS_OF_A_GROUP = 12, 40


def with_groups(size: int) -> Organisation:
    """Return a made-up organisation in which groups of twelve posts meet."""
    data = made_up(size)
    draw, posts = random.Random(size), list(data.positions)  # noqa: S311 - the same each time
    groups = tuple(
        Group(
            id=f"g{n}",
            name=Text(f"Forum {n}", None),
            kind_id="k",
            members=tuple(Membership(position_id=one) for one in draw.sample(posts, MEMBERS)),
        )
        for n in range(size // POSTS_OF_A_GROUP)
    )
    return Organisation(replace(data.record, groups=groups))


def milliseconds(act: Callable[[], Any]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def whole_graph(data: Organisation) -> nx.Graph[str]:
    """Return the graph of an organisation, without people and directions."""
    graph = data.graph()
    people = [one for one, node in graph.nodes(data=True) if node["entity"] == "person"]
    graph.remove_nodes_from(people)
    return nx.Graph(graph)


def main() -> None:
    """Measure in turns and print the tables."""
    print(f"milliseconds; of later questions the median of {ROUNDS} rounds over five nodes\n")
    print(heading("posts", "steps", "nodes", "ours", "NetworkX", "first, ours", "first, NetworkX"))
    ranked = []
    for size in SIZES:
        data = with_groups(size)
        _ = data.lines, data.reports, data.led_units, data.positions_in, data.memberships
        ties, built = Ties(data), []
        nodes = ["p0", f"p{size // 2}", f"p{size - 1}", "u0", "g0"]
        first = milliseconds(lambda: network_around(ties, "p0", 1))  # noqa: B023 - called at once
        first_whole = milliseconds(lambda: built.append(whole_graph(data)))  # noqa: B023
        graph = built[0]
        for steps in STEPS:
            ours, theirs, counts = [], [], []
            for _n in range(ROUNDS):
                for one in nodes:
                    found = network_around(ties, one, steps)
                    counts.append(len(found.steps))
                    ours.append(milliseconds(lambda: network_around(ties, one, steps)))  # noqa: B023
                    theirs.append(milliseconds(lambda: nx.ego_graph(graph, one, radius=steps)))  # noqa: B023
            cells = (max(counts), *(f"{statistics.median(one):.2f}" for one in (ours, theirs)))
            print(row(f"{size:,}", steps, *cells, f"{first:.1f}", f"{first_whole:,.0f}"))
        ranking = forums(data)
        drawn = network_around(ties, "p0", 3)
        ranked.append(
            (
                f"{size:,}",
                f"{len(ranking.sittings):,}",
                f"{ranking.starts:,}",
                f"{milliseconds(lambda: forums(data)):,.0f}",  # noqa: B023
                len(drawn.steps),
                f"{milliseconds(lambda: tie_picture(ties, drawn, 'da')):.0f}",  # noqa: B023
            )
        )
    print("\nmilliseconds: who sits in most groups; the places of a picture\n")
    print(heading("posts", "posts in groups", "starts", "ranking", "nodes", "picture"))
    for cells in ranked:
        print(row(*cells))


if __name__ == "__main__":
    main()
