"""Views of an organisation: which part of which chart is shown, and in which colours.

The screen and the exports use the same view, so both show the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import closest_common_leader
from orgmodel.analysis.spans.counting import levels
from orgmodel.analysis.spans.facets import Facets, UnitFacets
from orgmodel.analysis.spans.spans import spans
from orgmodel.drawing.card_texts import CardTexts, UnitCards
from orgmodel.drawing.chart import Drawing, arranged, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.hierarchy import PostHierarchy, UnitHierarchy
from orgmodel.drawing.layout import SCREEN_ROOM, ScreenRoom
from orgmodel.drawing.looks import Palette
from orgmodel.drawing.selection import (
    MOST_EXPORTED,
    Opening,
    chains,
    matches,
    neighbourhood,
    opened_branches,
    whole_branch,
)
from orgmodel.errors import UnknownIdError
from orgmodel.model.organisation import nearest_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.facets import Property
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.drawing.chart import Cards, Chart
    from orgmodel.drawing.hierarchy import Hierarchy
    from orgmodel.drawing.selection import Selection
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language


class Cut(StrEnum):
    """The part of a chart that a view shows."""

    OPENED = "opened"
    BRANCH = "branch"
    AROUND = "around"
    CHAIN = "chain"
    BETWEEN = "between"


# The most rooms for which the number of layers that fit is kept.
_MOST_ROOMS = 256
# Cuts around one or two posts show the reporting line only, without other relations.
_OF_POSTS = frozenset({Cut.AROUND, Cut.CHAIN, Cut.BETWEEN})


@dataclass(frozen=True, slots=True)
class View:
    """The parameters of a picture of an organisation.

    Attributes
    ----------
    cut
        The part shown: the opened entries that match the filter; a branch; an entry and its
        surroundings; the chain above an entry; the chains of two entries up to their closest
        common leader.
    units
        Whether units are shown instead of posts.
    entries
        The subjects of the cut: usually one, two for two chains, none for opened entries. A branch
        without an entry is the whole chart.
    depth
        The number of layers shown below the top of a branch; None for all.
    most
        The maximum number of cards of a branch, its upper layers first.
    opening, selected, filters
        The open entries, the selected entry and the filters; see `Opening` and `Facets`.
    room
        The part of a screen that the chart is arranged for.
    coloring, lit, cross_lines
        The property that colours encode, the group whose members are highlighted, and whether
        pictures show relations beside the reporting line.
    """

    cut: Cut = Cut.OPENED
    units: bool = False
    entries: tuple[str, ...] = ()
    depth: int | None = None
    most: int = MOST_EXPORTED
    opening: Opening = field(default_factory=Opening)
    room: ScreenRoom = SCREEN_ROOM
    selected: str | None = None
    filters: Mapping[Property, tuple[str, ...]] = field(default_factory=dict)
    coloring: Coloring = Coloring.LAYER
    lit: str | None = None
    cross_lines: bool = True


class DrawingContext:
    """The inputs of all pictures of one organisation, each computed on first use."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    @cached_property
    def fitting_layers(self) -> dict[tuple[bool, ScreenRoom, Language], int]:
        """The numbers of layers that fit some rooms; see `fitted`."""
        return {}

    @cached_property
    def spans(self) -> Spans:
        """Its span figures."""
        return spans(self.organisation)

    @cached_property
    def posts(self) -> PostHierarchy:
        """Its posts by their reporting line."""
        return PostHierarchy(self.organisation)

    @cached_property
    def units(self) -> UnitHierarchy:
        """Its units, each below its parent unit."""
        return UnitHierarchy(self.organisation)

    @cached_property
    def facets(self) -> Facets:
        """The properties of its posts."""
        return Facets(self.spans)

    @cached_property
    def unit_facets(self) -> UnitFacets:
        """The properties of its units."""
        return UnitFacets(self.spans)

    def cards(self, language: Language) -> CardTexts:
        """Return the cards of its posts in a language."""
        return CardTexts(self.spans, levels(self.organisation), language)


def hierarchy_of(context: DrawingContext, view: View) -> Hierarchy:
    """Return the posts or the units that a view shows."""
    return context.units if view.units else context.posts


def cards_of(context: DrawingContext, view: View, language: Language) -> Cards:
    """Return the cards of the posts or units that a view shows."""
    cards = context.cards(language)
    return UnitCards(cards) if view.units else cards


def fitted(context: DrawingContext, view: View, language: Language) -> View:
    """Return a view in which the number of open layers is decided.

    Where the view leaves it open, it is the greatest number of layers below the top that fit the
    room at scale 1, but at least one.
    """
    if view.cut is not Cut.OPENED or view.filters or view.opening.layers is not None:
        return view
    key = (view.units, view.room, language)
    layers = context.fitting_layers.get(key)
    if layers is None:
        layers = _fitting_layers(context, view, language)
        if len(context.fitting_layers) >= _MOST_ROOMS:
            context.fitting_layers.clear()
        context.fitting_layers[key] = layers
    return replace(view, opening=replace(view.opening, layers=layers))


def _fitting_layers(context: DrawingContext, view: View, language: Language) -> int:
    hierarchy, cards = hierarchy_of(context, view), cards_of(context, view, language)
    drawing, room = drawing_of(context, view), view.room
    selections: list[Selection] = []
    for layers in range(2, room.most_layers + 1):
        selection = opened_branches(hierarchy, Opening(layers=layers))
        is_deep = any(one.layer == layers for one in selection.shown)
        if not is_deep or len(selection.shown) > room.most_cards:
            break
        selections.append(selection)
    while selections:
        _shown, layout = arranged(cards, hierarchy, selections[-1], drawing)
        if room.holds(layout):
            break
        selections.pop()
    return len(selections) + 1


def select(context: DrawingContext, view: View, language: Language = "da") -> Selection:
    """Return the entries that a view shows.

    Raises
    ------
    UnknownIdError
        If the view names an entry that does not exist; the message suggests similar ids.
    """
    hierarchy = hierarchy_of(context, view)
    for one in view.entries:
        if not hierarchy.has(one):
            kind = "unit" if view.units else "position"
            raise UnknownIdError(one, kind=kind, nearest=nearest_names(one, hierarchy.entries))
    if view.cut is Cut.BRANCH:
        top = view.entries[0] if view.entries else None
        return whole_branch(hierarchy, top, view.depth, view.most)
    if view.cut is Cut.AROUND:
        return neighbourhood(hierarchy, view.entries[0])
    if view.cut is Cut.CHAIN:
        return chains(hierarchy, view.entries[:1])
    if view.cut is Cut.BETWEEN:
        first, second = view.entries
        common = closest_common_leader(context.organisation, first, second)
        return chains(hierarchy, view.entries, top=common)
    view = fitted(context, view, language)
    keep = (view.selected,) if view.selected else ()
    if view.filters:
        facets = context.unit_facets if view.units else context.facets
        return matches(hierarchy, facets.fitting(view.filters), view.opening, keep)
    return opened_branches(hierarchy, view.opening, keep)


def count_of(context: DrawingContext, view: View) -> int:
    """Return the number of cards of a view without drawing it, which is much faster.

    Raises
    ------
    UnknownIdError
        If the view names an entry that does not exist.
    """
    return len(select(context, view).shown)


def draw_view(context: DrawingContext, view: View, language: Language) -> Chart:
    """Return the chart of a view, for the screen and for every export.

    Raises
    ------
    UnknownIdError
        If the view names an entry that does not exist.
    """
    return draw_chart(
        cards_of(context, view, language),
        hierarchy_of(context, view),
        select(context, view, language),
        drawing_of(context, view),
    )


def drawing_of(context: DrawingContext, view: View) -> Drawing:
    """Return the drawing options of a view's chart."""
    facets = context.unit_facets if view.units else context.facets
    palette = Palette(view.coloring, facets)
    has_relations = view.cut not in _OF_POSTS
    return Drawing(palette, has_relations, view.cross_lines, _lit(context, view), view.room)


def _lit(context: DrawingContext, view: View) -> set[str] | None:
    if view.lit is None:
        return None
    hierarchy = hierarchy_of(context, view)
    members = context.organisation.groups[view.lit].members
    return {entry for one in members if (entry := hierarchy.entry_of(one.position_id)) is not None}
