"""Plots as pages show them: drawn when it is their turn, and kept."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from orgmodel.drawing.plots import plot_png, plot_svg
from webui.limits import PLOTS_KEPT
from webui.server.jobs import PLOTS

if TYPE_CHECKING:
    from orgmodel.drawing.plots import Spec


def drawn_svg(spec: Spec) -> str:
    """Return a plot as SVG; one that was drawn lately waits for nobody.

    Raises
    ------
    BusyError
        If too many plots wait to be drawn.
    EngineError
        If what draws plots fails.
    """
    return _svg(json.dumps(spec))


def drawn_png(spec: Spec) -> bytes:
    """Return a plot as PNG; see `drawn_svg`."""
    return PLOTS.do(lambda: plot_png(spec))


@lru_cache(maxsize=PLOTS_KEPT)
def _svg(spec: str) -> str:
    return PLOTS.do(lambda: plot_svg(json.loads(spec)))
