"""A chart as a NetworkX graph, from which the pyvis network and the graph files are made."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import networkx as nx

from orgmodel.model.provenance import Basis

if TYPE_CHECKING:
    from orgmodel.drawing.chart import Chart

LINE = "line"


def chart_graph(chart: Chart) -> nx.MultiDiGraph[str]:
    """Return a new NetworkX graph of the shown posts or units and the lines between them.

    Returns
    -------
    graph
        A node for each card in reading order, with its `label`, `status`, `level` and `figures`,
        its centre (`x`, `y`) in pixels, its state on the chart, and the `card` itself. `more` is
        the number of entries that a card for the rest of a wide family represents, otherwise 0.

        Edges run from the upper card to the lower one with the `kind` "line", and from one end of a
        relation to the other with the relation's kind. Edge keys are numbers in drawing order.
        Each edge has its `basis` and its corners as `points`, empty for a relation that is not
        drawn. Lines have the words about their `origin` and their `doubt`; `about` is the subject of
        a relation.
    """
    organisation = chart.organisation
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        organisation=organisation.id, day=str(organisation.day)
    )
    for one in chart.cards:
        place = chart.layout.places[one.card.id]
        graph.add_node(
            one.card.id,
            label=one.card.full_title,
            status=one.card.status,
            level=one.card.level,
            figures=one.card.figures_in_words,
            x=place.x,
            y=place.middle,
            parent=one.shown.parent_id,
            layer=one.shown.layer,
            reports=one.shown.below,
            open=one.shown.is_open,
            more=one.shown.more,
            dimmed=one.is_dimmed,
            look=one.value,
            card=one,
        )
    numbers = itertools.count()
    cards = {one.card.id: one for one in chart.cards}
    for line in chart.connectors:
        is_inferred = line.child_id in chart.inferred
        graph.add_edge(
            line.parent_id,
            line.child_id,
            key=next(numbers),
            kind=LINE,
            basis=Basis.INFERRED if is_inferred else Basis.EXPLICIT,
            points=line.points,
            origin=cards[line.child_id].line_origin,
            doubt=cards[line.child_id].line_doubt,
        )
    for cross in chart.relations:
        graph.add_edge(
            cross.from_id,
            cross.to_id,
            key=next(numbers),
            kind=cross.relation.kind.value,
            basis=cross.relation.basis,
            points=cross.points,
            about=cross.relation.about,
        )
    return graph
