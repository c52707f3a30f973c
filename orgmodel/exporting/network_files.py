"""The files of a network of ties: a picture, a graph, or a table of the ties.

They hold what the picture shows and every tie between its nodes. They are no formats of `formats.py`,
whose files hold a chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from orgmodel.analysis.tables import Table, text_column
from orgmodel.drawing.captions import POINTS
from orgmodel.drawing.tie_cards import REST
from orgmodel.drawing.tie_picture import network_svg, picture_size
from orgmodel.drawing.tie_words import tie_words
from orgmodel.exporting.contents import known, plain
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.pictures import About, png_of
from orgmodel.model.wording import BASIS_WORDS
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgmodel.analysis.questions.ties import Tie, Ties
    from orgmodel.drawing.tie_picture import TiePicture
    from orgmodel.texts import Language

_DOTS_PER_INCH = 192.0


@dataclass(frozen=True, slots=True)
class NetworkExhibit:
    """A network to be exported, with its title and its language."""

    ties: Ties
    picture: TiePicture
    title: str
    language: Language


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A format; its id is its file extension.

    Attributes
    ----------
    is_slow
        Whether it takes longer than a page.
    """

    id: str
    mimetype: str
    name: str
    about: str
    make: Callable[[NetworkExhibit], bytes]
    is_slow: bool = False


def tie_graph(exhibit: NetworkExhibit) -> nx.MultiDiGraph[str]:
    """Return a new NetworkX graph of a network's nodes and every tie between them.

    Returns
    -------
    graph
        Nodes with their `label` (all that the card says), `kind` (post, unit, group) and `steps`
        from the centre; edges with the key e1, e2 and so on, their `kind`, `words`, `basis` and
        `about`. Unknown values are absent.
    """
    organisation = exhibit.ties.organisation
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        organisation=organisation.id, title=plain(exhibit.title), day=str(organisation.day)
    )
    for card in exhibit.picture.cards.cards:
        if card.kind != REST:
            graph.add_node(card.id, label=plain(card.full), kind=card.kind, steps=card.steps)
    for number, tie in enumerate(exhibit.picture.network.ties, start=1):
        values = {"kind": tie.kind.value, **_texts(tie, exhibit.language)}
        graph.add_edge(tie.from_id, tie.to_id, key=f"e{number}", **known(values))
    return graph


def _texts(tie: Tie, language: Language) -> dict[str, str | None]:
    return {
        "words": tie_words(tie).text(language),
        "basis": message(BASIS_WORDS[tie.basis]).text(language),
        "about": plain(tie.about.text(language)) if tie.about else None,
    }


def _svg(exhibit: NetworkExhibit) -> str:
    return plain(network_svg(exhibit.picture, label=exhibit.title, ground=True))


def _picture(exhibit: NetworkExhibit) -> bytes:
    return _svg(exhibit).encode()


def _png(exhibit: NetworkExhibit) -> bytes:
    width, height = picture_size(exhibit.picture)
    organisation = exhibit.ties.organisation
    about = About(exhibit.title, exhibit.title, exhibit.language, organisation.day)

    def page() -> tuple[str, float, float]:
        return _svg(exhibit), width * POINTS, height * POINTS

    return png_of(page, about, _DOTS_PER_INCH)


def _graphml(exhibit: NetworkExhibit) -> bytes:
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(tie_graph(exhibit))
    out = BytesIO()
    writer.dump(out)
    return out.getvalue()


def _csv(exhibit: NetworkExhibit) -> bytes:
    return csv_text(ties_table(exhibit), exhibit.language).encode()


def ties_table(exhibit: NetworkExhibit) -> Table:
    """Return the ties of a network as a table, one row each."""
    names = {card.id: plain(card.full) for card in exhibit.picture.cards.cards}
    kinds = {card.id: card.kind for card in exhibit.picture.cards.cards}
    rows = []
    for tie in exhibit.picture.network.ties:
        texts = _texts(tie, exhibit.language)
        rows.append(
            (
                names[tie.from_id],
                texts["words"],
                names[tie.to_id],
                texts["about"],
                texts["basis"],
                kinds[tie.from_id],
                tie.from_id,
                kinds[tie.to_id],
                tie.to_id,
            )
        )
    return Table("network", Joined((exhibit.title,)), Joined(()), _COLUMNS, tuple(rows))


_COLUMNS = (
    text_column("from", N_("From"), N_("Where the link begins.")),
    text_column("tie", N_("Link"), N_("How the first is linked to the second.")),
    text_column("to", N_("To"), N_("Where the link ends.")),
    text_column("about", N_("About"), N_("What a cross-cutting line is about.")),
    text_column("basis", N_("Basis"), N_("Whether the link is stated in the source or derived.")),
    text_column("from_kind", N_("Kind of the first"), N_("post, unit or group")),
    text_column("from_id", N_("Id of the first"), N_("Its id in the data.")),
    text_column("to_kind", N_("Kind of the second"), N_("post, unit or group")),
    text_column("to_id", N_("Id of the second"), N_("Its id in the data.")),
)
NETWORK_FORMATS: Mapping[str, NetworkFormat] = {
    one.id: one
    for one in (
        NetworkFormat(
            "svg", "image/svg+xml", N_("Picture (SVG)"), N_("Sharp at any size."), _picture
        ),
        NetworkFormat(
            "png", "image/png", N_("Picture (PNG)"), N_("For slides."), _png, is_slow=True
        ),
        NetworkFormat(
            "graphml", "application/graphml+xml", "GraphML", N_("For Gephi and yEd."), _graphml
        ),
        NetworkFormat("csv", "text/csv; charset=utf-8", "CSV", N_("The links as a table."), _csv),
    )
}
