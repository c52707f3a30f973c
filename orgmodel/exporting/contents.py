"""An exhibit as records: what every file for another program says of it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from orgmodel.drawing.hierarchy import above
from orgmodel.exporting.records import Contents, Drawn, Edge, Node, Subject, plain
from orgmodel.model.provenance import Basis, every_citation
from orgmodel.model.wording import (
    BASIS_WORDS,
    RELATION_WORDS,
    STATUS_WORDS,
    KindWords,
)
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.drawing.chart import ShownCard
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.hierarchy import Joint
    from orgmodel.model.amounts import Interval
    from orgmodel.model.entities import Unit
    from orgmodel.texts import Worded

# The kinds of the lines of a chart, beside those of relations: a leader leads a report, a unit
# contains a part.
LEADS, CONTAINS = "leads", "contains"
_LINE_WORDS = {LEADS: N_("leads"), CONTAINS: N_("contains")}


def contents(exhibit: Exhibit) -> Contents:
    """Return all that files for other programs say of an exhibit.

    Takes time in proportion to what is shown.
    """
    shown = [one for one in exhibit.chart.cards if not one.shown.more]
    nodes = _UnitNodes(exhibit) if exhibit.view.units else _PostNodes(exhibit)
    drawn = tuple(
        Drawn(nodes.node(one), one.card, exhibit.chart.looks[one.value], one.value)
        for one in shown
    )
    return Contents(_subject(exhibit), drawn, tuple(_edges(exhibit, shown)))


class _Nodes:
    """Makes the records of one exhibit's entries."""

    def __init__(self, exhibit: Exhibit) -> None:
        self.exhibit = exhibit
        self.organisation = exhibit.organisation
        self._layers: dict[str, int] = {}
        self._titles = {key: self.say(one.title) for key, one in self.organisation.sources.items()}

    def node(self, one: ShownCard) -> Node:
        """Return the record of an entry, which comes after the one above it."""
        raise NotImplementedError

    def say(self, words: Worded) -> str:
        return plain(words.text(self.exhibit.language))

    def layer(self, one: ShownCard) -> int:
        """Return an entry's layer in the organisation."""
        over = self._layers.get(one.shown.parent_id or "")
        if over is None:
            over = sum(1 for _entry in above(self.exhibit.hierarchy, one.shown.id))
        return self._layers.setdefault(one.shown.id, over + 1)

    def kind(self, unit: Unit) -> str:
        return self.say(KindWords(self.organisation.kinds.get(unit.kind_id), unit.kind_id))

    def holder(self, position_id: str) -> str | None:
        return plain(self.organisation.holder_names(position_id)) or None

    def status(self, position_id: str) -> tuple[str, str]:
        status = self.organisation.status(position_id)
        return status.value, self.say(message(STATUS_WORDS[status]))

    def level(self, one: ShownCard, position_id: str) -> tuple[str, str]:
        return one.card.level.value, self.say(self.exhibit.spans.level_words(position_id))

    def line(self, one: ShownCard) -> tuple[str, str] | tuple[None, None]:
        if one.shown.parent_id is None:
            return None, None
        basis = _basis(self.exhibit, one.shown.id)
        return basis.value, self.say(message(BASIS_WORDS[basis]))

    def figures(self, position_id: str | None) -> tuple[int | None, ...]:
        """Return the ends of a leader's span and of its reach."""
        row = self.exhibit.spans.get(position_id) if position_id is not None else None
        return (None,) * 4 if row is None else (*_ends(row.span), *_ends(row.reach))

    def sources(self, *entities: object) -> str | None:
        cited = dict.fromkeys(cite.source_id for cite in every_citation(entities))
        return "; ".join(self._titles[one] for one in cited if one in self._titles) or None


class _PostNodes(_Nodes):
    """Makes the records of posts."""

    def node(self, one: ShownCard) -> Node:
        organisation = self.organisation
        position = organisation.positions[one.shown.id]
        unit = organisation.units[position.unit_id]
        status, status_words = self.status(position.id)
        level, level_words = self.level(one, position.id)
        line, line_words = self.line(one)
        span_low, span_high, reach_low, reach_high = self.figures(position.id)
        return Node(
            id=position.id,
            label=self.say(position.title),
            holder=self.holder(position.id),
            status=status,
            status_words=status_words,
            unit_id=unit.id,
            unit=self.say(unit.name),
            kind=self.kind(unit),
            level=level,
            level_words=level_words,
            layer=self.layer(one),
            seats=position.seats,
            seats_at_least=True if position.seats_at_least else None,
            open_seats=organisation.open_seats(position.id) or None,
            fte=position.fte.value if position.fte else None,
            span_low=span_low,
            span_high=span_high,
            reach_low=reach_low,
            reach_high=reach_high,
            line=line,
            line_words=line_words,
            sources=self.sources(position, organisation.lines[position.id]),
        )


class _UnitNodes(_Nodes):
    """Makes the records of units."""

    def node(self, one: ShownCard) -> Node:
        organisation = self.organisation
        unit = organisation.units[one.shown.id]
        parent = organisation.units[unit.parent_id] if unit.parent_id is not None else None
        leader_id = organisation.leader_of(unit.id)
        leader = organisation.positions[leader_id] if leader_id is not None else None
        status, status_words = self.status(leader.id) if leader else (None, None)
        level, level_words = self.level(one, leader.id) if leader else (None, None)
        line, line_words = self.line(one)
        span_low, span_high, reach_low, reach_high = self.figures(leader_id)
        return Node(
            id=unit.id,
            label=self.say(unit.name),
            holder=self.holder(leader.id) if leader else None,
            status=status,
            status_words=status_words,
            unit_id=parent.id if parent else None,
            unit=self.say(parent.name) if parent else None,
            leader_id=leader_id,
            leader=self.say(leader.title) if leader else None,
            kind=self.kind(unit),
            level=level,
            level_words=level_words,
            layer=self.layer(one),
            seats=unit.count,
            span_low=span_low,
            span_high=span_high,
            reach_low=reach_low,
            reach_high=reach_high,
            line=line,
            line_words=line_words,
            sources=self.sources(unit, leader),
        )


def _ends(interval: Interval) -> tuple[int | None, int | None]:
    """Return the two ends of a number of heads, None where one is not known."""
    if interval.is_unknown:
        return None, None
    return int(interval.low), None if interval.high is None else int(interval.high)


def _subject(exhibit: Exhibit) -> Subject:
    organisation, language = exhibit.organisation, exhibit.language
    hidden = exhibit.chart.hidden
    if exhibit.view.units:
        words = plural_message("{n} unit is not in it.", "{n} units are not in it.", hidden)
    else:
        words = plural_message("{n} post is not in it.", "{n} posts are not in it.", hidden)
    return Subject(
        organisation=organisation.id,
        name=plain(organisation.name.text(language)),
        title=plain(exhibit.title),
        language=language,
        entries="units" if exhibit.view.units else "posts",
        as_of=str(organisation.record.as_of),
        date_words=plain(exhibit.date_words),
        shown_on=str(organisation.day),
        sources=plain(exhibit.source_words) or None,
        hidden=hidden,
        hidden_words=words.text(language) if hidden else None,
    )


def _edges(exhibit: Exhibit, shown: list[ShownCard]) -> Iterator[Edge]:
    """Yield the lines of a chart, then its relations, numbered through."""
    numbers = itertools.count(1)
    kind = CONTAINS if exhibit.view.units else LEADS
    words = message(_LINE_WORDS[kind]).text(exhibit.language)
    basis_words = {
        basis: message(word).text(exhibit.language) for basis, word in BASIS_WORDS.items()
    }
    for one in shown:
        if one.shown.parent_id is not None:
            basis = _basis(exhibit, one.shown.id)
            yield Edge(
                id=f"e{next(numbers)}",
                source=one.shown.parent_id,
                target=one.shown.id,
                kind=kind,
                words=words,
                basis=basis.value,
                basis_words=basis_words[basis],
            )
    for relation, from_id, to_id in _joints(exhibit, shown):
        about = relation.about
        yield Edge(
            id=f"e{next(numbers)}",
            source=from_id,
            target=to_id,
            kind=relation.kind.value,
            words=message(RELATION_WORDS[relation.kind]).text(exhibit.language),
            basis=relation.basis.value,
            basis_words=basis_words[relation.basis],
            about=plain(about.text(exhibit.language)) if about else None,
        )


def _joints(exhibit: Exhibit, shown: list[ShownCard]) -> Iterator[Joint]:
    """Yield the relations between shown entries; none where the view leaves them out."""
    if not exhibit.drawing.cross_lines:
        return
    ends = {one.shown.id for one in shown}
    relations = exhibit.hierarchy.relations
    for one in shown:
        for joint in relations.get(one.shown.id, ()):
            _relation, from_id, to_id = joint
            if to_id in ends and to_id != from_id:
                yield joint


def _basis(exhibit: Exhibit, entry_id: str) -> Basis:
    return Basis.INFERRED if exhibit.hierarchy.is_inferred(entry_id) else Basis.EXPLICIT
