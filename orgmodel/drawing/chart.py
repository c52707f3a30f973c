"""A chart ready to be drawn in any format: its cards, their places and the lines between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from orgmodel.drawing.cards import CardText, Mark, badge, compacted, more_card
from orgmodel.drawing.families import Card
from orgmodel.drawing.hierarchy import above
from orgmodel.drawing.layout import SCREEN_ROOM, Connector, Layout, ScreenRoom, lay_out_in
from orgmodel.drawing.looks import DIMMED, LegendEntry, Look, Palette
from orgmodel.drawing.routing import Points, detour, route

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgmodel.drawing.hierarchy import Hierarchy, Joint
    from orgmodel.drawing.selection import Selection, Shown
    from orgmodel.model.entities import Relation
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language

COMPACT_FROM = 30
# Each line is routed around the cards and the earlier lines; more would be illegible.
_MOST_CROSS_LINES = 40
# Detours take longer; lines that would need more of them are not drawn.
_MOST_DETOURS, _CARDS_WITH_DETOURS = 40, 200
_FAINT = ":dimmed"


class Cards(Protocol):
    """An object that builds the cards of a hierarchy."""

    organisation: Organisation
    language: Language

    def card(self, entry_id: str) -> CardText:
        """Return the card of an entry."""
        ...


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card on the chart.

    Attributes
    ----------
    shown
        What it shows: the entry, its parent and its layer.
    value
        The value that its colour encodes, a key of the chart's looks.
    is_dimmed
        Whether other entries are highlighted and this one is not.
    line_origin
        How the line above it is derived, in words; empty where a source states it.
    line_doubt
        What the sources leave open about that line, in words; empty where it is settled.
    """

    card: CardText
    shown: Shown
    value: str
    is_dimmed: bool
    line_origin: str = ""
    line_doubt: str = ""

    def marks(self, *, buttons: bool = True, height: float | None = None) -> Iterator[Mark]:
        """Yield the marks of the card; the badge on its lower edge comes last.

        Parameters
        ----------
        buttons
            Whether the badge is a button that folds and unfolds; otherwise it only shows how many
            entries below are folded.
        height
            The height at which the card is drawn; None for the height that its texts need.
        """
        yield from self.card.marks()
        words = f"+{self.shown.folded}" if self.shown.folded else ""
        if buttons and self.shown.below:
            words = "−" if self.shown.is_open else f"+{self.shown.below}"
        if words:
            yield badge(words, self.card.width / 2, height or self.card.height)

    def as_dict(self) -> dict[str, object]:
        """Return the card as plain values: its texts for screen readers, and its marks."""
        card = self.card
        return {
            "full": {
                "title": card.full_title,
                "holder": card.holder_words(),
                "unit": card.full_unit,
                "figures": card.figures_in_words,
            },
            "frame": card.status.value,
            "width": card.width,
            "height": card.height,
            "marks": [
                (style, round(x, 2), y, text, round(width, 2))
                for style, x, y, text, width in self.marks()
            ],
        }


@dataclass(frozen=True, slots=True)
class CrossLine:
    """A relation between two cards and the points of its line; no points if it is not drawn."""

    relation: Relation
    from_id: str
    to_id: str
    points: Points = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, ready to be drawn in any format.

    Attributes
    ----------
    cards
        In reading order, each after its parent.
    inferred
        The entries whose line upwards no source states.
    relations
        The relations between its cards, drawn or not; empty if the view leaves them out.
    shows_cross_lines
        Whether pictures show relations. The browser shows those of the selected card anyway.
    cross_lines_left
        How many relations between its cards are not drawn, because there are too many.
    looks
        The looks of its cards by their value.
    """

    organisation: Organisation
    selection: Selection
    cards: tuple[ShownCard, ...]
    layout: Layout
    inferred: frozenset[str]
    relations: tuple[CrossLine, ...]
    shows_cross_lines: bool
    cross_lines_left: int
    looks: dict[str, Look]
    legend: tuple[LegendEntry, ...]

    @property
    def connectors(self) -> tuple[Connector, ...]:
        """The lines from each card to its children; `inferred` lists unstated ones."""
        return self.layout.connectors

    @property
    def cross_lines(self) -> tuple[CrossLine, ...]:
        """The relations that pictures show."""
        return tuple(one for one in self.relations if one.points and self.shows_cross_lines)

    @property
    def doubts(self) -> Iterator[Points]:
        """The lines that are not settled."""
        doubtful = {one.card.id for one in self.cards if one.line_doubt}
        return (line.points for line in self.connectors if line.child_id in doubtful)

    @property
    def hidden(self) -> int:
        """The number of entries not shown; an entry counts its weight."""
        return self.selection.hidden


@dataclass(frozen=True, slots=True)
class Drawing:
    """Drawing options of a chart that do not depend on what it shows.

    Attributes
    ----------
    relations
        Whether relations beside the line belong to the chart.
    cross_lines
        Whether pictures show them.
    lit
        The highlighted entries, all others being dimmed; None if nothing is highlighted.
    room
        The part of a screen that the chart is arranged for.
    """

    palette: Palette
    relations: bool = True
    cross_lines: bool = True
    lit: Collection[str] | None = None
    room: ScreenRoom = SCREEN_ROOM


def draw_chart(
    cards: Cards, hierarchy: Hierarchy, selection: Selection, drawing: Drawing
) -> Chart:
    """Return the chart of a selection."""
    shown, layout = arranged(cards, hierarchy, selection, drawing)
    return compose(shown, layout, hierarchy, selection, drawing)


def arranged(
    cards: Cards, hierarchy: Hierarchy, selection: Selection, drawing: Drawing
) -> tuple[list[ShownCard], Layout]:
    """Return the cards of a selection and their layout, which is a part of drawing its chart."""
    family_sizes: dict[str | None, int] = {}
    for one in selection.shown:
        family_sizes[one.parent_id] = family_sizes.get(one.parent_id, 0) + 1
    shown = [
        _with_line(
            _shown_card(
                cards, one, drawing, is_one_of_many=family_sizes[one.parent_id] >= COMPACT_FROM
            ),
            hierarchy,
            cards.language,
        )
        for one in selection.shown
    ]
    layout = lay_out_in(
        drawing.room,
        [
            Card(
                one.card.id,
                one.card.width,
                one.card.height,
                one.shown.parent_id,
                beside=not one.shown.more and hierarchy.is_staff(one.shown.id),
            )
            for one in shown
        ],
    )
    return shown, layout


def compose(
    shown: Sequence[ShownCard],
    layout: Layout,
    hierarchy: Hierarchy,
    selection: Selection,
    drawing: Drawing,
) -> Chart:
    """Return the chart of cards that are laid out: its lines, its looks and its legend."""
    values = dict.fromkeys(one.value for one in shown if not one.is_dimmed)
    looks = {value: drawing.palette.look(value) for value in values}
    rest = {one.card.id for one in shown if one.shown.more}
    joints = list(_joints(hierarchy, layout)) if drawing.relations else []
    beside = [one for one in joints if not _is_in_one_line(hierarchy, one)]
    ways = dict(_ways(beside[:_MOST_CROSS_LINES], layout))
    legend = drawing.palette.legend(values)
    return Chart(
        organisation=hierarchy.organisation,
        selection=selection,
        cards=tuple(shown),
        layout=layout,
        inferred=frozenset(
            line.child_id
            for line in layout.connectors
            if line.child_id not in rest and hierarchy.is_inferred(line.child_id)
        ),
        relations=tuple(CrossLine(*joint, ways.get(joint[0].id, ())) for joint in joints),
        shows_cross_lines=drawing.cross_lines,
        cross_lines_left=len(beside) - len(ways) if drawing.cross_lines else 0,
        looks={**looks, _FAINT: DIMMED},
        legend=legend,
    )


def _shown_card(cards: Cards, one: Shown, drawing: Drawing, *, is_one_of_many: bool) -> ShownCard:
    if one.more:
        return ShownCard(more_card(one.id, one.more, cards.language), one, _FAINT, is_dimmed=True)
    card = cards.card(one.id)
    is_dimmed = one.is_context or (drawing.lit is not None and one.id not in drawing.lit)
    value = _FAINT if is_dimmed else drawing.palette.value(one.id, card.level)
    if is_one_of_many and not one.is_open:
        card = compacted(card)
    return ShownCard(card, one, value, is_dimmed)


def _with_line(one: ShownCard, hierarchy: Hierarchy, language: Language) -> ShownCard:
    """Return a card with the words about the line above it."""
    if one.shown.more or one.shown.parent_id is None:
        return one
    origin, doubt = hierarchy.line_origin(one.shown.id), hierarchy.line_doubt(one.shown.id)
    return replace(
        one,
        line_origin=origin.text(language) if origin else "",
        line_doubt=doubt.text(language) if doubt else "",
    )


def _ways(joints: Sequence[Joint], layout: Layout) -> Iterator[tuple[str, Points]]:
    """Yield the ids of relations with a free way, each with a line that overlaps no other line."""
    drawn: list[Points] = []
    detours = _MOST_DETOURS if len(layout.places) <= _CARDS_WITH_DETOURS else 0
    for relation, from_id, to_id in joints:
        ends = {from_id, to_id}
        others = [place for key, place in layout.places.items() if key not in ends]
        start, end = layout.places[from_id], layout.places[to_id]
        points = route(start, end, others, drawn)
        if not points and detours:
            detours -= 1
            points = detour(start, end, others)
        if points:
            drawn.append(points)
            yield relation.id, points


def _joints(hierarchy: Hierarchy, layout: Layout) -> Iterator[Joint]:
    """Yield the relations whose two ends are both on the chart."""
    relations = hierarchy.relations
    for here in layout.places:
        for joint in relations.get(here, ()):
            _relation, from_id, to_id = joint
            if to_id in layout.places and to_id != from_id:
                yield joint


def _is_in_one_line(hierarchy: Hierarchy, joint: Joint) -> bool:
    """Tell whether the reporting line already joins the two ends of a relation."""
    _relation, from_id, to_id = joint
    return from_id in above(hierarchy, to_id) or to_id in above(hierarchy, from_id)
