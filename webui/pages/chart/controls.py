"""What can be set for a chart: colours, filters, the group that stands out, date and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.spans.facets import PROPERTY_WORDS, Property
from orgmodel.drawing.choices import COLORING_WORDS, Coloring
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import this_page_with
from webui.asking.viewing import stated_day
from webui.pages.chart.context import Choice, Controls, FilterGroup
from webui.parts.building import more_words, phrase, say_number

if TYPE_CHECKING:
    from orgmodel.analysis.spans.facets import Facets
    from webui.asking.params import ChartParams
    from webui.store.loaded import Loaded

# What the form of the controls passes on unchanged.
_KEPT = ("lang", "names", "open", "closed", "more", "select")
_MOST_CHOICES = 60


def controls(loaded: Loaded, facets: Facets, params: ChartParams) -> Controls:
    """Return the controls in the state that the address asks for."""
    organisation, language = loaded.organisation, current_language()
    day = stated_day() or organisation.record.as_of.last_day()
    return Controls(
        colorings=tuple(
            Choice(one.value, _(COLORING_WORDS[one]), one is params.coloring) for one in Coloring
        ),
        filters=tuple(
            group
            for one in Property
            if len((group := _filter_group(facets, params, one)).choices) > 1
            or group.name in request.args
        ),
        lights=tuple(
            Choice(group.id, group.name.text(language), group.id == params.lit)
            for i, group in enumerate(organisation.groups.values())
            if i < _MOST_CHOICES or group.id == params.lit
        ),
        cross_lines=params.cross_lines,
        has_cross_lines=bool(organisation.relations),
        day=day.isoformat(),
        kept=tuple((name, request.args[name]) for name in _KEPT if name in request.args),
        clear_href=this_page_with(**{one.value: None for one in Property}),
    )


def filter_words(params: ChartParams) -> str:
    """Return by how many values a chart is filtered; empty without a filter."""
    count = sum(len(values) for values in params.filters.values())
    return ngettext("{n} filter", "{n} filters", count) if count else ""


def _filter_group(facets: Facets, params: ChartParams, asked: Property) -> FilterGroup:
    chosen = params.filters.get(asked, ())
    choices = []
    values = facets.values(asked)
    for value in (
        *values[:_MOST_CHOICES],
        *(one for one in values[_MOST_CHOICES:] if one.id in chosen),
    ):
        words = phrase(value.words)
        choices.append(
            Choice(
                value.id,
                words.text[:1].upper() + words.text[1:],
                value.id in chosen,
                say_number(value.count),
                words.lang,
            )
        )
    more = more_words(len(values), len(choices))
    return FilterGroup(asked.value, _(PROPERTY_WORDS[asked]), tuple(choices), more)
