"""A chart as one HTML file: the explorer with the data of all its states.

A security policy in the file forbids all requests, and permits only the scripts and styles in the
file, by their hashes. All data are JSON in a script element that browsers do not execute, and are
inserted into the page as text.
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
from orgmodel.drawing.styles import styles_as_dict
from orgmodel.drawing.svg import svg
from webui.asking.viewer import Viewer
from webui.offline.answers import Answers, packed
from webui.offline.inlining import icon, policy, script_data, scripts, style
from webui.offline.states import KeptCards, Part, states
from webui.pages.chart.page import chart_key, explorer_texts, legend_items
from webui.parts.building import status_legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.exhibits import Exhibit

_WEBUI = Path(__file__).parents[1]
# A static picture of more cards is legible neither on screen nor on paper, and takes megabytes.
MOST_CARDS_IN_PICTURE = 300
_FIRST_BRANCH = 2


def offline_page(exhibit: Exhibit) -> str:
    """Return an exhibit as one HTML file that works without a server and sends no requests.

    The chart is in the same state as on screen; every branch of the part in the file can be opened,
    one at a time. Without scripts the file shows the same entries as a list, and a static picture.
    """
    exhibit = replace(exhibit, cards=KeptCards(exhibit.cards))
    part = Part(exhibit)
    found = states(exhibit, part)
    viewer = Viewer(exhibit.language)
    answers = Answers(viewer, exhibit, part, found)
    text = answers.text()
    is_posts = not exhibit.view.units
    selected = exhibit.selected if exhibit.selected in part.parents else None
    # The picture shows until the script has drawn the chart. For a large chart it shows the first
    # branch only, and only without scripts.
    chart = exhibit.chart
    is_large = len(chart.cards) > MOST_CARDS_IN_PICTURE
    picture = found[min(_FIRST_BRANCH, len(found) - 1)].chart if is_large else chart
    label = short_description(picture, viewer.language)
    data = {
        "texts": _texts(viewer, is_posts=is_posts),
        "styles": styles_as_dict(),
        "selected": selected,
        "language": exhibit.language,
        "isPosts": is_posts,
        "answers": packed(text),
    }
    page = {
        "language": exhibit.language,
        "title": exhibit.title,
        "day": exhibit.organisation.record.as_of.text(exhibit.language),
        "date_words": exhibit.date_words,
        "held": _held(viewer, exhibit, part),
        "footer": exhibit.footer,
        "is_posts": is_posts,
        "can_unfold": any(True for _leader in part.leaders()),
        "status_legend": status_legend(viewer),
        "legend_title": viewer._(COLORING_WORDS[exhibit.drawing.palette.coloring]),
        "tree": list(_tree(exhibit, part)),
        "words": {
            "short": short_description(chart, viewer.language),
            "long": long_description(picture, viewer.language),
            "legend": legend_items(viewer, chart),
            "hidden_words": answers.hidden_words(chart),
            "key": chart_key(chart),
        },
        "is_large": is_large,
        "picture": Markup(svg(picture, label=label, selected=selected, follows=True)),  # noqa: S704 - made of escaped parts
        # The centre of the first card.
        "top": chart.layout.places[chart.cards[0].card.id].x if chart.cards else 0,
        "data": script_data(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        **_inlined(exhibit.title + exhibit.footer + text),
    }
    return _environment().get_template("offline/page.html").render(page=page, _=viewer._)


def _texts(viewer: Viewer, *, is_posts: bool) -> dict[str, str]:
    """Return the texts that scripts show: the explorer's, and those of a file."""
    if is_posts:
        own = {
            "found": viewer._("Posts"),
            "chain": viewer._("Chain to the top"),
            "reports": viewer._("Direct reports"),
        }
    else:
        own = {
            "found": viewer._("Units"),
            "chain": viewer._("A part of"),
            "reports": viewer._("Its parts"),
        }
    return {
        **explorer_texts(viewer),
        **own,
        "noHits": viewer._("Nothing matches “{query}”.", query="{query}"),
        "hit": viewer.ngettext("{n} result", "{n} results", 1, n="{n}"),
        "hits": viewer.ngettext("{n} result", "{n} results", 2, n="{n}"),
        "elsewhere": viewer._("{n} more are not in this file", n="{n}"),
    }


def _held(viewer: Viewer, exhibit: Exhibit, part: Part) -> str:
    """Return in words how many entries the file contains, if not all."""
    held, total = part.weight(part.parents), exhibit.hierarchy.total
    if held >= total:
        return ""
    words = viewer.number(total)
    if exhibit.view.units:
        return viewer.ngettext(
            "The file holds {n} of {total} units",
            "The file holds {n} of {total} units",
            held,
            total=words,
        )
    return viewer.ngettext(
        "The file holds {n} of {total} posts",
        "The file holds {n} of {total} posts",
        held,
        total=words,
    )


def _inlined(text: str) -> dict[str, object]:
    """Return the inlined assets: the scripts, the style with its fonts, the icon."""
    code, look = scripts(), style(text)
    return {
        "policy": policy(code, look),
        "scripts": [Markup(one) for one in code],  # noqa: S704 - our own
        "style": Markup(look),  # noqa: S704 - our own
        "icon": icon(),
    }


def _tree(exhibit: Exhibit, part: Part) -> Iterator[dict[str, object]]:
    """Yield every entry of the file for the list, with the number of list levels that end after it."""
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
