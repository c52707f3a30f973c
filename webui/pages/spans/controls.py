"""The form controls of a page of spans: leaders, counted posts and bands."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.facets import Property
from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST
from orgmodel.texts import join_words, sort_key
from webui.asking.addresses import COUNTED, FIT_PREFIX, OFF, ON
from webui.pages.spans.context import SpanControls, WorkField
from webui.parts.building import kind_phrase, phrase
from webui.parts.context import Option, OptionGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.statistics.leaders import LeaderFilter
    from orgmodel.model.bands import WorkBand
    from orgmodel.model.organisation import Organisation
    from webui.asking.span_params import SpanRequest
    from webui.asking.viewer import Viewer
    from webui.store.loaded import Loaded

# The longest usable list of options; a unit's own page links to its spans as well.
MOST_UNITS = 200
_CONTROLS = frozenset({"unit", "kind", "layer", *COUNTED, "rest", "own", "page"})


def span_controls(viewer: Viewer, asked: SpanRequest) -> SpanControls:
    """Return the form controls."""
    organisation = asked.loaded.organisation
    choice = asked.choice
    names = {f"{FIT_PREFIX}{work.id}" for work in asked.bands.work}
    counting_changed = asked.leave_out != LEFT_OUT_AT_FIRST
    return SpanControls(
        kept=viewer.kept_params(*_CONTROLS, *names),
        units=tuple(unit_options(viewer, organisation, choice.unit_id)),
        kinds=tuple(kind_options(viewer, asked.loaded, choice)),
        layers=tuple(layer_options(viewer, asked.loaded, choice)),
        counted=tuple(_counted_options(viewer, asked)),
        work=tuple(_work_options(viewer, asked)),
        rest=tuple(_rest_options(viewer, asked)),
        own=tuple(_own_options(viewer, asked)),
        counting_changed=counting_changed,
        bands_changed=asked.bands_changed,
        clear_href=viewer.this_page_with(**dict.fromkeys(_CONTROLS | names)),
        is_filtered=counting_changed or not choice.is_everybody,
    )


def _counted_options(viewer: Viewer, asked: SpanRequest) -> Iterator[OptionGroup]:
    """Yield the kinds of posts that can be left out; the default has an empty value."""
    for name, who in COUNTED.items():
        at_first = who not in LEFT_OUT_AT_FIRST
        values = {at_first: "", not at_first: OFF if at_first else ON}
        counts = who not in asked.leave_out
        yield OptionGroup(
            name=name,
            words=viewer._(WHO_WORDS[who]),
            options=tuple(
                Option(
                    values[one],
                    viewer._("count") if one else viewer._("do not count"),
                    one is counts,
                )
                for one in (at_first, not at_first)
            ),
        )


def unit_options(
    viewer: Viewer, organisation: Organisation, chosen: str | None
) -> Iterator[Option]:
    """Yield the units to choose from, always including the chosen one."""
    depths: dict[str | None, int] = {None: -1}
    for unit in islice(organisation.units.values(), MOST_UNITS):
        depths[unit.id] = depths[unit.parent_id] + 1
        name = phrase(viewer, unit.name)
        yield Option(unit.id, name.text, unit.id == chosen, depths[unit.id], name.lang)
    if chosen is not None and chosen not in depths:
        name = phrase(viewer, organisation.units[chosen].name)
        yield Option(chosen, name.text, is_chosen=True, lang=name.lang)


def kind_options(viewer: Viewer, loaded: Loaded, choice: LeaderFilter) -> Iterator[Option]:
    """Yield the kinds of unit that leaders are in."""
    organisation = loaded.organisation
    found = [
        (one, kind_phrase(viewer, organisation, one)) for one in loaded.counting().leaders.kind_ids
    ]
    language = viewer.language
    for kind_id, words in sorted(found, key=lambda one: sort_key(one[1].text, language)):
        yield Option(kind_id, words.text, kind_id in choice.kind_ids, lang=words.lang)


def layer_options(viewer: Viewer, loaded: Loaded, choice: LeaderFilter) -> Iterator[Option]:
    """Yield the layers that leaders are on."""
    for layer in loaded.counting().leaders.layers:
        words = loaded.facets.words(Property.LAYER, str(layer)).text(viewer.language)
        yield Option(str(layer), words, layer in choice.layers)


def _work_options(viewer: Viewer, asked: SpanRequest) -> Iterator[WorkField]:
    for work in asked.bands.work:
        yield WorkField(
            field=f"{FIT_PREFIX}{work.id}",
            name=phrase(viewer, work.name).text,
            value="" if work.fitting is None else "{}-{}".format(*work.fitting),
            reference=work.basis_words().text(viewer.language),
            units=", ".join(work.unit_kinds),
        )


def _own_options(viewer: Viewer, asked: SpanRequest) -> Iterator[Option]:
    """Yield the options for judging by our own ranges, if there are any beyond the references."""
    own = [one for one in asked.served.work if one.fitting is None and one.own is not None]
    if own:
        names = [_own_words(viewer, one) for one in own]
        is_chosen = viewer.args.get("own") == ON
        yield Option("", viewer._("Do not compare"), not is_chosen)
        ranges = join_words(names, viewer.language)
        yield Option(ON, viewer._("Use our own ranges: {ranges}", ranges=ranges), is_chosen)


def _own_words(viewer: Viewer, work: WorkBand) -> str:
    low, high = work.own or (0, 0)
    return f"{phrase(viewer, work.name).text} {low}–{high}"


def _rest_options(viewer: Viewer, asked: SpanRequest) -> Iterator[Option]:
    rest = asked.bands.rest_id
    yield Option("", viewer._("Assume nothing"), rest is None)
    for work in asked.bands.work:
        if not work.leads_leaders:
            yield Option(work.id, phrase(viewer, work.name).text, work.id == rest)
