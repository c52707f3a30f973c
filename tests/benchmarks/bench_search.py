"""Time for one search among 1,000 to 100,000 posts, against SQLite and looking at every post.

The same made-up organisations and the same queries in one run, in turns: our index; FTS5 of SQLite
with its trigram tokenizer over the same folded texts, in memory, with the number of hits and the
first twenty by its own order; and a plain scan of all names. Ours alone finds beginnings of one and
two letters, prefers whole words and holders, and forgives wrong letters; its times have all of it,
and the twenty best of every kind. A second table says how long it takes to build each index and what
it keeps in memory. Nearly every holder and every title has a word of its own, so that there are more
words than posts.

What counts is that an answer comes as one types: 20 ms at 100,000 posts, whatever is typed.

    python3 dev.py bench bench_search
"""

from __future__ import annotations

import random
import sqlite3
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
    from collections.abc import Callable, Iterator

SIZES = (1_000, 10_000, 50_000, 100_000)
LETTERS_OF_A_TRIGRAM = 3
ROUNDS = 9
ROUNDS_OF_THE_SCAN = 3
ROUNDS_OF_BUILDING = 3
TOO_MANY_FOR_THE_SCAN = 100  # words, since a thousand take it minutes
POSTS_OF_A_UNIT = 20
FIRST = ("Åse", "Asger", "Søren", "Mette", "Jørgen", "Anne-Marie", "Hans", "Zoë", "Bo", "Aage")
LAST = ("Sønderby", "Hansen", "Ågård", "Aagaard", "Bruun", "Østergaard", "Kjær", "Sørensen")
TITLES = ("Søndagsvagt", "Vagt", "Sygeplejerske", "Afdelingsleder", "Sagsbehandler", "Pædagog")
UNITS = ("Center for Ældre", "Hjemmepleje", "Børn og Unge", "Afdeling for Økonomi", "Aalborg Øst")
SYLLABLES = (
    "ka", "lø", "mi", "sta", "bæk", "by", "rup", "sen", "holm", "dal",
    "går", "vig", "ner", "to", "fi", "gu", "ske", "blad", "kvi", "mo",
)  # fmt: skip
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
    "inside a word": "bækby",
    "a wrong letter": "sygeplejreske",
    "two wrong letters": "afdelngsledr",
    "wrong letters in two words": "afdelngsledr ågårt",
    "eight long words": (
        "sygeplejerske afdelingsleder søndagsvagt pædagog hjemmepleje østergaard sønderby center"
    ),
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


class Trigrams:
    """Full-text search by SQLite, which finds three letters and more anywhere in a text."""

    def __init__(self, organisation: Organisation) -> None:
        self._posts = sqlite3.connect(":memory:")
        self._posts.execute(
            "CREATE VIRTUAL TABLE posts USING fts5(holder, title, unit, tokenize='trigram')"
        )
        self._posts.executemany("INSERT INTO posts VALUES (?, ?, ?)", _texts(organisation))

    def find(self, query: str) -> list[tuple[int]]:
        """Return the first posts that fit; their number is counted too."""
        words = [word for word in folded(query).split() if len(word) >= LETTERS_OF_A_TRIGRAM]
        if not words:
            return []
        wanted = (" ".join(f'"{word}"' for word in words),)
        self._posts.execute("SELECT count(*) FROM posts WHERE posts MATCH ?", wanted).fetchone()
        found = "SELECT rowid FROM posts WHERE posts MATCH ? LIMIT 20"
        return self._posts.execute(found, wanted).fetchall()

    def size(self) -> float:
        """Return the megabytes of the database."""
        pages = [
            self._posts.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size")
        ]
        return float(pages[0] * pages[1] / 1e6)


def _texts(organisation: Organisation) -> Iterator[tuple[str, str, str]]:
    for position_id, position in organisation.positions.items():
        holders = " ".join(person.name for person in organisation.holders(position_id))
        unit = " ".join(organisation.units[position.unit_id].name.all())
        yield folded(holders), folded(" ".join(position.title.all())), folded(unit)


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


def ours(index: SearchIndex, query: str) -> None:
    """Search as a page does: by kinds, and for what is near where nothing fits."""
    if not index.search(query).groups(20):
        index.near(query).groups(5)


def measure(
    index: SearchIndex, trigrams: Trigrams, scan: Scan, query: str
) -> tuple[list[float], list[float], list[float]]:
    """Return the milliseconds that a query takes, in order: ours, SQLite's and the scan's."""
    times: tuple[list[float], list[float], list[float]] = [], [], []
    for number in range(ROUNDS):
        times[0].append(milliseconds(lambda: ours(index, query)))
        times[1].append(milliseconds(lambda: trigrams.find(query)))
        if number < ROUNDS_OF_THE_SCAN and len(query.split()) < TOO_MANY_FOR_THE_SCAN:
            times[2].append(milliseconds(lambda: scan.find(query)))
    return sorted(times[0]), sorted(times[1]), sorted(times[2])


def print_queries(size: int, organisation: Organisation) -> None:
    """Measure every query and print a row for each."""
    index, trigrams, scan = SearchIndex(organisation), Trigrams(organisation), Scan(organisation)
    for name, query in QUERIES.items():
        own, theirs, scanned = measure(index, trigrams, scan, query)
        total = sum(group.total for group in index.search(query).groups(1))
        times = (f"{statistics.median(own):.2f}", f"{own[-1]:.2f}")
        is_short = all(len(word) < LETTERS_OF_A_TRIGRAM for word in folded(query).split())
        trigram = "–" if is_short else f"{statistics.median(theirs):.2f}"
        cells = (*times, trigram, f"{statistics.median(scanned):.1f}" if scanned else "–")
        print(row(name, f"{size:,}", f"{total:,}", *cells))


def building(organisation: Organisation) -> tuple[str, ...]:
    """Return how long it takes to build each index, in turns, and how much each keeps."""
    times: tuple[list[float], list[float]] = [], []
    for _n in range(ROUNDS_OF_BUILDING):
        times[0].append(milliseconds(lambda: SearchIndex(organisation)) / 1000)
        times[1].append(milliseconds(lambda: Trigrams(organisation)) / 1000)
    kept = (memory(organisation), Trigrams(organisation).size())
    return (*(f"{min(one):.2f}" for one in times), *(f"{one:.1f}" for one in kept))


def main() -> None:
    """Measure in turns and print the tables."""
    print(f"milliseconds, median of {ROUNDS} (the scan's of {ROUNDS_OF_THE_SCAN})\n")
    print(heading("query", "posts", "fit", "ours", "ours, worst", "FTS5", "scan"))
    built = {}
    for size in SIZES:
        organisation = made_up(size)
        print_queries(size, organisation)
        built[size] = building(organisation)
    print(f"\nseconds, least of {ROUNDS_OF_BUILDING}\n")
    print(heading("posts", "ours built", "FTS5 built", "ours keeps, MB", "FTS5 keeps, MB"))
    for size, cells in built.items():
        print(row(f"{size:,}", *cells))


if __name__ == "__main__":
    main()
