"""The controls of a chart: layers, colours, filters, highlighted groups, the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import PROPERTY_WORDS, Property
from orgmodel.drawing.choices import COLORING_WORDS, Coloring
from webui.asking.addresses import CHART, FILTERS
from webui.asking.params import ALL
from webui.pages.chart.context import Controls, LayerChoice
from webui.parts.building import more_words, phrase
from webui.parts.context import Option, OptionGroup

if TYPE_CHECKING:
    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.views import View
    from webui.asking.viewer import Viewer
    from webui.pages.chart.page import ChartRequest

# More layers than this can be opened one by one, or all at once.
MOST_LAYERS = 3
# Parameters that the form of controls passes on unchanged.
_KEPT = ("lang", "names", "layers", "open", "closed", "more", "select")
_MOST_CHOICES = 60


def controls(viewer: Viewer, asked: ChartRequest) -> Controls:
    """Return the controls in the state that the URL requests."""
    organisation, language, view = asked.loaded.organisation, viewer.language, asked.view
    day = viewer.day or organisation.record.as_of.last_day()
    no_filters = dict.fromkeys(one.value for one in Property)
    return Controls(
        colorings=tuple(
            Option(one.value, viewer._(COLORING_WORDS[one]), one is view.coloring)
            for one in Coloring
        ),
        filters=tuple(
            group
            for one in Property
            if len((group := _filter_group(viewer, asked, one)).options) > 1
            or group.name in viewer.args
        ),
        lights=tuple(
            Option(group.id, group.name.text(language), group.id == view.lit)
            for i, group in enumerate(organisation.groups.values())
            if i < _MOST_CHOICES or group.id == view.lit
        ),
        cross_lines=view.cross_lines,
        has_cross_lines=bool(organisation.relations),
        day=day.isoformat(),
        kept=tuple((name, viewer.args[name]) for name in _KEPT if name in viewer.args),
        clear_href=viewer.this_page_with(**no_filters),
        unnamed_href=viewer.this_page_with(**no_filters, light=None),
        reset_href=viewer.this_page_with(**dict.fromkeys((*CHART, *FILTERS))),
    )


def filter_words(viewer: Viewer, view: View) -> str:
    """Return the number of filter values in words; empty without a filter."""
    count = sum(len(values) for values in view.filters.values())
    return viewer.ngettext("{n} filter", "{n} filters", count) if count else ""


def _filter_group(viewer: Viewer, asked: ChartRequest, shared: Property) -> OptionGroup:
    chosen = asked.view.filters.get(shared, ())
    options = []
    values = asked.facets.values(shared)
    for value in (
        *values[:_MOST_CHOICES],
        *(one for one in values[_MOST_CHOICES:] if one.id in chosen),
    ):
        words = phrase(viewer, value.words)
        options.append(
            Option(
                value.id,
                words.text[:1].upper() + words.text[1:],
                value.id in chosen,
                lang=words.lang,
                count=viewer.number(value.count),
            )
        )
    more = more_words(viewer, len(values), len(options))
    return OptionGroup(shared.value, viewer._(PROPERTY_WORDS[shared]), tuple(options), more)


def layer_choices(viewer: Viewer, shown: str) -> tuple[LayerChoice, ...]:
    """Return the numbers of layers that a chart can show, each with its URL."""

    def choice(value: str, words: str, unit: str) -> LayerChoice:
        href = viewer.this_page_with(layers=value, open=None, closed=None, more=None)
        return LayerChoice(value, words, unit, href, value == shown)

    numbers = tuple(
        choice(str(n), viewer.number(n), viewer.ngettext("layer", "layers", n))
        for n in range(1, MOST_LAYERS + 1)
    )
    return (*numbers, choice(ALL, viewer._("all"), ""))


def layers_shown(chart: Chart) -> str:
    """Return how many layers a chart shows below the tops, or `all`; empty if branches differ."""
    folded = [one.shown.layer for one in chart.cards if one.shown.folded]
    if not folded:
        return ALL
    opened = [one.shown.layer for one in chart.cards if one.shown.is_open]
    return str(min(folded)) if max(opened, default=-1) < min(folded) else ""
