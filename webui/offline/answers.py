"""The data that a server would send to the explorer, for every state of a file.

Charts, panels and hits are compressed JSON, since much of it is repeated. Nodes are as in
`drawing/network.py`, but without positions; each is stored once for all states.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, replace
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.findable import (
    HitKind,
    entries,
    holder_names,
    post_entry,
    titles,
    unit_names,
)
from orgmodel.analysis.questions.word_index import COMMON_WORDS
from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.network import OPTIONS
from orgmodel.drawing.styles import looks_as_dict
from webui.pages.chart.page import chart_key, legend_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orgmodel.analysis.questions.findable import Entry
    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.model.names import Text
    from webui.asking.viewer import Viewer
    from webui.offline.states import Part, State

    Points = Sequence[tuple[float, float]]
    Record = dict[str, object]

# Twice as fast as the default level, for a few per cent more bytes.
_LEVEL = 4


class Answers:
    """The answers of a file, in the language of its viewer."""

    def __init__(
        self, viewer: Viewer, exhibit: Exhibit, part: Part, states: Sequence[State]
    ) -> None:
        self._viewer = viewer
        self._exhibit = exhibit
        self._part = part
        self._states = states
        self._openings = {
            one.leader: number for number, one in enumerate(states) if one.leader is not None
        }
        self._held = part.weight(part.parents)
        self._numbers: dict[tuple[object, ...], int] = {}
        self._nodes: list[Record] = []
        self._legends: dict[tuple[str, ...], list[Record]] = {}

    def text(self) -> str:
        """Return all answers as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":"))

    def as_dict(self) -> Record:
        """Return all answers.

        The keys are `states` with `cards` (each the number of a node, its centre and the corners of
        its line) and the lines `beside`; `nodes`; the `entries` in reading order for the panel and
        the search; `openings`, the number of the state in which an entry's branch is open; the
        `notes` on entries in the list; and the words that are too `common` to search texts for.
        """
        states = [self._state(one.chart) for one in self._states]
        looks = {key: look for one in self._states for key, look in one.chart.looks.items()}
        return {
            "states": states,
            "nodes": self._nodes,
            "entries": [self._entry(entry) for entry, _layer in self._part.in_order()],
            "openings": self._openings,
            "notes": self._notes(),
            "looks": looks_as_dict(looks),
            "options": OPTIONS,
            "common": sorted(COMMON_WORDS),
        }

    def _state(self, chart: Chart) -> Record:
        ways = {line.child_id: line.points for line in chart.connectors}
        cards = []
        for one in chart.cards:
            place = chart.layout.places[one.card.id]
            way = _rounded(ways.get(one.card.id, ()))
            top = round(place.y)
            cards.append([self._number(one), round(place.x), top + place.height / 2, *way])
        return {
            "short": short_description(chart, self._viewer.language),
            "long": long_description(chart, self._viewer.language),
            "hidden_words": self.hidden_words(chart),
            "key": chart_key(chart),
            "legend": self._legend(chart),
            "width": chart.layout.width,
            "height": chart.layout.height,
            "cards": cards,
            "beside": [
                [one.from_id, one.to_id, *_rounded(one.points)] for one in chart.cross_lines
            ],
        }

    def _legend(self, chart: Chart) -> list[Record]:
        """Return the legend of a chart; most charts of a file share one."""
        key = tuple(one.value for one in chart.legend)
        if key not in self._legends:
            self._legends[key] = [asdict(one) for one in legend_items(self._viewer, chart)]
        return self._legends[key]

    def hidden_words(self, chart: Chart) -> str:
        """Return how many entries of the file a chart does not show."""
        viewer, units = self._viewer, self._exhibit.view.units
        shown = [one.shown.id for one in chart.cards if not one.shown.more]
        hidden = self._held - self._part.weight(shown)
        if units:
            every = viewer._("All units in the file are shown")
            folded = viewer.ngettext(
                "{n} unit is folded away", "{n} units are folded away", hidden
            )
        else:
            every = viewer._("All posts in the file are shown")
            folded = viewer.ngettext(
                "{n} post is folded away", "{n} posts are folded away", hidden
            )
        said = folded if hidden else every
        left = chart.cross_lines_left
        if not left:
            return said
        more = viewer.ngettext(
            "{n} cross-cutting line is not drawn", "{n} cross-cutting lines are not drawn", left
        )
        return f"{said} · {more}"

    def _number(self, one: ShownCard) -> int:
        """Return the number of a card's node, and add the node on first use."""
        key = (one.card.id, one.shown.more, one.shown.is_open, one.card.is_compact)
        number = self._numbers.setdefault(key, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(self._node(one))
        return number

    def _node(self, one: ShownCard) -> Record:
        card, shown = one.card, one.shown
        # A branch that cannot be opened in this file has no button.
        has_button = shown.is_open or card.id in self._openings
        below = self._exhibit.hierarchy.weight_below(card.id) if has_button else 0
        elsewhere = ""
        if 0 < shown.more <= self._part.left_out(shown.parent_id):
            words = self._viewer._("Not in this file")
            card = replace(card, unit=(words,), full_unit=words)
            elsewhere = f"{card.full_title}: {words}"
        drawn = replace(one, card=card, shown=replace(shown, below=below, folded=0))
        return {
            "id": card.id,
            "label": card.full_title,
            "shape": "custom",
            "size": card.width / 2,
            "parent": shown.parent_id,
            "layer": shown.layer,
            "reports": below,
            "open": shown.is_open,
            "more": shown.more,
            "elsewhere": elsewhere,
            "look": one.value,
            "line": "dashed" if self._is_inferred(one) else "solid",
            "card": drawn.as_dict(),
        }

    def _is_inferred(self, one: ShownCard) -> bool:
        """Tell whether no source states the line to a card."""
        hierarchy, shown = self._exhibit.hierarchy, one.shown
        return not shown.more and bool(shown.parent_id) and hierarchy.is_inferred(shown.id)

    def _entry(self, entry_id: str) -> Record:
        card = self._exhibit.cards.card(entry_id)
        return {
            "id": entry_id,
            "parent": self._part.parents[entry_id],
            "title": card.full_title,
            "unit": card.full_unit,
            "name": card.full_name,
            "initials": card.initials,
            "chip": card.chip,
            "status": card.status.value,
            "is_chip_first": card.status.facts.leads_card,
            "figures": card.figures_in_words,
            "number_below": self._exhibit.hierarchy.weight_below(entry_id),
            "left": self._part.left_out(entry_id),
            "found_by": self._search_words(entry_id),
        }

    def _search_words(self, entry_id: str) -> tuple[object, ...]:
        """Return the search words of an entry, the best first, in every language and spelling.

        A post is found by its holders, its titles and the names of its unit; a unit by its leader's
        holders, by its own names, and by its leader's titles. Both are also found by words of what
        they have to do with: statuses, kinds and names of groups; and texts.
        """
        organisation, units = self._exhibit.organisation, self._exhibit.view.units
        post = organisation.leader_of(entry_id) if units else entry_id
        unit_id = entry_id if units else organisation.positions[entry_id].unit_id
        unit = unit_names(organisation.units[unit_id])
        related = self._related.get(post, ()) if post else ()
        if units or organisation.leader_of(unit_id) == post:
            related = (*related, *self._related.get(unit_id, ()))
        if post is None:
            return ("", _line(unit), "", *self._related_words(related))
        related = (post_entry(organisation, post), *related)
        holders, own = holder_names(organisation, post), titles(organisation.positions[post])
        found = (holders, unit, own) if units else (holders, own, unit)
        return (*map(_line, found), *self._related_words(related))

    @cached_property
    def _related(self) -> Mapping[str, Sequence[Entry]]:
        """The units, groups and tasks by the unit or the post that they have to do with."""
        organisation = self._exhibit.organisation
        found: dict[str, list[Entry]] = {}
        for entry in entries(organisation):
            if entry.kind in {HitKind.UNIT, HitKind.TASK}:
                found.setdefault(entry.about_id, []).append(entry)
            elif entry.kind is HitKind.GROUP:
                for member in organisation.groups[entry.id].members:
                    found.setdefault(member.position_id, []).append(entry)
        return found

    def _related_words(self, related: Iterable[Entry]) -> tuple[list[str], list[str]]:
        """Return the statuses, kinds and names of groups, and the texts, each once."""
        tags: dict[str, None] = {}
        texts: dict[str, None] = {}
        for entry in related:
            names = entry.names if entry.kind is HitKind.GROUP else ()
            tags |= dict.fromkeys(self._spoken((*names, *entry.tags)))
            texts |= dict.fromkeys(self._spoken(entry.texts))
        return [*tags], [*texts]

    def _spoken(self, texts: Iterable[Text | str]) -> Iterator[str]:
        """Yield texts in every language, those of the viewer's first."""
        own = self._viewer.language
        for text in texts:
            if isinstance(text, str):
                yield text
            else:
                yield from sorted(text.all(), key=lambda one: one != text.text(own))

    def _notes(self) -> dict[str, str]:
        """Return why entries are dimmed or highlighted."""
        viewer, view = self._viewer, self._exhibit.view
        contexts = self._part.contexts
        found = dict.fromkeys(contexts, viewer._("shown because it leads a post in the filter"))
        lit = self._exhibit.drawing.lit
        if view.lit is not None and lit is not None:
            group = self._exhibit.organisation.groups[view.lit].name
            said = viewer._("in {group}", group=group.text(viewer.language))
            found |= {entry: said for entry in lit if entry not in contexts}
        return found


def packed(text: str) -> str:
    """Return a text compressed by deflate, in base64."""
    return base64.b64encode(zlib.compress(text.encode(), _LEVEL)).decode()


def _rounded(points: Points) -> list[int]:
    """Return the corners of a line, x and y in turn, in whole pixels."""
    return [round(at) for point in points for at in point]


def _line(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(texts))
