"""Time for one search among 1,000, 10,000 and 100,000 posts, against looking at every post.

The same made-up organisations and the same queries in one run, in turns: our index, and the plain
linear scan that it replaced, a copy of which stands below. Both fold letters alike and have their
index built before; a second table says how long that takes and what ours keeps in memory. Nearly
every holder and every title has a word of its own, so that there are more words than posts.

What counts is that an answer comes as one types: 15 ms at 100,000 posts, whatever is typed.

    python3 dev.py bench bench_search
"""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

from orgmodel import Organisation, SearchIndex
from orgmodel.analysis.questions.spelling import folded
from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import Holding, Person, Position, Unit
from orgmodel.model.names import Text
from orgmodel.model.organisation import Record
from tests.benchmarks._fresh import heading, row

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 9
ROUNDS_OF_THE_SCAN = 3
ROUNDS_OF_BUILDING = 3
TOO_MANY_FOR_THE_SCAN = 100  # words, since a thousand take it minutes
POSTS_OF_A_UNIT = 20
FIRST = ("Åse", "Asger", "Søren", "Mette", "Jørgen", "Anne-Marie", "Hans", "Zoë", "Bo", "Aage")
LAST = ("Sønderby", "Hansen", "Ågård", "Aagaard", "Bruun", "Østergaard", "Kjær", "Sørensen")
TITLES = ("Søndagsvagt", "Vagt", "Sygeplejerske", "Afdelingsleder", "Sagsbehandler", "Pædagog")
UNITS = ("Center for Ældre", "Hjemmepleje", "Børn og Unge", "Afdeling for Økonomi", "Aalborg Øst")
SYLLABLES = ("ka", "lø", "mi", "sta", "bæk", "by", "rup", "sen", "holm", "dal", "går", "vig")
QUERIES = {
    "one letter": "s",
    "the commonest letter": "a",
    "a digit": "1",
    "two letters": "sø",
    "a title": "sondag",
    "a whole name": "Åse Ågård",
    "two words": "ældre vagt",
    "two letters apart": "a s",
    "eight words": "a s c f æ v h b",
    "a number": "hold 4711",
    "a miss": "xylofon",
    "200 letters": "ab" * 100,
    "punctuation": "</script>" + "?!.,;" * 40,
    "1,000 words": " ".join(f"{n}" for n in range(1_000)),
}


def made_up(size: int) -> Organisation:
    """Return an organisation with so many posts, each of them held, and numbers in its names."""
    draw = random.Random(size)  # noqa: S311 - the same names in every run
    units = tuple(
        Unit(id=f"u{n}", name=Text(f"{draw.choice(UNITS)} {n}", f"Unit {n}"), kind_id="k")
        for n in range(max(1, size // POSTS_OF_A_UNIT))
    )
    people = tuple(Person(id=f"h{n}", name=person_name(draw, n)) for n in range(size))
    positions = tuple(
        Position(
            id=f"p{n}",
            title=Text(f"{draw.choice(TITLES)}, hold {draw.randrange(size)}", f"Post {n}"),
            unit_id=units[n // POSTS_OF_A_UNIT % len(units)].id,
            holdings=(Holding(person_id=f"h{n}"),),
        )
        for n in range(size)
    )
    return Organisation(
        Record(
            id="made-up",
            name=Text("Made up"),
            as_of=PartialDate(2026),
            units=units,
            positions=positions,
            people=people,
        )
    )


def person_name(draw: random.Random, number: int) -> str:
    """Return a name: a common one, one that hardly anyone else has, and a number."""
    rare = "".join(draw.choices(SYLLABLES, k=4)).capitalize()
    return f"{draw.choice(FIRST)} {rare} {draw.choice(LAST)} {number}"


class Scan:
    """The search that looked at every name of every post."""

    def __init__(self, organisation: Organisation) -> None:
        self._entries: list[tuple[str, tuple[tuple[int, str], ...]]] = []
        for position_id, position in organisation.positions.items():
            unit = organisation.units[position.unit_id]
            names = [
                *((0, person.name) for person in organisation.holders(position_id)),
                *((1, text) for text in position.title.all()),
                *((2, text) for text in unit.name.all()),
            ]
            self._entries.append(
                (position_id, tuple((rank, f" {folded(text)}") for rank, text in names))
            )

    def find(self, query: str) -> list[tuple[int, str]]:
        """Return the posts that fit, the best first."""
        words = [f" {word}" for word in folded(query).split()]
        if not words:
            return []
        hits = []
        for position_id, names in self._entries:
            found = [
                min((rank for rank, text in names if word in text), default=None) for word in words
            ]
            best = [rank for rank in found if rank is not None]
            if len(best) == len(words):
                hits.append((min(best), position_id))
        return sorted(hits, key=lambda hit: hit[0])[:20]


def milliseconds(act: Callable[[], Any]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def memory(organisation: Organisation) -> float:
    """Return the megabytes that the index of an organisation keeps."""
    tracemalloc.start()
    index = SearchIndex(organisation)
    kept, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return kept / 1e6


def measure(index: SearchIndex, scan: Scan, query: str) -> tuple[list[float], list[float]]:
    """Return the milliseconds that a query takes, in order: ours and the scan's."""
    ours, theirs = [], []
    for number in range(ROUNDS):
        ours.append(milliseconds(lambda: index.find(query)))
        if number < ROUNDS_OF_THE_SCAN and len(query.split()) < TOO_MANY_FOR_THE_SCAN:
            theirs.append(milliseconds(lambda: scan.find(query)))
    return sorted(ours), sorted(theirs)


def print_queries(size: int, organisation: Organisation) -> None:
    """Measure every query and print a row for each."""
    index, scan = SearchIndex(organisation), Scan(organisation)
    for name, query in QUERIES.items():
        ours, theirs = measure(index, scan, query)
        median = statistics.median(ours)
        scanned = statistics.median(theirs) if theirs else None
        compared = (f"{scanned:.1f}", f"{scanned / median:,.0f}") if scanned else ("–", "–")
        total = index.find(query).total
        cells = (f"{total:,}", f"{median:.2f}", f"{ours[-1]:.2f}", *compared)
        print(row(name, f"{size:,}", *cells))


def building(organisation: Organisation) -> tuple[str, str, str]:
    """Return how long it takes to build both indexes, in turns, and how much ours keeps."""
    ours, theirs = [], []
    for _n in range(ROUNDS_OF_BUILDING):
        ours.append(milliseconds(lambda: SearchIndex(organisation)) / 1000)
        theirs.append(milliseconds(lambda: Scan(organisation)) / 1000)
    return f"{min(ours):.2f}", f"{min(theirs):.2f}", f"{memory(organisation):.1f}"


def main() -> None:
    """Measure in turns and print the tables."""
    print(f"milliseconds, median of {ROUNDS} (the scan's of {ROUNDS_OF_THE_SCAN})\n")
    print(heading("query", "posts", "fit", "ours", "ours, worst", "scan", "times as fast"))
    built = {}
    for size in SIZES:
        organisation = made_up(size)
        print_queries(size, organisation)
        built[size] = building(organisation)
    print(f"\nseconds, least of {ROUNDS_OF_BUILDING}\n")
    print(heading("posts", "ours built", "scan built", "ours keeps, MB"))
    for size, cells in built.items():
        print(row(f"{size:,}", *cells))


if __name__ == "__main__":
    main()
