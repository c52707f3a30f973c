"""The chart of a reporting line: which posts are shown, where they stand, how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.chains import chain_to_top, closest_common_leader
from orgmodel.drawing.families import Card
from orgmodel.drawing.layout import Connector, Layout, lay_out
from orgmodel.drawing.routing import Points, route

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.drawing.cards import CardText, CardTexts
    from orgmodel.model.entities import Relation
    from orgmodel.model.organisation import Organisation

FIRST_CARDS = 60
MOST_CARDS = 400


@dataclass(frozen=True, slots=True)
class Opening:
    """Which posts show their reports: the first layers, and what a reader has opened or closed."""

    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def revealing(self, organisation: Organisation, position_id: str) -> Opening:
        """Return the opening in which a post can be seen."""
        above = chain_to_top(organisation, position_id)[1:]
        return Opening(self.opened | set(above), self.closed - set(above))


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post on the chart.

    Attributes
    ----------
    layer
        0 at the top of the chart.
    reports
        How many posts refer to it, shown or not.
    is_open
        Whether they are shown.
    """

    card: CardText
    parent_id: str | None
    layer: int
    reports: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class CrossLine:
    """A relation between two cards, with the way that its line takes."""

    relation: Relation
    from_id: str
    to_id: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, ready to be drawn in any format.

    Attributes
    ----------
    posts
        In reading order.
    hidden
        How many posts are not shown, by seats.
    """

    organisation: Organisation
    posts: tuple[ShownPost, ...]
    layout: Layout
    connectors: tuple[Connector, ...]
    cross_lines: tuple[CrossLine, ...]
    hidden: int


def draw_chart(texts: CardTexts, organisation: Organisation, opening: Opening) -> Chart:
    """Return the chart of an organisation as far as it is open."""
    shown = _shown(organisation, texts, opening)
    cards = [
        Card(
            post.card.position_id,
            post.card.width,
            post.card.height,
            post.parent_id,
            beside=_leads_staff_unit(organisation, post.card.position_id),
        )
        for post in shown
    ]
    layout = lay_out(cards)
    seats = sum(organisation.positions[post.card.position_id].seats for post in shown)
    hidden = organisation.seats - seats
    lines = tuple(_cross_lines(organisation, layout))
    return Chart(organisation, tuple(shown), layout, layout.connectors, lines, hidden)


def first_opening(organisation: Organisation) -> frozenset[str]:
    """Return the posts that are open at first: whole layers, as long as they fit on a screen."""
    opened: set[str] = set()
    layer = list(organisation.roots)
    shown = len(layer)
    while layer:
        below = [report for post in layer for report in organisation.reports[post]]
        shown += len(below)
        if opened and shown > FIRST_CARDS:
            break
        opened.update(layer)
        layer = below
    return frozenset(opened)


def all_opening(organisation: Organisation) -> Opening:
    """Return the opening with everything open, as far as a chart can still be read."""
    opened: set[str] = set()
    layer = list(organisation.roots)
    shown = len(layer)
    for post in layer:
        below = organisation.reports[post]
        shown += len(below)
        if opened and shown > MOST_CARDS:
            break
        opened.add(post)
        layer.extend(below)
    return Opening(opened=frozenset(opened))


def _shown(organisation: Organisation, texts: CardTexts, opening: Opening) -> list[ShownPost]:
    """Return the posts that are shown, each before those below it."""
    is_open = (first_opening(organisation) | opening.opened) - opening.closed
    shown = []
    waiting: list[tuple[str, str | None, int]] = [
        (root, None, 0) for root in reversed(organisation.roots)
    ]
    while waiting:
        position_id, parent_id, layer = waiting.pop()
        reports = organisation.reports[position_id]
        opens = position_id in is_open and bool(reports)
        card = texts.card(position_id)
        seats = sum(organisation.positions[report].seats for report in reports)
        shown.append(ShownPost(card, parent_id, layer, seats, opens))
        if opens:
            waiting.extend((report, position_id, layer + 1) for report in reversed(reports))
    return shown


def _leads_staff_unit(organisation: Organisation, position_id: str) -> bool:
    led = organisation.led_units.get(position_id, ())
    kinds = (organisation.kinds.get(organisation.units[unit_id].kind_id) for unit_id in led)
    return any(kind is not None and kind.staff for kind in kinds)


def _cross_lines(organisation: Organisation, layout: Layout) -> Iterable[CrossLine]:
    drawn: list[Points] = []
    for relation in organisation.relations:
        from_id = _card_of(organisation, relation.from_id)
        to_id = _card_of(organisation, relation.to_id)
        if from_id in layout.places and to_id in layout.places:
            assert from_id is not None  # noqa: S101 - both are among the places
            assert to_id is not None  # noqa: S101
            if closest_common_leader(organisation, from_id, to_id) in {from_id, to_id}:
                continue  # the reporting line itself joins the two cards
            ends = {from_id, to_id}
            others = [place for key, place in layout.places.items() if key not in ends]
            points = route(layout.places[from_id], layout.places[to_id], others, drawn)
            drawn.append(points)
            yield CrossLine(relation, from_id, to_id, points)


def _card_of(organisation: Organisation, entity_id: str) -> str | None:
    """Return the post that stands for an end of a relation: itself, or a unit's leader."""
    if entity_id in organisation.positions:
        return entity_id
    unit = organisation.units.get(entity_id)
    return unit.leader_id if unit is not None else None
