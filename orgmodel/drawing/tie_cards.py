"""The cards and lines of a network: what each says, how large it is, and which lines are drawn.

Posts, units and groups differ in shape, sign and colour: a post has round corners and a circle, a
unit square corners and a square, a group round ends and three dots. Two nodes have one line between
them, whatever number of ties it stands for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import chain_to_top
from orgmodel.analysis.questions.ties import NodeKind, TieKind
from orgmodel.drawing.card_texts import position_title, status_chip, unit_title
from orgmodel.drawing.cards import initials_of
from orgmodel.drawing.measuring import SEMIBOLD, text_width, wrap
from orgmodel.drawing.tie_words import bundle_words, tie_style, tie_words
from orgmodel.model.entities import MemberRole
from orgmodel.model.provenance import Basis
from orgmodel.texts import plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.questions.network import Network, Rest
    from orgmodel.analysis.questions.ties import Tie, Ties
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language

TITLE, TEXT = 13, 12
TITLE_LEADING, TEXT_LEADING = 17, 16
SIGN, PADDING, GAP, ENDS = 26, 10, 8, 6
# Titles wrap at the first width, or at that of their longest word up to the second.
_WIDTH, _WIDEST = 132, 180
REST = "rest"
# Lower layers have the colour of the last one, as on a chart.
LAYERS = 5
# Where two nodes have several ties, their line has the first of these styles.
_FIRST_STYLES = ("cross", "seat", "line", "holder", "part")
# Who is in a unit reports to its leader: of the three lines between a post, its unit and the unit's
# leader, the one through which none of them was reached says nothing new.
_IN_THE_LINE = frozenset({TieKind.PART_OF, TieKind.REPORTS_TO, TieKind.LEADS})
_IMPLIED = frozenset({TieKind.PART_OF, TieKind.REPORTS_TO})


@dataclass(frozen=True, slots=True)
class TieCard:
    """A node of a picture.

    Attributes
    ----------
    kind
        post, unit, group, or rest for a number of nodes that are left out.
    tint
        The name of its colours.
    sign
        The initials of the holder; empty for a sign of its kind.
    title, texts
        Its lines of text, in bold and in a smaller size.
    status
        The status of a post that awaits a holder, else empty.
    full
        All that it says, on one line and uncut.
    steps
        How many steps from the centre it is.
    """

    id: str
    kind: str
    tint: str
    sign: str
    title: tuple[str, ...]
    texts: tuple[str, ...]
    status: str
    full: str
    steps: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TieLine:
    """The line between two nodes.

    Attributes
    ----------
    style
        line, part, seat, cross or holder.
    words
        What the first end does with the second.
    is_bold
        Whether it is the seat of a chair.
    is_inferred
        Whether no source states it.
    is_way
        Whether it leads from the centre outwards; the others are drawn thinner.
    """

    from_id: str
    to_id: str
    style: str
    words: str
    is_bold: bool = False
    is_inferred: bool = False
    is_way: bool = True


@dataclass(frozen=True, slots=True)
class TieCards:
    """The cards of a network, nearest first, and its lines."""

    cards: tuple[TieCard, ...]
    lines: tuple[TieLine, ...]


def tie_cards(ties: Ties, network: Network, language: Language) -> TieCards:
    """Return the cards and the lines of a network."""
    making = _Making(ties, language)
    cards = [making.card(node_id, steps) for node_id, steps in network.steps.items()]
    lines = list(_lines(network, language))
    for n, rest in enumerate(network.rests):
        card = making.rest(n, rest, network.steps[rest.node_id] + 1)
        cards.append(card)
        words = bundle_words(rest.bundle).text(language)
        lines.append(TieLine(rest.node_id, card.id, "rest", words))
    cards.sort(key=lambda one: one.steps)
    return TieCards(tuple(cards), tuple(lines))


class _Making:
    def __init__(self, ties: Ties, language: Language) -> None:
        self.ties, self.language = ties, language
        self.organisation: Organisation = ties.organisation

    def card(self, node_id: str, steps: int) -> TieCard:
        kind = self.ties.kind(node_id)
        if kind is NodeKind.POST:
            return self._post(node_id, steps)
        if kind is NodeKind.UNIT:
            unit = self.organisation.units[node_id]
            words = self._kind(unit.kind_id)
            return self._made(
                node_id, "unit", "unit", steps, unit_title(unit).text(self.language), words
            )
        group = self.organisation.groups[node_id]
        known = len(self.ties.members(group))
        words = ""
        if known:
            words = plural_message("{n} member", "{n} members", known).text(self.language)
        return self._made(node_id, "group", "group", steps, group.name.text(self.language), words)

    def _post(self, post_id: str, steps: int) -> TieCard:
        organisation, language = self.organisation, self.language
        title = position_title(organisation, post_id).text(language)
        name = organisation.holder_names(post_id)
        status = organisation.status(post_id)
        chip = status_chip(organisation, post_id) if status.facts.awaits_holder else None
        unit = organisation.units[organisation.positions[post_id].unit_id].name.text(language)
        # Many posts have the same title; where no holder is known, the unit tells them apart.
        texts = tuple(filter(None, (name or unit, chip.text(language) if chip else "")))
        layer = len(chain_to_top(organisation, post_id))
        is_political = organisation.positions[post_id].political
        tint = "political" if is_political else f"layer-{min(layer, LAYERS)}"
        made = self._made(
            post_id,
            "post",
            tint,
            steps,
            title,
            *texts,
            sign=initials_of([one.name for one in organisation.holders(post_id)]),
        )
        full = ", ".join(dict.fromkeys((title, *texts, unit)))
        is_open = status.facts.awaits_holder
        return replace(made, status=status.value if is_open else "", full=full)

    def _kind(self, kind_id: str) -> str:
        kind = self.organisation.kinds.get(kind_id)
        return kind.name.text(self.language) if kind else kind_id

    def _made(
        self,
        node_id: str,
        kind: str,
        tint: str,
        steps: int,
        title: str,
        *texts: str,
        sign: str = "",
    ) -> TieCard:
        shown = [one for one in texts if one]
        longest = max((text_width(word, TITLE, SEMIBOLD) for word in title.split()), default=0.0)
        room = min(max(_WIDTH, longest + 1), _WIDEST)
        lines = wrap(title, room, TITLE, weight=SEMIBOLD, lines=3)
        small = tuple(wrap(one, room, TEXT, lines=1)[0] for one in shown)
        inner = max(
            *(text_width(one, TITLE, SEMIBOLD) for one in lines),
            *(text_width(one, TEXT) for one in small),
            40,
        )
        height = max(SIGN, len(lines) * TITLE_LEADING + len(small) * TEXT_LEADING) + 2 * 8
        ends = ENDS if kind == "group" else 0
        width = round(inner + SIGN + GAP + 2 * (PADDING + ends) + 1)
        full = ", ".join((title, *shown))
        return TieCard(
            node_id, kind, tint, sign, lines, small, "", full, steps, width, float(height)
        )

    def rest(self, n: int, rest: Rest, steps: int) -> TieCard:
        words = plural_message("+ {n} more", "+ {n} more", rest.count).text(self.language)
        width = round(text_width(words, TEXT, SEMIBOLD) + 2 * 12)
        full = f"{bundle_words(rest.bundle).text(self.language)}: {words}"
        return TieCard(f"{REST}:{n}", REST, REST, "", (words,), (), "", full, steps, width, 28.0)


# Lines ------------------------------------------------------------------------------------------


def _lines(network: Network, language: Language) -> Iterator[TieLine]:
    pairs: dict[frozenset[str], list[Tie]] = defaultdict(list)
    beside: dict[str, set[str]] = defaultdict(set)
    for tie in network.ties:
        if tie.from_id == tie.to_id:
            continue
        pairs[frozenset((tie.from_id, tie.to_id))].append(tie)
        if tie.kind in _IN_THE_LINE:
            beside[tie.from_id].add(tie.to_id)
            beside[tie.to_id].add(tie.from_id)
    ways = {frozenset(pair) for pair in network.parents.items()}
    for pair, found in pairs.items():
        first_id, second_id = pair
        says_nothing_new = (
            pair not in ways
            and {tie.kind for tie in found} <= _IMPLIED
            and not beside[first_id].isdisjoint(beside[second_id])
        )
        if not says_nothing_new:
            yield _line(found, language, is_way=pair in ways or not ways)


def _line(found: list[Tie], language: Language, *, is_way: bool) -> TieLine:
    found = sorted(found, key=lambda tie: _FIRST_STYLES.index(tie_style(tie)))
    words = dict.fromkeys(tie_words(tie).text(language) for tie in found)
    return TieLine(
        found[0].from_id,
        found[0].to_id,
        tie_style(found[0]),
        " · ".join(words),
        is_bold=any(tie.role is MemberRole.CHAIR for tie in found),
        is_inferred=all(tie.basis is Basis.INFERRED for tie in found),
        is_way=is_way,
    )
