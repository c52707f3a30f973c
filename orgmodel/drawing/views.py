"""Views of an organisation: which part of which chart is looked at, and in which colours.

A view is what a screen shows and what an export takes along, so that both are the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import closest_common_leader
from orgmodel.analysis.spans.counting import levels
from orgmodel.analysis.spans.facets import Facets, UnitFacets
from orgmodel.analysis.spans.spans import spans
from orgmodel.drawing.card_texts import CardTexts, UnitCards
from orgmodel.drawing.chart import Drawing, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.hierarchy import PostHierarchy, UnitHierarchy
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
    """Which part of a chart a view shows."""

    OPENED = "opened"
    BRANCH = "branch"
    AROUND = "around"
    CHAIN = "chain"
    BETWEEN = "between"


# What is shown of one or two posts is about the line, and has nothing beside it.
_OF_POSTS = frozenset({Cut.AROUND, Cut.CHAIN, Cut.BETWEEN})


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at.

    Attributes
    ----------
    cut
        Which part: what is opened and fits the filter; a branch; one entry with those around it;
        the chain above one; the chains of two up to the leader they have in common.
    units
        Whether units are shown, and not posts.
    entries
        The entries that the cut is about: one, for two chains two, for what is opened none. A
        branch of none is the whole chart.
    depth
        How many layers of a branch are shown below its top; None for all.
    most
        A branch shows no more cards than this, its upper layers first.
    opening, selected, filters
        What is open, what is selected, and by what it is filtered; see `Opening` and `Facets`.
    coloring, lit, cross_lines
        What colours tell, the group whose members stand out, and whether lines beside the
        reporting line are drawn.
    """

    cut: Cut = Cut.OPENED
    units: bool = False
    entries: tuple[str, ...] = ()
    depth: int | None = None
    most: int = MOST_EXPORTED
    opening: Opening = field(default_factory=Opening)
    selected: str | None = None
    filters: Mapping[Property, tuple[str, ...]] = field(default_factory=dict)
    coloring: Coloring = Coloring.LAYER
    lit: str | None = None
    cross_lines: bool = True


class DrawingContext:
    """All that pictures of one organisation are made from, each made when first asked for."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

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
        """Its units, each under the one that it is part of."""
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

    def unit_cards(self, language: Language) -> UnitCards:
        """Return the cards of its units in a language."""
        return UnitCards(self.cards(language))


def hierarchy_of(context: DrawingContext, view: View) -> Hierarchy:
    """Return the posts or the units that a view shows."""
    return context.units if view.units else context.posts


def cards_of(context: DrawingContext, view: View, language: Language) -> Cards:
    """Return the cards of the posts or units that a view shows."""
    return context.unit_cards(language) if view.units else context.cards(language)


def select(context: DrawingContext, view: View) -> Selection:
    """Return the entries that a view shows.

    Raises
    ------
    UnknownIdError
        If the view is about an entry that there is not; it names those most like it.
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
    keep = (view.selected,) if view.selected else ()
    if view.filters:
        facets = context.unit_facets if view.units else context.facets
        return matches(hierarchy, facets.fitting(view.filters), view.opening, keep)
    return opened_branches(hierarchy, view.opening, keep)


def count_of(context: DrawingContext, view: View) -> int:
    """Return how many cards a view has, before any is made; much quicker than to draw it.

    Raises
    ------
    UnknownIdError
        If the view is about an entry that there is not.
    """
    return len(select(context, view).shown)


def draw_view(context: DrawingContext, view: View, language: Language) -> Chart:
    """Return the chart of a view, as it is on the screen and in every export.

    Raises
    ------
    UnknownIdError
        If the view is about an entry that there is not.
    """
    return draw_chart(
        cards_of(context, view, language),
        hierarchy_of(context, view),
        select(context, view),
        drawing_of(context, view),
    )


def drawing_of(context: DrawingContext, view: View) -> Drawing:
    """Return how a view's chart is drawn."""
    facets = context.unit_facets if view.units else context.facets
    palette = Palette(view.coloring, facets)
    has_cross_lines = view.cross_lines and view.cut not in _OF_POSTS
    return Drawing(palette, has_cross_lines, _lit(context, view))


def _lit(context: DrawingContext, view: View) -> set[str] | None:
    if view.lit is None:
        return None
    hierarchy = hierarchy_of(context, view)
    members = context.organisation.groups[view.lit].members
    return {entry for one in members if (entry := hierarchy.entry_of(one.position_id)) is not None}
