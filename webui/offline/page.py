"""A chart as one HTML file: with search, folding and a list, and not one request.

A security policy in the file holds the browser to that: nothing may be fetched, and no script or
style runs but those that are in the file, each named by its hash. All data are JSON in an element
that is no script to browsers, and get into the page as text.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from orgmodel.drawing.choices import COLORING_WORDS
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.network import OPTIONS
from orgmodel.drawing.styles import styles_as_dict
from orgmodel.drawing.svg import svg
from orgmodel.model.statuses import Status
from webui.asking.viewer import Viewer
from webui.offline.inlining import icon, policy, script_data, scripts, style
from webui.offline.packing import Packed
from webui.offline.part import Part
from webui.offline.saying import Sayings
from webui.offline.states import KeptCards, states
from webui.parts.building import status_legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from webui.offline.states import State

_WEBUI = Path(__file__).parents[1]
# A still picture of more cards can be read neither on a screen nor on paper, and takes megabytes.
MOST_CARDS_IN_PICTURE = 300
_FIRST_BRANCH = 2


def offline_page(exhibit: Exhibit) -> str:
    """Return an exhibit as one HTML file that works without a server and asks nobody for anything.

    The chart stands as on the screen; every branch of the part of the organisation that is in the
    file can be opened, one at a time. Without script the file holds the same entries as a list, and
    a still picture.
    """
    exhibit = replace(exhibit, cards=KeptCards(exhibit.cards))
    part = Part(exhibit)
    found = states(exhibit, part)
    viewer = Viewer(exhibit.language)
    sayings = Sayings(exhibit, part, viewer)
    packed = Packed(exhibit, part, sayings.elsewhere)
    packed.add(found, sayings.notes(), sayings.hidden_words)
    legend = _legend(exhibit, found)
    selected = exhibit.selected if exhibit.selected in part else None
    data = {
        **packed.as_dict(),
        "language": exhibit.language,
        "selected": selected,
        "texts": sayings.texts(),
        "options": OPTIONS,
        "styles": styles_as_dict(),
        "looks": {
            value: look.as_dict() for one in found for value, look in one.chart.looks.items()
        },
        "legend": legend,
        # The statuses that cards say before the name.
        "leading": [one.value for one in Status if one.facts.leads_card],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    page = {
        "language": exhibit.language,
        "title": exhibit.title,
        "day": exhibit.organisation.record.as_of.text(exhibit.language),
        "date_words": exhibit.date_words,
        "held": sayings.held,
        "footer": exhibit.footer,
        "is_posts": not exhibit.view.units,
        "can_unfold": any(True for _leader in part.leaders()),
        "has_cross_lines": any(one.chart.cross_lines for one in found),
        "status_legend": status_legend(viewer),
        "legend": legend,
        "legend_title": viewer._(COLORING_WORDS[exhibit.drawing.palette.coloring]),
        "tree": list(_tree(exhibit, part)),
        "hidden_words": sayings.hidden_words(exhibit.chart),
        "data": script_data(text),
        **_picture(exhibit, found, selected),
        **_inlined(text),
    }
    return _environment().get_template("offline/page.html").render(page=page, _=viewer._)


def _inlined(text: str) -> dict[str, object]:
    """Return what other pages fetch: the scripts, the style with its fonts, the icon."""
    code, look = scripts(), style(text)
    return {
        "policy": policy(code, look),
        "scripts": [Markup(one) for one in code],  # noqa: S704 - our own
        "style": Markup(look),  # noqa: S704 - our own
        "icon": icon(),
    }


def _picture(exhibit: Exhibit, found: list[State], selected: str | None) -> dict[str, object]:
    """Return the still picture, and its chart in words.

    It is there before the script has drawn its own. Of a large chart it shows the first branch, and
    only to who has no script.
    """
    chart, language = exhibit.chart, exhibit.language
    is_large = len(chart.cards) > MOST_CARDS_IN_PICTURE
    drawn = found[min(_FIRST_BRANCH, len(found) - 1)].chart if is_large else chart
    label = short_description(drawn, language)
    return {
        "is_large": is_large,
        "picture": Markup(svg(drawn, label=label, selected=selected)),  # noqa: S704 - made of escaped parts
        "top": _top(chart),
        "short": short_description(chart, language),
        "long": long_description(drawn, language),
    }


def _top(chart: Chart) -> float:
    """Return the middle of the first card."""
    return chart.layout.places[chart.cards[0].card.id].x if chart.cards else 0


def _legend(exhibit: Exhibit, found: list[State]) -> list[dict[str, object]]:
    """Return what the colours tell, in any state."""
    values = {
        shown.value: None for one in found for shown in one.chart.cards if not shown.is_dimmed
    }
    entries = exhibit.drawing.palette.legend(values)
    worded = [(entry, entry.words.text(exhibit.language)) for entry in entries]
    return [
        {
            "value": entry.value,
            "words": words[:1].upper() + words[1:],
            "look": entry.look.as_dict(),
        }
        for entry, words in worded
    ]


def _tree(exhibit: Exhibit, part: Part) -> Iterator[dict[str, object]]:
    """Yield every entry of the file for the list, with how many lists end after it."""
    order = [*part.in_order()]
    after = [layer for _entry, layer in order[1:]]
    for (entry, layer), next_layer in zip(order, [*after, 0], strict=False):
        card = exhibit.cards.card(entry)
        yield {
            "title": card.full_title,
            "holder": card.holder_words(),
            "unit": card.full_unit,
            "figures": card.figures_in_words,
            "has_below": next_layer > layer,
            "closes": max(0, layer - next_layer),
        }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_WEBUI), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
