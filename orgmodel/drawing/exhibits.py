"""Exhibits: a view's chart with its title, its date and its sources, for export.

Every export is made from an exhibit, so that a slide, a picture, a file and an embedded page show
the same cards in the same order, and all state the date and the sources of the data.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import closest_common_leader
from orgmodel.drawing.describing import filter_words, hidden_words
from orgmodel.drawing.views import Cut, cards_of, draw_view, drawing_of, hierarchy_of
from orgmodel.model.provenance import every_citation
from orgmodel.texts import N_, Joined, format_day, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.drawing.chart import Cards, Chart, Drawing
    from orgmodel.drawing.hierarchy import Hierarchy
    from orgmodel.drawing.views import DrawingContext, View
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Source
    from orgmodel.texts import Language

_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart with the title, date and sources that accompany it in an export.

    Attributes
    ----------
    chart
        The chart as on the screen.
    cards, hierarchy, drawing
        The inputs of the chart, for formats that draw it in parts.
    title
        What it shows, in a few words.
    date_words
        A sentence with the date of the data and, if different, the date shown.
    source_words
        A short list of the sources on one line; empty if no source is named.
    hidden_words
        What the opened entries leave out: the filter, and how many are not shown. Empty if nothing
        is left out, and for other cuts, whose titles say what they show.
    sources
        The documents cited by the shown entries, the most cited first.
    selected
        The entry that is framed.
    """

    view: View
    language: Language
    chart: Chart
    cards: Cards
    hierarchy: Hierarchy
    drawing: Drawing
    spans: Spans
    title: str
    date_words: str
    source_words: str
    hidden_words: str
    sources: tuple[Source, ...]
    selected: str | None

    @property
    def organisation(self) -> Organisation:
        """The organisation on the date that is shown."""
        return self.chart.organisation

    @property
    def footer(self) -> str:
        """The date and the sources on one line, as under every picture."""
        return " · ".join(filter(None, (self.date_words, self.source_words)))


def exhibit(
    context: DrawingContext, view: View, language: Language, *, shown_on: date | None = None
) -> Exhibit:
    """Return the exhibit of a view.

    Parameters
    ----------
    shown_on
        The requested date, if it differs from the date of the data.

    Raises
    ------
    UnknownIdError
        If the view names an entry that does not exist.
    """
    organisation = context.organisation
    cards = cards_of(context, view, language)
    chart = draw_view(context, view, language)
    sources = tuple(_sources(chart, units=view.units))
    return Exhibit(
        view=view,
        language=language,
        chart=chart,
        cards=cards,
        hierarchy=hierarchy_of(context, view),
        drawing=drawing_of(context, view),
        spans=context.spans,
        title=_title(organisation, cards, view, language),
        date_words=_date_words(organisation, shown_on, language),
        source_words=_source_words(sources, language),
        hidden_words=_hidden_words(context, view, chart, language),
        sources=sources,
        selected=_framed(context, view),
    )


def view_title(context: DrawingContext, view: View, language: Language) -> str:
    """Return the title that a view's exhibit has, without drawing it."""
    return _title(context.organisation, cards_of(context, view, language), view, language)


def _framed(context: DrawingContext, view: View) -> str | None:
    """Return the framed entry, as on the screen: the selected one, or the subject of the view."""
    if view.cut in {Cut.AROUND, Cut.CHAIN}:
        return view.entries[0]
    if view.cut is Cut.BETWEEN:
        return closest_common_leader(context.organisation, *view.entries)
    return view.selected if view.cut is Cut.OPENED else None


def _title(organisation: Organisation, cards: Cards, view: View, language: Language) -> str:
    name = organisation.name.text(language)
    if not view.entries:
        return name
    first, *others = (_named(cards, one, units=view.units) for one in view.entries)
    if view.cut is Cut.CHAIN:
        first = message(N_("The leadership chain of {post}"), post=first).text(language)
    elif view.cut is Cut.AROUND:
        first = message(N_("{post} and those around"), post=first).text(language)
    elif others:
        words = message(N_("{first} and {second}"), first=first, second=others[0])
        first = words.text(language)
    return f"{first} – {name}"


def _named(cards: Cards, entry_id: str, *, units: bool) -> str:
    card = cards.card(entry_id)
    return card.full_title if units else f"{card.full_title}, {card.full_unit}"


def _hidden_words(context: DrawingContext, view: View, chart: Chart, language: Language) -> str:
    if view.cut is not Cut.OPENED:
        return ""
    words = [one.text(language) for one in hidden_words(chart, view)]
    chosen = filter_words(context.unit_facets if view.units else context.facets, view, language)
    if chosen:
        words.insert(0, message(N_("Filter – {filter}"), filter=chosen).text(language))
    return " · ".join(words)


def _date_words(organisation: Organisation, shown_on: date | None, language: Language) -> str:
    as_of = organisation.record.as_of
    words = message(N_("Data as of {day}"), day=as_of).text(language)
    if shown_on is None:
        return words
    other = message(N_("shown as of {day}"), day=format_day(shown_on, language)).text(language)
    return f"{words}, {other}"


def _source_words(sources: tuple[Source, ...], language: Language) -> str:
    if not sources:
        return ""
    named = Joined(tuple(source.title for source in sources[:_MOST_NAMED]), "; ")
    left = len(sources) - _MOST_NAMED
    words = message(N_("Sources: {titles}"), titles=named).text(language)
    if left <= 0:
        return words
    more = plural_message("and {n} other", "and {n} others", left).text(language)
    return f"{words} {more}"


def _sources(chart: Chart, *, units: bool) -> Iterator[Source]:
    """Yield the sources that the shown entries cite, the most cited first."""
    organisation = chart.organisation
    if not organisation.sources:
        return
    counts: Counter[str] = Counter()
    for one in chart.cards:
        if not one.shown.more:
            entities = _entities(organisation, one.card.id, units=units)
            counts.update(citation.source_id for citation in every_citation(entities))
    for source_id, _count in counts.most_common():
        if source_id in organisation.sources:
            yield organisation.sources[source_id]


def _entities(organisation: Organisation, entry_id: str, *, units: bool) -> tuple[object, ...]:
    """Return the entities that a card is built from."""
    if not units:
        position = organisation.positions[entry_id]
        return (position, organisation.lines[entry_id])
    leader_id = organisation.leader_of(entry_id)
    leader = organisation.positions[leader_id] if leader_id is not None else None
    return (organisation.units[entry_id], leader)
