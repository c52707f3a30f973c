"""The chart as a pyvis network: its nodes, edges and options, for vis-network in the browser.

Pyvis builds and checks the network; the page around it is ours. Coordinates come from our layout,
so that vis-network neither moves nor measures anything; it pans, zooms and reports clicks. Nodes
and edges carry an allow-list of plain values and no HTML.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.chart import Chart


@contextmanager
def _without_ipython() -> Iterator[None]:
    """Let pyvis be imported where IPython is not installed, or is not wanted.

    pyvis needs it to show a network in a notebook, which is not done here. In a notebook it is there.
    """
    name = "IPython.display"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name])["IFrame"] = None
    try:
        yield
    finally:
        del sys.modules[name]


with _without_ipython():
    import pyvis
    from pyvis.network import Network

__all__ = ["OPTIONS", "VIS_NETWORK", "Network", "chart_network", "network_data"]

VIS_NETWORK = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "fixed": True},
    "edges": {"smooth": False, "hidden": True},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "zoomSpeed": 0.6,
    },
}


def chart_network(chart: Chart) -> Network:
    """Return a chart as a pyvis network, one node a card and one edge a line."""
    network = Network(directed=True, notebook=False)
    network.options = OPTIONS
    for one in chart.cards:
        place = chart.layout.places[one.card.id]
        network.add_node(
            one.card.id,
            label=one.card.full_title,
            shape="custom",
            # vis-network takes a node for a square around its middle; half the diagonal covers it.
            size=place.width / 2,
            x=place.x,
            y=place.middle,
            parent=one.shown.parent_id,
            layer=one.shown.layer,
            reports=one.shown.below,
            open=one.shown.is_open,
            more=one.shown.more,
            dimmed=one.is_dimmed,
            look=one.value,
            card=one.as_dict(),
        )
    for connector in chart.connectors:
        network.add_edge(
            connector.parent_id,
            connector.child_id,
            kind="line",
            style="dashed" if connector.child_id in chart.inferred else "solid",
            points=connector.points,
        )
    for number, cross in enumerate(chart.cross_lines):
        network.add_edge(
            cross.from_id,
            cross.to_id,
            id=f"relation-{number}",
            kind=cross.relation.kind.value,
            style="dotted",
            points=cross.points,
        )
    return network


def network_data(chart: Chart) -> dict[str, object]:
    """Return what the browser draws: nodes and edges as pyvis gives them, options, and the size."""
    nodes, edges, _heading, _height, _width, options = chart_network(chart).get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options) if isinstance(options, str) else options,
        "looks": {value: look.as_dict() for value, look in chart.looks.items()},
        "width": chart.layout.width,
        "height": chart.layout.height,
        "hidden": chart.hidden,
    }
