"""What can be chosen on a page of spans: which leaders, what counts, which bands."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.spans.facets import Property
from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.model.entities import LEFT_OUT_AT_FIRST
from orgmodel.texts import join_words, sort_key
from webui.asking.languages import _, current_language
from webui.asking.span_params import ON, served_bands
from webui.asking.urls import COUNTED, FIT_PREFIX, is_known, this_page_with
from webui.asking.viewing import OFF
from webui.pages.spans.context import CountedOption, Option, SpanControls, WorkOption
from webui.parts.building import kind_phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgmodel.analysis.statistics.leaders import LeaderFilter
    from orgmodel.model.bands import WorkBand
    from orgmodel.model.organisation import Organisation
    from webui.asking.span_params import SpanView
    from webui.store.loaded import Loaded

# A list to choose from is as long as people scroll; a unit's own page leads to its spans, too.
MOST_UNITS = 200
_CONTROLS = frozenset({"unit", "kind", "layer", *COUNTED, "rest", "own", "page"})


def span_controls(view: SpanView) -> SpanControls:
    """Return what can be chosen."""
    organisation = view.loaded.organisation
    choice = view.choice
    names = {f"{FIT_PREFIX}{work.id}" for work in view.bands.chosen.work}
    is_filtered = not choice.is_everybody or view.leave_out != LEFT_OUT_AT_FIRST
    return SpanControls(
        kept=tuple(kept_params((_CONTROLS | names).__contains__)),
        units=tuple(unit_options(organisation, choice.unit_id)),
        kinds=tuple(kind_options(view.loaded, choice)),
        layers=tuple(layer_options(view.loaded, choice)),
        counted=tuple(_counted_options(view)),
        work=tuple(_work_options(view)),
        rest=tuple(_rest_options(view)),
        own=tuple(_own_options()),
        bands_changed=view.bands.is_changed,
        clear_href=this_page_with(**dict.fromkeys(_CONTROLS | names)),
        is_filtered=is_filtered,
    )


def _counted_options(view: SpanView) -> Iterator[CountedOption]:
    """Yield the sorts of posts that can be left out; what an address need not say is empty."""
    for name, who in COUNTED.items():
        at_first = who not in LEFT_OUT_AT_FIRST
        values = {at_first: "", not at_first: OFF if at_first else ON}
        counts = who not in view.leave_out
        yield CountedOption(
            field=name,
            name=_(WHO_WORDS[who]),
            options=tuple(
                Option(values[one], _("count") if one else _("do not count"), one is counts)
                for one in (at_first, not at_first)
            ),
        )


def kept_params(is_set_here: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the address that a form passes on as they are."""
    for name, values in request.args.lists():
        if is_known(name) and not is_set_here(name):
            yield from ((name, value) for value in values)


def unit_options(organisation: Organisation, chosen: str | None) -> Iterator[Option]:
    """Yield the units to choose from, the chosen one in any case."""
    depths: dict[str | None, int] = {None: -1}
    for unit in islice(organisation.units.values(), MOST_UNITS):
        depths[unit.id] = depths[unit.parent_id] + 1
        name = phrase(unit.name)
        yield Option(unit.id, name.text, unit.id == chosen, depths[unit.id], name.lang)
    if chosen is not None and chosen not in depths:
        name = phrase(organisation.units[chosen].name)
        yield Option(chosen, name.text, is_chosen=True, lang=name.lang)


def kind_options(loaded: Loaded, choice: LeaderFilter) -> Iterator[Option]:
    """Yield the kinds of unit that leaders are in."""
    organisation = loaded.organisation
    found = [(one, kind_phrase(organisation, one)) for one in loaded.counting().leaders.kind_ids]
    language = current_language()
    for kind_id, words in sorted(found, key=lambda one: sort_key(one[1].text, language)):
        yield Option(kind_id, words.text, kind_id in choice.kind_ids, lang=words.lang)


def layer_options(loaded: Loaded, choice: LeaderFilter) -> Iterator[Option]:
    """Yield the layers that leaders are on."""
    for layer in loaded.counting().leaders.layers:
        words = loaded.facets.words(Property.LAYER, str(layer)).text(current_language())
        yield Option(str(layer), words, layer in choice.layers)


def _work_options(view: SpanView) -> Iterator[WorkOption]:
    for work in view.bands.chosen.work:
        yield WorkOption(
            field=f"{FIT_PREFIX}{work.id}",
            name=phrase(work.name).text,
            value="" if work.fitting is None else "{}-{}".format(*work.fitting),
            reference=work.basis_words().text(current_language()),
            units=", ".join(work.unit_kinds),
        )


def _own_options() -> Iterator[Option]:
    """Yield whether our own ranges judge, where there are any that no reference has."""
    own = [one for one in served_bands().work if one.fitting is None and one.own is not None]
    if own:
        names = [_own_words(one) for one in own]
        is_chosen = request.args.get("own") == ON
        yield Option("", _("Judge nothing"), not is_chosen)
        ranges = join_words(names, current_language())
        yield Option(ON, _("Our own ranges: {ranges}", ranges=ranges), is_chosen)


def _own_words(work: WorkBand) -> str:
    low, high = work.own or (0, 0)
    return f"{phrase(work.name).text} {low}–{high}"


def _rest_options(view: SpanView) -> Iterator[Option]:
    rest = view.bands.chosen.rest_id
    yield Option("", _("Assume nothing"), rest is None)
    for work in view.bands.chosen.work:
        if not work.leads_leaders:
            yield Option(work.id, phrase(work.name).text, work.id == rest)
