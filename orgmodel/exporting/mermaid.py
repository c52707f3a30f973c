"""A chart as Mermaid text, which wikis, code hosts and many editors render.

Mermaid accepts at most 500 edges and 50,000 characters unless the page that renders it sets higher
limits; a diagram cannot set them. A larger diagram starts with a comment on the required limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgmodel.drawing.looks import PENS
from orgmodel.exporting.contents import footer, one_line, plain
from orgmodel.exporting.graphs import edges_of, file_graph, is_inferred, is_relation
from orgmodel.model.entities import Level
from orgmodel.model.statuses import STATUS_FACTS, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import Look
    from orgmodel.exporting.graphs import Edge

# Mermaid's default limits.
MOST_EDGES, MOST_CHARACTERS = 500, 50_000
_IN_A_ROW = 40
# Mermaid ignores an empty label.
_NO_WORDS = "…"
_HEAD = (
    "---",
    "config:",
    "  flowchart:",
    "    curve: linear",
    "    wrappingWidth: 320",
    "---",
)
# Sequences that Mermaid interprets after decoding: line ends, formulas, icons and its own escape
# marks. A zero-width character is inserted between their characters.
_APART = re.compile(r"(?<=\\)(?=n)|(?<=\$)(?=\$)|(?<=:)(?=fa-)|(?<=ﬂ)(?=°)|(?<=¶)(?=ß)")
_NO_WIDTH = "\u2060"
_STATUS_STYLES: Mapping[str, str] = {
    status: ("" if facts.exists else f"fill:{PENS['paper']},")
    + f"stroke:{PENS[facts.outline]},stroke-width:2.2px,stroke-dasharray:6 4"
    for status, facts in STATUS_FACTS.items()
    if facts.outline
}


def mermaid(exhibit: Exhibit) -> str:
    """Return a chart as a Mermaid flowchart.

    Title, date and sources are on a card without a frame. Cards are named by number, and their
    texts are quoted with an escape for every character with a special meaning, so that no text is
    read as Mermaid, Markdown or HTML. Inferred lines are dashed, relations beside the line dotted.
    Classes encode the colour, the status and the leadership level.
    """
    graph = file_graph(exhibit)
    lines = list(_lines(graph, exhibit.chart))
    text = "\n".join((*_HEAD, *lines, ""))
    notes = list(_limits(graph.number_of_edges(), len(text.encode("utf-16-le")) // 2))
    return "\n".join((*_HEAD, *notes, *lines, "")) if notes else text


def escaped(text: str) -> str:
    """Return a text on one line, escaped for use within quotation marks.

    Letters, digits, spaces and commas are kept, and other characters where they have no meaning;
    everything else is escaped. Pairs that Mermaid interprets even then are separated by a
    zero-width character.
    """
    line = _APART.sub(_NO_WIDTH, one_line(plain(text)))
    # A number at the start followed by . or ) would be a Markdown list.
    number = re.match("[0-9]+", line)
    listed = number.end() if number else -1
    around = zip(line, f" {line}", [*line[1:], ""], strict=False)
    return "".join(
        here if n != listed and _is_harmless(here, before, after) else f"#{ord(here)};"
        for n, (here, before, after) in enumerate(around)
    )


def _is_harmless(here: str, before: str, after: str) -> bool:
    """Tell whether a character between two others has no meaning in Mermaid or Markdown."""
    if here.isalnum() or not here.isascii() or here in " ,(":
        return True
    if here == ".":
        # Not in www.example.org, which Markdown turns into a link.
        return before.isalnum() and (not after.isalnum() or (before + after).isdigit())
    if here == ":":
        # Not before an escape, which would be read as a style's colour.
        return before.isalnum() and after == " "
    return here in ")-/" and before.isalnum()


def _limits(edges: int, characters: int) -> Iterator[str]:
    if edges <= MOST_EDGES and characters <= MOST_CHARACTERS:
        return
    room = max(MOST_CHARACTERS, characters + 1000)
    yield (
        f"%% Larger than Mermaid draws by default ({MOST_EDGES} lines, {MOST_CHARACTERS} characters)."
        " The page that draws it must set:"
    )
    yield f"%% mermaid.initialize({{maxEdges: {max(MOST_EDGES, edges)}, maxTextSize: {room}}})"


def _lines(graph: nx.MultiDiGraph[str], chart: Chart) -> Iterator[str]:
    title, notes = graph.graph["title"], footer(graph.graph)
    names = {entry_id: f"n{n}" for n, entry_id in enumerate(graph, start=1)}
    edges = edges_of(graph)
    caption = "<br/>".join(map(escaped, (title, *notes)))
    yield "flowchart TD"
    yield f"accTitle: {escaped(title)}"
    yield f"accDescr: {escaped(' '.join(notes))}"
    # A separate card: titles cannot contain &, and a subgraph would change the layout.
    yield f'caption["{caption}"]'
    looks: dict[Look, list[str]] = {}
    for one in chart.cards:
        if name := names.get(one.card.id):
            looks.setdefault(chart.looks[one.value], []).append(name)
            yield f'{name}["{_label(one.card)}"]'
    for start, end, _key, edge in edges:
        yield _edge(names[start], names[end], edge)
    yield "classDef plain fill:none,stroke:none"
    yield "class caption plain"
    for n, (look, members) in enumerate(looks.items(), start=1):
        yield f"classDef look{n} fill:{look.tint},stroke:{look.band},color:{look.ink}"
        yield from _members(f"look{n}", members)
    yield from _classes(graph, names)
    yield from _edge_styles(edges)


def _label(card: CardText) -> str:
    words = (card.full_title, card.holder_words(), card.full_unit, " · ".join(card.figures))
    return "<br/>".join(filter(None, map(escaped, words))) or _NO_WORDS


def _edge(start: str, end: str, edge: Mapping[str, str]) -> str:
    if is_relation(edge):
        return f'{start} -.->|"{escaped(edge["words"])}"| {end}'
    return f"{start} {'-.-' if is_inferred(edge) else '---'} {end}"


def _classes(graph: nx.MultiDiGraph[str], names: Mapping[str, str]) -> Iterator[str]:
    """Yield the classes for statuses and levels, with their cards."""
    for kind, codes in (("status", tuple(Status)), ("level", tuple(Level))):
        for code in codes:
            alike = [names[one] for one, node in graph.nodes.items() if node.get(kind) == code]
            name = f"{kind}_{code.replace('-', '_')}"
            if alike and code in _STATUS_STYLES:
                yield f"classDef {name} {_STATUS_STYLES[code]}"
            yield from _members(name, alike)


def _members(name: str, members: Iterable[str]) -> Iterator[str]:
    for row in _rows(members):
        yield f"class {','.join(row)} {name}"


def _edge_styles(edges: Sequence[Edge]) -> Iterator[str]:
    line, cross = PENS["line"], PENS["cross"]
    inferred = f"stroke:{line},stroke-width:1.6px,stroke-dasharray:6 4"
    stated = f"stroke:{line},stroke-width:1.6px"
    relation = f"stroke:{cross},stroke-width:2.2px,stroke-dasharray:2 4"
    numbers: dict[str, list[str]] = {inferred: [], stated: [], relation: []}
    for n, (_start, _end, _key, edge) in enumerate(edges):
        style = relation if is_relation(edge) else inferred if is_inferred(edge) else stated
        numbers[style].append(str(n))
    for style, alike in numbers.items():
        for row in _rows(alike):
            yield f"linkStyle {','.join(row)} {style}"


def _rows(words: Iterable[str]) -> Iterator[list[str]]:
    found = list(words)
    for start in range(0, len(found), _IN_A_ROW):
        yield found[start : start + _IN_A_ROW]
