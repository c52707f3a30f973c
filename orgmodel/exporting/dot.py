"""A chart in the Graphviz language (DOT): texts and colours of cards, and data as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.looks import PENS
from orgmodel.exporting.contents import footer, one_line, plain
from orgmodel.exporting.graphs import edges_of, file_graph, is_inferred, is_relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.drawing.cards import CardText
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.looks import Look
    from orgmodel.model.statuses import Status

# The prefix of our attributes, which avoids collisions with those of Graphviz.
PREFIX = "org_"
_FONT = "Inter,Carlito,Calibri,Arial,sans-serif"


def dot(exhibit: Exhibit) -> str:
    r"""Return a chart as a digraph.

    Node names are the ids of the data. Labels have the lines of the cards, tooltips the full
    texts. Inferred lines are dashed; relations beside the line are dotted and do not affect the
    layout. Other data are in attributes that start with `org_`. Backslashes are doubled
    everywhere, as Graphviz requires in labels.
    """
    return "\n".join((*_lines(exhibit), ""))


def _lines(exhibit: Exhibit) -> Iterator[str]:
    graph = file_graph(exhibit)
    yield "digraph chart {"
    caption = _shown((graph.graph["title"], *footer(graph.graph)), r"\n")
    drawing = {
        "rankdir": _quoted("TB"),
        "ordering": _quoted("out"),
        "charset": _quoted("UTF-8"),
        "fontname": _quoted(_FONT),
        "labelloc": _quoted("t"),
        "label": caption,
        "tooltip": caption,
    }
    yield f"graph [{_pairs(drawing)}];"
    yield f"graph [{_pairs(_data(graph.graph))}];"
    node = {"shape": "box", "style": "filled,rounded", "fontname": _FONT, "fontsize": "12"}
    yield f"node [{_pairs(_all_quoted(node))}];"
    edge = {"color": PENS["line"], "dir": "none", "fontname": _FONT, "fontsize": "10"}
    yield f"edge [{_pairs(_all_quoted(edge))}];"
    for one in exhibit.chart.cards:
        if one.card.id in graph:
            drawing = _card(one.card, exhibit.chart.looks[one.value])
            values = {**drawing, **_data(graph.nodes[one.card.id])}
            yield f"{_quoted(one.card.id)} [{_pairs(values)}];"
    for start, end, _key, values in edges_of(graph):
        yield f"{_quoted(start)} -> {_quoted(end)} [{_pairs({**_edge(values), **_data(values)})}];"
    yield "}"


def _card(card: CardText, look: Look) -> dict[str, str]:
    return {
        "label": _shown(_card_lines(card), r"\n"),
        "tooltip": _shown(_whole_words(card), r"\n"),
        **_all_quoted(_colours(card.status, look)),
    }


def _card_lines(card: CardText) -> Iterator[str]:
    """Yield the lines of a card as on the screen."""
    yield from card.title
    if card.is_compact:
        yield from card.unit
        return
    name = (card.name, card.chip)
    if card.chip_stands_alone:
        yield from name
    else:
        parts = reversed(name) if card.status.facts.leads_card else name
        yield ", ".join(filter(None, parts))
    yield from card.unit
    yield " · ".join(card.figures)


def _whole_words(card: CardText) -> tuple[str, ...]:
    return (card.full_title, card.holder_words(), card.full_unit, card.figures_in_words)


def _colours(status: Status, look: Look) -> dict[str, str]:
    """Return a card's colours and outline, the same as in other pictures."""
    facts = status.facts
    colours = {
        "fillcolor": look.tint if facts.exists else PENS["paper"],
        "color": PENS[facts.outline] if facts.outline else look.band,
        "fontcolor": look.ink,
    }
    if facts.outline:
        colours |= {"style": "filled,rounded,dashed", "penwidth": "2.2"}
    return colours


def _edge(values: Mapping[str, str]) -> dict[str, str]:
    if is_relation(values):
        style = {"style": "dotted", "color": PENS["cross"], "penwidth": "2.2", "dir": "forward"}
        words = (values["words"], values.get("about", ""))
        return {
            **_all_quoted({**style, "constraint": "false"}),
            "label": _shown(words[:1], ""),
            "tooltip": _shown(words, r"\n"),
            "labeltooltip": _shown(words, r"\n"),
        }
    return {"style": _quoted("dashed")} if is_inferred(values) else {}


def _data(values: Mapping[str, object]) -> dict[str, str]:
    return {f"{PREFIX}{name}": _quoted(value) for name, value in values.items()}


def _pairs(written: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in written.items())


def _all_quoted(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _quoted(value) for name, value in values.items()}


def _quoted(value: object) -> str:
    """Return a value in quotation marks, escaped."""
    text = str(value).lower() if isinstance(value, bool) else plain(str(value))
    return f'"{_escaped(text)}"'


def _shown(lines: Iterable[str], end: str) -> str:
    r"""Return lines of a label in quotation marks, separated by `end`.

    In labels Graphviz replaces `\N` by the node's name and `&amp;` by an ampersand.
    """
    written = (_escaped(one_line(plain(line))).replace("&", "&amp;") for line in lines)
    return f'"{end.join(filter(None, written))}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
