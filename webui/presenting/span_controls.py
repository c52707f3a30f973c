"""What can be chosen on a page of spans: which leaders, what counts, which bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.facets import Property
from orgmodel.analysis.span_tables import reference_words
from orgmodel.texts import sort_key
from webui.contexts.spans import Option, SpanControls, WorkOption
from webui.languages import _, current_language
from webui.presenting.parts import kind_phrase, phrase
from webui.urls import FIT_PREFIX, is_known, spans_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.choosing import Choice
    from orgmodel.model.organisation import Organisation
    from webui.loaded import Loaded
    from webui.span_params import SpanView

# A list to choose from is as long as people scroll; a unit's own page leads to its spans, too.
MOST_UNITS = 200
_CONTROLS = frozenset({"unit", "kind", "layer", "vacant", "planned", "rest", "page"})


def span_controls(view: SpanView) -> SpanControls:
    """Return what can be chosen."""
    organisation = view.loaded.organisation
    choice = view.choice
    is_filtered = not choice.is_everybody or not view.vacant or view.planned
    return SpanControls(
        kept=tuple(kept_params(lambda name: name in _CONTROLS or name.startswith(FIT_PREFIX))),
        units=tuple(unit_options(organisation, choice.unit_id)),
        kinds=tuple(kind_options(view.loaded, choice)),
        layers=tuple(layer_options(view.loaded, choice)),
        vacant=view.vacant,
        planned=view.planned,
        work=tuple(_work_options(view)),
        rest=tuple(_rest_options(view)),
        bands_changed=view.bands.is_changed or bool(view.bands.wrong),
        clear_href=spans_url(organisation.id),
        is_filtered=is_filtered,
    )


def kept_params(is_set_here: object) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the address that a form passes on as they are."""
    assert callable(is_set_here)  # noqa: S101 - a question to each name
    for name, values in request.args.lists():
        if is_known(name) and not is_set_here(name):
            yield from ((name, value) for value in values)


def unit_options(organisation: Organisation, chosen: str | None) -> Iterator[Option]:
    """Yield the units to choose from, the chosen one in any case."""
    depths: dict[str | None, int] = {None: -1}
    for n, unit in enumerate(organisation.units.values()):
        depths[unit.id] = depths[unit.parent_id] + 1
        if n < MOST_UNITS or unit.id == chosen:
            name = phrase(unit.name)
            yield Option(unit.id, name.text, unit.id == chosen, depths[unit.id], name.lang)


def kind_options(loaded: Loaded, choice: Choice) -> Iterator[Option]:
    """Yield the kinds of unit that leaders are in."""
    organisation = loaded.organisation
    leaders = loaded.leaders()
    kinds = dict.fromkeys(leaders.kind_ids[n] for n in leaders.units.tolist())
    found = [(one, kind_phrase(organisation, one)) for one in kinds]
    language = current_language()
    for kind_id, words in sorted(found, key=lambda one: sort_key(one[1].text, language)):
        yield Option(kind_id, words.text, kind_id in choice.kind_ids, lang=words.lang)


def layer_options(loaded: Loaded, choice: Choice) -> Iterator[Option]:
    """Yield the layers that leaders are on."""
    layers = sorted({depth + 1 for depth in set(loaded.spans.counts.layers_above.tolist())})
    for layer in layers:
        words = loaded.facets.words(Property.LAYER, str(layer)).text(current_language())
        yield Option(str(layer), words, layer in choice.layers)


def _work_options(view: SpanView) -> Iterator[WorkOption]:
    for work in view.bands.chosen.work:
        wrong = view.bands.wrong.get(work.id)
        error = "" if wrong is None else _("'{given}' is not a range: write 12-20.", given=wrong)
        yield WorkOption(
            field=f"{FIT_PREFIX}{work.id}",
            name=phrase(work.name).text,
            value=wrong or f"{work.low}-{work.high}",
            reference=reference_words(work).text(current_language()),
            error=error,
            units=", ".join(work.unit_kinds),
        )


def _rest_options(view: SpanView) -> Iterator[Option]:
    rest = view.bands.chosen.rest_id
    yield Option("", _("Assume nothing"), rest is None)
    for work in view.bands.chosen.work:
        if not work.leads_leaders:
            yield Option(work.id, phrase(work.name).text, work.id == rest)
